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


def differing(told: Tell, one: dict[str, Any], other: dict[str, Any]) -> list[tuple[str, ...]]:
    notes = [{"id": name, **note} for name, note in (("a", one), ("b", other))]
    event = told({"report": notes}).event("a/c0")
    assert {"a", "b"} == set(event.reports)
    return [found.values for found in event.contradictions]


def number(many: str, acts: list[str], **more: Any) -> dict[str, Any]:
    return {
        "text": "It was at Colony No. 4 on 3 May.",
        "chain": ["the ministry:organisation"],
        "acts": acts,
        "where": ["facility:Penal Colony No. 4"],
        "when": ["2023-05-03"],
        "many": many,
        **more,
    }


def test_numbers_of_people_to_whom_other_things_were_done_differ_in_nothing(told: Tell) -> None:
    one = {"claims": [number("23-23 people", ["transfer"])]}
    assert differing(told, one, {"claims": [number("2-2 people", ["transfer"])]}) == [("23", "2")]
    assert not differing(told, one, {"claims": [number("2-2 people", ["detain"])]})


def test_a_toll_that_rises_is_no_contradiction(told: Tell) -> None:
    def toll(many: str, day: str, teller: str = "the ministry") -> dict[str, Any]:
        chain = [f"{teller}:organisation"]
        return {"claims": [number(many, ["die"], chain=chain)], "published": day}

    first = toll("6-6 people", "2023-05-03")
    assert not differing(told, first, toll("32-32 people", "2023-05-04"))
    # Fewer, on the same day, or by another voice are another account.
    assert differing(told, first, toll("4-4 people", "2023-05-04"))
    assert differing(told, first, toll("32-32 people", "2023-05-03"))
    assert differing(told, first, toll("32-32 people", "2023-05-04", "the union"))


def test_a_copy_that_keeps_the_quarter_and_drops_its_city_changes_no_place(told: Tell) -> None:
    def page(name: str, text: str, where: list[str]) -> dict[str, Any]:
        claim = number("15-15 people", ["detain"], text=text, where=where)
        return {"id": name, "claims": [claim], "language": "es"}

    def differ(child: dict[str, Any]) -> list[str]:
        parent = page("a", "Quince fueron rescatados, Buenos Aires, Flores.", ["town:Buenos Aires"])
        copy = {"report": "b", "relation": "edited", "parent": "a"}
        family = {"origin": "a", "members": [{"report": "a", "relation": "origin"}, copy]}
        event = told({"report": [parent, child], "family": [family]}).event("a/c0")
        return [found.kind for found in event.contradictions]

    assert differ(page("b", "Quince fueron rescatados en Flores.", ["town:Flores"])) == []
    assert differ(page("b", "Quince fueron rescatados en Mar.", ["town:Mar"])) == ["where"]
