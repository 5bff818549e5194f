"""The command line: reads arguments, calls the pipeline, prints answers and problems."""

import argparse
import json
import os
import sys
import webbrowser
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from guvoh import __version__
from guvoh.bulk import command as bulk
from guvoh.casefile import derived, vault
from guvoh.casefile.case import open_case, open_or_create
from guvoh.casefile.errors import CaseDamaged, CaseError
from guvoh.casefile.folder import Case
from guvoh.evidence import options as evidence_options
from guvoh.model.capture import Exposure
from guvoh.model.finding import Finding
from guvoh.pages.terminal import finding_line
from guvoh.progress import Bar
from guvoh.safety import options
from guvoh.show import NOUNS, answer_lines, count_lines, show
from guvoh.words import LANGUAGES, fault_line, shown

if TYPE_CHECKING:
    from guvoh.pipeline.screening import Screening

DONE, PROBLEMS, WRONG, DAMAGED = 0, 1, 2, 3
# The names in publish.EXPORTS, which brings a typesetter along; a test compares the two.
PUBLICATIONS = ("dossier", "pictures", "sheet", "dataset", "ftm", "citations", "bundle")


class RefusedError(Exception):
    """The command line asks for something that cannot be done; the message says why."""


class MissingError(Exception):
    """Nothing of what the command line names is there."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status (DESIGN: 0 done, 1 problems, 2 wrong, 3 damaged)."""
    _speak_utf8()
    _leave_no_core()
    parser = _parser()
    arguments = parser.parse_args(argv)
    run: Callable[[argparse.Namespace], int] = arguments.run
    try:
        return run(arguments)
    except CaseDamaged as damage:
        _complain(str(damage))
        return DAMAGED
    except (CaseError, MissingError) as trouble:
        _complain(str(trouble))
        return PROBLEMS
    except RefusedError as refusal:
        _complain(str(refusal))
        return WRONG
    except KeyboardInterrupt:
        _complain("Interrupted. What was taken in is kept; run the command again to go on.")
        return PROBLEMS
    except Exception as fault:  # the last boundary: a fault of ours is said in words, never shown
        if os.environ.get("GUVOH_TRACEBACK"):
            raise
        if isinstance(fault, BrokenPipeError):
            return _nobody_listens()
        _complain(fault_line(fault))
        return PROBLEMS


def _leave_no_core() -> None:
    """Let no crash write memory, and so what was unsealed, to the disk; workers inherit it."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def _nobody_listens() -> int:
    """Say nothing more: the reader of our output has gone, as with `| head`."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="guvoh", description="On whose word? Counts the original sources behind each event."
    )
    parser.add_argument("--version", action="version", version=f"guvoh {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    build = commands.add_parser("build", help="take in, derive, print the answer, write the pages")
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
        "--columns", type=Path, metavar="FILE", help="what the columns of tables hold; kept"
    )
    options.add_key(build)
    build.set_defaults(run=_build)

    show = commands.add_parser("show", help="list what the case holds")
    show.add_argument("what", choices=tuple(NOUNS), metavar="WHAT", help=", ".join(NOUNS))
    _case(show)
    show.add_argument("--json", action="store_true", help="one array of objects")
    show.set_defaults(run=_show)

    judge = commands.add_parser("judge", help="record what a person decided, and count anew")
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
    judge.add_argument("--reason", metavar="R", help="why; kept in the journal")
    _case(judge)
    judge.set_defaults(run=_judge)

    publish = commands.add_parser("publish", help="write what may leave the case into a folder")
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
    publish.set_defaults(run=_publish)

    annotate = commands.add_parser(
        "annotate", help="compare a draft with the case, sentence by sentence"
    )
    annotate.add_argument("draft", type=Path, metavar="DRAFT", help="DOCX, Markdown, text, HTML")
    _case(annotate)
    annotate.add_argument(
        "--out", type=Path, metavar="FILE", help="the copy with comments; else beside the draft"
    )
    options.add_key(annotate)
    annotate.set_defaults(run=_annotate)

    rebuild = commands.add_parser("rebuild", help="derive anew; prints the digest of the results")
    _case(rebuild)
    rebuild.add_argument(
        "--reread", action="store_true", help="run the trained reader anew, and say what differs"
    )
    rebuild.set_defaults(run=_rebuild)

    serve = commands.add_parser("serve", help="open the workbench in a browser, on this machine")
    _case(serve)
    serve.add_argument("--port", type=int, default=0, metavar="N", help="0 takes a free one")
    serve.add_argument("--no-browser", action="store_true", help="only print the address")
    serve.set_defaults(run=_serve)

    options.add_commands(commands, _protecting)
    evidence_options.add_commands(commands, _proving)

    bulk.add_command(commands, _sift)

    demo = commands.add_parser("demo", help="build the fictional example case and open it")
    demo.add_argument("--no-browser", action="store_true", help="only say where to look")
    demo.add_argument("--case", type=Path, default=Path("demo-case"), metavar="DIR")
    demo.set_defaults(run=_demo)
    return parser


