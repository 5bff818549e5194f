"""Segments of a page in the order in which people read them: columns, tables, paragraphs."""

from collections.abc import Sequence
from itertools import pairwise
from operator import attrgetter
from statistics import median
from typing import NamedTuple

from guvoh.clean.pdf_lines import HYPHENS, Segment

_DEPTH = 12  # of columns within columns; pages that people print reach three
_LEFT = attrgetter("left")
_ENDS = ".!?…:;»”\"')"
# In heights of a line. Gutters of newspapers are about one wide, indents one to two.
_GUTTER = 0.7
_INDENT = 0.7
_LEADING = 0.75  # more white than this between two lines parts paragraphs
_OTHER_SIZE = 0.15  # a line that differs in height by more is of another paragraph


class Row(NamedTuple):
    """Segments on one line of a page, left to right; several where it is a table's row."""

    cells: tuple[Segment, ...]


Paragraph = list[Row]


class _Block(NamedTuple):
    """Rows that are read one after the other; a table's rows are paragraphs each."""

    rows: list[Row]
    is_table: bool


def paragraphs_of(segments: Sequence[Segment]) -> list[Paragraph]:
    """Return a page's paragraphs in reading order."""
    if not segments:
        return []
    paragraphs: list[Paragraph] = []
    usual = median(one.height for one in segments)
    for block in _blocks(list(segments), _DEPTH):
        found = [[row] for row in block.rows] if block.is_table else _paragraphs(block.rows)
        joined = found and paragraphs and not block.is_table
        if joined and (
            goes_on(paragraphs[-1], found[0]) or _is_headline(paragraphs[-1], found[0], usual)
        ):
            paragraphs[-1] += found[0]
            found = found[1:]
        paragraphs += found
    return paragraphs


def goes_on(before: Paragraph, after: Paragraph) -> bool:
    """Say whether a paragraph at the head of a column or page goes on with the one before it."""
    last, first = before[-1].cells[-1], after[0].cells[0]
    if len(before[-1].cells) > 1 or len(after[0].cells) > 1 or not _same_size(last, first):
        return False
    if last.text[-1] in HYPHENS:
        return True
    return last.text[-1] not in _ENDS and first.text[:1].islower()


def _is_headline(before: Paragraph, after: Paragraph, usual: float) -> bool:
    """Say whether two lines are one headline, which is larger than the page's usual text."""
    last, first = before[-1].cells[-1], after[0].cells[0]
    gap = last.bottom - first.top
    near = -last.height < gap <= _LEADING * last.height
    return near and _same_size(last, first) and last.height > 1.25 * usual


def _blocks(segments: list[Segment], depth: int) -> list[_Block]:
    if not segments:
        return []
    columns = _columns(segments) if depth else []
    rows = _rows(segments)
    if len(columns) > 1 and max(map(len, columns)) > 1:
        if _is_table(segments, rows):
            return [_Block(rows, is_table=True)]
        return [block for column in columns for block in _blocks(column, depth - 1)]
    bands = (_bands(segments, rows) or _halves(segments, rows)) if depth else []
    if len(bands) > 1:
        return [block for band in bands for block in _blocks(band, depth - 1)]
    return [_Block(rows, is_table=False)]


def _columns(segments: list[Segment]) -> list[list[Segment]]:
    """Part segments at upright gutters that none of them crosses."""
    if len(segments) < 2:
        return [segments]
    wide = _GUTTER * median(one.height for one in segments)
    columns: list[list[Segment]] = []
    reach = float("-inf")
    for one in sorted(segments, key=_LEFT):
        if not columns or one.left - reach >= wide:
            columns.append([])
        columns[-1].append(one)
        if one.right > reach:
            reach = one.right
    return columns


