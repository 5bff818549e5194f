"""What a person decides in the workbench, and what they take back."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from guvoh.model.assessment import Assessment
from guvoh.pipeline.judging import NotFoundError
from guvoh.workbench.desk import Desk
from guvoh.workbench.meanwhile import meanwhile
from guvoh.workbench.page import desk_of, local, page

NO_REASON = "decided in the workbench, no reason given"


async def decide(request: Request) -> Response:
    """Journal one decision, count anew, and go back to where it was made.

    What somebody has decided otherwise since the page was made is shown first.

    The same decision sent twice at once (a double click) is one; sent later again (a page loaded
    anew) it is journalled twice and counts once: the later one supersedes the earlier.
    """
    form = await request.form()
    asked = {key: value for key, value in form.items() if isinstance(value, str)}
    desk = desk_of(request)
    reason = asked.get("reason", "").strip()[:2000] or NO_REASON
    theirs = await run_in_threadpool(_theirs, desk, asked) if "seen" in asked else None
    if theirs is not None:
        told = {key: value for key, value in asked.items() if key not in ("seen", "form_token")}
        return page(
            request,
            "meanwhile.html",
            409,
            theirs=theirs,
            asked=told,
            back=_back(asked),
            no_reason=NO_REASON,
        )
    try:
        await run_in_threadpool(
            desk.judge,
            asked.get("target", ""),
            asked.get("verdict", ""),
            reason,
            asked.get("other") or None,
        )
    except NotFoundError as refusal:
        return page(request, "message.html", 409, text=str(refusal), back=_back(asked))
    return RedirectResponse(_back(asked), status_code=303)


def _theirs(desk: Desk, asked: dict[str, str]) -> Assessment | None:
    told = (asked.get("target", ""), asked.get("verdict", ""), asked.get("other", ""))
    with desk.reading() as db:
        return meanwhile(db, desk.known(), asked["seen"], told)


async def count(request: Request) -> Response:
    """Bring what is shown up to the decisions that it waits for, and go back to where that was asked."""
    form = await request.form()
    await run_in_threadpool(desk_of(request).derive)
    return RedirectResponse(local(str(form.get("back", "/"))), status_code=303)


def undo(request: Request) -> Response:
    """Take back a decision: a new record, for nothing in the journal is ever changed."""
    desk_of(request).withdraw(request.path_params["assessment"])
    return RedirectResponse(local(request.query_params.get("back", "/review")), status_code=303)


def _back(asked: dict[str, str]) -> str:
    return local(asked.get("back", "/"))
