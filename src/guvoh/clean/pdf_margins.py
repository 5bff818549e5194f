"""What stands in the margins of a PDF's pages: running heads, page numbers, what a browser prints around a page."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from guvoh.clean.pdf_lines import Segment

_RUNNING = "running head or page number"
_PRINTED = "printed around the page by a browser"
_MARGIN = 0.1  # of a page's height: where running heads and page numbers stand
_EDGE_LINES = 3
_NUMBER = re.compile(r"\d+")
_COUNTER = re.compile(r"[-–—\s]*(?:\w{1,8}\s)?#(?:\s?(?:/|\w{1,4})\s?#)?[-–—\s]*")
# When the page was printed, as browsers write it in the language of their user: "11/30/26, 8:26 AM".
_STAMP = re.compile(
    r"\d{1,4}[./-]\s?\d{1,2}[./-]\s?\d{1,4}\.?,?\s\D{0,4}\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s?[\w.]{1,5})?"
)
_ADDRESS = re.compile(r"(?:https?|file|chrome|about)://\S+|about:\w+")


class Page(NamedTuple):
    """A page with text: its number from 1, its height in points, its segments as the file draws them."""

    number: int
    height: float
    segments: Sequence[Segment]


class Margins(NamedTuple):
    """Why segments are no part of the text, by page and first character; the address that was printed."""

    apart: Mapping[tuple[int, int], str]
    address: str | None


def margins_of(pages: Sequence[Page]) -> Margins:
    """Tell what a document repeats in its margins, or a browser has put there, from its text."""
    apart = dict.fromkeys(_running(pages), _RUNNING)
    addresses: set[str] = set()
    for page in pages:
        for one in _printed(page):
            apart[page.number, one.first] = _PRINTED
            if one.text.startswith("http") and _ADDRESS.fullmatch(one.text):
                addresses.add(one.text)
    whole = [one for one in addresses if not one.endswith(("…", "..."))]
    return Margins(apart, whole[0] if len(addresses) == 1 and whole else None)


def _running(pages: Sequence[Page]) -> Iterator[tuple[int, int]]:
    """Yield page and first character of what stands in the margins of several pages alike."""
    edges = [
        (page.number, one, _NUMBER.sub("#", one.text)) for page in pages for one in _edges(page)
    ]
    times = Counter(shape for _, _, shape in edges)
    needed = max(2, (len(pages) * 3) // 10)
    for number, one, shape in edges:
        if times[shape] >= needed or _COUNTER.fullmatch(shape):
            yield number, one.first


def _printed(page: Page) -> list[Segment]:
    """Return what a browser prints: time and title above, address and number below, or the other way."""
    edges = _edges(page)
    if not any(_STAMP.fullmatch(one.text) for one in edges):
        return []
    marks = [one for one in edges if _STAMP.fullmatch(one.text) or _ADDRESS.fullmatch(one.text)]
    return [
        one
        for one in edges
        if any(one.bottom < mark.top and one.top > mark.bottom for mark in marks)
    ]


def _edges(page: Page) -> set[Segment]:
    ordered = sorted(page.segments, key=lambda one: -one.top)
    top = [one for one in ordered[:_EDGE_LINES] if one.bottom > page.height * (1 - _MARGIN)]
    low = [one for one in ordered[-_EDGE_LINES:] if one.top < page.height * _MARGIN]
    return {*top, *low}
