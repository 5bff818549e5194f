"""Events against expected.toml: found, counted, on whose word, denied by whom."""

from collections.abc import Iterator
from dataclasses import replace

from benchmarks.expected.case import Answer, Row
from benchmarks.expected.checks import Check, brief, one_of
from benchmarks.expected.likeness import called, holds, names_of, paired, same_name
from benchmarks.expected.values import check_contradictions, check_values

# An answer's event is the expected one only where their files agree by this much (F1).
ALIKE = 1 / 3


def matched_events(answer: Answer, wanted: Row) -> dict[str, Row]:
    """Return the answer's event for each expected one: files and acts overlap, the best first."""
    got = answer.rows["events"]
    files = {row["event"]: answer.files_of(row["claims"]) for row in got}

    def score(want: Row, row: Row) -> float:
        mine, theirs = files[row["event"]], set(want["files"])
        both, acts = len(mine & theirs), set(row["acts"]) & set(want["acts"])
        same = 2 * both / (len(mine) + len(theirs))
        if same < ALIKE or not acts or not _may_be(row["status"], want["status"]):
            return 0
        return same + len(acts) / len(want["acts"]) / 2 + (row["status"] in want["status"]) / 2

    pairs = paired(wanted["event"], got, score)
    return {wanted["event"][i]["id"]: got[j] for i, j in pairs.items()}


def _may_be(status: str, wanted: list[str]) -> bool:
    """Return whether an event's status leaves it the same event: what is past is not what is feared."""
    if status == "past":
        return "past" in wanted
    return status == "ongoing" or wanted != ["past"]


def check_event(
    answer: Answer, want: Row, row: Row | None, names: list[list[str]]
) -> Iterator[Check]:
    """Check an event; `row` is the answer's, None where it has none of the kind."""
    area = want["id"]
    if row is None:
        row = no_event()
    there = row["event"] is not None
    files = answer.files_of(row["claims"])
    yield Check("events", f"{area}: found", there, "an event", brief(row["summary"]))
    yield one_of("events", f"{area}: status", row["status"], want["status"])
    lacking = [file for file in want["files"] if file not in files]
    yield Check("events", f"{area}: all files", not lacking, "all", f"without {brief(lacking)}")
    strange = sorted(files - {*want["files"], *want["files_also"]})
    yield Check("events", f"{area}: no other file", there and not strange, "", brief(strange))
    for key in ("reports", "families", "texts"):
        yield one_of("events", f"{area}: {key}", row[key], want[key])
    for key, bounds in want["original_sources"].items():
        got = row["original_sources"][key]
        yield one_of("events", f"{area}: original_sources {key}", got, bounds)
    yield from _sources(want, row, names)
    yield from _apart(answer, want, row)
    yield from check_contradictions(answer, want, row)
    for key in ("who", "when", "where", "how_many"):
        yield from check_values(answer, want, row, key)
    yield from _withdrawn(answer, want, row)
    if "circular" in want:
        shown = brief(row["circular"])
        yield Check("events", f"{area}: circular", bool(row["circular"]), want["circular"], shown)


def no_event() -> Row:
    """Return the row of an event that was not found."""
    lists = ("claims", "who", "when", "where", "how_many", "sources", "unconfirmed_sources")
    empty: Row = {key: [] for key in (*lists, "joined", "denied_by", "contradictions", "circular")}
    none = dict.fromkeys(("event", "summary", "status", "reports", "families", "texts"))
    counts = dict.fromkeys(("low", "high", "firsthand", "documents", "checked"))
    return {**empty, **none, "original_sources": counts}


def _withdrawn(answer: Answer, want: Row, row: Row) -> Iterator[Check]:
    """Check that what a correction takes back stays visible, and that the taking back is said."""
    said = [f for f in answer.rows["findings"] if f["kind"] in ("correction", "retraction")]
    for each in want.get("withdrawn", []):
        what = f"{want['id']}: withdrawn {each['value']}"
        shown = [v["text"] for key in ("when", "how_many") for v in row[key]]
        passed = any(holds(text, each["value"]) for text in shown)
        yield Check("events", f"{what}: visible", passed, each["value"], brief(shown))
        files = [f["file"] for f in said]
        passed = each["by"] in files
        yield Check("events", f"{what}: said", passed, each["by"], brief(files))


