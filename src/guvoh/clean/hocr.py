"""Words read off a picture (hOCR 1.2) to a report: its paragraphs, each word with its bytes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from guvoh.clean.decode import Decoded, decode
from guvoh.clean.html_tokens import Block, Element, Page, scan
from guvoh.clean.mail_lines import unescaped
from guvoh.clean.rendering import Rendering, noted
from guvoh.clean.source import Outcome, Source
from guvoh.model.finding import Finding
from guvoh.words import shown

OCR = "ocr"
_LINES = frozenset({"ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat"})
_SURE = re.compile(r"x_wconf (\d{1,3})")
_MOST_ABOVE = 12
_ENDINGS = '.!?…:;»”"'
_DOUBTFUL = (
    75  # per cent of sureness, below which a reading is worth little (tesseract's own scale)
)


@dataclass(frozen=True, slots=True)
class _Word:
    """Where a word stands in the source, on which line, and how sure its reading is (per cent)."""

    start: int
    end: int
    line: Element | None
    block: Block
    sure: int | None


def read_hocr(source: Source) -> Outcome:
    """Read words off what an OCR program wrote; never raises, and says that they were read by one."""
    decoded = decode(source.data, source.charset or "utf-8")
    page = scan(decoded.text)
    rendering = Rendering()
    words = [word for block in page.blocks for word in _words(page, block)]
    _lay_out(rendering, decoded, page.source, words)
    if rendering.is_empty:
        return (), (noted(source, "no-text", "No words were read off it."),)
    reports, findings = rendering.read(source)
    return reports, (*findings, _told(source, page, words))


def _told(source: Source, page: Page, words: Sequence[_Word]) -> Finding:
    sure = [one.sure for one in words if one.sure is not None]
    stated = {
        one.attributes(page.source).get("name"): one.attributes(page.source).get("content", "")
        for one in page.statements
        if one.tag == "meta"
    }
    program = shown(stated.get("ocr-system", "")[:60]) or "a program"
    average = sum(sure) // len(sure) if sure else None
    how_sure = f", {average} % sure on average" if average is not None else ""
    text = (
        f"Its words were read off a picture by {program}{how_sure}: names and numbers may be misread. "
        "Compare with the picture before you rely on one."
    )
    doubtful = average is not None and average < _DOUBTFUL
    return noted(source, OCR, text, problem=doubtful)


def _lay_out(rendering: Rendering, decoded: Decoded, source: str, words: Sequence[_Word]) -> None:
    """Lay words out, lines joined; a hyphen at the end of a line parts a word."""
    for word, following in zip_longest(words, words[1:]):
        parted = following is not None and _is_parted(source, word, following)
        end = word.end - parted
        for said, origin in unescaped(decoded, source, word.start, end, "file"):
            rendering.say(said, origin)
        if following is not None and _goes_on(source, word, following):
            if not parted:
                rendering.blank()
        else:
            rendering.end_paragraph()


def _goes_on(source: str, one: _Word, following: _Word) -> bool:
    """Say whether words stand in one paragraph; programs part what a small letter shows to go on."""
    return one.block is following.block or (
        source[following.start].islower() and source[one.end - 1] not in _ENDINGS
    )


def _is_parted(source: str, one: _Word, following: _Word) -> bool:
    return (
        one.line is not following.line
        and one.end - one.start > 1
        and source[one.end - 1] == "-"
        and source[one.end - 2].isalpha()
        and source[following.start].islower()
    )


def _words(page: Page, block: Block) -> Iterator[_Word]:
    for piece in block.pieces:
        said = page.source[piece.start : piece.end]
        if piece.line_break or not said.strip():
            continue
        line: Element | None = None
        word: Element | None = None
        element: Element | None = piece.parent
        for _ in range(_MOST_ABOVE):
            if element is None:
                break
            kind = element.attributes(page.source).get("class", "")
            word = element if kind == "ocrx_word" else word
            line = element if kind in _LINES and line is None else line
            element = element.parent
        if word is None:
            continue
        sure = _SURE.search(word.attributes(page.source).get("title", ""))
        start = piece.start + len(said) - len(said.lstrip())
        yield _Word(start, start + len(said.strip()), line, block, int(sure[1]) if sure else None)
