"""Which place each name of a text stands for, by what the text says around it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from guvoh.languages.fold import fold
from guvoh.model.text import Span
from guvoh.resolve.candidates import (
    NO_PLACES,
    Candidate,
    Hints,
    OwnPlaces,
    Weighed,
    distance_km,
    lookup,
    ranked,
    read_own,
    shares_of,
    weigh,
)
from guvoh.resolve.gazetteer import Known, rules, tidy

__all__ = [
    "NO_PLACES",
    "Candidate",
    "Hints",
    "Located",
    "OwnPlaces",
    "distance_km",
    "locate",
    "lookup",
    "read_own",
]

_ROUNDS = 3
_WITHIN = re.compile(r"\s?(?:,|\(|\bin\b|\bв\b|\bво\b|\ben\b|\bau\b)\s?(?:the |la |le |el )?")


@dataclass(frozen=True, slots=True)
class Located:
    """What a mention was found to be: `place` None where the gazetteer knows no such name."""

    span: Span
    place: Known | None
    candidates: tuple[Candidate, ...] = ()
    within: str | None = None  # key of the place that the text says it lies in


def locate(
    text: str, mentions: Sequence[Span], *, language: str = "und", own: OwnPlaces = NO_PLACES
) -> tuple[Located, ...]:
    """Return for each mention of a place in `text` the place it stands for, in the order given.

    A name means one place throughout a text. The choice weighs population, what the text says of
    nesting ("Paris, Texas"), and how many other places of the text lie in the same country, the
    same region, or near.
    """
    names = [tidy(fold(text[span.start : span.end])) for span in mentions]
    weighed: dict[str, Sequence[Weighed]] = {}
    for name, span in zip(names, mentions, strict=True):
        if name not in weighed:
            weighed[name] = weigh(text[span.start : span.end], language, own)
    within = _nesting(text, mentions, names, weighed)
    settled = _settled(weighed, within)
    orders = {name: ranked(entries) for name, entries in settled.items()}
    located = []
    for name, span in zip(names, mentions, strict=True):
        candidates = orders[name]
        outer = next(
            (orders[other][0].place for other in within.get(name, ()) if orders[other]), None
        )
        place = candidates[0].place if candidates else None
        inside = outer is not None and place is not None and _lies_in(place, outer)
        located.append(
            Located(span, place, candidates[:8], outer.key if inside and outer else None)
        )
    return tuple(located)


def _lies_in(place: Known, outer: Known) -> bool:
    if outer.kind == "country":
        return place.country == outer.country and place.kind != "country"
    return place.region == outer.key or (
        outer.kind in ("region", "district", "area")
        and place.key != outer.key
        and place.country == outer.country
        and place.kind in ("town", "district")
        and distance_km((place.latitude, place.longitude), (outer.latitude, outer.longitude)) < 80
    )


def _nesting(
    text: str,
    mentions: Sequence[Span],
    names: Sequence[str],
    weighed: Mapping[str, Sequence[Weighed]],
) -> dict[str, list[str]]:
    """Return for each name those that follow it as the place it lies in ("Paris, Texas")."""
    order = sorted(range(len(mentions)), key=lambda at: mentions[at])
    within: dict[str, list[str]] = {}
    for inner, outer in pairwise(order):
        between = text[mentions[inner].end : mentions[outer].start]
        if len(between) > 12 or not _WITHIN.fullmatch(between):
            continue
        one, other = names[inner], names[outer]
        if one != other and _can_hold(weighed[one], weighed[other]):
            within.setdefault(one, []).append(other)
    return within


def _can_hold(inner: Sequence[Weighed], outer: Sequence[Weighed]) -> bool:
    return any(
        _lies_in(small.place, large.place)
        for large in outer[:8]
        if large.place.kind != "town"
        for small in inner
    )


def _settled(
    weighed: Mapping[str, Sequence[Weighed]], within: Mapping[str, Sequence[str]]
) -> dict[str, Sequence[Weighed]]:
    """Return the candidates with their weights in context; each round reads those of the last.

    Where a name has one candidate alone, nothing turns on its weight.
    """
    current = dict(weighed)
    near: dict[str, dict[str, bool]] = {}
    for _ in range(_ROUNDS):
        votes = _Votes.of(current)
        current = {
            name: [
                Weighed(
                    entry.place,
                    entry.weight
                    + votes.support(name, entry.place, near)
                    + _stated(entry.place, within.get(name, ()), current),
                )
                for entry in entries
            ]
            if len(entries) > 1
            else entries
            for name, entries in weighed.items()
        }
    return current


def _stated(place: Known, outers: Iterable[str], current: Mapping[str, Sequence[Weighed]]) -> float:
    bonus: float = rules()["weights"]["stated_within"]
    for outer in outers:
        entries = current[outer]
        if any(
            share > 0.05 and _lies_in(place, entry.place)
            for entry, share in zip(entries, shares_of(entries), strict=True)
        ):
            return bonus
    return 0.0


@dataclass(frozen=True, slots=True)
class _Votes:
    """How much each name of a text speaks for countries, regions and points on the map."""

    countries: Mapping[str, Mapping[str, float]]
    regions: Mapping[str, Mapping[str, float]]
    points: Sequence[tuple[str, Known, float]]

    @classmethod
    def of(cls, current: Mapping[str, Sequence[Weighed]]) -> "_Votes":
        countries: dict[str, dict[str, float]] = {}
        regions: dict[str, dict[str, float]] = {}
        points: list[tuple[str, Known, float]] = []
        for name, entries in current.items():
            if not entries:
                continue
            for entry, share in zip(entries, shares_of(entries), strict=True):
                if share < 0.02:
                    continue
                place = entry.place
                if place.country:
                    _add(countries, place.country, name, share)
                region = place.key if place.kind == "region" else place.region
                if region:
                    _add(regions, region, name, share)
                if place.kind in ("town", "district", "facility"):
                    points.append((name, place, share))
        return cls(countries, regions, points)

    def support(self, name: str, place: Known, known: dict[str, dict[str, bool]]) -> float:
        """Return how much the other names speak for a place; `known` keeps for each which others lie near."""
        weights = rules()["weights"]
        if place.kind == "area":
            return 0.0
        support = weights["same_country"] * _spoken(self.countries.get(place.country, {}), name)
        region = place.key if place.kind == "region" else place.region
        if region:
            support += weights["same_region"] * _spoken(self.regions.get(region, {}), name)
        if place.kind in ("town", "district"):
            near: dict[str, float] = {}
            here = known.setdefault(place.key, {})
            for other, point, share in self.points:
                is_near = here.get(point.key)
                if is_near is None:
                    is_near = here[point.key] = _is_near(place, point, weights["near_km"])
                if is_near:
                    near[other] = share
            support += weights["near"] * _spoken(near, name)
        return float(support)


def _is_near(one: Known, other: Known, within: float) -> bool:
    return abs(other.latitude - one.latitude) < 2 and (
        distance_km((other.latitude, other.longitude), (one.latitude, one.longitude)) < within
    )


def _add(table: dict[str, dict[str, float]], at: str, name: str, share: float) -> None:
    votes = table.setdefault(at, {})
    votes[name] = votes.get(name, 0.0) + share


def _spoken(votes: Mapping[str, float], name: str) -> float:
    """Return 0 to 1: how much the other names say so; two of them are nearly as good as ten."""
    return 1.0 - 0.5 ** sum(share for other, share in votes.items() if other != name)
