from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guvoh.reading import edtf
from guvoh.reading.edtf import Moment, Period


@pytest.mark.parametrize(
    ("period", "written"),
    [
        (edtf.day(2023, 1, 5), "2023-01-05"),
        (edtf.month(None, 3), "XXXX-03"),
        (edtf.years(1990, 1999, "decade"), "199X"),
        (edtf.years(1800, 1899, "century"), "18XX"),
        (edtf.months(2021, 12, 3, "season"), "2021-12/2022-02"),
        (Period(Moment(2015), None, "part"), "2015/.."),
        (Period(None, Moment(2023, 6), "part"), "../2023-06"),
        (Period(Moment(2022, 3, 15), Moment(2022, 3, 15), "day", approximate=True), "2022-03-15~"),
    ],
)
def test_written_as_edtf(period: Period | None, written: str) -> None:
    assert period is not None
    assert period.edtf() == written


@pytest.mark.parametrize(("month", "number"), [(2, 30), (4, 31), (13, 1), (1, 0)])
def test_a_day_on_no_calendar_is_none(month: int, number: int) -> None:
    assert edtf.day(2023, month, number) is None


def test_29_february_needs_a_leap_year_unless_the_year_is_open() -> None:
    assert edtf.day(2023, 2, 29) is None
    assert edtf.day(2024, 2, 29) is not None
    assert edtf.day(None, 2, 29) is not None


@pytest.mark.parametrize(
    ("period", "where", "written"),
    [
        (edtf.month(2023, 1), "start", "2023-01-01/2023-01-10"),
        (edtf.month(2023, 1), "middle", "2023-01-11/2023-01-20"),
        (edtf.month(2024, 2), "end", "2024-02-21/2024-02-29"),
        (edtf.year(2022), "end", "2022-09/2022-12"),
        (edtf.months(2021, 12, 3, "season"), "end", "2022-02-01/2022-02-28"),
        (edtf.years(1990, 1999, "decade"), "middle", "1994/1996"),
    ],
)
def test_parts(period: Period | None, where: str, written: str) -> None:
    assert period is not None
    part = edtf.part(period, where)
    assert part is not None
    assert part.edtf() == written


@given(
    st.dates(), st.sampled_from(["day", "week", "month", "year", "decade"]), st.integers(-200, 200)
)
def test_shifting_there_and_back_holds_the_day(when: date, unit: str, by: int) -> None:
    moved = edtf.shift(edtf.day_of(when), unit, by)
    back = edtf.shift(moved, unit, -by) if moved else None
    if back is not None and back.first is not None and back.last is not None:
        assert back.first.first() <= when <= back.last.last()


@given(st.dates(date(2, 1, 1), date(9998, 12, 31)), st.integers(1, 7))
def test_weekdays_lie_within_a_week(when: date, number: int) -> None:
    before, after = edtf.weekday_near(when, number, -1), edtf.weekday_near(when, number, 1)
    assert before is not None
    assert after is not None
    assert before.first is not None
    assert after.first is not None
    assert 0 <= (when - before.first.first()).days < 7
    assert 0 < (after.first.first() - when).days <= 7
    assert before.first.first().isoweekday() == after.first.first().isoweekday() == number


@pytest.mark.parametrize(
    ("published", "written"),
    [
        ("2023-03-05T23:30:00+03:00", "2023-03-05"),
        ("2023-03", "2023-03"),
        ("2023", "2023"),
        ("soon", None),
        ("2023-02-31", None),
        (None, None),
    ],
)
def test_publication_dates(published: str | None, written: str | None) -> None:
    day = edtf.parse_day(published)
    assert (day.edtf() if day else None) == written
