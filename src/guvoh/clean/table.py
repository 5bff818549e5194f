"""Tables (CSV, XLSX) to reports, a row each, by the columns that a person has named."""

import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from itertools import islice
from typing import NamedTuple

from lxml.etree import LxmlError

from guvoh.clean.columns import Columns
from guvoh.clean.dates import read_date
from guvoh.clean.decode import Decoded, decode
from guvoh.clean.package import MOST_BYTES, PackageError, open_package
from guvoh.clean.rendering import About, Origin, Rendering, noted
from guvoh.clean.source import Outcome, Source
from guvoh.model.finding import Finding
from guvoh.model.report import Report
from guvoh.model.text import Stated

_MOST_ROWS = 100_000
_MOST_COLUMNS = 2_000
_MARKS = ",;\t|"
_QUOTED = re.compile(r'"((?:[^"]|"")*+)"')
_UNNAMED = (
    "It is a table and was not read, for nothing says what its columns hold. Write it into a small file and "
    "build again with --columns FILE; docs/formats.md shows how."
)


class Cell(NamedTuple):
    """What a cell says, and where."""

    text: str
    at: Origin


Row = tuple[Cell, ...]


def read_csv(source: Source) -> Outcome:
    """Read a table of text; never raises. A row's report is traced to the bytes of its cells."""
    decoded = decode(source.data)
    for columns in source.columns:
        if rows := _fitting_rows(decoded, columns):
            return _read(source, {"": rows}, columns)
    return (), (noted(source, "no-columns", _UNNAMED),)


def read_xlsx(source: Source) -> Outcome:
    """Read a workbook, each sheet that has the named columns; never raises."""
    if not source.columns:
        return (), (noted(source, "no-columns", _UNNAMED),)
    try:
        package = open_package(source.data)
        if any(one.file_size > MOST_BYTES * 4 for one in package.infolist()):
            raise PackageError("A sheet of it unpacks to more than 256 MiB, and was not read.")
        sheets = _sheets(source.data)
        for columns in source.columns:
            if fits := _fitting_sheets(sheets, columns):
                return _read(source, fits, columns)
    except PackageError as problem:
        return (), (noted(source, "damaged-file", str(problem)),)
    return (), (noted(source, "no-columns", _UNNAMED),)


def rows_with(data: bytes, columns: Columns) -> Iterator[tuple[str, dict[str, list[str]]]]:
    """Yield each row of a CSV or XLSX that has the columns: its name, and what each of them holds.

    PackageError, a sentence, for a damaged workbook and where no sheet has the columns.
    """
    if data.startswith(b"PK"):
        sheets = _fitting_sheets(_sheets(data), columns)
    else:
        rows = _fitting_rows(decode(data), columns)
        sheets = {"": rows} if rows else {}
    if not sheets:
        raise PackageError("No first row of it has all the columns that were named.")
    for name, rows in sheets.items():
        places = columns.places(_texts(next(rows, ()))) or {}
        for number, row in enumerate(islice(rows, _MOST_ROWS), 2):
            yield (
                f"{name} row {number}".strip(),
                {holds: [one.text for one in cells] for holds, cells in _held(row, places).items()},
            )
        if next(rows, None) is not None:
            raise PackageError(f"It has more than {_MOST_ROWS:,} rows: split it.")


def _fitting_rows(decoded: Decoded, columns: Columns) -> Iterator[Row] | None:
    """Return the rows of a table of text, cut by the mark under which it has the columns."""
    for mark in _MARKS:
        if columns.places(_texts(next(_rows(decoded, mark), ()))) is not None:
            return _rows(decoded, mark)
    return None


def _fitting_sheets(sheets: Mapping[str, list[Row]], columns: Columns) -> dict[str, Iterator[Row]]:
    return {
        name: iter(rows)
        for name, rows in sheets.items()
        if rows and columns.places(_texts(rows[0])) is not None
    }


def _texts(row: Row) -> tuple[str, ...]:
    return tuple(cell.text for cell in row)


def _held(row: Row, places: Mapping[str, Sequence[int]]) -> dict[str, list[Cell]]:
    """Return the cells of a row that hold something, under what their columns hold."""
    return {
        holds: [row[at] for at in columns if at < len(row) and row[at].text.strip()]
        for holds, columns in places.items()
    }


_DAMAGE = (
    zipfile.BadZipFile, zlib.error, LxmlError, KeyError, ValueError, TypeError, IndexError,
    AttributeError, EOFError, OSError, NotImplementedError, SyntaxError,
)  # fmt: skip


