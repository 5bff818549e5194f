"""The headline of a PDF's text: the paragraph that the title in the file's properties names."""

import re
from collections.abc import Sequence
from statistics import median

from guvoh.clean.pdf_order import Paragraph

_PARTS = re.compile(r"\s[-–—|·•»:]{1,2}\s")  # between a page's title and its outlet's name
_FEWEST_WORDS, _FEWEST_LETTERS = 3, 15
_LARGER = 1.15  # than the text, at the least
_PROSE = 25  # words of a paragraph that is no item of a menu
_WITHIN = 80  # paragraphs, the menus of a page among them


def headline_in(paragraphs: Sequence[Paragraph], title: str | None) -> int:
    """Return which paragraph is the headline, 0 where none is larger than the text and named so.

    What a browser prints begins with menus; only the headline tells where the report begins. Above a
    headline that follows on other prose nothing is a menu.
    """
    named = _folded(title or "")
    head = _folded(_PARTS.split(title or "", maxsplit=1)[0])
    if not _is_long(head) or not paragraphs:
        return 0
    usual = median(row.cells[0].height for one in paragraphs for row in one)
    for at, one in enumerate(paragraphs[:_WITHIN]):
        said = _folded(" ".join(cell.text for row in one for cell in row.cells))
        same = _is_long(said) and (named.startswith(said) or said.startswith(head))
        if same and one[0].cells[0].height >= _LARGER * usual:
            return at
        if len(said.split()) >= _PROSE:
            break
    return 0


def _is_long(words: str) -> bool:
    return len(words) >= _FEWEST_LETTERS and len(words.split()) >= _FEWEST_WORDS


def _folded(words: str) -> str:
    return " ".join(re.sub(r"[\"'“”‘’«»„]", "", words).casefold().split())
