"""Quantities of a text as bounds, with what is counted; docs/quantities.md states each band."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from guvoh.languages import Language, load
from guvoh.languages.phrases import Phrases
from guvoh.model.claim import Quantity
from guvoh.model.text import Span
from guvoh.reading.numbers import MONEY_SIGNS, plain_figures
from guvoh.reading.passage import BREAK, COMMA, DOT, JOIN, Passage, passage_of
from guvoh.reading.quantities_words import Amount, amount_at, bounded
from guvoh.reading.times import find_mentions

_NOUN_WORDS = 4
_AGES = range(5, 106)


def find_quantities(
    text: str, language: Language, exclude: Sequence[Span] | None = None
) -> tuple[Quantity, ...]:
    """Return the quantities of `text` in order, none inside a span of `exclude`.

    `exclude` holds the spans of times and names; where it is None, times are looked for here.
    """
    passage = passage_of(text, language)
    if exclude is None:
        exclude = [mention.span for mention in find_mentions(passage, None)]
    taken = _Taken(exclude)
    starts = _starters(language.code)
    found: list[Quantity] = []
    words, behind = passage.words, 0
    for index in _candidates(passage, starts):
        if index < behind or taken.covers(words[index].start):
            continue
        amount = amount_at(passage, index)
        if amount is None:
            continue
        behind = amount.end
        if not taken.covers(words[behind - 1].start) and _counts(passage, index, amount):
            found.append(_quantity(passage, index, amount, found[-1].span.end if found else 0))
    return tuple(found)


def _candidates(passage: Passage, starts: "_Starters") -> Iterator[int]:
    """Yield the words at which a quantity can begin."""
    for index, (text, _, _) in enumerate(passage.words):
        if (
            text[0].isdecimal()
            or (text in starts.words and _begins(passage, index, starts.words[text]))
            or (text in starts.articles and _counted(passage, index, starts))
        ):
            yield index


class _Taken:
    """Spans that hold no quantity; asked in logarithmic time."""

    def __init__(self, spans: Sequence[Span]) -> None:
        merged: list[tuple[int, int]] = []
        for start, end in sorted(spans):
            if merged and start <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(merged[-1][1], end))
            else:
                merged.append((start, end))
        self._starts = [start for start, _ in merged]
        self._ends = [end for _, end in merged]

    def covers(self, at: int) -> bool:
        """Return whether a span holds the character at `at`."""
        place = bisect_right(self._starts, at) - 1
        return place >= 0 and at < self._ends[place]


def _begins(passage: Passage, index: int, lexicons: tuple[Phrases[Any], ...]) -> bool:
    """Return whether one of the lexicons has what begins a quantity at `index`: not every "de" is one of "de unos"."""
    bounds = passage.language.bounds
    return any(
        passage.match(lexicon, index) is not None
        if lexicon is not bounds
        else any(_opens(name) for _, name in passage.matches(bounds, index))
        for lexicon in lexicons
    )


def _counted(passage: Passage, index: int, starts: "_Starters") -> bool:
    """Return whether a count follows the article at `index`."""
    if index + 1 >= len(passage):
        return False
    return (
        passage.words[index + 1].text in starts.counts
        or passage.match(passage.language.vague, index) is not None
    )


@dataclass(frozen=True, slots=True)
class _Starters:
    """Words with which a quantity begins, with the lexicons to look in; articles, which need one of `counts` after them."""

    words: Mapping[str, tuple[Phrases[Any], ...]]
    articles: frozenset[str]
    counts: frozenset[str]


@cache
def _starters(code: str) -> _Starters:
    language = load(code)

    numbers = {first for lexicon in _numbers(language) for first, _ in lexicon}
    counts = numbers.union(first for first, name in language.bounds if _opens(name))
    articles = {first for first, name in language.bounds if name == "article"}
    articles.update(first for first, name in language.time_links if name == "the")
    words: dict[str, tuple[Phrases[Any], ...]] = {}
    lexicons: tuple[Phrases[Any], ...] = (*_numbers(language), language.vague, language.bounds)
    for lexicon in lexicons:
        firsts = {
            first for first, name in lexicon if lexicon is not language.bounds or _opens(name)
        }
        for word in sorted(firsts - articles):
            words[word] = (*words.get(word, ()), lexicon)
    return _Starters(words, frozenset(articles), frozenset(counts))


def _numbers(language: Language) -> tuple[Phrases[int], ...]:
    return language.cardinals, language.scales, language.collectives


_BEGINNINGS = (
    "about", "under", "below", "over", "atleast", "atmost", "exact", "between", "article",
)  # fmt: skip


def _opens(name: str) -> bool:
    """Return whether a quantity begins with the entries `name` of a language's bounds."""
    return name in _BEGINNINGS or (name.startswith("fraction ") and name[9:].isdigit())


# What counts nothing


