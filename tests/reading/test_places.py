import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guvoh.languages import LANGUAGES, load
from guvoh.model.claim import Place
from guvoh.reading.places import find_places
from guvoh.reading.places_distance import check_distances
from guvoh.resolve.places import read_own


def read(text: str, language: str = "en") -> tuple[Place, ...]:
    return find_places(text, load(language))


def keys(text: str, language: str = "en") -> list[str | None]:
    return [place.key for place in read(text, language)]


def test_countries_regions_and_towns_with_the_precision_they_have() -> None:
    places = read("They were taken from Uzbekistan to the Vladimir region and died near Ryazan.")
    assert [(place.kind, place.precision, place.country) for place in places] == [
        ("country", "country", "UZ"),
        ("region", "region", "RU"),
        ("town", "town", "RU"),
    ]


def test_a_town_lies_in_the_place_that_the_text_names_after_it() -> None:
    paris, texas = read("She was held in Paris, Texas.")
    assert (paris.country, paris.within) == ("US", texas.key)


def test_a_facility_has_one_name_in_a_report_and_lies_where_the_text_says() -> None:
    text = "He was in Penal Colony Number Six in the Vladimir region. Guards at IK-6 deny it."
    colony, region, again = read(text)
    assert colony.kind == again.kind == "facility"
    assert again.name == colony.name == "Penal Colony Number Six"
    assert colony.within == again.within == region.key
    assert (colony.precision, colony.latitude) == ("region", region.latitude)


def test_a_facility_without_a_place_has_no_coordinates() -> None:
    (colony,) = read("They came to Colony No. 14 at night.")
    assert (colony.kind, colony.precision, colony.latitude) == ("facility", "unknown", None)


def test_a_user_s_own_list_knows_a_facility_to_the_point() -> None:
    table = "name\tother\tkind\tcountry\tlatitude\tlongitude\nIK-14\tColony No. 14\tfacility\tRU\t54.5\t42.5\n"
    own, problems = read_own(table)
    (place,) = find_places("They came to Colony No. 14 at night.", load("en"), own)
    assert problems == ()
    assert (place.name, place.precision, place.latitude) == ("IK-14", "point", 54.5)


@pytest.mark.parametrize(
    "text",
    [
        "Pavel Orlov spoke first, and Orlov said no more.",
        "Sofia said she had seen him.",
        "A letter from Vladimir Kuzmin came.",
        "Reading the list took an hour.",
        "He will march in May.",
        "The Moscow Evening Herald wrote of it.",
        "Russian and Tajik men were there.",
    ],
)
def test_a_name_is_no_place_without_evidence(text: str) -> None:
    assert keys(text) == []


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("ru", "Его держали во Владимирской области.", ["r:RU-VLA"]),
        ("ru", "Из Москвы их везли в Ташкент.", ["t:524901", "t:1512569"]),
        ("ru", "Мигрантов из Узбекистана и Таджикистана выслали.", ["c:UZ", "c:TJ"]),
        ("es", "Murió en Bogotá el martes.", ["t:3688689"]),
        ("fr", "Il est rentré à Dakar.", ["t:2253354"]),
        ("en", "he was taken in moscow and sent to ukraine", ["t:524901", "c:UA"]),
    ],
)
def test_other_languages_and_lower_case(language: str, text: str, wanted: list[str]) -> None:
    assert keys(text, language) == wanted


def findings(text: str, language: str = "en") -> list[str]:
    return [found.kind for found in check_distances(text, read(text, language), load(language))]


def test_distances_are_judged_by_coordinates() -> None:
    colony = "Penal Colony Number Six in the Vladimir region, {} km from Moscow."
    assert findings(colony.format(190)) == ["distance-fits"]
    assert findings(colony.format(900)) == ["distance-misfit"]
    assert findings("A prison in Ryazan, 120 miles from Moscow, was closed.") == ["distance-fits"]
    assert findings("ИК-6 во Владимирской области, в 190 км от Москвы.", "ru") == ["distance-fits"]


def test_places_near_each_other_are_judged_too() -> None:
    assert findings("They were held in Tashkent, near Moscow.") == ["near-misfit"]
    assert findings("They were held in Lyubertsy, near Moscow.") == []


def test_a_finding_gives_distance_and_tolerance_and_no_text_of_the_report() -> None:
    text = "They were held in Ryazan, 900 km from Moscow."
    (found,) = check_distances(text, read(text), load("en"))
    assert "900 km" in found.text
    assert "give or take" in found.text
    assert "Ryazan" not in found.text


TOKENS = """in near from the of and Moscow Paris Texas Vladimir region oblast Colony No. 6 IK-6 prison Orlov city
km 190 в из Москвы области колонии № во , . ( ) – Sofia said near de en la ciudad à Dakar"""
WORDS = st.sampled_from([*TOKENS.split(), "\n\n"])


@given(
    st.lists(WORDS, max_size=30).map(" ".join) | st.text(max_size=60), st.sampled_from(LANGUAGES)
)
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_and_every_span_lies_in_it(text: str, language: str) -> None:
    places = read(text, language)
    end = 0
    for place in places:
        assert end <= place.span.start < place.span.end <= len(text)
        assert place.text == text[place.span.start : place.span.end]
        assert (place.latitude is None) == (place.longitude is None)
        end = place.span.end
    check_distances(text, places, load(language))


@pytest.mark.parametrize(
    "piece", ["A ", "in Ab ", "Colony No. ", "Xx-Yy ", "the city of ", "190 km from "]
)
def test_cost_is_linear(piece: str) -> None:
    language = load("en")

    def cost(length: int) -> float:
        text = piece * (length // len(piece))
        best = float("inf")
        for _ in range(3):
            start = time.process_time()
            check_distances(text, find_places(text, language), language)
            best = min(best, time.process_time() - start)
        return best

    cost(1000)
    assert cost(12_000) < 20 * cost(2_000) + 0.05
