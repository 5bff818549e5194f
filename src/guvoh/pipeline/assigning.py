"""From claims to happenings: all anew while a case is small, then each report after those before it."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import msgspec

from guvoh.casefile import derived, lookups, tables
from guvoh.corroborate.alignment import opposite, twins
from guvoh.corroborate.assign import Happenings, Placed, wanted
from guvoh.corroborate.happenings import Happening, claim_key
from guvoh.model.claim import Reading
from guvoh.model.lineage import Derivation
from guvoh.model.report import Report
from guvoh.pipeline import amending
from guvoh.pipeline.relating import Related

# Claims that are brought together anew with each new report: a second on one old core.
ANEW = 3_000
_SO_FAR = "assigned-anew"  # reports and claims brought together so, and whether that has ended

_HAPPENING = msgspec.json.Decoder(Happening)
_Arrived = Sequence[tuple[int, Report]]


@dataclass(slots=True)
class Assigned:
    """Happenings that changed, and events whose claims are told in another now, or in none."""

    changed: set[str] = field(default_factory=set)
    lost: set[str] = field(default_factory=set)


def assign(
    db: sqlite3.Connection, placed: _Arrived, readings: Sequence[Reading], related: Related
) -> Assigned:
    """Bring the claims of a chunk to their happenings.

    Of the first reports of a case, as many as hold `ANEW` claims, all claims are brought together in
    the order of publication whenever one comes: they give the same happenings in whatever order they
    arrive. What comes after these is brought to what is known by then.
    """
    early = _early(db, readings)
    found = _assign_anew(db, placed[:early]) if early else Assigned()
    if early < len(placed):
        chunk = _placed(db, placed[early:], readings[early:], related)
        found.changed |= _assign_later(db, chunk)
    return found


def rows(db: sqlite3.Connection, ids: Iterable[str]) -> list[Happening]:
    """Return happenings with those that they were merged into."""
    found: dict[str, Happening] = {}
    asked = set(ids)
    while asked:
        known = lookups.happenings(db, sorted(asked))
        some = {one: _HAPPENING.decode(value) for one, value in known.items()}
        found |= some
        asked = {row.alias_of for row in some.values() if row.alias_of} - found.keys()
    return list(found.values())


def _early(db: sqlite3.Connection, readings: Sequence[Reading]) -> int:
    """Return how many reports of a chunk are among the first of the case, and note it."""
    claims, over = json.loads(derived.remembered(db, _SO_FAR) or "[0, false]")
    early = 0
    for reading in readings:
        over = over or claims + len(reading.claims) > ANEW
        if over:
            break
        claims += len(reading.claims)
        early += 1
    derived.remember(db, _SO_FAR, json.dumps([claims, over]))
    return early


def _assign_anew(db: sqlite3.Connection, arrived: _Arrived) -> Assigned:
    """Bring all claims up to those of the reports that arrived together, in the order of publication."""
    last, _ = arrived[-1]
    ordinals = {one: at for at, one in lookups.report_ids(db, range(last + 1)).items()}
    reports = sorted(
        tables.several(db, tables.REPORT, ordinals).values(), key=lambda report: report.by_date
    )
    readings = tables.machine_readings(db, ordinals)
    order = {report.id: report.by_date for report in reports}
    edges: dict[str, list[Derivation]] = {}
    for edge in tables.every(db, tables.DERIVATION):
        if edge.parent in order and edge.child in order:
            later = max(edge.parent, edge.child, key=order.__getitem__)
            edges.setdefault(later, []).append(edge)
    happenings = Happenings()
    for report in reports:
        own = _twins(readings[report.id], edges.get(report.id, ()), readings)
        happenings.assign(Placed(ordinals[report.id], report, readings[report.id], own))
    happenings.reconsider()
    return _exchange(db, happenings)


def _exchange(db: sqlite3.Connection, happenings: Happenings) -> Assigned:
    """Put happenings in the place of all that are known; return what that changes."""
    before = lookups.all_happenings(db)
    made, pairs = happenings.changed()
    lookups.drop_happenings(db)
    lookups.put_happenings(db, ((row.id, msgspec.json.encode(row)) for row in made), pairs)
    amending.stand_alone_anew(db)
    now = lookups.all_happenings(db)
    gone = [before[one] for one in before if before[one] != now.get(one)]
    claims = {told.claim for value in gone for told in _HAPPENING.decode(value).claims}
    lost = set(lookups.events_of(db, claims).values())
    together = map(claim_key, lookups.claims_in(db, lost))
    changed = {one for one in now if now[one] != before.get(one)}
    return Assigned(changed | {one for _, one in lookups.happening_keys(db, together)}, lost)


def _placed(
    db: sqlite3.Connection, placed: _Arrived, readings: Sequence[Reading], related: Related
) -> list[Placed]:
    """Return each report with the claims of earlier reports that stand in its claims' places."""
    known = {reading.report: reading for reading in readings}
    edges = [edge for _, report in placed for edge in related.derivations[report.id]]
    earlier = {end for edge in edges for end in (edge.parent, edge.child)} - known.keys()
    known |= tables.machine_readings(db, sorted(earlier))
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


def _assign_later(db: sqlite3.Connection, chunk: Sequence[Placed]) -> set[str]:
    """Assign the claims of reports one after another; return the happenings that changed."""
    keys = {key for one in chunk for key in wanted(one)}
    index = lookups.happening_keys(db, sorted(keys))
    happenings = Happenings(rows(db, {happening for _, happening in index}), index)
    for one in chunk:
        happenings.assign(one)
    changed, pairs = happenings.changed()
    lookups.put_happenings(db, ((row.id, msgspec.json.encode(row)) for row in changed), pairs)
    return {row.id for row in changed}
