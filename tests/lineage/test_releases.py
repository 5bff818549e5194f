"""What a body hands out, and what is printed of it."""

from collections.abc import Callable

import pytest

from guvoh.lineage.releases import bodies, has_from, is_release
from guvoh.lineage.side import Side

MakeSide = Callable[..., Side]


@pytest.mark.parametrize(
    ("title", "text", "is_one"),
    [
        ("Press release: 34 people freed", "The inspectorate freed them.", True),
        ("34 people freed", "FOR IMMEDIATE RELEASE\n\nThe inspectorate freed them.", True),
        ("Пресс-релиз № 14", "Инспекция освободила 34 человека.", True),
        (None, "Comunicado de prensa\n\nLa inspección liberó a 34 personas.", True),
        ("Inspectors free 34", "The inspectorate said so in a press release.", False),
        (None, "", False),
    ],
)
def test_a_release_calls_itself_one(
    make_side: MakeSide, title: str | None, text: str, is_one: bool
) -> None:
    assert is_release(make_side("a", text, title=title).report) is is_one


@pytest.mark.parametrize(
    ("text", "body", "has_it"),
    [
        ("По сообщению пресс-службы Инспекции труда.", "Инспекция труда Озёрной области", True),
        ("The press office of the Lake Labour Inspectorate said so.", "Lake Labour Inspectorate", True),
        ("По сообщению пресс-службы Прокуратуры края.", "Инспекция труда Озёрной области", False),
        ("The Lake Labour Inspectorate was not at hand.", "Lake Labour Inspectorate", False),
        ("The press office of the Lake said so.", "Lake", False),
        ("In a press release", "Lake Labour Inspectorate", False),
    ],
)  # fmt: skip
def test_a_print_names_the_office_that_it_has_it_from(
    make_side: MakeSide, text: str, body: str, has_it: bool
) -> None:
    assert has_from(bodies(make_side("a", text).report, None), body) is has_it
