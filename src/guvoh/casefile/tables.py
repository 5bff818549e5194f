"""The nouns in the derived store: put them, get them, drop them."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Any, Generic, TypeVar

import msgspec

from guvoh.corroborate.days import days
from guvoh.languages.fold import fold, skeleton
from guvoh.model.claim import Person, Place, Reading
from guvoh.model.event import Event, RiskWarning
from guvoh.model.finding import Finding
from guvoh.model.lineage import Derivation, Family, Relation
from guvoh.model.report import Report

V = TypeVar("V")
BONES = 3  # consonants by which a name is known again; fewer fit too much


@dataclass(frozen=True)
class Table(Generic[V]):
    """A table of values: `keys` and `columns` are what `row` takes out of a value, in this order."""

    name: str
    type: type[V]
    keys: tuple[str, ...]
    columns: tuple[str, ...]
    row: Callable[[V], tuple[str | int | None, ...]]
    after: Callable[[sqlite3.Connection, V], None] | None = None
    order: str = ""

    @property
    def sorting(self) -> str:
        """Return the columns by which values come out."""
        return self.order or ", ".join(self.keys)


def put(db: sqlite3.Connection, table: Table[V], values: Iterable[V]) -> None:
    """Put values, over those with the same key; what hangs on those stays."""
    names = (*table.keys, *table.columns, "value")
    changes = ", ".join(f"{name} = excluded.{name}" for name in (*table.columns, "value"))
    # Names come from the literal tables below.
    query = (
        f"INSERT INTO {table.name} ({', '.join(names)})"  # noqa: S608
        f" VALUES ({', '.join('?' * len(names))})"
        f" ON CONFLICT ({', '.join(table.keys)}) DO UPDATE SET {changes}"
    )
    for value in values:
        db.execute(query, (*table.row(value), msgspec.json.encode(value)))
        if table.after is not None:
            table.after(db, value)


def put_reports(db: sqlite3.Connection, placed: Iterable[tuple[int, Report]]) -> None:
    """Put reports with their ordinals, their stable places in canonical order."""
    db.executemany(
        "INSERT INTO report (ordinal, id, capture, file, language, publisher, value)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET ordinal = excluded.ordinal, capture = excluded.capture,"
        " file = excluded.file, language = excluded.language, publisher = excluded.publisher,"
        " value = excluded.value",
        (
            (ordinal, *_report_row(report), msgspec.json.encode(report))
            for ordinal, report in placed
        ),
    )


def get(db: sqlite3.Connection, table: Table[V], *key: str) -> V | None:
    """Return the value with this key, or None."""
    match = " AND ".join(f"{name} = ?" for name in table.keys)
    found = db.execute(f"SELECT value FROM {table.name} WHERE {match}", key).fetchone()  # noqa: S608
    return None if found is None else _decoder(table).decode(found[0])


def several(db: sqlite3.Connection, table: Table[V], keys: Iterable[str]) -> dict[str, V]:
    """Return the values that there are of those with these first keys, in the table's order."""
    first = table.keys[0]
    found = db.execute(
        f"SELECT {first}, value FROM {table.name}"  # noqa: S608
        f" WHERE {first} IN (SELECT value FROM json_each(?)) ORDER BY {table.sorting}",
        (json.dumps(list(keys)),),
    )
    decode = _decoder(table).decode
    return {key: decode(value) for key, value in found}


def machine_readings(db: sqlite3.Connection, reports: Iterable[str]) -> dict[str, Reading]:
    """Return what the machine alone read of these reports, whatever people have added or corrected.

    Which reports derive from which, and what tells of the same, rests on that: a report sees those
    before it as they were read, not as they were assessed since.
    """
    asked = list(reports)
    return several(db, READING, asked) | several(db, UNASSESSED, asked)


def every(db: sqlite3.Connection, table: Table[V]) -> Iterator[V]:
    """Yield all values in the table's order: reports by ordinal, others by key."""
    decode = _decoder(table).decode
    for (value,) in db.execute(f"SELECT value FROM {table.name} ORDER BY {table.sorting}"):  # noqa: S608
        yield decode(value)


def where(
    db: sqlite3.Connection, table: Table[V], column: str, value: str, most: int = -1
) -> list[V]:
    """Return the values whose key or column has this value, in the table's order, at most `most`."""
    _check(table, column)
    found = db.execute(
        f"SELECT value FROM {table.name} WHERE {column} = ?"  # noqa: S608
        f" ORDER BY {table.sorting} LIMIT ?",
        (value, most),
    )
    decode = _decoder(table).decode
    return [decode(row[0]) for row in found]


def drop(db: sqlite3.Connection, table: Table[V], column: str, values: Iterable[str]) -> None:
    """Drop the rows whose key or column has one of these values, and what hangs on them.

    After dropping reports, `search.forget` clears the full-text index of their words.
    """
    _check(table, column)
    db.execute(
        f"DELETE FROM {table.name} WHERE {column} IN (SELECT value FROM json_each(?))",  # noqa: S608
        (json.dumps(list(values)),),
    )


def drop_findings(db: sqlite3.Connection, step: str, reports: Iterable[str]) -> None:
    """Drop what one step found about these reports, before it looks again."""
    db.execute(
        "DELETE FROM finding WHERE step = ? AND report IN (SELECT value FROM json_each(?))",
        (step, json.dumps(list(reports))),
    )


def count(db: sqlite3.Connection, table: Table[V]) -> int:
    """Return the number of rows."""
    (number,) = db.execute(f"SELECT count(*) FROM {table.name}").fetchone()  # noqa: S608
    return int(number)


