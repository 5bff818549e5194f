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


def deniers(event: Any) -> list[str]:
    return sorted(denial.name for denial in event.denials)


def test_an_office_in_two_languages_denies_once(told: Tell) -> None:
    reports = [
        {"id": "a", "claims": [claim("Olim Saidov:person:eyewitness")]},
        {
            "id": "b",
            "claims": [
                claim("the commissariat of Tyulensky district:organisation", stance="denied")
            ],
        },
        {
            "id": "c",
            "language": "ru",
            "claims": [claim("комиссариат Тюленского района:organisation", stance="denied")],
        },
    ]
    event = told({"report": reports}).event("a/c0")
    assert deniers(event) == ["the commissariat of Tyulensky district"]
    assert (event.count.low, event.count.high) == (1, 1)


@pytest.mark.parametrize(
    ("chain", "roles", "denies"),
    [
        ("the prison service:organisation", [], True),
        ("Ivan Petrov:person", ["spokesperson"], True),
        ("Ivan Petrov:person", ["worker"], False),
        ("sources:unnamed", [], False),
    ],
)
def test_a_negation_denies_only_from_those_who_answer_for_others(
    told: Tell, chain: str, roles: list[str], denies: bool
) -> None:
    people = [{"name": "Ivan Petrov", "roles": roles}]
    reports = [
        {"id": "a", "claims": [claim("Olim Saidov:person:eyewitness")]},
        {"id": "b", "people": people, "claims": [claim(chain, polarity="negated")]},
    ]
    event = told({"report": reports}).event("a/c0")
    assert bool(event.denials) is denies
    assert [source.name for source in event.sources] == ["Olim Saidov"]


def test_what_did_not_happen_takes_nothing_back(told: Tell) -> None:
    """Of one who tells the story "nobody asked them" is part of it; only a denial takes it back."""
    people = [{"name": "Olim Saidov", "roles": ["worker"]}]
    first = {
        "id": "a",
        "published": "2023-05-04",
        "people": people,
        "claims": [claim("Olim Saidov:person")],
    }
    later = {
        "id": "b",
        "published": "2023-05-09",
        "people": people,
        "claims": [claim("Olim Saidov:person", polarity="negated")],
    }
    story = told({"report": [first, later]})
    event = story.event("a/c0")
    assert (event.count.low, deniers(event), story.findings("retraction")) == (1, [], [])
    later["claims"] = [claim("Olim Saidov:person", stance="denied")]
    story = told({"report": [first, later]})
    event = story.event("a/c0")
    assert (event.count.low, deniers(event)) == (0, ["Olim Saidov"])
    assert story.findings("retraction")


def test_who_takes_it_back_without_saying_what_is_sought_where_he_told_it(told: Tell) -> None:
    people = [{"name": "Olim Saidov", "roles": ["cook"]}]
    back = {
        "text": "Olim Saidov has retracted his account.",
        "chain": ["Olim Saidov:person"],
        "stance": "denied",
    }
    first, other, later = (
        {"id": "a", "published": "2023-05-04", "claims": [claim("Olim Saidov:person")]},
        {"id": "b", "published": "2023-05-05", "claims": [claim("Anora Rahimova:person")]},
        {"id": "c", "published": "2023-05-09", "claims": [back]},
    )
    story = told({"report": [{**one, "people": people} for one in (first, other, later)]})
    event = story.event("a/c0")
    assert "c/c0" in event.claims
    assert [source.name for source in event.sources] == ["Anora Rahimova"]
    assert story.findings("retraction")


def test_translations_of_a_denial_add_no_denier_even_where_nobody_knows_which_was_first(
    told: Tell,
) -> None:
    told_by = claim("Olim Saidov:person:eyewitness")
    reports = [
        {
            "id": "a",
            "claims": [told_by, claim("the recruitment office:organisation", stance="denied")],
        },
        {
            "id": "b",
            "language": "es",
            "claims": [told_by, claim("la oficina de reclutamiento:organisation", stance="denied")],
        },
    ]
    members = [{"report": name, "relation": "translation"} for name in ("a", "b")]
    event = told({"report": reports, "family": [{"members": members}]}).event("a/c0")
    assert deniers(event) == ["the recruitment office"]


