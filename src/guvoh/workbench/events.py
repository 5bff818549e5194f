"""Events: the list, narrowed as the address says, the page of one, and its later passages."""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from guvoh.casefile import lists, lookups, search, tables
from guvoh.casefile.lists import EventLine
from guvoh.model.event import Event
from guvoh.pages.labels import day, outlet
from guvoh.pages.render import EventView, event_context, report_rows
from guvoh.pipeline import amending
from guvoh.pipeline.pages import event_view
from guvoh.words import Words, words
from guvoh.workbench.desk import Desk
from guvoh.workbench.filters import address, filters, page_number, wanted
from guvoh.workbench.page import desk_of, language_of, page
from guvoh.workbench.sentences import sentences

PART = 20  # reports whose passages are told on one page
_DIGITS = 6  # of the number of a part of an event
BESIDE = 20  # reports whose passages an event's page shows beside those of what they derive from
OFFERED = 40  # other events to choose from
FOUND = 500  # reports that hold the words of another event


@dataclass(frozen=True, slots=True)
class Line:
    """A report of which a later page tells the passages: what it is called, and their claims."""

    id: str
    outlet: str
    day: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """The reports of one page of passages, the `first` to the `last` of their event."""

    address: str
    first: int
    last: int
    reports: tuple[Line, ...]


def event_list(request: Request) -> HTMLResponse:
    """List events, a page at a time."""
    kept = filters(request.query_params)
    number = page_number(request.query_params)
    desk = desk_of(request)
    with desk.reading() as db:
        choices = desk.totals.choices(db)
        rows, total = lists.events(db, wanted(db, kept), number)
        rows = sentences(db, rows, language_of(request))
        return page(
            request,
            "events.html",
            rows=rows,
            total=total,
            number=number,
            size=lists.PAGE,
            kept=kept,
            address=address,
            acts=choices[0],
            languages=choices[1],
        )


def one_event(request: Request) -> Response:
    """Show one event, with what a person can say of each chain, passage and pair.

    Passages of a large event beyond the first reports are on pages of their own.
    """
    identity = request.path_params["event"]
    desk = desk_of(request)
    with desk.reading() as db:
        event = tables.get(db, tables.EVENT, identity)
        if event is None:
            return _gone(request, db)
        view = event_view(db, event, language_of(request), event.reports[:PART])
        others = _others(request, db, event)
        decided = _decided(desk, db)
    say = words(language_of(request))
    return page(
        request,
        "event_live.html",
        others=others,
        find=request.query_params.get("find", "").strip(),
        decided=decided,
        since=desk.seen.since(event),
        later=_later(view, say),
        **event_context(view, say, BESIDE),
    )


def passages(request: Request) -> Response:
    """Show the passages of later reports of an event."""
    identity, part = request.path_params["event"], request.path_params["part"]
    number = int(part) if part.isdecimal() and len(part) <= _DIGITS else 0
    desk = desk_of(request)
    with desk.reading() as db:
        event = tables.get(db, tables.EVENT, identity)
        first = (number - 1) * PART
        if event is None or not 0 < first < len(event.reports):
            return _gone(request, db)
        told = event.reports[first : first + PART]
        view = event_view(db, event, language_of(request), told)
        others = _others(request, db, event)
        decided = _decided(desk, db)
    return page(
        request,
        "event_passages.html",
        event=view.event,
        number=number,
        first=first + 1,
        last=first + len(told),
        reports=report_rows(view, words(language_of(request))),
        others=others,
        find=request.query_params.get("find", "").strip(),
        decided=decided,
    )


def _gone(request: Request, db: sqlite3.Connection) -> Response:
    identity = request.path_params["event"]
    moved = lookups.events_of(db, [identity]).get(identity)
    return page(request, "gone.html", 404, moved=moved)


def _others(request: Request, db: sqlite3.Connection, event: Event) -> list[EventLine]:
    """Return the events that a passage, or all of this event, may belong to.

    Those whose reports hold the words asked for, else those of the same acts and reports before others.
    """
    asked = request.query_params.get("find", "").strip()[:300]
    if asked:
        within = tuple(search.find(db, asked, FOUND))
        told = lists.events(db, lists.Wanted(reports=within), most=OFFERED)[0] if within else []
    else:
        near = [lists.Wanted(act=act, reports=event.reports) for act in event.acts[:1]]
        near += [lists.Wanted(act=act) for act in event.acts[:1]]
        near += [lists.Wanted(reports=event.reports), lists.Wanted()]
        told = [line for one in near for line in lists.events(db, one, most=OFFERED)[0]]
    others = {one.id: one for one in told if one.id != event.id}
    return sentences(db, list(others.values())[:OFFERED], language_of(request))


def _decided(desk: Desk, db: sqlite3.Connection) -> Mapping[str, Sequence[str]]:
    """Return what was decided of each claim of which something was."""
    placed = amending.decided(db)
    found: dict[str, set[str]] = {}
    for one in desk.known().assessments:
        if one.id in placed:
            found.setdefault(placed[one.id], set()).add(one.verdict)
    return {claim: sorted(verdicts) for claim, verdicts in found.items()}


def _later(view: EventView, say: Words) -> list[Part]:
    """Return the pages of passages that follow an event's own."""
    event: Event = view.event
    claims: dict[str, list[str]] = {}
    for claim in event.claims:
        claims.setdefault(view.holders.get(claim, ""), []).append(claim)
    found = []
    for first in range(PART, len(event.reports), PART):
        told = [one for one in event.reports[first : first + PART] if one in view.reports]
        lines = (
            Line(one, outlet(view.reports[one]), day(view.reports[one], say, True), tuple(claims.get(one, ())))
            for one in told
        )  # fmt: skip
        to = f"/events/{event.id}/passages/{first // PART + 1}"
        found.append(Part(to, first + 1, min(first + PART, len(event.reports)), tuple(lines)))
    return found
