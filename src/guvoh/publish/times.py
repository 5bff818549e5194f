"""The events of a dossier on an axis of time, an interval where only that is known."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from guvoh.corroborate.days import Days, days
from guvoh.model.event import Event
from guvoh.words import Words

_WIDTH, _ROW, _TOP = 720, 20, 26
_LEAST = 4.0  # units; a day on an axis of years would not be seen
_LONGEST = 400  # days; a longer interval says too little to draw
_STEPS = (1, 7, 14, 31, 92, 183, 366, 731, 1827, 3653)  # days between two marks of the axis
_MARKS = 7
_INK, _QUIET, _LINE = "#1f1e1b", "#5c5a55", "#c9c5bc"


def timeline(events: Sequence[Event], say: Words) -> dict[str, Any] | None:
    """Return the picture of events whose time is known to the year, and the numbers of the others.

    None where fewer than two are known: one bar says no more than its date does.
    """
    known = [(n, at) for n, event in enumerate(events, 1) if (at := _when(event)) is not None]
    if len(known) < 2:
        return None
    first = min(low for _, (low, _) in known)
    last = max(high for _, (_, high) in known)
    length = max(last - first + 1, 1)
    step = next((s for s in _STEPS if length / s <= _MARKS), _STEPS[-1])
    scale = (_WIDTH - 90) / length

    def x(day: float) -> float:
        return round(30 + (day - first) * scale, 1)

    height = _TOP + _ROW * len(known) + 6
    marks = "".join(
        f'<line x1="{x(day)}" y1="16" x2="{x(day)}" y2="{height}" stroke="{_LINE}"/>'
        f'<text x="{x(day)}" y="11" font-size="9" fill="{_QUIET}">{date.fromordinal(day)}</text>'
        for day in range(first, last + 1, step)
    )
    bars = "".join(
        f'<text x="2" y="{_TOP + row * _ROW + 12}" font-size="11" fill="{_INK}">{number}</text>'
        f'<rect x="{x(low)}" y="{_TOP + row * _ROW + 3}" '
        f'width="{max(round((high - low + 1) * scale, 1), _LEAST)}" height="12" rx="2" style="fill:{_INK}"/>'
        for row, (number, (low, high)) in enumerate(known)
    )
    told = "; ".join(f"{number}: {_said(low, high)}" for number, (low, high) in known)
    title = say("When it is said to have happened")
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" '
        f'height="{height}" role="img" font-family="sans-serif"><title>{title}</title>'
        f"<desc>{told}</desc>{marks}{bars}</svg>"
    )
    open_ = [n for n in range(1, len(events) + 1) if n not in {number for number, _ in known}]
    return {"drawing": drawing, "told": told, "open": ", ".join(map(str, open_))}


def _when(event: Event) -> tuple[int, int] | None:
    """Return the days of an event: of the value that most sources give, where its year is known."""
    for value in event.when:
        at: Days | None = days(value.edtf or "")
        if at is not None and at.anchored and at.low is not None and at.high is not None:
            return (at.low, at.high) if at.length <= _LONGEST else None
    return None


def _said(low: int, high: int) -> str:
    ends = [date.fromordinal(day).isoformat() for day in (low, high)]
    return ends[0] if ends[0] == ends[1] else "–".join(ends)
