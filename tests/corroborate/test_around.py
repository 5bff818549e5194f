from dataclasses import replace

from guvoh.corroborate.around import Covered, surroundings, whom
from guvoh.model.claim import (
    Act,
    Claim,
    ClaimKind,
    Link,
    Participant,
    Place,
    Polarity,
    Reading,
    SourceKind,
    Stance,
    Time,
)
from guvoh.model.report import Report
from guvoh.model.text import ByteSpan, CharacterMap, Span

TEXT = (
    "In late January he telephoned. About thirty men had been taken away from Colony No. 4.\n\n"
    "They were driven to Omsk, his wife said in Osh."
)


def at(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def claim(words: str, stance: Stance = Stance.ASSERTED, *who: str) -> Claim:
    span = at(words)
    return Claim(
        id=f"r/{span.start}",
        report="r",
        bytes=ByteSpan(*span),
        spans=(span,),
        text=words,
        kind=ClaimKind.INDIRECT,
        stance=stance,
        polarity=Polarity.AFFIRMED,
        chain=(Link("his wife", SourceKind.PERSON),),
        acts=(Act("transfer", span),),
        participants=tuple(Participant("affected", name, "group") for name in who),
    )


TAKEN = claim(
    "About thirty men had been taken away from Colony No. 4", Stance.ASSERTED, "many workers"
)
DRIVEN = claim("They were driven to Omsk", Stance.FEARED, "prisoners")
PLACES = (
    Place("Colony No. 4", at("Colony No. 4"), "Colony No. 4", "facility"),
    Place("Omsk", at("Omsk"), "Omsk", "town"),
    Place("Osh", at("Osh"), "Osh", "town"),
)
READING = Reading(
    "r",
    (TAKEN, DRIVEN),
    times=(Time("late January", at("late January"), "2024-01-21/2024-01-31"),),
    places=PLACES,
)
REPORT = Report("r", "r", "r.txt", TEXT, CharacterMap("utf-8", ()), "en")
AROUND = surroundings(REPORT, READING)


def test_a_time_told_just_before_stands_for_one_that_is_left_out() -> None:
    found = AROUND.time(TAKEN)
    assert found is not None
    assert found.edtf == "2024-01-21/2024-01-31"
    assert AROUND.time(DRIVEN) is None  # of another paragraph


def test_a_town_in_which_somebody_spoke_is_no_place_of_what_is_told() -> None:
    assert [place.name for place in AROUND.places] == ["Colony No. 4", "Omsk"]


def test_a_facility_named_before_stands_for_one_that_is_left_out() -> None:
    found = AROUND.place(DRIVEN)
    assert found is not None
    assert found.name == "Colony No. 4"


def test_what_is_told_before_the_report_comes_to_a_facility_did_not_happen_there() -> None:
    """A lead on tens of thousands says nothing of the one colony of which the report then tells."""
    later = replace(PLACES[1], name="Colony No. 9", kind="facility")
    around = surroundings(REPORT, replace(READING, places=(later,)))
    assert around.place(TAKEN) is None
    assert around.place(DRIVEN) == later


def test_whom_it_befell_is_told_by_what_has_happened() -> None:
    assert list(whom(("transfer", "coerce"), READING, "en")) == [("r:migrant", "workers", True)]
    assert list(whom(("kill",), READING, "en")) == []


def test_covered() -> None:
    covered = Covered([Span(5, 9), Span(0, 6), Span(12, 14)])
    held = [covered.holds(Span(one, one + 2)) for one in (0, 4, 7, 8, 12, 13)]
    assert held == [True, True, True, False, True, False]
    assert not Covered([]).holds(Span(0, 1))
