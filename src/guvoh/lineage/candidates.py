"""Which earlier reports are worth comparing with a report, by what they share in the index."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from guvoh.lineage.fingerprint import ANCHOR, GRAM, TWIN, Fingerprint

# Of each hash the first reports that carried it are kept, in canonical order, and no more: what a
# report meets depends on the reports before it alone, in one build or in ten, and the first copy of
# a wire story stays in reach of its hundredth.
CAP = 48
MOST = 16
# Of exact copies so many are compared with others and posted: who credits one of them, or is credited by it, may
# not know the one that came first. With one another, and beyond that number, they are compared with the first alone.
TWINS = 3
# Weights are tenths of a logarithm of rarity. One rare 4-gram is enough; anchors must come together.
_ENOUGH = 38
_LEAST_SHARE = 0.01
_TWIN = 10**6


class Candidate(NamedTuple):
    """An earlier report by its ordinal, with the weight of what it shares."""

    ordinal: int
    score: int
    twin: bool = False


def candidates(fingerprint: Fingerprint, postings: Mapping[int, Sequence[int]]) -> list[Candidate]:
    """Return the earlier reports that share most with a report, the heaviest first, at most MOST.

    `postings` gives for a hash the ordinals of earlier reports that were posted under it, rising.
    Of its twins the first comes, before all others; where they are TWINS already it comes alone.
    """
    twins = postings.get(fingerprint.twin, ())
    if len(twins) >= TWINS:
        return [Candidate(twins[0], _TWIN, twin=True)]
    scores: dict[int, int] = {}
    total = 0
    for key, weight in zip(fingerprint.hashes, fingerprint.weights, strict=True):
        total += weight
        found = postings.get(key, ())
        if not found:
            continue
        # What many earlier reports carry says less of each: the logarithm of their number is taken
        # off, and what reached the cap keeps a tenth.
        count = len(found)
        if key & 3 == ANCHOR:
            share = weight * 2 // 3 // (1 + count.bit_length() // 2)
        elif key & 3 == GRAM:
            share = max(weight - 5 * (count.bit_length() - 1), weight // 8)
        else:
            share = weight
        for ordinal in found[:CAP]:
            scores[ordinal] = scores.get(ordinal, 0) + share
    for twin in twins:
        scores[twin] = _TWIN if twin == twins[0] else 0
    enough = max(_ENOUGH, round(_LEAST_SHARE * total))
    ranked = sorted((-score, ordinal) for ordinal, score in scores.items() if score >= enough)
    return [Candidate(ordinal, -score, ordinal in twins) for score, ordinal in ranked[:MOST]]


def to_post(fingerprint: Fingerprint, postings: Mapping[int, Sequence[int]]) -> tuple[int, ...]:
    """Return the hashes under which a report is to be posted after it was asked about.

    A report without words and the copy of TWINS earlier ones are not posted at all, and no report
    under a hash that has reached its cap.
    """
    if not fingerprint.words or len(postings.get(fingerprint.twin, ())) >= TWINS:
        return ()
    return tuple(
        key for key in fingerprint.hashes if key & 3 == TWIN or len(postings.get(key, ())) < CAP
    )


class Index:
    """Postings in memory, for benchmarks, tests and cases small enough."""

    def __init__(self) -> None:
        self.postings: dict[int, list[int]] = {}

    def add(self, ordinal: int, fingerprint: Fingerprint) -> None:
        """Post a report; ordinals must rise."""
        for key in to_post(fingerprint, self.postings):
            self.postings.setdefault(key, []).append(ordinal)

    def query(self, fingerprint: Fingerprint) -> list[Candidate]:
        """Return the candidates among the reports posted so far."""
        return candidates(fingerprint, self.postings)
