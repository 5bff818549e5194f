"""What can be asked on the command line: each command with its arguments."""

import argparse
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from guvoh import __version__
from guvoh.bulk import options as bulk
from guvoh.evidence import options as evidence_options
from guvoh.safety import options

# The names in show.NOUNS and publish.EXPORTS, which bring a store and a typesetter along; tests compare.
NOUNS = (
    "captures",
    "reports",
    "claims",
    "families",
    "events",
    "people",
    "places",
    "warnings",
    "findings",
)
PUBLICATIONS = ("dossier", "pictures", "sheet", "dataset", "ftm", "citations", "bundle")


def command_line() -> argparse.ArgumentParser:
    """Return the parser of all commands; `run` of what it parses is the function that answers."""
    parser = argparse.ArgumentParser(
        prog="guvoh", description="On whose word? Counts the original sources behind each event."
    )
    parser.add_argument("--version", action="version", version=f"guvoh {__version__}")
    names = parser.add_subparsers(required=True, metavar="COMMAND")

    build = names.add_parser("build", help="take in, derive, print the answer, write the pages")
    build.add_argument(
        "source", nargs="+", type=_source, metavar="SOURCE", help="file, folder, archive, address"
    )
    _case(build)
    declared = build.add_mutually_exclusive_group()
    declared.add_argument("--public", action="store_true", help="all of it may be read by anyone")
    declared.add_argument("--private", action="store_true", help="all of it is confidential")
    build.add_argument(
        "--fast",
        action=argparse.BooleanOptionalAction,
        help="clean pages faster and a little worse; kept as a setting of the case",
    )
    build.add_argument(
        "--places",
        type=Path,
        metavar="FILE",
        help="TSV of your own places; kept as a setting of the case (docs/places.md)",
    )
    build.add_argument(
        "--decisions", type=Path, metavar="FILE", help="with --private: TOML, who is protected"
    )
    build.add_argument(
        "--ocr",
        nargs="?",
        const="eng",
        metavar="LANGUAGES",
        help="read the words of pictures and scanned pages with tesseract (eng+rus)",
    )
    build.add_argument(
        "--columns", type=Path, metavar="FILE", help="what the columns of tables hold; kept"
    )
    options.add_key(build)
    build.set_defaults(run=_late("building", "build"))

    show = names.add_parser("show", help="list what the case holds")
    show.add_argument("what", choices=NOUNS, metavar="WHAT", help=", ".join(NOUNS))
    _case(show)
    show.add_argument("--json", action="store_true", help="one array of objects")
    show.set_defaults(run=_late("commands", "show"))

    judge = names.add_parser("judge", help="record what a person decided, and count anew")
    judge.add_argument(
        "target", nargs="?", metavar="TARGET", help="a claim's or event's id, a report's file"
    )
    judge.add_argument("verdict", nargs="?", metavar="VERDICT", help="see docs/guide.md")
    judge.add_argument(
        "--from", dest="sheet", type=Path, metavar="FILE", help="a filled-in `publish sheet`"
    )
    judge.add_argument(
        "--with", dest="other", metavar="OTHER", help="the other event, source, report"
    )
    judge.add_argument(
        "--content",
        type=Path,
        metavar="FILE",
        help="JSON with what a claim says, to add or correct",
    )
    judge.add_argument("--reason", metavar="R", help="why; kept in the journal")
    _case(judge)
    judge.set_defaults(run=_late("commands", "judge"))

    publish = names.add_parser("publish", help="write what may leave the case into a folder")
    publish.add_argument("what", choices=PUBLICATIONS, metavar="WHAT", help=", ".join(PUBLICATIONS))
    publish.add_argument("out", type=Path, metavar="OUT", help="a new or empty folder")
    _case(publish)
    publish.add_argument(
        "--event", action="append", metavar="ID", help="only this event; repeatable"
    )
    publish.add_argument("--whole", action="store_true", help="whole reports instead of excerpts")
    publish.add_argument(
        "--for",
        dest="purpose",
        default="publication",
        metavar="PURPOSE",
        help="publication, advocacy, or the name of an authority; accounts leave as far as agreed",
    )
    options.add_release(publish)
    options.add_key(publish)
    publish.add_argument(
        "--since", type=Path, metavar="DIR", help="an earlier dataset: say what has changed since"
    )
    publish.set_defaults(run=_late("commands", "publish"))

    annotate = names.add_parser(
        "annotate", help="compare a draft with the case, sentence by sentence"
    )
    annotate.add_argument("draft", type=Path, metavar="DRAFT", help="DOCX, Markdown, text, HTML")
    _case(annotate)
    annotate.add_argument(
        "--out", type=Path, metavar="FILE", help="the copy with comments; else beside the draft"
    )
    options.add_key(annotate)
    annotate.set_defaults(run=_late("commands", "annotate"))

    rebuild = names.add_parser("rebuild", help="derive anew; prints the digest of the results")
    _case(rebuild)
    rebuild.add_argument(
        "--reread", action="store_true", help="run the trained reader anew, and say what differs"
    )
    rebuild.set_defaults(run=_late("building", "rebuild"))

    serve = names.add_parser("serve", help="open the workbench in a browser, on this machine")
    _case(serve)
    serve.add_argument("--port", type=int, default=0, metavar="N", help="0 takes a free one")
    serve.add_argument("--no-browser", action="store_true", help="only print the address")
    serve.set_defaults(run=_late("commands", "serve"))

    options.add_commands(names, partial(_late, "commands", "protecting"))
    evidence_options.add_commands(names, partial(_late, "commands", "proving"))

    bulk.add_command(names, _late("commands", "sift"))

    demo = names.add_parser("demo", help="build the fictional example case and open it")
    demo.add_argument("--no-browser", action="store_true", help="only say where to look")
    demo.add_argument("--case", type=Path, default=Path("demo-case"), metavar="DIR")
    demo.set_defaults(run=_late("building", "demo"))
    return parser


def _late(module: str, name: str, *given: str) -> Callable[..., int]:
    """Return what answers a command; its module, and the store with it, is imported when it runs."""
    return partial(_answer, module, name, *given)


def _answer(module: str, name: str, *given: Any) -> int:
    status: int = getattr(import_module(f"guvoh.cli.{module}"), name)(*given)
    return status


def _source(named: str) -> Path | str:
    """Return a source as it is named: the address of a page, or a path."""
    return named if named.startswith(("http://", "https://")) else Path(named)


def _case(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--case", required=True, type=Path, metavar="DIR", help="the case's folder")
