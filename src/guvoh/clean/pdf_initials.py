"""Large initials of a PDF's paragraphs, which reach over several lines, put to the line that they begin."""

import re
from collections.abc import Sequence

from guvoh.clean.pdf_lines import LARGE, Segment

_ALONE = frozenset("AIOYÀÉEÓУАИВКОСЯ")  # letters that are words by themselves
_MOST = 20  # on a page; more are letters set apart, or made to cost time


def with_initials(segments: list[Segment]) -> list[Segment]:
    """Return a page's segments, its initials joined to the first of the lines beside them."""
    initials = [one for one in segments if len(one.text) == 1 and one.text.isupper()]
    for initial in initials if len(initials) <= _MOST else ():
        beside = [one for one in segments if _is_beside(initial, one)]
        if not beside:
            continue
        line = max(beside, key=lambda one: one.top)
        if line.top < initial.top - initial.height / 2:
            continue
        at = segments.index(line)
        # Its place stays that of the line: reaching further left, it would leave the next ones indented.
        follows = 0 <= line.first - initial.last <= 2
        segments[at] = line._replace(
            text=initial.text + _blank(initial.text, line.text, segments) + line.text,
            first=initial.first if follows else line.first,
        )
        segments.remove(initial)
    return segments


def _is_beside(initial: Segment, one: Segment) -> bool:
    return (
        initial.height >= LARGE * one.height
        and one.bottom < initial.top
        and one.top > initial.bottom
        and -one.height <= one.left - initial.right <= 1.5 * one.height
    )


def _blank(initial: str, line: str, segments: Sequence[Segment]) -> str:
    """Tell "A man" from "Among": both are drawn alike, so the page's other words are asked."""
    if initial not in _ALONE:
        return ""
    rest = re.split(r"\W", line, maxsplit=1)[0]
    joined = re.compile(rf"\b{re.escape(initial + rest)}\b", re.IGNORECASE)
    return "" if rest and any(joined.search(one.text) for one in segments) else " "
