"""Lines on a page of a PDF: their words, where they stand, and the characters that they are."""

import ctypes
import re
from collections import deque
from collections.abc import Sequence
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
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


_Edges = NDArray[np.float64]  # left, top, right and bottom of characters, in points
# PDFium's function with plain addresses, which takes half the time; a page asks it a thousand times.
_box_into = ctypes.cast(
    pdfium.FPDFText_GetLooseCharBox,
    ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p),
)
_EDGE = ctypes.sizeof(pdfium.FS_RECTF)


def segments_of(textpage: Any) -> list[Segment]:
    """Return the segments of a page in the order in which its file draws them.

    A line of the file's own order is parted where a gap shows that it runs across columns.
    """
    text = _text(textpage)
    words = [match.span() for match in _WORD.finditer(text)]
    if not words:
        return []
    edges = _edges(textpage, [first for first, _ in words])
    breaks = [match.start() for match in _BREAK.finditer(text)]
    begins, asked = _looked_at(np.array(words), edges, breaks)
    tails = _edges(textpage, [words[at - 1][1] - 1 for at in asked])
    found: list[Segment] = []
    head = 0
    for at, tail in zip(asked, tails.tolist(), strict=True):
        if at in begins or _parts(edges[at - 1].tolist(), tail, edges[at].tolist()):
            first, last = words[head][0], words[at - 1][1]
            found.append(_segment(text, first, last, edges[head].tolist(), tail))
            head = at
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


def _edges(textpage: Any, places: Sequence[int]) -> _Edges:
    """Return the boxes of characters, four numbers each; zeros for what has none."""
    edges = np.zeros((len(places), 4), dtype=np.float32)
    start, page = edges.ctypes.data, ctypes.cast(textpage.raw, ctypes.c_void_p).value
    targets = range(start, start + edges.nbytes, _EDGE)
    deque(map(_box_into, repeat(page), places, targets), maxlen=0)
    return edges.astype(np.float64)


def _looked_at(
    words: NDArray[np.int64], edges: _Edges, breaks: Sequence[int]
) -> tuple[set[int], list[int]]:
    """Return the words that begin a line, and with them those before which there may be a gap.

    The end of the page stands for a further word.
    """
    left, top, _, bottom = edges.T
    height = np.maximum(1.0, top - bottom)[:-1]
    step = left[1:] - left[:-1]
    widest = (words[:-1, 1] - words[:-1, 0] + 1) * _WIDEST * height
    apart = (bottom[1:] >= top[:-1]) | (top[1:] <= bottom[:-1])
    line = np.searchsorted(breaks, words[:, 0])
    begins = line[1:] != line[:-1]
    asked = begins | apart | (step < 0) | (step > widest)
    end = len(words)
    return (
        {*(np.flatnonzero(begins) + 1).tolist(), end},
        [*(np.flatnonzero(asked) + 1).tolist(), end],
    )


def _parts(before: Sequence[float], tail: Sequence[float], after: Sequence[float]) -> bool:
    """Say whether a gap parts two words, by the first letters of both and the last of the former."""
    if after[3] >= before[1] or after[1] <= before[3]:
        return True
    height = max(1.0, before[1] - before[3])
    return not -height <= after[0] - tail[2] <= _GAP * height


def _segment(
    text: str, first: int, last: int, head: Sequence[float], tail: Sequence[float]
) -> Segment:
    bottom, top = min(head[3], tail[3]), max(head[1], tail[1])
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
