"""Counts the bounds that are too high and too low in cases whose answers are known: `python -m benchmarks.counts FOLDER [CASE]`."""

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.expected.bounds import Bound, bounds
from benchmarks.expected.case import answer_of, build
from benchmarks.expected.comparison import expected
from benchmarks.report import ROOT

CASES = (
    ROOT / "examples" / "demo",
    ROOT / "tests" / "cases" / "unseen",
    ROOT / "tests" / "cases" / "greenhouse",
    ROOT / "tests" / "cases" / "second-floor",
    ROOT / "tests" / "cases" / "orchard",
    ROOT / "tests" / "cases" / "hospital",
    ROOT / "tests" / "cases" / "wagons",
)


def counted(folder: Path, case: Path | None = None) -> list[Bound]:
    """Return the bounds of a folder's reports, built anew unless `case` is given."""
    with tempfile.TemporaryDirectory() as place:
        home = Path(place) / "home"
        if case is None:
            case = Path(place) / "case"
            status, said = build(folder / "reports", case, home)
            if status not in (0, 1):
                raise SystemExit(said)
        return list(bounds(answer_of(case, home), expected(folder)))


def run() -> list[dict[str, Any]]:
    """Return a row for each case."""
    return [{"case": folder.name, **_figures(counted(folder))} for folder in CASES]


def _figures(found: Sequence[Bound]) -> dict[str, int]:
    return {
        "bounds": len(found),
        "over": sum(one.over for one in found),
        "under": sum(one.under for one in found),
        "of these not found": sum(one.under and one.got is None for one in found),
    }


def main(arguments: Sequence[str]) -> int:
    """Print each bound of a folder's case that is wrong."""
    if not arguments:
        print("usage: python -m benchmarks.counts FOLDER [CASE]", file=sys.stderr)
        return 2
    case = Path(arguments[1]) if len(arguments) > 1 else None
    found = counted(Path(arguments[0]), case)
    for one in found:
        if one.over or one.under:
            kind = "over " if one.over else "under"
            print(f"{kind}  {one.of}: {one.side} {one.got}, may be {one.may_be}")
    print(_figures(found))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
