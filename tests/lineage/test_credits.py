"""Which outlets a text credits."""

from collections.abc import Callable

import pytest

from guvoh.lineage.credits import credits_by_name, outlet_key, same_outlet
from guvoh.lineage.side import Side

MakeSide = Callable[..., Side]


@pytest.mark.parametrize(
    ("text", "language", "name"),
    [
        ("“They came at night,” his father told the BBC on Monday.", "en", "BBC"),
        ("His father told the Averin Courier that nobody was asked.", "en", "Averin Courier"),
        ("According to the Valley Herald, nine men came home.", "en", "Valley Herald"),
        ("Об этом его отец рассказал Би-би-си.", "ru", "BBC"),
        ("Рабочие ушли ночью, передаёт радиостанция «Степь FM».", "ru", "Степь FM"),
        ("Об этом сообщил Valley Post.", "ru", "Valley Post"),
        ("Reuters reported that the bridge was closed.", "en", "Reuters"),
    ],
)
def test_a_credit_is_found(make_side: MakeSide, text: str, language: str, name: str) -> None:
    assert [credit.name for credit in make_side("a", text, language).credits] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "He told the Regional Court that he was innocent.",
        "The BBC building in London was repainted. Anna told the Council so.",
        "Spring Market opens on Sunday.",
    ],
)
def test_other_names_are_no_credit(make_side: MakeSide, text: str) -> None:
    assert make_side("a", text).credits == ()


def test_one_outlet_has_many_spellings() -> None:
    assert same_outlet("BBC News", "Би-би-си")
    assert same_outlet("The Valley Herald", "valley herald")
    assert same_outlet("Obotchina", "Обочина")
    assert not same_outlet("Perevoz", "Перевал")
    assert not same_outlet("Valley Herald", "Valley Post")
    assert outlet_key("The BBC") == "bbc"


def test_long_runs_of_capitals_take_linear_time(make_side: MakeSide) -> None:
    assert make_side("a", "Told The " * 40_000).credits == ()


@pytest.mark.parametrize(
    ("text", "publisher"),
    [
        ("Seventy men were taken.\n\nVia La Lanterne du Port", "La Lanterne du Port"),
        ("Masked men came at night, a worker has told Northlight Monthly.", "Northlight Monthly"),
        ("She saw it, a bookkeeper told the weekly Tambovsky Grach.", "Тамбовский грач"),
        ("Отуз жумушчуну алып кетишкен, деп жазат «Горный перевал».", "Горный перевал"),
        ("«Нас увезли», — сказал Worldwire Central кормач форели.", "Worldwire Central"),
    ],
)
def test_an_outlet_at_hand_is_credited_whatever_its_name_is_made_of(
    text: str, publisher: str
) -> None:
    assert credits_by_name(f"They were taken at night\n\nBy bus\n\nFar\n\n{text}", publisher)
    assert not credits_by_name(f"{publisher}\n\n{text}", publisher)  # its own page


def test_a_name_that_nobody_credits_is_no_credit() -> None:
    text = "The bus passed the offices of Northlight Monthly and a lantern of the port at one."
    assert not credits_by_name(text, "Northlight Monthly")
