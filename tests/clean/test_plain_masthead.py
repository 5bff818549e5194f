"""The top of a scraped page: the outlet's name that stands there alone, the title below it, the day."""

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
            "Двинский причал\nгазета портового района\n\nГлавная / Люди\n\nОдиннадцать человек увезли из порта",
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
    ("line", "day"),
    [
        ("30/04/2026 by desk_two in Harbours | 2 comments", "2026-04-30"),
        ("№ 16 (10 412), 22 апреля 2026 года", "2026-04-22"),
        ("Publié le 3 juin 2026 à 18h02. Modifié le 3 juin 2026 à 18h40.", "2026-06-03T18:02:00"),
        ("Пятница, 17 апреля 2026. Лента", "2026-04-17"),
    ],
)
def test_a_line_gives_the_day_among_other_things(line: str, day: str) -> None:
    page = page_of(f"Eleven men taken from the harbour, families say\n\n{line}")
    assert page.published == day


def test_a_day_in_a_sentence_is_not_that_of_publication() -> None:
    body = "They were taken on 30/04/2026, by two men in uniform.\n\n" + BODY
    assert page_of("Eleven men taken from the harbour, families say", body).published is None
