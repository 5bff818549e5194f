"""Decisions as lists show them: what was decided of which passage, and whether it still finds its place."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from guvoh.casefile import lookups, tables
from guvoh.casefile.state import State
from guvoh.model.assessment import Assessment
from guvoh.pipeline import amending
from guvoh.show import masked_report, veil_over


@dataclass(frozen=True, slots=True)
class Told:
    """A decision; `quote` and `report` are empty where there is no such passage to show any more."""

    one: Assessment
    quote: str
    report: str
    detached: bool


def told(db: sqlite3.Connection, known: State, assessments: Sequence[Assessment]) -> list[Told]:
    """Return decisions as a list shows them, without names that their reports do not show any more."""
    ids = lookups.reports_from(db, {one.target.capture for one in assessments})
    families = tables.several(db, tables.FAMILY, set(lookups.families_of(db, ids).values()))
    veil = veil_over(db, list(families.values()))
    held = tables.several(db, tables.REPORT, ids).values()
    lost = set(amending.detached(db))
    found = []
    for one in assessments:
        report = next((r for r in held if r.capture == one.target.capture), None)
        quote = (one.target.quote or "") if report is not None else ""
        capture = known.captures.get(one.target.capture)
        kept_out = capture is None or capture.withheld or one.id in lost
        if report is not None and kept_out and quote not in masked_report(report, veil).text:
            quote = ""  # what it quotes may be what is withheld since
        shown = veil.masked(report.id, quote) if report is not None else ""
        found.append(Told(one, shown, report.id if report is not None else "", one.id in lost))
    return found


def detached(db: sqlite3.Connection, known: State) -> list[Told]:
    """Return the decisions that find no place any more."""
    lost = set(amending.detached(db))
    return told(db, known, [one for one in known.assessments if one.id in lost]) if lost else []
