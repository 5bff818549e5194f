"""The world's countries as outlines, decoded from TopoJSON, and cut to what a map shows."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

Point = tuple[float, float]  # longitude, latitude in degrees (WGS 84)


@dataclass(frozen=True, slots=True)
class Outline:
    """One ring of a country, with the box it lies in: west, south, east, north in degrees."""

    country: str
    points: tuple[Point, ...]
    box: tuple[float, float, float, float]


@cache
def outlines() -> tuple[Outline, ...]:
    """Return all rings of all countries (TopoJSON specification, sections 2.1.3 and 2.2)."""
    packed = files("guvoh.pages").joinpath("world", "countries-50m.json.gz").read_bytes()
    topology = json.loads(gzip.decompress(packed))
    arcs = [list(_arc(arc, topology["transform"])) for arc in topology["arcs"]]
    found: list[Outline] = []
    for shape in topology["objects"]["countries"]["geometries"]:
        name = str(shape.get("properties", {}).get("name", ""))
        for ring in _rings(shape):
            points = _joined(ring, arcs)
            longitudes, latitudes = [p[0] for p in points], [p[1] for p in points]
            box = (min(longitudes), min(latitudes), max(longitudes), max(latitudes))
            found.append(Outline(name, tuple(points), box))
    return tuple(found)


def seen(box: tuple[float, float, float, float]) -> Iterator[Outline]:
    """Yield the outlines that reach into a box of west, south, east, north."""
    west, south, east, north = box
    for one in outlines():
        if one.box[0] < east and one.box[2] > west and one.box[1] < north and one.box[3] > south:
            yield one


def _arc(arc: list[list[int]], transform: dict[str, list[float]]) -> Iterator[Point]:
    (scale_x, scale_y), (move_x, move_y) = transform["scale"], transform["translate"]
    x = y = 0
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        yield x * scale_x + move_x, y * scale_y + move_y


def _rings(shape: dict[str, Any]) -> Iterator[list[int]]:
    if shape["type"] == "Polygon":
        yield from shape["arcs"]
    elif shape["type"] == "MultiPolygon":
        for polygon in shape["arcs"]:
            yield from polygon


def _joined(ring: list[int], arcs: list[list[Point]]) -> list[Point]:
    points: list[Point] = []
    for index in ring:
        # A negative index is the arc with this one's complement, run backwards.
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points += arc[1:] if points else arc
    return list(_unwrapped(points))


def _unwrapped(points: list[Point]) -> Iterator[Point]:
    """Yield the points of a ring, carried on past 180 degrees where it crosses that meridian."""
    turn, before = 0.0, points[0][0]
    for longitude, latitude in points:
        if abs(longitude - before) > 180:
            turn += 360 if longitude < before else -360
        before = longitude
        yield longitude + turn, latitude
