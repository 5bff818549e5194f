"""People: sources and those affected, with spellings, pseudonyms and what is withheld."""

from starlette.requests import Request
from starlette.responses import Response

from guvoh.casefile import lists, tables
from guvoh.workbench.filters import address, filters, page_number
from guvoh.workbench.page import desk_of, page

KINDS = ("person", "group", "organisation", "document")


def people_list(request: Request) -> Response:
    """List people, a page at a time; any spelling or script of a name finds them."""
    kept = filters(request.query_params)
    kind = request.query_params.get("kind", "")
    kept_kind = {**kept, "kind": kind} if kind in KINDS else kept
    number = page_number(request.query_params)
    with desk_of(request).reading() as db:
        ids, total = lists.people(db, kept.get("q", ""), kind if kind in KINDS else "", number)
        found = tables.several(db, tables.PERSON, ids)
        reports = {i.partition("/")[0] for person in found.values() for i in [person.id]}
        files = tables.several(db, tables.REPORT, sorted(reports))
    return page(
        request,
        "people.html",
        rows=[found[i] for i in ids if i in found],
        files=files,
        kinds=KINDS,
        kind=kind,
        total=total,
        number=number,
        size=lists.PAGE,
        kept=kept_kind,
        address=address,
    )
