"""Lists of a case for people who browse: filtered, ordered, a page at a time, nothing decoded."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from guvoh.casefile.tables import BONES, spellings
from guvoh.languages.fold import skeleton

PAGE = 50  # rows on one page of a list
_FEW = 8  # one in so many events is few: their reports are looked up by their claims

_EVENT = (
    "id, summary, status, acts, reports, claims, low, high, contradictions, denials, circular,"
    " first_day, last_day"
)


@dataclass(frozen=True, slots=True)
class EventLine:
    """An event as one line of a list. Days are proleptic ordinals, None where open or unknown."""

    id: str
    summary: str
    status: str
    acts: tuple[str, ...]
    reports: int
    claims: int
    low: int
    high: int
    contradictions: int
    denials: int
    circular: int
    first_day: int | None
    last_day: int | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed to; empty values narrow nothing.

    `words` are looked for in the reports behind an event, `days` are proleptic ordinals.
    """

    act: str = ""
    status: str = ""
    language: str = ""
    rests: str = ""  # none, one, more: how many original sources, by the lower bound
    differ: bool = False
    days: tuple[int | None, int | None] = (None, None)
    reports: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Glance:
    """The case in numbers. `texts` counts families once, and what derives from nothing by itself."""

    reports: int
    texts: int
    sources: int
    events: int
    resting_on_one: int
    differing: int
    claims: int


def glance(db: sqlite3.Connection) -> Glance:
    """Count what the case holds."""
    row = db.execute(
        "SELECT (SELECT count(*) FROM report),"
        " (SELECT count(*) FROM report) - (SELECT count(*) FROM family_member)"
        "  + (SELECT count(*) FROM family),"
        " (SELECT count(DISTINCT coalesce(person, source.value))"
        "  FROM event, json_each(event.sources) AS source LEFT JOIN person_part ON part = source.value),"
        " (SELECT count(*) FROM event),"
        " (SELECT count(*) FROM event WHERE high = 1 AND reports > 1),"
        " (SELECT count(*) FROM event WHERE contradictions > 0),"
        " (SELECT count(*) FROM claim)"
    ).fetchone()
    return Glance(*row)


def events(
    db: sqlite3.Connection, wanted: Wanted, page: int = 0, most: int = PAGE
) -> tuple[list[EventLine], int]:
    """Return one page of events, what most reports carry first, and how many there are in all."""
    where, values = _narrowed(wanted)
    # Conditions are literals from `_narrowed`; what a person typed is bound.
    (total,) = db.execute(f"SELECT count(*) FROM event{where}", values).fetchone()  # noqa: S608
    rows = db.execute(
        f"SELECT {_EVENT} FROM event{where}"  # noqa: S608
        " ORDER BY reports DESC, status IN ('planned', 'feared'), claims DESC, id LIMIT ? OFFSET ?",
        (*values, most, page * most),
    )
    return [_line(row) for row in rows], total


def event_lines(db: sqlite3.Connection, ids: Iterable[str]) -> list[EventLine]:
    """Return those of these events that there are, in the order of lists."""
    rows = db.execute(
        f"SELECT {_EVENT} FROM event WHERE id IN (SELECT value FROM json_each(?))"  # noqa: S608
        " ORDER BY reports DESC, status IN ('planned', 'feared'), claims DESC, id",
        (json.dumps(list(ids)),),
    )
    return [_line(row) for row in rows]


def reports_behind(db: sqlite3.Connection, wanted: Wanted) -> list[str]:
    """Return the reports that tell of the events that fit, in canonical order."""
    where, values = _narrowed(wanted)
    (fitting, every) = db.execute(
        f"SELECT (SELECT count(*) FROM event{where}), (SELECT count(*) FROM event)",  # noqa: S608
        values,
    ).fetchone()
    if fitting * _FEW < every:
        query = (
            "SELECT id FROM report WHERE id IN (SELECT report FROM claim WHERE event IN"  # noqa: S608
            f" (SELECT id FROM event{where})) ORDER BY ordinal"
        )
    else:  # "+": the events are no list to seek each of a report's claims in, one after the other
        query = (
            "SELECT id FROM report WHERE EXISTS (SELECT 1 FROM claim WHERE claim.report = report.id"  # noqa: S608
            f" AND +claim.event IN (SELECT id FROM event{where})) ORDER BY ordinal"
        )
    return [row[0] for row in db.execute(query, values)]


def acts(db: sqlite3.Connection) -> list[str]:
    """Return the acts of all events, the most frequent first."""
    counted: Counter[str] = Counter()
    for told, number in db.execute("SELECT acts, count(*) FROM event GROUP BY acts"):
        counted.update(dict.fromkeys(json.loads(told), number))
    return sorted(counted, key=lambda act: (-counted[act], act))


def languages(db: sqlite3.Connection) -> list[tuple[str, int]]:
    """Return the languages of the reports with their numbers, the most frequent first."""
    return db.execute(
        "SELECT language, count(*) FROM report GROUP BY language ORDER BY 2 DESC, 1"
    ).fetchall()


def reports(
    db: sqlite3.Connection, language: str, among: Sequence[str] | None, page: int = 0
) -> tuple[list[str], int]:
    """Return a page of report ids, in canonical order or in that of `among`, and how many in all."""
    if among is not None:
        kept = [r for r in among if not language or language == _language(db, r)]
        return kept[page * PAGE : (page + 1) * PAGE], len(kept)
    where, values = (" WHERE language = ?", (language,)) if language else ("", ())
    (total,) = db.execute(f"SELECT count(*) FROM report{where}", values).fetchone()  # noqa: S608
    rows = db.execute(
        f"SELECT id FROM report{where} ORDER BY ordinal LIMIT ? OFFSET ?",  # noqa: S608
        (*values, PAGE, page * PAGE),
    )
    return [row[0] for row in rows], total


