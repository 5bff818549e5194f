"""What a publisher prints under everything, and what only looks like it."""

from collections.abc import Callable

from guvoh.lineage.boilerplate import learn, paragraphs
from guvoh.lineage.fingerprint import fingerprint
from guvoh.lineage.relate import relate
from guvoh.lineage.shingles import digest
from guvoh.lineage.side import Side

MakeSide = Callable[..., Side]
Dev = dict[tuple[str, str], str]
FOOT = "The Harbour Post is written by people who live here. Write to us with what you have seen."


def test_a_repeated_foot_makes_no_derivation(make_side: MakeSide, dev: Dev) -> None:
    events = ("conscripts", "dam", "ferry", "mine")
    sides = [make_side(event, f"{dev[event, 'b.en']}\n\n{FOOT}\n\n{FOOT * 3}") for event in events]
    known = learn([side.report for side in sides])
    bare = [Side(side.report, fingerprint(side.report, known)) for side in sides]
    assert all(len(side.fingerprint.boilerplate) == 2 for side in bare)
    assert FOOT not in bare[0].text
    assert relate(bare[0], bare[1]) is None


def test_one_page_captured_ten_times_is_no_boilerplate(make_side: MakeSide, dev: Dev) -> None:
    text = dev["dam", "b.en"]
    pages = [make_side(str(n), f"{text}\n\nSeen {n} times.").report for n in range(10)]
    assert learn(pages).paragraphs == frozenset()


def test_a_report_of_nothing_but_boilerplate_keeps_its_text(make_side: MakeSide, dev: Dev) -> None:
    pages = [make_side(e, f"{dev[e, 'b.en']}\n\n{FOOT}").report for e in ("dam", "ferry", "mine")]
    known = learn(pages)
    assert fingerprint(make_side("x", FOOT).report, known).words > 0


def test_paragraphs_are_known_by_their_words_wherever_they_stand(
    make_side: MakeSide, dev: Dev
) -> None:
    report = make_side("x", f"{FOOT}\n\n{dev['dam', 'b.en']}\n\n“{FOOT}”").report
    found = paragraphs(report)
    assert [key for _, key in found] == [digest(report.text[slice(*span)]) for span, _ in found]
    assert found[0][1] == found[-1][1]
