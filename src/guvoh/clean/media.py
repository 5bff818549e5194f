"""Pictures, sound and video: kept unread, with what their metadata tells and how a picture looks."""

import struct
import warnings
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from guvoh.clean.source import Outcome, Source
from guvoh.model.finding import Finding
from guvoh.words import shown

if TYPE_CHECKING:
    from PIL import Image

STEP = "media"
UNREAD, LOOK, TOLD = "unread", "picture-hash", "metadata"
PICTURES = (
    "image/png", "image/jpeg", "image/gif", "image/tiff", "image/webp", "image/bmp", "image/heic",
    "image/heif", "image/avif", "image/vnd.microsoft.icon", "image/svg+xml",
)  # fmt: skip
RECORDINGS = (
    "audio/mpeg", "audio/flac", "audio/ogg", "audio/amr", "audio/vnd.wave", "audio/mp4",
    "video/mp4", "video/quicktime", "video/3gpp", "video/x-matroska", "video/x-flv", "video/mpeg",
    "video/vnd.avi",
)  # fmt: skip
_OPENED = {
    "image/png": "PNG", "image/jpeg": "JPEG", "image/gif": "GIF", "image/tiff": "TIFF",
    "image/webp": "WEBP", "image/bmp": "BMP", "image/avif": "AVIF",
}  # fmt: skip
_MOST_PIXELS = 120_000_000
_SMALLEST = 64  # pixels of a side; icons and rules look alike
_FLATTEST = 12  # of 256 shades between the darkest and the lightest of 72 fields
_MP4 = frozenset({"video/mp4", "video/quicktime", "video/3gpp", "audio/mp4"})
_EPOCH_1904 = 2_082_844_800  # seconds from 1904 to 1970 (ISO/IEC 14496-12, 8.2.2)


def read_media(source: Source) -> Outcome:
    """Say what can be told of a picture or recording without reading it; never raises."""
    text = (
        "It is a picture: words in it are read with --ocr alone, or from a transcript beside it under the "
        "same name (poster.png, poster.txt)."
        if source.media_type in PICTURES
        else "It is a recording, and what is said in it was not read. Put a transcript beside it under the "
        "same name (talk.mp3, talk.srt)."
    )
    findings = [Finding(STEP, UNREAD, text, file=source.file, problem=True)]
    kind = _OPENED.get(source.media_type)
    if kind is not None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of what is damaged and reads on
            told = list(_of_picture(source, kind))
        findings = told if any(one.kind == "damaged-file" for one in told) else [*findings, *told]
    if source.media_type in _MP4:
        moment = _made(source.data)
        if moment is not None:
            findings.append(
                _found(source, TOLD, f"Its metadata says that it was made at {moment}.")
            )
    return (), tuple(findings)


