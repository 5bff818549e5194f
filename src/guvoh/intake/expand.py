"""Compressed streams expanded in bounded pieces; what comes before damage is kept."""

import bz2
import lzma
import zlib
from collections.abc import Callable, Iterable, Iterator

from guvoh.intake.found import CHUNK, DamagedError

_XZ_MEMORY = 256 << 20  # bytes that an xz file may ask for; `xz -9` asks for 65 MiB
CUT = "It is cut short; what came out before was kept."
BROKEN = "It is damaged; what came out before the damage was kept."


class _Zlib:
    """zlib with the interface of bz2 and lzma."""

    def __init__(self, window: int) -> None:
        self._z = zlib.decompressobj(window)

    def decompress(self, data: bytes, max_length: int) -> bytes:
        return self._z.decompress(self._z.unconsumed_tail + data, max_length)

    @property
    def needs_input(self) -> bool:
        return not self._z.unconsumed_tail

    @property
    def eof(self) -> bool:
        return self._z.eof

    @property
    def unused_data(self) -> bytes:
        return self._z.unused_data


_Expander = _Zlib | bz2.BZ2Decompressor | lzma.LZMADecompressor

# How a stream is opened, and the bytes with which a further stream in the same file begins.
_KINDS: dict[str, tuple[Callable[[], _Expander], bytes]] = {
    "deflate": (lambda: _Zlib(-15), b""),
    "bzip2": (bz2.BZ2Decompressor, b""),
    "application/gzip": (lambda: _Zlib(31), b"\x1f\x8b"),
    "application/x-bzip2": (bz2.BZ2Decompressor, b"BZh"),
    "application/x-xz": (lambda: lzma.LZMADecompressor(memlimit=_XZ_MEMORY), b"\xfd7zXZ"),
}
COMPRESSED = tuple(kind for kind in _KINDS if "/" in kind)


def expanded(chunks: Iterable[bytes], kind: str) -> Iterator[bytes]:
    """Yield what a compressed stream holds, at most 1 MiB at a time.

    `kind` is "deflate" (raw) or "bzip2" for one stream, or the media type of gzip, bzip2 or xz,
    whose files may hold several streams; rubbish after the last one is ignored. Raises
    DamagedError after all that could be read.
    """
    opened, again = _KINDS[kind]
    stream: _Expander | None = opened()
    data = b""
    try:
        for chunk in chunks:
            data += chunk
            while True:
                if stream is None:
                    if len(data) < len(again):
                        break
                    if not data.startswith(again):
                        return
                    stream = opened()
                piece = stream.decompress(data, CHUNK)
                data = b""
                if piece:
                    yield piece
                if stream.eof:
                    if not again:
                        return
                    data, stream = stream.unused_data, None
                elif stream.needs_input and len(piece) < CHUNK:
                    break
    except (zlib.error, OSError, EOFError, lzma.LZMAError) as problem:
        raise DamagedError(BROKEN) from problem
    if stream is not None:
        raise DamagedError(CUT)
