"""Lines of a plain text with their places, and how lines of body make paragraphs."""

from collections.abc import Sequence
from itertools import pairwise, zip_longest
from typing import NamedTuple

# Widest line, in characters, of text that was wrapped by hand or by a mail program.
_WIDEST_WRAP = 110
_NARROWEST_WRAP = 30


class Line(NamedTuple):
    """A line without the white space around it, as a half-open range of the decoded text."""

    start: int
    end: int
    text: str
    apart: bool  # an empty line stands before it


def lines_of(text: str) -> list[Line]:
    """Return the lines of a text that are not blank."""
    found: list[Line] = []
    at, apart = 0, True
    for raw in text.splitlines(keepends=True):
        words = raw.strip()
        if words:
            start = at + len(raw) - len(raw.lstrip())
            found.append(Line(start, start + len(words), words, apart))
            apart = False
        else:
            apart = True
        at += len(raw)
    return found


def paragraphs(body: Sequence[Line]) -> list[list[tuple[int, int]]]:
    """Return each paragraph as ranges of the decoded text: one line, or lines that were wrapped.

    Ranges that touch only by white space are one, so that the white space is kept as a blank.
    """
    width = _wrap_width(body)
    found: list[list[tuple[int, int]]] = []
    wrapped: Line | None = None  # the line before, where the next goes on with it
    for line, following in zip_longest(body, body[1:]):
        if wrapped is None:
            found.append([(line.start, line.end)])
        elif wrapped.text[-1] == "-" and line.text[0].islower():
            # A word parted at the end of a line keeps its hyphen: nobody can tell whose it is.
            found[-1].append((line.start, line.end))
        else:
            found[-1][-1] = (found[-1][-1][0], line.end)
        goes_on = width and following and not following.apart and _is_full(line, following, width)
        wrapped = line if goes_on else None
    return found


def _is_full(line: Line, following: Line, width: int) -> bool:
    """Say whether the next line's first word would have passed the width: then it was wrapped."""
    first = following.text.split(maxsplit=1)[0]
    return len(line.text) + 1 + len(first) > width


def _wrap_width(body: Sequence[Line]) -> int:
    """Return the width at which a body was wrapped, 0 where each line is a paragraph.

    Wrapped text is known by its lines: all are narrow, and nearly all but the last ones of
    paragraphs have no room for the word that begins the next.
    """
    pairs = [(a, b) for a, b in pairwise(body) if not b.apart]
    if len(pairs) < 3 or len(pairs) * 2 < len(body):
        return 0
    width = max(len(line.text) for line, _ in pairs)
    if not _NARROWEST_WRAP <= width <= _WIDEST_WRAP:
        return 0
    full = sum(_is_full(line, following, width) for line, following in pairs)
    open_ = sum(line.text[-1] not in '.!?…»”":' for line, _ in pairs)
    return width if full * 4 >= len(pairs) * 3 and open_ * 2 >= len(pairs) else 0
