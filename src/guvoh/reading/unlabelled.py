"""Interviews without labels: turns that dashes mark, or questions that stand as paragraphs of their own."""

import re
from collections.abc import Sequence

from guvoh.model.text import Span
from guvoh.reading.lexicon import Lexicon
from guvoh.reading.turn_lines import QUESTION, asks, labelled_by, lines_of, names

_QUESTIONS = 3  # paragraphs that ask, of an interview without labels; two where they are marked
_ANSWERS = 4  # paragraphs to one that asks at the most
_WORDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
DASHES = ("—", "–", "- ", "― ")
# Where one speaker of a dialogue on one line ends and the next begins: "— Oui. — Et après ?"
_NEXT_SPEAKER = re.compile(r"(?<=[.?!…»”\"])[ \t]+(?=[—–―][ \t]*[«“„\"¿¡]?[^\W\d_a-zа-я])")
# Words that tell who spoke, between dashes or behind one: "— Да, — сказал он. — Мы ушли."
_TOLD = re.compile(r"[,.?!…] ?[—–―] ?[^\W\d_A-ZА-Я]")
_MARKED = re.compile(r"[ \t]*(?:#{1,6}[ \t]|\*{1,3}[^*]+\*{1,3}[ \t]*$|_{1,2}[^_]+_{1,2}[ \t]*$)")
_STOPS = (".", "!", "…", '"', "”", "»", *QUESTION, "*", "_")

Said = tuple[Span, bool]


def dashed(text: str, paragraphs: Sequence[Span]) -> list[Said]:
    """Return what was said in an interview whose speakers are marked by dashes alone, and whether it asks."""
    lines = [
        turn
        for paragraph in paragraphs
        for line in lines_of(text, paragraph)
        for turn in _speakers(text, line)
    ]
    spoken = [line for line in lines if text.startswith(DASHES, line.start)]
    asked = [line for line in spoken if asks(text, line)]
    if (
        len(spoken) < 2
        or len(spoken) * 3 < len(lines) * 2
        or not asked
        or len(asked) * 3 < len(spoken)
    ):
        return []
    return [(Span(line.start + 1, line.end), line in asked) for line in spoken]


def asked(
    text: str, paragraphs: Sequence[Span], lexicon: Lexicon
) -> tuple[list[Said], list[Span]] | None:
    """Return what was said in an interview whose questions are paragraphs of their own and whose answers have no label.

    With it comes what stands round the interview. Who answers says "I" in half of his answers: a
    page of questions and explanations is none. Two questions are enough where they are in bold or
    italics, or put to somebody, and question and answer take turns to the end.
    """
    pieces = [piece for paragraph in paragraphs for piece in _pieces(text, paragraph)]
    asking = [asks(text, piece) for piece in pieces]
    if sum(asking) < _QUESTIONS - 1:
        return None
    marked = [_MARKED.match(text, p.start, p.end) is not None for p in pieces]
    if sum(one and two for one, two in zip(marked, asking, strict=True)) > 1:
        asking = marked
    first, last = asking.index(True), len(asking) - 1 - asking[::-1].index(True)
    questions = sum(asking)
    if last + 1 >= len(asking) or questions * _ANSWERS < last + 1 - first:
        return None
    if any(
        found is not None and names(found["label"])
        for k, p in enumerate(pieces)
        if k > first and not asking[k]
        for found in [labelled_by(text, p, lexicon)]
    ):
        return None
    body = range(first, last + 2)
    least = _QUESTIONS
    if asking is marked or _put_in_turn(text, pieces, asking, body, lexicon):
        least = _QUESTIONS - 1
    answers = [_words(text, pieces[k]) for k in body if not asking[k]]
    own = lexicon.words.get("first_person", frozenset())
    own = own | lexicon.words.get("first_plural", frozenset())
    mine = sum(1 for said in answers if not own.isdisjoint(said))
    if questions < least or len(answers) < least or mine * 2 < len(answers):
        return None
    last = _goes_on(text, pieces, last + 2, own) if asking is marked else last + 2
    body = range(first, last)
    said = [(_unmarked(text, pieces[k]) if asking[k] else pieces[k], asking[k]) for k in body]
    return said, [p for k, p in enumerate(pieces) if k not in body]


def _goes_on(text: str, pieces: Sequence[Span], at: int, own: frozenset[str]) -> int:
    """Return where the last answer ends, whose paragraphs say "I"."""
    while at < len(pieces) and not own.isdisjoint(_words(text, pieces[at])):
        at += 1
    return at


def _put_in_turn(
    text: str, pieces: Sequence[Span], asking: Sequence[bool], body: range, lexicon: Lexicon
) -> bool:
    """Return whether one answer follows each question to the end of the text, and somebody is addressed."""
    turns = all(asking[k] is ((k - body.start) % 2 == 0) for k in body)
    you = lexicon.words.get("you", frozenset())
    put = any(not you.isdisjoint(_words(text, pieces[k])) for k in body if asking[k])
    return turns and put and body.stop == len(pieces)


def _words(text: str, span: Span) -> list[str]:
    return _WORDS.findall(text[span.start : span.end].casefold())


def _unmarked(text: str, span: Span) -> Span:
    """Return a question without the marks of Markdown at its ends."""
    said = text[span.start : span.end]
    return Span(span.end - len(said.lstrip("*_# \t")), span.start + len(said.rstrip("*_ \t")))


def _pieces(text: str, paragraph: Span) -> list[Span]:
    """Return a paragraph's lines where each of them ends as a sentence does, else the paragraph."""
    if text.find("\n", paragraph.start, paragraph.end) < 0:
        return [paragraph]
    lines = lines_of(text, paragraph)
    ended = all(text[line.start : line.end].rstrip().endswith(_STOPS) for line in lines)
    return lines if ended else [paragraph]


def _speakers(text: str, line: Span) -> list[Span]:
    """Return the turns of a dialogue on one line, the line itself where it is none."""
    said = text[line.start : line.end]
    if not said.startswith(DASHES) or _TOLD.search(said):
        return [line]
    ends = [match.start() for match in _NEXT_SPEAKER.finditer(said)]
    begins = [0, *(end + 1 for end in ends)]
    pieces = zip(begins, [*ends, len(said)], strict=True)
    return [Span(line.start + first, line.start + last) for first, last in pieces]
