"""Whether a distance that a text states fits the places beside it."""

import re
from collections.abc import Iterator, Sequence
from math import asin, cos, radians, sin, sqrt

from guvoh.corroborate.distances import STATED
from guvoh.corroborate.sources import Cluster
from guvoh.corroborate.voices import Scene, Voice
from guvoh.model.claim import Place
from guvoh.model.event import Event
from guvoh.model.finding import Finding

_MILE = 1.609
_EARTH = 6371.0
# How far a place may lie from its coordinates, in kilometres, by their precision.
_MARGIN = {"point": 5.0, "town": 25.0, "region": 200.0, "country": 700.0}
_ROAD = 0.35  # a road is longer than the line through the air, and texts round


def check(scene: Scene, everyone: Sequence[Cluster], event: Event) -> list[Finding]:
    """Compare each stated distance with that between the places named before and after it."""
    del everyone, event
    return [finding for voice in scene.voices for finding in _of(scene, voice)]


def _of(scene: Scene, voice: Voice) -> Iterator[Finding]:
    claim, text = voice.claim, voice.report.text
    if STATED.search(text, claim.span.start, claim.span.end) is None:
        return
    known = [
        place
        for place in scene.material.readings[voice.report.id].places
        if place.latitude is not None and place.longitude is not None and place.precision in _MARGIN
    ]
    for match in STATED.finditer(text, claim.span.start, claim.span.end):
        before = [
            p for p in known if claim.span.start <= p.span.start and p.span.end <= match.start()
        ]
        after = [p for p in known if match.end() <= p.span.start <= match.end() + 40]
        if before and after:
            yield _compared(voice, match, before[-1], after[0])


def _compared(voice: Voice, match: re.Match[str], one: Place, other: Place) -> Finding:
    number = float(re.sub(r"\D", "", match.group(1)))
    stated = number * _MILE if match.group(2).lower().startswith("mi") else number
    measured = distance(one, other)
    margin = _MARGIN[one.precision] + _MARGIN[other.precision] + _ROAD * max(stated, measured)
    fits = abs(stated - measured) <= margin
    return Finding(
        step="corroborate",
        kind="distance-fits" if fits else "distance-differs",
        text=(
            f"The text states {stated:.0f} km; on the map {one.name} and {other.name} are about "
            f"{measured:.0f} km apart, known to about {margin:.0f} km."
        ),
        report=voice.report.id,
    )


def distance(one: Place, other: Place) -> float:
    """Return the great-circle distance of two places in kilometres (haversine formula)."""
    if None in (one.latitude, one.longitude, other.latitude, other.longitude):
        return 0.0
    first, second = radians(one.latitude or 0.0), radians(other.latitude or 0.0)
    across = radians((other.longitude or 0.0) - (one.longitude or 0.0))
    half = sin((second - first) / 2) ** 2 + cos(first) * cos(second) * sin(across / 2) ** 2
    return 2 * _EARTH * asin(min(1.0, sqrt(half)))