def families(db: sqlite3.Connection) -> list[str]:
    """Return the ids of all families, those with most reports first."""
    rows = db.execute(
        "SELECT family FROM family_member GROUP BY family ORDER BY count(*) DESC, family"
    )
    return [row[0] for row in rows]


def without_origin(db: sqlite3.Connection) -> list[str]:
    """Return the families whose original is known to be missing."""
    rows = db.execute("SELECT id FROM family WHERE missing > 0 ORDER BY id")
    return [row[0] for row in rows]


def people(
    db: sqlite3.Connection, name: str, kinds: Sequence[str] = (), page: int = 0
) -> list[str]:
    """Return a page of person ids, the most mentioned first; no kinds are all.

    Each word of `name`, in any script or spelling, must begin a word of the names or share its
    consonants.
    """
    conditions, values = _named(name)
    if kinds:
        conditions.append("kind IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(list(kinds)))
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    rows = db.execute(
        f"SELECT id FROM person{where} ORDER BY mentions DESC, id LIMIT ? OFFSET ?",  # noqa: S608
        (*values, PAGE, page * PAGE),
    )
    return [row[0] for row in rows]


def kinds_of_people(db: sqlite3.Connection, name: str) -> dict[str, int]:
    """Return how many people of each kind have a name, as `people` finds it."""
    conditions, values = _named(name)
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    rows = db.execute(f"SELECT kind, count(*) FROM person{where} GROUP BY kind", values)  # noqa: S608
    return dict(rows)


def _named(name: str) -> tuple[list[str], list[Any]]:
    conditions: list[str] = []
    values: list[Any] = []
    for word in spellings(name).split():
        if not word.startswith("#"):
            bones = f"#{skeleton(word)}"
            conditions.append("(instr(' ' || names, ?) > 0 OR instr(names || ' ', ?) > 0)")
            values += [f" {word}", f"{bones} " if len(bones) > BONES else "\n"]
    return conditions, values


def publishers(db: sqlite3.Connection) -> list[str]:
    """Return the publishers of all reports."""
    rows = db.execute("SELECT DISTINCT publisher FROM report WHERE publisher IS NOT NULL")
    return [row[0] for row in rows]


def best_known(
    db: sqlite3.Connection, most: int, like: Sequence[str] = ()
) -> list[tuple[str, str]]:
    """Return (id, spellings) of people, the most mentioned first.

    Where `like` holds words of spellings ("karimov", "#krmv"), of those alone who have one of them.
    """
    words = " OR ".join("instr(' ' || names || ' ', ?) > 0" for _ in like)
    return db.execute(
        "SELECT id, names FROM person WHERE kind = 'person'"  # noqa: S608
        f"{f' AND ({words})' if like else ''} ORDER BY mentions DESC, id LIMIT ?",
        (*(f" {word} " for word in like), most),
    ).fetchall()


def languages_of(db: sqlite3.Connection, reports: Iterable[str]) -> dict[str, str]:
    """Return the language of each of these reports."""
    return dict(
        db.execute(
            "SELECT id, language FROM report WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(reports)),),
        )
    )


def events_of_report(db: sqlite3.Connection, report: str) -> dict[str, str]:
    """Return the event of each claim of a report that is in one."""
    return dict(
        db.execute("SELECT id, event FROM claim WHERE report = ? AND event IS NOT NULL", (report,))
    )


def outside_events(db: sqlite3.Connection) -> list[str]:
    """Return the files of reports of which no claim is in an event."""
    found = db.execute(
        "SELECT DISTINCT file FROM report"
        " WHERE id NOT IN (SELECT report FROM claim WHERE event IS NOT NULL) ORDER BY file"
    )
    return [file for (file,) in found]


def _language(db: sqlite3.Connection, report: str) -> str:
    found = db.execute("SELECT language FROM report WHERE id = ?", (report,)).fetchone()
    return found[0] if found else ""


def _narrowed(wanted: Wanted) -> tuple[str, list[Any]]:
    conditions: list[str] = []
    values: list[Any] = []
    if wanted.act:
        conditions.append("instr(acts, ?) > 0")
        values.append(json.dumps(wanted.act))
    if wanted.status:
        conditions.append("status = ?")
        values.append(wanted.status)
    if wanted.rests in _RESTS:
        conditions.append(_RESTS[wanted.rests])
    if wanted.differ:
        conditions.append("(contradictions > 0 OR denials > 0)")
    first, last = wanted.days
    if first is not None:
        conditions.append("coalesce(last_day, first_day) >= ?")
        values.append(first)
    if last is not None:
        conditions.append("coalesce(first_day, last_day) <= ?")
        values.append(last)
    if wanted.language:
        conditions.append("instr(languages, ?) > 0")
        values.append(f" {wanted.language} ")
    if wanted.reports is not None:
        conditions.append(
            "event.id IN (SELECT event FROM claim WHERE report IN (SELECT value FROM json_each(?)))"
        )
        values.append(json.dumps(wanted.reports))
    return (f" WHERE {' AND '.join(conditions)}" if conditions else ""), values


_RESTS = {"none": "low = 0", "one": "low <= 1 AND high = 1", "more": "low > 1"}


def _line(row: tuple[Any, ...]) -> EventLine:
    identity, summary, status, told, *rest = row
    return EventLine(identity, summary, status, tuple(json.loads(told)), *rest)
