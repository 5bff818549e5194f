"""Numbers in figures and words, as each language writes them, for times and quantities alike."""

import re
from functools import cache
from typing import NamedTuple

from guvoh.languages import load
from guvoh.reading.passage import JOIN, Passage

_MOST_GROUPS = 6  # groups of three digits of one number
_LARGEST = 10**15
MONEY_SIGNS = "$€£₽₸₴₺₹¥₩¢"
_MONEY_SCALES = {"k": 10**3, "m": 10**6}
_SUFFIXED = re.compile(r"(\d{1,4})([^\W\d_]{1,4})")


class Number(NamedTuple):
    """A number and the word after it; `figures` tells digits from number words."""

    value: int | float
    end: int
    figures: bool


def number_at(passage: Passage, index: int) -> Number | None:
    """Return the number that begins at word `index`, with its scale words, or None."""
    if index >= len(passage):
        return None
    if passage.words[index].text[0].isdecimal():
        return _in_figures(passage, index)
    if passage.words[index].text not in _number_words(passage.language.code):
        return None
    return _in_words(passage, index)


@cache
def _number_words(code: str) -> frozenset[str]:
    """Return the words with which a number in words can begin."""
    language = load(code)
    words = {first for lexicon in (language.cardinals, language.scales) for first, _ in lexicon}
    return frozenset(words | {first for first, name in language.bounds if name == "article"})


def plain_figures(passage: Passage, index: int) -> str | None:
    """Return the digits of word `index` where it is made of ASCII or other decimal digits alone."""
    if index >= len(passage):
        return None
    word = passage.words[index].text
    if not word.isdecimal() or len(word) > 18:
        return None
    return word if word.isascii() else "".join(str(int(sign)) for sign in word)


def _in_figures(passage: Passage, index: int) -> Number | None:
    digits = plain_figures(passage, index)
    if digits is None:
        return _suffixed(passage, index)
    if passage.between(index) in (":", ".") and index and passage.words[index - 1].text.isdecimal():
        return None
    end = index + 1
    if len(digits) <= 3 and digits[0] != "0":
        sign = passage.between(end)
        last = index + _MOST_GROUPS
        while (
            len(sign) == 1
            and sign in passage.language.group
            and end < last
            and _triple(passage, end, sign)
        ):
            digits += plain_figures(passage, end) or ""
            end += 1
            sign = passage.between(end) if passage.between(end) == sign else ""
    if passage.between(end) == ":" and plain_figures(passage, end):
        return None
    value: int | float = int(digits)
    if passage.between(end) in _decimals(passage):
        fraction = _suffix_digits(passage, end, index)
        if fraction is not None:
            value, end = float(f"{digits}.{fraction[0]}"), end + 1
            if passage.between(end) == "." and plain_figures(passage, end):
                return None
            if fraction[1] is not None:
                return Number(_whole(value * fraction[1]), end, True)
    return _scaled(passage, value, end)


def _decimals(passage: Passage) -> tuple[str, ...]:
    return (",", ".") if passage.language.decimal == "," else (".",)


def _triple(passage: Passage, index: int, sign: str) -> bool:
    """Return whether word `index` is the next group of three digits and not a number of its own."""
    digits = plain_figures(passage, index)
    if digits is None or len(digits) != 3:
        return False
    if sign != " ":
        return True
    first = index - 1
    while (
        max(0, index - _MOST_GROUPS) < first
        and passage.between(first) == " "
        and passage.words[first - 1].text.isdecimal()
    ):
        first -= 1
    return first == 0 or passage.match(passage.language.months, first - 1) is None


def _suffix_digits(passage: Passage, index: int, first: int) -> tuple[str, int | None] | None:
    """Return digits after a decimal sign and the scale written on to them ("5bn").

    `first` is the word before the sign: "$1.2m" has its sign of money there.
    """
    digits = plain_figures(passage, index)
    if digits is not None:
        return digits, None
    match = _SUFFIXED.fullmatch(passage.words[index].text) if index < len(passage) else None
    scale = _written_on(passage, first, match[2]) if match else None
    return (match[1], scale) if match and scale else None


