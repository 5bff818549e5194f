"""Scores name matching on the shared pairs: average precision, best F1 and pairs a second (dev)."""

import csv
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.report import tell
from guvoh.languages.fold import fold
from guvoh.resolve import names
from guvoh.resolve.names import same_name

RUNS = 7  # the fastest counts: other processes can only slow a run down
PAIRS = Path(__file__).resolve().parents[2] / "shared/data/linkage/name-pairs.csv"
# Best of eight general matchers, and a 25-line fold (shared/benchmarks.md).
ANCHORS = {"wd_ru-en": (0.812, 0.862), "wd_ar-en": (0.767, 0.764), "uz-tj": (0.950, 0.999)}


def average_precision(labels: Sequence[bool], scores: Sequence[int]) -> float:
    """Return the area under the precision-recall steps; equal scores are taken together."""
    order = sorted(zip(scores, labels, strict=True), key=lambda pair: -pair[0])
    total, hits, seen, area, before = sum(labels), 0, 0, 0.0, 0.0
    for place, (score, label) in enumerate(order):
        hits, seen = hits + label, seen + 1
        if place + 1 == len(order) or order[place + 1][0] != score:
            recall = hits / total
            area += (recall - before) * hits / seen
            before = recall
    return area


def best_f1(labels: Sequence[bool], scores: Sequence[int]) -> float:
    """Return the highest F1 over all thresholds."""
    total, best = sum(labels), 0.0
    for threshold in sorted(set(scores)):
        taken = [label for label, score in zip(labels, scores, strict=True) if score >= threshold]
        best = max(best, 2 * sum(taken) / (len(taken) + total))
    return best


def _once(pairs: Sequence[Sequence[str]]) -> float:
    """Return the CPU seconds for all pairs with every cache of the matcher emptied before."""
    for kept in (fold, *vars(names).values()):
        if hasattr(kept, "cache_clear"):
            kept.cache_clear()
    same_name(pairs[0][1], pairs[0][2])  # loads the tables
    start = time.process_time()
    for _, left, right, _ in pairs:
        same_name(left, right)
    return time.process_time() - start


def run() -> list[dict[str, Any]]:
    """Return one row a set; an empty list where the data is not there."""
    if not PAIRS.is_file():
        return []
    with PAIRS.open(encoding="utf-8", newline="") as stream:
        pairs = list(csv.reader(stream))
    rows: list[dict[str, Any]] = []
    scores = [same_name(left, right).score for _, left, right, _ in pairs]
    fresh = len(pairs) / min(_once(pairs) for _ in range(RUNS))
    start = time.process_time()
    for _, left, right, _ in pairs:
        same_name(left, right)
    seen = len(pairs) / (time.process_time() - start)
    for name, (general, plain) in ANCHORS.items():
        mine = [score for score, pair in zip(scores, pairs, strict=True) if pair[0] == name]
        labels = [pair[3] == "1" for pair in pairs if pair[0] == name]
        rows.append(
            {
                "set": name,
                "pairs": len(labels),
                "AP (dev)": round(average_precision(labels, mine), 3),
                "best F1 (dev)": round(best_f1(labels, mine), 3),
                "best general matcher AP": general,
                "25-line fold AP": plain,
                "pairs/s, all names new": round(fresh),
                "pairs/s, names seen before": round(seen),
            }
        )
    return rows


def main() -> int:
    """Print the table."""
    return tell(run(), PAIRS)


if __name__ == "__main__":
    sys.exit(main())
