"""Aligns two reports sentence by sentence: by words within a language, by anchors across languages."""

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Generic, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from guvoh.lineage.anchors import KEPT_REPORTS, Cut, Unit, Word
from guvoh.model.lineage import Passage
from guvoh.model.text import Span

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
PLAIN, NAMED = 1, 2
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
class Words:
    """The words of a report that count, in rising order of their numbers, with sentences and weights.

    `places` marks for each word its first _PLACES places, each once for a sentence; `kinds` says of each
    whether it is PLAIN, NAMED or, as a concept is, neither.
    """

    words: _Numbers
    sentences: NDArray[np.int32]
    weights: NDArray[np.uint8]
    places: NDArray[np.bool_]
    kinds: NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Anchors:
    """The anchors of a report that count, in order, with sentences and weights."""

    keys: tuple[str, ...]
    sentences: Sequence[int]
    weights: bytes


_Tokens = TypeVar("_Tokens", Words, Anchors)


@dataclass(frozen=True, slots=True, eq=False)
class Prepared(Generic[_Tokens]):
    """A report as it is aligned, per sentence: total weight, beginning, and length of the text up to each."""

    tokens: _Tokens
    weights: Sequence[int]
    starts: Sequence[int]
    ends: Sequence[int]

    @property
    def total(self) -> int:
        """Return the weight of all that could be shared."""
        return sum(self.weights)

    def span(self, sentence: int) -> Span:
        """Return where a sentence stands in the text."""
        start = self.starts[sentence]
        return Span(start, start + self.ends[sentence + 1] - self.ends[sentence])


def prepared(cut: Cut, across: bool) -> Prepared[Words] | Prepared[Anchors]:
    """Return what alignment needs of a report, kept while the report is."""
    return by_anchors(cut) if across else by_words(cut)


def by_words(cut: Cut) -> Prepared[Words]:
    """Return a report as it is compared with others of its language."""
    return _both(cut)[0]


def by_anchors(cut: Cut) -> Prepared[Anchors]:
    """Return a report as it is compared with those in other languages."""
    return _both(cut)[1]


@lru_cache(maxsize=KEPT_REPORTS)
def _both(cut: Cut) -> tuple[Prepared[Words], Prepared[Anchors]]:
    units = cut.units
    starts = array("L", [unit.span.start for unit in units])
    lengths = [unit.span.end - unit.span.start for unit in units]
    ends = array("L", accumulate(lengths, initial=0))
    words, anchors = _words(units), _anchors(units)
    return Prepared(*words, starts, ends), Prepared(*anchors, starts, ends)


def _words(units: Sequence[Unit]) -> tuple[Words, Sequence[int]]:
    """Return the words of sentences that count, and the total weight of each sentence."""
    least, strong = _HEEDED[False], STRONG[False]
    words: list[int] = []
    weights, kinds = bytearray(), bytearray()
    counts: list[int] = []
    totals = array("L")
    for unit in units:
        heeded = [word for word in unit.words if word.weight >= least]
        words += [word.number for word in heeded]
        own = [word.weight for word in heeded]
        weights += bytes(own)
        kinds += bytes([_kind(word) for word in heeded])
        counts.append(len(own))
        totals.append(sum([weight for weight in own if weight >= strong]))
    numbers = np.array(words, dtype=np.int64)
    order = np.argsort(numbers, kind="stable")
    numbers = numbers[order]
    sentences = np.repeat(np.arange(len(counts), dtype=np.int32), counts)[order]
    places = np.arange(len(numbers)) - np.searchsorted(numbers, numbers) < _PLACES
    # Of several places in one sentence the last one among the first stands for all.
    same = (numbers[1:] == numbers[:-1]) & (sentences[1:] == sentences[:-1])
    places[:-1] &= ~(same & places[1:])
    signs = [np.frombuffer(values, dtype=np.uint8)[order] for values in (weights, kinds)]
    return Words(numbers, sentences, signs[0], places, signs[1]), totals


