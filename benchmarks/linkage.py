"""Scores name matching beside nomenklatura's logic-v2 on its own cases and on the shared pairs, in one process.

nomenklatura is a peer and no dependency: `python -m venv PEER && PEER/bin/pip install nomenklatura`, then run this with
guvoh and the peer in one interpreter.
"""

import csv
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from benchmarks.names import ANCHORS, PAIRS, average_precision, best_f1
from benchmarks.report import tell
from guvoh.resolve.names import same_name

CASES = PAIRS.with_name("nomenklatura-cases.csv")
Pair = tuple[str, str, str]  # schema, name, name
Matcher = Callable[[Pair], int]


def sets() -> Iterator[tuple[str, list[Pair], list[bool]]]:
    """Yield each set: nomenklatura's cases of people and of the rest, and the shared pairs, with their labels."""
    with CASES.open(encoding="utf-8", newline="") as stream:
        cases = [row for row in csv.DictReader(stream) if row["name1"] and row["name2"]]
    for name, people in (("cases: people", True), ("cases: organisations, ships", False)):
        mine = [row for row in cases if (row["schema"] == "Person") == people]
        pairs = [(row["schema"], row["name1"], row["name2"]) for row in mine]
        yield name, pairs, [row["is_match"] == "true" for row in mine]
    with PAIRS.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    for name in ANCHORS:  # the file's other set is nomenklatura's people once more
        mine_too = [row for row in rows if row[0] == name]
        yield (
            name,
            [("Person", row[1], row[2]) for row in mine_too],
            [r[3] == "1" for r in mine_too],
        )


def guvoh(pair: Pair) -> int:
    """Return our score of two names, per mille."""
    return same_name(pair[1], pair[2]).score


def logic_v2() -> Matcher | None:
    """Return the peer's matcher, per mille; None where it is not installed."""
    if find_spec("nomenklatura") is None:
        return None
    algorithm = import_module("nomenklatura.matching").get_algorithm("logic-v2")
    model = import_module("followthemoney").model
    config = import_module("nomenklatura.matching.types").ScoringConfig.defaults()

    def entity(schema: str, name: str) -> Any:
        made = model.make_entity(schema)
        made.id = name
        made.add("name", name)
        return made

    def match(pair: Pair) -> int:
        schema, left, right = pair
        found = algorithm.compare(entity(schema, left), entity(schema, right), config)
        return round(1000 * float(found.score))

    return match


def run() -> list[dict[str, Any]]:
    """Return a row for each set and matcher; an empty list where data or peer is not there."""
    peer = logic_v2()
    if peer is None or not CASES.is_file() or not PAIRS.is_file():
        return []
    return [
        _row(name, matcher, match, pairs, labels)
        for name, pairs, labels in sets()
        for matcher, match in (("guvoh", guvoh), ("logic-v2", peer))
    ]


def _row(
    name: str, matcher: str, match: Matcher, pairs: Sequence[Pair], labels: Sequence[bool]
) -> dict[str, Any]:
    match(pairs[0])  # loads the tables
    start = time.process_time()
    scores = [match(pair) for pair in pairs]
    rate = len(pairs) / (time.process_time() - start)
    return {
        "set": name,
        "pairs": len(pairs),
        "the same": sum(labels),
        "matcher": matcher,
        "AP": round(average_precision(labels, scores), 3),
        "best F1": round(best_f1(labels, scores), 3),
        "pairs/s, each once": round(rate),
    }


def main() -> int:
    """Print the table."""
    return tell(run(), f"{CASES} or nomenklatura")


if __name__ == "__main__":
    sys.exit(main())
