import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from importlib.resources import files

import pytest

from guvoh.casefile import case, derived, lookups, search, tables
from guvoh.casefile.derived import Standing
from guvoh.casefile.errors import CaseUnwritable, NotDerived
from guvoh.casefile.folder import Case
from guvoh.model.claim import Place
from guvoh.model.finding import Finding
from guvoh.model.lineage import Derivation, Relation
from guvoh.model.text import Span
from tests.casefile.values import event, family, reading, report


@pytest.fixture
def db(opened: Case) -> Iterator[sqlite3.Connection]:
    with closing(derived.connect(opened)) as connection:
        yield connection


def fill(db: sqlite3.Connection, order: int = 1) -> None:
    """Put some of everything, from the front or from the back."""
    findings = [Finding("clean", "no-date", "It has no date.", report=name) for name in "ab"]
    placed = list(enumerate([report("a"), report("b", "Ferry “Åse” left.", "Kyst")]))
    with derived.chunk(db):
        tables.put_reports(db, placed[::order])
        tables.put(db, tables.EVENT, [event("e1", "a/1", "b/1"), event("e2", "b/2")][::order])
        tables.put(db, tables.READING, [reading("a", "a/1"), reading("b", "b/1", "b/2")][::order])
        tables.put(db, tables.EVENT, [event("e1", "a/1", "b/1"), event("e2", "b/2")][::order])
        tables.put(db, tables.FAMILY, [family("a", "a", "b")])
        tables.put(db, tables.DERIVATION, [Derivation("a", "b", Relation.EDITED, True, 800)])
        tables.put(db, tables.PLACE, [Place("Åse", Span(0, 3), "Åse", latitude=69.1)])
        tables.put(db, tables.FINDING, findings[::order])
        lookups.put_postings(db, [(5, 0), (5, 1), (-(2**63), 1)][::order])
        search.put(db, placed)


def test_the_digest_knows_results_and_not_how_they_came(
    opened: Case, db: sqlite3.Connection
) -> None:
    other = case.create(opened.root.parent / "other")
    fill(db)
    with closing(derived.connect(other)) as second:
        fill(second, order=-1)
        assert derived.digest(second) == derived.digest(db)
        with derived.chunk(second):
            derived.advance(second, Standing("recipe", 2, "prefix"))
            lookups.put_postings(second, [(99, 0)])
        assert derived.digest(second) == derived.digest(db)
        with derived.chunk(second):
            tables.put(second, tables.EVENT, [replace(event("e2", "b/2"), texts=2)])
        assert derived.digest(second) != derived.digest(db)


def test_every_table_is_either_a_result_or_an_index() -> None:
    schema = files("guvoh.casefile").joinpath("schema.sql").read_text(encoding="utf-8")
    made = re.findall(r"CREATE (?:VIRTUAL )?TABLE (\w+)", schema)
    assert sorted(made) == sorted([*(name for name, _ in derived.RESULTS), *derived.INDEXES])
    ordinary = schema.count("CREATE TABLE")
    assert len(re.findall(r"\) STRICT(?:, WITHOUT ROWID)?;", schema)) == ordinary


def test_a_chunk_is_all_or_nothing(opened: Case, db: sqlite3.Connection) -> None:
    fill(db)
    before = derived.digest(db)

    def fail() -> None:
        with derived.chunk(db):
            tables.put(db, tables.EVENT, [event("e3", "b/2")])
            derived.advance(db, Standing("recipe", 3, "prefix"))
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError):
        fail()
    assert derived.digest(db) == before
    assert derived.standing(db) is None


def test_a_link_to_nothing_fails_at_the_end_of_a_chunk(db: sqlite3.Connection) -> None:
    def dangle() -> None:
        with derived.chunk(db):
            tables.put(db, tables.READING, [reading("missing", "m/1")])

    with pytest.raises(sqlite3.IntegrityError):
        dangle()
    assert tables.count(db, tables.READING) == 0


def test_readers_see_the_last_complete_chunk(opened: Case, db: sqlite3.Connection) -> None:
    fill(db)
    with closing(derived.connect_reader(opened)) as reader:
        with derived.snapshot(reader):
            assert tables.count(reader, tables.EVENT) == 2
            with derived.chunk(db):
                tables.put(db, tables.EVENT, [event("e3", "b/2")])
            assert tables.count(reader, tables.EVENT) == 2
        assert tables.count(reader, tables.EVENT) == 3
        with pytest.raises(sqlite3.OperationalError):
            reader.execute("DELETE FROM event")


def test_the_standing_comes_back(db: sqlite3.Connection) -> None:
    for number in (1, 2):
        with derived.chunk(db):
            derived.advance(db, Standing("recipe", number, "prefix", ("judged",)))
    assert derived.standing(db) == Standing("recipe", 2, "prefix", ("judged",))


def test_nothing_derived_is_said_in_a_sentence(opened: Case) -> None:
    with pytest.raises(NotDerived, match="guvoh rebuild"):
        derived.connect_reader(opened)


def test_a_reset_leaves_nothing(opened: Case) -> None:
    with closing(derived.connect(opened)) as first:
        fill(first)
    derived.reset(opened)
    assert [path.name for path in opened.root.glob("derived*")] == []
    with closing(derived.connect(opened)) as second:
        assert tables.count(second, tables.REPORT) == 0


@pytest.mark.parametrize("spoil", ["version", "garbage", "empty"])
def test_a_store_of_another_kind_is_made_anew(opened: Case, spoil: str) -> None:
    with closing(derived.connect(opened)) as first:
        fill(first)
        if spoil == "version":
            first.execute(f"PRAGMA user_version = {derived.SCHEMA + 1}")
    if spoil == "garbage":
        opened.derived.write_bytes(b"no database" * 1000)
    if spoil == "empty":
        opened.derived.write_bytes(b"")
    with pytest.raises(NotDerived):
        derived.connect_reader(opened)
    with closing(derived.connect(opened)) as second:
        assert tables.count(second, tables.REPORT) == 0


def test_durability_settings(db: sqlite3.Connection) -> None:
    assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert db.execute("PRAGMA synchronous").fetchone() == (2,)
    assert db.execute("PRAGMA foreign_keys").fetchone() == (1,)


def test_a_full_disk_is_said_in_a_sentence_and_leaves_the_last_chunk(
    opened: Case, db: sqlite3.Connection
) -> None:
    fill(db)
    before = derived.digest(db)
    (pages,) = db.execute("PRAGMA page_count").fetchone()
    db.execute(f"PRAGMA max_page_count = {pages}")

    def grow() -> None:
        with derived.chunk(db):
            tables.put(db, tables.EVENT, [event(f"{n:0999}", "a/1") for n in range(500)])

    with pytest.raises(CaseUnwritable, match="disk is full"):
        grow()
    assert derived.digest(db) == before


def test_damage_to_the_store_asks_for_a_rebuild(opened: Case) -> None:
    with closing(derived.connect(opened)) as db:
        fill(db)
        (size,) = db.execute("PRAGMA page_size").fetchone()
        pages = db.execute("SELECT rootpage FROM sqlite_schema WHERE tbl_name = 'event'").fetchall()
    with opened.derived.open("r+b") as stream:
        for (page,) in pages:
            stream.seek((page - 1) * size)
            stream.write(b"\x77" * size)
    with (
        closing(derived.connect_reader(opened)) as reader,
        pytest.raises(NotDerived, match="rebuild"),
        derived.snapshot(reader),
    ):
        list(tables.every(reader, tables.EVENT))
