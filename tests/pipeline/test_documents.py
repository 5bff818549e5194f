"""Documents through a whole build, from their bytes to what is shown of them."""

import json
from pathlib import Path
from typing import Any

import pytest

from guvoh import cli

TESTS = Path(__file__).parents[1]
DOCUMENTS = TESTS / "clean" / "documents"
SAVED_PAGE = TESTS / "cases" / "formats" / "ferry.mhtml"  # by Chromium; the story is ours


def test_documents_are_built_beside_one_that_is_cut(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pile, case = tmp_path / "pile", str(tmp_path / "case")
    pile.mkdir()
    for path in (*DOCUMENTS.iterdir(), SAVED_PAGE):
        (pile / path.name).write_bytes(path.read_bytes())
    cut = (DOCUMENTS / "two.docx").read_bytes()[:2_000]
    (pile / "cut.docx").write_bytes(cut)
    assert cli.main(["build", str(pile), "--case", case, "--public"]) == 1
    err = capsys.readouterr().err
    assert "cut.docx: It is damaged or cut short, and was not read." in err
    assert "Traceback" not in err

    reports = _shown("reports", case, capsys)
    assert {one["file"] for one in reports} == {path.name for path in pile.iterdir()} - {"cut.docx"}
    page = next(one for one in reports if one["file"] == "ferry.mhtml")
    assert page["url"] == "http://calder-ledger.example/ferry"

    claims = _shown("claims", case, capsys)
    places = {one["file"]: one["laid_out_from"] for one in claims}
    assert places.keys() == {one["file"] for one in reports}
    assert places["two-chromium.pdf"][0].startswith("page ")
    assert places["two.docx"] == ["word/document.xml"]
    assert places["two.odt"] == ["content.xml"]
    assert places["two.rtf"] == ["file"]
    assert places["ferry.mhtml"] == ["part 1"]


def _shown(noun: str, case: str, capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    assert cli.main(["show", noun, "--case", case, "--json"]) == 0
    rows: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return rows
