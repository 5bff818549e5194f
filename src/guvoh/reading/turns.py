"""Turns of interviews and transcripts: who speaks in which stretch, and who only asks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from guvoh.model.text import Span
from guvoh.reading.lexicon import Lexicon

_LABEL = re.compile(
    r"[ \t]*(?:[\[(]?(?P<time>\d{1,2}:\d{2}(?::\d{2})?)[\])]?[ \t]*[-–]?[ \t]*)?"
    r"(?P<label>[^\W\d_][^\n:\[\]()?!,]{0,38})[ \t]*(?:\((?P<note>[^)\n:]{1,40})\)[ \t]*)?:(?:[ \t]+|$)"
)
_LABEL_WORDS = 5
# "Q. How did he …": a letter alone has a full stop for its colon.
_LETTER = re.compile(r"[ \t]*(?P<label>[^\W\d_])\.[ \t]+(?P<note>)(?P<time>)")
# A full stop belongs to a label only behind an abbreviation: "M. DIALLO", "А. К.".
_ABBREVIATION = 3
_SHORTENED = 7
_QUESTION = ("?", "؟")
_QUESTIONS = 3  # paragraphs that ask, of an interview without labels
_ANSWERS = 4  # paragraphs to one that asks at the most
_WORDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_DASHES = ("—", "–", "- ", "― ")
# Where one speaker of a dialogue on one line ends and the next begins: "— Oui. — Et après ?"
_NEXT_SPEAKER = re.compile(r"(?<=[.?!…»”\"])[ \t]+(?=[—–―][ \t]*[«“„\"¿¡]?[^\W\d_a-zа-я])")
# Words that tell who spoke, between dashes or behind one: "— Да, — сказал он. — Мы ушли."
_TOLD = re.compile(r"[,.?!…] ?[—–―] ?[^\W\d_A-ZА-Я]")


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn: its label as written, what was said, and the time code where there is one.

    `role` is speaker, interviewer or interpreter; `through` where an interpreter speaks for him.
    """

    label: str
    content: Span
    role: str
    through: bool = False
    time: str | None = None


@dataclass(frozen=True, slots=True)
class _Line:
    label: str
    note: str
    content: Span
    time: str | None
    asks: bool


def find_turns(
    text: str, paragraphs: Sequence[Span], lexicon: Lexicon, *, declared: bool
) -> tuple[tuple[Turn, ...], tuple[Span, ...]]:
    """Return the turns of a text, and the stretches that belong to none; no turns in an article.

    `declared` says that the cleaner took the text for an interview.
    """
    dashed = _dashed(text, paragraphs, lexicon)
    if dashed:
        return dashed, tuple(p for p in paragraphs if not text.startswith(_DASHES, p.start))
    asked = _asked(text, paragraphs, lexicon)
    if asked is not None:
        return asked
    lines = [line for paragraph in paragraphs for line in _lines(text, paragraph)]
    labelled: list[_Line] = []
    loose: list[Span] = []
    for span in lines:
        match = _labelled(text, span, lexicon)
        if match is not None:
            content = Span(match.end(), span.end)
            asks = text[content.start : content.end].rstrip().endswith(_QUESTION)
            label = match["label"].strip()
            label = label if "." in label[:-1] or " " in label else label.strip(".")
            labelled.append(_Line(label, match["note"] or "", content, match["time"] or None, asks))
        elif labelled and not loose_after_end(text, labelled[-1].content, span):
            last = labelled[-1]
            labelled[-1] = _Line(
                last.label, last.note, Span(last.content.start, span.end), last.time, last.asks
            )
        else:
            loose.append(span)
    if not _is_interview(labelled, loose, lexicon, declared=declared):
        return (), tuple(paragraphs)
    asking = _asking(text, labelled, lexicon)
    turns = []
    for line in labelled:
        low = line.label.casefold()
        role = "speaker"
        if low in asking:
            role = "interviewer"
        elif _bare(low, lexicon) in lexicon.words.get("interpreters", ()):
            role = "interpreter"
        through = any(
            word in lexicon.words.get("interpreters", ()) for word in line.note.casefold().split()
        )
        if line.content.end > line.content.start:
            turns.append(Turn(line.label, line.content, role, through, line.time))
    return tuple(turns), tuple(loose)


