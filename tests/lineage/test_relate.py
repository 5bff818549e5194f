"""How two reports relate: the dev cases, and the pairs that must not relate."""

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations

import pytest

from guvoh.lineage.relate import described, relate
from guvoh.lineage.side import Side
from guvoh.model.lineage import Relation

EVENTS = ("conscripts", "dam", "ferry", "mine")
Dev = dict[tuple[str, str], str]
MakeSide = Callable[..., Side]


@pytest.mark.parametrize("event", EVENTS)
def test_a_translation_is_found_and_what_goes_through_it(
    make_side: MakeSide, dev: Dev, event: str
) -> None:
    english, russian, back = (
        make_side(name, dev[event, name], name[-2:]) for name in ("a.en", "a.ru", "a2.en")
    )
    forth = relate(english, russian)
    assert forth is not None
    assert forth.relation is Relation.TRANSLATION
    assert forth.confidence >= 900
    again = relate(english, back)
    assert again is not None
    assert again.relation is Relation.PARAPHRASE
    assert not again.directed


@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize(
    ("one", "other"),
    [("a.en", "b.en"), ("a2.en", "b.en"), ("a.en", "c.ru"), ("b.en", "c.ru"), ("a.ru", "c.ru"), ("b.en", "a.ru")],
)  # fmt: skip
def test_independent_reports_do_not_derive(
    make_side: MakeSide, dev: Dev, event: str, one: str, other: str
) -> None:
    left = make_side(one, dev[event, one], one[-2:])
    right = make_side(other, dev[event, other], other[-2:])
    assert relate(left, right) is None


def test_a_copy_is_a_copy_whatever_its_spacing(make_side: MakeSide, dev: Dev) -> None:
    text = dev["ferry", "a.en"]
    found = relate(make_side("a", text), make_side("b", text.replace(" ", "  ").upper()))
    assert found is not None
    assert (found.relation, found.confidence) == (Relation.COPY, 1000)


def test_an_edited_copy_keeps_its_passages(make_side: MakeSide, dev: Dev) -> None:
    text = dev["ferry", "a.en"]
    edited = text.replace("Tuesday evening", "Monday night").replace("at least 17", "some 30")
    sides = make_side("a", text), make_side("b", edited)
    found = relate(*sides)
    assert found is not None
    assert found.relation is Relation.EDITED
    assert len(found.passages) >= 4
    told = described(found, *sides).changes
    assert ("17", "30") in {(change.from_, change.to) for change in told}


def test_half_a_report_is_an_edited_copy(make_side: MakeSide, dev: Dev) -> None:
    text = dev["conscripts", "a.en"]
    found = relate(make_side("a", text), make_side("b", text[: len(text) // 2]))
    assert found is not None
    assert found.relation in (Relation.EDITED, Relation.COPY)


def test_a_report_that_cites_and_tells_more_is_a_citation(make_side: MakeSide, dev: Dev) -> None:
    original = make_side("a", dev["conscripts", "a.en"], publisher="Averin Courier")
    quoted = dev["conscripts", "a.en"].split("\n\n")[0].replace("two of those detained", "they")
    citing = make_side("b", f"{dev['mine', 'b.en']}\n\n{quoted}", publisher="Harbour Post")
    found = relate(original, citing)
    assert found is not None
    assert found.relation is Relation.CITATION
    assert found.directed
    assert (found.parent, found.child) == ("a", "b")


@pytest.mark.parametrize("text", ["", " \n", "Home", "Home | News | Contact | Search | Menu"])
def test_empty_and_one_line_reports_relate_to_nothing(
    make_side: MakeSide, dev: Dev, text: str
) -> None:
    assert relate(make_side("a", text), make_side("b", dev["dam", "a.en"])) is None


def test_evidence_never_quotes_the_reports(make_side: MakeSide, dev: Dev) -> None:
    found = relate(make_side("a", dev["dam", "a.en"]), make_side("b", dev["dam", "a2.en"]))
    assert found is not None
    assert not any("Alimov" in sentence for sentence in (*found.for_, *found.against))


def test_it_is_all_one_which_of_two_reports_is_named_first(make_side: MakeSide, dev: Dev) -> None:
    """All pairs of the dev reports, of one event and of two, dated or not."""
    sides = [
        make_side(
            f"{event}/{name}",
            text,
            name[-2:],
            publisher="Harbour Post" if name == "a.en" else None,
            published=f"2023-03-0{1 + at % 5}" if at % 2 else None,
        )
        for at, ((event, name), text) in enumerate(sorted(dev.items()))
    ]
    related = [relate(one, other) for one, other in combinations(sides, 2)]
    assert related == [relate(other, one) for one, other in combinations(sides, 2)]
    assert sum(found is not None for found in related) >= 12


def test_a_relation_does_not_depend_on_the_publication_date(make_side: MakeSide, dev: Dev) -> None:
    one, other = make_side("a", dev["dam", "a.en"]), make_side("b", dev["dam", "a.ru"], "ru")
    undated = relate(one, other)
    future = replace(other, report=replace(other.report, published="2999-01-01"))
    dated = relate(one, future)
    assert undated is not None
    assert dated is not None
    assert (undated.relation, undated.similarity) == (dated.relation, dated.similarity)
