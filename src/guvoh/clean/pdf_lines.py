"""Lines on a page of a PDF: their words, where they stand, and the characters that they are."""

import ctypes
import re
from itertools import pairwise
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

    @property
    def height(self) -> float:
        """Return the height of its line, at least one point."""
        return max(self.top - self.bottom, 1.0)


class _Edge(NamedTuple):
    left: float
    bottom: float
    right: float
    top: float


def segments_of(textpage: Any) -> list[Segment]:
    """Return the segments of a page in the order in which its file draws them."""
    text = _text(textpage)
    found: list[Segment] = []
    box = _boxes(textpage)
    at = 0
    for end in [match.start() for match in _BREAK.finditer(text)] + [len(text)]:
        if end > at:
            found += _segments(text, at, end, box)
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


def _boxes(textpage: Any) -> Any:
    rect = pdfium.FS_RECTF()
    reference = ctypes.byref(rect)
    get, page = pdfium.FPDFText_GetLooseCharBox, textpage.raw

    def box(at: int) -> _Edge:
        if not get(page, at, reference):
            return _Edge(0.0, 0.0, 0.0, 0.0)
        return _Edge(rect.left, rect.bottom, rect.right, rect.top)

    return box


def _segments(text: str, start: int, end: int, box: Any) -> list[Segment]:
    """Part a line of the file's own order where a gap shows that it runs across columns."""
    words = [match.span() for match in _WORD.finditer(text, start, end)]
    if not words:
        return []
    found: list[Segment] = []
    head = last = box(words[0][0])
    first = words[0][0]
    for (from_, to), (next_from, _) in pairwise(words):
        edge = box(next_from)
        height = max(last.top - last.bottom, 1.0)
        step = edge.left - last.left
        same = edge.bottom < last.top and edge.top > last.bottom
        if not same or step < 0 or step > (to - from_ + 1) * _WIDEST * height:
            right = box(to - 1)
            if not same or not -height <= edge.left - right.right <= _GAP * height:
                found.append(_segment(text, first, to, head, right))
                first, head = next_from, edge
        last = edge
    found.append(_segment(text, first, words[-1][1], head, box(words[-1][1] - 1)))
    return found


def _segment(text: str, first: int, last: int, head: _Edge, tail: _Edge) -> Segment:
    return Segment(
        text[first:last],
        first,
        last,
        min(head.left, tail.left),
        min(head.bottom, tail.bottom),
        max(head.right, tail.right),
        max(head.top, tail.top),
    )
