"""Years, decades and dates in figures, told from counts and clock times by what stands beside them."""

import re
from functools import cache

from guvoh.languages import load
from guvoh.reading.numbers import plain_figures
from guvoh.reading.passage import COMMA, DOT, JOIN, Passage
from guvoh.reading.times_specs import (
    Calendar,
    Parsed,
    Unreadable,
)

_DECADE = re.compile(r"(\d{2}|\d{4})s")


_LIKELY_YEARS = range(1100, 2100)


_NEAR_YEARS = range(1901, 2051)


_SURE_YEARS = range(1750, 2051)


def year_at(passage: Passage, index: int, *, sure: bool = False) -> Parsed | None:
    """Return a year in figures; without `sure` what stands round it must look like one."""
    digits = plain_figures(passage, index)
    if digits is None or len(digits) not in (4, 5):
        return None
    links, before = passage.language.time_links, passage.between(index)
    stands = placed(passage, index)
    if len(digits) == 5:
        near_year = digits[:2] in ("19", "20") and stands and nothing_counted(passage, index + 1)
        return (Unreadable("year"), index + 1) if near_year else None
    if int(digits) not in _LIKELY_YEARS or before[-1:] in tuple("$€£₽₸№#:.") or before == ",":
        return None
    if passage.between(index + 1) in (":", ",", ".") and plain_figures(passage, index + 1):
        return None
    marked = (
        passage.is_one(links, index + 1, "year-mark")
        if passage.gap(index + 1) in (JOIN, DOT)
        else None
    )
    if marked is not None:
        return Calendar(year=int(digits)), marked
    if (
        not sure
        and not stands
        and not nothing_counted(passage, index + 1)
        and not _qualifies(passage, index, int(digits))
    ):
        return None
    if not sure and not stands and int(digits) not in _SURE_YEARS:
        return None
    if not sure and (_counting(passage, index) or _numbering(passage, index)):
        return None
    return Calendar(year=int(digits)), index + 1


def placed(passage: Passage, index: int) -> bool:
    """Return whether a preposition or article of time stands before word `index`."""
    language = passage.language
    if passage.gap(index) != JOIN:
        return False
    return (
        passage.ends_with(
            language.time_links,
            index,
            "during",
            "since",
            "until",
            "between",
            "from",
            "of",
            "the",
            "on",
            "year-noun",
            "and",
            "to",
        )
        is not None
        or passage.ends_with(language.modifiers, index, "start", "middle", "end", "before", "after")
        is not None
    )


def _qualifies(passage: Passage, index: int, year: int) -> bool:
    """Return whether figures before a noun are its year and no count: "its 1996 campaign"."""
    if year not in _NEAR_YEARS or passage.gap(index) != JOIN:
        return False
    bounds, before = passage.language.bounds, index - 1
    return (
        passage.is_one(passage.language.time_links, before, "the", "same") == index
        or passage.is_one(bounds, before, "article", "more") == index
        or passage.words[before].text.startswith("'")
    )


def _counting(passage: Passage, index: int) -> bool:
    """Return whether word `index` is bounded like a count ("more than 2000")."""
    bounds = passage.language.bounds
    return (
        passage.gap(index) == JOIN
        and passage.ends_with(bounds, index, "over", "atleast", "atmost", "below", "under")
        is not None
        and passage.ends_with(passage.language.time_links, index, "until") is None
    ) or passage.match(passage.language.scales, index + 1) is not None


def _numbering(passage: Passage, index: int) -> bool:
    """Return whether figures are the number of something: "Colony No. 2023"."""
    return passage.ends_with(passage.language.bounds, index, "naming") is not None


def nothing_counted(passage: Passage, index: int) -> bool:
    """Return whether what follows a number is no noun that it could count."""
    if index >= len(passage) or passage.gap(index) != JOIN:
        return "%" not in passage.between(index)[:2] if index < len(passage) else True
    if passage.capital(index) and not passage.capital(index - 1):
        return True
    return passage.is_one(passage.language.time_links, index, "function") is not None


def given_year(passage: Passage, index: int) -> tuple[Calendar, int] | None:
    """Return what gives a date its year: figures, "this year", "last year"."""
    language = passage.language
    at = index
    if passage.gap(at) not in (JOIN, COMMA, DOT):
        return None
    if passage.gap(at) == DOT and not plain_figures(passage, at):
        return None
    at = skip(passage, at, "of", "the", "during")
    if at >= len(passage) or passage.gap(at) not in (JOIN, COMMA, DOT):
        return None
    found = year_at(passage, at, sure=True)
    if found is not None and isinstance(found[0], Calendar):
        return found[0], found[1]
    relative = language.relative
    for end, (unit, shift) in (*passage.matches(relative, index), *passage.matches(relative, at)):
        if unit == "year":
            return Calendar(year_shift=shift), end
    return None


def possible(day: int, month: int) -> bool:
    """Return whether some year has that day of that month."""
    return 1 <= day <= (29 if month == 2 else 30 if month in (4, 6, 9, 11) else 31)


