"""How many a phrase says: numbers, vague counts, fractions and their bounds; docs/quantities.md."""

import math
from dataclasses import dataclass, replace

from guvoh.reading.numbers import Number, number_at
from guvoh.reading.passage import DASH, JOIN, Passage

_PREFIXED = ("about", "under", "below", "over", "atleast", "atmost", "exact")
_HALF = 0.5
# About n is n give or take a fifth; nearly n begins a fifth below.
_SLACK = 0.2


@dataclass(frozen=True, slots=True)
class Amount:
    """Bounds (`high` None is open) and the word after them; `bounded` where a word says so.

    `fraction` is a part of something and no count; `vague` rests on a word like "dozens".
    """

    low: int | float
    high: int | float | None
    end: int
    bounded: bool = False
    fraction: bool = False
    vague: bool = False
    figures: bool = False


def amount_at(passage: Passage, index: int) -> Amount | None:
    """Return the longest amount that begins at word `index`, bounds and all."""
    between = _between(passage, index)
    if between is not None:
        return between
    for end, name in passage.matches(passage.language.bounds, index):
        if name not in _PREFIXED or passage.gap(end) != JOIN:
            continue
        inner = _between(passage, end) or _amount(passage, end)
        if inner is not None:
            return bounded(inner, name)
    return _amount(passage, index)


def _between(passage: Passage, index: int) -> Amount | None:
    at = passage.is_one(passage.language.bounds, index, "between")
    return _ranged(passage, at, opened=True) if at is not None else None


def _amount(passage: Passage, index: int) -> Amount | None:
    found = (
        _ranged(passage, index, opened=False)
        or _fraction(passage, index)
        or _vague(passage, index)
        or _counted(passage, index)
    )
    return None if found is None else _with_suffix(passage, found)


def bounded(amount: Amount, name: str) -> Amount:
    """Return `amount` under a bound of the lexicon ("about", "over" …)."""
    low, high = amount.low, amount.high
    known = replace(amount, bounded=True)
    if name == "exact":
        return known
    if name == "atleast":
        return replace(known, high=None)
    if name == "over":
        step = 0 if amount.fraction or amount.vague else 1
        return replace(known, low=_next(low) if step else low, high=None)
    top = low if high is None else high
    if name == "atmost":
        return replace(known, low=0, high=top)
    if name == "below":
        return replace(known, low=0, high=top if amount.fraction else max(0, math.ceil(top) - 1))
    if amount.vague:
        return known
    if name == "under":
        return replace(
            known, low=_outward(top * (1 - _SLACK), amount.fraction, math.ceil), high=top
        )
    return replace(
        known,
        low=_outward(low * (1 - _SLACK), amount.fraction, math.floor),
        high=_outward(top * (1 + _SLACK), amount.fraction, math.ceil),
    )


def _next(value: float) -> int:
    return math.floor(value) + 1


def _outward(value: float, fraction: bool, whole: "type[int] | object") -> int | float:
    settled = round(value, 9)
    if fraction:
        return round(value, 2)
    return math.floor(settled) if whole is math.floor else math.ceil(settled)


def _with_suffix(passage: Passage, amount: Amount) -> Amount:
    """Read what follows the number: "or more", "or so", "with a little over"."""
    if amount.end >= len(passage) or passage.gap(amount.end) != JOIN:
        return amount
    for end, name in passage.matches(passage.language.bounds, amount.end):
        if name == "atleast-after":
            return replace(bounded(amount, "atleast"), end=end)
        if name in ("about-after", "over-after", "atmost-after", "below-after"):
            return replace(bounded(amount, name.removesuffix("-after")), end=end)
    return amount


def _ranged(passage: Passage, index: int, *, opened: bool) -> Amount | None:
    """Read "60 to 80", "60-80", "three or four", after "between" also "60 and 80"."""
    first = number_at(passage, index)
    if first is None or first.end >= len(passage):
        return None
    bounds = passage.language.bounds
    gap = passage.gap(first.end)
    at = None
    if gap == JOIN and passage.between(first.end) != "-":
        at = (
            passage.is_one(bounds, first.end, "to")
            if opened
            else passage.is_one(bounds, first.end, "range", "or")
        )
    elif gap == DASH or (passage.between(first.end) == "-" and first.figures):
        at = first.end
    if at is None or (gap != DASH and passage.gap(at) != JOIN):
        return None
    second = number_at(passage, at)
    if second is None:
        return None
    low: int | float = first.value
    if low < second.value and _borrows(first, second, passage):
        # "5 to 7 thousand" counts both in thousands.
        scale = passage.match(passage.language.scales, second.end - 1)
        low = low * scale[1] if scale is not None else low
    if low >= second.value:
        return None
    return Amount(low, second.value, second.end, figures=first.figures)


