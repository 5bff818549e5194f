"""A list of one's own places: read with every report, kept with the case, its faults named."""

import json
from pathlib import Path

import pytest

from guvoh import cli

HEADING = "name\tother names\tkind\tcountry\tlatitude\tlongitude\n"
ZARYA = "Zarya ground\tZarya, полигон Заря\tfacility\tRU\t56.21\t40.42\n"


@pytest.fixture(autouse=True)
def _own_key(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUVOH_HOME", str(tmp_path_factory.mktemp("home")))


def run(*arguments: str | Path) -> int:
    return cli.main([str(argument) for argument in arguments])


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(
        "Trucks at night\n\nForty prisoners were taken to Zarya in May, the guard told Radio Obriy.\n"
    )
    return path


def places(case: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, dict[str, object]]:
    capsys.readouterr()
    assert run("show", "places", "--case", case, "--json") == 0
    return {row["name"]: row for row in json.loads(capsys.readouterr().out)}


def test_a_listed_place_is_found_and_a_rebuild_finds_it_again(
    page: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case, table = tmp_path / "case", tmp_path / "camps.tsv"
    table.write_text(HEADING + ZARYA, encoding="utf-8")
    assert run("build", page, "--case", case, "--public", "--places", table) == 0
    found = places(case, capsys)["Zarya ground"]
    assert (found["kind"], found["precision"], found["latitude"]) == ("facility", "point", 56.21)
    table.unlink()
    assert run("rebuild", "--case", case) == 0
    assert "Zarya ground" in places(case, capsys)


def test_each_row_that_cannot_be_used_is_named_and_the_rest_is_used(
    page: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case, table = tmp_path / "case", tmp_path / "camps.tsv"
    rows = "Two\tcolumns\nNowhere\t\tfacility\tRU\t999\t0\nA\t\tpalace\tRU\t1\t1\nB\t\ttown\tRussia\t1\t1\n"
    table.write_text(HEADING + rows + ZARYA, encoding="utf-8")
    assert run("build", page, "--case", case, "--public", "--places", table) == 1
    said = " ".join(capsys.readouterr().err.split())
    assert [f"Line {number} " in said for number in range(2, 7)] == [True] * 4 + [False]
    assert said.count("camps.tsv") == 4
    assert "Zarya ground" in places(case, capsys)


@pytest.mark.parametrize(
    ("content", "said"), [(HEADING.encode() + b"\xff\xfe", "UTF-8"), (b"hello\n", "no place")]
)
def test_what_is_no_list_changes_nothing(
    page: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, said: str
) -> None:
    case, table = tmp_path / "case", tmp_path / "camps.tsv"
    table.write_bytes(content)
    assert run("build", page, "--case", case, "--public", "--places", table) == 1
    complaint = capsys.readouterr().err
    assert said in complaint
    assert "Traceback" not in complaint
    assert run("show", "claims", "--case", case) == 0


def test_a_list_that_is_missing_is_said_before_anything_is_taken_in(
    page: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = tmp_path / "case"
    assert run("build", page, "--case", case, "--places", tmp_path / "no.tsv") == 1
    assert "no.tsv" in capsys.readouterr().err
    assert not case.exists()
