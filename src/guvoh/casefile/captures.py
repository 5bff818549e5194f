"""Captures on disk: bytes exactly as they arrived, each file named by the SHA-256 of its bytes."""

import os
import re
import secrets
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import IO

from guvoh.casefile import disk
from guvoh.casefile.errors import CaseDamaged
from guvoh.casefile.folder import Case, append_lock

_BLOCK = 1 << 20  # bytes copied at a time, so that a capture of any size needs one block of memory
_DIGEST = re.compile(r"[0-9a-f]{64}")
_INCOMING = "incoming"
_DOOMED = "doomed"


@dataclass(frozen=True, slots=True)
class Stored:
    """A capture that was taken in: SHA-256 of its bytes in hexadecimal, and their number."""

    digest: str
    size: int


@dataclass(slots=True)
class Batch:
    """Captures on their way in; they can be read, and survive a power failure, once it is left."""

    _folder: Path
    _captures: Path
    _waiting: dict[str, str] = field(default_factory=dict)  # digest → file
    _seen: set[str] = field(default_factory=set)  # digests that are there already
    _count: int = 0

    def add(self, stream: IO[bytes], known: Stored | None = None) -> Stored:
        """Copy a stream to its end and return what it was; errors of the stream itself pass through.

        With `known`, what it is was found out before, and it is not hashed again.
        """
        if known is not None and self._has(known):
            return known
        self._count += 1
        temporary = f"{self._folder}/{self._count}"
        stored = _copy(stream, temporary, known)
        if known is None and self._has(stored):
            with disk.writing(Path(temporary)):
                os.unlink(temporary)  # noqa: PTH108
        else:
            self._waiting[stored.digest] = temporary
        return stored

    def _has(self, one: Stored) -> bool:
        digest = one.digest
        if digest in self._waiting or digest in self._seen:
            return True
        if _holds(f"{self._captures}/{digest[:2]}/{digest}", one):
            # Another process may have just put it there, and it may not be on the disk yet.
            self._seen.add(digest)
            return True
        return False

    def _commit(self) -> None:
        with disk.writing(self._captures):
            disk.sync_files(self._waiting.values())
            folders = {f"{self._captures}/{one[:2]}" for one in (*self._waiting, *self._seen)}
            for folder in folders:
                if not os.path.isdir(folder):  # noqa: PTH112
                    Path(folder).mkdir(exist_ok=True)
            for digest, temporary in self._waiting.items():
                disk.replace(temporary, f"{self._captures}/{digest[:2]}/{digest}")
            if folders:
                disk.sync_folders([*sorted(folders), str(self._captures)])


def _copy(stream: IO[bytes], to: str, known: Stored | None) -> Stored:
    """Copy a stream into a new file, hashing it unless that was done."""
    hasher, size = sha256(), 0
    with disk.new_file(to) as file:
        while block := stream.read(_BLOCK):
            if known is None:
                hasher.update(block)
            size += len(block)
            with disk.writing(Path(to)):
                disk.write_all(file, block)
    return known or Stored(hasher.hexdigest(), size)


@contextmanager
def batch(case: Case) -> Iterator[Batch]:
    """Take captures in together: all are on the disk when the block ends, none if it raises.

    What interrupted runs left is removed first. Two processes may have a batch each.
    """
    from filelock import FileLock  # late, as in `_sweep`: who only reads takes nothing in

    incoming = case.captures / _INCOMING
    name = secrets.token_hex(8)
    folder, lock = incoming / name, FileLock(incoming / f"{name}.lock")
    with append_lock(case), disk.writing(incoming):
        incoming.mkdir(exist_ok=True)
        _sweep(incoming)
        lock.acquire()
        folder.mkdir()
    try:
        arriving = Batch(folder, case.captures)
        yield arriving
        arriving._commit()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        lock.release()
        with suppress(OSError):  # the next batch sweeps it away
            Path(lock.lock_file).unlink(missing_ok=True)


