"""Brings what reports tell of the same happening together, one report after another."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest

from guvoh.corroborate.belonging import (
    apart,
    can_be_one,
    comes_true,
    count_agrees,
    elsewhere,
    goes_on,
    joins,
    of_a_kind,
)
from guvoh.corroborate.days import days
from guvoh.corroborate.features import Features
from guvoh.corroborate.fit import NOTHING_SHARED, Profile, fit
from guvoh.corroborate.happenings import Happening, Told, claim_key, sequel_key
from guvoh.corroborate.strands import Account, Strand, account, known, together
from guvoh.corroborate.vocabulary import vocabulary
from guvoh.model.claim import Reading
from guvoh.model.report import Report

_KEY = 1000  # weight of a key that finds one happening alone
_TWINS = 64  # claims in whose place one claim stands; a family's earliest come first
_SURE = 3  # times that kinship weighs more between two that foretell another time
_SEQUELS = 4  # claims of what a report mostly tells under which a sequel is found
_MONTH = 31  # days in which what is told is denied
_MERGED = 4  # happenings that one strand makes one


@dataclass(slots=True)
class Placed:
    """A report with its reading, its ordinal in canonical order, and its claims' twins.

    `twins` are (claim of this report, claim of an earlier report that stands in its place).
    """

    ordinal: int
    report: Report
    reading: Reading
    twins: tuple[tuple[str, str], ...] = ()
    _account: Account | None = field(default=None, init=False, compare=False)

    @property
    def account(self) -> Account:
        """Return what the report tells, by itself."""
        if self._account is None:
            self._account = account(self.report, self.reading)
        return self._account


def wanted(placed: Placed) -> tuple[str, ...]:
    """Return the keys of all happenings that the claims of a report may join."""
    found: dict[str, None] = {}
    for told in placed.account.every:
        found.update(dict.fromkeys(told.keys))
    found.update((claim_key(twin), None) for _, twin in placed.twins)
    found.update((sequel_key(twin), None) for _, twin in placed.twins)
    return tuple(found)


@dataclass(slots=True)
class _Here:
    """What one report has told so far: how much of each happening, which it foretold, and what it denied last."""

    placed: Placed
    twins: dict[str, list[str]] = field(default_factory=dict)
    kindred: set[str] = field(default_factory=set)
    published: int | None = None
    foretold: list[Happening] = field(default_factory=list)
    denied: str | None = None
    told: dict[str, int] = field(default_factory=dict)

    def one(self, at: int, told: Features) -> Told:
        """Return a claim as a happening lists it."""
        claim = self.placed.reading.claims[at].id
        twins = tuple(self.twins.get(claim, ())[:_TWINS])
        report = self.placed.report
        return Told(report.by_date, at, claim, report.id, told.denies, twins, self.placed.ordinal)


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
        """Bring what a report tells to its happenings; what comes of it hangs on the order of the calls."""
        at = days(placed.report.published or "")
        here = _Here(placed, published=at.high if at else None)
        for claim, twin in placed.twins:
            here.twins.setdefault(claim, []).append(twin)
            for key in (claim_key(twin), sequel_key(twin)):
                here.kindred.update(self.get(one).id for one in self._index.get(key, ()))
        told = placed.account
        for strand in told.strands:
            self._settle(strand, here)
        for strand in told.slight:
            self._follow(strand, here)
        for denial in told.denying:
            self._deny(denial, here)

    def reconsider(self) -> None:
        """Make one of happenings that fit one another, known by all that is told of each.

        What comes early is brought to happenings of which little is known yet. Two of which one
        report tells stay two. Reports that tell one thing together are the rather one on another.
        """
        live = [row for row in self._rows.values() if row.alias_of is None and row.claims]
        for row in sorted(live, key=lambda one: one.order):
            if row.alias_of is not None:
                continue
            whole = known(row.profile)
            near = [self._rows[one] for key in whole.keys for one in self._index.get(key, ())]
            fits = [
                (-found.total, other.order, other)
                for other in {one.id: one for one in near}.values()
                if other is not row and other.alias_of is None and apart(row, other)
                for found in (fit(whole, other.profile),)
                if not found.barred
                and joins(found, _companions(row, other, live), specific=0)
                and can_be_one(row.profile, other.profile)
            ]
            if fits:
                self._merged([row, min(fits, key=lambda one: one[:2])[2]])

    def _settle(self, strand: Strand, here: _Here) -> None:
        """Bring a strand to its happening, and those of its claims that stand in another's place to theirs."""
        here.foretold = []
        loose: list[tuple[int, Features]] = []
        settled: dict[str, list[tuple[int, Features]]] = {}
        for at, told in strand.claims:
            row = self._aligned_row(at, told, here)
            if row is None:
                loose.append((at, told))
            else:
                settled.setdefault(row.id, []).append((at, told))
        for id_, claims in settled.items():
            for at, told in claims:
                self._tell(self.get(id_), at, told, here)
        if not loose:
            return
        rest = _rest(strand, [told for _, told in loose]) if settled else strand.whole
        most = max(settled, key=lambda id_: len(settled[id_]), default=None)
        row = self.get(most) if most is not None else None
        if row is None or fit(rest, row.profile).barred not in (None, NOTHING_SHARED):
            row = self._place(rest, here.one(*loose[0]).claim, here)
        for at, told in loose:
            self._tell(row, at, told, here)
        if not settled:
            self._know(row, rest, derived=self._derived(row, here))
        if strand.profile.another and strand.profile.ahead:
            self._follows(row, here)

    def _follows(self, row: Happening, here: _Here) -> None:
        """Let a happening ahead be found by retellings of what it is another time of."""
        main = here.placed.account.main()
        for at, _ in main.claims[:_SEQUELS] if main is not None else ():
            self._enter(sequel_key(here.placed.reading.claims[at].id), row, bounded=False)

    def _aligned_row(self, at: int, told: Features, here: _Here) -> Happening | None:
        """Return the happening of a claim's twins, None where it has none."""
        aligned = self._aligned(here.one(at, told).twins, told)
        return self._merged(aligned) if aligned else None

    def _derived(self, row: Happening, here: _Here) -> bool:
        """Return whether what a report tells of a happening derives from what others told of it."""
        return any(self.get(one) is row for one in here.kindred)

    def _know(self, row: Happening, whole: Features, *, derived: bool) -> None:
        """Let a happening be known by what its claims in one report say together."""
        row.profile.take(whole, derived=derived)
        for key in whole.keys:
            if len(row.keys) < vocabulary().limits["keys"]:
                self._enter(key, row, bounded=True)

    def _tell(self, row: Happening, at: int, told: Features, here: _Here) -> None:
        """Add a claim to its happening, and note what of it the report told."""
        self._add(row, at, told, here)
        here.told[row.id] = here.told.get(row.id, 0) + 1 + 2 * bool(told.acts)
        for foretold in here.foretold:
            foretold.overtaken_by = sorted({*foretold.overtaken_by, row.id})
            self._changed[foretold.id] = None

    def _main(self, here: _Here) -> Happening | None:
        """Return that of which the report tells most."""
        return next(iter(self._by_weight(here)), None)

    def _by_weight(self, here: _Here) -> list[Happening]:
        """Return what the report has told, that of which it tells most first."""
        told: dict[str, int] = {}
        for happening, weight in here.told.items():
            row = self.get(happening)
            told[row.id] = told.get(row.id, 0) + weight
        return sorted(
            (self._rows[one] for one in told),
            key=lambda one: (one.profile.ahead, -told[one.id], one.order),
        )

    def _follow(self, strand: Strand, here: _Here) -> None:
        """Bring what says too little by itself to what its report is about, or nowhere.

        That is a lone act, or people that someone counts, where the number agrees, or says what they
        are, without a word that is known for what was done to them.
        """
        here.foretold = []
        for at, told in strand.claims:
            row = self._aligned_row(at, told, here)
            main = self._main(here)
            if row is None and main is not None and goes_on(told, main.profile):
                counts = told.voiced and count_agrees(told, main.profile)
                row = main if told.acts or told.manner or counts or told.described else None
            if row is not None:
                self._tell(row, at, told, here)

    def _deny(self, denial: tuple[int, Features], here: _Here) -> None:
        """Bring a denial to what its report tells, most of it first, or denied before, else to what it denies."""
        at, told = denial
        one = here.one(at, told)
        here.foretold = []
        row = self._aligned_row(at, told, here)
        before = [self.get(here.denied)] if here.denied is not None else []
        for one_told in (*self._by_weight(here), *before):
            if row is None and not elsewhere(told, one_told.profile):
                row = one_told
        if row is None:
            row = self._taken_back(told)
        if row is None:
            found = self._place(told, one.claim, here)
            row = found if found.claims else self._answered(told, here)
            row = found if row is None and told.tells else row
        here.denied = row.id if row is not None else here.denied
        if row is not None and row.claims:
            row.claims = sorted([*row.claims, one])
            self._changed[row.id] = None
            self._enter(claim_key(one.claim), row, bounded=False)
        elif row is not None:
            self._tell(row, at, told, here)

    def _answered(self, told: Features, here: _Here) -> Happening | None:
        """Return the only thing told in the month before a denial that has its act and its facility or town.

        That is too little to make two tellings one, but no office denies what nobody has told.
        """
        weights = vocabulary().weights
        found: list[Happening] = []
        for row in self._candidates(told, here):
            lately = here.published is not None and row.since is not None
            if lately and 0 <= (here.published or 0) - (row.since or 0) <= _MONTH:
                points = fit(told, row.profile)
                enough = points.specific >= weights["town"]
                if enough and points.total >= weights["act"] + weights["town"]:
                    found.append(row)
        return found[0] if len(found) == 1 else None

    def _taken_back(self, told: Features) -> Happening | None:
        """Return what somebody told who now denies it without saying what: that of which he told most."""
        if not told.speaker or told.tells:
            return None
        found = {self.get(one).id for one in self._index.get(f"s:{told.speaker}", ())}
        rows = [self._rows[one] for one in found if self._rows[one].claims]
        return min(rows, key=lambda row: (-len(row.claims), row.order), default=None)

    def changed(self) -> tuple[tuple[Happening, ...], tuple[tuple[str, str], ...]]:
        """Return the rows to store, and the (key, happening) pairs to add, since the beginning."""
        return tuple(self._rows[row] for row in self._changed), tuple(self._keys)

    def get(self, happening: str) -> Happening:
        """Return a happening, that which it was merged into if it was."""
        row = self._rows[happening]
        while row.alias_of is not None:
            row = self._rows[row.alias_of]
        return row

    def _place(self, told: Features, claim: str, here: _Here) -> Happening:
        """Return the happening that a strand joins, a new one where it fits none."""
        fits: list[tuple[int, tuple[str, int], Happening]] = []
        kin = {self.get(id_).id for id_ in here.kindred}
        for row in self._candidates(told, here):
            found = fit(told, row.profile)
            if found.barred:
                if comes_true(row, told):
                    here.foretold.append(row)
                continue
            if row.id in here.told and (told.another or row.profile.another):
                continue  # the report itself tells them apart
            kindred = vocabulary().weights["kindred"] if row.id in kin else 0
            if told.another and row.profile.another and told.ahead:
                kindred *= _SURE  # a retelling foretells what the first telling foretells
            if joins(found, kindred):
                fits.append((-found.total - kindred, row.order, row))
        if not fits:
            return Happening(claim, profile=Profile(ahead=told.ahead, another=told.another))
        fits.sort(key=lambda one: one[:2])
        rows = [fits[0][2]]
        for _, _, row in fits[1:_MERGED]:
            if all(can_be_one(row.profile, kept.profile) for kept in rows):
                rows.append(row)
        return self._merged(rows)

    def _aligned(self, twins: Sequence[str], told: Features) -> list[Happening]:
        """Return the happenings of a claim's twins, as far as they are of a kind with it."""
        found: dict[str, Happening] = {}
        for twin in twins:
            for happening in self._index.get(claim_key(twin), ()):
                row = self.get(happening)
                if told.ahead == row.profile.ahead and of_a_kind(told, row.profile):
                    found[row.id] = row
        return list(found.values())

    def _candidates(self, told: Features, here: _Here) -> list[Happening]:
        """Return the happenings that share most keys with a strand, and those of its report's kin.

        A key weighs the more the fewer it finds.
        """
        shared: dict[str, int] = {}
        for key in told.keys:
            held = self._index.get(key, ())
            for happening in held:
                shared[happening] = shared.get(happening, 0) + _KEY // len(held)
        rows: dict[str, tuple[int, tuple[str, int], Happening]] = {}
        for happening, count in shared.items():
            row = self._rows[happening]
            if row.alias_of is None:
                rows[happening] = (-count, row.order, row)
        best = nsmallest(vocabulary().limits["candidates"], rows.values(), key=_rank)
        found = [row for _, _, row in best]
        kept = {row.id for row in found}
        kin = {self.get(id_).id for id_ in here.kindred} - kept
        more = sorted((self._rows[id_] for id_ in kin), key=lambda row: row.order)
        return found + more[: vocabulary().limits["candidates"]]

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

    def _add(self, row: Happening, at: int, told: Features, here: _Here) -> None:
        one, published = here.one(at, told), here.published
        self._rows.setdefault(row.id, row)
        self._changed[row.id] = None
        row.claims.append(one)
        if len(row.claims) > 1 and row.claims[-2] > one:
            row.claims.sort()
        if told.tells:
            row.profile.take(told, derived=self._derived(row, here))
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


def _companions(row: Happening, other: Happening, live: Sequence[Happening]) -> int:
    """Return what it weighs that reports of two happenings tell a third together."""
    ours, theirs = row.reports, other.reports
    third = any(
        one.alias_of is None and one.reports & ours and one.reports & theirs
        for one in live
        if one is not row and one is not other
    )
    return vocabulary().weights["kindred"] if third else 0


def _rest(strand: Strand, loose: Sequence[Features]) -> Features:
    """Return what those claims of a strand say that stand in no other's place, with its places around."""
    profile = Profile(ahead=strand.profile.ahead, another=strand.profile.another)
    for told in loose:
        profile.take(told)
    profile.near = profile.near or list(strand.profile.near)
    return together(loose, profile)


def _rank(candidate: tuple[int, tuple[str, int], Happening]) -> tuple[int, tuple[str, int]]:
    return candidate[:2]


def _earlier(one: int | None, other: int | None) -> int | None:
    return min((day for day in (one, other) if day is not None), default=None)
