"""The options of the command `sift`; nothing heavy is imported for them."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any


def add_command(commands: Any, run: Callable[[argparse.Namespace], int]) -> None:
    """Add `sift` to the commands of a parser."""
    sift = commands.add_parser("sift", help="out of a crawl the reports on one theme, with copies")
    sift.add_argument(
        "warc", nargs="+", type=Path, metavar="WARC", help="archive, or folder of them"
    )
    sift.add_argument(
        "--about", required=True, metavar="PROFILE", help="coerced-recruitment, …, or a file"
    )
    sift.add_argument(
        "--engine", choices=("local", "spark"), default="local", help="see docs/bulk.md"
    )
    sift.add_argument("--out", required=True, type=Path, metavar="DIR", help="where results go")
    sift.set_defaults(run=run)
