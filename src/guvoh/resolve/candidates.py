"""Which places a name can stand for, out of the gazetteer and the user's own list, and how likely each is."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import NamedTuple

from babel import Locale

from guvoh.languages import LANGUAGES, load
from guvoh.languages.fold import fold
from guvoh.resolve.gazetteer import (
    KINDS,
    Known,
    generic_kinds,
    inflected,
    named,
    plain_name,
    rules,
    tidy,
    whole_name,
)

EARTH_KM = 6371.0088  # mean radius (IUGG)
_CANDIDATES = 40
_TOWN_OF_REGION = 100_000  # a village that shares the name of its region is not meant first
_INFLECTED = frozenset({"ru", "uk", "sr", "be", "bg", "uz", "tg", "ky", "kk", "tk"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may stand for; `score` is per mille of what all candidates weigh."""

    place: Known
    score: int


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known beside the name: countries (ISO 3166-1), keys of regions, the kind asked for."""

    countries: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class OwnPlaces:
    """A user's own list by folded name: prisons, camps, bases; it goes before the gazetteer."""

    by_name: Mapping[str, tuple[Known, ...]] = field(default_factory=dict)

    def longest(self) -> int:
        """Return of how many words the longest name is."""
        return max((len(name.split()) for name in self.by_name), default=0)


NO_HINTS = Hints()
NO_PLACES = OwnPlaces()


class Weighed(NamedTuple):
    """A place and what speaks for it, in units of a factor ten."""

    place: Known
    weight: float


def distance_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the great-circle distance of two (latitude, longitude) in degrees (haversine)."""
    lat1, lon1, lat2, lon2 = map(math.radians, (*one, *other))
    half = math.sin((lat2 - lat1) / 2) ** 2
    half += math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


COLUMNS = ("name", "other names", "kind", "country", "latitude", "longitude")


def read_own(table: str) -> tuple[OwnPlaces, tuple[str, ...]]:
    """Return the places of a TSV and what is wrong with it, one sentence a line that was left out.

    Columns: name, other names (comma), kind, country, latitude, longitude. The first line is the
    heading; lines that begin with "#" are comments.
    """
    by_name: dict[str, list[Known]] = {}
    problems: list[str] = []
    for number, line in enumerate(table.removeprefix("\ufeff").splitlines(), start=1):
        if number == 1 or not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        wrong = _wrong(cells)
        if wrong is not None:
            problems.append(f"Line {number} {wrong}; it is left out.")
            continue
        latitude, longitude = float(cells[4]), float(cells[5])
        place = Known(f"u:{number}", cells[0], cells[2], cells[3].upper(), latitude, longitude, 0)
        for name in [place.name, *cells[1].split(",")]:
            if name.strip():
                by_name.setdefault(tidy(fold(name)), []).append(place)
    return OwnPlaces({name: tuple(places) for name, places in by_name.items()}), tuple(problems)


def _wrong(cells: Sequence[str]) -> str | None:
    """Return what keeps a row of a user's list from being a place, None where nothing does."""
    if len(cells) < len(COLUMNS):
        return f"has {len(cells)} columns and not the six that a place has"
    if not cells[0]:
        return "names no place"
    if cells[2] not in KINDS:
        return f"has a kind that is none of {', '.join(KINDS)}"
    if cells[3] and not (len(cells[3]) == 2 and cells[3].isalpha() and cells[3].isascii()):
        return "has a country that is no code of two letters"
    try:
        latitude, longitude = float(cells[4]), float(cells[5])
    except ValueError:
        return "has a latitude or longitude that is no number of degrees"
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return "has a latitude beyond 90 or a longitude beyond 180 degrees"
    return None


def lookup(
    name: str, *, language: str = "und", hints: Hints = NO_HINTS, own: OwnPlaces = NO_PLACES
) -> tuple[Candidate, ...]:
    """Return the places that `name` may stand for, the likeliest first; empty where none is known.

    Without hints the order is that of kind and population. Oblique cases and adjectives are found
    in languages that inflect names ("во Владимирской области").
    """
    weighed = _hinted(weigh(name, language, own), hints)
    return ranked(weighed)


def ranked(weighed: Sequence[Weighed]) -> tuple[Candidate, ...]:
    """Return the places with their shares of the weight, per mille, the likeliest first."""
    if not weighed:
        return ()
    shares = shares_of(weighed)
    order = sorted(range(len(weighed)), key=lambda at: (-weighed[at].weight, weighed[at].place.key))
    return tuple(Candidate(weighed[at].place, round(1000 * shares[at])) for at in order)


def shares_of(weighed: Sequence[Weighed]) -> list[float]:
    """Return what share of the weight each place has; they add up to one."""
    top = max(entry.weight for entry in weighed)
    powers = [10.0 ** max(entry.weight - top, -12.0) for entry in weighed]
    total = sum(powers)
    return [power / total for power in powers]


