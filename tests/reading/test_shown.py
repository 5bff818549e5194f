"""Documents that speak because somebody has seen them, or was shown them."""

import pytest

from guvoh.reading.read import read
from tests.reading.reports import report_of


@pytest.mark.parametrize(
    ("language", "text", "chain", "content"),
    [
        (
            "en",
            "He kept the waybill, which the Northern Herald has seen: departure at 23:40.",
            ["Northern Herald", "the waybill"],
            "departure at 23:40",
        ),
        (
            "en",
            "He showed the Herald a pay slip dated 4 May: eleven thousand roubles.",
            ["Herald", "a pay slip"],
            "eleven thousand roubles",
        ),
        (
            "ru",
            "Он сохранил путевой лист, который видел корреспондент «Северного пеленга»: выезд в 23:40.",
            ["Северный пеленг", "путевой лист"],
            "выезд в 23:40",
        ),
        (
            "es",
            "Guarda la hoja de ruta, que El Faro ha visto: salida a las 23:40.",
            ["El Faro", "la hoja de ruta"],
            "salida a las 23:40",
        ),
        (
            "fr",
            "Elle a gardé la feuille de route, que Le Phare a consultée : départ à 23 h 40.",
            ["Le Phare", "la feuille de route"],
            "départ à 23 h 40",
        ),
    ],
)
def test_a_document_speaks_behind_a_colon(
    language: str, text: str, chain: list[str], content: str
) -> None:
    claims = {claim.text: claim for claim in read(report_of(text, language)).claims}
    assert [link.name for link in claims[content].chain] == chain


def test_who_keeps_a_thing_shows_no_document() -> None:
    text = "He showed the visitor a smile: the day had been good."
    assert all(
        link.kind != "document"
        for claim in read(report_of(text, "en")).claims
        for link in claim.chain
    )
