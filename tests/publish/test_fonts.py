"""No letter of the languages that guvoh reads is a box in a PDF, on a machine without any fonts."""

import re
from importlib.resources import files

import pytest
import typst

LETTERS = {
    "English, French, Spanish": "abczàçéèêëîïôùûüÿœæñáíóú¿¡«»“”’…–",
    "Uzbek, Kyrgyz, Tajik": "oʻgʻOʻGʻʼ ўқғҳ ҷӯӣ ңөү ЎҚҒҲҶӮӢҢӨҮ",
    "Russian, Ukrainian, Serbian": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя іїєґ ђјљњћџ",
    "Georgian, Armenian": "საქართველო Հայաստան",
    "Arabic, Hebrew": "شاهدمنقال שלום",
    "marks": "←→№█",
}
MISSING = "\U0001fa99"  # no font of typst's own has it


def drawn(text: str) -> bytes:
    """Return text as the dossier sets it, with no font of the machine."""
    source = files("guvoh.publish").joinpath("templates", "dossier.typ").read_text("utf-8")
    fonts = re.search(r"font: (\([^)]+\))", source)
    assert fonts is not None
    page = f"#set page(width: auto, height: auto, margin: 2pt)\n#set text(font: {fonts[1]})\n{text}"
    return bytes(typst.compile(page.encode(), format="png", ignore_system_fonts=True))


@pytest.mark.parametrize("which", LETTERS)
def test_every_letter_has_a_shape(which: str) -> None:
    box = drawn(MISSING)
    assert [letter for letter in LETTERS[which] if letter.strip() and drawn(letter) == box] == []