def path_of(case: Case, digest: str) -> Path:
    """Return where a capture lies; ValueError for what is no digest."""
    if not _DIGEST.fullmatch(digest):
        raise ValueError(f"not a digest: {digest!r}")
    return case.captures / digest[:2] / digest


def read(case: Case, digest: str) -> bytes:
    """Return a capture's bytes; CaseDamaged if they are missing or not those that arrived."""
    path = path_of(case, digest)
    try:
        with disk.reading(path):
            data = path.read_bytes()
    except FileNotFoundError:
        raise _missing(path) from None
    if sha256(data).hexdigest() != digest:
        raise _altered(path)
    return data


def verify(case: Case, digest: str) -> int:
    """Check a capture of any size against its name and return its size; raises as `read` does."""
    path = path_of(case, digest)
    try:
        found, size = _digest(path)
    except FileNotFoundError:
        raise _missing(path) from None
    if found != digest:
        raise _altered(path)
    return size


def doom(case: Case, digests: Collection[str]) -> None:
    """Mark captures that are about to be erased, so that an interruption leaves no bytes that nothing names.

    The caller holds the append lock until `remove`.
    """
    folder = case.captures / _DOOMED
    with disk.writing(folder):
        for digest in digests:
            disk.make_folder(folder)
            disk.write_whole(folder / digest, b"")


def doomed(case: Case) -> list[str]:
    """Return the captures that were marked and are not removed yet."""
    folder = case.captures / _DOOMED
    return sorted(filter(_DIGEST.fullmatch, os.listdir(folder))) if folder.is_dir() else []  # noqa: PTH208


def spare(case: Case, digest: str) -> None:
    """Take a mark away: erasing did not begin, or it is done."""
    mark = case.captures / _DOOMED / digest
    with disk.writing(mark):
        mark.unlink(missing_ok=True)


def remove(case: Case, digest: str) -> None:
    """Delete a capture's bytes, if they are there; what disks and backups keep is out of reach."""
    path = path_of(case, digest)
    with disk.writing(path):
        path.unlink(missing_ok=True)
        if path.parent.is_dir():
            disk.sync_folder(path.parent)
    spare(case, digest)


def stored(case: Case) -> Iterator[str]:
    """Yield the digests of all captures on the disk, in order, journalled or not."""
    for folder in sorted(case.captures.iterdir()):
        if len(folder.name) == 2 and folder.is_dir():
            yield from sorted(
                path.name for path in folder.iterdir() if _DIGEST.fullmatch(path.name)
            )


def _digest(path: Path) -> tuple[str, int]:
    hasher, size = sha256(), 0
    with disk.reading(path), path.open("rb", buffering=0) as stream:
        while block := stream.read(_BLOCK):
            hasher.update(block)
            size += len(block)
    return hasher.hexdigest(), size


def _holds(path: str, one: Stored) -> bool:
    """Say whether a capture is there whole: reading it again costs less than an fsync."""
    try:
        return os.stat(path).st_size == one.size and _digest(Path(path))[0] == one.digest  # noqa: PTH116
    except FileNotFoundError:
        return False


def _sweep(incoming: Path) -> None:
    """Remove what runs that are no longer alive left; their locks are free."""
    from filelock import FileLock

    for path in sorted(incoming.iterdir()):
        if path.suffix == ".lock":
            continue
        lock = FileLock(incoming / f"{path.name}.lock", timeout=0)
        try:
            lock.acquire()
        except TimeoutError:
            continue
        shutil.rmtree(path, ignore_errors=True)
        lock.release()
    for path in sorted(incoming.glob("*.lock")):
        if not path.with_suffix("").exists():
            path.unlink(missing_ok=True)


def _missing(path: Path) -> CaseDamaged:
    return CaseDamaged("a capture is missing", path, "restore the file from a backup")


def _altered(path: Path) -> CaseDamaged:
    return CaseDamaged(
        "a capture is not what arrived", path, "restore the file from a backup or take it in again"
    )
