"""The command line: reads arguments, calls the pipeline, prints answers and problems."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence

from guvoh.casefile.errors import CaseDamaged, CaseError
from guvoh.cli.parser import command_line
from guvoh.cli.saying import DAMAGED, DONE, PROBLEMS, WRONG, MissingError, RefusedError, complain
from guvoh.words import fault_line


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status (DESIGN: 0 done, 1 problems, 2 wrong, 3 damaged)."""
    _speak_utf8()
    _leave_no_core()
    arguments = command_line().parse_args(argv)
    run: Callable[[argparse.Namespace], int] = arguments.run
    try:
        return run(arguments)
    except CaseDamaged as damage:
        complain(str(damage))
        return DAMAGED
    except (CaseError, MissingError) as trouble:
        complain(str(trouble))
        return PROBLEMS
    except RefusedError as refusal:
        complain(str(refusal))
        return WRONG
    except KeyboardInterrupt:
        complain("Interrupted. What was taken in is kept; run the command again to go on.")
        return PROBLEMS
    except Exception as fault:  # the last boundary: a fault of ours is said in words, never shown
        if os.environ.get("GUVOH_TRACEBACK"):
            raise
        if isinstance(fault, BrokenPipeError):
            return _nobody_listens()
        complain(fault_line(fault))
        return PROBLEMS


def _speak_utf8() -> None:
    """Print every script whatever the terminal's locale says."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _leave_no_core() -> None:
    """Let no crash write memory, and so what was unsealed, to the disk; workers inherit it."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def _nobody_listens() -> int:
    """Say nothing more: the reader of our output has gone, as with `| head`."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return DONE