def finding_id(finding: Finding) -> str:
    """Return a finding's id, made of its content: the same finding twice is one."""
    return sha256(msgspec.json.encode(finding, order="sorted")).hexdigest()[:32]


def _check(table: Table[Any], column: str) -> None:
    if column not in (*table.keys, *table.columns):
        raise ValueError(f"{table.name} has no column {column}")


@cache
def _decoder(table: Table[V]) -> msgspec.json.Decoder[V]:
    return msgspec.json.Decoder(table.type)


def _event_row(event: Event) -> tuple[str | int | None, ...]:
    told = [found for found in (days(value.edtf or "") for value in event.when) if found]
    known = [one for one in told if one.anchored]
    lows = [one.low for one in known if one.low is not None]
    highs = [one.high for one in known if one.high is not None]
    return (
        event.id,
        event.summary,
        event.status.value,
        json.dumps(event.acts),
        json.dumps([source.id for source in event.sources]),
        len(event.reports),
        len(event.claims),
        event.count.low,
        event.count.high,
        len(event.contradictions),
        len(event.denials),
        len(event.circular),
        min(lows, default=None),
        max(highs, default=None),
    )


def spellings(names: str) -> str:
    """Return names as they are looked up: folded words, and "#" with each word's consonants.

    "Хоробет" and "Horobet" fold to different words and share "#xrbt".
    """
    words = fold(names).split()
    bones = (skeleton(word) for word in words)
    return " ".join([*words, *(f"#{one}" for one in bones if len(one) >= BONES)])


def _person_row(person: Person) -> tuple[str | int | None, ...]:
    return (
        person.id,
        spellings(" ".join((person.name, *person.aliases))),
        person.kind.value,
        person.exposure.value,
        len(person.mentions),
    )


def _report_row(report: Report) -> tuple[str | None, ...]:
    publisher = report.publisher.text if report.publisher is not None else None
    return (report.id, report.capture, report.file, report.language, publisher)


def _family_row(family: Family) -> tuple[str | int, ...]:
    return (family.id, int(family.missing_origin is not None))


def _derivation_row(value: Derivation) -> tuple[str | int, ...]:
    retold = value.binds and value.relation is Relation.CITATION
    return (value.parent, value.child, 2 if retold else int(value.binds))


def _list_claims(db: sqlite3.Connection, reading: Reading) -> None:
    claims = [claim.id for claim in reading.claims]
    db.execute(
        "DELETE FROM claim WHERE report = ? AND id NOT IN (SELECT value FROM json_each(?))",
        (reading.report, json.dumps(claims)),
    )
    db.executemany(
        "INSERT INTO claim (id, report) VALUES (?, ?) ON CONFLICT (id) DO NOTHING",
        ((claim, reading.report) for claim in claims),
    )


def _list_members(db: sqlite3.Connection, family: Family) -> None:
    db.execute("DELETE FROM family_member WHERE family = ?", (family.id,))
    db.executemany(
        "INSERT INTO family_member (report, family) VALUES (?, ?)"
        " ON CONFLICT (report) DO UPDATE SET family = excluded.family",
        ((member.report, family.id) for member in family.members),
    )


def _note_reports(db: sqlite3.Connection, event: Event) -> None:
    db.execute(
        "UPDATE event SET languages = (SELECT ' ' || group_concat(language, ' ') || ' ' FROM"
        " (SELECT DISTINCT language FROM report WHERE id IN (SELECT value FROM json_each(?))"
        " ORDER BY language)) WHERE id = ? AND EXISTS (SELECT 1 FROM report WHERE id = ?)",
        (json.dumps(event.reports), event.id, next(iter(event.reports), "")),
    )
    _mark_claims(db, event)


def _mark_claims(db: sqlite3.Connection, event: Event) -> None:
    db.execute("UPDATE claim SET event = NULL WHERE event = ?", (event.id,))
    db.execute(
        "UPDATE claim SET event = ? WHERE id IN (SELECT value FROM json_each(?))",
        (event.id, json.dumps(event.claims)),
    )


REPORT = Table(
    "report",
    Report,
    ("id",),
    ("capture", "file", "language", "publisher"),
    _report_row,
    order="ordinal",
)
READING = Table(
    "reading", Reading, ("report",), (), lambda reading: (reading.report,), _list_claims
)
UNASSESSED = Table("unassessed", Reading, ("report",), (), lambda reading: (reading.report,))
DERIVATION = Table("derivation", Derivation, ("parent", "child"), ("binds",), _derivation_row)
FAMILY = Table("family", Family, ("id",), ("missing",), _family_row, _list_members)
EVENT = Table(
    "event",
    Event,
    ("id",),
    (
        "summary",
        "status",
        "acts",
        "sources",
        "reports",
        "claims",
        "low",
        "high",
        "contradictions",
        "denials",
        "circular",
        "first_day",
        "last_day",
    ),
    _event_row,
    _note_reports,
)
PERSON = Table("person", Person, ("id",), ("names", "kind", "exposure", "mentions"), _person_row)
PLACE = Table("place", Place, ("key",), (), lambda place: (place.key or place.name,))
WARNING = Table("warning", RiskWarning, ("id",), (), lambda warning: (warning.id,))
FINDING = Table(
    "finding",
    Finding,
    ("id",),
    ("report", "file", "step"),
    lambda finding: (finding_id(finding), finding.report, finding.file, finding.step),
)
