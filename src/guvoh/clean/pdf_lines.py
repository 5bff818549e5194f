"""Lines on a page of a PDF: their words, where they stand, and the characters that they are."""

import ctypes
import re
from collections.abc import Callable
from typing import Any, NamedTuple

from pypdfium2 import raw as pdfium

# PDFium's marks for a hyphen that ends a line, and the soft hyphen itself.
HYPHENS = "\ufffe\x02\u00ad"
_WORD = re.compile(r"[^\s\x00]+")
_BREAK = re.compile(r"[\r\n]")
# A gap this wide, in heights of a line, parts columns or cells; justified text stays below one.
_GAP = 1.2
# A word's letters are at most this wide on average, in heights of a line (capitals reach 0.75).
_WIDEST = 0.8


class Segment(NamedTuple):
    """Words of one line that stand together: their text, characters of the page, and box in points.

    `first` and `last` (half-open) number the page's characters as PDFium does.
    """

    text: str
    first: int
    last: int
    left: float
    bottom: float
    right: float
    top: float
    height: float  # of its line, at least one point


# Left, bottom, right and top of a character, in points: a page has thousands.
_Edge = tuple[float, float, float, float]
_NOWHERE = (0.0, 0.0, 0.0, 0.0)


def segments_of(textpage: Any) -> list[Segment]:
    """Return the segments of a page in the order in which its file draws them."""
    text = _text(textpage)
    found: list[Segment] = []
    box = _boxes(textpage)
    at = 0
    for end in [match.start() for match in _BREAK.finditer(text)] + [len(text)]:
        if end > at:
            _segments(text, at, end, box, found)
        at = end + 1
    return found


def _text(textpage: Any) -> str:
    """Return a page's characters, one for one as PDFium numbers them."""
    count = max(pdfium.FPDFText_CountChars(textpage.raw), 0)
    if not count:
        return ""
    units = (ctypes.c_ushort * (2 * count + 2))()
    got = pdfium.FPDFText_GetText(textpage.raw, 0, count, units)
    text = bytes(units)[: 2 * max(got - 1, 0)].decode("utf-16-le", "replace")
    if len(text) == count:
        return text
    # Characters without a meaning are left out of the text, and some are two units long.
    get = pdfium.FPDFText_GetUnicode
    codes = (get(textpage.raw, at) for at in range(count))
    return "".join(chr(code) if 0 < code < 0x110000 else "\ufffd" for code in codes)


def _boxes(textpage: Any) -> Callable[[int], _Edge]:
    rect = pdfium.FS_RECTF()
    reference = ctypes.byref(rect)
    get, page = pdfium.FPDFText_GetLooseCharBox, textpage.raw

    def box(at: int) -> _Edge:
        if not get(page, at, reference):
            return _NOWHERE
        return rect.left, rect.bottom, rect.right, rect.top

    return box


def _segments(
    text: str, start: int, end: int, box: Callable[[int], _Edge], found: list[Segment]
) -> None:
    """Part a line of the file's own order where a gap shows that it runs across columns."""
    words = [match.span() for match in _WORD.finditer(text, start, end)]
    if not words:
        return
    first, to = words[0]
    head = box(first)
    left, low, _, high = head
    from_ = first
    for next_from, next_to in words[1:]:
        edge = box(next_from)
        next_left, bottom, _, top = edge
        height = max(1.0, high - low)
        step = next_left - left
        same = bottom < high and top > low
        if not same or step < 0 or step > (to - from_ + 1) * _WIDEST * height:
            tail = box(to - 1)
            if not same or not -height <= next_left - tail[2] <= _GAP * height:
                found.append(_segment(text, first, to, head, tail))
                first, head = next_from, edge
        left, low, high, from_, to = next_left, bottom, top, next_from, next_to
    found.append(_segment(text, first, to, head, box(to - 1)))


def _segment(text: str, first: int, last: int, head: _Edge, tail: _Edge) -> Segment:
    bottom, top = min(head[1], tail[1]), max(head[3], tail[3])
    return Segment(
        text[first:last],
        first,
        last,
        min(head[0], tail[0]),
        bottom,
        max(head[2], tail[2]),
        top,
        max(top - bottom, 1.0),
    )
