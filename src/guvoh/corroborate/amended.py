"""Readings as people left them: claims that the machine missed added, others corrected."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Protocol, TypeVar

from guvoh.corroborate.features import AHEAD
from guvoh.corroborate.fit import Profile
from guvoh.corroborate.happenings import Happening, Told
from guvoh.corroborate.vocabulary import vocabulary
from guvoh.languages.fold import fold
from guvoh.model.assessment import CORRECT, Assessment, Content, Speaker, Target, When
from guvoh.model.claim import (
    Act,
    Basis,
    Claim,
    ClaimKind,
    Exposure,
    Link,
    Participant,
    Person,
    Place,
    Polarity,
    Quantity,
    Reading,
    SourceKind,
    Stance,
    Time,
)
from guvoh.model.report import Report
from guvoh.model.text import ByteSpan, Span

_COERCES = "coerce"  # the act that makes the others of its claim coerced


class _Placed(Protocol):
    @property
    def span(self) -> Span: ...


T = TypeVar("T", bound=_Placed)


@dataclass(slots=True)
class Amended:
    """Readings by report id as they are in force, and the claim that each assessment gave.

    The claims of a machine's reading keep their places; added ones follow in journal order.
    `detached` are the assessments whose passage is gone.
    """

    readings: dict[str, Reading] = field(default_factory=dict)
    claims: dict[str, str] = field(default_factory=dict)
    detached: tuple[str, ...] = ()


def amend(
    assessments: Iterable[Assessment],
    reports: Mapping[str, Report],
    readings: Mapping[str, Reading],
) -> Amended:
    """Return what assessments with contents make of the machine's `readings` of their captures."""
    made = Amended()
    detached: list[str] = []
    for one in assessments:
        if one.content is None:
            continue
        held = [report for report in reports.values() if report.capture == one.target.capture]
        claim = _amend(one, one.content, held, readings, made)
        if claim is None:
            detached.append(one.id)
        else:
            made.claims[one.id] = claim
    made.detached = tuple(detached)
    return made


def told_by(claim: Claim, report: Report, ordinal: int, place: int) -> Happening:
    """Return the happening that a claim makes by itself, for one that the machine brought to none."""
    acts = [act.name for act in claim.acts]
    manner = vocabulary().manner
    return Happening(
        claim.id,
        [Told(report.by_date, place, claim.id, claim.report, ordinal=ordinal)],
        Profile(
            acts=[act for act in acts if act not in manner],
            manner=[act for act in acts if act in manner],
            ahead=claim.stance in AHEAD,
        ),
    )


def _amend(
    one: Assessment,
    content: Content,
    held: Sequence[Report],
    machine: Mapping[str, Reading],
    made: Amended,
) -> str | None:
    """Put one assessment's claim into its report's reading; return its id, None without a place."""
    for report in held:
        reading = made.readings.get(report.id) or machine.get(report.id) or Reading(report.id)
        at = _same_claim(one.target, reading, exact=one.verdict != CORRECT)
        span = _passage(one.target, report) if at is None else None
        if at is None and span is None:
            continue
        before = reading.claims[at] if at is not None else _bare(report, span or Span(0, 0))
        reading, claim = _filled(before, content, reading, report)
        claims = list(reading.claims)
        if at is None:
            claims.append(claim)
        else:
            claims[at] = claim
        made.readings[report.id] = replace(reading, claims=tuple(claims))
        return claim.id
    return None


def _same_claim(target: Target, reading: Reading, *, exact: bool) -> int | None:
    """Return the place of the claim that stands at a target, or that most of it covers."""
    aim = target.bytes
    best: tuple[int, int] | None = None
    for at, claim in enumerate(reading.claims):
        if (aim is None or aim == claim.bytes) and target.quote == claim.text:
            return at
        if aim is None or exact:
            continue
        common = min(claim.bytes.end, aim.end) - max(claim.bytes.start, aim.start)
        if 2 * common > max(_length(claim.bytes), _length(aim)) and (
            best is None or common > best[0]
        ):
            best = common, at
    return best[1] if best else None


def _length(span: ByteSpan) -> int:
    return span.end - span.start


def _passage(target: Target, report: Report) -> Span | None:
    """Return where the exact words of a target stand in a report: at its bytes, else nearest to them."""
    if not target.quote or target.bytes is None:
        return None
    found: tuple[int, Span] | None = None
    at = report.text.find(target.quote)
    while at >= 0:
        span = Span(at, at + len(target.quote))
        away = abs(report.map.bytes_of(span, report.text).start - target.bytes.start)
        if found is None or away < found[0]:
            found = away, span
        at = report.text.find(target.quote, at + 1)
    return found[1] if found else None


def _bare(report: Report, span: Span) -> Claim:
    """Return a claim of a passage without contents."""
    at = report.map.bytes_of(span, report.text)
    name = f"{report.id}:{at.start}-{at.end}:added"
    return Claim(
        id=sha256(name.encode()).hexdigest()[:16],
        report=report.id,
        bytes=at,
        spans=(span,),
        text=report.text[span.start : span.end],
        kind=ClaimKind.NARRATED,
        stance=Stance.ASSERTED,
        polarity=Polarity.AFFIRMED,
        chain=(),
    )


