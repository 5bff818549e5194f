"""Spark: two real workers, one of them killed on the way, leave what one machine leaves."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.bulk.crawl import crawl
from tests.bulk.test_sift import ABOUT, results, sift

pytest.importorskip("pyspark")
pytestmark = pytest.mark.skipif(
    shutil.which("java") is None or "GUVOH_SPARK" not in os.environ,
    reason="Spark needs Java and two minutes of a quiet machine; GUVOH_SPARK=1 asks for it",
)

CLUSTER = "--master local-cluster[2,1,1024] --conf spark.executor.memory=1g pyspark-shell"


def executors(parent: int) -> list[int]:
    """Return the process ids of the executors that descend from a process, as Linux lists them."""
    parents: dict[int, int] = {}
    named: list[int] = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            stat = (folder / "stat").read_text()
            command = (folder / "cmdline").read_bytes()
        except OSError:
            continue  # it has ended since
        parents[int(folder.name)] = int(stat.rpartition(")")[2].split()[1])
        if b"CoarseGrainedExecutorBackend" in command:
            named.append(int(folder.name))
    return [one for one in named if parent in _ancestors(one, parents)]


def _ancestors(process: int, parents: dict[int, int]) -> set[int]:
    found: set[int] = set()
    while process in parents and process not in found:
        found.add(process)
        process = parents[process]
    return found | {process}


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="finds the workers in /proc")
def test_a_killed_worker_changes_nothing(tmp_path: Path) -> None:
    archives = crawl(tmp_path / "crawl", archives=6, copies=5)
    assert sift(tmp_path / "local", *archives) == 0
    out = tmp_path / "spark"
    command = [
        sys.executable, "-m", "guvoh", "sift", *map(str, archives),
        "--about", str(ABOUT), "--out", str(out), "--engine", "spark",
    ]  # fmt: skip
    environment = {**os.environ, "PYSPARK_SUBMIT_ARGS": CLUSTER, "SPARK_LOCAL_IP": "127.0.0.1"}
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment
    )
    deadline = time.monotonic() + 1800  # about two minutes where nothing else runs
    killed = False
    while process.poll() is None and time.monotonic() < deadline:
        # Once the scan writes its first parts its workers are at work.
        if not killed and list(out.glob("stages/pages/_temporary/**/*.parquet")):
            found = executors(process.pid)
            if found:
                os.kill(found[0], signal.SIGKILL)
                killed = True
        time.sleep(0.05)
    process.kill()
    assert process.wait() == 0
    assert killed
    assert results(out) == results(tmp_path / "local")
