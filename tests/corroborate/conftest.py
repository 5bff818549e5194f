"""Makes reports, readings and families out of short notes, and runs corroboration over them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from guvoh.corroborate.alignment import opposite, twins
from guvoh.corroborate.assign import Happenings, Placed, wanted
from guvoh.corroborate.decisions import attach, overlay
from guvoh.corroborate.event import Derived, derive
from guvoh.corroborate.happenings import Happening
from guvoh.corroborate.voices import Material
from guvoh.model.assessment import Assessment, Target
from guvoh.model.claim import (
    Act,
    Basis,
    Claim,
    ClaimKind,
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
from guvoh.model.event import Event
from guvoh.model.lineage import (
    Change,
    ChangeKind,
    Derivation,
    Family,
    Member,
    MissingOrigin,
    Passage,
    Relation,
)
from guvoh.model.report import Image, Report
from guvoh.model.text import ByteSpan, CharacterMap, Run, RunKind, Span, Stated
from guvoh.reading.read import read

Notes = Mapping[str, Any]


@dataclass
class Story:
    """A case read from notes, with what corroboration makes of it."""

    reports: dict[str, Report] = field(default_factory=dict)
    readings: dict[str, Reading] = field(default_factory=dict)
    families: list[Family] = field(default_factory=list)
    assessments: list[Assessment] = field(default_factory=list)
    rows: tuple[Happening, ...] = ()
    results: list[Derived] = field(default_factory=list)

    @property
    def events(self) -> list[Event]:
        return [result.event for result in self.results if result.event is not None]

    def event(self, claim: str) -> Event:
        return next(event for event in self.events if claim in event.claims)

    def findings(self, kind: str) -> list[str]:
        return [f.text for result in self.results for f in result.findings if f.kind == kind]


def _link(note: str, people: Mapping[str, Person]) -> Link:
    name, kind, basis = (
        (*note.split(":"), "unknown")[:3] if note.count(":") == 1 else note.split(":")
    )
    person = people.get(name)
    return Link(
        name,
        SourceKind(kind),
        Basis(basis),
        pseudonym=person.pseudonym if person else False,
        person=person.id if person else None,
        resolved=name.lower() not in ("he", "she", "they"),
    )


def _claim(at: int, note: Notes, report: str, start: int, people: Mapping[str, Person]) -> Claim:
    text = note["text"]
    span = Span(start, start + len(text))
    low, _, rest = note.get("many", "").partition("-")
    high, _, of = rest.partition(" ")
    quantities = (
        (
            Quantity(
                note.get("words", low),
                span,
                int(low),
                int(high) if high != "open" else None,
                of or None,
            ),
        )
        if low
        else ()
    )
    return Claim(
        id=f"{report}/c{at}",
        report=report,
        bytes=ByteSpan(*span),
        spans=(span,),
        text=text,
        kind=ClaimKind(note.get("kind", "indirect" if note.get("chain") else "narrated")),
        stance=Stance(note.get("stance", "asserted")),
        polarity=Polarity(note.get("polarity", "affirmed")),
        chain=tuple(_link(link, people) for link in note.get("chain", ())),
        within=f"{report}/c{note['within']}" if "within" in note else None,
        acts=tuple(Act(name, span, note.get("tense", "past")) for name in note.get("acts", ())),
        participants=tuple(
            Participant(role, name, kind, people[name].id if name in people else None, span)
            for role, kind, name in (who.split(":") for who in note.get("who", ()))
        ),
        times=tuple(Time(when, span, when) for when in note.get("when", ())),
        quantities=quantities,
        places=tuple(
            Place(name, span, name, kind, key=f"key:{name}" if kind != "facility" else None)
            for kind, name in (where.split(":", 1) for where in note.get("where", ()))
        ),
    )


def _report(note: Notes) -> tuple[Report, Reading]:
    name = note["id"]
    people = {
        p["name"]: Person(
            id=f"{name}/p{at}",
            name=p["name"],
            kind=SourceKind(p.get("kind", "person")),
            roles=tuple(p.get("roles", ())),
            relations=tuple(
                (relation, f"{name}/p{[q['name'] for q in note['people']].index(other)}")
                for relation, other in p.get("relations", ())
            ),
            nationality=p.get("nationality"),
            pseudonym=p.get("pseudonym", False),
            withheld=tuple(p.get("withheld", ())),
            mentions=tuple(Span(*span) for span in p.get("mentions", ())),
        )
        for at, p in enumerate(note.get("people", ()))
    }
    claims: list[Claim] = []
    text = ""
    for at, one in enumerate(note["claims"]):
        if text:
            text += "\n\n" if one.get("new") else " "
        claims.append(_claim(at, one, name, len(text), people))
        text += one["text"]
    size = len(text.encode())
    where = CharacterMap("utf-8", (Run(Span(0, len(text)), ByteSpan(0, size), RunKind.EXACT),))
    publisher = note.get("publisher", f"Outlet {name}")
    report = Report(
        id=name,
        capture=name,
        file=f"{name}.txt",
        text=text,
        map=where,
        language=note.get("language", "en"),
        publisher=Stated(publisher) if publisher else None,
        published=note.get("published"),
        images=tuple(Image(credit=Stated(i), caption=Stated(i)) for i in note.get("images", ())),
    )
    places = tuple(place for claim in claims for place in claim.places)
    return report, Reading(name, tuple(claims), tuple(people.values()), places=places)


def _derivation(note: Notes, story: Story) -> Derivation | None:
    if not note.get("parent"):
        return None
    parent, child = story.readings[note["parent"]], story.readings[note["report"]]
    pairs = note.get("align")
    if pairs is None:
        pairs = [[at, at] for at in range(min(len(parent.claims), len(child.claims)))]
    return Derivation(
        parent=parent.report,
        child=child.report,
        relation=Relation(note["relation"]),
        directed=True,
        confidence=900,
        passages=tuple(
            Passage(parent.claims[one].span, child.claims[other].span, 100) for one, other in pairs
        ),
        changes=tuple(
            Change(
                ChangeKind(c["kind"]),
                None,
                None,
                None,
                child.claims[c["claim"]].span,
                withheld=c.get("withheld", False),
            )
            for c in note.get("changes", ())
        ),
    )


def _family(note: Notes, story: Story) -> Family:
    def member(one: Notes) -> Member:
        made = _derivation(one, story)
        return Member(
            one["report"], Relation(one["relation"]), one.get("parent"), 900, derivation=made
        )

    members = tuple(member(one) for one in note["members"])
    missing = MissingOrigin(note["missing"], ()) if "missing" in note else None
    citers = tuple(member(one) for one in note.get("citers", ()))
    return Family(f"family of {members[0].report}", members, note.get("origin"), missing, citers)


def _placed(story: Story) -> list[Placed]:
    derivations = [
        m.derivation for f in story.families for m in (*f.members, *f.citers) if m.derivation
    ]
    seen: list[str] = []
    placed: list[Placed] = []
    for ordinal, (name, report) in enumerate(story.reports.items()):
        reading = story.readings[name]
        seen.append(name)
        pairs = [
            pair
            for d in derivations
            if name in (d.parent, d.child) and d.parent in seen and d.child in seen
            for pair in twins(d, story.readings[d.parent], story.readings[d.child])
        ]
        own = opposite(pairs, {claim.id for claim in reading.claims})
        placed.append(Placed(ordinal, report, reading, own))
    return placed


def in_one_go(placed: Sequence[Placed]) -> tuple[Happening, ...]:
    """Return all happenings, made in memory."""
    happenings = Happenings()
    for one in placed:
        happenings.assign(one)
    return happenings.changed()[0]


def one_by_one(placed: Sequence[Placed]) -> tuple[Happening, ...]:
    """Return all happenings, kept in a store between reports as the pipeline keeps them."""
    rows: dict[str, Happening] = {}
    pairs: dict[tuple[str, str], None] = {}
    for one in placed:
        keys = set(wanted(one))
        index = sorted((pair for pair in pairs if pair[0] in keys), reverse=True)
        loaded = {happening for _, happening in index}
        happenings = Happenings((rows[happening] for happening in sorted(loaded)), index)
        happenings.assign(one)
        changed, added = happenings.changed()
        rows.update((row.id, row) for row in changed)
        pairs.update(dict.fromkeys(added))
    return tuple(rows.values())


def tell(notes: Notes) -> Story:
    """Return the story that notes tell, with its events."""
    story = Story()
    for note in notes["report"]:
        report, reading = _report(note)
        story.reports[report.id] = report
        story.readings[report.id] = reading
    story.families = [_family(note, story) for note in notes.get("family", ())]
    for at, note in enumerate(notes.get("assessment", ())):
        report, _, _ = note["claim"].partition("/")
        claim = next(c for c in story.readings[report].claims if c.id == note["claim"])
        target = Target(
            note.get("noun", "source"),
            report,
            claim.bytes,
            claim.text,
            note.get("value"),
            note.get("other"),
        )
        story.assessments.append(
            Assessment(f"a{at}", target, note["verdict"], "checked", "key", "2024-01-01T00:00:00Z")
        )
    return _gathered(story)


def pages(*told: tuple[str, str, str]) -> Story:
    """Return the story of pages in English, each as (outlet, day of publication, text), as rules read it."""
    story = Story()
    for at, (outlet, day, text) in enumerate(told):
        name, data = f"page-{at}", text.encode()
        whole = Run(Span(0, len(text)), ByteSpan(0, len(data)), RunKind.EXACT)
        where = CharacterMap("utf-8", (whole,))
        report = Report(
            name, name, name, text, where, "en", publisher=Stated(outlet), published=day
        )
        story.reports[name], story.readings[name] = report, read(report)
    return _gathered(story)


def _gathered(story: Story) -> Story:
    """Return a story with its events."""
    story.rows = in_one_go(_placed(story))
    decided, detached = attach(story.assessments, story.reports, story.readings)
    assert not detached
    for gathered in overlay(story.rows, decided):
        used = {told.report for told in gathered.claims}
        material = Material(
            {name: report for name, report in story.reports.items() if name in used},
            {name: reading for name, reading in story.readings.items() if name in used},
            [f for f in story.families if used & {m.report for m in (*f.members, *f.citers)}],
            (),
            decided,
        )
        story.results.append(derive(gathered, material))
    return story


@pytest.fixture
def told() -> Callable[[Notes], Story]:
    return tell


@pytest.fixture
def batches() -> Callable[[Notes], tuple[tuple[Happening, ...], tuple[Happening, ...]]]:
    """Return what makes the happenings of notes in one go, and report by report through a store."""

    def both(notes: Notes) -> tuple[tuple[Happening, ...], tuple[Happening, ...]]:
        one, other = tell(notes), tell(notes)
        return in_one_go(_placed(one)), one_by_one(_placed(other))

    return both
