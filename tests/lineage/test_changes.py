"""Typed changes, with readings made by hand."""

import re
from collections.abc import Callable
from dataclasses import replace

from guvoh.lineage.relate import described, relate
from guvoh.lineage.side import Side
from guvoh.model.claim import (
    Basis,
    Claim,
    ClaimKind,
    Exposure,
    Link,
    Person,
    Polarity,
    Quantity,
    Reading,
    SourceKind,
    Stance,
    Time,
)
from guvoh.model.lineage import Change, ChangeKind, Derivation
from guvoh.model.text import ByteSpan, Span

MakeSide = Callable[..., Side]

PARENT = """In late January, Anwar told his father that a group of thirty prisoners was sent to the front from Colony Six.

The colony stands in a pine forest near the town of Melnovo, and its gates are painted green every spring.

The prison service denied that anyone had been forced to leave the colony.

Relatives wait by the fence on Sundays with parcels of tea, sugar and warm socks for the men inside."""
CHILD = """At the start of January, Anwar witnessed that a group of three dozen prisoners was sent to the front from Colony Six.

The colony stands in a pine forest near the town of Melnovo, and its gates are painted green every spring.

A senior official of the region, Pavel Gromov, welcomed new contracts with open arms and promised medals.

Relatives wait by the fence on Sundays with parcels of tea, sugar and warm socks for the men inside."""


