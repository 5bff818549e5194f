"""A filled-in spreadsheet comes back: sorted, cut, recoded, with formulas, twice, from elsewhere."""

import csv
import io
from contextlib import closing
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from guvoh import cli
from guvoh.casefile import journal, state
from guvoh.casefile.case import open_case
from guvoh.model.assessment import Assessment
from guvoh.protect import Release
from guvoh.publish.exports import EXPORTS
from guvoh.publish.returned import ReturnedError, returned

COLUMNS = ("Verdict", "Reliability", "Credibility", "Reason")


def sheet(release: Release, language: str = "en") -> Any:
    data = dict(EXPORTS["sheet"](release, language))["values.xlsx"]
    return openpyxl.load_workbook(io.BytesIO(data))["values"]


def fill(page: Any, row: int, *values: Any) -> None:
    """Put a verdict, reliability, credibility and reason into a row."""
    first = page.max_column - len(COLUMNS) + 1
    for at, value in enumerate(values):
        page.cell(row, first + at).value = value


def saved(page: Any) -> bytes:
    out = io.BytesIO()
    page.parent.save(out)
    return out.getvalue()


def test_rows_are_known_again_after_sorting_and_deleting(release: Release) -> None:
    page = sheet(release)
    fill(page, 3, "checked", "B", 2, "read the page")
    fill(page, 5, "independent", None, None, "asked them")
    wanted = {str(page.cell(row, 1).value).partition(":")[2] for row in (3, 5)}
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    page.delete_rows(1, page.max_row)
    for row in (rows[0], *reversed(rows[2:6])):
        page.append(row)
    found = returned(saved(page))
    assert not found.problems
    assert {one.claim for one in found.decided} == wanted
    assert sorted(one.verdict for one in found.decided) == [
        "checked",
        "credibility-2",
        "independent",
        "reliability-B",
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1251"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_table_saved_by_another_program_is_read(
    release: Release, encoding: str, mark: str
) -> None:
    page = sheet(release, "ru")
    fill(page, 2, "ПРОВЕРЕНО ", "c", "2.0", "прочитал; сверил")
    out = io.StringIO(newline="")
    for row in page.iter_rows(values_only=True, max_row=4):
        csv.writer(out, delimiter=mark).writerow(["" if v is None else v for v in row])
    found = returned(out.getvalue().encode(encoding, "replace"))
    assert [one.verdict for one in found.decided] == ["checked", "reliability-C", "credibility-2"]
    assert {one.reason for one in found.decided} == {"прочитал; сверил"}


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (("maybe", None, None, "why not"), "“maybe” is no verdict"),
        ((None, "G", None, "a letter"), "“G” is no reliability"),
        ((None, None, 7, "a digit"), "“7” is no credibility"),
        (("checked", None, None, None), "gives no reason"),
        (('=HYPERLINK("http://x.example","checked")', None, None, "read"), "formula"),
        (("checked", None, None, "=1+1"), "formula"),
    ],
)
def test_a_bad_row_gets_one_sentence(release: Release, values: tuple[Any, ...], said: str) -> None:
    page = sheet(release)
    fill(page, 2, *values)
    fill(page, 3, "checked", None, None, "read the page")
    found = returned(saved(page))
    assert len(found.problems) == 1
    assert "Row 2" in found.problems[0]
    assert said in found.problems[0]
    assert len(found.decided) == 1


def test_rows_of_one_claim_that_decide_otherwise_are_shown_and_not_taken(release: Release) -> None:
    page = sheet(release)
    rows: dict[str, list[int]] = {}
    for number in range(2, page.max_row + 1):
        rows.setdefault(str(page.cell(number, 1).value), []).append(number)
    one, other = next(numbers[:2] for numbers in rows.values() if len(numbers) > 1)
    fill(page, one, "confirm-source", None, None, "met him")
    fill(page, other, "reject-source", None, None, "nobody knows him")
    found = returned(saved(page))
    assert not found.decided
    assert f"row {one} “confirm-source”, row {other} “reject-source”" in found.problems[0]


def test_a_row_without_its_id_is_named(release: Release) -> None:
    page = sheet(release)
    fill(page, 4, "checked", None, None, "read")
    page.cell(4, 1).value = None
    assert "Row 4 has lost its hidden id" in returned(saved(page)).problems[0]


BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"\xff\xfe\x00", b"a,b\n1,2\n"])
def test_what_is_no_such_sheet_gets_one_sentence(data: bytes) -> None:
    with pytest.raises(ReturnedError) as raised:
        returned(data)
    assert str(raised.value).endswith(".")


def test_a_sheet_that_declares_entities_is_refused(release: Release) -> None:
    import zipfile

    data = io.BytesIO(saved(sheet(release)))
    with zipfile.ZipFile(data, "a") as package:
        package.writestr("xl/more.xml", BOMB)
    with pytest.raises(ReturnedError, match="entities"):
        returned(data.getvalue())


def assessed(case: Path) -> list[Assessment]:
    return list(state.fold(journal.read(open_case(case))).assessments)


def test_decisions_come_in_once_and_what_stands_is_not_overruled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GUVOH_HOME", str(tmp_path / "home"))
    reports = Path(__file__).parents[2] / "examples" / "demo" / "reports"
    folder = str(tmp_path / "case")
    source = str(reports / "severny-peleng-voditel.html")
    assert cli.main(["build", source, "--public", "--case", folder]) == 0
    assert cli.main(["publish", "sheet", str(tmp_path / "out"), "--case", folder]) == 0
    book = openpyxl.load_workbook(tmp_path / "out" / "values.xlsx")
    with closing(book):
        page = book["values"]
        fill(page, 2, "confirm-source", "B", None, "spoke to him")
        book.save(tmp_path / "filled.xlsx")
        fill(page, 2, "reject-source", "B", None, "changed my mind")
        book.save(tmp_path / "other.xlsx")
    judge = ["judge", "--case", folder, "--from"]
    capsys.readouterr()
    assert cli.main([*judge, str(tmp_path / "filled.xlsx")]) == 0
    assert capsys.readouterr().out.startswith("2 decisions taken")
    assert {one.verdict for one in assessed(tmp_path / "case")} == {
        "confirm-source",
        "reliability-B",
    }
    assert cli.main([*judge, str(tmp_path / "filled.xlsx")]) == 0
    assert capsys.readouterr().out.startswith("0 decisions taken")
    assert cli.main([*judge, str(tmp_path / "other.xlsx")]) == 1
    assert "Row 2 was not taken: “confirm-source” was decided on" in capsys.readouterr().err
    assert {one.verdict for one in assessed(tmp_path / "case")} == {
        "confirm-source",
        "reliability-B",
    }
    assert cli.main([*judge, str(tmp_path / "none.xlsx")]) == 1
    assert cli.main(["judge", "--case", folder]) == 2
