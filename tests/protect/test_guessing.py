"""Whoever guesses who is masked, makes the same pages and builds them cannot tell a right guess from a wrong one."""

import hashlib
import re
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing
from itertools import chain
from pathlib import Path

import pytest

from guvoh import cli
from guvoh.protect import age

PAGE = """<!doctype html><html lang="en"><head><title>Nine men taken - Lantern Post</title>
<meta property="og:site_name" content="Lantern Post">
<meta property="article:published_time" content="2031-05-02T08:00:00+02:00"></head><body><article><h1>Nine men
taken</h1><p>Nine men were taken from a brickworks near Osh in late April, {who} told the Lantern Post. “They took my
husband's passport first,” she said.</p><p>According to {who}, soldiers were driving them to the border.</p>
</article></body></html>"""
ACCOUNT = "{who} told us in May that nine men were taken from the brickworks near Osh.\n\n“They came at night.”\n"
RIGHT, WRONG = "Zarnigor Fayzulloyeva", "Mohinbonu Ziyovuddino"
DECISIONS = """keep = ["Osh", "May", "brickworks"]
teller = "she"
[people.she]
names = ["{who}"]
[consent]
purposes = ["publication"]
"""
_HEX = re.compile(rb"[0-9a-f]{12,128}")
_NUMBER = re.compile(rb"[0-9]{7,20}")  # shorter ones are counts and places in a text
_LONGEST = 64  # bytes of a digest


def run(*arguments: str | Path) -> int:
    return cli.main([str(argument) for argument in arguments])


def written(folder: Path, who: str) -> tuple[Path, Path]:
    folder.mkdir()
    page, account = folder / "page.html", folder / "account.txt"
    page.write_text(PAGE.format(who=who), encoding="utf-8")
    account.write_text(ACCOUNT.format(who=who), encoding="utf-8")
    return page, account


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return a case in which everything is sealed, with its sources, and two in which a guess was built."""
    folder = tmp_path_factory.mktemp("guessing")
    secret, recipient = age.generate()
    key, person, decisions = folder / "key", folder / "person.toml", folder / "decisions.toml"
    key.write_text(secret)
    page, account = written(folder / "right", RIGHT)
    sealed = folder / "sealed"
    assert run("build", page, "--public", "--case", sealed) == 0
    assert run("keyholder", "add", "ann", recipient, "--case", sealed) == 0
    person.write_text(f'names = ["{RIGHT}"]\ncontacts = ["+992 93 555 01 17"]')
    assert run("seal", "--person", person, "--case", sealed, "--key", key) == 0
    decisions.write_text(DECISIONS.format(who=RIGHT))
    private = ("--private", "--decisions", decisions, "--case", sealed, "--key", key)
    assert run("build", account, *private) == 0
    assert run("publish", "dataset", folder / "out", "--case", sealed, "--key", key) == 0
    assert run("checkpoint", "--case", sealed) == 0
    found = {"sealed": sealed}
    for name, who in (("right guess", RIGHT), ("wrong guess", WRONG)):
        sources = (page, account) if who == RIGHT else written(folder / "wrong", who)
        found[name] = folder / name
        assert run("build", *sources, "--public", "--case", found[name]) == 0
    return found


def numbers(case: Path) -> Iterator[bytes]:
    """Yield all that a store holds as one value: digests as whole numbers, as bytes, within others."""
    for store in case.glob("*.sqlite"):
        with closing(sqlite3.connect(store)) as db:
            names = db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            for row in chain.from_iterable(
                db.execute(f'SELECT * FROM "{name}"') for (name,) in names
            ):
                for cell in row:
                    if isinstance(cell, int):
                        yield str(cell).encode()
                    elif isinstance(cell, bytes):
                        yield from _NUMBER.findall(cell)
                        yield cell if len(cell) <= _LONGEST else b""


def tokens(case: Path) -> set[bytes]:
    """Return everything in a case that may be a digest: in files, their names, and stores."""
    found = set(numbers(case))
    for path in case.rglob("*"):
        found.update(_HEX.findall(str(path.relative_to(case)).encode()))
        if path.is_file():
            found.update(_HEX.findall(path.read_bytes().lower()))
    return found


def test_a_right_guess_has_nothing_in_common_that_a_wrong_one_has_not(
    cases: dict[str, Path],
) -> None:
    sealed, right, wrong = (tokens(cases[one]) for one in ("sealed", "right guess", "wrong guess"))
    assert len(right) > 100
    assert right != wrong
    assert sealed & right - wrong == set()


def texts(case: Path) -> Iterator[bytes]:
    """Yield what a guess would be tried with: files, their texts, passages, names, and parts of these."""
    folder = case.parent / "right"
    for name in (RIGHT, *RIGHT.split(), "+992 93 555 01 17"):
        yield from (name.encode(), name.lower().encode(), name.encode("utf-16-le"))
    for path in folder.iterdir():
        yield path.read_bytes()
        yield path.name.encode()
        yield path.read_text("utf-8").strip().encode()
    for body in (PAGE.format(who=RIGHT), ACCOUNT.format(who=RIGHT)):
        yield from (one.strip().encode() for one in re.split(r"<[^>]*>|\n\n", body) if RIGHT in one)
    with closing(sqlite3.connect(case.parent / "right guess" / "derived.sqlite")) as db:
        for (text,) in db.execute("SELECT text FROM searchable"):
            yield text.encode()
            yield from (one.encode() for one in re.split(r"(?<=[.”]) |\n", text))


def digests(data: bytes) -> Iterator[bytes]:
    """Yield digests of all kinds; shorter ones are their beginnings, but of BLAKE, which knows its length."""
    for name in sorted(hashlib.algorithms_guaranteed):
        made = hashlib.new(name, data)
        yield made.digest(32) if name.startswith("shake") else made.digest()  # type: ignore[call-arg]
    for size in (8, 16, 20, 32):
        yield hashlib.blake2b(data, digest_size=size).digest()
        yield hashlib.blake2s(data, digest_size=size).digest()


def test_no_file_holds_a_digest_of_what_is_protected(cases: dict[str, Path]) -> None:
    case = cases["sealed"]
    every = {text for text in texts(case) if text}
    made = {digest[:8]: text for text in every for digest in digests(text)}
    sums = {one for text in every for one in sums_of(text)}
    assert len(made) > 500
    for path in case.rglob("*"):
        data = (
            str(path.relative_to(case)).encode()
            + b"\n"
            + (path.read_bytes() if path.is_file() else b"")
        )
        for run_ in (
            data,
            *(bytes.fromhex(one[: len(one) & ~1].decode()) for one in _HEX.findall(data.lower())),
        ):
            assert not [
                made[run_[at : at + 8]] for at in range(len(run_) - 7) if run_[at : at + 8] in made
            ], path
        assert not [one for one in sums if one in data], path


def sums_of(data: bytes) -> Iterator[bytes]:
    for number in (zlib.crc32(data), zlib.adler32(data)):
        yield from (f"{number:08x}".encode(), f"{number}".encode())
