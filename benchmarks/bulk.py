"""Sifting crawls made of real pages: pages a second beside trafilatura, memory, growth, planted families."""

import gzip
import random
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import trafilatura

from benchmarks.build import paragraphs, timed
from benchmarks.report import ROOT, SHARED
from guvoh.intake.warcs import web_records
from tests.bulk.crawl import demo_pages
from tests.warc import number_of, own_address, response

SIZES = (2_000, 10_000)
ARCHIVES = 8
LEVEL = 3  # of gzip; a crawl has 6, and reading costs the same
DATE = "2024-02-20T00:00:00Z"
SAMPLE = 150  # pages that the peer reads; it takes too long for all
ABOUT = ROOT / "tests/bulk/fish-plant.toml"
# Of the example's reports these speak of other plants and places.
APART = {"deux-rives-saratov.html", "quillmark-colony-17.html"}
_PARAGRAPH = re.compile(rb"<p(?: [^>]*)?>.*?</p>", re.DOTALL)


def _pages(count: int) -> Iterator[bytes]:
    """Yield pages of the article corpus with other news in their paragraphs."""
    chance = random.Random(5)
    stock = [one.encode() for one in paragraphs()]
    shells = [
        gzip.decompress(path.read_bytes())
        for path in sorted((SHARED / "extraction/scrapinghub/html").glob("*.html.gz"))
    ]
    for number in range(count):
        yield _PARAGRAPH.sub(
            lambda _: b"<p>" + chance.choice(stock) + b"</p>", shells[number % len(shells)]
        )


def crawl(folder: Path, count: int) -> list[Path]:
    """Write archives of `count` pages with the example case among them."""
    paths = [folder / f"crawl-{number}.warc.gz" for number in range(ARCHIVES)]
    streams = [path.open("wb") for path in paths]
    for number, page in enumerate(_pages(count)):
        record = response(number, page, kind="text/html", date=DATE)
        streams[number % ARCHIVES].write(gzip.compress(record, LEVEL, mtime=0))
    for number, (name, data) in enumerate(demo_pages()):
        kind = "text/plain; charset=utf-8" if name.endswith(".txt") else "text/html"
        url = own_address(data)
        record = response(10**9 + number, data, kind=kind, date=DATE, url=url)
        streams[number % ARCHIVES].write(gzip.compress(record, LEVEL, mtime=0))
    for stream in streams:
        stream.close()
    return paths


def _peer(archives: list[Path]) -> float:
    """Return the CPU seconds a page that trafilatura's fast mode takes from an archive."""
    bodies = web_records(archives[0])
    trafilatura.extract("<p>warm</p>", fast=True)
    start, read = time.process_time(), 0
    for record in bodies:
        trafilatura.extract(record.body, fast=True)
        read += 1
        if read == SAMPLE:
            break
    return (time.process_time() - start) / read


def _found(out: Path) -> int:
    names = [name for name, _ in demo_pages()]
    kept = pq.read_table(out / "reports.parquet").to_pylist()
    numbers = {number_of(row["record"]) - 10**9 for row in kept}
    return sum(names.index(one) in numbers for one in names if one not in APART)


def run() -> list[dict[str, Any]]:
    """Return a row a size."""
    rows: list[dict[str, Any]] = []
    for size in SIZES:
        with tempfile.TemporaryDirectory() as made:
            folder = Path(made)
            archives = crawl(folder, size)
            out = folder / "out"
            command = [sys.executable, "-m", "guvoh", "sift", *map(str, archives)]
            took = timed([*command, "--about", str(ABOUT), "--out", str(out)])
            peer = _peer(archives)
            rows.append(
                {
                    "pages": size,
                    "MB packed": round(sum(path.stat().st_size for path in archives) / 1e6),
                    "pages / cpu s": round(size / took.cpu, 1),
                    "x trafilatura fast": round(peer * size / took.cpu, 2),
                    "wall s": round(took.wall, 1),
                    "peak MB": round(took.peak / 1e6),
                    "of 14 planted": _found(out),
                }
            )
    return rows
