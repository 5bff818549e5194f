"""`seal --people`: rows of a table are sealed when a person says so, and the table stays out of the case."""

import sys
from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from guvoh import cli
from guvoh.casefile.case import Case
from guvoh.protect import age

HEADER = ["No.", "Surname", "Given name", "Also called", "Phone", "Citizenship"]
ROWS = [
    ["1", "Hamroyeva", "Dilnoza", "Dilya; D. Hamroyeva", "+992 93 555 01 17", "Tajik"],
    ["2", "Asanov", "Temir", "", "", ""],
    ["3", "", "", "the cook", "", ""],
    ["4", "Asanov", "Temir", "", "+996 555 01 22", ""],
]
COLUMNS = """name = ["Given name", "Surname"]
alias = "Also called"
contact = "Phone"
withheld = { citizenship = "Citizenship" }
"""


@pytest.fixture
def options(built: Case, tmp_path: Path) -> list[str]:
    secret, recipient = age.generate()
    key = tmp_path / "key"
    key.write_text(f"{secret}\n", encoding="utf-8")
    case = tmp_path / "case"
    page = tmp_path / "page.html"
    page.write_text("<p>Dilnoza Hamroyeva spoke to Temir Asanov.</p>", encoding="utf-8")
    assert cli.main(["build", str(page), "--public", "--case", str(case)]) == 0
    assert cli.main(["keyholder", "add", "ann", recipient, "--case", str(case)]) == 0
    (tmp_path / "columns.toml").write_text(COLUMNS, encoding="utf-8")
    return [
        "seal", "--case", str(case), "--key", str(key), "--columns", str(tmp_path / "columns.toml"),
    ]  # fmt: skip


def _csv(folder: Path) -> str:
    path = folder / "people.csv"
    path.write_text(
        "\n".join(";".join(f'"{one}"' for one in row) for row in (HEADER, *ROWS)), "utf-8"
    )
    return str(path)


def _xlsx(folder: Path) -> str:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (HEADER, *ROWS):
        sheet.append(row)
    out = BytesIO()
    book.save(out)
    path = folder / "people.xlsx"
    path.write_bytes(out.getvalue())
    return str(path)


@pytest.mark.parametrize("table", [_csv, _xlsx])
def test_every_row_is_sealed_masked_and_known_again(
    options: list[str],
    tmp_path: Path,
    table: Callable[[Path], str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = table(tmp_path)
    assert cli.main([*options, "--people", path, "--all-rows"]) == 1  # row 4 has no name
    said = capsys.readouterr()
    assert said.out.count("Sealed as P-") == 3
    assert "have no name: " in said.err
    assert "row 4." in said.err
    case = Path(options[2])
    for found in case.rglob("*"):
        if found.is_file():
            assert b"Hamroyeva" not in found.read_bytes(), found
    assert cli.main(["unseal", "all", *options[1:5]]) == 0
    shown = capsys.readouterr().out
    assert "Dilnoza Hamroyeva; Dilya; D. Hamroyeva" in shown
    assert "withheld citizenship: Tajik" in shown
    assert cli.main([*options, "--people", path, "--all-rows"]) == 1
    assert "Rows that say nothing new: 3." in capsys.readouterr().out


def test_a_person_at_the_terminal_decides_about_each_row(
    options: list[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    typed = StringIO("n\ny\nq\n")
    monkeypatch.setattr(typed, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdin", typed)
    assert cli.main([*options, "--people", _csv(tmp_path)]) == 1
    out = capsys.readouterr().out
    assert "row 2: Dilnoza Hamroyeva, also Dilya" in out
    assert out.count("Sealed as P-") == 1
    assert "Rows left out: 2." in out


def test_what_is_missing_or_wrong_is_said_in_a_sentence(
    options: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _csv(tmp_path)
    assert cli.main([*options, "--people", path]) == 1  # nobody is at a terminal
    assert "--all-rows" in capsys.readouterr().err
    assert cli.main([*options[:5], "--people", path, "--all-rows"]) == 1
    assert "--columns" in capsys.readouterr().err
    for written, says in (('alias = "Surname"', "holds the name"), ('name = "Father"', "named")):
        (tmp_path / "columns.toml").write_text(written, encoding="utf-8")
        assert cli.main([*options, "--people", path, "--all-rows"]) == 1
        assert says in capsys.readouterr().err
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 cut short")
    (tmp_path / "columns.toml").write_text('name = "Surname"', encoding="utf-8")
    assert cli.main([*options, "--people", str(broken), "--all-rows"]) == 1
    err = capsys.readouterr().err
    assert "broken.xlsx" in err
    assert "Traceback" not in err