def at(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def claim(text: str, first: str, basis: Basis, stance: Stance, names: tuple[str, ...]) -> Claim:
    sentence = next(m for m in re.finditer(r"[^.]+\.", text) if first in m.group())
    chain = tuple(Link(name, SourceKind.PERSON, basis, pseudonym=True) for name in names)
    span = Span(*sentence.span())
    return Claim(
        "c", "r", ByteSpan(0, 0), (span,), "", ClaimKind.INDIRECT, stance, Polarity.AFFIRMED, chain
    )  # fmt: skip


def anwar(text: str) -> Person:
    return Person(
        "p", "Anwar", SourceKind.PERSON, pseudonym=True, withheld=("name",), mentions=(at(text, "Anwar"),)
    )  # fmt: skip


def telling(one: Side, other: Side) -> Derivation:
    """Return how one of two reports derives from the other, and what changed."""
    found = relate(one, other)
    assert found is not None
    return described(found, one, other)


def changed(make_side: MakeSide, left: Reading, right: Reading) -> tuple[Change, ...]:
    one = replace(make_side("p", PARENT, published="2023-02-01"), reading=left)
    other = replace(make_side("q", CHILD, published="2023-02-09"), reading=right)
    found = telling(one, other)
    assert (found.parent, found.child) == ("p", "q")
    return found.changes


def readings() -> tuple[Reading, Reading]:
    left = Reading(
        "p",
        claims=(claim(PARENT, "Anwar", Basis.TOLD, Stance.REPORTED, ("Anwar's father",)),),
        people=(anwar(PARENT),),
        times=(Time("late January", at(PARENT, "late January"), "2023-01-21/2023-01-31"),),
        quantities=(Quantity("thirty", at(PARENT, "thirty"), 30, 30, "prisoners"),),
    )
    official = Person(
        "q", "Pavel Gromov", SourceKind.PERSON, exposure=Exposure.PUBLIC,
        mentions=(at(CHILD, "Pavel Gromov"),),
    )  # fmt: skip
    right = Reading(
        "q",
        claims=(claim(CHILD, "Anwar", Basis.EYEWITNESS, Stance.ASSERTED, ("Anwar's father",)),),
        people=(anwar(CHILD), official),
        times=(Time("the start of January", at(CHILD, "the start of January"), "2023-01-01/2023-01-10"),),
        quantities=(Quantity("three dozen", at(CHILD, "three dozen"), 36, 36, "prisoners"),),
    )  # fmt: skip
    return left, right


def test_source_and_stance_come_first(make_side: MakeSide) -> None:
    found = changed(make_side, *readings())
    assert found[0].kind is ChangeKind.SOURCE
    assert (found[0].from_, found[0].to) == ("told his father", "witnessed")


def test_a_hedge_dropped_is_a_change_of_stance(make_side: MakeSide) -> None:
    one = PARENT.replace("was sent", "appears to have been sent")
    found = telling(make_side("p", one), make_side("q", PARENT))
    stance = [change for change in found.changes if change.kind is ChangeKind.STANCE]
    assert [(change.from_, change.to) for change in stance] == [("appears to have been", "was")]


def test_the_same_words_are_no_change_whatever_was_read(make_side: MakeSide) -> None:
    left, right = readings()
    same = replace(right, claims=(), times=(), quantities=(), people=())
    one = replace(make_side("p", PARENT), reading=left)
    other = replace(make_side("q", f"{PARENT} A cold wind blew over them."), reading=same)
    found = telling(one, other)
    assert {change.kind for change in found.changes} <= {ChangeKind.ADDED}


def test_an_outlet_that_says_it_has_the_papers_itself_changes_the_source(
    make_side: MakeSide,
) -> None:
    told = "Harbour Weekly has seen two contracts with the ministry, both dated 26 January."
    ours = "We have seen two contracts with the ministry, both dated 26 January."
    one = make_side("p", f"{PARENT}\n\n{told}", publisher="Harbour Weekly")
    other = make_side("q", f"{PARENT}\n\n{ours}", publisher="Globe 24")
    found = telling(one, other)
    source = [change for change in found.changes if change.kind is ChangeKind.SOURCE]
    assert [(change.from_, change.to) for change in source] == [("Harbour Weekly has", "We have")]


def test_times_and_quantities_are_compared_after_normalisation(make_side: MakeSide) -> None:
    left, right = readings()
    values = {(c.kind, c.from_, c.to) for c in changed(make_side, left, right)}
    assert (ChangeKind.QUANTITY, "thirty", "three dozen") in values
    assert (ChangeKind.TIME, "late January", "the start of January") in values
    same = replace(right, times=(replace(right.times[0], edtf="XXXX-01-21/XXXX-01-31"),))
    assert ChangeKind.TIME not in {c.kind for c in changed(make_side, left, same)}


def test_spans_are_those_of_the_values(make_side: MakeSide) -> None:
    for change in changed(make_side, *readings()):
        if change.kind is ChangeKind.QUANTITY:
            assert change.from_span is not None
            assert change.to_span is not None
            assert PARENT[slice(*change.from_span)] == "thirty"
            assert CHILD[slice(*change.to_span)] == "three dozen"


def test_a_denial_left_out_and_an_invented_official_are_seen(make_side: MakeSide) -> None:
    found = changed(make_side, *readings())
    dropped = [c for c in found if c.kind is ChangeKind.DROPPED]
    added = [c for c in found if c.kind is ChangeKind.ADDED]
    assert any(c.from_ and "denied" in c.from_ for c in dropped)
    assert any(c.to and "Pavel Gromov" in c.to for c in added)


def test_a_withheld_name_that_a_copy_supplies_is_not_kept(make_side: MakeSide) -> None:
    left, _right = readings()
    text = CHILD.replace("Anwar witnessed", "Rahim Odilov witnessed")
    named = Person("p", "Rahim Odilov", SourceKind.PERSON, mentions=(at(text, "Rahim Odilov"),))
    one = replace(make_side("p", PARENT, published="2023-02-01"), reading=left)
    other = make_side("q", text, published="2023-02-09")
    found = telling(one, replace(other, reading=Reading("c", people=(named,))))
    person = [c for c in found.changes if c.kind is ChangeKind.PERSON]
    assert person
    assert all(c.withheld and c.from_ is None and c.to is None for c in person)
    assert not any("Odilov" in str(value) for c in found.changes for value in (c.from_, c.to))


def test_without_readings_numbers_are_still_compared(make_side: MakeSide) -> None:
    found = telling(make_side("p", PARENT), make_side("q", CHILD.replace("three dozen", "40")))
    assert (ChangeKind.QUANTITY, "thirty", "40") in {(c.kind, c.from_, c.to) for c in found.changes}


def test_a_coarser_time_is_no_change(make_side: MakeSide) -> None:
    left, right = readings()
    for edtf in ("2023-01", "XXXX-01", "2023", "2023-01-21/2023-01-31"):
        coarse = replace(right, times=(replace(right.times[0], edtf=edtf),))
        assert ChangeKind.TIME not in {c.kind for c in changed(make_side, left, coarse)}, edtf
    for edtf in ("2023-01-01/2023-01-10", "2023-02", "2022-01-21/2022-01-31"):
        other = replace(right, times=(replace(right.times[0], edtf=edtf),))
        assert ChangeKind.TIME in {c.kind for c in changed(make_side, left, other)}, edtf


def test_the_day_on_which_a_page_came_out_is_no_change_of_time(make_side: MakeSide) -> None:
    days = ("1 February 2023", "2023-02-01"), ("Published 9 February 2023, 14:05", "2023-02-09")
    for ending in ("", " was the day."):
        sides = []
        for name, (line, edtf), body in zip("pq", days, (PARENT, CHILD), strict=True):
            text = f"{line}{ending}\n\n{body}"
            day = line.removeprefix("Published ").partition(",")[0]
            reading = Reading(name, times=(Time(day, at(text, day), edtf),))
            sides.append(replace(make_side(name, text, published=edtf), reading=reading))
        told = [c for c in telling(*sides).changes if c.kind is ChangeKind.TIME]
        assert bool(told) is bool(ending), told


def test_a_name_taken_out_of_a_copy_is_a_withheld_change(make_side: MakeSide) -> None:
    """What was taken out counts for no withholding of the copy's own: other names stay told."""
    left, _right = readings()
    parent = f"{PARENT}\n\nMarina Orlova, a lawyer, filed a complaint with the court of the town in February."
    text = f"{CHILD}\n\nMaria Oblova, a lawyer, filed a complaint with the court of the town in February."
    text = text.replace("Anwar witnessed", "_____ ______ witnessed")
    lawyers = [
        Person(name, name, SourceKind.PERSON, mentions=(at(where, name),))
        for name, where in (("Marina Orlova", parent), ("Maria Oblova", text))
    ]
    masked = Person(
        "q", "name withheld", SourceKind.PERSON, withheld=("name",), exposure=Exposure.PROTECTED,
        mentions=(at(text, "_____ ______"),),
    )  # fmt: skip
    one = replace(
        make_side("p", parent, published="2023-02-01"),
        reading=replace(left, people=(*left.people, lawyers[0])),
    )
    other = replace(
        make_side("q", text, published="2023-02-09"),
        reading=Reading("q", people=(masked, lawyers[1])),
    )
    found = telling(one, other)
    person = {(c.from_, c.to, c.withheld) for c in found.changes if c.kind is ChangeKind.PERSON}
    assert person == {(None, None, True), ("Marina Orlova", "Maria Oblova", False)}


def test_a_pronoun_at_the_start_of_a_sentence_is_no_name(make_side: MakeSide) -> None:
    left, right = readings()
    parent = (
        f"{PARENT}\n\nHe asked the lawyer of the village for help with the papers of the court."
    )
    text = f"{CHILD}\n\nShe asked the lawyer of the village for help with the papers of the court."
    spans = [
        Span(at(where, f"{word} asked").start, at(where, f"{word} asked").start + len(word))
        for where, word in ((parent, "He"), (text, "She"))
    ]
    he, she = (
        Person(name, name, SourceKind.PERSON, mentions=(span,))
        for name, span in zip(("the cook", "a nurse"), spans, strict=True)
    )
    one = replace(
        make_side("p", parent, published="2023-02-01"), reading=replace(left, people=(he,))
    )
    other = replace(
        make_side("q", text, published="2023-02-09"), reading=replace(right, people=(she,))
    )
    found = telling(one, other)
    assert ChangeKind.PERSON not in {c.kind for c in found.changes}
