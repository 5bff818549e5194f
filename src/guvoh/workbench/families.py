"""Same origin: the picture of a family, and any two of its reports side by side."""

from dataclasses import dataclass, replace

from starlette.requests import Request
from starlette.responses import Response

from guvoh.casefile import lists, lookups, tables
from guvoh.model.event import Count, Event, EventStatus
from guvoh.model.lineage import Family, MissingOrigin, Relation
from guvoh.pages.listing import listing
from guvoh.pages.picture import outlet, picture
from guvoh.pages.render import family_rows
from guvoh.pages.texts import texts
from guvoh.show import masked_report, veil_over
from guvoh.words import words
from guvoh.workbench.filters import address, behind, filters, page_number
from guvoh.workbench.page import desk_of, language_of, page

NAMED = 12  # members of a family that a list names


@dataclass(frozen=True, slots=True)
class _Named:
    """A member of a family, as a list names it."""

    report: str
    relation: Relation


@dataclass(frozen=True, slots=True)
class _Listed:
    """A family, what a list shows of it alone: to decode all that changed takes far longer."""

    id: str
    members: tuple[_Named, ...]
    origin: str | None
    missing_origin: MissingOrigin | None = None


_LISTED = tables.Table("family", _Listed, ("id",), (), lambda one: (one.id,))


def family_list(request: Request) -> Response:
    """List the families with their members, the largest first."""
    kept = filters(request.query_params)
    desk = desk_of(request)
    with desk.reading() as db:
        told = behind(db, desk.totals, kept) if kept else None
        among = None if told is None else set(lookups.families_of(db, told).values())
        every = desk.totals.get(db, "families", lambda: lists.families(db))
        ids = every if among is None else [one for one in every if one in among]
        number = page_number(request.query_params)
        shown = ids[number * lists.PAGE : (number + 1) * lists.PAGE]
        held = tables.several(db, _LISTED, shown)
        families = [held[one] for one in shown]
        named = {m.report for f in families for m in f.members[:NAMED]}
        named |= {f.origin for f in families if f.origin}
        outlets, spoken = lookups.outlets(db, named), lists.languages_of(db, named)
        choices = desk.totals.choices(db)
    return page(
        request,
        "families.html",
        families=families,
        named=NAMED,
        total=len(ids),
        number=number,
        size=lists.PAGE,
        kept=kept,
        address=address,
        acts=choices[0],
        languages=choices[1],
        outlets=outlets,
        spoken=spoken,
    )


def one_family(request: Request) -> Response:
    """Show one family: who copied whom, what changed, and both passages side by side."""
    identity = request.path_params["family"]
    with desk_of(request).reading() as db:
        family = tables.get(db, tables.FAMILY, identity)
        if family is None:
            return page(request, "gone.html", 404, moved=None)
        named = {m.report for m in (*family.members, *family.citers)}
        # Who cites it belongs to another family, whose versions withhold things of their own.
        beside = set(lookups.families_of(db, sorted(named)).values())
        veil = veil_over(db, list(tables.several(db, tables.FAMILY, sorted(beside)).values()))
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
