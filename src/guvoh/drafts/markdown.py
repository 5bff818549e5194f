"""A draft in Markdown or plain text: its paragraphs, cells and notes; remarks go in as footnotes."""

import re
from collections.abc import Iterator, Sequence

from guvoh.clean.decode import decode
from guvoh.drafts.page import DraftError, Note, Page

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_RULE = re.compile(r" {0,3}(?:[-*_=] ?){3,}$")
_TABLE_RULE = re.compile(r"\s*\|?[\s:|-]*-[\s:|-]*\|?\s*")
# What stands before the words of a line: quotes, list marks, headings, a footnote's label.
_BEFORE = re.compile(
    r"(?:[ \t]*>)*[ \t]*(?:#{1,6}[ \t]+|[-*+][ \t]+|\d{1,9}[.)][ \t]+|\[\^[^\]\s]{1,60}\]:[ \t]*)?"
)
# Marks inside a line that are no words: comments, images, notes, link targets, emphasis, code marks.
_MARKS = re.compile(
    r"<!--.*?-->|!\[[^\]]{0,500}\]\([^)]{0,2000}\)|\[\^[^\]\s]{1,60}\]"
    r"|(?<=\])\([^)\s]{0,2000}(?:[ \t]\"[^\"]{0,500}\")?\)|\*{1,3}|(?<![^\W_])_{1,3}|_{1,3}(?![^\W_])"
    r"|`+|[\[\]]|<[/a-zA-Z][^<>]{0,500}>|\\(?=[^\w\s])"
)
_LABEL = re.compile(r"\[\^guvoh-(\d+)\]")


def read(data: bytes) -> Page:
    """Return the text of a draft; origins are offsets into its decoded source."""
    page = Page()
    source = decode(data).text
    for block in _blocks(source):
        text: list[str] = []
        origin: list[int] = []
        for start, end in block:
            if text:
                text.append(" ")
                origin.append(start)
            for at in _words(source, start, end):
                text.append(source[at])
                origin.append(at)
        page.add("".join(text), origin)
    return page


def _words(source: str, start: int, end: int) -> Iterator[int]:
    """Yield the offsets of a line's characters but for those that are marks."""
    at = start
    for mark in _MARKS.finditer(source, start, end):
        yield from range(at, mark.start())
        at = mark.end()
    yield from range(at, end)


def _blocks(source: str) -> Iterator[list[tuple[int, int]]]:
    """Yield the lines of each paragraph as (start, end); cells of tables are paragraphs of their own."""
    block: list[tuple[int, int]] = []
    fence: str | None = None
    at = 0
    lines = source.split("\n")
    skipped = _front_matter(lines)
    for number, line in enumerate(lines):
        start, at = at, at + len(line) + 1
        mark = _FENCE.match(line)
        if number < skipped or (fence and not (mark and mark[1].startswith(fence))):
            continue
        if mark or not line.strip() or _RULE.match(line) or _TABLE_RULE.fullmatch(line):
            yield from [block] if block else []
            block = []
            if mark:
                fence = None if fence else mark[1][:3]
            continue
        before = _BEFORE.match(line)
        own = before.end() if before else 0
        starts_new = own and line[:own].strip(" \t>") != ""
        if line.count("|") >= 2 or starts_new:
            yield from [block] if block else []
            block = []
        if line.count("|") >= 2:
            yield from ([cell] for cell in _cells(line, start))
            continue
        block.append((start + own, start + len(line.rstrip())))
        if line.lstrip().startswith("#"):
            yield block
            block = []
    if block:
        yield block


def _front_matter(lines: Sequence[str]) -> int:
    """Return how many lines a YAML head takes."""
    if lines and lines[0].rstrip() == "---":
        for number, line in enumerate(lines[1:200], 2):
            if line.rstrip() in ("---", "..."):
                return number
    return 0


def _cells(line: str, start: int) -> Iterator[tuple[int, int]]:
    at = 0
    for piece in line.split("|"):
        if piece.strip():
            yield start + at, start + at + len(piece)
        at += len(piece) + 1


def write(data: bytes, page: Page, notes: Sequence[Note]) -> bytes:
    """Return the draft with a footnote mark behind each stretch and the notes at its end."""
    decoded = decode(data)
    source = decoded.text
    if _LABEL.search(source):
        raise DraftError("It has guvoh's notes already. Take the draft without them.")
    pieces: list[str] = []
    done = 0
    for number, note in enumerate(notes, 1):
        end = page.origin[note.span.end - 1] + 1
        pieces += [source[done:end], f"[^guvoh-{number}]"]
        done = end
    pieces.append(source[done:].rstrip("\n"))
    body = "".join(pieces)
    written = "\n\n".join(
        f"[^guvoh-{number}]: " + "\n    ".join(_escaped(line) for line in note.lines)
        for number, note in enumerate(notes, 1)
    )
    return f"{body}\n\n{written}\n".encode("utf-8", "replace")


def _escaped(text: str) -> str:
    """Return a line in which nothing is markup."""
    return re.sub(r"([\\`*_\[\]<>|#])", r"\\\1", " ".join(text.split()))
