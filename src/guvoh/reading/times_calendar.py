"""Dates that name the calendar in words: days, months, weekdays, seasons, quarters, and lists of them."""

import re
from dataclasses import replace

from guvoh.reading.numbers import number_at, plain_figures
from guvoh.reading.passage import BREAK, COMMA, DASH, DOT, JOIN, Passage
from guvoh.reading.times_figures import (
    decade_at,
    given_year,
    named_decade,
    numeric_at,
    possible,
    skip,
    year_at,
    year_noun,
)
from guvoh.reading.times_specs import (
    Calendar,
    Parsed,
    Unreadable,
)

_ORDINAL = re.compile(r"(\d{1,2})([^\W\d_]{1,3})")


def calendar_at(passage: Passage, index: int) -> Parsed | None:
    """Return the longest calendar date that begins at word `index`."""
    word = passage.words[index].text
    if word[0].isdecimal():
        found = numeric_at(passage, index) or _from_number(passage, index)
        return (
            found
            or decade_at(passage, index)
            or _century(passage, index)
            or _year_first(passage, index)
            or _day_alone(passage, index)
        )
    return (
        _weekday(passage, index)
        or _from_month(passage, index)
        or _season(passage, index)
        or _feast(passage, index)
        or _from_ordinal(passage, index)
        or named_decade(passage, index)
        or year_noun(passage, index)
    )


def _year_first(passage: Passage, index: int) -> Parsed | None:
    """Read a year, and what follows the year where a language begins with it ("2023-yil 5-mart")."""
    found = year_at(passage, index)
    if found is None or found[1] == index + 1 or not isinstance(found[0], Calendar):
        return found
    year, at = found[0].year, found[1]
    if at >= len(passage) or passage.gap(at) != JOIN:
        return found
    inner = _from_number(passage, at) or _from_month(passage, at)
    if inner is None or not isinstance(inner[0], Calendar) or inner[0].year is not None:
        return found
    return replace(inner[0], year=year), inner[1]


def _dated(passage: Passage, spec: Calendar, end: int) -> Parsed:
    """Return `spec` with the year that follows it, if one does."""
    found = given_year(passage, end)
    if found is None or (passage.gap(end) == COMMA and found[0].year is None):
        return spec, end
    return replace(spec, year=found[0].year, year_shift=found[0].year_shift), found[1]


def ordinal_at(passage: Passage, index: int) -> tuple[int, int] | None:
    """Return (number, word after it) of an ordinal in words or figures."""
    if index >= len(passage):
        return None
    links = passage.language.time_links
    word = passage.words[index].text
    digits = plain_figures(passage, index)
    if digits is not None:
        if (
            passage.between(index + 1) == "-"
            and passage.is_one(links, index + 1, "ordinal-suffix") == index + 2
        ):
            return int(digits), index + 2
        return None
    match = _ORDINAL.fullmatch(word)
    if match is not None:
        return (int(match[1]), index + 1) if links.get(match[2]) == "ordinal-suffix" else None
    hit = passage.match(passage.language.ordinals, index)
    tens = passage.match(passage.language.cardinals, index)
    if hit is None and tens is not None and tens[1] in (20, 30) and passage.gap(tens[0]) == JOIN:
        unit = passage.match(passage.language.ordinals, tens[0])
        return (tens[1] + unit[1], unit[0]) if unit is not None and unit[1] < 10 else None
    return (hit[1], hit[0]) if hit is not None else None


def month_at(
    passage: Passage, index: int, *, beside_number: bool = False
) -> tuple[int, int] | None:
    """Return (month, word after it); short names count only beside a number."""
    language = passage.language
    if index >= len(passage):
        return None
    hit = passage.match(language.months, index)
    if hit is not None:
        if beside_number or _surely(passage, index):
            return hit[1], hit[0]
        return None
    short = passage.match(language.months_short, index) if beside_number else None
    return (short[1], short[0]) if short is not None else None


def _surely(passage: Passage, index: int) -> bool:
    """Return whether a word that can mean something else ("may", "march") means a time here."""
    links = passage.language.time_links
    if passage.is_one(links, index, "ambiguous") is None:
        return True
    if (
        passage.ends_with(
            links,
            index,
            "during",
            "since",
            "until",
            "between",
            "from",
            "last",
            "this",
            "next",
            "on",
            "every",
            "of",
        )
        is not None
    ):
        return passage.capital(index) or passage.ends_with(links, index, "of") is None
    if (
        passage.ends_with(
            passage.language.modifiers, index, "start", "middle", "end", "before", "after"
        )
        is not None
    ):
        return True
    capital = passage.capital(index) and not passage.sentence_start(index)
    return (
        capital
        and not passage.text[passage.words[index].start :][
            : len(passage.words[index].text)
        ].isupper()
    )


