import copy
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

CASE = Path(__file__).parents[1] / "cases" / "corroborate" / "two-independent-and-a-statement.toml"
Tell = Callable[[dict[str, Any]], Any]

SPEAKERS = (
    "Daler:person:eyewitness",
    "UN envoy Harald Osk:person:eyewitness",
    "a guard:person:victim",
)
CHANGE = st.tuples(
    st.integers(0, 1),  # which claim of the original is changed
    st.sampled_from(("chain", "when", "many", "none")),
    st.sampled_from(SPEAKERS),
    st.sampled_from(("copy", "edited", "translation", "paraphrase", "adds-nothing-new")),
)


def copied(notes: dict[str, Any], changes: list[tuple[int, str, str, str]]) -> dict[str, Any]:
    """Return a story with copies of its first report, each with one thing changed."""
    notes = copy.deepcopy(notes)
    original = notes["report"][0]
    members = [{"report": original["id"], "relation": "origin"}]
    for at, (which, what, speaker, relation) in enumerate(changes):
        made = copy.deepcopy(original)
        made["id"], made["publisher"] = f"copy{at}", f"Copyist {at}"
        claim = made["claims"][which]
        if what == "chain":
            claim["chain"] = [speaker]
        elif what == "when":
            claim["when"] = ["2023-01-01/2023-01-10"]
        elif what == "many":
            claim["many"] = "300-300 men"
        notes["report"].append(made)
        members.append({"report": made["id"], "relation": relation, "parent": original["id"]})
    notes["family"] = [{"origin": original["id"], "members": members}]
    return notes


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(changes=st.lists(CHANGE, min_size=1, max_size=5))
def test_copying_never_raises_a_count(told: Tell, changes: list[tuple[int, str, str, str]]) -> None:
    notes = tomllib.loads(CASE.read_text(encoding="utf-8"))
    before = told(notes).event("interview/c0")
    after = told(copied(notes, changes)).event("interview/c0")
    assert after.count == before.count
    assert after.texts <= before.texts + sum(
        c[3] in ("paraphrase", "adds-nothing-new") for c in changes
    )
    kept = {(v.name, v.edtf, v.low): v.count for v in (*after.when, *after.how_many, *after.where)}
    for value in (*before.when, *before.how_many, *before.where):
        assert kept[value.name, value.edtf, value.low] == value.count


def report(name: str, speaker: str, **more: Any) -> dict[str, Any]:
    claim = {
        "text": "On 3 May twelve men were taken from Colony No. 4.",
        "chain": [speaker],
        "acts": ["transfer"],
        "when": ["2023-05-03"],
        "where": ["facility:Penal Colony No. 4"],
    }
    return {"id": name, "claims": [claim], **more}


def test_a_source_confirmed_by_a_person_counts_again(told: Tell) -> None:
    notes: dict[str, Any] = {
        "report": [report("a", "Olim Saidov:person"), report("b", "Vera Lind:person")],
        "family": [
            {
                "origin": "a",
                "members": [
                    {"report": "a", "relation": "origin"},
                    {"report": "b", "relation": "edited", "parent": "a"},
                ],
            }
        ],
    }
    before = told(notes).event("a/c0")
    assert [one.name for one in before.unconfirmed] == ["Vera Lind"]
    assert before.count.high == 1
    notes["assessment"] = [{"claim": "b/c0", "verdict": "confirm-source"}]
    after = told(notes).event("a/c0")
    assert (after.count.high, after.count.checked, after.unconfirmed) == (2, 1, ())


def test_a_source_rejected_by_a_person_counts_no_more(told: Tell) -> None:
    notes = {
        "report": [report("a", "Olim Saidov:person"), report("b", "Vera Lind:person")],
        "assessment": [{"claim": "b/c0", "verdict": "reject-source"}],
    }
    event = told(notes).event("a/c0")
    assert event.count.high == 1
    assert "was rejected by a person" in [one.reason for one in event.excluded]


def test_to_let_a_source_count_no_more_never_raises_the_bound(told: Tell) -> None:
    """The witness may be either of the two others: without him they are no further apart."""
    notes: dict[str, Any] = {
        "report": [
            report("a", "a guard:person"),
            report("b", "a witness:person"),
            report("c", "the cook:person"),
        ]
    }
    before = told(notes).event("a/c0").count
    assert (before.low, before.high) == (1, 3)
    notes["assessment"] = [{"claim": "b/c0", "verdict": "reject-source"}]
    after = told(notes).event("a/c0").count
    assert (after.low, after.high) == (1, 2)


