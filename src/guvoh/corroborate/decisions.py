"""What people decided, attached to claims, and laid over the happenings that the program found."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from guvoh.corroborate.happenings import Happening, Told
from guvoh.model.assessment import Assessment
from guvoh.model.claim import Claim, Reading
from guvoh.model.report import Report

EVENT_VERDICTS = ("merge", "split", "pin")
TO_AN_EVENT = ("merge", "pin")  # which of these name another event
SAME_PERSON, OTHER_PERSON = SAME_VERDICTS = ("same-person", "other-person")
SAME_SOURCE = "same-source"
SOURCE_VERDICTS = (
    "independent",
    SAME_SOURCE,
    "confirm-source",
    "reject-source",
    "checked",
    *(f"reliability-{letter}" for letter in "ABCDEF"),
    *(f"credibility-{digit}" for digit in "123456"),
)


@dataclass(frozen=True, slots=True)
class Decision:
    """An assessment with the claim it speaks of.

    `other` is what it names beside: an event for merge and pin, a source for same-source.
    """

    verdict: str
    claim: str
    other: str | None
    other_capture: str | None
    assessment: str


def attach(
    assessments: Iterable[Assessment],
    reports: Mapping[str, Report],
    readings: Mapping[str, Reading],
) -> tuple[tuple[Decision, ...], tuple[str, ...]]:
    """Return decisions in the given (journal) order, and the ids of assessments that find no place.

    `reports` and `readings` are those of the captures that the assessments aim at, by report id.
    Verdicts of other parts are passed over. An assessment finds the claim with its exact quote, or
    else the one that covers most of its bytes.
    """
    by_capture: dict[str, list[Reading]] = {}
    for report in reports.values():
        if report.id in readings:
            by_capture.setdefault(report.capture, []).append(readings[report.id])
    taken: list[Decision] = []
    detached: list[str] = []
    for one in assessments:
        if one.verdict not in EVENT_VERDICTS and one.verdict not in SOURCE_VERDICTS:
            continue
        target = one.target
        claim = _aimed_at(one, by_capture.get(target.capture, []))
        if claim is None:
            detached.append(one.id)
        else:
            taken.append(attached(one, claim.id))
    return tuple(taken), tuple(detached)


def attached(one: Assessment, claim: str) -> Decision:
    """Return an assessment as a decision about the claim that it was found to aim at."""
    return Decision(one.verdict, claim, one.target.value, one.target.other, one.id)


def _aimed_at(one: Assessment, readings: Sequence[Reading]) -> Claim | None:
    target = one.target
    best: tuple[tuple[int, int], Claim] | None = None
    for reading in readings:
        for claim in reading.claims:
            quoted = target.quote is not None and target.quote in (claim.text, claim.id)
            common = 0
            if target.bytes is not None:
                common = min(claim.bytes.end, target.bytes.end) - max(
                    claim.bytes.start, target.bytes.start
                )
            if not quoted and common <= 0:
                continue
            # Of claims inside one another the one that is most like the target is meant.
            excess = (claim.bytes.end - claim.bytes.start) - common
            rank = (int(quoted), 2 * common - excess)
            if best is None or rank > best[0]:
                best = (rank, claim)
    return best[1] if best else None


@dataclass(frozen=True, slots=True)
class Pair:
    """An assessment that two people, each of one report, are the same or are not."""

    one: str
    other: str
    same: bool
    assessment: str


def pair(one: Assessment, readings: Mapping[str, Sequence[Reading]]) -> Pair | None:
    """Return of whom an assessment speaks, None where either is not in the `readings` of his capture.

    The target's quote is the name of the first, its value that of the other.
    """
    target = one.target
    ends = ((target.capture, target.quote), (target.other or "", target.value))
    found = [_named(name or "", readings.get(capture, ())) for capture, name in ends]
    if not found[0] or not found[1]:
        return None
    return Pair(found[0], found[1], one.verdict == SAME_PERSON, one.id)


def _named(name: str, readings: Sequence[Reading]) -> str | None:
    people = [person for reading in readings for person in reading.people]
    for said in ([one for one in people if one.name == name], people):
        for person in said:
            if name in (person.name, *person.aliases):
                return person.id
    return None


@dataclass(frozen=True, slots=True)
class Gathered:
    """The claims of one event, in the order of publication, after assessments.

    `acts` are those by which its happening is known, where its claims name none themselves. `another`
    where it is told of as another time or of another group than one told before.
    """

    id: str
    claims: tuple[Told, ...]
    near: tuple[str, ...] = ()
    since: int | None = None
    overtaken_by: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    ahead: bool = False
    another: bool = False


def overlay(rows: Iterable[Happening], decisions: Sequence[Decision]) -> tuple[Gathered, ...]:
    """Return the events that happenings make once merges, splits and pins are laid over them.

    `rows` are the happenings of all claims that the decisions name, and any others; later decisions
    win. An event keeps the id of the claim that arrived first.
    """
    groups: dict[str, list[Told]] = {}
    origin: dict[str, Happening] = {}
    for row in rows:
        if row.alias_of is None:
            groups[row.id] = list(row.claims)
            origin[row.id] = row
    where = {told.claim: group for group, claims in groups.items() for told in claims}
    for decision in decisions:
        _decide(decision, groups, where)
    events: list[Gathered] = []
    for group, claims in groups.items():
        if claims:
            ordered = tuple(sorted(claims))
            row_ = origin.get(group)
            events.append(
                Gathered(
                    min(ordered, key=lambda told: (told.ordinal, told.place)).claim,
                    ordered,
                    tuple(row_.profile.near) if row_ else (),
                    row_.since if row_ else None,
                    tuple(row_.overtaken_by) if row_ else (),
                    tuple(row_.profile.acts) if row_ else (),
                    row_.profile.ahead if row_ else False,
                    row_.profile.another if row_ else False,
                )
            )
    return tuple(sorted(events, key=lambda event: event.claims[0]))


def _decide(decision: Decision, groups: dict[str, list[Told]], where: dict[str, str]) -> None:
    group = where.get(decision.claim)
    if decision.verdict not in EVENT_VERDICTS or group is None:
        return
    if decision.verdict == "split":
        to, moved = f"split:{decision.claim}", [decision.claim]
    else:
        found = where.get(decision.other or "")
        if found is None or found == group:
            return
        to = found
        moved = [decision.claim] if decision.verdict == "pin" else [t.claim for t in groups[group]]
    staying = [told for told in groups[group] if told.claim not in moved]
    groups.setdefault(to, []).extend(told for told in groups[group] if told.claim in moved)
    groups[group] = staying
    where.update(dict.fromkeys(moved, to))
