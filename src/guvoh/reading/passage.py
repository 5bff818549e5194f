"""A text as words with what stands between them, the view on which times, quantities and places are read."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from typing import Any, TypeVar

from guvoh.languages import Language, load
from guvoh.languages.phrases import Phrases, Word
from guvoh.model.text import Span

T = TypeVar("T")

_STARTS = frozenset('\n.!?…:"“')  # signs behind which a sentence or a line begins
_BLANKS = 64  # words that rules may look beyond either end
_LONGEST = 5  # words of a phrase that is looked for backwards

# What stands between two words: it decides whether a phrase may run across.
JOIN, COMMA, DASH, DOT, SLASH, COLON, BREAK = range(7)

_KNOWN = {
    "": JOIN, " ": JOIN, "-": JOIN, "\u00a0": JOIN, "\u202f": JOIN, "\n": JOIN, "  ": JOIN,
    "\u2011": JOIN, "\u2010": JOIN, ", ": COMMA, ",": COMMA, "–": DASH, "—": DASH, " – ": DASH,
    " — ": DASH, " - ": DASH, "−": DASH, ". ": DOT, ".": DOT, ".\n": DOT, "/": SLASH, " / ": SLASH,
    ":": COLON, ": ": COLON,
}  # fmt: skip
_KINDS = {",": COMMA, "–": DASH, "—": DASH, ".": DOT, "/": SLASH, ":": COLON, "-": JOIN, "‐": JOIN}


def _kind(between: str) -> int:
    """Return the kind of what stands between two words where it is none of the usual strings."""
    signs = between[:8].split()
    if "\n\n" in between[:8] or len(between) > 4:
        return BREAK
    if not signs:
        return JOIN
    return _KINDS.get(signs[0], BREAK) if len(signs) == 1 and len(signs[0]) == 1 else BREAK


_FIRST_WORDS: dict[int, tuple[Phrases[Any], frozenset[str]]] = {}


def first_words(lexicon: Phrases[Any]) -> frozenset[str]:
    """Return the words with which the entries of a lexicon begin; kept with the lexicon itself."""
    known = _FIRST_WORDS.get(id(lexicon))
    if known is None or known[0] is not lexicon:
        known = _FIRST_WORDS[id(lexicon)] = (lexicon, frozenset(first for first, _ in lexicon))
    return known[1]


@dataclass(frozen=True, slots=True)
class _Openers:
    """The lexicons of a language, and for each word which of them, by `id`, have an entry that begins with it."""

    lexicons: tuple[Phrases[Any], ...]
    by_word: Mapping[str, tuple[int, ...]]


@cache
def _openers(code: str) -> _Openers:
    language = load(code)
    values = (getattr(language, field.name) for field in fields(language))
    lexicons = tuple(value for value in values if isinstance(value, Phrases))
    by_word: dict[str, list[int]] = {}
    for lexicon in lexicons:
        for word in first_words(lexicon):
            by_word.setdefault(word, []).append(id(lexicon))
    return _Openers(lexicons, {word: tuple(found) for word, found in by_word.items()})


# What a lexicon has at a word, longest first; None until it is asked for.
_Hits = tuple[tuple[int, Any], ...]


class Passage:
    """The words of a text in one language; `passage_of` makes it, once for a text.

    What a lexicon has at a word is looked up once and kept, for the rules ask again and again.
    """

    __slots__ = (
        "_at",
        "_between",
        "_capitals",
        "_gaps",
        "_parsed",
        "_places",
        "language",
        "text",
        "words",
    )

    def __init__(self, text: str, language: Language) -> None:
        self.text = text
        self.language = language
        self.words: list[Word] = language.words(text)
        texts, starts, ends = zip(*self.words, strict=True) if self.words else ((), (), ())
        self._capitals = [text[start].isupper() for start in starts]
        self._places: dict[str, list[int]] = {}
        for index, word in enumerate(texts):
            self._places.setdefault(word, []).append(index)
        between = [text[end:start] for end, start in zip(ends, starts[1:], strict=False)]
        known = [(each, _KNOWN.get(each)) for each in between]
        gaps = [_kind(each) if kind is None else kind for each, kind in known]
        # Behind the last word, and before the first, nothing goes on.
        self._between = ["\n\n", *between, *["\n\n"] * _BLANKS]
        self._gaps = [BREAK, *gaps, *[BREAK] * _BLANKS]
        # One pass over the words for all lexicons of the language.
        openers = _openers(language.code)
        self._at: dict[int, dict[int, _Hits | None]] = {id(each): {} for each in openers.lexicons}
        for word, places in self._places.items():
            for lexicon in openers.by_word.get(word, ()):
                at = self._at[lexicon]
                for index in places:
                    at[index] = None
        self._parsed: dict[tuple[str, int], Any] = {}

    def __len__(self) -> int:
        return len(self.words)

    def between(self, index: int) -> str:
        """Return what stands between word `index` and the one before it; a blank line at the ends."""
        return self._between[index]

    def gap(self, index: int) -> int:
        """Return the kind of what stands before word `index`."""
        return self._gaps[index]

    def joined(self, first: int, last: int) -> bool:
        """Return whether words `first` to `last` (exclusive) stand together as one phrase can."""
        return all(self.gap(index) == JOIN for index in range(first + 1, last))

    def _open(self, lexicon: Phrases[Any]) -> dict[int, _Hits | None]:
        """Return the words at which an entry of `lexicon` can begin."""
        first = first_words(lexicon) & self._places.keys()
        found: dict[int, _Hits | None] = {at: None for word in first for at in self._places[word]}
        self._at[id(lexicon)] = found
        return found

    def places(self, lexicon: Phrases[Any]) -> Collection[int]:
        """Return the words at which an entry of the lexicon can begin."""
        places = self._at.get(id(lexicon))
        return self._open(lexicon) if places is None else places

    def find(self, lexicon: Phrases[T]) -> Iterator[tuple[int, int, T]]:
        """Yield (first word, word after the last, value) of the entries, none overlapping, marks or not."""
        free = 0
        for at in sorted(self.places(lexicon)):
            hit = lexicon.match(self.words, at) if at >= free else None
            if hit is not None:
                free = at + hit[0]
                yield at, free, hit[1]

    # Four of five questions are about a word at which nothing begins: they are answered without a call.

    def matches(self, lexicon: Phrases[T], index: int) -> Sequence[tuple[int, T]]:
        """Return (word after it, value) of all entries at `index` that no mark interrupts, longest first."""
        places = self._at.get(id(lexicon))
        if places is None:
            places = self._open(lexicon)
        if index not in places:
            return ()
        hits = places[index]
        return self._look_up(lexicon, index, places) if hits is None else hits

    def _look_up(self, lexicon: Phrases[Any], index: int, places: dict[int, _Hits | None]) -> _Hits:
        """Find what the lexicon has at `index`, and keep it among its `places`."""
        hits = tuple(
            [
                (index + length, value)
                for length, value in lexicon.matches(self.words, index)
                if length == 1 or self.joined(index, index + length)
            ]
        )
        places[index] = hits
        return hits

    def match(self, lexicon: Phrases[T], index: int) -> tuple[int, T] | None:
        """Return (word after it, value) of the longest entry at `index` that no mark interrupts."""
        places = self._at.get(id(lexicon))
        if places is not None and index not in places:
            return None
        found = self.matches(lexicon, index)
        return found[0] if found else None

    def is_one(self, lexicon: Phrases[str], index: int, *values: str) -> int | None:
        """Return the word after the longest entry at `index` that has one of `values`, or None."""
        places = self._at.get(id(lexicon))
        if places is not None and index not in places:
            return None
        for end, value in self.matches(lexicon, index):
            if value in values:
                return end
        return None

    @property
    def parsed(self) -> dict[tuple[str, int], Any]:
        """Return what rules have read so far at words of this passage, by rule and word."""
        return self._parsed

    def ends_with(self, lexicon: Phrases[str], index: int, *values: str) -> int | None:
        """Return the first word of an entry with one of `values` that ends before word `index`."""
        places = self.places(lexicon)
        for first in range(max(0, index - _LONGEST), min(index, len(self.words))):
            if first in places:
                for end, value in self.matches(lexicon, first):
                    if end == index and value in values:
                        return first
        return None

    def ends_with_any(self, lexicon: Phrases[str], index: int) -> bool:
        """Return whether any entry of the lexicon ends before word `index`."""
        return any(
            end == index
            for first in range(max(0, index - _LONGEST), min(index, len(self.words)))
            for end, _ in self.matches(lexicon, first)
        )

    def capitals(self) -> list[int]:
        """Return the words that begin with a capital letter, in order."""
        return [index for index, capital in enumerate(self._capitals) if capital]

    def capital(self, index: int) -> bool:
        """Return whether word `index` begins with a capital letter."""
        return self._capitals[index]

    def sentence_start(self, index: int) -> bool:
        """Return whether word `index` begins a sentence or a line."""
        if index <= 0:
            return True
        return not _STARTS.isdisjoint(self.between(index))

    def span(self, first: int, last: int) -> Span:
        """Return the span of words `first` to `last` (exclusive)."""
        return Span(self.words[first].start, self.words[last - 1].end)


@lru_cache(maxsize=2)
def _passage(text: str, code: str) -> Passage:
    return Passage(text, load(code))


def passage_of(text: str, language: Language) -> Passage:
    """Return the passage of `text`; the last texts are kept, for three steps read each."""
    return _passage(text, language.code)
