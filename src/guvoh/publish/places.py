"""Where the events of a dossier are said to have been: a map, and the list that it shows."""

from collections.abc import Sequence
from typing import Any

from babel import Locale

from guvoh.model.claim import Place
from guvoh.model.event import Event
from guvoh.pages.worldmap import drawn_as, on_map, vagueness, world_map
from guvoh.protect import Release
from guvoh.publish.pictures import alone
from guvoh.words import Words


def places(events: Sequence[Event], release: Release, say: Words) -> dict[str, Any] | None:
    """Return the map with its places, the vaguest last, and the numbers of events that are not on it.

    None where no place has coordinates: an empty map says nothing.
    """
    found: dict[str, tuple[Place, list[int]]] = {}
    for number, event in enumerate(events, 1):
        for place in _of(event, release):
            numbers = found.setdefault(drawn_as(place), (place, []))[1]
            if number not in numbers:
                numbers.append(number)
    if not found:
        return None
    told = sorted(found.values(), key=lambda one: vagueness(one[0]))
    placed = {number for _, numbers in told for number in numbers}
    rows = [
        {
            "name": _name(place, say),
            "precision": say.term(place.precision),
            "events": ", ".join(map(str, numbers)),
        }
        for place, numbers in reversed(told)
    ]
    nowhere = [str(n) for n in range(1, len(events) + 1) if n not in placed]
    return {
        "drawing": alone(world_map([(place, len(numbers)) for place, numbers in told], say)),
        "rows": rows,
        "told": "; ".join(f"{one['name']} ({one['precision']}): {one['events']}" for one in rows),
        "nowhere": ", ".join(nowhere),
    }


def _name(place: Place, say: Words) -> str:
    """Return a country's name in the reader's language, that of another place as the gazetteer has it."""
    if place.kind == "country" and place.country:
        return str(Locale.parse(say.language).territories.get(place.country, place.name))
    return place.name


def _of(event: Event, release: Release) -> list[Place]:
    """Return the places of an event as its claims have them, those that can be drawn."""
    found: list[Place] = []
    for value in event.where:
        for claim in (release.claims[c] for c in value.claims if c in release.claims):
            found += [p for p in claim.places if value.name in (p.text, p.name) and on_map(p)]
    return found
