"""Brings claims that people added or corrected into the readings of their reports, and takes them out."""

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence

import msgspec

from guvoh.casefile import derived, lookups, tables
from guvoh.corroborate.amended import Amended, told_by
from guvoh.corroborate.amended import amend as amend_readings
from guvoh.corroborate.happenings import Happening, claim_key
from guvoh.model.assessment import Assessment
from guvoh.model.claim import Reading

DECIDED = "decided"  # claims by assessment, as they were found
DETACHED = "detached"  # assessments that found none
_PLACED = "placed"  # claims by the assessment that added or corrected them
_ALONE = "alone"  # claims that the machine brought to no happening, and have one of their own


def decided(db: sqlite3.Connection) -> dict[str, str]:
    """Return the claims that assessments were found to aim at, by the assessment's id."""
    found: dict[str, str] = json.loads(derived.remembered(db, DECIDED) or "{}")
    return found


def detached(db: sqlite3.Connection) -> list[str]:
    """Return the assessments that find no place any more, in journal order."""
    found: list[str] = json.loads(derived.remembered(db, DETACHED) or "[]")
    return found


def placed(db: sqlite3.Connection) -> dict[str, str]:
    """Return the claims that people added or corrected, by the assessment's id."""
    found: dict[str, str] = json.loads(derived.remembered(db, _PLACED) or "{}")
    return found


def waiting(db: sqlite3.Connection, assessments: Iterable[Assessment]) -> set[str]:
    """Return the captures of assessments with contents that had no place, and may have one now."""
    known = placed(db)
    captures = {
        one.target.capture for one in assessments if one.content is not None and one.id not in known
    }
    return captures if captures and lookups.reports_from(db, captures) else set()


def amend(
    db: sqlite3.Connection, assessments: Sequence[Assessment], judged: Iterable[str]
) -> set[str]:
    """Bring the readings of these captures up to the assessments; return claims whose events change."""
    ids = lookups.reports_from(db, judged)
    reports = tables.several(db, tables.REPORT, ids)
    captures = {report.capture for report in reports.values()}
    read = [one for one in assessments if one.content and one.target.capture in captures]
    before = tables.several(db, tables.UNASSESSED, ids)
    if not read and not before:
        return set()
    machine = tables.machine_readings(db, ids)
    made = amend_readings(read, reports, machine)
    touched = {one for one in ids if one in made.readings or one in before}
    changed: set[str] = set()
    tables.drop(db, tables.UNASSESSED, "report", touched)
    for report in sorted(touched):
        now = made.readings.get(report, machine[report])
        changed |= _exchange(db, tables.get(db, tables.READING, report) or now, now)
    tables.put(db, tables.UNASSESSED, (machine[one] for one in touched & made.readings.keys()))
    ours = {claim.id for one in touched for claim in made.readings.get(one, machine[one]).claims}
    changed |= _stand_alone(db, made, changed, ours)
    _note(db, assessments, made, {reports[one].capture for one in touched})
    return changed | ours & set(made.claims.values())


def _exchange(db: sqlite3.Connection, before: Reading, now: Reading) -> set[str]:
    """Put a reading in another's place; return the claims that shared an event with what is gone."""
    gone = {claim.id for claim in before.claims} - {claim.id for claim in now.claims}
    together = lookups.claims_in(db, set(lookups.events_of(db, gone).values()))
    tables.put(db, tables.READING, [now])
    return {*together, *gone}


def _stand_alone(
    db: sqlite3.Connection,
    made: Amended,
    changed: Iterable[str],
    ours: set[str],
) -> set[str]:
    """Give each assessed claim that the machine brought to no happening one of its own, and no other.

    Return the claims that shared an event with one that has lost its own.
    """
    alone: set[str] = set(json.loads(derived.remembered(db, _ALONE) or "[]"))
    assessed = ours & set(made.claims.values())
    held = {
        key.partition("|")[2] for key, _ in lookups.happening_keys(db, map(claim_key, assessed))
    }
    own = (assessed - held) | (assessed & alone)
    emptied = sorted((alone & {*changed, *ours}) - own)
    rows = [*map(Happening, emptied), *_alone(db, made.readings, own)]
    _put(db, rows)
    derived.remember(db, _ALONE, json.dumps(sorted(alone | own)))
    together = lookups.claims_in(db, set(lookups.events_of(db, emptied).values()))
    return {*emptied, *together}


def stand_alone_anew(db: sqlite3.Connection) -> None:
    """Give claims that people added or corrected happenings of their own, where none of all made anew has them."""
    assessed = set(placed(db).values())
    keys = lookups.happening_keys(db, map(claim_key, assessed))
    own = assessed - {key.partition("|")[2] for key, _ in keys}
    homes = set(lookups.reports_of(db, own).values())
    _put(db, _alone(db, tables.several(db, tables.READING, homes), own))
    derived.remember(db, _ALONE, json.dumps(sorted(own)))


def _alone(
    db: sqlite3.Connection, readings: Mapping[str, Reading], own: Collection[str]
) -> list[Happening]:
    """Return a happening for each of these claims, which stand in these readings."""
    ordinals = lookups.ordinals(db, readings)
    return [
        told_by(claim, report, ordinals[one], at)
        for one, report in tables.several(db, tables.REPORT, ordinals).items()
        for at, claim in enumerate(readings[one].claims)
        if claim.id in own
    ]


def _put(db: sqlite3.Connection, rows: Sequence[Happening]) -> None:
    encoded = [(row.id, msgspec.json.encode(row)) for row in rows]
    lookups.put_happenings(db, encoded, [(claim_key(row.id), row.id) for row in rows])


def _note(
    db: sqlite3.Connection,
    assessments: Sequence[Assessment],
    made: Amended,
    captures: set[str],
) -> None:
    """Remember which claims are whose, and let other decisions about these captures find their claims anew."""
    there = {one.id: one for one in assessments}
    kept = {
        one: claim
        for one, claim in placed(db).items()
        if one in there and there[one].target.capture not in captures
    }
    derived.remember(db, _PLACED, json.dumps(dict(sorted((kept | made.claims).items()))))
    stay = {
        one: claim
        for one, claim in decided(db).items()
        if one in there and there[one].target.capture not in captures
    }
    derived.remember(db, DECIDED, json.dumps(stay))