def _sources(want: Row, row: Row, names: list[list[str]]) -> Iterator[Check]:
    for source in want["source"]:
        must = source.get("must", True)
        for check in _source(want, row, source, names):
            yield replace(check, must=check.must and must)


def _source(want: Row, row: Row, source: Row, names: list[list[str]]) -> Iterator[Check]:
    what = f"{want['id']}: source {source['name']}"
    found = [s for s in row["sources"] if same_name(s["name"], names_of(source))]
    listed = brief([s["name"] for s in row["sources"]])
    yield Check("events", what, len(found) == 1, "once among the sources", listed)
    got = found[0] if found else {"kind": None, "basis": None, "firsthand": None, "chains": []}
    for key in ("kind", "basis"):
        yield one_of("events", f"{what}: {key}", got[key], source[key])
    yield one_of("events", f"{what}: firsthand", got["firsthand"], [source["firsthand"]])
    if "chain" in source:
        links = [called(name, names) for name in source["chain"][:-1]]
        links.append([*names_of(source), *called(source["chain"][-1], names)])
        passed = any(_follows(chain, links) for chain in got["chains"])
        shown = brief(got["chains"])
        yield Check("events", f"{what}: chain", passed, brief(source["chain"]), shown)


def _follows(chain: list[str], links: list[list[str]]) -> bool:
    """Return whether a chain ends with the last link and has the others before it, in order."""
    at = 0
    for name in chain:
        if at < len(links) and same_name(name, links[at]):
            at += 1
    return at == len(links) and same_name(chain[-1], links[-1])


def _apart(answer: Answer, want: Row, row: Row) -> Iterator[Check]:
    """Check who is unconfirmed, joined with another, or denies."""
    area, there = want["id"], row["event"] is not None
    reports = answer.reports()
    placed = [(u["name"], reports[u["report"]]["file"]) for u in row["unconfirmed_sources"]]
    for source in want["unconfirmed_source"]:
        if not source["name"]:
            continue
        passed = any(same_name(n, [source["name"]]) and f == source["file"] for n, f in placed)
        what = f"{area}: unconfirmed {source['name']}"
        must = source.get("must", True)
        yield Check("events", what, passed, "unconfirmed", brief(placed), must)
    confirmed = [name for s in want["source"] for name in names_of(s)]
    wrong = [n for n, _ in placed if not want["unconfirmed_source"] or same_name(n, confirmed)]
    what = f"{area}: none wrongly unconfirmed"
    yield Check("events", what, there and not wrong, "none", brief(wrong))
    joined = [j["sources"] for j in row["joined"]]
    for pair in want["joined"]:
        groups = [names_of(s) for s in want["source"] if s["name"] in pair["sources"]]
        passed = any(all(any(same_name(n, g) for n in each) for g in groups) for each in joined)
        shown, must = brief(joined), pair.get("must", True)
        yield Check("events", f"{area}: joined", passed, brief(pair["sources"]), shown, must)
    if not want["joined"]:
        yield Check("events", f"{area}: none joined", there and not joined, "none", brief(joined))
    denying = [d["name"] for d in row["denied_by"]]
    for denier in want["denied_by"]:
        passed = any(same_name(name, names_of(denier)) for name in denying)
        what, must = f"{area}: denied_by {denier['name']}", denier.get("must", True)
        yield Check("events", what, passed, denier["name"], brief(denying), must)
    known = [name for denier in want["denied_by"] for name in names_of(denier)]
    strange = sorted({name for name in denying if not same_name(name, known)})
    passed = there and not strange
    yield Check("events", f"{area}: no other denies", passed, "none", brief(strange))
