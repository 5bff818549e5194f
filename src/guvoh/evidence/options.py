"""The options of the commands about evidence; nothing heavy is imported for them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any


def add_commands(commands: Any, runs: Callable[[str], Any]) -> None:
    """Add the commands to a parser; `runs` turns the name of one into what the parser calls."""
    fsck = commands.add_parser("fsck", help="check every byte of a case")
    fsck.add_argument("--case", required=True, type=Path, metavar="DIR", help="the case's folder")
    fsck.add_argument(
        "--repair", action="store_true", help="make anew what can be derived, and only that"
    )
    fsck.add_argument(
        "--against", type=Path, metavar="CHECKPOINT", help="a checkpoint that someone kept outside"
    )
    fsck.add_argument(
        "--anchored", action="store_true", help="exit with 4 if nothing outside vouches for it"
    )
    fsck.add_argument("--json", action="store_true", help="one array of objects")
    fsck.set_defaults(run=runs("fsck"))
