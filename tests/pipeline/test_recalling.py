"""What one report withholds and another supplies: only the latter is read again, and all is as in a rebuild."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from guvoh import cli
from guvoh.casefile import derived
from guvoh.casefile.case import open_case
from guvoh.lineage.relate import relate
from guvoh.lineage.side import Side
from guvoh.model.lineage import Derivation
from guvoh.pipeline import relating
from guvoh.pipeline.workers import Workers

from .test_withholding import COPY, FIRST, FORMS

OTHER = FIRST.replace("Timur", "Anton").replace("brickworks near Osh", "sawmill near Talas")
STANDING = (
    "The Hill Gazette is printed every Thursday by its readers and for them. Whoever has seen something "
    "may write to the box at the old post office, and nobody will be asked who brought the letter there."
)
APART = {
    "market.txt": (
        "Salt was dear at the market on Friday. Three carts came over the pass, two of them empty, and the "
        "women of the upper street went home with what they had brought. Nobody could say why the carters "
        "had turned back, and the inn was full until the morning."
    ),
    "ferry.txt": (
        "The ferry will not cross until the ice is gone. Its owner has painted the hull green and waits for "
        "a rope from the city. Children skate around it after school, and an old man sells them tea out of "
        "a kettle that he keeps warm under his coat."
    ),
}
BROUGHT = {"first.html": FIRST, "other.html": OTHER, "copy.html": COPY}


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return how many captures were handed to those who clean and read, each time that some were."""
    monkeypatch.setenv("GUVOH_HOME", str(tmp_path / "home"))
    handed: list[int] = []
    map_ = Workers[Any, Any].map

    def noted(self: Workers[Any, Any], items: Sequence[Any]) -> Iterator[tuple[int, Any]]:
        handed.extend([len(items)] if items else [])
        return map_(self, items)

    monkeypatch.setattr(Workers, "map", noted)
    for name, page in BROUGHT.items():
        (tmp_path / name).write_text(page, encoding="utf-8")
    return handed


def build(case: Path, *names: str) -> str:
    """Add these files to the case; return the digest of what stands then."""
    files = [str(case.parent / name) for name in names]
    assert cli.main(["build", *files, "--public", "--case", str(case)]) == 0
    with closing(derived.connect_reader(open_case(case))) as db:
        return derived.digest(db)


def test_only_what_is_masked_is_read_again(
    read: list[int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = tmp_path / "case"
    build(case, "first.html", "other.html")
    standing = build(case, "copy.html")
    assert read == [2, 1, 1]
    capsys.readouterr()
    assert cli.main(["rebuild", "--case", str(case)]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == standing
    assert read == [2, 1, 1, 3]


def test_what_was_compared_in_vain_is_not_compared_again(
    read: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pages that share a standing text derive from nothing, and need not be looked at twice."""
    compared: list[tuple[str, str]] = []

    def noted(one: Side, other: Side) -> Derivation | None:
        compared.append((one.report.file, other.report.file))
        return relate(one, other)

    monkeypatch.setattr(relating, "relate", noted)
    for name, what in APART.items():
        (tmp_path / name).write_text(f"{what}\n\n{STANDING}\n", encoding="utf-8")
    case = tmp_path / "case"
    build(case, "first.html", *APART)
    assert ("market.txt", "ferry.txt") in compared or ("ferry.txt", "market.txt") in compared
    compared.clear()
    build(case, "copy.html")
    assert {name for pair in compared for name in pair} & {"first.html", "copy.html"}
    assert not any(set(pair) <= set(APART) for pair in compared)


def test_nothing_is_left_of_the_store_that_was_put_away(read: list[int], tmp_path: Path) -> None:
    """Not even where an earlier build was killed before it took it away: it holds the name."""
    case = tmp_path / "case"
    build(case, "first.html", "copy.html")
    former = open_case(case).former
    assert not former.exists()
    former.write_bytes(FORMS[0])
    build(case, "other.html")
    assert not former.exists()
