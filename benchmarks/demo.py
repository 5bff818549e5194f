"""Holds the built demo case against examples/demo/expected.toml: `python -m benchmarks.demo [CASE]`."""

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.expected.case import answer_of, build
from benchmarks.expected.checks import printed
from benchmarks.expected.comparison import by_area, compare, expected
from benchmarks.report import ROOT

DEMO = ROOT / "examples" / "demo"


def run() -> list[dict[str, Any]]:
    """Build the case and return one row an area."""
    return by_area(DEMO)


def main(arguments: Sequence[str]) -> int:
    """Compare the named case, or a new one, and print what is right and what is missed."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        case = Path(arguments[0]) if arguments else Path(folder) / "case"
        if not arguments:
            status, said = build(DEMO / "reports", case, home)
            if status not in (0, 1) or "Traceback" in said or not case.is_dir():
                print(said, file=sys.stderr)
                return 1
        print(printed(compare(answer_of(case, home), expected(DEMO))))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
