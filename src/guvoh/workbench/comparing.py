"""Any two reports side by side: sentence by sentence, what is worded otherwise marked, and who derives from whom."""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from guvoh.casefile import lists, lookups, search, tables
from guvoh.casefile.state import State
from guvoh.corroborate.veil import Veil
from guvoh.lineage.align import Aligned, Alignment, align
from guvoh.lineage.extent import LEAST_SHARED, MERGED, partners
from guvoh.lineage.relate import described, relate
from guvoh.lineage.side import Side
from guvoh.lineage.wording import differences
from guvoh.model.assessment import Assessment
from guvoh.model.lineage import Change, Derivation, Family, Member, Relation
from guvoh.model.report import Report
from guvoh.pages.labels import change, day, how, outlet
from guvoh.pages.labels import language_of as spoken
from guvoh.pages.render import marked
from guvoh.pages.texts import weighty
from guvoh.pipeline.grouping import Sides
from guvoh.show import masked_report, veil_over
from guvoh.words import Words, words
from guvoh.workbench.page import desk_of, language_of, page

ROWS = 400  # pairs of sentences on one page; the rest of two longer reports is left out
OFFERED = 30  # reports to choose from


@dataclass(frozen=True, slots=True)
class Row:
    """Sentences that go together, in pieces with whether each is worded otherwise.

    Where they are `alone` they stand in one report only, and one of the two may be empty; `moved` says
    that the right one stands elsewhere in its report.
    """

    left: Sequence[tuple[str, bool]]
    right: Sequence[tuple[str, bool]]
    alone: bool = False
    moved: bool = False
    same: bool = False


def comparing(request: Request) -> Response:
    """Show two reports side by side, or what a first one can be laid beside."""
    one, other = (request.query_params.get(key, "") for key in ("one", "other"))
    desk = desk_of(request)
    with desk.reading() as db:
        held = tables.several(db, tables.REPORT, {one, other})
        if one not in held:
            return page(request, "gone.html", 404, moved=None)
        if other not in held or one == other:
            asked = request.query_params.get("q", "").strip()[:300]
            return page(request, "beside.html", **_choice(db, held[one], asked))
        return page(
            request,
            "compare.html",
            **_compared(db, desk.known(), (one, other), words(language_of(request))),
        )


def _compared(
    db: sqlite3.Connection, known: State, asked: tuple[str, str], say: Words
) -> dict[str, Any]:
    sides = Sides(db).load(asked)
    found = relate(*(sides[one] for one in asked))
    decided = _decided(known, *sides.values())
    left, right = _order(found, decided, sides)
    if found is not None:
        found = described(found, left, right)
    veil = _veil(db, found, left, right)
    reports = [masked_report(side.report, veil) for side in (left, right)]
    alignment = align(left.cut, right.cut, across=left.base != right.base)
    rows = list(_rows(left, right, reports, alignment))
    held = lookups.families_of(db, [left.id, right.id])
    return {
        "left": reports[0],
        "right": reports[1],
        "outlets": [outlet(one) for one in reports],
        "languages": [spoken(one.language, say) for one in reports],
        "days": [day(one, say, True) for one in reports],
        "found": found,
        "how": _how(found, reports, say) if found else "",
        "sure": found.confidence // 10 if found else 0,
        "evidence": [say.sentence(text) for text in (found.for_ if found else ())],
        "against": [say.sentence(text) for text in (found.against if found else ())],
        "changes": _changes(found, veil, say) if found else [],
        "decided": decided,
        "family": held.get(left.id) if len(set(held.values())) == 1 and len(held) > 1 else None,
        "rows": rows[:ROWS],
        "more": max(0, len(rows) - ROWS),
        "shared": sum(not row.alone for row in rows),
        "sentences": max(len(left.units), len(right.units)),
    }


def _decided(known: State, one: Side, other: Side) -> Assessment | None:
    """Return the latest decision in force on how two reports derive, None where there is none."""
    ends = {one.capture, other.capture}
    return next(
        (
            said
            for said in reversed(known.assessments)
            if said.target.noun == "derivation" and {said.target.capture, said.target.other} == ends
        ),
        None,
    )


def _order(
    found: Derivation | None, decided: Assessment | None, sides: dict[str, Side]
) -> tuple[Side, Side]:
    """Return the two as they are laid: what the other derives from on the left, else as asked for."""
    one, other = sides.values()
    if decided is not None and decided.verdict == "parent":
        return (one, other) if decided.target.other == one.capture else (other, one)
    if found is not None and found.parent == other.id:
        return other, one
    return one, other