def _source(named: str) -> Path | str:
    """Return a source as it is named: the address of a page, or a path."""
    return named if named.startswith(("http://", "https://")) else Path(named)


def _case(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--case", required=True, type=Path, metavar="DIR", help="the case's folder")


def _speak_utf8() -> None:
    """Print every script whatever the terminal's locale says."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _complain(text: str) -> None:
    print(f"guvoh: {text}", file=sys.stderr)


def _build(arguments: argparse.Namespace) -> int:
    if arguments.private and any(isinstance(one, str) for one in arguments.source):
        raise RefusedError("--private takes files; what anyone can fetch is no private account.")
    if not any(isinstance(one, str) or one.exists() for one in arguments.source):
        names = ", ".join(shown(str(source)) for source in arguments.source)
        raise MissingError(f"{names}: not found, so nothing was taken in. Check the path.")
    exposure = Exposure.PUBLIC if arguments.public else None
    written = _columns(arguments.columns)
    listed = arguments.places
    if listed is not None and not listed.is_file():
        raise MissingError(
            f"{shown(str(listed))}: not found, so nothing was taken in. Check the path."
        )
    case = open_or_create(arguments.case)
    wrong = _places(case, listed)
    if arguments.private:
        return max(_build_private(arguments, case), wrong)
    if arguments.decisions is not None:
        raise RefusedError("--decisions goes with --private.")
    if written is not None:
        from guvoh.pipeline import taking

        taking.add_columns(case, written)
    screen = _screening(arguments, case)
    return max(_built(arguments.source, arguments.case, exposure, arguments.fast, screen), wrong)


def _places(case: Case, listed: Path | None) -> int:
    """Take the user's list of places, name what is wrong with it, and return the status of that."""
    if listed is None:
        return DONE
    from guvoh.pipeline import taking

    return _named(taking.take_places(case, listed))


def _screening(arguments: argparse.Namespace, case: Case) -> "Screening | None":
    """Return what looks arrivals through for protected people; nothing where none is sealed."""
    if arguments.key is None and not vault.names(case):
        return None
    from guvoh.pipeline import screening
    from guvoh.safety import commands

    opened = commands.opened(arguments, case)
    if opened is not None:
        screening.screen_case(case, opened)
    return screening.screening(case, opened)


def _build_private(arguments: argparse.Namespace, case: Case) -> int:
    from guvoh.safety import accounts, commands

    said, problems = accounts.take_private(arguments, case, commands.must_open(arguments, case))
    print("\n".join(said))
    status = _built([], arguments.case, None)
    for problem in problems:
        _complain(problem)
    return PROBLEMS if problems else status


def _columns(path: Path | None) -> str | None:
    """Return what a file says of the columns of tables; RefusedError says why it cannot be used."""
    if path is None:
        return None
    from guvoh.clean.columns import ColumnsError, read_columns

    try:
        written = path.read_text(encoding="utf-8-sig")
        read_columns(written)
    except OSError as problem:
        raise RefusedError(f"{shown(str(path))} could not be read ({problem.strerror}).") from None
    except UnicodeDecodeError:
        raise RefusedError(f"{shown(str(path))} is no text in UTF-8. Save it as such.") from None
    except ColumnsError as problem:
        raise RefusedError(f"{shown(str(path))} can't be used. {problem}") from None
    return written


def _built(
    sources: Sequence[Path | str],
    folder: Path,
    exposure: Exposure | None,
    fast: bool | None = None,
    screen: "Screening | None" = None,
) -> int:
    from guvoh.pipeline import pages, taking, withholding

    case = open_or_create(folder)
    with Bar() as bar:
        if fast is not None:
            taking.set_(case, "fast", fast)
        problems = taking.take_in(case, sources, exposure, bar, screen)
        problems += withholding.derive(case, bar)
        index = pages.write_pages(case, _language(), bar)
    with closing(derived.connect_reader(case)) as db:
        for line in answer_lines(db):
            print(line)
    print(f"\nPages to read: {shown(str(_near(index)))}")
    print(f"Ask more with: guvoh show events --case {shown(str(_near(folder)))}")
    return _named(problems)


def _near(path: Path) -> Path:
    """Return a path as one would type it from here."""
    whole, here = path.absolute(), Path.cwd()
    return whole.relative_to(here) if whole.is_relative_to(here) else whole


def _named(problems: Sequence[Finding]) -> int:
    """Name each problem on stderr and return the exit status."""
    worth = [problem for problem in problems if problem.problem]
    for problem in worth:
        _complain(finding_line(problem, problem.file))
    return PROBLEMS if worth else DONE


def _show(arguments: argparse.Namespace) -> int:
    case = open_case(arguments.case)
    with closing(derived.connect_reader(case)) as db, derived.snapshot(db):
        answer = show(arguments.what, case, db)
        if arguments.json:
            print(
                "[" + ",\n".join(json.dumps(row, ensure_ascii=False) for row in answer.rows) + "]"
            )
        else:
            empty = True
            for line in answer.lines:
                print(line)
                empty = False
            if empty:
                print(f"No {arguments.what} in this case.")
    return DONE


def _judge(arguments: argparse.Namespace) -> int:
    from guvoh import papers
    from guvoh.pipeline import deriving, judging, pages

    case = open_case(arguments.case)
    before = _counts(case)
    problems: Sequence[str] = ()
    if arguments.sheet is not None:
        if arguments.target or arguments.other:
            raise RefusedError(
                "--from takes its targets from the spreadsheet; name none beside it."
            )
        taken, problems = papers.decide(case, arguments.sheet, arguments.reason)
        print(f"{taken} decisions taken from {shown(str(arguments.sheet))}.")
    elif not (arguments.target and arguments.verdict and arguments.reason):
        raise RefusedError("judge needs TARGET, VERDICT and --reason, or --from a spreadsheet.")
    else:
        try:
            judging.judge(
                case, arguments.target, arguments.verdict, arguments.reason, arguments.other
            )
        except judging.NotFoundError as refusal:
            raise RefusedError(str(refusal)) from None
    with Bar() as bar:
        deriving.derive(case, bar)
        pages.write_pages(case, _language(), bar)
    changed = [line for line in _counts(case) if line not in before]
    print("\n".join(changed) if changed else "Noted. No number changes by it.")
    for problem in problems:
        _complain(problem)
    return PROBLEMS if problems else DONE


def _counts(case: Case) -> list[str]:
    with closing(derived.connect_reader(case)) as db:
        return list(count_lines(db))


def _publish(arguments: argparse.Namespace) -> int:
    from guvoh.pipeline.releasing import let_out
    from guvoh.publish import changes, writing
    from guvoh.safety.commands import kept_of, opened, override_of

    case = open_case(arguments.case)
    if not writing.is_free(arguments.out):
        raise RefusedError(f"{shown(str(arguments.out))} is not an empty folder. Name a new one.")
    before = changes.read(arguments.since) if arguments.since is not None else None
    if arguments.since is not None and (before is None or arguments.what != "dataset"):
        raise RefusedError("--since goes with `dataset` and names the folder of an earlier one.")
    made, findings = let_out(
        case,
        arguments.what,
        arguments.event,
        whole=arguments.whole,
        purpose=arguments.purpose,
        keep=kept_of(arguments),
        override=override_of(arguments, case),
        raw=arguments.what == "bundle",
        proven=arguments.what == "bundle",
        opened=opened(arguments, case),
    )
    status = _named(findings)
    if made is None:
        _complain("Nothing was published: a protected name or value would have left.")
        return PROBLEMS
    missing = set(arguments.event or ()) - {event.id for event in made.events}
    if missing:
        names = ", ".join(sorted(missing))
        raise RefusedError(f"{names}: no event that can be published. `show events` lists them.")
    for path in writing.write(made, arguments.what, arguments.out, _language(), before):
        print(shown(str(path)))
    return status


def _annotate(arguments: argparse.Namespace) -> int:
    from guvoh.papers import annotate
    from guvoh.safety.commands import opened

    case = open_case(arguments.case)
    out, lines = annotate(
        case, arguments.draft, arguments.out, _language(), opened(arguments, case)
    )
    for line in (*lines, "", shown(str(_near(out)))):
        print(line)
    return DONE


def _rebuild(arguments: argparse.Namespace) -> int:
    from guvoh.pipeline import deriving, pages

    case = open_case(arguments.case)
    with Bar() as bar:
        digest, different = deriving.rebuild(case, bar, again=arguments.reread)
        pages.write_pages(case, _language(), bar)
    status = _named(different)
    print(digest)
    return status


def _serve(arguments: argparse.Namespace) -> int:
    from guvoh.workbench.serve import PortTakenError, serve

    if not 0 <= arguments.port <= 65535:
        raise RefusedError(f"{arguments.port} is no port; ports are 0 to 65535.")
    case = open_or_create(arguments.case)

    def opened(address: str) -> None:
        print(f"The workbench is open at {address}\nPress Ctrl-C to close it.", flush=True)
        if not arguments.no_browser and _has_screen():
            webbrowser.open(address)

    try:
        serve(case, arguments.port, _language(), opened)
    except PortTakenError as taken:
        raise RefusedError(str(taken)) from None
    return DONE


def _protecting(name: str) -> Callable[[argparse.Namespace], int]:
    """Return one of the commands that protect people: prints what it says, complains of problems."""

    def run(arguments: argparse.Namespace) -> int:
        from guvoh.safety.commands import COMMANDS

        printed, problems = COMMANDS[name](arguments)
        if name in {"seal", "erase"}:
            _renew(arguments.case)
        print(printed)
        for problem in problems:
            _complain(problem)
        return PROBLEMS if problems else DONE

    return run


def _proving(name: str) -> Callable[[argparse.Namespace], int]:
    """Return one of the commands about evidence: prints what it says, complains of problems."""

    def run(arguments: argparse.Namespace) -> int:
        from guvoh.evidence.commands import COMMANDS

        said = COMMANDS[name](arguments, _language())
        print(said.text)
        for problem in said.problems:
            _complain(problem)
        return said.status

    return run


def _renew(folder: Path) -> None:
    """Derive and write pages anew after something was masked or erased."""
    from guvoh.pipeline import pages, withholding

    case = open_case(folder)
    with Bar() as bar:
        withholding.derive(case, bar)
        pages.write_pages(case, _language(), bar)


def _sift(arguments: argparse.Namespace) -> int:
    try:
        lines, problems = bulk.run_sift(arguments)
    except bulk.SiftError as refusal:
        raise RefusedError(str(refusal)) from None
    print("\n".join(lines))
    for problem in problems:
        _complain(problem)
    return PROBLEMS if problems else DONE


def _demo(arguments: argparse.Namespace) -> int:
    reports = demo_reports()
    if reports is None:
        raise RefusedError(
            "the example case is not installed; run this from guvoh's source folder."
        )
    status = _built([reports], arguments.case, Exposure.PUBLIC)
    if not arguments.no_browser and sys.stdout.isatty() and _has_screen():
        webbrowser.open((arguments.case.absolute() / "pages" / "index.html").as_uri())
    return status


def _has_screen() -> bool:
    return sys.platform in {"win32", "darwin"} or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )


def demo_reports() -> Path | None:
    """Return the folder of the example case's reports: beside the source, where there is one."""
    folder = Path(__file__).parents[2] / "examples" / "demo" / "reports"
    return folder if folder.is_dir() else None


def _language() -> str:
    """Return the interface language that the environment asks for, as gettext reads it."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        wanted = os.environ.get(name, "").partition(":")[0].partition("_")[0].lower()
        if wanted in LANGUAGES:
            return wanted
    return "en"
