"""Inherited errors: what one version made of their common parent, another repeats and adds to."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from guvoh.languages.fold import fold
from guvoh.lineage.side import Side
from guvoh.model.lineage import Change, ChangeKind, Derivation, Passage, Relation

# Changes that a second hand would not make again by chance.
_TELLING = (
    ChangeKind.TIME,
    ChangeKind.QUANTITY,
    ChangeKind.PERSON,
    ChangeKind.ORGANISATION,
    ChangeKind.PLACE,
    ChangeKind.SOURCE,
)
_LEAST = 2
# By so much, per mille, a translation is more like its original than what was made from it.
_NEARER = 100
_STANDS_NEARER = "The other stands nearer to the text in another language that both go back to."
REPEATS = "It repeats "
_Key = tuple[ChangeKind, str, str]


def _made(changes: Sequence[Change]) -> frozenset[_Key]:
    return frozenset(
        (change.kind, fold(change.from_), fold(change.to))
        for change in changes
        if change.kind in _TELLING and change.from_ and change.to
    )


def inherited(edges: Sequence[Derivation]) -> list[Derivation]:
    """Return the derivations with a direction for those that inherited errors decide.

    Where two reports derive from one parent and repeat at least two of the same changes, one has
    them from the other: from the one that makes fewer changes of its own (the method of common
    errors of textual criticism, Maas 1927).
    """
    from_parent: dict[str, dict[str, frozenset[_Key]]] = {}
    for edge in edges:
        if edge.directed:
            from_parent.setdefault(edge.child, {})[edge.parent] = _made(edge.changes)
    return [edge if edge.directed else _decided(edge, from_parent) for edge in edges]


def between(edges: Sequence[Derivation], sides: Mapping[str, Side]) -> list[Derivation]:
    """Return the derivations with a direction for those of a copy of a translation.

    Of two reports that share their wording, the one that stands nearer to a text in another language
    is the translation of it, and the other was made from that: words of one language are chosen once.
    """
    origins: dict[str, dict[str, int]] = {}
    for edge in edges:
        if edge.directed and sides[edge.parent].base != sides[edge.child].base:
            origins.setdefault(edge.child, {})[edge.parent] = edge.similarity
    found: list[Derivation] = []
    for edge in edges:
        one, other = origins.get(edge.parent, {}), origins.get(edge.child, {})
        same = sides[edge.parent].base == sides[edge.child].base
        if edge.directed or not same or edge.relation is Relation.CITATION or one == other:
            found.append(edge)
            continue
        nearer = [
            max((ours[origin] - theirs.get(origin, 0) for origin in ours), default=0)
            for ours, theirs in ((one, other), (other, one))
        ]
        if max(nearer) < _NEARER or min(nearer) > 0:
            found.append(edge)
            continue
        turned = edge if nearer[0] > nearer[1] else _turned(edge)
        found.append(replace(turned, directed=True, for_=(*edge.for_, _STANDS_NEARER)))
    return found


def _decided(
    edge: Derivation, from_parent: Mapping[str, Mapping[str, frozenset[_Key]]]
) -> Derivation:
    ours = from_parent.get(edge.parent, {})
    theirs = from_parent.get(edge.child, {})
    best: tuple[int, bool] | None = None
    for common in sorted(ours.keys() & theirs.keys()):
        one, other = ours[common], theirs[common]
        repeated = len(one & other)
        if repeated >= _LEAST and len(one) != len(other) and (best is None or repeated > best[0]):
            best = repeated, len(one) < len(other)
    if best is None:
        return edge
    repeated, forward = best
    why = f"{REPEATS}{repeated} changes that the other made to what both derive from."
    turned = edge if forward else _turned(edge)
    return replace(turned, directed=True, for_=(*edge.for_, why))


def _turned(edge: Derivation) -> Derivation:
    back = tuple(
        Change(
            {ChangeKind.ADDED: ChangeKind.DROPPED, ChangeKind.DROPPED: ChangeKind.ADDED}.get(
                change.kind, change.kind
            ),
            change.to,
            change.from_,
            change.to_span,
            change.from_span,
            change.withheld,
        )
        for change in edge.changes
    )
    passages = tuple(Passage(p.child, p.parent, p.weight) for p in edge.passages)
    return replace(edge, parent=edge.child, child=edge.parent, passages=passages, changes=back)
