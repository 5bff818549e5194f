import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guvoh.languages import LANGUAGES, load
from guvoh.model.claim import Quantity
from guvoh.model.text import Span
from guvoh.reading.quantities import find_quantities


def read(text: str, language: str = "en") -> tuple[Quantity, ...]:
    return find_quantities(text, load(language))


def one(text: str, language: str = "en") -> Quantity:
    (found,) = read(text, language)
    return found


# The bands are those of tests/cases/reading/README.md; docs/quantities.md gives the reasons.
BANDS = [
    ("250 men", "250", 250, 250, "men"),
    ("1,200 migrants", "1,200", 1200, 1200, "migrants"),
    (
        "two hundred and fifty thousand people",
        "two hundred and fifty thousand",
        250_000,
        250_000,
        "people",
    ),
    ("twenty-one men", "twenty-one", 21, 21, "men"),
    ("1.2 million refugees", "1.2 million", 1_200_000, 1_200_000, "refugees"),
    ("about fifty of us", "about fifty", 40, 60, None),
    ("some 300 prisoners", "some 300", 240, 360, "prisoners"),
    ("at least 300 prisoners", "at least 300", 300, None, "prisoners"),
    ("no fewer than 60 labourers", "no fewer than 60", 60, None, "labourers"),
    ("more than 40 people", "more than 40", 41, None, "people"),
    ("up to 500 men", "up to 500", 0, 500, "men"),
    ("no more than nine bodies", "no more than nine", 0, 9, "bodies"),
    ("fewer than 150 bodies", "fewer than 150", 0, 149, "bodies"),
    ("nearly 400 houses", "nearly 400", 320, 400, "houses"),
    ("between 60 and 80 inmates", "between 60 and 80", 60, 80, "inmates"),
    ("90 to 120 inmates", "90 to 120", 90, 120, "inmates"),
    ("five to ten thousand soldiers", "five to ten thousand", 5000, 10_000, "soldiers"),
    ("a couple of guards", "a couple", 2, 2, "guards"),
    ("a few families", "a few", 3, 6, "families"),
    ("several men", "several", 3, 9, "men"),
    ("a dozen men", "a dozen", 12, 12, "men"),
    ("half a dozen men", "half a dozen", 6, 6, "men"),
    ("more than a dozen families", "more than a dozen", 13, None, "families"),
    ("dozens of families", "dozens", 24, 99, "families"),
    ("hundreds of men", "hundreds", 200, 999, "men"),
    ("thousands of workers", "thousands", 2000, 9999, "workers"),
    ("tens of thousands of workers", "tens of thousands", 20_000, 99_999, "workers"),
    ("hundreds of thousands of workers", "hundreds of thousands", 200_000, 999_999, "workers"),
    ("several hundred men", "several hundred", 300, 900, "men"),
    ("a group of Central Asians", "a group", 2, None, "Central Asians"),
    ("half of the men", "half", 0.5, 0.5, "men"),
    ("two thirds of the men", "two thirds", 0.67, 0.67, "men"),
    (
        "about 8 per cent of those recovered",
        "about 8 per cent",
        6,
        10,
        "per cent of those recovered",
    ),
    ("$3,500", "$3,500", 3500, 3500, "$"),
    ("€5m", "€5m", 5_000_000, 5_000_000, "€"),
    ("fifty or more men", "fifty or more", 50, None, "men"),
]


@pytest.mark.parametrize(
    ("text", "words", "low", "high", "of"), BANDS, ids=[row[0] for row in BANDS]
)
def test_bands(text: str, words: str, low: float, high: float | None, of: str | None) -> None:
    found = one(f"It was {text}.")
    counted = found.of
    # "It was $3,500" has its sign inside; for the rest what is counted follows the number.
    assert (found.low, found.high) == (low, high)
    assert counted == of
    if "per cent" not in words:
        assert found.text == words


@pytest.mark.parametrize(
    "text",
    [
        "Colony No. 6 and IK-6, clause 9, building 4",
        "He is 26 years old; Jasur, 26, and a 19-year-old.",
        "for two days in 2018, on 3 March, every 5 minutes",
        "15 km, 3 kg, 40 metres and 5 degrees",
        "at 12:40, 9 a.m. and [00:03:12]",
        "the 3rd man, the second one",
        "one of them told one another",
        "many, most, some and both men",
        "1. First\n2. Second",
        "Vesnik-24 and Channel 4",
        "half a year",
        "2023-03-05 and 05.03.2023",
    ],
)
def test_what_counts_nothing(text: str) -> None:
    assert read(text) == ()


