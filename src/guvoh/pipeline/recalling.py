"""Takes over from a store what still holds when some of its captures are masked or declared otherwise."""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import NamedTuple

import msgspec

from guvoh.casefile import derived, lookups, tables
from guvoh.casefile.case import Case
from guvoh.casefile.state import told_digest
from guvoh.lineage.fingerprint import Fingerprint
from guvoh.model.capture import Capture
from guvoh.model.claim import Reading
from guvoh.model.finding import Finding
from guvoh.model.lineage import Derivation
from guvoh.model.report import Report

_FINDINGS = msgspec.json.Decoder(tuple[Finding, ...])
_FINGERPRINT = msgspec.json.Decoder(Fingerprint)


class Recalled(NamedTuple):
    """What one capture gave by itself, and gives again."""

    reports: tuple[Report, ...]
    readings: tuple[Reading, ...]
    findings: tuple[Finding, ...]


@dataclass(slots=True)
class Former:
    """A store of the same recipe and captures, some of which are told otherwise since.

    `changed` are the publishers of reports that are read anew: what these print under everything may
    be another. `same` are the reports that are as they were, and stand behind the same words.
    """

    db: sqlite3.Connection
    told: dict[str, str]
    changed: set[str]
    recalled: set[str] = field(default_factory=set)
    same: set[str] = field(default_factory=set)

    def outcomes(self, batch: Sequence[Capture]) -> dict[str, Recalled]:
        """Return by capture what those of these captures gave that are told as they were."""
        asked = [one.digest for one in batch if self.told.get(one.digest) == told_digest(one)]
        findings = lookups.outcomes(self.db, asked)
        reports: dict[str, list[Report]] = {}
        for report in tables.several(
            self.db, tables.REPORT, lookups.reports_from(self.db, asked)
        ).values():
            reports.setdefault(report.capture, []).append(report)
        ids = [report.id for found in reports.values() for report in found]
        readings = tables.machine_readings(self.db, ids)
        self.recalled.update(ids)
        return {
            one: Recalled(
                tuple(reports.get(one, ())),
                tuple(readings[report.id] for report in reports.get(one, ())),
                _FINDINGS.decode(findings[one]),
            )
            for one in asked
        }

    def fingerprints(self, reports: Sequence[Report]) -> dict[str, Fingerprint]:
        """Return the fingerprints that a chunk of reports had and has, by report."""
        self.changed |= {_publisher(one) for one in reports if one.id not in self.recalled} - {""}
        held = [
            one.id
            for one in reports
            if one.id in self.recalled and _publisher(one) not in self.changed
        ]
        self.same.update(held)
        found = lookups.fingerprints(self.db, held)
        return {one: _FINGERPRINT.decode(value) for one, value in found.items()}

    def compared(self, report: str) -> dict[str, Derivation | None]:
        """Return how a report derives from others or these from it, by the other one; None where neither does."""
        if report not in self.same:
            return {}
        found = [
            *tables.where(self.db, tables.DERIVATION, "child", report),
            *tables.where(self.db, tables.DERIVATION, "parent", report),
        ]
        others: dict[str, Derivation | None] = dict.fromkeys(lookups.apart(self.db, report))
        others |= {edge.parent if edge.child == report else edge.child: edge for edge in found}
        return {other: edge for other, edge in others.items() if other in self.same}


@contextmanager
def set_aside(case: Case, captures: Sequence[Capture]) -> Iterator[Former | None]:
    """Put the store away, and give what can be taken over from it to what is derived anew.

    None where these captures are not those that it was derived from, in the same order.
    """
    db = derived.set_aside(case)
    if db is None:
        derived.reset(case)
        yield None
        return
    try:
        with closing(db):
            yield _former(db, captures)
    finally:
        derived.drop_aside(case)


def _former(db: sqlite3.Connection, captures: Sequence[Capture]) -> Former | None:
    told = lookups.told(db)
    if list(told) != [one.digest for one in captures[: len(told)]]:
        return None
    changed = [one for one in captures[: len(told)] if told[one.digest] != told_digest(one)]
    publishers = _publishers(db, [one.digest for one in changed])
    return Former(db, told, publishers)


def _publishers(db: sqlite3.Connection, captures: Collection[str]) -> set[str]:
    reports = tables.several(db, tables.REPORT, lookups.reports_from(db, captures))
    return {_publisher(one) for one in reports.values()} - {""}


def _publisher(report: Report) -> str:
    return report.publisher.text if report.publisher else ""


def note(
    db: sqlite3.Connection,
    first: int,
    batch: Sequence[Capture],
    findings: Iterable[Sequence[Finding]],
) -> None:
    """Keep what the captures of a chunk gave by themselves, `first` being the place of the first."""
    lookups.put_outcomes(
        db,
        (
            (at, capture.digest, told_digest(capture), msgspec.json.encode(found))
            for at, (capture, found) in enumerate(zip(batch, findings, strict=True), first)
        ),
    )
