"""Which claims of two reports stand in aligned passages and so tell of the same happening."""

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from guvoh.corroborate.vocabulary import akin, family
from guvoh.languages.fold import fold
from guvoh.model.claim import Claim, Reading
from guvoh.model.lineage import Derivation, Relation
from guvoh.model.text import Span

_LEAST = 300  # share of both claims that must lie in the aligned passages, per mille


@dataclass(frozen=True, slots=True)
class Twins:
    """A claim of a derivation's parent and the claim of its child that stands in its place."""

    parent: str
    child: str


def twins(derivation: Derivation, parent: Reading, child: Reading) -> tuple[Twins, ...]:
    """Return the claims of two reports that stand for one another, each at most once.

    A passage pairs the claims in it by what they hold and by their order; the parent and child of
    an undirected derivation are merely its two reports.
    """
    ours, theirs = _Placed(parent.claims), _Placed(child.claims)
    cites = derivation.relation is Relation.CITATION
    scores: list[tuple[int, int, int]] = []
    for passage in derivation.passages:
        left, right = ours.within(passage.parent), theirs.within(passage.child)
        for at, one in enumerate(left):
            for to, other in enumerate(right):
                score = _likeness(parent.claims[one], child.claims[other])
                if cites and not _in_common(parent.claims[one], child.claims[other]):
                    continue
                if score > 0:
                    place = 10 - min(abs(at - to) * 3, 10) + (len(left) == len(right)) * 5
                    scores.append((-score * 20 - place, one, other))
    scores.sort()
    taken_left: set[int] = set()
    taken_right: set[int] = set()
    pairs: list[Twins] = []
    for _, one, other in scores:
        if one not in taken_left and other not in taken_right:
            taken_left.add(one)
            taken_right.add(other)
            pairs.append(Twins(parent.claims[one].id, child.claims[other].id))
    return tuple(sorted(pairs, key=lambda pair: (pair.parent, pair.child)))


class _Placed:
    """The claims of a reading by where they stand."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        spans = [(claim.span, at) for at, claim in enumerate(claims)]
        self._spans = sorted(spans, key=lambda placed: (placed[0].start, placed[1]))
        self._starts = [span.start for span, _ in self._spans]
        self._longest = max((span.end - span.start for span, _ in spans), default=0)

    def within(self, passage: Span) -> list[int]:
        first = bisect_left(self._starts, passage.start - self._longest)
        last = bisect_left(self._starts, passage.end)
        return sorted(at for span, at in self._spans[first:last] if _shares(span, passage))


def _shares(span: Span, passage: Span) -> bool:
    common = min(span.end, passage.end) - max(span.start, passage.start)
    shorter = min(span.end - span.start, passage.end - passage.start)
    return common * 1000 >= _LEAST * max(shorter, 1)


def _likeness(one: Claim, other: Claim) -> int:
    """Return how much two claims in one passage look like one another; 0 where they cannot be one."""
    if one.text == other.text and len(one.chain) == len(other.chain):
        return 12
    acts = {act.name for act in one.acts} & {act.name for act in other.acts}
    both = {act.name for act in one.acts} and {act.name for act in other.acts}
    if both and not acts and not _akin(one, other):
        return 0
    score = 2 + 3 * min(len(acts), 2)
    score += (one.kind is other.kind) + (one.stance is other.stance)
    score += len(one.chain) == len(other.chain)
    score += (one.within is None) == (other.within is None)
    score += bool({t.edtf for t in one.times} & {t.edtf for t in other.times})
    score += bool(
        {(q.low, q.high) for q in one.quantities} & {(q.low, q.high) for q in other.quantities}
    )
    return score


def _in_common(one: Claim, other: Claim) -> bool:
    """Return whether claims share an act, a time, a number or most of the words of the shorter one.

    Passages of a report and one that cites it may be alike in a phrase or two: that alone makes no
    claim in one stand for a claim in the other.
    """
    if {act.name for act in one.acts} & {act.name for act in other.acts}:
        return True
    if {time.edtf for time in one.times} & {time.edtf for time in other.times}:
        return True
    if {(q.low, q.high) for q in one.quantities} & {(q.low, q.high) for q in other.quantities}:
        return True
    ours, theirs = set(fold(one.text).split()), set(fold(other.text).split())
    return 2 * len(ours & theirs) > min(len(ours), len(theirs))


def _akin(one: Claim, other: Claim) -> bool:
    """Return whether two claims' acts, different as they are, may be of one happening."""
    theirs = {family(act.name) for act in other.acts}
    return any(akin(family(act.name), kind) for act in one.acts for kind in theirs)


def opposite(pairs: Sequence[Twins], claims: Collection[str]) -> tuple[tuple[str, str], ...]:
    """Return (claim, its twin) for the claims in `claims`, whichever side they stand on."""
    return tuple(
        (pair.child, pair.parent) if pair.child in claims else (pair.parent, pair.child)
        for pair in pairs
        if pair.child in claims or pair.parent in claims
    )
