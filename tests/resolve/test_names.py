import importlib.util
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guvoh.resolve.names import same_name

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Jamshed Qodirov", "Джамшед Кадиров"),
        ("Жўраев Шавкат", "Shavkat Juraev"),
        ("Gʻulomov Bobur", "Бобур Гулямов"),
        ("Хуршед Раҳмонов", "Khurshed Rakhmonov"),
        ("Yusuf Iskandarov", "Юсуф Искандаров"),
        ("Aleksandr Petrov", "Александр Сергеевич Петров"),
        ("Abdu Rahmon Saidov", "Abdurahmon Saidov"),
        ("عبد الله كريم", "Abdullah Karim"),
    ],
)
def test_one_name_in_two_spellings(left: str, right: str) -> None:
    assert same_name(left, right).score >= 800


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Rustam Karimov", "Rasul Karimov"),
        ("Anvar Yusupov", "Anvar Yunusov"),
        ("Олег Петров", "Ольга Сидорова"),
        ("", "Anvar"),
        ("Иван", "Пётр"),
    ],
)
def test_two_names(left: str, right: str) -> None:
    assert same_name(left, right).score < 880


def test_a_first_name_alone_is_not_a_full_name() -> None:
    match = same_name("Anvar", "Anvar Yusupov")
    assert match.score <= 700
    assert "a part in one only" in match.why


def test_reasons_are_given() -> None:
    assert "parts in another order" in same_name("Petrov Ivan", "Иван Петров").why
    assert "an initial" in same_name("I. Petrov", "Ivan Petrov").why
    assert "patronymic in one only" in same_name("Иван Петров", "Иван Сергеевич Петров").why
    assert same_name("…", "Ivan").why == ("no letters to compare",)


@given(st.text(max_size=30), st.text(max_size=30))
def test_scores_are_per_mille_and_symmetric(left: str, right: str) -> None:
    score = same_name(left, right).score
    assert 0 <= score <= 1000
    assert same_name(right, left).score == score


@given(st.text(alphabet="abcxyz абвЎқғ", min_size=1, max_size=200))
def test_a_name_is_itself_however_long(name: str) -> None:
    assert same_name(name, name).score in (0, 1000)
    assert same_name(name, " ".join(reversed(name.split()))).score >= 0


def test_the_dev_set_keeps_its_floor() -> None:
    rows: list[dict[str, Any]] = _benchmark("names").run()
    if not rows:
        pytest.skip("../shared/data/linkage is not there")
    reached = {row["set"]: row["AP (dev)"] for row in rows}
    assert reached["wd_ru-en"] >= 0.87
    assert reached["wd_ar-en"] >= 0.80
    assert reached["uz-tj"] >= 0.98


def _benchmark(name: str) -> Any:
    spec = importlib.util.spec_from_file_location(name, ROOT / "benchmarks" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
