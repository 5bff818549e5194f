"""The index: what it finds, what it leaves out, and that batches do not matter."""

from collections.abc import Callable

from guvoh.lineage.candidates import CAP, TWINS, Index, candidates, to_post
from guvoh.lineage.side import Side

MakeSide = Callable[..., Side]
Dev = dict[tuple[str, str], str]


def filler(seed: int, words: int = 220) -> str:
    """Return words that no other seed shares."""
    return " ".join(f"{chr(97 + (seed + i) % 26)}{seed}x{i * 7919 % 9973}" for i in range(words))


def test_a_quotation_finds_its_report_among_many(make_side: MakeSide, dev: Dev) -> None:
    index = Index()
    for ordinal in range(60):
        index.add(ordinal, make_side(f"f{ordinal}", filler(ordinal)).fingerprint)
    index.add(60, make_side("a", dev["dam", "a.en"]).fingerprint)
    quotation = " ".join(dev["dam", "a.en"].split()[10:70])
    citing = make_side("q", f"{filler(99)}\n\n“{quotation}”\n\n{filler(98)}")
    assert index.query(citing.fingerprint)[0].ordinal == 60


def test_a_translation_is_found_by_anchors(make_side: MakeSide, dev: Dev) -> None:
    index = Index()
    for ordinal, event in enumerate(("conscripts", "dam", "ferry", "mine")):
        index.add(ordinal, make_side(event, dev[event, "a.en"]).fingerprint)
    for ordinal, event in enumerate(("conscripts", "dam", "ferry", "mine")):
        side = make_side("t", dev[event, "a.ru"], "ru")
        assert index.query(side.fingerprint)[0].ordinal == ordinal


def test_of_many_twins_the_first_comes_alone_and_no_more_are_posted(
    make_side: MakeSide, dev: Dev
) -> None:
    index = Index()
    spaces = ("\n\n", "\n", "\n\n\n", "  ")
    copies = [
        make_side(f"c{n}", dev["dam", "a.en"].replace("\n\n", s)) for n, s in enumerate(spaces)
    ]
    for ordinal, copy in enumerate(copies[:TWINS]):
        found = index.query(copy.fingerprint)
        assert [one.ordinal for one in found if one.twin] == [0][:ordinal]
        index.add(ordinal, copy.fingerprint)
    last = copies[TWINS].fingerprint
    assert [(one.ordinal, one.twin) for one in index.query(last)] == [(0, True)]
    assert to_post(last, index.postings) == ()


def test_who_credits_a_copy_that_arrived_second_meets_it(make_side: MakeSide, dev: Dev) -> None:
    index = Index()
    for ordinal in (0, 1):
        index.add(ordinal, make_side(f"c{ordinal}", dev["dam", "a.en"]).fingerprint)
    version = make_side("v", dev["dam", "a.ru"], "ru").fingerprint
    assert {one.ordinal for one in index.query(version)} == {0, 1}


def test_the_first_copy_of_a_wire_story_stays_in_reach(make_side: MakeSide, dev: Dev) -> None:
    index = Index()
    for ordinal in range(CAP + 40):
        copy = make_side(f"w{ordinal}", f"{dev['mine', 'a.en']}\n\nOutlet number {ordinal}.")
        if ordinal:
            assert 0 in {one.ordinal for one in index.query(copy.fingerprint)}
        index.add(ordinal, copy.fingerprint)
    assert max(len(found) for found in index.postings.values()) == CAP


def test_what_is_asked_does_not_depend_on_later_reports(make_side: MakeSide, dev: Dev) -> None:
    prints = [
        make_side(str(n), text, name[-2:]).fingerprint
        for n, ((_, name), text) in enumerate(dev.items())
    ]
    whole = Index()
    for ordinal, one in enumerate(prints):
        whole.add(ordinal, one)
    part = Index()
    for ordinal, one in enumerate(prints):
        before = {k: [o for o in v if o < ordinal] for k, v in whole.postings.items()}
        assert candidates(one, before) == part.query(one)
        part.add(ordinal, one)


def test_an_empty_report_is_not_posted(make_side: MakeSide) -> None:
    empty = make_side("e", " \n ").fingerprint
    index = Index()
    index.add(0, empty)
    assert index.postings == {}
    assert index.query(empty) == []