def _veil(db: sqlite3.Connection, found: Derivation | None, left: Side, right: Side) -> Veil:
    """Return a veil over both as if they were versions of one text, for so they are laid here."""
    held = lookups.families_of(db, [left.id, right.id])
    families = list(tables.several(db, tables.FAMILY, set(held.values())).values())
    if found is not None and len(set(held.values())) != 1:
        edge = replace(found, parent=left.id, child=right.id)
        members = (
            Member(left.id, Relation.ORIGIN, None, 1000),
            Member(right.id, found.relation, left.id, found.confidence, derivation=edge),
        )
        families.append(Family(left.id, members, left.id))
    return veil_over(db, families)


def _how(found: Derivation, reports: Sequence[Report], say: Words) -> str:
    """Say who derives from whom, and how, as the machine finds it."""
    called = {one.id: outlet(one) for one in reports}
    member = Member(found.child, found.relation, found.parent, found.confidence, derivation=found)
    return f"{called[found.child]}: {how(member, called[found.parent], say)}"


def _changes(found: Derivation, veil: Veil, say: Words) -> list[str]:
    """Return what changed, each once and the most telling first, without what either withholds."""
    covered = replace(found, changes=tuple(_covered(found, one, veil) for one in found.changes))
    return [change(*one, say) for one in weighty(covered)]


def _covered(found: Derivation, one: Change, veil: Veil) -> Change:
    return replace(
        one,
        from_=one.from_ and veil.masked(found.parent, one.from_),
        to=one.to and veil.masked(found.child, one.to),
    )


def _rows(
    left: Side, right: Side, reports: Sequence[Report], alignment: Alignment
) -> Iterator[Row]:
    """Yield the sentences of both in order; those that go together in one row."""
    across = left.base != right.base
    chain = partners(alignment.chain, left, right, across=across, least=LEAST_SHARED)
    free = partners(alignment.free, left, right, across=across, least=MERGED)
    inside = {link.left for link in chain}, {link.right for link in chain}
    moved = {
        link.left: link
        for link in free
        if link.left not in inside[0] and link.right not in inside[1]
    }
    taken = inside[1] | {link.right for link in moved.values()}
    ends = Aligned(len(left.units), len(right.units), 0)
    here = there = 0
    for link in (*chain, ends):
        ours = [at for at in range(here, link.left) if at not in moved]
        theirs = [at for at in range(there, link.right) if at not in taken]
        if ours or theirs:
            yield Row(_alone(left, reports[0], ours), _alone(right, reports[1], theirs), alone=True)
        for at in range(here, link.left):
            if at in moved:
                yield replace(_row(left, right, reports, moved[at]), moved=True)
        if link is not ends:
            yield _row(left, right, reports, link)
        here, there = link.left + 1, link.right + 1


def _row(left: Side, right: Side, reports: Sequence[Report], link: Aligned) -> Row:
    """Return two sentences that go together, with what is worded otherwise where the language is one."""
    ours, theirs = left.units[link.left].span, right.units[link.right].span
    texts = reports[0].text, reports[1].text
    found = None if left.base != right.base else differences(texts[0], ours, texts[1], theirs)
    return Row(
        marked(texts[0], ours, [one.left for one in found or ()]),
        marked(texts[1], theirs, [one.right for one in found or ()]),
        same=found == (),
    )


def _alone(side: Side, report: Report, sentences: Sequence[int]) -> list[tuple[str, bool]]:
    """Return sentences that follow each other in one report alone, as one piece."""
    spans = [side.units[at].span for at in sentences]
    text = " ".join(report.text[span.start : span.end] for span in spans)
    return [(text, False)] if spans else []


def _choice(db: sqlite3.Connection, report: Report, asked: str) -> dict[str, Any]:
    """Return what a report can be laid beside: its family, who tells of the same, or what holds words."""
    if asked:
        ids = search.find(db, asked, OFFERED)
    else:
        family = lookups.families_of(db, [report.id]).get(report.id, "")
        events = tables.several(
            db, tables.EVENT, set(lists.events_of_report(db, report.id).values())
        )
        ids = [
            *(
                m.report
                for f in tables.several(db, tables.FAMILY, [family]).values()
                for m in f.members
            ),
            *(one for event in events.values() for one in event.reports),
        ]
    near = [one for one in dict.fromkeys(ids) if one != report.id][:OFFERED]
    far = not near and not asked
    if far:
        near = [one for one in lists.reports(db, "", None)[0] if one != report.id][:OFFERED]
    families = tables.several(
        db, tables.FAMILY, set(lookups.families_of(db, [report.id, *near]).values())
    )
    veil = veil_over(db, list(families.values()))
    held = tables.several(db, tables.REPORT, near)
    shown = [masked_report(held[one], veil) for one in near if one in held]
    return {
        "report": masked_report(report, veil),
        "asked": asked,
        "far": far,
        "others": [(one, outlet(one)) for one in shown],
    }
