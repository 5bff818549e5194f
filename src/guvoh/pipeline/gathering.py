"""From claims to happenings, and from happenings to events, people and warnings."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec

from guvoh.casefile import lookups, tables
from guvoh.corroborate import decisions
from guvoh.corroborate.alignment import opposite, twins
from guvoh.corroborate.assign import Happenings, Placed, wanted
from guvoh.corroborate.decisions import Decision, Gathered
from guvoh.corroborate.event import derive
from guvoh.corroborate.happenings import Happening, claim_key
from guvoh.corroborate.people import across
from guvoh.corroborate.veil import needed
from guvoh.corroborate.voices import Material
from guvoh.model.assessment import Assessment
from guvoh.model.claim import Reading
from guvoh.model.finding import Finding
from guvoh.model.lineage import Derivation, Family
from guvoh.model.report import Report
from guvoh.pipeline.relating import Related

_HAPPENING = msgspec.json.Decoder(Happening)


@dataclass(frozen=True, slots=True)
class _Decided:
    """Assessments as far as they concern events: attached to claims, and those without a place."""

    attached: tuple[Decision, ...]
    detached: tuple[str, ...]


def gather(
    db: sqlite3.Connection,
    placed: Sequence[tuple[int, Report]],
    readings: Sequence[Reading],
    related: Related,
    assessments: Sequence[Assessment],
) -> None:
    """Bring the claims of a chunk to their happenings, and derive the events that this touches."""
    changed = _assign(db, _placed(db, placed, readings, related))
    decided = _decide(db, assessments)
    claims = _claims_of(db, related.touched)
    touched = _derive_events(db, changed | _happenings_of(db, claims), decided)
    _people(db, related.touched | touched)


def judge(
    db: sqlite3.Connection, assessments: Sequence[Assessment], touched: set[str], judged: set[str]
) -> None:
    """Derive anew the events of these reports and captures after assessments have changed."""
    reports = touched | {
        report.id
        for capture in judged
        for report in tables.where(db, tables.REPORT, "capture", capture)
    }
    decided = _decide(db, assessments)
    touched = _derive_events(db, _happenings_of(db, _claims_of(db, reports)), decided)
    _people(db, reports | touched)
    tables.drop(db, tables.FINDING, "step", ["assessment"])
    tables.put(db, tables.FINDING, (_detached(one, assessments) for one in decided.detached))


def _placed(
    db: sqlite3.Connection,
    placed: Sequence[tuple[int, Report]],
    readings: Sequence[Reading],
    related: Related,
) -> list[Placed]:
    """Return each report with the claims of earlier reports that stand in its claims' places."""
    known = {reading.report: reading for reading in readings}
    edges = [edge for found in related.derivations.values() for edge in found]
    earlier = {end for edge in edges for end in (edge.parent, edge.child)} - known.keys()
    known |= tables.several(db, tables.READING, sorted(earlier))
    return [
        Placed(ordinal, report, reading, _twins(reading, related.derivations[report.id], known))
        for (ordinal, report), reading in zip(placed, readings, strict=True)
    ]


def _twins(
    reading: Reading, edges: Sequence[Derivation], known: dict[str, Reading]
) -> tuple[tuple[str, str], ...]:
    own = {claim.id for claim in reading.claims}
    return tuple(
        pair
        for edge in edges
        for pair in opposite(twins(edge, known[edge.parent], known[edge.child]), own)
    )


def _assign(db: sqlite3.Connection, chunk: Sequence[Placed]) -> set[str]:
    """Assign the claims of a chunk; return the happenings that changed."""
    keys = {key for one in chunk for key in wanted(one)}
    index = lookups.happening_keys(db, sorted(keys))
    happenings = Happenings(_rows(db, {happening for _, happening in index}), index)
    for one in chunk:
        happenings.assign(one)
    rows, pairs = happenings.changed()
    lookups.put_happenings(db, ((row.id, msgspec.json.encode(row)) for row in rows), pairs)
    return {row.id for row in rows}


def _rows(db: sqlite3.Connection, ids: Iterable[str]) -> list[Happening]:
    """Return happenings with those that they were merged into."""
    found: dict[str, Happening] = {}
    asked = set(ids)
    while asked:
        rows = {k: _HAPPENING.decode(v) for k, v in lookups.happenings(db, sorted(asked)).items()}
        found |= rows
        asked = {row.alias_of for row in rows.values() if row.alias_of} - found.keys()
    return list(found.values())


