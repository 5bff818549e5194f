"""What may lead to a person, found without knowing anyone."""

from itertools import pairwise

import pytest

from guvoh.protect.detect import detect
from guvoh.protect.page import Kind
from guvoh.protect.unknown import Unknown


def kinds(text: str, language: str = "en") -> dict[str, Kind]:
    return {text[one.span.start : one.span.end]: one.kind for one in detect(text, language)}


@pytest.mark.parametrize(
    ("text", "piece", "kind"),
    [
        ("Then Mr Odil Safarov came.", "Mr Odil Safarov", Kind.NAME),
        ("then mr odil safarov came to us", "odil safarov", Kind.NAME),
        ("They met on 3 May 2031.", "3", Kind.NUMBER),
        ("They met in late October.", "late October", Kind.DATE),
        ("Application no. 30428/96 was lodged.", "30428/96", Kind.NUMBER),
        ("He paid EUR 6,800 for it.", "6,800", Kind.NUMBER),
        ("It is a Tajik national.", "Tajik", Kind.PEOPLE),
        ("She is a primary school teacher.", "primary school teacher", Kind.LIFE),
        ("He was a research assistant there.", "research assistant", Kind.LIFE),
        ("They wrote to the Naryn District Court.", "Naryn District Court", Kind.NAME),
        ("Потом пришёл Одил Сафаров.", "Одил Сафаров", Kind.NAME),
    ],
)
def test_what_leads_to_someone_is_found(text: str, piece: str, kind: Kind) -> None:
    language = "ru" if "О" in text else "en"
    found = kinds(text, language)
    assert any(piece in run and found[run] is kind for run in found), found


@pytest.mark.parametrize(
    "text",
    [
        "The Supreme Court dismissed it.",
        "There was a violation of Article 6 § 1 and Rule 59.",
        "THE FACTS OF THE CASE",
        "It was raining. She came home.",
        "",
    ],
)
def test_what_leads_to_nobody_is_left(text: str) -> None:
    assert detect(text) == ()


def test_suspects_lie_in_order_and_apart() -> None:
    text = "Mr Safarov, a nurse from Naryn, was taken on 3 May 2031 by soldiers of Unit 4412." * 20
    found = detect(text)
    assert all(one.span.end <= other.span.start for one, other in pairwise(found))


def test_a_russian_word_that_begins_a_sentence_is_no_name() -> None:
    text = "Иностранцев мы не призываем. «Согласия у них не спрашивали», — сказал Рахмон Одинаев."
    assert Kind.NAME in kinds(text, "ru").values()
    assert Unknown((), {}).text(text, "ru").count("█") == len("РахмонОдинаев")


def test_seas_and_wide_regions_are_nobodys_name() -> None:
    text = "Men were taken from an Arctic plant, said Jamshed Oripov."
    assert Unknown((), {}).text(text, "en").count("█") == len("JamshedOripov")
