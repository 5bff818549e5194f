"""From claims to happenings, and from happenings to events, people and warnings."""

import json
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

import msgspec

from guvoh.casefile import derived, lookups, tables
from guvoh.corroborate import decisions
from guvoh.corroborate.decisions import Decision, Gathered, Pair
from guvoh.corroborate.event import derive
from guvoh.corroborate.happenings import Happening, claim_key
from guvoh.corroborate.people import across
from guvoh.corroborate.veil import needed
from guvoh.corroborate.voices import Material
from guvoh.model.assessment import WITHDRAW, Assessment
from guvoh.model.claim import Reading
from guvoh.model.event import Event
from guvoh.model.finding import Finding
from guvoh.model.lineage import Family
from guvoh.model.report import Report
from guvoh.pipeline import amending
from guvoh.pipeline.amending import DECIDED
from guvoh.pipeline.assigning import assign, rows
from guvoh.pipeline.relating import Related

_PAIRED = "paired"  # people who were found to be or not to be the same
KEPT = 512  # reports kept in memory while the events of a chunk are derived


@dataclass(frozen=True, slots=True)
class _Decided:
    """Assessments as far as they concern events: attached to claims, and those without a place."""

    attached: tuple[Decision, ...]
    detached: tuple[str, ...]
    assessed: frozenset[str] = frozenset()  # claims whose contents a person has read
    pairs: tuple[Pair, ...] = ()  # people who are or are not the same


@dataclass(slots=True)
class _Texts:
    """Reports with their readings; the last ones asked for are kept, for events share them."""

    db: sqlite3.Connection
    kept: dict[str, tuple[Report, Reading | None]] = field(default_factory=dict)

    def load(self, asked: Iterable[str]) -> tuple[dict[str, Report], dict[str, Reading]]:
        """Return those reports that there are in the order of publication, and their readings by id."""
        wanted = sorted(set(asked))
        fresh = [one for one in wanted if one not in self.kept]
        if fresh:
            readings = tables.several(self.db, tables.READING, fresh)
            for key, report in tables.several(self.db, tables.REPORT, fresh).items():
                self.kept[key] = report, readings.get(key)
        found = {one: self.kept[one] for one in wanted if one in self.kept}
        for spare in list(self.kept)[: max(len(self.kept) - KEPT, 0)]:
            del self.kept[spare]
        placed = sorted(found.items(), key=lambda item: item[1][0].by_date)
        return (
            {one: report for one, (report, _) in placed},
            {one: reading for one, (_, reading) in found.items() if reading is not None},
        )


def gather(
    db: sqlite3.Connection,
    placed: Sequence[tuple[int, Report]],
    readings: Sequence[Reading],
    related: Related,
    assessments: Sequence[Assessment],
) -> None:
    """Bring the claims of a chunk to their happenings, and derive the events that this touches."""
    assigned = assign(db, placed, readings, related)
    decided = _decide(db, assessments)
    texts = _Texts(db)
    claims = lookups.claims_of(db, related.touched)
    changed = assigned.changed | _happenings_of(db, claims)
    touched = _derive_events(texts, changed, decided, assigned.lost)
    _people(texts, related.touched | touched, decided.pairs)


def is_of_a_claim(one: Assessment) -> bool:
    """Say whether an assessment speaks of one claim, and so of its event alone."""
    plain = one.verdict.removeprefix(WITHDRAW)
    return plain in (*decisions.EVENT_VERDICTS, *decisions.SOURCE_VERDICTS)


def judge(
    db: sqlite3.Connection,
    assessments: Sequence[Assessment],
    touched: set[str],
    judged: set[str],
    of_claims: Sequence[Assessment],
) -> None:
    """Derive anew the events of these reports, captures and claims after assessments have changed."""
    before = amending.decided(db)
    spoken = {before.get(one.id) for one in of_claims} | {one.target.value for one in of_claims}
    judged = judged | amending.amend(db, assessments, judged)
    reports = touched | {
        report.id
        for capture in judged
        for report in tables.where(db, tables.REPORT, "capture", capture)
    }
    decided = _decide(db, assessments)
    texts = _Texts(db)
    claims = lookups.claims_of(db, reports)
    # What was judged may be named by a claim of another report.
    ids = {one.id for one in of_claims}
    spoken |= {one.claim for one in decided.attached if one.assessment in ids}
    told = {*claims, *judged, *(one for one in spoken if one is not None)}
    touched = _derive_events(texts, _happenings_of(db, told), decided)
    if reports or touched:
        _people(texts, reports | touched, decided.pairs)
    tables.drop(db, tables.FINDING, "step", ["assessment"])
    stray = [one for one in assessments if one.id in decided.detached]
    tables.put(db, tables.FINDING, (_detached(db, one) for one in stray))
    derived.remember(db, amending.DETACHED, json.dumps([one.id for one in stray]))


