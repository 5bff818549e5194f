"""Quotations of every tradition, also unbalanced ones and those that run over paragraphs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from guvoh.model.text import Span
from guvoh.reading.tokens import DOUBLED

_CLOSES = {
    "“": '”"“',
    "„": '“”"‟',
    "‟": "”",
    "«": "»",
    "‹": "›",
    "‘": "’'",
    '"': '"”“',
    "'": "'’",
    "»": "«",
    "「": "」",
    "『": "』",
}
_OPENERS = frozenset("“„‟«‹‘「『")
_CLOSERS = frozenset("”»›’」』")
_MARK = re.compile("''|``|[“”„‟«»‹›‘’「」『』\"']")
_DASH = re.compile("[—–]")
_DASHES = ("—", "–", "―", "- ")
_NEW_DASH = re.compile(r"\n(?=[—–―]|- )")
_ENDS = ",.!?…’'"
_MAX_DEPTH = 4


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch in quotation marks: `span` with the marks, `inner` without.

    `continues` marks a quotation that goes on in the next paragraph's; `closed` is False where a
    mark was lost; `dashed` where the paragraph's dash is the mark.
    """

    span: Span
    inner: Span
    depth: int = 0
    closed: bool = True
    continues: bool = False
    dashed: bool = False


def find_quotations(text: str, paragraphs: Sequence[Span]) -> tuple[Quotation, ...]:
    """Return the quotations of `text` in order of their start, nested ones after their holder."""
    found: list[Quotation] = []
    carried: str | None = None
    for number, paragraph in enumerate(paragraphs):
        dashed = [
            q for line in _dashed_lines(text, paragraph) for q in _dash_quotations(text, line)
        ]
        if dashed:
            found.extend(dashed)
            carried = None
            continue
        following = _first_sign(text, paragraphs, number + 1)
        pieces, carried = _paragraph(text, paragraph, carried, following)
        found.extend(pieces)
    found.sort(key=lambda q: (q.span.start, -q.span.end))
    return tuple(found)


def _first_sign(text: str, paragraphs: Sequence[Span], number: int) -> str:
    """Return the sign that a paragraph begins with, a mark of two signs as one."""
    if number >= len(paragraphs):
        return ""
    start = paragraphs[number].start
    return '"' if text[start : start + 2] in DOUBLED else text[start : start + 1]


def _paragraph(
    text: str, paragraph: Span, carried: str | None, following: str
) -> tuple[list[Quotation], str | None]:
    """Return the paragraph's quotations and the mark of one that goes on after it."""
    found: list[Quotation] = []
    stack: list[tuple[str, Span]] = []
    start, end = paragraph
    body = text[start:end]
    if carried is not None and body[:1] != carried and _first_closer(body, carried):
        stack.append((carried, Span(start - 1, start)))
    for match in _MARK.finditer(body):
        mark, offset = match.group(), match.start()
        at = start + offset
        place = Span(at, start + match.end())
        before = text[at - 1] if offset else " "
        after = text[place.end] if place.end < end else " "
        if mark in DOUBLED:
            mark = '"'
        if mark in "'’" and before.isalnum() and after.isalnum():
            continue
        if stack and mark in _CLOSES[stack[-1][0]] and not _opens_here(mark, before, after, stack):
            opener, opened = stack.pop()
            if mark in "'’" and opener in "'‘" and before == " ":
                stack.append((opener, opened))
                continue
            found.append(_quotation(opened, place, len(stack)))
        elif _is_opener(mark, before, after) and len(stack) < _MAX_DEPTH:
            stack.append((mark, place))
        elif (mark in _CLOSERS and mark != "’") or mark == '"':
            closed = _close_outer(mark, place, stack, found)
            found.extend(
                [] if closed or before not in _ENDS else _unopened(text, start, place, found)
            )
    goes_on: str | None = None
    while stack:
        opener, opened = stack.pop()
        if opener in "'‘":
            continue  # An apostrophe far more often than a quotation that lost its end.
        goes_on = opener if following[:1] == opener or not following[:1].isupper() else None
        last = not stack
        inner = Span(opened.end, end)
        found.append(
            Quotation(
                Span(max(opened.start, start), end),
                Span(max(inner.start, start), end),
                len(stack),
                closed=last and following[:1] == opener,
                continues=last and following[:1] == opener,
            )
        )
        if last and goes_on is None:
            goes_on = opener
    return found, goes_on


