from collections.abc import Callable
from typing import Any

import pytest

Tell = Callable[[dict[str, Any]], Any]


def claim(*chain: str, **more: Any) -> dict[str, Any]:
    return {
        "text": "On 3 May twelve men were taken from Colony No. 4.",
        "chain": list(chain),
        "acts": ["transfer"],
        "when": ["2023-05-03"],
        "where": ["facility:Penal Colony No. 4"],
        **more,
    }


def names(event: Any) -> list[str]:
    return [source.name for source in event.sources]


def test_who_passes_on_in_another_report_by_the_same_family_is_no_source_beside(told: Tell) -> None:
    """A page that cites an outlet at hand and leaves out the last link has nobody new."""
    people = [{"name": "Daler"}, {"name": "Daler's mother", "relations": [["mother", "Daler"]]}]
    first = {
        "id": "a",
        "publisher": "Golos Doliny",
        "people": people,
        "claims": [claim("Daler's mother:person:told", "Daler:person:unknown")],
    }
    citing: dict[str, Any] = {
        "id": "b",
        "language": "ru",
        "publisher": "Курьер",
        "claims": [
            claim(
                "Голос Долины:organisation:told",
                "мать:person:unknown",
                where=["facility:исправительная колония № 4"],
            )
        ],
    }
    event = told({"report": [first, citing]}).event("a/c0")
    assert event.claims == ("a/c0", "b/c0")
    assert names(event) == ["Daler"]
    assert (event.count.low, event.count.high) == (1, 1)
    # Without the citation she may be another mother: apart in the upper bound only.
    citing["claims"][0]["chain"] = ["мать:person:unknown"]
    event = told({"report": [first, citing]}).event("a/c0")
    assert (event.count.low, event.count.high) == (1, 2)


def test_a_copy_that_leaves_out_the_last_link_changes_nobody(told: Tell) -> None:
    people = [{"name": "Daler"}, {"name": "Daler's sister", "relations": [["sister", "Daler"]]}]
    first = {
        "id": "a",
        "people": people,
        "claims": [claim("Daler's sister:person:told", "Daler:person:unknown")],
    }
    copied = {"id": "b", "people": people, "claims": [claim("Daler's sister:person:unknown")]}
    family = {
        "origin": "a",
        "members": [
            {"report": "a", "relation": "origin"},
            {"report": "b", "relation": "edited", "parent": "a"},
        ],
    }
    event = told({"report": [first, copied], "family": [family]}).event("a/c0")
    assert names(event) == ["Daler"]
    assert event.unconfirmed == ()


def test_who_knows_it_at_first_hand_is_a_source_beside_whom_he_also_passes_on(told: Tell) -> None:
    first = {
        "id": "a",
        "claims": [
            claim("Olim Saidov:person:told", "Vera Lind:person:unknown"),
            claim("Olim Saidov:person:eyewitness"),
        ],
    }
    event = told({"report": [first]}).event("a/c0")
    assert sorted(names(event)) == ["Olim Saidov", "Vera Lind"]
    assert (event.count.low, event.count.high) == (1, 2)


def test_a_family_described_in_general_is_the_only_family_of_the_report(told: Tell) -> None:
    people = [{"name": "Daler"}, {"name": "Daler's sister", "relations": [["sister", "Daler"]]}]
    first = {
        "id": "a",
        "people": people,
        "claims": [
            claim("the family of a man:group:unknown"),
            claim("Daler's sister:person:told", "Daler:person:unknown"),
            claim("Daler's sister:person:unknown"),
        ],
    }
    event = told({"report": [first]}).event("a/c0")
    assert names(event) == ["Daler"]
    assert (event.count.low, event.count.high) == (1, 1)


@pytest.mark.parametrize(
    ("role", "basis", "high"),
    [("lawyer", "participant", 1), ("lawyer", "eyewitness", 2), ("driver", "participant", 2)],
)
def test_who_speaks_for_others_in_another_report_knows_no_more_where_she_speaks_alone(
    told: Tell, role: str, basis: str, high: int
) -> None:
    people = [{"name": "Salima Ergasheva", "roles": [role]}]
    passed = claim("Salima Ergasheva:person:told", "families of seven workers:group:unknown")
    alone = claim(f"Salima Ergasheva:person:{basis}")
    reports = [
        {"id": "a", "people": people, "claims": [passed]},
        {"id": "b", "people": people, "claims": [alone]},
    ]
    event = told({"report": reports}).event("a/c0")
    assert event.count.high == high
