"""The words of a message line by line, each with how deep it is quoted and where it stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from guvoh.clean.decode import Decoded, decode
from guvoh.clean.html_blocks import context_of
from guvoh.clean.html_tokens import Block, Element, scan
from guvoh.clean.mime import Part
from guvoh.clean.rendering import Origin

_MARKS = re.compile(r"(?:[ ]?>){1,50}[ ]?")
_REFERENCE = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});?")
_MOST_ABOVE = 60  # elements above a piece that are asked whether they quote
_SPACES = re.compile(r"[\s\u00a0]+")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: words with their places, and the number of quotations around it.

    `cited` is False where a page's markup quotes in a way that writers use, too, to set words apart.
    """

    said: tuple[tuple[str, Origin], ...]
    depth: int
    cited: bool = True

    @property
    def text(self) -> str:
        """Return the line's words on one line."""
        return _SPACES.sub(" ", "".join(words for words, _ in self.said)).strip()


def lines_of(data: bytes, part: Part) -> list[Line]:
    """Return the lines of a part of text, blank ones too, for they part paragraphs."""
    body = part.body(data)
    name = f"part {part.path or 1}"
    decoded = decode(body, part.charset)
    if part.media_type == "text/html":
        return list(_html_lines(decoded, name))
    flowed = str(part.headers.get_param("format") or "").lower() == "flowed"
    return list(_plain_lines(decoded, name, flowed=flowed))


def _plain_lines(decoded: Decoded, name: str, *, flowed: bool) -> Iterator[Line]:
    """Yield lines; those that a program broke for the way (RFC 3676) are joined."""
    at = 0
    waiting: list[tuple[str, Origin]] = []
    before = 0
    for raw in decoded.text.splitlines(keepends=True):
        marks = _MARKS.match(raw)
        # An mbox puts a mark before "From " that is no quotation.
        if marks is not None and raw.startswith(">From "):
            marks = None
        depth = marks[0].count(">") if marks else 0
        start = at + (marks.end() if marks else 0)
        words = raw[start - at :].rstrip("\r\n")
        at += len(raw)
        if waiting and depth != before:
            yield Line(tuple(waiting), before)
            waiting = []
        before = depth
        if flowed and words.startswith(" "):
            words, start = words[1:], start + 1
        span = decoded.bytes(start, start + len(words))
        waiting.append((words, Origin(name, span.start, span.end)))
        if flowed and words.endswith(" ") and words != "-- ":
            continue
        yield Line(tuple(waiting), depth)
        waiting = []
    if waiting:
        yield Line(tuple(waiting), before)


def _html_lines(decoded: Decoded, name: str) -> Iterator[Line]:
    page = scan(decoded.text)
    for block in page.blocks:
        if _is_unseen(block.parent, page.source):
            continue
        yield from _block_lines(decoded, block, page.source, name)
        yield Line((), *_quoted(block.parent, page.source))


def _block_lines(decoded: Decoded, block: Block, source: str, name: str) -> Iterator[Line]:
    said: list[tuple[str, Origin]] = []
    around = (0, True)
    for piece in block.pieces:
        here = _quoted(piece.parent, source)
        if said and (piece.line_break or here != around):
            yield Line(tuple(said), *around)
            said = []
        around = here
        if not piece.line_break:
            said += unescaped(decoded, source, piece.start, piece.end, name)
    if said:
        yield Line(tuple(said), *around)


def unescaped(
    decoded: Decoded, source: str, start: int, end: int, name: str
) -> Iterator[tuple[str, Origin]]:
    """Yield a stretch of markup as words: references resolved, white space folded."""
    at = start
    for found in (*_REFERENCE.finditer(source, start, end), None):
        stop = found.start() if found else end
        if stop > at:
            span = decoded.bytes(at, stop)
            yield _SPACES.sub(" ", source[at:stop]), Origin(name, span.start, span.end)
        if found:
            span = decoded.bytes(found.start(), found.end())
            said = unescape(found[0])
            yield (" " if said == "\u00a0" else said), Origin(name, span.start, span.end)
            at = found.end()


def _above(element: Element | None) -> Iterator[Element]:
    for _ in range(_MOST_ABOVE):
        if element is None:
            return
        yield element
        element = element.parent


def _quoted(element: Element, source: str) -> tuple[int, bool]:
    """Count the block quotes around an element, and say whether a mail program made one of them."""
    around = [one for one in _above(element) if one.tag == "blockquote"]
    told = [one.attributes(source) for one in around]
    cited = any(one.get("type") == "cite" or "quote" in one.get("class", "") for one in told)
    return len(around), cited


def _is_unseen(element: Element, source: str) -> bool:
    return any(
        one.tag in ("head", "title", "style") or context_of(one, source) == "hidden"
        for one in _above(element)
    )
