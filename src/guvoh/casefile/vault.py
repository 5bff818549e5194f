"""The vault's files: sealed records, the roster, and what this device knows of it."""

import json
import re
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from guvoh.casefile import disk
from guvoh.casefile.actor import home
from guvoh.casefile.errors import CaseDamaged
from guvoh.casefile.folder import Case, append_lock

_NAME = re.compile(r"[0-9a-f]{32}\.age")
_NEXT = ".next"
_KNOWN = "rosters.json"


def names(case: Case) -> list[str]:
    """Return the names of the sealed records, in order; of what is encrypted, they say nothing."""
    folder = case.vault / "records"
    if not folder.is_dir():
        return []
    return sorted(path.name for path in folder.iterdir() if _NAME.fullmatch(path.name))


def read(case: Case, name: str) -> bytes:
    """Return a sealed record's bytes."""
    path = case.vault / "records" / name
    try:
        with disk.reading(path):
            return path.read_bytes()
    except FileNotFoundError:
        raise CaseDamaged("a sealed record is missing", path, "restore it from a backup") from None


def add(case: Case, sealed: bytes) -> str:
    """Put a sealed record on the disk, named by its digest so that it can be checked; return that."""
    folder = case.vault / "records"
    name = _named(sealed)
    with disk.writing(folder):
        disk.make_folder(case.vault)
        disk.make_folder(folder)
        disk.write_whole(folder / name, sealed, mode=0o600)
    return name


def put(case: Case, name: str, sealed: bytes) -> str:
    """Put a record in another's place, all of it or nothing, and return its name.

    A mark says first what will be its name, so that a check can tell an interruption from damage.
    """
    folder = case.vault / "records"
    new = _named(sealed)
    with disk.writing(folder / name):
        settle(case)
        disk.write_whole(folder / f"{new}{_NEXT}", b"", mode=0o600)
        disk.write_whole(folder / name, sealed, mode=0o600)
        settle(case)
    note_removed(case, [name])
    return new


def settle(case: Case) -> list[str]:
    """Name records by their digests where an interruption came before that; return their names."""
    folder = case.vault / "records"
    marks = sorted(folder.glob(f"*.age{_NEXT}")) if folder.is_dir() else []
    settled: list[str] = []
    for mark in marks:
        new = mark.name.removesuffix(_NEXT)
        for name in names(case):
            if name != new and _named(read(case, name)) == new:
                disk.replace(folder / name, folder / new)
                settled.append(new)
        disk.sync_folder(folder)
        mark.unlink()
    return settled


def is_expected(case: Case, sealed_digest: str) -> bool:
    """Say whether a record of this digest was to take another's place when something interrupted it."""
    return (case.vault / "records" / f"{sealed_digest[:32]}.age{_NEXT}").exists()


def _named(sealed: bytes) -> str:
    return f"{sha256(sealed).hexdigest()[:32]}.age"


def removed(case: Case) -> list[str]:
    """Return the names of records that were removed or replaced, so that no copy brings them back.

    Raises CaseDamaged.
    """
    path = _removed(case)
    if not path.exists():
        return []
    with disk.reading(path):
        lines = path.read_bytes().decode("utf-8", "replace").splitlines()
    whole = [line for line in lines if line == _removed_line(line[: len("0" * 32 + ".age")])]
    # A last line without its end is what an interruption leaves: the record is still there.
    if whole != lines and whole != lines[:-1]:
        raise CaseDamaged("the list of removed records was changed", path, "restore the file")
    return [line.partition(" ")[0] for line in whole]


def note_removed(case: Case, gone: Sequence[str]) -> None:
    """Note names of records that shall not come back."""
    if gone:
        path = _removed(case)
        with disk.writing(path):
            disk.make_folder(case.vault)
            text = "".join(f"{_removed_line(name)}\n" for name in gone)
            disk.append(path, text.encode(), sync=True)


def _removed(case: Case) -> Path:
    return case.vault / "removed"


def _removed_line(name: str) -> str:
    """Return a line of the list: a name, and the beginning of its digest against damage."""
    return f"{name} {sha256(name.encode()).hexdigest()[:16]}"


def remove(case: Case, name: str) -> None:
    """Delete a sealed record; what disks and backups keep is out of reach."""
    path = case.vault / "records" / name
    if name not in removed(case):
        note_removed(case, [name])
    with disk.writing(path):
        path.unlink(missing_ok=True)
        disk.sync_folder(path.parent)


def roster_lines(case: Case) -> list[bytes]:
    """Return the lines of the roster without their line feeds; none where there is no vault."""
    path = case.vault / "roster.jsonl"
    if not path.exists():
        return []
    with disk.reading(path):
        return path.read_bytes().splitlines()


def append_to_roster(case: Case, line: bytes) -> None:
    """Add a line to the roster; it is on the disk when this returns."""
    with append_lock(case), disk.writing(case.vault):
        disk.make_folder(case.vault)
        disk.append(case.vault / "roster.jsonl", line, sync=True)


def known_head(case: Case) -> str | None:
    """Return the head of the roster that this device saw last in this case, None before the first time."""
    return dict(_known()).get(str(case.root))


def remember_head(case: Case, head: str) -> None:
    """Keep the head of the roster on this device, outside the case."""
    known = dict(_known()) | {str(case.root): head}
    path = home() / _KNOWN
    with disk.writing(path):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        disk.write_whole(path, json.dumps(known, ensure_ascii=False).encode(), mode=0o600)


def _known() -> Iterator[tuple[str, str]]:
    path: Path = home() / _KNOWN
    if path.exists():
        with disk.reading(path):
            data = path.read_bytes()
        try:
            found = json.loads(data)
        except ValueError:
            raise CaseDamaged(
                "what this device knows of rosters cannot be read",
                path,
                "compare the key-holders with your colleagues, then delete the file",
            ) from None
        yield from found.items()
