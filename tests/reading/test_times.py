import re
import time
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from guvoh.languages import LANGUAGES, load
from guvoh.model.claim import Time
from guvoh.reading.times import find_times, read_times

PUBLISHED = "2023-03-05T23:30:00+03:00"  # a Sunday
_EDTF = re.compile(
    r"(?:\.\.|[\dX]{4}(?:-\d\d){0,2}~?)(?:/(?:\.\.|[\dX]{4}(?:-\d\d){0,2}~?))?|\[[\d-]+,[\d-]+\]|"
    r"P(?:T?[\d.]+[SMHDWY])?|"
)


def read(
    text: str, language: str = "en", published: str | None = PUBLISHED
) -> list[tuple[str, str]]:
    return [(found.text, found.edtf) for found in find_times(text, load(language), published)]


def one(text: str, language: str = "en", published: str | None = PUBLISHED) -> Time:
    (found,) = find_times(text, load(language), published)
    return found


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("He left in 2018.", "2018"),
        ("on 2 August 2022", "2022-08-02"),
        ("on the 2nd of August, 2022", "2022-08-02"),
        ("on Aug. 2, 2022", "2022-08-02"),
        ("on Tuesday, 1 March 2022,", "2022-03-01"),
        ("since 2015", "2015/.."),
        ("until May 2024", "../2024-05"),
        ("by the end of 2024", "../2024-12-31"),
        ("before Christmas 2022", "../2022-12-25"),
        ("on New Year's Eve 2022", "2022-12-31"),
        ("from 2019 onwards", "2019/.."),
        ("in the 1990s", "199X"),
        ("in the 19th century", "18XX"),
        ("in the second quarter of 2022", "2022-04/2022-06"),
        ("in the first half of 2022", "2022-01/2022-06"),
        ("in spring 2022", "2022-03/2022-05"),
        ("in the winter of 2021", "2021-12/2022-02"),
        ("late 2022", "2022-09/2022-12"),
        ("in mid-2022", "2022-05/2022-08"),
        ("in late January 2023", "2023-01-21/2023-01-31"),
        ("early in the 1990s", "1990/1993"),
        ("around 15 March 2022", "2022-03-15~"),
        ("from January to March 2023", "2023-01/2023-03"),
        ("between 3 and 9 March 2022", "2022-03-03/2022-03-09"),
        ("3–9 March 2022", "2022-03-03/2022-03-09"),
        ("from November to February 2022", "2021-11/2022-02"),
        ("in 2021-22", "2021/2022"),
        ("2022-08-02", "2022-08-02"),
        ("13/04/2022", "2022-04-13"),
        ("04/13/2022", "2022-04-13"),
    ],
)
def test_times_that_need_nothing_else(text: str, edtf: str) -> None:
    found = one(text, published=None)
    assert (found.edtf, found.against) == (edtf, None)


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("yesterday", "2023-03-04"),
        ("last week", "2023-02-20/2023-02-26"),
        ("last year", "2022"),
        ("two months ago", "2023-01"),
        ("a few months ago", "2022-09/2022-12"),
        ("two years ago", "2021"),
        ("in recent weeks", "2023-02-05/2023-03-05"),
        ("in recent months", "2022-09-05/2023-03-05"),
        ("over the past two weeks", "2023-02-19/2023-03-05"),
        ("earlier this month", "2023-03-01/2023-03-05"),
        ("since last autumn", "2022-09/.."),
        ("since October", "2022-10/.."),
        ("on Tuesday", "2023-02-28"),
        ("on Sunday night", "2023-03-05"),
        ("the end of the month", "2023-03-21/2023-03-31"),
        ("on 12 December", "2022-12-12"),
        ("in early December", "2022-12-01/2022-12-10"),
        ("the night of 3 to 4 March", "2023-03-03"),
        ("in July last year", "2022-07"),
        ("the week of 6 February", "2023-02-06/2023-02-12"),
        ("last summer", "2022-06/2022-08"),
        ("He was moved on the 2nd, his wife said.", "2023-03-02"),
        ("She has not seen him since the 9th.", "2023-02-09/.."),
    ],
)
def test_times_against_the_local_day_of_publication(text: str, edtf: str) -> None:
    found = one(text)
    assert (found.edtf, found.against) == (edtf, "published")


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("late January", "XXXX-01-21/XXXX-01-31"),
        ("by June", "../XXXX-06"),
        ("on 20 January", "XXXX-01-20"),
        ("last year", "XXXX"),
        ("yesterday", ""),
        ("on Tuesday", ""),
        ("a few months ago", ""),
        ("in recent weeks", ""),
    ],
)
def test_without_a_publication_date_the_year_stays_open(text: str, edtf: str) -> None:
    found = one(text, published=None)
    assert (found.edtf, found.against) == (edtf, "unresolved")