def _counts(passage: Passage, index: int, amount: Amount) -> bool:
    """Return whether an amount counts something: no age, duration, distance, number in a name."""
    if amount.low == 1 and amount.high == 1 and not amount.figures and not amount.fraction:
        return False
    if amount.vague and amount.high is None and _of_number(passage, amount.end):
        return False
    if amount.fraction and not _parts(passage, amount):
        return False
    if not amount.vague and (_named(passage, index, amount) or _numbered(passage, index, amount)):
        return False
    return not (_measures(passage, amount) or _aged(passage, index, amount))


def _of_number(passage: Passage, index: int) -> bool:
    """Return whether "a group" goes on with how many it was: "a group of about forty"."""
    if index >= len(passage) or passage.gap(index) != JOIN:
        return False
    at = passage.is_one(passage.language.bounds, index, "fraction-of") or index
    following = amount_at(passage, at) if at < len(passage) and passage.gap(at) == JOIN else None
    return following is not None and (following.low, following.high) != (1, 1)


def _parts(passage: Passage, amount: Amount) -> bool:
    """Return whether a fraction is a part of something, and no half of a year or half open door."""
    if passage.between(amount.end) == "-":
        return amount.bounded
    if amount.end >= len(passage) or passage.gap(amount.end) != JOIN:
        return (
            amount.bounded
            or passage.ends_with(passage.language.bounds, amount.end, "fraction-loose") is not None
        )
    bounds, language = passage.language.bounds, passage.language
    of = passage.is_one(bounds, amount.end, "fraction-of")
    at = of if of is not None else amount.end
    at = passage.is_one(language.time_links, at, "the") or at
    unit = passage.match(language.units, at)
    if unit is not None and unit[1] not in ("second", "half"):
        return False
    before = passage.is_one(bounds, amount.end, "fraction-before")
    loose = passage.ends_with(bounds, amount.end, "fraction-loose") is not None
    return (
        of is not None
        or before is not None
        or amount.bounded
        or loose
        or not _has_of(language.code)
    )


@cache
def _has_of(code: str) -> bool:
    return any(name == "fraction-of" for _, name in load(code).bounds)


def _named(passage: Passage, index: int, amount: Amount) -> bool:
    """Return whether the number belongs to a name before it: "Colony No. 6", "IK-6", "clause 9"."""
    if index == 0:
        return False
    between = passage.between(index)
    if between in ("-", "_", "/", "№", " №", " № ", "#", " #", "@", "‑") and amount.figures:
        return True
    if passage.gap(index) not in (JOIN, DOT) or any(sign in between for sign in "№º°#"):
        return any(sign in between for sign in "№º°#")
    language = passage.language
    if passage.ends_with(language.bounds, index, "naming") is not None:
        return True
    if passage.gap(index) == DOT:
        return False
    capital = passage.capital(index - 1) or amount.figures
    return (
        capital
        and passage.ends_with_any(language.facilities, index)
        and not _noun_follows(passage, amount.end)
    )


def _noun_follows(passage: Passage, index: int) -> bool:
    return (
        index < len(passage)
        and (passage.gap(index) == JOIN or passage.between(index).strip() == "+")
        and passage.is_one(passage.language.time_links, index, "function") is None
    )


def _numbered(passage: Passage, index: int, amount: Amount) -> bool:
    """Return whether figures are a list's number, a time code, or part of an address or code."""
    if not amount.figures:
        return False
    after, before = passage.between(amount.end), passage.between(index)
    if after[:1] in ("/", "_", "@", ":") and after != ": ":
        return True
    if after[:1] == "+" and not _noun_follows(passage, amount.end):
        return True
    if after == "-" and plain_figures(passage, amount.end):
        return True
    if before.endswith(("/", ":", "_", "=")) and not before.endswith(" "):
        return True
    line_start = index == 0 or "\n" in before
    return (
        line_start
        and after[:1] in (".", ")", ":")
        and amount.end < len(passage)
        and amount.end == index + 1
    )


def _measures(passage: Passage, amount: Amount) -> bool:
    """Return whether a unit of time, length, weight or heat follows, or a clock's half of the day."""
    language, end = passage.language, amount.end
    if end >= len(passage):
        return False
    if passage.between(end).startswith("°"):
        return True
    if passage.gap(end) != JOIN:
        return False
    at = passage.is_one(language.time_links, end, "unit-adjective") or end
    if at < len(passage) and passage.gap(at) == JOIN:
        unit = passage.match(language.units, at)
        if (
            unit is not None
            and unit[1] not in ("half", "season")
            and not (unit[1] == "second" and not amount.figures)
        ):
            return True
    letter = passage.is_one(language.bounds, end, "clock-letter")
    if letter is not None and passage.between(letter).startswith("."):
        return passage.words[letter].text == "m"  # "9 a.m."
    return passage.is_one(language.bounds, end, "measure", "clock", "age") is not None


def _aged(passage: Passage, index: int, amount: Amount) -> bool:
    """Return whether a number between commas or brackets behind a name is somebody's age."""
    links = passage.language.time_links
    if passage.gap(index) == JOIN and passage.ends_with(links, index, "age-before") is not None:
        return True
    if index == 0 or amount.end != index + 1 or not amount.figures or amount.low not in _AGES:
        return False
    before, after = passage.between(index), passage.between(amount.end)
    if not passage.capital(index - 1) or before.strip() not in (",", "("):
        return False
    return after[:1] in (",", ")", ".", ";") or passage.gap(amount.end) in (COMMA, BREAK)


