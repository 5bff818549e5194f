"""Pictures and recordings: what their metadata tells, and how alike they look."""

import random
import struct
from hashlib import sha256
from io import BytesIO

import pytest
from PIL import Image, ImageDraw, ImageEnhance

from guvoh.clean.formats import clean
from guvoh.clean.identify import identify
from guvoh.clean.media import LOOK, TOLD, UNREAD, difference
from guvoh.model.finding import Finding


def _picture(seed: int, size: tuple[int, int] = (640, 480)) -> Image.Image:
    chance = random.Random(seed)
    picture = Image.new("RGB", size, (200, 190, 170))
    draw = ImageDraw.Draw(picture)
    for _ in range(30):
        x, y = chance.randrange(size[0]), chance.randrange(size[1])
        shade = tuple(chance.randrange(256) for _ in range(3))
        draw.ellipse((x - 90, y - 60, x + 90, y + 60), fill=shade)
    return picture


def _saved(picture: Image.Image, kind: str = "JPEG", **how: object) -> bytes:
    out = BytesIO()
    picture.save(out, kind, **how)
    return out.getvalue()


def _findings(data: bytes, file: str) -> tuple[Finding, ...]:
    media_type = identify(data[:65_536], len(data), file)
    reports, findings = clean(
        sha256(data).hexdigest(), file, media_type, data, "2026-01-01T00:00:00Z"
    )
    assert reports == ()
    return findings


def _look(data: bytes, file: str = "a.jpg") -> str:
    (found,) = [one for one in _findings(data, file) if one.kind == LOOK]
    return found.for_[0]


def test_a_picture_saved_anew_looks_the_same_and_another_does_not() -> None:
    first = _picture(1)
    look = _look(_saved(first))
    again = (
        _saved(first, "PNG"),
        _saved(first, "WEBP", quality=60),
        _saved(first.resize((320, 240)), quality=40),
        _saved(ImageEnhance.Brightness(first).enhance(1.15)),
    )
    assert max(difference(look, _look(one)) for one in again) <= 6
    others = [_look(_saved(_picture(seed))) for seed in range(2, 60)]
    assert min(difference(look, other) for other in others) > 6


def test_a_photograph_that_was_turned_as_its_metadata_say_looks_the_same() -> None:
    lying = _picture(1)
    told = lying.getexif()
    told[0x0112] = 6
    turned = lying.transpose(Image.Transpose.ROTATE_270)
    assert difference(_look(_saved(lying, exif=told)), _look(_saved(turned))) <= 6
    assert difference(_look(_saved(lying)), _look(_saved(turned))) > 6


def test_what_metadata_says_is_a_finding() -> None:
    picture = _picture(1)
    told = picture.getexif()
    told[0x010F], told[0x0110], told[0x0131] = "Canon", "EOS 5D", "Editor\u202e 2"
    told.get_ifd(0x8769)[0x9003] = "2023:03:06 10:04:05"
    told.get_ifd(0x8769)[0x9011] = "+03:00"
    told.get_ifd(0x8825).update({1: "N", 2: (43.0, 6.0, 0.0), 3: "W", 4: (44.0, 30.0, 0.0)})
    (found,) = [one for one in _findings(_saved(picture, exif=told), "a.jpg") if one.kind == TOLD]
    assert found.text.startswith(
        "Its metadata says: taken 2023-03-06T10:04:05+03:00; at 43.10000, -44.50000; with Canon EOS 5D;"
    )
    assert "\u202e" not in found.text


def test_metadata_that_break_off_are_left_and_the_picture_compared() -> None:
    told = _picture(1).getexif()
    told[0x010F] = "Canon"
    whole = _saved(_picture(1), exif=told)
    at = whole.index(b"Exif\0\0") + 6
    for cut in (b"MM\0*\0\0\0\x08\xff\xff", b"II*\0\xff\xff\xff\xff", b"\0" * 10):
        data = whole[:at] + cut + whole[at + len(cut) :]
        assert LOOK in {one.kind for one in _findings(data, "a.jpg")}


def test_the_time_in_a_recordings_head_is_a_finding() -> None:
    seconds = 1_678_086_245 + 2_082_844_800
    head = struct.pack(">B3xIIII", 0, seconds, seconds, 1000, 1000) + bytes(80)
    box = struct.pack(">I4s", len(head) + 8, b"mvhd") + head
    data = b"\0\0\0\x14ftypisom\0\0\0\0isom" + struct.pack(">I4s", len(box) + 8, b"moov") + box
    kinds = {one.kind: one.text for one in _findings(data, "a.mp4")}
    assert kinds[TOLD] == "Its metadata says that it was made at 2023-03-06T07:04:05Z."
    assert "what is said in it was not read" in kinds[UNREAD]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP"])
def test_damaged_pictures_are_named(kind: str) -> None:
    data = _saved(_picture(1, (200, 150)), kind)
    for tenth in range(1, 10):
        assert _findings(data[: len(data) * tenth // 10], f"a.{kind.lower()}")
    spoilt = bytearray(data)
    for at in range(20, len(data), len(data) // 60):
        spoilt[at] ^= 0xFF
    assert _findings(bytes(spoilt), f"a.{kind.lower()}")


def test_icons_and_plain_colours_are_not_compared_and_bombs_not_unpacked() -> None:
    for picture in (Image.new("RGB", (300, 300), "white"), _picture(1, (32, 32))):
        assert not [one for one in _findings(_saved(picture, "PNG"), "a.png") if one.kind == LOOK]
    bomb = bytearray(_saved(Image.new("1", (64, 64)), "PNG"))
    bomb[16:24] = struct.pack(">II", 60_000, 60_000)
    import zlib

    bomb[29:33] = struct.pack(">I", zlib.crc32(bytes(bomb[12:29])))
    assert "too large to be compared" in " ".join(
        one.text for one in _findings(bytes(bomb), "a.png")
    )