def _happenings_of(db: sqlite3.Connection, claims: Iterable[str]) -> set[str]:
    return {found for _, found in lookups.happening_keys(db, map(claim_key, claims))}


def _decide(db: sqlite3.Connection, assessments: Sequence[Assessment]) -> _Decided:
    """Attach assessments to claims; where one has found its claim is kept, for readings stay."""
    found = amending.decided(db)
    todo = [one for one in assessments if one.id not in found]
    aimed = sorted({one.target.capture for one in todo})
    reports = {
        r.id: r for capture in aimed for r in tables.where(db, tables.REPORT, "capture", capture)
    }
    readings = tables.several(db, tables.READING, reports)
    fresh, detached = decisions.attach(todo, reports, readings)
    if fresh or found:
        known = found | {one.assessment: one.claim for one in fresh}
        found = {one.id: known[one.id] for one in assessments if one.id in known}
        derived.remember(db, DECIDED, json.dumps(found))
    attached = [decisions.attached(one, found[one.id]) for one in assessments if one.id in found]
    placed = amending.placed(db)
    lost = [one.id for one in assessments if one.content is not None and one.id not in placed]
    pairs, apart = _pairs(db, assessments)
    detached = (*detached, *lost, *apart, *_without_other(db, attached), *_unread(db, assessments))
    return _Decided(tuple(attached), detached, frozenset(placed.values()), tuple(pairs))


def _without_other(db: sqlite3.Connection, attached: Sequence[Decision]) -> list[str]:
    """Return the assessments that name a claim or event beside their own which is gone."""
    there = lookups.reports_of(db, (one.other for one in attached if one.other))
    return [one.assessment for one in attached if one.other and one.other not in there]


def _unread(db: sqlite3.Connection, assessments: Sequence[Assessment]) -> list[str]:
    """Return the assessments of people and derivations of which an original is not read any more."""
    spoken = [
        (one, {one.target.capture, one.target.other or one.target.capture})
        for one in assessments
        if one.target.noun in ("derivation", "person")
        and one.verdict not in decisions.SAME_VERDICTS
    ]
    there = lookups.captures_read(db, (name for _, names in spoken for name in names))
    return [one.id for one, names in spoken if not names <= there]


def _pairs(
    db: sqlite3.Connection, assessments: Sequence[Assessment]
) -> tuple[list[Pair], list[str]]:
    """Return who was found to be or not to be whom, and the assessments of this that find no place.

    The reports of such two are bound, so that who is who in one is asked whenever it is in the other.
    """
    asked = [one for one in assessments if one.verdict in decisions.SAME_VERDICTS]
    captures = {one.target.capture for one in asked} | {one.target.other or "" for one in asked}
    held: dict[str, list[Reading]] = {capture: [] for capture in captures}
    ids = lookups.reports_from(db, captures)
    reports = tables.several(db, tables.REPORT, ids)
    for report, reading in tables.several(db, tables.READING, ids).items():
        held[reports[report].capture].append(reading)
    found = [(one, decisions.pair(one, held)) for one in asked]
    pairs = [pair for _, pair in found if pair is not None]
    bound = [one.assessment for one in paired(db)]
    lookups.unhang(db, bound, lookups.BOND)
    for pair in pairs:
        ends = (pair.one.rpartition("/")[0], pair.other.rpartition("/")[0])
        lookups.hang(db, pair.assessment, lookups.BOND, ends)
    if bound or pairs:
        derived.remember(db, _PAIRED, msgspec.json.encode(pairs).decode())
    return pairs, [one.id for one, pair in found if pair is None]


def paired(db: sqlite3.Connection) -> list[Pair]:
    """Return who of which report was found to be or not to be whom of another."""
    return msgspec.json.decode(derived.remembered(db, _PAIRED) or "[]", type=list[Pair])


def _joined(db: sqlite3.Connection, touched: set[str], decided: _Decided) -> list[Happening]:
    """Return these happenings with all that assessments join with them, now or until now."""
    ends: dict[str, set[str]] = {}
    for one in decided.attached:
        if one.other is not None:
            ends.setdefault(one.claim, set()).add(one.other)
            ends.setdefault(one.other, set()).add(one.claim)
    known: dict[str, Happening] = {}
    waiting = touched
    while waiting:
        fresh = {row.id: row for row in rows(db, waiting) if row.id not in known}
        known |= fresh
        claims = {told.claim for row in fresh.values() for told in row.claims}
        together = lookups.claims_in(db, set(lookups.events_of(db, claims).values()))
        others = {end for claim in claims for end in ends.get(claim, ())}
        waiting = _happenings_of(db, {*together, *others} - claims) - known.keys()
    return [known[one] for one in sorted(known)]


