"""From what a person names on the command line to an assessment in the journal."""

import re
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from typing import Any

from guvoh.casefile import derived, journal, lookups, state, tables
from guvoh.casefile.actor import load as load_actor
from guvoh.casefile.case import Case, now
from guvoh.casefile.records import Assessed
from guvoh.corroborate.decisions import (
    EVENT_VERDICTS,
    SAME_SOURCE,
    SAME_VERDICTS,
    SOURCE_VERDICTS,
    TO_AN_EVENT,
)
from guvoh.corroborate.people import is_open
from guvoh.languages.fold import fold
from guvoh.lineage.judged import VERDICTS as LINEAGE_VERDICTS
from guvoh.model.assessment import ADD, CORRECT, WITHDRAW, Assessment, Content, Target, side
from guvoh.model.claim import Claim, Exposure, Person
from guvoh.model.report import Report
from guvoh.model.text import Span
from guvoh.pipeline import amending, contents
from guvoh.protect.exposure import PERSON_VERDICTS
from guvoh.resolve.names import same_name

_PASSAGE = re.compile(r"(.+):(\d{1,9})-(\d{1,9})")  # a report, and code points of its text
_WHICH = (
    "That fits {} people who are not protected. Name the one that you mean by the id "
    "that `guvoh show people --json` gives."
)
_NEAR = 3  # names that are shown where nobody has the one that was given
SHORTEST = 8  # characters of an id that are enough where they fit one thing alone


class NotFoundError(Exception):
    """What was to be judged is not in the case, or not one thing; the message says so."""


def judge(
    case: Case,
    target: str,
    verdict: str,
    reason: str,
    other: str | None,
    fields: Mapping[str, Any] | None = None,
) -> list[str]:
    """Journal an assessment of a claim, an event, a person, or of how a report derives from `other`.

    A claim or event is named by its id, a report by its file or id, a person by id or name, a passage
    to add as a claim by report and code points ("REPORT:120-184"). `fields` are what a person read
    there, as `show claims --json` names them. "withdraw-" before a verdict takes back what was
    decided so. Returns the ids of what was journalled. Raises NotFoundError, UnreadableError.
    """
    content = None
    also: list[Assessed] = []
    with closing(derived.connect_reader(case)) as db, derived.snapshot(db):
        plain = verdict.removeprefix(WITHDRAW)
        if plain in (ADD, CORRECT):
            aim, verdict, before = _content_target(case, db, target, verdict)
            if not verdict.startswith(WITHDRAW):
                content = contents.taken(fields or {}, before)
                if other is not None and plain == ADD:
                    event = _claim(db, other)[0]
                    also = [Assessed(replace(aim, value=event.id), "pin", reason)]
        elif plain in (*EVENT_VERDICTS, *SOURCE_VERDICTS):
            if plain in EVENT_VERDICTS and verdict == plain:
                _in_an_event(db, target)
            if plain in TO_AN_EVENT and verdict == plain:
                other = _event(db, other, plain)
            if (plain, verdict) == (SAME_SOURCE, plain):
                other = _source(db, target, other)
            aim = _claim_target(db, target, other)
        elif plain in LINEAGE_VERDICTS:
            aim = _derivation_target(db, target, other)
        elif plain in PERSON_VERDICTS:
            aim = _person_target(db, target)
        elif plain in SAME_VERDICTS:
            aim = _pair_target(db, target, other or "")
        else:
            known = ", ".join(
                (
                    *LINEAGE_VERDICTS,
                    *EVENT_VERDICTS,
                    *SOURCE_VERDICTS,
                    *PERSON_VERDICTS,
                    *SAME_VERDICTS,
                    ADD,
                    CORRECT,
                )
            )
            raise NotFoundError(f"“{verdict}” is no verdict. There are: {known}.")
    made = journal.append(
        case, load_actor(), [Assessed(aim, verdict, reason, content), *also], now()
    )
    return [one.id for one in made]


