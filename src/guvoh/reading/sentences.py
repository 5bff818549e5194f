"""Sentences of a text, in any case and with any punctuation that is left."""

import re
from collections.abc import Sequence

from guvoh.model.text import Span

# A sign of mood ends a sentence too where a capital follows.
_END = re.compile("[.!?…。؟\U0001f300-\U0001faff]")
_CLOSING = "”»›’\"')]“"
_OPENING = "“„«‹‘\"'([—–-•"
_SPACED_CLOSING = (" »", "\u00a0»", "\u202f»")  # as French has it
# Beyond this a run without a full stop is cut at a line break or a space: what follows a sentence
# of 1,500 characters is not helped by knowing its beginning, and cost stays linear.
LONGEST = 1500
_SAMPLE = 5000
_RARE = 200


def find_sentences(
    text: str,
    paragraphs: Sequence[Span],
    abbreviations: frozenset[str],
    starters: frozenset[str] = frozenset(),
) -> tuple[Span, ...]:
    """Return the sentences of `text`, none empty, none across a paragraph's end.

    `starters` are words that no name begins with: after "Building C." they begin a sentence.
    """
    cased = _cased(text)
    sentences: list[Span] = []
    for paragraph in paragraphs:
        start = paragraph.start
        for cut in _cuts(text, paragraph, abbreviations, starters if cased else None):
            sentences.extend(_pieces(text, start, cut))
            start = cut
        sentences.extend(_pieces(text, start, paragraph.end))
    return tuple(sentences)


def _cased(text: str) -> bool:
    """Return whether at least one letter in two hundred is a capital, in the first five thousand signs."""
    sample = text[:_SAMPLE]
    if _RARE * sum(map(str.isupper, sample[: _SAMPLE // 4])) >= len(sample):
        return True  # the first words tell it as a rule
    letters = sum(map(str.isalpha, sample))
    return letters == 0 or _RARE * sum(map(str.isupper, sample)) >= letters


def _cuts(
    text: str, paragraph: Span, abbreviations: frozenset[str], starters: frozenset[str] | None
) -> list[int]:
    """Return where sentences end; `starters` is None where capitals tell nothing."""
    cuts: list[int] = []
    skip_to = paragraph.start
    for match in _END.finditer(text, paragraph.start, paragraph.end):
        if match.start() < skip_to:
            continue
        at = match.end()
        while at < paragraph.end and text[at] in ".!?…":
            at += 1
        if text[at : at + 2] in _SPACED_CLOSING:
            at += 1
        while at < paragraph.end and text[at] in _CLOSING and not _opens(text, at, paragraph.end):
            at += 1
        skip_to = at
        if at >= paragraph.end:
            break
        if _ends(text, match.start(), at, paragraph, abbreviations, starters):
            cuts.append(at)
    cuts.extend(_line_cuts(text, paragraph))
    return sorted(set(cuts))


def _opens(text: str, at: int, end: int) -> bool:
    """Return whether a straight mark after a full stop opens the next quotation."""
    return text[at] in "\"'“" and text[at - 1].isspace() and at + 1 < end and text[at + 1].isalnum()


def _ends(
    text: str,
    dot: int,
    at: int,
    paragraph: Span,
    abbreviations: frozenset[str],
    starters: frozenset[str] | None,
) -> bool:
    cased = starters is not None
    if not text[at].isspace():
        return text[dot] != "." and text[at].isupper()
    follow = at
    while follow < paragraph.end and (text[follow].isspace() or text[follow] in _OPENING):
        follow += 1
    if follow >= paragraph.end:
        return False
    head = text[follow]
    if cased and head.islower():
        # A small letter goes on with the sentence: '"Why?" he asked.'
        return False
    if text[dot] == "." and at == dot + 1:
        word = _word_before(text, dot, paragraph.start)
        if word.lower() in abbreviations:
            said = word == "no" or (word == "No" and _begins(text, dot - 2, paragraph.start))
            return said and head.isupper()  # "I said no. Then he …", "No. They never came"
        if len(word) == 1 and word.isupper() and head.isupper() and starters is not None:
            return _word_after(text, follow, paragraph.end) in starters  # else an initial
        if word.isdigit() and len(word) <= 2 and not head.isupper():
            return "\n" in text[at:follow]
    return True


def _begins(text: str, at: int, start: int) -> bool:
    """Return whether a sentence begins at `at`: with its paragraph, or behind a full stop."""
    before = text[max(start, at - 2) : at].rstrip()
    return at <= start or before[-1:] in _CLOSING or _END.match(before[-1:]) is not None


def _word_before(text: str, dot: int, start: int) -> str:
    at = dot
    lowest = max(start, dot - 20)
    while at > lowest and (text[at - 1].isalnum() or text[at - 1] == "."):
        at -= 1
    return text[at:dot]


def _word_after(text: str, start: int, end: int) -> str:
    at = start
    while at < min(end, start + 20) and text[at].isalnum():
        at += 1
    return text[start:at].lower()


def _line_cuts(text: str, paragraph: Span) -> list[int]:
    """Return the line breaks that end a sentence: before a bullet, a dash, or after a short line."""
    cuts = []
    start = paragraph.start
    at = text.find("\n", start, paragraph.end)
    while at >= 0:
        follow = text[at + 1 : at + 2]
        short = at - start < 45 or (start == paragraph.start and _heads(text, start, at, paragraph))
        if follow in "•–—-*" or (short and (follow.isupper() or follow in _OPENING)):
            cuts.append(at)
        start = at + 1
        at = text.find("\n", start, paragraph.end)
    return cuts


def _heads(text: str, start: int, at: int, paragraph: Span) -> bool:
    """Return whether a paragraph's first line is a headline: the line after it is longer by half."""
    end = text.find("\n", at + 1, paragraph.end)
    following = (paragraph.end if end < 0 else end) - at - 1
    return text[at - 1].isalnum() and following * 2 > (at - start) * 3


def _pieces(text: str, start: int, end: int) -> list[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    pieces: list[Span] = []
    while end - start > LONGEST:
        cut = text.rfind("\n", start + LONGEST // 2, start + LONGEST)
        if cut < 0:
            cut = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        if cut < 0:
            cut = start + LONGEST
        pieces.append(Span(start, cut))
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if end > start:
        pieces.append(Span(start, end))
    return pieces