def _is_label(label: str) -> bool:
    """Return whether words before a colon can name who speaks and are no sentence."""
    words = label.split()
    inner = (word for word in words if "." in word)
    short = all(len(part) <= _ABBREVIATION for word in inner for part in word.split("."))
    cut = len(words) == 1 and len(label) <= _SHORTENED and label.endswith(".")  # "Корр.", "Corr."
    return len(words) <= _LABEL_WORDS and (short or cut)


def _names(label: str) -> bool:
    """Return whether a label looks like a name: "Aminata S.", "Libres Voix"."""
    return all(word[:1].isupper() for word in label.split())


def _bare(label: str, lexicon: Lexicon) -> str:
    """Return a folded label without the article before it: "l'interprète"."""
    articles = lexicon.words.get("definite", frozenset())
    head, mark, tail = label.replace("’", "'").partition("'")
    if mark and head + mark in articles:
        return tail
    first, _, rest = label.partition(" ")
    return rest if rest and first in articles else label


def _dashed(text: str, paragraphs: Sequence[Span], lexicon: Lexicon) -> tuple[Turn, ...]:
    """Return the turns of an interview whose speakers are marked by dashes alone."""
    lines = [
        turn
        for paragraph in paragraphs
        for line in _lines(text, paragraph)
        for turn in _speakers(text, line)
    ]
    spoken = [line for line in lines if text.startswith(_DASHES, line.start)]
    asked = [line for line in spoken if text[line.start : line.end].rstrip().endswith(_QUESTION)]
    if (
        len(spoken) < 2
        or len(spoken) * 3 < len(lines) * 2
        or not asked
        or len(asked) * 3 < len(spoken)
    ):
        return ()
    names = sorted(lexicon.words.get("interviewee", frozenset({"interviewee"})))
    turns = []
    for line in spoken:
        content = Span(line.start + 1, line.end)
        turns.append(Turn(names[0], content, "interviewer" if line in asked else "speaker"))
    return tuple(turns)


def _asked(
    text: str, paragraphs: Sequence[Span], lexicon: Lexicon
) -> tuple[tuple[Turn, ...], tuple[Span, ...]] | None:
    """Return the turns of an interview whose questions are paragraphs of their own and whose answers have no label.

    Who answers says "I" in half of his answers: a page of questions and explanations is none.
    """
    asks = [text[p.start : p.end].rstrip().endswith(_QUESTION) for p in paragraphs]
    first = next((k for k, one in enumerate(asks) if one), len(asks))
    last = max((k for k, one in enumerate(asks) if one), default=-1)
    questions = sum(asks)
    if questions < _QUESTIONS or last + 1 >= len(asks) or questions * _ANSWERS < last + 1 - first:
        return None
    if any(
        found is not None and _names(found["label"])
        for k, p in enumerate(paragraphs)
        if k > first and not asks[k]
        for found in [_labelled(text, p, lexicon)]
    ):
        return None
    body = range(first, last + 2)
    own = lexicon.words.get("first_person", frozenset()) | lexicon.words.get(
        "first_plural", frozenset()
    )
    answers = [
        text[p.start : p.end].casefold() for k in body if not asks[k] for p in [paragraphs[k]]
    ]
    mine = sum(1 for said in answers if not own.isdisjoint(_WORDS.findall(said)))
    if mine * 2 < len(answers) or len(answers) < _QUESTIONS:
        return None
    label = min(lexicon.words.get("interviewee", frozenset({"interviewee"})))
    turns = tuple(Turn(label, paragraphs[k], "interviewer" if asks[k] else "speaker") for k in body)
    return turns, tuple(p for k, p in enumerate(paragraphs) if k not in body)


def _labelled(text: str, span: Span, lexicon: Lexicon) -> re.Match[str] | None:
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