def _sheets(data: bytes) -> dict[str, list[Row]]:
    from openpyxl import load_workbook

    found: dict[str, list[Row]] = {}
    try:
        book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
        for sheet in book.worksheets:
            sheet.reset_dimensions()
            found[sheet.title] = list(_sheet_rows(sheet.title, sheet.iter_rows(values_only=True)))
    except _DAMAGE as problem:  # openpyxl lets all of these out of damaged workbooks
        raise PackageError("It is damaged or cut short, and was not read.") from problem
    return found


def _sheet_rows(title: str, rows: Iterator[tuple[object, ...]]) -> Iterator[Row]:
    from openpyxl.utils import get_column_letter

    for number, values in enumerate(islice(rows, _MOST_ROWS + 1), 1):
        cells: list[Cell] = []
        for column, value in enumerate(values[:_MOST_COLUMNS], 1):
            said = _cell_text(value)
            place = f"{title}!{get_column_letter(column)}{number}"
            cells.append(Cell(said, Origin(place, 0, len(said))))
        if any(cell.text for cell in cells):
            yield tuple(cells)


def _cell_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        midnight = (value.hour, value.minute, value.second) == (0, 0, 0)
        return value.date().isoformat() if midnight else value.isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, date) else str(value)


def _rows(decoded: Decoded, mark: str) -> Iterator[Row]:
    """Yield the rows of a table of text (RFC 4180) with the bytes of each cell."""
    text, at, number = decoded.text, 0, 0
    plain = re.compile(rf"[^{re.escape(mark)}\r\n]*+")
    cells: list[Cell] = []
    while at <= len(text):
        quoted = _QUOTED.match(text, at) if text.startswith('"', at) else None
        found = quoted or plain.match(text, at)
        if found is None:
            return
        start, end = found.span(1 if quoted else 0)
        span = decoded.bytes(start, end)
        said = text[start:end].replace('""', '"') if quoted else text[start:end].strip()
        cells.append(Cell(said, Origin(f"row {number + 1}", span.start, span.end)))
        at = found.end()
        if quoted:  # what stands between a quotation mark and the next separator says nothing
            rest = plain.match(text, at)
            at = rest.end() if rest else at
        if text.startswith(mark, at) and len(cells) < _MOST_COLUMNS:
            at += 1
            continue
        number += 1
        if any(cell.text for cell in cells):
            yield tuple(cells)
        cells = []
        line = text.find("\n", at)
        if line < 0:
            return
        at = line + 1


def _read(source: Source, sheets: Mapping[str, Iterator[Row]], columns: Columns) -> Outcome:
    reports: list[Report] = []
    findings: list[Finding] = []
    empty = 0
    for name, rows in sheets.items():
        header = next(rows, ())
        places = columns.places(_texts(header)) or {}
        for number, row in enumerate(islice(rows, _MOST_ROWS), 2):
            part = f"{name}-row-{number}" if name else f"row-{number}"
            report = _report(source, row, places, part)
            empty += report is None
            reports += [report] if report is not None else []
        if next(rows, None) is not None:
            text = f"Only its first {_MOST_ROWS:,} rows were read. Split the table to have the rest read."
            findings.append(noted(source, "too-long", text))
    if empty:
        text = f"{empty:,} of its rows hold no text and were passed over."
        findings.append(noted(source, "rows-without-text", text, problem=False))
    if not reports:
        findings.append(noted(source, "no-text", "No row of it holds text, so nothing was read."))
    return tuple(reports), tuple(findings)


def _report(
    source: Source, row: Row, places: Mapping[str, Sequence[int]], part: str
) -> Report | None:
    held = _held(row, places)
    rendering = Rendering()
    for cell in held["text"]:
        _say(rendering, cell)
    if rendering.is_empty:
        return None

    def stated(holds: str) -> Stated | None:
        cells = held.get(holds)
        return rendering.stated(cells[0].text.strip(), cells[0].at) if cells else None

    dated = held.get("date")
    address = held.get("url", [])
    byline = stated("byline")
    published = read_date(dated[0].text) if dated else None
    about = About(
        title=stated("title"),
        publisher=stated("publisher"),
        bylines=(byline,) if byline else (),
        published=published,
        published_stated=stated("date") if published else None,
        url=next(
            (c.text.strip() for c in address if c.text.startswith(("http://", "https://"))), None
        ),
    )
    (report,), _ = rendering.report(source, part, about)
    return report


def _say(rendering: Rendering, cell: Cell) -> None:
    """Lay a cell out; a line of it is traced by itself where it stands as it is written."""
    size = len(cell.text.encode("utf-8"))
    exact = size == cell.at.last - cell.at.first
    at = cell.at.first
    for line in cell.text.split("\n"):
        length = len(line.encode("utf-8"))
        place = cell.at._replace(first=at, last=at + length) if exact else cell.at
        rendering.say(line, place)
        rendering.end_line()
        at += length + 1
    rendering.end_paragraph()
