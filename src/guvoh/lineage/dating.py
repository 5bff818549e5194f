"""Which of two reports says that it was published later, each within the interval that it states."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from guvoh.model.report import PublishedBasis, Report

_STATED = re.compile(
    r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?"
    r"(?:(Z)|([+-]\d{2}):?(\d{2}))?)?)?)?"
)
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class _Stated:
    """The first and the last second that a date may mean, on the clock of the place it was written at."""

    first: datetime
    last: datetime
    offset: timedelta | None  # from UTC; None where the page gives no time or no zone


def later(one: Report, other: Report) -> int | None:
    """Return 0 where the first, 1 where the second of two reports states that it came later, else None.

    A day within which the other's time lies says nothing of which came first. Times with a zone are
    compared in UTC; where one has none, on the clocks of the two pages.
    """
    ours, theirs = _stated(one), _stated(other)
    if ours is None or theirs is None:
        return None
    shift = timedelta()
    if ours.offset is not None and theirs.offset is not None:
        shift = ours.offset - theirs.offset
    if ours.last - shift < theirs.first:
        return 1
    if theirs.last < ours.first - shift:
        return 0
    return None


def _stated(report: Report) -> _Stated | None:
    if report.published_basis is not PublishedBasis.STATED:
        return None
    match = _STATED.fullmatch(report.published or "")
    if match is None:
        return None
    year, month, day, hour, minute, second = (
        int(part) if part else None for part in match.groups()[:6]
    )
    try:
        first = datetime(
            year or 0, month or 1, day or 1, hour or 0, minute or 0, second or 0, tzinfo=UTC
        )
        if month is None:
            after = datetime((year or 0) + 1, 1, 1, tzinfo=UTC)
        elif day is None:
            after = (first + timedelta(days=31)).replace(day=1)
        elif hour is None:
            after = first + timedelta(days=1)
        else:
            after = first + (_SECOND if second is not None else timedelta(minutes=1))
    except (ValueError, OverflowError):
        return None
    return _Stated(first, after - _SECOND, _offset(match))


def _offset(match: re.Match[str]) -> timedelta | None:
    if match[7]:
        return timedelta()
    if match[8] is None:
        return None
    sign = -1 if match[8][0] == "-" else 1
    return timedelta(hours=int(match[8]), minutes=sign * int(match[9]))
