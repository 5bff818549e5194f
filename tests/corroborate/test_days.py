import pytest

from guvoh.corroborate.days import Days, before, days, month_of, overlap


@pytest.mark.parametrize(
    ("edtf", "low", "high"),
    [
        ("2023-01-21/2023-01-31", "2023-01-21", "2023-01-31"),
        ("2023", "2023-01-01", "2023-12-31"),
        ("2023-02", "2023-02-01", "2023-02-28"),
        ("2023-24", "2023-12-01", "2024-02-29"),
        ("202X", "2020-01-01", "2029-12-31"),
        ("2023-03-05T10:00:00+03:00", "2023-03-05", "2023-03-05"),
        ("2023-03-15~", "2023-03-12", "2023-03-18"),
    ],
)
def test_days(edtf: str, low: str, high: str) -> None:
    found = days(edtf)
    first, last = days(low), days(high)
    assert found is not None
    assert first is not None
    assert last is not None
    assert (found.low, found.high) == (first.low, last.high)


@pytest.mark.parametrize(
    "edtf", ["", "P3M", "2023-13", "2023-02-30", "soon", "2023-01-01/soon", "../.."]
)
def test_what_is_no_date(edtf: str) -> None:
    assert days(edtf) is None


def test_open_ends() -> None:
    since, until = days("2023-05/.."), days("../2023-04")
    assert since is not None
    assert until is not None
    assert since.high is None
    assert until.low is None
    assert not overlap(since, until)
    assert overlap(since, days("2024") or since)


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("2024-01-21/2024-01-31", "2024-01-26/2024-01-27", True),
        ("2024-01-21/2024-01-31", "2024-01-01/2024-01-10", False),
        ("XXXX-01-21/XXXX-01-31", "2024-01-26", True),
        ("XXXX-01-21/XXXX-01-31", "2024-03-26", False),
        ("XXXX-12", "2023-24", True),
        ("XXXX-01", "2023-24", True),
        ("XXXX-07", "2023", True),
        ("XXXX-01", "XXXX-02", False),
    ],
)
def test_overlap(one: str, other: str, agree: bool) -> None:
    left, right = days(one), days(other)
    assert left is not None
    assert right is not None
    assert overlap(left, right) is agree
    assert overlap(right, left) is agree


def test_slack_lets_time_zones_differ() -> None:
    one, next_day = Days(10, 10), Days(11, 11)
    assert before(one, next_day)
    assert not before(one, next_day, slack=1)


def test_month() -> None:
    found = days("2023-02-28")
    assert found is not None
    assert found.low is not None
    assert month_of(found.low) == "2023-02"
