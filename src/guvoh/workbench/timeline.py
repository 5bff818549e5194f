"""The timeline: when events are said to have happened, intervals as intervals."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from starlette.requests import Request
from starlette.responses import HTMLResponse

from guvoh.casefile import lists
from guvoh.casefile.lists import EventLine
from guvoh.pages.measure import wrapped
from guvoh.workbench.filters import address, filters, wanted
from guvoh.workbench.page import desk_of, language_of, page
from guvoh.workbench.sentences import sentences

EVENTS = 80  # events on one picture; narrower filters show others
WIDTH = 1000  # pixels of the time axis
TYPE, LEADING = 12, 15  # size and height of a line of type, in pixels
_TOP, _BAR, _APART = 24, 8, 6  # of the first bar, of a bar, between what is under one and the next
_OPEN = 0.06  # of the axis: how far a bar reaches past its known end where the other is open
_STEPS = (1, 7, 14, 31, 92, 183, 366, 731, 1827, 3653, 18263)  # days between two marks of the axis
_MARKS = 9


@dataclass(frozen=True, slots=True)
class Bar:
    """An event on the axis, in pixels; `starts` and `ends` say whether that side is known.

    Its sentence stands under it in `words`, from `at` on, or up to there where it is `late`.
    """

    line: EventLine
    x: float
    y: float
    width: float
    starts: bool
    ends: bool
    at: float
    late: bool
    words: tuple[str, ...]

    @property
    def bottom(self) -> float:
        """Return where the next bar may begin."""
        return self.y + _BAR + LEADING * len(self.words) + _APART


@dataclass(frozen=True, slots=True)
class Mark:
    """A day on the axis."""

    x: float
    day: str


def timeline(request: Request) -> HTMLResponse:
    """Draw the events that the filters leave; those of unknown time are listed below."""
    kept = filters(request.query_params)
    desk = desk_of(request)
    with desk.reading() as db:
        lines, total = lists.events(db, wanted(db, kept), most=EVENTS)
        lines = sentences(db, lines, language_of(request))
        choices = desk.totals.choices(db)
    known = [line for line in lines if _point(line) is not None]
    bars, marks = _drawn(sorted(known, key=lambda line: (_point(line) or 0, line.id)))
    return page(
        request,
        "timeline.html",
        bars=bars,
        marks=marks,
        width=WIDTH,
        height=(bars[-1].bottom if bars else 0) + 4,
        leading=LEADING,
        timeless=[line for line in lines if _point(line) is None],
        shown=len(lines),
        total=total,
        kept=kept,
        address=address,
        acts=choices[0],
        languages=choices[1],
    )


def _point(line: EventLine) -> int | None:
    return line.first_day if line.first_day is not None else line.last_day


def _bar(line: EventLine, left: float, right: float, y: float) -> Bar:
    width = max(right - left, 4.0)
    late = left > WIDTH / 2
    at = min(left + width, WIDTH - 2) if late else max(left, 4)
    room = at if late else WIDTH - at
    known = (line.first_day is not None, line.last_day is not None)
    return Bar(line, left, y, width, *known, at, late, tuple(wrapped(line.summary, room, TYPE)))


def _drawn(lines: Sequence[EventLine]) -> tuple[list[Bar], list[Mark]]:
    if not lines:
        return [], []
    days = [d for line in lines for d in (line.first_day, line.last_day) if d is not None]
    first, last = min(days) - 1, max(days) + 2
    margin = max((last - first) * _OPEN, 1.0)
    start, length = first - margin, last - first + 2 * margin
    scale = WIDTH / length

    def x(day: float) -> float:
        return round((day - start) * scale, 1)

    bars: list[Bar] = []
    y = float(_TOP)
    for line in lines:
        low = line.first_day if line.first_day is not None else (line.last_day or 0) - margin
        high = (line.last_day if line.last_day is not None else low + margin) + 1
        bars.append(_bar(line, x(low), x(max(high, low + 1)), y))
        y = bars[-1].bottom
    step = next((s for s in _STEPS if length / s <= _MARKS), _STEPS[-1])
    at = range(-(-int(start) // step) * step, int(start + length), step)
    return bars, [Mark(x(d), date.fromordinal(d).isoformat()) for d in at if d > 0]
