"""Brings claims that speak of the same happening together, one report after another."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from heapq import nsmallest

from guvoh.corroborate.days import days
from guvoh.corroborate.features import Features, context_of, features, silent
from guvoh.corroborate.fit import Fit, Profile, facilities_differ, fit, times_differ
from guvoh.corroborate.happenings import Happening, Told, claim_key
from guvoh.corroborate.vocabulary import akin, vocabulary
from guvoh.model.claim import Reading
from guvoh.model.report import Report

_KEY = 1000  # weight of a key that finds one happening alone
_TWINS = 64  # claims in whose place one claim stands; a family's earliest come first


@dataclass(slots=True)
class Placed:
    """A report with its reading, its ordinal in canonical order, and its claims' twins.

    `twins` are (claim of this report, claim of an earlier report that stands in its place).
    """

    ordinal: int
    report: Report
    reading: Reading
    twins: tuple[tuple[str, str], ...] = ()
    _told: list[tuple[int, Features]] | None = field(default=None, init=False, compare=False)

    @property
    def told(self) -> list[tuple[int, Features]]:
        """Return the ordinals and features of the claims that tell of something or deny it."""
        if self._told is None:
            self._told = _told(self.report, self.reading)
        return self._told


def wanted(placed: Placed) -> tuple[str, ...]:
    """Return the keys of all happenings that the claims of a report may join."""
    found: dict[str, None] = {}
    for _, told in placed.told:
        found.update(dict.fromkeys(told.keys))
    found.update((claim_key(twin), None) for _, twin in placed.twins)
    return tuple(found)


def _told(report: Report, reading: Reading) -> list[tuple[int, Features]]:
    context = context_of(report, reading)
    found: list[tuple[int, Features]] = []
    for at, claim in enumerate(reading.claims):
        if not silent(claim):
            told = features(claim, context)
            if told.tells or told.denies:
                found.append((at, told))
    return found


@dataclass(slots=True)
class _Here:
    """What one report has told so far: each happening with the paragraph that told it last."""

    placed: Placed
    paragraphs: dict[str, int] = field(default_factory=dict)
    last: str | None = None
    twins: dict[str, list[str]] = field(default_factory=dict)
    published: int | None = None
    foretold: list[Happening] = field(default_factory=list)
    told: dict[str, int] = field(default_factory=dict)
    denying: list[tuple[Told, Features]] = field(default_factory=list)
    slight: list[tuple[Told, Features]] = field(default_factory=list)


class Happenings:
    """Happenings in memory; built from the rows and keys of the store that new claims may touch.

    The same claims in the same order give the same happenings, in one go or in many: what a claim
    joins depends on nothing but the rows under its keys, and those lists never shrink.
    """

    def __init__(
        self, rows: Iterable[Happening] = (), index: Iterable[tuple[str, str]] = ()
    ) -> None:
        self._rows = {row.id: row for row in rows}
        self._index: dict[str, list[str]] = {}
        for key, happening in index:
            self._index.setdefault(key, []).append(happening)
        self._changed: dict[str, None] = {}
        self._keys: dict[tuple[str, str], None] = {}

    def assign(self, placed: Placed) -> None:
        """Bring the claims of one report to their happenings; reports come in canonical order."""
        at = days(placed.report.published or "")
        here = _Here(placed, published=at.high if at else None)
        for claim, twin in placed.twins:
            here.twins.setdefault(claim, []).append(twin)
        for place, told in placed.told:
            read = placed.reading.claims[place]
            here.foretold = []
            twins = tuple(here.twins.get(read.id, ())[:_TWINS])
            one = Told(placed.ordinal, place, read.id, placed.report.id, told.denies, twins)
            if told.denies and not self._aligned(list(twins), told):
                here.denying.append((one, told))
                continue
            row = self._place(told, read.id, here)
            if row is not None and not row.claims and told.slight:
                here.slight.append((one, told))
            elif row is not None:
                self._tell(row, one, told, here)
        self._follow(here)
        self._deny(here)

    def _tell(self, row: Happening, one: Told, told: Features, here: _Here) -> None:
        """Add a claim to its happening, and note what of it the report told."""
        self._add(row, one, told, here.published)
        here.told[row.id] = here.told.get(row.id, 0) + _weight(told)
        here.paragraphs[row.id] = told.paragraph
        here.last = row.id
        for foretold in here.foretold:
            foretold.overtaken_by = sorted({*foretold.overtaken_by, row.id})
            self._changed[foretold.id] = None

    def _main(self, here: _Here) -> Happening | None:
        """Return that of which the report tells most."""
        told: dict[str, int] = {}
        for happening, weight in here.told.items():
            row = self.get(happening)
            told[row.id] = told.get(row.id, 0) + weight
        return min(
            (self._rows[one] for one in told),
            key=lambda one: (-told[one.id], one.order),
            default=None,
        )

    def _follow(self, here: _Here) -> None:
        """Bring lone acts, of which nothing else is said, to what their report is about.

        One of another kind makes no happening of its own, unless the report tells of nothing else.
        """
        here.foretold = []
        for one, told in here.slight:
            row = self._main(here)
            if row is None:
                row = Happening(one.claim, profile=Profile(another=told.another))
            elif not _goes_on(told, row.profile):
                continue
            self._tell(row, one, told, here)

    def _deny(self, here: _Here) -> None:
        """Bring denials that do not say of what else to that of which the report tells most."""
        row = self._main(here)
        for one, told in here.denying:
            here.foretold = []
            if row is not None and not _elsewhere(told, row.profile):
                row.claims = sorted([*row.claims, one])
                self._changed[row.id] = None
                self._enter(claim_key(one.claim), row, bounded=False)
                continue
            other = self._place(told, one.claim, here)
            if other is not None:
                self._tell(other, one, told, here)
                row = self._main(here) if row is None else self.get(row.id)

    def changed(self) -> tuple[tuple[Happening, ...], tuple[tuple[str, str], ...]]:
        """Return the rows to store, and the (key, happening) pairs to add, since the beginning."""
        return tuple(self._rows[row] for row in self._changed), tuple(self._keys)

    def get(self, happening: str) -> Happening:
        """Return a happening, that which it was merged into if it was."""
        row = self._rows[happening]
        while row.alias_of is not None:
            row = self._rows[row.alias_of]
        return row

    def _place(self, told: Features, claim: str, here: _Here) -> Happening | None:
        """Return the happening that a claim joins, a new one where it fits none."""
        aligned = self._aligned(here.twins.get(claim, []), told)
        if aligned:
            return self._merged(aligned)
        if not told.tells:
            return None
        fits: list[tuple[int, tuple[int, int], Happening]] = []
        best: list[tuple[int, tuple[int, int], Happening]] = []
        for row in self._candidates(told, here):
            found = fit(told, row.profile)
            if found.barred:
                if _comes_true(row, told):
                    here.foretold.append(row)
                continue
            across = _joins(found)
            points = found.total + self._inside(told, row, here)
            if across:
                fits.append((-points, row.order, row))
            if across or (points >= _inside_threshold() and row.id in here.paragraphs):
                best.append((-points, row.order, row))
        if not best:
            return Happening(claim, profile=Profile(ahead=told.ahead, another=told.another))
        best.sort(key=lambda one: one[:2])
        first = best[0][2]
        rows = [first]
        if any(row is first for _, _, row in fits):
            for _, _, row in sorted(fits, key=lambda one: one[:2])[:4]:
                if row is not first and all(_one(row.profile, kept.profile) for kept in rows):
                    rows.append(row)
        return self._merged(rows)

    def _aligned(self, twins: Sequence[str], told: Features) -> list[Happening]:
        """Return the happenings of a claim's twins, as far as they are of a kind with it."""
        found: dict[str, Happening] = {}
        for twin in twins:
            for happening in self._index.get(claim_key(twin), ()):
                row = self.get(happening)
                if _of_a_kind(told, row.profile):
                    found[row.id] = row
        return list(found.values())

    def _candidates(self, told: Features, here: _Here) -> list[Happening]:
        """Return the happenings that share most keys with a claim, and those its report told last.

        A key weighs the more the fewer it finds.
        """
        here.paragraphs = {self.get(row).id: at for row, at in here.paragraphs.items()}
        shared: dict[str, int] = {}
        for key in told.keys:
            held = self._index.get(key, ())
            for happening in held:
                shared[happening] = shared.get(happening, 0) + _KEY // len(held)
        rows: dict[str, tuple[int, tuple[int, int], Happening]] = {}
        for happening, count in shared.items():
            row = self._rows[happening]
            if row.alias_of is None:
                rows[happening] = (-count, row.order, row)
        best = nsmallest(vocabulary().limits["candidates"], rows.values(), key=_rank)
        found = [row for _, _, row in best]
        inside = dict.fromkeys([*list(here.paragraphs)[-8:], *([here.last] if here.last else [])])
        kept = {row.id for row in found}
        found += [self.get(row) for row in inside if self.get(row).id not in kept]
        return found

    def _inside(self, told: Features, row: Happening, here: _Here) -> int:
        """Return the points for having been told in the same report, less if it says "another"."""
        if row.id not in here.paragraphs:
            return 0
        weights = vocabulary().weights
        if told.another != row.profile.another and told.families:
            return -weights["threshold"]
        near = told.paragraph - here.paragraphs[row.id] <= 1
        return weights["paragraph"] if near else weights["report"]

    def _merged(self, rows: Sequence[Happening]) -> Happening:
        """Return the earliest of happenings, which the others have become part of."""
        ordered = sorted(rows, key=lambda row: row.order)
        first = ordered[0]
        for row in ordered[1:]:
            first.claims = sorted([*first.claims, *row.claims])
            first.profile.absorb(row.profile)
            first.since = _earlier(first.since, row.since)
            first.overtaken_by = sorted({*first.overtaken_by, *row.overtaken_by} - {first.id})
            for key in (*row.keys, *(claim_key(told.claim) for told in row.claims)):
                self._enter(key, first, bounded=False)
            row.alias_of = first.id
            row.claims, row.keys, row.profile = row.claims[:1], [], Profile()
            self._changed[row.id] = None
        return first

    def _add(self, row: Happening, one: Told, told: Features, published: int | None) -> None:
        self._rows.setdefault(row.id, row)
        self._changed[row.id] = None
        row.claims.append(one)
        if len(row.claims) > 1 and row.claims[-2] > one:
            row.claims.sort()
        if told.tells:
            row.profile.take(told)
        if row.since is None or (published is not None and published < row.since):
            row.since = published
        self._enter(claim_key(one.claim), row, bounded=False)
        for key in told.keys:
            if len(row.keys) < vocabulary().limits["keys"]:
                self._enter(key, row, bounded=True)

    def _enter(self, key: str, row: Happening, *, bounded: bool) -> None:
        """Put a happening under a key; a hot key takes no more."""
        held = self._index.setdefault(key, [])
        if row.id in held or (bounded and len(held) >= vocabulary().limits["hot"]):
            return
        held.append(row.id)
        self._keys[key, row.id] = None
        if not key.startswith("C|"):
            row.keys.append(key)


