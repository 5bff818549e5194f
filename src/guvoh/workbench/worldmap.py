"""The map: where events are said to have happened, each as wide as its place is vague."""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from starlette.requests import Request
from starlette.responses import HTMLResponse

from guvoh.casefile import lists, lookups, tables
from guvoh.casefile.lists import EventLine
from guvoh.model.claim import Place
from guvoh.model.event import Value
from guvoh.pages import worldmap
from guvoh.pages.worldmap import on_map, vagueness
from guvoh.words import words
from guvoh.workbench.filters import address, filters, wanted
from guvoh.workbench.page import desk_of, language_of, page
from guvoh.workbench.sentences import sentences
from guvoh.workbench.totals import Totals

_OTHERS = 8  # claims of a value that are looked at where the first has another name for its place
_PLACES = 5  # places of one event that are drawn; its page lists all
_NAMES = 3  # of places at one spot that are told
_InReport = tuple[Mapping[str, tuple[Place, ...]], tuple[Place, ...]]
_NOWHERE: _InReport = ({}, ())
_Spot = tuple[float | None, float | None, str]
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


LOCATED = tables.Table("reading", Located, ("report",), (), lambda one: (one.report,))


def world_map(request: Request) -> HTMLResponse:
    """Draw the events that the filters leave; what has no coordinates is listed beside."""
    kept = filters(request.query_params)
    language = language_of(request)
    desk = desk_of(request)
    with desk.reading() as db:
        lines, total = lists.events(db, wanted(db, kept), most=EVENTS)
        lines = sentences(db, lines, language)
        places, nowhere = _places(db, lines, desk.totals)
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
    db: sqlite3.Connection, lines: Sequence[EventLine], totals: Totals
) -> tuple[list[tuple[Place, list[EventLine]]], list[EventLine]]:
    """Return each place with its events, vague ones first, and the events that have none."""
    events = tables.several(db, tables.EVENT, [line.id for line in lines])
    by_id = {line.id: line for line in lines}
    found: dict[_Spot, tuple[list[Place], dict[str, EventLine]]] = {}
    said = [
        (e.id, value)
        for e in events.values()
        for value in [value for value in e.where if value.claims][:_PLACES]
    ]
    # All claims of a value name one place, not all say where it is: mostly the first one does.
    for most in (1, _OTHERS):
        places = _named(db, [value for _, value in said], most, totals)
        rest: list[tuple[str, Value]] = []
        for event, value in said:
            keys = ((claim, value.name) for claim in value.claims[:most])
            place = next((places[key] for key in keys if key in places), None)
            if place is None:
                rest.append((event, value))
            else:
                spot = (place.latitude, place.longitude, place.precision)
                there, told = found.setdefault(spot, ([], {}))
                there.append(place)
                told[event] = by_id[event]
        said = rest
    placed = {event for _, those in found.values() for event in those}
    drawn = [(_called(there), list(those.values())) for there, those in found.values()]
    return (
        sorted(drawn, key=lambda one: vagueness(one[0])),
        [line for line in lines if line.id not in placed],
    )


def _called(there: Sequence[Place]) -> Place:
    """Return what lies at one spot as one place: a plant of which only the region is known, in that region."""
    names = dict.fromkeys(place.name for place in sorted(there, key=lambda one: one.key is None))
    known = list(names)
    return replace(there[0], name="; ".join(known[:_NAMES]) + (" …" if known[_NAMES:] else ""))


def _named(
    db: sqlite3.Connection, values: Sequence[Value], most: int, totals: Totals
) -> dict[tuple[str, str], Place]:
    """Return where on the map the first `most` claims of each value lie, by claim and the value's name.

    A claim that names no place has that of the words around it, which its report names elsewhere.
    """
    wanted: dict[str, set[str]] = {}
    for value in values:
        for claim in value.claims[:most]:
            wanted.setdefault(claim, set()).add(value.name)
    holders = lookups.reports_of(db, wanted)
    found: dict[tuple[str, str], Place] = {}
    located = _located(db, set(holders.values()), totals)
    for claim, report in holders.items():
        own, near = located.get(report, _NOWHERE)
        for place in (*own.get(claim, ()), *near):
            for name in wanted[claim].intersection((place.text, place.name)):
                found.setdefault((claim, name), place)
    return found


def _located(db: sqlite3.Connection, reports: set[str], totals: Totals) -> Mapping[str, _InReport]:
    """Return what lies on the map of what reports name: by claim, and in the words around them."""
    kept: dict[str, _InReport] = totals.get(db, "located", dict)
    for one in tables.several(db, LOCATED, sorted(reports - kept.keys())).values():
        own = {claim.id: tuple(filter(on_map, claim.places)) for claim in one.claims}
        near = tuple(filter(on_map, one.places))
        kept[one.report] = ({claim: places for claim, places in own.items() if places}, near)
    return kept
