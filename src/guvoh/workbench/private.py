"""Private accounts: unlocked, confirmed name by name, taken in under codes; all of it in memory until then."""

import secrets
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePath

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from guvoh.casefile.case import now
from guvoh.casefile.errors import CaseError
from guvoh.model.text import Span
from guvoh.pipeline import accounts, keeping, screening
from guvoh.pipeline.accounts import MOST
from guvoh.pipeline.confirming import Confirming
from guvoh.pipeline.keeping import VaultError
from guvoh.protect import age
from guvoh.protect.age import SealError
from guvoh.protect.identity import ADVOCACY, AUTHORITIES, PUBLICATION, Consent
from guvoh.protect.pseudonyms import Proposal
from guvoh.words import words
from guvoh.workbench.desk import Table
from guvoh.workbench.page import desk_of, language_of, page

HERE = "/private"
_AROUND = 60  # characters of the account shown on each side of a name that is asked about
_SHOWN = 100  # names asked about on one page, the longest first
_LONGEST = 2000  # characters of what is written in a field
_KEY = 1 << 20  # bytes of a key file
_TEXTS = {
    "no-account": "Choose the file with the account.",
    "no-key": "Choose your key file.",
    "not-key-holder": "This key is no key-holder's. Choose the key of a key-holder.",
    "stale": "This page was not the last one. Nothing was taken from it; go on here.",
    "taken-name": "That is a name of somebody protected. Choose another pseudonym.",
    "left": "Decide about every name first.",
    "gone": "No account lies open here. Open it again.",
}


class _InMemory(MultiPartParser):
    """Reads what is sent without a temporary file: it is sealed before it reaches a disk."""

    spool_max_size = MOST + _KEY


def private(request: Request) -> Response:
    """Show where an account is opened, or what is still to be decided about the open one."""
    return _page(request)


async def unlock(request: Request) -> Response:
    """Open an account and the vault, both in memory."""
    try:
        form = await _InMemory(request.headers, request.stream(), max_files=2).parse()
    except MultiPartException:
        return _page(request, "no-account", 400)
    told, key = form.get("account"), form.get("key")
    if not isinstance(told, UploadFile) or not told.filename:
        return _page(request, "no-account", 400)
    if not isinstance(key, UploadFile) or not key.filename:
        return _page(request, "no-key", 400)
    name, data = told.filename, await told.read(MOST + 1)
    given = await key.read(_KEY)
    phrase = str(form.get("passphrase", "")) or None
    await form.close()
    return await run_in_threadpool(_unlock, request, name, data, given, phrase)


def _unlock(request: Request, name: str, data: bytes, key: bytes, phrase: str | None) -> Response:
    desk = desk_of(request)
    try:
        keys = age.unwrap(key, phrase)
        if not keeping.holds_key(desk.case, keys):
            return _page(request, "not-key-holder", 409)
        opened = keeping.unlock(desk.case, keys)
        brought = accounts.brought(Path(PurePath(name.replace("\\", "/")).name), data)
    except SealError as error:
        return _page(request, _say(request, "The key file cannot be used") + f": {error}", 409)
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
        agreed = asking.agreed(_field(form, "teller") or None, _consent(form))
        try:
            asking.opened = accounts.seal_people(desk.case, asking.opened, agreed.people)
            opened, code = accounts.take_account(desk.case, asking.opened, asking.brought, agreed)
            screening.screen_case(desk.case, opened)
        except VaultError as error:
            return _page(request, str(error), 409)
        desk.table.lay(None, code)
    desk.take_in((), None, lambda: None)
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


def _consent(form: FormData) -> Consent:
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
    said = None if fault is None else _say(request, _TEXTS.get(fault, fault))
    if asking is None:
        holders = bool(keeping.holders(desk.case)[0].holders)
        return page(request, "private.html", status, fault=said, asking=None, holders=holders, done=table.done)  # fmt: skip
    left = asking.left()
    return page(
        request,
        "private.html",
        status,
        fault=said,
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


def _say(request: Request, text: str) -> str:
    return words(language_of(request))(text)
