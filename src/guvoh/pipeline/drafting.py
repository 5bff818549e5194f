"""A draft compared with all of a case, with what was noticed written beside its sentences."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass

from guvoh.casefile import derived, journal, state, tables
from guvoh.casefile.case import Case
from guvoh.clean.language import language_of
from guvoh.drafts.compare import compare
from guvoh.drafts.formats import format_of
from guvoh.drafts.ground import Ground
from guvoh.drafts.page import DraftError, Note, as_report
from guvoh.drafts.telling import Shown, notes
from guvoh.model.capture import Exposure
from guvoh.pipeline import keeping
from guvoh.pipeline.keeping import Open, VaultError
from guvoh.protect import Registry
from guvoh.show import masked_claim, masked_report, veil_over
from guvoh.words import words


@dataclass(frozen=True, slots=True)
class Annotated:
    """A draft with notes in it, the notes themselves, and its text that they are spans of."""

    data: bytes
    notes: tuple[Note, ...]
    text: str


def annotate(
    case: Case, file: str, data: bytes, language: str, opened: Open | None = None
) -> Annotated:
    """Return a draft with notes at its sentences, which show what the case's own pages show.

    Raises DraftError for a draft that cannot be read, VaultError where a vault is locked.
    """
    if opened is None and keeping.is_used(case):
        raise VaultError(
            "the vault is locked, so nobody knows what must not be written",
            case.vault,
            "name a key with --key",
        )
    form = format_of(file, data)
    page = form.read(data)
    if not page.text:
        raise DraftError("It holds no words.")
    registry = opened.registry if opened is not None else Registry(())
    with closing(derived.connect_reader(case)) as db, derived.snapshot(db):
        ground = ground_of(case, db)
        shown = _shown(ground, db, registry, language)
    days = [one.published for one in ground.reports.values() if one.published]
    # "Last month" in a draft is meant as of now, and now is when the latest report came out.
    draft = as_report(page, file, language_of(page.text), max(days, default=None))
    beside = notes(compare(draft, ground), shown)
    return Annotated(form.write(data, page, beside), tuple(beside), page.text)


def ground_of(case: Case, db: sqlite3.Connection) -> Ground:
    """Return all that public captures gave."""
    captures = state.fold(journal.read(case)).captures
    reports = {
        report.id: report
        for report in tables.every(db, tables.REPORT)
        if report.capture in captures and captures[report.capture].exposure is Exposure.PUBLIC
    }
    readings = {
        one.report: one for one in tables.every(db, tables.READING) if one.report in reports
    }
    return Ground(
        reports,
        readings,
        tuple(
            event
            for event in tables.every(db, tables.EVENT)
            if set(event.reports) <= reports.keys()
        ),
        tuple(tables.every(db, tables.FAMILY)),
    )


def _shown(ground: Ground, db: sqlite3.Connection, registry: Registry, language: str) -> Shown:
    veil = veil_over(db, ground.families)
    return Shown(
        {key: masked_report(report, veil) for key, report in ground.reports.items()},
        {
            claim.id: masked_claim(claim, veil)
            for reading in ground.readings.values()
            for claim in reading.claims
        },
        registry,
        words(language),
    )