def _first_closer(body: str, opener: str) -> bool:
    """Return whether a closing mark comes before any opening one."""
    for match in _MARK.finditer(body):
        mark, offset = match.group(), match.start()
        if mark in _OPENERS:
            return False
        if mark in _CLOSES[opener] and not (
            mark in "'’" and body[offset + 1 : offset + 2].isalpha()
        ):
            return mark != '"' or body[offset + 1 : offset + 2] in ("", " ", ",", ".")
    return False


def _opens_here(mark: str, before: str, after: str, stack: list[tuple[str, Span]]) -> bool:
    """Return whether a mark that could close the innermost one opens another instead."""
    if mark == "“" and stack[-1][0] in '„"':
        return stack[-1][0] == '"' and before.isspace()
    if mark in "\"'“":
        return before in " \n(—–[" and after.isalnum() and mark != stack[-1][0]
    return False


def _is_opener(mark: str, before: str, after: str) -> bool:
    if mark in _OPENERS:
        return mark != "‘" or not before.isalnum()
    if mark in "\"'»":
        return before in " \n(—–[“„«/:-" and not after.isspace()
    return False


def _close_outer(
    mark: str, place: Span, stack: list[tuple[str, Span]], found: list[Quotation]
) -> bool:
    """Close the nearest opener that `mark` can close; those inside it lost their ends.

    Return False where no opener waits for the mark.
    """
    for depth in range(len(stack) - 1, -1, -1):
        if mark in _CLOSES[stack[depth][0]]:
            del stack[depth + 1 :]
            _, opened = stack.pop()
            found.append(_quotation(opened, place, depth))
            return True
    return False


def _unopened(text: str, start: int, place: Span, found: list[Quotation]) -> list[Quotation]:
    """Return the quotation of a closing mark whose opening one was lost: from the paragraph's start."""
    if found and found[-1].span.end > start:
        return []
    while start < place.start and text[start].isspace():
        start += 1
    if place.start <= start:
        return []
    return [Quotation(Span(start, place.end), Span(start, place.start), closed=False)]


def _quotation(opened: Span, closed: Span, depth: int) -> Quotation:
    return Quotation(Span(opened.start, closed.end), Span(opened.end, closed.start), depth)


def _dashed_lines(text: str, paragraph: Span) -> list[Span]:
    """Return the lines of a paragraph that begins with a dash, each of which may hold somebody's speech."""
    body = text[paragraph.start : paragraph.end]
    if not body.startswith(_DASHES):
        return []
    starts = [0, *(match.start() + 1 for match in _NEW_DASH.finditer(body))]
    ends = [*(start - 1 for start in starts[1:]), len(body)]
    return [
        Span(paragraph.start + first, paragraph.start + last)
        for first, last in zip(starts, ends, strict=True)
    ]


def _dash_quotations(text: str, paragraph: Span) -> list[Quotation]:
    """Return the speech of a paragraph that begins with a dash, without the pieces that name who."""
    start, end = paragraph
    body = text[start:end]
    if not body.startswith(_DASHES) or len(body) < 3:
        return []
    pieces: list[Quotation] = []
    opened = start + 1
    offset = 1
    speech = True
    while True:
        cut = _next_dash(body, offset, speech)
        stop = start + (cut if cut >= 0 else len(body))
        if speech and stop > opened:
            inner = _trimmed(text, opened, stop)
            if inner.end > inner.start:
                pieces.append(Quotation(inner, inner, 0, dashed=True))
        if cut < 0:
            return pieces
        opened = start + cut + 1
        offset = cut + 1
        speech = not speech


def _next_dash(body: str, offset: int, speech: bool) -> int:
    """Return where speech turns into its attribution, or back; -1 where it does not."""
    at = offset
    while True:
        match = _DASH.search(body, at)
        if match is None:
            return -1
        at = match.start()
        before = body[max(at - 3, 0) : at].rstrip()[-1:]
        after = body[at + 1 : at + 3].strip()[:1]
        # A dash after a comma, or after the sentence's end with a small letter behind it, parts
        # speech from its speaker; any other dash belongs to the sentence.
        if speech and before in (",", "!", "?", "…", ".") and (before == "," or after.islower()):
            return at
        if speech and after.islower() and body[at + 1 : at + 2].isalpha():
            return at  # Spanish: "—No sabíamos —dijo el padre—."
        if not speech and (before in (",", ".", ":") or body[at - 1 : at].isalpha()):
            return at
        at += 1


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in " \t\n,.—–":
        start += 1
    while end > start and text[end - 1] in " \t\n,—–":
        end -= 1
    return Span(start, end)
