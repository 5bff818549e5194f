from collections.abc import Callable
from typing import Any

import pytest

from guvoh.corroborate.ties import Tie, groups

Tell = Callable[[dict[str, Any]], Any]

# What one report calls its source, what another does, the sources in the lower bound, and a word of
# the question that would part them.
PAIRS = [
    ("the family of a man:group", "родственники:group", 1, "family"),
    ("a prisoner's father:person", "отец заключённого:person", 1, "same"),
    ("a prisoner's father:person", "the mother of a prisoner:person", 1, "family"),
    (
        "relatives of four workers:group",
        "a worker:person",
        1,
        "tell relatives of four workers of it",
    ),
    ("a witness:person", "a local man:person", 1, "same"),
    ("очевидец:person", "a guard:person", 1, "same"),
    ("residents:group", "a resident:person", 1, "one of"),
    ("the brother of Timur:person", "the sister of Olim:person", 2, ""),
    ("the cook:person", "a neighbour:person", 2, ""),
    ("Olim Saidov:person", "a local man:person", 1, "same"),
    ("Olim Saidov:person", "сварщик:person", 1, "same"),
    ("Olim Saidov:person", "residents:group", 2, ""),
    ("the relatives:group", "the driver:person", 2, ""),
]


def report(name: str, chain: list[str], **more: Any) -> dict[str, Any]:
    claim = {
        "text": "On 3 May twelve men were taken from Colony No. 4.",
        "chain": chain,
        "acts": ["transfer"],
        "when": ["2023-05-03"],
        "where": ["facility:Penal Colony No. 4"],
    }
    return {"id": name, "claims": [claim], **more}


def language(speaker: str) -> str:
    return "ru" if any("а" <= sign <= "я" for sign in speaker.lower()) else "en"


@pytest.mark.parametrize(("one", "other", "low", "asked"), PAIRS)
def test_what_may_be_one_is_one_in_the_lower_bound(
    told: Tell, one: str, other: str, low: int, asked: str
) -> None:
    reports = [
        report(name, [speaker], language=language(speaker))
        for name, speaker in (("a", one), ("b", other))
    ]
    event = told({"report": reports}).event("a/c0")
    assert event.count.low == low
    assert event.count.high <= 2
    assert [asked in join.question for join in event.joined] == [True] * (event.count.high - low)


def test_a_relative_through_whom_one_is_heard_may_be_among_nameless_relatives(told: Tell) -> None:
    people = [{"name": "Daler"}, {"name": "Daler's sister", "relations": [["sister", "Daler"]]}]
    chain = ["Daler's sister:person:told", "Daler:person"]
    event = told(
        {"report": [report("a", chain, people=people), report("b", ["relatives:group"])]}
    ).event("a/c0")
    assert (event.count.low, event.count.high) == (1, 2)
    assert "Daler's sister, through whom Daler is heard" in event.joined[0].question


def test_someone_named_and_someone_described_in_one_report_may_be_one(told: Tell) -> None:
    one = report("a", ["Stepan:person:eyewitness"])
    one["claims"].append({**one["claims"][0], "chain": ["the cook:person"]})
    event = told({"report": [one]}).event("a/c0")
    assert (event.count.low, event.count.high) == (1, 2)
    one["claims"][1] = {**one["claims"][0], "chain": ["another cook:person"]}
    assert told({"report": [one]}).event("a/c0").count.low == 2


def test_many_who_speak_are_never_more_for_not_being_compared(
    told: Tell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("guvoh.corroborate.ties._COMPARED", 3)
    names = ("Olim Saidov", "Vera Lind", "Jan Kost", "Ada Prill", "Bo Hart")
    event = told({"report": [report(f"r{at}", [f"{n}:person"]) for at, n in enumerate(names)]})
    count = event.event("r0/c0").count
    assert count.low < count.high == 5


def test_groups() -> None:
    assert groups(4, [Tie(0, 2, ("?",)), Tie(2, 3, ("?",))]) == [0, 1, 0, 0]


def test_who_passes_on_in_one_report_and_speaks_alone_in_another_may_have_it_from_the_same(
    told: Tell,
) -> None:
    through = report("a", ["Салима Эргашева:person", "the relatives:group"])
    alone = report("b", ["Salima Ergasheva:person:told"])
    event = told({"report": [through, alone]}).event("a/c0")
    assert (event.count.low, event.count.high) == (1, 2)
    assert "from anyone but" in event.joined[0].question
    other = report("b", ["Salima Yuldasheva:person:told"])
    assert told({"report": [through, other]}).event("a/c0").count.low == 2


@pytest.mark.parametrize(("befell", "low"), [(["affected:person:Daler"], 1), ([], 2)])
def test_two_to_whom_it_was_done_may_have_told_one_another(
    told: Tell, befell: list[str], low: int
) -> None:
    """The son of whom his mother says that he was taken was there, and so was the worker who got away."""
    one = report("a", ["Olim Saidov:person:victim"], people=[{"name": "Olim Saidov"}])
    other = report("b", ["Daler:person"], people=[{"name": "Daler"}])
    other["claims"][0]["who"] = befell
    assert told({"report": [one, other]}).event("a/c0").count.low == low


def test_whoever_passed_it_on_does_not_part_a_friend_from_his_full_name(told: Tell) -> None:
    people = [{"name": "Otabek"}, {"name": "Rustam Eshonov"}]
    passed = report("a", ["Rustam Eshonov:person:told", "Otabek:person:unknown"], people=people)
    passed["claims"].append({**passed["claims"][0], "chain": ["Rustam Eshonov:person:told"]})
    own = report(
        "b", ["Otabek Yuldashev:person:participant"], people=[{"name": "Otabek Yuldashev"}]
    )
    event = told({"report": [passed, own]}).event("a/c0")
    assert (event.count.low, event.count.high) == (1, 2)
    assert "the same" in event.joined[0].question


def test_a_senior_officer_may_be_the_police_chief(told: Tell) -> None:
    people = [{"name": "Marat Dzhumabaev", "roles": ["police chief"]}]
    chief = report("b", ["Marat Dzhumabaev:person:unknown"], people=people)
    event = told({"report": [report("a", ["a senior police officer:person"]), chief]}).event("a/c0")
    assert (event.count.low, event.count.high) == (1, 2)
