"""What stands beside a picture in its file, as text: EXIF, IPTC, XMP, comments, and what follows its end."""

import struct
from collections.abc import Iterator
from io import BytesIO

from guvoh.protect.escapes import stretches

_LOADED = 40_000_000  # pixels of a picture of which notes after its end are read too
_PIXELS = (b"IDAT", b"fdAT", b"VP8 ", b"VP8L", b"ALPH", b"ANMF")
_END = b"\xff\xd9"  # of a JPEG
_COLOURS = "icc_profile"


def said_beside(data: bytes) -> str | None:
    """Return all texts of a picture's metadata, None where it cannot be opened; what it shows is not read."""
    from PIL import Image

    try:
        with Image.open(BytesIO(data)) as picture:
            if picture.format == "PNG" and picture.width * picture.height <= _LOADED:
                picture.load()  # what is written behind the picture is known only then
            found = [text for value in _values(picture) for text in _texts(value)]
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    if data[:2] == b"\xff\xd8":
        found += stretches(data[data.rfind(_END) + 2 :])
    return "\n".join(dict.fromkeys(found))


def hidden_beside(data: bytes) -> str:
    """Return texts in a picture's file where readers of pictures do not look: unknown chunks, what follows its end."""
    found: list[str] = []
    for kind, content in _chunks(data):
        if kind not in _PIXELS:
            found += stretches(content)
    return "\n".join(dict.fromkeys(found))


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the chunks of a PNG, WebP or JPEG; of these, of a GIF and BMP what follows the end; others whole."""
    at = 0
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        at = 8
        while at + 12 <= len(data):
            length, kind = struct.unpack_from(">I4s", data, at)
            yield kind, data[at + 8 : at + 8 + length]
            at += 12 + length
            if kind == b"IEND":
                break
    elif data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        at = 12
        while at + 8 <= len(data):
            kind, length = struct.unpack_from("<4sI", data, at)
            yield kind, data[at + 8 : at + 8 + length]
            at += 8 + length + length % 2
    elif data[:2] == b"\xff\xd8":
        at = 2
        while data[at : at + 1] == b"\xff" and data[at + 1 : at + 2] not in (b"\xda", b""):
            length = int.from_bytes(data[at + 2 : at + 4], "big")
            yield b"APP", data[at + 4 : at + 2 + length]
            at += 2 + max(length, 2)
        return
    elif data[:3] == b"GIF":
        at = data.rfind(b"\x00;") + 2
    elif data[:2] == b"BM":
        at = int.from_bytes(data[2:6], "little")
    yield b"", data[at:]


def _values(picture: object) -> Iterator[object]:
    info = getattr(picture, "info", {})
    yield from (value for key, value in info.items() if key != _COLOURS)
    yield from (value for name, value in getattr(picture, "applist", ()) if name != "APP2")
    yield picture.getexif().tobytes()  # type: ignore[attr-defined]


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, bytes):
        yield from stretches(value)
    elif isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
