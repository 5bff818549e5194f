"""Names that stand beside a report: in its title, about its images, in its address."""

from dataclasses import replace

from guvoh.protect.beside import beside, told_of
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
