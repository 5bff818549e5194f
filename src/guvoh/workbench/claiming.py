"""Claims by hand: a passage that the machine missed is added, what it misread is corrected."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from guvoh.casefile import lists, lookups, tables
from guvoh.casefile.lists import EventLine
from guvoh.model.assessment import Content
from guvoh.model.claim import Basis, Claim, Polarity, Reading, SourceKind, Stance
from guvoh.model.report import Report
from guvoh.model.text import Span
from guvoh.pipeline import amending, contents
from guvoh.pipeline.contents import UnreadableError
from guvoh.pipeline.judging import NotFoundError
from guvoh.show import masked_claim, veil_over
from guvoh.workbench.deciding import NO_REASON
from guvoh.workbench.page import desk_of, language_of, page
from guvoh.workbench.sentences import sentences
from guvoh.workbench.veiled import is_veiled

SPARE = 2  # empty rows that a form offers below those that are filled
OFFERED = 40  # events to choose from, those of the report first
_ROWS = {
    "chain": ("name", "kind", "basis", "pseudonym"),
    "participants": ("role", "name", "kind"),
    "times": ("text", "edtf"),
    "quantities": ("text", "low", "high", "of"),
    "places": ("text",),
}
_NEEDED = {"quantities": "text", "times": "text", "places": "text"}  # else the name


@dataclass(frozen=True, slots=True)
class Asked:
    """What is being written of: a passage of a report, the claim that stands there, what it says.

    `seen` names the assessment in force when the form was opened, empty where there was none.
    """

    report: Report
    passage: str
    target: str
    verdict: str
    content: Content
    seen: str = ""
    claim: str = ""


def adding(request: Request) -> Response:
    """Offer the sentences of a report to choose from or, once some are chosen, the form."""
    identity = request.path_params["report"]
    with desk_of(request).reading() as db:
        report = tables.get(db, tables.REPORT, identity)
        reading = tables.get(db, tables.READING, identity) or Reading(identity)
        if report is None or is_veiled(desk_of(request), db, report):
            return page(request, "gone.html", 404, moved=None)
    span = _chosen(request.query_params.getlist("at"))
    if span is None or span.end > len(report.text):
        listed = [(one, report.text[one.start : one.end]) for one in reading.sentences]
        return page(request, "passages.html", report=report, sentences=listed)
    span = _trimmed(report.text, span)
    if span.end - span.start > contents.LONGEST or span.start == span.end:
        return page(request, "gone.html", 404, moved=None)
    proposed = contents.propose(report, span)
    target = f"{report.id}:{span.start}-{span.end}"
    return _form(
        request, Asked(report, report.text[span.start : span.end], target, "add", proposed)
    )


def correcting(request: Request) -> Response:
    """Show the form with what is read in a claim now."""
    asked = _asked(request, request.path_params["claim"])
    return _form(request, asked) if asked else page(request, "gone.html", 404, moved=None)


async def save(request: Request) -> Response:
    """Journal what a person read; back to the claim in its report.

    What no claim can hold, and a claim that someone has assessed since the form was opened, bring the
    form back with all that was written.
    """
    async with request.form() as form:
        fields = _fields(form)
        told = {key: str(form.get(key, "")) for key in ("target", "verdict", "seen", "event")}
        reason = str(form.get("reason", "")).strip()[:2000] or NO_REASON
    return await run_in_threadpool(_save, request, told, fields, reason)


def _save(
    request: Request, told: Mapping[str, str], fields: Mapping[str, Any], reason: str
) -> Response:
    desk = desk_of(request)
    asked = _asked(request, told["target"])
    if asked is None or told["verdict"] not in ("add", "correct"):
        return page(request, "gone.html", 409, moved=None)
    try:
        contents.taken(fields, asked.content)
    except UnreadableError as trouble:
        return _form(request, asked, 400, trouble=str(trouble), fields=fields, reason=reason)
    if asked.seen != told["seen"]:
        return _form(request, asked, 409, trouble=_MEANWHILE, fields=fields, reason=reason)
    try:
        desk.judge(told["target"], told["verdict"], reason, told["event"] or None, fields)
    except NotFoundError as refusal:
        return page(request, "message.html", 409, text=str(refusal), back="/reports")
    with desk.reading() as db:
        reading = tables.get(db, tables.READING, asked.report.id) or Reading("")
    at = next((one.id for one in reading.claims if one.text == asked.passage), "")
    return RedirectResponse(f"/reports/{quote(asked.report.id)}#c-{at}", status_code=303)


_MEANWHILE = (
    "Someone has assessed this claim since you opened the form. Below is what you wrote; "
    "save once more to put it in the place of theirs."
)


def _asked(request: Request, target: str) -> Asked | None:
    """Return what a target means now: a claim by its id, or a passage of a report."""
    desk = desk_of(request)
    report_id, _, place = target.rpartition(":")
    span = _chosen([place]) if report_id else None
    with desk.reading() as db:
        if span is not None:
            report = tables.get(db, tables.REPORT, report_id)
            if report is None or span.end > len(report.text) or is_veiled(desk, db, report):
                return None
            text = report.text[span.start : span.end]
            at = report.map.bytes_of(span, report.text)
            seen = next(
                (
                    one.id
                    for one in desk.known().assessments
                    if one.content
                    and (one.target.capture, one.target.bytes) == (report.capture, at)
                ),
                "",
            )
            empty = Content((), Stance.ASSERTED.value)
            return Asked(report, text, target, "add", empty, seen)
        found = _claim(db, target)
        if found is None or is_veiled(desk, db, found[1]):
            return None
        claim, report = found
        seen = {held: one for one, held in amending.placed(db).items()}.get(claim.id, "")
    return Asked(
        report, claim.text, claim.id, "correct", contents.content_of(claim), seen, claim.id
    )


def _claim(db: sqlite3.Connection, identity: str) -> tuple[Claim, Report] | None:
    holder = lookups.reports_of(db, [identity]).get(identity, "")
    reading, report = tables.get(db, tables.READING, holder), tables.get(db, tables.REPORT, holder)
    if reading is None or report is None:
        return None
    claim = next(one for one in reading.claims if one.id == identity)
    family = lookups.families_of(db, [holder]).get(holder, "")
    veil = veil_over(db, list(tables.several(db, tables.FAMILY, [family]).values()))
    # A claim that supplies what is withheld elsewhere is not opened for writing.
    return (claim, report) if masked_claim(claim, veil) == claim else None


def _form(
    request: Request,
    asked: Asked,
    status: int = 200,
    *,
    trouble: str = "",
    fields: Mapping[str, Any] | None = None,
    reason: str = "",
) -> Response:
    shown = fields or _written(asked.content)
    return page(
        request,
        "claim.html",
        status,
        asked=asked,
        rows={key: [*shown[key], *({} for _ in range(SPARE))] for key in _ROWS},
        chosen=shown,
        trouble=trouble,
        reason=reason,
        stances=[one.value for one in Stance],
        polarities=[one.value for one in Polarity],
        kinds=[one.value for one in SourceKind],
        bases=[one.value for one in Basis],
        roles=contents.ROLES,
        parties=contents.PARTIES,
        acts=contents.acts(),
        events=_events(request, asked) if asked.verdict == "add" else [],
    )


def _events(request: Request, asked: Asked) -> list[EventLine]:
    """Return the events that a new claim may belong to: those of its report, then what most tell of."""
    with desk_of(request).reading() as db:
        own = lists.event_lines(db, set(lists.events_of_report(db, asked.report.id).values()))
        others = [
            one for one in lists.events(db, lists.Wanted(), most=OFFERED)[0] if one not in own
        ]
        return sentences(db, [*own, *others][:OFFERED], language_of(request))


def _written(content: Content) -> dict[str, Any]:
    """Return a content as the fields of a form."""
    return {
        "stance": content.stance,
        "polarity": content.polarity,
        "acts": list(content.acts),
        "chain": [
            {"name": s.name, "kind": s.kind, "basis": s.basis, "pseudonym": s.pseudonym}
            for s in content.chain
        ],
        "participants": [
            {"role": p.role, "name": p.name, "kind": p.kind} for p in content.participants
        ],
        "times": [{"text": t.text, "edtf": t.edtf} for t in content.times],
        "quantities": [
            {"text": q.text, "low": q.low, "high": q.high, "of": q.of} for q in content.quantities
        ],
        "places": [{"text": place} for place in content.places],
    }


def _fields(form: FormData) -> dict[str, Any]:
    """Return what a form holds, with the keys of `show claims --json`; rows left empty are none."""
    found: dict[str, Any] = {
        "stance": str(form.get("stance", "")),
        "polarity": str(form.get("polarity", "")),
        "acts": [str(one) for one in form.getlist("acts")],
    }
    for key, columns in _ROWS.items():
        found[key] = []
        for at in range(contents.MOST):
            row = {one: str(form.get(f"{key}-{at}-{one}", "")).strip() for one in columns}
            if row[_NEEDED.get(key, "name")]:
                found[key].append(_row(key, row))
    return found


def _row(key: str, row: dict[str, str]) -> dict[str, Any]:
    if key == "chain":
        return {**row, "pseudonym": bool(row["pseudonym"])}
    if key == "quantities":
        high = _number(row["high"]) if row["high"] else None
        return {**row, "low": _number(row["low"]), "high": high, "of": row["of"] or None}
    return dict(row)


def _number(text: str) -> int | float | str:
    """Return the number that a text is, else the text, which no claim can hold and is said so."""
    plain = text.replace(" ", "").replace("\N{NO-BREAK SPACE}", "").replace(",", ".")
    try:
        number = float(plain)
    except ValueError:
        return text
    return int(number) if number.is_integer() else number


def _chosen(asked: list[str]) -> Span | None:
    """Return the passage from the first to the last of what was chosen ("120-184")."""
    ends: list[int] = []
    for one in asked:
        first, dash, last = one.partition("-")
        if not (dash and first.isascii() and last.isascii() and first.isdigit() and last.isdigit()):
            return None
        if len(one) > 20 or int(first) >= int(last):
            return None
        ends += [int(first), int(last)]
    return Span(min(ends), max(ends)) if ends else None


def _trimmed(text: str, span: Span) -> Span:
    """Return a passage without the white space at its ends."""
    passage = text[span.start : span.end]
    start = span.start + len(passage) - len(passage.lstrip())
    return Span(start, max(start, span.start + len(passage.rstrip())))
