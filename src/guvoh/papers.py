"""Papers that come in beside reports: a draft to be compared, a spreadsheet with decisions."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from guvoh.casefile import disk
from guvoh.casefile.case import Case
from guvoh.casefile.errors import CaseError
from guvoh.drafts.page import DraftError
from guvoh.drafts.terminal import summary
from guvoh.pipeline import drafting, judging
from guvoh.pipeline.keeping import Open
from guvoh.publish.returned import ReturnedError, returned
from guvoh.words import shown


class PaperError(CaseError):
    """A paper cannot be read, or its copy not be written; the message says which and what to do."""

    def __init__(self, path: Path, sentence: str) -> None:
        Exception.__init__(self, f"{shown(str(path))}: {sentence}")


def annotate(
    case: Case, draft: Path, out: Path | None, language: str, opened: Open | None
) -> tuple[Path, Sequence[str]]:
    """Write a copy of a draft with comments; return where, and lines on what is to be looked at.

    Raises PaperError, and VaultError where a vault is locked.
    """
    copy = out or draft.with_name(f"{draft.stem}.annotated{draft.suffix}")
    if copy.exists():
        raise PaperError(copy, "It is there already. Name another file with --out.")
    data = _bytes(draft)
    try:
        made = drafting.annotate(case, draft.name, data, language, opened)
    except DraftError as trouble:
        raise PaperError(draft, str(trouble)) from None
    with disk.writing(copy):
        disk.write_whole(copy.absolute(), made.data)
    return copy, list(summary(made.text, made.notes, language))


def decide(case: Case, sheet: Path, reason: str | None) -> tuple[int, list[str]]:
    """Journal what a spreadsheet decides; return how many are new, and a sentence for each row not taken."""
    try:
        found = returned(_bytes(sheet), reason)
    except ReturnedError as trouble:
        raise PaperError(sheet, str(trouble)) from None
    rows = {(one.claim, one.verdict): one.row for one in found.decided}
    taken, refused = judging.judge_many(
        case, [(one.claim, one.verdict, one.reason) for one in found.decided]
    )
    said = [f"Row {rows[claim, verdict]} was not taken: {why}." for claim, verdict, why in refused]
    return taken, [*found.problems, *said]


def contents(path: Path) -> Mapping[str, Any]:
    """Return what a file says that a claim holds, with the keys of `show claims --json`."""
    try:
        found = json.loads(_bytes(path))
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise PaperError(path, "It is no JSON object. Take one from `guvoh show claims --json`.")
    return found


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise PaperError(path, f"It cannot be read ({error.strerror}). Check the path.") from None
