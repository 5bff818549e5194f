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


@pytest.mark.parametrize(
    ("many", "wrong"),
    [("Thirty", set()), ("Sixty", {Kind.NUMBER})],
)
def test_what_another_report_of_the_paragraph_says_is_no_other_value(
    many: str, wrong: set[Kind]
) -> None:
    """A sentence about one outlet's report does not keep the next from going back to another's."""
    lamp = report_of(
        "Pavel Orlov is a welder. Thirty men stood in the corridor when the lamps came on again, he said.",
        publisher="Quay Lantern",
    )
    cook = replace(
        report_of(
            "The cook Nina Belova saw 14 soldiers in the corridor. About ninety of them spoke to Orlov.",
            publisher="Hill Courier",
        ),
        id="b" * 64,
        capture="b" * 64,
    )
    draft = draft_of(
        "Pavel Orlov, a welder, spoke to the Quay Lantern. The cook Nina Belova told the Hill Courier "
        f"that she saw 14 soldiers. {many} men stood in the corridor when the lamps came on again, he said."
    )
    found = compare(draft, ground_of(lamp, cook)).sentences
    assert {one.kind for one in found[-1][1]} & {Kind.NUMBER} == wrong


def test_where_an_outlet_is_no_report_need_say() -> None:
    report = report_of(
        "Pavel Orlov left Kirov on Monday, his sister said.", publisher="Quay Lantern"
    )
    draft = draft_of(
        "His sister told the Quay Lantern, a magazine in Galway, that Pavel Orlov left Kirov."
    )
    ((_, remarks),) = compare(draft, ground_of(report)).sentences
    assert Kind.PLACE not in {one.kind for one in remarks}