def _kind(word: Word) -> int:
    if word.plain:
        return PLAIN
    return 0 if word.anchor is None or word.anchor.startswith("c:") else NAMED


def _anchors(units: Sequence[Unit]) -> tuple[Anchors, Sequence[int]]:
    """Return the anchors of sentences that count, and the total weight of each sentence."""
    least, strong = _HEEDED[True], STRONG[True]
    keys: list[str] = []
    sentences, weights, totals = array("L"), bytearray(), array("L")
    for ordinal, unit in enumerate(units):
        pairs = zip(unit.keys, unit.weights, strict=True)
        heeded = [(key, weight) for key, weight in pairs if weight >= least]
        keys += [key for key, _ in heeded]
        sentences.extend([ordinal] * len(heeded))
        own = bytes([weight for _, weight in heeded])
        weights += own
        totals.append(sum([weight for weight in own if weight >= strong]))
    return Anchors(tuple(keys), sentences, bytes(weights)), totals


def _cells(
    left: Prepared[Words] | Prepared[Anchors], right: Prepared[Words] | Prepared[Anchors]
) -> list[tuple[int, int, int]]:
    """Return (left sentence, right sentence, shared weight) for those that share more than chance."""
    if isinstance(left.tokens, Words) and isinstance(right.tokens, Words):
        return _word_cells(left.tokens, right.tokens, (len(left.weights), len(right.weights)))
    if isinstance(left.tokens, Anchors) and isinstance(right.tokens, Anchors):
        return _anchor_cells(left.tokens, right.tokens)
    raise TypeError("two reports are aligned by words or by anchors")


def _word_cells(left: Words, right: Words, size: tuple[int, int]) -> list[tuple[int, int, int]]:
    places = np.flatnonzero(right.places)
    known = right.words[places]
    first = known.searchsorted(left.words)
    counts = known.searchsorted(left.words, "right") - first
    at = np.arange(len(counts)).repeat(counts)
    if not len(at):
        return []
    # Of the places of each word the first is at `first`; the others follow it.
    to = places[np.arange(len(at)) - (counts.cumsum() - counts - first).repeat(counts)]
    shared = np.minimum(left.weights[at], right.weights[to])
    cells = left.sentences[at].astype(np.int64) * size[1] + right.sentences[to]
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


def _anchor_cells(left: Anchors, right: Anchors) -> list[tuple[int, int, int]]:
    places: dict[str, list[tuple[int, str, int]]] = {}
    for key, sentence, weight in zip(right.keys, right.sentences, right.weights, strict=True):
        found = places.setdefault(beginning(key), [])
        if len(found) < _PLACES:
            found.append((sentence, key, weight))
    rows: dict[int, dict[int, int]] = {}
    for key, sentence, weight in zip(left.keys, left.sentences, left.weights, strict=True):
        near = places.get(beginning(key))
        if near is None:
            continue
        best: dict[int, int] = {}
        for other, twin, twin_weight in near:
            shared = min(twin_weight, weight)
            if key == twin:
                best[other] = shared
            elif other not in best and same_name(key, twin):
                best[other] = shared // 2
        row = rows.setdefault(sentence, {})
        for other, shared in best.items():
            row[other] = row.get(other, 0) + shared
    link = _LINK[True]
    return [
        (sentence, other, weight)
        for sentence, row in rows.items()
        for other, weight in row.items()
        if weight >= link
    ]


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


def passages(alignment: Alignment, left: Cut, right: Cut, *, across: bool) -> tuple[Passage, ...]:
    """Return the chained sentences as passages of parent (left) and child (right)."""
    ours, theirs = prepared(left, across), prepared(right, across)
    total = max(alignment.chain_weight, 1)
    return tuple(
        Passage(ours.span(one.left), theirs.span(one.right), one.weight * 1000 // total)
        for one in alignment.chain
    )
