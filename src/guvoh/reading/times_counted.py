"""The week, half or weekday of a month that is counted: "the second week of January", "the last Friday of May"."""

from guvoh.reading.passage import JOIN, Passage
from guvoh.reading.times_calendar import calendar_at, ordinal_at
from guvoh.reading.times_figures import skip
from guvoh.reading.times_relative import picked_at, relative_at
from guvoh.reading.times_specs import LAST, Calendar, Counted, Parsed, Relative

_UNITS = ("week", "weekend", "half", "fortnight")


def counted_at(passage: Passage, index: int) -> Parsed | None:
    """Read which of its weeks, halves, tens of days or weekdays of a month is meant."""
    links = passage.language.time_links
    index = skip(passage, index, "the")
    if index >= len(passage):
        return None
    ordinal = ordinal_at(passage, index)
    last = passage.is_one(links, index, "last-of")
    if ordinal is not None:
        count, end = ordinal
    elif last is not None:
        count, end = LAST, last
    else:
        return None
    grain = _grain(passage, end) if end < len(passage) and passage.gap(end) == JOIN else None
    if grain is None:
        return None
    unit, end = grain
    at = skip(passage, end, "of", "during", "the")
    if at >= len(passage) or passage.gap(at) != JOIN:
        return None
    inner = calendar_at(passage, at) or picked_at(passage, at) or relative_at(passage, at)
    if inner is None:
        bare = passage.match(passage.language.units, at)
        inner = (Relative(bare[1], 0), bare[0]) if bare is not None else None
    if inner is None or not _is_month(inner[0]):
        return None
    return Counted(count, unit, inner[0]), inner[1]


def _grain(passage: Passage, index: int) -> tuple[str | int, int] | None:
    """Return what is counted, a weekday by its number from Monday, and the word after it."""
    language = passage.language
    tens = passage.is_one(language.time_links, index, "ten-days")
    if tens is not None:
        return "ten days", tens
    weekday = passage.match(language.weekdays, index)
    if weekday is not None:
        return weekday[1], weekday[0]
    unit = passage.match(language.units, index)
    return (unit[1], unit[0]) if unit is not None and unit[1] in _UNITS else None


def _is_month(spec: object) -> bool:
    if isinstance(spec, Calendar):
        return spec.month is not None and spec.day is None and spec.weekday is None
    return isinstance(spec, Relative) and spec.unit == "month"
