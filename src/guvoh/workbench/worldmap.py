"""The map: where events are said to have happened, each as wide as its place is vague."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import HTMLResponse

from guvoh.casefile import lists, lookups, tables
from guvoh.casefile.lists import EventLine
from guvoh.model.claim import Place
from guvoh.model.event import Value
from guvoh.pages import worldmap
from guvoh.pages.worldmap import drawn_as, on_map, vagueness
from guvoh.words import words
from guvoh.workbench.filters import address, filters, wanted
from guvoh.workbench.page import desk_of, language_of, page
from guvoh.workbench.sentences import sentences

_OTHERS = 8  # claims of a value that are looked at where the first has another name for its place
_PLACES = 5  # places of one event that are drawn; its page lists all
EVENTS = 40  # events on one map; narrower filters show others


@dataclass(frozen=True, slots=True)
class Placed:
    """The places of a claim, of all that a reading says of it."""

    id: str
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Located:
    """A reading, its places alone: to decode all of it takes far longer."""

    report: str
    claims: tuple[Placed, ...] = ()
    places: tuple[Place, ...] = ()


_LOCATED = tables.Table("reading", Located, ("report",), (), lambda one: (one.report,))


def world_map(request: Request) -> HTMLResponse:
    """Draw the events that the filters leave; what has no coordinates is listed beside."""
    kept = filters(request.query_params)
    language = language_of(request)
    desk = desk_of(request)
    with desk.reading() as db:
        lines, total = lists.events(db, wanted(db, kept), most=EVENTS)
        lines = sentences(db, lines, language)
        places, nowhere = _places(db, lines)
        choices = desk.totals.choices(db)
    return page(
        request,
        "map.html",
        drawing=worldmap.world_map(
            [(place, len(those)) for place, those in places], words(language)
        ),
        places=places,
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
    by_id = {line.id: line for line in lines}
    found: dict[str, tuple[Place, dict[str, EventLine]]] = {}
    said = [
        (e.id, value)
        for e in events.values()
        for value in [value for value in e.where if value.claims][:_PLACES]
    ]
    # All claims of a value name one place: one that has the value's name will do, mostly the first.
    for most in (1, _OTHERS):
        places = _named(db, [value for _, value in said], most)
        rest: list[tuple[str, Value]] = []
        for event, value in said:
            keys = ((claim, value.name) for claim in value.claims[:most])
            place = next((places[key] for key in keys if key in places), None)
            if place is None:
                rest.append((event, value))
            elif on_map(place):
                found.setdefault(drawn_as(place), (place, {}))[1][event] = by_id[event]
        said = rest
    placed = {event for _, those in found.values() for event in those}
    ordered = sorted(found.values(), key=lambda one: vagueness(one[0]))
    return (
        [(place, list(those.values())) for place, those in ordered],
        [line for line in lines if line.id not in placed],
    )


def _named(
    db: sqlite3.Connection, values: Sequence[Value], most: int
) -> dict[tuple[str, str], Place]:
    """Return the place of each claim, of the first `most` of each value, by claim and the value's name.

    A claim that names no place has that of the words around it, which its report names elsewhere.
    """
    wanted: dict[str, set[str]] = {}
    for value in values:
        for claim in value.claims[:most]:
            wanted.setdefault(claim, set()).add(value.name)
    holders = lookups.reports_of(db, wanted)
    found: dict[tuple[str, str], Place] = {}
    for reading in tables.several(db, _LOCATED, sorted(set(holders.values()))).values():
        for one in reading.claims:
            if one.id in wanted:
                for place in (*one.places, *reading.places):
                    for name in wanted[one.id].intersection((place.text, place.name)):
                        found.setdefault((one.id, name), place)
    return found
