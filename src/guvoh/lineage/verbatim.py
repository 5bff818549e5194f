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
    """A text's 4-grams in order, the same sorted, its distinct words, and which are in quotations."""

    grams: Hashes
    sorted_grams: Hashes
    distinct: Hashes
    quoted: NDArray[np.bool_]


@lru_cache(maxsize=KEPT_REPORTS)
def _words(text: str) -> _Words:
    words, offsets = word_hashes(text)
    hashes = grams(words) if len(words) >= GRAM else np.zeros(0, dtype=np.uint64)
    inside = np.zeros(len(words), dtype=bool)
    for start, end in quoted(text):
        first, last = np.searchsorted(offsets, (start, end))
        inside[first:last] = True
    return _Words(hashes, np.unique(hashes), np.unique(words), inside)


def _shared(hashes: Hashes, others: Hashes) -> NDArray[np.bool_]:
    if len(hashes) == 0 or len(others) == 0:
        return np.zeros(len(hashes), dtype=bool)
    at = np.minimum(np.searchsorted(others, hashes), len(others) - 1)
    shared: NDArray[np.bool_] = others[at] == hashes
    return shared


def _covered(shared: NDArray[np.bool_], words: int) -> NDArray[np.bool_]:
    covered = np.zeros(words, dtype=bool)
    for place in range(GRAM):
        covered[place : place + len(shared)] |= shared
    return covered


def _longest(marks: NDArray[np.bool_]) -> int:
    """Return the length of the longest run of true values."""
    edged = np.zeros(len(marks) + 2, dtype=bool)
    edged[1:-1] = marks
    edges = np.flatnonzero(edged[1:] != edged[:-1])
    return int((edges[1::2] - edges[::2]).max()) if len(edges) else 0


def verbatim(left: str, right: str) -> Verbatim:
    """Return what two texts share word for word; a run is as long as in the report where it is shorter."""
    ours, theirs = _words(left), _words(right)
    if not len(ours.quoted) or not len(theirs.quoted):
        return NOTHING
    poorer, richer = sorted((ours.distinct, theirs.distinct), key=len)
    common = float(_shared(poorer, richer).mean())
    runs = _shared(ours.grams, theirs.sorted_grams)
    if not runs.any():  # as it is with most candidates, which share rare words alone
        return Verbatim(0.0, 0.0, 0, 0, common)
    here = _covered(runs, len(ours.quoted))
    there = _covered(_shared(theirs.grams, ours.sorted_grams), len(theirs.quoted))
    longest = min(_longest(here), _longest(there))
    outside = longest
    if longest >= GRAM and (ours.quoted.any() or theirs.quoted.any()):
        outside = min(_longest(here & ~ours.quoted), _longest(there & ~theirs.quoted))
    return Verbatim(float(here.mean()), float(there.mean()), longest, outside, common)
