"""The review queue: what matters first, one question at a time, answered from the keyboard."""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations, islice

from starlette.requests import Request
from starlette.responses import HTMLResponse

from guvoh.casefile import lists, lookups, tables
from guvoh.casefile.state import State
from guvoh.model.assessment import side
from guvoh.model.claim import Claim
from guvoh.model.event import Event
from guvoh.model.lineage import Family
from guvoh.model.report import Report
from guvoh.model.text import Span
from guvoh.pages.picture import outlet
from guvoh.pages.render import marked
from guvoh.pages.texts import asked
from guvoh.resolve.names import same_name
from guvoh.show import masked_claim, masked_report, veil_over
from guvoh.words import Words, words
from guvoh.workbench import decided, namesakes
from guvoh.workbench.page import desk_of, language_of, page
from guvoh.workbench.searching import whole_words
from guvoh.workbench.sentences import told_of
from guvoh.workbench.totals import Totals

QUEUE = 30  # questions at a time
LOOKED_AT = 60  # events, families and warnings that are looked through for them
_TURNS = 20  # times as many events and families are looked at where all before are decided
ALIKE = 600  # per mille; names less alike are not asked about
MOST_SOURCES = 20  # sources of one event that are compared
PROPOSED = 6  # pairs of people of whom it is asked whether they are one
SURE = 970  # per mille; a derivation less sure than that is worth a look


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to decide. `yes` and `no` are verdicts about `target`, with `other` beside it."""

    why: str  # a key of the interface's texts
    target: str
    yes: str
    no: str
    other: str = ""
    title: str = ""
    chain: tuple[str, ...] = ()
    passage: str = ""
    beside: str = ""
    report: str = ""
    event: str = ""
    confidence: int | None = None
    because: tuple[str, ...] = ()
    file: str = ""
    around: tuple[tuple[str, bool], ...] = ()  # the passage among its words, in pieces


def review(request: Request) -> HTMLResponse:
    """Show the questions that are open, the weightiest first."""
    desk = desk_of(request)
    known = desk.known()
    with desk.reading() as db:
        language = language_of(request)
        questions = list(islice(_open_questions(db, known, words(language), desk.totals), QUEUE))
        latest = decided.told(db, known, known.assessments[-8:][::-1])
        told = told_of(db, [one.event for one in questions if one.event], language)
    questions = [
        replace(one, title=told.get(one.event, one.title)) if one.title else one
        for one in questions
    ]
    return page(request, "review.html", questions=questions, latest=latest)


def _open_questions(
    db: sqlite3.Connection, known: State, say: Words, totals: Totals
) -> Iterator[Question]:
    judged = {
        (one.target.capture, one.target.quote)
        for one in known.assessments
        if side(one.verdict) == "checked"
    }
    ones = {
        (one.target.capture, one.target.quote)
        for one in known.assessments
        if side(one.verdict) == "source"
    }
    pairs = {
        frozenset((one.target.capture, one.target.other or ""))
        for one in known.assessments
        if one.target.noun == "derivation"
    }
    seen: set[str] = set()
    for source in (
        _at_risk,
        _on_one,
        partial(_maybe_one, say=say),
        partial(_one_person, say=say, totals=totals),
        _weak_links,
        _others,
    ):
        for question in source(db):
            claim = tables.get(db, tables.REPORT, question.report)
            if question.target in seen or claim is None:
                continue
            if question.yes == "same-person":  # what is decided is not proposed
                yield question
                continue
            said = judged | ones if question.yes == "checked" else ones
            if question.yes != "confirm" and (claim.capture, question.passage) in said:
                continue
            if question.yes == "confirm":
                other = tables.get(db, tables.REPORT, question.other)
                if other is None or frozenset((claim.capture, other.capture)) in pairs:
                    continue
            seen.add(question.target)
            yield question


def _at_risk(db: sqlite3.Connection) -> Iterator[Question]:
    for warning in islice(tables.every(db, tables.WARNING), LOOKED_AT):
        if warning.status == "open":
            for claim in warning.claims[:2]:
                yield from _of_claim(db, claim, "People may be at risk")


def _on_one(db: sqlite3.Connection) -> Iterator[Question]:
    for line in _events(db, lists.Wanted(rests="one")):
        if line.reports > 1:
            yield from _of_event(db, line.id, "Several reports rest on this one source")


def _maybe_one(db: sqlite3.Connection, say: Words) -> Iterator[Question]:
    """Ask of sources that one event counts apart, or joins on a doubt, whether they are one."""
    lines, _ = lists.events(db, lists.Wanted(), most=LOOKED_AT)
    for event in tables.several(db, tables.EVENT, [line.id for line in lines]).values():
        questions = {pair: one for one in event.joined for pair in _pairs(one.sources)}
        counted = [one for one in event.sources if one.claims]
        for one, other in combinations(counted[:MOST_SOURCES], 2):
            alike = same_name(one.name, other.name)
            join = questions.get(frozenset((one.id, other.id))) or questions.get(
                frozenset((one.name, other.name))
            )
            if join is None and (alike.score < ALIKE or one.kind is not other.kind):
                continue
            because = [asked(join, say)] if join else []
            if alike.score >= ALIKE:
                because += [f"{alike.score // 10} %", *map(say, alike.why)]
            for question in _of_claim(db, one.claims[0], "These two may be one source", event):
                beside = next(iter(_of_claim(db, other.claims[0], "", event)), None)
                if beside is not None:
                    yield replace(
                        question,
                        yes="same-source",
                        no="independent",
                        other=other.claims[0],
                        beside=beside.passage,
                        chain=(f"{one.name} = {other.name}?",),
                        because=tuple(because),
                    )


def _one_person(db: sqlite3.Connection, say: Words, totals: Totals) -> Iterator[Question]:
    """Ask of people of different reports, whose names are alike, whether they are one."""
    for one in namesakes.shown_with(db, totals.proposals(db)[:PROPOSED]):
        here, there = one.mentions
        if here is not None and there is not None:
            reasons = namesakes.told((*one.found.speaks_for, *one.found.against), say)
            yield Question(
                "These two may be one person",
                one.one.id,
                "same-person",
                "other-person",
                other=one.other.id,
                chain=(f"{one.one.name} = {one.other.name}?",),
                passage="".join(piece for piece, _ in there.around),
                beside="".join(piece for piece, _ in here.around),
                report=here.report,
                because=tuple(reasons),
                file=here.file,
            )


def _events(db: sqlite3.Connection, wanted: lists.Wanted) -> Iterator[lists.EventLine]:
    """Yield events, what most reports carry first, as far as somebody who has decided much may come."""
    for number in range(_TURNS):
        lines, _ = lists.events(db, wanted, number, LOOKED_AT)
        yield from lines
        if len(lines) < LOOKED_AT:
            return


def _pairs(names: Sequence[str]) -> list[frozenset[str]]:
    return [frozenset(pair) for pair in combinations(names, 2)]


def _others(db: sqlite3.Connection) -> Iterator[Question]:
    for line in _events(db, lists.Wanted()):
        yield from _of_event(db, line.id, "A source that counts, and nobody has checked")


def _weak_links(db: sqlite3.Connection) -> Iterator[Question]:
    families = sorted(tables.every(db, tables.FAMILY), key=lambda f: (-len(f.members), f.id))
    for family in families[: LOOKED_AT * _TURNS]:
        yield from _of_family(db, family)


def _of_family(db: sqlite3.Connection, family: Family) -> Iterator[Question]:
    weak = [m for m in family.members if m.parent and m.derivation and m.confidence < SURE]
    if not weak:
        return
    veil = veil_over(db, [family])
    named = {one for m in weak for one in (m.report, m.parent) if one}
    reports = {
        key: masked_report(report, veil)
        for key, report in tables.several(db, tables.REPORT, sorted(named)).items()
    }
    for member in sorted(weak, key=lambda m: (m.confidence, m.report)):
        child, parent = reports[member.report], reports[member.parent or ""]
        first = member.derivation.passages[0] if member.derivation.passages else None  # type: ignore[union-attr]
        yield Question(
            "The copies hang on this link, and it is not sure",
            member.report,
            "confirm",
            "reject",
            other=parent.id,
            title=f"{outlet(child)} ← {outlet(parent)}",
            passage=child.text[first.child.start : first.child.end] if first else "",
            beside=parent.text[first.parent.start : first.parent.end] if first else "",
            report=child.id,
            confidence=member.confidence,
            file=child.file,
        )


def _of_event(db: sqlite3.Connection, identity: str, why: str) -> Iterator[Question]:
    event = tables.get(db, tables.EVENT, identity)
    if event is not None:
        for source in event.sources:
            for claim in source.claims[:1]:
                yield from _of_claim(db, claim, why, event)


def _of_claim(
    db: sqlite3.Connection, identity: str, why: str, event: Event | None = None
) -> Iterator[Question]:
    for claim_id, holder in lookups.reports_of(db, [identity]).items():
        reading = tables.get(db, tables.READING, holder)
        report = tables.get(db, tables.REPORT, holder)
        if reading is None or report is None:
            continue
        family = lookups.families_of(db, [holder]).get(holder)
        veil = veil_over(db, list(tables.several(db, tables.FAMILY, [family or ""]).values()))
        claim = masked_claim(next(c for c in reading.claims if c.id == claim_id), veil)
        yield Question(
            why,
            claim_id,
            "checked",
            "reject-source",
            title=event.summary if event else "",
            chain=tuple(link.name for link in claim.chain) or (outlet(report),),
            passage=claim.text,
            report=holder,
            event=event.id if event else lookups.events_of(db, [claim_id]).get(claim_id, ""),
            file=report.file,
            around=_among_its_words(masked_report(report, veil), claim),
        )


def _among_its_words(report: Report, claim: Claim) -> tuple[tuple[str, bool], ...]:
    """Return a claim with the words before and after it in its paragraph: alone, few say what is meant."""
    at = claim.span
    for home in report.paragraphs:
        if home.start <= at.start and at.end <= home.end:
            text = report.text[home.start : home.end]
            here = Span(at.start - home.start, at.end - home.start)
            if text[here.start : here.end] == claim.text:
                return tuple(marked(text, whole_words(text, here), [here]))
    return ()
