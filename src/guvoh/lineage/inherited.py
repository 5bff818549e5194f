"""Inherited errors: what one version made of their common parent, another repeats and adds to."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from guvoh.languages.fold import fold
from guvoh.lineage.direction import LATER, SIGNS
from guvoh.model.lineage import Change, ChangeKind, Derivation, Passage, Relation

# Changes that a second hand would not make again by chance.
TELLING = (
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
WORDED = (Relation.COPY, Relation.EDITED)
_WORDED_ALIKE = (Relation.COPY, Relation.EDITED, Relation.PARAPHRASE)
_STANDS_NEARER = "The other stands nearer to the text in another language that both go back to."
REPEATS = "It repeats "
OTHER_WORDS = "It shares its wording with another report of its own language."
_Key = tuple[ChangeKind, str, str]


def _made(changes: Sequence[Change]) -> frozenset[_Key]:
    return frozenset(
        (change.kind, fold(change.from_), fold(change.to))
        for change in changes
        if change.kind in TELLING and change.from_ and change.to
    )


def inherited(
    edges: Sequence[Derivation], described: Callable[[Derivation], Derivation]
) -> list[Derivation]:
    """Return the derivations with a direction for those that inherited errors decide.

    Where two reports derive from one parent and repeat at least two of the same changes, one has
    them from the other: from the one that makes fewer changes of its own (the method of common
    errors of textual criticism, Maas 1927). `described` finds out the changes of a derivation.
    """
    from_parent: dict[str, dict[str, Derivation]] = {}
    for edge in edges:
        if edge.directed:
            from_parent.setdefault(edge.child, {})[edge.parent] = edge
    return [edge if edge.directed else _decided(edge, from_parent, described) for edge in edges]


def between(edges: Sequence[Derivation], bases: Mapping[str, str]) -> list[Derivation]:
    """Return the derivations with a direction for those of a copy of a translation.

    Of two reports that share their wording, the one that stands nearer to a text in another language
    is the translation of it, and the other was made from that: words of one language are chosen once.
    `bases` are the languages by report.
    """
    origins: dict[str, dict[str, int]] = {}
    for edge in edges:
        if edge.directed and bases[edge.parent] != bases[edge.child]:
            origins.setdefault(edge.child, {})[edge.parent] = edge.similarity
    found: list[Derivation] = []
    for edge in edges:
        one, other = origins.get(edge.parent, {}), origins.get(edge.child, {})
        same = bases[edge.parent] == bases[edge.child]
        if edge.directed or not same or edge.relation not in _WORDED_ALIKE or one == other:
            found.append(edge)
            continue
        nearer = [
            max((ours[origin] - theirs.get(origin, 0) for origin in ours), default=0)
            for ours, theirs in ((one, other), (other, one))
        ]
        if max(nearer) < _NEARER or min(nearer) > 0:
            found.append(edge)
            continue
        way = edge if nearer[0] > nearer[1] else turned(edge)
        found.append(replace(way, directed=True, for_=(*edge.for_, _STANDS_NEARER)))
    return found


def later_alone(edges: Sequence[Derivation], bases: Mapping[str, str]) -> list[Derivation]:
    """Return the derivations without the direction of those that a date alone decides against the words.

    A report that shares its wording with another of its language has the words from there or from an
    original of that language. A text in another language that is merely older is then no parent of
    one of them, unless it is of both.
    """
    kin: dict[str, dict[str, int]] = {}
    same_words = 1000  # likeness across languages is no measure of what shares its very words
    children: dict[str, set[str]] = {}
    for edge in edges:
        if bases[edge.parent] == bases[edge.child]:
            alike = same_words if edge.relation in WORDED else edge.similarity
            kin.setdefault(edge.child, {})[edge.parent] = alike
            kin.setdefault(edge.parent, {})[edge.child] = alike
        elif edge.directed:
            children.setdefault(edge.parent, set()).add(edge.child)
    found: list[Derivation] = []
    for edge in edges:
        across = bases[edge.parent] != bases[edge.child]
        dated = edge.directed and LATER in edge.for_ and edge.relation is not Relation.CITATION
        signs = [one for one in edge.for_ if one in SIGNS]
        closer = any(
            similarity >= edge.similarity and other not in children.get(edge.parent, set())
            for other, similarity in kin.get(edge.child, {}).items()
        )
        if across and dated and len(signs) == 1 and closer:
            against = (*edge.against, OTHER_WORDS)
            edge = replace(edge, directed=False, against=against)
        found.append(edge)
    return found


def _decided(
    edge: Derivation,
    from_parent: Mapping[str, Mapping[str, Derivation]],
    described: Callable[[Derivation], Derivation],
) -> Derivation:
    ours = from_parent.get(edge.parent, {})
    theirs = from_parent.get(edge.child, {})
    best: tuple[int, bool] | None = None
    for common in sorted(ours.keys() & theirs.keys()):
        one, other = (_made(described(found[common]).changes) for found in (ours, theirs))
        repeated = len(one & other)
        if repeated >= _LEAST and len(one) != len(other) and (best is None or repeated > best[0]):
            best = repeated, len(one) < len(other)
    if best is None:
        return edge
    repeated, forward = best
    why = f"{REPEATS}{repeated} changes that the other made to what both derive from."
    way = edge if forward else turned(edge)
    return replace(way, directed=True, for_=(*edge.for_, why))


def turned(edge: Derivation) -> Derivation:
    """Return a derivation with parent and child in each other's place."""
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
