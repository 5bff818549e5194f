"""The commands that take in and derive: build, rebuild, demo."""

import argparse
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from guvoh.casefile import derived, vault
from guvoh.casefile.case import open_case, open_or_create
from guvoh.casefile.folder import Case
from guvoh.cli.saying import (
    DONE,
    PROBLEMS,
    MissingError,
    RefusedError,
    complain,
    has_screen,
    language,
    named_status,
    near,
)
from guvoh.model.capture import Exposure
from guvoh.progress import Bar
from guvoh.show import answer_lines
from guvoh.words import shown, words

if TYPE_CHECKING:
    from guvoh.pipeline.screening import Screening


def build(arguments: argparse.Namespace) -> int:
    """Take in what is named, derive, print the answer, write the pages."""
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
    if arguments.ocr is not None:
        _check_ocr(arguments)
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
    built = _built(
        arguments.source, arguments.case, exposure, arguments.fast, screen, arguments.ocr
    )
    return max(built, wrong)


def _check_ocr(arguments: argparse.Namespace) -> None:
    """Refuse before anything is taken in where words of pictures can't be read."""
    from guvoh.intake import scans

    if arguments.private:
        raise RefusedError("--ocr does not go with --private: type out what a private scan says.")
    try:
        scans.asked(arguments.ocr)
    except scans.OcrError as problem:
        raise RefusedError(f"{problem} Nothing was taken in.") from None


def _places(case: Case, listed: Path | None) -> int:
    """Take the user's list of places, name what is wrong with it, and return the status of that."""
    if listed is None:
        return DONE
    from guvoh.pipeline import taking

    return named_status(taking.take_places(case, listed))


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
        complain(problem)
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
    ocr: str | None = None,
) -> int:
    from guvoh.pipeline import pages, taking, withholding

    case = open_or_create(folder)
    with Bar() as bar:
        if fast is not None:
            taking.set_(case, "fast", fast)
        problems = taking.take_in(case, sources, exposure, bar, screen, ocr=ocr)
        problems += withholding.derive(case, bar)
        index = pages.write_pages(case, language(), bar)
    with closing(derived.connect_reader(case)) as db:
        for line in answer_lines(db, language()):
            print(line)
    say = words(language())
    print(f"\n{say('Pages to read')}: {shown(str(near(index)))}")
    print(f"{say('Ask more with')}: guvoh show events --case {shown(str(near(folder)))}")
    return named_status(problems)


def rebuild(arguments: argparse.Namespace) -> int:
    """Derive all anew and print the digest of the results."""
    from guvoh.pipeline import deriving, pages

    case = open_case(arguments.case)
    with Bar() as bar:
        digest, different = deriving.rebuild(case, bar, again=arguments.reread)
        pages.write_pages(case, language(), bar)
    status = named_status(different)
    print(digest)
    return status


def renew(folder: Path) -> None:
    """Derive and write pages anew after something was masked or erased."""
    from guvoh.pipeline import pages, withholding

    case = open_case(folder)
    with Bar() as bar:
        withholding.derive(case, bar)
        pages.write_pages(case, language(), bar)


def demo(arguments: argparse.Namespace) -> int:
    """Build the fictional example case, and open its pages where there is a screen."""
    reports = _demo_reports()
    if reports is None:
        raise RefusedError(
            "the example case is missing from this installation; install guvoh again."
        )
    status = _built([reports], arguments.case, Exposure.PUBLIC)
    if not arguments.no_browser and sys.stdout.isatty() and has_screen():
        import webbrowser

        webbrowser.open((arguments.case.absolute() / "pages" / "index.html").as_uri())
    return status


def _demo_reports() -> Path | None:
    """Return the folder of the example case's reports: in the package as installed, or beside the source."""
    package = Path(__file__).parents[1]
    for root in (package, package.parents[1]):
        if (folder := root / "examples" / "demo" / "reports").is_dir():
            return folder
    return None
