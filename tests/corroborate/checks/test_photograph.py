from collections.abc import Callable
from typing import Any

Tell = Callable[[dict[str, Any]], Any]


def story(caption: str) -> dict[str, Any]:
    claim = {"text": "Men were taken.", "acts": ["transfer"], "when": ["2023-05-03"]}
    return {"report": [{"id": "a", "claims": [claim], "images": [caption]}]}


def test_an_older_photograph(told: Tell) -> None:
    assert told(story("The gate of the colony in 2019")).findings("photograph-older")


def test_a_photograph_of_the_year(told: Tell) -> None:
    assert not told(story("The gate of the colony, built in 1987, in 2023")).findings(
        "photograph-older"
    )
    assert not told(story("The gate of the colony")).findings("photograph-older")
