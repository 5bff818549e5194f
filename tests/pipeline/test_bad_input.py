"""One build over everything that can be wrong with input: each named once, and the rest goes on."""

import io
import json
import resource
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from guvoh.casefile import captures
from guvoh.casefile.case import open_case

LINUX = sys.platform == "linux"
ENGLISH = (
    "The miners of the upper valley went down the shaft before dawn, and their foreman, who kept the"
    " list, said that nobody had asked them whether they wished to go at all. "
)
RUSSIAN = (
    "Шахтёры верхней долины спустились в забой ещё до рассвета, и их бригадир, который вёл список,"
    " сказал, что никто не спросил их согласия. "
)
MOST_SECONDS = 400.0  # wall clock, on a slow and busy machine
MOST_MEMORY = 1_500_000_000  # bytes of the largest process


@dataclass(frozen=True)
class Bad:
    """An input, what is said of it, and whether it is a problem and is read all the same."""

    data: bytes
    says: str
    problem: bool = True
    read: bool = True


def page(inside: str, head: str = "") -> str:
    return f"<html><head>{head}<title>Sent down</title></head><body>{inside}</body></html>"


def article(sentence: str) -> str:
    return f"<p>{sentence}</p>\n" * 6


def damaged(junk: bytes) -> bytes:
    return (RUSSIAN * 3).encode() + junk + (RUSSIAN * 3).encode()


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
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


@dataclass(frozen=True)
class Built:
    case: Path
    errors: str
    reports: dict[str, Any]
    findings: list[dict[str, Any]]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build one folder that holds them all, a good page among them, in a process of its own."""
    if not LINUX:
        pytest.skip("other systems refuse some of these names")
    source, case = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("made") / "case"
    for name, make in BAD.items():
        (source / name).write_bytes(make().data)
    (source / "good.html").write_text(page(article(ENGLISH)), "utf-8")
    (source / "sub").mkdir()
    (source / "sub" / "loop").symlink_to(source)
    home = str(tmp_path_factory.mktemp("home"))
    guvoh = [sys.executable, "-m", "guvoh"]
    environment = {"GUVOH_HOME": home, "PYTHONPATH": str(Path(__file__).parents[2] / "src")}
    done = subprocess.run(
        [*guvoh, "build", str(source), "--case", str(case), "--public"],
        env=environment, capture_output=True, text=True, timeout=MOST_SECONDS, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 < MOST_MEMORY

    def shown(what: str) -> list[dict[str, Any]]:
        told = subprocess.run(
            [*guvoh, "show", what, "--case", str(case), "--json"],
            env=environment, capture_output=True, text=True, check=True,
        )  # fmt: skip
        found: list[dict[str, Any]] = json.loads(told.stdout)
        return found

    reports = {row["file"]: row for row in shown("reports")}
    return Built(case, " ".join(done.stderr.split()), reports, shown("findings"))


@pytest.mark.parametrize("name", BAD, ids=[ascii(name)[1:30] for name in BAD])
def test_bytes_are_kept_one_sentence_is_said_and_the_rest_goes_on(name: str, built: Built) -> None:
    bad = BAD[name]()
    kept = {captures.read(open_case(built.case), digest) for digest in _named(built, name)}
    assert kept == {bad.data}
    said = [row for row in built.findings if row["file"] == name and row["step"] != "reading"]
    assert (name in built.reports) == (bad.read and not name.endswith(".zip"))
    if not bad.says:
        assert bad.problem or not said
        return
    assert [bad.says in row["text"] for row in said] == [True]
    assert (bad.says in built.errors) == bad.problem


def _named(built: Built, name: str) -> list[str]:
    told = subprocess.run(
        [sys.executable, "-m", "guvoh", "show", "captures", "--case", str(built.case), "--json"],
        env={"PYTHONPATH": str(Path(__file__).parents[2] / "src")},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [row["capture"] for row in json.loads(told.stdout) if name in row["files"]]


def test_the_good_page_and_what_lies_in_archives_are_read(built: Built) -> None:
    assert built.reports["good.html"]["text"].startswith("The miners of the upper valley")
    assert {"slip.zip!/slipped.txt", "links.tar!/inside.txt"} <= built.reports.keys()
    assert "sub/loop" in built.errors
    assert "miners" not in built.errors
    assert "Шахтёры" not in built.errors
    assert built.reports["utf16.txt"]["text"].startswith("Шахтёры верхней долины")
    assert built.reports["utf16.txt"]["language"] == "ru"
