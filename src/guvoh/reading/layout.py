"""A report's text laid out for reading: tokens, sentences, quotations and the units they make."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import not_
from typing import NamedTuple, TypeVar

from guvoh.languages.lexicon import LANGUAGES, load
from guvoh.languages.phrases import Phrases
from guvoh.model.text import Span
from guvoh.reading.lexicon import Lexicon, Match, lexicon_of
from guvoh.reading.passage import Passage, passage_of
from guvoh.reading.quotations import Quotation, find_quotations
from guvoh.reading.sentences import find_sentences
from guvoh.reading.tokens import DOUBLED, Token, tokenize
from guvoh.resolve.nominative import nominative

T = TypeVar("T")

_NO_GROUPS: frozenset[str] = frozenset()
STOPS = frozenset(".!?…")
_MARKS = frozenset("“”„‟«»‹›‘’'\"「」") | frozenset(DOUBLED)
_DASHES = frozenset("—–-")
_SMALL = re.compile("[a-zа-яё]+")
NOUN_SECTIONS = frozenset(
    ("person", "group", "organisation", "media", "document", "unnamed", "kin", "nationality")
)


class Range(NamedTuple):
    """Half-open range of token indexes."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Unit:
    """Sentences that a quotation holds together, or one alone; `paragraph` is its ordinal."""

    tokens: Range
    paragraph: int


@dataclass(frozen=True, slots=True)
class Layout:
    """A text with its tokens. `speech` maps a quotation's first token to its inner range and end.

    `passage` has the text's words as the language's own lexicons have them. Only quotations that hold speech are there; a word or two in marks belongs to its sentence.
    From `lows` on there is an entry for each token, and a blank one behind the last; `hedged` are the
    tokens at which a hedge begins.
    """

    text: str
    lexicon: Lexicon
    tokens: tuple[Token, ...]
    starts: tuple[int, ...]
    paragraphs: tuple[Span, ...]
    sentences: tuple[Span, ...]
    sentence_tokens: tuple[Range, ...]
    quotations: tuple[Quotation, ...]
    speech: dict[int, tuple[Range, int, Quotation]]
    speech_starts: tuple[int, ...]
    matches: dict[int, tuple[Match, ...]]
    units: tuple[Unit, ...]
    passage: Passage | None
    lows: tuple[str, ...]
    groups: tuple[frozenset[str], ...]
    capitals: tuple[bool, ...]
    marks: tuple[bool, ...]
    found: tuple[tuple[Match, ...], ...]
    cues: tuple[tuple[Match, ...], ...]
    hedged: tuple[int, ...]
    shouting: bool = False

    def span(self, tokens: Range) -> Span:
        """Return the text span of a non-empty token range."""
        return Span(self.tokens[tokens.first].start, self.tokens[tokens.last - 1].end)

    def said(self, tokens: Range) -> str:
        """Return the text of a token range."""
        return self.text[self.tokens[tokens.first].start : self.tokens[tokens.last - 1].end]

    def range_of(self, span: Span) -> Range:
        """Return the tokens that begin inside `span`."""
        return Range(bisect_left(self.starts, span.start), bisect_left(self.starts, span.end))

    def phrases(self, lexicon: Phrases[T]) -> Iterator[tuple[Range, T]]:
        """Yield the tokens and value of each phrase of a lexicon of the language, none overlapping."""
        if self.passage is None:
            return
        for first, last, value in self.passage.find(lexicon):
            yield self.range_of(self.passage.span(first, last)), value

    def has(self, group: str, index: int) -> bool:
        """Return whether the token at `index` is one of the words `group`."""
        return group in self.groups[index]

    def those(self, group: str, tokens: Range) -> list[int]:
        """Return those of the tokens that are one of the words `group`."""
        first, last = tokens
        return [k for k, groups in enumerate(self.groups[first:last], first) if group in groups]

    def sections(self, index: int) -> tuple[str, ...]:
        """Return the lexicon sections of what begins at token `index`."""
        return tuple([match.entry.section for match in self.matches.get(index, ())])


