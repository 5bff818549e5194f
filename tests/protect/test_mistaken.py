"""Places and words that begin a sentence are no people; whoever speaks or takes part stays covered."""

import pytest

from guvoh import cli
from guvoh.casefile.case import open_case
from guvoh.protect.strings import strings
from guvoh.protect.unknown import Unknown
from tests.protect.test_release import held_of, passed

PAGE = """Девять человек увезли из посёлка Зарнихе

Северный фонарь
2 мая 2031

Водитель автобуса из Кандалакши рассказал «Северному фонарю», что в конце апреля вывез из посёлка Зарнихе
девять рабочих. Кандалакша — город на Белом море. Ехать отказались двое, сказал водитель.

По словам Дилором Хамроевой, увезли и её мужа. Рубрика: Новости. Северный фонарь следит за событиями.
"""


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("mistaken")
    (folder / "page.txt").write_text(PAGE, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GUVOH_HOME", str(folder / "home"))
        arguments = ["build", str(folder / "page.txt"), "--public", "--case", str(folder / "case")]
        assert cli.main(arguments) == 0
    return "\n".join(said for _, said in strings(passed(held_of(open_case(folder / "case")))))


@pytest.mark.parametrize("word", ["Кандалакши", "Северный фонарь"])
def test_a_place_and_a_paper_are_said(text: str, word: str) -> None:
    assert word in text


def test_someone_who_speaks_is_covered(text: str) -> None:
    assert "Хамроев" not in text


def test_a_case_of_an_open_adjective_is_said_and_a_surname_like_it_is_not() -> None:
    unknown = Unknown(["Открытый берег", "Северная звезда"], {})
    said = unknown.text("Заявление «Открытого берега»: Открытова и Хамроев молчат", "ru")
    assert "Открытого берега" in said
    assert "Открытова" not in said
    assert "Хамроев" not in said
