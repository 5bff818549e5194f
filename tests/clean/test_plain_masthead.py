"""The top of a scraped page: the outlet's name that stands there alone, and the title below it."""

import pytest

from guvoh.clean.plain_lines import lines_of
from guvoh.clean.plain_page import Page
from guvoh.clean.plain_sort import sort_lines

BODY = (
    "Fishermen of Lower Ketra say that men in uniform took eleven of them from the harbour.\n\n"
    "They have not been seen since, their families told the paper on Tuesday evening.\n"
)


def page_of(head: str, body: str = BODY) -> Page:
    return sort_lines(lines_of(f"{head}\n\n{body}"))


@pytest.mark.parametrize(
    ("head", "outlet", "title"),
    [
        (
            "KETRA LANTERN\nHome   Harbour   Courts   Contact\n\nEleven men and a bus\n\nBy Mara Ollen",
            "KETRA LANTERN",
            "Eleven men and a bus",
        ),
        (
            "Двинский причал\nгазета портового района\n\nГлавная / Люди\nШрифт: А А А\n\nОдиннадцать человек увезли из порта",
            "Двинский причал",
            "Одиннадцать человек увезли из порта",
        ),
        (
            "Lower Ketra Lantern   ☰\n——\nA call from the quay at dawn\nText: Mara Ollen",
            "Lower Ketra Lantern",
            "A call from the quay at dawn",
        ),
        (
            "QUAYSIDE NEWS AGENCY\nQNA-0227-1140  World/Harbours\n\nFamilies of eleven fishermen turn to court",
            "QUAYSIDE NEWS AGENCY",
            "Families of eleven fishermen turn to court",
        ),
        (
            "Ketra Evening\n\n11 men found in a locked hold\n\n4 February 2021\nBy Mara Ollen",
            "Ketra Evening",
            "11 men found in a locked hold",
        ),
        (
            "El Muelle\n\nOnce hombres en una bodega cerrada\n\n9 de abril de 2019",
            "El Muelle",
            "Once hombres en una bodega cerrada",
        ),
        (
            "Причал\n\n«Нас увезли ночью»: рассказ рыбака\n\n14 октября 2021",
            "Причал",
            "«Нас увезли ночью»: рассказ рыбака",
        ),
    ],
)
def test_a_name_that_stands_first_is_the_outlets(head: str, outlet: str, title: str) -> None:
    page = page_of(head)
    assert page.publisher is not None
    assert page.publisher.text == outlet
    assert page.title is not None
    assert page.title.text == title
    assert page.body[0].text.startswith("Fishermen")


def test_a_name_that_the_page_says_again_is_the_outlets() -> None:
    again = BODY + "\nThis article first appeared in The Ketra Ledger on Sunday.\n"
    page = page_of("The Ketra Ledger\n\nEleven men taken from the harbour at night", again)
    assert page.publisher is not None
    assert page.publisher.text == "The Ketra Ledger"
    assert page.title is not None
    assert page.title.text.startswith("Eleven men")


def test_a_short_title_with_a_line_below_stays_the_title() -> None:
    page = page_of("Taken at night\n\nWhat the families of eleven fishermen know by now")
    assert page.publisher is None
    assert page.title is not None
    assert page.title.text == "Taken at night"


@pytest.mark.parametrize(
    ("head", "foot"),
    [
        ("Anvar Karimov\n\nPublisher: The Herald\n\nHow a welder from Osh came to the front", ""),
        ("ANVAR KARIMOV\nThe welder who would not sign", "\n© The Herald\n"),
        ("Fire in Osh\n\nPublisher: The Herald\n\nThree workers died in a factory", ""),
    ],
)
def test_what_a_page_states_of_its_publisher_stands_against_its_first_line(
    head: str, foot: str
) -> None:
    named = head.splitlines()[0]
    body = (
        f"A man was taken from his barracks in May, {named} said.\n\nHe came home in June.\n{foot}"
    )
    page = page_of(head, body)
    assert page.publisher is None or page.publisher.text == "The Herald"
    assert page.title is not None
    assert page.title.text == named


@pytest.mark.parametrize(
    "head",
    [
        "Anvar Karimov\n\nThe welder who would not sign a paper\n\nBy Mara Ollen\n5 March 2024",
        "Night on the quay\n\nWhat the families of eleven fishermen know by now\n\n5 March 2024",
    ],
)
def test_a_title_with_a_deck_and_a_byline_below_it_stays_the_title(head: str) -> None:
    page = page_of(head, "Karimov was taken from his barracks in May.\n\nHe came home in June.\n")
    assert page.publisher is None
    assert page.title is not None
    assert page.title.text == head.splitlines()[0]


def test_a_first_line_that_can_be_a_person_is_no_outlet_because_the_text_says_it_again() -> None:
    page = page_of(
        "Anvar Karimov\n\nHow a welder from Osh came to the front",
        "Anvar Karimov was taken from his barracks in May, he said.\n\nHe came home in June.\n",
    )
    assert page.publisher is None
