"""Sealed identities and consent, shown to a key-holder who unlocked the vault in this session."""

from dataclasses import replace

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from guvoh.casefile.case import now
from guvoh.casefile.errors import CaseError
from guvoh.pipeline import accounts, keeping
from guvoh.pipeline.keeping import Open
from guvoh.protect.identity import Consent
from guvoh.protect.vault import Told
from guvoh.workbench.desk import Desk
from guvoh.workbench.page import desk_of, page
from guvoh.workbench.private import consent_in, said
from guvoh.workbench.unlocking import NoKeyError, in_memory, key_of

HERE = "/people/sealed"


def sealed(request: Request) -> Response:
    """Show who is sealed and what each teller agreed to, or where the vault is unlocked."""
    return _page(request)


async def unlock(request: Request) -> Response:
    """Keep a key-holder's keys for this session, in memory alone."""
    try:
        form = await in_memory(request)
    except MultiPartException:
        return _page(request, status=400)
    desk = desk_of(request)
    try:
        desk.keys.keep(await run_in_threadpool(key_of, desk.case, form))
    except NoKeyError as error:
        return _page(request, said(request, error), 409)
    except CaseError as error:
        return _page(request, str(error), 409)
    return RedirectResponse(HERE, status_code=303)


def lock(request: Request) -> Response:
    """Forget the keys."""
    desk_of(request).keys.forget()
    return RedirectResponse(HERE, status_code=303)


async def agree(request: Request) -> Response:
    """Record what the teller of an account agrees to from now on, or that consent is withdrawn."""
    async with request.form() as form:
        return await run_in_threadpool(_agree, request, form)


def _agree(request: Request, form: FormData) -> Response:
    desk = desk_of(request)
    try:
        vault = desk.keys.opened(desk.case)
        told = None if vault is None else accounts.find_told(vault, str(form.get("account", "")))
        if vault is None or told is None:
            return _page(request, status=409)
        left = accounts.agree(desk.case, vault, told, _consent(form, told))
    except CaseError as error:
        return _page(request, str(error), 409)
    return _page(request, left=left) if left and form.get("withdraw") else _back(told)


def _consent(form: FormData, told: Told) -> Consent:
    return replace(told.consent, withdrawn=now()) if form.get("withdraw") else consent_in(form)


def _back(told: Told) -> Response:
    return RedirectResponse(f"{HERE}#{told.code}", status_code=303)


def _page(
    request: Request, fault: str | None = None, status: int = 200, left: tuple[str, ...] = ()
) -> Response:
    desk = desk_of(request)
    vault = None
    try:
        vault = desk.keys.opened(desk.case)
        if vault is not None:
            _note(desk, vault)
    except CaseError as error:
        fault, status = str(error), 409
    return page(
        request,
        "sealed.html",
        status,
        fault=fault,
        left=left,
        vault=vault,
        names={one.code: one.names[0] for one in vault.people} if vault else {},
        used=keeping.is_used(desk.case),
        holders=bool(keeping.holders(desk.case)[0].holders),
    )


def _note(desk: Desk, vault: Open) -> None:
    """Journal, once in a session, that each of these is shown, before it is."""
    codes = {*(one.code for one in vault.people), *(one.code for one in vault.told)}
    for code in sorted(codes - desk.keys.shown):
        keeping.note_unsealed(desk.case, code)
        desk.keys.shown.add(code)
