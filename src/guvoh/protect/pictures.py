"""What stands beside a picture in its file, as text: EXIF, IPTC, XMP, comments, and what follows its end."""

from collections.abc import Iterator
from io import BytesIO

from guvoh.protect.escapes import stretches

_LOADED = 40_000_000  # pixels of a picture of which notes after its end are read too
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
