"""Fold the journal's records to what a case knows: a pure function of the records."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

import msgspec

from guvoh.casefile.records import (
    Arrived,
    Assessed,
    Declared,
    Noticed,
    Observed,
    Published,
    Record,
    Saved,
    Set,
    SettingValue,
    Withheld,
)
from guvoh.model.assessment import WITHDRAW, Assessment, Target, side
from guvoh.model.capture import Arrival, Capture, Exposure

# Without a declaration a later arrival may only restrict who sees a capture: bytes once given as
# private do not become public because they came in again with a folder of news.
_READ = (Exposure.PUBLIC, Exposure.PRIVATE)
_STRICTNESS = (Exposure.PUBLIC, Exposure.UNDECLARED, Exposure.PRIVATE, Exposure.SEALED)


@dataclass(frozen=True, slots=True)
class State:
    """What a case knows, all in canonical order. `now` is its latest arrival, None before any.

    `read` lists the captures that are read, public ones and pseudonymised private accounts, in the
    order of the records that made them so: an early capture that is declared public late is derived
    late, and nothing before it is done again.
    `codes` are those by which private people left in earlier releases, by id.
    """

    captures: Mapping[str, Capture]
    read: tuple[Capture, ...]
    assessments: tuple[Assessment, ...]
    superseded: tuple[Assessment, ...]
    settings: Mapping[str, SettingValue]
    observations: tuple[Observed, ...]
    notices: tuple[Noticed, ...]
    now: str | None
    codes: Mapping[str, str]
    searches: Mapping[str, str]  # addresses in the workbench by the name they were saved under
    veiled: Mapping[str, tuple[str, ...]]  # by capture, its names without what is withheld


class Folding:
    """Folds records as they come, in canonical order."""

    def __init__(self) -> None:
        self._came: dict[str, list[tuple[Arrived, Record]]] = {}
        self._captures: dict[str, Capture] = {}
        self._declared: dict[str, Exposure] = {}
        self._withheld: dict[str, set[tuple[int, int]]] = {}
        self._veiled: dict[str, tuple[str, ...]] = {}  # names with what is withheld left out
        self._shown: dict[str, str] = {}  # by the name under which something came
        self._assessments: dict[tuple[Target, str], Assessment] = {}
        self._superseded: list[Assessment] = []
        self._settings: dict[str, SettingValue] = {}
        self._observations: list[Observed] = []
        self._latest: str | None = None
        self._admitted: dict[str, None] = {}
        self._notices: dict[Noticed, None] = {}
        self._codes: dict[str, str] = {}
        self._searches: dict[str, str] = {}

    def take(self, record: Record) -> None:
        """Take in the next record."""
        match record.content:
            case Arrived() as arrived:
                self._came.setdefault(arrived.capture, []).append((arrived, record))
                self._latest = record.at if self._latest is None else max(self._latest, record.at)
                self._admit(arrived.capture)
            case Declared(capture=capture, exposure=exposure):
                self._declared[capture] = exposure
                self._admit(capture)
            case Withheld(capture=capture, spans=spans, names=names):
                self._withheld.setdefault(capture, set()).update(spans)
                self._veiled[capture] = (*self._veiled.get(capture, ()), *names)
                self._admit(capture)
            case Assessed() as assessed:
                self._superseded += _assess(self._assessments, assessed, record)
            case Set(name=name, value=value):
                self._settings[name] = value
            case Observed() as observed:
                self._observations.append(observed)
            case Noticed() as noticed:
                self._notices[noticed] = None
            case Saved(name=name, address=address):
                self._searches.pop(name, None)
                if address is not None:
                    self._searches[name] = address
            case Published(codes=given):
                self._codes.update(given)

    def _admit(self, digest: str) -> None:
        """Bring what is known of a capture up to its last arrival and declaration."""
        if digest not in self._came:
            return
        capture = _capture(self._came[digest], self._declared.get(digest))
        if digest in self._withheld:
            veiled = tuple(self._unnamed(one, digest) for one in capture.arrivals)
            spans = tuple(sorted(self._withheld[digest]))
            capture = replace(capture, withheld=spans, arrivals=veiled)
        self._captures[digest] = capture
        if capture.exposure in _READ:
            self._admitted.setdefault(digest, None)
        else:
            self._admitted.pop(digest, None)

    def _unnamed(self, arrival: Arrival, digest: str) -> Arrival:
        """Return an arrival whose names leave out what is withheld."""
        names = self._veiled[digest]
        shown = replace(
            arrival,
            file=veiled(arrival.file, names),
            origin=veiled(arrival.origin, names),
            companion_of=arrival.companion_of and veiled(arrival.companion_of, names),
        )
        self._shown[arrival.file] = shown.file
        return shown

    def state(self) -> State:
        """Return what is known so far."""
        return State(
            dict(self._captures),
            tuple(self._captures[digest] for digest in self._admitted),
            tuple(self._assessments.values()),
            tuple(self._superseded),
            dict(self._settings),
            tuple(self._observations),
            tuple(self._noticed()),
            self._latest,
            dict(self._codes),
            dict(self._searches),
            dict(self._veiled),
        )

    def _noticed(self) -> Iterator[Noticed]:
        for one in self._notices:
            shown = self._shown.get(one.file) if one.file is not None else None
            yield one if shown is None else replace(one, file=shown)


def veiled(name: str, masks: Iterable[str]) -> str:
    """Return a name with underscores wherever a mask that fits it has one."""
    for mask in masks:
        pairs = list(zip(name, mask, strict=False))
        if len(name) == len(mask) and all(hid in ("_", one) or one == "_" for one, hid in pairs):
            name = "".join("_" if hid == "_" else one for one, hid in pairs)
    return name


def fold(records: Iterable[Record]) -> State:
    """Fold records, given in canonical order."""
    folding = Folding()
    for record in records:
        folding.take(record)
    return folding.state()


def _assess(
    standing: dict[tuple[Target, str], Assessment], assessed: Assessed, record: Record
) -> list[Assessment]:
    """Let an assessment take the place of the one before about the same side; return what ended."""
    made = Assessment(
        record.id,
        assessed.target,
        assessed.verdict,
        assessed.reason,
        record.key_id,
        record.at,
        content=assessed.content,
    )
    key = (assessed.target, side(assessed.verdict))
    before = standing.pop(key, None)
    ended = [before] if before is not None else []
    if assessed.verdict.startswith(WITHDRAW):
        return [*ended, made]
    standing[key] = made
    return ended


def told(capture: Capture) -> bytes:
    """Return all of a capture that deriving depends on, as JSON."""
    first = capture.arrivals[0]
    return msgspec.json.encode(
        (
            capture.digest,
            capture.exposure,
            capture.media_type,
            first.file,
            first.parent,
            first.companion_of,
            first.origin,
            first.at,
            all(arrival.companion_of is not None for arrival in capture.arrivals),
            capture.withheld,
        )
    )


def told_digest(capture: Capture) -> str:
    """Return a digest of all of a capture that deriving depends on."""
    return sha256(told(capture)).hexdigest()


class Prefix:
    """The digest of captures in canonical order, carried on as captures are added."""

    def __init__(self, captures: Iterable[Capture] = ()) -> None:
        self._hasher = sha256()
        self.add(captures)

    def add(self, captures: Iterable[Capture]) -> None:
        """Take in the captures that come next, as far as deriving depends on them."""
        for capture in captures:
            self._hasher.update(told(capture) + b"\n")

    @property
    def digest(self) -> str:
        """Return the digest of all captures so far."""
        return self._hasher.hexdigest()


def prefix_digest(captures: Iterable[Capture]) -> str:
    """Return a digest of captures in canonical order, as far as deriving depends on them.

    A derived store that keeps it for the captures it has derived can tell whether they still are
    the first ones, with the same names and exposure, when it is to be carried on.
    """
    return Prefix(captures).digest


def _exposure(came: Sequence[tuple[Arrived, Record]], declared: Exposure | None) -> Exposure:
    if declared is not None:
        return declared
    return max((arrived.exposure for arrived, _ in came), key=_STRICTNESS.index)


def _capture(came: Sequence[tuple[Arrived, Record]], declared: Exposure | None) -> Capture:
    first = came[0][0]
    return Capture(
        first.capture,
        first.bytes,
        first.media_type,
        _exposure(came, declared),
        tuple(
            Arrival(
                arrived.capture,
                arrived.file,
                arrived.origin,
                record.at,
                arrived.parent,
                arrived.companion_of,
            )
            for arrived, record in came
        ),
    )
