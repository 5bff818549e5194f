"""The engine for one machine: DuckDB brings rows together, steps run in killable processes."""

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from guvoh.bulk.engine import EngineError, Lost, Step, refused
from guvoh.pipeline.workers import Lost as Unread
from guvoh.pipeline.workers import Workers, cores
from guvoh.progress import Silent

_MEMORY = "1GB"  # that DuckDB may hold; most of what is more goes through `spill`
_AHEAD = 32 << 20  # bytes of rows that wait for a worker
_SECONDS = 3600.0  # that one part may take before its worker is replaced
_MADE = "_SUCCESS"  # as Spark marks a table that is whole
# DuckDB 1.5 loses rows by it or stops (duckdb/duckdb issues 23588 and 24711).
_FAULTY = "top_n_window_elimination"


class _UnreadableError(Exception):
    """A file that a step reads has gone."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A step to apply to some rows (Arrow's stream format), and where its result is to lie."""

    step: Step
    schema: bytes
    rows: bytes
    path: str
    again: bool = False  # it has ended a worker before


class LocalEngine:
    """Keeps each table as a folder of Parquet files under `folder`, part by part."""

    def __init__(self, folder: Path, bar: Silent, workers: int = 0) -> None:
        try:
            import duckdb
        except ModuleNotFoundError:
            raise EngineError(
                "sift needs DuckDB and pyarrow. Install them with: pip install 'guvoh[bulk]'"
            ) from None
        self.folder, self.bar, self.workers = folder, bar, workers or cores()
        self.lost: list[Lost] = []
        self._steps = Workers(_apply, self.workers, _SECONDS, ["guvoh.bulk.matching"])
        with self._writing():
            self.folder.mkdir(parents=True, exist_ok=True)
        self._db = duckdb.connect(
            config={
                "memory_limit": _MEMORY,
                "temp_directory": str(self.folder / "spill"),
                "threads": self.workers,
                "preserve_insertion_order": False,
            }
        )
        self._leave_out(_FAULTY)

    def put(self, name: str, table: pa.Table) -> None:
        """Keep a small table under a name."""
        if not self._is_made(name):
            with self._writing():
                _write(table.to_batches(), table.schema, self._part(name, 0))
                self._mark(name)
        self._view(name)

    def map(self, name: str, step: Step, schema: pa.Schema, query: str, size: int) -> None:
        """Keep what `step` makes of the rows of a query, `size` rows at once, under a name."""
        if not self._is_made(name):
            self.bar.begin(name, None)
            with self._writing():
                for parts in _together(self._parts(name, step, schema, query, size)):
                    self._run(name, parts)
                _write([], schema, self.folder / name / "part-none.parquet")
                self._mark(name)
        self._view(name)

    def select(self, name: str, query: str) -> None:
        """Keep the rows of a query under a name."""
        if not self._is_made(name):
            path = self._part(name, 0)
            with self._writing():
                path.parent.mkdir(parents=True, exist_ok=True)
                unfinished = path.with_suffix(".unfinished")
                self._db.execute(f"COPY ({query}) TO '{_quoted(unfinished)}' (FORMAT parquet)")
                unfinished.replace(path)
                self._mark(name)
        self._view(name)

    def rows(self, query: str) -> pa.Table:
        """Return the rows of a query, in its order; they must fit into memory."""
        return self._db.sql(query).to_arrow_table()

    def flat(self, column: str) -> str:
        """Return the SQL expression that makes a row of each element of a list."""
        return f"unnest({column})"

    def close(self) -> None:
        """End what the engine began."""
        self._steps.__exit__()
        self._db.close()
        shutil.rmtree(self.folder / "spill", ignore_errors=True)

    def _leave_out(self, optimizer: str) -> None:
        """Do without an optimizer of DuckDB where its version has it: naming one it lacks is an error."""
        known = self._db.sql("SELECT name FROM duckdb_optimizers()").fetchall()
        if (optimizer,) in known:
            self._db.execute(f"SET disabled_optimizers = '{optimizer}'")

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Say in one sentence that a table could not be written, by us or by DuckDB."""
        import duckdb

        try:
            yield
        except (OSError, duckdb.IOException, duckdb.OutOfMemoryException) as error:
            raise refused(self.folder, error) from None

    def _parts(
        self, name: str, step: Step, schema: pa.Schema, query: str, size: int
    ) -> Iterator[_Part]:
        """Yield the parts of a step that no earlier run finished."""
        reader = self._db.sql(query).to_arrow_reader(size)
        head = schema.serialize().to_pybytes()
        number = 0
        for batch in reader:
            for start in range(0, batch.num_rows, size):
                path = self._part(name, number)
                if not path.exists():
                    yield _Part(step, head, _packed(batch.slice(start, size)), str(path))
                number += 1

    def _run(self, name: str, parts: list[_Part]) -> None:
        """Apply the step to each part; one that ends its worker twice is halved until the row is known."""
        while parts:
            failed: list[_Part] = []
            for index, result in self._steps.map(parts):
                self.bar.step()
                if isinstance(result, OSError):
                    raise result
                if isinstance(result, Unread):
                    failed += self._once_more(name, parts[index], result.why)
            parts = failed

    def _once_more(self, name: str, part: _Part, why: str) -> list[_Part]:
        """Return what to try of a part that gave nothing: itself, for a worker can be killed, or halves."""
        if not part.again:
            return [replace(part, again=True)]
        table = _unpacked(part.rows)
        if table.num_rows == 1:
            self.lost.append(Lost(name, _named(table.to_pylist()[0]), why))
            return []
        half = table.num_rows // 2
        stem = part.path.removesuffix(".parquet")
        return [
            replace(part, rows=_packed(piece), path=f"{stem}-{side}.parquet")
            for side, piece in (("a", table.slice(0, half)), ("b", table.slice(half)))
        ]

    def _part(self, name: str, number: int) -> Path:
        return self.folder / name / f"part-{number:05d}.parquet"

    def _is_made(self, name: str) -> bool:
        return (self.folder / name / _MADE).exists()

    def _mark(self, name: str) -> None:
        (self.folder / name / _MADE).touch()

    def _view(self, name: str) -> None:
        files = _quoted(self.folder / name / "*.parquet")
        self._db.execute(f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM read_parquet('{files}')")


def _together(parts: Iterator[_Part]) -> Iterator[list[_Part]]:
    """Yield parts in lists of which each is worth no more than _AHEAD bytes, or a single part."""
    waiting: list[_Part] = []
    size = 0
    for part in parts:
        if waiting and size + len(part.rows) > _AHEAD:
            yield waiting
            waiting, size = [], 0
        waiting.append(part)
        size += len(part.rows)
    yield waiting


def _apply(part: _Part) -> OSError | None:
    """Run the step of a part in a worker and keep its result.

    What could not be written is no fault of the rows: the error comes back, and ends the run.
    """
    schema = pa.ipc.read_schema(pa.py_buffer(part.schema))
    made = _read(part.step(iter(_unpacked(part.rows).to_batches())))
    try:
        _write(made, schema, Path(part.path))
    except OSError as error:
        return OSError(error.errno, error.strerror or str(error))
    return None


def _read(made: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Yield what a step makes; what it could not read is its own fault, unlike a disk that is full."""
    try:
        yield from made
    except OSError as fault:
        raise _UnreadableError(fault.strerror or str(fault)) from fault


def _named(row: dict[str, object]) -> str:
    """Return what a person would call a row: its record, its archive, or its pair of pages."""
    return " ".join(str(row[key]) for key in ("path", "record", "one", "other") if key in row)


def _packed(rows: pa.RecordBatch | pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, rows.schema) as writer:
        writer.write(rows)
    return bytes(sink.getvalue().to_pybytes())


def _unpacked(rows: bytes) -> pa.Table:
    return pa.ipc.open_stream(pa.py_buffer(rows)).read_all()


def _write(made: Iterable[pa.RecordBatch], schema: pa.Schema, path: Path) -> None:
    """Write rows as they are made; a file that bears its own name is whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(f".unfinished-{os.getpid()}")
    with pq.ParquetWriter(unfinished, schema, compression="zstd") as writer:
        for batch in made:
            writer.write_batch(batch)
    unfinished.replace(path)


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
