"""Calendar arithmetic over periods with open years and open ends, and their EDTF (levels 1-2)."""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

FIRST_YEAR, LAST_YEAR = 1, 9999
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}


class Moment(NamedTuple):
    """A day, month or year; a year that nobody knows is None."""

    year: int | None
    month: int | None = None
    day: int | None = None

    def edtf(self) -> str:
        """Return the moment as EDTF ("XXXX-03")."""
        text = "XXXX" if self.year is None else f"{self.year:04d}"
        if self.month is not None:
            text += f"-{self.month:02d}"
            if self.day is not None:
                text += f"-{self.day:02d}"
        return text

    def first(self) -> date:
        """Return its first day; an open year counts as 2001, which is no leap year."""
        return date(_counted(self.year), self.month or 1, self.day or 1)

    def last(self) -> date:
        """Return its last day."""
        year, month = _counted(self.year), self.month or 12
        return date(year, month, self.day or monthrange(year, month)[1])


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time from `first` to `last`, None where it is open; `unit` is its grain.

    `unit` is day, week, weekend, month, quarter, season, half, year, decade, century, or "part" for
    one that no calendar names. `alternative` is the other reading of an ambiguous date.
    """

    first: Moment | None
    last: Moment | None
    unit: str
    approximate: bool = False
    alternative: Moment | None = None

    def edtf(self) -> str:
        """Return the period as EDTF."""
        mark = "~" if self.approximate else ""
        if self.first is not None and self.alternative is not None:
            return f"[{self.first.edtf()},{self.alternative.edtf()}]"
        if self.first is None or self.last is None:
            start = ".." if self.first is None else self.first.edtf() + mark
            end = ".." if self.last is None else self.last.edtf() + mark
            return f"{start}/{end}"
        if self.unit == "decade" and self.first.year is not None:
            return f"{self.first.year // 10:03d}X{mark}"
        if self.unit == "century" and self.first.year is not None:
            return f"{self.first.year // 100:02d}XX{mark}"
        if self.first == self.last:
            return self.first.edtf() + mark
        return f"{self.first.edtf()}{mark}/{self.last.edtf()}{mark}"

    @property
    def year(self) -> int | None:
        """Return the year in which it begins, None where unknown or open."""
        return self.first.year if self.first is not None else None


def _counted(year: int | None) -> int:
    return 2001 if year is None else year


def day(year: int | None, month: int, number: int) -> Period | None:
    """Return a day, or None where the calendar has none such; 29 February of an open year is one."""
    if not 1 <= month <= 12 or (year is not None and not FIRST_YEAR <= year <= LAST_YEAR):
        return None
    length = monthrange(2000 if year is None else year, month)[1]
    moment = Moment(year, month, number)
    return Period(moment, moment, "day") if 1 <= number <= length else None


def day_of(when: date) -> Period:
    """Return the day `when`."""
    moment = Moment(when.year, when.month, when.day)
    return Period(moment, moment, "day")


def month(year: int | None, number: int) -> Period:
    """Return a month."""
    moment = Moment(year, number)
    return Period(moment, moment, "month")


def year(number: int | None) -> Period:
    """Return a year."""
    moment = Moment(number)
    return Period(moment, moment, "year")


def months(start_year: int | None, first: int, count: int, unit: str) -> Period:
    """Return `count` months from month `first`: a season, quarter or half year."""
    years, last = divmod(first + count - 2, 12)
    end_year = None if start_year is None else start_year + years
    return Period(Moment(start_year, first), Moment(end_year, last + 1), unit)


def years(first: int, last: int, unit: str) -> Period | None:
    """Return the years `first` to `last`: a decade or a century; None outside the calendar."""
    if not FIRST_YEAR <= first <= last <= LAST_YEAR:
        first = max(first, FIRST_YEAR)
        if first > last or last > LAST_YEAR:
            return None
    return Period(Moment(first), Moment(last), unit)


def days(first: date, last: date, unit: str) -> Period:
    """Return the days `first` to `last`."""
    return Period(
        Moment(first.year, first.month, first.day), Moment(last.year, last.month, last.day), unit
    )


def days_of(period: Period) -> Period:
    """Return a closed period with both ends to the day; one of an open year counts as no leap year."""
    if period.first is None or period.last is None:
        return period
    first, last = period.first, period.last
    start = first._replace(month=first.month or 1, day=first.day or 1)
    end = last.last()
    return Period(start, last._replace(month=end.month, day=end.day), "part", period.approximate)


def week_of(when: date) -> Period | None:
    """Return the week, Monday to Sunday, in which `when` lies."""
    monday = _moved(when, -when.weekday())
    sunday = _moved(when, 6 - when.weekday())
    return days(monday, sunday, "week") if monday and sunday else None


def _moved(when: date, by: int) -> date | None:
    try:
        return when + timedelta(days=by)
    except OverflowError:
        return None


def within(period: Period, unit: str) -> Period | None:
    """Return the calendar unit in which `period` begins: its week, month, year and so on."""
    if period.first is None:
        return None
    start = period.first
    if unit in ("day", "night"):
        return period if period.unit == "day" else None
    if unit in ("week", "weekend"):
        if start.day is None or start.year is None:
            return None
        week = week_of(start.first())
        if week is None or unit == "week":
            return week
        end = week.last.last() if week.last else start.first()
        return days(end - timedelta(days=1), end, "weekend")
    if unit in ("month", "quarter", "half", "season"):
        return _of_months(start, unit)
    if start.year is None:
        return year(None) if unit == "year" else None
    if unit == "year":
        return year(start.year)
    if unit not in ("decade", "century"):
        return None
    size = 10 if unit == "decade" else 100
    first = start.year // size * size
    return years(first, first + size - 1, unit)


def _of_months(start: Moment, unit: str) -> Period | None:
    if start.month is None:
        return None
    if unit == "month":
        return month(start.year, start.month)
    if unit == "season":
        first = start.month // 3 * 3
        if first == 0:
            return None if start.year is None else months(start.year - 1, 12, 3, "season")
        return months(start.year, first, 3, "season")
    size = 3 if unit == "quarter" else 6
    return months(start.year, (start.month - 1) // size * size + 1, size, unit)


def shift(period: Period, unit: str, by: int) -> Period | None:
    """Return `period` moved by `by` units, at the grain of `unit` or its own where that is coarser.

    None where the period's beginning is not known finely enough or the result leaves the calendar.
    """
    if unit in ("day", "night", "week", "weekend", "fortnight"):
        return _shift_days(period, unit, by)
    base = within(period, unit)
    if base is None or base.first is None:
        base = _coarser(period, unit)
    if base is None or base.first is None:
        return None
    start = base.first
    if unit in ("month", "quarter", "half", "season"):
        if start.month is None:
            return None
        size = {"month": 1, "quarter": 3, "half": 6, "season": 3}[unit]
        if start.year is None:
            return None
        years_on, number = divmod(start.month - 1 + by * size, 12)
        moved = start.year + years_on
        if not FIRST_YEAR <= moved < LAST_YEAR:
            return None
        return (
            month(moved, number + 1) if unit == "month" else months(moved, number + 1, size, unit)
        )
    if start.year is None:
        return None
    size = {"year": 1, "decade": 10, "century": 100}.get(unit, 0)
    if not size or not FIRST_YEAR <= start.year + by * size <= LAST_YEAR - size:
        return None
    moved = start.year + by * size
    return year(moved) if unit == "year" else years(moved, moved + size - 1, unit)


def _coarser(period: Period, unit: str) -> Period | None:
    return period if unit == "year" and period.unit in ("year", "decade") else None


def _shift_days(period: Period, unit: str, by: int) -> Period | None:
    if period.first is None or period.first.year is None:
        return None
    step = {"day": 1, "night": 1, "week": 7, "weekend": 7, "fortnight": 14}[unit]
    if period.first.day is None:
        return None
    moved = _moved(period.first.first(), by * step)
    if moved is None:
        return None
    if unit in ("day", "night"):
        return day_of(moved)
    return within(day_of(moved), "weekend" if unit == "weekend" else "week")


def weekday_near(when: date, number: int, direction: int) -> Period | None:
    """Return weekday `number` (1 Monday): the latest not after `when` (-1) or the first after it (1)."""
    by = (
        -((when.isoweekday() - number) % 7)
        if direction < 0
        else ((number - when.isoweekday() - 1) % 7) + 1
    )
    moved = _moved(when, by)
    return None if moved is None else day_of(moved)


def part(period: Period, where: str) -> Period | None:
    """Return the start, middle or end of a period: the thirds of tests/cases/reading/README.md."""
    if period.first is None or period.last is None:
        return None
    third = {"start": 0, "middle": 1, "end": 2}[where]
    start, unit = period.first, period.unit
    if unit == "month" and start.month is not None:
        length = monthrange(_counted(start.year), start.month)[1]
        first, last = ((1, 10), (11, 20), (21, length))[third]
        return Period(
            Moment(start.year, start.month, first), Moment(start.year, start.month, last), "part"
        )
    if unit == "year":
        return replace(months(start.year, third * 4 + 1, 4, "part"))
    if unit in ("quarter", "season") and start.month is not None:
        number = start.month + third
        moved = None if start.year is None else start.year + (number - 1) // 12
        whole = month(moved, (number - 1) % 12 + 1)
        return days_of(whole)
    if unit == "half" and start.month is not None:
        return months(start.year, start.month + third * 2, 2, "part")
    if unit == "week" and start.year is not None:
        first_day, last_day = ((0, 1), (2, 3), (4, 6))[third]
        monday = start.first()
        return days(monday + timedelta(days=first_day), monday + timedelta(days=last_day), "part")
    if unit in ("decade", "century") and start.year is not None:
        scale = 1 if unit == "decade" else 10
        first, last = ((0, 3), (4, 6), (7, 9))[third]
        return years(start.year + first * scale, start.year + (last + 1) * scale - 1, "part")
    return period if unit in ("day", "weekend", "part") else None


_BLOCKS = {"week": (7, 5), "fortnight": (15, 2), "half": (15, 2), "ten days": (10, 3)}


def counted(period: Period, count: int, unit: str | int) -> Period | None:
    """Return the `count`-th, -1 for the last, week, weekend, half, ten days or weekday (1 to 7) of a month.

    Weeks are counted from the first of the month, seven days each; the last is its last seven. None
    where the month has none such, and for weekdays of an open year.
    """
    start = period.first
    if period.unit != "month" or start is None or start.month is None:
        return None
    length = monthrange(_counted(start.year), start.month)[1]
    if isinstance(unit, int) or unit == "weekend":
        if start.year is None:
            return None
        wanted = 6 if isinstance(unit, str) else unit
        first = 1 + (wanted - date(start.year, start.month, 1).isoweekday()) % 7
        at = first + 7 * (count - 1) if count > 0 else first + (length - first) // 7 * 7
        if at > length:
            return None
        begin = date(start.year, start.month, at)
        end = _moved(begin, 1) if isinstance(unit, str) else begin
        return days(begin, end, "weekend" if isinstance(unit, str) else "day") if end else None
    size, most = _BLOCKS[unit]
    if count > most:
        return None
    first = (count - 1) * size + 1
    last = first + size - 1
    if count < 0:
        first, last = (length - 6 if unit == "week" else (most - 1) * size + 1), length
    elif count == most:
        last = length
    if first > length:
        return None
    return Period(
        Moment(start.year, start.month, first), Moment(start.year, start.month, last), "part"
    )


def hull(first: Period, last: Period) -> Period | None:
    """Return the stretch from the beginning of `first` to the end of `last`; None if it runs back."""
    if first.first is None or last.last is None:
        return None
    if (
        first.first.year is not None
        and last.last.year is not None
        and first.first.first() > last.last.last()
    ):
        return None
    return Period(first.first, last.last, "part", first.approximate or last.approximate)


def parse_day(edtf: str | None) -> Period | None:
    """Return the local day, month or year of a publication date ("2023-03-05T10:00:00+03:00")."""
    if not edtf:
        return None
    pieces = edtf.split("T")[0].rstrip("~?%").split("-")
    try:
        numbers = [int(piece) for piece in pieces[:3]]
    except ValueError:
        return None
    if len(pieces[0]) != 4 or not FIRST_YEAR <= numbers[0] <= LAST_YEAR:
        return None
    if len(numbers) == 1:
        return year(numbers[0])
    if len(numbers) == 2:
        return month(numbers[0], numbers[1]) if 1 <= numbers[1] <= 12 else None
    return day(numbers[0], numbers[1], numbers[2])
