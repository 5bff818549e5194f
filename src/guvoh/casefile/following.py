"""What a case knows, followed by one long-lived process: only what is new is read and folded."""

import threading

from guvoh.casefile import journal, log
from guvoh.casefile.folder import Case
from guvoh.casefile.records import Record
from guvoh.casefile.state import Folding, State

_Place = tuple[int, str, int]  # canonical order: lamport, key-id, index
_Past = dict[str, tuple[int, int]]  # by file of a log: the file itself and its size


class Following:
    """Gives the state of a case, at the cost of the records that came since it was asked last.

    Where the past itself changed (a record was erased, an older one came from another device) all
    is read again. Threads may share it.
    """

    def __init__(self, case: Case) -> None:
        self._case = case
        self._lock = threading.Lock()
        self._begin()

    def _begin(self) -> None:
        self._folding = Folding()
        self._counts: dict[str, int] = {}
        self._last: _Place | None = None
        self._past: _Past = {}
        self._state: State | None = None
        self.named = 0  # arrivals whose names were held against what is withheld of them

    def state(self) -> State:
        """Return what the journal says now; raises as `journal.read` does."""
        with self._lock:
            return self._brought_up()

    def _brought_up(self) -> State:
        past = _past(self._case)
        if self._state is not None and past == self._past:
            return self._state
        if not _goes_on(self._past, past):
            self._begin()
        fresh = journal.read(self._case, self._counts)
        if fresh and self._last is not None and _place(fresh[0]) < self._last:
            self._begin()
            fresh = journal.read(self._case)
        for record in fresh:
            self._folding.take(record)
            self._counts[record.key_id] = record.index + 1
            self._last = _place(record)
        self._past = past
        if fresh or self._state is None:
            self._state = self._folding.state()
        return self._state


def _place(record: Record) -> _Place:
    return record.lamport, record.key_id, record.index


def _past(case: Case) -> _Past:
    found: _Past = {}
    for name in journal.logs(case):
        folder = case.journal / name
        leaves = [one for one in (folder / "log",) if one.exists()]
        for path in (*log.segments(folder), *leaves):
            seen = path.stat()
            found[str(path)] = (seen.st_ino, seen.st_size)
    return found


def _goes_on(before: _Past, now: _Past) -> bool:
    """Say whether files have only been added and have only grown: what is erased is written anew."""
    return all(
        name in now and now[name][0] == file and now[name][1] >= size
        for name, (file, size) in before.items()
    )