def difference(one: str, other: str) -> int:
    """Return in how many of 64 bits two pictures' hashes differ."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


def _found(source: Source, kind: str, text: str, *for_: str, problem: bool = False) -> Finding:
    return Finding(STEP, kind, text, file=source.file, for_=for_, problem=problem)


# What Pillow lets out of damaged and hostile files; its own UnidentifiedImageError is an OSError.
_DAMAGE = (OSError, ValueError, SyntaxError, KeyError, TypeError, IndexError, struct.error,
           EOFError, OverflowError, ZeroDivisionError, AttributeError, RuntimeError)  # fmt: skip


def _of_picture(source: Source, kind: str) -> Iterator[Finding]:
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # bounded below, before anything is unpacked
    try:
        with Image.open(BytesIO(source.data), formats=(kind,)) as picture:
            width, height = picture.size
            if width * height > _MOST_PIXELS:
                text = (
                    f"It is a picture of {width:,} × {height:,} pixels, too large to be compared."
                )
                yield _found(source, "too-large", text, problem=True)
                return
            told = _told(picture)
            if told:
                yield _found(source, TOLD, f"Its metadata says: {'; '.join(told)}.")
            look = _hash(picture) if min(width, height) >= _SMALLEST else None
            if look is not None:
                text = f"How it looks, in 64 bits (dHash): {look}."
                yield _found(source, LOOK, text, look)
    except _DAMAGE:
        yield _found(
            source,
            "damaged-file",
            "It is damaged or no picture: its bytes are kept, nothing was read.",
            problem=True,
        )


def _hash(picture: "Image.Image") -> str | None:
    """Return which of 9 × 8 fields are darker than their neighbour (dHash, N. Krawetz 2013).

    A phone leaves a photograph lying and notes how to turn it; programs that pass it on turn it.
    """
    from PIL import ImageOps
    from PIL.ExifTags import Base
    from PIL.Image import Resampling

    picture.draft("L", (256, 256))
    if picture.getexif().get(Base.Orientation, 1) != 1:
        picture = ImageOps.exif_transpose(picture)
    small = picture.convert("L").resize((9, 8), Resampling.BOX)
    shades = list(small.tobytes())
    if max(shades) - min(shades) < _FLATTEST:
        return None
    bits = 0
    for row in range(8):
        for column in range(8):
            at = row * 9 + column
            bits = bits << 1 | (shades[at] < shades[at + 1])
    return f"{bits:016x}"


def _told(picture: "Image.Image") -> list[str]:
    """Return what a picture's metadata (EXIF 2.32) says of when, where and with what it was made."""
    from PIL.ExifTags import IFD, Base

    data = picture.getexif()
    more = data.get_ifd(IFD.Exif)
    told: list[str] = []
    taken = str(more.get(Base.DateTimeOriginal) or data.get(Base.DateTime) or "")
    if len(taken) >= 19 and taken[4] == ":" and taken[:4].isdecimal():
        zone = str(more.get(Base.OffsetTimeOriginal) or "")[:6]
        told.append(f"taken {taken[:10].replace(':', '-')}T{taken[11:19]}{shown(zone)}")
    place = _place(data.get_ifd(IFD.GPSInfo))
    if place:
        told.append(f"at {place}")
    made = " ".join(str(data.get(tag, "")).strip("\0 ") for tag in (Base.Make, Base.Model)).strip()
    if made:
        told.append(f"with {shown(made[:80])}")
    program = str(data.get(Base.Software, "")).strip("\0 ")
    if program:
        told.append(f"saved by {shown(program[:80])}")
    return told


def _place(told: dict[int, object]) -> str | None:
    """Return latitude and longitude in degrees."""
    from PIL.ExifTags import GPS

    found: list[float] = []
    for tag, reference, negative in (
        (GPS.GPSLatitude, GPS.GPSLatitudeRef, "S"),
        (GPS.GPSLongitude, GPS.GPSLongitudeRef, "W"),
    ):
        parts = told.get(tag)
        if not isinstance(parts, tuple) or len(parts) != 3:
            return None
        degrees, minutes, seconds = (float(part) for part in parts)
        whole = degrees + minutes / 60 + seconds / 3600
        found.append(-whole if told.get(reference) == negative else whole)
    if not (abs(found[0]) <= 90 and abs(found[1]) <= 180):
        return None
    return f"{found[0]:.5f}, {found[1]:.5f}"


def _made(data: bytes) -> str | None:
    """Return the time in the head of an MP4 or QuickTime file, where it is not left at zero."""
    from datetime import UTC, datetime

    for name, start, end in _boxes(data, 0, len(data)):
        if name != b"moov":
            continue
        for inner, first, _ in _boxes(data, start, end):
            if inner == b"mvhd" and first + 16 <= len(data):
                wide = data[first] == 1
                size = 8 if wide else 4
                seconds = int.from_bytes(data[first + 4 : first + 4 + size], "big") - _EPOCH_1904
                if 0 < seconds < 4_102_444_800:
                    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return None


def _boxes(data: bytes, at: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Yield name and contents of boxes that follow one another."""
    for _ in range(10_000):
        if at + 8 > end:
            return
        size, head = int.from_bytes(data[at : at + 4], "big"), 8
        if size == 1 and at + 16 <= end:
            size, head = int.from_bytes(data[at + 8 : at + 16], "big"), 16
        size = size or end - at
        if size < head:
            return
        yield data[at + 4 : at + 8], at + head, min(at + size, end)
        at += size
