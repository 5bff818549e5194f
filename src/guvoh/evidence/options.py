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

    checkpoint = commands.add_parser("checkpoint", help="sign the heads of all logs, for others")
    checkpoint.add_argument(
        "out", nargs="?", type=Path, metavar="OUT", help="a file outside the case; else printed"
    )
    checkpoint.add_argument("--case", required=True, type=Path, metavar="DIR", help="the case")
    checkpoint.add_argument(
        "--since", type=Path, metavar="OLD", help="show that the logs go on from this checkpoint"
    )
    checkpoint.add_argument(
        "--authority", metavar="URL", help="ask this time authority for a stamp (RFC 3161)"
    )
    checkpoint.add_argument(
        "--stamp", type=Path, metavar="FILE", help="file what an authority answered"
    )
    checkpoint.add_argument(
        "--root", type=Path, metavar="PEM", help="the authority's root certificates, to verify it"
    )
    checkpoint.set_defaults(run=runs("checkpoint"))

    sync = commands.add_parser("sync", help="bring two copies of a case to the same")
    sync.add_argument("other", type=Path, metavar="OTHER", help="a copy; made if it is missing")
    sync.add_argument("--case", required=True, type=Path, metavar="DIR", help="the case's folder")
    sync.add_argument("--join", action="store_true", help="make one case of two that share nothing")
    sync.set_defaults(run=runs("sync"))

    verify = commands.add_parser("verify", help="check a bundle, without a case or a network")
    verify.add_argument("bundle", type=Path, metavar="BUNDLE", help="the bundle's folder")
    verify.add_argument("--signer", type=Path, metavar="KEY", help="the sender's public key")
    verify.add_argument(
        "--against", type=Path, metavar="CHECKPOINT", help="one that you were given earlier"
    )
    verify.add_argument("--root", type=Path, metavar="PEM", help="a time authority's roots")
    verify.set_defaults(run=runs("verify"))
