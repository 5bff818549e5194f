"""The map: where events are said to have happened, each as wide as its place is vague."""

import math
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from starlette.requests import Request
from starlette.responses import HTMLResponse

from guvoh.casefile import lists, lookups, tables
from guvoh.casefile.lists import EventLine
from guvoh.model.claim import Place
from guvoh.pages.measure import width
from guvoh.workbench.atlas import seen
from guvoh.workbench.filters import address, filters, wanted
from guvoh.workbench.page import desk_of, language_of, page
from guvoh.workbench.sentences import sentences

EVENTS = 40  # events on one map; narrower filters show others
WIDTH, HEIGHT = 1000.0, 560.0
# Radius in kilometres of the circle that stands for a place: about what the precision means.
RADIUS = {"point": 5.0, "town": 15.0, "region": 120.0, "country": 350.0}
_KM = 111.2  # kilometres in a degree of latitude
_LEAST = 2.0  # degrees of latitude that a map shows at least
_TYPE = 12.0  # size of a name, in pixels
_SMALLEST = 5.0  # pixels; a smaller circle could not be hit


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the map with the events that name it."""

    name: str
    precision: str
    x: float
    y: float
    radius: float
    events: tuple[EventLine, ...]
    label: tuple[float, float] | None = None  # where its name stands, if there is room for it


@dataclass(frozen=True, slots=True)
class Frame:
    """What part of the world is drawn: degrees, and pixels to a degree of latitude."""

    west: float
    north: float
    scale: float
    shrink: float  # a degree of longitude in degrees of latitude

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Return the pixel of a point."""
        return (
            (longitude - self.west) * self.shrink * self.scale,
            (self.north - latitude) * self.scale,
        )

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Return west, south, east, north."""
        east = self.west + WIDTH / self.scale / self.shrink
        return (self.west, self.north - HEIGHT / self.scale, east, self.north)


def world_map(request: Request) -> HTMLResponse:
    """Draw the events that the filters leave; what has no coordinates is listed beside."""
    kept = filters(request.query_params)
    with desk_of(request).reading() as db:
        lines, total = lists.events(db, wanted(db, kept), most=EVENTS)
        lines = sentences(db, lines, language_of(request))
        places, nowhere = _places(db, lines)
        choices = (lists.acts(db), lists.languages(db))
    frame = _frame([place for place, _ in places])
    return page(
        request,
        "map.html",
        width=int(WIDTH),
        height=int(HEIGHT),
        land=_land(frame),
        named={place.name for place, _ in places if place.precision == "country"},
        spots=_labelled([_spot(place, events, frame) for place, events in places]),
        nowhere=nowhere,
        shown=len(lines),
        total=total,
        kept=kept,
        address=address,
        acts=choices[0],
        languages=choices[1],
    )


def _places(
    db: sqlite3.Connection, lines: Sequence[EventLine]
) -> tuple[list[tuple[Place, list[EventLine]]], list[EventLine]]:
    """Return each place with its events, vague ones first, and the events that have none."""
    events = tables.several(db, tables.EVENT, [line.id for line in lines])
    said = [(e.id, v.name, c) for e in events.values() for v in e.where for c in v.claims]
    names = {(claim, name): event for event, name, claim in said}
    holders = lookups.reports_of(db, {claim for _, _, claim in said})
    by_id = {line.id: line for line in lines}
    found: dict[str, tuple[Place, dict[str, EventLine]]] = {}
    for reading in tables.several(db, tables.READING, sorted(set(holders.values()))).values():
        for one in reading.claims:
            for place in one.places:
                event = names.get((one.id, place.text)) or names.get((one.id, place.name))
                if event and place.key and place.latitude is not None:
                    found.setdefault(place.key, (place, {}))[1][event] = by_id[event]
    placed = {event for _, those in found.values() for event in those}
    ordered = sorted(found.values(), key=lambda one: (-_radius(one[0]), one[0].name))
    return (
        [(place, list(those.values())) for place, those in ordered],
        [line for line in lines if line.id not in placed],
    )


def _radius(place: Place) -> float:
    return RADIUS.get(place.precision, RADIUS["country"])


def _frame(places: Iterable[Place]) -> Frame:
    """Return the part of the world that holds all circles, with some room around."""
    boxes = [_box(place) for place in places] or [(-170.0, -55.0, 180.0, 75.0)]
    west, south = min(b[0] for b in boxes), min(b[1] for b in boxes)
    east, north = max(b[2] for b in boxes), max(b[3] for b in boxes)
    shrink = max(math.cos(math.radians((north + south) / 2)), 0.2)
    high = max(north - south, (east - west) * shrink * HEIGHT / WIDTH, _LEAST) * 1.25
    scale = HEIGHT / high
    wide = WIDTH / scale / shrink
    return Frame((west + east) / 2 - wide / 2, (north + south) / 2 + high / 2, scale, shrink)


def _box(place: Place) -> tuple[float, float, float, float]:
    latitude, longitude = place.latitude or 0.0, place.longitude or 0.0
    high = _radius(place) / _KM
    wide = high / max(math.cos(math.radians(latitude)), 0.2)
    return (longitude - wide, latitude - high, longitude + wide, latitude + high)


def _spot(place: Place, events: Sequence[EventLine], frame: Frame) -> Spot:
    x, y = frame.at(place.longitude or 0.0, place.latitude or 0.0)
    radius = max(_radius(place) / _KM * frame.scale, _SMALLEST)
    return Spot(
        place.name, place.precision, round(x, 1), round(y, 1), round(radius, 1), tuple(events)
    )


def _labelled(spots: Sequence[Spot]) -> list[Spot]:
    """Give names room: each beside its circle where it covers no other, precise places first."""
    taken: list[tuple[float, float, float, float]] = []
    named: set[str] = set()
    found: dict[int, Spot] = {}
    for index, spot in sorted(enumerate(spots), key=lambda one: (one[1].radius, one[1].name)):
        wide = width(spot.name, _TYPE, bold=True)
        away = min(spot.radius, 24.0) + wide / 2 + 3
        places = [
            (0.0, 4.0),
            (0.0, -spot.radius - 4),
            (0.0, spot.radius + 13),
            (away, 4.0),
            (-away, 4.0),
        ]
        for dx, dy in places if spot.name not in named else ():
            x, y = spot.x + dx, spot.y + dy
            area = (x - wide / 2, y - 11, x + wide / 2, y + 3)
            inside = area[0] >= 0 and area[2] <= WIDTH and area[1] >= 0 and area[3] <= HEIGHT
            if inside and not any(_over(area, other) for other in taken):
                taken.append(area)
                named.add(spot.name)
                spot = replace(spot, label=(round(x, 1), round(y, 1)))
                break
        found[index] = spot
    return [found[index] for index in range(len(spots))]


def _over(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@lru_cache(maxsize=16)
def _land(frame: Frame) -> tuple[tuple[str, str], ...]:
    """Return each country's name with its outline in this frame."""
    return tuple((one.country, _path(one.points, frame)) for one in seen(frame.box))


def _path(points: Sequence[tuple[float, float]], frame: Frame) -> str:
    """Return an outline as SVG path data, points that fall on one pixel left out."""
    drawn: list[str] = []
    before = (math.inf, math.inf)
    for longitude, latitude in points:
        x, y = frame.at(longitude, latitude)
        if abs(x - before[0]) + abs(y - before[1]) >= 1.0:
            drawn.append(f"{x:.0f},{y:.0f}")
            before = (x, y)
    return "M" + "L".join(drawn) + "Z"
