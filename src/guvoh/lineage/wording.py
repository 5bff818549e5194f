"""What two sentences word differently, and which words say on whose word and how surely."""

import re
import tomllib
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from guvoh.lineage.background import folded_word
from guvoh.model.text import Span

_WORD = re.compile(r"[^\W_]+(?:['’ʻʼ‘][^\W_]+)*")
# Sentences that have fewer of their words in common, in order, were written anew: what is worded
# differently in them says nothing.
_KEPT = 0.5
# Equal words between two differences that are too few to part them.
_PARTING = 1
_LONGEST = 12
_MOST_WORDS = 100_000
# Sentences kept with their words and cues: those of about 500 reports, a kilobyte each at most.
_KEPT_SENTENCES = 8_192
_COMPLETE = frozenset({"en", "es", "fr", "ru"})


class Cue(StrEnum):
    """What a word or phrase shows of a sentence."""

    SAW = "saw"
    SPEECH = "speech"
    HEDGE = "hedge"
    DENIAL = "denial"
    NOT = "not"
    OWN = "own"
    PAPERS = "papers"


@dataclass(frozen=True, slots=True)
class Cued:
    """A cue where it stands in a text."""

    cue: Cue
    span: Span


@dataclass(frozen=True, slots=True)
class Difference:
    """Stretches of two texts that stand at the same place of a sentence; one may be empty."""

    left: Span
    right: Span


_Phrases = tuple[tuple[Cue, tuple[str, ...]], ...]


class _Vocabulary(dict[str, _Phrases]):
    """The cue phrases that begin with a folded word, filled as words are met and emptied when full."""

    def __init__(self, phrases: Mapping[str, _Phrases]) -> None:
        """Take phrases by the first word's beginning; a full stop ends a whole word."""
        super().__init__()
        self._phrases = phrases

    def __missing__(self, word: str) -> _Phrases:
        if len(self) >= _MOST_WORDS:
            self.clear()
        found = list(self._phrases.get(f"{word}.", ()))
        for size in range(min(len(word), _LONGEST), 0, -1):
            found += self._phrases.get(word[:size], ())
        phrases = self[word] = tuple(found)
        return phrases


@cache
def _vocabularies() -> Mapping[str, _Vocabulary]:
    source = files("guvoh.lineage").joinpath("data", "wording.toml")
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    return {language: _vocabulary(classes) for language, classes in data.items()}


def _vocabulary(classes: Mapping[str, list[str]]) -> _Vocabulary:
    found: dict[str, list[tuple[Cue, tuple[str, ...]]]] = {}
    for name, entries in classes.items():
        for entry in entries:
            words = tuple(_entry(word) for word in entry.split())
            found.setdefault(words[0], []).append((Cue(name), words))
    return _Vocabulary({first: tuple(entries) for first, entries in found.items()})


def _entry(word: str) -> str:
    """Return a word of the list as it is compared: folded, its full stop kept, cut where it has none."""
    folded = folded_word(word.rstrip("."))
    return f"{folded}." if word.endswith(".") else folded[:_LONGEST]


def _matches(word: str, entry: str) -> bool:
    return word == entry[:-1] if entry.endswith(".") else word.startswith(entry)


def complete(language: str) -> bool:
    """Tell whether the cues of a language are listed so fully that a sentence without one has none."""
    return language in _COMPLETE


class Heard(NamedTuple):
    """The folded words of a stretch of a text, and where each begins and ends."""

    words: tuple[str, ...]
    starts: Sequence[int]
    ends: Sequence[int]

    def stretch(self, first: int, last: int, within: Span) -> Span:
        """Return the span of words `first` to `last`; without any, the empty place between two words."""
        if first < last:
            return Span(self.starts[first], self.ends[last - 1])
        place = self.starts[first] if first < len(self.words) else within.end
        return Span(place, place)


@lru_cache(maxsize=_KEPT_SENTENCES)
def heard(text: str, span: Span) -> Heard:
    """Return the words of a stretch of a text, kept in little room."""
    found = list(_WORD.finditer(text, span.start, span.end))
    return Heard(
        tuple([_folded(match[0]) for match in found]),
        array("I", [match.start() for match in found]),
        array("I", [match.end() for match in found]),
    )


def words_of(text: str, span: Span) -> tuple[tuple[str, Span], ...]:
    """Return the folded words of a stretch of a text, each with its span."""
    return tuple(
        [(word, Span(start, end)) for word, start, end in zip(*heard(text, span), strict=True)]
    )


@lru_cache(maxsize=16384)
def _folded(word: str) -> str:
    return folded_word(word)


@lru_cache(maxsize=_KEPT_SENTENCES)
def cues_in(text: str, span: Span, language: str) -> tuple[Cued, ...]:
    """Return the cues of a sentence, in order; of those that begin at one word each class once."""
    vocabulary = _vocabularies().get(language)
    if vocabulary is None:
        return ()
    words, starts, ends = heard(text, span)
    found: dict[tuple[Cue, int], Cued] = {}
    for at, word in enumerate(words):
        for cue, phrase in vocabulary[word]:
            run = words[at : at + len(phrase)]
            if len(run) == len(phrase) and all(map(_matches, run, phrase)):
                whole = Cued(cue, Span(starts[at], ends[at + len(phrase) - 1]))
                known = found.setdefault((cue, at), whole)
                if known.span.end < whole.span.end:
                    found[cue, at] = whole
    return tuple(found.values())


def differences(
    left_text: str, left: Span, right_text: str, right: Span
) -> tuple[Difference, ...] | None:
    """Return where two sentences of one language differ word by word, None if one was written anew."""
    ours, theirs = heard(left_text, left), heard(right_text, right)
    lengths = len(ours.words), len(theirs.words)
    matcher = SequenceMatcher(None, ours.words, theirs.words, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    kept = sum(block.size for block in blocks)
    if 2 * kept < _KEPT * sum(lengths):
        return None
    found: list[Difference] = []
    here = there = 0
    last = len(blocks) - 1
    for number, block in enumerate(blocks):
        # A lone word in common, "of" or "a", does not part what was changed around it.
        if block.size <= _PARTING and 0 < number < last:
            continue
        if block.a > here or block.b > there:
            stretches = ours.stretch(here, block.a, left), theirs.stretch(there, block.b, right)
            found.append(Difference(*stretches))
        here, there = block.a + block.size, block.b + block.size
    if here < lengths[0] or there < lengths[1]:
        stretches = ours.stretch(here, lengths[0], left), theirs.stretch(there, lengths[1], right)
        found.append(Difference(*stretches))
    return tuple(found)
