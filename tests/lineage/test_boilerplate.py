"""What a publisher prints under everything, and what only looks like it."""

from collections.abc import Callable

import pytest

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


ABOUT = (
    "Norvane Outfitters has dressed the working people of four provinces since 1931. It runs sixty-two "
    "shops, employs three thousand people and gives a part of its profit to the schooling of apprentices."
)


@pytest.mark.parametrize(
    "heading", ["About Norvane Outfitters", "Notes to editors:", "-ENDS-", "###"]
)
def test_what_a_release_ends_with_makes_no_derivation(
    make_side: MakeSide, dev: Dev, heading: str
) -> None:
    """From the second report on, before anything could be learnt of its publisher."""
    told = [dev["dam", "b.en"][:300], dev["ferry", "b.en"][:300]]
    foot = f"\n\n{heading}\n\n{ABOUT}"
    sides = [make_side(str(n), f"Norvane says. {text}{foot}") for n, text in enumerate(told)]
    assert not any(ABOUT in side.text or heading in side.text for side in sides)
    assert relate(*sides) is None


def test_a_heading_within_a_story_cuts_nothing_off(make_side: MakeSide, dev: Dev) -> None:
    text = dev["dam", "b.en"]
    for heading in ("About thirty men", "About Norvane Outfitters"):
        side = make_side("a", f"{text[:200]}\n\n{heading}\n\n{text}")
        assert side.fingerprint.boilerplate == ()


def test_the_same_end_under_different_stories_makes_no_derivation(
    make_side: MakeSide, dev: Dev
) -> None:
    told = [dev["dam", "b.en"], dev["ferry", "b.en"]]
    sides = [make_side(str(n), f"{text}\n\n{ABOUT}") for n, text in enumerate(told)]
    assert relate(*sides) is None
    # Where more than the end is shared it is a version of the text still.
    versions = [make_side("v", f"{told[0]}\n\nUpdated.\n\n{ABOUT}"), sides[0]]
    assert relate(*versions) is not None
