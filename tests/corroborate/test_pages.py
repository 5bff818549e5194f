"""Short pages as they are written, from their words to what is counted."""

from collections.abc import Callable
from typing import Any

from tests.corroborate.conftest import Story, pages

COOK = (
    "Lantern Post",
    "2024-03-05",
    "On 2 March 2024 about forty workers were taken from a dormitory in Osh to a military base, the cook "
    "Dilbar Saidova told the Lantern Post. “I saw them put in two buses,” she said.",
)


def test_the_day_of_an_interview_is_no_rival_of_the_day_that_is_told() -> None:
    brother = (
        "Bridge Herald",
        "2024-03-12",
        "About forty workers were taken from a dormitory in Osh on 2 March. In an interview on 10 March, "
        "Rustam Aliev said that his brother was one of the forty workers.",
    )
    (event,) = pages(COOK, brother).events
    assert [value.edtf for value in event.when] == ["2024-03-02"]
    assert event.contradictions == ()
    assert (event.count.low, event.count.high) == (2, 2)


def test_where_people_come_from_is_not_where_it_happened() -> None:
    lawyer = (
        "Steppe Herald",
        "2022-11-21",
        "Three men from Urgut who worked on a building site in Volgograd were taken to an army camp against their "
        "will on 3 November, said the foreman Olim Saidov.",
    )
    (event,) = pages(lawyer).events
    assert [value.name for value in event.where] == ["Volgograd"]


def test_what_one_mouth_tells_in_a_page_are_parts_and_steps() -> None:
    nurse = (
        "Harbour Tribune",
        "2021-08-09",
        "On 6 August fourteen fishermen were locked in the hold of a trawler off Gwadar, the nurse Hamid Rind told the "
        "Harbour Tribune. Five men were locked in a ward on 8 August, Rind said.",
    )
    assert [event.contradictions for event in pages(nurse).events if event.contradictions] == []


def test_a_letter_before_an_answer_is_nobody(told: Callable[[dict[str, Any]], Story]) -> None:
    taken = {"acts": ["transfer"], "when": ["2023-05-03"], "where": ["facility:Penal Colony No. 9"]}
    claims = [
        {"text": "They took us.", "chain": [f"{name}:person:victim"], **taken}
        for name in ("A", "Olim Saidov")
    ]
    people = [{"name": "A"}, {"name": "Olim Saidov"}]
    (event,) = told({"report": [{"id": "a", "claims": claims, "people": people}]}).events
    assert [source.name for source in event.sources] == ["Olim Saidov"]
    assert (event.count.high, event.count.firsthand) == (1, 1)


def test_people_counted_beside_an_act_that_befell_nobody_are_not_how_many() -> None:
    fire = (
        "Volga Courier",
        "2023-03-04",
        "The blaze broke out in a dormitory in Chapayevsk where some 40 labourers were sleeping. The door of the "
        "building had been locked from the outside, the welder Rustam Yoqubov said.",
    )
    assert all(event.how_many == () for event in pages(fire).events)
