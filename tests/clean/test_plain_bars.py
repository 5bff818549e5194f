"""Lines of a scrape that hold several things: menus, paths, bars of counters, images in pieces."""

import pytest

from tests.clean.test_plain import read

BODY = (
    "Nine men were taken from a brickworks near Osh in late April, the wife of one of them said.\n\n"
    "She said that soldiers were driving them to the border, and that nobody had asked them.\n"
)


@pytest.mark.parametrize(
    "menu",
    [
        "Home › World › Asia",
        "Главная / Новости / Регион",
        "Войти | Регистрация | Наши люди",
        "Inicio » Mundo » Asia",
        "Поделиться &nbsp; Распечатать",
    ],
)
def test_menus_and_paths_are_debris_and_no_title(menu: str) -> None:
    report = read(f"{menu}\n\nNine men taken from a brickworks\n\n{BODY}")
    assert report.title is not None
    assert report.title.text == "Nine men taken from a brickworks"
    assert menu not in report.text
    assert menu in [one.text for one in report.debris]


@pytest.mark.parametrize(
    "line", ["Osh | Batken | Jalal-Abad", "Wages: none / Food: bread / Sleep: little"]
)
def test_a_line_with_bars_in_the_body_stays(line: str) -> None:
    assert line in read(f"Nine men taken from a brickworks\n\n{BODY}\n{line}\n\n{BODY}").text


def test_a_name_that_stands_first_and_again_is_the_outlets() -> None:
    report = read(
        "Ўрта-Инфо\n\nNine men taken from a brickworks near Osh\n\n"
        f"02.05.2031, 11:42   Просмотров: 3 481   Комментариев: 14\n\n{BODY}\nФото: Ўрта-Инфо\n"
    )
    assert report.title is not None
    assert report.publisher is not None
    assert report.title.text == "Nine men taken from a brickworks near Osh"
    assert report.publisher.text == "Ўрта-Инфо"
    assert report.published == "2031-05-02T11:42:00"


def test_a_short_title_with_a_standfirst_stays_the_title() -> None:
    report = read(f"Forced to fight\n\nHow nine men came to be on a list of theirs\n\n{BODY}")
    assert report.title is not None
    assert report.title.text == "Forced to fight"


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        (
            "gate_12.jpg|980x551|The gate of the brickworks|Photo: Open Shore",
            ("gate_12.jpg", "The gate of the brickworks", "Open Shore"),
        ),
        (
            '{"id":"i1","src":"/u/gate.webp","w":720,"caption":"The gate","copyright":"Open Shore"}',
            ("/u/gate.webp", "The gate", "Open Shore"),
        ),
        (
            "PHOTO: The gate, in April. (Handout / Open Shore)",
            (None, "The gate, in April.", "Open Shore"),
        ),
    ],
)
def test_what_is_left_of_an_image_is_an_image(
    line: str, parts: tuple[str | None, str, str]
) -> None:
    report = read(f"Nine men taken from a brickworks\n\n{line}\n\n{BODY}")
    (image,) = report.images
    found = tuple(one.text if one else None for one in (image.url, image.caption, image.credit))
    assert found == parts
    assert line not in report.text


def test_a_byline_with_a_bar_names_the_outlet_and_hashtags_are_debris() -> None:
    report = read(
        f"Nine men taken from a brickworks\n\nBy Sefa Marlund | Lantern Post\n\n{BODY}\n#osh #work\n"
    )
    assert [one.text for one in report.bylines] == ["Sefa Marlund"]
    assert report.publisher is not None
    assert report.publisher.text == "Lantern Post"
    assert "#osh" not in report.text


def test_a_line_of_outlet_section_and_date_is_taken_apart() -> None:
    report = read(f"Kontur Nine | World | 02.05.2031\n\nNine men taken from a brickworks\n\n{BODY}")
    assert report.title is not None
    assert report.publisher is not None
    told = (report.title.text, report.publisher.text, report.published)
    assert told == ("Nine men taken from a brickworks", "Kontur Nine", "2031-05-02")
