"""Reports: the list, the text with what was read marked in it, and the original beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from guvoh.casefile import captures, lists, lookups, tables
from guvoh.clean.decode import decode
from guvoh.model.assessment import Assessment
from guvoh.model.claim import Claim, Reading
from guvoh.model.text import Span
from guvoh.pages.picture import outlet
from guvoh.pipeline import amending
from guvoh.show import masked_claim, masked_report, veil_over
from guvoh.workbench.deciding import NO_REASON
from guvoh.workbench.filters import address, behind, filters, page_number
from guvoh.workbench.page import desk_of, language_of, page
from guvoh.workbench.sentences import sentences
from guvoh.workbench.veiled import is_veiled

RAW_SHOWN = 200_000  # characters of an original that are shown; the rest can be downloaded
# A page of somebody else's is drawn without network, script, forms or an origin of its own.
_SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that is marked alike: its kinds ("claim", "time" …) and the claims it is in."""

    text: str
    kinds: tuple[str, ...]
    claims: tuple[str, ...]
    opens: tuple[str, ...]


def report_list(request: Request) -> HTMLResponse:
    """List reports, a page at a time."""
    kept = filters(request.query_params)
    number = page_number(request.query_params)
    desk = desk_of(request)
    with desk.reading() as db:
        choices = desk.totals.choices(db)
        among = behind(db, desk.totals, kept)
        ids, total = lists.reports(db, kept.get("language", ""), among, number)
        families = lookups.families_of(db, ids)
        wanted = tables.several(db, tables.FAMILY, families.values())
        veil = veil_over(db, list(wanted.values()))
        found = tables.several(db, tables.REPORT, ids)
        rows = [(masked_report(found[i], veil), families.get(i)) for i in ids if i in found]
        return page(
            request,
            "reports.html",
            rows=rows,
            outlet=outlet,
            total=total,
            number=number,
            size=lists.PAGE,
            kept=kept,
            address=address,
            acts=choices[0],
            languages=choices[1],
        )


def one_report(request: Request) -> Response:
    """Show a report's text with claims, times, places and numbers marked, and each claim beside it."""
    identity = request.path_params["report"]
    with desk_of(request).reading() as db:
        report = tables.get(db, tables.REPORT, identity)
        if report is None:
            return page(request, "gone.html", 404, moved=None)
        reading = tables.get(db, tables.READING, identity) or Reading(identity)
        family = lookups.families_of(db, [identity]).get(identity)
        families = list(tables.several(db, tables.FAMILY, [family] if family else []).values())
        veil = veil_over(db, families)
        shown = masked_report(report, veil)
        claims = sorted(
            (masked_claim(claim, veil) for claim in reading.claims), key=lambda one: one.span
        )
        events = lists.events_of_report(db, identity)
        told = sentences(db, lists.event_lines(db, set(events.values())), language_of(request))
        lines = {line.id: line for line in told}
        findings = tables.where(db, tables.FINDING, "report", identity)
        placed = amending.placed(db)
        aimed = {**amending.decided(db), **placed}
        veiled = is_veiled(desk_of(request), db, report)
    decided: dict[str, list[Assessment]] = {}
    for one in desk_of(request).known().assessments:
        if one.id in aimed:
            decided.setdefault(aimed[one.id], []).append(one)
    return page(
        request,
        "report.html",
        report=shown,
        outlet=outlet(shown),
        paragraphs=[
            (paragraph.start, pieces(shown.text, paragraph, claims, reading))
            for paragraph in shown.paragraphs
        ],
        decided=decided,
        by_hand=set(placed.values()),
        no_reason=NO_REASON,
        claims=claims,
        numbers={claim.id: number for number, claim in enumerate(claims, 1)},
        events=events,
        lines=lines,
        family=families[0] if families else None,
        findings=findings,
        veiled=veiled,
    )


def claim(request: Request) -> Response:
    """Lead to a claim where it stands in its report."""
    identity = request.path_params["claim"]
    with desk_of(request).reading() as db:
        held = lookups.reports_of(db, [identity]).get(identity)
    if held is None:
        return page(request, "gone.html", 404, moved=None)
    return RedirectResponse(f"/reports/{quote(held)}#c-{identity}", status_code=303)


def pieces(text: str, paragraph: Span, claims: Sequence[Claim], reading: Reading) -> list[Piece]:
    """Cut a paragraph where a mark begins or ends; each piece knows all marks over it."""
    marks: list[tuple[Span, str, str]] = [
        (span, "claim", claim.id) for claim in claims for span in claim.spans
    ]
    marks += [(claim.cue, "cue", "") for claim in claims if claim.cue]
    marks += [(one.span, "time", "") for one in reading.times]
    marks += [(one.span, "number", "") for one in reading.quantities]
    marks += [(one.span, "place", "") for one in reading.places]
    inside = [(s, k, c) for s, k, c in marks if s.start < paragraph.end and paragraph.start < s.end]
    edges = {paragraph.start, paragraph.end}
    for span, _, _ in inside:
        edges |= {max(span.start, paragraph.start), min(span.end, paragraph.end)}
    first = {claim.id: claim.spans[0].start for claim in claims}
    cut: list[Piece] = []
    for start, end in pairwise(sorted(edges)):
        over = [(kind, claim) for span, kind, claim in inside if span.start <= start < span.end]
        within = tuple(dict.fromkeys(claim for _, claim in over if claim))
        cut.append(
            Piece(
                text[start:end],
                tuple(dict.fromkeys(kind for kind, _ in over)),
                within,
                tuple(claim for claim in within if first[claim] == start),
            )
        )
    return cut


def original(request: Request) -> Response:
    """Show a capture: its bytes as text, as a page without network and script, or as a download."""
    digest, how = request.path_params["capture"], request.path_params["how"]
    desk = desk_of(request)
    with desk.reading() as db:
        # A capture of many reports shows nothing while one of them supplies what is withheld.
        found = tables.where(db, tables.REPORT, "capture", digest)
        if not found or any(is_veiled(desk, db, one) for one in found):
            return PlainTextResponse("This original is not shown here.\n", status_code=404)
    data = captures.read(desk.case, digest)
    headers = {"content-security-policy": _SANDBOX, "x-dns-prefetch-control": "off"}
    if how == "bytes" or found[0].map.pieces:
        headers["content-disposition"] = f'attachment; filename="{digest[:16]}.bin"'
        return Response(data, media_type="application/octet-stream", headers=headers)
    text = decode(data).text
    if how == "page":
        return Response(text, media_type="text/html; charset=utf-8", headers=headers)
    return PlainTextResponse(text[:RAW_SHOWN], headers=headers)
