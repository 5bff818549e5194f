"""What has to be counted over a whole case, kept as long as its store is not written again."""

import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, TypeVar, cast

from guvoh.casefile import derived, lists
from guvoh.casefile.lists import Glance

if TYPE_CHECKING:
    from guvoh.workbench.namesakes import Proposal

PROPOSED = 12  # pairs of people who may be one
KEPT = 64  # answers; those that were given first are counted anew
T = TypeVar("T")


class Totals:
    """Answers to what is asked of the whole case, each of one version of its store."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, object] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, db: sqlite3.Connection, key: Hashable, count: Callable[[], T]) -> T:
        """Return an answer: the one kept of the version that `db` shows, else what `count` gives."""
        place = (derived.version(db), key)
        with self._lock:
            if place in self._kept:
                return cast("T", self._kept[place])
        found = count()
        with self._lock:
            self._kept[place] = found
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return found

    def glance(self, db: sqlite3.Connection) -> Glance:
        """Return the case in numbers."""
        return self.get(db, "glance", lambda: lists.glance(db))

    def proposals(self, db: sqlite3.Connection) -> "list[Proposal]":
        """Return which of the most mentioned people may be one."""
        from guvoh.workbench import namesakes  # late: the first page asks nothing of it

        return self.get(db, "proposals", lambda: namesakes.proposals(db, PROPOSED))

    def choices(self, db: sqlite3.Connection) -> tuple[list[str], list[tuple[str, int]]]:
        """Return the acts of all events and the languages of all reports."""
        return self.get(db, "choices", lambda: (lists.acts(db), lists.languages(db)))
