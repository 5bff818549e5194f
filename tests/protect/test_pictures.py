"""Names in what is noted beside a picture."""

import io
import zlib

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from guvoh.protect.pictures import hidden_beside, said_beside

PACKET = b'<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/">Karimov</x:xmpmeta>'


def picture(kind: str = "JPEG", **more: object) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (8, 8)).save(made, kind, **more)
    return made.getvalue()


def exif(tag: int, value: object) -> Image.Exif:
    made = Image.Exif()
    made[tag] = value
    return made


def iptc(said: bytes) -> bytes:
    told = b"\x1c\x02\x50" + len(said).to_bytes(2, "big") + said
    block = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + len(told).to_bytes(4, "big") + told
    plain = picture()
    return plain[:2] + b"\xff\xed" + (len(block) + 2).to_bytes(2, "big") + block + plain[2:]


def noted(said: str, *, packed: bool) -> PngInfo:
    made = PngInfo()
    made.add_itxt("Author", said, zip=packed)
    return made


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (picture(exif=exif(0x013B, "Karimov")), "Karimov"),
        (picture(exif=exif(0x9C9D, "Каримов".encode("utf-16-le"))), "Каримов"),
        (picture(comment=b"Karimov"), "Karimov"),
        (picture(xmp=PACKET), "Karimov"),
        (iptc(b"Karimov"), "Karimov"),
        (picture() + b"Karimov", "Karimov"),
        (picture("PNG", pnginfo=noted("Каримов", packed=True)), "Каримов"),
        (picture("WEBP", xmp=PACKET), "Karimov"),
        (picture("GIF", comment=b"Karimov"), "Karimov"),
        (picture("TIFF", tiffinfo={270: "Karimov"}), "Karimov"),
    ],
    ids=[
        "author",
        "author in Cyrillic",
        "comment",
        "XMP",
        "IPTC",
        "after its end",
        "packed",
        "WEBP",
        "GIF",
        "TIFF",
    ],
)
def test_what_is_noted_beside_a_picture_is_read(data: bytes, name: str) -> None:
    assert name in (said_beside(data) or "")


def test_a_damaged_picture_says_nothing() -> None:
    assert said_beside(b"\x89PNG\r\n\x1a\n") is None
    assert said_beside(b"") is None


def chunk(kind: bytes, said: bytes) -> bytes:
    return len(said).to_bytes(4, "big") + kind + said + zlib.crc32(kind + said).to_bytes(4, "big")


@pytest.mark.parametrize(
    "data",
    [
        picture("PNG")[:33] + chunk(b"prVt", b"Karimov") + picture("PNG")[33:],
        picture("PNG") + b"Karimov",
        picture("WEBP") + b"NOTE\x08\0\0\0Karimov.",
        picture("GIF") + b"Karimov",
        picture("BMP") + b"Karimov",
        picture("JPEG")[:2] + b"\xff\xe9\0\x09Karimov" + picture("JPEG")[2:],
        picture(icc_profile=bytes(128) + b"Karimov"),
    ],
    ids=["chunk of nobody", "after a PNG", "WebP", "GIF", "BMP", "APP9", "profile of colours"],
)
def test_a_name_is_found_where_readers_of_pictures_do_not_look(data: bytes) -> None:
    assert "Karimov" in hidden_beside(data)
    assert "Karimov" not in hidden_beside(picture("PNG"))
