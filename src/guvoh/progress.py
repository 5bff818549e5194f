"""Progress of long work on a terminal, with rate and time left; silent anywhere else."""

import sys
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


class Silent:
    """Is told how far long work has come, and says nothing."""

    def begin(self, what: str, total: int | None) -> None:
        """Begin a stage of `total` items, None if that is not known."""

    def step(self, done: int = 1) -> None:
        """Say that items are done."""


class Bar(Silent):
    """Shows one bar per stage on stderr, where that is a terminal."""

    def __init__(self) -> None:
        self._progress = _bars() if sys.stderr.isatty() else None
        self._stage: TaskID | None = None

    def __enter__(self) -> Self:
        if self._progress is not None:
            self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._progress is not None:
            self._progress.stop()

    def begin(self, what: str, total: int | None) -> None:
        """Begin a stage of `total` items, None if that is not known."""
        if self._progress is not None:
            self._stage = self._progress.add_task(what, total=total, rate="")

    def step(self, done: int = 1) -> None:
        """Say that items are done."""
        if self._progress is None or self._stage is None:
            return
        self._progress.advance(self._stage, done)
        speed = self._progress.tasks[self._stage].speed
        self._progress.update(self._stage, rate=f"{speed:.0f}/s" if speed else "")


def _bars() -> "Progress":
    from rich.console import Console  # late: only a terminal needs it
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
