from collections.abc import Callable
from typing import Any

Tell = Callable[[dict[str, Any]], Any]

CLAIM = {
    "text": "On 3 May twelve men were taken from Colony No. 4.",
    "chain": ["Sorbon:person:told"],
    "acts": ["transfer"],
    "when": ["2023-05-03"],
    "where": ["facility:Penal Colony No. 4"],
}
SORBON = [{"name": "Sorbon", "pseudonym": True, "withheld": ["name"]}]


def story(depth: int, **change: Any) -> dict[str, Any]:
    """Return an interview, a page that supplies another name, and `depth` copies of that page."""
    supplied = {
        **CLAIM,
        "text": "On 3 May Timur Qodirov saw twelve men taken from Colony No. 4.",
        "chain": ["Timur Qodirov:person:eyewitness"],
        "who": ["affected:person:Timur Qodirov"],
        **change,
    }
    names = [f"c{at}" for at in range(depth + 1)]
    members: list[dict[str, Any]] = [{"report": "a", "relation": "origin"}]
    for at, name in enumerate(names):
        sealed = [{"kind": "person", "claim": 0, "withheld": True}] if at == 0 else []
        parent = names[at - 1] if at else "a"
        members.append({"report": name, "relation": "edited", "parent": parent, "changes": sealed})
    return {
        "report": [
            {"id": "a", "claims": [CLAIM], "people": SORBON},
            *({"id": name, "claims": [supplied]} for name in names),
        ],
        "family": [{"origin": "a", "members": members}],
    }


def shown(told: Tell, notes: dict[str, Any]) -> str:
    return repr(
        [(result.event, result.warnings, result.findings) for result in told(notes).results]
    )


def test_a_supplied_name_goes_nowhere(told: Tell) -> None:
    for depth in (0, 2):
        text = shown(told, story(depth))
        assert "Qodirov" not in text
        assert "Timur" not in text
        assert "withheld-and-supplied" in text


def test_not_even_as_a_denier_or_a_relative(told: Tell) -> None:
    denial = {
        "stance": "denied",
        "chain": ["Timur Qodirov:person", "Timur Qodirov's brother:person"],
    }
    assert "Qodirov" not in shown(told, story(1, **denial))


def test_others_named_in_the_copy_stay_named(told: Tell) -> None:
    notes = story(0)
    notes["report"][1]["claims"].append({**CLAIM, "chain": ["Vera Lind:person"]})
    event = told(notes).event("a/c0")
    assert "Vera Lind" in [one.name for one in event.unconfirmed]