def lay_out(text: str, paragraphs: Sequence[Span], language: str) -> Layout:
    """Return `text` laid out with the lexicon of `language`."""
    lexicon = lexicon_of(language)
    tokens: list[Token] = []
    for start, end in paragraphs:
        tokens += tokenize(text[start:end], lexicon.splitting, start)
    if lexicon.splitting.plain:
        tokens = [token._replace(low=token.low.replace("ё", "е")) for token in tokens]
    _, lows, starts, _, capitals, words = zip(*tokens, strict=True) if tokens else ((),) * 6
    sentences = find_sentences(
        text,
        paragraphs,
        lexicon.abbreviations,
        lexicon.words.get("not_names", frozenset()) | lexicon.nouns,
    )
    sentence_tokens = [
        Range(bisect_left(starts, s.start), bisect_left(starts, s.end)) for s in sentences
    ]
    quotations = find_quotations(text, paragraphs)
    matches: dict[int, tuple[Match, ...]] = {}
    found: list[tuple[Match, ...]] = [()] * (len(tokens) + 1)
    cues: list[tuple[Match, ...]] = [()] * (len(tokens) + 1)
    hedged: list[int] = []
    for index in lexicon.beginnings(lows):
        here = lexicon.at(lows, index)
        if here:
            matches[index] = found[index] = tuple(here)
            sections = [match.entry.section for match in here]
            if "cues" in sections:
                cues[index] = tuple([match for match in here if match.entry.section == "cues"])
            if "hedges" in sections:
                hedged.append(index)
    speech = _speech(tokens, starts, quotations, sentence_tokens, matches)
    shouting = _shouting(text)
    return Layout(
        text=text,
        lexicon=lexicon,
        tokens=tuple(tokens),
        starts=starts,
        paragraphs=tuple(paragraphs),
        sentences=sentences,
        sentence_tokens=tuple(sentence_tokens),
        quotations=quotations,
        speech=speech,
        speech_starts=tuple(sorted(speech)),
        matches=matches,
        units=tuple(_units(starts, paragraphs, sentence_tokens, speech)),
        passage=passage_of(text, load(lexicon.language)) if lexicon.language in LANGUAGES else None,
        lows=(*lows, ""),
        groups=(*[lexicon.groups.get(low, _NO_GROUPS) for low in lows], _NO_GROUPS),
        capitals=(False,) * (len(tokens) + 1) if shouting else (*capitals, False),
        marks=(*map(not_, words), False),
        found=tuple(found),
        cues=tuple(cues),
        hedged=tuple(hedged),
        shouting=shouting,
    )


def _shouting(text: str) -> bool:
    """Return whether the text is in capitals, so that capitals tell nothing of names."""
    sample = text[:4000]
    # Where half of all signs are small letters of these, the rest cannot outnumber them.
    if 2 * sum(map(len, _SMALL.findall(sample))) >= len(sample):
        return False
    return sum(map(str.isupper, sample)) > sum(map(str.islower, sample))


def _speech(
    tokens: Sequence[Token],
    starts: Sequence[int],
    quotations: Sequence[Quotation],
    sentences: Sequence[Range],
    matches: dict[int, tuple[Match, ...]],
) -> dict[int, tuple[Range, int, Quotation]]:
    """Return the quotations that hold speech and not a word or two of somebody's."""
    heads = {r.first for r in sentences}
    speech: dict[int, tuple[Range, int, Quotation]] = {}
    for quotation in quotations:
        first = bisect_left(starts, quotation.span.start)
        last = bisect_left(starts, quotation.span.end)
        inner = Range(
            bisect_left(starts, quotation.inner.start), bisect_left(starts, quotation.inner.end)
        )
        if inner.last <= inner.first or first in speech:
            continue
        if quotation.dashed or _is_speech(tokens, first, last, inner, heads, matches):
            speech[first] = (inner, last, quotation)
    return speech


def _is_speech(
    tokens: Sequence[Token],
    first: int,
    last: int,
    inner: Range,
    heads: set[int],
    matches: dict[int, tuple[Match, ...]],
) -> bool:
    words = sum(1 for k in range(inner.first, min(inner.last, inner.first + 8)) if tokens[k].word)
    if words == 0:
        return False
    stopped = tokens[inner.last - 1].text in ".!?…," or (
        last < len(tokens) and tokens[last].text in ",."
    )
    before = tokens[first - 1] if first else None
    if before is None or first in heads or before.text in STOPS or before.text in _MARKS:
        return stopped or words >= 6
    if before.text == ":":
        return True
    if before.text in "—–" and (
        first - 1 in heads or (first > 1 and tokens[first - 2].text in STOPS)
    ):
        return stopped or words >= 6  # "…, — говорит она. — «Никто не ушёл»."
    if before.text in ",—–":
        return words >= 4 or (words >= 2 and tokens[inner.last - 1].text in ".!?…,")
    if not tokens[inner.first].capital or words < 3:
        return False
    if any(m.entry.section in ("media", "organisation") for m in matches.get(first - 1, ())):
        return False  # "сообщает газета «Река и берег»"
    return any(
        match.entry.section == "cues" and match.entry.info.get("class") in ("say", "tell", "ask")
        for k in range(max(first - 5, 0), first)
        for match in matches.get(k, ())
    )