def weigh(name: str, language: str, own: OwnPlaces) -> Sequence[Weighed]:
    """Return the places of a name with what they weigh before any context."""
    listed = own.by_name.get(tidy(fold(name))) if own.by_name else None
    if listed is not None:
        top = rules()["weights"]["kind"]["facility"]
        return [Weighed(place, top) for place in listed]
    return _weighed(name, language)


@lru_cache(maxsize=2048)
def _weighed(name: str, language: str) -> tuple[Weighed, ...]:
    """Return what the gazetteer has for a name, the heaviest first; the same few places fill many reports."""
    folded = tidy(fold(name))
    generics = generic_kinds()
    bare = plain_name(folded)
    asked = {generics[token] for token in folded.split() if token in generics and bare != folded}
    country = _nation(name, language)
    if country is not None:
        return (Weighed(country, _prior(country, True, set(), exact=False)),)
    found: dict[str, Weighed] = {}
    weights = rules()["weights"]
    _gather(
        found,
        ((place, _prior(place, main, asked, bare != folded)) for place, main in named(folded)),
    )
    if bare != folded:
        _gather(
            found,
            (
                (place, _prior(place, main, asked, False))
                for place, main in named(bare)
                if not found or _fits(place, asked)
            ),
        )
    if not found and (whole := whole_name(folded)) != bare:
        _gather(
            found,
            (
                (place, _prior(place, main, asked, False) + weights["part"])
                for place, main in named(whole)
            ),
        )
    if not name.isascii() or language.partition("-")[0] in _INFLECTED:
        _gather(
            found,
            (
                (
                    place,
                    _prior(place, True, asked, False)
                    + weights["inflected"]
                    + _unlike(bare, place.name),
                )
                for place in inflected(bare)
                if place.key not in found
            ),
        )
    _lift_towns(found, asked, bare)
    order = sorted(found.values(), key=lambda entry: (-entry.weight, entry.place.key))
    return tuple(order[:_CANDIDATES])


def _gather(found: dict[str, Weighed], places: Iterable[tuple[Known, float]]) -> None:
    for place, weight in places:
        if place.key not in found or found[place.key].weight < weight:
            found[place.key] = Weighed(place, weight)


def _nation(name: str, language: str) -> Known | None:
    """Return the country that a word such as "Russian" stands for where a place is meant."""
    code = language.partition("-")[0]
    key = load(code).demonyms.get(name.strip()) if code in LANGUAGES else None
    if key is None or not key.isupper():
        return None
    return next((place for place, _ in named(fold(_english(key))) if place.key == f"c:{key}"), None)


@cache
def _english(code: str) -> str:
    names: Mapping[str, str] = Locale("en").territories
    return names.get(code, code)


def _fits(place: Known, asked: set[str]) -> bool:
    return place.kind in asked or bool(
        {"region", "district"} & asked and place.kind in ("region", "district")
    )


def _lift_towns(found: dict[str, Weighed], asked: set[str], name: str) -> None:
    """Let a town weigh as much as the region it gave its name to: without "region" it is the town."""
    if asked - {"town"}:
        return
    for entry in list(found.values()):
        around = found.get(entry.place.region or "")
        if plain_name(tidy(fold(entry.place.name))) != name:
            continue
        if (
            entry.place.kind == "town"
            and around is not None
            and around.weight >= entry.weight
            and entry.place.population >= _TOWN_OF_REGION
        ):
            found[entry.place.key] = Weighed(entry.place, around.weight + 0.1)


def _prior(place: Known, main: bool, asked: set[str], exact: bool) -> float:
    weights = rules()["weights"]
    weight: float = weights["kind"][place.kind] + math.log10(place.population + 30)
    if main:
        weight += weights["main_name"]
    if place.capital:
        weight += weights["capital"]
    if asked:
        weight += weights["asked_kind"] if _fits(place, asked) else weights["other_kind"]
    if exact:
        weight += weights["asked_exact"]
    return weight


def _unlike(mention: str, shown: str) -> float:
    """Return how much is taken off where the letters that both names begin with are few."""
    folded = tidy(fold(shown))
    shared = 0
    for one, other in zip(mention, folded, strict=False):
        if one != other:
            break
        shared += 1
    return -2.0 * (1 - min(1.0, shared / max(1, min(len(mention), len(folded)) - 1)))


def _hinted(weighed: Sequence[Weighed], hints: Hints) -> list[Weighed]:
    weights = rules()["weights"]
    changed = []
    for entry in weighed:
        place, weight = entry.place, entry.weight
        if place.country in hints.countries:
            weight += weights["stated_within"]
        if place.region in hints.regions or place.key in hints.regions:
            weight += weights["stated_within"]
        if hints.kind == place.kind:
            weight += weights["asked_kind"]
        changed.append(Weighed(place, weight))
    return changed
