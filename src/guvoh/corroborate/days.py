"""EDTF as intervals of days, and whether two of them can be the same time."""

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

_POINT = re.compile(r"(\d{1,4}X{0,4}|X{4})(?:-(\d\d|XX)(?:-(\d\d|XX))?)?([~?%]?)(?:T.*)?")
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 2)}
_LEAP = 2000  # the year that stands for an unknown one, for it has every day
_AROUND = (3, 31, 366)  # days that "~" adds to both sides of a day, a month, a year
_YEAR = 366


class Days(NamedTuple):
    """An interval of days as proleptic ordinals, None where it is open; `anchored` if the year is known."""

    low: int | None
    high: int | None
    anchored: bool = True

    @property
    def length(self) -> int:
        """Return the number of days; a large one where an end is open."""
        return 1_000_000 if self.low is None or self.high is None else self.high - self.low + 1


@lru_cache(maxsize=16384)
def days(edtf: str) -> Days | None:
    """Return the days of an EDTF level 1-2 date or interval, None for what is none ("P3M", "")."""
    head, slash, tail = edtf.partition("/")
    first = _point(head)
    if not slash:
        return first
    last = _point(tail)
    if first is None and last is None:
        return None
    if (first is None and head not in ("", "..")) or (last is None and tail not in ("", "..")):
        return None
    known = (first is None or first.anchored) and (last is None or last.anchored)
    return Days(first.low if first else None, last.high if last else None, known)


def _point(text: str) -> Days | None:
    match = _POINT.fullmatch(text)
    if match is None:
        return None
    years, month, day, doubt = match.groups()
    anchored = years != "XXXX"
    first = int(years.replace("X", "0")) if anchored else _LEAP
    last = int(years.replace("X", "9")) if anchored else _LEAP
    if not 1 <= first <= last <= 9998 or len(years) != 4:
        return None
    try:
        low, high = (
            _month(first, last, month) if not day or day == "XX" else _day(first, month, day)
        )
    except ValueError:
        return None
    if doubt in ("~", "%"):
        margin = _AROUND[0] if day else _AROUND[1] if month else _AROUND[2]
        low, high = low - margin, high + margin
    return Days(low, high, anchored)


def _day(year: int, month: str, day: str) -> tuple[int, int]:
    ordinal = date(year, int(month), int(day)).toordinal()
    return ordinal, ordinal


def _month(first: int, last: int, month: str | None) -> tuple[int, int]:
    if month is None or month == "XX":
        return date(first, 1, 1).toordinal(), date(last, 12, 31).toordinal()
    number = int(month)
    begin, end = _SEASONS.get(number, (number, number))
    after = last + 1 if end < begin else last
    following = date(after + 1, 1, 1) if end == 12 else date(after, end + 1, 1)
    return date(first, begin, 1).toordinal(), following.toordinal() - 1


def overlap(one: Days, other: Days, slack: int = 0) -> bool:
    """Return whether both can be the same time; where a year is unknown, only the days of the year count."""
    if one.anchored != other.anchored:
        known, floating = (one, other) if one.anchored else (other, one)
        if known.low is None or known.high is None or known.length >= _YEAR:
            return True
        years = {date.fromordinal(max(end, 1)).year for end in (known.low, known.high)}
        shifts = [date(year, 1, 1).toordinal() - date(_LEAP, 1, 1).toordinal() for year in years]
        return any(
            overlap(known, Days(_add(floating.low, shift), _add(floating.high, shift)), slack + 1)
            for shift in shifts
        )
    return not before(one, other, slack) and not before(other, one, slack)


def before(one: Days, other: Days, slack: int = 0) -> bool:
    """Return whether `one` ends before `other` begins, by more than `slack` days."""
    if one.high is None or other.low is None:
        return False
    return one.high + slack < other.low


def _add(ordinal: int | None, shift: int) -> int | None:
    return None if ordinal is None else ordinal + shift


def month_of(ordinal: int) -> str:
    """Return the month of a day as "2023-01"."""
    return date.fromordinal(ordinal).isoformat()[:7]
