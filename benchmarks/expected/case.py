"""What a built case answers: rows of `guvoh show --json`, and its index page."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

NOUNS = ("reports", "places", "claims", "families", "events", "people", "warnings", "findings")

Row = dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """What a case says: rows of `show --json` by noun, and the text of its index page."""

    rows: Mapping[str, list[Row]]
    index: str = ""

    def files_of(self, claims: Iterable[str]) -> set[str]:
        """Return the files in which claims stand."""
        return {self._files[claim] for claim in claims}

    @cached_property
    def _files(self) -> dict[str, str]:
        return {claim["claim"]: claim["file"] for claim in self.rows["claims"]}

    def reports(self) -> dict[str, Row]:
        """Return the reports by id."""
        return {row["report"]: row for row in self.rows["reports"]}

    def people(self) -> list[tuple[str, Row]]:
        """Return each person with the file of its report."""
        reports = self.reports()
        return [
            (reports[row["person"].rpartition("/")[0]]["file"], row) for row in self.rows["people"]
        ]


def build(reports: Path, case: Path, home: Path) -> tuple[int, str]:
    """Build a folder of reports into `case`; return the exit status and what was said on stderr."""
    done = _guvoh(home, "build", str(reports), "--case", str(case), "--public")
    return done.returncode, done.stderr


def answer_of(case: Path, home: Path) -> Answer:
    """Return what `guvoh show` says of a case."""
    rows: dict[str, list[Row]] = {}
    for noun in NOUNS:
        done = _guvoh(home, "show", noun, "--case", str(case), "--json")
        if done.returncode:
            raise SystemExit(f"guvoh show {noun} ended with {done.returncode}: {done.stderr}")
        rows[noun] = json.loads(done.stdout)
    index = case / "pages" / "index.html"
    return Answer(rows, index.read_text("utf-8") if index.is_file() else "")


def _guvoh(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "GUVOH_HOME": str(home), "LANGUAGE": "en"}
    return subprocess.run(
        [sys.executable, "-m", "guvoh", *arguments],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
