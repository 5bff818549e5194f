"""What reports of poor quality do to events and counts: nothing but what they say, and no witness more."""

import time
from collections.abc import Callable
from typing import Any

Tell = Callable[[dict[str, Any]], Any]
TAKEN: dict[str, Any] = {
    "text": "On 3 May twelve men were taken from Colony No. 4.",
    "chain": ["Olim Saidov:person:eyewitness"],
    "acts": ["transfer"],
    "when": ["2023-05-03"],
    "where": ["facility:Penal Colony No. 4"],
    "many": "12-12 men",
}


def test_events_without_time_or_place_stay_apart(told: Tell) -> None:
    """Nothing but the act in common makes two happenings one."""
    bare = {
        "text": "They were beaten, he said.",
        "acts": ["beat"],
        "who": ["affected:group:workers"],
    }
    reports = [
        {"id": "a", "claims": [{**bare, "chain": ["Olim Saidov:person"]}]},
        {"id": "b", "claims": [{**bare, "chain": ["Vera Lind:person"]}]},
    ]
    story = told({"report": reports})
    assert [event.reports for event in story.events] == [("a",), ("b",)]
    for event in story.events:
        assert (event.when, event.where, event.count.low) == ((), (), 1)
        assert event.summary.endswith("were beaten (by one account).")


def test_a_report_that_contradicts_itself_is_one_event_with_both_numbers(told: Tell) -> None:
    other = {**TAKEN, "text": "Forty men were taken on 3 May, he said.", "many": "40-40 men"}
    event = told({"report": [{"id": "a", "claims": [TAKEN, other]}]}).event("a/c0")
    assert [contradiction.kind for contradiction in event.contradictions] == ["how_many"]
    assert (event.count.low, event.count.high) == (1, 1)
    assert sorted(value.low for value in event.how_many) == [12, 40]


def test_hundreds_of_claims_by_hundreds_of_sources_are_counted_in_seconds(told: Tell) -> None:
    reports = [
        {"id": f"r{at:03}", "claims": [{**TAKEN, "chain": [f"{name(at)}:person"]}] * 2}
        for at in range(200)
    ]
    begin = time.process_time()
    event = told({"report": reports}).event("r000/c0")
    spent = time.process_time() - begin
    assert len(event.claims) == 400
    assert event.count.low <= event.count.high == 200
    assert spent < 30  # CPU seconds; about 6 when it was written


def name(at: int) -> str:
    """Return a name that nobody else has."""
    parts = ("Bor", "Dem", "Gul", "Kat", "Lev", "Mir", "Nos", "Pak", "Ras", "Tov")
    return f"{parts[at % 10]}{parts[at // 10 % 10].lower()} {parts[at // 100]}{parts[at % 7].lower()}in"


def test_outlets_that_narrate_without_naming_anyone_give_nobody(told: Tell) -> None:
    reports = [{"id": f"r{at}", "claims": [{**TAKEN, "chain": []}]} for at in range(12)]
    event = told({"report": reports}).event("r0/c0")
    assert event.count.low == 0
    assert event.sources == ()
    assert event.grade == "F6"
    assert event.summary.endswith("(unattributed).")


def test_outlets_that_cite_one_another_in_a_circle_give_nobody(told: Tell) -> None:
    outlets = ("Alpha", "Beta", "Gamma")
    reports = [
        {
            "id": f"r{at}",
            "publisher": outlet,
            "claims": [{**TAKEN, "chain": [f"{outlets[at - 1]}:organisation"]}],
        }
        for at, outlet in enumerate(outlets)
    ]
    event = told({"report": reports}).event("r0/c0")
    assert (event.count.low, event.count.high) == (0, 0)
    assert "in a circle" in event.circular[-1]


def test_a_correction_published_later_stays_beside_what_it_corrects(told: Tell) -> None:
    first = {"id": "a", "publisher": "Post", "published": "2023-05-04", "claims": [TAKEN]}
    later = {
        "id": "b",
        "publisher": "Post",
        "published": "2023-05-06",
        "claims": [{**TAKEN, "text": "Correction: twenty men, not twelve.", "many": "20-20 men"}],
    }
    event = told({"report": [first, later]}).event("a/c0")
    assert sorted(value.low for value in event.how_many) == [12, 20]
    (contradiction,) = event.contradictions
    assert "2023-05-06 is the later one" in contradiction.because
    assert event.count.low == 1
