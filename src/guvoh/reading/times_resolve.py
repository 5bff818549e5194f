"""From what a phrase says to the period it means: against publication, or another time in the text."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from guvoh.reading import edtf
from guvoh.reading.edtf import Moment, Period
from guvoh.reading.times_specs import (
    Around,
    Bounded,
    Calendar,
    Counted,
    Offset,
    Open,
    Part,
    Relative,
    Spec,
    Window,
)

# How far back "recent" reaches: 28 days and six months after tests/cases/reading/README.md, a week and
# five years in keeping with them.
_RECENT = {"day": (7, "day"), "night": (7, "day"), "week": (28, "day"), "month": (6, "month"), "year": (5, "year"), "decade": (3, "decade")}  # fmt: skip
_DAYS = {"day": 1, "night": 1, "week": 7, "fortnight": 14, "weekend": 7}
_MONTHS = {"month": 1, "quarter": 3, "season": 3, "half": 6}
_YEARS = {"year": 1, "decade": 10, "century": 100}
_PUBLISHED = "published"
_UNRESOLVED = "unresolved"


@dataclass(frozen=True, slots=True)
class Setting:
    """What a time is resolved against: the day of publication and the last time in the text.

    `future` says whether the sentence speaks of what is to come, None where no verb tells;
    `near_verb` that its verb stands right before the time; `counted` that a weekday is counted from
    the text's time, not from publication.
    """

    published: Period | None
    text: Period | None
    future: bool | None = None
    near_verb: bool = False
    counted: bool = False

    @property
    def day(self) -> date | None:
        """Return the local day of publication where it is known to the day."""
        published = self.published
        return (
            published.first.first()
            if published and published.first and published.unit == "day"
            else None
        )


@dataclass(frozen=True, slots=True)
class Resolved:
    """A period, None where it cannot be known, and what it was resolved against."""

    period: Period | None
    against: str | None


def resolve(spec: Spec, setting: Setting) -> Resolved:
    """Return the period that `spec` means in `setting`."""
    match spec:
        case Calendar():
            return _calendar(spec, setting)
        case Relative():
            return _relative(spec, setting)
        case Offset():
            return _offset(spec, setting)
        case Window():
            return _window(spec, setting)
        case Part():
            return _part(spec, setting)
        case Counted():
            inner = resolve(spec.inner, setting)
            found = edtf.counted(inner.period, spec.count, spec.unit) if inner.period else None
            return Resolved(found or inner.period, inner.against)
        case Around():
            inner = resolve(spec.inner, setting)
            period = replace(inner.period, approximate=True) if inner.period else None
            return Resolved(period, inner.against)
        case Bounded():
            return _bounded(spec, setting)
        case Open():
            ahead = spec.side < 0 and setting.future is None
            inner = resolve(spec.inner, replace(setting, future=True) if ahead else setting)
            if inner.period is None:
                return inner
            whole = inner.period
            if spec.side < 0 and isinstance(spec.inner, Part) and spec.inner.where == "end":
                whole = edtf.days_of(whole)  # "by the end of the year" is by its last day
            first, last = (whole.first, None) if spec.side > 0 else (None, whole.last)
            return Resolved(
                replace(inner.period, first=first, last=last, unit="part"), inner.against
            )
    return Resolved(None, None)


# Calendar dates


def _calendar(spec: Calendar, setting: Setting) -> Resolved:
    if spec.weekday is not None:
        return _weekday(spec, setting)
    if spec.day is not None and spec.month is None:
        return _day_of_month(spec.day, setting)
    year, against = spec.year, None
    if year is None and spec.year_shift is not None:
        known = setting.published.year if setting.published else None
        year = known + spec.year_shift if known is not None else None
        against = _PUBLISHED if year is not None else _UNRESOLVED
    elif year is None:
        year, against = _nearest_year(spec, setting)
    period = _dated(spec, year)
    return Resolved(period, against if period is not None else _UNRESOLVED)


def _day_of_month(day: int, setting: Setting) -> Resolved:
    """Return "the 13th" of the month told of, or the one nearest to publication on the side told of.

    Behind another day of the text it is the next such day, unless that lies beyond publication.
    """
    today, text = setting.day, setting.text
    if text is not None and text.unit == "day" and text.last is not None and text.year is not None:
        told = _such_day(text.last.first(), day, 1)
        if told is not None and (today is None or bool(setting.future) == (told > today)):
            return Resolved(edtf.day_of(told), text.edtf())
    found = None if today is None else _such_day(today, day, 1 if setting.future else -1)
    if found is None:
        return Resolved(None, _UNRESOLVED)
    return Resolved(edtf.day_of(found), _PUBLISHED)


def _such_day(near: date, day: int, direction: int) -> date | None:
    """Return the nearest day of the month `day` on one side of `near`, itself included."""
    for by in range(3):
        month = near.year * 12 + near.month - 1 + by * direction
        try:
            found = date(month // 12, month % 12 + 1, day)
        except ValueError:
            continue  # no such day in that month
        if (found - near).days * direction >= 0:
            return found
    return None


def _dated(spec: Calendar, year: int | None) -> Period | None:
    if spec.size in ("week", "weekend") and spec.month is not None and spec.day is not None:
        inside = edtf.day(year, spec.month, spec.day)
        return edtf.within(inside, spec.size) if inside is not None else None
    if spec.size is not None and year is not None:
        return edtf.years(year, year + (10 if spec.size == "decade" else 100) - 1, spec.size)
    if spec.season is not None:
        return edtf.months(year, edtf.SEASONS[spec.season], 3, "season")
    if spec.quarter is not None:
        return edtf.months(year, spec.quarter * 3 - 2, 3, "quarter")
    if spec.half is not None:
        return edtf.months(year, spec.half * 6 - 5, 6, "half")
    if spec.month is None:
        return edtf.year(year)
    if spec.day is None:
        return edtf.month(year, spec.month)
    found = edtf.day(year, spec.month, spec.day)
    if found is not None and spec.alternative is not None:
        other = edtf.day(year, *spec.alternative)
        return replace(found, alternative=other.first) if other else found
    return found


def _nearest_year(spec: Calendar, setting: Setting) -> tuple[int | None, str]:
    """Return the year of a date that gives none: the latest one not after publication.

    The next one where the sentence speaks of what is to come or the date says "next".
    """
    published = setting.published
    if (
        published is None
        or published.first is None
        or published.last is None
        or published.year is None
    ):
        return None, _UNRESOLVED
    if published.unit == "year":
        return None, _UNRESOLVED
    this = published.year
    direction = spec.pick if spec.pick is not None else (1 if setting.future else -1)
    candidates = [
        year for year in (this - 1, this, this + 1) if (found := _dated(spec, year)) and found.first
    ]
    starts = {
        year: found.first.first()
        for year in candidates
        if (found := _dated(spec, year)) and found.first
    }
    ends = {
        year: found.last.last()
        for year in candidates
        if (found := _dated(spec, year)) and found.last
    }
    if not candidates:
        return None, _UNRESOLVED
    today, latest = published.first.first(), published.last.last()
    if spec.pick == 0:
        # "This winter", which two years share, is the one at hand, or the nearest.
        shared = [year for year in candidates if starts[year].year < ends[year].year]
        return min(
            shared, key=lambda year: max(starts[year] - latest, today - ends[year]), default=this
        ), _PUBLISHED
    if spec.pick is None and (setting.future is None or not setting.near_verb):
        direction = _likelier(spec, setting, starts, ends) if not setting.future else 1
    if direction < 0:
        past = [
            year
            for year in candidates
            if (ends[year] < today if spec.pick == -1 else starts[year] <= latest)
        ]
        return (max(past) if past else None), _PUBLISHED
    coming = [
        year
        for year in candidates
        if (starts[year] > latest if spec.pick == 1 else ends[year] >= today)
    ]
    return (min(coming) if coming else None), _PUBLISHED


def _likelier(
    spec: Calendar, setting: Setting, starts: dict[int, date], ends: dict[int, date]
) -> int:
    """Return 1 for a date without verb that lies shortly ahead and long past, else -1.

    Nobody writes "on 14 January" on the 7th for a day a year ago; "in December" in January is past.
    """
    today = setting.day
    if today is None:
        return -1
    reach = 60 if spec.day is not None else 45 if spec.month is not None else 0
    ahead = [(start - today).days for start in starts.values() if start > today]
    behind = [(today - end).days for end in ends.values() if end <= today]
    return 1 if ahead and behind and min(ahead) <= reach and min(behind) >= 270 else -1


def _weekday(spec: Calendar, setting: Setting) -> Resolved:
    today = setting.day
    if today is None or spec.weekday is None:
        return Resolved(None, _UNRESOLVED)
    if setting.counted and setting.text is not None and setting.text.unit == "day":
        first = setting.text.last.first() if setting.text.last is not None else today
        after = edtf.weekday_near(first, spec.weekday, 1) if first < today else None
        if after is not None and after.first is not None and after.first.first() <= today:
            return Resolved(after, setting.text.edtf())
    if spec.size == "week" and spec.pick is not None:
        week = edtf.shift(edtf.day_of(today), "week", spec.pick)
        found = (
            week.first.first() + timedelta(days=spec.weekday - 1) if week and week.first else None
        )
        return Resolved(edtf.day_of(found) if found else None, _PUBLISHED)
    direction = spec.pick or (
        1 if setting.future or (spec.pick == 0 and spec.weekday > today.isoweekday()) else -1
    )
    start = today
    if spec.pick == -1 and today > date.min:
        start = today - timedelta(days=1)
    if setting.future and spec.pick is None and today.isoweekday() == spec.weekday:
        return Resolved(edtf.day_of(today), _PUBLISHED)
    period = edtf.weekday_near(start, spec.weekday, direction)
    return Resolved(period, _PUBLISHED if period else _UNRESOLVED)


# Counted from somewhere


def _relative(spec: Relative, setting: Setting) -> Resolved:
    if spec.unit == "quarter" and spec.to_text and spec.shift == -1:
        spoken = setting.text is not None and setting.text.unit == "quarter"
        spec = replace(spec, to_text=spoken, shift=0 if spoken else -1)
    base = setting.text if spec.to_text else setting.published
    against = setting.text.edtf() if spec.to_text and setting.text else _PUBLISHED
    if base is None:
        open_year = spec.unit == "year" and not spec.to_text
        return Resolved(edtf.year(None) if open_year else None, _UNRESOLVED)
    if (
        spec.to_text
        and base.last is not None
        and spec.unit in ("day", "week")
        and base.unit == "day"
    ):
        base = edtf.day_of(base.last.last()) if base.last.year is not None else base
    period = (
        edtf.within(base, spec.unit) if spec.shift == 0 else edtf.shift(base, spec.unit, spec.shift)
    )
    # "The weekend" of what has been done is the last one.
    done = spec.shift == 0 and setting.future is not True
    if spec.unit == "weekend" and setting.day is not None and (spec.shift == -1 or done):
        period = _last_weekend(setting.day)
    return Resolved(period, against if period else _UNRESOLVED)


def _last_weekend(today: date) -> Period | None:
    sunday = today - timedelta(days=today.isoweekday()) if today.toordinal() > 14 else None
    return edtf.days(sunday - timedelta(days=1), sunday, "weekend") if sunday else None


def moved(period: Period, unit: str, by: float) -> Period | None:
    """Return `period` moved by `by` units; a half of a unit is counted in the next smaller one."""
    if by == int(by):
        return edtf.shift(
            period,
            "week" if unit == "fortnight" else unit,
            int(by) * (2 if unit == "fortnight" else 1),
        )
    if unit == "year":
        return edtf.shift(period, "month", round(by * 12))
    if unit in ("month", "week"):
        return edtf.shift(period, "day", round(by * (30 if unit == "month" else 7)))
    return edtf.shift(period, unit, round(by))


def _years_on(base: Period, by: float) -> Period | None:
    """Return the month, quarter or season `by` years from one: "a year later" keeps its grain."""
    grain = (
        base.unit
        if base.unit in ("month", "quarter", "season", "half")
        else "month"
        if base.unit == "day"
        else None
    )
    if grain is None:
        return None
    size = {"month": 12, "quarter": 4, "season": 4, "half": 2}[grain]
    return edtf.shift(base, grain, round(by * size))


def _offset(spec: Offset, setting: Setting) -> Resolved:
    if spec.base is not None:
        inner = resolve(spec.base, setting)
        base, against = (
            inner.period,
            inner.against or (inner.period.edtf() if inner.period else _UNRESOLVED),
        )
    elif spec.anchor == "published" or (spec.anchor == "either" and setting.text is None):
        base, against = setting.published, _PUBLISHED
    elif spec.anchor in ("text", "either"):
        base, against = setting.text, setting.text.edtf() if setting.text else _UNRESOLVED
    else:
        base, against = None, _UNRESOLVED
    if base is None or spec.unit in ("second", "minute"):
        return Resolved(None, _UNRESOLVED)
    if spec.unit in ("decade", "century"):
        # "Two decades ago" counts years and names no decade.
        years = _YEARS[spec.unit]
        high = None if spec.high is None else spec.high * years
        return _offset(replace(spec, low=spec.low * years, high=high, unit="year"), setting)
    if spec.unit == "hour":
        near = base if base.unit == "day" and spec.low <= 12 else None
        return Resolved(near, against if near else _UNRESOLVED)
    if (
        spec.unit == "year"
        and spec.low == spec.high
        and (base is not setting.published or spec.low <= 1)
    ):
        kept = _years_on(base, spec.low * spec.direction)
        if kept is not None:
            return Resolved(kept, against)
    near = moved(base, spec.unit, spec.low * spec.direction)
    if spec.high == spec.low:
        return Resolved(near, against if near else _UNRESOLVED)
    far = moved(
        base, spec.unit, (spec.high if spec.high is not None else spec.low) * spec.direction
    )
    if near is None or far is None:
        return Resolved(None, _UNRESOLVED)
    first, last = (near, far) if spec.direction > 0 else (far, near)
    return Resolved(edtf.hull(first, last), against)


def _window(spec: Window, setting: Setting) -> Resolved:
    base = setting.published
    if base is None or base.first is None or base.last is None:
        return Resolved(None, _UNRESOLVED)
    count, unit = (
        (spec.count, spec.unit) if spec.count is not None else _RECENT.get(spec.unit, (0, "day"))
    )
    edge = _back(base, unit, count * spec.direction)
    if edge is None or not count:
        return Resolved(None, _UNRESOLVED)
    if unit in _YEARS:
        base = edtf.within(base, "year") or base
        edge = edtf.within(edge, "year") or edge
    first, last = (edge, base) if spec.direction < 0 else (base, edge)
    return Resolved(edtf.hull(first, last), _PUBLISHED)


def _back(period: Period, unit: str, by: float) -> Period | None:
    """Return the day or month `by` units from `period`, the same day of the month where there is one."""
    if unit in _DAYS:
        return edtf.shift(period, "day", round(by * _DAYS[unit])) if period.unit == "day" else None
    step = _MONTHS.get(unit)
    step = step if step is not None else 12 * _YEARS.get(unit, 0)
    target = edtf.shift(period, "month", round(by * step)) if step else None
    if target is None or target.first is None or target.last is None:
        return edtf.shift(period, "year", round(by * step / 12)) if step >= 12 else None
    if period.unit == "day" and period.first and period.first.day:
        length = target.last.last().day
        moment = Moment(target.first.year, target.first.month, min(period.first.day, length))
        return Period(moment, moment, "day")
    return target


def _part(spec: Part, setting: Setting) -> Resolved:
    inner = resolve(spec.inner, setting)
    if inner.period is None:
        return inner
    if spec.where in ("start", "middle", "end"):
        return Resolved(edtf.part(inner.period, spec.where), inner.against)
    published = setting.published
    if (
        published is None
        or published.first is None
        or inner.period.first is None
        or inner.period.last is None
    ):
        return inner
    if inner.period.first.year is None:
        return inner
    whole = inner.period
    if published.unit == "day" and whole.first is not None and whole.last is not None:
        # Both ends to the day: "earlier this month" is 2023-03-01/2023-03-05.
        whole = edtf.days_of(whole)
    ends = (whole, published) if spec.where == "so-far" else (published, whole)
    return Resolved(edtf.hull(*ends) or inner.period, inner.against)


def _bounded(spec: Bounded, setting: Setting) -> Resolved:
    last = resolve(spec.last, setting)
    if last.period is None:
        return last
    first = resolve(_lend(spec.first, spec.last, last.period), setting)
    if first.period is None:
        return Resolved(None, _UNRESOLVED)
    period = edtf.hull(first.period, last.period)
    if (
        period is None
        and isinstance(spec.first, Calendar)
        and spec.first.year is None
        and last.period.year is not None
    ):
        first = resolve(replace(spec.first, year=last.period.year - 1), setting)
        period = edtf.hull(first.period, last.period) if first.period else None
    return Resolved(period, last.against or first.against)


def _lend(first: Spec, last: Spec, resolved: Period) -> Spec:
    """Return `first` with the year of the range's end where it has none of its own."""
    if isinstance(first, Part):
        return replace(first, inner=_lend(first.inner, last, resolved))
    if not isinstance(first, Calendar) or first.year is not None or first.weekday is not None:
        return first
    end_year = resolved.last.year if resolved.last else None
    return first if end_year is None else replace(first, year=end_year)
