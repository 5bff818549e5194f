"""Dates in the lines of a scrape, in many languages, as EDTF; the month names are Unicode CLDR's."""

import re
from functools import cache
from typing import NamedTuple

from babel import Locale

from guvoh.clean.plain_words import flat, vocabulary

_LOCALES = ("en", "es", "fr", "ru", "uz", "uz_Cyrl", "tg", "ky", "tr", "uk", "kk", "de", "it", "pt")
_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(?:\.\d{1,9})?\s?(Z|[+-]\d\d:?\d\d)?)?"
)
_TOKEN = re.compile(r"\d{1,4}(?!\d)|[^\W\d_]+|[+:./-]|\S", re.UNICODE)
_IN_ADDRESS = re.compile(r"(?<!\d)((?:19|20)\d\d)[/-](\d\d?)(?:[/-](\d\d?))?(?!\d)")
_DIGIT = re.compile(r"\d")
LONGEST = 70  # characters of a line that is a date and nothing else


class _Parts(NamedTuple):
    year: int | None
    month: int | None
    day: int | None
    clock: str | None


@cache
def _months() -> dict[str, int]:
    """Return month by word; a word that two languages give to different months is left out."""
    found: dict[str, set[int]] = {}
    for name in _LOCALES:
        locale = Locale.parse(name)
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, word in locale.months[context][width].items():
                    found.setdefault(flat(word).strip(". "), set()).add(number)
    # Written in scrapes, and not in the tables.
    for word, number in (("sept", 9), ("мая", 5), ("сент", 9), ("set", 9), ("нояб", 11)):
        found.setdefault(word, set()).add(number)
    return {word: min(numbers) for word, numbers in found.items() if len(numbers) == 1}


@cache
def _fillers() -> frozenset[str]:
    days: set[str] = set()
    for name in _LOCALES:
        locale = Locale.parse(name)
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                days.update(flat(word).strip(".") for word in locale.days[context][width].values())
    parts = {part for day in days for part in re.split(r"[^\w']+", day) if part}
    return vocabulary().dates | parts


def edtf(text: str, *, day_first: bool = False) -> str | None:
    """Return the date that a text is, as EDTF; None where it is anything besides, or no date.

    The offset is kept as written, a time without one is local. Day and month in figures that may
    be read both ways give the year alone, unless it is known that the day is written first; without
    a year there is no date.
    """
    if len(text) > LONGEST or not _DIGIT.search(text):
        return None
    iso = _ISO.search(text)
    if iso and not _has_words(text[: iso.start()] + " " + text[iso.end() :]):
        return _from_iso(iso)
    parts = _parts(flat(text), day_first=day_first)
    if parts is None or parts.year is None:
        return None
    return _written(parts)


def in_address(url: str) -> str | None:
    """Return the date that an address carries in its path, as EDTF: a day, or a month at least."""
    for found in _IN_ADDRESS.finditer(url):
        year, month = int(found[1]), int(found[2])
        day = int(found[3]) if found[3] else None
        written = _written(_Parts(year, month, day, None))
        if written is not None and len(written) > 4:
            return written
    return None


def is_of_dates(word: str) -> bool:
    """Tell whether a word stands in dates: a month, a day of the week, "on"."""
    low = flat(word).strip(".,")
    return low in _months() or low in _fillers()


def _has_words(text: str) -> bool:
    words = [token for token in _TOKEN.findall(flat(text)) if token[0].isalnum()]
    return any(word not in _fillers() and not word.isdecimal() for word in words)


def _from_iso(found: re.Match[str]) -> str | None:
    year, month, day, clock, offset = found.groups()
    date = _written(_Parts(int(year), int(month), int(day), None))
    if date is None or clock is None or not _is_clock(clock):
        return date
    seconds = clock if len(clock) > 5 else clock + ":00"
    zone = "" if offset is None else offset
    if len(zone) == 5:
        zone = zone[:3] + ":" + zone[3:]
    return f"{date}T{seconds}{zone}"


def _is_clock(clock: str) -> bool:
    parts = [int(part) for part in clock.split(":")]
    return parts[0] < 24 and all(part < 60 for part in parts[1:])


