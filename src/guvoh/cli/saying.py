"""What every command shares: exit statuses, refusals, and how problems are said."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from guvoh.words import LANGUAGES

if TYPE_CHECKING:
    from guvoh.model.finding import Finding

DONE, PROBLEMS, WRONG, DAMAGED = 0, 1, 2, 3


class RefusedError(Exception):
    """The command line asks for something that cannot be done; the message says why."""


class MissingError(Exception):
    """Nothing of what the command line names is there."""


def complain(text: str) -> None:
    """Say on stderr what went wrong."""
    print(f"guvoh: {text}", file=sys.stderr)


def named_status(problems: "Sequence[Finding]") -> int:
    """Name each problem on stderr and return the exit status."""
    from guvoh.pages.terminal import finding_line  # late: most commands have no problems

    worth = [problem for problem in problems if problem.problem]
    for problem in worth:
        complain(finding_line(problem, problem.file))
    return PROBLEMS if worth else DONE


def near(path: Path) -> Path:
    """Return a path as one would type it from here."""
    whole, here = path.absolute(), Path.cwd()
    return whole.relative_to(here) if whole.is_relative_to(here) else whole


def language() -> str:
    """Return the interface language that the environment asks for, as gettext reads it."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        wanted = os.environ.get(name, "").partition(":")[0].partition("_")[0].lower()
        if wanted in LANGUAGES:
            return wanted
    return "en"


def has_screen() -> bool:
    """Return whether a browser could show a page here."""
    return sys.platform in {"win32", "darwin"} or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )
