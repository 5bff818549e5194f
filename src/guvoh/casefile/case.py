"""Create and open a case: a folder with captures, a journal, and a derived store."""

import json
import tomllib
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from guvoh.casefile import captures, disk, heads, journal
from guvoh.casefile.errors import CaseBusy, CaseDamaged, CaseTooNew, CaseUnwritable, NotACase
from guvoh.casefile.folder import FORMAT, Case, append_lock, derive_lock
from guvoh.casefile.records import Arrived, writable

__all__ = ["Case", "append_lock", "create", "derive_lock", "now", "open_case", "open_or_create"]

_OURS = {"captures", "journal", "locks"}
_STRAY = {"desktop.ini", "thumbs.db"}  # what file managers leave; those with a dot are skipped too


def now() -> str:
    """Return the time as journals write it: UTC to the second, with Z."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def create(root: Path, title: str | None = None) -> Case:
    """Make a case in an empty or new folder; `title` is the folder's name unless given.

    Raises NotACase if the folder holds anything else, CaseUnwritable.
    """
    root = root.absolute()
    case = Case(root, writable(title if title is not None else root.name))
    with disk.writing(root):
        root.mkdir(parents=True, exist_ok=True)
        _refuse_foreign(root)
    with append_lock(case), disk.writing(root):
        if case.marker.exists():
            raise NotACase("this is a case already", root, "open it, or choose another folder")
        disk.make_folder(case.captures)
        disk.make_folder(case.journal)
        disk.write_whole(case.marker, _marker(case.title))
        disk.sync_folder(root.parent)
    return case


def open_case(root: Path) -> Case:
    """Open a case, mend what an interruption left of the journal, and finish what it left of erasing.

    Raises NotACase, CaseTooNew, CaseDamaged. A case on a read-only disk is opened as it is.
    """
    root = root.absolute()
    case = _read_marker(root)
    # If somebody is writing at this moment, or nobody can, reading copes with a torn tail.
    with suppress(CaseBusy, CaseUnwritable):
        if not journal.is_sound(case):
            journal.mend(case)
        if captures.doomed(case):
            _finish_erasing(case)
    heads.refuse_cut(case)
    return case


def look(root: Path) -> Case:
    """Open a case without mending anything, to check it; raises as `open_case` does."""
    return _read_marker(root.absolute())


def open_or_create(root: Path, title: str | None = None) -> Case:
    """Open the case at `root`, or make it where there is none."""
    if (root / "guvoh.toml").exists():
        return open_case(root)
    return create(root, title)


def _finish_erasing(case: Case) -> None:
    """Delete the bytes of captures whose records are tombstones; one that is still named stays."""
    with append_lock(case, patience=0.0):
        contents = (record.content for record in journal.read(case))
        named = {one.capture for one in contents if isinstance(one, Arrived)}
        for digest in captures.doomed(case):
            if digest in named:
                captures.spare(case, digest)
            else:
                captures.remove(case, digest)


def _refuse_foreign(root: Path) -> None:
    names = {path.name for path in root.iterdir() if not path.name.startswith(".")}
    foreign = {name for name in names - _OURS if name.lower() not in _STRAY}
    if "guvoh.toml" in foreign:
        raise NotACase("this is a case already", root, "open it, or choose another folder")
    if foreign:
        raise NotACase(
            "the folder holds other files",
            root,
            "choose an empty folder or a new name for the case",
        )
    for name in ("captures", "journal"):
        if name in names and any((root / name).iterdir()):
            raise CaseDamaged(
                "the case has lost its guvoh.toml",
                root / "guvoh.toml",
                "restore the file from a backup",
            )


def _marker(title: str) -> bytes:
    # A JSON string is a TOML basic string but for DEL, which TOML wants escaped.
    quoted = json.dumps(title, ensure_ascii=False).replace("\x7f", "\\u007f")
    return f"format = {FORMAT}\ntitle = {quoted}\n".encode()


def _read_marker(root: Path) -> Case:
    path = root / "guvoh.toml"
    try:
        with disk.reading(path):
            fields = tomllib.loads(path.read_bytes().decode())
    except FileNotFoundError:
        raise NotACase(
            "there is no case here", root, "check the path, or make one with `guvoh build`"
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CaseDamaged("this file cannot be read", path, "restore it from a backup") from error
    version, title = fields.get("format"), fields.get("title")
    if not isinstance(version, int) or not isinstance(title, str):
        raise CaseDamaged("format or title is missing", path, "restore the file from a backup")
    if version > FORMAT:
        raise CaseTooNew("the case was made by a newer guvoh", path, "install the newest guvoh")
    return Case(root, title, version)
