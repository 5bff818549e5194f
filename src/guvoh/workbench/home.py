"""The first page: the case at a glance, and what deserves a look first."""

import sqlite3
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import HTMLResponse

from guvoh.casefile import lists, tables
from guvoh.casefile.lists import EventLine
from guvoh.workbench.desk import Desk
from guvoh.workbench.page import desk_of, language_of, page
from guvoh.workbench.sentences import sentences, warnings_told

if TYPE_CHECKING:
    from guvoh.workbench.decided import Told

SHOWN = 8  # events of each sort on the first page


def home(request: Request) -> HTMLResponse:
    """Show counts, people at risk, events that rest on one source or differ, originals to find."""
    desk = desk_of(request)
    with desk.reading() as db:
        missing = lists.without_origin(db)
        feared = desk.totals.get(db, "feared", lambda: _feared(db))
        warnings = tables.several(db, tables.WARNING, feared[:SHOWN]).values()

        def told(what: lists.Wanted) -> tuple[list[EventLine], int]:
            lines, number = lists.events(db, what, most=SHOWN)
            return sentences(db, lines, language_of(request)), number

        return page(
            request,
            "home.html",
            glance=desk.totals.glance(db),
            warnings=warnings_told(db, list(warnings), language_of(request)),
            feared=len(feared),
            main=told(lists.Wanted())[0],
            one=told(lists.Wanted(rests="one")),
            differ=told(lists.Wanted(differ=True)),
            missing=list(tables.several(db, tables.FAMILY, missing[:SHOWN]).values()),
            lost=len(missing),
            problems=[f for f in tables.where(db, tables.FINDING, "step", "intake") if f.problem],
            detached=_detached(db, desk),
        )


def _detached(db: sqlite3.Connection, desk: Desk) -> "list[Told]":
    if not tables.where(db, tables.FINDING, "step", "assessment", 1):
        return []
    from guvoh.workbench import decided  # late: most cases have none, and the first page comes soon

    return decided.detached(db, desk.known())


def _feared(db: sqlite3.Connection) -> list[str]:
    """Return the warnings that are open."""
    return [one.id for one in tables.every(db, tables.WARNING) if one.status == "open"]
