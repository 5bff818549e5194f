from collections.abc import Callable
from typing import Any

from guvoh.corroborate.decisions import Pair
from guvoh.corroborate.people import across
from guvoh.model.claim import Person

Tell = Callable[[dict[str, Any]], Any]

CLAIM = {"text": "Men were taken, said Timur Qodirov and Sorbon.", "acts": ["transfer"]}


def people_of(
    told: Tell, parts: dict[str, list[dict[str, Any]]], **more: Any
) -> tuple[Person, ...]:
    notes = [{"id": name, "claims": [CLAIM], "people": people} for name, people in parts.items()]
    story = told({"report": notes, **more})
    found = {name: reading.people for name, reading in story.readings.items()}
    made = across(found, story.events, story.families, (story.reports, story.readings))
    return tuple(person for person, _ in made)


def family(relation: str = "translation", **more: Any) -> list[dict[str, Any]]:
    child = {"report": "b", "relation": relation, "parent": "a", **more}
    return [{"origin": "a", "members": [{"report": "a", "relation": "origin"}, child]}]


def test_one_name_in_an_original_and_its_translation(told: Tell) -> None:
    parts = {"a": [{"name": "Timur Qodirov"}], "b": [{"name": "Тимур Кодиров"}]}
    (one,) = people_of(told, parts, family=family())
    assert (one.id, one.name, one.aliases) == ("a/p0", "Timur Qodirov", ("Тимур Кодиров",))


def test_a_name_alone_makes_nobody_one(told: Tell) -> None:
    parts = {"a": [{"name": "Timur Qodirov"}], "b": [{"name": "Timur Qodirov"}]}
    assert len(people_of(told, parts)) == 2


def test_two_of_one_report_stay_two(told: Tell) -> None:
    brothers = [{"name": "Timur Qodirov"}, {"name": "Timur Kodirov"}]
    assert len(people_of(told, {"a": brothers, "b": brothers[:1]}, family=family())) == 3


def test_a_supplied_name_is_masked(told: Tell) -> None:
    told_so = {"id": "a", "claims": [{"text": "Men were taken, said Sorbon."}]}
    supplied = {
        "id": "b",
        "claims": [CLAIM],
        "people": [{"name": "Timur Qodirov", "nationality": "TJ", "mentions": [[16, 29]]}],
    }
    told_so["people"] = [{"name": "Sorbon", "pseudonym": True, "withheld": ["name", "citizenship"]}]
    sealed = family("edited", changes=[{"kind": "person", "claim": 0, "withheld": True}])
    story = told({"report": [told_so, supplied], "family": sealed})
    made = across(
        {name: reading.people for name, reading in story.readings.items()},
        story.events,
        story.families,
        (story.reports, story.readings),
    )
    found = [person for person, _ in made]
    assert [person.name for person in found] == ["Sorbon", "name withheld"]
    assert "Qodirov" not in repr(found)
    assert found[1].nationality is None


def test_what_people_decided_joins_and_parts(told: Tell) -> None:
    parts = {"a": [{"name": "Timur Qodirov"}], "b": [{"name": "Тимур Кодиров"}]}
    notes = [{"id": name, "claims": [CLAIM], "people": people} for name, people in parts.items()]
    for families, same, number in (([], True, 1), (family(), False, 2), (family(), True, 1)):
        story = told({"report": notes, "family": families})
        people = {name: reading.people for name, reading in story.readings.items()}
        texts = (story.reports, story.readings)
        pair = Pair("a/p0", "b/p0", same, "decision")
        made = across(people, story.events, story.families, texts, [pair])
        assert len(made) == number
        assert sorted(part for _, own in made for part in own) == ["a/p0", "b/p0"]