def _units(
    starts: Sequence[int],
    paragraphs: Sequence[Span],
    sentences: Sequence[Range],
    speech: dict[int, tuple[Range, int, Quotation]],
) -> list[Unit]:
    """Join sentences across whose border a quotation runs."""
    reach = 0
    units: list[Unit] = []
    opened: int | None = None
    paragraph = 0
    for number, sentence in enumerate(sentences):
        if sentence.last <= sentence.first:
            continue
        if opened is None:
            opened = sentence.first
        for k in range(sentence.first, sentence.last):
            if k in speech:
                reach = max(reach, speech[k][1])
        while (
            paragraph + 1 < len(paragraphs) and starts[sentence.first] >= paragraphs[paragraph].end
        ):
            paragraph += 1
        following = sentences[number + 1] if number + 1 < len(sentences) else None
        if following is not None and following.first < reach:
            continue
        units.append(Unit(Range(opened, sentence.last), paragraph))
        opened = None
    return units


def upright(layout: Layout, tokens: Range) -> str:
    """Return the words of a phrase, a noun that begins it in the nominative: "собеседник издания"."""
    text = layout.said(tokens)
    if not layout.lexicon.order.get("cases"):
        return _without_object(layout, text)
    located = tokens.first > 0 and (
        layout.has("source_prepositions", tokens.first - 1)
        or _behind_according(layout, tokens.first)
    )
    single = any(match.entry.form == "sg" for match in layout.matches.get(tokens.first, ()))
    for match in layout.matches.get(tokens.first, ()):
        if located and match.entry.form != "sg" and single:
            continue  # "в администрации": one office, and not its plural
        words = layout.said(Range(match.first, match.last)).lower()
        if match.entry.section in NOUN_SECTIONS and match.last <= tokens.last:
            known = {
                m.entry.citation
                for m in layout.matches[tokens.first]
                if m.last == match.last and not (located and single and m.entry.form != "sg")
            }
            cut = layout.tokens[match.last - 1].end - layout.tokens[tokens.first].start
            return text if words in known else match.entry.citation + text[cut:]
    # "в областной прокуратуре"
    return nominative(text, oblique=True) if located else text


def _behind_according(layout: Layout, at: int) -> bool:
    """Return whether a cue like "по утверждению", whose source is in the genitive, ends before `at`."""
    return any(
        match.last == at
        and match.entry.section == "cues"
        and match.entry.info["class"] == "according"
        for k in range(max(at - 4, 0), at)
        for match in layout.matches.get(k, ())
    )


def _without_object(layout: Layout, text: str) -> str:
    """Return a description without the ending of an object where it is a known noun: "mahbuslarni"."""
    low = text.rpartition(" ")[2].lower()
    for ending in layout.lexicon.endings.get("object", ()):
        if low.endswith(ending) and low[: -len(ending)] in layout.lexicon.nouns:
            return text[: -len(ending)]
    return text


def without_case(layout: Layout, tokens: Range) -> str:
    """Return the words of a name without the case ending that its language puts to it: "Anvarning"."""
    text = layout.said(tokens)
    if layout.lexicon.language == "ru":
        before = tokens.first - 1
        if _stands_as_it_is(layout, tokens):
            return text
        turned = _behind_according(layout, tokens.first)
        asked = before >= 0 and (layout.has("prepositions", before) or layout.has("calls", before))
        return nominative(text, guess=asked or turned, oblique=turned)
    endings = layout.lexicon.endings.get("genitive", ())
    last = tokens.last
    if not endings or last >= len(layout.tokens) or not layout.tokens[last].word:
        return text
    low = layout.tokens[last - 1].low
    ending = next((e for e in endings if low.endswith(e) and len(low) - len(e) >= 3), "")
    return text[: len(text) - len(ending)] if ending else text


def _stands_as_it_is(layout: Layout, tokens: Range) -> bool:
    """Return whether a name is in the nominative: «изданию „Водил.уз“», "Асия Мукашева потребовала"."""
    first, last = tokens
    if first > 1 and is_mark(layout.tokens[first - 1]):
        return not {"media", "organisation"}.isdisjoint(layout.sections(first - 2))
    if first and "kin" in layout.sections(first - 1):
        return False  # "мать Тимура рассказала"
    hers = layout.lexicon.endings.get("hers", ("\0",))
    return layout.lows[last].endswith(hers) and layout.lows[last - 1].endswith(("а", "я"))


def is_stop(token: Token) -> bool:
    """Return whether the token ends a sentence."""
    return token.text in STOPS


def is_mark(token: Token) -> bool:
    """Return whether the token is a quotation mark."""
    return token.text in _MARKS


def is_dash(token: Token) -> bool:
    """Return whether the token is a dash."""
    return token.text in _DASHES