def _claims_of(db: sqlite3.Connection, reports: Iterable[str]) -> list[str]:
    readings = tables.several(db, tables.READING, sorted(reports))
    return [claim.id for reading in readings.values() for claim in reading.claims]


def _happenings_of(db: sqlite3.Connection, claims: Iterable[str]) -> set[str]:
    return {found for _, found in lookups.happening_keys(db, map(claim_key, claims))}


def _decide(db: sqlite3.Connection, assessments: Sequence[Assessment]) -> _Decided:
    aimed = sorted({one.target.capture for one in assessments})
    reports = {
        r.id: r for capture in aimed for r in tables.where(db, tables.REPORT, "capture", capture)
    }
    readings = tables.several(db, tables.READING, reports)
    return _Decided(*decisions.attach(assessments, reports, readings))


def _derive_events(db: sqlite3.Connection, touched: set[str], decided: _Decided) -> set[str]:
    """Derive the events of these happenings, and of those that assessments join with them.

    Return the reports that these events draw on.
    """
    named = {one.claim for one in decided.attached} | {
        one.other for one in decided.attached if one.other is not None
    }
    rows = _rows(db, touched | _happenings_of(db, sorted(named)))
    live = [row for row in rows if row.alias_of is None]
    events = [
        event
        for event in decisions.overlay(rows, decided.attached)
        if {told.claim for told in event.claims} & {t.claim for row in live for t in row.claims}
    ]
    claims = [told.claim for row in rows for told in row.claims]
    gone = set(lookups.events_of(db, claims).values()) | {event.id for event in events}
    tables.drop(db, tables.WARNING, "id", lookups.unhang(db, gone, "warning"))
    tables.drop(db, tables.FINDING, "id", lookups.unhang(db, gone, "finding"))
    tables.drop(db, tables.EVENT, "id", gone)
    for event in events:
        _derive_event(db, event, decided)
    return {told.report for event in events for told in event.claims}


def _derive_event(db: sqlite3.Connection, gathered: Gathered, decided: _Decided) -> None:
    result = derive(gathered, _material(db, gathered, decided))
    if result.event is None:
        return
    event = result.event
    tables.put(db, tables.EVENT, [event])
    tables.put(db, tables.WARNING, result.warnings)
    tables.put(db, tables.FINDING, result.findings)
    lookups.hang(db, event.id, "warning", [warning.id for warning in result.warnings])
    lookups.hang(db, event.id, "finding", [tables.finding_id(f) for f in result.findings])


def _material(db: sqlite3.Connection, gathered: Gathered, decided: _Decided) -> Material:
    named = list(dict.fromkeys(told.report for told in gathered.claims))
    families = _families(db, named)
    edges = [edge for one in named for edge in tables.where(db, tables.DERIVATION, "child", one)]
    return Material(*_texts(db, named, families), families, edges, decided.attached)


def _families(db: sqlite3.Connection, reports: Iterable[str]) -> list[Family]:
    found = set(lookups.families_of(db, reports).values())
    return list(tables.several(db, tables.FAMILY, sorted(found)).values())


def _texts(
    db: sqlite3.Connection, reports: Sequence[str], families: Sequence[Family]
) -> tuple[dict[str, Report], dict[str, Reading]]:
    """Return reports and readings, with those by which names are told that must not be shown."""
    wanted = sorted({*reports, *needed(families)})
    return tables.several(db, tables.REPORT, wanted), tables.several(db, tables.READING, wanted)


def _people(db: sqlite3.Connection, touched: set[str]) -> None:
    """Bring together who is who in all reports that these reports' families and events link."""
    reports = lookups.linked(db, sorted(touched))
    families = _families(db, reports)
    texts = _texts(db, reports, families)
    claims = [claim.id for one in reports for claim in texts[1][one].claims]
    events = tables.several(db, tables.EVENT, sorted(set(lookups.events_of(db, claims).values())))
    people = {one: texts[1][one].people for one in reports}
    lookups.drop_people(db, reports)
    tables.put(db, tables.PERSON, across(people, events.values(), families, texts))


def _detached(assessment: str, assessments: Sequence[Assessment]) -> Finding:
    (one,) = (a for a in assessments if a.id == assessment)
    text = (
        f"The assessment “{one.verdict}” of {one.at[:10]} finds no place any more: what it speaks of "
        "is not read so in its original now. Judge again, or leave it."
    )
    return Finding("assessment", "detached", text)