def _borrows(first: Number, second: Number, passage: Passage) -> bool:
    scale = passage.match(passage.language.scales, second.end - 1)
    return (
        scale is not None
        and first.value < 1000
        and second.value >= scale[1]
        and first.value * scale[1] < second.value
    )


def _fraction(passage: Passage, index: int) -> Amount | None:
    """Read "half", "a third", "two thirds", "three quarters"."""
    bounds = passage.language.bounds
    number = number_at(passage, index)
    article = passage.is_one(bounds, index, "article")
    at, count = passage.is_one(passage.language.time_links, index, "the") or index, 1
    if number is not None and isinstance(number.value, int) and number.value < 10:
        at, count = number.end, number.value
    elif article is not None:
        at = article
    if at >= len(passage) or (at > index and passage.gap(at) != JOIN):
        return None
    for end, name in passage.matches(bounds, at):
        if not name.startswith("fraction "):
            continue
        size = int(name.removeprefix("fraction "))
        if size > 2 and at == index and passage.is_one(bounds, at, "fraction-alone") is None:
            return None
        if count >= size:
            return None
        loose = passage.is_one(bounds, at, "fraction-loose") is not None
        if size > 2 and not loose and passage.is_one(bounds, end, "fraction-of") is None:
            return None
        return _dozen_halved(passage, end) or Amount(
            round(count / size, 2), round(count / size, 2), end, fraction=True
        )
    return None


def _dozen_halved(passage: Passage, index: int) -> Amount | None:
    """Read the rest of "half a dozen", "half a million"."""
    language = passage.language
    at = passage.is_one(language.bounds, index, "article") or index
    if at >= len(passage) or passage.gap(at) != JOIN:
        return None
    hit = passage.match(language.collectives, at) or passage.match(language.scales, at)
    if hit is None:
        return None
    value = round(hit[1] * _HALF)
    return Amount(value, value, hit[0])


def _vague(passage: Passage, index: int) -> Amount | None:
    """Read "several", "dozens", "tens of thousands", "several hundred", "a few dozen"."""
    language = passage.language
    hit = passage.match(language.vague, index)
    if hit is None or hit[1].low < 2:
        return None
    end, (low, high) = hit[0], (hit[1].low, hit[1].high)
    number = number_at(passage, index)
    if number is not None and number.end > end:
        return None
    of = passage.is_one(language.bounds, end - 1, "fraction-of") if end > index + 1 else None
    end = end - 1 if of == end else end  # "a group of" is "a group", as what is counted comes after
    at = end
    if passage.gap(at) == JOIN:
        at = passage.is_one(language.bounds, at, "fraction-of") or at
    if at < len(passage) and passage.gap(at) == JOIN and high is not None:
        following = passage.match(language.vague, at)
        if at > end or following is not None:
            scale = _plural_scale(passage, at)
            if scale is not None and low >= 20:
                return Amount(low * scale[1], (high + 1) * scale[1] - 1, scale[0], vague=True)
        scale = passage.match(language.scales, at) or passage.match(language.collectives, at)
        if scale is not None and low < 20:
            return Amount(low * scale[1], high * scale[1], scale[0], vague=True)
    return Amount(low, high, end, vague=True)


def _plural_scale(passage: Passage, index: int) -> tuple[int, int] | None:
    collective = passage.match(passage.language.collectives, index)
    return collective if collective is not None and collective[1] >= 1000 else None


def _counted(passage: Passage, index: int) -> Amount | None:
    """Read a number, or a number of dozens."""
    language = passage.language
    number = number_at(passage, index)
    article = passage.is_one(language.bounds, index, "article") if number is None else None
    at = number.end if number is not None else article
    if number is None and article is None:
        alone = passage.match(language.collectives, index)
        counts = (
            alone is not None
            and passage.is_one(language.bounds, index, "collective-alone") is not None
        )
        return Amount(alone[1], alone[1], alone[0]) if alone is not None and counts else None
    if at is not None and at < len(passage) and passage.gap(at) == JOIN:
        dozen = passage.match(language.collectives, at)
        if dozen is not None:
            count = number.value if number is not None else 1
            counted = Amount(count * dozen[1], count * dozen[1], dozen[0])
            rough = (
                count == 1 and passage.is_one(language.bounds, at, "about-collective") is not None
            )
            return bounded(counted, "about") if rough else counted
    if number is None:
        return None
    if (
        not number.figures
        and passage.gap(index) == JOIN
        and passage.ends_with(language.bounds, index, "inverted") is not None
    ):
        return bounded(Amount(number.value, number.value, number.end), "about")
    return Amount(number.value, number.value, number.end, figures=number.figures)
