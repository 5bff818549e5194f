"""How long corroboration takes on a generated case: from scratch, and for one more report.

    python -m benchmarks.corroborate [reports] [claims per report]

All text is generated. Times are process CPU seconds on one core.
"""

import sys
import time
from collections.abc import Iterator
from random import Random

from guvoh.corroborate.alignment import opposite, twins
from guvoh.corroborate.assign import Happenings, Placed
from guvoh.corroborate.decisions import overlay
from guvoh.corroborate.event import derive
from guvoh.corroborate.voices import Material
from guvoh.model.claim import (
    Act,
    Basis,
    Claim,
    ClaimKind,
    Link,
    Participant,
    Place,
    Polarity,
    Quantity,
    Reading,
    SourceKind,
    Stance,
    Time,
)
from guvoh.model.lineage import Derivation, Family, Member, Passage, Relation
from guvoh.model.report import Report
from guvoh.model.text import ByteSpan, CharacterMap, Run, RunKind, Span, Stated

ACTS = (
    "transfer",
    "deploy",
    "recruit",
    "detain",
    "beat",
    "kill",
    "take-documents",
    "sign-contract",
)
PEOPLES = ("Uzbeks", "Tajiks", "Kyrgyz", "Nepalis", "prisoners", "workers")
SENTENCE = "On page {:05} of that list a number of men were taken away from the place by night. "
LENGTH = len(SENTENCE.format(0))
FAMILY = 5  # every fifth report is an original, the four after it are copies


def _claim(random: Random, report: str, at: int) -> Claim:
    start = at * LENGTH
    span = Span(start, start + LENGTH - 1)
    month = f"2023-{random.randint(1, 12):02}-{random.randint(1, 28):02}"
    colony = f"Penal Colony No. {random.randint(1, 400)}"
    people = random.choice(PEOPLES)
    count = random.randint(2, 60)
    speaker = random.choice(
        ("a guard", "a prisoner", "his father", f"Aziz Karimov{random.randint(1, 500)}")
    )
    chain = (Link(speaker, SourceKind.PERSON, Basis.TOLD),) if random.random() < 0.6 else ()
    return Claim(
        id=f"{report[-8:]}{at:08}",
        report=report,
        bytes=ByteSpan(*span),
        spans=(span,),
        text=SENTENCE.format(random.randrange(100_000)).strip(),
        kind=ClaimKind.INDIRECT if chain else ClaimKind.NARRATED,
        stance=Stance.ASSERTED if random.random() < 0.9 else Stance.FEARED,
        polarity=Polarity.AFFIRMED,
        chain=chain,
        acts=(Act(random.choice(ACTS), span),) if random.random() < 0.7 else (),
        participants=(Participant("affected", people, "nationality", span=span),)
        if random.random() < 0.6
        else (),
        times=(Time(month, span, month),) if random.random() < 0.5 else (),
        quantities=(Quantity(str(count), span, count, count, people),)
        if random.random() < 0.3
        else (),
        places=(Place(colony, span, colony, "facility"),) if random.random() < 0.4 else (),
    )


def _copied(claim: Claim, report: str, at: int) -> Claim:
    fields = {name: getattr(claim, name) for name in Claim.__slots__}
    return Claim(**{**fields, "id": f"{report[-8:]}{at:08}", "report": report})


def generated(reports: int, claims: int) -> Iterator[tuple[Report, Reading, Derivation | None]]:
    """Yield reports with readings, and the derivation of those that copy another."""
    random = Random(7)
    whole = Span(0, LENGTH * claims - 1)
    where = CharacterMap("utf-8", (Run(whole, ByteSpan(*whole), RunKind.EXACT),))
    original: Reading | None = None
    for ordinal in range(reports):
        name = f"{ordinal:064x}"
        if ordinal % FAMILY == 0 or original is None:
            found = tuple(_claim(random, name, at) for at in range(claims))
        else:
            found = tuple(_copied(one, name, at) for at, one in enumerate(original.claims))
        report = Report(
            name,
            name,
            f"{name}.txt",
            " ".join(one.text for one in found),
            where,
            "en",
            publisher=Stated(f"Outlet {ordinal % 300}"),
            published="2024-01-01",
        )
        reading = Reading(name, found, places=tuple(p for one in found for p in one.places))
        derivation = None
        if ordinal % FAMILY == 0 or original is None:
            original = reading
        else:
            passages = tuple(Passage(one.span, one.span, 10) for one in found)
            derivation = Derivation(original.report, name, Relation.COPY, True, 990, passages)
        yield report, reading, derivation


def main(reports: int = 10_000, claims: int = 20) -> None:
    """Print how long assignment and derivation take, and what one more report costs."""
    case = list(generated(reports + 1, claims))
    readings = {reading.report: reading for _, reading, _ in case}
    texts = {report.id: report for report, _, _ in case}
    placed = [_placed(at, one, readings) for at, one in enumerate(case)]
    begin = time.process_time()
    happenings = Happenings()
    for one in placed[:-1]:
        happenings.assign(one)
    assigned = time.process_time()
    rows, keys = happenings.changed()
    known = families(case)
    events = 0
    most = 0
    for gathered in overlay(rows, ()):
        used = dict.fromkeys(told.report for told in gathered.claims)
        material = Material(
            {name: texts[name] for name in used},
            {name: readings[name] for name in used},
            list({id(known[name]): known[name] for name in used if name in known}.values()),
        )
        events += derive(gathered, material).event is not None
        most = max(most, len(gathered.claims))
    derived = time.process_time()
    before = {row.id for row in rows}
    happenings.assign(placed[-1])
    one_more = time.process_time()
    print(f"{reports} reports, {reports * claims} claims, {len(rows)} happenings, {len(keys)} keys")
    print(f"{events} events, the largest of {most} claims")
    print(f"assigned  {assigned - begin:7.1f} s")
    print(f"derived   {derived - assigned:7.1f} s")
    print(f"one more  {one_more - derived:7.3f} s to assign ({len(before)} happenings before)")


def _placed(
    ordinal: int, one: tuple[Report, Reading, Derivation | None], readings: dict[str, Reading]
) -> Placed:
    report, reading, derivation = one
    if derivation is None:
        return Placed(ordinal, report, reading)
    pairs = twins(derivation, readings[derivation.parent], reading)
    return Placed(ordinal, report, reading, opposite(pairs, {c.id for c in reading.claims}))


def families(case: list[tuple[Report, Reading, Derivation | None]]) -> dict[str, Family]:
    """Return the family of each report, an original and its copies, by report id."""
    members: dict[str, list[Member]] = {}
    for report, _, derivation in case:
        if derivation is None:
            members[report.id] = [Member(report.id, Relation.ORIGIN, None, 1000)]
        else:
            members[derivation.parent].append(
                Member(report.id, Relation.COPY, derivation.parent, 990, derivation=derivation)
            )
    found: dict[str, Family] = {}
    for origin, listed in members.items():
        family = Family(origin, tuple(listed), origin)
        found.update((member.report, family) for member in listed)
    return found


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:3]))
