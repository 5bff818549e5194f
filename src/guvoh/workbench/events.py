"""Events: the list, narrowed as the address says, and the page of one."""

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from guvoh.casefile import lists, lookups, tables
from guvoh.pages.render import event_context
from guvoh.pipeline.pages import event_view
from guvoh.words import words
from guvoh.workbench.filters import address, filters, page_number, wanted
from guvoh.workbench.page import desk_of, language_of, page
from guvoh.workbench.sentences import sentences


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
    """Show one event, with what a person can say of each chain, passage and pair."""
    identity = request.path_params["event"]
    desk = desk_of(request)
    with desk.reading() as db:
        event = tables.get(db, tables.EVENT, identity)
        if event is None:
            moved = lookups.events_of(db, [identity]).get(identity)
            return page(request, "gone.html", 404, moved=moved)
        view = event_view(db, event, language_of(request))
        others = [e for e in lists.events(db, lists.Wanted(), most=40)[0] if e.id != identity]
        others = sentences(db, others, language_of(request))
    judged = {
        (one.target.quote, one.verdict): one
        for one in desk.known().assessments
        if one.target.noun in ("claim", "event")
    }
    decided = {
        claim.id: sorted(verdict for quote, verdict in judged if quote == claim.text)
        for claim in view.claims.values()
        if claim.id in event.claims
    }
    say = words(language_of(request))
    return page(
        request,
        "event_live.html",
        others=others,
        decided=decided,
        since=desk.seen.since(event),
        **{k: v for k, v in event_context(view, say).items() if k not in ("say", "language")},
    )
