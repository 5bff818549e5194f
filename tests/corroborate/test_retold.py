"""Two interviews with their copies, translations and plagiarisms, built as real pages: nobody is counted who was made up."""

import json

import pytest

from benchmarks.expected.case import Answer
from guvoh.languages.fold import fold
from tests.corroborate.stories import Row, expected, told

EXPECTED = expected("retold")
IDS = [f"{event['story']}-{event.get('status', 'past')}" for event in EXPECTED]


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> Answer:
    """Return what a case of both stories says: they must not run into one another."""
    return told("retold", tmp_path_factory)


def event_of(answer: Answer, wanted: Row) -> Row:
    """Return the event of a story with an act and status, that of most reports."""
    status = wanted.get("status", "past")
    fitting = [
        row
        for row in answer.rows["events"]
        if set(wanted["acts"]) & set(row["acts"])
        and row["status"] == status
        and all(file.startswith(wanted["story"]) for file in answer.files_of(row["claims"]))
    ]
    return max(fitting, key=lambda row: int(row["reports"]))


@pytest.mark.parametrize("wanted", EXPECTED, ids=IDS)
def test_no_count_is_too_high(answer: Answer, wanted: Row) -> None:
    row = event_of(answer, wanted)
    found = row["original_sources"]
    assert wanted["at_least"] <= found["low"] <= wanted["low"]
    assert found["high"] <= wanted["high"]
    assert found["firsthand"] <= wanted["firsthand"]
    for key in ("who", "when", "where", "how_many"):
        for value in row[key]:
            assert value["original_sources"]["low"] <= wanted["low"], value
            assert value["original_sources"]["high"] <= wanted["high"], value


@pytest.mark.parametrize("wanted", EXPECTED, ids=IDS)
def test_who_was_made_up_is_no_source(answer: Answer, wanted: Row) -> None:
    row = event_of(answer, wanted)
    names = [fold(source["name"]) for source in row["sources"]]
    assert [name for name in wanted["sources"] if fold(name) not in names] == []
    assert [name for name in wanted["never"] if fold(name) in names] == []


@pytest.mark.parametrize("wanted", EXPECTED, ids=IDS)
def test_the_sentence_tells_what_the_first_version_tells(answer: Answer, wanted: Row) -> None:
    row = event_of(answer, wanted)
    if "many" in wanted:
        first = row["how_many"][0]
        low, high = wanted["many"]
        assert low <= first["low"] <= first["high"] <= high, row["summary"]
    if "path" in wanted:
        assert any(wanted["path"] in sentence for sentence in row["circular"]), row["circular"]
    if "warns" in wanted:
        texts = [
            w["text"] for w in answer.rows["warnings"] if w["warning"].startswith(row["event"])
        ]
        assert [text for text in texts if wanted["warns"] in text], texts


def test_each_plan_is_warned_of_once(answer: Answer) -> None:
    assert len(answer.rows["warnings"]) == sum("warns" in event for event in EXPECTED)


def test_a_name_that_a_copy_gives_in_a_sentence_of_its_own_is_shown_nowhere(answer: Answer) -> None:
    """The mother is called Zarina at her request; a copy leaves that out and adds who she is."""
    shown = fold(json.dumps(answer.rows, ensure_ascii=False))
    assert "zarina" in shown
    assert "safarova" not in shown
