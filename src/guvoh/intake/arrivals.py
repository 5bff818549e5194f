"""From the paths that a person names to arrivals: files, folders, and archives taken apart."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, NamedTuple

from guvoh.clean.identify import identify
from guvoh.intake.archives import is_opened, remarks, taken_apart
from guvoh.intake.fetching import FetchError, Fetching, fetch
from guvoh.intake.found import (
    CHUNK,
    DamagedError,
    Found,
    Limits,
    Tally,
    TooMuchError,
    noted,
    pour,
)
from guvoh.intake.names import page_of
from guvoh.model.finding import Finding

# A pipe put in a file's place must not hold the build, nor a link lead out of the folder. Windows
# has neither flag.
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_NOCTTY", 0)
)
_Identity = tuple[int, int]  # device and inode


class _File(NamedTuple):
    """A regular file to be read, by the name that it gets."""

    path: str
    file: str
    companion_of: str | None = None


class _Folder(NamedTuple):
    path: str
    prefix: str  # of the names of what it holds: "" or "a/b/"
    page: str | None  # the saved page that it belongs to
    above: tuple[_Identity, ...]


@dataclass(frozen=True, slots=True)
class Taking:
    """How a source is taken: its limits, where large files are held, and folders to leave out.

    `scratch` None is the system's temporary folder; `without` names the case itself, which may
    lie inside the folder that is taken in.
    """

    limits: Limits = field(default_factory=Limits)
    scratch: Path | None = None
    without: tuple[Path, ...] = ()


def arrivals(source: Path, taking: Taking | None = None) -> Iterator[Found | Finding]:
    """Yield everything that a source holds, in the order of names, and what went wrong.

    A source is a file or a folder; a link that the person names is followed, links inside are
    not. Every Found has its stream at 0, closed when the next value is asked for. Nothing is
    raised for bad input: each trouble is a Finding of step "intake" whose text is one sentence
    about `Finding.file`, and what came before it is kept.
    """
    how = taking or Taking()
    origin = str(source)
    try:
        about = source.stat()
    except (OSError, ValueError) as problem:
        yield noted(origin, "missing", _why_not(problem, "It"))
        return
    if stat.S_ISDIR(about.st_mode):
        for one in _walk(source, how.without):
            if isinstance(one, Finding):
                yield one
            else:
                yield from _taken(one, origin, how)
    elif stat.S_ISREG(about.st_mode):
        resolved = os.path.realpath(source)
        yield from _taken(_File(resolved, source.name or origin), origin, how)
    else:
        text = "It is a device, pipe or socket and was not opened."
        yield noted(origin, "not-a-file", text)


def fetched(
    url: str, at: str, taking: Taking | None = None, how: Fetching | None = None
) -> Iterator[Found | Finding]:
    """Yield the web archive of one page fetched at `at` (UTC, `Z`), what it holds, and trouble."""
    taking = taking or Taking()
    try:
        got = fetch(url, at, how)
    except FetchError as problem:
        yield noted(url, "not-fetched", str(problem))
        return
    poured = pour(iter([got.archive]), taking.limits, taking.scratch)
    with poured.stream:
        found = Found(got.file, url, poured.stream, poured.digest, poured.size, "application/warc")
        yield found
        if got.trouble:
            yield noted(url, "not-fetched", got.trouble)
        yield from _contents(found, taking)


def _why_not(problem: Exception, subject: str) -> str:
    if isinstance(problem, FileNotFoundError):
        return f"{subject} does not exist. Check the path."
    if isinstance(problem, PermissionError):
        return f"{subject} may not be read by this user. Change its permissions and build again."
    reason = problem.strerror if isinstance(problem, OSError) else None
    return f"{subject} could not be read ({reason or type(problem).__name__})."


def _walk(source: Path, without: tuple[Path, ...]) -> Iterator[_File | Finding]:
    """Yield regular files depth first, each folder in the order of the bytes of its names."""
    left_out = {_identity(path) for path in without}
    tally = Tally()
    stack: list[_File | _Folder] = [_Folder(str(source), "", None, ())]
    while stack:
        one = stack.pop()
        if isinstance(one, _File):
            yield one
            continue
        name = one.prefix.rstrip("/") or str(source)
        here = _identity(Path(one.path))
        if here in left_out and here is not None:
            continue
        if here in one.above:
            tally.add("loop", name)
            continue
        try:
            with os.scandir(one.path) as listing:
                entries = sorted(listing, key=lambda entry: os.fsencode(entry.name))
        except OSError as problem:
            yield noted(name, "unreadable", _why_not(problem, "This folder"))
            continue
        above = (*one.above, here) if here is not None else one.above
        stack.extend(reversed(_held(one, entries, tally, above)))
    yield from tally.findings(str(source))


def _identity(path: Path) -> _Identity | None:
    try:
        about = path.stat()
    except (OSError, ValueError):
        return None
    return about.st_dev, about.st_ino


def _held(
    folder: _Folder,
    entries: list[os.DirEntry[str]],
    tally: Tally,
    above: tuple[_Identity, ...],
) -> list[_File | _Folder]:
    names = {entry.name for entry in entries}
    held: list[_File | _Folder] = []
    for entry in entries:
        file = folder.prefix + entry.name
        try:
            if entry.is_symlink():
                tally.add("link-not-followed", file)
            elif entry.is_dir(follow_symlinks=False):
                page = page_of(entry.name, names)
                saved = folder.page or (folder.prefix + page if page else None)
                held.append(_Folder(entry.path, file + "/", saved, above))
            elif entry.is_file(follow_symlinks=False):
                held.append(_File(entry.path, file, folder.page))
            else:
                tally.add("not-a-file", file)
        except OSError:
            # It went away or may not be looked at: opening it says which, in its turn.
            held.append(_File(entry.path, file, folder.page))
    return held


def _taken(one: _File, origin: str, how: Taking) -> Iterator[Found | Finding]:
    try:
        handle = os.open(one.path, _FLAGS)
    except (OSError, ValueError) as problem:
        yield noted(one.file, "unreadable", _why_not(problem, "It"))
        return
    with os.fdopen(handle, "rb", buffering=0) as raw:
        before = os.fstat(raw.fileno())
        if not stat.S_ISREG(before.st_mode):
            yield noted(one.file, "not-a-file", "It is a device, pipe or socket and was not read.")
            return
        try:
            poured = pour(_whole(raw, before.st_size), how.limits, how.scratch)
        except OSError as problem:
            yield noted(one.file, "unreadable", _why_not(problem, "It"))
            return
        after = os.fstat(raw.fileno())
    if poured.damage is not None and not poured.size:
        poured.stream.close()
        yield noted(one.file, "unreadable", poured.damage)
        return
    with poured.stream:
        found = Found(
            file=one.file,
            origin=origin,
            stream=poured.stream,
            digest=poured.digest,
            size=poured.size,
            media_type=identify(poured.head, poured.size, one.file),
            companion_of=one.companion_of,
        )
        yield from remarks(found)
        yield found
        if poured.damage is not None:
            yield noted(one.file, "unreadable", poured.damage)
        elif _version(before) != _version(after) or poured.size != before.st_size:
            yield noted(one.file, "changed-while-read", _CHANGED)
        if is_opened(found, how.limits):
            yield from _contents(found, how)


_CHANGED = (
    "It changed while it was being read; the bytes that were read were kept. Build again when "
    "nothing writes to it."
)


def _version(about: os.stat_result) -> tuple[int, int]:
    return about.st_size, about.st_mtime_ns


def _whole(raw: IO[bytes], size: int) -> Iterator[bytes]:
    """Yield a file's bytes, not following one that grows for ever past a chunk more than `size`."""
    read = 0
    while read <= size:
        try:
            chunk = raw.read(CHUNK)
        except OSError as problem:
            reason = problem.strerror or "input error"
            raise DamagedError(
                f"Reading it stopped ({reason}); what came before was kept."
            ) from problem
        if not chunk:
            return
        read += len(chunk)
        yield chunk


def _contents(container: Found, how: Taking) -> Iterator[Found | Finding]:
    try:
        yield from taken_apart(container, how.limits, how.scratch)
    except TooMuchError as problem:
        yield noted(container.file, "too-much", str(problem))
    except OSError as problem:
        yield noted(container.file, "unreadable", _why_not(problem, "What it holds"))
