"""What a text says of distances, checked against coordinates: a misfit is a finding with its tolerance."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from guvoh.languages import Language
from guvoh.model.claim import Place
from guvoh.model.finding import Finding
from guvoh.reading.numbers import number_at
from guvoh.reading.passage import JOIN, Passage, passage_of
from guvoh.reading.places_known import rules
from guvoh.resolve.places import distance_km

_TO_PLACE = 5  # words between a distance and the place it is counted from
_BEFORE = 4  # places before a distance among which the one is that it speaks of
_DIRECTIONS = ("north", "south", "east", "west", "from")


@dataclass(frozen=True, slots=True)
class Said:
    """That one place lies `km` from another; None where it only lies near."""

    subject: Place
    origin: Place
    km: float | None


def check_distances(text: str, places: Sequence[Place], language: Language) -> tuple[Finding, ...]:
    """Return a finding for each distance between places of `text` that can be judged.

    `distance-misfit` where coordinates contradict it, `distance-fits` where they agree, each with the
    computed distance and the tolerance: rounding and half the breadth of both places.
    """
    passage = passage_of(text, language)
    findings = [
        finding
        for said in (*_stated(passage, places), *_near(passage, places))
        if (finding := _judged(said)) is not None
    ]
    return tuple(dict.fromkeys(findings))


def _judged(said: Said) -> Finding | None:
    one, other = _point(said.subject), _point(said.origin)
    if one is None or other is None or said.subject.key == said.origin.key is not None:
        return None
    measured = distance_km(one, other)
    limits = rules()["extent"]
    breadth = _breadth(said.subject) + _breadth(said.origin)
    if said.km is None:
        if measured <= limits["near"] + breadth:
            return None
        text = f"The text has two places near each other; by their coordinates they are {measured:.0f} km apart (tolerance {limits['near'] + breadth:.0f} km)."
        return Finding("reading", "near-misfit", text, against=(f"{measured:.0f} km",))
    tolerance = limits["rounding"] * said.km + breadth
    shown = f"The text gives {said.km:.0f} km between two places; by their coordinates it is {measured:.0f} km, give or take {tolerance:.0f} km"
    if abs(measured - said.km) <= tolerance:
        return Finding(
            "reading", "distance-fits", f"{shown}: it fits.", for_=(f"{measured:.0f} km",)
        )
    return Finding(
        "reading", "distance-misfit", f"{shown}: it does not fit.", against=(f"{measured:.0f} km",)
    )


def _point(place: Place) -> tuple[float, float] | None:
    if place.latitude is None or place.longitude is None:
        return None
    return place.latitude, place.longitude


def _breadth(place: Place) -> float:
    kind = {"point": "facility"}.get(place.precision, place.precision)
    return float(rules()["extent"].get(kind, 0))


def _stated(passage: Passage, places: Sequence[Place]) -> Iterator[Said]:
    """Yield what the text says as "190 km from X"."""
    starts = {place.span.start: place for place in places}
    index = 0
    while index < len(passage):
        word = passage.words[index]
        number = number_at(passage, index) if word.text[0].isdecimal() else None
        if number is None:
            index += 1
            continue
        metres = _length(passage, number.end)
        index = number.end
        if metres is None:
            continue
        origin = _origin(passage, metres[1], starts)
        subject = _subject(passage, places, word.start, origin)
        if origin is not None and subject is not None:
            yield Said(subject, origin, float(number.value) * metres[0] / 1000)


def _length(passage: Passage, index: int) -> tuple[int, int] | None:
    """Return (metres, word after it) of a unit of length."""
    if index >= len(passage) or passage.gap(index) != JOIN:
        return None
    for end, name in passage.matches(passage.language.bounds, index):
        if name.startswith("length "):
            return int(name.removeprefix("length ")), end
    return None


def _origin(passage: Passage, index: int, starts: dict[int, Place]) -> Place | None:
    linked = False
    for at in range(index, min(index + _TO_PLACE, len(passage))):
        if passage.gap(at) != JOIN:
            return None
        place = starts.get(passage.words[at].start)
        if place is not None:
            return place if linked else None
        linked = (
            linked or passage.is_one(passage.language.place_links, at, *_DIRECTIONS) is not None
        )
    return None


def _subject(
    passage: Passage, places: Sequence[Place], at: int, origin: Place | None
) -> Place | None:
    """Return the place that lies so far off: the nearest before the distance in its sentence."""
    last = bisect_right(places, at, key=_end)
    before = [
        place
        for place in places[max(0, last - _BEFORE) : last]
        if _same_sentence(passage, place.span.end, at)
    ]
    if not before:
        return None
    nearest = before[-1]
    for place in reversed(before):
        if place.kind == "facility" and place.latitude is not None:
            return place
    return nearest if nearest is not origin else None


def _end(place: Place) -> int:
    return place.span.end


def _same_sentence(passage: Passage, start: int, end: int) -> bool:
    between = passage.text[start:end]
    return len(between) < 120 and "\n" not in between and ". " not in between


def _near(passage: Passage, places: Sequence[Place]) -> Iterator[Said]:
    """Yield what the text says as "X near Y"."""
    order = {word.start: index for index, word in enumerate(passage.words)}
    for inner, outer in pairwise(places):
        start, end = order.get(outer.span.start), inner.span.end
        if (
            start is None
            or outer.span.start - end > 24
            or not _same_sentence(passage, end, outer.span.start)
        ):
            continue
        link = passage.ends_with(passage.language.place_links, start, "near")
        if link is not None and passage.words[link].start >= end and inner.key is not None:
            yield Said(inner, outer, None)
