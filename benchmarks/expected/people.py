"""Warnings and people against expected.toml."""

from collections.abc import Iterator

from benchmarks.expected.case import Answer, Row
from benchmarks.expected.checks import Check, brief
from benchmarks.expected.likeness import called, inside, names_of, same_name


def check_warnings(answer: Answer, wanted: Row, names: list[list[str]]) -> Iterator[Check]:
    """Check each warning: there, of whom, where, since when, on whose word."""
    events = {event["id"]: event for event in wanted["event"]}
    who = {v["name"]: names_of(v) for e in wanted["event"] for v in e.get("who", [])}
    for want in wanted["warning"]:
        places = [names_of(v) for v in events[want["event"]]["where"]]
        people = [alias for name in want["who"] for alias in [*who.get(name, []), name]]
        yield from _warning(answer, want, (people, places), names)


def _warning(
    answer: Answer,
    want: Row,
    known: tuple[list[str], list[list[str]]],
    names: list[list[str]],
) -> Iterator[Check]:
    people, places = known
    area, must = want["event"], want.get("must", True)

    def right(row: Row, key: str) -> bool:
        if key == "who":
            return same_name(row["who"], people)
        if key == "where":
            return any(same_name(row["where"], place) for place in places)
        if key == "since":
            since = row["since"]
            return since in want["since"] or any(inside(since, s) for s in want["since"])
        return row["status"] in want["status"]

    keys = ("who", "where", "since", "status")
    near = [row for row in answer.rows["warnings"] if right(row, "who") or right(row, "where")]
    best = max(near, key=lambda row: sum(right(row, key) for key in keys), default=None)
    there = best is not None
    yield Check("warnings", f"{area}: found", there, "a warning", "none of the kind", must)
    for key in keys:
        got = best[key] if best else "no warning"
        passed = best is not None and right(best, key)
        yield Check("warnings", f"{area}: {key}", passed, brief(want[key]), brief(got), must)
    sources = best["sources"] if best else []
    for name in want["sources"]:
        passed = any(same_name(source, called(name, names)) for source in sources)
        yield Check("warnings", f"{area}: source {name}", passed, name, brief(sources), must)


def check_people(answer: Answer, wanted: Row) -> Iterator[Check]:
    """Check each person in all its files: there, pseudonym, exposure, what is withheld."""
    people = answer.people()
    for want in wanted["person"]:
        who = f"{want['name']} ({want['files'][0].partition('-')[0]})"
        rows = [
            (file, row)
            for file, row in people
            if file in want["files"]
            and any(same_name(name, names_of(want)) for name in (row["name"], *row["aliases"]))
        ]
        yield from _person(who, want, rows)


def _person(who: str, want: Row, rows: list[tuple[str, Row]]) -> Iterator[Check]:
    must = want.get("must", True)
    lacking = [file for file in want["files"] if file not in {each for each, _ in rows}]
    yield Check("people", f"{who}: found", not lacking, "everywhere", f"not in {lacking}", must)
    for key in ("kind", "pseudonym", "exposure"):
        right = want[key] if isinstance(want[key], list) else [want[key]]
        wrong = [[file, row[key]] for file, row in rows if row[key] not in right]
        passed = bool(rows) and not wrong
        yield Check("people", f"{who}: {key}", passed, brief(right), brief(wrong), must)
    held = sorted({each for _, row in rows for each in row["withheld"]})
    passed = bool(rows) and held == sorted(want["withheld"])
    yield Check("people", f"{who}: withheld", passed, brief(want["withheld"]), brief(held), must)
