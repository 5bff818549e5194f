"""Cuts a report into sentences and each into words and anchors that survive translation."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import blake2b
from importlib.resources import files
from typing import NamedTuple

from babel import Locale, UnknownLocaleError

from guvoh.languages.fold import fold
from guvoh.lineage.background import (
    RAREST,
    as_keyed,
    coarse_of,
    folded_word,
    skeleton_weight,
    word_weight,
)
from guvoh.model.text import Span

# A word, or a number with its separators; possessive and Uzbek apostrophes stay inside a word.
_TOKEN = re.compile(r"\d+(?:[.,:]\d+|[\u00a0\u202f]\d{3}(?!\d))*|[^\W\d_]+(?:['’ʻʼ‘][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?…][\"'»”’)\]]{0,3}\s+(?=[\"'«“„‘(\[]{0,2}[^\W_])|\n+")
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,\u00a0\u202f]\d{3})+")
# "l'Ukraine", "Anwar's": what a language ties to a name with an apostrophe is no part of it.
_TIED = {
    "en": re.compile(r"['’]s$"),
    "fr": re.compile(r"^(?:[cdjlmnst]|qu)['’](?=.)", re.IGNORECASE),
    "it": re.compile(r"^(?:dell|nell|all|l|d|un)['’](?=.)", re.IGNORECASE),
}
_AGGLUTINATIVE = frozenset({"az", "kk", "ky", "tg", "tr", "tt", "uz"})
_STEM = 6
_MOST_WORDS = 32_768  # of each language, and as many that were met before
_CONCEPT_LANGUAGES = ("en", "ru", "uz", "tg", "ky", "es", "fr")
_CONCEPT_WEIGHT = 24
_THOUSANDS_OF = {"c:thousand": 10**3, "c:million": 10**6, "c:billion": 10**9}
_VOWELS = "aeiouy"
# A unit longer than this is cut, so that a page without full stops costs no more than prose.
_UNIT_TOKENS = 80
_ABBREVIATION = 4  # letters, at most, of what a full stop may shorten within a sentence
# Reports whose sentences are kept: about 15 kB for one of 250 words. Of more is kept what is compared, 3 kB to
# 5 kB of each kind: what a report is compared with came long before it.
_KEPT_CUT = 512
KEPT_REPORTS = 8192


class Word(NamedTuple):
    """A word as it is compared within a language (`key`, rarity in tenths) and, if it is one, as anchor.

    One value serves all places where the word stands. `named` says that the anchor stands in a
    list (a number, a month, a concept) and counts in full even at the start of a sentence. `number`
    stands for the key (63 bits). A `plain` word is no name, no number and none that any report of such
    an event has.
    """

    key: str
    weight: int
    anchor: str | None
    anchor_weight: int
    named: bool
    number: int = 0
    plain: bool = False


class Token(NamedTuple):
    """An anchor where it stands: `key`, rarity in tenths, and its span in the text."""

    key: str
    weight: int
    start: int
    end: int


class Unit(NamedTuple):
    """A sentence of a text: its words for comparison within a language, its anchors for all languages.

    Of the anchors the `keys` and the `weights`; where they stand is found when it is asked for.
    """

    span: Span
    paragraph: int
    words: tuple[Word, ...]
    keys: tuple[str, ...]
    weights: tuple[int, ...]
    text: str

    @property
    def anchors(self) -> list[Token]:
        """Return the anchors where they stand, in order."""
        return _tokens(self.text, self.span, self.words)


@dataclass(frozen=True, slots=True)
class Cut:
    """A text that is cut into sentences, those that begin in the spans `left_out` apart."""

    text: str
    language: str
    left_out: tuple[Span, ...] = ()

    @property
    def units(self) -> tuple[Unit, ...]:
        """Return the sentences in order."""
        return _outside(self)


@lru_cache(maxsize=_KEPT_CUT)
def _outside(cut: Cut) -> tuple[Unit, ...]:
    return tuple(
        unit
        for unit in units(cut.text, cut.language)
        if not any(span.start <= unit.span.start < span.end for span in cut.left_out)
    )


@cache
def _number_words() -> Mapping[str, Mapping[str, int]]:
    source = files("guvoh.lineage").joinpath("data", "numbers.toml")
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    return {language: dict(words) for language, words in data.items()}


@cache
def _calendar(language: str) -> Mapping[str, str]:
    """Return months and countries of a language by folded name without final vowels (CLDR)."""
    try:
        locale = Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return {}
    named: dict[str, str] = {}
    for code, name in sorted(locale.territories.items()):
        if len(code) == 2 and " " not in name and len(name) > 2:
            named[bare(folded_word(name))] = f"t:{code}"
    for form in ("format", "stand-alone"):
        for month, name in locale.months[form]["wide"].items():
            named[bare(folded_word(name))] = f"m:{month}"
    return named


@cache
def _concepts() -> Mapping[str, Mapping[str, str]]:
    """Return for each language: folded beginning of a word, or a word and a full stop → concept."""
    source = files("guvoh.lineage").joinpath("data", "concepts.tsv")
    table: dict[str, dict[str, str]] = {language: {} for language in _CONCEPT_LANGUAGES}
    for line in source.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        concept, *columns = line.split("\t")
        for language, words in zip(_CONCEPT_LANGUAGES, columns, strict=True):
            for word in words.split():
                ending = "." if word.endswith(".") else ""
                table[language].setdefault(folded_word(word.removesuffix(".")) + ending, concept)
    return table


def _concept(language: str, folded: str) -> str | None:
    table = _concepts().get(language)
    if table is None:
        return None
    whole = table.get(f"{folded}.")
    if whole is not None:
        return whole
    for size in range(min(len(folded), 12), 2, -1):
        found = table.get(folded[:size])
        if found is not None:
            return found
    return None


def _listed(language: str, folded: str) -> str | None:
    """Return the month or country that a word names; languages that pile endings up lose them."""
    table = _calendar(language)
    found = table.get(bare(folded))
    if found is None and language.partition("-")[0] in _AGGLUTINATIVE:
        for size in range(len(folded) - 1, max(4, len(folded) - 7), -1):
            found = table.get(bare(folded[:size]))
            if found is not None:
                break
    return found


def bare(word: str) -> str:
    """Return a folded word without its final vowels, where three letters are left."""
    short = word.rstrip(_VOWELS)
    return short if len(short) >= 3 else word


def number_key(text: str) -> str:
    """Return one spelling for a number: no thousands separators, a point for decimals."""
    if _THOUSANDS.fullmatch(text):
        text = re.sub(r"\D", "", text)
    return text.replace(",", ".").replace("\u00a0", "").replace("\u202f", "")


def _number_weight(key: str) -> int:
    """Return the rarity of a number in tenths: small and round ones are everywhere."""
    digits = key.replace(".", "").replace(":", "")
    if len(digits) == 1:
        return 15
    if len(digits) == 4 and digits[:2] in {"19", "20"}:
        return 25
    if len(digits) == 2:
        return 30 if not digits.endswith("0") else 22
    return RAREST - 15 if digits.rstrip("0") != digits[:1] else 35


def _word(language: str, word: str) -> Word:
    if word[0].isdigit():
        key = number_key(word)
        return Word(f"n:{key}", _number_weight(key), f"n:{key}", _number_weight(key), True)
    base = language.partition("-")[0]
    if base in _TIED and ("'" in word or "’" in word):
        word = _TIED[base].sub("", word)
    whole = fold(word)
    folded = as_keyed(whole)
    number = _number_words().get(base, {}).get(folded)
    if number is not None:
        key = f"n:{number}"
        return Word(key, _number_weight(str(number)), key, _number_weight(str(number)), True)
    weight = word_weight(base, folded)
    stem = folded[:_STEM]
    listed = _listed(language, folded) if word[0].isupper() or base != "en" else None
    if listed is not None and (word[0].isupper() or listed[0] != "t"):  # "того" is no Togo
        return Word(stem, weight, listed, 30, True)
    concept = _concept(base, folded)
    if concept is not None:
        return Word(stem, weight, f"c:{concept}", min(weight, _CONCEPT_WEIGHT), True)
    bones = coarse_of(whole)
    capital = word[0].isupper()
    if len(bones) < 2 or len(bones) > 16 or (not capital and (len(bones) < 4 or len(folded) < 6)):
        return Word(stem, weight, None, 0, False)
    rarity = min(skeleton_weight(bones), 10 + 12 * (len(bones) - 1))
    return Word(stem, weight, f"k:{bones}", rarity if capital else rarity * 2 // 5, False)


class _Vocabulary(dict[str, Word]):
    """What is known of each word of a language, filled as words are met; those that are met no more go."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language
        self._before: dict[str, Word] = {}

    def __missing__(self, word: str) -> Word:
        if len(self) >= _MOST_WORDS:
            self._before = dict(self)
            self.clear()
        known = self._before.get(word)
        if known is not None:
            self[word] = known
            return known
        read = _word(self._language, word)
        number = int.from_bytes(blake2b(read.key.encode(), digest_size=8).digest()) >> 1
        plain = word[0].islower() and not read.named
        read = self[word] = Word(*read[:5], number, plain)
        return read