def _parts(text: str, *, day_first: bool) -> _Parts | None:
    tokens = _TOKEN.findall(text)
    clock, tokens = _clock(tokens)
    months, fillers = _months(), _fillers()
    month: int | None = None
    numbers: list[str] = []
    signs: list[str] = []
    for token in tokens:
        if token.isdecimal():
            numbers.append(token)
        elif token in months and month is None:
            month = months[token]
        elif token[0].isalpha():
            if token not in fillers and token not in months:
                return None
        else:
            signs.append(token)
    if len(signs) > 8 or not 1 <= len(numbers) <= 3:
        return None
    return (
        _named(month, numbers, clock)
        if month
        else _figures(text, numbers, clock, day_first=day_first)
    )


def _clock(tokens: list[str]) -> tuple[str | None, list[str]]:
    """Take the time of day and its offset out of the tokens."""
    for at in range(1, len(tokens) - 1):
        # "10:15", or "10h15" as French writes it.
        if tokens[at] in ":h" and tokens[at - 1].isdecimal() and tokens[at + 1].isdecimal():
            hour, minute = int(tokens[at - 1]), int(tokens[at + 1])
            rest = tokens[at + 2 :]
            second = "00"
            if len(rest) > 1 and rest[0] == ":" and rest[1].isdecimal():
                second, rest = rest[1].zfill(2), rest[2:]
            half = next((one for one in rest[:2] if one in {"am", "pm", "a", "p"}), None)
            if half in {"a", "p"} and rest[1:3] == [".", "m"]:
                rest = rest[3:]
            if half is not None and hour <= 12:
                hour = hour % 12 + (12 if half.startswith("p") else 0)
            zone, rest = _zone(rest)
            if hour > 23 or minute > 59:
                return None, tokens
            return f"{hour:02d}:{minute:02d}:{second}{zone}", tokens[: at - 1] + rest
    return None, tokens


def _zone(rest: list[str]) -> tuple[str, list[str]]:
    zero = "Z" if any(one in {"gmt", "utc", "z"} for one in rest) else ""
    for at, sign in enumerate(rest[:-1]):
        if sign in "+-" and rest[at + 1].isdecimal():
            figures, end = rest[at + 1], at + 2
            if rest[end : end + 1] == [":"] and len(rest) > end + 1 and rest[end + 1].isdecimal():
                figures, end = figures.zfill(2) + rest[end + 1], end + 2
            figures = figures.zfill(2).ljust(4, "0")
            return f"{sign}{figures[:2]}:{figures[2:4]}", rest[:at] + rest[end:]
    return zero, rest


def _named(month: int, numbers: list[str], clock: str | None) -> _Parts | None:
    years = [number for number in numbers if len(number) == 4]
    days = [number for number in numbers if len(number) <= 2]
    if len(years) > 1 or len(days) > 1 or len(years) + len(days) < len(numbers):
        return None
    year = int(years[0]) if years else None
    return _Parts(year, month, int(days[0]) if days else None, clock)


def _figures(text: str, numbers: list[str], clock: str | None, *, day_first: bool) -> _Parts | None:
    if len(numbers) != 3:
        return None
    first, second, third = (int(number) for number in numbers)
    if len(numbers[0]) == 4:
        return _Parts(first, second, third, clock)
    if len(numbers[2]) != 4:
        return None
    # Dots part day from month in every country that writes them; with slashes it depends on where.
    if f"{numbers[0]}.{numbers[1]}." in text or first > 12 or (day_first and second <= 12):
        return _Parts(third, second, first, clock)
    if second > 12:
        return _Parts(third, first, second, clock)
    return _Parts(third, None, None, None)


def _written(parts: _Parts) -> str | None:
    year, month, day, clock = parts
    if year is None or not 1900 <= year <= 2100:
        return None
    if month is None:
        return f"{year:04d}"
    if not 1 <= month <= 12:
        return None
    if day is None:
        return f"{year:04d}-{month:02d}"
    if not 1 <= day <= _days(year, month):
        return None
    date = f"{year:04d}-{month:02d}-{day:02d}"
    return f"{date}T{clock}" if clock else date


def _days(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31
