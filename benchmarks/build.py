"""Whole builds over reports made from the corpora: reports a second, peak memory, adding one more."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from benchmarks.newsroom import pages
from benchmarks.report import SHARED

SIZES = (1_000, 2_000, 4_000)  # between which one more should cost the same


@dataclass(frozen=True, slots=True)
class Run:
    """What one command took, all its processes together."""

    wall: float  # seconds
    cpu: float  # seconds
    peak: int  # bytes; memory that processes share is counted once
    parent: int  # bytes of the command's own process, without its workers


def paragraphs() -> list[str]:
    """Return paragraphs of news in several languages, in a fixed order."""
    found: list[str] = []
    for path in sorted((SHARED / "attribution/polnear/train/text").glob("*.txt")):
        found += [line for line in path.read_text(encoding="utf-8").split("\n") if len(line) > 80]
    with (SHARED / "lineage/retranslations-ru-en.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            found += [p for p in json.loads(line)["text"].split("\n") if len(p) > 80]
    return found


def timed(command: list[str]) -> Run:
    """Run a command to its end and return what it took; its output is thrown away."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)
    peak, parent, spent = 0, 0, dict[int, float]()
    while process.poll() is None:
        members = list(_session(process.pid))
        used = {member: _memory(member) for member in members}
        peak, parent = max(peak, sum(used.values())), max(parent, used.get(process.pid, 0))
        for member in members:  # one that has just ended is read as 0
            spent[member] = max(spent.get(member, 0.0), _seconds(member))
        time.sleep(0.2)
    if process.returncode not in (0, 1):
        raise subprocess.CalledProcessError(process.returncode, command)
    return Run(time.monotonic() - start, sum(spent.values()), peak, parent)


def _session(leader: int) -> Iterator[int]:
    """Yield the processes of a session: a command, its workers, and what starts these."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(ProcessLookupError):
                if os.getsid(int(entry.name)) == leader:
                    yield int(entry.name)


def _memory(process: int) -> int:
    """Return the proportional set size in bytes, 0 for a process that has just ended."""
    with suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text("ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


def _seconds(process: int) -> float:
    with suppress(OSError):
        fields = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return 0.0


def measure(count: int) -> dict[str, float]:
    """Build `count` reports, then add one; return the figures."""
    with tempfile.TemporaryDirectory() as folder:
        return measure_in(Path(folder), count)


def measure_in(folder: Path, count: int) -> dict[str, float]:
    """Build `count` reports into the case `folder/case`, then add one to a copy; return the figures."""
    source, case, copy = folder / "source", folder / "case", folder / "copy"
    source.mkdir(parents=True)
    *most, last = islice(pages(), count + 1)
    for page in most:
        name = hashlib.sha256(page.encode()).hexdigest()[:12]
        (source / f"{name}.txt").write_text(page, encoding="utf-8")
    one = folder / "one.txt"
    one.write_text(last, encoding="utf-8")
    guvoh = [sys.executable, "-m", "guvoh"]
    whole = timed([*guvoh, "build", str(source), "--case", str(case), "--public"])
    shutil.copytree(case, copy)
    more = timed([*guvoh, "build", str(one), "--case", str(copy), "--public"])
    shutil.rmtree(copy)
    shown = subprocess.run(
        [*guvoh, "show", "families", "--case", str(case), "--json"], capture_output=True, check=True
    )
    sizes = [len(family["members"]) for family in json.loads(shown.stdout)]
    return {
        "reports": count,
        "families": len(sizes),
        "largest": max(sizes),
        "reports a second": round(count / whole.wall, 1),
        "wall s": round(whole.wall, 1),
        "cpu s": round(whole.cpu, 1),
        "peak MB": round(whole.peak / 1e6),
        "of which parent": round(whole.parent / 1e6),
        "one more, cpu s": round(more.cpu, 1),
        "one more, wall s": round(more.wall, 1),
    }
