import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from guvoh.casefile import derived, lookups, tables
from guvoh.casefile.folder import Case
from guvoh.model.claim import Place
from guvoh.model.finding import Finding
from guvoh.model.lineage import Change, ChangeKind, Derivation, Relation
from guvoh.model.text import Span
from tests.casefile.values import event, family, reading, report


@pytest.fixture
def db(opened: Case) -> Iterator[sqlite3.Connection]:
    with closing(derived.connect(opened)) as connection:
        yield connection


def test_values_come_back_as_they_were(db: sqlite3.Connection) -> None:
    change = Change(ChangeKind.TIME, None, "May", None, Span(3, 6))
    derivation = Derivation("a#1", "b", Relation.EDITED, True, 800, changes=(change,))
    place = Place("Åse", Span(0, 3), "Åse", latitude=69.1, longitude=-0.0)
    reports = [report("a#1", publisher="Kyst"), report("b")]
    with derived.chunk(db):
        tables.put_reports(db, [(7, reports[1]), (3, reports[0])])
        tables.put(db, tables.DERIVATION, [derivation])
        tables.put(db, tables.PLACE, [place])
        tables.put(db, tables.READING, [reading("b", "b/1")])
    assert list(tables.every(db, tables.REPORT)) == reports
    assert tables.get(db, tables.REPORT, "a#1") == reports[0]
    assert tables.get(db, tables.REPORT, "a") is None
    assert tables.get(db, tables.DERIVATION, "a#1", "b") == derivation
    assert tables.get(db, tables.PLACE, "Åse") == place
    assert tables.several(db, tables.REPORT, ["b", "none", "a#1"]) == {
        "a#1": reports[0],
        "b": reports[1],
    }
    assert tables.where(db, tables.REPORT, "publisher", "Kyst") == [reports[0]]
    assert tables.get(db, tables.READING, "b") == reading("b", "b/1")
    with pytest.raises(ValueError, match="no column"):
        tables.where(db, tables.REPORT, "value", "x")


def test_putting_a_report_again_keeps_what_hangs_on_it(db: sqlite3.Connection) -> None:
    with derived.chunk(db):
        tables.put_reports(db, [(0, report("a"))])
        tables.put(db, tables.READING, [reading("a", "a/1")])
        lookups.put_fingerprints(db, [("a", b"\x00\xff")])
        tables.put_reports(db, [(0, replace(report("a"), language="no"))])
    assert tables.count(db, tables.READING) == 1
    assert lookups.fingerprints(db, ["a", "b"]) == {"a": b"\x00\xff"}
    assert tables.where(db, tables.REPORT, "language", "no")[0].id == "a"


def test_dropping_a_report_drops_what_hangs_on_it(db: sqlite3.Connection) -> None:
    with derived.chunk(db):
        tables.put_reports(db, [(0, report("a")), (1, report("b"))])
        tables.put(db, tables.READING, [reading("a", "a/1"), reading("b", "b/1")])
        tables.put(db, tables.FAMILY, [family("a", "a", "b")])
        tables.put(db, tables.EVENT, [event("e", "a/1", "b/1")])
    with derived.chunk(db):
        tables.drop(db, tables.REPORT, "capture", ["a"])
    assert [value.id for value in tables.every(db, tables.REPORT)] == ["b"]
    assert lookups.families_of(db, ["a", "b"]) == {"b": "a"}


def test_a_reading_put_again_replaces_its_claims_and_keeps_events(db: sqlite3.Connection) -> None:
    with derived.chunk(db):
        tables.put_reports(db, [(0, report("a"))])
        tables.put(db, tables.READING, [reading("a", "a/1", "a/2")])
        tables.put(db, tables.EVENT, [event("e", "a/1", "a/2")])
        tables.put(db, tables.READING, [reading("a", "a/2", "a/3")])
    assert lookups.reports_of(db, ["a/1", "a/2", "a/3"]) == {"a/2": "a", "a/3": "a"}
    assert lookups.events_of(db, ["a/1", "a/2", "a/3"]) == {"a/2": "e"}


@pytest.mark.parametrize("order", [1, -1])
def test_members_and_claims_move_whichever_is_put_first(db: sqlite3.Connection, order: int) -> None:
    with derived.chunk(db):
        tables.put_reports(db, [(place, report(name)) for place, name in enumerate("abc")])
        tables.put(db, tables.READING, [reading("a", "a/1", "a/2", "a/3")])
        tables.put(db, tables.FAMILY, [family("a", "a", "b"), family("c", "c")])
        tables.put(db, tables.EVENT, [event("e", "a/1", "a/2"), event("f", "a/3")])
        tables.put(db, tables.FAMILY, [family("a", "a"), family("c", "b", "c")][::order])
        tables.put(db, tables.EVENT, [event("e", "a/1"), event("f", "a/2", "a/3")][::order])
    assert lookups.families_of(db, "abc") == {"a": "a", "b": "c", "c": "c"}
    assert lookups.events_of(db, ["a/1", "a/2", "a/3"]) == {"a/1": "e", "a/2": "f", "a/3": "f"}
    with derived.chunk(db):
        tables.drop(db, tables.EVENT, "id", ["f"])
        tables.drop(db, tables.FAMILY, "id", ["c"])
    assert lookups.events_of(db, ["a/2"]) == {}
    assert lookups.families_of(db, "abc") == {"a": "a"}


def test_the_same_finding_twice_is_one(db: sqlite3.Connection) -> None:
    same = [Finding("clean", "no-date", "It has no date.", file="a.txt") for _ in range(2)]
    other = replace(same[0], file="b.txt")
    with derived.chunk(db):
        tables.put(db, tables.FINDING, [*same, other])
    assert tables.count(db, tables.FINDING) == 2
    assert tables.where(db, tables.FINDING, "file", "b.txt") == [other]
    with derived.chunk(db):
        tables.drop(db, tables.FINDING, "step", ["clean"])
    assert tables.count(db, tables.FINDING) == 0
