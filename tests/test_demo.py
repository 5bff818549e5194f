"""The demo case as a whole: what no answer may do, and how much of it is right by now."""

import copy
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from benchmarks.demo import DEMO
from benchmarks.expected.bounds import bounds
from benchmarks.expected.case import NOUNS, Answer, answer_of
from benchmarks.expected.checks import AREAS, Check, figures, printed
from benchmarks.expected.comparison import compare, expected
from benchmarks.expected.likeness import inside, same_name
from benchmarks.report import FLOORS
from tests.conftest import Demo


@dataclass(frozen=True)
class Told:
    answer: Answer
    checks: list[Check]


@pytest.fixture(scope="module")
def told(demo: Demo) -> Told:
    assert demo.case.is_dir(), demo.said
    answer = answer_of(demo.case, demo.home)
    return Told(answer, compare(answer, expected(DEMO)))


def test_the_demo_is_built_without_a_traceback(demo: Demo) -> None:
    assert demo.status in (0, 1), demo.said
    assert "Traceback" not in demo.said, demo.said


@pytest.mark.parametrize("number", range(len(expected(DEMO)["never"])))
def test_no_answer_does_what_none_may(told: Told, number: int) -> None:
    rule = [check for check in told.checks if check.area == "never"][number]
    assert rule.passed, f"{rule.what}: {rule.got}"


@pytest.mark.parametrize("area", AREAS)
def test_no_area_falls_below_its_floor(told: Told, area: str) -> None:
    """Floors may rise and never fall."""
    floors = tomllib.loads(FLOORS.read_text("utf-8"))["demo"]
    missed = [check for check in told.checks if check.area == area]
    assert figures(told.checks)[area] >= floors[area], printed(missed)


def test_no_event_and_no_value_is_counted_too_high(told: Told) -> None:
    found = list(bounds(told.answer, expected(DEMO)))
    assert len(found) > 60
    assert [one for one in found if one.over] == []


def test_nobody_stands_twice_in_a_chain_that_is_shown(told: Told) -> None:
    chains = [
        chain
        for row in told.answer.rows["events"]
        for source in row["sources"]
        for chain in source["chains"]
    ]
    assert chains
    assert [chain for chain in chains if len(set(chain)) < len(chain)] == []


def test_every_area_is_checked_and_what_may_be_left_out_does_not_count(told: Told) -> None:
    assert {check.area for check in told.checks} == set(AREAS)
    optional = [check for check in told.checks if not check.must]
    assert optional
    assert not any(figures(optional).values())


def test_an_empty_case_passes_nothing_that_counts() -> None:
    """A check that silence passes would let a broken build look right."""
    silent = compare(Answer({noun: [] for noun in NOUNS}), expected(DEMO))
    assert [check.what for check in silent if check.passed] == []


def _unmask(rows: dict[str, Any]) -> None:
    rows["people"][0]["aliases"].append("Рустама Каландарзоды")


def _attach(rows: dict[str, Any]) -> None:
    claim = next(
        c
        for c in rows["claims"]
        if ("█" in c["text"] or "___" in c["text"]) and c["file"].startswith("world")
    )
    claim["places"] = [{"name": "Ruritania", "precision": "country"}]
    rows["people"] = [p for p in rows["people"] if "Qalandarzoda" not in p["name"]]
    rows["events"][0]["where"] = [{"name": "Ruritania", "claims": [claim["claim"]]}]


def _derive(rows: dict[str, Any]) -> None:
    family = next(f for f in rows["families"] if f["members"])
    member = {**family["members"][0], "file": "severny-peleng-voditel.html"}
    family["citers"].append({**member, "parent": "arctic-fish-plant-buses.html"})


def _claims_of(rows: dict[str, Any], *files: str) -> list[str]:
    return [claim["claim"] for claim in rows["claims"] if claim["file"] in files]


def _merge(rows: dict[str, Any]) -> None:
    mixed = _claims_of(rows, "arctic-fish-plant-buses.html", "quillmark-colony-17.html")
    rows["events"][0]["claims"] = mixed


def _count(rows: dict[str, Any]) -> None:
    event = rows["events"][0]
    event["claims"] = _claims_of(rows, "world-desk-exclusive.html")
    event["sources"] = [{"name": "Jonathan Merrivale"}]


def _place(rows: dict[str, Any]) -> None:
    event = rows["events"][0]
    event.update(claims=_claims_of(rows, "severny-peleng-voditel.html"), acts=["transfer"])
    event["where"] = [{"name": "Кандалакше", "claims": []}]


def _one(rows: dict[str, Any]) -> None:
    rows["people"][0].update(name="Marina Horobet", aliases=["Pavel Horobet"])


@pytest.mark.parametrize(
    ("wrong", "rule"),
    [
        (_unmask, "unmask: Daler"),
        (_attach, "unmask: Daler"),
        (_derive, "derivation: arctic-fish-plant-buses.html, severny-peleng-voditel.html"),
        (_merge, "same-event: first-transfer, colony-17"),
        (_count, "counted: first-transfer"),
        (_place, "place: first-transfer"),
        (_one, "same-person: Marina Horobet, Pavel Horobet"),
    ],
)
def test_what_none_may_do_is_noticed(
    told: Told, wrong: Callable[[dict[str, Any]], None], rule: str
) -> None:
    rows = copy.deepcopy(dict(told.answer.rows))
    wrong(rows)
    found = [
        check for check in compare(Answer(rows), expected(DEMO)) if check.what.startswith(rule)
    ]
    assert [check.passed for check in found] == [False]


@pytest.mark.parametrize(
    ("got", "name", "same"),
    [
        ("the Military Commissariat", "military commissariat", True),
        ("Stepan", "Степан", True),
        ("a worker at Fish Plant No. 17 in Tyulenikha", "worker at Fish Plant No. 17", True),
        ("Daler’s sister", "Daler", False),
        ("the sister of Daler", "Daler", False),
        ("Marina Horobet", "Pavel Horobet", False),
        ("Fish Plant No. 18", "Fish Plant No. 17", False),
        ("", "", False),
    ],
)
def test_a_name_is_the_same_in_other_scripts_and_never_a_part(
    got: str, name: str, same: bool
) -> None:
    assert same_name(got, [name]) is same


@pytest.mark.parametrize(
    ("edtf", "within", "lies"),
    [
        ("2024-01-26/2024-01-27", "2024-01-20/2024-01-31", True),
        ("2024-01", "2024-01-20/2024-01-31", False),
        ("2024-01-26/..", "2024-01-20/2024-01-31", False),
        ("2024-01-26", "XXXX-01-20/XXXX-01-31", False),
        ("XXXX-01-21/XXXX-01-31", "XXXX-01-20/XXXX-01-31", True),
        ("P3M", "2024-01-20/2024-01-31", False),
    ],
)
def test_a_time_lies_wholly_inside_or_is_wrong(edtf: str, within: str, lies: bool) -> None:
    assert inside(edtf, within) is lies
