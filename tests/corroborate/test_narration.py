from collections.abc import Callable
from typing import Any

Tell = Callable[[dict[str, Any]], Any]
PLACE = {"where": ["facility:Penal Colony No. 4"], "acts": ["transfer"]}


def told_by(told: Tell, *claims: dict[str, Any], **more: Any) -> tuple[list[str], int, int]:
    """Return who stands behind the number of men, and the bounds of it."""
    event = told({"report": [{"id": "a", "claims": list(claims), **more}]}).event("a/c0")
    (number,) = event.how_many
    return list(number.sources), number.count.low, number.count.high


def said(*chain: str, text: str = "They were taken from Colony No. 4 on 3 May.") -> dict[str, Any]:
    return {"text": text, "chain": list(chain), "when": ["2023-05-03"], **PLACE}


NARRATED = {
    "text": "Twelve men were taken in two buses from Colony No. 4.",
    "many": "12-12 men",
    **PLACE,
}


def test_what_a_page_narrates_beside_its_only_voice_is_told_on_his_word(told: Tell) -> None:
    assert told_by(told, said("Sherzod:person:told"), NARRATED) == (["Sherzod"], 1, 1)
    chain = said("his father:person:told", "Sherzod:person:victim")
    assert told_by(told, chain, NARRATED) == (["Sherzod"], 1, 1)


def test_where_two_speak_what_is_narrated_rests_on_neither(told: Tell) -> None:
    other = said("Daler:person:victim", text="They were taken on 3 May, Daler says.")
    assert told_by(told, said("Sherzod:person:victim"), other, NARRATED)[:2] == ([], 0)


def test_an_organisation_carries_nothing_that_its_page_narrates(told: Tell) -> None:
    first = said("Rights Watchers:organisation:unknown")
    assert told_by(told, first, NARRATED) == ([], 0, 1)


def test_what_stands_paragraphs_away_is_told_on_nobodys_word(told: Tell) -> None:
    between = {"text": "It rained in the evening.", "new": True}
    far = {**NARRATED, "new": True}
    found = told_by(told, said("Sherzod:person:victim"), between, between, far)
    assert found[:2] == ([], 0)