def judge_many(
    case: Case, decided: Sequence[tuple[str, str, str]]
) -> tuple[int, list[tuple[str, str, str]]]:
    """Journal (claim, verdict, reason) decisions at once, but for those that stand already.

    Return how many are new, and (claim, verdict, why) for each that was not taken: its claim is not
    in the case, or somebody has decided otherwise. What stands is never overruled in bulk.
    """
    standing = {
        (one.target, side(one.verdict)): one for one in state.fold(journal.read(case)).assessments
    }
    made: list[Assessed] = []
    refused: list[tuple[str, str, str]] = []
    with closing(derived.connect_reader(case)) as db, derived.snapshot(db):
        for named, verdict, reason in decided:
            try:
                aim = _claim_target(db, named, None)
            except NotFoundError:
                refused.append((named, verdict, "its claim is not in this case"))
                continue
            before = standing.get((aim, side(verdict)))
            if before is None:
                made.append(Assessed(aim, verdict, reason))
            elif before.verdict != verdict:
                when = before.at[:10]
                refused.append((named, verdict, f"“{before.verdict}” was decided on {when}"))
    if made:
        journal.append(case, load_actor(), made, now())
    return len(made), refused


def withdraw(case: Case, one: Assessment) -> None:
    """Journal that an assessment no longer holds, whether or not its passage is still found."""
    taken = Assessed(one.target, f"{WITHDRAW}{one.verdict}", "taken back")
    journal.append(case, load_actor(), [taken], now())


def _claim_target(db: sqlite3.Connection, named: str, other: str | None) -> Target:
    claim, report = _claim(db, named)
    if other is not None and len(other) >= SHORTEST and lookups.reports_of(db, [other]):
        other = _claim(db, other)[0].id
    noun = "event" if lookups.events_of(db, [claim.id]).get(claim.id) == claim.id else "claim"
    return Target(noun, report.capture, claim.bytes, claim.text, other)


def _content_target(
    case: Case, db: sqlite3.Connection, named: str, verdict: str
) -> tuple[Target, str, Content]:
    """Return at what a claim's contents are aimed, by which verdict, and what stood there before.

    A claim that a person added or corrected is aimed at as it was then, so that it is superseded.
    """
    added = _PASSAGE.fullmatch(named)
    if added is not None:
        report = _report(db, added[1])
        span = Span(int(added[2]), int(added[3]))
        text = report.text[span.start : span.end]
        if not text.strip() or len(text) > contents.LONGEST or span.end > len(report.text):
            raise NotFoundError(
                f"{report.file} has no passage from {span.start} to {span.end} that could be a claim: "
                f"its text has {len(report.text)} characters, and a claim {contents.LONGEST} at most."
            )
        aim = Target("claim", report.capture, report.map.bytes_of(span, report.text), text)
        return aim, verdict, contents.propose(report, span)
    claim, report = _claim(db, named)
    ours = {held: one for one, held in amending.placed(db).items()}.get(claim.id)
    aim = Target("claim", report.capture, claim.bytes, claim.text)
    if ours is not None:
        for one in state.fold(journal.read(case)).assessments:
            if one.id == ours:
                back = WITHDRAW if verdict.startswith(WITHDRAW) else ""
                aim, verdict = one.target, f"{back}{one.verdict}"
    return aim, verdict, contents.content_of(claim)


def _derivation_target(db: sqlite3.Connection, named: str, other: str | None) -> Target:
    child = _report(db, named)
    parent = _report(db, other) if other is not None else None
    return Target("derivation", child.capture, other=parent.capture if parent else None)


def _person_target(db: sqlite3.Connection, named: str) -> Target:
    found = [
        person
        for person in tables.every(db, tables.PERSON)
        if named in (person.id, person.name) and person.exposure is not Exposure.PROTECTED
    ]
    if len(found) != 1:
        raise NotFoundError(_WHICH.format(len(found)))
    report = tables.get(db, tables.REPORT, found[0].id.rpartition("/p")[0])
    if report is None:
        raise NotFoundError("The report that names this person is gone.")
    return Target("person", report.capture, quote=found[0].name)


def _pair_target(db: sqlite3.Connection, named: str, other: str) -> Target:
    """Return at which two people, each of one report, a decision about who is whom is aimed.

    Where both speak of one event, those who speak there are meant: so its count changes.
    """
    ends = [_part(db, one) for one in (named, other)]
    persons = lookups.persons_of(db, ends)
    if len(set(persons.values())) == len(ends):
        both = lookups.parts_of(db, persons.values())
        ours, theirs = (both[persons[end]] for end in ends)
        homes = {one.rpartition("/")[0] for one in (*ours, *theirs)}
        events = set(lookups.events_of(db, lookups.claims_of(db, homes)).values())
        for event in tables.several(db, tables.EVENT, events).values():
            told = {part for source in event.sources for part in source.people}
            here = [next((p for p in parts if p in told), None) for parts in (ours, theirs)]
            if here[0] and here[1]:
                ends = [here[0], here[1]]
                break
    (one, held), (another, holding) = (_of_part(db, end) for end in ends)
    return Target("person", held.capture, quote=one.name, value=another.name, other=holding.capture)


