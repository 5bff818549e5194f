"""Every check of a case against what a careful analyst concludes."""

import tempfile
import tomllib
from pathlib import Path

from benchmarks.expected.case import Answer, Row, answer_of, build
from benchmarks.expected.checks import AREAS, Check, figures
from benchmarks.expected.events import check_event, matched_events
from benchmarks.expected.families import check_families
from benchmarks.expected.likeness import all_names
from benchmarks.expected.never import check_never
from benchmarks.expected.people import check_people, check_warnings
from benchmarks.expected.reports import check_reports


def expected(folder: Path) -> Row:
    """Return the expected.toml of a folder."""
    return tomllib.loads((folder / "expected.toml").read_text("utf-8"))


def by_area(folder: Path) -> list[Row]:
    """Build the reports of a folder as a case; return what passed of what counts, a row an area."""
    with tempfile.TemporaryDirectory() as place:
        home, case = Path(place) / "home", Path(place) / "case"
        build(folder / "reports", case, home)
        checks = compare(answer_of(case, home), expected(folder))
    passed = figures(checks)
    return [
        {"area": a, "passed": passed[a], "of": sum(c.must for c in checks if c.area == a)}
        for a in AREAS
    ]


def compare(answer: Answer, wanted: Row) -> list[Check]:
    """Return every check of a case against what a careful analyst concludes."""
    names = all_names(wanted)
    matched = matched_events(answer, wanted)
    checks = [*check_reports(answer, wanted), *check_families(answer, wanted)]
    for event in wanted["event"]:
        checks += check_event(answer, event, matched.get(event["id"]), names)
    checks += [*check_warnings(answer, wanted, names), *check_people(answer, wanted)]
    return [*checks, *check_never(answer, wanted, matched)]
