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


GUARD = (
    "Amu Chronicle",
    "2018-06-20",
    "A man who worked as a guard at Jaslyk prison says he saw nine inmates beaten on the night of 2 June 2018. “They "
    "were beaten one by one,” said the former guard, Ravshan Qodirov. “I stood at the door and saw it.”",
)


def test_nobody_tells_what_is_denied_and_media_reports_are_no_source() -> None:
    denied = (
        "Uzinform",
        "2018-06-25",
        "The Ministry of Internal Affairs has denied media reports that inmates of Jaslyk prison were beaten on the "
        "night of 2 June 2018.",
    )
    heard = (
        "Silk Post",
        "2018-06-23",
        "According to media reports, nine inmates of Jaslyk prison were beaten on the night of 2 June 2018.",
    )
    (event,) = pages(GUARD, denied, heard).events
    assert (event.count.low, event.count.firsthand, event.count.documents) == (1, 1, 0)
    assert [source.name for source in event.sources] == ["Ravshan Qodirov"]
    assert len(event.denials) == 1


def test_a_ministry_its_spokesman_and_officials_are_one_denier() -> None:
    ministry = "Harbour Courier", "2024-03-07", (
        "The Interior Ministry denied on Wednesday that workers had been taken from a dormitory in Osh on 2 March 2024."
    )  # fmt: skip
    spokesman = "Quill Weekly", "2024-03-09", (
        "“No workers were taken from a dormitory in Osh on 2 March 2024,” said Anvar Toshev, a spokesman for the "
        "Interior Ministry, at a briefing."
    )  # fmt: skip
    officials = "Steppe Gazette", "2024-03-11", (
        "Officials denied that forty workers were taken from a dormitory in Osh on 2 March 2024."
    )  # fmt: skip
    mayor = "Osh Mirror", "2024-03-12", (
        "The mayor of Osh, Kanat Asanov, denied that forty workers were taken from a dormitory in Osh on 2 March 2024."
    )  # fmt: skip
    (event,) = pages(COOK, ministry, spokesman, officials).events
    assert [denial.name for denial in event.denials] == ["Interior Ministry"]
    (event,) = pages(COOK, ministry, mayor).events
    assert len(event.denials) == 2


def test_whom_a_lead_describes_has_the_name_that_comes_next_though_he_says_nothing_of_it_there() -> (
    None
):
    herald = (
        "Kazan Herald",
        "2023-04-20",
        "A former inmate told a Kazan court how guards beat him with a pipe in Colony No. 2 in May 2021.\n\n“I did not "
        "feel my legs,” Ruslan Aliev said.",
    )
    post = (
        "Volga Post",
        "2023-04-21",
        "Ruslan Aliev said that he was beaten with a pipe in Colony No. 2 in May 2021.",
    )
    (event,) = pages(herald, post).events
    assert [source.name for source in event.sources] == ["Ruslan Aliev"]
    assert (event.count.low, event.count.high, event.count.firsthand) == (1, 1, 1)


def test_the_lawyer_of_whoever_is_accused_is_no_word_for_what_he_explains() -> None:
    farm = (
        "Torre Alta Post",
        "2026-02-10",
        "Forty-four labourers were locked in three wagons near Soria in January 2026, the welder Rustam Isaev said. "
        "“They took our passports in January,” he said.\n\nThe foreman is in custody. His lawyer, Fermin Lacalle, said "
        "that the men lived there because they wanted to and that their passports were taken for the register.",
    )
    event = max(pages(farm).events, key=lambda event: len(event.claims))
    assert [source.name for source in event.sources] == ["Rustam Isaev"]
    assert (event.count.low, event.count.high) == (1, 1)


def test_a_prosecutor_who_tells_of_those_who_were_beaten_may_have_it_from_them() -> None:
    prosecutor = (
        "Volga Post",
        "2023-04-21",
        "Ruslan Aliev said that he was beaten with a pipe in Colony No. 2 in May 2021.\n\nEleven prisoners were beaten in "
        "Colony No. 2 in May 2021, the prosecutor Irina Zaytseva told the court.",
    )
    (event,) = pages(prosecutor).events
    assert (event.count.low, event.count.high, event.count.firsthand) == (1, 2, 1)
    assert "Irina Zaytseva" in event.joined[0].question


def test_plain_words_beside_a_claim_say_that_somebody_was_there() -> None:
    survivor = (
        "Volga Courier",
        "2023-03-04",
        "Forty workers were locked in a dormitory in Chapayevsk on 4 March 2023, the welder Rustam Yoqubov said. “We "
        "broke the window with a bench and jumped,” he said.",
    )
    (event,) = pages(survivor).events
    assert (event.count.high, event.count.firsthand) == (1, 1)


def test_a_day_in_court_and_what_is_told_as_past_warn_of_nothing() -> None:
    raid = (
        "Capital Post",
        "2020-03-04",
        "Seventeen women were taken from a farmhouse near Polokwane on 3 March, the brigadier Moatshe Ngoepe said. He "
        "said that two suspects would appear in court on 5 March.",
    )
    story = pages(raid)
    assert [result.warnings for result in story.results if result.warnings] == []


def test_women_and_men_are_no_rival_numbers() -> None:
    freed = (
        "Limpopo Herald",
        "2020-03-04",
        "Seventeen women were taken from a farmhouse in Polokwane on 3 March 2020, the brigadier Moatshe Ngoepe said.",
    )
    held = (
        "Capital Post",
        "2020-03-04",
        "Two men were taken from a farmhouse in Polokwane on 3 March 2020, the neighbour Anele Dube said.",
    )
    assert all(event.contradictions == () for event in pages(freed, held).events)


def test_whoever_is_introduced_by_anothers_name_may_have_it_from_him() -> None:
    taken = "Twenty-five migrants were abducted in Reynosa on 14 February, "

    def bounds(whose: str) -> tuple[int, int]:
        prado = f"{taken}Luis Prado, director of {whose}, told the Border Post."
        (event,) = pages(
            ("Border Post", "2021-02-17", prado),
            ("Frontera", "2021-02-16", f"{taken}Ana Ruiz said."),
        ).events
        return event.count.low, event.count.high

    assert bounds("the charity of Ana Ruiz") == (1, 2)
    assert bounds("a charity") == (2, 2)
