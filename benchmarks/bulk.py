"""Sifting crawls made of real pages: pages a second beside trafilatura, memory, growth, planted families.

`python -m benchmarks.bulk SIZE FOLDER [spark]` does one size in a folder that stays, on either engine.
"""

import json
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import trafilatura

from benchmarks.build import timed
from benchmarks.crawls import ABOUT, crawl, found_in
from guvoh.intake.warcs import web_records

SIZES = (2_000, 10_000)
SAMPLE = 150  # pages that the peer reads; it takes too long for all


def run() -> list[Mapping[str, Any]]:
    """Return a row a size, on one machine."""
    rows: list[Mapping[str, Any]] = []
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            rows.append(measure(size, Path(folder), "local"))
    return rows


def measure(size: int, folder: Path, engine: str) -> Mapping[str, Any]:
    """Sift a crawl of `size` pages, made where `folder` has none; return the figures."""
    crawled = folder / "crawl"
    archives = sorted(crawled.glob("*.warc.gz")) or crawl(crawled, size)
    out = folder / engine
    sift = ["guvoh", "sift", str(crawled), "--about", str(ABOUT), "--out", str(out)]
    command = [sys.executable, "-m", *sift]
    if engine == "spark":
        command = [sys.executable, "-m", "benchmarks.cluster", "-m", *sift, "--engine", "spark"]
    took = timed(command)
    peer = _peer(archives[0])
    kept = pq.read_table(out / "reports.parquet").to_pylist()
    planted = found_in(kept, size)
    return {
        "pages": size,
        "engine": engine,
        "MB packed": round(sum(path.stat().st_size for path in archives) / 1e6),
        "cpu s": round(took.cpu, 1),
        "wall s": round(took.wall),
        "pages / cpu s": round(size / took.cpu, 1),
        "x trafilatura fast": round(peer * size / took.cpu, 2),
        "peak MB": round(took.peak / 1e6),
        **{kind: f"{hits}/{of}" for kind, (hits, of) in planted.items()},
    }


def _peer(archive: Path) -> float:
    """Return the CPU seconds a page that trafilatura's fast mode takes from an archive."""
    trafilatura.extract("<p>warm</p>", fast=True)
    start, read = time.process_time(), 0
    for record in web_records(archive):
        trafilatura.extract(record.body, fast=True)
        read += 1
        if read == SAMPLE:
            break
    return (time.process_time() - start) / read


def main(arguments: Sequence[str]) -> int:
    """Measure one size in a folder and print the figures."""
    size, folder, *engine = arguments
    row = measure(int(size), Path(folder), *(engine or ["local"]))
    print(json.dumps(row, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
