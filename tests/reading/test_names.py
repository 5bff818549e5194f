"""Proper names: which capitalised words that begin a sentence are somebody, and which only begin it."""

import pytest

from guvoh.clean.formats import clean
from guvoh.model.claim import SourceKind
from guvoh.reading.read import read

# Title and a last paragraph by which the language is known.
AROUND = {
    "es": ("Hombres llevados", "Los hombres de la región trabajan en las fábricas de ladrillos."),
    "fr": ("Hommes emmenés", "Les hommes de la région travaillent dans les briqueteries."),
    "uz": ("Erkaklar olib ketildi", "Viloyatdagi erkaklar bu zavodlarda ko‘p yillardan beri ishlaydi."),
}  # fmt: skip


def people(language: str, text: str) -> set[str]:
    title, after = AROUND[language]
    data = f"{title}\n\n{text}\n\n{after}".encode()
    (report,), _ = clean("0" * 64, "a.txt", "text/plain", data, "2031-01-01T00:00:00Z")
    assert report.language == language
    return {one.name for one in read(report).people if one.kind is SourceKind.PERSON}


@pytest.mark.parametrize(
    ("language", "text", "word"),
    [
        ("es", "Habíamos pedido el sueldo, dijo Sanjar a la prensa en Osh.", "Habíamos"),
        ("es", "Incluso, los hombres fueron llevados de noche, dijo su padre.", "Incluso"),
        ("es", "Probablemente, los hombres fueron llevados, dijo su padre.", "Probablemente"),
        ("fr", "Cela est interdit, a dit le ministre.", "Cela"),
        ("fr", "Malheureusement, il est rentré seul, a dit la mère.", "Malheureusement"),
        ("fr", "Rédigé, dit-il, par la rédaction de Relais Vif.", "Rédigé"),
        ("uz", "Menimcha, erkaklar zavoddan olib ketilgan, dedi otasi.", "Menimcha"),
        ("uz", "Albatta, erkaklar zavoddan olib ketilgan, dedi otasi.", "Albatta"),
    ],
)
def test_a_word_that_begins_sentences_is_nobody(language: str, text: str, word: str) -> None:
    assert not [name for name in people(language, text) if word in name]


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("es", "Clemente dijo que los hombres fueron llevados de la fábrica.", "Clemente"),
        ("es", "Ramos dijo que los hombres fueron llevados de la fábrica.", "Ramos"),
        ("fr", "Clément a dit que les hommes étaient partis de l'usine.", "Clément"),
        ("fr", "René, un ouvrier, est rentré chez lui, a dit la mère.", "René"),
        ("uz", "Erkaklar zavoddan olib ketilgan, dedi Sanjar muxbirga.", "Sanjar"),
    ],
)
def test_a_name_that_looks_like_one_of_them_is_read(language: str, text: str, name: str) -> None:
    assert name in people(language, text)
