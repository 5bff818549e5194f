"""The engine for a cluster: Spark brings rows together and runs the steps on its executors."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from guvoh.bulk.engine import EngineError, Lost, Step, refused
from guvoh.progress import Silent

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_MADE = "_SUCCESS"
_SETTINGS = {
    "spark.sql.execution.arrow.maxRecordsPerBatch": "256",
    "spark.sql.adaptive.enabled": "true",  # joins partitions that came out small, splits skewed ones
    "spark.sql.session.timeZone": "UTC",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
}


class SparkEngine:
    """Keeps each table as a folder of Parquet files under `folder`, which all machines must see.

    The cluster is what PYSPARK_SUBMIT_ARGS or `spark-defaults.conf` say, or `master`.
    """

    def __init__(self, folder: Path, bar: Silent, master: str | None = None) -> None:
        try:
            from py4j.protocol import Py4JError
            from pyspark.errors import PySparkException
            from pyspark.sql import SparkSession
        except ModuleNotFoundError:
            raise EngineError(
                "--engine spark needs PySpark and Java. Install them with: pip install"
                " 'guvoh[spark]', and a Java 17 of your system."
            ) from None
        self.folder, self.bar = folder, bar
        self._faults = (PySparkException, Py4JError)  # whatever ended the job four times over
        self.lost: list[Lost] = []
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        builder = SparkSession.builder.appName("guvoh sift")
        if master:
            builder = builder.master(master)
        for key, value in _SETTINGS.items():
            builder = builder.config(key, value)
        try:
            self._spark = builder.getOrCreate()
        except (PySparkException, Py4JError, OSError) as fault:
            raise EngineError(
                f"Spark did not start ({type(fault).__name__}). Is Java 17 installed, and does the"
                " cluster answer?"
            ) from None
        self._spark.sparkContext.setLogLevel("ERROR")
        # As many tasks as keep the cores busy: 200, Spark's own number, is far too many for a few.
        tasks = max(3 * self._spark.sparkContext.defaultParallelism, 4)
        self._spark.conf.set("spark.sql.shuffle.partitions", str(tasks))
        self.folder.mkdir(parents=True, exist_ok=True)

    def put(self, name: str, table: pa.Table) -> None:
        """Keep a small table under a name."""
        self._keep(name, lambda: self._spark.createDataFrame(table).coalesce(1))

    def map(self, name: str, step: Step, schema: pa.Schema, query: str, size: int) -> None:
        """Keep what `step` makes of the rows of a query, `size` rows at once, under a name."""

        def made() -> "DataFrame":
            rows = self._spark.sql(query)
            parts = max(-(-rows.count() // size), 1)
            return rows.repartition(parts).mapInArrow(step, _declared(schema))

        self._keep(name, made)

    def select(self, name: str, query: str) -> None:
        """Keep the rows of a query under a name."""
        self._keep(name, lambda: self._spark.sql(query))

    def rows(self, query: str) -> pa.Table:
        """Return the rows of a query, in its order; they must fit into memory."""
        return self._spark.sql(query).toArrow()

    def flat(self, column: str) -> str:
        """Return the SQL expression that makes a row of each element of a list."""
        return f"explode({column})"

    def close(self) -> None:
        """End what the engine began."""
        self._spark.stop()

    def _keep(self, name: str, make: Any) -> None:
        path = self.folder / name
        known = self._spark.read
        if not (path / _MADE).exists():
            self.bar.begin(name, None)
            try:
                made = make()
                made.write.mode("overwrite").parquet(str(path))
            except self._faults as fault:
                raise _failed(path, fault) from None
            known = known.schema(made.schema)  # else Spark starts a job to read it from the files
        known.parquet(str(path)).createOrReplaceTempView(name)


def _failed(path: Path, fault: Exception) -> EngineError:
    """Return what to say of a stage that Spark gave up after four tries."""
    said = str(fault)
    if "No space left" in said:
        return EngineError(
            f"{path} could not be made: a disk is full, that of the folder or the one that Spark puts rows in order on"
            " (spark.local.dir). Make room, and run the same command again: it goes on where it was."
        )
    if "Permission denied" in said:
        return refused(path, fault)
    return EngineError(
        f"Spark could not make the stage {path.name} ({said.partition(chr(10))[0][:200]}). See the logs of"
        " its executors, and run the same command again: it goes on where it was."
    )


def _declared(schema: pa.Schema) -> str:
    """Return a schema in Spark's own words."""
    names = {
        pa.int64(): "bigint",
        pa.string(): "string",
        pa.bool_(): "boolean",
        pa.binary(): "binary",
        pa.list_(pa.int64()): "array<bigint>",
    }
    return ", ".join(f"{one.name} {names[one.type]}" for one in schema)