@cache
def _vocabulary(language: str) -> _Vocabulary:
    return _Vocabulary(language)


def _multiplied(text: str, number: Token, thousand: Token) -> list[Token]:
    """Return "10 thousand" as the number that other languages write 10,000."""
    digits = number.key[2:]
    if text[number.end : thousand.start].strip() or not digits.replace(".", "", 1).isdigit():
        return [number, thousand]
    key = f"{round(float(digits) * _THOUSANDS_OF[thousand.key])}"
    return [Token(f"n:{key}", _number_weight(key), number.start, thousand.end)]


def _unit(text: str, span: Span, paragraph: int, words: tuple[Word, ...]) -> Unit:
    """Return a sentence, or a stretch of one, with the anchors of its words."""
    anchored = [word for word in words if word.anchor is not None]
    keys = [word.anchor or "" for word in anchored]
    if not _THOUSANDS_OF.keys().isdisjoint(keys):
        tokens = _tokens(text, span, words)
        weights = [token.weight for token in tokens]
        keys = [token.key for token in tokens]
    else:
        weights = [word.anchor_weight for word in anchored]
        if _begins_with_a_name(words):
            weights[0] = _at_the_start(weights[0])
    return Unit(span, paragraph, words, tuple(keys), tuple(weights), text)


def _begins_with_a_name(words: Sequence[Word]) -> bool:
    return words[0].anchor is not None and not words[0].named


