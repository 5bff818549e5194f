"""Lines of a transcript: the label with which one begins, or that stands alone above what is said."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from guvoh.model.text import Span
from guvoh.reading.lexicon import Lexicon

_TIME = r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?"
# A label may stand in the marks of Markdown or of captions: "**Nodira:** The agency paid", ">> HOST: …".
_LABEL = re.compile(
    rf"[ \t]*[*_>#]{{0,4}}[ \t]*(?:[\[(]?(?P<time>{_TIME})[\])]?[ \t]*[-–]?[ \t]*)?[*_]{{0,3}}"
    r"(?P<label>[^\W\d_][^\n:\[\]()?!,*]{0,38})[ \t]*(?:[\[(](?P<note>[^)\]\n:]{1,40})[)\]][ \t]*)?"
    rf"(?:[\[(](?P<after>{_TIME})[\])][ \t]*)?[*_]{{0,3}}:[*_]{{0,3}}(?:[ \t]+|$)"
)
# "Q. How did he …": a letter alone has a full stop for its colon.
_LETTER = re.compile(r"[ \t]*(?P<label>[^\W\d_])\.[ \t]+(?P<note>)(?P<time>)(?P<after>)")
# "Speaker 1  00:12", "**Nodira**": who speaks, above what he says.
_HEAD = re.compile(
    rf"[ \t]*[*_>#]{{0,4}}[ \t]*(?:[\[(]?(?P<time>{_TIME})[\])]?[ \t]*[-–|]?[ \t]*)?[*_]{{0,3}}"
    r"(?P<label>[^\W\d_][^\n:\[\]()?!,*|]{0,38}?)(?P<note>)[*_]{0,3}"
    rf"(?:[ \t]*[-–|]?[ \t]*[\[(]?(?P<after>{_TIME})[\])]?)?[*_]{{0,3}}[ \t]*$"
)
_LABEL_WORDS = 5
# A full stop belongs to a label only behind an abbreviation: "M. DIALLO", "А. К.".
_ABBREVIATION = 3
_SHORTENED = 7
_HEADS = 3  # lines that name who speaks, above what is said
QUESTION = ("?", "؟")
_MARKS = "*_ \t"


@dataclass(frozen=True, slots=True)
class Line:
    """What was said under one label; `note` stands in brackets behind it, `asks` where it ends as a question."""

    label: str
    note: str
    content: Span
    time: str | None
    asks: bool


def lines_of(text: str, paragraph: Span) -> list[Span]:
    """Return the lines of a paragraph that say something."""
    lines: list[Span] = []
    at = paragraph.start
    for piece in text[paragraph.start : paragraph.end].split("\n"):
        if piece.strip():
            lines.append(Span(at, at + len(piece)))
        at += len(piece) + 1
    return lines


def labelled_lines(
    text: str, paragraphs: Sequence[Span], lexicon: Lexicon
) -> tuple[list[Line], list[tuple[Span, int]]]:
    """Return what was said under each label, and each other line with how many labels stand before it."""
    lines = [line for paragraph in paragraphs for line in lines_of(text, paragraph)]
    heads = _heads(text, lines, lexicon)
    labelled: list[Line] = []
    loose: list[tuple[Span, int]] = []
    for number, span in enumerate(lines):
        match = heads.get(number) or (None if heads else labelled_by(text, span, lexicon))
        if match is not None:
            content = Span(match.end(), span.end)
            label = match["label"].strip()
            label = label if "." in label[:-1] or " " in label else label.strip(".")
            time = match["time"] or match["after"] or None
            labelled.append(Line(label, match["note"] or "", content, time, asks(text, content)))
        elif labelled and (number - 1 in heads or not _parted(text, labelled[-1].content, span)):
            last = labelled[-1]
            start = span.start if number - 1 in heads else last.content.start
            heard = Span(start, span.end)
            asking = last.asks if number - 1 not in heads else asks(text, heard)
            labelled[-1] = replace(last, content=heard, asks=asking)
        else:
            loose.append((span, len(labelled)))
    return labelled, loose


def labelled_by(text: str, span: Span, lexicon: Lexicon) -> re.Match[str] | None:
    """Return the label with which a line begins, None where it has none."""
    match = _LABEL.match(text, span.start, span.end)
    if match is not None and _is_label(match["label"]):
        return match
    letter = _LETTER.match(text, span.start, span.end)
    if letter is None:
        return None
    low = letter["label"].casefold()
    known = any(low in lexicon.words.get(group, ()) for group in ("interviewers", "answerers"))
    return letter if known else None


def asks(text: str, span: Span) -> bool:
    """Return whether a stretch ends as a question, the marks of Markdown left out."""
    return text[span.start : span.end].rstrip(_MARKS).endswith(QUESTION)


def names(label: str) -> bool:
    """Return whether a label looks like a name: "Aminata S.", "Libres Voix"."""
    return all(word[:1].isupper() or word.isdigit() for word in label.split())


def bare(label: str, lexicon: Lexicon) -> str:
    """Return a folded label without the article before it: "l'interprète"."""
    articles = lexicon.words.get("definite", frozenset())
    head, mark, tail = label.replace("’", "'").partition("'")
    if mark and head + mark in articles:
        return tail
    first, _, rest = label.partition(" ")
    return rest if rest and first in articles else label


def is_known(label: str, lexicon: Lexicon) -> bool:
    """Return whether a folded label is a word for who asks, answers or speaks: "interviewer", "speaker 2"."""
    return (
        bare(label, lexicon) in lexicon.words.get("interviewers", ())
        or bare(label, lexicon) in lexicon.words.get("answerers", ())
        or label.rstrip("0123456789 ") in lexicon.words.get("speakers", ())
    )


def _heads(text: str, lines: Sequence[Span], lexicon: Lexicon) -> dict[int, re.Match[str]]:
    """Return the lines that only name who speaks, by their numbers; none in a text that is no transcript."""
    found: dict[int, re.Match[str]] = {}
    for number, span in enumerate(lines[:-1]):
        match = _HEAD.match(text, span.start, span.end) if span.end - span.start < 80 else None
        if match is not None and number - 1 not in found and _is_label(match["label"]):
            low = match["label"].casefold().strip()
            if names(match["label"]) or is_known(low, lexicon):
                found[number] = match
    known = any(is_known(match["label"].casefold(), lexicon) for match in found.values())
    often = Counter(match["label"] for match in found.values())
    found = {number: one for number, one in found.items() if known or often[one["label"]] > 1}
    timed = sum(1 for match in found.values() if match["time"] or match["after"])
    asked = any(asks(text, lines[number + 1]) for number in found)
    labels = {match["label"] for match in found.values()}
    if len(labels) < 2 or len(found) < _HEADS or not (timed > 1 or (known and asked)):
        return {}
    return found


def _is_label(label: str) -> bool:
    """Return whether words before a colon can name who speaks and are no sentence."""
    words = label.split()
    inner = (word for word in words if "." in word)
    short = all(len(part) <= _ABBREVIATION for word in inner for part in word.split("."))
    cut = len(words) == 1 and len(label) <= _SHORTENED and label.endswith(".")  # "Корр.", "Corr."
    return len(words) <= _LABEL_WORDS and (short or cut)


def _parted(text: str, content: Span, span: Span) -> bool:
    """Return whether an empty line parts a stretch from the turn before it."""
    return text.count("\n", content.end, span.start) > 1
