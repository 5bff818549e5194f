"""Turns of interviews and transcripts: who speaks in which stretch, and who only asks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from guvoh.model.text import Span
from guvoh.reading.lexicon import Lexicon
from guvoh.reading.turn_lines import Line, bare, is_known, labelled_lines, names
from guvoh.reading.unlabelled import DASHES, asked, dashed

_WORDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_ANSWERED = 4  # paragraphs to one label at the most, between labels
# What is heard beside the words: "[sighs]", "(pause)".
_HEARD = re.compile(r"(?:^|(?<=[.?!…”»\"]))[ \t]*(?:\[[^\]\n]{1,40}\]|\([^)\n]{1,40}\))(?=[ \t\n])")


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


def find_turns(
    text: str, paragraphs: Sequence[Span], lexicon: Lexicon, *, declared: bool
) -> tuple[tuple[Turn, ...], tuple[Span, ...]]:
    """Return the turns of a text, and the stretches that belong to none; no turns in an article.

    `declared` says that the cleaner took the text for an interview. An answer of several paragraphs is
    a turn for each, and one that is broken by what is heard beside the words, "[sighs]", for each piece.
    """
    interviewee = min(lexicon.words.get("interviewee", frozenset({"interviewee"})))
    spoken = dashed(text, paragraphs)
    if spoken:
        apart = tuple(p for p in paragraphs if not text.startswith(DASHES, p.start))
        return tuple(_unlabelled(interviewee, spoken)), apart
    labelled, loose = labelled_lines(text, paragraphs, lexicon)
    outer, inner = _around(text, labelled, loose, lexicon)
    if not _is_interview(labelled, outer, inner, lexicon, declared=declared):
        put = asked(text, paragraphs, lexicon)
        return (
            ((), tuple(paragraphs))
            if put is None
            else (tuple(_unlabelled(interviewee, put[0])), tuple(put[1]))
        )
    asking = _asking(text, labelled, lexicon)
    turns: list[Turn] = []
    for number, line in enumerate(labelled, start=1):
        role, through = _role(line, asking, lexicon), _through(line, lexicon)
        stretches = [line.content]
        if role != "interviewer":
            stretches += [span for span, after in inner if after == number]
        turns.extend(
            Turn(line.label, span, role, through, line.time)
            for stretch in stretches
            for span in _without_heard(text, stretch)
        )
    silent = [
        span
        for span, after in inner
        if _role(labelled[after - 1], asking, lexicon) == "interviewer"
    ]
    return tuple(turns), tuple(sorted([*(span for span, _ in outer), *silent]))


def _unlabelled(interviewee: str, said: Sequence[tuple[Span, bool]]) -> Iterator[Turn]:
    for span, asks in said:
        yield Turn(interviewee, span, "interviewer" if asks else "speaker")


def _role(line: Line, asking: frozenset[str], lexicon: Lexicon) -> str:
    low = line.label.casefold()
    if low in asking:
        return "interviewer"
    translates = bare(low, lexicon) in lexicon.words.get("interpreters", ())
    return "interpreter" if translates else "speaker"


def _through(line: Line, lexicon: Lexicon) -> bool:
    """Return whether the note behind a label says that an interpreter speaks: "(through interpreter)"."""
    translators = lexicon.words.get("interpreters", ())
    return any(word in translators for word in line.note.casefold().split())


def _without_heard(text: str, span: Span) -> list[Span]:
    """Return a stretch of speech without what is heard beside the words."""
    pieces: list[Span] = []
    start = span.start
    for match in _HEARD.finditer(text[span.start : span.end]):
        pieces.append(Span(start, span.start + match.start()))
        start = span.start + match.end()
    pieces.append(Span(start, span.end))
    return [piece for piece in pieces if text[piece.start : piece.end].strip()]


_Loose = list[tuple[Span, int]]


def _around(
    text: str, labelled: Sequence[Line], loose: _Loose, lexicon: Lexicon
) -> tuple[_Loose, _Loose]:
    """Part what has no label: what stands outside the turns, and what goes on with the one before it.

    Between two turns a paragraph goes on with the first, unless it names who speaks there or stands in
    brackets; behind the last where it says "I" or "we".
    """
    own = lexicon.words.get("first_person", frozenset())
    own = own | lexicon.words.get("first_plural", frozenset())
    outer: _Loose = []
    inner: _Loose = []
    for span, after in loose:
        goes_on = after > 0 and text[span.start] not in "([*_"
        if goes_on:
            said = set(_WORDS.findall(text[span.start : span.end].casefold()))
            label = _WORDS.findall(labelled[after - 1].label.casefold())
            named = any(len(word) > 1 and word in said for word in label)
            goes_on = not named and (after < len(labelled) or not own.isdisjoint(said))
        (inner if goes_on else outer).append((span, after))
    return outer, inner


def _is_interview(
    labelled: Sequence[Line], outer: _Loose, inner: _Loose, lexicon: Lexicon, *, declared: bool
) -> bool:
    if not labelled:
        return False
    labels = [line.label.casefold() for line in labelled]
    known = any(is_known(label, lexicon) for label in labels)
    several = len(labelled) >= 2 and len(inner) <= _ANSWERED * len(labelled)
    if declared or (known and several and len(labelled) >= len(outer)):
        return True
    asked = any(line.asks for line in labelled) and len(outer) * 2 <= len(labelled)
    if several and asked and len(inner) <= len(labelled) and all(map(_named, labelled)):
        return True
    if _in_capitals(labelled, outer):
        return True
    timed = sum(1 for line in labelled if line.time)
    repeated = len(set(labels)) < len(labels)
    few = len(labelled) > 2 * (len(outer) + len(inner))
    return len(labelled) >= 3 and few and (repeated or timed >= 2)


def _named(line: Line) -> bool:
    return names(line.label)


def _examining(labelled: Sequence[Line], lexicon: Lexicon) -> set[str]:
    """Return the labels of those who hear a witness, or who have an office of asking: "COMMISSIONER PRADO"."""
    labels = {line.label.casefold() for line in labelled}
    answerers = lexicon.words.get("answerers", ())
    answering = {label for label in labels if bare(label, lexicon) in answerers}
    if answering:
        return labels - answering
    asking = lexicon.words.get("interviewers", ())
    known = {label for label in labels if label.split()[0] in asking}
    return known if known != labels else set()


def _in_capitals(labelled: Sequence[Line], outer: _Loose) -> bool:
    """Return whether two speakers at least have labels in capitals, and nothing stands between their turns."""
    several = len({line.label for line in labelled}) > 1
    written = all(line.label.isupper() and names(line.label) for line in labelled)
    return several and written and all(after == 0 for _, after in outer)


def _asking(text: str, labelled: Sequence[Line], lexicon: Lexicon) -> frozenset[str]:
    """Return the labels of those who only ask."""
    labels = {line.label.casefold() for line in labelled}
    interviewers = lexicon.words.get("interviewers", ())
    known = {label for label in labels if bare(label, lexicon) in interviewers}
    if known == labels:
        # A presenter asks, and a reporter answers.
        known = {line.label.casefold() for line in labelled if line.asks}
    known = known or _examining(labelled, lexicon)
    shares = _shares(text, labelled, lexicon)
    if known:
        # Of a committee others ask too.
        more = known | {label for label, share in shares.items() if share == 1000}
        return frozenset(more if more != labels else known)
    if len(labels) < 2:
        return frozenset()
    best = max(shares, key=lambda label: (shares[label], -list(shares).index(label)))
    return frozenset({best}) if shares[best] >= 500 else frozenset()


def _shares(text: str, labelled: Sequence[Line], lexicon: Lexicon) -> dict[str, int]:
    """Return for each label, in order of the text, how many of a thousand turns are put to somebody."""
    pointed = any(line.asks for line in labelled)
    asked: dict[str, int] = {}
    turns: dict[str, int] = {}
    before = ""
    for line in labelled:
        low = line.label.casefold()
        said = text[line.content.start : line.content.end].strip().casefold()
        echo = said.rstrip(".!…") in before  # "Four at a time."
        turns[low] = turns.get(low, 0) + 1
        asks = line.asks or echo or _puts(said, lexicon, pointed=pointed)
        asked[low] = asked.get(low, 0) + asks
        before = said
    return {low: 1000 * asked[low] // turns[low] for low in turns}


def _puts(said: str, lexicon: Lexicon, *, pointed: bool) -> bool:
    """Return whether a turn without a question mark asks; `pointed` says that others of the text have one."""
    if said in lexicon.words.get("prompts", ()):
        return True
    words = _WORDS.findall(said)
    own = lexicon.words.get("first_person", frozenset())
    own = own | lexicon.words.get("first_plural", frozenset())
    if pointed:
        # "You were at the front for seven weeks."
        you = lexicon.words.get("you", frozenset())
        return not you.isdisjoint(words) and own.isdisjoint(words)
    return any(word in lexicon.words.get("question_words", ()) for word in words[:4])