def _rank(candidate: tuple[int, tuple[int, int], Happening]) -> tuple[int, tuple[int, int]]:
    return candidate[:2]


def _weight(told: Features) -> int:
    """Return what a claim adds to its happening's being what a report is about."""
    harm = vocabulary().harm.intersection(told.acts)
    return 1 + 2 * len(harm) + 2 * bool(told.places or told.times) + bool(told.numbers)


def _comes_true(row: Happening, told: Features) -> bool:
    """Return whether a claim tells as past, and later than it was foretold, what a row holds as ahead."""
    if told.ahead or not row.profile.ahead or row.since is None:
        return False
    if not any(at.anchored and at.low is not None and at.low >= row.since for at in told.times):
        return False
    past = replace(row.profile, ahead=False, times=[])
    return fit(told, past).specific >= vocabulary().weights["region"]


def _joins(found: Fit) -> bool:
    weights = vocabulary().weights
    return found.total >= weights["threshold"] and found.specific >= weights["specific"]


def _of_a_kind(told: Features, profile: Profile) -> bool:
    """Return whether a claim's acts can be those of a happening, or one of the two names none."""
    ours, theirs = told.families, profile.families
    return not ours or not theirs or any(akin(one, other) for one in ours for other in theirs)


def _elsewhere(told: Features, profile: Profile) -> bool:
    """Return whether a denial is of another thing than what its report mostly tells of."""
    if not told.acts and not told.manner and not told.tells:
        return False
    return fit(told, profile).barred is not None or not _of_a_kind(told, profile)


def _goes_on(told: Features, profile: Profile) -> bool:
    """Return whether a lone act can be part of what its report is about."""
    return (
        told.ahead == profile.ahead
        and told.another == profile.another
        and _of_a_kind(told, profile)
    )


def _inside_threshold() -> int:
    return vocabulary().weights["threshold_inside"]


def _one(one: Profile, other: Profile) -> bool:
    """Return whether two happenings that a claim fits can be one."""
    return (
        one.ahead == other.ahead
        and not facilities_differ(one.places, other.places)
        and not times_differ(one.times, other.times)
        and bool(one.families & other.families)
    )


def _earlier(one: int | None, other: int | None) -> int | None:
    return min((day for day in (one, other) if day is not None), default=None)
