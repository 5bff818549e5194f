"""Russian names in the nominative, and left alone where more than one reading is likely."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guvoh.resolve.nominative import nominative


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Далером", "Далер"),
        ("Анвару", "Анвар"),
        ("Саиды", "Саида"),
        ("Абдужалила Абдурасулова", "Абдужалил Абдурасулов"),
        ("Шерзодом Махкамбоевым", "Шерзод Махкамбоев"),
        ("Ольги Романовой", "Ольга Романова"),
        ("Салтыковой-Щедриной", "Салтыкова-Щедрина"),
        ("Северному пеленгу", "Северный пеленг"),
        ("военным комиссариатом Тюленского района", "военный комиссариат Тюленского района"),
        ("Министерству обороны", "Министерство обороны"),
        ("Комитета против пыток", "Комитет против пыток"),
        ("Госдепа США", "Госдеп США"),
        ("рыбзавода № 17", "рыбзавод № 17"),
        ("Тюленихе", "Тюлениха"),
    ],
)
def test_an_oblique_name_is_turned(said: str, name: str) -> None:
    assert nominative(said) == name


@pytest.mark.parametrize(
    "name",
    ["Анвар", "Анвара", "Романова", "Анвара Бекова", "Марина Хоробец", "Радио Озоди", "ФСИН", "ООН",
     "Ивановы", "BBC", "", " ", "17", "«Пеленгу»", "Oʻktam"],
)  # fmt: skip
def test_what_may_stand_in_it_already_stays(name: str) -> None:
    assert nominative(name) == name


@given(st.text(max_size=40))
def test_any_text_has_an_answer(text: str) -> None:
    assert isinstance(nominative(text), str)


def test_a_name_that_no_dictionary_has_is_turned_only_where_its_place_asks_for_a_case() -> None:
    assert nominative("Ильхом", guess=False) == "Ильхом"
    assert nominative("Северному пеленгу", guess=False) == "Северный пеленг"
