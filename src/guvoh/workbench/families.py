"""Same origin: the picture of a family, and any two of its reports side by side."""

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response

from guvoh.casefile import tables
from guvoh.model.event import Count, Event, EventStatus
from guvoh.model.lineage import Family
from guvoh.pages.listing import listing
from guvoh.pages.picture import outlet, picture
from guvoh.pages.render import family_rows
from guvoh.pages.texts import texts
from guvoh.show import masked_report, veil_over
from guvoh.words import words
from guvoh.workbench.page import desk_of, language_of, page


def family_list(request: Request) -> Response:
    """List the families with their members, the largest first."""
    with desk_of(request).reading() as db:
        families = sorted(tables.every(db, tables.FAMILY), key=lambda f: (-len(f.members), f.id))[
            :200
        ]
        named = {m.report for f in families for m in (*f.members, *f.citers)}
        reports = tables.several(db, tables.REPORT, sorted(named))
    return page(
        request,
        "families.html",
        families=families,
        outlets={key: outlet(report) for key, report in reports.items()},
        reports=reports,
    )


def one_family(request: Request) -> Response:
    """Show one family: who copied whom, what changed, and both passages side by side."""
    identity = request.path_params["family"]
    with desk_of(request).reading() as db:
        family = tables.get(db, tables.FAMILY, identity)
        if family is None:
            return page(request, "gone.html", 404, moved=None)
        named = {m.report for m in (*family.members, *family.citers)}
        veil = veil_over(db, [family])
        reports = {
            key: masked_report(report, veil)
            for key, report in tables.several(db, tables.REPORT, sorted(named)).items()
        }
    say = words(language_of(request))
    return page(
        request,
        "family.html",
        family=family,
        rows=family_rows(family, reports, say),
        reports=reports,
        outlets={key: outlet(report) for key, report in reports.items()},
        picture=picture(_alone(family), [family], reports, {}, say),
        story=listing(_alone(family), [family], reports, {}, say),
    )


def _alone(family: Family) -> Event:
    """Return a family, and who cites it, as an event without sources, which is what the picture draws."""
    told = tuple(one.report for one in (*family.members, *family.citers))
    alone = Event(
        family.id, (), EventStatus.PAST, "", (), told, (family.id,), 0, count=Count(0, 0, 0, 0)
    )
    held = [text for text in texts(alone, [family]) if text.head is not None]
    return replace(alone, texts=len(held))
