"""Short accounts of one event on other people's word are not made from each other."""

import json
from pathlib import Path
from typing import Any

import pytest

from guvoh.lineage.fingerprint import fingerprint
from guvoh.lineage.relate import relate
from guvoh.lineage.side import Side
from guvoh.lineage.voices import other_voices
from guvoh.reading.read import read
from tests.lineage.test_independent import report

CASES = Path(__file__).parents[1] / "cases" / "lineage" / "short"
# Of eight; five were taken for translations by their text alone. Whose word it is was not read in the others.
FALSE_DERIVATIONS_AT_MOST = 2


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (CASES / name).read_text("utf-8").splitlines()]


def side(name: str, told: dict[str, str]) -> Side:
    whole = report(name, told)
    return Side(whole, fingerprint(whole), read(whole))


def test_short_accounts_on_other_peoples_word_are_seldom_taken_for_translations() -> None:
    pairs = rows("pairs.jsonl")
    false = [row["id"] for row in pairs if relate(side("a", row["a"]), side("b", row["b"]))]
    assert len(pairs) == 8
    assert len(false) <= FALSE_DERIVATIONS_AT_MOST, false


def test_a_translation_that_keeps_who_says_it_has_no_other_voices() -> None:
    told = {"publisher": "A", "published": "2024-03-12", "title": "Taken"}
    text = "Fourteen men were taken from Priozersk on 10 March, said Igor Letunov, a watchman."
    english = {**told, "language": "en", "text": text}
    text = "Четырнадцать мужчин увезли из Приозёрска 10 марта, сказал сторож Игорь Летунов."
    russian = {**told, "language": "ru", "text": text}
    assert not other_voices(side("a", english), side("b", russian))
    text = text.replace("Игорь Летунов", "Олег Шубин")
    assert other_voices(side("a", english), side("b", {**russian, "text": text}))


@pytest.mark.parametrize("row", rows("witnesses.jsonl"), ids=lambda row: row["id"])
def test_another_witness_of_one_event_is_no_rewrite_of_the_first(row: dict[str, Any]) -> None:
    found = relate(side("a", row["a"]), side("b", row["b"]))
    assert (found is not None) == row["derives"]
