"""Inputs that are damaged, lie, or are made to harm, each with what is said of it; a table that is a test."""

import io
import tarfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

ENGLISH = (
    "The miners of the upper valley went down the shaft before dawn, and their foreman, who kept the"
    " list, said that nobody had asked them whether they wished to go at all. "
)
RUSSIAN = (
    "Шахтёры верхней долины спустились в забой ещё до рассвета, и их бригадир, который вёл список,"
    " сказал, что никто не спросил их согласия. "
)


@dataclass(frozen=True)
class Bad:
    """An input, what is said of it, and whether it is a problem and is read all the same.

    `about` names the file of which it is said, where it is not the input itself: what lies in it, or
    "+" where more is said of it besides.
    """

    data: bytes
    says: str
    problem: bool = True
    read: bool = True
    about: str = ""


def page(inside: str, head: str = "") -> str:
    return f"<html><head>{head}<title>Sent down</title></head><body>{inside}</body></html>"


def article(sentence: str) -> str:
    return f"<p>{sentence}</p>\n" * 6


def damaged(junk: bytes) -> bytes:
    return (RUSSIAN * 3).encode() + junk + (RUSSIAN * 3).encode()


def zipped(members: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, how)
    return out.getvalue()


def linked() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
        inside = tarfile.TarInfo("inside.txt")
        inside.size = len(ENGLISH) + 2
        archive.addfile(inside, io.BytesIO(b"4 " + ENGLISH.encode()))
    return out.getvalue()


BAD: dict[str, Callable[[], Bad]] = {
    "latin1.html": lambda: Bad(
        page(article(RUSSIAN), "<meta charset=iso-8859-1>").encode(),
        "declares cp1252 but its bytes are utf-8",
        problem=False,
    ),
    "cp1251.html": lambda: Bad(
        page(article(RUSSIAN), "<meta charset=utf-8>").encode("cp1251"),
        "declares utf-8 but its bytes are cp1251",
        problem=False,
    ),
    "utf16.txt": lambda: Bad((RUSSIAN * 6).encode("utf-16-le"), "", problem=False),
    "bad-bytes.txt": lambda: Bad(damaged(b"\xff\xfe"), "2 characters could not be read"),
    "odd-bytes.txt": lambda: Bad(
        ENGLISH.encode() + b"\xff\xfe" + ENGLISH.encode(), "its bytes were read as", problem=False
    ),
    "surrogate.txt": lambda: Bad(damaged(b"\xed\xa0\x80"), "3 characters could not be read"),
    "nul.txt": lambda: Bad(damaged(b"\0\0"), "2 characters could not be read"),
    "one-line.txt": lambda: Bad(
        (ENGLISH * (50_000_000 // len(ENGLISH))).encode(), "Only the first"
    ),
    "nested.html": lambda: Bad(
        ("<html><body>" + "<div>" * 100_000 + article(ENGLISH) + "</body></html>").encode(),
        "too big or too damaged",
        problem=False,
    ),
    "bomb.zip": lambda: Bad(
        zipped({"zeros.txt": bytes(300_000_000)}), "made to fill a disk", read=False
    ),
    "slip.zip": lambda: Bad(
        zipped({"../../slipped.txt": b"5 " + ENGLISH.encode()}), "point out of the archive", problem=False
    ),
    "links.tar": lambda: Bad(linked(), "Links were not followed", read=False),
    "empty.html": lambda: Bad(b"", "It is empty", read=False),
    "truncated.html": lambda: Bad(
        page(article(ENGLISH)).encode()[:700], "ends before its own end", problem=False
    ),
    "picture.html": lambda: Bad(
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "It is damaged or no picture", read=False
    ),
    "no-end.zip": lambda: Bad(zipped({"a.txt": ENGLISH.encode() * 90})[:150], "", read=False),
    "line\nbreak.txt": lambda: Bad(ENGLISH.encode(), "characters that act on a screen", problem=False),
    "bidi\u202etxt.exe.txt": lambda: Bad(
        b"1 " + ENGLISH.encode(), "characters that act on a screen", problem=False
    ),
    "<b>bold.txt": lambda: Bad(b"2 " + ENGLISH.encode(), "", problem=False),
    "n" * 251 + ".txt": lambda: Bad(b"3 " + ENGLISH.encode(), "", problem=False),
}  # fmt: skip
