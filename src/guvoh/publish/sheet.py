"""The spreadsheet: one row per value of an event and claim behind it, with columns to assess in."""

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from guvoh.model.event import Event, Value
from guvoh.pages.picture import outlet
from guvoh.pages.render import event_order
from guvoh.protect import Release
from guvoh.publish.account import count
from guvoh.publish.ids import published_id
from guvoh.words import words

VERDICTS = ("checked", "independent", "confirm-source", "reject-source")
# What a spreadsheet's XML may not hold (XML 1.0, section 2.2).
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
ASSESSED = (
    "Verdict",
    "Reliability",
    "Credibility",
)  # columns that a person fills in, with a reason
ROW_ID = (
    "claim:"  # before a claim's id in the hidden column, so that no program takes it for a number
)
_HEADS = ("Row", "Event", "Detail", "Value", "Original sources", "Chain", "Stance", "Outlet", "Published", "Language", "Passage", "Address", *ASSESSED, "Reason")  # fmt: skip
_WIDTHS = (8, 34, 10, 26, 10, 34, 10, 20, 12, 8, 60, 30, 16, 11, 11, 30)
_CHOICES = {
    "Verdict": VERDICTS,
    "Reliability": tuple("ABCDEF"),
    "Credibility": tuple("123456"),
}
_CELL = 32_000  # characters; a cell of XLSX holds 32,767
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)  # else each file would differ


def sheet(release: Release, language: str) -> Iterator[tuple[str, bytes]]:
    """Yield values.xlsx. Text is text: no cell is a formula."""
    say = words(language)
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = "guvoh"
    book.properties.title = _clean(release.title)
    book.properties.created = book.properties.modified = _EPOCH
    page = book.create_sheet("values")
    page.append([say(head) for head in _HEADS])
    for row in _rows(release):
        page.append([None] * len(_HEADS))
        for column, value in enumerate(row, 1):
            cell = page.cell(page.max_row, column, _clean(value))
            cell.data_type = "n" if isinstance(value, int) else "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    _furnish(page)
    out = io.BytesIO()
    book.save(out)
    yield "values.xlsx", out.getvalue()


def _rows(release: Release) -> Iterator[tuple[Any, ...]]:
    for event in sorted(release.events, key=event_order):
        details: tuple[tuple[str, tuple[Value, ...]], ...] = (
            ("who", event.who),
            ("when", event.when),
            ("where", event.where),
            ("how many", event.how_many),
        )
        for detail, values in details:
            for value in values:
                yield from _of_value(release, event, detail, value)


def _of_value(
    release: Release, event: Event, detail: str, value: Value
) -> Iterator[tuple[Any, ...]]:
    for claim_id in value.claims:
        claim = release.claims.get(claim_id)
        if claim is None:
            continue
        report = release.reports[claim.report]
        yield (
            f"{ROW_ID}{claim.id}",
            f"{published_id(release, 'event', event.id)}: {event.summary}",
            f"{detail}: {value.role}" if value.role else detail,
            value.edtf or value.name,
            count(value.count),
            " ← ".join(link.name for link in claim.chain) or outlet(report),
            claim.stance.value,
            outlet(report),
            report.published or "",
            report.language,
            claim.text[:_CELL],
            report.url or "",
            *[""] * (len(ASSESSED) + 1),
        )


def _clean(value: Any) -> Any:
    return _FORBIDDEN.sub("\ufffd", value) if isinstance(value, str) else value


def _furnish(page: Any) -> None:
    for column, width in enumerate(_WIDTHS, 1):
        page.column_dimensions[get_column_letter(column)].width = width
        head = page.cell(1, column)
        head.font = Font(bold=True)
        head.fill = PatternFill("solid", fgColor="F2EFE7")
    page.freeze_panes = "A2"
    page.auto_filter.ref = page.dimensions
    page.column_dimensions["A"].hidden = True
    for name, values in _CHOICES.items():
        choice = DataValidation(type="list", formula1=f'"{",".join(values)}"', allow_blank=True)
        page.add_data_validation(choice)
        letter = get_column_letter(_HEADS.index(name) + 1)
        choice.add(f"{letter}2:{letter}{max(page.max_row, 2)}")
