"""What has changed of an event since it was first opened in this session."""

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime

from guvoh.model.event import Event

KEPT = 2000  # events of which is kept how they were first seen


@dataclass(frozen=True, slots=True)
class Glimpse:
    """An event as it was at a time of day: its numbers, and who counts by the id of the source."""

    at: str
    numbers: tuple[tuple[str, str], ...]
    sources: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Since:
    """What changed: numbers as (noun, before, now), who counts now and did not, and who does no longer."""

    at: str
    numbers: tuple[tuple[str, str, str], ...] = ()
    come: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    @property
    def anything(self) -> bool:
        """Return whether there is a change."""
        return bool(self.numbers or self.come or self.gone)


@dataclass(slots=True)
class Seen:
    """How events were when they were first opened; the oldest are forgotten."""

    first: OrderedDict[str, Glimpse] = field(default_factory=OrderedDict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def since(self, event: Event) -> Since:
        """Return what has changed of an event, nothing where it is opened for the first time."""
        now = glimpse(event, f"{datetime.now():%H:%M}")
        with self.lock:
            before = self.first.setdefault(event.id, now)
            while len(self.first) > KEPT:
                self.first.popitem(last=False)
        return between(before, now)


def glimpse(event: Event, at: str) -> Glimpse:
    """Return an event as it is."""
    count = event.count
    bounds = f"{count.low}" if count.low == count.high else f"{count.low}–{count.high}"
    numbers = (
        ("Reports", str(len(event.reports))),
        ("Texts", str(event.texts)),
        ("Original sources", bounds),
        ("Firsthand", str(count.firsthand)),
        ("Documents", str(count.documents)),
        ("Chains checked by a person", str(count.checked)),
        ("Passages", str(len(event.claims))),
    )
    sources = tuple((source.id, source.name) for source in event.sources)
    return Glimpse(at, numbers, sources)


def between(before: Glimpse, now: Glimpse) -> Since:
    """Return what is otherwise now."""
    was, held, holds = dict(before.numbers), dict(before.sources), dict(now.sources)
    return Since(
        before.at,
        tuple((name, was[name], value) for name, value in now.numbers if was[name] != value),
        tuple(name for one, name in now.sources if one not in held),
        tuple(name for one, name in before.sources if one not in holds),
    )
