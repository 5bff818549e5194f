"""Search over reports, events and people, in any script."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from guvoh.casefile import lists, lookups, tables
from guvoh.casefile.search import find
from guvoh.languages.fold import fold, fold_mapped
from guvoh.model.report import Report
from guvoh.model.text import Span
from guvoh.pages.picture import outlet
from guvoh.pages.render import marked
from guvoh.show import masked_report, veil_over
from guvoh.workbench.filters import VIEWS
from guvoh.workbench.page import desk_of, language_of, page
from guvoh.workbench.sentences import sentences

SHOWN = 20
AROUND = 90  # characters shown on each side of what was found


def searching(request: Request) -> HTMLResponse:
    """Show what holds the words asked for."""
    asked = request.query_params.get("q", "").strip()[:300]
    with desk_of(request).reading() as db:
        ids = find(db, asked, 200) if asked else []
        shown = ids[:SHOWN]
        families = tables.several(db, tables.FAMILY, set(lookups.families_of(db, shown).values()))
        veil = veil_over(db, list(families.values()))
        found = tables.several(db, tables.REPORT, shown)
        reports = [masked_report(found[i], veil) for i in shown if i in found]
        persons, people = lists.people(db, asked, "", 0) if asked else ([], 0)
        events, number = (
            lists.events(db, lists.Wanted(reports=tuple(ids)), most=SHOWN) if ids else ([], 0)
        )
        return page(
            request,
            "search.html",
            asked=asked,
            reports=[(report, outlet(report), _around(report, asked)) for report in reports],
            total=len(ids),
            people=list(tables.several(db, tables.PERSON, persons[:SHOWN]).values()),
            persons=people,
            events=sentences(db, events, language_of(request)),
            number=number,
        )


async def save(request: Request) -> Response:
    """Keep a search or a narrowed list under a name, or forget it where no address is sent."""
    async with request.form() as form:
        name = " ".join(str(form.get("name", "")).split())[:80]
        to = str(form.get("address", ""))
    path = to.partition("?")[0]
    if not name or (to and (path not in (*VIEWS, "/search") or len(to) > 2000)):
        return page(request, "gone.html", 409, moved=None)
    await run_in_threadpool(desk_of(request).save_search, name, to or None)
    return RedirectResponse(to or "/search", status_code=303)


def _around(report: Report, asked: str) -> list[tuple[str, bool]]:
    """Return the words around the first thing found, cut into pieces that are marked or not."""
    words = [w for w in fold(asked.replace('"', " ").replace("*", " ")).split() if w]
    for paragraph in report.paragraphs:  # most hold a word early, and to fold takes long
        folded, back = fold_mapped(report.text[paragraph.start : paragraph.end])
        hits = sorted((at, len(word)) for word in words if (at := folded.find(word)) >= 0)
        if hits:
            start, size = hits[0]
            end = min(start + size, len(back) - 1)
            first, last = back[start], max(back[end], back[start] + 1)
            hit = Span(paragraph.start + first, paragraph.start + last)
            around = Span(max(0, hit.start - AROUND), min(len(report.text), hit.end + AROUND))
            return marked(report.text, around, [hit])
    return [(report.text[: 2 * AROUND], False)]