def _at_the_start(weight: int) -> int:
    return weight * 3 // 5  # a capital at the start of a sentence says little


def _tokens(text: str, span: Span, words: Sequence[Word]) -> list[Token]:
    """Return the anchors of a sentence where they stand; "10 thousand" is one number."""
    matches = _TOKEN.finditer(text, span.start, span.end)
    found = [
        Token(word.anchor, word.anchor_weight, *match.span())
        for match, word in zip(matches, words, strict=True)
        if word.anchor is not None
    ]
    if _begins_with_a_name(words):
        found[0] = found[0]._replace(weight=_at_the_start(found[0].weight))
    for at in range(len(found) - 1, 0, -1):
        if found[at].key in _THOUSANDS_OF and found[at - 1].key[:2] == "n:":
            found[at - 1 : at + 1] = _multiplied(text, found[at - 1], found[at])
    return found


def _goes_on(text: str, end: re.Match[str]) -> bool:
    """Tell whether a sentence goes on behind what looks like its end: "350 тыс. долларов", "J. Paul"."""
    if "\n" in end[0]:
        return False
    before, at = text[max(end.start() - _ABBREVIATION - 1, 0) : end.start()], end.end()
    if text[at].islower():
        return end[0][0] != "." or not before.isalpha()
    return end[0][0] == "." and before[-1:].isupper() and not before[-2:-1].isalnum()


def _sentences(text: str) -> Iterator[tuple[Span, int]]:
    """Yield sentences with the ordinal of their paragraph."""
    start, paragraph = 0, 0
    for match in _SENTENCE_END.finditer(text):
        if _goes_on(text, match):
            continue
        if text[start : match.start()].strip():
            yield Span(start, match.start() + len(match.group().rstrip())), paragraph
        if "\n" in match.group():
            paragraph += 1
        start = match.end()
    if text[start:].strip():
        yield Span(start, len(text)), paragraph


def units(text: str, language: str) -> tuple[Unit, ...]:
    """Return the sentences of `text` with their words and anchors, in order."""
    found: list[Unit] = []
    known = _vocabulary(language).__getitem__
    for span, paragraph in _sentences(text):
        words = tuple(map(known, _TOKEN.findall(text, span.start, span.end)))
        if len(words) <= _UNIT_TOKENS:
            if words:
                found.append(_unit(text, span, paragraph, words))
            continue
        matches = list(_TOKEN.finditer(text, span.start, span.end))
        for at in range(0, len(words), _UNIT_TOKENS):
            part = matches[at : at + _UNIT_TOKENS]
            cut = Span(part[0].start(), part[-1].end())
            found.append(_unit(text, cut, paragraph, words[at : at + _UNIT_TOKENS]))
    return tuple(found)
