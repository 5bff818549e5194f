from collections.abc import Callable
from typing import Any

from guvoh.corroborate.decisions import attach
from guvoh.model.assessment import Assessment, Target
from guvoh.model.text import ByteSpan

Tell = Callable[[dict[str, Any]], Any]


def notes(*days: str) -> dict[str, Any]:
    claims = [
        {
            "text": f"Men were taken from Colony No. 4 on {day}.",
            "chain": ["a guard:person:eyewitness"],
            "acts": ["transfer"],
            "when": [day],
            "where": ["facility:Penal Colony No. 4"],
        }
        for day in days
    ]
    return {"report": [{"id": f"r{at}", "claims": [claim]} for at, claim in enumerate(claims)]}


def test_merge_gives_one_event_with_the_earlier_id(told: Tell) -> None:
    story = notes("2023-01-05", "2023-03-05")
    assert len(told(story).events) == 2
    story["assessment"] = [
        {"claim": "r1/c0", "noun": "event", "verdict": "merge", "value": "r0/c0"}
    ]
    events = told(story).events
    assert [event.id for event in events] == ["r0/c0"]
    assert events[0].claims == ("r0/c0", "r1/c0")


def test_split_makes_an_event_of_one_claim(told: Tell) -> None:
    story = notes("2023-01-05", "2023-01-05", "2023-01-05")
    assert len(told(story).events) == 1
    story["assessment"] = [{"claim": "r1/c0", "noun": "claim", "verdict": "split"}]
    assert [event.claims for event in told(story).events] == [("r0/c0", "r2/c0"), ("r1/c0",)]


def test_a_later_decision_wins(told: Tell) -> None:
    story = notes("2023-01-05", "2023-01-05")
    story["assessment"] = [
        {"claim": "r1/c0", "noun": "claim", "verdict": "split"},
        {"claim": "r1/c0", "noun": "claim", "verdict": "pin", "value": "r0/c0"},
    ]
    assert [event.claims for event in told(story).events] == [("r0/c0", "r1/c0")]


def test_an_assessment_without_a_place_is_detached(told: Tell) -> None:
    story = told(notes("2023-01-05"))
    aimed = Assessment("x", Target("source", "gone", ByteSpan(0, 5)), "independent", "", "k", "")
    other = Assessment("y", Target("source", "r0", ByteSpan(0, 5)), "exposure", "", "k", "")
    decided, detached = attach([aimed, other], story.reports, story.readings)
    assert (decided, detached) == ((), ("x",))
