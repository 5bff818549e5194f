"""Why two values differ: reports apart, copying, or versions of one text of which one may be misread."""

from collections.abc import Callable
from typing import Any

import pytest

Tell = Callable[[dict[str, Any]], Any]


def reports() -> list[dict[str, Any]]:
    base = {
        "text": "Men were taken from Colony No. 4.",
        "chain": ["Olim Saidov:person"],
        "acts": ["transfer"],
        "where": ["facility:Penal Colony No. 4"],
    }
    return [
        {"id": "a", "claims": [{**base, "when": ["2023-05-03"], "many": "28-28 men"}]},
        {"id": "b", "claims": [{**base, "when": ["2023-05-03"], "many": "50-50 men"}]},
    ]


@pytest.mark.parametrize(
    ("families", "because"),
    [
        ([], "Reports that do not derive from one another differ."),
        (
            [
                {
                    "origin": "a",
                    "members": [
                        {"report": "a", "relation": "origin"},
                        {"report": "b", "relation": "translation", "parent": "a", "align": []},
                    ],
                }
            ],
            "Versions of one text have them, and no change in copying was found: one may be misread.",
        ),
    ],
)
def test_versions_of_one_text_are_not_said_to_be_apart(
    told: Tell, families: list[Any], because: str
) -> None:
    event = told({"report": reports(), "family": families}).event("a/c0")
    assert [one.because for one in event.contradictions] == [because]
