from collections.abc import Callable
from typing import Any

Tell = Callable[[dict[str, Any]], Any]


def report(name: str, basis: str, **more: Any) -> dict[str, Any]:
    claim = {
        "text": "On 3 May men were taken from Colony No. 4.",
        "chain": [f"Olim Saidov:person:{basis}"],
        "acts": ["transfer"],
        "when": ["2023-05-03"],
        "where": ["facility:Penal Colony No. 4"],
        **more,
    }
    return {"id": name, "claims": [claim]}


def family(child: str) -> list[dict[str, Any]]:
    members = [
        {"report": "a", "relation": "origin"},
        {"report": child, "relation": "edited", "parent": "a"},
    ]
    return [{"origin": "a", "members": members}]


def test_a_copy_makes_an_eyewitness(told: Tell) -> None:
    notes = {"report": [report("a", "told"), report("b", "eyewitness")], "family": family("b")}
    story = told(notes)
    assert story.findings("knowledge-grew-in-copying")
    assert story.event("a/c0").count.firsthand == 0


def test_nobody_sees_what_is_planned(told: Tell) -> None:
    ahead = {"stance": "expected", "tense": "future", "when": []}
    assert told({"report": [report("a", "eyewitness", **ahead)]}).findings("could-not-have-seen")
    assert not told({"report": [report("a", "told", **ahead)]}).findings("could-not-have-seen")
