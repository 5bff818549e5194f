"""A report that retells another without credit is found, one that was written apart is not taken for it."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from guvoh.lineage.fingerprint import fingerprint
from guvoh.lineage.relate import relate
from guvoh.lineage.retold import other_numbers
from guvoh.lineage.side import Side
from guvoh.model.lineage import Relation
from tests.lineage.conftest import MakeSide
from tests.lineage.test_independent import report

CASE = Path(__file__).parents[1] / "cases" / "lineage" / "uncredited" / "pairs.toml"
PAIRS: list[dict[str, Any]] = tomllib.loads(CASE.read_text("utf-8"))["pair"]


def sides(pair: dict[str, Any]) -> list[Side]:
    told = [{"language": "en", **one, "text": one["text"].strip()} for one in pair["report"]]
    made = [report(f"{pair['id']}/{at}.txt", one) for at, one in enumerate(told)]
    return [Side(one, fingerprint(one)) for one in made]


def test_there_are_as_many_of_both_kinds() -> None:
    assert sorted(pair["retold"] for pair in PAIRS) == [False] * 4 + [True] * 4


@pytest.mark.parametrize("pair", PAIRS, ids=[pair["id"] for pair in PAIRS])
def test_a_retelling_without_credit_is_told_from_a_report_of_ones_own(pair: dict[str, Any]) -> None:
    earlier, later = sides(pair)
    found = relate(earlier, later)
    if not pair["retold"]:
        assert found is None
        return
    assert found is not None
    assert found.relation is Relation.PARAPHRASE
    assert (found.parent, found.child, found.directed) == (earlier.id, later.id, True)
    assert found.passages


@pytest.mark.parametrize("pair", PAIRS, ids=[pair["id"] for pair in PAIRS])
def test_reports_of_other_events_are_not_retellings(pair: dict[str, Any]) -> None:
    for other in PAIRS:
        if other is not pair:
            assert relate(sides(pair)[0], sides(other)[1]) is None


def test_who_has_other_figures_is_told_from_a_translation(make_side: MakeSide) -> None:
    first = make_side(
        "a", "Hask, 20, made 5.6 points and 2.6 rebounds a game. The bail is 350,000 crowns."
    )
    another = make_side(
        "b",
        "Хаск, 20 лет, ростом 1,98 метра, набирал 17,4 очка. Об аресте сообщили в 11 часов.",
        "ru",
    )
    translated = make_side(
        "c", "Хаск, 20 лет, набирал 5,6 очка и 2,6 подбора. Залог составил 350 тыс. крон.", "ru"
    )
    shortened = make_side("d", "Хаск, 20 лет, набирал 5,6 очка.", "ru")
    assert other_numbers(first, another)
    assert not other_numbers(first, translated)
    assert not other_numbers(first, shortened)
