"""A filled-in spreadsheet that came back: what a person decided, row by row, and what cannot be taken."""

import csv
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from guvoh.clean.decode import decode
from guvoh.clean.package import MOST_BYTES, PackageError, open_package, part
from guvoh.publish.sheet import ASSESSED, ROW_ID, VERDICTS
from guvoh.words import LANGUAGES, shown, words

_MOST_ROWS = 200_000
_KEY = re.compile(rf"{ROW_ID}([0-9a-f]{{16,80}})")
_ACTING = ("=", "+", "-", "@")
_SHOWN = 40  # characters of a cell in a sentence


class ReturnedError(Exception):
    """A spreadsheet cannot be read at all; the message is a sentence for the reader."""


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision of a row: `row` is its number as a spreadsheet program shows it."""

    row: int
    claim: str
    verdict: str
    reason: str


@dataclass(frozen=True, slots=True)
class Returned:
    """The decisions of a spreadsheet, each once, and a sentence for each row that was not taken."""

    decided: tuple[Decided, ...]
    problems: tuple[str, ...]


def returned(data: bytes, reason: str | None = None) -> Returned:
    """Return what was decided in a spreadsheet made by `publish sheet`, however it was sorted since.

    Rows are known by their hidden id, columns by their headings in any language. `reason` stands
    for a row that gives none. Raises ReturnedError.
    """
    rows = list(_cells(data))
    if not rows:
        raise ReturnedError("It holds no rows.")
    columns = _columns(rows[0])
    if not {"Verdict", "Reliability", "Credibility"} & columns.keys():
        raise ReturnedError(
            "Its first row names no column for verdicts. Keep the headings that `publish sheet` wrote."
        )
    decided: list[Decided] = []
    problems: list[str] = []
    for number, row in enumerate(rows[1:], 2):
        _read_row(number, row, columns, reason, (decided, problems))
    kept, clashes = _agreeing(decided)
    return Returned(tuple(kept), (*problems, *clashes))


def _read_row(
    number: int,
    row: Sequence[str],
    columns: dict[str, int],
    reason: str | None,
    found: tuple[list[Decided], list[str]],
) -> None:
    """Add what a row decides, or a sentence on why it cannot be taken; a row left blank is neither."""
    decided, problems = found
    said = {name: row[at].strip() if at < len(row) else "" for name, at in columns.items()}
    verdicts = [(name, said[name]) for name in ASSESSED if said.get(name)]
    if not verdicts:
        return
    key = next((match[1] for cell in row if (match := _KEY.search(cell))), None)
    why = said.get("Reason", "") or reason or ""
    if key is None:
        problems.append(
            f"Row {number} has lost its hidden id, so nobody knows which claim it means."
        )
        return
    if not why:
        problems.append(f"Row {number} gives no reason. Fill in the column or add --reason.")
        return
    if any(cell.startswith(_ACTING) for _, cell in verdicts) or why.startswith("="):
        problems.append(f"Row {number} has a formula where words must be, and was not taken.")
        return
    for name, cell in verdicts:
        verdict = _verdict(name, cell)
        if verdict is None:
            short = shown(cell[:_SHOWN])
            problems.append(
                f"Row {number}: “{short}” is no {name.lower()}. See docs/publishing.md."
            )
        else:
            decided.append(Decided(number, key, verdict, why))


def _verdict(column: str, cell: str) -> str | None:
    """Return the verdict that a cell means, in any case and language of the interface."""
    plain = " ".join(cell.casefold().split())
    if column == "Verdict":
        known = {one.casefold(): one for one in VERDICTS}
        for language in LANGUAGES:
            known |= {words(language).term(one).casefold(): one for one in VERDICTS}
        return known.get(plain)
    signs = {"Reliability": "abcdef", "Credibility": "123456"}[column]
    # A spreadsheet program may have made 2 a number with decimals.
    mark = plain.removeprefix(f"{column.lower()}-").removesuffix(".0")
    return f"{column.lower()}-{mark.upper()}" if len(mark) == 1 and mark in signs else None


def _agreeing(decided: Sequence[Decided]) -> tuple[list[Decided], list[str]]:
    """Return each decision once, and a sentence where rows of one claim decide otherwise."""
    sides: dict[tuple[str, str], list[Decided]] = {}
    for one in decided:
        sides.setdefault((one.claim, _side(one.verdict)), []).append(one)
    kept: list[Decided] = []
    clashes: list[str] = []
    for found in sides.values():
        if len({one.verdict for one in found}) == 1:
            kept.append(found[0])
            continue
        said = ", ".join(f"row {one.row} “{one.verdict}”" for one in found)
        clashes.append(f"Rows of one claim decide otherwise and none was taken: {said}.")
    return kept, clashes


def _side(verdict: str) -> str:
    for start in ("reliability-", "credibility-"):
        if verdict.startswith(start):
            return start
    return "checked" if verdict == "checked" else "source"


def _columns(heads: Sequence[str]) -> dict[str, int]:
    """Return where the columns that a person fills in stand, by their headings in any language."""
    known = {
        words(language)(name).casefold(): name
        for name in (*ASSESSED, "Reason")
        for language in LANGUAGES
    }
    found: dict[str, int] = {}
    for at, head in enumerate(heads):
        name = known.get(" ".join(head.casefold().split()))
        if name is not None:
            found.setdefault(name, at)
    return found


def _cells(data: bytes) -> Iterator[list[str]]:
    if not data.startswith(b"PK"):
        yield from _of_text(data)
        return
    try:
        with open_package(data) as package:
            _look_through(package)
        # What a program adds for its own use is none of ours, and openpyxl warns of each.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(BytesIO(data), data_only=False)
    except PackageError as problem:
        raise ReturnedError(str(problem)) from problem
    except (InvalidFileException, KeyError, ValueError, TypeError, OSError, SyntaxError, zipfile.BadZipFile) as problem:  # fmt: skip
        text = "It is no spreadsheet that can be read. Save it as XLSX or CSV."
        raise ReturnedError(text) from problem
    for page in book.worksheets:
        if page.max_row > _MOST_ROWS:
            raise ReturnedError(f"It has more than {_MOST_ROWS:,} rows.")
        for row in page.iter_rows(values_only=True):
            yield [_text(value) for value in row]
        return


def _look_through(package: zipfile.ZipFile) -> None:
    """Refuse parts that unpack to too much, or declare entities, which no office program writes."""
    for item in package.infolist():
        if item.file_size > MOST_BYTES:
            raise PackageError(f"Its part {shown(item.filename)} unpacks to more than is read.")
        if item.filename.endswith((".xml", ".rels")):
            head = part(package, item.filename) or b""
            if b"<!DOCTYPE" in head[:4096] or b"<!ENTITY" in head:
                raise PackageError("It declares entities, and was not read.")


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _of_text(data: bytes) -> Iterator[list[str]]:
    """Yield the rows of a CSV or tab-separated file, in whatever encoding it was saved."""
    text = decode(data).text
    head = text.partition("\n")[0]
    parting = max(";,\t", key=head.count)
    try:
        yield from csv.reader(StringIO(text, newline=""), delimiter=parting)
    except csv.Error as problem:
        raise ReturnedError("It is no table that can be read. Save it as XLSX.") from problem
