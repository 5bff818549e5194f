"""Spark: two real workers, one of them killed on the way and then the driver, leave what one machine leaves."""

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
    reason="Spark needs Java and minutes of a quiet machine; GUVOH_SPARK=1 asks for it",
)

SHUFFLE = """
import sys
from pathlib import Path
from guvoh.bulk.engine import EngineError
from guvoh.bulk.spark import SparkEngine
from guvoh.progress import Silent
engine = SparkEngine(Path(sys.argv[1]), Silent(), "local[1]")
many = "SELECT xxhash64(id) AS n, count(*) AS times FROM range(0, 200000, 1, 4) GROUP BY 1"
try:
    engine.select("many", many)
    print("made", engine.rows("SELECT count(*) AS n FROM many").to_pylist())
except EngineError as fault:
    print(fault)
engine.close()
"""
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


def started(command: list[str]) -> subprocess.Popen[bytes]:
    """Start a sift on a cluster of two workers."""
    environment = {**os.environ, "PYSPARK_SUBMIT_ARGS": CLUSTER, "SPARK_LOCAL_IP": "127.0.0.1"}
    nowhere = subprocess.DEVNULL
    return subprocess.Popen(command, stdout=nowhere, stderr=nowhere, env=environment)


def awaited(process: subprocess.Popen[bytes], pattern: str, out: Path) -> bool:
    """Wait for a file of the result; False where the run ended before."""
    while process.poll() is None:
        if list(out.glob(pattern)):
            return True
        time.sleep(0.05)
    return False


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="finds the workers in /proc")
def test_a_killed_worker_and_a_killed_driver_change_nothing(tmp_path: Path) -> None:
    archives = crawl(tmp_path / "crawl", archives=4, others=24)
    for number in range(2):  # their partitions have no rows
        archives.append(tmp_path / f"none-{number}.warc.gz")
        archives[-1].write_bytes(b"")
    assert sift(tmp_path / "local", *archives) == 0
    out = tmp_path / "spark"
    command = [
        sys.executable, "-m", "guvoh", "sift", *map(str, archives),
        "--about", str(ABOUT), "--out", str(out), "--engine", "spark",
    ]  # fmt: skip
    process = started(command)
    # Once the scan writes its first parts its workers are at work.
    assert awaited(process, "stages/pages/_temporary/**/*.parquet", out)
    os.kill(executors(process.pid)[0], signal.SIGKILL)
    assert awaited(process, "stages/twins/_SUCCESS", out)
    process.kill()
    process.wait()
    assert not (out / "run.json").exists()
    assert started(command).wait(timeout=1800) == 0  # a minute where nothing else runs
    assert results(out) == results(tmp_path / "local")


def test_a_disk_that_is_full_in_the_shuffle_is_said_and_the_run_goes_on_once_there_is_room(
    tmp_path: Path,
) -> None:
    alone = ("unshare", "-r", "-m")
    if shutil.which("unshare") is None or subprocess.run([*alone, "true"]).returncode:
        pytest.skip("no file system may be mounted here")
    disk = tmp_path / "disk"
    disk.mkdir()
    (tmp_path / "shuffle.py").write_text(SHUFFLE, encoding="utf-8")
    work = f"{sys.executable} {tmp_path}/shuffle.py {tmp_path}/stages"
    script = f"mount -t tmpfs -o size=300k tmpfs {disk} && {work}; mount -o remount,size=99m {disk} && {work}"
    environment = {
        **os.environ,
        "PYSPARK_SUBMIT_ARGS": f"--conf spark.local.dir={disk} pyspark-shell",
        "SPARK_LOCAL_IP": "127.0.0.1",
    }
    done = subprocess.run(
        [*alone, "sh", "-c", script], capture_output=True, text=True, env=environment
    )
    first, second = done.stdout.splitlines()
    assert "a disk is full" in first
    assert second == "made [{'n': 200000}]"
