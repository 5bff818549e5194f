"""The first page: the case at a glance, and what deserves a look first."""

from starlette.requests import Request
from starlette.responses import HTMLResponse

from guvoh.casefile import lists, tables
from guvoh.workbench.page import desk_of, page

SHOWN = 8  # events of each sort on the first page


def home(request: Request) -> HTMLResponse:
    """Show counts, people at risk, events that rest on one source or differ, originals to find."""
    desk = desk_of(request)
    with desk.reading() as db:
        families = list(tables.every(db, tables.FAMILY))
        return page(
            request,
            "home.html",
            glance=lists.glance(db),
            warnings=[w for w in tables.every(db, tables.WARNING) if w.status == "open"],
            main=lists.events(db, lists.Wanted(), most=SHOWN)[0],
            one=lists.events(db, lists.Wanted(rests="one"), most=SHOWN),
            differ=lists.events(db, lists.Wanted(differ=True), most=SHOWN),
            missing=[f for f in families if f.missing_origin],
            problems=[f for f in tables.where(db, tables.FINDING, "step", "intake") if f.problem],
            detached=tables.where(db, tables.FINDING, "step", "assessment"),
        )