def test_the_verb_decides_whether_a_date_is_past_or_to_come() -> None:
    published = "2022-12-30"
    assert one("A judge is expected to rule in February.", published=published).edtf == "2023-02"
    assert one("He was released in February.", published=published).edtf == "2022-02"
    assert one("In January they will take the next group.", published=published).edtf == "2023-01"
    assert one("The summit opens on 14 January.", published=published).edtf == "2023-01-14"


@pytest.mark.parametrize(
    ("day", "edtf"),
    [
        ("2031-01-20", "2030-12/2031-02"),
        ("2031-03-06", "2030-12/2031-02"),
        ("2031-11-20", "2031-12/2032-02"),
    ],
)
def test_this_winter_is_the_one_at_hand_or_the_nearest(day: str, edtf: str) -> None:
    text = "It would be the second such group this winter, she said."
    assert [found for _, found in read(text, published=day)] == [edtf]


def test_times_counted_from_another_time_in_the_text() -> None:
    text = "He was jailed on 12 January 2022. The next day he was moved. Two months later he died."
    found = find_times(text, load("en"), PUBLISHED)
    assert [(t.edtf, t.against) for t in found] == [
        ("2022-01-12", None),
        ("2022-01-13", "2022-01-12"),
        ("2022-03", "2022-01-13"),
    ]


def test_nothing_is_counted_from_the_day_on_which_something_was_said() -> None:
    assert (
        read("He said on Tuesday that they were led off. A week later they were dead.")[1][1] == ""
    )


def test_an_ambiguous_numeric_date_keeps_both_readings() -> None:
    assert one("on 03/04/2022").edtf == "[2022-04-03,2022-03-04]"
    assert one("el 03/04/2022", "es").edtf == "2022-04-03"


@pytest.mark.parametrize(
    ("text", "kind", "edtf"),
    [
        ("for three weeks", "duration", "P3W"),
        ("for up to 15 days", "duration", "P15D"),
        ("two and a half years", "duration", "P30M"),
        ("for several months", "duration", ""),
        ("every evening", "recurring", ""),
        ("twice a day", "recurring", ""),
        ("on Saturdays", "recurring", ""),
    ],
)
def test_durations_and_recurring_times(text: str, kind: str, edtf: str) -> None:
    found = one(text)
    assert (found.kind, found.edtf) == (kind, edtf)