def numeric_at(passage: Passage, index: int) -> Parsed | None:
    """Read 2023-03-05, 05.03.2023, 5/3/23, 2023-03; a day and month that no calendar has is none."""
    pieces, sign = _pieces(passage, index)
    at = index + len(pieces)
    if index and passage.between(index) == sign and passage.words[index - 1].text.isdecimal():
        return None
    lengths = tuple(len(piece) for piece in pieces)
    numbers = [int(piece) for piece in pieces]
    if lengths == (4, 2, 2):
        return _checked_numeric(numbers[0], numbers[1], numbers[2], at)
    if lengths == (4, 2) and sign == "-" and 1 <= numbers[1] <= 12 and numbers[0] in _LIKELY_YEARS:
        return Calendar(year=numbers[0], month=numbers[1]), at
    if len(lengths) == 3 and max(lengths[:2]) <= 2 and lengths[2] in (2, 4):
        year = numbers[2] if lengths[2] == 4 else numbers[2] + (2000 if numbers[2] < 70 else 1900)
        if lengths[2] == 4 or (sign in "./" and numbers[0] and numbers[1]):
            return _day_month_year(passage, (numbers[0], numbers[1], year), sign, at)
    if lengths == (2, 2) and sign == ".":
        return _day_month(passage, index, (numbers[0], numbers[1]), padded=pieces[1][0] == "0")
    return None


def _pieces(passage: Passage, index: int) -> tuple[list[str], str]:
    """Return up to four runs of digits that one and the same mark parts, and the mark."""
    pieces: list[str] = []
    at, sign = index, ""
    while len(pieces) < 4:
        digits = plain_figures(passage, at)
        if digits is None:
            break
        pieces.append(digits)
        at += 1
        between = passage.between(at)
        if between not in ("-", ".", "/", "‑") or (sign and between != sign):
            break
        sign = between
    return pieces, sign


def _day_month(
    passage: Passage, index: int, numbers: tuple[int, int], *, padded: bool
) -> Parsed | None:
    """Read "05.03" where a decimal is written otherwise, and tell that "31.02" is on no calendar."""
    day, month, end = *numbers, index + 2
    counted = not nothing_counted(passage, end) or "%" in passage.between(end)
    if passage.language.decimal == "," and 1 <= month <= 12 and not counted:
        return (Calendar(month=month, day=day) if possible(day, month) else Unreadable("day")), end
    impossible = day in (30, 31) and 1 <= month <= 12 and padded and not possible(day, month)
    return (Unreadable("day"), end) if impossible and placed(passage, index) else None


def _checked_numeric(year: int, month: int, day: int, end: int) -> Parsed:
    if not 1 <= month <= 12 or not possible(day, month) or year not in range(1, 2200):
        return Unreadable("day"), end
    return Calendar(year=year, month=month, day=day), end


@cache
def _month_first(code: str) -> bool:
    """Return whether some who write the language put the month before the day in figures."""
    return any(value == "month-first" for _, value in load(code).time_links)


def _day_month_year(passage: Passage, numbers: tuple[int, int, int], sign: str, end: int) -> Parsed:
    first, second, year = numbers
    day_first, month_first = second <= 12, first <= 12
    if not _month_first(passage.language.code) or sign == ".":
        return (
            _checked_numeric(year, second, first, end)
            if day_first
            else _checked_numeric(year, first, second, end)
        )
    if day_first and month_first and first != second:
        spec = Calendar(year=year, month=second, day=first, alternative=(first, second))
        return spec, end
    return (
        _checked_numeric(year, second, first, end)
        if day_first
        else _checked_numeric(year, first, second, end)
    )


def decade_at(passage: Passage, index: int) -> Parsed | None:
    """Read "1990s", "1990-х"."""
    match = _DECADE.fullmatch(passage.words[index].text)
    digits = match[1] if match else None
    end = index + 1
    if digits is None:
        digits = plain_figures(passage, index)
        if digits is None or len(digits) not in (2, 4) or passage.between(end) not in ("-", "‑"):
            return None
        marked = passage.is_one(passage.language.time_links, end, "decade")
        if marked is None:
            return None
        end = marked
        end = passage.is_one(passage.language.time_links, end, "year-mark") or end
    return decade_of(int(digits), len(digits), end)


def decade_of(number: int, length: int, end: int) -> Parsed | None:
    """Return the decade that two or four digits name; 1900s is a century."""
    if number % 10 or (length == 4 and number not in _LIKELY_YEARS):
        return None
    start = number if length == 4 else number + (2000 if number < 30 else 1900)
    return Calendar(
        year=start,
        size="century" if length == 4 and start % 100 == 0 and start < 2000 else "decade",
    ), end


def named_decade(passage: Passage, index: int) -> Parsed | None:
    """Read "los años 90", "les années 1990", "década de 1990"."""
    end = passage.is_one(passage.language.time_links, index, "decade-noun")
    if end is None:
        return None
    at = skip(passage, end, "of", "the")
    digits = plain_figures(passage, at)
    if digits is None or passage.gap(at) != JOIN or len(digits) not in (2, 4):
        return None
    return decade_of(int(digits), len(digits), at + 1)


def year_noun(passage: Passage, index: int) -> Parsed | None:
    """Read "el año 2020", "the year 2020"."""
    end = passage.is_one(passage.language.time_links, index, "year-noun")
    if end is None or passage.gap(end) != JOIN:
        return None
    return year_at(passage, end, sure=True)


def skip(passage: Passage, index: int, *kinds: str) -> int:
    """Return the first word from `index` on that is no filler ("of", "the")."""
    links = passage.language.time_links
    while index < len(passage) and passage.gap(index) in (JOIN, COMMA):
        end = passage.is_one(links, index, *kinds)
        if end is None:
            break
        index = end
    return index
