"""Members of a 7z archive, unpacked by py7zr, where it is there, in a process that can be killed."""

import importlib.util
import struct
import subprocess
import sys
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, BinaryIO

from guvoh.intake.expand import BROKEN
from guvoh.intake.found import CHUNK, DamagedError, Limits, Member, Tally, readable_by_others
from guvoh.intake.names import safe_member

if TYPE_CHECKING:
    from py7zr.io import WriterFactory

SEVENZIP = "application/x-7z-compressed"
_LIBRARY = "py7zr"
# A dictionary of 64 MiB is the largest of 7-Zip's own levels; one that asks for more than this ends.
_MEMORY = 1 << 30
_LONGEST = 4_096  # bytes of a name
_FRAME = struct.Struct(">cI")  # what follows, and its length in bytes
_NAME, _DATA, _LEFT, _END = b"n", b"d", b"l", b"e"
_ENDS = {
    "whole": None,
    "damaged": BROKEN,
    "encrypted": "It is encrypted and was not opened. Decrypt it and name what it holds.",
    "unsafe": "It has a name that points out of the archive and was not opened. Unpack it and name the folder.",
}


class UnopenedError(DamagedError):
    """What would open an archive is not installed."""

    kind = "not-opened"


def can_open() -> bool:
    """Say whether the library is installed."""
    return importlib.util.find_spec(_LIBRARY) is not None


def members(stream: IO[bytes], limits: Limits, tally: Tally) -> Iterator[Member]:
    """Yield the regular members in the order of the archive, which is packed as one stream.

    Raises UnopenedError where the library is missing, and DamagedError after what could be read.
    """
    del limits
    if not can_open():
        raise UnopenedError(
            "It is a 7z archive, and what opens one is not installed: `pip install 'guvoh[7z]'` and build "
            "it again, or unpack it and name the folder."
        )
    with (
        readable_by_others(stream) as given,
        subprocess.Popen(
            [sys.executable, "-m", "guvoh.intake.sevenzips"],
            stdin=given.fileno(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as child,
    ):
        assert child.stdout is not None  # noqa: S101  # PIPE was asked for
        try:
            yield from _members(child.stdout, tally)
        finally:
            child.kill()


def _members(told: IO[bytes], tally: Tally) -> Iterator[Member]:
    kind, body = _frame(told)
    while kind in (_NAME, _LEFT):
        if kind == _LEFT:
            tally.add("link-not-followed", body.decode())
            kind, body = _frame(told)
            continue
        after: list[tuple[bytes, bytes]] = []
        content = _content(told, after)
        yield Member(safe_member(body.decode()), content)
        for _ in content:  # what was not asked for is passed over
            pass
        kind, body = after[0]
    trouble = _trouble(kind, body)
    if trouble is not None:
        raise DamagedError(trouble)


def _trouble(kind: bytes, body: bytes) -> str | None:
    """Return what is wrong at the end; a process that is gone said nothing."""
    return _ENDS.get(body.decode(), BROKEN) if kind == _END else BROKEN


def _content(told: IO[bytes], after: list[tuple[bytes, bytes]]) -> Iterator[bytes]:
    """Yield the bytes of a member; the frame that follows them goes to `after`."""
    kind, body = _frame(told)
    while kind == _DATA:
        yield body
        kind, body = _frame(told)
    after.append((kind, body))
    if kind not in (_NAME, _LEFT) and _trouble(kind, body) is not None:
        raise DamagedError(BROKEN)


def _frame(told: IO[bytes]) -> tuple[bytes, bytes]:
    head = told.read(_FRAME.size)
    if len(head) < _FRAME.size:
        return b"", b""
    kind, size = _FRAME.unpack(head)
    return kind, told.read(min(size, CHUNK))


def _tell(out: BinaryIO, kind: bytes, body: bytes) -> None:
    out.write(_FRAME.pack(kind, len(body)) + body)


def _unpack(archive: BinaryIO, out: BinaryIO) -> str:
    """Write the members of an archive as frames; return how it ended."""
    import py7zr
    from py7zr.exceptions import AbsolutePathError, PasswordRequired

    try:
        with py7zr.SevenZipFile(archive) as opened:
            if opened.needs_password():
                return "encrypted"
            links = [one for one in opened.files if one.is_symlink or one.is_junction]
            for one in links:
                _tell(out, _LEFT, one.filename.encode("utf-8", "replace")[:_LONGEST])
            left = {one.filename for one in links}
            wanted = [
                one.filename
                for one in opened.files
                if not one.is_directory and not one.is_socket and one.filename not in left
            ]
            if wanted:
                opened.extract(targets=wanted, factory=_telling(out))
    except PasswordRequired:
        return "encrypted"
    except AbsolutePathError:
        return "unsafe"
    return "whole"


def _telling(out: BinaryIO) -> "WriterFactory":
    """Return what py7zr asks for the place of each member: one that passes its bytes on."""
    from py7zr.io import Py7zIO, WriterFactory

    class Told(Py7zIO):
        def write(self, s: bytes | bytearray) -> int:
            for at in range(0, len(s), CHUNK):
                _tell(out, _DATA, bytes(s[at : at + CHUNK]))
            return len(s)

        def read(self, size: int | None = None) -> bytes:
            del size
            return b""

        def seek(self, offset: int, whence: int = 0) -> int:
            del offset, whence
            return 0

        def flush(self) -> None:
            out.flush()

        def size(self) -> int:
            return 0

    class Telling(WriterFactory):
        def create(self, filename: str) -> Py7zIO:
            _tell(out, _NAME, filename.lstrip("/").encode("utf-8", "replace")[:_LONGEST])
            return Told()

    return Telling()


def main() -> None:
    """Unpack the archive on standard input to standard output, within bounds of memory."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    out = sys.stdout.buffer
    try:
        end = _unpack(sys.stdin.buffer, out)
    except Exception:  # noqa: BLE001  # the process boundary: said to the parent, not swallowed
        end = "damaged"
    _tell(out, _END, end.encode())
    out.flush()


if __name__ == "__main__":
    main()
