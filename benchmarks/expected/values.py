"""The details of an event against expected.toml: values, what backs them, contradictions."""

from collections.abc import Iterator

from benchmarks.expected.case import Answer, Row
from benchmarks.expected.checks import Check, brief
from benchmarks.expected.likeness import holds, inside, names_of, paired, same_name

# The words by which an answer and expected.toml call the same kind of contradiction.
_KINDS = {"when": "time", "how_many": "quantity", "where": "place", "who": "person"}


def check_values(answer: Answer, want: Row, row: Row, key: str) -> Iterator[Check]:
    """Check that each value is there, and what stands behind it alone."""
    values = want.get(key, [])
    pairs = paired(values, row[key], lambda one, other: fits(answer, key, one, other))
    for index, value in enumerate(values):
        name, must = value.get("text") or value.get("name"), value.get("must", True)
        what = f"{want['id']}: {key} {name}"
        got = row[key][pairs[index]] if index in pairs else None
        others = [v["text"] if "text" in v else v["name"] for v in row[key]]
        yield Check("events", what, got is not None, name, brief(others), must)
        count = got["original_sources"] if got else {"low": None, "high": None}
        passed = all(count[side] in value["sources"][side] for side in ("low", "high"))
        bounds = f"{brief(value['sources']['low'])}–{brief(value['sources']['high'])}"
        shown = f"{count['low']}–{count['high']}" if got else "no value"
        yield Check("events", f"{what}: sources", passed, bounds, shown, must)
        if key == "where":
            spots = _spots(answer, got) if got else []
            passed = bool(spots) and all(
                c == value["country"] and p in value["precision"] for c, p in spots
            )
            wanted = f"{value['country']}, {brief(value['precision'])}"
            yield Check("events", f"{what}: placed", passed, wanted, brief(spots), must)


def _spots(answer: Answer, value: Row) -> list[list[str | None]]:
    """Return country and precision of a place, as each claim that names it has them, else as the case has it."""
    spots = {
        (place["country"], place["precision"])
        for claim in answer.rows["claims"]
        for place in claim["places"]
        if claim["claim"] in value["claims"] and place["name"] == value["name"]
    } or {
        (place["country"], place["precision"])
        for place in answer.rows["places"]
        if place["name"] == value["name"]
    }
    return [list(spot) for spot in sorted(spots, key=str)]


def fits(answer: Answer, key: str, want: Row, got: Row) -> float:
    """Return 0 where a value is not the expected one, more the better it agrees."""
    shared = len(answer.files_of(got["claims"]) & set(want["files"]))
    return shared + 100 * agreement(key, want, got) if shared and agreement(key, want, got) else 0


def agreement(key: str, want: Row, got: Row) -> int:
    """Return 0 where two values differ, 1 where they agree, 2 where a time is the best one."""
    if key == "when":
        return 2 if got["edtf"] in want["edtf"] else int(inside(got["edtf"], want["within"]))
    if key == "how_many":
        return int(
            got["low"] in want["low"]
            and ("open" if got["high"] is None else got["high"]) in want["high"]
        )
    if key == "who" and got["role"] not in want["role"]:
        return 0
    return int(same_name(got["name"], names_of(want)))


def check_contradictions(answer: Answer, want: Row, row: Row) -> Iterator[Check]:
    """Check the contradictions with their causes, and that what agrees is not set against each other."""
    area, rows = want["id"], row["contradictions"]
    publishers = {r["file"]: r["publisher"] or r["file"] for r in answer.rows["reports"]}
    shown = brief([c["values"] for c in rows])
    for conflict in want["contradiction"]:
        must = conflict.get("must", True)
        found = [c for c in rows if _conflicts(want, row, conflict, c)]
        what = f"{area}: contradiction {' / '.join(conflict['values'])}"
        yield Check("events", what, bool(found), conflict["kind"], shown, must)
        if conflict["caused_by"]:
            cause = publishers.get(conflict["caused_by"], "")
            passed = any(holds(c["because"], cause) for c in found)
            told = brief([c["because"] for c in found])
            yield Check("events", f"{what}: because", passed, cause, told, must)
    if not want["contradiction"]:
        passed = row["event"] is not None and not rows
        yield Check("events", f"{area}: no contradiction", passed, "none", shown)
    for values in want.get("agree", []):
        pair = {"kind": None, "values": values}
        wrong = [c["values"] for c in rows if _conflicts(want, row, pair, c)]
        passed = row["event"] is not None and not wrong
        yield Check("events", f"{area}: {' and '.join(values)} agree", passed, "", brief(wrong))


def _conflicts(event: Row, row: Row, want: Row, got: Row) -> bool:
    """Return whether a contradiction sets the two expected values against each other."""
    if want["kind"] and _KINDS.get(got["kind"], got["kind"]) != want["kind"]:
        return False
    first, second = want["values"]
    return any(
        _means(event, row, first, one) and _means(event, row, second, other)
        for i, one in enumerate(got["values"])
        for j, other in enumerate(got["values"])
        if i != j
    )


def _means(event: Row, row: Row, want: str, got: str) -> bool:
    """Return whether a value in words is the expected one, by its words or by its bounds."""
    if holds(got, want):
        return True
    for key in ("when", "how_many"):
        said = [value for value in row[key] if value["text"] == got]
        known = [v for v in event.get(key, []) if holds(v["text"], want)]
        if key == "how_many" and want.isdigit():
            known = [{"low": [int(want)], "high": [int(want)]}]
        if any(agreement(key, value, each) for value in known for each in said):
            return True
    return False
