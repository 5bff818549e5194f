"""Renders the workbench's pages: one template environment, one set of words, one way to answer."""

from datetime import date
from functools import partial
from typing import Any, cast

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from guvoh.corroborate.vocabulary import vocabulary
from guvoh.pages.labels import language_of as language_of_report
from guvoh.words import LANGUAGES, shown, words
from guvoh.workbench import verdicts
from guvoh.workbench.desk import Desk
from guvoh.workbench.filters import carried

_ENVIRONMENT = Environment(
    loader=ChoiceLoader([PackageLoader("guvoh.workbench"), PackageLoader("guvoh.pages")]),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_ENVIRONMENT.filters["shown"] = shown
_ENVIRONMENT.filters["spoken"] = language_of_report
_ENVIRONMENT.filters["verdict"] = verdicts.said
LANGUAGE_COOKIE = "guvoh-language"


def desk_of(request: Request) -> Desk:
    """Return the desk that this application serves."""
    return cast("Desk", request.app.state.desk)


def language_of(request: Request) -> str:
    """Return the interface language: what was chosen, else what the environment asked for."""
    chosen = request.cookies.get(LANGUAGE_COOKIE, "")
    return chosen if chosen in LANGUAGES else desk_of(request).language


def page(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """Render a template with what every page needs beside its own values."""
    desk = desk_of(request)
    language = language_of(request)
    known = desk.known()
    text = _ENVIRONMENT.get_template(template).render(
        say=words(language),
        language=language,
        title=desk.case.title,
        here=request.url.path,
        query=request.url.query,
        carried=partial(carried, request.query_params, request.url.path),
        searches=known.searches,
        seen=known.assessments[-1].id if known.assessments else "",
        form_token=desk.given.form_token,
        busy=desk.work is not None and not desk.work.over,
        waiting=desk.waiting(),
        undoable=desk.undoable(),
        **values,
    )
    return HTMLResponse(text, status_code=status)


def day(ordinal: int | None) -> str:
    """Return a day for people to read, empty where it is open."""
    return "" if ordinal is None else date.fromordinal(max(ordinal, 1)).isoformat()


_ENVIRONMENT.filters["day"] = day


def act(name: str) -> str:
    """Return what an act is called, in English; the catalogue has it in other languages."""
    return vocabulary().phrases.get(name, ("", name))[1]


_ENVIRONMENT.filters["act"] = act


def local(address: str) -> str:
    """Return an address of our own, whatever was asked."""
    ours = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if ours and address.isprintable() else "/"
