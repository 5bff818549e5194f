"""Inputs made to harm or to lie, each with what is said of it; the second half of the battery."""

import bz2
import gzip
import hashlib
import io
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable

from .battery import RUSSIAN, Bad, article, page, zipped

# In Russian, for which no trained reader is asked: a hundred English texts would take minutes of it.
TEXT = RUSSIAN.encode()
STORY = article(RUSSIAN)


def text(number: int, before: str = "", after: str = "") -> bytes:
    """Return a story that no other case holds, byte for byte."""
    return f"{before}{RUSSIAN * 2}{after} Number {number}.".encode()


def packed(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)


def fine(data: bytes, says: str = "", *, problem: bool = False) -> Bad:
    return Bad(data, says, problem=problem)


def left(data: bytes, says: str, *, problem: bool = True, about: str = "") -> Bad:
    return Bad(data, says, problem=problem, read=False, about=about)


def tarred(*members: tuple[str, bytes, bytes, str]) -> bytes:
    """Return a tar of (name, type, data, target)."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, kind, data, target in members:
            info = tarfile.TarInfo(name)
            info.type, info.linkname, info.size = kind, target, len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def locked_zip() -> bytes:
    data = bytearray(zipped({"secret.txt": TEXT}))
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + place] |= 1
    return bytes(data)


def overlapping_zip() -> bytes:
    """Return a zip whose list names one packed member a thousand times (D. Fifield, 2019)."""
    whole = zipped({"a.txt": bytes(1 << 20)})
    start = whole.index(b"PK\x01\x02")
    end = whole.index(b"PK\x05\x06")
    entry = whole[start:end]
    listed = b"".join(entry[:46] + b"%05d" % number for number in range(1_000))
    closing = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1_000, 1_000, len(listed), start, 0)
    return whole[:start] + listed + closing


def nested_zip() -> bytes:
    data = zipped({"deepest.txt": text(20)})
    for number in range(7):
        data = zipped({f"{number}.zip": data})
    return data


def docx(body: bytes, before: bytes = b"") -> bytes:
    start = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    whole = before + start + b"<w:body>" + body + b"</w:body></w:document>"
    return zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": whole})


def paragraph(words: bytes) -> bytes:
    return b"<w:p><w:r><w:t>" + words + b"</w:t></w:r></w:p>"


def png(width: int, height: int, data: bytes = b"") -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(data))
        + chunk(b"IEND", b"")
    )


def crawl(body: bytes, head: bytes = b"") -> bytes:
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + head + b"\r\n" + body
    fields = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Target-URI: http://x.example/\r\n"
        b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n"
        % len(block)
    )
    return fields + block + b"\r\n\r\n"


def rc4(key: bytes, data: bytes) -> bytes:
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def locked_pdf() -> bytes:
    """Return a PDF that asks for a password (ISO 32000-1, 7.6.3, revision 2)."""
    pad = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
    secret = (b"open sesame" + pad)[:32]
    owner = rc4(hashlib.md5(secret).digest()[:5], secret)
    mark = bytes(range(16))
    rights = struct.pack("<i", -4)
    user = rc4(hashlib.md5(secret + owner + rights + mark).digest()[:5], pad)
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>",
        b"<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>"
        % (owner.hex().encode(), user.hex().encode()),
    )
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj" % number + body + b"endobj\n"
    table = len(out)
    out += b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % at for at in places)
    ids = mark.hex().encode()
    out += b"trailer<</Size 5/Root 1 0 R/Encrypt 4 0 R/ID[<%s><%s>]>>\nstartxref\n%d\n%%%%EOF" % (
        ids,
        ids,
        table,
    )
    return bytes(out)


MAIL = b"From: a@x.example\r\nMessage-ID: <1@x>\r\nMIME-Version: 1.0\r\n"
ODD = "characters that act on a screen"
OUT = "point out of the archive"
DAMAGED_DOCX = docx(paragraph(b" ".join(b"%d" % (n * n) for n in range(3_000))))

HOSTILE: dict[str, Callable[[], Bad]] = {
    # What a browser would run, were it let through to a page.
    "script.html": lambda: fine(page(STORY + "<script>alert(1)</script><img src=x onerror=alert(2)>").encode()),
    "svg-inside.html": lambda: fine(page(STORY + "<svg onload=alert(3)><script>alert(4)</script></svg>").encode()),
    "js-link.html": lambda: fine(page(STORY + "<p><a href='javascript:alert(5)'>more of it here</a></p>").encode()),
    "vb-link.html": lambda: fine(page(STORY, "<link rel=canonical href='javascript:alert(6)'>").encode()),
    "frame.html": lambda: fine(page(STORY + "<iframe srcdoc='<script>alert(7)</script>'></iframe>").encode()),
    "title.html": lambda: fine(page(STORY + " 7", "<meta property=og:title content='<script>alert(8)</script>'>").encode()),
    "byline.txt": lambda: fine(text(8, "Sent down\nBy <img src=x onerror=alert(9)>\n\n")),
    "markup.txt": lambda: fine(text(9, "", "\n\n<script>alert(10)</script> said the foreman on Monday.\n")),
    "base.html": lambda: fine(page(STORY + " 9", "<base href='//evil.example/'><meta http-equiv=refresh content='0;url=//e'>").encode()),
    "picture.svg": lambda: left(b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(11)</script></svg>", "It is a picture"),
    "<script>alert(12)<.txt": lambda: fine(text(12)),
    "\"onmouseover=alert(13) '.txt": lambda: fine(text(13)),
    "javascript:alert(14).txt": lambda: fine(text(14)),
    "%2e%2e%2fetc.txt": lambda: fine(text(15)),
    "=cmd|calc!A1.txt": lambda: fine(text(16)),
    # Names and words that act on a screen or look like others.
    "red\x1b[31m.txt": lambda: fine(text(17), ODD),
    "zero\u200bwidth.txt": lambda: fine(text(18), ODD),
    "tag\U000e0041.txt": lambda: fine(text(19), ODD),
    "\u0440\u0430ypal.txt": lambda: fine(text(21)),
    "CON.txt": lambda: fine(text(22)),
    "aux": lambda: fine(text(23)),
    "LPT1.html": lambda: fine(page(STORY + " 24").encode()),
    "ends in a dot.": lambda: fine(text(25)),
    "-rf.txt": lambda: fine(text(26)),
    "escape-inside.txt": lambda: fine(text(27, "\x1b[2J\x1b]0;owned\x07")),
    "bidi-inside.txt": lambda: fine(text(28, "\u202eevil \u2066")),
    # Archives.
    "bomb.gz": lambda: left(packed(bytes(100 << 20)), "made to fill a disk"),
    "bomb.bz2": lambda: left(bz2.compress(bytes(100 << 20)), "made to fill a disk"),
    "overlap.zip": lambda: left(overlapping_zip(), "made to fill a disk"),
    "nested.zip": lambda: left(nested_zip(), "archives deep", about="nested.zip!/6.zip!/5.zip!/4.zip!/3.zip!/2.zip"),
    "slip.tar": lambda: left(tarred(("../../out.txt", tarfile.REGTYPE, text(30), "")), OUT, problem=False),
    "root.tar": lambda: left(tarred(("/etc/passwd", tarfile.REGTYPE, text(31), "")), OUT, problem=False),
    "windows.zip": lambda: left(zipped({"..\\..\\evil.txt": text(32)}), OUT, problem=False),
    "drive.zip": lambda: left(zipped({"C:/evil.txt": text(33)}), OUT, problem=False),
    "device.tar": lambda: left(tarred(("null", tarfile.CHRTYPE, b"", "")), "Devices, pipes"),
    "pipe.tar": lambda: left(tarred(("pipe", tarfile.FIFOTYPE, b"", "")), "Devices, pipes"),
    "hard.tar": lambda: left(tarred(("link", tarfile.LNKTYPE, b"", "/etc/shadow")), "Links were not followed"),
    "locked.zip": lambda: left(locked_zip(), "encrypted"),
    "cut.tar": lambda: left(tarred(("a.txt", tarfile.REGTYPE, text(34) * 9, ""))[:1_200], "cut short"),
    "cut.gz": lambda: left(packed(bytes(range(256)) * 40)[:100], "cut short"),
    "bomb.warc.gz": lambda: left(
        packed(crawl(packed(b"<p>" + b" " * (40 << 20)), b"Content-Encoding: gzip\r\n")),
        "longer than 16 MB", about="bomb.warc.gz#1",
    ),
    "lie.warc": lambda: left(crawl(b"<p>x").replace(b"Length: ", b"Length: 99"), "not whole", about="lie.warc#1"),
    "noise.warc": lambda: left(b"WARC/1.0\r\n" + b"x" * 300_000, "could not be read"),
    # Documents.
    "locked.pdf": lambda: left(locked_pdf(), "encrypted and asks for a password"),
    "lie.pdf": lambda: left(b"%PDF-1.7\nthis is no PDF", "damaged beyond"),
    "lie.docx": lambda: left(b"PK\x03\x04[Content_Types].xml word/document.xml", "damaged or cut short"),
    "cut.docx": lambda: left(DAMAGED_DOCX[: len(DAMAGED_DOCX) // 2], "damaged or cut short"),
    "bomb.docx": lambda: left(docx(paragraph(b" " * (65 << 20))), "unpacks to more than 64 MiB"),
    "laughs.docx": lambda: left(docx(paragraph(b"&b;"), b'<!DOCTYPE a [<!ENTITY b "bb">]>'), "declares entities"),
    "deep.docx": lambda: left(docx(b"<w:p>" * 500 + b"<w:t>x</w:t>" + b"</w:p>" * 500), "nests too deep"),
    "deep.rtf": lambda: left(b"{\\rtf1 " + b"{" * 100_000, "nests too deep"),
    "empty.odt": lambda: left(zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}, zipfile.ZIP_STORED), "no text of a document"),
    "old.doc": lambda: left(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "save it as .docx"),
    "program.exe": lambda: left(b"MZ\x90\0" + bytes(range(32)) * 30, "No reader for the format"),
    "large.png": lambda: left(png(60_000, 60_000), "too large to be compared", about="+"),
    "cut.png": lambda: left(png(300, 300, bytes(11_700))[:60], "damaged or no picture"),
    # Mail, chats, tables, subtitles.
    "locked.eml": lambda: left(MAIL + b"Content-Type: application/pkcs7-mime\r\n\r\nMIIB", "Decrypt it"),
    "deep.eml": lambda: left(MAIL + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n" * 3_000, "no words of its own"),
    "noise.mbox": lambda: left(b"From x\nFrom: a@x\nSubject: b\n" + b"\0" * 30, ""),
    "deep.json": lambda: left(b'{"messages":[{"id":1,"type":"message","date":"2023-01-01T00:00:00","text":' + b"[" * 90_000, "no export of a chat"),
    "quotes.csv": lambda: left(b'Name,Text\n"' + b'x""' * 200_000, "nothing says what its columns hold"),
    "noise.vtt": lambda: left(b"WEBVTT\n\n" + b"<v " * 60_000, "no words with the times"),
    # Text that makes a careless pattern run for ever.
    "brackets.txt": lambda: fine(text(50, "", "\n\n" + "[(" * 5_000), problem=True),
    "colons.txt": lambda: fine(text(51, "", "\n\n" + "a: " * 5_000), problem=True),
    "dates.txt": lambda: fine(text(52, "", "\n\n" + "1-" * 5_000), problem=True),
    "quotes.txt": lambda: fine(text(53, "", "\n\n" + "“" * 5_000), problem=True),
    "spaces.txt": lambda: fine(text(54, "", "\n\n" + " \t" * 20_000 + "x"), problem=True),
    "capitals.txt": lambda: fine(text(55, "", "\n\n" + "Aa " * 5_000), problem=True),
    "numbers.txt": lambda: fine(text(56, "", "\n\n" + "1,000 " * 4_000), problem=True),
    "comments.html": lambda: fine(page(STORY + " 57" + "<!--" * 50_000).encode(), problem=True),
    "attributes.html": lambda: fine(page(STORY + " 58<p " + "a=b " * 100_000 + ">x</p>").encode(), problem=True),
    "entities.html": lambda: fine(page(STORY + " 59" + "&#x41;" * 30_000).encode(), problem=True),
    "lists.html": lambda: fine(page(STORY + " 60" + "<ul><li>" * 5_000).encode(), problem=True),
}  # fmt: skip
