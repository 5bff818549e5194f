"""The table of places that guvoh ships: names to places by a hash of the folded name."""

import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import blake2b
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt

from guvoh.languages.fold import skeleton

KINDS = ("country", "region", "district", "town", "area", "facility")


@dataclass(frozen=True, slots=True)
class Known:
    """A place of the gazetteer, degrees in WGS 84; `region` is the key of the region it lies in.

    Keys: `c:` and ISO 3166-1, `r:` and ISO 3166-2, `t:` and the GeoNames number, `d:` and the
    county's FIPS code, `a:` areas of our own, `u:` places of the user's list.
    """

    key: str
    name: str
    kind: str
    country: str
    latitude: float
    longitude: float
    population: int
    region: str | None = None
    capital: bool = False


@cache
def rules() -> dict[str, Any]:
    """Return resolve/places.toml."""
    return tomllib.loads(files("guvoh.resolve").joinpath("places.toml").read_text(encoding="utf-8"))


@cache
def generic_kinds() -> dict[str, str]:
    """Return the kind of place that each generic word stands for ("oblast": region)."""
    return {word: kind for kind, listed in reversed(rules()["generic"].items()) for word in listed}


@cache
def _dropped() -> frozenset[str]:
    return frozenset([*generic_kinds(), *rules()["words"]["articles"]])


@cache
def _parts() -> frozenset[str]:
    return frozenset(rules()["words"]["parts"])


def tidy(folded: str) -> str:
    """Return a folded name with hyphens and full stops as the index has them."""
    if "-" in folded or "." in folded or "'" in folded:
        folded = folded.replace("-", " ").replace(".", "").replace("'", "")
    return " ".join(folded.split())


def plain_name(folded: str) -> str:
    """Return a folded name without words such as "region" or "the", whole where nothing else is left."""
    tokens = tidy(folded).split()
    kept = [token for token in tokens if token not in _dropped()]
    return " ".join(kept or tokens)


def whole_name(folded: str) -> str:
    """Return a folded name without the words for a part of a place: "Southern California"."""
    tokens = plain_name(folded).split()
    kept = [token for token in tokens if token not in _parts()]
    return " ".join(kept or tokens)


def sounds_like(folded: str) -> frozenset[str]:
    """Return the consonants under which a one-word name is kept, whole and without its "sk".

    Empty for names whose consonants are too few to tell them apart.
    """
    name = plain_name(folded)
    if " " in name or len(name) < 4:
        return frozenset()
    consonants = (skeleton(piece) for piece in (name, name.removesuffix("sk")))
    return frozenset(found for found in consonants if len(found) > 2)


def stems(folded: str) -> tuple[str, ...]:
    """Return what is left of a one-word name without each case or adjective ending it may have."""
    name = plain_name(folded)
    if " " in name:
        return ()
    endings = [*rules()["endings"]["adjective"], *rules()["endings"]["case"]]
    left = (name.removesuffix(ending) for ending in endings if name.endswith(ending))
    return tuple(dict.fromkeys(stem for stem in left if len(stem) > 2))


def code_of(name: str) -> int:
    """Return the 40-bit code under which a folded name is kept; two of a million names may share one."""
    return int.from_bytes(blake2b(tidy(name).encode(), digest_size=5).digest(), "big")


@dataclass(frozen=True, slots=True)
class _Table:
    """The arrays of gazetteer.npz; row i of the place arrays is place i."""

    codes: npt.NDArray[np.int64]
    places: npt.NDArray[np.uint32]
    kind: npt.NDArray[np.uint8]
    country: npt.NDArray[np.uint16]
    countries: tuple[str, ...]
    capitals: frozenset[int]
    latitude: npt.NDArray[np.int32]
    longitude: npt.NDArray[np.int32]
    population: npt.NDArray[np.uint32]
    region: npt.NDArray[np.int32]
    shown: bytes
    shown_end: npt.NDArray[np.int64]
    keys: tuple[str, ...]  # of all places but towns, which come last
    numbers: npt.NDArray[np.int64]  # GeoNames numbers of the towns


