"""What lies where in a case folder, and its two locks."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from filelock import BaseFileLock, FileLock, Timeout

from guvoh.casefile.disk import writing
from guvoh.casefile.errors import CaseBusy

FORMAT = 1
APPEND_PATIENCE = (
    60.0  # seconds; an append lasts milliseconds, so longer means that something hangs
)


@dataclass(frozen=True, slots=True)
class Case:
    """An open case: where it is and what its guvoh.toml says."""

    root: Path
    title: str
    format: int = FORMAT

    @property
    def marker(self) -> Path:
        """Return the file that makes a folder a case."""
        return self.root / "guvoh.toml"

    @property
    def captures(self) -> Path:
        """Return the folder of captures."""
        return self.root / "captures"

    @property
    def journal(self) -> Path:
        """Return the folder with one folder per log."""
        return self.root / "journal"

    @property
    def vault(self) -> Path:
        """Return the folder of what is sealed."""
        return self.root / "vault"

    @property
    def locks(self) -> Path:
        """Return the folder of lock files, which hold nothing and may be deleted while none is held."""
        return self.root / "locks"

    @property
    def derived(self) -> Path:
        """Return the derived store, which may be deleted at any time."""
        return self.root / "derived.sqlite"


@contextmanager
def append_lock(case: Case, patience: float = APPEND_PATIENCE) -> Iterator[None]:
    """Hold the lock under which the journal grows; raises CaseBusy after `patience` seconds.

    A thread that holds it may take it again; processes and other threads wait.
    """
    with _held(case, "append", patience):
        yield


@contextmanager
def derive_lock(case: Case, patience: float = 0.0) -> Iterator[None]:
    """Hold the lock under which the derived store is written; raises CaseBusy."""
    with _held(case, "derive", patience):
        yield


@cache
def _lock(path: Path) -> BaseFileLock:
    """Return the lock of a path, one per process: making one takes longer than taking it."""
    return FileLock(path)


@contextmanager
def _held(case: Case, name: str, patience: float) -> Iterator[None]:
    path = case.locks / name
    lock = _lock(path)
    with writing(path):
        case.locks.mkdir(exist_ok=True)
        try:
            lock.acquire(timeout=patience, poll_interval=0.005)
        except Timeout:
            raise CaseBusy(
                "another guvoh is working on this case", case.root, "wait until it is done"
            ) from None
    try:
        yield
    finally:
        lock.release()
