"""What a phrase of time says before it is known when it was said: values the resolver turns into periods."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Calendar:
    """Fields of the calendar that a phrase names.

    `pick` is -1 for last, 0 for this, 1 for next ("last July"); `year_shift` counts years from that of
    publication ("July last year"); `alternative` is (month, day) of the other reading of 03/04/2023.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    season: str | None = None
    quarter: int | None = None
    half: int | None = None
    size: str | None = None  # decade, century, week or weekend that the date names
    pick: int | None = None
    year_shift: int | None = None
    alternative: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Relative:
    """A unit of the calendar counted from the day of publication, or from a time in the text."""

    unit: str
    shift: int
    to_text: bool = False


@dataclass(frozen=True, slots=True)
class Offset:
    """`low` to `high` units before (-1) or after (1) publication, a time in the text, or `base`."""

    low: float
    high: float | None
    unit: str
    direction: int
    anchor: str  # published, text, either, event
    base: "Spec | None" = None


@dataclass(frozen=True, slots=True)
class Window:
    """The last (-1) or next (1) `count` units up to or from publication; None for "recent"."""

    count: float | None
    unit: str
    direction: int
    vague: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """The start, middle or end of a period, or what of it lies before or after publication."""

    where: str  # start, middle, end, so-far, remaining
    inner: "Spec"


LAST = -1  # of what is counted


@dataclass(frozen=True, slots=True)
class Counted:
    """The `count`-th of a month's weeks, weekends, halves, tens of days or weekdays (1, Monday, to 7)."""

    count: int  # from 1, or LAST
    unit: str | int  # week, weekend, half, fortnight, ten days, or a weekday
    inner: "Spec"


@dataclass(frozen=True, slots=True)
class Around:
    """A period that is meant about."""

    inner: "Spec"


@dataclass(frozen=True, slots=True)
class Bounded:
    """From one time to another."""

    first: "Spec"
    last: "Spec"


@dataclass(frozen=True, slots=True)
class Open:
    """Since (`side` 1) or until (`side` -1) a time."""

    side: int
    inner: "Spec"


@dataclass(frozen=True, slots=True)
class Duration:
    """How long; `high` differs from `low` for a vague or open one."""

    low: float
    high: float | None
    unit: str


@dataclass(frozen=True, slots=True)
class Recurring:
    """Again and again."""

    unit: str


@dataclass(frozen=True, slots=True)
class Reference:
    """Now, recently, soon: a time that no date can be given for."""

    which: str  # now, recent, soon


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something that looks like a date and is none."""

    why: str


Spec = (
    Calendar
    | Relative
    | Offset
    | Window
    | Part
    | Counted
    | Around
    | Bounded
    | Open
    | Duration
    | Recurring
    | Reference
    | Unreadable
)
Parsed = tuple[Spec, int]
