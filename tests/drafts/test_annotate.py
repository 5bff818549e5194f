"""`guvoh annotate`: a copy with comments, a summary, and no name of anyone who is protected."""

import re
import time
from pathlib import Path

import docx
import pytest

from guvoh import cli
from guvoh.protect import age

DRAFTS = Path(__file__).parents[1] / "cases" / "drafts"


def annotate(*arguments: str) -> int:
    return cli.main(["annotate", *arguments])


def test_a_copy_is_written_and_what_to_look_at_is_said(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = tmp_path / "buses.md"
    draft.write_bytes((DRAFTS / "buses.md").read_bytes())
    assert annotate(str(draft), "--case", str(case)) == 0
    said = capsys.readouterr().out
    assert re.search(r"to look at: \d+$", said, flags=re.MULTILINE)
    assert "late January" in said
    assert "[^guvoh-1]" in (tmp_path / "buses.annotated.md").read_text("utf-8")
    assert annotate(str(draft), "--case", str(case)) == 1
    assert "there already" in capsys.readouterr().err


def test_russian_remarks(case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "ru")
    out = tmp_path / "out.md"
    assert annotate(str(DRAFTS / "buses.md"), "--case", str(case), "--out", str(out)) == 0
    assert "Издания — не свидетели." in out.read_text("utf-8")


def test_what_a_version_withholds_is_not_said(case: Path, tmp_path: Path) -> None:
    """The plagiarised copy gives a man's real name; nothing of the case confirms it to a draft."""
    draft = tmp_path / "named.md"
    draft.write_text(
        "Rustam Qalandarzoda left Tajikistan in 2021, and has gutted cod since last summer.\n"
    )
    out = tmp_path / "out.md"
    assert annotate(str(draft), "--case", str(case), "--out", str(out)) == 0
    notes = out.read_text("utf-8").partition("[^guvoh-1]: ")[2]
    assert "“Rustam Qalandarzoda”: No report in the case has this name." in notes
    assert notes.count("alandarzod") == 1


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("none.md", None, "cannot be read"),
        ("empty.md", b"", "no form of draft"),
        ("blank.md", b"<!-- nothing -->\n", "no words"),
        ("broken.docx", b"PK\x03\x04 and no more", "no form of draft"),
        ("page.pdf", b"%PDF-1.7\n", "Save it as DOCX"),
    ],
)
def test_bad_drafts_get_one_sentence(
    case: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    data: bytes | None,
    said: str,
) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    assert annotate(str(tmp_path / name), "--case", str(case)) == 1
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1


def test_three_thousand_words_take_less_than_ten_seconds(case: Path, tmp_path: Path) -> None:
    sentences = [*(DRAFTS / "buses.md").read_text("utf-8").split("\n\n")[1:6]]
    made = docx.Document()
    words = 0
    while words < 3000:
        for sentence in sentences:
            made.add_paragraph(sentence)
            words += len(sentence.split())
    made.save(str(tmp_path / "long.docx"))
    begun = time.process_time()
    assert annotate(str(tmp_path / "long.docx"), "--case", str(case)) == 0
    assert time.process_time() - begun < 10


def test_no_protected_name_is_in_a_remark(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A draft names someone whom the vault protects, a passage her account; both stay out of notes."""
    monkeypatch.setenv("GUVOH_HOME", str(tmp_path / "home"))
    page = tmp_path / "page.txt"
    page.write_text(
        "Nine men taken\n\nLantern Post\n2 May 2031\n\nNine men were taken from a brickworks near Osh in "
        "late April, Zarnigor Fayzulloyeva told the Lantern Post.\n",
        encoding="utf-8",
    )
    folder = str(tmp_path / "case")
    assert cli.main(["build", str(page), "--public", "--case", folder]) == 0
    key, _ = age.generate()
    (tmp_path / "key").write_text(f"{key}\n")
    recipient = age.recipient_of(age.unwrap((tmp_path / "key").read_bytes(), None)[0])
    assert cli.main(["keyholder", "add", "ann", recipient, "--case", folder]) == 0
    (tmp_path / "person.toml").write_text('names = ["Zarnigor Fayzulloyeva"]\n', encoding="utf-8")
    draft = tmp_path / "draft.md"
    draft.write_text(
        "Zarnigor Fayzulloyeva told the Lantern Post that ten men were taken near Osh in May.\n"
    )
    person, opened = ["--person", str(tmp_path / "person.toml")], ["--key", str(tmp_path / "key")]
    assert cli.main(["seal", *person, "--case", folder, *opened]) == 0
    assert annotate(str(draft), "--case", folder) == 1
    assert "locked" in capsys.readouterr().err
    assert annotate(str(draft), "--case", folder, *opened) == 0
    notes = (tmp_path / "draft.annotated.md").read_text("utf-8").partition("[^guvoh-1]: ")[2]
    assert "“ten”" in notes
    assert "ayzulloyev" not in notes
    assert "arnigor" not in notes
