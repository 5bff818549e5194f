"""What a sift asks of an engine: steps over batches of rows, and queries that bring rows together."""

import errno
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pyarrow as pa

Step = Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]


class EngineError(Exception):
    """An engine can't be used or could not go on; the message says what to do."""


def refused(folder: Path, error: Exception) -> EngineError:
    """Return what to say where a table could not be made: a full disk, above all, or too little memory."""
    said = str(error)
    if type(error).__name__ == "OutOfMemoryException" and "offload" not in said:
        return EngineError(
            f"{folder} could not be written: bringing its rows together takes more memory than DuckDB is given. Sift fewer"
            " archives at once, into folders of their own."
        )
    why = getattr(error, "strerror", None) or str(error).partition("\n")[0]
    if getattr(error, "errno", None) == errno.ENOSPC or "No space left" in str(error):
        why = "the disk is full"
    return EngineError(
        f"{folder} could not be written ({why}). Make room, or check the folder's permissions, and run"
        " the same command again: it goes on where it was."
    )


@dataclass(frozen=True, slots=True)
class Lost:
    """Rows of a table that a step gave nothing for, and why, in words that follow "was lost: "."""

    table: str
    rows: str
    why: str


class Engine(Protocol):
    """Makes tables out of tables; each is kept on disk, and not made again by a later run.

    A table is the Parquet files in the folder of its name under `folder`. Both engines give the same rows, in whatever order. SQL is what DuckDB and Spark both speak, but
    for `flat`.
    """

    folder: Path
    lost: list[Lost]

    def put(self, name: str, table: pa.Table) -> None:
        """Keep a small table under a name."""

    def map(self, name: str, step: Step, schema: pa.Schema, query: str, size: int) -> None:
        """Keep what `step` makes of the rows of a query, `size` rows at once, under a name."""

    def select(self, name: str, query: str) -> None:
        """Keep the rows of a query under a name."""

    def rows(self, query: str) -> pa.Table:
        """Return the rows of a query, in its order; they must fit into memory."""

    def flat(self, column: str) -> str:
        """Return the SQL expression that makes a row of each element of a list."""

    def close(self) -> None:
        """End what the engine began."""
