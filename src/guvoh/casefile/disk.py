"""Every write, fsync and rename of a case, so that what is acknowledged is on the disk."""

import errno
import os
import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from guvoh.casefile.errors import CaseUnreadable, CaseUnwritable

# Eight fsyncs at a time share journal commits of the file system: 1.8 to 2.2 times the rate of one
# after the other on ext4, and no more than that many threads wait.
SYNC_THREADS = 8

# A file's inode, size and time of change: what differs once anybody else has written to it.
State = tuple[int, int, int]

# CR LF translation would change bytes on Windows; 0 elsewhere.
_BINARY = getattr(os, "O_BINARY", 0)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn the system's refusal to write into `CaseUnwritable`, in words that say what to do."""
    try:
        yield
    except OSError as error:
        raise unwritable(path, error) from error


def unwritable(path: Path | str, error: OSError) -> CaseUnwritable:
    """Return the system's refusal to write to a file as a sentence."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        why, advice = "the disk is full", "free some space and run the command again"
    elif error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        why, advice = "this may not be written", "check the folder's permissions"
    else:
        why, advice = (
            f"writing failed ({error.strerror})",
            "check the disk and run the command again",
        )
    return CaseUnwritable(why, Path(path), advice)


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn the system's refusal to read an existing file into `CaseUnreadable`."""
    try:
        yield
    except FileNotFoundError:
        raise
    except OSError as error:
        raise unreadable(path, error) from error


def unreadable(path: Path | str, error: OSError) -> CaseUnreadable:
    """Return the system's refusal to read a file as a sentence."""
    return CaseUnreadable(
        f"reading failed ({error.strerror})",
        Path(path),
        "check the disk and the file's permissions",
    )


def write_all(file: int, data: bytes | memoryview) -> None:
    """Write all of `data`, however many calls the system needs."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(file, rest) :]


@contextmanager
def new_file(path: str) -> Iterator[int]:
    """Open a file that must not exist yet, for `write_all`; it is not on the disk when closed."""
    with writing(Path(path)):
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o666)
    try:
        yield file
    finally:
        os.close(file)


def sync_folder(folder: Path | str) -> None:
    """Put a folder's entries on the disk; Windows keeps them with the files and offers no call."""
    if os.name == "nt":
        return
    file = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(file)
    except OSError as error:
        # Some network and user-space file systems know no fsync of a folder and say so.
        if error.errno not in {errno.EINVAL, errno.ENOTSUP}:
            raise
    finally:
        os.close(file)


def sync_folders(folders: Iterable[str]) -> None:
    """Put the entries of folders on the disk."""
    _each_in_threads(sync_folder, folders)


def sync_files(paths: Iterable[str]) -> None:
    """Put the contents of files on the disk."""
    _each_in_threads(_sync_file, paths)


def _sync_file(path: str) -> None:
    file = os.open(path, os.O_RDWR | _BINARY)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def _each_in_threads(action: Callable[[str], None], paths: Iterable[str]) -> None:
    """Call for each path; SYNC_THREADS take theirs from one list."""
    waiting = list(paths)
    rest = iter(waiting)

    def work() -> None:
        for path in rest:
            action(path)

    if len(waiting) <= 1:
        work()
        return
    from concurrent.futures import ThreadPoolExecutor  # late: who only reads has none

    with ThreadPoolExecutor(SYNC_THREADS) as threads:
        for done in [threads.submit(work) for _ in range(min(SYNC_THREADS, len(waiting)))]:
            done.result()


def make_folder(folder: Path) -> None:
    """Make a folder that survives a power failure; one that exists is left alone."""
    if not folder.is_dir():
        folder.mkdir(exist_ok=True)
        sync_folder(folder.parent)


def replace(source: Path | str, target: Path | str) -> None:
    """Give a file its name, over whatever had it; the folder is not yet on the disk."""
    os.replace(source, target)  # noqa: PTH105  # of a crawl's pages, paths would cost as much


def write_whole(path: Path, data: bytes, mode: int = 0o666) -> None:
    """Write a small file so that either all of it is there or nothing has changed."""
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    file = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, mode)
    try:
        try:
            write_all(file, data)
            os.fsync(file)
        finally:
            os.close(file)
        replace(temporary, path)
    except OSError:
        with suppress(OSError):
            temporary.unlink()
        raise
    sync_folder(path.parent)


def end(path: str, length: int) -> tuple[int, bytes]:
    """Return a file's size and its last bytes, `length` at most."""
    file = os.open(path, os.O_RDONLY | _BINARY)
    try:
        size = os.lseek(file, 0, os.SEEK_END)
        os.lseek(file, max(0, size - length), os.SEEK_SET)
        return size, os.read(file, length)
    finally:
        os.close(file)


def state(path: str) -> State | None:
    """Return a file's state, None if there is none."""
    try:
        return _state(os.stat(path))  # noqa: PTH116  # in the way of an append
    except OSError:
        return None


def _state(found: os.stat_result) -> State:
    return found.st_ino, found.st_size, found.st_mtime_ns


def append(path: Path | str, data: bytes, *, sync: bool) -> State:
    """Append to a file, making it if it is missing; on failure it keeps its former length.

    Return the state in which the file was left.
    """
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | _BINARY, 0o666)
    try:
        before = os.lseek(file, 0, os.SEEK_END)
        try:
            write_all(file, data)
            if sync:
                os.fsync(file)
        except OSError:
            with suppress(OSError):
                os.ftruncate(file, before)
            raise
        after = _state(os.fstat(file))
    finally:
        os.close(file)
    if before == 0 and sync:  # it may have been made just now
        sync_folder(Path(path).parent)
    return after


def cut(path: Path, length: int) -> None:
    """Cut a file back to `length` bytes."""
    file = os.open(path, os.O_RDWR | _BINARY)
    try:
        os.ftruncate(file, length)
        os.fsync(file)
    finally:
        os.close(file)
