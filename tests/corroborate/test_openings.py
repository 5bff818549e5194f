from collections.abc import Callable
from typing import Any

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


def counted(told: Tell, *claims: dict[str, Any], **more: Any) -> tuple[list[str], int, int]:
    event = told({"report": [{"id": "a", "claims": list(claims), **more}]}).event("a/c0")
    return [one.name for one in event.sources], event.count.low, event.count.high


def test_who_is_described_first_and_then_named_is_one_source(told: Tell) -> None:
    found = counted(told, claim("a man:person:eyewitness"), claim("Ruslan Gaifulin:person:unknown"))
    assert found == (["Ruslan Gaifulin"], 1, 1)


def test_whoever_asked_for_no_name_is_not_given_that_of_another(told: Tell) -> None:
    people = [{"name": "a man", "withheld": ["name"]}]
    first = claim("a man:person:eyewitness")
    names, _, _ = counted(told, first, claim("Ruslan Gaifulin:person:unknown"), people=people)
    assert sorted(names) == ["Ruslan Gaifulin", "a man"]


def test_whom_the_report_describes_otherwise_or_calls_another_stays_apart(told: Tell) -> None:
    first = claim("a lawyer:person:told")
    people = [{"name": "Ruslan Gaifulin", "roles": ["driver"]}]
    _, _, high = counted(told, first, claim("Ruslan Gaifulin:person:unknown"), people=people)
    assert high == 2
    first, other = claim("a man:person:eyewitness"), claim("another man:person:eyewitness")
    assert counted(told, first, other)[2] == 2


def test_that_somebody_is_called_a_man_parts_him_from_nobody(told: Tell) -> None:
    people = [{"name": "Jasur", "roles": ["man"], "pseudonym": True}]
    first = claim("one of the migrants:person:unknown")
    names, low, _ = counted(told, first, claim("Jasur:person:participant"), people=people)
    assert (names, low) == (["Jasur"], 1)


def test_whoever_speaks_again_by_his_description_is_not_the_one_named_between(told: Tell) -> None:
    man, named = claim("a man:person:eyewitness"), claim("Ruslan Gaifulin:person:unknown")
    assert counted(told, man, named, man)[2] == 2


def test_an_outlet_in_a_case_of_its_language_is_no_person(told: Tell) -> None:
    claims = [claim("Dala Vaqtiga:person:unknown"), claim("Farrux:person:victim")]
    found = counted(told, *claims, publisher="Dala Vaqti", language="uz")
    assert found == (["Farrux"], 1, 1)


def test_what_a_page_has_from_a_report_at_hand_adds_nobody(told: Tell) -> None:
    first = {"id": "a", "publisher": "Dala Vaqti", "claims": [claim("Farrux:person:victim")]}
    citing = {
        "id": "b",
        "publisher": "Riverside Post",
        "claims": [claim("Dala Vaqti:organisation:told", "a cook:person:unknown")],
    }
    event = told({"report": [first, citing]}).event("a/c0")
    assert [one.name for one in event.sources] == ["Farrux"]
    assert [one.name for one in event.unconfirmed] == ["a cook"]
    assert (event.count.low, event.count.high) == (1, 1)
