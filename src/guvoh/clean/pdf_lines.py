"""Lines on a page of a PDF: their words, where they stand, and the characters that they are."""

import ctypes
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from pypdfium2 import raw as pdfium

from guvoh.clean.pdf_boxes import Boxes, Edges

# PDFium's marks for a hyphen that ends a line, and the soft hyphen itself.
HYPHENS = "\ufffe\x02\u00ad"
_WORD = re.compile(r"[^\s\x00]+")
_BREAK = re.compile(r"[\r\n]")
_SYMBOL = re.compile("^[\ue000-\uf8ff](?= )")  # a bullet out of a font of symbols
_BREAKS = re.compile(r"[ ]?[\r\n]+[ ]?")
# A gap this wide, in heights of a line, parts columns or cells; justified text stays below one.
_GAP = 1.2
# A word's letters are at most this wide on average, in heights of a line (capitals reach 0.75).
_WIDEST = 0.8
# Words of two fonts on one line: at most a blank apart, and this much of the lower one beside the other.
_BLANK = 0.45
_LEVEL = 0.7
LARGE = 1.5  # a letter so many times as high as the line beside it is the initial of its paragraph


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


def segments_of(textpage: Any) -> list[Segment]:
    """Return the segments of a page in the order in which its file draws them.

    A line of the file's own order is parted where a gap shows that it runs across columns, and goes
    on where only a change of fonts ended it.
    """
    text = _text(textpage)
    words = [match.span() for match in _WORD.finditer(text)]
    if not words:
        return []
    boxes = Boxes(textpage, [first for first, _ in words])
    edges = boxes.begins
    breaks = [match.start() for match in _BREAK.finditer(text)]
    begins, asked = _looked_at(np.array(words), edges, breaks)
    tails = boxes.of([words[at - 1][1] - 1 for at in asked])
    found: list[Segment] = []
    head = 0
    for at, tail in zip(asked, tails.tolist(), strict=True):
        if at < len(words):
            before, after = edges[at - 1].tolist(), edges[at].tolist()
            parts = not _touch(before, tail, after) if at in begins else _parts(before, tail, after)
            if not parts:
                continue
        first, to = words[head]
        edge, last = edges[head].tolist(), words[at - 1][1]
        if to - first == 1 and head + 1 < at and _is_large(edge, edges[head + 1].tolist()):
            found.append(_segment(text, first, to, edge, edge))
            first, edge = words[head + 1][0], edges[head + 1].tolist()
        found.append(_segment(text, first, last, edge, tail))
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


def _looked_at(
    words: NDArray[np.int64], edges: Edges, breaks: Sequence[int]
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
    return set((np.flatnonzero(begins) + 1).tolist()), [
        *(np.flatnonzero(asked) + 1).tolist(),
        len(words),
    ]


def _parts(before: Sequence[float], tail: Sequence[float], after: Sequence[float]) -> bool:
    """Say whether a gap parts two words, by the first letters of both and the last of the former."""
    if after[3] >= before[1] or after[1] <= before[3]:
        return True
    height = max(1.0, before[1] - before[3])
    return not -height <= after[0] - tail[2] <= _GAP * height


def _touch(before: Sequence[float], tail: Sequence[float], after: Sequence[float]) -> bool:
    """Say whether two words stand side by side on one line, a blank apart."""
    height = max(1.0, min(before[1] - before[3], after[1] - after[3]))
    shared = min(before[1], after[1]) - max(before[3], after[3])
    return (
        shared > _LEVEL * height and -_BLANK * height / 2 <= after[0] - tail[2] <= _BLANK * height
    )


def _segment(
    text: str, first: int, last: int, head: Sequence[float], tail: Sequence[float]
) -> Segment:
    bottom, top = min(head[3], tail[3]), max(head[1], tail[1])
    return Segment(
        _SYMBOL.sub("•", _BREAKS.sub(" ", text[first:last])),
        first,
        last,
        min(head[0], tail[0]),
        bottom,
        max(head[2], tail[2]),
        top,
        max(top - bottom, 1.0),
    )


def _is_large(one: Sequence[float], other: Sequence[float]) -> bool:
    return one[1] - one[3] >= LARGE * (other[1] - other[3])