@pytest.mark.parametrize(
    ("chain", "text", "language", "denies"),
    [
        ("the plant's director:person", "They left of their own accord.", "en", True),
        ("директор завода:person", "Они сами уехали домой.", "ru", True),
        ("the prison service:organisation", "All signed voluntarily.", "en", True),
        ("a worker:person", "They left of their own accord.", "en", False),
        ("the plant's director:person", "They left by bus.", "en", False),
    ],
)
def test_that_people_went_of_their_own_accord_denies_force_from_who_answers_for_it(
    told: Tell, chain: str, text: str, language: str, denies: bool
) -> None:
    forced = claim("Olim Saidov:person:eyewitness", acts=["transfer", "coerce"])
    free = claim(chain, text=text, acts=[], where=["facility:Penal Colony No. 4"], many="12-12 men")
    if language == "ru":
        free["where"] = ["facility:исправительная колония № 4"]
    reports = [{"id": "a", "claims": [forced]}, {"id": "b", "language": language, "claims": [free]}]
    event = told({"report": reports}).event("a/c0")
    assert bool(event.denials) is denies
    assert [c.kind for c in event.contradictions] == (["account"] if denies else [])
    assert event.count.low == 1


@pytest.mark.parametrize(("role", "counted"), [("director", False), ("cook", True)])
def test_the_head_of_who_denies_is_no_source_for_it(told: Tell, role: str, counted: bool) -> None:
    report = {
        "id": "a",
        "people": [{"name": "Kemal Aslan", "roles": [role]}],
        "claims": [
            claim("Blue Lantern Staffing:organisation", stance="denied"),
            claim("Kemal Aslan:person"),
        ],
    }
    first = {"id": "0", "claims": [claim("Olim Saidov:person:eyewitness")]}
    event = told({"report": [first, report]}).event("0/c0")
    assert ("Kemal Aslan" in [source.name for source in event.sources]) is counted


def test_a_denial_of_what_is_said_to_be_reported_is_one_of_it(told: Tell) -> None:
    """“The ministry denied media reports that inmates of Colony No. 4 were taken away.”"""
    denial = claim("the ministry:organisation", stance="denied")
    inner = {**claim("media:group"), "within": 0}
    bare = claim("Akbar Yusupov:person", polarity="negated", where=[], when=[])
    people = [{"name": "Akbar Yusupov", "roles": ["spokesperson"]}]
    reports = [
        {"id": "a", "claims": [claim("Olim Saidov:person:eyewitness")]},
        {"id": "b", "claims": [denial, inner, bare], "people": people},
    ]
    event = told({"report": reports}).event("a/c0")
    assert deniers(event) == ["the ministry"]
    assert {"b/c0", "b/c2"} <= set(event.claims)


def test_what_names_no_day_is_a_denial_of_the_only_thing_told_lately_there(told: Tell) -> None:
    def page(name: str, day: str, **more: Any) -> dict[str, Any]:
        taken = claim("Olim Saidov:person:eyewitness", where=["town:Osh"], **more)
        return {"id": name, "published": day, "claims": [taken]}

    def denied(*pages: dict[str, Any]) -> list[str]:
        denial = claim("the ministry:organisation", stance="denied", where=["town:Osh"], when=[])
        last = {"id": "z", "published": "2023-05-10", "claims": [denial]}
        return [event.id for event in told({"report": [*pages, last]}).events if event.denials]

    lately = page("a", "2023-05-04", when=["2023-05-03"])
    assert denied(lately) == ["a/c0"]
    assert denied(lately, page("b", "2023-05-09", when=["2023-04-20"])) == []
    assert denied(page("a", "2023-03-04", when=["2023-03-03"])) == []


def test_a_denial_goes_to_that_of_several_things_told_which_it_can_be_of(told: Tell) -> None:
    fled = claim(
        "Nilufar Yusupova:person:victim", acts=["flee"], many="2-2 women", text="They fled."
    )
    held = claim(
        "Nilufar Yusupova:person:victim", acts=["detain"], when=["2023-01-09"], text="Held."
    )
    denial = claim("Hassan Marwan:person", acts=["detain"], stance="denied", where=[], when=[])
    events = told({"report": [{"id": "a", "claims": [fled, fled, held, denial]}]}).events
    assert {event.acts: deniers(event) for event in events} == {
        ("flee",): [],
        ("detain",): ["Hassan Marwan"],
    }


def test_a_lawyer_and_the_client_whose_denial_he_tells_are_one_denier(told: Tell) -> None:
    people = [{"name": "Oleg Drozd", "roles": ["spokesperson"]}, {"name": "Pavel Semyonov"}]
    client = claim("Oleg Drozd:person:told", stance="denied")
    client["chain"].append("Pavel Semyonov:person")
    own = claim("Oleg Drozd:person", stance="denied")
    first = {"id": "a", "claims": [claim("Olim Saidov:person:eyewitness")]}
    second = {"id": "b", "people": people, "claims": [client, own]}
    assert len(deniers(told({"report": [first, second]}).event("a/c0"))) == 1