# What is counted


def _quantity(passage: Passage, index: int, amount: Amount, floor: int) -> Quantity:
    """Return the quantity with the signs and articles that belong to it, none before `floor`."""
    text = passage.text
    if amount.vague and passage.gap(index) == JOIN:
        article = passage.ends_with(passage.language.bounds, index, "article-many")
        index = article if article is not None and passage.words[article].start >= floor else index
    start, end, sign = _signed(text, passage.span(index, amount.end), floor)
    if text[end : end + 1] == "+":
        end, amount = end + 1, bounded(amount, "atleast")
    counted: str | None = sign
    percent = _percent(passage, amount.end)
    if percent is not None:
        end, after = percent
        noun = _noun(passage, after)
        counted = text[_percent_start(passage, amount.end) : noun.end if noun is not None else end]
    elif sign is None:
        end = _abbreviated(passage, amount, end)
        noun = _noun(passage, amount.end)
        counted = text[noun.start : noun.end] if noun is not None else None
    return Quantity(
        text=text[start:end],
        span=Span(start, end),
        low=amount.low,
        high=amount.high,
        of=counted,
        approximate=amount.bounded or amount.vague,
    )


def _signed(text: str, span: Span, floor: int) -> tuple[int, int, str | None]:
    """Return a number's span with the sign of money beside it, and the sign."""
    start, end = span
    if start > floor and text[start - 1] in MONEY_SIGNS:
        return start - 1, end, text[start - 1]
    for at in (end, end + 1):
        if text[at : at + 1] in tuple(MONEY_SIGNS) and not text[at + 1 : at + 2].isdecimal():
            return start, at + 1, text[at]
        if text[at : at + 1] not in (" ", "\u00a0", "\u202f"):
            break
    return start, end, None


def _abbreviated(passage: Passage, amount: Amount, end: int) -> int:
    """Return the end with the full stop of an abbreviation inside a sentence: "50 тыс. рублей"."""
    last = passage.words[amount.end - 1].text
    short = not last.isdecimal() and len(last) <= 4 and passage.gap(amount.end) == DOT
    if not short or passage.capital(amount.end) or passage.language.scales.get(last) is None:
        return end
    return end + 1


def _percent(passage: Passage, index: int) -> tuple[int, int] | None:
    """Return (end of the sign or word, word after it) where per cent follow."""
    end_of_number = passage.words[index - 1].end
    tail = passage.text[end_of_number : end_of_number + 2]
    if "%" in tail and not tail[0].isalnum():
        return end_of_number + tail.index("%") + 1, index
    if index < len(passage) and passage.gap(index) == JOIN:
        word = passage.is_one(passage.language.bounds, index, "percent")
        if word is not None:
            return passage.words[word - 1].end, word
    return None


def _percent_start(passage: Passage, index: int) -> int:
    end = passage.words[index - 1].end
    tail = passage.text[end : end + 2]
    return end + tail.index("%") if "%" in tail else passage.words[index].start


def _noun(passage: Passage, index: int) -> Span | None:
    """Return the noun phrase counted: the words after the number up to one that ends it."""
    language = passage.language
    links, bounds = language.time_links, language.bounds
    at = index
    while at < len(passage) and (
        passage.gap(at) == JOIN or (at == index and _carries_on(passage, at))
    ):
        step = passage.is_one(bounds, at, "fraction-of", "more") or passage.is_one(links, at, "the")
        if step is None:
            break
        at = step
    first = at
    if passage.match(language.pronouns, first) is not None:
        return None
    while at < len(passage) and at - first < _NOUN_WORDS:
        if passage.gap(at) != JOIN and not (at == index and _carries_on(passage, at)):
            break
        if (
            passage.is_one(links, at, "function", "past-verb", "present-verb", "future-verb")
            is not None
        ):
            break
        if passage.is_one(bounds, at, "stop") is not None or passage.words[at].text[0].isdecimal():
            break
        if at > first and _verbal(passage, at):
            break
        at += 1
    return passage.span(first, at) if at > first else None


def _carries_on(passage: Passage, index: int) -> bool:
    """Return whether what is counted comes although a sign or an abbreviation's stop is before it."""
    between = passage.between(index)
    if between.strip() in ("%", "+"):
        return True
    return (
        passage.gap(index) == DOT
        and passage.language.scales.get(passage.words[index - 1].text) is not None
    )


def _verbal(passage: Passage, index: int) -> bool:
    word = passage.words[index].text
    return any(
        len(word) > len(tail) + 2 and word.endswith(tail)
        for tail in _verb_endings(passage.language.code)
    )


@cache
def _verb_endings(code: str) -> tuple[str, ...]:
    return tuple(first for first, value in load(code).time_links if value == "past-ending")
