"""What two reports of one language share word for word, in runs of four words and more."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from guvoh.lineage.anchors import KEPT_REPORTS
from guvoh.lineage.shingles import GRAM, Hashes, grams, quoted, word_hashes


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Shares of each report's words in common runs, and the longest run, also outside quotations.

    `common` is the share of the distinct words of the poorer report that stand in the other.
    """

    left: float
    right: float
    longest: int
    unquoted: int
    common: float = 0.0


NOTHING = Verbatim(0.0, 0.0, 0, 0)


@dataclass(frozen=True, slots=True, eq=False)
class _Words:
    """A text's 4-grams in rising order, where each stands, its distinct words, and which are in quotations.

    None are where no quotation is; `count` is of all words.
    """

    grams: Hashes
    places: NDArray[np.int32]
    distinct: Hashes
    quoted: NDArray[np.bool_] | None
    count: int


@lru_cache(maxsize=KEPT_REPORTS)
def _words(text: str) -> _Words:
    words, offsets = word_hashes(text)
    hashes = grams(words) if len(words) >= GRAM else np.zeros(0, dtype=np.uint64)
    places = np.argsort(hashes, kind="stable").astype(np.int32)
    ranges = quoted(text)
    inside = np.zeros(len(words), dtype=bool)
    for start, end in ranges:
        first, last = np.searchsorted(offsets, (start, end))
        inside[first:last] = True
    return _Words(hashes[places], places, np.unique(words), inside if ranges else None, len(words))


def _shared(hashes: Hashes, others: Hashes) -> NDArray[np.bool_]:
    if len(hashes) == 0 or len(others) == 0:
        return np.zeros(len(hashes), dtype=bool)
    at = np.minimum(others.searchsorted(hashes), len(others) - 1)
    shared: NDArray[np.bool_] = others[at] == hashes
    return shared


def _covered(ours: _Words, theirs: _Words) -> NDArray[np.bool_]:
    """Return which words of one text stand in runs that the other has too."""
    shared = np.zeros(len(ours.grams), dtype=bool)
    shared[ours.places] = _shared(ours.grams, theirs.grams)
    covered = np.zeros(ours.count, dtype=bool)
    if shared.any():
        for place in range(GRAM):
            covered[place : place + len(shared)] |= shared
    return covered


def _share(marks: NDArray[np.bool_]) -> float:
    return int(np.count_nonzero(marks)) / len(marks)


def _longest(marks: NDArray[np.bool_]) -> int:
    """Return the length of the longest run of true values."""
    edged = np.zeros(len(marks) + 2, dtype=bool)
    edged[1:-1] = marks
    edges = np.flatnonzero(edged[1:] != edged[:-1])
    return int((edges[1::2] - edges[::2]).max()) if len(edges) else 0


def verbatim(left: str, right: str) -> Verbatim:
    """Return what two texts share word for word; a run is as long as in the report where it is shorter."""
    ours, theirs = _words(left), _words(right)
    if not ours.count or not theirs.count:
        return NOTHING
    poorer, richer = sorted((ours.distinct, theirs.distinct), key=len)
    common = _share(_shared(poorer, richer))
    here = _covered(ours, theirs)
    if not here.any():  # as it is with most candidates, which share rare words alone
        return Verbatim(0.0, 0.0, 0, 0, common)
    there = _covered(theirs, ours)
    longest = min(_longest(here), _longest(there))
    outside = longest
    if longest >= GRAM and (ours.quoted is not None or theirs.quoted is not None):
        unquoted = [
            marks if one.quoted is None else marks & ~one.quoted
            for one, marks in ((ours, here), (theirs, there))
        ]
        outside = min(map(_longest, unquoted))
    return Verbatim(_share(here), _share(there), longest, outside, common)
