"""What lies where in a case folder, and its two locks."""

import errno
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from guvoh.casefile.disk import unwritable
from guvoh.casefile.errors import CaseBusy, CaseUnwritable
from guvoh.casefile.locks import Lock, lock_on

FORMAT = 1
_NO_LOCKS = {errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS}  # a file system's word for "no flock"
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

    @property
    def former(self) -> Path:
        """The derived store that is put away while another takes over what still holds of it."""
        return self.root / "derived.former.sqlite"


def append_lock(case: Case, patience: float = APPEND_PATIENCE) -> AbstractContextManager[None]:
    """Hold the lock under which the journal grows; raises CaseBusy after `patience` seconds.

    A thread that holds it may take it again; processes and other threads wait.
    """
    return _Held(case, "append", patience)


def derive_lock(case: Case, patience: float = 0.0) -> AbstractContextManager[None]:
    """Hold the lock under which the derived store is written; raises CaseBusy."""
    return _Held(case, "derive", patience)


@cache
def _lock(root: Path, name: str) -> Lock:
    """Return a lock of a case, one per process, so that a thread can tell that it holds it."""
    return lock_on(root / "locks" / name)


class _Held:
    """A lock of a case while it is held; contextlib's own takes a twentieth of an append."""

    __slots__ = ("_case", "_lock", "_patience")

    def __init__(self, case: Case, name: str, patience: float) -> None:
        self._case, self._lock, self._patience = case, _lock(case.root, name), patience

    def __enter__(self) -> None:
        try:
            try:
                self._lock.acquire(timeout=self._patience)
            except FileNotFoundError:
                self._case.locks.mkdir(exist_ok=True)
                self._lock.acquire(timeout=self._patience)
        except TimeoutError:
            raise CaseBusy(
                "another guvoh is working on this case", self._case.root, "wait until it is done"
            ) from None
        except OSError as error:
            if error.errno in _NO_LOCKS:
                raise CaseUnwritable(
                    "files cannot be locked here, as in some network folders",
                    self._case.locks,
                    "work in a local copy and bring both together with `guvoh sync`",
                ) from error
            raise unwritable(self._case.locks, error) from error

    def __exit__(self, *ended: object) -> None:
        self._lock.release()
