"""How likely it is that two reports carry one text, from their alignment, by a small logistic model."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import exp, log, log1p

from guvoh.lineage.align import Aligned, Alignment, Anchors, Prepared, Words

FEATURES = (
    "low_share", "high_share", "inside", "weight", "links", "density", "place", "length", "gap",
    "ratio", "cells", "covered", "runs",
)  # fmt: skip

_Prepared = Prepared[Words] | Prepared[Anchors]


@dataclass(frozen=True, slots=True)
class Measures:
    """What of an alignment speaks for one text: see `measure`."""

    values: tuple[float, ...]

    def get(self, name: str) -> float:
        """Return one of FEATURES."""
        return self.values[FEATURES.index(name)]


@cache
def _model() -> dict[str, dict[str, float]]:
    source = files("guvoh.lineage").joinpath("data", "likeness.toml")
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    return {mode: dict(data[mode]) for mode in ("within", "across", "part", "sureness")}


def measure(alignment: Alignment, left: _Prepared, right: _Prepared, runs: float = 0.0) -> Measures:
    """Return what of an alignment speaks for one text and what against, a number per feature.

    Shares are of each report's weight; `inside` and `density` are taken between the first and the
    last sentence that go together, and `covered` is how much of one report lies there, so that
    half of a text copied into a longer one is known by that half. `runs` is the share of words in
    common runs (verbatim.py), 0 across languages. `place`, `length` and `gap` are
    explained at `_shape`.
    """
    chain = alignment.chain
    if not chain:
        return Measures((0.0,) * 6 + (1.0,) * 4 + (0.0, 0.0, runs))
    first, last = chain[0], chain[-1]
    weighed = left.weights, right.weights
    inner = (
        sum(weighed[0][first.left : last.left + 1]),
        sum(weighed[1][first.right : last.right + 1]),
    )
    whole = alignment.left_total, alignment.right_total
    shares = sorted(min(alignment.chain_weight / max(total, 60), 1.0) for total in whole)
    inside = min(alignment.chain_weight / max(*inner, 60), 1.0)
    sides = left.ends, right.ends
    weight = max(alignment.chain_weight, 1)
    cells = 0.0
    for link in chain:
        both = weighed[0][link.left] + weighed[1][link.right]
        cells += min(2 * link.weight / max(both, 60), 1.0) * link.weight
    stretch = max(last.left - first.left, last.right - first.right) + 1
    size = (
        sides[0][last.left + 1] - sides[0][first.left],
        sides[1][last.right + 1] - sides[1][first.right],
    )
    return Measures(
        (
            shares[0],
            shares[1],
            inside,
            log1p(alignment.chain_weight / 50),
            log1p(len(chain)),
            len(chain) / stretch,
            *_shape(chain, sides),
            min(abs(log(sides[0][-1] / sides[1][-1])), 2.0),
            cells / weight,
            max(size[0] / sides[0][-1], size[1] / sides[1][-1]),
            runs,
        )
    )


def _shape(
    chain: Sequence[Aligned], sides: tuple[Sequence[int], Sequence[int]]
) -> tuple[float, ...]:
    """Return how far linked sentences differ in place, in length and in the text between them.

    Each is 0 for reports that run in parallel; after Gale and Church (1993), who align by length
    alone.
    """
    places = [
        (
            (sides[0][link.left] + sides[0][link.left + 1]) / 2,
            (sides[1][link.right] + sides[1][link.right + 1]) / 2,
        )
        for link in chain
    ]
    lengths = [
        (
            sides[0][link.left + 1] - sides[0][link.left],
            sides[1][link.right + 1] - sides[1][link.right],
        )
        for link in chain
    ]
    scale = sides[0][-1] / sides[1][-1]
    weight = max(sum(link.weight for link in chain), 1)
    place = length = 0.0
    for link, where, size in zip(chain, places, lengths, strict=True):
        place += abs(where[0] / sides[0][-1] - where[1] / sides[1][-1]) * link.weight / weight
        length += min(abs(log(size[0] / (size[1] * scale))), 2.0) * link.weight / weight
    gap = 0.0
    for (one, other), (after, beyond) in pairwise(places):
        gaps = after - one, (beyond - other) * scale
        gap += 1 - min(gaps) / max(gaps)
    count = len(chain)
    return place, length, gap / (count - 1) if count > 1 else 0.7


def likelihood(measures: Measures, *, across: bool) -> int:
    """Return per mille how likely two reports with these measures carry one text.

    Across languages two models speak, one for texts that run in parallel from end to end and one,
    stricter, for texts of which one holds a part of the other; the higher counts.
    """
    models = ("across", "part") if across else ("within",)
    return max(_score(_model()[name], measures) for name in models)


def sureness(likely: int) -> int:
    """Return how sure it is that two reports derive that are so likely to carry one text, both per mille.

    The likelihood errs to the low side: of what it gives .59 some .95 are right (benchmarks.calibration). It is
    raised in log odds by half of what dev asks for, for reports of one event mislead more often than those corpora do.
    """
    share = min(max(likely, 1), 999) / 1000
    shift = _model()["sureness"]["log_odds"]
    return round(1000 / (1 + exp(-(log(share / (1 - share)) + shift))))


def _score(model: dict[str, float], measures: Measures) -> int:
    score = model["intercept"] + sum(
        model[name] * value for name, value in zip(FEATURES, measures.values, strict=True)
    )
    return round(1000 / (1 + exp(-max(min(score, 30.0), -30.0))))
