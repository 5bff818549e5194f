"""The options of the commands that protect people; nothing heavy is imported for them."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

ACTIONS = ("new", "add", "remove", "list", "reseal", "drill")
KEY_VARIABLE = "GUVOH_KEY"
PASSPHRASE_VARIABLE = "GUVOH_PASSPHRASE_FILE"  # noqa: S105  # the name of a file, no passphrase


def add_commands(commands: Any, runs: Callable[[str], Any]) -> None:
    """Add the commands to a parser; `runs` turns the name of one into what the parser calls."""
    holder = commands.add_parser("keyholder", help="who can open what is sealed")
    holder.add_argument("action", choices=ACTIONS, metavar="ACTION", help=", ".join(ACTIONS))
    holder.add_argument("name", nargs="?", metavar="NAME")
    holder.add_argument(
        "recipient", nargs="?", metavar="RECIPIENT", help="age1…, of a key of theirs"
    )
    holder.add_argument("--new-key", type=Path, metavar="FILE", help="where `new` writes the key")
    holder.add_argument("--new-passphrase-file", type=Path, metavar="FILE", help="its passphrase")
    holder.add_argument(
        "--device", default="", metavar="HEX", help="their device key, to change the roster"
    )
    _keyed(holder, create=True)
    holder.set_defaults(run=runs("keyholder"))

    seal = commands.add_parser("seal", help="seal an identity; mask whom the case protects")
    seal.add_argument("--person", metavar="FILE", help="TOML with names …, - for standard input")
    seal.add_argument(
        "--people", type=Path, metavar="TABLE", help="CSV or XLSX, a person in each row, with:"
    )
    seal.add_argument(
        "--columns", type=Path, metavar="FILE", help="TOML that says what its columns hold"
    )
    seal.add_argument(
        "--all-rows", action="store_true", help="seal every row of it, asking about none"
    )
    seal.add_argument("--account", metavar="CODE", help="a private account, with one of these:")
    seal.add_argument("--consent", metavar="FILE", help="TOML with what its teller agrees to now")
    seal.add_argument("--withdraw", action="store_true", help="the consent is withdrawn")
    _keyed(seal)
    seal.set_defaults(run=runs("seal"))

    unseal = commands.add_parser("unseal", help="show what is sealed; the journal notes it")
    unseal.add_argument(
        "what", metavar="CODE|CAPTURE|all", help="a person's code or a masked capture"
    )
    unseal.add_argument("--out", type=Path, metavar="FILE", help="where an original is written")
    _keyed(unseal)
    unseal.set_defaults(run=runs("unseal"))

    erase = commands.add_parser(
        "erase", help="delete a capture or an identity, leaving a tombstone"
    )
    erase.add_argument("what", metavar="CAPTURE|CODE", help="digest or file of a capture, a code")
    _keyed(erase)
    erase.set_defaults(run=runs("erase"))

    drafts = commands.add_parser("check", help="look through drafts for what must not leave")
    drafts.add_argument(
        "file", nargs="+", type=Path, metavar="FILE", help="text, HTML, DOCX, ODT, PDF"
    )
    drafts.add_argument("--json", action="store_true", help="one array of objects")
    drafts.add_argument(
        "--case", type=Path, metavar="DIR", help="the case whose people are protected"
    )
    add_key(drafts)
    drafts.set_defaults(run=runs("check"))


def add_release(parser: argparse.ArgumentParser) -> None:
    """Add what people decide about a release."""
    parser.add_argument(
        "--keep", action="append", metavar="STRING=REASON", help="stays, though it may be someone's"
    )
    parser.add_argument(
        "--override", metavar="REASON", help="two key-holders let a refused one out"
    )
    parser.add_argument("--second-key", type=Path, metavar="FILE", help="the second one's key")
    parser.add_argument("--second-passphrase-file", type=Path, metavar="FILE", help="else asked")


def add_key(parser: argparse.ArgumentParser) -> None:
    """Add the options that unlock a vault; a passphrase itself is never an argument."""
    parser.add_argument(
        "--key", type=Path, metavar="FILE", help=f"your age key; else {KEY_VARIABLE}"
    )
    parser.add_argument(
        "--passphrase-file",
        type=Path,
        metavar="FILE",
        help=f"else {PASSPHRASE_VARIABLE}, else asked",
    )


def _keyed(parser: argparse.ArgumentParser, *, create: bool = False) -> None:
    note = "the case's folder, made if it is missing" if create else "the case's folder"
    parser.add_argument("--case", required=True, type=Path, metavar="DIR", help=note)
    add_key(parser)
