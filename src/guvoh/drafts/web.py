"""A draft in HTML: every block of it; remarks go in as numbers behind the words, and as a list."""

import re
from collections.abc import Sequence
from html import escape, unescape

from guvoh.clean.decode import decode
from guvoh.clean.html_tokens import Element, scan
from guvoh.drafts.page import DraftError, Note, Page

_REFERENCE = re.compile(r"&(?:#[xX]?[0-9a-fA-F]{1,8}|[A-Za-z][A-Za-z0-9]{1,31});?")
_END = re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)
_ID = "guvoh-notes"


def read(data: bytes) -> Page:
    """Return the text of a draft; origins are offsets into its decoded source."""
    page = Page()
    scanned = scan(decode(data).text)
    source = scanned.source
    for block in scanned.blocks:
        if _within(block.parent, "head"):
            continue
        text: list[str] = []
        origin: list[int] = []
        for piece in block.pieces:
            if piece.line_break:
                text.append(" ")
                origin.append(piece.end - 1)
                continue
            at = piece.start
            for reference in _REFERENCE.finditer(source, piece.start, piece.end):
                text += source[at : reference.start()]
                origin += range(at, reference.start())
                said = unescape(reference[0])
                text += said
                origin += [reference.end() - 1] * len(said)
                at = reference.end()
            text += source[at : piece.end]
            origin += range(at, piece.end)
        page.add("".join(text), origin)
    return page


def _within(element: Element | None, tag: str) -> bool:
    while element is not None:
        if element.tag == tag:
            return True
        element = element.parent
    return False


def write(data: bytes, page: Page, notes: Sequence[Note]) -> bytes:
    """Return the draft with a numbered link behind each stretch and the notes at its end."""
    source = decode(data).text
    if f'id="{_ID}"' in source:
        raise DraftError("It has guvoh's notes already. Take the draft without them.")
    pieces: list[str] = []
    done = 0
    for number, note in enumerate(notes, 1):
        end = page.origin[note.span.end - 1] + 1
        link = f'<sup id="guvoh-at-{number}"><a href="#guvoh-{number}">[{number}]</a></sup>'
        pieces += [source[done:end], link]
        done = end
    listed = "\n".join(
        f'<li id="guvoh-{number}">{"<br>".join(escape(line) for line in note.lines)} '
        f'<a href="#guvoh-at-{number}">↑</a></li>'
        for number, note in enumerate(notes, 1)
    )
    section = f'<section id="{_ID}"><h2>guvoh</h2><ol>\n{listed}\n</ol></section>\n'
    rest = source[done:]
    ends = _END.search(rest)
    at = ends.start() if ends else len(rest)
    whole = "".join([*pieces, rest[:at], section if notes else "", rest[at:]])
    # References, not letters, so that it reads the same whatever encoding the page declares.
    return whole.encode("ascii", "xmlcharrefreplace")
