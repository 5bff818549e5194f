"""The other commands: show, judge, publish, annotate, serve, and those that packages of their own run."""

import argparse
import json
from collections.abc import Sequence
from contextlib import closing

from guvoh.casefile import derived
from guvoh.casefile.case import open_case, open_or_create
from guvoh.casefile.folder import Case
from guvoh.cli.building import renew
from guvoh.cli.saying import (
    DONE,
    PROBLEMS,
    RefusedError,
    complain,
    has_screen,
    language,
    named_status,
    near,
)
from guvoh.progress import Bar
from guvoh.show import count_lines
from guvoh.show import show as answer_to
from guvoh.words import shown


def show(arguments: argparse.Namespace) -> int:
    """List what a case holds."""
    case = open_case(arguments.case)
    with closing(derived.connect_reader(case)) as db, derived.snapshot(db):
        answer = answer_to(arguments.what, case, db, language())
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


def judge(arguments: argparse.Namespace) -> int:
    """Record what a person decided, and say which numbers change by it."""
    from guvoh import papers
    from guvoh.pipeline import judging, pages, withholding
    from guvoh.pipeline.contents import UnreadableError

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
                case,
                arguments.target,
                arguments.verdict,
                arguments.reason,
                arguments.other,
                papers.contents(arguments.content) if arguments.content is not None else None,
            )
        except (judging.NotFoundError, UnreadableError) as refusal:
            raise RefusedError(str(refusal)) from None
    with Bar() as bar:
        withholding.derive(case, bar)
        pages.write_pages(case, language(), bar)
    changed = [line for line in _counts(case) if line not in before]
    print("\n".join(changed) if changed else "Noted. No number changes by it.")
    for problem in problems:
        complain(problem)
    return PROBLEMS if problems else DONE


def _counts(case: Case) -> list[str]:
    with closing(derived.connect_reader(case)) as db:
        return list(count_lines(db))


def publish(arguments: argparse.Namespace) -> int:
    """Write what may leave a case into a folder."""
    from guvoh.pages.terminal import finding_line
    from guvoh.pipeline.releasing import let_out
    from guvoh.publish import changes, writing
    from guvoh.safety.commands import kept_of, opened, override_of

    case = open_case(arguments.case)
    if not writing.is_free(arguments.out):
        raise RefusedError(f"{shown(str(arguments.out))} is not an empty folder. Name a new one.")
    before = changes.read(arguments.since) if arguments.since is not None else None
    if arguments.since is not None and (
        before is None or arguments.what not in ("dataset", "dossier")
    ):
        raise RefusedError(
            "--since goes with `dataset` and `dossier` and names the folder of an earlier dataset."
        )
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
    status = named_status(findings)
    for line in dict.fromkeys(finding_line(one, one.file) for one in findings if not one.problem):
        print(line)  # what is still unique, what was blacked out, what no check can see
    if made is None:
        complain("Nothing was published: a protected name or value would have left.")
        return PROBLEMS
    missing = set(arguments.event or ()) - {event.id for event in made.events}
    if missing:
        names = ", ".join(sorted(missing))
        raise RefusedError(f"{names}: no event that can be published. `show events` lists them.")
    for path in writing.write(made, arguments.what, arguments.out, language(), before):
        print(shown(str(path)))
    return status


def annotate(arguments: argparse.Namespace) -> int:
    """Compare a draft with a case, sentence by sentence."""
    from guvoh import papers
    from guvoh.safety.commands import opened

    case = open_case(arguments.case)
    out, lines = papers.annotate(
        case, arguments.draft, arguments.out, language(), opened(arguments, case)
    )
    for line in (*lines, "", shown(str(near(out)))):
        print(line)
    return DONE


def serve(arguments: argparse.Namespace) -> int:
    """Open the workbench on this machine, until it is interrupted."""
    from guvoh.workbench import serve as workbench

    if not 0 <= arguments.port <= 65535:
        raise RefusedError(f"{arguments.port} is no port; ports are 0 to 65535.")
    case = open_or_create(arguments.case)

    def opened(address: str) -> None:
        print(f"The workbench is open at {address}\nPress Ctrl-C to close it.", flush=True)
        if not arguments.no_browser and has_screen():
            import webbrowser

            webbrowser.open(address)

    try:
        workbench.serve(case, arguments.port, language(), opened)
    except workbench.PortTakenError as taken:
        raise RefusedError(str(taken)) from None
    return DONE


def protecting(name: str, arguments: argparse.Namespace) -> int:
    """Run one of the commands that protect people: print what it says, complain of problems."""
    from guvoh.safety.commands import COMMANDS

    printed, problems = COMMANDS[name](arguments)
    if name in {"seal", "erase"}:
        renew(arguments.case)
    print(printed)
    for problem in problems:
        complain(problem)
    return PROBLEMS if problems else DONE


def proving(name: str, arguments: argparse.Namespace) -> int:
    """Run one of the commands about evidence: print what it says, complain of problems."""
    from guvoh.evidence.commands import COMMANDS

    said = COMMANDS[name](arguments, language())
    print(said.text)
    for problem in said.problems:
        complain(problem)
    return said.status


def sift(arguments: argparse.Namespace) -> int:
    """Take the reports on one theme out of a crawl."""
    from guvoh.bulk import command as bulk

    try:
        lines, problems = bulk.run_sift(arguments)
    except bulk.SiftError as refusal:
        raise RefusedError(str(refusal)) from None
    print("\n".join(lines))
    for problem in problems:
        complain(problem)
    return PROBLEMS if problems else DONE
