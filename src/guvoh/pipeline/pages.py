"""Writes the working copy's pages: one per event, and the index."""

import sqlite3
from collections.abc import Collection, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from guvoh.casefile import derived, lists, lookups, sums, tables
from guvoh.casefile.case import Case, derive_lock
from guvoh.casefile.recipe import code
from guvoh.corroborate.summary import headline
from guvoh.model.claim import Claim
from guvoh.model.event import Event
from guvoh.model.finding import TO_FIND
from guvoh.pages.render import CaseView, EventView, event_order, event_page, index_page
from guvoh.progress import Silent
from guvoh.show import masked_claim, masked_report, veil_over
from guvoh.words import words

PATIENCE = 600.0  # seconds to wait for another guvoh that derives in the same case
_KEY = "pages"


def write_pages(case: Case, language: str, progress: Silent) -> Path:
    """Write the index and a page per event into the case's `pages` folder; return the index.

    Only pages are written of which something has changed since. Each file is replaced whole, so
    that an open page is never half of one; pages of events that are gone are removed.
    """
    folder = case.root / "pages"
    folder.mkdir(exist_ok=True)
    index = folder / "index.html"
    # Digests are noted when the store is closed, which brings its log into it.
    with (
        derive_lock(case, PATIENCE),
        sums.renewing(case) as written,
        closing(derived.connect(case)) as db,
    ):
        events = sorted(tables.every(db, tables.EVENT), key=event_order)
        changed = _changed(db, folder, events, language)
        progress.begin("writing pages", len(changed))
        for event in changed:
            page = _page(folder, event)
            _write(page, event_page(event_view(db, event, language), language))
            written.add(page)
            progress.step()
        _write(index, index_page(_case_view(case, db, events, language), language))
        written.add(index)
        wanted = {_page(folder, event).name for event in events} | {index.name}
        for path in folder.glob("*.html"):
            if path.name not in wanted:
                path.unlink()
        with derived.chunk(db):
            lookups.unhang(db, lookups.due(db), lookups.DUE)
            derived.remember(db, _KEY, _form(language))
    return index


def _page(folder: Path, event: Event) -> Path:
    return folder / f"event-{event.id}.html"


def _form(language: str) -> str:
    """Return what besides an event decides its page."""
    return f"{language} {code()}"


def _changed(
    db: sqlite3.Connection, folder: Path, events: Sequence[Event], language: str
) -> list[Event]:
    """Return the events whose page is not there as it would be written now."""
    if derived.remembered(db, _KEY) != _form(language):
        return list(events)
    due = lookups.due(db)
    there = {path.name for path in folder.iterdir()}
    return [one for one in events if one.id in due or _page(folder, one).name not in there]


def event_view(
    db: sqlite3.Connection, event: Event, language: str, told: Collection[str] | None = None
) -> EventView:
    """Return what an event's page needs, masked, its sentence in the language of the interface.

    `told` are the reports whose passages are wanted, None for all.
    """
    families = tables.several(db, tables.FAMILY, event.families)
    named = {*event.reports, *(m.report for f in families.values() for m in f.members)}
    wanted = [one for one in event.reports if told is None or one in told]
    readings = tables.several(db, tables.READING, wanted)
    veil = veil_over(db, list(families.values()))
    warnings = tables.several(db, tables.WARNING, lookups.hanging(db, event.id, "warning"))
    needed = {*event.claims, *(claim for one in warnings.values() for claim in one.claims)}
    claims: dict[str, Claim] = {
        claim.id: masked_claim(claim, veil)
        for reading in readings.values()
        for claim in reading.claims
        if claim.id in needed
    }
    reports = tables.several(db, tables.REPORT, sorted(named))
    return EventView(
        in_words(event, language),
        tuple(families.values()),
        {key: masked_report(report, veil) for key, report in reports.items()},
        claims,
        tuple(warnings.values()),
        {} if told is None else lookups.reports_of(db, event.claims),
    )


def in_words(event: Event, language: str) -> Event:
    """Return an event with its sentence in a language; the one that is stored is English."""
    return event if language == "en" else replace(event, summary=headline(event, words(language)))


def _case_view(case: Case, db: sqlite3.Connection, events: list[Event], language: str) -> CaseView:
    told = [in_words(event, language) for event in events]
    sentences = {event.id: event.summary for event in told}
    warnings = [
        replace(one, text=sentences.get(one.id.partition("/")[0], one.text))
        for one in tables.every(db, tables.WARNING)
    ]
    reports = lookups.outlets(db)
    return CaseView(
        case.title,
        len(reports),
        tuple(told),
        tuple(tables.every(db, tables.FAMILY)),
        tuple(warnings),
        tuple(f for f in tables.every(db, tables.FINDING) if f.problem or f.kind == TO_FIND),
        reports,
        tuple(lists.outside_events(db)),
    )


def _write(path: Path, text: str) -> None:
    waiting = path.with_name(f".{path.name}.new")
    waiting.write_text(text, encoding="utf-8", errors="backslashreplace")
    waiting.replace(path)
