"""Tables: rows are reports by the columns that a person has named, and nothing is guessed."""

from datetime import date
from hashlib import sha256
from io import BytesIO

import pytest
from openpyxl import Workbook

from guvoh.clean.columns import ColumnsError, read_columns
from guvoh.clean.formats import clean
from guvoh.clean.identify import identify
from guvoh.clean.source import Outcome
from guvoh.model.text import Span

COLUMNS = 'text = ["Lead", "Body"]\ntitle = "Headline"\npublisher = "OUTLET"\ndate = "Published"\nurl = "Link"\n'
ROWS = [
    ["Headline", "Outlet", "Published", "Link", "Lead", "Body", "Notes"],
    ["Ferry left", "Calder Ledger", "2023-03-06", "https://l.example/1", "The ferry left.", 'The mayor said: "No,\nnobody."', "x"],
    ["Empty", "Calder Ledger", "2023-03-07", "", "", "", "y"],
    ["Паром", "Газета", "7 марта 2023", "none", "", "Паром ушёл; капитан молчит.", ""],
]  # fmt: skip


def _clean(data: bytes, file: str, columns: str | None = COLUMNS) -> Outcome:
    media_type = identify(data[:65_536], len(data), file)
    named = (read_columns(columns),) if columns else ()
    digest = sha256(data).hexdigest()
    return clean(digest, file, media_type, data, "2026-01-01T00:00:00Z", columns=named)


def _csv(mark: str = ",") -> str:
    def cell(words: str) -> str:
        return '"' + words.replace('"', '""') + '"' if set(words) & set('",;\n') else words

    return "".join(mark.join(cell(one) for one in row) + "\r\n" for row in ROWS)


def _xlsx() -> bytes:
    book = Workbook()
    other = book.active
    assert other is not None
    other.title = "Contacts"
    other.append(["Name", "Phone"])
    sheet = book.create_sheet("Press")
    for row in ROWS:
        sheet.append([date(2023, 3, 6) if one == "2023-03-06" else one for one in row])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
def test_rows_of_text_are_reports_traced_to_their_cells(mark: str, encoding: str) -> None:
    data = _csv(mark).encode(encoding)
    (first, second), findings = _clean(data, "press.csv")
    assert [one.kind for one in findings] == ["rows-without-text"]
    assert first.file == "press.csv#row-2"
    assert first.text == 'The ferry left.\n\nThe mayor said: "No,\nnobody."'
    assert (first.title and first.title.text, first.publisher and first.publisher.text) == (
        "Ferry left",
        "Calder Ledger",
    )
    assert (first.published, first.url) == ("2023-03-06", "https://l.example/1")
    assert (second.text, second.published, second.url) == (
        "Паром ушёл; капитан молчит.",
        "2023-03-07",
        None,
    )
    at = second.text.index("капитан")
    (piece,) = second.map.pieces_of(Span(at, at + 7), second.text)
    assert piece.part == "row 4"
    if encoding.startswith("utf-8"):
        assert data[piece.first : piece.last].decode() == "капитан"


def test_rows_of_a_workbook_are_reports_traced_to_their_cells() -> None:
    (first, second), _ = _clean(_xlsx(), "press.xlsx")
    assert first.file == "press.xlsx#Press-row-2"
    assert first.published == "2023-03-06"
    assert second.text == "Паром ушёл; капитан молчит."
    (piece,) = first.map.pieces_of(Span(4, 9), first.text)
    assert (piece.part, piece.first, piece.last) == ("Press!E2", 4, 9)


@pytest.mark.parametrize("columns", [None, 'text = "Story"'])
def test_without_fitting_columns_nothing_is_guessed(columns: str | None) -> None:
    for data, file in ((_csv().encode(), "press.csv"), (_xlsx(), "press.xlsx")):
        reports, (finding,) = _clean(data, file, columns)
        assert reports == ()
        assert finding.problem
        assert "--columns FILE" in finding.text


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("text = ", "not TOML"),
        ('title = "A"', "which column holds the text"),
        ('text = "A"\nwitness = "B"', "reports have none"),
        ("text = 3", "must name a column"),
        ('text = "A"\ndate = ["B", "C"]', "one column only"),
    ],
)
def test_a_wrong_file_of_columns_is_refused_in_words(written: str, says: str) -> None:
    with pytest.raises(ColumnsError, match=says):
        read_columns(written)


def test_damaged_and_hostile_tables_are_read_as_far_as_they_go_or_named() -> None:
    for data, file in ((_csv().encode(), "a.csv"), (_xlsx(), "a.xlsx")):
        for tenth in range(1, 10):
            reports, findings = _clean(data[: len(data) * tenth // 10], file)
            assert reports or findings
        spoilt = bytearray(data)
        for at in range(60, len(data), max(len(data) // 30, 1)):
            spoilt[at] ^= 0xFF
        reports, findings = _clean(bytes(spoilt), file)
        assert reports or findings
    wide = ("Headline," * 100_000 + "Body\n").encode()
    assert _clean(wide, "wide.csv", 'text = "Body"')[1]
    quote = b'Body\n"' + b'x""' * 300_000
    assert _clean(quote, "quote.csv", 'text = "Body"')[0]
