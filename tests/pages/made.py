"""Events made up for the tests: any number of reports in families, with sources, some of them joined."""

from collections.abc import Sequence
from dataclasses import dataclass

from guvoh.model.claim import Basis, Claim, ClaimKind, Polarity, SourceKind, Stance
from guvoh.model.event import Count, Event, EventStatus, Joined, Source
from guvoh.model.lineage import (
    Change,
    ChangeKind,
    Derivation,
    Family,
    Member,
    MissingOrigin,
    Relation,
)
from guvoh.model.report import Report
from guvoh.model.text import ByteSpan, CharacterMap, Span, Stated
from guvoh.pages.render import EventView

OUTLETS = (
    "Harbour Post",
    "Вестник Северного побережья и окрестных посёлков",
    "Copy Daily",
    "Aggregator-of-everything-that-was-ever-published.example",
    "Le Petit Courrier de l’Est",
    "صحيفة الميناء",
    "O‘zbek ovozi",
    "港灣日報",
)
LANGUAGES = ("en", "ru", "en", "es", "fr", "ar", "uz", "zh")
DERIVED = (
    Relation.COPY,
    Relation.EDITED,
    Relation.TRANSLATION,
    Relation.PARAPHRASE,
    Relation.CITATION,
    Relation.NOTHING_NEW,
)


@dataclass(frozen=True)
class Made:
    """How one report comes about: from which earlier one (None: its own text), how, changing how much."""

    parent: int | None
    relation: Relation
    changes: int = 0
    day: int | None = 1


def made(steps: Sequence[Made], sources: Sequence[int] = (), joined: bool = False) -> EventView:
    """Return the view of an event whose reports come about by `steps`; `sources` say in which."""
    reports = [_report(number, step) for number, step in enumerate(steps)]
    claims = {f"c{number}": _claim(number, report) for number, report in enumerate(reports)}
    heard = tuple(_source(order, number) for order, number in enumerate(sources))
    asked = Joined(tuple(one.name for one in heard), "Did the one hear of it from the other?")
    families = _families(steps, reports)
    texts = sum(step.relation not in DERIVED[:3] for step in steps)
    event = Event(
        id="e1",
        acts=("transfer",),
        status=EventStatus.PAST,
        summary="Thirty people were sent away: the Port, January 2023.",
        claims=tuple(claims),
        reports=tuple(report.id for report in reports),
        families=tuple(family.id for family in families),
        texts=max(texts, 1),
        count=Count(1 if joined else len(heard), len(heard), 0, 0),
        sources=heard,
        joined=(asked,) if joined and len(heard) > 1 else (),
    )
    return EventView(event, families, {one.id: one for one in reports}, claims)


def _report(number: int, step: Made) -> Report:
    return Report(
        id=f"{number:04d}" * 16,
        capture=f"{number:04d}" * 16,
        file=f"{number}.html",
        text="Thirty people were sent away, she said.",
        map=CharacterMap("utf-8", ()),
        language=LANGUAGES[number % len(LANGUAGES)],
        title=Stated(f"Report {number}"),
        publisher=Stated(f"{OUTLETS[number % len(OUTLETS)]} {number}"),
        published=f"2023-0{1 + step.day // 28}-{1 + step.day % 28:02d}" if step.day else None,
    )


def _claim(number: int, report: Report) -> Claim:
    return Claim(
        id=f"c{number}",
        report=report.id,
        bytes=ByteSpan(0, 28),
        spans=(Span(0, 28),),
        text=report.text[:28],
        kind=ClaimKind.INDIRECT,
        stance=Stance.ASSERTED,
        polarity=Polarity.AFFIRMED,
        chain=(),
    )


def _source(order: int, number: int) -> Source:
    name = ("a sister of one of those who were sent away", "водитель", "Daler")[order % 3]
    chain = (OUTLETS[number % len(OUTLETS)], "a neighbour", f"{name} {order}")
    return Source(
        f"s{order}", f"{name} {order}", SourceKind.PERSON, Basis.TOLD, (chain,), (f"c{number}",)
    )


def _families(steps: Sequence[Made], reports: Sequence[Report]) -> tuple[Family, ...]:
    root = list(range(len(steps)))
    for number, step in enumerate(steps):
        if step.parent is not None:
            root[number] = root[step.parent]
    found = []
    for first in sorted(set(root)):
        numbers = [number for number, at in enumerate(root) if at == first]
        lost = steps[first].relation is not Relation.ORIGIN
        if len(numbers) > 1 or lost:
            members = tuple(_member(number, steps[number], reports) for number in numbers)
            missing = MissingOrigin("Radio Lantern", ("Two credit it.",)) if lost else None
            origin = None if lost else reports[first].id
            found.append(Family(f"f{first}", members, origin, missing))
    return tuple(found)


def _member(number: int, step: Made, reports: Sequence[Report]) -> Member:
    child = reports[number].id
    if step.parent is None:
        return Member(child, step.relation, None, 900)
    parent = reports[step.parent].id
    kinds = list(ChangeKind)
    changes = tuple(
        Change(
            kinds[(number + at) % len(kinds)],
            None if at % 3 == 1 else f"what {at} said before",
            None if at % 3 == 2 else f"what it says after {at}",
            None,
            None,
            at % 5 == 4,
        )
        for at in range(step.changes)
    )
    derivation = Derivation(parent, child, step.relation, True, 900, (), changes)
    return Member(child, step.relation, parent, 900, derivation=derivation)


def chain_of(number: int) -> EventView:
    """Return an event of `number` reports, most of which go back to the first, on two joined sources."""
    steps = [Made(None, Relation.ORIGIN)]
    for at in range(1, number):
        if at % 9 == 5:
            steps.append(Made(None, Relation.ORIGIN, day=at))
        else:
            parent = 0 if at % 3 else max(at - 3, 0)
            steps.append(Made(parent, DERIVED[at % 6], at % 4, None if at % 11 == 7 else at))
    return made(steps, [0, 0, number - 1], joined=True)
