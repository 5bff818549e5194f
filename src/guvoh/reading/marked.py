"""Attributions that the encoder marked, as token ranges, and which of them are somebody's claim."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from guvoh.encoder.attributions import Attribution, link
from guvoh.model.tagging import Tagging
from guvoh.model.text import Span
from guvoh.reading.clauses import Clause, Phrase, clause_of, finite, item_of
from guvoh.reading.layout import Layout, Range, is_stop
from guvoh.reading.lexicon import Match
from guvoh.reading.phrases import phrase_right
from guvoh.reading.phrases_before import subject_left
from guvoh.reading.stretches import is_question, trimmed

# TimeBank's class of what is said, as against what is wanted, tried or done.
_SAID = "REPORTING"
_DONE = "OCCURRENCE"
_TOLD_EVENTS = frozenset((_SAID, "I_STATE", "I_ACTION"))
_FEWEST_WORDS = 3
# Cues with which somebody says or thinks something; of the others rules know better what they mean.
TOLD = frozenset(("say", "tell", "think", "ask", "show", "call"))
# Words that are verbs of saying and much else ("state", "list", "certified"): here rules may err.
_DOUBTFUL = frozenset((*TOLD, "want"))
_CLOSING = 2  # tokens of a comma and a mark at the end of a quotation
_QUOTATIONS = 8  # that are looked at in one content
# Tokens before a cue in which a negation or "declined to" stands.
_BEFORE = 3


@dataclass(frozen=True, slots=True)
class Marked:
    """One attribution of the encoder: `source` is None where none is marked, `own` if not shared.

    `known` is the cue's entry in the lexicon, `event` the TimeBank class of its last word that has one.
    """

    cue: Range
    source: Range | None
    contents: tuple[Range, ...]
    own: bool
    event: str
    known: Match | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """What the encoder marked in a text: `parts` are the tokens of cues, contents and events.

    `marked` are those of cues, `cues` those of cues and of events of saying, thinking and asking. The
    encoder may have read only the text before token `reach`.
    """

    marks: tuple[Marked, ...] = ()
    parts: frozenset[int] = frozenset()
    marked: frozenset[int] = frozenset()
    cues: frozenset[int] = frozenset()
    reach: int = 0

    def between(self, tokens: Range) -> tuple[Marked, ...]:
        """Return the attributions whose cue begins in `tokens`."""
        first, last = (bisect_left(self.marks, at, key=lambda m: m.cue.first) for at in tokens)
        return self.marks[first:last]

    def doubts(self, cue: Match) -> bool:
        """Return whether the encoder sees neither words nor an event where rules take a word for a cue.

        What stands inside a content is not looked at: the encoder marks nothing in it.
        """
        seen = not self.parts.isdisjoint(range(cue.first, cue.last))
        return cue.entry.info["class"] in _DOUBTFUL and cue.last <= self.reach and not seen

    def hears(self, cue: Match) -> bool:
        """Return whether the encoder too sees a cue, or saying, thinking or asking, there."""
        return not self.cues.isdisjoint(range(cue.first, cue.last))


NOTHING = Heard()


def marked(layout: Layout, tagging: Tagging | None) -> Heard:
    """Return the attributions of a text that have content, in the order of their cues."""
    if tagging is None:
        return Heard()
    events = {
        k: tag.label
        for tag in tagging.tags
        if tag.head == "events"
        for k in range(*layout.range_of(Span(tag.start, tag.end)))
    }
    found = []
    for one in linked(layout, tagging):
        cue = layout.range_of(one.cue)
        contents = _ranges(layout, one.contents)
        if cue.last <= cue.first or not contents:
            continue
        sources = _ranges(layout, one.sources)
        found.append(
            Marked(
                cue,
                sources[0] if sources else None,
                contents,
                not one.shared,
                next((events[k] for k in reversed(range(*cue)) if k in events), ""),
                next((match for k in range(*cue) for match in layout.cues[k]), None),
            )
        )
    cues = _tokens(layout, tagging.of("attribution", "cue"))
    parts = cues | _tokens(layout, tagging.of("attribution", "content")) | events.keys()
    told = {k for k, label in events.items() if label in _TOLD_EVENTS}
    return Heard(tuple(found), parts, cues, cues | told, max(parts, default=-1) + 1)


def linked(layout: Layout, tagging: Tagging) -> tuple[Attribution, ...]:
    """Return what the encoder marked in a text as attributions."""

    def opened(content: Span) -> bool:
        return layout.has("that", layout.range_of(content).first)

    return link(tagging, layout.paragraphs, layout.sentences, opened)


def claimed(layout: Layout, found: Sequence[Marked], tokens: Range) -> list[Marked]:
    """Return the attributions with their cue in `tokens` that say something there, cut to it.

    PolNeAR marks whatever somebody thinks of a thing ("criticised the plan"). A claim says
    something: its content has a finite verb or is a quotation, its cue is an event of
    reporting or a word that the rules know for one, and is neither negated nor supposed.
    """
    claims = []
    for one in found:
        source = _who(layout, one, tokens)
        if source is None or not (tokens.first <= one.cue.first and one.cue.last <= tokens.last):
            continue
        contents = _within(layout, one.contents, tokens)
        if contents and _says(layout, one, contents):
            claims.append(replace(one, source=source, contents=contents))
    return claims


def _who(layout: Layout, one: Marked, tokens: Range) -> Range | None:
    """Return who speaks: of "who" whom it stands for, of a source that is shared only one in the sentence."""
    if one.source is None or not (one.own or _same_sentence(layout, one.source, one.cue)):
        return None
    if not relative(layout, one.source):
        return one.source
    clause = clause_of(layout, tokens)
    subject = subject_left(clause, item_of(clause, one.cue.first), 0)
    if subject is None or subject.elided or relative(layout, subject.head):
        return None
    return subject.head


def relative(layout: Layout, source: Range) -> bool:
    """Return whether a source is "who" or "which", which names nobody."""
    return layout.has("relatives", source.first)


def voice(layout: Layout, source: Range) -> Phrase:
    """Return a marked source as the phrase that names who speaks."""
    clause = clause_of(layout, source)
    phrase = phrase_right(clause, 0, len(clause.items))
    named = phrase is not None and any(
        layout.tokens[k].text[0].isalpha() for k in range(*phrase.head)
    )
    whole = trimmed(layout, source) or source
    return phrase if phrase is not None and named else Phrase(whole, whole)


def _same_sentence(layout: Layout, source: Range, cue: Range) -> bool:
    return not any(is_stop(layout.tokens[k]) for k in range(source.last, cue.first))


def _within(layout: Layout, contents: Sequence[Range], tokens: Range) -> tuple[Range, ...]:
    cut = (Range(max(c.first, tokens.first), min(c.last, tokens.last)) for c in contents)
    pieces = (trimmed(layout, _inner(layout, piece)) for piece in cut if piece.last > piece.first)
    return tuple(piece for piece in pieces if piece is not None)


def _inner(layout: Layout, piece: Range) -> Range:
    """Return what stands inside the marks of a content that is one quotation, but for its last mark."""
    inner, last, _ = layout.speech.get(piece.first, (piece, piece.last, None))
    return inner if inner.last - _CLOSING <= piece.last <= last else piece


def _says(layout: Layout, one: Marked, contents: Sequence[Range]) -> bool:
    """Return whether an attribution with these contents is a claim of its source."""
    quoted = any(_quotes(layout, c) for c in contents)
    info = one.known.entry.info if one.known is not None else {}
    known = info.get("class") in TOLD
    # "complained that" is told whatever its event; "has read" is not.
    direct = contents[0].first in (one.cue.last, one.cue.last + layout.has("that", one.cue.last))
    told = one.event == _SAID or (known and (one.event != _DONE or direct))
    words = sum(layout.tokens[k].word for c in contents for k in range(*c))
    if (
        info.get("class") == "citing"
        or not (told or quoted)
        or words < _FEWEST_WORDS
        or is_question(layout, contents[-1])
    ):
        return False
    if any(
        layout.has(group, k)
        for k in range(max(one.cue.first - _BEFORE, 0), one.cue.last)
        for group in ("negations", "refusals", "modals", "future")
        if layout.tokens[k].text not in ".!?"
    ):
        return False
    takes_sentences = words > _FEWEST_WORDS and known and one.event == _SAID and not info.get("np")
    return quoted or takes_sentences or any(_states(clause_of(layout, c)) for c in contents)


def _quotes(layout: Layout, content: Range) -> bool:
    """Return whether a content has words of its source's in marks, and not a name alone."""
    begin, end = layout.tokens[max(content.first - 1, 0)].start, layout.tokens[content.last - 1].end
    at = bisect_left(layout.quotations, begin, key=lambda q: q.span.start)
    for quotation in layout.quotations[at : at + _QUOTATIONS]:
        inner = layout.range_of(quotation.inner)
        if quotation.span.start < end and inner.last - inner.first >= _FEWEST_WORDS:
            return True
    return False


def _states(clause: Clause) -> bool:
    """Return whether a content is a sentence, and not a thing with a sentence that describes it."""
    for k in range(len(clause.items)):
        if k and (clause.is_("relatives", k) or clause.is_("complementizers", k)):
            return False
        if finite(clause, k):
            return True
    return False


def _tokens(layout: Layout, spans: Sequence[Span]) -> frozenset[int]:
    return frozenset(k for span in spans for k in range(*layout.range_of(span)))


def _ranges(layout: Layout, spans: Sequence[Span]) -> tuple[Range, ...]:
    ranges = (layout.range_of(span) for span in spans)
    return tuple(tokens for tokens in ranges if tokens.last > tokens.first)
