"""Fourteen pages on housemaids held in a flat, built as real pages: what is counted too high is known."""

import pytest

from benchmarks.expected.case import Answer
from guvoh.languages.fold import fold
from tests.corroborate.stories import Row, event_of, expected, told

EXPECTED = expected("housemaids")
IDS = [event["id"] for event in EXPECTED]
# The neighbour, the sister's telephone call and the kin of five are not brought to the main event; an interpreter who
# was on the stairs is not read as an eyewitness.
UNDER = 4


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> Answer:
    return told("housemaids", tmp_path_factory)


@pytest.mark.parametrize("wanted", EXPECTED, ids=IDS)
def test_nothing_else_is_counted_too_high(answer: Answer, wanted: Row) -> None:
    row = event_of(answer, wanted)
    for value in (row, *row["who"], *row["when"], *row["where"], *row["how_many"]):
        for bound in ("low", "high", "firsthand"):
            assert value["original_sources"].get(bound, 0) <= wanted[bound], value
    names = [fold(source["name"]) for source in row["sources"]]
    assert [n for n in wanted["never"] if any(fold(n) in name for name in names)] == []


def test_no_more_is_counted_too_low_than_is_known(answer: Answer) -> None:
    under = [
        (wanted["id"], bound)
        for wanted in EXPECTED
        for bound in ("low", "high", "firsthand")
        if event_of(answer, wanted)["original_sources"][bound] < wanted[bound]
    ]
    assert len(under) <= UNDER, under


@pytest.mark.parametrize("wanted", EXPECTED, ids=IDS)
def test_what_happened_later_or_elsewhere_is_not_mixed_in(answer: Answer, wanted: Row) -> None:
    row = event_of(answer, wanted)
    files = answer.files_of(row["claims"])
    assert [file for file in wanted["without"] if file in files] == []
    assert wanted["when"] in {value["edtf"] for value in row["when"]}
    if "many" in wanted:
        low, high = wanted["many"]
        first = row["how_many"][0]
        assert low <= first["low"] <= first["high"] <= high, row["summary"]


def test_the_plan_warns_once(answer: Answer) -> None:
    (warning,) = answer.rows["warnings"]
    assert warning["status"] == "open"
    assert "April 2025" in warning["text"]
