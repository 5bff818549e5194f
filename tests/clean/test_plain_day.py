"""The day that a line at the head of a scraped page gives among other things."""

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
    ("line", "day"),
    [
        ("30/04/2026 by desk_two in Harbours | 2 comments", "2026-04-30"),
        ("№ 16 (10 412), 22 апреля 2026 года", "2026-04-22"),
        ("Publié le 3 juin 2026 à 18h02. Modifié le 3 juin 2026 à 18h40.", "2026-06-03T18:02:00"),
        ("Пятница, 17 апреля 2026. Лента", "2026-04-17"),
        ("13 April 2024, updated 14 April 2024", "2024-04-13"),
        ("13-март, 2026-жыл   Көрүлдү: 4 102", "2026-03-13"),
        ("By Mara Ollen | November 25, 2022", "2022-11-25"),
    ],
)
def test_a_line_gives_the_day_among_other_things(line: str, day: str) -> None:
    page = page_of(f"Eleven men taken from the harbour, families say\n\n{line}")
    assert page.published == day


def test_a_day_in_a_sentence_is_not_that_of_publication() -> None:
    body = "They were taken on 30/04/2026, by two men in uniform.\n\n" + BODY
    assert page_of("Eleven men taken from the harbour, families say", body).published is None
