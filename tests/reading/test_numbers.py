import pytest

from guvoh.languages import load
from guvoh.reading.numbers import number_at
from guvoh.reading.passage import passage_of


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "1,200,000", 1_200_000),
        ("en", "1.5 million", 1_500_000),
        ("en", "$3.5bn", 3_500_000_000),
        ("en", "two hundred and fifty thousand", 250_000),
        ("en", "a hundred", 100),
        ("en", "ninety-nine", 99),
        ("ru", "1,2 тысячи", 1200),
        ("ru", "12 500", 12_500),
        ("ru", "двести пятьдесят", 250),
        ("ru", "тысяча", 1000),
        ("es", "1.200", 1200),
        ("es", "treinta y cinco", 35),
        ("es", "dos mil doscientos", 2200),
        ("fr", "quatre-vingt-dix-sept", 97),
        ("fr", "vingt et un", 21),
        ("fr", "5 000", 5000),
        ("uz", "250", 250),
    ],
)
def test_numbers(language: str, text: str, value: float) -> None:
    passage = passage_of(text, load(language))
    found = number_at(passage, 0)
    assert found is not None
    assert (found.value, found.end) == (value, len(passage))


@pytest.mark.parametrize("text", ["12:40", "05.03.2023", "men", "1990s", "3rd", ""])
def test_no_numbers(text: str) -> None:
    assert number_at(passage_of(text, load("en")), 0) is None


def test_a_day_and_a_count_are_two_numbers() -> None:
    passage = passage_of("On March 20 200 men came", load("en"))
    found = number_at(passage, 2)
    assert found is not None
    assert found.value == 20


def test_absurd_lengths_do_no_harm() -> None:
    language = load("en")
    assert number_at(passage_of("9" * 100_000, language), 0) is None
    assert number_at(passage_of("1,111" * 1 + ",111" * 10_000, language), 0) is not None
    assert number_at(passage_of("1.5 " + "million " * 5000, language), 0) is not None
