from collections.abc import Callable
from typing import Any

import pytest

Tell = Callable[[dict[str, Any]], Any]
PAST: dict[str, Any] = {
    "text": "In May foreign workers were taken from Cannery No. 9.",
    "chain": ["Anvar:person"],
    "acts": ["transfer"],
    "who": ["affected:group:foreign workers"],
    "where": ["facility:Cannery No. 9"],
}


def warnings(story: Any) -> list[Any]:
    return [warning for result in story.results for warning in result.warnings]


def ahead(text: str, **more: Any) -> dict[str, Any]:
    return {"text": text, "chain": ["Anvar:person"], "stance": "planned", **more}


def test_a_plan_warns_of_whom_where_since_when_and_on_whose_word(told: Tell) -> None:
    plan = ahead("They are going to take another group.", acts=["transfer"], tense="future")
    report = {"id": "a", "published": "2031-03-14", "claims": [PAST, plan]}
    (found,) = warnings(told({"report": [report]}))
    assert (found.who, found.where) == ("foreign workers", "Cannery No. 9")
    assert (found.since, found.status, found.sources) == ("2031-03-14", "open", ("Anvar",))
    assert "another group of foreign workers to be taken away" in found.text


def test_a_plan_told_by_an_interview_and_by_its_translation_is_one(told: Tell) -> None:
    plan = ahead("They are writing a second list.", stance="asserted")
    retold = {
        "text": "Там составляют второй список.",
        "chain": ["Анвар:person"],
    }
    past = {**PAST, "text": "В мае рабочих увезли.", "who": ["affected:group:рабочие"], "where": []}
    reports = [
        {"id": "a", "published": "2031-03-14", "claims": [PAST, plan]},
        {"id": "b", "language": "ru", "published": "2031-03-16", "claims": [past, retold]},
    ]
    members = [
        {"report": "a", "relation": "origin"},
        {"report": "b", "relation": "translation", "parent": "a", "align": [[0, 0]]},
    ]
    story = told({"report": reports, "family": [{"origin": "a", "members": members}]})
    (found,) = warnings(story)
    assert found.claims == ("a/c1", "b/c1")
    assert found.since == "2031-03-14"
    assert story.event("a/c1").count.low == 1


@pytest.mark.parametrize(
    ("stance", "acts", "warns"),
    [
        ("feared", ["transfer"], True),
        ("threatened", ["beat"], True),
        ("expected", ["recruit"], True),
        ("promised", ["pay"], False),
        ("asserted", ["transfer"], False),
    ],
)
def test_only_what_is_ahead_and_harms_is_a_warning(
    told: Tell, stance: str, acts: list[str], warns: bool
) -> None:
    claim = {**PAST, "stance": stance, "acts": acts}
    assert bool(warnings(told({"report": [{"id": "a", "claims": [claim]}]}))) is warns
