"""A draft beside many reports: names are looked for once, and an outlet's word in a name makes it no outlet."""

from dataclasses import replace

import pytest

from guvoh.drafts.compare import compare
from guvoh.drafts.compared import Compared
from guvoh.drafts.ground import Ground
from guvoh.drafts.page import Page, as_report
from guvoh.drafts.remarks import Kind
from guvoh.drafts.scattered import telling_all
from guvoh.drafts.sentences import sentences
from guvoh.lineage import values
from guvoh.model.report import Report
from guvoh.reading.read import read
from tests.reading.reports import report_of

MANY = 300


def ground_of(*reports: Report) -> Ground:
    return Ground({r.id: r for r in reports}, {r.id: read(r) for r in reports}, (), ())


def draft_of(text: str) -> Report:
    return as_report(Page(text), "draft.md", "en", "2026-05-01")


def numbered(number: int) -> Report:
    text = f"Davlat Olimov drove 14 men to Rybnoye on bus {number + 1000}, his cousin Sitora said."
    return replace(report_of(text), id=f"report-{number}", capture=f"capture-{number}")


def test_many_reports_are_read_for_names_once() -> None:
    draft = draft_of(
        "Davlat Olimov drove 14 men. His cousin Sitora spoke of Olimov again. Sitora and Davlat left."
    )
    ground = ground_of(*(numbered(one) for one in range(MANY)))
    reading = read(draft)
    compared = Compared(draft, reading, sentences(draft, reading, ground), ground)
    before = values._vocabulary.cache_info().misses
    told = [len(telling_all(compared, one)) for one in compared.sentences for _ in range(3)]
    assert told == [MANY] * 9
    assert values._vocabulary.cache_info().misses - before <= MANY


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("The cook, whose real name is Zarya Karimova, left on Monday.", {Kind.COPIES}),
        ("Zarya Karimova left the kitchen on Monday.", {Kind.PERSON}),
        ("Zarya says that the cook left on Monday.", set()),
    ],
)
def test_a_name_with_an_outlet_in_it_is_a_name(words: str, kinds: set[Kind]) -> None:
    report = report_of("The cook left the kitchen on Monday, her sister said.", publisher="Zarya")
    found = compare(draft_of(words), ground_of(report)).sentences
    named = {Kind.PERSON, Kind.COPIES}
    assert {one.kind for _, remarks in found for one in remarks} & named == kinds