def _derive_events(
    texts: _Texts, touched: set[str], decided: _Decided, lost: Collection[str] = ()
) -> set[str]:
    """Derive the events of these happenings, and of those that assessments join with them.

    `lost` are events that may be no more. Return the reports in which who is who may be otherwise now:
    those that these events draw on, unless the same people are one in them as before.
    """
    db = texts.db
    joined = _joined(db, touched, decided)
    alive = {told.claim for row in joined if row.alias_of is None for told in row.claims}
    events = [
        event
        for event in decisions.overlay(joined, decided.attached)
        if any(told.claim in alive for told in event.claims)
    ]
    claims = [told.claim for row in joined for told in row.claims]
    gone = {*lost, *lookups.events_of(db, claims).values(), *(event.id for event in events)}
    gone |= {row.id for row in joined if not row.claims}  # of a claim that was added and taken back
    tables.drop(db, tables.WARNING, "id", lookups.unhang(db, gone, "warning"))
    tables.drop(db, tables.FINDING, "id", lookups.unhang(db, gone, "finding"))
    lookups.unhang(db, gone, lookups.BOND)
    for identity in gone:
        lookups.hang(db, identity, lookups.DUE, [identity])
    before = [event.people for event in tables.several(db, tables.EVENT, gone).values()]
    tables.drop(db, tables.EVENT, "id", gone)
    derived_now = [_derive_event(texts, event, decided) for event in events]
    after = [event.people for event in derived_now if event is not None]
    if sorted(before) == sorted(after):
        return set()
    return {told.report for event in events for told in event.claims}


def _derive_event(texts: _Texts, gathered: Gathered, decided: _Decided) -> Event | None:
    result = derive(gathered, _material(texts, gathered, decided))
    if result.event is None:
        return None
    db, event = texts.db, result.event
    tables.put(db, tables.EVENT, [event])
    tables.put(db, tables.WARNING, result.warnings)
    tables.put(db, tables.FINDING, result.findings)
    lookups.hang(db, event.id, "warning", [warning.id for warning in result.warnings])
    lookups.hang(db, event.id, "finding", [tables.finding_id(f) for f in result.findings])
    lookups.hang(db, event.id, lookups.BOND, _bound(event))
    return event


def _bound(event: Event) -> set[str]:
    """Return the reports whose people an event has found to be the same."""
    homes = [{person.rpartition("/")[0] for person in people} for people in event.people]
    return {report for found in homes if len(found) > 1 for report in found}


def _material(texts: _Texts, gathered: Gathered, decided: _Decided) -> Material:
    db = texts.db
    named = list(dict.fromkeys(told.report for told in gathered.claims))
    families = _families(db, named)
    edges = [edge for one in named for edge in tables.where(db, tables.DERIVATION, "child", one)]
    read = texts.load([*named, *needed(families)])
    return Material(*read, families, edges, decided.attached, decided.assessed, pairs=decided.pairs)


def _families(db: sqlite3.Connection, reports: Iterable[str]) -> list[Family]:
    found = set(lookups.families_of(db, reports).values())
    return list(tables.several(db, tables.FAMILY, sorted(found)).values())


def _people(texts: _Texts, touched: set[str], pairs: Sequence[Pair]) -> None:
    """Bring together who is who in all reports that these reports' families and people link."""
    db = texts.db
    reports = lookups.linked(db, sorted(touched))
    families = _families(db, reports)
    read = texts.load([*reports, *needed(families)])
    claims = lookups.claims_of(db, reports)
    events = tables.several(db, tables.EVENT, sorted(set(lookups.events_of(db, claims).values())))
    people = {one: read[1][one].people for one in reports}
    lookups.drop_people(db, reports)
    found = across(people, events.values(), families, read, pairs)
    tables.put(db, tables.PERSON, (person for person, _ in found))
    lookups.put_parts(db, ((part, person.id) for person, parts in found for part in parts))


def _detached(db: sqlite3.Connection, one: Assessment) -> Finding:
    text = (
        f"The assessment “{one.verdict}” of {one.at[:10]} finds no place any more: what it speaks of "
        "is not read so in its original now. Judge again, or leave it."
    )
    report = next(iter(lookups.reports_from(db, [one.target.capture])), None)
    return Finding("assessment", "detached", text, report, for_=(one.id,))
