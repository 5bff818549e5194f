from collections.abc import Callable
from typing import Any

import pytest

Tell = Callable[[dict[str, Any]], Any]
TAKEN: dict[str, Any] = {
    "text": "About thirty men were locked in at Mill No. 3 on 3 May.",
    "chain": ["Rustam:person"],
    "acts": ["detain"],
    "where": ["facility:Mill No. 3"],
    "when": ["2031-05-03"],
    "many": "24-36 men",
}


def peoples_in(story: Any, claim: str = "a/c0") -> list[str]:
    return [v.name for v in story.event(claim).who for t in v.terms if t[:2] == "n:"]


@pytest.mark.parametrize(
    ("language", "text", "named"),
    [
        ("en", "Most of them are Tajiks and Uzbeks.", ["Tajiks", "Uzbeks"]),
        ("en", "There were Tajik, Kyrgyz and Uzbek men.", ["Tajik", "Kyrgyz", "Uzbek"]),
        ("es", "La mayoría son tayikos y uzbekos.", ["tayikos", "uzbekos"]),
        ("fr", "Les hommes, des Ouzbeks et des Tadjiks.", ["Ouzbeks", "Tadjiks"]),
        ("ru", "Рабочие — узбеки, киргизы и таджики.", ["узбеки", "киргизы", "таджики"]),
        ("uz", "O‘zbek va tojik ishchilar bor edi.", ["O‘zbek", "tojik"]),
        # Whom nobody says those concerned to be, and whoever has power over them.
        ("en", "Uzbek and Tajik is heard there.", []),
        ("en", "Russian and Tajik officials came.", []),
        ("en", "A Tajik sat there. An Uzbek went by.", []),
    ],
)
def test_what_those_concerned_are_is_told_of_the_event_without_an_act(
    told: Tell, language: str, text: str, named: list[str]
) -> None:
    said = {"text": text, "chain": ["Rustam:person"], "new": True}
    report = {"id": "a", "language": language, "claims": [TAKEN, said]}
    story = told({"report": [report]})
    assert sorted(peoples_in(story)) == sorted(named)
    assert story.event("a/c0").count.high == 1


def test_those_who_were_let_out_are_those_who_were_locked_in(told: Tell) -> None:
    out = {
        "text": "The men, Uzbeks and Kyrgyz, were let out on 4 May.",
        "chain": ["Rustam:person"],
        "acts": ["release"],
        "when": ["2031-05-04"],
        "new": True,
    }
    story = told({"report": [{"id": "a", "claims": [TAKEN, out]}]})
    assert len(story.events) == 1
    assert sorted(peoples_in(story)) == ["Kyrgyz", "Uzbeks"]


def test_all_peoples_beside_one_that_was_read_are_told(told: Tell) -> None:
    text = "Tajiks and Kyrgyz were taken from Mill No. 3 on 3 May."
    taken = {**TAKEN, "text": text, "who": ["affected:nationality:Kyrgyz"], "many": ""}
    story = told({"report": [{"id": "a", "claims": [taken]}]})
    assert sorted(peoples_in(story)) == ["Kyrgyz", "Tajiks"]