def _suffixed(passage: Passage, index: int) -> Number | None:
    match = _SUFFIXED.fullmatch(passage.words[index].text)
    scale = _written_on(passage, index, match[2]) if match else None
    return Number(int(match[1]) * scale, index + 1, True) if match and scale else None


def _written_on(passage: Passage, index: int, letters: str) -> int | None:
    """Return the scale written on to figures; "m" and "k" are one behind a sign of money alone."""
    money = passage.text[max(0, passage.words[index].start - 1)] in MONEY_SIGNS
    return passage.language.scales.get(letters) or (_MONEY_SCALES.get(letters) if money else None)


def _whole(value: float) -> int | float:
    # 1.2 million is 1200000.0000000001 in floats: no count has more than six decimals.
    rounded = round(value, 6)
    return int(rounded) if rounded == int(rounded) else rounded


def _scaled(passage: Passage, value: float, end: int) -> Number:
    while value < _LARGEST and passage.gap(end) == JOIN:
        hit = passage.match(passage.language.scales, end)
        if hit is None:
            break
        value, end = _whole(value * hit[1]), hit[0]
        if (
            end < len(passage)
            and passage.between(end) == "."
            and passage.words[end - 1].text in ("тыс", "млн", "млрд")
        ):
            break
    return Number(value, end, True)


def _in_words(passage: Passage, index: int) -> Number | None:
    """Read "two hundred and fifty thousand": cardinals add up below a scale, scales multiply."""
    language = passage.language
    total = current = 0
    limit = _LARGEST
    at, end = index, index
    while at < len(passage) and (at == index or passage.gap(at) == JOIN):
        article = passage.is_one(language.bounds, at, "article") if at == index else None
        if article is not None:
            scale = (
                passage.match(language.scales, article) if passage.gap(article) == JOIN else None
            )
            if scale is None:
                break
            at = article
            continue
        cardinal = passage.match(language.cardinals, at)
        if cardinal is not None and _adds(current, cardinal[1]):
            current += cardinal[1]
            at = end = cardinal[0]
            continue
        hit = passage.match(language.scales, at)
        if hit is not None and (current or at > index or _bare(passage, at)) and hit[1] < limit:
            if hit[1] == 100:
                if current >= 100:
                    break
                current = (current or 1) * 100
            else:
                total, current, limit = total + (current or 1) * hit[1], 0, hit[1]
            at = end = hit[0]
            continue
        link = _link(passage, at, current, total) if end > index else None
        if link is None:
            break
        at = link
    if end == index:
        return None
    return Number(total + current, end, False)


def _bare(passage: Passage, index: int) -> bool:
    # A scale word without a number before it is a number only where its own form is one ("mil", "cent").
    return passage.is_one(passage.language.bounds, index, "scale-alone") is not None


def _adds(current: int, cardinal: int) -> bool:
    """Return whether a cardinal can follow: hundreds, then tens, then units, each once."""
    if current == 0:
        return True
    if cardinal == 0 or cardinal >= current:
        return False
    if cardinal >= 100:
        return False
    if cardinal >= 10:
        return current % 100 == 0 or (current % 100 in (60, 80) and cardinal < 20)
    return current % 10 == 0 and current % 100 != 10


def _link(passage: Passage, index: int, current: int, total: int) -> int | None:
    """Return the word after an "and" inside a number, where a cardinal that adds up follows it."""
    if passage.is_one(passage.language.bounds, index, "joins-hundreds") is not None:
        fits = (current >= 100 and current % 100 == 0) or (current == 0 and total > 0)
        least = 1
    elif passage.is_one(passage.language.bounds, index, "joins-tens") is not None:
        fits, least = current % 100 >= 20 and current % 10 == 0, 1
    else:
        return None
    if not fits or passage.gap(index + 1) != JOIN:
        return None
    after = passage.match(passage.language.cardinals, index + 1)
    if (
        after is None
        or not least <= after[1] < 100
        or not (current == 0 or _adds(current, after[1]))
    ):
        return None
    return index + 1
