"""Typed changes between a parent and a child: what aligned sentences say differently."""

from collections.abc import Sequence

from guvoh.lineage.align import Alignment
from guvoh.lineage.extent import LEAST_SHARED, MERGED, added_and_dropped, partners
from guvoh.lineage.pair import paired
from guvoh.lineage.sealing import sealed
from guvoh.lineage.side import Side
from guvoh.lineage.sourcing import sourcing_changed
from guvoh.lineage.values import values_changed
from guvoh.model.lineage import Change, ChangeKind

# Changes of source and stance come first: they are what makes copies look like confirmation.
_ORDER = (
    ChangeKind.SOURCE,
    ChangeKind.STANCE,
    ChangeKind.NEGATION,
    ChangeKind.QUANTITY,
    ChangeKind.TIME,
    ChangeKind.PERSON,
    ChangeKind.ORGANISATION,
    ChangeKind.PLACE,
    ChangeKind.ADDED,
    ChangeKind.DROPPED,
)


def changes(parent: Side, child: Side, alignment: Alignment, *, across: bool) -> tuple[Change, ...]:
    """Return what the child says otherwise than the parent, source and stance first.

    A change needs a difference in words: aligned sentences are compared word by word, and what was
    read (times, quantities, people, places, voices) counts only where the wording differs.
    """
    found: list[Change] = []
    chain = partners(alignment.chain, parent, child, across=across, least=LEAST_SHARED)
    chained = {link.left for link in chain}, {link.right for link in chain}
    moved = [
        link
        for link in partners(alignment.free, parent, child, across=across, least=MERGED)
        if link.left not in chained[0] and link.right not in chained[1]
    ]
    units = parent.units, child.units
    for link in (*chain, *moved):
        spans = units[0][link.left].span, units[1][link.right].span
        texts = parent.report.text[slice(*spans[0])], child.report.text[slice(*spans[1])]
        if texts[0] == texts[1]:
            continue
        pair = paired(parent, child, spans, across=across)
        found += sourcing_changed(pair)
        found += values_changed(pair)
    found += added_and_dropped(parent, child, alignment, across=across)
    kept = [sealed(change, parent, child) for change in found]
    return _once(sorted(kept, key=_rank))


def _once(found: Sequence[Change]) -> tuple[Change, ...]:
    """Return each change of values once, at its first place; withheld ones at each of their places."""
    kept: dict[tuple[object, ...], Change] = {}
    for change in found:
        places = (change.from_span, change.to_span) if change.withheld else ()
        kept.setdefault((change.kind, change.from_, change.to, *places), change)
    return tuple(kept.values())


def _rank(change: Change) -> tuple[int, int]:
    span = change.from_span or change.to_span
    return _ORDER.index(change.kind), span.start if span else 0
