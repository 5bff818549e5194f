"""Aligns two reports sentence by sentence: by words within a language, by anchors across languages."""

from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from guvoh.lineage.anchors import KEPT_REPORTS, Cut
from guvoh.model.lineage import Passage

# Of a token that stands in many sentences only the first ones are looked at: it says little, and
# a page of one repeated line would otherwise cost the square of its length.
_PLACES = 24
# Weights are tenths of a natural logarithm of rarity (background.py). Lighter tokens are left out
# of the totals; a pair of sentences that shares less than _LINK is chance.
STRONG = {False: 20, True: 30}
_LINK = {False: 40, True: 30}
# Lighter tokens are not heeded at all.
_HEEDED = {False: 20, True: 10}
# Two skeletons are one name where one begins the other and leaves at most an ending over; such a
# likeness weighs half.
_ENDING = 3
_LEAST = 3
# Pairs of sentences of which the sums lie in one table; of longer reports they are sorted.
_TABLE = 1 << 18
# Reports of which the anchors are kept ready to be compared: about 100 kB for one of 250 words.
KEPT_PREPARED = 256
_Numbers = NDArray[np.int64]


class Aligned(NamedTuple):
    """Two sentences that go together: their ordinals and the weight of what they share."""

    left: int
    right: int
    weight: int


@dataclass(frozen=True, slots=True)
class Alignment:
    """What two reports share; weights in tenths of a logarithm of rarity.

    `chain` are the sentences that follow each other in both; `free` for each sentence of the left
    side its best partner, wherever that stands. `left_total` and `right_total` are the weights of
    all that could have been shared.
    """

    chain: tuple[Aligned, ...]
    free: tuple[Aligned, ...]
    chain_weight: int
    left_total: int
    right_total: int

    @property
    def left_share(self) -> float:
        """Return the share of the left side's weight that lies in the chain, at most 1."""
        return min(self.chain_weight / self.left_total, 1.0) if self.left_total else 0.0

    @property
    def right_share(self) -> float:
        """Return the share of the right side's weight that lies in the chain, at most 1."""
        return min(self.chain_weight / self.right_total, 1.0) if self.right_total else 0.0


def same_name(left: str, right: str) -> bool:
    """Tell whether two anchor keys are the same name, number or date, endings apart."""
    if left == right:
        return True
    if left[:2] != "k:" or right[:2] != "k:":
        return False
    short, long = sorted((left[2:], right[2:]), key=len)
    if len(short) < _LEAST or len(long) - len(short) > _ENDING:
        return False
    if long.startswith(short):
        return True
    common = 0
    for one, other in zip(short, long, strict=False):
        if one != other:
            break
        common += 1
    return common >= 4 and len(long) - common <= 2


def beginning(key: str) -> str:
    """Return what all keys share that may be the same as this one by `same_name`."""
    return key[:5] if key[:2] == "k:" else key


def heaviest_increasing(matches: list[tuple[int, int, int]]) -> list[int]:
    """Return the indices of the heaviest chain of `matches` that rises in both positions.

    `matches` are (left position, right position, weight), and are sorted in place; each
    position is used once. A weighted longest increasing subsequence by a front of (right position,
    weight) that rises in both; O(n log n).
    """
    matches.sort(key=lambda match: (match[0], -match[1]))
    ends: list[int] = []
    weights: list[int] = []
    nodes: list[int] = []
    before: list[int] = []
    for index, (_, right, weight) in enumerate(matches):
        at = bisect_left(ends, right)
        total = weight + (weights[at - 1] if at else 0)
        before.append(nodes[at - 1] if at else -1)
        stop = at
        while stop < len(ends) and weights[stop] <= total:
            stop += 1
        if stop == at and at < len(ends) and ends[at] == right:
            continue  # a heavier chain already ends there
        ends[at:stop] = [right]
        weights[at:stop] = [total]
        nodes[at:stop] = [index]
    chain: list[int] = []
    index = nodes[-1] if nodes else -1
    while index >= 0:
        chain.append(index)
        index = before[index]
    return chain[::-1]


@dataclass(frozen=True, slots=True, eq=False)
class _Words:
    """The words of a report that count, as numbers.

    `words`, `sentences` and `weights` are of each where it stands; `known`, `where` and `worth` the same
    in rising order of words, each once for a sentence, of its first _PLACES places.
    """

    words: _Numbers
    sentences: _Numbers
    weights: _Numbers
    known: _Numbers
    where: _Numbers
    worth: _Numbers