@cache
def _table() -> _Table:
    with files("guvoh.resolve").joinpath("gazetteer.npz").open("rb") as stream:
        packed = np.load(stream, allow_pickle=False)
        return _Table(
            codes=np.cumsum(packed["name_step"], dtype=np.int64),
            places=packed["name_place"],
            kind=packed["kind"],
            country=packed["country"],
            countries=tuple(packed["countries"].tobytes().decode().split(" ")),
            capitals=frozenset(packed["capitals"].tolist()),
            latitude=packed["latitude"],
            longitude=packed["longitude"],
            population=packed["population"],
            region=packed["region"],
            shown=packed["shown"].tobytes(),
            shown_end=np.cumsum(packed["shown_length"], dtype=np.int64),
            keys=tuple(packed["keys"].tobytes().decode().split(" ")),
            numbers=np.cumsum(packed["number_step"], dtype=np.int64),
        )


def _name(table: _Table, at: int) -> str:
    start = int(table.shown_end[at - 1]) if at else 0
    return table.shown[start : int(table.shown_end[at])].decode()


def _key(table: _Table, at: int) -> str:
    others = len(table.keys)
    return table.keys[at] if at < others else f"t:{table.numbers[at - others]}"


@lru_cache(maxsize=16384)
def place(at: int) -> Known:
    """Return the place in row `at` of the table."""
    table = _table()
    region = int(table.region[at])
    return Known(
        key=_key(table, at),
        name=_name(table, at),
        kind=KINDS[int(table.kind[at])],
        country=table.countries[int(table.country[at])],
        latitude=int(table.latitude[at]) / 100,
        longitude=int(table.longitude[at]) / 100,
        population=int(table.population[at]),
        region=_key(table, region) if region >= 0 else None,
        capital=at in table.capitals,
    )


@lru_cache(maxsize=16384)
def named(name: str) -> tuple[tuple[Known, bool], ...]:
    """Return the places that a folded name stands for, each with whether it is a main name of it."""
    table = _table()
    code = code_of(name)
    first = int(np.searchsorted(table.codes, code, side="left"))
    last = int(np.searchsorted(table.codes, code, side="right"))
    return tuple((place(int(row) >> 1), bool(row & 1)) for row in table.places[first:last])


def declined(folded: str) -> dict[str, Known]:
    """Return by key the places of which `folded` is a case, as it is written: "varshave" for Warsaw."""
    found: dict[str, Known] = {}
    for stem in stems(folded):
        for ending in rules()["endings"]["nominative"]:
            for known, _ in named(stem + ending) if stem + ending != folded else ():
                found.setdefault(known.key, known)
    return found


def inflected(folded: str) -> tuple[Known, ...]:
    """Return the places of which `folded` may be an oblique case, those spelt alike first.

    "v Moskve" is looked for as "moskv" with each nominative ending, then by its consonants, which
    also finds "Московская" for Moscow.
    """
    found = declined(folded)
    for sound in sorted({skeleton(stem) for stem in (*stems(folded), plain_name(folded))}):
        for known, _ in named("~" + sound) if len(sound) > 2 else ():
            found.setdefault(known.key, known)
    return tuple(found.values())


@cache
def _rows() -> dict[str, int]:
    return {key: row for row, key in enumerate(_table().keys)}


def by_key(key: str) -> Known | None:
    """Return the place of a key, None where the table has none (`u:` keys are the user's)."""
    table = _table()
    if key.startswith("t:") and key[2:].isdigit():
        row = int(np.searchsorted(table.numbers, int(key[2:])))
        found = row < len(table.numbers) and int(table.numbers[row]) == int(key[2:])
        return place(len(table.keys) + row) if found else None
    at = _rows().get(key)
    return place(at) if at is not None else None