def _filled(
    claim: Claim, content: Content, reading: Reading, report: Report
) -> tuple[Reading, Claim]:
    """Return a claim with the contents that a person read, and the reading that knows its people."""
    people = list(reading.people)
    chain = tuple(_link(one, claim, people, report.id) for one in content.chain)
    participants = tuple(
        _participant(one.role, one.name, one.kind, claim, people, report.id)
        for one in content.participants
    )
    times = tuple(_time(one, claim, report) for one in content.times)
    quantities = tuple(
        Quantity(one.text, _find(one.text, claim, report), one.low, one.high, one.of)
        for one in content.quantities
    )
    places = tuple(_place(words, claim, reading, report) for words in content.places)
    filled = replace(
        claim,
        kind=_kind(claim, chain, reading, report),
        stance=Stance(content.stance),
        polarity=Polarity(content.polarity),
        chain=chain,
        acts=tuple(_acts(content, claim)),
        participants=participants,
        times=times,
        quantities=quantities,
        places=places,
    )
    reading = replace(
        reading,
        people=tuple(people),
        times=_laid_over(reading.times, times),
        quantities=_laid_over(reading.quantities, quantities),
        places=_laid_over(reading.places, places),
    )
    return reading, filled


def _kind(claim: Claim, chain: Sequence[Link], reading: Reading, report: Report) -> ClaimKind:
    publisher = report.publisher.text.strip() if report.publisher else ""
    if all(link.name == publisher for link in chain):
        return ClaimKind.NARRATED
    if claim.kind is not ClaimKind.NARRATED:
        return claim.kind
    inside = any(
        one.start <= claim.span.start and claim.span.end <= one.end for one in reading.quotations
    )
    return ClaimKind.DIRECT if inside else ClaimKind.INDIRECT


def _link(one: Speaker, claim: Claim, people: list[Person], report: str) -> Link:
    kind, basis = SourceKind(one.kind), Basis(one.basis)
    for had in claim.chain:
        if had.name == one.name and had.kind is kind:
            return replace(had, basis=basis, pseudonym=one.pseudonym, resolved=True)
    person = (
        None
        if kind is SourceKind.UNNAMED
        else _person(one.name, kind, people, report, one.pseudonym)
    )
    return Link(one.name, kind, basis, one.pseudonym, person)


def _participant(
    role: str, name: str, kind: str, claim: Claim, people: list[Person], report: str
) -> Participant:
    for had in claim.participants:
        if (had.role, had.name, had.kind) == (role, name, kind):
            return had
    known = kind in ("person", "group", "organisation")
    person = _person(name, SourceKind(kind), people, report) if known else None
    return Participant(role, name, kind, person)


def _person(
    name: str, kind: SourceKind, people: list[Person], report: str, pseudonym: bool = False
) -> str:
    """Return the report's person of this name, who is made where it has none."""
    wanted = fold(name)
    for one in people:
        if one.kind is kind and wanted in map(fold, (one.name, *one.aliases)):
            return one.id
    last = max((int(one.id.rpartition("/p")[2]) for one in people), default=-1)
    bodies = (SourceKind.ORGANISATION, SourceKind.DOCUMENT)
    exposure = Exposure.PUBLIC if kind in bodies else Exposure.PRIVATE
    exposure = Exposure.PROTECTED if pseudonym else exposure
    made = Person(f"{report}/p{last + 1}", name, kind, pseudonym=pseudonym, exposure=exposure)
    people.append(made)
    return made.id


def _acts(content: Content, claim: Claim) -> Iterator[Act]:
    ahead = Stance(content.stance) in AHEAD
    for name in content.acts:
        had = [act for act in claim.acts if act.name == name]
        coerced = _COERCES in content.acts and name != _COERCES
        yield from had or [Act(name, claim.span, "future" if ahead else "past", coerced)]


def _place(words: str, claim: Claim, reading: Reading, report: Report) -> Place:
    """Return the place that the report means by these words, known by name alone where it has none."""
    span = _find(words, claim, report)
    same = [one for one in (*claim.places, *reading.places) if words in (one.text, one.name)]
    return replace(same[0], span=span) if same else Place(words, span, words)


def _find(words: str, claim: Claim, report: Report) -> Span:
    """Return where words stand in a claim; all of it where they are not its own."""
    for span in claim.spans:
        at = report.text.find(words, span.start, span.end)
        if words and at >= 0:
            return Span(at, at + len(words))
    return claim.span


def _time(one: When, claim: Claim, report: Report) -> Time:
    for had in claim.times:
        if (had.text, had.edtf) == (one.text, one.edtf):
            return had
    return Time(one.text, _find(one.text, claim, report), one.edtf)


def _laid_over(machine: Sequence[T], read: Sequence[T]) -> tuple[T, ...]:
    """Return the mentions of a report with those of a person in place of what stood there."""
    spans = {one.span for one in read}
    kept = [one for one in machine if one.span not in spans]
    return tuple(sorted([*kept, *read], key=lambda one: one.span))