def _day_number(passage: Passage, index: int) -> tuple[int, int] | None:
    """Return (day of the month, word after it) at word `index`."""
    digits = plain_figures(passage, index)
    if digits is not None and len(digits) <= 2 and passage.between(index + 1) != "-х":
        suffixed = ordinal_at(passage, index)
        number = suffixed or (int(digits), index + 1)
    else:
        ordinal = ordinal_at(passage, index)
        if ordinal is None:
            word = number_at(passage, index)
            if word is None or word.figures or not isinstance(word.value, int) or word.value > 31:
                return None
            ordinal = (word.value, word.end)
        number = ordinal
    return number if 0 <= number[0] <= 99 else None


def _from_number(passage: Passage, index: int) -> Parsed | None:
    """Read "3 March 2023", "3rd of March", "3-9 March" (its first day), "2 and 19 April"."""
    number = _day_number(passage, index)
    if number is None:
        return None
    day, end = number
    at = skip(passage, end, "of", "the")
    if (
        at < len(passage)
        and passage.gap(at) in (JOIN, DOT)
        and (at > end or passage.gap(at) == JOIN)
    ):
        found = month_at(passage, at, beside_number=True)
        if found is not None:
            return _day_checked(passage, Calendar(month=found[0], day=day), found[1])
    return None


def _day_alone(passage: Passage, index: int) -> Parsed | None:
    """Read a day whose month the text leaves out: "on the 13th", "13 числа", "le 13 du mois" is none.

    An ordinal is one only behind "on the" and where no noun follows: "on the 13th floor".
    """
    number = _day_number(passage, index)
    if number is None or not 1 <= number[0] <= 31:
        return None
    day, end = number
    links = passage.language.time_links
    noun = passage.is_one(links, end, "day-of-month")
    if noun is not None and passage.gap(end) == JOIN:
        return Calendar(day=day), noun
    the = passage.ends_with(links, index, "the")
    placed = the is not None and passage.ends_with(links, the, "on", "since", "until") is not None
    ordinal = ordinal_at(passage, index)
    beyond = end >= len(passage) or passage.gap(end) != JOIN
    beyond = beyond or passage.is_one(links, end, "function", "conjunction") is not None
    return (Calendar(day=day), end) if placed and ordinal is not None and beyond else None


def _day_checked(passage: Passage, spec: Calendar, end: int) -> Parsed:
    if end < len(passage) and passage.gap(end) == DOT and plain_figures(passage, end) is None:
        dated: Parsed = (spec, end)
    else:
        dated = _dated(passage, spec, end)
    assert spec.month is not None and spec.day is not None  # noqa: S101, PT018 (both callers set them)
    if not possible(spec.day, spec.month):
        return Unreadable("day"), dated[1]
    return dated


def _from_month(passage: Passage, index: int) -> Parsed | None:
    """Read "March 3, 2023", "March 2023", "March last year", "March"."""
    found = month_at(passage, index, beside_number=True)
    if found is None:
        return None
    month, end = found
    day = _day_after_month(passage, index, end)
    if day is not None:
        return _day_checked(passage, Calendar(month=month, day=day[0]), day[1])
    dated = _dated(passage, Calendar(month=month), end)
    if dated[1] == end:
        plain = month_at(passage, index)
        return (Calendar(month=month), end) if plain is not None else None
    return dated


def _day_after_month(passage: Passage, index: int, end: int) -> tuple[int, int] | None:
    """Return the day that follows the month at `index` and the word after it: "March 3", "Jan. 24th"."""
    at = skip(passage, end, "the")
    if at >= len(passage) or passage.gap(at) not in (JOIN, DOT):
        return None
    full = passage.match(passage.language.months, index) is not None
    if passage.gap(at) == DOT and full:
        return None
    number = _day_number(passage, at)
    if number is None or not 1 <= number[0] <= 31 or _other_month(passage, number[1]):
        return None
    return number if plain_figures(passage, at) is not None or ordinal_at(passage, at) else None


def _other_month(passage: Passage, index: int) -> bool:
    """Return whether the number before word `index` belongs to a month after it, or to a count."""
    if index >= len(passage) or passage.gap(index) != JOIN:
        return passage.between(index) == ":" or passage.between(index)[:1] == "%"
    return (
        month_at(passage, index, beside_number=True) is not None
        and passage.is_one(passage.language.time_links, index, "ambiguous") is None
    )


def _weekday(passage: Passage, index: int) -> Parsed | None:
    """Read "Tuesday", "Tuesday, 7 March 2023", "Tuesday last week"."""
    language = passage.language
    hit = passage.match(language.weekdays, index)
    if hit is None:
        short = passage.match(language.weekdays_short, index)
        if short is None or short[0] >= len(passage):
            return None
        return _after_weekday(passage, short[0])
    if not _surely(passage, index):
        return None
    end = hit[0]
    dated = _after_weekday(passage, end)
    if dated is not None:
        return dated
    for after, (unit, shift) in (
        passage.matches(language.relative, end) if passage.gap(end) == JOIN else []
    ):
        if unit == "week":
            return Calendar(weekday=hit[1], pick=shift, size="week"), after
    return Calendar(weekday=hit[1]), end