def _speakers(text: str, line: Span) -> list[Span]:
    """Return the turns of a dialogue on one line, the line itself where it is none."""
    said = text[line.start : line.end]
    if not said.startswith(_DASHES) or _TOLD.search(said):
        return [line]
    ends = [match.start() for match in _NEXT_SPEAKER.finditer(said)]
    begins = [0, *(end + 1 for end in ends)]
    pieces = zip(begins, [*ends, len(said)], strict=True)
    return [Span(line.start + first, line.start + last) for first, last in pieces]


def loose_after_end(text: str, content: Span, span: Span) -> bool:
    """Return whether an empty line parts a stretch from the turn before it."""
    return text.count("\n", content.end, span.start) > 1


def _lines(text: str, paragraph: Span) -> list[Span]:
    lines: list[Span] = []
    at = paragraph.start
    for piece in text[paragraph.start : paragraph.end].split("\n"):
        if piece.strip():
            lines.append(Span(at, at + len(piece)))
        at += len(piece) + 1
    return lines


def _is_interview(
    labelled: Sequence[_Line], loose: Sequence[Span], lexicon: Lexicon, *, declared: bool
) -> bool:
    if not labelled:
        return False
    labels = [line.label.casefold() for line in labelled]
    known = any(
        _bare(label, lexicon) in lexicon.words.get("interviewers", ())
        or label in lexicon.words.get("answerers", ())
        or label.rstrip("0123456789 ") in lexicon.words.get("speakers", ())
        for label in labels
    )
    if declared or (known and len(labelled) >= 2 and len(labelled) >= len(loose)):
        return True
    asked = any(line.asks for line in labelled) and not loose
    if len(labelled) >= 2 and asked and all(_names(line.label) for line in labelled):
        return True
    if _in_capitals(labelled, loose):
        return True
    timed = sum(1 for line in labelled if line.time)
    repeated = len(set(labels)) < len(labels)
    return len(labelled) >= 3 and len(labelled) > 2 * len(loose) and (repeated or timed >= 2)


def _examining(labelled: Sequence[_Line], lexicon: Lexicon) -> set[str]:
    """Return the labels of those who hear a witness, or who have an office of asking: "COMMISSIONER PRADO"."""
    labels = {line.label.casefold() for line in labelled}
    answering = labels & lexicon.words.get("answerers", frozenset())
    if answering:
        return labels - answering
    asking = lexicon.words.get("interviewers", ())
    known = {label for label in labels if label.split()[0] in asking}
    return known if known != labels else set()


def _in_capitals(labelled: Sequence[_Line], loose: Sequence[Span]) -> bool:
    """Return whether two speakers at least have labels in capitals, and nothing stands between their turns."""
    begun = labelled[0].content.start
    several = len({line.label for line in labelled}) > 1
    written = all(line.label.isupper() and _names(line.label) for line in labelled)
    return several and written and all(span.start < begun for span in loose)


def _asking(text: str, labelled: Sequence[_Line], lexicon: Lexicon) -> frozenset[str]:
    """Return the labels of those who only ask."""
    known = {
        line.label.casefold()
        for line in labelled
        if _bare(line.label.casefold(), lexicon) in lexicon.words.get("interviewers", ())
    }
    if known == {line.label.casefold() for line in labelled}:
        # A presenter asks, and a reporter answers.
        known = {line.label.casefold() for line in labelled if line.asks}
    known = known or _examining(labelled, lexicon)
    if known:
        return frozenset(known)
    asked: dict[str, int] = {}
    turns: dict[str, int] = {}
    for line in labelled:
        low = line.label.casefold()
        content = text[line.content.start : line.content.end].strip()
        words = content.casefold().split()
        question = (
            content.endswith(_QUESTION)
            or any(word in lexicon.words.get("question_words", ()) for word in words[:4])
            or content.casefold() in lexicon.words.get("prompts", ())
        )
        turns[low] = turns.get(low, 0) + 1
        asked[low] = asked.get(low, 0) + question
    if len(turns) < 2:
        return frozenset()
    best = max(
        turns, key=lambda label: (asked[label] * 1000 // turns[label], -list(turns).index(label))
    )
    return frozenset({best}) if asked[best] * 2 >= turns[best] and asked[best] else frozenset()