@dataclass(frozen=True, slots=True, eq=False)
class _Anchors:
    """The anchors of a report that count, per sentence, and where each stands.

    `keys` are (key, bucket, weight); `places` gives for a bucket the (sentence, key, weight) that
    hold it.
    """

    keys: tuple[tuple[tuple[str, str, int], ...], ...]
    places: dict[str, list[tuple[int, str, int]]]


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A report as it is aligned: `weights` are the totals per sentence, `ends` the lengths of the text up to each."""

    tokens: _Words | _Anchors
    weights: tuple[int, ...]
    ends: tuple[int, ...]

    @property
    def total(self) -> int:
        """Return the weight of all that could be shared."""
        return sum(self.weights)


def prepared(cut: Cut, across: bool) -> Prepared:
    """Return what alignment needs of a report, kept while the report is."""
    return _by_anchors(cut) if across else _by_words(cut)


def _ends(cut: Cut) -> tuple[int, ...]:
    return tuple(accumulate((u.span.end - u.span.start for u in cut.units), initial=0))


@lru_cache(maxsize=KEPT_REPORTS)
def _by_words(cut: Cut) -> Prepared:
    least, strong = _HEEDED[False], STRONG[False]
    words: list[int] = []
    weights: list[int] = []
    counts: list[int] = []
    totals: list[int] = []
    for unit in cut.units:
        heeded = [word for word in unit.words if word.weight >= least]
        words += [word.number for word in heeded]
        own = [word.weight for word in heeded]
        weights += own
        counts.append(len(own))
        totals.append(sum([weight for weight in own if weight >= strong]))
    numbers, worth = np.array(words, dtype=np.int64), np.array(weights, dtype=np.int64)
    sentences = np.repeat(np.arange(len(counts)), counts)
    order = np.argsort(numbers, kind="stable")
    known, where = numbers[order], sentences[order]
    first = np.searchsorted(known, known)
    kept = np.arange(len(known)) - first < _PLACES
    order, known, where = order[kept], known[kept], where[kept]
    last = np.ones(len(known), dtype=bool)
    last[:-1] = (known[1:] != known[:-1]) | (where[1:] != where[:-1])
    found = _Words(numbers, sentences, worth, known[last], where[last], worth[order[last]])
    return Prepared(found, tuple(totals), _ends(cut))


@lru_cache(maxsize=KEPT_PREPARED)
def _by_anchors(cut: Cut) -> Prepared:
    least, strong = _HEEDED[True], STRONG[True]
    keys: list[tuple[tuple[str, str, int], ...]] = []
    places: dict[str, list[tuple[int, str, int]]] = {}
    weights: list[int] = []
    for ordinal, unit in enumerate(cut.units):
        pairs = zip(unit.keys, unit.weights, strict=True)
        heeded = [(key, beginning(key), weight) for key, weight in pairs if weight >= least]
        keys.append(tuple(heeded))
        weights.append(sum([weight for _, _, weight in heeded if weight >= strong]))
        for key, bucket, weight in heeded:
            found = places.setdefault(bucket, [])
            if len(found) < _PLACES:
                found.append((ordinal, key, weight))
    return Prepared(_Anchors(tuple(keys), places), tuple(weights), _ends(cut))


def _cells(left: Prepared, right: Prepared) -> list[tuple[int, int, int]]:
    """Return (left sentence, right sentence, shared weight) for those that share more than chance."""
    if isinstance(left.tokens, _Words) and isinstance(right.tokens, _Words):
        return _word_cells(left.tokens, right.tokens, (len(left.weights), len(right.weights)))
    if isinstance(left.tokens, _Anchors) and isinstance(right.tokens, _Anchors):
        return _anchor_cells(left.tokens, right.tokens)
    raise TypeError("two reports are aligned by words or by anchors")


def _word_cells(left: _Words, right: _Words, size: tuple[int, int]) -> list[tuple[int, int, int]]:
    first = np.searchsorted(right.known, left.words)
    counts = np.searchsorted(right.known, left.words, "right") - first
    at = np.repeat(np.arange(len(counts)), counts)
    if not len(at):
        return []
    # Of the places of each word the first is at `first`; the others follow it.
    to = np.arange(len(at)) - np.repeat(np.cumsum(counts) - counts - first, counts)
    shared = np.minimum(left.weights[at], right.worth[to])
    cells = left.sentences[at] * size[1] + right.where[to]
    if size[0] * size[1] <= _TABLE:
        sums = np.bincount(cells, shared)
        found = np.flatnonzero(sums >= _LINK[False])
        sums = sums[found]
    else:
        found, place = np.unique(cells, return_inverse=True)
        sums = np.bincount(place, shared)
        found, sums = found[sums >= _LINK[False]], sums[sums >= _LINK[False]]
    rows, columns = np.divmod(found, size[1])
    return list(zip(rows.tolist(), columns.tolist(), sums.astype(np.int64).tolist(), strict=True))


def _anchor_cells(left: _Anchors, right: _Anchors) -> list[tuple[int, int, int]]:
    cells: list[tuple[int, int, int]] = []
    places, link = right.places, _LINK[True]
    for ordinal, tokens in enumerate(left.keys):
        row: dict[int, int] = {}
        for key, bucket, weight in tokens:
            best: dict[int, int] = {}
            for other, twin, twin_weight in places.get(bucket, ()):
                shared = min(twin_weight, weight)
                if key == twin:
                    best[other] = shared
                elif other not in best and same_name(key, twin):
                    best[other] = shared // 2
            for other, shared in best.items():
                row[other] = row.get(other, 0) + shared
        cells.extend((ordinal, other, weight) for other, weight in row.items() if weight >= link)
    return cells


def align(left: Cut, right: Cut, *, across: bool) -> Alignment:
    """Align two reports; `across` compares anchors, for reports in different languages."""
    sides = prepared(left, across), prepared(right, across)
    cells = _cells(*sides)
    chain = [cells[index] for index in heaviest_increasing(cells)]
    best: dict[int, tuple[int, int, int]] = {}
    for cell in cells:
        if cell[0] not in best or cell[2] > best[cell[0]][2]:
            best[cell[0]] = cell
    return Alignment(
        chain=tuple(Aligned(*cell) for cell in chain),
        free=tuple(Aligned(*cell) for cell in best.values()),
        chain_weight=sum(cell[2] for cell in chain),
        left_total=sides[0].total,
        right_total=sides[1].total,
    )


def passages(alignment: Alignment, left: Cut, right: Cut) -> tuple[Passage, ...]:
    """Return the chained sentences as passages of parent (left) and child (right)."""
    total = max(alignment.chain_weight, 1)
    return tuple(
        Passage(left.units[one.left].span, right.units[one.right].span, one.weight * 1000 // total)
        for one in alignment.chain
    )
