import gzip
import io
import tarfile
import zipfile

import pytest

from guvoh.clean.identify import identify, mislabelled, suggested


def zipped(*names: str, first: bytes = b"x") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name in names:
            archive.writestr(name, first)
    return out.getvalue()


def tarred(format_: int) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=format_) as archive:
        archive.addfile(tarfile.TarInfo("a.txt"))
    return out.getvalue()


V7 = bytearray(tarred(tarfile.USTAR_FORMAT))
V7[257:265] = b"\0" * 8
V7[148:156] = b"%06o\0 " % (sum(V7[:148]) + 256 + sum(V7[156:512]))

PROSE = b"River town counts its men\n\nThe mayor said, on Friday, that thirty had gone.\n"
CASES: list[tuple[bytes, str, str]] = [
    (b"", "a.html", "application/x-empty"),
    (b"<!DOCTYPE html><html><p>x", "a", "text/html"),
    (b"  \n<!-- saved from url=(0001) -->\n<HTML><body>", "a.txt", "text/html"),
    (b"\xef\xbb\xbf<html>", "a", "text/html"),
    ("<html><body>слово</body>".encode("utf-16"), "a", "text/html"),
    ("<html><body>слово</body></html>".encode("utf-16-le"), "a", "text/html"),
    (b'<?xml version="1.0"?><!DOCTYPE html><html>', "a", "text/html"),
    (b'<?xml version="1.0"?><TimeML>', "a.tml", "application/xml"),
    (b"Words, then <p>one</p>", "a.html", "text/html"),
    (PROSE + b'x 240w" alt="a" src="b"/>', "a.txt", "text/plain"),
    (PROSE, "a.txt", "text/plain"),
    (PROSE, "a", "text/plain"),
    (PROSE, "a.md", "text/plain"),
    (PROSE, "a.html", "text/plain"),
    (PROSE + b"\0", "a.txt", "text/plain"),
    ("Город считает мужчин. ".encode("cp1251") * 9, "a.txt", "text/plain"),
    ("Город считает мужчин. ".encode("utf-16-le") * 9, "a.txt", "text/plain"),
    (b"%PDF-1.7\n", "a.txt", "application/pdf"),
    (gzip.compress(b"x", mtime=0), "a", "application/gzip"),
    (gzip.compress(b"WARC/1.0\r\n", mtime=0), "a.gz", "application/warc"),
    (b"WARC/1.0\r\nWARC-Type: warcinfo", "a", "application/warc"),
    (zipped("a.txt"), "a.docx", "application/zip"),
    (zipped("[Content_Types].xml", "word/document.xml"), "a.zip", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (zipped("[Content_Types].xml", "xl/workbook.xml"), "a", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (zipped("mimetype", first=b"application/epub+zip"), "a", "application/epub+zip"),
    (zipped("mimetype", first=b"application/vnd.oasis.opendocument.text"), "a", "application/vnd.oasis.opendocument.text"),
    (tarred(tarfile.GNU_FORMAT), "a", "application/x-tar"),
    (tarred(tarfile.PAX_FORMAT), "a", "application/x-tar"),
    (bytes(V7), "a", "application/x-tar"),
    (b"\x89PNG\r\n\x1a\n\0\0", "a.jpg", "image/png"),
    (b"\xff\xd8\xff\xe0", "a", "image/jpeg"),
    (b"RIFF\0\0\0\0WEBPVP8 ", "a", "image/webp"),
    (b"RIFF\0\0\0\0WAVEfmt ", "a", "audio/vnd.wave"),
    (b"\0\0\0\x20ftypheic", "a", "image/heic"),
    (b"\0\0\0\x20ftypisom", "a", "video/mp4"),
    (b"\0\0\0\x20ftypM4A ", "a", "audio/mp4"),
    (b"OggS\0", "a", "audio/ogg"),
    (b"ID3\x04", "a", "audio/mpeg"),
    (b"SQLite format 3\0", "a", "application/vnd.sqlite3"),
    (b'{"a": 1}', "a", "application/json"),
    (b'{"a": 1}\n{"a": 2}\n', "a", "application/jsonl"),
    (b"[1] A note in brackets, and prose after it.\nMore prose.\n", "a.txt", "text/plain"),
    (b"{not json} but prose", "a.txt", "text/plain"),
    (b"year,region,n\n2019,north,4\n2020,north,5\n2021,south,1\n", "a", "text/csv"),
    (b"a\tb\tc\n1\t2\t3\n1\t2\t3\n1\t2\t3\n", "a", "text/tab-separated-values"),
    (b"one; two; three\n" * 9, "a", "text/plain"),
    (b"Received: by x\r\nFrom: a@example.org\r\nSubject: s\r\n\r\nbody", "a", "message/rfc822"),
    (b"From a@example.org Mon\nReceived: by x\nMessage-ID: <1>\n\nb", "a", "application/mbox"),
    (b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\r\n", "a.mhtml", "multipart/related"),
    (b"Subject: a talk\nDate: Friday\nProse follows.\n", "a.txt", "text/plain"),
    (b"BEGIN:VCARD\nFN:A\n", "a", "text/vcard"),
    (b"WEBVTT\n\n00:01.000 --> ", "a", "text/vtt"),
    (b"1\n00:00:01,000 --> 00:00:02,000\nHello\n", "a", "application/x-subrip"),
    (b"body { color: red }", "a.css", "text/css"),
    (b"\x7fELF\x02", "a.html", "application/x-executable"),
    (bytes(range(256)) * 4, "a.txt", "application/octet-stream"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "file", "expected"), CASES)
def test_identify(data: bytes, file: str, expected: str) -> None:
    assert identify(data, len(data), file) == expected


def test_a_head_is_enough() -> None:
    whole = b"[" + b'{"a": "b"}, ' * 20_000 + b"1]"
    assert identify(whole[:65_536], len(whole), "a.bin") == "application/json"


@pytest.mark.parametrize(
    ("file", "media_type", "expected"),
    [
        ("a.html", "text/html", False),
        ("a.pdf", "text/html", True),
        ("a.txt", "application/pdf", True),
        ("a.html", "text/plain", True),
        ("a.txt", "text/html", True),
        ("a.txt", "text/csv", False),
        ("a", "text/html", False),
        ("a.unknown", "text/html", False),
        ("a.html", "application/x-empty", False),
        ("b.d/.html", "text/plain", False),
    ],
)
def test_mislabelled(file: str, media_type: str, expected: bool) -> None:
    assert mislabelled(file, media_type) is expected


def test_suggested() -> None:
    assert suggested("a/b.HTML") == "text/html"
    assert suggested("x.warc.gz") == "application/warc"
    assert suggested("html") is None
