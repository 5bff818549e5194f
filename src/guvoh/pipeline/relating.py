"""From reports to derivations and families, against the postings of earlier reports in the store."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import msgspec

from guvoh.casefile import lookups, tables
from guvoh.lineage.boilerplate import LEARNT_FROM, NONE, Boilerplate, learn
from guvoh.lineage.candidates import CAP, candidates, to_post
from guvoh.lineage.fingerprint import Fingerprint, fingerprint
from guvoh.lineage.relate import relate
from guvoh.lineage.side import Side, outlet_of
from guvoh.model.assessment import Assessment
from guvoh.model.claim import Reading
from guvoh.model.lineage import Derivation
from guvoh.model.report import Report
from guvoh.pipeline.grouping import Sides, regroup
from guvoh.pipeline.recalling import Former


@dataclass(slots=True)
class Related:
    """What relating changed: derivations by the report that is new, and whose family is another."""

    derivations: dict[str, list[Derivation]] = field(default_factory=dict)
    touched: set[str] = field(default_factory=set)


def relate_reports(
    db: sqlite3.Connection,
    placed: Sequence[tuple[int, Report]],
    readings: Sequence[Reading],
    assessments: Sequence[Assessment],
    former: Former | None = None,
) -> Related:
    """Find how the reports of a chunk derive from earlier ones, and derive the families they touch.

    A report sees only those before it in canonical order, in this chunk or in the store. What holds
    of a `former` store is not found out again.
    """
    sides, related = Sides(db), Related()
    made = _fingerprints(db, [report for _, report in placed], former)
    postings = _postings(db, made, placed[0][0] if placed else 0)
    ids = lookups.report_ids(db, {o for found in postings.values() for o in found})
    lookups.put_known(db, ((report.id, outlet_of(report)) for _, report in placed))
    lookups.put_fingerprints(db, ((f.report, msgspec.json.encode(f)) for f in made))
    posted: list[tuple[int, int]] = []
    apart: list[tuple[str, list[int]]] = []
    for (ordinal, report), reading, own in zip(placed, readings, made, strict=True):
        side = Side(report, own, reading)
        places = {ids[one.ordinal]: one.ordinal for one in candidates(own, postings)}
        known = former.compared(report.id) if former else {}
        asked = sides.load(key for key in places if key not in known)
        verified = {k: known[k] if k in known else relate(asked[k], side) for k in places}
        related.derivations[report.id] = [one for one in verified.values() if one is not None]
        apart.append((report.id, [places[k] for k, one in verified.items() if one is None]))
        for key in to_post(own, postings):
            postings.setdefault(key, []).append(ordinal)
            posted.append((key, ordinal))
        ids[ordinal] = report.id
        sides.kept[report.id] = side
    lookups.put_postings(db, sorted(posted))
    lookups.put_apart(db, apart)
    fresh = [one for found in related.derivations.values() for one in found]
    tables.put(db, tables.DERIVATION, fresh)
    own_ids = {report.id for _, report in placed}
    related.touched = own_ids | regroup(db, sides, own_ids, fresh, assessments)
    return related


def judge(
    db: sqlite3.Connection, assessments: Sequence[Assessment], changed: Iterable[str]
) -> set[str]:
    """Derive anew the families of the reports of these captures; return the reports touched."""
    reports = {
        report.id
        for capture in changed
        for report in tables.where(db, tables.REPORT, "capture", capture)
    }
    return reports | regroup(db, Sides(db), reports, (), assessments)


def _fingerprints(
    db: sqlite3.Connection, reports: Sequence[Report], former: Former | None
) -> list[Fingerprint]:
    held = former.fingerprints(reports) if former else {}
    rest = [one for one in reports if one.id not in held]
    for report, known in zip(rest, _learn_as_of(db, rest), strict=True):
        held[report.id] = fingerprint(report, known)
    return [held[one.id] for one in reports]


def _learn_as_of(db: sqlite3.Connection, reports: Sequence[Report]) -> list[Boilerplate]:
    """Return for each report what its publisher is known to repeat, as of that report.

    Once the first reports have been seen the answer no longer changes.
    """
    seen: dict[str, list[Report]] = {}
    known: dict[str, Boilerplate] = {}
    learnt: list[Boilerplate] = []
    for report in reports:
        publisher = report.publisher.text if report.publisher else None
        if publisher is None:
            learnt.append(NONE)
            continue
        if publisher not in seen:
            # This chunk's reports are in the store already; they are counted as they come up.
            stored = tables.where(db, tables.REPORT, "publisher", publisher, LEARNT_FROM)
            mine = {one.id for one in reports}
            seen[publisher] = [one for one in stored if one.id not in mine]
            known[publisher] = learn(seen[publisher])
        if len(seen[publisher]) < LEARNT_FROM:
            seen[publisher].append(report)
            known[publisher] = learn(seen[publisher])
        learnt.append(known[publisher])
    return learnt


def _postings(
    db: sqlite3.Connection, made: Sequence[Fingerprint], before: int
) -> dict[int, list[int]]:
    hashes = sorted({key for one in made for key in one.hashes})
    postings: dict[int, list[int]] = {}
    for key, ordinal in lookups.postings(db, hashes, before):
        found = postings.setdefault(key, [])
        if len(found) < CAP:
            found.append(ordinal)
    return postings
