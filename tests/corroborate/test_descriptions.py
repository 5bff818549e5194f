from guvoh.corroborate.descriptions import describe, name_key, place_keys, who_keys
from guvoh.model.claim import Place
from guvoh.model.text import Span


def test_kin_of_a_named_man_is_alike_across_languages() -> None:
    english, russian = (
        who_keys("Anwar's father", "person", "en"),
        who_keys("отец Анвара", "person", "ru"),
    )
    assert english == russian
    assert english[0].startswith("k:father:")


def test_nationalities_are_alike_across_languages() -> None:
    assert who_keys("Uzbeks", "nationality", "en") == who_keys("узбеки", "nationality", "ru")


def test_parts_of_a_description() -> None:
    said = describe("the lawyer Marta Holub", "en")
    assert said.roles
    assert said.names == ("Marta Holub",)
    assert said.named


def test_a_language_without_data_still_gives_names() -> None:
    assert describe("Jasur Tursunov", "xx").names == ("Jasur Tursunov",)


def test_name_key_is_alike_across_scripts_and_order() -> None:
    assert name_key("Rustam Karimov") == name_key("Каримов Рустам")


def facility(name: str, code: str, within: str | None = None) -> tuple[str, ...]:
    return place_keys(Place(name, Span(0, len(name)), name, "facility", within=within), code)


def test_numbered_facilities_are_alike_across_languages() -> None:
    found = facility("Penal Colony Number Six", "en")
    assert found == facility("исправительная колония № 6", "ru") == facility("Prison No. 6", "en")
    assert found != facility("Penal Colony No. 16", "en")


def test_a_facility_without_number_or_name_is_no_place_to_go_by() -> None:
    assert facility("the prison", "en") == ()


def test_a_facility_brings_the_town_it_lies_in() -> None:
    assert "g:1234" in facility("Fish Plant No. 5", "en", within="1234")