@pytest.mark.parametrize(
    ("language", "text", "low", "high"),
    [
        ("ru", "десятки тысяч людей", 20_000, 99_999),
        ("ru", "более 1,2 тысячи мигрантов", 1201, None),
        ("ru", "не меньше двухсот граждан", 200, None),
        ("ru", "2,5 млн рублей", 2_500_000, 2_500_000),
        ("ru", "12 500 рублей", 12_500, 12_500),
        ("ru", "двое рабочих", 2, 2),
        ("ru", "полутора сотен рабочих", 150, 150),
        ("ru", "несколько десятков человек", 30, 90),
        ("ru", "более полусотни человек", 51, None),
        ("ru", "половина заключённых", 0.5, 0.5),
        ("ru", "от 5 до 10 тысяч", 5000, 10_000),
        ("ru", "группу узбеков", 2, None),
        ("es", "decenas de miles de personas", 20_000, 99_999),
        ("es", "más de 1.200 migrantes", 1201, None),
        ("es", "la mitad de los presos", 0.5, 0.5),
        ("es", "tres cuartas partes de ellos", 0.75, 0.75),
        ("es", "una veintena de estudiantes", 16, 24),
        ("es", "una docena de hombres", 12, 12),
        ("es", "treinta y cinco hombres", 35, 35),
        ("es", "un grupo de unos cuarenta extranjeros", 32, 48),
        ("fr", "des dizaines de milliers de personnes", 20_000, 99_999),
        ("fr", "plus de 1 200 migrants", 1201, None),
        ("fr", "un tiers de mineurs", 0.33, 0.33),
        ("fr", "trois cents euros", 300, 300),
        ("fr", "quatre-vingt-dix-sept hommes", 97, 97),
        ("fr", "près de 80 détenus", 64, 80),
    ],
)
def test_other_languages(language: str, text: str, low: float, high: float | None) -> None:
    found = one(text, language)
    assert (found.low, found.high) == (low, high)


def test_excluded_spans_hold_no_quantity() -> None:
    text = "In Barracks 250 there were 30 men."
    assert [q.text for q in find_quantities(text, load("en"), [Span(3, 15)])] == ["30"]


def test_a_word_that_bounds_makes_it_approximate() -> None:
    assert one("about fifty men").approximate
    assert one("dozens of men").approximate
    assert not one("fifty men").approximate


TOKENS = """the a of 1 12 1,200 3.5 1.2 bn million hundred thousand two twenty and to - – / % $ € half third dozen
dozens tens about nearly between more than or less group several No. colony km years men , . : ( ) +
десятки тысяч около две трети un grupo de docena une vingtaine cent"""
WORDS = st.sampled_from([*TOKENS.split(), "\n\n"])


@given(
    st.lists(WORDS, max_size=40).map(" ".join) | st.text(max_size=80), st.sampled_from(LANGUAGES)
)
@settings(max_examples=400, deadline=None)
def test_any_text_is_read_and_every_span_lies_in_it(text: str, language: str) -> None:
    end = 0
    for found in find_quantities(text, load(language)):
        assert end <= found.span.start < found.span.end <= len(text)
        assert found.text == text[found.span.start : found.span.end]
        assert found.low >= 0
        assert found.high is None or found.low <= found.high
        end = found.span.end


@pytest.mark.parametrize(
    "piece",
    [
        "1,111,",
        "1 111 ",
        "two ",
        "about ",
        "a group of ",
        "million ",
        "$1",
        "half of ",
        "between 1 and ",
        "1-",
    ],
)
def test_cost_is_linear(piece: str) -> None:
    language = load("en")

    def cost(length: int) -> float:
        text = piece * (length // len(piece))
        best = float("inf")
        for _ in range(2):
            start = time.process_time()
            find_quantities(text, language, [])
            best = min(best, time.process_time() - start)
        return best

    assert cost(16_000) < 24 * cost(2_000) + 0.05
