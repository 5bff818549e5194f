"""What a child leaves out of its parent and adds to it: sentences without a partner."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from guvoh.languages.fold import fold
from guvoh.lineage.align import Aligned, Alignment, prepared
from guvoh.lineage.anchors import Unit
from guvoh.lineage.side import Side
from guvoh.lineage.sourcing import shortened
from guvoh.lineage.wording import Cue, cues_in, heard
from guvoh.model.lineage import Change, ChangeKind
from guvoh.model.text import Span

# Sentences that share less of the lighter one's weight stand beside each other by chance.
# One out of its order, that was merged into another or moved, has to share more.
LEAST_SHARED = 0.3
MERGED = 0.5
# Of a sentence fewer words than this (three letters and more) tell nothing: dates, buttons.
_WORDS = 4
# Between two aligned sentences, what stands on both sides is taken for its translation where neither
# is longer than this many times the other (Gale and Church 1993: lengths of translations agree).
_RATIO = 1.8
# What a sentence must not lose when it is merged into another.
_KEPT = frozenset({Cue.SAW, Cue.DENIAL, Cue.PAPERS})


def partners(
    links: Iterable[Aligned], parent: Side, child: Side, *, across: bool, least: float
) -> list[Aligned]:
    """Return those of some links whose sentences share enough of either to be versions of each other."""
    ours, theirs = prepared(parent.cut, across).weights, prepared(child.cut, across).weights
    return [one for one in links if one.weight >= least * min(ours[one.left], theirs[one.right])]


def added_and_dropped(
    parent: Side, child: Side, alignment: Alignment, *, across: bool
) -> Iterator[Change]:
    """Yield the stretches that stand in one of two reports alone.

    Titles, lines that credit or date a page and boilerplate are no part of what is told. Across
    languages a sentence without names has no partner for want of anchors, not of sense: it is
    paired by its place and length.
    """
    chain = partners(alignment.chain, parent, child, across=across, least=LEAST_SHARED)
    near = [
        link
        for link in partners(alignment.free, parent, child, across=across, least=MERGED)
        if across or _kept(link, parent, child)
    ]
    used = {link.left for link in (*chain, *near)}, {link.right for link in (*chain, *near)}
    if across:
        units = parent.units, child.units
        for left, right in _gaps(chain, len(units[0]), len(units[1])):
            ours = [at for at in left if at not in used[0] and _tells(parent, units[0][at])]
            theirs = [at for at in right if at not in used[1] and _tells(child, units[1][at])]
            here, there = _size(parent, ours), _size(child, theirs)
            if here and there and max(here, there) <= _RATIO * min(here, there):
                used[0].update(ours)
                used[1].update(theirs)
            elif here and there:
                # The nearer ends go together; what is left over of the longer side stands alone.
                longer, shorter, size = (0, 1, there) if here > there else (1, 0, here)
                sides = (parent, ours), (child, theirs)
                used[shorter].update(sides[shorter][1])
                used[longer].update(_first(*sides[longer], size))
    yield from _unmatched(parent, child, used[0], ChangeKind.DROPPED)
    yield from _unmatched(child, parent, used[1], ChangeKind.ADDED)


def _kept(link: Aligned, parent: Side, child: Side) -> bool:
    """Tell whether a sentence that was merged into another kept who saw, denied or showed papers."""
    cues = [
        {one.cue for one in cues_in(side.report.text, side.units[at].span, side.base)}
        for side, at in ((parent, link.left), (child, link.right))
    ]
    return not (cues[0] - cues[1]) & _KEPT


def _gaps(chain: Sequence[Aligned], ours: int, theirs: int) -> Iterator[tuple[range, range]]:
    """Yield the stretches of both reports before, between and after the aligned sentences."""
    ends = [(-1, -1), *((link.left, link.right) for link in chain), (ours, theirs)]
    for (left, right), (next_left, next_right) in pairwise(ends):
        yield range(left + 1, next_left), range(right + 1, next_right)


def _size(side: Side, ordinals: Iterable[int]) -> int:
    units = side.units
    return sum(units[at].span.end - units[at].span.start for at in ordinals)


def _first(side: Side, ordinals: Sequence[int], size: int) -> list[int]:
    """Return the first sentences that come nearest to a size in characters, at least one."""
    found: list[int] = []
    for at in ordinals:
        if found and abs(_size(side, [*found, at]) - size) > abs(_size(side, found) - size):
            break
        found.append(at)
    return found


def _unmatched(side: Side, other: Side, used: Iterable[int], kind: ChangeKind) -> Iterator[Change]:
    """Yield stretches of sentences that have no partner in the other report."""
    taken = set(used)
    titles = [fold(one.report.title.text) for one in (side, other) if one.report.title]
    run: list[Unit] = []
    units = side.units
    for ordinal, unit in enumerate((*units, None)):
        alone = (
            unit is not None
            and ordinal not in taken
            and _tells(side, unit)
            and not any(fold(_text(side, unit)).strip(" .") in title for title in titles)
        )
        if alone and unit is not None and (not run or run[-1].paragraph == unit.paragraph):
            run.append(unit)
            continue
        if run:
            span = Span(run[0].span.start, run[-1].span.end)
            text = shortened(side.report.text[span.start : span.end])
            added = kind is ChangeKind.ADDED
            yield (
                Change(kind, None, text, None, span)
                if added
                else Change(kind, text, None, span, None)
            )
        run = [unit] if alone and unit is not None else []


def _heading(side: Side, unit: Unit) -> bool:
    """Tell whether a sentence is a line by itself that does not end like one: a title, a button."""
    text = side.report.text
    alone = not text[: unit.span.start].rstrip(" ").rstrip("\xa0")[-1:].strip("\n")
    alone = alone and not text[unit.span.end :].lstrip(" ")[:1].strip("\n")
    return alone and text[unit.span.end - 1] not in ".!?…:;\"'»”’)]。"


def _text(side: Side, unit: Unit) -> str:
    return side.report.text[unit.span.start : unit.span.end]


def _tells(side: Side, unit: Unit) -> bool:
    """Tell whether a sentence says something: it has words, and is no line on the page's making."""
    words = [w for w in heard(side.report.text, unit.span).words if len(w) > 2 and w.isalpha()]
    text = _text(side, unit)
    if len(words) < _WORDS or _heading(side, unit):
        return False
    return not any(
        text in made.text or made.text in text for made in side.report.making if made.text
    )
