"""Writes a publication into a folder."""

from pathlib import Path

from guvoh.casefile import disk
from guvoh.protect import Release
from guvoh.publish.exports import EXPORTS


def is_free(out: Path) -> bool:
    """Say whether a publication may be written there: a new folder, or an empty one."""
    return not out.exists() or (out.is_dir() and not any(out.iterdir()))


def write(release: Release, what: str, out: Path, language: str) -> list[Path]:
    """Write the files of a publication, each whole or not at all; return their paths."""
    written: list[Path] = []
    with disk.writing(out):
        out.mkdir(parents=True, exist_ok=True)
    for name, data in EXPORTS[what](release, language):
        path = out / name
        with disk.writing(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            disk.write_whole(path, data)
        written.append(path)
    return written