def _after_weekday(passage: Passage, index: int) -> Parsed | None:
    part = passage.match(passage.language.day_parts, index) if passage.gap(index) == JOIN else None
    at = part[0] if part else index
    if at >= len(passage) or passage.gap(at) not in (JOIN, COMMA, DOT):
        return None
    at = skip(passage, at, "the", "of")
    if at >= len(passage):
        return None
    found = numeric_at(passage, at) or _from_number(passage, at) or _from_month(passage, at)
    return found if found and isinstance(found[0], Calendar) and found[0].day is not None else None


def _century(passage: Passage, index: int) -> Parsed | None:
    ordinal = ordinal_at(passage, index)
    if ordinal is None or not 10 <= ordinal[0] <= 21 or passage.gap(ordinal[1]) != JOIN:
        return None
    unit = passage.match(passage.language.units, ordinal[1])
    if unit is None or unit[1] != "century":
        return None
    return Calendar(year=(ordinal[0] - 1) * 100, size="century"), unit[0]


def _season(passage: Passage, index: int) -> Parsed | None:
    hit = passage.match(passage.language.seasons, index)
    if hit is None:
        return None
    dated = _dated(passage, Calendar(season=hit[1]), hit[0])
    if dated[1] > hit[0]:
        return dated
    links, modifiers = passage.language.time_links, passage.language.modifiers
    if passage.is_one(links, index, "season-adverb") is not None:
        return dated
    placed = passage.ends_with(
        links, index, "during", "since", "until", "the", "every", "of", "between", "from", "to"
    )
    placed = (
        placed
        if placed is not None
        else passage.ends_with(modifiers, index, "start", "middle", "end", "before", "after")
    )
    return dated if placed is not None else None


def _feast(passage: Passage, index: int) -> Parsed | None:
    """Read "before Christmas", "on Christmas Day 2022"; a Christmas market has no date."""
    hit = passage.match(passage.language.feasts, index)
    if hit is None:
        return None
    month, day = divmod(hit[1], 100)
    dated = _dated(passage, Calendar(month=month, day=day), hit[0])
    links, modifiers = passage.language.time_links, passage.language.modifiers
    placed = passage.ends_with(links, index, "since", "until", "on", "between") is not None
    placed = placed or passage.ends_with(modifiers, index, "before", "after") is not None
    return dated if placed or dated[1] > hit[0] else None


def _from_ordinal(passage: Passage, index: int) -> Parsed | None:
    """Read "third of March", "the second quarter of 2023", "the first half of 2023", "19th century"."""
    ordinal = ordinal_at(passage, index)
    if ordinal is None:
        return _from_number(passage, index) if number_at(passage, index) else None
    number, end = ordinal
    if end >= len(passage) or passage.gap(end) != JOIN:
        return None
    unit = passage.match(passage.language.units, end)
    if unit is not None and unit[1] == "quarter" and number <= 4:
        return _dated(passage, Calendar(quarter=number), unit[0])
    if unit is not None and unit[1] == "half" and number <= 2:
        dated = _dated(passage, Calendar(half=number), unit[0])
        return dated if dated[1] > unit[0] else None
    if unit is not None and unit[1] == "century":
        return _century(passage, index)
    return _from_number(passage, index)


def borrowed(passage: Passage, index: int) -> Parsed | None:
    """Read the first of a list whose last member has the month or year: "2 and 19 April 2023"."""
    number = _day_number(passage, index)
    month = None if number else month_at(passage, index, beside_number=True)
    first = number or month
    if first is None:
        return None
    end, seen = first[1], 0
    at = end
    links = passage.language.time_links
    while seen < 4 and at < len(passage) and passage.gap(at) in (JOIN, COMMA, DASH):
        linked = passage.is_one(links, at, "and", "to", "into")
        if linked is None and passage.gap(at) == JOIN and passage.between(at) != "-":
            return None
        at = skip(passage, linked if linked is not None else at, "the")
        if at >= len(passage) or passage.gap(at) == BREAK:
            return None
        found = calendar_at(passage, at)
        if found is not None and isinstance(found[0], Calendar):
            return _lent(first[0], number is not None, found[0], end)
        following = (
            _day_number(passage, at)
            if number is not None
            else month_at(passage, at, beside_number=True)
        )
        if following is None:
            return None
        at, seen = following[1], seen + 1
    return None


def _lent(first: int, is_day: bool, last: Calendar, end: int) -> Parsed | None:
    if last.month is None or last.weekday is not None:
        return None
    if is_day:
        if last.day is None or not possible(first, last.month):
            return None
        return Calendar(
            year=last.year, month=last.month, day=first, year_shift=last.year_shift
        ), end
    if last.day is not None or last.year is None:
        return None
    return Calendar(year=last.year if first <= last.month else last.year - 1, month=first), end
