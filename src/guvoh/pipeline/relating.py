"""From reports to derivations and families, against the postings of earlier reports in the store."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import msgspec

from guvoh.casefile import lookups, tables
from guvoh.lineage.boilerplate import LEARNT_FROM, NONE, Boilerplate, learn
from guvoh.lineage.candidates import CAP, candidates, to_post
from guvoh.lineage.families import build_families
from guvoh.lineage.fingerprint import Fingerprint, fingerprint
from guvoh.lineage.relate import relate
from guvoh.lineage.side import Side
from guvoh.model.assessment import Assessment
from guvoh.model.claim import Reading
from guvoh.model.lineage import Derivation
from guvoh.model.report import Report

_FINGERPRINT = msgspec.json.Decoder(Fingerprint)


@dataclass(slots=True)
class Related:
    """What relating changed: new derivations by child, and the reports whose family may be another."""

    derivations: dict[str, list[Derivation]] = field(default_factory=dict)
    touched: set[str] = field(default_factory=set)


@dataclass(slots=True)
class _Sides:
    """Sides of reports by id: those of this chunk, and earlier ones as they are asked for."""

    db: sqlite3.Connection
    known: dict[str, Side] = field(default_factory=dict)

    def load(self, reports: Iterable[str]) -> None:
        """Fetch those that are not known yet, together."""
        wanted = sorted(set(reports) - self.known.keys())
        if not wanted:
            return
        texts = tables.several(self.db, tables.REPORT, wanted)
        readings = tables.several(self.db, tables.READING, wanted)
        prints = lookups.fingerprints(self.db, wanted)
        for identity in wanted:
            self.known[identity] = Side(
                texts[identity], _FINGERPRINT.decode(prints[identity]), readings.get(identity)
            )


def relate_reports(
    db: sqlite3.Connection,
    placed: Sequence[tuple[int, Report]],
    readings: Sequence[Reading],
    assessments: Sequence[Assessment],
) -> Related:
    """Find how the reports of a chunk derive from earlier ones, and derive the families they touch.

    A report sees only those before it in canonical order, in this chunk or in the store.
    """
    sides, related = _Sides(db), Related()
    learnt = _learn_as_of(db, [report for _, report in placed])
    made = [fingerprint(report, known) for (_, report), known in zip(placed, learnt, strict=True)]
    postings = _postings(db, made, placed[0][0] if placed else 0)
    ids = lookups.report_ids(db, {o for found in postings.values() for o in found})
    posted: list[tuple[int, int]] = []
    for (ordinal, report), reading, own in zip(placed, readings, made, strict=True):
        side = Side(report, own, reading)
        found = candidates(own, postings)
        sides.load(ids[one.ordinal] for one in found)
        verified = [relate(sides.known[ids[one.ordinal]], side) for one in found]
        related.derivations[report.id] = [one for one in verified if one is not None]
        related.touched.add(report.id)
        for key in to_post(own, postings):
            postings.setdefault(key, []).append(ordinal)
            posted.append((key, ordinal))
        ids[ordinal] = report.id
        sides.known[report.id] = side
    lookups.put_fingerprints(db, ((f.report, msgspec.json.encode(f)) for f in made))
    lookups.put_postings(db, sorted(posted))
    tables.put(db, tables.DERIVATION, (d for ds in related.derivations.values() for d in ds))
    related.touched = _families(db, sides, related.touched, assessments)
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
    return _families(db, _Sides(db), reports, assessments) if reports else set()


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


def _families(
    db: sqlite3.Connection,
    sides: _Sides,
    reports: Iterable[str],
    assessments: Sequence[Assessment],
) -> set[str]:
    """Derive anew the families of the components of these reports; return all reports in them."""
    touched: set[str] = set()
    links = _stated(db, assessments)
    for report in sorted(reports):
        if report in touched:
            continue
        component = _component(db, report, links)
        touched |= component.keys()
        sides.load(component)
        members = [sides.known[one] for one in sorted(component, key=component.__getitem__)]
        edges = [
            derivation
            for one in component
            for derivation in tables.where(db, tables.DERIVATION, "child", one)
        ]
        families, findings = build_families(members, edges, assessments)
        tables.drop(db, tables.FAMILY, "id", set(lookups.families_of(db, component).values()))
        tables.drop_findings(db, "lineage", component)
        tables.put(db, tables.FAMILY, families)
        tables.put(db, tables.FINDING, findings)
    return touched


def _stated(db: sqlite3.Connection, assessments: Sequence[Assessment]) -> dict[str, set[str]]:
    """Return for each report those that a person tied it to, whether or not their texts show it."""
    links: dict[str, set[str]] = {}
    for one in assessments:
        if one.target.noun != "derivation" or one.target.other is None:
            continue
        ends = [
            [report.id for report in tables.where(db, tables.REPORT, "capture", capture)]
            for capture in (one.target.capture, one.target.other)
        ]
        for child in ends[0]:
            for parent in ends[1]:
                links.setdefault(child, set()).add(parent)
                links.setdefault(parent, set()).add(child)
    return links


def _component(db: sqlite3.Connection, report: str, links: dict[str, set[str]]) -> dict[str, int]:
    """Return all reports that derivations or people connect with this one, with their ordinals."""
    found: dict[str, int] = {}
    waiting = [report]
    while waiting:
        one = waiting.pop()
        if one not in found:
            reached = lookups.component(db, one)
            found |= reached
            waiting += sorted(end for each in reached for end in links.get(each, ()))
    return dict(sorted(found.items(), key=lambda item: item[1]))
