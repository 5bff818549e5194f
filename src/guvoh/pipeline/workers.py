"""Long-lived worker processes that can be killed and replaced when one item takes too long."""

import gc
import multiprocessing
import os
import sys
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerContext, SpawnContext

_shared: "ForkServerContext | None" = None  # how workers start once they share memory

Item = TypeVar("Item")
Result = TypeVar("Result")

BATCH = 16  # items sent ahead to one worker, so that it never waits for the parent
FEW = 4  # items for which the first processes load what they need, rather than all that they could share
MEMORY = (
    4 * 1024**3
)  # bytes of address space that a worker may take, where the platform can bound it


@dataclass(frozen=True, slots=True)
class Lost:
    """An item that has no result, and why, in words that follow "was not read: "."""

    why: str


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    link: Connection
    todo: deque[int]
    since: float


class Workers(Generic[Item, Result]):
    """Applies `function` to items in `count` processes; an item that outlasts `seconds` is lost.

    `function` must be importable. What it raises is a fault of its own and loses that item alone.
    `preload` names modules that it will import.
    """

    def __init__(
        self,
        function: Callable[[Item], Result],
        count: int,
        seconds: float,
        preload: Sequence[str] = (),
    ) -> None:
        self._preload = [function.__module__, *preload]
        self._context: ForkServerContext | SpawnContext = multiprocessing.get_context("spawn")
        self._function = function
        self._seconds = seconds
        self._count = max(count, 1)
        self._workers: list[_Worker] = []

    def __enter__(self) -> "Workers[Item, Result]":
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            _end(worker)
        self._workers.clear()

    def map(self, items: Sequence[Item]) -> Iterator[tuple[int, Result | Lost]]:
        """Yield (index, result) as results come, in no order; each index comes exactly once."""
        waiting = deque(range(len(items)))
        open_items = len(items)
        if not self._workers and sys.platform != "win32":
            if len(items) > FEW:
                share(self._preload)
            self._context = _shared or self._context
        while len(self._workers) < min(self._count, len(items)):
            self._workers.append(self._start())
        while open_items:
            for worker in self._workers:
                self._feed(worker, waiting, items)
            for index, result in self._collect(waiting):
                open_items -= 1
                yield index, result

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(theirs, self._function), daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours, deque(), time.monotonic())

    def _feed(self, worker: _Worker, waiting: deque[int], items: Sequence[Item]) -> None:
        while waiting and len(worker.todo) < BATCH:
            if not worker.todo:
                worker.since = time.monotonic()
            index = waiting.popleft()
            worker.todo.append(index)
            with suppress(BrokenPipeError):
                worker.link.send((index, items[index]))

    def _collect(self, waiting: deque[int]) -> Iterator[tuple[int, Result | Lost]]:
        busy = {worker.link: worker for worker in self._workers if worker.todo}
        soonest = min(worker.since for worker in busy.values()) + self._seconds
        ready = wait(list(busy), timeout=max(soonest - time.monotonic(), 0.01))
        for link in ready:
            worker = busy[link]  # type: ignore[index]
            try:
                index, result = worker.link.recv()
            except (EOFError, ConnectionResetError):
                yield (
                    self._replace(worker, waiting),
                    Lost("the reader ran out of memory or ended by a fault"),
                )
                continue
            worker.todo.remove(index)
            worker.since = time.monotonic()
            yield index, result
        now = time.monotonic()
        for worker in busy.values():
            late = worker.todo and now - worker.since > self._seconds
            if late and worker in self._workers and not worker.link.poll():
                yield (
                    self._replace(worker, waiting),
                    Lost(f"it took longer than {self._seconds:g} s"),
                )

    def _replace(self, worker: _Worker, waiting: deque[int]) -> int:
        """End `worker`, start another, and return the item it was at; what it had ahead waits again."""
        at = worker.todo.popleft()
        waiting.extendleft(reversed(worker.todo))
        _end(worker)
        self._workers[self._workers.index(worker)] = self._start()
        return at


def share(modules: Sequence[str]) -> None:
    """Have workers part from one process that has loaded `modules`, whose memory they share.

    The first call holds: from then on a worker starts in no time, however few items there are.
    """
    global _shared
    if _shared is None:
        _shared = multiprocessing.get_context("forkserver")
        _shared.set_forkserver_preload(list(modules))


def _end(worker: _Worker) -> None:
    worker.link.close()
    worker.process.kill()
    worker.process.join()


def _serve(link: Connection, function: Callable[[Item], Result]) -> None:
    _silence()
    _bound_memory()
    collect_seldom()
    while True:
        try:
            index, item = link.recv()
        except EOFError:
            return
        result: Result | Lost
        try:
            result = function(item)
        except MemoryError:
            result = Lost("the reader ran out of memory; split the file")
        except Exception as fault:  # noqa: BLE001  # the process boundary: said, not swallowed
            place = traceback.extract_tb(fault.__traceback__)[-1]
            where = f"{Path(place.filename).name}:{place.lineno}"
            result = Lost(f"the reader has a fault ({type(fault).__name__} at {where})")
        link.send((index, result))


@cache
def collect_seldom() -> None:
    """Look for circles among objects seldom: values hold none, and looking takes a fifth of a build."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def _silence() -> None:
    """Keep what libraries print out of the user's terminal: it can quote a report."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)


def _bound_memory() -> None:
    if sys.platform == "win32":
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    bound = MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (bound, hard))


def cores() -> int:
    """Return how many processors this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