def _part(db: sqlite3.Connection, named: str) -> str:
    """Return the id of a person in a report: as named, or the first of the person across reports named."""
    if lookups.persons_of(db, [named]):
        return named
    found = [one.id for one in tables.every(db, tables.PERSON) if one.name == named]
    if len(found) != 1:
        raise NotFoundError(_WHICH.format(len(found)))
    return found[0]


def _of_part(db: sqlite3.Connection, part: str) -> tuple[Person, Report]:
    """Return a person in a report, and the report; none who is protected, or whose name two there have."""
    holder = part.rpartition("/")[0]
    reading, report = tables.get(db, tables.READING, holder), tables.get(db, tables.REPORT, holder)
    whole = tables.several(db, tables.PERSON, lookups.persons_of(db, [part]).values())
    people = reading.people if reading is not None else ()
    found = [person for person in people if person.id == part]
    alike = [person for one in found for person in people if person.name == one.name]
    hidden = [one for one in (*found, *whole.values()) if not is_open(one)]
    if report is None or len(alike) != 1 or hidden:
        raise NotFoundError(_WHICH.format(0 if hidden else len(alike)))
    return found[0], report


def _claim(db: sqlite3.Connection, named: str) -> tuple[Claim, Report]:
    for claim, report in lookups.reports_of(db, [named]).items():
        reading = tables.get(db, tables.READING, report)
        holder = tables.get(db, tables.REPORT, report)
        if reading is not None and holder is not None:
            return next(one for one in reading.claims if one.id == claim), holder
    raise NotFoundError(
        f"{named} is no claim or event of this case. `guvoh show claims` lists their ids."
    )


def _in_an_event(db: sqlite3.Connection, named: str) -> None:
    """Raise NotFoundError for a claim that no event holds: it can be moved nowhere."""
    claim, _ = _claim(db, named)
    if not lookups.events_of(db, [claim.id]):
        raise NotFoundError(
            f"{named} stands in no event, for nothing that happened was read in it. Say with "
            "`judge CLAIM correct` what happened there; then it can be moved."
        )


def _event(db: sqlite3.Connection, named: str | None, verdict: str) -> str:
    if not named:
        raise NotFoundError(f"Say with --with EVENT what to {verdict} it with.")
    return _claim(db, named)[0].id


def _source(db: sqlite3.Connection, target: str, named: str | None) -> str:
    """Return what names another source of the event in which a claim stands: a name, or an id of it or of its claim.

    Raises NotFoundError, with the names most like it, where nobody there is called so.
    """
    if not named:
        raise NotFoundError(f"Say with --with NAME which source it is the same as ({SAME_SOURCE}).")
    claim, _ = _claim(db, target)
    event = lookups.events_of(db, [claim.id]).get(claim.id)
    found = tables.get(db, tables.EVENT, event) if event is not None else None
    if found is None:
        raise NotFoundError(f"{target} stands in no event: there is no source to bring it to.")
    told = [one for one in (_claim(db, each)[0] for each in found.claims) if one.chain]
    people = {link.person for one in told for link in one.chain} - {None}
    ids = {*found.claims, *people, *(source.id for source in found.sources)}
    shown = [source.name for source in found.sources]
    shown += [one.name for one in found.unconfirmed] + [one.name for one in found.excluded]
    names = {*shown, *(link.name for one in told for link in one.chain)}
    if named in ids or fold(named) in map(fold, names):
        return named
    near = sorted(dict.fromkeys(shown), key=lambda name: -same_name(name, named).score)[:_NEAR]
    others = f"; most like it: {', '.join(near)}" if near else ""
    raise NotFoundError(f"Nobody in the event of {target} is called “{named}”{others}.")


def _report(db: sqlite3.Connection, named: str) -> Report:
    found = [
        report
        for report in tables.every(db, tables.REPORT)
        if report.file == named or (len(named) >= SHORTEST and report.id.startswith(named))
    ]
    if len(found) == 1:
        return found[0]
    if found:
        raise NotFoundError(
            f"{named} fits {len(found)} reports. Name the one that you mean by its id."
        )
    raise NotFoundError(f"{named} is no report of this case. `guvoh show reports` lists them.")
