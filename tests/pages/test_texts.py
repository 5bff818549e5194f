"""Texts: copies stand with what they copy, even where that is lost or does not tell of the event."""

from dataclasses import replace

from guvoh.corroborate.ties import SAME
from guvoh.model.event import Joined
from guvoh.model.lineage import Relation
from guvoh.pages.texts import asked, holders, joined_sets, texts, told_in
from guvoh.words import words
from tests.pages.made import Made, made


def test_a_copy_of_a_translation_of_the_first_is_the_first_text_and_a_rewrite_is_its_own() -> None:
    view = made(
        [
            Made(None, Relation.ORIGIN),
            Made(0, Relation.TRANSLATION),
            Made(1, Relation.COPY),
            Made(1, Relation.PARAPHRASE),
        ]
    )
    first, rewrite = texts(view.event, view.families)
    assert len(first.members) == 3
    assert (rewrite.above, rewrite.how) == (first.key, Relation.PARAPHRASE)


def test_copies_of_what_the_case_has_not_got_stand_in_one_lost_text() -> None:
    view = made([Made(None, Relation.COPY), Made(0, Relation.COPY), Made(0, Relation.PARAPHRASE)])
    found = texts(view.event, view.families)
    lost = next(text for text in found if text.head is None)
    assert lost.missing is not None
    assert len(lost.members) == 2
    assert [text.above for text in found if text.head] == [lost.key]


def test_the_text_of_a_report_that_does_not_tell_of_the_event_has_no_head() -> None:
    view = made([Made(None, Relation.ORIGIN), Made(0, Relation.COPY)])
    event = replace(view.event, reports=view.event.reports[1:])
    (text,) = texts(event, view.families)
    assert text.head is None
    assert text.missing is None
    assert text.key == view.event.reports[0]


def test_a_report_that_cites_a_family_is_its_own_text_made_from_the_one_it_cites() -> None:
    view = made([Made(None, Relation.ORIGIN), Made(0, Relation.COPY), Made(0, Relation.CITATION)])
    (family,) = view.families
    cited = replace(family, members=family.members[:2], citers=family.members[2:])
    first, citing = texts(view.event, (cited,))
    assert (citing.above, citing.how) == (first.key, Relation.CITATION)


def test_a_source_heard_in_a_text_and_in_its_rewrite_is_drawn_to_the_first_alone() -> None:
    view = made([Made(None, Relation.ORIGIN), Made(0, Relation.PARAPHRASE)], [0])
    source = replace(view.event.sources[0], claims=("c0", "c1"))
    found = texts(view.event, view.families)
    assert told_in(source, found, holders(view.claims)) == [view.event.reports[0]]


def test_joins_that_share_a_source_make_one_set() -> None:
    sources = made([Made(None, Relation.ORIGIN)], [0, 0, 0, 0]).event.sources
    a, b, c, d = (one.name for one in sources)
    sets = joined_sets(sources, [Joined((a, c), "?"), Joined((c, d), "?")])
    assert [[one.name for one in some] for some in sets] == [[a, c, d], [b]]


def test_the_questions_that_would_part_sources_are_asked_in_the_readers_language() -> None:
    join = Joined(
        ("Almaz", "Nikolai"), "Are Almaz and Nikolai the same?", ((SAME, "Almaz", "Nikolai"),)
    )
    assert asked(join, words("en")) == join.question
    assert asked(join, words("ru")) == "Almaz и Nikolai — одно и то же лицо?"
    assert asked(Joined(("a", "b"), "?"), words("ru")) == "?"
