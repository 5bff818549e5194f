"""Whole builds over reports made from the corpora: reports a second, peak memory, adding one more."""

import hashlib
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from benchmarks.report import SHARED

OUTLETS = [
    "Ninth Harbour News",
    "Open Steppe Radio",
    "Meridian Wire",
    "Lantern Post",
    "Bay Courier",
]
SIZES = (500, 2_000)  # between which one more should cost the same; 10,000 take an hour
COPIES = 0.2  # share of pages that copy an earlier one with a few words changed


@dataclass(frozen=True, slots=True)
class Run:
    """What one command took, all its processes together."""

    wall: float  # seconds
    cpu: float  # seconds
    peak: int  # bytes; memory that processes share is counted once


def paragraphs() -> list[str]:
    """Return paragraphs of news in several languages, in a fixed order."""
    found: list[str] = []
    for path in sorted((SHARED / "attribution/polnear/train/text").glob("*.txt")):
        found += [line for line in path.read_text(encoding="utf-8").split("\n") if len(line) > 80]
    with (SHARED / "lineage/retranslations-ru-en.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            found += [p for p in json.loads(line)["text"].split("\n") if len(p) > 80]
    return found


def pages(count: int, seed: int = 11) -> list[str]:
    """Return `count` scraped pages of about 300 words, one in five a copy with words changed."""
    chance = random.Random(seed)
    stock = paragraphs()
    bodies: list[list[str]] = []
    made: list[str] = []
    for number in range(count):
        if bodies and chance.random() < COPIES:
            body = [_edited(p, chance) for p in chance.choice(bodies)]
        else:
            body = chance.sample(stock, 6)
            bodies.append(body)
        day = f"{1 + number % 28} March 202{number % 4}"
        head = [
            f"Page {number} {body[0][:50]}",
            f"  • {chance.choice(OUTLETS)}",
            f"Published {day}",
        ]
        made.append("\n\n".join([*head, *body]))
    return made


def _edited(paragraph: str, chance: random.Random) -> str:
    words = paragraph.split(" ")
    return " ".join("however" if chance.random() < 0.05 else word for word in words)


def timed(command: list[str]) -> Run:
    """Run a command to its end and return what it took; its output is thrown away."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)
    peak, spent = 0, dict[int, float]()
    while process.poll() is None:
        members = list(_session(process.pid))
        peak = max(peak, sum(map(_memory, members)))
        for member in members:  # one that has just ended is read as 0
            spent[member] = max(spent.get(member, 0.0), _seconds(member))
        time.sleep(0.2)
    if process.returncode not in (0, 1):
        raise subprocess.CalledProcessError(process.returncode, command)
    return Run(time.monotonic() - start, sum(spent.values()), peak)


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
        source = Path(folder) / "source"
        source.mkdir()
        *most, last = pages(count + 1)
        for page in most:
            name = hashlib.sha256(page.encode()).hexdigest()[:12]
            (source / f"{name}.txt").write_text(page, encoding="utf-8")
        one = Path(folder) / "one.txt"
        one.write_text(last, encoding="utf-8")
        case = str(Path(folder) / "case")
        guvoh = [sys.executable, "-m", "guvoh", "build"]
        whole = timed([*guvoh, str(source), "--case", case, "--public"])
        more = timed([*guvoh, str(one), "--case", case, "--public"])
    return {
        "reports": count,
        "reports a second": round(count / whole.wall, 1),
        "wall s": round(whole.wall, 1),
        "cpu s": round(whole.cpu, 1),
        "peak MB": round(whole.peak / 1e6),
        "one more, cpu s": round(more.cpu, 1),
        "one more, wall s": round(more.wall, 1),
    }
