"""What lies where in a case folder, and its two locks."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from filelock import Timeout

from guvoh.casefile.disk import writing
from guvoh.casefile.errors import CaseBusy
from guvoh.casefile.locks import Lock, lock_on

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
def _lock(root: Path, name: str) -> Lock:
    """Return a lock of a case, one per process, so that a thread can tell that it holds it."""
    return lock_on(root / "locks" / name)


@contextmanager
def _held(case: Case, name: str, patience: float) -> Iterator[None]:
    lock = _lock(case.root, name)
    with writing(case.locks):
        try:
            try:
                lock.acquire(timeout=patience)
            except FileNotFoundError:
                case.locks.mkdir(exist_ok=True)
                lock.acquire(timeout=patience)
        except Timeout:
            raise CaseBusy(
                "another guvoh is working on this case", case.root, "wait until it is done"
            ) from None
    try:
        yield
    finally:
        lock.release()
