"""Publishing: choose what may leave, see what the release gate did and why, and save it as one file."""

import io
import zipfile
from collections.abc import Sequence

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from guvoh.casefile import lists
from guvoh.model.finding import Finding
from guvoh.pipeline import keeping
from guvoh.pipeline.releasing import let_out
from guvoh.protect.values import Decision
from guvoh.workbench.filters import filters, wanted
from guvoh.workbench.page import desk_of, language_of, page
from guvoh.workbench.sentences import sentences

# What each publication is, in the order of the page.
KINDS = {
    "dossier": "A dossier to read: one web page and a tagged PDF",
    "pictures": "The pictures alone, as SVG and PNG",
    "sheet": "A spreadsheet, a row for each value",
    "dataset": "A dataset: CSV with a codebook, and SQLite",
    "ftm": "FollowTheMoney entities",
    "citations": "The reports used, as citations",
    "bundle": "A bundle that can be verified without guvoh",
}
MOST = 500  # events to choose from one by one; all that a page is narrowed to leave where none is chosen
ALL = 1_000_000_000


def publishing(request: Request) -> Response:
    """Show what can be published, and of which events."""
    return _page(request)


async def publish(request: Request) -> Response:
    """Pass what was chosen through the release gate; show what it did, and where to save the file."""
    async with request.form() as form:
        chosen = _chosen(form)
    if chosen is None:
        return _page(request, 400)
    return await run_in_threadpool(_publish, request, *chosen)


def saved(request: Request) -> Response:
    """Send a publication as one file."""
    kept = desk_of(request).shelf.get(request.path_params["key"])
    if kept is None:
        return page(request, "gone.html", 404, moved=None)
    name, data = kept
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(data, media_type="application/zip", headers=headers)


def _chosen(form: FormData) -> tuple[str, list[str] | None, bool] | None:
    """Return what to publish, of which events (None: all), and whether reports leave whole."""
    what = str(form.get("what", ""))
    if what not in KINDS:
        return None
    events = [str(one) for one in form.getlist("event")]
    return what, events or None, form.get("whole") == "yes"


def _publish(request: Request, what: str, events: list[str] | None, whole: bool) -> Response:
    from guvoh.publish.exports import EXPORTS  # late: spreadsheets and PDF are loaded with it

    desk = desk_of(request)
    kept = filters(request.query_params)
    if events is None and kept:  # all that the page lists
        with desk.reading() as db:
            events = [one.id for one in lists.events(db, wanted(db, kept), most=ALL)[0]]
    bundled = what == "bundle"
    opened = desk.keys.opened(desk.case)
    if opened is None and keeping.is_used(desk.case):
        return _page(request, 409, what=what)
    made, findings = let_out(
        desk.case, what, events, whole=whole, raw=bundled, proven=bundled, opened=opened
    )
    if made is None:
        return _page(request, 409, what=what, refused=findings)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in EXPORTS[what](made, language_of(request)):
            archive.writestr(name, data)
    key = desk.shelf.put(f"{what}.zip", packed.getvalue())
    return _page(
        request, what=what, key=key, size=packed.tell(), decisions=made.decisions, findings=findings
    )


def _page(
    request: Request,
    status: int = 200,
    *,
    what: str = "dossier",
    refused: Sequence[Finding] = (),
    findings: Sequence[Finding] = (),
    decisions: Sequence[Decision] = (),
    key: str | None = None,
    size: int = 0,
) -> Response:
    desk = desk_of(request)
    with desk.reading() as db:
        kept = filters(request.query_params)
        lines, number = lists.events(db, wanted(db, kept), most=MOST)
        choices = desk.totals.choices(db)
        events = sentences(db, lines, language_of(request))
    return page(
        request,
        "publish.html",
        status,
        kinds=KINDS,
        what=what,
        events=events,
        kept=kept,
        number=number,
        acts=choices[0],
        languages=choices[1],
        refused=refused,
        findings=findings,
        decisions=decisions,
        key=key,
        size=size,
        locked=keeping.is_used(desk.case) and not desk.keys.given(),
    )
