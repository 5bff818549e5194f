"""How two reports relate: the dev cases, and the pairs that must not relate."""

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations

import pytest

from guvoh.lineage.relate import described, relate
from guvoh.lineage.side import Side
from guvoh.model.lineage import Relation

QUARTER = """The tyre hung in the yard of the Berezovy Mys fish farm near Kandalaksha for as long as Farrukh can \
remember, and on the evening of 17 October a man in a grey cap chalked names on it.

“He read our names off a tyre,” says Farrukh, a 31-year-old feeder of trout from Kulob. “Thirty-eight of us. He said, \
you have until the bus is warm.”

The bus drove them 240 kilometres to a training ground at Luostari. On the way the passports were collected in a bread bag.

At Luostari a captain told them that their patents had been cancelled on 15 October and that whoever did not sign would \
be tried for illegal stay. By midnight twenty-nine had signed, Farrukh says; he was told so by the cook, Oybek.

Farrukh was let go on 21 October together with eight others, he believes because of a call from the consulate in \
Murmansk. The consulate's duty officer, Rustam Qodirov, confirmed that he had telephoned the ground.

The fish farm's director, Eduard Palkin, denied that anybody was taken. “They left for the season,” he said."""
COSTA = """Treinta y ocho trabajadores de la piscifactoría Berezovy Mys, cerca de Kandalaksha, fueron llevados en autobús \
el 17 de octubre a un campo de entrenamiento en Luostari, a 240 kilómetros, contó a Saltmarsh Quarterly uno de ellos, \
Farrukh, de 31 años.

Un capitán les dijo que sus patentes habían sido anuladas el 15 de octubre y que quien no firmara sería juzgado por \
estancia ilegal. Antes de medianoche habían firmado treinta, según Farrukh.

El director de la piscifactoría, Eduard Palkin, negó que se hubieran llevado a nadie."""
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


def test_a_version_abridged_to_a_third_that_credits_its_original_is_no_citation(
    make_side: MakeSide,
) -> None:
    original = make_side("a", QUARTER, publisher="Saltmarsh Quarterly", published="2024-11-04")
    short = make_side("b", COSTA, "es", publisher="La Costa", published="2024-11-06")
    found = relate(original, short)
    assert found is not None
    assert found.relation is Relation.TRANSLATION
    assert (found.parent, found.child, found.directed) == ("a", "b", True)


def test_what_came_later_is_not_what_a_report_cites(make_side: MakeSide, dev: Dev) -> None:
    quoted = dev["conscripts", "a.en"].split("\n\n")[0]
    for day, cited in (("2023-03-01", True), ("2023-03-30", False)):
        original = make_side(
            "a", dev["conscripts", "a.en"], publisher="Averin Courier", published=day
        )
        citing = make_side("b", f"{dev['mine', 'b.en']}\n\n{quoted}", published="2023-03-08")
        assert (relate(original, citing) is not None) == cited


POST = (
    '"Last night three buses left the yard of Penal Colony No. 9 with forty of our men. We were told that they went '
    "to a training ground near Velsk. Nobody signed anything. If your son stopped calling, write to us, we keep a "
    'list and we will not give it to anyone," '
)
AROUND_ONE_POST = (
    "Relatives of prisoners in the Velsk district are looking for forty men who vanished overnight.\n\n"
    f"{POST}the group Mothers of Velsk wrote on Telegram on Sunday.\n\nReached by telephone, Anna Sidelova, a nurse "
    "whose son is serving four years, said that she drove to the gate at dawn and was sent away by a guard.",
    "The regional prison service says it knows nothing of a transfer.\n\nIt was answering a post by Mothers of "
    f"Velsk: {POST}it reads.\n\nA spokesman, Major Pavel Rudin, told reporters at a briefing on Tuesday that the "
    "colony holds as many inmates as last week and that rumours help no one.",
    "Bus drivers in Velsk were asked to work a night shift without a route, one of them told this paper.\n\nThe "
    'firm, Severtrans, hired out three vehicles to "a state client", its director Igor Lapshin confirmed.\n\n'
    f"{POST}a Telegram channel had written a day before.",
    "Lawyers advise families to file a request within ten days.\n\nMarina Kosta of the Open Door centre has drawn "
    f"up a form after the appeal that Mothers of Velsk published: {POST}.\n\nShe counts eleven requests from three "
    "regions since Monday; the prosecutor has answered none of them so far.",
)


def test_stories_that_quote_one_post_are_not_one_text(make_side: MakeSide) -> None:
    sides = [make_side(str(at), text) for at, text in enumerate(AROUND_ONE_POST)]
    for one, other in combinations(sides, 2):
        assert relate(one, other) is None
    rewrite = AROUND_ONE_POST[0].replace("are looking for", "were looking on Monday for")
    found = relate(sides[0], make_side("rewrite", rewrite))
    assert found is not None
    assert found.relation is Relation.EDITED
