"""Members of a tar archive: headers first, then the bytes of each regular member."""

import tarfile
from collections.abc import Iterator
from typing import IO, NamedTuple, cast

from guvoh.intake.expand import BROKEN, CUT
from guvoh.intake.found import (
    DamagedError,
    Limits,
    Member,
    Tally,
    TooMuchError,
    read_chunks,
)
from guvoh.intake.names import ANY, companions, safe_member

# A long name or attribute stands in a block of its own, which tarfile reads at once. Linux allows
# paths of 4,096 bytes; a block of more than this many is an attack or damage.
_LONGEST_HEADER = 256 << 10


class _Entry(NamedTuple):
    name: str
    start: int
    size: int


class _Headers:
    """A stream that gives no more at once than headers need."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def read(self, size: int) -> bytes:
        if not 0 <= size <= _LONGEST_HEADER:
            raise tarfile.ReadError("header block too long")
        return self._stream.read(size)

    def seek(self, at: int) -> int:
        return self._stream.seek(at)

    def tell(self) -> int:
        return self._stream.tell()


def members(stream: IO[bytes], limits: Limits, tally: Tally) -> Iterator[Member]:
    """Yield the regular members in the order of their names; links and devices go to `tally`.

    Raises DamagedError after the last readable member of a damaged or truncated archive.
    """
    entries, damage = _listed(stream, limits, tally)
    named = [(_safe(one.name, tally), one) for one in entries]
    pages = companions([name for name, _ in named])
    for name, entry in sorted(named, key=lambda pair: (pair[0].encode(*ANY), pair[1].start)):
        yield Member(name, read_chunks(stream, entry.start, entry.size), pages.get(name))
    if damage is not None:
        raise DamagedError(damage)


def _safe(name: str, tally: Tally) -> str:
    safe = safe_member(name)
    if safe != name.removeprefix("./"):
        tally.add("unsafe-name", name)
    return safe


def _listed(stream: IO[bytes], limits: Limits, tally: Tally) -> tuple[list[_Entry], str | None]:
    entries: list[_Entry] = []
    end = stream.seek(0, 2)
    stream.seek(0)
    reach = 0
    try:
        archive = tarfile.TarFile(
            fileobj=cast("IO[bytes]", _Headers(stream)), encoding="utf-8", errors="surrogateescape"
        )
        while (info := archive.next()) is not None:
            # tarfile remembers every member; a tar of many would fill the memory with them.
            archive.members = []  # type: ignore[attr-defined]
            reach = info.offset_data + info.size
            _sort(info, entries, tally)
            if len(entries) > limits.members:
                raise TooMuchError(f"It has more than {limits.members:,} members; none was kept.")
    except (tarfile.TarError, ValueError, OverflowError, OSError, EOFError, IndexError):
        return entries, CUT if reach > end else BROKEN
    return entries, None if _is_closed(stream, reach, end) else CUT


def _sort(info: tarfile.TarInfo, entries: list[_Entry], tally: Tally) -> None:
    if info.islnk() or info.issym():
        tally.add("link-not-followed", info.name)
    elif info.sparse is not None:
        tally.add("sparse-member", info.name)
    elif info.isreg():
        entries.append(_Entry(info.name, info.offset_data, info.size))
    elif not info.isdir():
        tally.add("not-a-file", info.name)


def _is_closed(stream: IO[bytes], reach: int, end: int) -> bool:
    """Say whether zeros end the tar, as they must; one cut between two members lacks them."""
    at = -(-reach // tarfile.BLOCKSIZE) * tarfile.BLOCKSIZE
    stream.seek(min(at, end))
    block = stream.read(tarfile.BLOCKSIZE)
    return len(block) == tarfile.BLOCKSIZE and not block.strip(b"\0")
