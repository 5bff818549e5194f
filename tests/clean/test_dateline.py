"""The place, day and agency with which wire stories and press statements begin."""

import pytest

from guvoh.clean.dateline import dateline
from guvoh.clean.plain import read_plain
from guvoh.model.report import MakingKind, PublishedBasis


@pytest.mark.parametrize(
    ("text", "day", "agency"),
    [
        ("KETRA, March 4, 2023 (Harbourline) - Eleven men", "March 4, 2023", "Harbourline"),
        ("KETRA, Feb 20 (Harbourline) - Eleven men", None, "Harbourline"),
        ("KETRA (Harbourline) — Eleven men", None, "Harbourline"),
        (
            "Lima, 10 de agosto de 2022 (Agencia Muelle).- Once",
            "10 de agosto de 2022",
            "Agencia Muelle",
        ),
        ("Bamako, 4 mars 2021 (AQS) - Onze hommes", "4 mars 2021", "AQS"),
        ("МОСКВА, 5 марта 2023. /ПРИЧАЛ/. Суд", "5 марта 2023", "ПРИЧАЛ"),
        ("(New York, March 4, 2023) – The authorities", "March 4, 2023", None),
        ("GENEVA (4 March 2023) – Experts", "4 March 2023", None),
        ("OSH, Kyrgyzstan, 4 March 2023 — Eleven men", "4 March 2023", None),
    ],
)
def test_a_dateline_gives_its_day_and_agency(
    text: str, day: str | None, agency: str | None
) -> None:
    found = dateline(text)
    assert found is not None
    assert (found.day and text[slice(*found.day)]) == day
    assert (found.agency and text[slice(*found.agency)]) == agency


@pytest.mark.parametrize(
    "text",
    [
        "On Monday, March 4, 2023 – two days after the fire – he was taken away.",
        "He was born in Ketra, 4 March 1990 – and grew up by the harbour.",
        "KETRA, Russia — Gulnora still wakes at five.",
        "Ketra (the capital) – is far away.",
        "Le 4 mars 2021 - onze hommes sont partis.",
        "Eleven men were taken from the harbour on 4 March 2023 - nobody saw them again.",
        "",
    ],
)
def test_what_a_sentence_tells_of_a_day_is_no_dateline(text: str) -> None:
    assert dateline(text) is None


def test_a_scrape_is_dated_by_its_dateline_where_it_states_no_other_day() -> None:
    head = "Harbourline News Agency\n\nEleven men taken from Ketra harbour at night\n\n"
    body = "KETRA, March 4, 2023 (Harbourline) - Eleven men were taken on Saturday, their families said.\n"
    (report,), _ = read_plain("0" * 64, "a.txt", (head + body).encode(), "2024-01-01T00:00:00Z")
    assert (report.published, report.published_basis) == ("2023-03-04", PublishedBasis.STATED)
    assert [one.name for one in report.making if one.kind is MakingKind.AGENCY] == ["Harbourline"]
    assert report.published_stated is not None
    span = report.published_stated.at
    assert span is not None
    assert (head + body).encode()[span.start : span.end] == b"March 4, 2023"
