"""A version translated back spells names as the script in between has them."""

from collections.abc import Callable

import pytest

from guvoh.lineage.side import Side
from guvoh.lineage.spelling import spelled
from guvoh.model.lineage import Derivation, Relation

MakeSide = Callable[..., Side]

FIRST = (
    "They called Farrukh from Kulob. Then Rustam Qodirov rang the ground at Luostari from Murmansk."
)
RUSSIAN = (
    "Тогда позвали Фарруха из Куляба. Потом Рустам Кодиров звонил на полигон Луостари из Мурманска."
)
BACK = "Then they called Farrukh from Kulyab. After that Rustam Kodirov was calling the polygon Luostari from Murmansk."
BESIDE = (
    "At night they called Farrukh from Kulob, and Rustam Qodirov phoned Luostari from Murmansk."
)


@pytest.mark.parametrize(("text", "known"), [(BACK, True), (BESIDE, False)])
def test_names_spelled_as_in_the_translation_come_from_there(
    make_side: MakeSide, text: str, known: bool
) -> None:
    sides = {
        one.id: one
        for one in (make_side("a", FIRST), make_side("b", RUSSIAN, "ru"), make_side("c", text))
    }
    forth = Derivation("a", "b", Relation.TRANSLATION, True, 900)
    for back in (
        Derivation("b", "c", Relation.TRANSLATION, False, 900),
        Derivation("c", "b", Relation.TRANSLATION, False, 900),
    ):
        kept, decided = spelled([forth, back], sides)
        assert kept == forth
        assert decided.directed == known
        if known:
            assert (decided.parent, decided.child) == ("b", "c")
            assert decided.for_[-1].startswith("It spells 2 names")
