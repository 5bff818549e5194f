import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guvoh.casefile import derived, lookups, tables
from guvoh.casefile.folder import Case
from guvoh.model.lineage import Derivation, Relation
from tests.casefile.values import report


@pytest.fixture
def db(opened: Case) -> Iterator[sqlite3.Connection]:
    with closing(derived.connect(opened)) as connection:
        yield connection


hashes = st.integers(-(2**63), 2**63 - 1) | st.integers(-3, 3)


@given(st.lists(st.tuples(hashes, st.integers(0, 5))), st.lists(hashes), st.integers(0, 6))
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50
)
def test_postings_are_those_asked_for_of_earlier_reports(
    db: sqlite3.Connection, pairs: list[tuple[int, int]], asked: list[int], before: int
) -> None:
    with derived.chunk(db):
        db.execute("DELETE FROM posting")
        lookups.put_postings(db, pairs)
    expected = sorted({pair for pair in pairs if pair[0] in asked})
    assert lookups.postings(db, asked) == expected
    assert lookups.postings(db, asked, before) == [pair for pair in expected if pair[1] < before]


def test_a_report_leaves_its_postings(db: sqlite3.Connection) -> None:
    with derived.chunk(db):
        lookups.put_postings(db, [(1, 0), (1, 1), (2, 1)])
        lookups.drop_postings(db, 1, [1, 2])
    assert lookups.postings(db, [1, 2]) == [(1, 0)]


def test_postings_are_fetched_by_their_key(db: sqlite3.Connection) -> None:
    plan = db.execute(
        "EXPLAIN QUERY PLAN SELECT posting.hash, posting.ordinal FROM json_each('[1]') AS asked"
        " CROSS JOIN posting ON posting.hash = asked.value AND posting.ordinal < 9"
    ).fetchall()
    assert any("SEARCH posting USING PRIMARY KEY (hash=? AND ordinal<?)" in row[3] for row in plan)


def test_happenings_of_a_key_come_in_the_order_they_were_put(db: sqlite3.Connection) -> None:
    with derived.chunk(db):
        lookups.put_happenings(db, [("b", b"1"), ("a", b"2")], [("k", "b"), ("k", "a"), ("j", "a")])
        lookups.put_happenings(db, [("b", b"3")], [("k", "b")])
    assert lookups.happening_keys(db, ["k"]) == [("k", "b"), ("k", "a")]
    assert lookups.happenings(db, ["a", "b", "c"]) == {"a": b"2", "b": b"3"}


def test_what_hangs_on_two_events_goes_with_the_last(db: sqlite3.Connection) -> None:
    with derived.chunk(db):
        lookups.hang(db, "one", "finding", ["x", "y"])
        lookups.hang(db, "two", "finding", ["y"])
    assert lookups.unhang(db, ["one"], "finding") == ["x"]
    assert lookups.unhang(db, ["two"], "finding") == ["y"]


def copied(parent: str) -> Derivation:
    return Derivation(parent, "c", Relation.COPY, directed=True, confidence=900)


def test_a_component_holds_all_that_derivations_connect(db: sqlite3.Connection) -> None:
    with derived.chunk(db):
        tables.put_reports(db, [(n, report(name)) for n, name in enumerate("abcd")])
        tables.put(db, tables.DERIVATION, [copied("a"), copied("b")])
    assert lookups.component(db, "a") == {"a": 0, "b": 1, "c": 2}
    assert lookups.component(db, "d") == {"d": 3}


def test_reports_are_linked_by_families_and_by_people(db: sqlite3.Connection) -> None:
    with derived.chunk(db):
        tables.put_reports(db, [(n, report(name)) for n, name in enumerate("abcde")])
        db.execute("INSERT INTO family (id, value) VALUES ('a', X'')")
        db.executemany("INSERT INTO family_member VALUES (?, 'a')", [("a",), ("c",)])
        lookups.hang(db, "event", lookups.BOND, ["c", "d"])
        lookups.hang(db, "event", "finding", ["b"])
    assert lookups.linked(db, ["a"]) == ["a", "c", "d"]
    assert lookups.linked(db, ["d", "b"]) == ["a", "b", "c", "d"]
    assert lookups.linked(db, ["e"]) == ["e"]
