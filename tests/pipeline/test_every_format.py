"""A folder with one real file of each format, built as a user builds it: text, date, people, places."""

import shutil
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from guvoh import cli
from guvoh.casefile import captures, derived, tables
from guvoh.casefile.case import open_case
from guvoh.model.report import Report
from guvoh.model.text import RunKind, Span

TESTS = Path(__file__).parents[1]
# LibreOffice and Chromium wrote the documents, Chromium the saved page, wget the crawl, Python's own
# libraries the mail and the CSV, openpyxl the workbook, Pillow the picture. The chats follow the exports.
SOURCES = (
    *(TESTS / "clean" / "documents").iterdir(),
    *(TESTS / "cases" / "formats" / "chats").iterdir(),
    *(
        one
        for one in (TESTS / "cases" / "formats" / "pile").iterdir()
        if one.name != "columns.toml"
    ),
    TESTS / "cases" / "formats" / "ferry.mhtml",
    TESTS / "cases" / "formats" / "calder.warc.gz",
)
COLUMNS = TESTS / "cases" / "formats" / "pile" / "columns.toml"


@dataclass(frozen=True)
class Expected:
    """Words of a report, its day, and a voice that its claims name ("" for none)."""

    words: str
    day: str | None
    voice: str = ""


EXPECTED = {
    "two.docx": Expected("had taken the passports of seven men", "2031-05-12", "brother"),
    "two.rtf": Expected("had taken the passports of seven men", "2031-05-12", "brother"),
    "Inbox!/2.eml!/письмо о рабочих.odt": Expected("the passports of seven men", "2031-05-12", "brother"),
    "two-chromium.pdf": Expected("had taken the passports of seven men", "2031-05-12", "brother"),
    "two-libreoffice.pdf": Expected("had taken the passports of seven men", "2031-05-12", "brother"),
    "ferry.mhtml": Expected("ferry", "2024-05-14"),
    "Inbox!/1.eml": Expected("eleven workers of the second shift", "2031-05-08", "gatekeeper"),
    "Inbox!/2.eml": Expected("denied on Friday that any worker was missing", "2031-05-09", "Anton Vell"),
    "Inbox!/2.eml#quoted-1": Expected("eleven workers of the second shift", "2031-05-08", "gatekeeper"),
    "letter.eml": Expected("её брата увезли из карьера 4 мая", "2031-05-10", "Ольга Петрова"),
    "talk.vtt": Expected("eleven men of the second shift", None, "Pavel Osk"),
    "film.srt": Expected("nobody had left the quarry", None, "mayor"),
    "press.csv#row-2": Expected("turned back at the quarry's gate", "2031-05-09", "driver"),
    "press.xlsx#Press-row-2": Expected("telephoned once from a depot", "2031-05-11", "Ruza Imre"),
    "result.json#message-2": Expected('"nobody" was taken', "2023-03-06", "mayor"),
    "messages.html#2023-03-06-11": Expected('"twelve" miners', "2023-03-06", "Daler"),
    "messages.html#message-12": Expected("nobody was taken on Monday", "2023-03-06", "mayor"),
    "_chat.txt#2023-03-06-2": Expected("twelve miners were taken", "2023-03-06", "Daler R"),
    "WhatsApp Chat with Miners.txt#2023-2": Expected("I was there", "2023"),
}  # fmt: skip


@dataclass(frozen=True)
class Built:
    case: Path
    reports: dict[str, Report]
    claims: list[dict[str, Any]]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    pile, case = tmp_path_factory.mktemp("pile"), tmp_path_factory.mktemp("made") / "case"
    for path in SOURCES:
        shutil.copy(path, pile / path.name)
    (pile / "two.odt").unlink()  # it comes attached to a message, too
    status = cli.main(
        ["build", str(pile), "--columns", str(COLUMNS), "--case", str(case), "--public"]
    )
    assert status == 1  # the picture is named
    with closing(derived.connect_reader(open_case(case))) as db:
        reports = {one.file: one for one in tables.every(db, tables.REPORT)}
        readings = list(tables.every(db, tables.READING))
    files = {one.id: one.file for one in reports.values()}
    claims = [
        {"file": files[reading.report], "chain": [link.name for link in claim.chain]}
        for reading in readings
        for claim in reading.claims
    ]
    return Built(case, reports, claims)


@pytest.mark.parametrize("file", EXPECTED)
def test_text_day_and_voices_are_as_expected(file: str, built: Built) -> None:
    expected = EXPECTED[file]
    report = built.reports[file]
    assert expected.words in report.text
    assert (report.published or "")[:10] == (expected.day or "")
    voices = [name for one in built.claims if one["file"] == file for name in one["chain"]]
    if expected.voice:
        assert any(expected.voice in name for name in voices), voices


def test_pages_of_the_crawl_are_there_by_address(built: Built) -> None:
    found = {one.url: one.text for one in built.reports.values() if one.file.startswith("calder")}
    assert "twelve miners were taken aboard" in found["http://127.0.0.1:8765/index.html"]
    assert len(found) == 2


def test_every_word_of_every_report_is_traced(built: Built) -> None:
    case = open_case(built.case)
    for report in built.reports.values():
        data = captures.read(case, report.capture)
        at = 0
        for word in report.text.split():
            at = report.text.index(word, at)
            span = Span(at, at + len(word))
            place = report.map.bytes_of(span, report.text)
            assert place.end > place.start, (report.file, word)
            if report.map.pieces:
                assert report.map.pieces_of(span, report.text), (report.file, word)
            at += len(word)
        if report.map.pieces:
            continue
        for run in report.map.runs:
            if run.kind is RunKind.EXACT:
                said = data[run.bytes.start : run.bytes.end].decode(report.map.encoding)
                assert said == report.text[run.text.start : run.text.end]
