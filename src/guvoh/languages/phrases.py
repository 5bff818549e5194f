"""Words of a text in the form in which lexicons are looked up, and lexicons of phrases over them."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")

# One code point for one, so that offsets in a key are offsets in the text: `str.lower` alone would
# make two of İ. The grave accent and the two quotation marks are typed for an apostrophe.
_KEY = tuple(zip("Ёё’‘`´ʻʼİ\u00a0\u202f", "ее''''''i  ", strict=True))

# Letters and digits with the marks that combine with them; an apostrophe holds a word together and
# is cut off by the rules of the language afterwards.
_WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*(?:['][^\W_]+)*'?")


def key(text: str) -> str:
    """Return `text` as lexicons have it: lower case, one apostrophe, е for ё; the length stays."""
    # One by one: most are in no text, and `str.translate` would look at each letter.
    for sign, plain in _KEY:
        text = text.replace(sign, plain)
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(c.lower()[:1] for c in text)


class Word(NamedTuple):
    """A word as lexicons have it, and where in the text it stands."""

    text: str
    start: int
    end: int


def words(
    text: str, elisions: frozenset[str] = frozenset(), suffixes: frozenset[str] = frozenset()
) -> list[Word]:
    """Return the words of `text` in order; hyphens and punctuation part words.

    `elisions` are heads cut off after an apostrophe (French "l", "qu"), `suffixes` tails cut off
    before one (English "s"); both pieces keep their characters, "l'" and "'s".
    """
    found: list[Word] = []
    new = tuple.__new__  # what a NamedTuple calls, without the arguments by name
    for match in _WORD.finditer(key(text)):
        word, (start, end) = match[0], match.span()
        if "'" not in word:
            found.append(new(Word, (word, start, end)))
            continue
        # A closing quotation mark, unless the apostrophe is a letter's: "tog'", "l'«…»".
        letter = word[-2:-1] in ("o", "g") and not (elisions or suffixes)
        if word.endswith("'") and not letter and word[:-1] not in elisions:
            word, end = word[:-1], end - 1
        if "'" not in word:
            found.append(Word(word, start, end))
            continue
        cut = word.index("'")
        if word[:cut] in elisions and cut < len(word) - 1:
            found.append(Word(word[: cut + 1], start, start + cut + 1))
            word, start = word[cut + 1 :], start + cut + 1
            cut = word.rfind("'")
        cut = word.rfind("'")
        if cut > 0 and word[cut + 1 :] in suffixes:
            found.append(Word(word[:cut], start, start + cut))
            word, start = word[cut:], start + cut
        found.append(Word(word, start, end))
    return found


class Phrases(Generic[T]):
    """A lexicon from phrases to values, each word of a phrase in any of its forms; longest first."""

    __slots__ = ("_alone", "_by_first", "_by_two", "_size")

    def __init__(self, entries: Iterable[tuple[Sequence[frozenset[str]], T]]) -> None:
        by_first: dict[str, list[tuple[tuple[frozenset[str], ...], T]]] = {}
        self._size = 0
        for pattern, value in entries:
            self._size += 1
            for form in sorted(pattern[0]):
                by_first.setdefault(form, []).append((tuple(pattern[1:]), value))
        for candidates in by_first.values():
            candidates.sort(key=lambda candidate: -len(candidate[0]))  # stable: first declared wins
        self._by_first: Mapping[str, list[tuple[tuple[frozenset[str], ...], T]]] = by_first
        # The same as they are looked up: those of one word, and those that go on by their second.
        self._alone: dict[str, list[T]] = {}
        self._by_two: dict[str, dict[str, list[tuple[tuple[frozenset[str], ...], T]]]] = {}
        for first, candidates in by_first.items():
            for rest, value in candidates:
                if not rest:
                    self._alone.setdefault(first, []).append(value)
                    continue
                seconds = self._by_two.setdefault(first, {})
                for second in rest[0]:
                    seconds.setdefault(second, []).append((rest[1:], value))

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[tuple[str, T]]:
        """Yield the first words and values of all phrases, in order of the words."""
        for first in sorted(self._by_first):
            for _, value in self._by_first[first]:
                yield first, value

    def forms(self) -> Iterator[tuple[str, T]]:
        """Yield every form of every phrase, words parted by spaces, with its value."""
        for first in sorted(self._by_first):
            for rest, value in self._by_first[first]:
                for words_ in product(*(sorted(forms) for forms in rest)):
                    yield " ".join((first, *words_)), value

    def vocabulary(self, *, without: Collection[T] = ()) -> set[str]:
        """Return every word of the phrases, first or later, but of those with a value of `without`."""
        found: set[str] = set()
        for first, candidates in self._by_first.items():
            for rest, value in candidates:
                if value not in without:
                    found.add(first)
                    found.update(*rest)
        return found

    def match(self, text: Sequence[Word], at: int = 0) -> tuple[int, T] | None:
        """Return how many words from `at` the longest phrase takes, and its value."""
        hits = self.matches(text, at)
        return hits[0] if hits else None

    def matches(self, text: Sequence[Word], at: int = 0) -> list[tuple[int, T]]:
        """Return all phrases that begin at `at`, longest first; one word can mean several things."""
        first = text[at].text
        found: list[tuple[int, T]] = []
        seconds = self._by_two.get(first)
        if seconds is not None and at + 1 < len(text):
            for rest, value in seconds.get(text[at + 1].text, ()):
                if at + 2 + len(rest) <= len(text) and all(
                    text[at + 2 + step].text in forms for step, forms in enumerate(rest)
                ):
                    found.append((2 + len(rest), value))
        alone = self._alone.get(first)
        if alone is not None:
            found += [(1, value) for value in alone]
        return found

    def find(self, text: Sequence[Word]) -> Iterator[tuple[int, int, T]]:
        """Yield (first word, word after the last, value) of the phrases in `text`, none overlapping."""
        free = 0
        known = self._by_first
        for at in [at for at, word in enumerate(text) if word[0] in known]:
            if at < free:
                continue
            hit = self.match(text, at)
            if hit is not None:
                free = at + hit[0]
                yield at, free, hit[1]

    def get(self, phrase: str) -> T | None:
        """Return the value of exactly `phrase`, words parted by spaces, or None."""
        text = words(phrase)
        hit = self.match(text) if text else None
        return hit[1] if hit is not None and hit[0] == len(text) else None
