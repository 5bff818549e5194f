"""Whoever the lead only describes, and the name that comes below."""

import pytest

from guvoh.reading.read import read
from tests.reading.reports import report_of


def voices(text: str, language: str = "en") -> list[str]:
    return [claim.chain[-1].name for claim in read(report_of(text, language)).claims if claim.chain]


@pytest.mark.parametrize(
    ("text", "language", "name"),
    [
        (
            "A former loader told a Ketra court on Wednesday that guards beat him in May.\n\n"
            "“He hit me until I could not feel my legs,” Jahongir Olimov testified.",
            "en",
            "Jahongir Olimov",
        ),
        (
            "Soldiers of the unit have been made to build a house, the mother of one of them says.\n\n"
            "“My son carries bricks,” Gulsara Abenova told the Ketra Herald.",
            "en",
            "Gulsara Abenova",
        ),
        (
            "Eleven women were freed in Ketra, the deputy head of the city police said on Thursday.\n\n"
            "Colonel Marat Jumabaev said that officers entered the building in the evening.",
            "en",
            "Marat Jumabaev",
        ),
        (
            "Бывший грузчик рассказал, что одиннадцать рабочих увезли из порта.\n\n"
            "«Нас подняли ночью», — сказал Жахонгир Олимов.",
            "ru",
            "Жахонгир Олимов",
        ),
    ],
)
def test_who_is_described_first_is_who_has_the_name_below(
    text: str, language: str, name: str
) -> None:
    assert set(voices(text, language)) == {name}


@pytest.mark.parametrize(
    "text",
    [
        # The name comes with a description of its own.
        "A former loader said that guards beat him in May.\n\n"
        "“They hit me,” said Jahongir Olimov, a cook.",
        "A former loader said that guards beat him in May.\n\n"
        "Jahongir Olimov, whose brother was taken, said that nobody had come.",
        # Another speaks in between, and is described.
        "A former loader said that guards beat him in May.\n\n"
        "A nurse said that eleven men were hurt.\n\nJahongir Olimov said that nobody had come.",
        # In one paragraph they are rather two.
        "A former loader said that guards beat him in May. Jahongir Olimov said that nobody had come.",
        # The description speaks again below the name.
        "A loader said that guards beat him in May.\n\nJahongir Olimov said that nobody had come.\n\n"
        "The loader said that he had seen them.",
        # She wants no name.
        "A loader, who asked not to be named, said that guards beat him in May.\n\n"
        "Jahongir Olimov said that nobody had come.",
        "A loader said, asking that his surname stay out of it, that guards beat him in May.\n\n"
        "Jahongir Olimov said that nobody had come.",
        "A loader said on condition of anonymity that guards beat him in May.\n\n"
        "“Nobody came,” Jahongir Olimov said.",
        # A woman, and a man.
        "A loader said that her brother was beaten in May. She said that she saw it.\n\n"
        "“They hit us,” Jahongir Olimov said, and his voice broke. He had come from Osh.",
        # Somebody's mother, and one who tells of nobody's son.
        "The mother of a soldier says that he was beaten.\n\nJahongir Olimov said that nobody had come.",
    ],
)
def test_what_parts_two_leaves_them_two(text: str) -> None:
    assert len(set(voices(text))) > 1
