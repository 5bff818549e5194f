"""What `show` and `build` print: values of the case as rows for machines or lines for people."""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from guvoh.casefile import journal, lists, lookups, state, tables
from guvoh.casefile.folder import Case
from guvoh.corroborate.summary import headline
from guvoh.corroborate.veil import Veil, binding, needed
from guvoh.model.claim import Claim, Place
from guvoh.model.event import Event, RiskWarning
from guvoh.model.lineage import Family
from guvoh.model.report import Report
from guvoh.model.text import Stated
from guvoh.pages import rows, terminal
from guvoh.pages.labels import bounds, language_of
from guvoh.pages.render import event_order
from guvoh.pages.rows import Row
from guvoh.words import Words, words


@dataclass(frozen=True, slots=True)
class Shown:
    """One answer of `show`: the objects of the contract, and the same as lines."""

    rows: Iterator[Row]
    lines: Iterator[str]


def show(what: str, case: Case, db: sqlite3.Connection, language: str = "en") -> Shown:
    """Return everything of one kind, in canonical order; `what` is a key of `NOUNS`.

    Lines on events and warnings are in `language`, rows are the same in all.
    """
    return NOUNS[what](case, db, words(language))


def veil_over(db: sqlite3.Connection, families: Sequence[Family]) -> Veil:
    """Return the veil over what these families' members withhold from one another."""
    families = binding(families)
    wanted = sorted(needed(families))
    members = {member.report: family for family in families for member in family.members}
    edges = [
        member.derivation
        for family in families
        for member in (*family.members, *family.citers)
        if member.derivation is not None
    ]
    texts = tables.several(db, tables.REPORT, wanted)
    return Veil(texts, tables.several(db, tables.READING, wanted), members, edges)


def masked_claim(claim: Claim, veil: Veil) -> Claim:
    """Return a claim without the names that another version of its text withholds."""
    return replace(
        claim,
        text=veil.masked(claim.report, claim.text),
        chain=tuple(replace(k, name=veil.shown(claim.report, k.name)) for k in claim.chain),
        participants=tuple(
            replace(one, name=veil.shown(claim.report, one.name)) for one in claim.participants
        ),
    )


def masked_report(report: Report, veil: Veil) -> Report:
    """Return a report without the names that another version of its text withholds, wherever they stand in it."""

    def covered(said: Stated | None) -> Stated | None:
        return said and replace(said, text=veil.masked(report.id, said.text))

    images = tuple(
        replace(one, credit=covered(one.credit), caption=covered(one.caption), alt=covered(one.alt))
        for one in report.images
    )
    return replace(
        report,
        text=veil.masked(report.id, report.text),
        title=covered(report.title),
        images=images,
    )


def _captures(case: Case, _: sqlite3.Connection, __: Words) -> Shown:
    known = state.fold(journal.read(case)).captures.values()
    return Shown(
        (rows.capture_row(capture) for capture in known),
        (terminal.capture_line(capture) for capture in known),
    )


def _reports(_: Case, db: sqlite3.Connection, __: Words) -> Shown:
    return Shown(
        (rows.report_row(report) for report in _every_report(db)),
        (line for report in _every_report(db) for line in terminal.report_lines(report)),
    )


def _every_report(db: sqlite3.Connection) -> Iterator[Report]:
    veil = veil_over(db, list(tables.every(db, tables.FAMILY)))
    for report in tables.every(db, tables.REPORT):
        yield masked_report(report, veil)


def _claims(_: Case, db: sqlite3.Connection, __: Words) -> Shown:
    return Shown(_claim_rows(db), _claim_lines(db))


def _claim_rows(db: sqlite3.Connection) -> Iterator[Row]:
    for claim, report, _ in _every_claim(db):
        yield rows.claim_row(claim, report)


def _claim_lines(db: sqlite3.Connection) -> Iterator[str]:
    for claim, report, number in _every_claim(db):
        yield from terminal.claim_lines(claim, report, headline=number == 0)


def _every_claim(db: sqlite3.Connection) -> Iterator[tuple[Claim, Report, int]]:
    """Yield each claim, masked, with its report and its number there."""
    veil = veil_over(db, list(tables.every(db, tables.FAMILY)))
    for report in tables.every(db, tables.REPORT):
        reading = tables.get(db, tables.READING, report.id)
        for number, claim in enumerate(reading.claims if reading else ()):
            yield masked_claim(claim, veil), masked_report(report, veil), number


def _families(_: Case, db: sqlite3.Connection, __: Words) -> Shown:
    reports = {report.id: report for report in tables.every(db, tables.REPORT)}
    files = {identity: report.file for identity, report in reports.items()}
    return Shown(
        (rows.family_row(family, files) for family in tables.every(db, tables.FAMILY)),
        (
            line
            for family in tables.every(db, tables.FAMILY)
            for line in terminal.family_lines(family, reports)
        ),
    )


def _events(_: Case, db: sqlite3.Connection, say: Words) -> Shown:
    events = sorted(tables.every(db, tables.EVENT), key=event_order)
    return Shown(
        (rows.event_row(event) for event in events),
        (line for event in events for line in [*terminal.event_lines(_told(event, say), say), ""]),
    )


def _people(_: Case, db: sqlite3.Connection, __: Words) -> Shown:
    return Shown(
        (rows.person_row(person) for person in tables.every(db, tables.PERSON)),
        (terminal.person_line(person) for person in tables.every(db, tables.PERSON)),
    )