@pytest.mark.parametrize(
    ("verdict", "low", "high"), [(None, 1, 2), ("independent", 2, 2), ("same-source", 1, 1)]
)
def test_joined_sources_are_parted_or_made_one(
    told: Tell, verdict: str | None, low: int, high: int
) -> None:
    people = [{"name": "a prisoner", "roles": ["prisoner"]}]
    notes: dict[str, Any] = {
        "report": [
            report("a", "a prisoner:person", people=people),
            report("b", "a prisoner:person", people=people),
        ]
    }
    if verdict:
        notes["assessment"] = [
            {"claim": "b/c0", "verdict": verdict, "value": "a prisoner", "other": "a"}
        ]
    event = told(notes).event("a/c0")
    assert (event.count.low, event.count.high) == (low, high)
    assert len(event.joined) == (verdict is None)
    assert event.count.checked == (verdict == "independent")  # who is whom says nothing of a chain


def test_only_two_sources_that_a_person_found_independent_give_credibility_one(told: Tell) -> None:
    notes: dict[str, Any] = {
        "report": [
            report("a", "Olim Saidov:person:eyewitness"),
            report("b", "Vera Lind:person:eyewitness"),
        ]
    }
    assert told(notes).event("a/c0").grade == "F2"
    notes["assessment"] = [
        {"claim": "a/c0", "verdict": "independent"},
        {"claim": "b/c0", "verdict": "independent"},
        {"claim": "a/c0", "verdict": "reliability-B"},
        {"claim": "b/c0", "verdict": "reliability-C"},
    ]
    assert told(notes).event("a/c0").grade == "C1"


def test_both_sent_through_one_lawyer_are_joined(told: Tell) -> None:
    one, other = report("a", "Olim Saidov:person"), report("b", "Vera Lind:person")
    for each in (one, other):
        each["claims"][0]["chain"].insert(0, "the lawyer Marta Holub:person:told")
    event = told({"report": [one, other]}).event("a/c0")
    assert (event.count.low, event.count.high) == (1, 2)
    assert "came through" in event.joined[0].question


def test_who_passes_on_another_is_no_source_beside_him(told: Tell) -> None:
    one = report("a", "Olim Saidov:person")
    one["claims"].append(
        {**one["claims"][0], "chain": ["Olim Saidov:person:told", "Vera Lind:person"]}
    )
    event = told({"report": [one]}).event("a/c0")
    assert (event.count.low, event.count.high) == (1, 1)
    assert [source.name for source in event.sources] == ["Vera Lind"]


def test_members_of_a_family_without_its_origin(told: Tell) -> None:
    family = {
        "missing": "Radio Far",
        "members": [{"report": "a", "relation": "edited"}, {"report": "b", "relation": "edited"}],
    }
    both: dict[str, Any] = {
        "report": [report("a", "a worker:person"), report("b", "a worker:person")],
        "family": [family],
    }
    assert told(both).event("a/c0").count.high == 1
    one = {
        "report": [report("a", "a worker:person"), report("b", "Vera Lind:person")],
        "family": [family],
    }
    assert told(one).event("a/c0").count.high == 0


def test_what_the_page_alone_tells_beside_a_source_may_rest_on_one_and_never_on_more_than_the_event(
    told: Tell,
) -> None:
    """The driver gives the day; that they were twelve is the page's own."""
    place = {"acts": ["transfer"], "where": ["facility:Penal Colony No. 4"]}
    driver = {
        "text": "On 3 May men were taken from Colony No. 4, said the driver Olim Saidov.",
        "chain": ["Olim Saidov:person:eyewitness"],
        "when": ["2023-05-03"],
        **place,
    }
    page = {"text": "Twelve men were taken from Colony No. 4.", "many": "12-12 men", **place}
    event = told({"report": [{"id": "a", "claims": [driver, page]}]}).event("a/c0")
    assert (event.count.low, event.count.high) == (1, 1)
    (day,), (number,) = event.when, event.how_many
    assert (day.count.low, day.count.high) == (1, 1)
    assert (number.count.low, number.count.high) == (0, 1)


def test_an_article_that_a_correction_quotes_is_nobody_on_whose_word_a_number_rests(
    told: Tell,
) -> None:
    quoted = {
        "text": "An article said that on 3 May a hundred men were taken from Colony No. 4. That was wrong.",
        "chain": ["an article:person:unknown"],
        "acts": ["transfer"],
        "when": ["2023-05-03"],
        "where": ["facility:Penal Colony No. 4"],
        "many": "100-100 men",
    }
    event = told({"report": [{"id": "a", "claims": [quoted]}]}).event("a/c0")
    assert (event.count.low, event.sources) == (0, ())


def test_that_somebody_refused_is_no_word_for_what_was_done(told: Tell) -> None:
    """What a page tells beside the act, of its own, counts for nothing."""
    there = {"where": ["facility:Mill No. 3"], "when": ["2031-05-03"]}
    taken = {"text": "Men were taken on 3 May.", "acts": ["transfer"], **there}
    refused = {"text": "The mill refused to comment on 3 May.", "acts": ["refuse"], **there}
    reports = [
        {"id": "a", "claims": [{**taken, "chain": ["Rustam:person"]}]},
        {"id": "b", "claims": [taken]},
        {"id": "c", "claims": [refused]},
    ]
    event = told({"report": reports}).event("a/c0")
    assert (event.count.low, event.count.high) == (1, 2)
