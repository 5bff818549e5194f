"""Writes the working copy's pages: one per event, and the index."""

import sqlite3
from contextlib import closing
from pathlib import Path

from guvoh.casefile import derived, tables
from guvoh.casefile.case import Case
from guvoh.model.claim import Claim
from guvoh.model.event import Event
from guvoh.pages.picture import outlet
from guvoh.pages.render import CaseView, EventView, event_order, event_page, index_page
from guvoh.progress import Silent
from guvoh.show import masked_claim, masked_report, veil_over


def write_pages(case: Case, language: str, progress: Silent) -> Path:
    """Write the index and a page per event into the case's `pages` folder; return the index.

    Each file is replaced whole, so that an open page is never half of one; pages of events that
    are gone are removed.
    """
    folder = case.root / "pages"
    folder.mkdir(exist_ok=True)
    with closing(derived.connect_reader(case)) as db, derived.snapshot(db):
        events = sorted(tables.every(db, tables.EVENT), key=event_order)
        progress.begin("writing pages", len(events))
        for event in events:
            _write(folder / f"event-{event.id}.html", event_page(event_view(db, event), language))
            progress.step()
        index = folder / "index.html"
        _write(index, index_page(_case_view(case, db, events), language))
    wanted = {f"event-{event.id}.html" for event in events} | {"index.html"}
    for path in folder.glob("*.html"):
        if path.name not in wanted:
            path.unlink()
    return index


def event_view(db: sqlite3.Connection, event: Event) -> EventView:
    """Return what an event's page needs, masked."""
    families = tables.several(db, tables.FAMILY, event.families)
    named = {*event.reports, *(m.report for f in families.values() for m in f.members)}
    readings = tables.several(db, tables.READING, event.reports)
    veil = veil_over(db, list(families.values()))
    claims: dict[str, Claim] = {
        claim.id: masked_claim(claim, veil)
        for reading in readings.values()
        for claim in reading.claims
    }
    reports = tables.several(db, tables.REPORT, sorted(named))
    warnings = [w for w in tables.every(db, tables.WARNING) if set(w.claims) & set(event.claims)]
    return EventView(
        event,
        tuple(families.values()),
        {key: masked_report(report, veil) for key, report in reports.items()},
        claims,
        tuple(warnings),
    )


def _case_view(case: Case, db: sqlite3.Connection, events: list[Event]) -> CaseView:
    reports = {report.id: outlet(report) for report in tables.every(db, tables.REPORT)}
    return CaseView(
        case.title,
        len(reports),
        tuple(events),
        tuple(tables.every(db, tables.FAMILY)),
        tuple(tables.every(db, tables.WARNING)),
        tuple(f for f in tables.every(db, tables.FINDING) if f.problem),
        reports,
    )


def _write(path: Path, text: str) -> None:
    waiting = path.with_name(f".{path.name}.new")
    waiting.write_text(text, encoding="utf-8", errors="backslashreplace")
    waiting.replace(path)