def _places(_: Case, db: sqlite3.Connection, __: Words) -> Shown:
    counted: Counter[str] = Counter()
    known: dict[str, Place] = {}
    for reading in tables.every(db, tables.READING):
        for place in reading.places:
            key = place.key or place.name
            counted[key] += 1
            # Where one report leaves open where it lies, another may say it.
            if key not in known or known[key].latitude is None:
                known[key] = place
    ordered = sorted(known, key=lambda key: (-counted[key], key))
    return Shown(
        (rows.place_row(known[key], counted[key]) for key in ordered),
        (terminal.place_line(known[key], counted[key]) for key in ordered),
    )


def _warnings(_: Case, db: sqlite3.Connection, say: Words) -> Shown:
    known = list(tables.every(db, tables.WARNING))
    return Shown(
        (rows.warning_row(warning) for warning in known),
        (terminal.warning_line(one, say) for one in _warned(db, known, say)),
    )


def _told(event: Event, say: Words) -> Event:
    """Return an event with its sentence in the reader's language; the one that is stored is English."""
    return event if say.language == "en" else replace(event, summary=headline(event, say))


def _warned(
    db: sqlite3.Connection, warnings: Sequence[RiskWarning], say: Words
) -> Iterator[RiskWarning]:
    """Yield warnings with the sentence of their event in the reader's language."""
    for warning in warnings:
        event = tables.get(db, tables.EVENT, warning.id.partition("/")[0])
        yield replace(warning, text=_told(event, say).summary) if event else warning


def _findings(_: Case, db: sqlite3.Connection, __: Words) -> Shown:
    files = {report.id: report.file for report in tables.every(db, tables.REPORT)}

    def file(report: str | None, named: str | None) -> str | None:
        return named or (files.get(report) if report else None)

    found = list(tables.every(db, tables.FINDING))
    return Shown(
        (
            {**rows.finding_row(tables.finding_id(f), f), "file": file(f.report, f.file)}
            for f in found
        ),
        (terminal.finding_line(f, file(f.report, f.file)) for f in found),
    )


NOUNS: dict[str, Callable[[Case, sqlite3.Connection, Words], Shown]] = {
    "captures": _captures,
    "reports": _reports,
    "claims": _claims,
    "families": _families,
    "events": _events,
    "people": _people,
    "places": _places,
    "warnings": _warnings,
    "findings": _findings,
}


def answer_lines(db: sqlite3.Connection, language: str = "en", most: int = 5) -> Iterator[str]:
    """Say the answer in a few lines: what was read, the main event, others, and who is at risk."""
    say = words(language)
    counted = lists.glance(db)
    events = sorted(tables.every(db, tables.EVENT), key=event_order)
    spoken = [language_of(one, say) for one in lookups.languages(db)]
    yield say("{reports} in {languages} → {origins} → {events}").format(
        reports=say.count(counted.reports, "report", "reports"),
        languages=_listed(spoken, say) or say("no language"),
        origins=say.count(counted.texts, "origin", "origins"),
        events=say.count(len(events), "event", "events"),
    )
    for event in events[:1]:
        yield ""
        yield from terminal.main_lines(_told(event, say), say)
    others = [one for one in events[1:] if len(one.reports) > 1 or one.count.low > 0][:most]
    if others:
        yield ""
    for event in others:
        yield terminal.event_line(_told(event, say), say)
    if len(events) > 1 + len(others):
        more = say("and {n} more").format(n=len(events) - 1 - len(others))
        yield f"  … {more}: guvoh show events"
    feared = [one for one in tables.every(db, tables.WARNING) if one.status == "open"]
    if feared:
        yield ""
    for warning in _warned(db, feared[:most], say):
        yield terminal.warning_line(warning, say)
    if len(feared) > most:
        more = say("and {n} more").format(n=len(feared) - most)
        yield f"  … {more}: guvoh show warnings"
    if idle := [terminal.printable(file) for file in lists.outside_events(db)]:
        yield ""
        told = say("In no event, for nothing that happened was read there: {files}")
        yield f"{told.format(files=_listed(idle, say))}. guvoh show claims"
    if stray := len(tables.where(db, tables.FINDING, "step", "assessment")):
        yield ""
        told = say("Decisions that find no place any more: {n}").format(n=stray)
        yield f"{told}. guvoh show findings"


def _listed(names: Sequence[str], say: Words, most: int = 6) -> str:
    """Return names as a list in words, and how many more there are."""
    if len(names) > most:
        return f"{', '.join(names[:most])} {say('and {n} more').format(n=len(names) - most)}"
    return f" {say('and')} ".join(
        part for part in (", ".join(names[:-1]), names[-1] if names else "") if part
    )


def count_lines(db: sqlite3.Connection) -> Iterator[str]:
    """Say each event with its count, and each family with its members, in one line each."""
    for event in sorted(tables.every(db, tables.EVENT), key=event_order):
        yield f"{event.id}  {bounds(event.count)} original sources: {event.summary}"
    files = {report.id: report.file for report in tables.every(db, tables.REPORT)}
    for family in tables.every(db, tables.FAMILY):
        told = [
            f"{files[m.report]} ({m.relation.value}{f' of {files[m.parent]}' if m.parent else ''})"
            for m in family.members
        ]
        yield f"same origin: {', '.join(told)}"
