"""Names that stand beside a report: in its title, about its images, in its address."""

from dataclasses import replace

import pytest

from guvoh.model.report import Debris
from guvoh.model.text import Stated
from guvoh.protect.beside import TAGS, beside, told_of
from tests.reading.reports import report_of

TEXT = "Sanjar zavodda g‘isht quyadi, dedi u. U yerda oltmish kishi ishlaydi."


def found(address: str) -> list[str]:
    report = replace(report_of(TEXT, "uz"), url=address)
    bound = replace(report_of("Sanjar works at a kiln.", "en"), id="f" * 64)
    return list(beside(told_of([report, bound]), report, [bound], ["Sanjar"]))


def test_an_address_of_the_words_of_its_page_names_nobody() -> None:
    assert found("https://vodiy.example/gisht-zavodda") == []


def test_a_word_of_an_address_that_the_page_has_not_is_a_name() -> None:
    assert "toshkentov" in found("https://vodiy.example/gisht-toshkentov")


def around(**said: object) -> set[str]:
    """Return what is found of a copy about a nameless worker with this around its text."""
    bound = replace(report_of("Men were taken, a worker said."), id="f" * 64)
    report = replace(report_of("Men were taken by night, a worker said."), **said)  # type: ignore[arg-type]
    return set(beside(told_of([report, bound]), report, [bound], ["Uzgen"]))


def test_a_name_in_a_list_of_tags_is_found() -> None:
    tags = (
        Debris("brickworks\nRustam Qobilov\nUzgen", TAGS),
        Debris("Tolib Nazarov", "navigation"),
    )
    assert around(debris=tags) == {"rustam", "qobilov"}


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("My night at the brickworks", {"murod", "safarov"}),
        ("A night at the brickworks", set()),
        ("“They took my son” at the brickworks", set()),
        ("My son is gone, a father says", set()),
    ],
)
def test_who_signs_a_page_in_the_first_person_is_found(title: str, found: set[str]) -> None:
    assert around(title=Stated(title), bylines=(Stated("Murod Safarov"),)) == found
