"""Writes a publication into a folder."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from guvoh.casefile import disk
from guvoh.protect import Release
from guvoh.publish.changes import changes
from guvoh.publish.dossier import dossier
from guvoh.publish.exports import EXPORTS


def is_free(out: Path) -> bool:
    """Say whether a publication may be written there: a new folder, or an empty one."""
    return not out.exists() or (out.is_dir() and not any(out.iterdir()))


def write(
    release: Release, what: str, out: Path, language: str, before: Mapping[str, bytes] | None = None
) -> list[Path]:
    """Write the files of a publication, each whole or not at all; return their paths.

    `before` are the tables of an earlier dataset: a dossier says what has changed since, and beside a
    dataset it is written as a table.
    """
    written: list[Path] = []
    with disk.writing(out):
        out.mkdir(parents=True, exist_ok=True)
    for name, data in _files(release, what, language, before):
        path = out / name
        with disk.writing(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            disk.write_whole(path, data)
        written.append(path)
    return written


def _files(
    release: Release, what: str, language: str, before: Mapping[str, bytes] | None
) -> Iterator[tuple[str, bytes]]:
    if what == "dossier":
        yield from dossier(release, language, before)
        return
    after: dict[str, bytes] = {}
    for name, data in EXPORTS[what](release, language):
        if before is not None and name in before:
            after[name] = data
        yield name, data
    if before is not None:
        yield "changes.csv", changes(before, after)
