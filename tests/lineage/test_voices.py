"""Short accounts of one event in two languages on other people's word are not translations of each other."""

import json
from pathlib import Path
from typing import Any

from guvoh.lineage.fingerprint import fingerprint
from guvoh.lineage.relate import relate
from guvoh.lineage.side import Side
from guvoh.lineage.voices import other_voices
from guvoh.reading.read import read
from tests.lineage.test_independent import report

PAIRS = Path(__file__).parents[1] / "cases" / "lineage" / "short" / "pairs.jsonl"
# Of eight; five were taken for translations by their text alone. Whose word it is was not read in the others.
FALSE_DERIVATIONS_AT_MOST = 3


def side(name: str, told: dict[str, str]) -> Side:
    whole = report(name, told)
    return Side(whole, fingerprint(whole), read(whole))


def test_short_accounts_on_other_peoples_word_are_seldom_taken_for_translations() -> None:
    rows: list[dict[str, Any]] = [
        json.loads(line) for line in PAIRS.read_text("utf-8").splitlines()
    ]
    false = [row["id"] for row in rows if relate(side("a", row["a"]), side("b", row["b"]))]
    assert len(rows) == 8
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