@pytest.mark.parametrize(
    "text",
    [
        "Ali, 26 years old, and his 19-year-old brother",
        "They may go, and the guards march.",
        "paid 200,000 roubles a month",
        "2000 people and 1,984 others",
        "at 12:40 and [00:03:12]",
        "Colony No. 2023",
        "he now says so, recently and soon",
        "The building is a school today.",
        "on the 13th floor, on the 2nd shift",
    ],
)
def test_what_is_no_time(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize("text", ["on 31 February 2023", "on 31.02.2023", "on 31.02", "2023-02-31"])
def test_a_date_on_no_calendar_is_a_finding(text: str) -> None:
    times, findings = read_times(text, load("en"), PUBLISHED)
    assert times == ()
    assert [finding.kind for finding in findings] == ["impossible-date"]


def test_a_year_of_five_digits_is_a_finding() -> None:
    times, findings = read_times("He returned in 20233.", load("en"), PUBLISHED)
    assert times == ()
    assert [finding.kind for finding in findings] == ["impossible-year"]
    assert "20233" not in findings[0].text


@pytest.mark.parametrize(
    ("language", "text", "edtf"),
    [
        ("ru", "в конце января 2023 года", "2023-01-21/2023-01-31"),
        ("ru", "позвонил 2 числа", "2023-03-02"),
        ("ru", "с января по март 2022 года", "2022-01/2022-03"),
        ("ru", "в ночь с 12 на 13 марта 2022 года", "2022-03-12/2022-03-13"),
        ("ru", "в 1990-х годах", "199X"),
        ("ru", "летом прошлого года", "2022-06/2022-08"),
        ("ru", "два месяца назад", "2023-01"),
        ("ru", "в последние недели", "2023-02-05/2023-03-05"),
        ("ru", "до 15 марта 2024 года", "../2024-03-15"),
        ("ru", "05.02.2023", "2023-02-05"),
        ("ru", "в 2021–2022 годах", "2021/2022"),
        ("ru", "полгода назад", "2022-09"),
        ("es", "a finales de enero de 2023", "2023-01-21/2023-01-31"),
        ("es", "entre el 3 y el 9 de febrero", "2023-02-03/2023-02-09"),
        ("es", "hace dos meses", "2023-01"),
        ("es", "en los años 90", "199X"),
        ("es", "el lunes pasado", "2023-02-27"),
        ("es", "desde agosto", "2022-08/.."),
        ("fr", "fin janvier 2023", "2023-01-21/2023-01-31"),
        ("fr", "de janvier à mars 2022", "2022-01/2022-03"),
        ("fr", "il y a deux mois", "2023-01"),
        ("fr", "ces dernières semaines", "2023-02-05/2023-03-05"),
        ("fr", "depuis janvier", "2023-01/.."),
        ("uk", "у січні 2023 року", "2023-01"),
        ("uz", "2023-yil yanvar", "2023-01"),
    ],
)
def test_other_languages(language: str, text: str, edtf: str) -> None:
    assert one(text, language).edtf == edtf


TOKENS = """the a of in on 31 1 2 03 2022 20233 1990s january may march late end last next week month year years
two few ago later since until between and from to - – . / , : 5th second quarter every day night about
около января года в с по до назад два месяца hace dos meses el de enero il y a mois 12:40 % № ’"""
ALPHABET = st.sampled_from([*TOKENS.split(), "\n\n"])


@given(
    st.lists(ALPHABET, max_size=40).map(" ".join) | st.text(max_size=80), st.sampled_from(LANGUAGES)
)
@example("about around about around", "en")
@example("9999-12-31 the next day last week", "en")
@example("0001-01-01 two weeks ago", "en")
@settings(max_examples=400, deadline=None)
def test_any_text_is_read_and_every_span_lies_in_it(text: str, language: str) -> None:
    times, _ = read_times(text, load(language), PUBLISHED)
    end = 0
    for found in times:
        assert end <= found.span.start < found.span.end <= len(text)
        assert found.text == text[found.span.start : found.span.end]
        assert _EDTF.fullmatch(found.edtf), found
        end = found.span.end


@given(st.dates(date(1900, 1, 1), date(2049, 12, 31)))
def test_a_full_date_comes_back(day: date) -> None:
    text = f"It was on {day.day} {day:%B} {day.year}."
    assert read(text, published=None) == [(f"{day.day} {day:%B} {day.year}", day.isoformat())]


@pytest.mark.parametrize(
    "piece",
    [
        "the ",
        "around ",
        "from ",
        "two and ",
        "1 ",
        "111 ",
        "2022-",
        "January ",
        "end of the ",
        "last ",
        "every ",
        "a ",
        "1.",
        "million ",
    ],
)
def test_cost_is_linear(piece: str) -> None:
    language = load("en")

    def cost(length: int) -> float:
        text = piece * (length // len(piece))
        best = float("inf")
        for _ in range(2):
            start = time.process_time()
            read_times(text, language, PUBLISHED)
            best = min(best, time.process_time() - start)
        return best

    assert cost(16_000) < 24 * cost(2_000) + 0.05


def test_a_weekday_with_its_article_is_counted_from_the_day_told_before() -> None:
    text = "They came on Thursday 16 February. On the Saturday he coughed. On Sunday he wrote."
    days = [edtf for _, edtf in read(text)]
    assert days == ["2023-02-16", "2023-02-18", "2023-03-05"]
    assert read("He wrote on the Saturday.")[0][1] == "2023-03-04"


@pytest.mark.parametrize(
    ("text", "language", "edtf"),
    [
        ("They were moved in the second week of January.", "en", "2023-01-08/2023-01-14"),
        ("In the first half of March 2022 they left.", "en", "2022-03-01/2022-03-15"),
        ("They came in the last week of November 2022.", "en", "2022-11-24/2022-11-30"),
        ("It was the fifth week of August 2022.", "en", "2022-08-29/2022-08-31"),
        ("They came on the second Tuesday of March 2022.", "en", "2022-03-08"),
        ("They came on the last Friday of July 2022.", "en", "2022-07-29"),
        ("They left over the first weekend of October 2022.", "en", "2022-10-01/2022-10-02"),
        ("Se los llevaron en la primera quincena de enero.", "es", "2023-01-01/2023-01-15"),
        ("Ils sont partis la dernière semaine de novembre 2022.", "fr", "2022-11-24/2022-11-30"),
        ("Их вывезли в первой декаде января.", "ru", "2023-01-01/2023-01-10"),
        ("Их вывезли во второй половине января.", "ru", "2023-01-16/2023-01-31"),
    ],
)
def test_what_is_counted_in_a_month(text: str, language: str, edtf: str) -> None:
    assert [found for _, found in read(text, language=language)] == [edtf]


def test_a_weekday_counted_in_a_month_without_a_year_is_that_month() -> None:
    assert [found for _, found in read("the second Tuesday of March", published=None)] == [
        "XXXX-03"
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("They came on the evening of 2 March.", ("2 March", "2023-03-02")),
        ("They came on the night of 2 March.", ("the night of 2 March", "2023-03-02")),
        ("He rang on Friday morning.", ("Friday", "2023-03-03")),
        ("on or about 3 August 2022", ("about 3 August 2022", "2022-08-03~")),
        ("She promised an answer by Friday.", ("by Friday", "../2023-03-10")),
        ("By Friday they had gone.", ("By Friday", "../2023-03-03")),
        ("It was closed over the weekend.", ("the weekend", "2023-02-25/2023-02-26")),
    ],
)
def test_parts_of_days_weekends_and_days_by_which(text: str, found: tuple[str, str]) -> None:
    assert read(text) == [found]
