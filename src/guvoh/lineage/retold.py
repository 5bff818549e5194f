"""Whether a report retells what another tells: in another language and order, or in other sentences of its own."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import numpy as np

from guvoh.lineage.align import NAMED, PLAIN, Alignment, by_anchors, by_words, same_name
from guvoh.lineage.anchors import Cut
from guvoh.lineage.side import Side

# Lighter anchors stand in any two reports.
_HEEDED = 20
_RARE_NUMBER = 30
_BUCKET = 4
# Reports of which the distinct anchors are kept: about 20 kB for one of 250 words.
_KEPT = 256


@dataclass(frozen=True, slots=True)
class Common:
    """What two reports share of the weight of their distinct anchors, and how many those are."""

    left: float
    right: float
    left_count: int
    right_count: int


def _words(cut: Cut, kind: int) -> dict[int, int]:
    """Return the distinct words of one kind of a report, by number, with their weights."""
    words = by_words(cut).tokens
    told = words.kinds > 0
    numbers = words.words[told]
    last = np.ones(len(numbers), dtype=bool)
    last[:-1] = (
        numbers[1:] != numbers[:-1]
    )  # a number's words differ in endings; the last one speaks
    last &= words.kinds[told] == kind
    return dict(zip(numbers[last].tolist(), words.weights[told][last].tolist(), strict=True))


def _shared(ours: Mapping[int, int], theirs: Mapping[int, int]) -> int:
    """Return the weight of the words of one report that stand in the other."""
    return sum(ours[word] for word in ours.keys() & theirs.keys())


def rewritten(left: Side, right: Side, alignment: Alignment) -> bool:
    """Tell whether one of two reports of one language tells anew, in sentences of its own, what the other tells.

    Who talked to other people, or stood elsewhere, has the event's names and numbers too; but not the
    curtain, the ladder and the soup. Of two such reports the poorer one has at most .47 of its plain words
    in the other, a rewrite without credit .49 and more (tests/cases, dev); of 2,167 pairs of news that
    PolNeAR's index brings together, none but copies. Descriptions of two wares have the plain words of
    their trade in common, and few names: a rewrite shares nine anchors and more, and of the names and
    numbers of the richer report .32 and more (tests/cases, retranslations-ru-en, dev).
    """
    limits = _thresholds()
    if len(alignment.chain) < limits["rewritten_links"]:
        return False
    if max(alignment.left_share, alignment.right_share) < limits["rewritten_chain"]:
        return False
    ours, theirs = _words(left.cut, PLAIN), _words(right.cut, PLAIN)
    least = min(sum(ours.values()), sum(theirs.values()))
    if _shared(ours, theirs) < max(limits["rewritten_weight"], limits["rewritten_plain"] * least):
        return False
    names, others = _words(left.cut, NAMED), _words(right.cut, NAMED)
    most = max(sum(names.values()), sum(others.values()))
    if _shared(names, others) < limits["rewritten_named"] * most:
        return False
    found = common(left, right)
    return min(found.left_count, found.right_count) >= limits["rewritten_anchors"]


@cache
def _thresholds() -> Mapping[str, float]:
    source = files("guvoh.lineage").joinpath("data", "relation.toml")
    return dict(tomllib.loads(source.read_text(encoding="utf-8")))


@lru_cache(maxsize=_KEPT)
def _anchors(cut: Cut) -> tuple[Mapping[str, int], Mapping[str, tuple[str, ...]]]:
    """Return the distinct anchors of a report with their weights, and the same by their beginnings."""
    weights: dict[str, int] = {}
    anchors = by_anchors(cut).tokens
    for key, weight in zip(anchors.keys, anchors.weights, strict=True):
        if weight >= _HEEDED:
            weights[key] = max(weights.get(key, 0), weight)
    buckets: dict[str, list[str]] = {}
    for key in weights:
        buckets.setdefault(key[:_BUCKET], []).append(key)
    return weights, {bucket: tuple(keys) for bucket, keys in buckets.items()}


def common(left: Side, right: Side) -> Common:
    """Return what two reports share of their anchors, whatever their order."""
    sides = _anchors(left.cut), _anchors(right.cut)
    shares: list[float] = []
    counts: list[int] = []
    for (ours, _), (_, buckets) in (sides, sides[::-1]):
        shared = [
            weight
            for key, weight in ours.items()
            if any(same_name(key, other) for other in buckets.get(key[:_BUCKET], ()))
        ]
        shares.append(sum(shared) / max(sum(ours.values()), 1))
        counts.append(len(shared))
    return Common(shares[0], shares[1], counts[0], counts[1])


def other_numbers(left: Side, right: Side) -> bool:
    """Tell whether both reports hold rare numbers, and most of each side's are not the other's.

    A translation keeps its numbers. Two outlets that tell one event in the same order share its names, and each
    has figures of its own: the bail, the height, the score.
    """
    limits = _thresholds()
    ours, theirs = (
        {
            key: w
            for key, w in _anchors(side.cut)[0].items()
            if key[:2] == "n:" and w >= _RARE_NUMBER
        }
        for side in (left, right)
    )
    for one, other in ((ours, theirs), (theirs, ours)):
        alone = sum(one[key] for key in one.keys() - other.keys())
        if alone < max(limits["numbers_alone"], limits["numbers_share"] * sum(one.values())):
            return False
    return True


def retold(left: Side, right: Side) -> bool:
    """Tell whether one of two reports in different languages retells the other in its own order.

    Translations keep the order and are found by it. A rewrite in another language keeps what is
    told: most names, numbers and things of each stand in the other, and they are many. Independent
    reports of one event share fewer (the 16 such pairs of tests/cases/lineage/independent at most 12
    and 14, or less than half). A name that one outlet gave a witness does not arise twice.
    """
    limits = _thresholds()
    found = common(left, right)
    low, high = sorted((found.left, found.right))
    least = min(found.left_count, found.right_count)
    if least >= limits["retold_anchors"] and low >= limits["retold_low"]:
        return high >= limits["retold_high"]
    return (
        least >= limits["veiled_anchors"]
        and high >= limits["veiled_high"]
        and _veiled_alike(left, right)
    )


def _veiled_alike(left: Side, right: Side) -> bool:
    """Tell whether both reports call somebody whom they protect by one name."""
    ours, theirs = _veiled(left), _veiled(right)
    return any(same_name(one, other) for one in ours for other in theirs)


def _veiled(side: Side) -> set[str]:
    """Return the anchors of the names by which a report calls those whose own names it keeps back."""
    people = side.reading.people if side.reading else ()
    mentions = [mention for person in people if person.pseudonym for mention in person.mentions]
    return {
        token.key
        for unit in side.units
        for token in unit.anchors
        if token.key.startswith("k:") and any(m.start <= token.start < m.end for m in mentions)
    }