def _bands(segments: list[Segment], rows: Sequence[Row]) -> list[list[Segment]]:
    """Part a block into bands of lines that span it and bands of lines that do not.

    A headline over two columns spans both; only without it is their gutter free. None where no
    band holds columns.
    """
    left = min(one.left for one in segments)
    right = max(one.right for one in segments)
    middle, reach = (left + right) / 2, 0.6 * (right - left)
    bands: list[list[Segment]] = []
    spans_before: bool | None = None
    for row in rows:
        widest = max(one.right - one.left for one in row.cells)
        across = any(one.left < middle < one.right for one in row.cells)
        spans = len(row.cells) == 1 and (widest >= reach or across)
        if spans is not spans_before:
            bands.append([])
        bands[-1] += row.cells
        spans_before = spans
    merged: list[list[Segment]] = []
    apart = True
    for band in bands:
        # One line with a gap in it is justified text.
        columned = len(_columns(band)) > 1 and len(_rows(band)) > 1
        if apart or columned:
            merged.append(band)
        else:
            merged[-1] += band
        apart = columned
    return merged if len(merged) > 1 else []


def _halves(segments: list[Segment], rows: Sequence[Row]) -> list[list[Segment]]:
    """Part a block at its widest white strip where columns, which do not go through, begin or end."""
    gaps = [
        (min(one.bottom for one in a.cells) - max(one.top for one in b.cells), at)
        for at, (a, b) in enumerate(pairwise(rows), 1)
    ]
    wide, at = max(gaps, default=(0.0, 0))
    if wide < median(one.height for one in segments):
        return []
    halves = [[one for row in part for one in row.cells] for part in (rows[:at], rows[at:])]
    return halves if any(len(_columns(half)) > 1 for half in halves) else []


def _rows(segments: Sequence[Segment]) -> list[Row]:
    """Return segments as rows from top to bottom, those on one line together."""
    rows: list[list[Segment]] = []
    low, high, height = 0.0, -1.0, 0.0  # of the first segment of the row
    for one in sorted(segments, key=_from_top):
        bottom, top = one.bottom, one.top
        shared = min(top, high) - max(bottom, low)
        if shared > 0.5 * min(one.height, height):
            rows[-1].append(one)
        else:
            rows.append([one])
            low, high, height = bottom, top, one.height
    return [Row(tuple(sorted(row, key=_LEFT) if len(row) > 1 else row)) for row in rows]


def _from_top(one: Segment) -> tuple[float, float]:
    return -(one.top + one.bottom), one.left


def _is_table(segments: Sequence[Segment], rows: Sequence[Row]) -> bool:
    """Tell a table from columns of prose: short cells, most of them with another on their line."""
    words = sum(len(one.text.split()) for one in segments)
    shared = sum(len(row.cells) for row in rows if len(row.cells) > 1)
    return words < 4 * len(segments) and shared * 5 >= len(segments) * 4


def _paragraphs(rows: Sequence[Row]) -> list[Paragraph]:
    if not rows:
        return []
    lefts = [row.cells[0].left for row in rows]
    left, right = min(lefts), max(row.cells[-1].right for row in rows)
    found: list[Paragraph] = [[rows[0]]]
    for before, row in pairwise(rows):
        if _parts(before, row, left, right):
            found.append([row])
        else:
            found[-1].append(row)
    return found


def _parts(before: Row, row: Row, left: float, right: float) -> bool:
    """Say whether a new paragraph begins with `row`."""
    last, first = before.cells[-1], row.cells[0]
    height = min(last.height, first.height)
    if not _same_size(last, first) or last.bottom - first.top > _LEADING * height:
        return True
    indented = first.left - left > _INDENT * height
    if indented and before.cells[0].left - left <= _INDENT * height:
        return True
    # The word that begins this line would have had room on the line before.
    word = first.text.split(maxsplit=1)[0]
    room = right - last.right
    share = (first.right - first.left) / max(len(first.text), 1)
    return room > (len(word) + 2) * share and last.text[-1] in _ENDS


def _same_size(one: Segment, other: Segment) -> bool:
    return abs(one.height - other.height) <= _OTHER_SIZE * max(one.height, other.height)
