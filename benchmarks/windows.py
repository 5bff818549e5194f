"""How long pages of the workbench take in Chromium on a big case, from asking to a page that can be used.

    python -m benchmarks windows

The case is that of `benchmarks/workbench.py`. A page counts as usable once it is loaded, its script has run and it has been
drawn. CPU seconds are those of the server and of all processes of the browser, for machines are shared.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Page, sync_playwright

from benchmarks.workbench import CLAIMS, REPORTS, make, pages
from guvoh.casefile.case import open_case
from tests.workbench.conftest import PROGRAM, QUIET, base

TIMES = 7  # of the addresses of each page
# Drawn twice after it was loaded: by then the first drawing is on the screen.
_USABLE = (
    "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done())))"
)


def run(reports: int = REPORTS, claims: int = CLAIMS) -> Sequence[Mapping[str, Any]]:
    """Return a row for each page."""
    kept = os.environ.get("GUVOH_BIG_CASE")
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("GUVOH_HOME", f"{folder}/home")
        root = Path(kept) if kept else Path(folder) / "case"
        case = open_case(root) if root.exists() else make(root, reports, claims)
        command = [sys.executable, "-m", "guvoh", "serve", "--no-browser", "--case", str(case.root)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            found = re.search(r"http://\S+", process.stdout.readline())
            assert found is not None
            with sync_playwright() as play:
                program = play.chromium.launch(executable_path=PROGRAM, args=QUIET)
                page = program.new_page(viewport={"width": 1280, "height": 900})
                page.goto(found.group(0))
                rows = list(_measured(page, pages(case)))
                program.close()
            process.terminate()
    return rows


def _measured(page: Page, addresses: Mapping[str, Sequence[str]]) -> Iterator[Mapping[str, Any]]:
    for name, paths in addresses.items():
        took = [_timed(page, path) for path in paths[:TIMES]]
        spent, whole = (sorted(column) for column in zip(*took, strict=True))
        yield {
            "page": name,
            "median, CPU ms": round(median(spent) * 1000),
            "most, CPU ms": round(spent[-1] * 1000),
            "median, ms on the clock": round(median(whole) * 1000),
            "most, ms on the clock": round(whole[-1] * 1000),
        }


def _timed(page: Page, path: str) -> tuple[float, float]:
    """Return CPU seconds of browser and server, and seconds on the clock, until a page can be used."""
    spent, wall = _spent(), time.perf_counter()
    page.goto(base(page) + path)
    page.evaluate(_USABLE)
    return _spent() - spent, time.perf_counter() - wall


def _spent() -> float:
    """Return the CPU seconds that this process's descendants have taken so far (Linux, proc(5))."""
    parents: dict[int, int] = {}
    taken: dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
        except OSError:  # it ended meanwhile
            continue
        parents[int(path.parent.name)] = int(fields[1])
        taken[int(path.parent.name)] = int(fields[11]) + int(fields[12])

    def ours(process: int) -> bool:
        while process in parents and process != os.getpid():
            process = parents[process]
        return process == os.getpid()

    ticks = sum(
        number for process, number in taken.items() if process != os.getpid() and ours(process)
    )
    return ticks / os.sysconf("SC_CLK_TCK")
