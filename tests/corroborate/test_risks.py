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
    assert found.text == (
        "Another group of foreign workers is to be taken away from Cannery No. 9 (planned, by one account)."
    )


def test_what_is_feared_of_a_plan_is_no_part_of_it(told: Tell) -> None:
    plan = ahead("They are going to take another group.", acts=["transfer"], tense="future")
    fear = ahead(
        "They will force me to go too.",
        stance="feared",
        acts=["coerce", "transfer"],
        tense="future",
    )
    story = told({"report": [{"id": "a", "published": "2031-03-14", "claims": [PAST, plan, fear]}]})
    assert [one for one in warnings(story) if "without consent" in one.text] == []
    alone = told({"report": [{"id": "a", "published": "2031-03-14", "claims": [PAST, fear]}]})
    assert any("forced" in one.text or "without consent" in one.text for one in warnings(alone))


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


def test_a_plan_names_where_to_and_people_of_whom_it_is_said_what_they_are(told: Tell) -> None:
    """Twenty-two men are some of those who were taken before; where they are to go is where it will be."""
    plan = ahead(
        "Twenty-two men are to be taken to a kiln near Lake Aydar in June.",
        acts=["transfer"],
        tense="future",
        many="22-22 men",
        words="twenty-two",
        where=["region:Lake Aydar"],
        when=["2031-06"],
    )
    report = {"id": "a", "published": "2031-03-14", "claims": [PAST, plan]}
    (found,) = warnings(told({"report": [report]}))
    assert (found.who, found.where) == ("foreign workers", "Lake Aydar")
    assert found.text == (
        "22 foreign workers are to be taken away from Cannery No. 9: Lake Aydar, June 2031"
        " (planned, by one account)."
    )


@pytest.mark.parametrize(("year", "status"), [("2031", "overtaken"), ("2038", "open")])
def test_a_like_act_years_later_does_not_overtake(told: Tell, year: str, status: str) -> None:
    plan = ahead(
        "They are going to take another group.",
        acts=["transfer"],
        tense="future",
        where=["facility:Cannery No. 9"],
    )
    later = {**PAST, "text": "They were taken from Cannery No. 9.", "when": [f"{year}-05-02"]}
    reports = [
        {"id": "a", "published": "2031-03-14", "claims": [PAST, plan]},
        {"id": "b", "published": f"{year}-05-20", "claims": [later]},
    ]
    (found,) = warnings(told({"report": reports}))
    assert found.status == status
