"""The map of places, each as wide as it is vague, on the outlines of the world's countries."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from html import escape

from guvoh.model.claim import Place
from guvoh.pages.atlas import seen
from guvoh.pages.measure import width
from guvoh.words import Words

WIDTH, HEIGHT = 1000.0, 560.0
# Radius in kilometres of the circle that stands for a place: about what the precision means.
RADIUS = {"point": 5.0, "town": 15.0, "region": 120.0, "country": 350.0}
_KM = 111.2  # kilometres in a degree of latitude
_LEAST = 2.0  # degrees of latitude that a map shows at least
_TYPE = 12.0  # size of a name, in pixels
_SMALLEST = 5.0  # pixels; a smaller circle could not be hit


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the map: its circle in pixels, how many events name it, where its name has room."""

    place: Place
    events: int
    x: float
    y: float
    radius: float
    label: tuple[float, float] | None = None


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


def on_map(place: Place) -> bool:
    """Tell whether a place has coordinates: of the gazetteer, or of the region in which a text puts it."""
    return place.latitude is not None and place.longitude is not None


def drawn_as(place: Place) -> str:
    """Return what two mentions share that are drawn as one: the gazetteer's key, or name and place."""
    return place.key or f"{place.name} {place.latitude} {place.longitude}"


def vagueness(place: Place) -> tuple[float, str]:
    """Return the order in which places are drawn, vague ones first, for they lie under the others."""
    return (-_radius(place), place.name)


def world_map(told: Sequence[tuple[Place, int]], say: Words) -> str:
    """Draw places, each with the number of events that name it, as one SVG element.

    A country is tinted as a whole; a region, a town, a point is a circle of that size, never a pin.
    """
    finer = [place for place, _ in told if place.precision != "country"]
    frame = _frame(finer or [place for place, _ in told])
    countries = {place.name for place, _ in told if place.precision == "country"}
    land = "".join(
        f'<path class="land{" told" if country in countries else ""}" d="{path}">'
        f"<title>{escape(country)}</title></path>"
        for country, path in _land(frame)
    )
    spots = "".join(_drawn(spot, say) for spot in _labelled([_spot(*one, frame) for one in told]))
    return (
        f'<svg class="map" viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}" role="img">'
        f"<title>{escape(say('Where events are said to have happened'))}</title>"
        f"<desc>{escape(say('A circle is as wide as its place is vague.'))}</desc>"
        f'<rect class="sea" width="{WIDTH:.0f}" height="{HEIGHT:.0f}"/>{land}{spots}</svg>'
    )


def _drawn(spot: Spot, say: Words) -> str:
    name = escape(spot.place.name)
    label = ""
    if spot.label is not None:
        x, y = spot.label
        label = f'<text x="{x}" y="{y}" text-anchor="middle">{name}</text>'
    return (
        f"<g><title>{name} ({escape(say.term(spot.place.precision))}): {spot.events}</title>"
        f'<circle class="spot {escape(spot.place.precision)}" '
        f'cx="{spot.x}" cy="{spot.y}" r="{spot.radius}"/>{label}</g>'
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


def _spot(place: Place, events: int, frame: Frame) -> Spot:
    x, y = frame.at(place.longitude or 0.0, place.latitude or 0.0)
    radius = max(_radius(place) / _KM * frame.scale, _SMALLEST)
    return Spot(place, events, round(x, 1), round(y, 1), round(radius, 1))


def _labelled(spots: Sequence[Spot]) -> list[Spot]:
    """Give names room: each beside its circle where it covers no other, precise places first."""
    taken: list[tuple[float, float, float, float]] = []
    named: set[str] = set()
    found: dict[int, Spot] = {}
    for index, spot in sorted(enumerate(spots), key=lambda one: (one[1].radius, one[1].place.name)):
        name = spot.place.name
        wide = width(name, _TYPE, bold=True)
        away = min(spot.radius, 24.0) + wide / 2 + 3
        around = [(0.0, -spot.radius - 4), (0.0, spot.radius + 13), (away, 4.0), (-away, 4.0)]
        # A name covers a circle that is smaller than itself.
        places = [(0.0, 4.0), *around] if spot.radius * 2 > wide else around
        for dx, dy in places if name not in named else ():
            x, y = spot.x + dx, spot.y + dy
            area = (x - wide / 2, y - 11, x + wide / 2, y + 3)
            inside = area[0] >= 0 and area[2] <= WIDTH and area[1] >= 0 and area[3] <= HEIGHT
            if inside and not any(_over(area, other) for other in taken):
                taken.append(area)
                named.add(name)
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
    """Return an outline as SVG path data, points within a pixel and a half of one another left out."""
    west, across = frame.west, frame.shrink * frame.scale
    north, down = frame.north, frame.scale
    drawn: list[str] = []
    last_x = last_y = math.inf
    for longitude, latitude in points:  # some ten thousand: no call is made for each
        x, y = (longitude - west) * across, (north - latitude) * down
        if abs(x - last_x) + abs(y - last_y) >= 1.5:
            drawn.append(f"{x:.0f},{y:.0f}")
            last_x, last_y = x, y
    return "M" + "L".join(drawn) + "Z"
