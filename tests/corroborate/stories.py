"""Stories that stand in tests/cases with what a careful reader says of them, built as real pages."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from benchmarks.expected.case import Answer, answer_of, build

CASES = Path(__file__).parents[1] / "cases"

Row = dict[str, Any]


def expected(story: str) -> list[Row]:
    """Return the events that a careful reader finds in a story."""
    events: list[Row] = tomllib.loads((CASES / story / "expected.toml").read_text("utf-8"))["event"]
    return events


def told(story: str, folders: pytest.TempPathFactory) -> Answer:
    """Return what a case of a story says."""
    folder = folders.mktemp(story)
    status, said = build(CASES / story / "reports", folder / "case", folder / "home")
    assert status == 0, said
    return answer_of(folder / "case", folder / "home")


def event_of(answer: Answer, wanted: Row) -> Row:
    """Return the event that holds most of the files in which it is told."""
    fitting = [
        row
        for row in answer.rows["events"]
        if set(wanted["acts"]) & set(row["acts"]) and row["status"] == wanted["status"]
    ]
    return max(fitting, key=lambda row: len(answer.files_of(row["claims"]) & set(wanted["holds"])))
