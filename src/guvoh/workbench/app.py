"""The application: which address leads where."""

import sys
from importlib.resources import files

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from guvoh.casefile.errors import CaseError, NotDerived
from guvoh.words import LANGUAGES, fault_line
from guvoh.workbench import (
    adding,
    claiming,
    deciding,
    events,
    families,
    home,
    people,
    private,
    publishing,
    reports,
    review,
    searching,
    timeline,
    worldmap,
)
from guvoh.workbench.desk import Desk
from guvoh.workbench.gate import Gate
from guvoh.workbench.page import LANGUAGE_COOKIE, page


def application(desk: Desk) -> Gate:
    """Return the workbench over one case, behind its gate."""
    app = Starlette(
        routes=[
            Route("/", home.home),
            Route("/events", events.event_list),
            Route("/events/{event}", events.one_event),
            Route("/reports", reports.report_list),
            Route("/reports/{report}", reports.one_report),
            Route("/reports/{report}/add", claiming.adding),
            Route("/captures/{capture:str}/{how:str}", reports.original),
            Route("/families", families.family_list),
            Route("/families/{family}", families.one_family),
            Route("/people", people.people_list),
            Route("/people/{person:path}", people.one_person),
            Route("/timeline", timeline.timeline),
            Route("/map", worldmap.world_map),
            Route("/search", searching.searching),
            Route("/searches", searching.save, methods=["POST"]),
            Route("/review", review.review),
            Route("/decide", deciding.decide, methods=["POST"]),
            Route("/undo/{assessment}", deciding.undo, methods=["POST"]),
            Route("/add", adding.adding),
            Route("/add", adding.add, methods=["POST"]),
            Route("/private", private.private),
            Route("/private", private.unlock, methods=["POST"]),
            Route("/private/names", private.settle, methods=["POST"]),
            Route("/private/account", private.take, methods=["POST"]),
            Route("/private/away", private.put_away, methods=["POST"]),
            Route("/progress", adding.progress),
            Route("/publish", publishing.publishing),
            Route("/publish", publishing.publish, methods=["POST"]),
            Route("/publications/{key}", publishing.saved),
            Route("/token", _token),
            Route("/language/{language}", _speak, methods=["POST"]),
            Route("/claims", claiming.save, methods=["POST"]),
            Route("/claims/{claim}", reports.claim),
            Route("/claims/{claim}/correct", claiming.correcting),
            Route("/static/page.css", _style),
            Mount("/static", StaticFiles(packages=[("guvoh.workbench", "static")])),
        ],
        exception_handlers={
            HTTPException: _not_there,
            NotDerived: _empty,
            CaseError: _troubled,
            Exception: _faulty,
        },
    )
    app.state.desk = desk
    return Gate(app, desk.given)


def _not_there(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 404
    return page(request, "gone.html", status, moved=None)


def _empty(_: Request, __: Exception) -> Response:
    """Lead to where files are added: nothing has been derived yet."""
    return RedirectResponse("/add", status_code=303)


def _troubled(request: Request, error: Exception) -> Response:
    return page(request, "message.html", 409, text=str(error), back="/")


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


def _speak(request: Request) -> Response:
    """Keep the interface language that was chosen."""
    answer = RedirectResponse("/", status_code=303)
    language = request.path_params["language"]
    if language in LANGUAGES:
        answer.set_cookie(LANGUAGE_COOKIE, language, httponly=True, samesite="strict", path="/")
    return answer
