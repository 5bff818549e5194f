"""Private accounts: unlocked, confirmed name by name, taken in under codes; all of it in memory until then."""

import secrets
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePath

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from guvoh.casefile.case import now
from guvoh.casefile.errors import CaseError
from guvoh.model.text import Span
from guvoh.pipeline import accounts, keeping, screening
from guvoh.pipeline.accounts import MOST
from guvoh.pipeline.confirming import Confirming
from guvoh.pipeline.keeping import VaultError
from guvoh.protect.identity import ADVOCACY, AUTHORITIES, PUBLICATION, Consent
from guvoh.protect.pseudonyms import Proposal
from guvoh.words import words
from guvoh.workbench.desk import Table
from guvoh.workbench.page import desk_of, language_of, page
from guvoh.workbench.unlocking import Form, NoKeyError, in_memory, key_of

HERE = "/private"
_AROUND = 60  # characters of the account shown on each side of a name that is asked about
_SHOWN = 100  # names asked about on one page, the longest first
_LONGEST = 2000  # characters of what is written in a field
_TEXTS = {
    "no-account": "Choose the file with the account.",
    "stale": "This page was not the last one. Nothing was taken from it; go on here.",
    "taken-name": "That is a name of somebody protected. Choose another pseudonym.",
    "left": "Decide about every name first.",
    "gone": "No account lies open here. Open it again.",
}


def private(request: Request) -> Response:
    """Show where an account is opened, or what is still to be decided about the open one."""
    return _page(request)


async def unlock(request: Request) -> Response:
    """Open an account and the vault, both in memory."""
    try:
        form = await in_memory(request, MOST)
    except MultiPartException:
        return _page(request, "no-account", 400)
    if "account" not in form.files:
        return _page(request, "no-account", 400)
    return await run_in_threadpool(_unlock, request, form)


def _unlock(request: Request, form: Form) -> Response:
    desk = desk_of(request)
    name, data = form.files["account"]
    try:
        opened = desk.keys.opened(desk.case) if "key" not in form.files else None
        opened = opened or keeping.unlock(desk.case, key_of(desk.case, form))
        brought = accounts.brought(Path(PurePath(name.replace("\\", "/")).name), data)
    except NoKeyError as error:
        return _page(request, said(request, error), 409)
    except CaseError as error:
        return _page(request, str(error), 409)
    with desk.table.lock:
        desk.table.lay(Confirming(brought, opened))
    return RedirectResponse(HERE, status_code=303)


async def settle(request: Request) -> Response:
    """Take what was decided about names; show what is left."""
    form = await request.form()
    return await run_in_threadpool(_settle, request, form)


def _settle(request: Request, form: FormData) -> Response:
    table = desk_of(request).table
    with table.lock:
        fault = _stale(table, form)
        if fault is not None or table.open is None:
            return _page(request, fault or "gone", 409)
        for number, one in enumerate(table.open.left()[:_SHOWN]):
            what, name = _field(form, f"what{number}"), _field(form, f"name{number}")
            fault = _decide(table.open, one, what, name) or fault
        table.lay(table.open)
    return _page(request, fault, 409) if fault else RedirectResponse(HERE, status_code=303)


def _decide(asking: Confirming, one: Proposal, what: str, name: str) -> str | None:
    """Decide about one name; return what is wrong with that."""
    if what == "protect" and name and not one.contact and asking.is_taken(name):
        return "taken-name"
    if what == "protect":
        asking.protect(one, name or None)
    elif what == "withhold":
        asking.withheld.append(one.text)
    elif what == "keep":
        asking.kept.append(one.text)
    elif what:
        asking.is_called(what, one)
    return None


async def take(request: Request) -> Response:
    """Take the account in once nothing is left to decide, with what its teller agreed to."""
    form = await request.form()
    return await run_in_threadpool(_take, request, form)


def _take(request: Request, form: FormData) -> Response:
    desk = desk_of(request)
    with desk.table.lock:
        asking = desk.table.open
        fault = _stale(desk.table, form)
        if fault is not None or asking is None:
            return _page(request, fault or "gone", 409)
        if asking.left():
            return _page(request, "left", 409)
        agreed = asking.agreed(_field(form, "teller") or None, consent_in(form))
        try:
            asking.opened = accounts.seal_people(desk.case, asking.opened, agreed.people)
            opened, code = accounts.take_account(desk.case, asking.opened, asking.brought, agreed)
            screening.screen_case(desk.case, opened)
        except VaultError as error:
            return _page(request, str(error), 409)
        desk.table.lay(None, code)
    desk.take_in((), None)
    return RedirectResponse(HERE, status_code=303)


def put_away(request: Request) -> Response:
    """Forget the open account, the vault and its key; nothing of it was stored."""
    table = desk_of(request).table
    with table.lock:
        table.lay(None)
    return RedirectResponse(HERE, status_code=303)


def _stale(table: Table, form: FormData) -> str | None:
    if table.open is None:
        return "gone"
    return None if secrets.compare_digest(_field(form, "ticket"), table.ticket) else "stale"


def consent_in(form: FormData) -> Consent:
    """Return what the fields of a form say that somebody agreed to."""
    named = tuple(one.strip() for one in _field(form, "authorities").split(",") if one.strip())
    purposes = [one for one in (PUBLICATION, ADVOCACY) if form.get(one)]
    return Consent(
        (*purposes, *([AUTHORITIES] if named else [])),
        named,
        _field(form, "limits"),
        _field(form, "earlier"),
        now(),
    )


def _field(form: FormData, name: str) -> str:
    return str(form.get(name, "")).strip()[:_LONGEST]


def _page(request: Request, fault: str | None = None, status: int = 200) -> Response:
    """Return the page, with one sentence on what is wrong."""
    desk = desk_of(request)
    asking, table = desk.table.open, desk.table
    told = None if fault is None else _say(request, _TEXTS.get(fault, fault))
    if asking is None:
        holders = bool(keeping.holders(desk.case)[0].holders)
        return page(request, "private.html", status, fault=told, asking=None, holders=holders, done=table.done, unlocked=bool(desk.keys.given()))  # fmt: skip
    left = asking.left()
    return page(
        request,
        "private.html",
        status,
        fault=told,
        asking=asking,
        ticket=table.ticket,
        number=len(left),
        rows=list(_rows(asking, left[:_SHOWN])),
        people=[(who.code, who.pseudonym or who.names[0]) for who in asking.known.people],
    )


def _rows(asking: Confirming, left: tuple[Proposal, ...]) -> Iterator[Mapping[str, object]]:
    for one in left:
        before, after = _around(asking.brought.text, one.spans[0])
        yield {
            "text": one.text,
            "contact": one.contact,
            "times": len(one.spans),
            "before": before,
            "after": after,
        }


def _around(text: str, span: Span) -> tuple[str, str]:
    return text[max(0, span.start - _AROUND) : span.start], text[span.end : span.end + _AROUND]


def said(request: Request, error: NoKeyError) -> str:
    """Return what is wrong with a key, in the language of the interface."""
    return _say(request, str(error)) + (f": {error.why}" if error.why else "")


def _say(request: Request, text: str) -> str:
    return words(language_of(request))(text)
