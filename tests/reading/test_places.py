import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guvoh.languages import LANGUAGES, load
from guvoh.model.claim import Place
from guvoh.reading.places import find_places
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
        ("uz", "Malika Dubayga ketdi.", ["r:AE-DU"]),
        ("ru", "Он жил в Варшаве.", ["t:756135"]),
        ("ru", "Их повезли в Галанино.", []),
        ("en", "he was taken in moscow and sent to ukraine", ["t:524901", "c:UA"]),
    ],
)
def test_other_languages_and_lower_case(language: str, text: str, wanted: list[str]) -> None:
    assert keys(text, language) == wanted


@pytest.mark.parametrize(
    ("language", "text", "name", "within"),
    [
        ("en", "He gutted cod at Fish Plant No. 17 in Tyulenikha, a settlement in the Murmansk region.", "Fish Plant No. 17", "r:RU-MUR"),
        ("es", "En la Planta Pesquera N.º 17 de Tyulenija, una localidad de la región de Múrmansk.", "Planta Pesquera N.º 17", "r:RU-MUR"),
        ("fr", "À l’usine de poisson nº 17 de Tioulenikha, un bourg de la région de Mourmansk.", "usine de poisson nº 17", "r:RU-MUR"),
        ("ru", "Вывез от рыбзавода № 17 в Тюленихе Мурманской области рабочих.", "рыбзавод № 17", "r:RU-MUR"),
        ("ru", "Он сидит в исправительной колонии № 6 во Владимирской области.", "исправительная колония № 6", "r:RU-VLA"),
        ("uz", "U 17-sonli baliq zavodida ishlaydi.", "17-sonli baliq zavodida", None),
    ],
)  # fmt: skip
def test_a_facility_keeps_the_words_that_its_number_belongs_to(
    language: str, text: str, name: str, within: str | None
) -> None:
    plant = read(text, language)[0]
    assert (plant.kind, plant.name, plant.within) == ("facility", name, within)


def test_a_settlement_that_no_gazetteer_has_lies_in_the_region_the_text_names() -> None:
    _, town, region = read("С рыбзавода № 17 в посёлке Тюлениха Мурманской области.", "ru")
    assert (town.name, town.kind, town.within) == ("Тюлениха", "town", region.key)
    assert town.precision == "region"


def test_a_district_that_only_sounds_like_a_place_abroad_is_not_located() -> None:
    (district,) = read("Комиссариат Тюленского района не ответил.", "ru")
    assert district.latitude is None


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
            find_places(text, language)
            best = min(best, time.process_time() - start)
        return best

    cost(1000)
    assert cost(12_000) < 20 * cost(2_000) + 0.05


@pytest.mark.parametrize(
    ("language", "text", "name", "country"),
    [
        ("en", "They stopped at the Solnechny greenhouses in Verkhny Yar, Belgorod region.", "Solnechny greenhouses", "RU"),
        ("en", "She worked at the Shoktas brickworks in the Zhambyl region.", "Shoktas brickworks", "KZ"),
        ("ru", "Рабочих увезли из теплиц «Солнечный» в посёлке Верхний Яр Белгородской области.", "теплицы «Солнечный»", None),
        ("fr", "Ils attendaient devant les serres Solnechny de Verkhni Iar, dans la région de Belgorod.", "serres Solnechny", "RU"),
        ("es", "Trabajaba en la ladrillera de Shoktas, en la región de Zhambyl.", "ladrillera de Shoktas", "KZ"),
        ("en", "He left the Alder Brook lung hospital outside Verkhny Yar, a village in the Belgorod region.", "Alder Brook lung hospital", "RU"),
        ("en", "They picked apples at Solnechny Sad, an orchard in the Belgorod region.", "Solnechny Sad", "RU"),
        ("fr", "Des malades de l'hôpital pulmonaire de Solnechny Log, dans la région de Belgorod.", "hôpital pulmonaire de Solnechny Log", "RU"),
        ("uz", "Erlari “Solnechniy log” bog‘iga olma tergani ketgan.", "“Solnechniy log” bog‘iga", None),
        ("uz", "U Verxniy Yar qishlog‘idagi “Solnechniy” issiqxonalarida ishlagan.", "“Solnechniy” issiqxonalarida", None),
    ],
)  # fmt: skip
def test_works_without_a_number_are_known_by_their_name(
    language: str, text: str, name: str, country: str | None
) -> None:
    found = {place.name: place for place in read(text, language)}
    assert found[name].kind == "facility"
    assert found[name].country == country


def test_one_of_many_works_is_no_place_and_a_lake_is_not_the_town_on_it() -> None:
    assert read("He got work at a Volkswagen plant, and went to Putin's factory.") == ()
    (lake,) = read("They were sent to another kiln near Lake Balkhash.")
    assert (lake.name, lake.kind, lake.precision) == ("Lake Balkhash", "region", "region")


def test_a_town_that_no_gazetteer_has_is_known_by_the_region_behind_it() -> None:
    town = read("They were held at Lipovka in Russia’s Voronezh region for five days.")[0]
    assert (town.name, town.kind, town.country, town.precision) == (
        "Lipovka",
        "town",
        "RU",
        "region",
    )


def test_a_town_that_no_gazetteer_has_is_called_without_the_word_for_town() -> None:
    found = read("U Ust-Lomovka shahridagi zavodda ishlagan.", "uz")
    assert [(place.name, place.kind) for place in found] == [("Ust-Lomovka", "town")]


def test_works_called_by_their_name_alone_are_those_named_before() -> None:
    text = "Больница «Ольховый Лог» закрыта. Она работала в «Ольховом Логе» и ушла из «Ольхового Лога»."
    assert [place.name for place in read(text, "ru")] == ["Больница «Ольховый Лог»"] * 3
    text = "The Alder Brook lung hospital is shut. She came from Alder Brook. Alder Brook said nothing."
    assert [place.name for place in read(text)] == ["Alder Brook lung hospital"] * 2
