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


def test_what_a_page_narrates_between_words_of_its_only_voice_is_told_on_his_word(
    told: Tell,
) -> None:
    first, last = said("Sherzod:person:told"), said("Sherzod:person:told")
    assert told_by(told, first, NARRATED, last) == (["Sherzod"], 1, 1)
    chain = said("his father:person:told", "Sherzod:person:victim")
    assert told_by(told, chain, NARRATED, chain) == (["Sherzod"], 1, 1)
    assert told_by(told, first, NARRATED) == ([], 0, 1)  # he may have ended before


def test_whoever_was_there_carries_what_stands_between_his_words_whatever_they_are(
    told: Tell,
) -> None:
    saw = {"text": "I saw slippers.", "chain": ["Olga Brandt:person:eyewitness"]}
    heard = {"text": "I heard nothing.", "chain": ["Olga Brandt:person:unknown"]}
    event = told({"report": [{"id": "a", "claims": [saw, NARRATED, heard]}]}).event("a/c1")
    assert [(one.name, one.chains) for one in event.sources] == [
        ("Olga Brandt", (("Olga Brandt",),))
    ]
    office = {**saw, "chain": ["the governor:person:participant"]}
    later = {**heard, "chain": ["the governor:person:unknown"]}
    event = told({"report": [{"id": "a", "claims": [office, NARRATED, later]}]}).event("a/c1")
    assert (event.count.low, event.sources) == (0, ())


def test_where_two_speak_what_is_narrated_rests_on_neither(told: Tell) -> None:
    other = said("Daler:person:victim", text="They were taken on 3 May, Daler says.")
    first = said("Sherzod:person:victim")
    assert told_by(told, first, NARRATED, other)[:2] == ([], 0)


def test_an_organisation_carries_nothing_that_its_page_narrates(told: Tell) -> None:
    first = said("Rights Watchers:organisation:unknown")
    assert told_by(told, first, NARRATED, first) == ([], 0, 1)


def test_what_stands_paragraphs_away_is_told_on_nobodys_word(told: Tell) -> None:
    between = {"text": "It rained in the evening.", "new": True}
    far = {**NARRATED, "new": True}
    voice = said("Sherzod:person:victim")
    found = told_by(told, voice, between, between, far, between, {**voice, "new": True})
    assert found[:2] == ([], 0)
