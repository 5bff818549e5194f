import pytest

from guvoh.clean.dates import choose, possible, read_date
from guvoh.model.report import PublishedBasis
from guvoh.model.text import Stated

ARRIVED = "2024-06-01T12:00:00Z"


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2024-05-30T08:15:00+05:00", "2024-05-30T08:15:00+05:00"),
        ("2024-05-30T08:15:00.123Z", "2024-05-30T08:15:00Z"),
        ("20240530", "2024-05-30"),
        ("Thu, 30 May 2024 08:15:00 +0300", "2024-05-30T08:15:00+03:00"),
        ("30 мая 2024", "2024-05-30"),
        ("May 30, 2024", "2024-05-30"),
        ("yesterday", None),
        ("", None),
        ("99999999999999999999", None),
        ("Thu, 99 May 2024 88:15:00 +9900", None),
    ],
)
def test_read_date(text: str, date: str | None) -> None:
    assert read_date(text) == date


def test_a_date_after_the_arrival_is_none() -> None:
    assert possible("2024-06-02T08:00:00+05:00", ARRIVED)
    assert not possible("2024-06-03", ARRIVED)
    assert not possible("2031-01", ARRIVED)
    assert possible("2024-05", ARRIVED)


def test_the_most_precise_form_of_the_first_day_wins() -> None:
    stated = [Stated(text) for text in ("2024-05-30", "2024-05-30T06:15:00Z", "2024-05-29")]
    expected = ("2024-05-30T06:15:00Z", PublishedBasis.STATED, stated[1])
    assert choose(stated, [], ARRIVED) == expected


def test_an_address_is_a_guess_and_nothing_is_unknown() -> None:
    address = "https://valley.example/2024/05/28/miners"
    assert choose([], [address], ARRIVED) == ("2024-05-28", PublishedBasis.GUESSED, None)
    assert choose([Stated("soon")], ["https://valley.example/a"], ARRIVED) == (
        None,
        PublishedBasis.UNKNOWN,
        None,
    )
