"""Which of two reports states that it came later, within the interval that each states."""

from collections.abc import Callable

import pytest

from guvoh.lineage.dating import later
from guvoh.lineage.side import Side

MakeSide = Callable[..., Side]


@pytest.mark.parametrize(
    ("one", "other", "which"),
    [
        ("2023-03-01", "2023-03-02", 1),
        ("2023-03-02T07:00:00Z", "2023-03-01", 0),
        ("2023-03-01T07:00:00+03:00", "2023-03-01T16:05:00+03:00", 1),
        ("2023-03-01T07:00", "2023-03-01T16:05:00", 1),
        # A day, a month or a minute that holds the other's time says nothing.
        ("2023-03-01", "2023-03-01T16:05:00", None),
        ("2023-03-01", "2023-03-01", None),
        ("2023-03", "2023-03-31", None),
        ("2023-03-01T07:00", "2023-03-01T07:00:30", None),
        ("2023-03", "2023-04-01", 1),
        ("2023", "2022-12-31T23:59:59", 0),
        # The clocks of the two pages differ: 23:00 in one place is later than 01:00 the next day in another.
        ("2023-03-01T23:00:00-07:00", "2023-03-02T01:00:00+05:00", 0),
        ("2023-03-01T10:00:00+03:00", "2023-03-01T07:00:00Z", None),
        # What is no date, or none that the calendar has, says nothing either.
        ("2023-02-31", "2023-03-01", None),
        ("2023-XX-01", "2024-01-01", None),
        (None, "2024-01-01", None),
    ],
)
def test_later_is_what_lies_wholly_after_the_other(
    make_side: MakeSide, one: str | None, other: str, which: int | None
) -> None:
    reports = make_side("a", "x", published=one).report, make_side("b", "y", published=other).report
    assert later(*reports) == which
    assert later(*reversed(reports)) == (None if which is None else 1 - which)
