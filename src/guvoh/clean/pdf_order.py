"""Segments of a page in the order in which people read them: columns, tables, paragraphs."""

import re
from collections.abc import Sequence
from itertools import accumulate, pairwise
from operator import attrgetter
from statistics import median
from typing import NamedTuple

from guvoh.clean.pdf_lines import HYPHENS, Segment

_DEPTH = 12  # of columns within columns; pages that people print reach three
_LEFT, _FIRST = attrgetter("left"), attrgetter("first")
_TOP, _BOTTOM = attrgetter("top"), attrgetter("bottom")
_BULLETS = "•▪●◦‣■□➢✓"
_MARKED = re.compile(rf"[{_BULLETS}]|\(?\d{{1,3}}[.)]\s")  # how an item of a list begins
_ENDS = ".!?…:;»”\"')"
# In heights of a line. Gutters of newspapers are about one wide, indents one to two.
_GUTTER = 0.7
_INDENT = 0.7
_LEADING = 0.75  # more white than this between two lines parts paragraphs
_OVERLAP = 0.4  # of a line's height by which the boxes of lines above one another may overlap
_SHORT = 0.35  # of a column's width: a line that ends so much before others is the end of something
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
    return _resumed(paragraphs)


def _resumed(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Join paragraphs that a box or picture between them has parted, where the file draws them as one."""
    begins = {one[0].cells[0].first: at for at, one in enumerate(paragraphs)}
    taken: set[int] = set()
    for at, one in enumerate(paragraphs):
        if at in taken:
            continue
        last = one[-1].cells[-1].last
        later = next((begins[place] for place in range(last, last + 4) if place in begins), 0)
        if later > at + 1 and later not in taken and goes_on(one, paragraphs[later]):
            one += paragraphs[later]
            taken.add(later)
    return [one for at, one in enumerate(paragraphs) if at not in taken]


def goes_on(before: Paragraph, after: Paragraph) -> bool:
    """Say whether a paragraph at the head of a column or page goes on with the one before it."""
    last, first = before[-1].cells[-1], after[0].cells[0]
    if len(before[-1].cells) > 1 or len(after[0].cells) > 1 or not _same_size(last, first):
        return False
    if last.text[-1] in HYPHENS:
        return True
    if last.text[-1] in _ENDS:
        return False
    right = max(row.cells[-1].right for row in before)
    return first.text[:1].islower() or (len(before) > 1 and not _has_room(last, right, first))


def _is_headline(before: Paragraph, after: Paragraph, usual: float) -> bool:
    """Say whether two lines are one headline, which is larger than the page's usual text."""
    last, first = before[-1].cells[-1], after[0].cells[0]
    gap = last.bottom - first.top
    near = -last.height < gap <= _LEADING * last.height
    return near and _same_size(last, first) and last.height > 1.25 * usual


def _blocks(segments: list[Segment], depth: int) -> list[_Block]:
    if not segments:
        return []
    drawn = _drawn(segments, depth) if depth else []
    if drawn:
        return drawn
    columns = _columns(segments) if depth else []
    rows = _rows(segments)
    if len(columns) > 1 and max(map(len, columns)) > 1:
        if _is_table(segments, rows):
            return [_Block(rows, is_table=True)]
        return _in_turn(columns, depth)
    bands = (_bands(segments, rows) or _halves(segments, rows)) if depth else []
    if len(bands) > 1:
        return _in_turn(bands, depth)
    return [_Block(rows, is_table=False)]


def _in_turn(parts: Sequence[list[Segment]], depth: int) -> list[_Block]:
    return [block for part in parts for block in _blocks(part, depth - 1)]


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


def _drawn(segments: Sequence[Segment], depth: int) -> list[_Block]:
    """Part a block where the file itself goes on below all that it has drawn; none where it does not.

    Columns that end above a list or table of short lines look like columns to its foot. The order of
    the file is believed only where it has shown that it goes down one column and then the next.
    """
    ordered = sorted(segments, key=_FIRST)
    if all(after.top < before.top + 1.0 for before, after in pairwise(ordered)):
        return []  # as one column is drawn, or a table row by row
    tops = [*accumulate((one.top for one in reversed(ordered)), max)][::-1]  # of what follows
    cuts, lowest = [0], float("inf")
    for at, one in enumerate(ordered):
        if at and tops[at] <= lowest + _OVERLAP * one.height:
            cuts.append(at)
        if one.bottom < lowest:
            lowest = one.bottom
    bands: list[tuple[list[Segment], bool]] = []  # and whether each is of lines one below the other
    for start, end in pairwise([*cuts, len(ordered)]):
        band = ordered[start:end]
        line = end == start + 1 or len(_rows(band)) == 1
        if line and bands and bands[-1][1]:
            bands[-1][0].extend(band)
        else:
            bands.append((band, line))
    columned = [[] if lines else _columns(band) for band, lines in bands]
    if len(bands) < 2 or not any(map(_go_down, columned)):
        return []
    blocks: list[_Block] = []
    for (band, lines), columns in zip(bands, columned, strict=True):
        if lines:
            blocks.append(_Block(_rows(band), is_table=False))
        else:
            blocks += _in_turn(columns if _go_down(columns) else [band], depth)
    return blocks


def _go_down(columns: Sequence[Sequence[Segment]]) -> bool:
    """Say whether these are columns of which one at least has several lines."""
    return len(columns) > 1 and any(len(_rows(column)) > 1 for column in columns)


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
        (min(map(_BOTTOM, a.cells)) - max(map(_TOP, b.cells)), at)
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
        # Most segments lie wholly below the row before: they are told by one comparison.
        if top > low and rows:
            shared = min(top, high) - max(bottom, low)
            if shared > 0.5 * min(one.height, height):
                rows[-1].append(one)
                continue
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
    usual = median(row.cells[0].height for row in rows)
    found: list[Paragraph] = [[rows[0]]]
    for before, row in pairwise(rows):
        if (
            _parts(before, row, left, right)
            or _ends_short(found[-1], row, right - left)
            or (_is_brief(before, left, right) and before.cells[0].height < 1.25 * usual)
        ):
            found.append([row])
        else:
            found[-1].append(row)
    return found


def _parts(before: Row, row: Row, left: float, right: float) -> bool:
    """Say whether a new paragraph begins with `row`."""
    last, first = before.cells[-1], row.cells[0]
    height = min(last.height, first.height)
    deeper = first.left - before.cells[0].left > _INDENT * height
    if deeper and _MARKED.match(before.cells[0].text):
        return False  # the words of an item stand further in than its mark
    if last.text[-1] == ":" and deeper:
        return True
    if first.text[0] in _BULLETS or min(len(before.cells), len(row.cells)) > 1:
        return True
    if not _same_size(last, first) or last.bottom - first.top > _LEADING * height:
        return True
    indented = first.left - left > _INDENT * height
    if indented and before.cells[0].left - left <= _INDENT * height:
        return True
    return last.text[-1] in _ENDS and _has_room(last, right, first)


def _has_room(last: Segment, right: float, first: Segment) -> bool:
    """Say whether the word that begins a line would have had room on the line before it."""
    word = first.text.split(maxsplit=1)[0]
    share = (first.right - first.left) / max(len(first.text), 1)
    return right - last.right > (len(word) + 2) * share


def _ends_short(paragraph: Paragraph, row: Row, width: float) -> bool:
    """Say whether the last line of a paragraph ends far before those around it, as bylines do.

    Lines that run around a picture are short one and all.
    """
    last = paragraph[-1].cells[-1]
    around = [row, *paragraph[-2:-1]]
    return last.text[-1] not in f"{HYPHENS}-" and all(
        one.cells[-1].right - last.right > _SHORT * width for one in around
    )


def _is_brief(row: Row, left: float, right: float) -> bool:
    """Say whether a line takes so little of its column that no text could have broken it there."""
    return row.cells[-1].right - left < _SHORT * (right - left)


def _same_size(one: Segment, other: Segment) -> bool:
    return abs(one.height - other.height) <= _OTHER_SIZE * max(one.height, other.height)
