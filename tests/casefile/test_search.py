import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from guvoh.casefile import derived, search, tables
from guvoh.casefile.folder import Case
from guvoh.languages.fold import fold
from guvoh.model.claim import Person, SourceKind
from guvoh.model.report import Report
from guvoh.model.text import CharacterMap, Stated


@pytest.fixture
def db(opened: Case) -> Iterator[sqlite3.Connection]:
    with closing(derived.connect(opened)) as connection:
        yield connection


def report(name: str, text: str, title: str = "News") -> Report:
    return Report(name, name, name, text, CharacterMap("utf-8", ()), "und", title=Stated(title))


def put(db: sqlite3.Connection, *reports: Report) -> None:
    with derived.chunk(db):
        tables.put_reports(db, enumerate(reports))
        search.put(db, enumerate(reports))


def test_words_are_found_in_other_scripts_and_without_diacritics(db: sqlite3.Connection) -> None:
    put(
        db,
        report("ru", "Паром вышел из Линдмура."),
        report("es", "El capitán zarpó al amanecer."),
        report("en", "The captain of the Lindmur ferry."),
    )
    assert search.find(db, "Линдмур") == search.find(db, "lindmur") == ["en"]
    assert set(search.find(db, "lindmur*")) == {"en", "ru"}
    assert search.find(db, "zarpo capitan") == ["es"]
    assert search.find(db, "ПАРОМ") == ["ru"]
    assert search.find(db, "captain zarpo") == []
    assert search.find(db, "capit*") == ["es"]
    assert search.find(db, "captai*") == ["en"]
    assert search.find(db, '"ferry lindmur"') == []
    assert search.find(db, '"lindmur ferry"') == ["en"]


def test_a_name_is_found_in_every_spelling_that_the_case_has(db: sqlite3.Connection) -> None:
    put(
        db,
        report("tg", "Говорит Ҷамшед Абдурасулов."),
        report("en", "Jamshed Abdurasulov said so."),
        report("he", "Марина Хоробет, юрист."),
        report("she", "Marina Horobet, a lawyer."),
    )
    assert set(search.find(db, "Абдурасулов")) == {"en", "tg"}
    assert search.find(db, "Хоробет") == ["he"]  # nobody says that these are names
    people = [
        Person(f"p{at}", name, SourceKind.PERSON)
        for at, name in enumerate(("Marina Horobet", "Gerda"))
    ]
    with derived.chunk(db):
        tables.put(db, tables.PERSON, people)
    assert search.find(db, "Хоробет") == ["he", "she"]
    assert search.find(db, '"Хоробет"') == ["he"]
    assert search.terms(db, "guard") == [search.Term(("guard",))]


def test_titles_count(db: sqlite3.Connection) -> None:
    put(db, report("a", "text", title="Łódź harbour"))
    assert search.find(db, "lodz") == ["a"]


@pytest.mark.parametrize(
    "words", ["", '"', "*", "a OR", "NEAR(", "title:x", '"" ""', "-x", "x\0y", "()", "'", "^a"]
)
def test_no_input_is_an_error(db: sqlite3.Connection, words: str) -> None:
    put(db, report("a", "nothing of this"))
    assert search.find(db, words) in ([], ["a"])


def test_the_limit(db: sqlite3.Connection) -> None:
    put(db, *(report(f"r{number}", "ferry") for number in range(5)))
    assert search.find(db, "ferry", limit=2) == ["r0", "r1"]


@pytest.mark.parametrize("way", ["drop", "cascade", "change"])
def test_words_of_what_was_taken_out_do_not_linger_in_the_file(
    opened: Case, db: sqlite3.Connection, way: str
) -> None:
    put(db, report("a", "zyxwvutia ferry"), *(report(f"r{n}", f"w{n} ferry") for n in range(50)))
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert b"zyxwvutia" in opened.derived.read_bytes()
    with derived.chunk(db):
        if way == "drop":
            search.drop(db, [0])
            tables.put_reports(db, [(0, report("a", "sealed"))])
        elif way == "cascade":
            tables.drop(db, tables.REPORT, "id", ["a"])
            search.forget(db)
        else:
            changed = replace(report("a", "ferry"), language="en")
            tables.put_reports(db, [(0, changed)])
            search.put(db, [(0, changed)])
            search.forget(db)
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert search.find(db, "zyxwvutia") == []
    assert b"zyxwvutia" not in opened.derived.read_bytes()
    assert len(search.find(db, "ferry")) == (51 if way == "change" else 50)
    db.execute("INSERT INTO search (search) VALUES ('integrity-check')")


@pytest.mark.parametrize("asked", ['"penal colony"', "penal-colony", "o'neill", "17/2", "fish-pl*", "no.17", "penal", "a_b", "“colony”"])  # fmt: skip
def test_what_the_index_finds_is_marked_in_the_text_and_nothing_else(
    db: sqlite3.Connection, asked: str
) -> None:
    texts = ("Penal-Colony No. 17/2 at O’Neill’s", "a penal, colony; No.17", "Fish-Plant a_b", "penalcolony 172 ab fish oneill")  # fmt: skip
    put(db, *(report(str(at), text, "") for at, text in enumerate(texts)))
    terms = search.terms(db, asked)
    found = set(search.find_terms(db, terms))
    told = {
        str(at)
        for at, text in enumerate(texts)
        if all(re.search(one.pattern, fold(text)) for one in terms)
    }
    assert found == told
