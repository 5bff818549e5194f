"""The application: the first page, and the gate; the other views are loaded while it is read."""

import sys
from functools import cache
from importlib.resources import files

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route, Router
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from guvoh.casefile.errors import CaseError, NotDerived
from guvoh.words import LANGUAGES, fault_line
from guvoh.workbench import home
from guvoh.workbench.desk import Desk, load
from guvoh.workbench.gate import Gate
from guvoh.workbench.page import LANGUAGE_COOKIE, local, page


def application(desk: Desk) -> Gate:
    """Return the workbench over one case, behind its gate."""
    app = Starlette(
        routes=[
            Route("/", home.home),
            Route("/token", _token),
            Route("/language/{language}", _speak, methods=["POST"]),
            Route("/static/page.css", _style),
            Mount("/static", StaticFiles(packages=[("guvoh.workbench", "static")])),
            Mount("/", _others),
        ],
        exception_handlers={
            HTTPException: _not_there,
            NotDerived: _empty,
            CaseError: _troubled,
            ClientDisconnect: _left,
            Exception: _faulty,
        },
    )
    app.state.desk = desk
    return Gate(app, desk.given)


def ready(desk: Desk) -> None:
    """Load the other views, and what decisions need, while a browser starts and the first page is read."""
    _views()
    desk.warm()


async def _others(scope: Scope, receive: Receive, send: Send) -> None:
    """Hand a request on to the other views."""
    views = await run_in_threadpool(_views)
    await views(scope, receive, send)


@cache
def _views() -> Router:
    from guvoh.workbench.routes import (
        ROUTES,
    )  # late: half of all that is loaded, and not for the first page

    load()
    return Router(ROUTES)


def _not_there(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 404
    return page(request, "gone.html", status, moved=None)


def _empty(_: Request, __: Exception) -> Response:
    """Lead to where files are added: nothing has been derived yet."""
    return RedirectResponse("/add", status_code=303)


def _troubled(request: Request, error: Exception) -> Response:
    return page(request, "message.html", 409, text=str(error), back="/")


def _left(_: Request, __: Exception) -> Response:
    """Answer nobody: whoever was sending has gone, and nothing of it was kept."""
    return Response(status_code=400)


def _faulty(request: Request, fault: Exception) -> Response:
    """Say on the page and on stderr where guvoh failed, without a word of any report."""
    text = fault_line(fault)
    print(f"guvoh: {text}", file=sys.stderr)
    return page(request, "message.html", 500, text=text, back="/")


def _style(_: Request) -> Response:
    """Return the style that the pages of a build have too."""
    text = files("guvoh.pages").joinpath("templates", "page.css").read_text(encoding="utf-8")
    return Response(text, media_type="text/css")


def _token(request: Request) -> Response:
    """Return the token that forms of this session carry, for a page that was opened in one before."""
    return JSONResponse({"form_token": request.app.state.desk.given.form_token})


async def _speak(request: Request) -> Response:
    """Keep the interface language that was chosen, and go back to the page where it was."""
    form = await request.form()
    answer = RedirectResponse(local(str(form.get("back", "/"))), status_code=303)
    language = request.path_params["language"]
    if language in LANGUAGES:
        answer.set_cookie(LANGUAGE_COOKIE, language, httponly=True, samesite="strict", path="/")
    return answer
