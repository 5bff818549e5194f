"""The indexes of the derived store: who shares passages, which claims tell of the same, who is where.

All questions are about many keys at once, and answers come sorted.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence

# What hangs on an event: reports of which one person is of both; the event itself, when its page is
# to be written or removed.
BOND, DUE = "bond", "due"


def put_outcomes(db: sqlite3.Connection, made: Iterable[tuple[int, str, str, bytes]]) -> None:
    """Keep (place, capture, told, findings) of captures; the findings are the caller's bytes."""
    db.executemany(
        "INSERT INTO outcome (ordinal, capture, told, findings) VALUES (?, ?, ?, ?)", made
    )


def told(db: sqlite3.Connection) -> dict[str, str]:
    """Return the captures that were derived in canonical order, each with what it was told by."""
    return dict(db.execute("SELECT capture, told FROM outcome ORDER BY ordinal"))


def outcomes(db: sqlite3.Connection, captures: Iterable[str]) -> dict[str, bytes]:
    """Return the findings of these captures alone."""
    found = db.execute(
        "SELECT capture, findings FROM outcome"
        " WHERE capture IN (SELECT value FROM json_each(?)) ORDER BY ordinal",
        (_list(captures),),
    )
    return dict(found)


def put_fingerprints(db: sqlite3.Connection, made: Iterable[tuple[str, bytes]]) -> None:
    """Keep (report id, fingerprint) for reports that were put; the bytes are the caller's."""
    db.executemany(
        "INSERT INTO fingerprint (report, value) VALUES (?, ?)"
        " ON CONFLICT (report) DO UPDATE SET value = excluded.value",
        made,
    )


def fingerprints(db: sqlite3.Connection, reports: Iterable[str]) -> dict[str, bytes]:
    """Return the fingerprints of those of these reports that have one."""
    found = db.execute(
        "SELECT report, value FROM fingerprint"
        " WHERE report IN (SELECT value FROM json_each(?)) ORDER BY report",
        (_list(reports),),
    )
    return dict(found)


def put_apart(db: sqlite3.Connection, found: Iterable[tuple[str, list[int]]]) -> None:
    """Keep (report id, places of those that it was compared with in vain) of reports with fingerprints."""
    db.executemany(
        "UPDATE fingerprint SET apart = ? WHERE report = ?",
        ((json.dumps(places), report) for report, places in found),
    )


def apart(db: sqlite3.Connection, report: str) -> set[str]:
    """Return the earlier reports that a report was compared with in vain."""
    found = db.execute(
        "SELECT other.id FROM fingerprint CROSS JOIN json_each(fingerprint.apart) AS place"
        " CROSS JOIN report AS other ON other.ordinal = place.value WHERE fingerprint.report = ?",
        (report,),
    )
    return {row[0] for row in found}


def put_known(db: sqlite3.Connection, outlets: Iterable[tuple[str, str | None]]) -> None:
    """Keep (report id, outlet) of reports that were put."""
    db.executemany(
        "INSERT INTO known (report, outlet) VALUES (?, ?)"
        " ON CONFLICT (report) DO UPDATE SET outlet = excluded.outlet",
        outlets,
    )


def known(db: sqlite3.Connection, reports: Iterable[str]) -> list[tuple[str, str, str, str | None]]:
    """Return (id, capture, language, outlet) of these reports, in canonical order."""
    return db.execute(
        "SELECT report.id, report.capture, report.language, known.outlet FROM json_each(?) AS asked"
        " CROSS JOIN report ON report.id = asked.value CROSS JOIN known ON known.report = report.id"
        " ORDER BY report.ordinal",
        (_list(reports),),
    ).fetchall()


def made_of(db: sqlite3.Connection, reports: Iterable[str]) -> dict[str, str]:
    """Return what `put_made_of` kept with those of these reports that are the first of a family."""
    found = db.execute(
        "SELECT report, made_of FROM known WHERE made_of IS NOT NULL"
        " AND report IN (SELECT value FROM json_each(?)) ORDER BY report",
        (_list(reports),),
    )
    return dict(found)


def put_made_of(
    db: sqlite3.Connection, reports: Iterable[str], digests: Iterable[tuple[str, str]]
) -> None:
    """Keep (first report, digest) of the families of these reports, and forget what they had."""
    db.execute(
        "UPDATE known SET made_of = NULL WHERE made_of IS NOT NULL"
        " AND report IN (SELECT value FROM json_each(?))",
        (_list(reports),),
    )
    db.executemany(
        "UPDATE known SET made_of = ?2 WHERE report = ?1",
        digests,
    )


def put_postings(db: sqlite3.Connection, found: Iterable[tuple[int, int]]) -> None:
    """Add (hash, ordinal) pairs; hashes are signed 64-bit integers. Sorted ones go in faster."""
    db.executemany("INSERT OR IGNORE INTO posting (hash, ordinal) VALUES (?, ?)", found)


def postings(
    db: sqlite3.Connection, hashes: Sequence[int], before: int | None = None
) -> list[tuple[int, int]]:
    """Return the (hash, ordinal) pairs of these hashes, of reports with ordinals below `before`."""
    limit = 2**63 - 1 if before is None else before
    return db.execute(
        "SELECT posting.hash, posting.ordinal FROM json_each(?) AS asked"
        " CROSS JOIN posting ON posting.hash = asked.value AND posting.ordinal < ?"
        " ORDER BY posting.hash, posting.ordinal",
        (json.dumps(sorted(set(hashes))), limit),
    ).fetchall()


def drop_postings(db: sqlite3.Connection, ordinal: int, hashes: Iterable[int]) -> None:
    """Remove a report from the postings of these hashes, which its fingerprint knows."""
    db.executemany(
        "DELETE FROM posting WHERE hash = ? AND ordinal = ?", ((value, ordinal) for value in hashes)
    )


def ordinals(db: sqlite3.Connection, reports: Iterable[str]) -> dict[str, int]:
    """Return the ordinals of those of these report ids that there are."""
    found = db.execute(
        "SELECT id, ordinal FROM report"
        " WHERE id IN (SELECT value FROM json_each(?)) ORDER BY ordinal",
        (_list(reports),),
    )
    return dict(found)


def report_ids(db: sqlite3.Connection, places: Iterable[int]) -> dict[int, str]:
    """Return the report ids at those of these ordinals that are taken."""
    found = db.execute(
        "SELECT ordinal, id FROM report"
        " WHERE ordinal IN (SELECT value FROM json_each(?)) ORDER BY ordinal",
        (json.dumps(list(places)),),
    )
    return dict(found)


def outlets(db: sqlite3.Connection, among: Iterable[str] | None = None) -> dict[str, str]:
    """Return for each report, or these, the shortest name by which a person knows it (`pages.labels.outlet`)."""
    where = "" if among is None else " WHERE id IN (SELECT value FROM json_each(?))"
    found = db.execute(
        f"SELECT id, publisher, file FROM report{where} ORDER BY ordinal",  # noqa: S608
        () if among is None else (_list(among),),
    )
    return {one: publisher or file.rsplit("/", 1)[-1] for one, publisher, file in found}


def languages(db: sqlite3.Connection) -> list[str]:
    """Return the languages of the reports, the most frequent first."""
    found = db.execute(
        "SELECT language FROM report GROUP BY language ORDER BY count(*) DESC, language"
    )
    return [row[0] for row in found]


def component(db: sqlite3.Connection, report: str) -> dict[str, int]:
    """Return the reports that derivations bind to this one, itself included, with ordinals."""
    found = db.execute(
        "WITH RECURSIVE linked (id) AS ("
        " VALUES (?)"
        " UNION SELECT one.child FROM linked CROSS JOIN derivation AS one"
        "  ON one.parent = linked.id AND one.binds > 0"
        " UNION SELECT one.parent FROM linked CROSS JOIN derivation AS one"
        "  ON one.child = linked.id AND one.binds > 0"
        ") SELECT linked.id, report.ordinal FROM linked JOIN report USING (id) ORDER BY ordinal",
        (report,),
    )
    return dict(found)


def retelling(db: sqlite3.Connection, reports: Iterable[str]) -> set[str]:
    """Return those of these reports that are bound by retelling what an absent outlet told."""
    found = db.execute(
        "SELECT value FROM json_each(?) WHERE EXISTS ("
        "SELECT 1 FROM derivation WHERE parent = value AND binds = 2) OR EXISTS ("
        "SELECT 1 FROM derivation WHERE child = value AND binds = 2)",
        (_list(reports),),
    )
    return {row[0] for row in found}


def citing(db: sqlite3.Connection, reports: Iterable[str]) -> set[str]:
    """Return the reports at the other ends of these reports' citations."""
    found = db.execute(
        "SELECT one.child FROM json_each(?1) AS asked CROSS JOIN derivation AS one"
        " ON one.parent = asked.value AND one.binds = 0"
        " UNION SELECT one.parent FROM json_each(?1) AS asked CROSS JOIN derivation AS one"
        " ON one.child = asked.value AND one.binds = 0",
        (_list(reports),),
    )
    return {row[0] for row in found}


def grouped(db: sqlite3.Connection, reports: Iterable[str]) -> set[str]:
    """Return those of these reports whose family has other members."""
    found = db.execute(
        "SELECT own.report FROM json_each(?) AS asked"
        " CROSS JOIN family_member AS own ON own.report = asked.value"
        " WHERE EXISTS (SELECT 1 FROM family_member AS other"
        " WHERE other.family = own.family AND other.report != own.report)",
        (_list(reports),),
    )
    return {row[0] for row in found}


def families_of(db: sqlite3.Connection, reports: Iterable[str]) -> dict[str, str]:
    """Return the family of each of these reports that is in one."""
    found = db.execute(
        "SELECT report, family FROM family_member"
        " WHERE report IN (SELECT value FROM json_each(?)) ORDER BY report",
        (_list(reports),),
    )
    return dict(found)


def events_of(db: sqlite3.Connection, claims: Iterable[str]) -> dict[str, str]:
    """Return the event of each of these claims that is in one."""
    found = db.execute(
        "SELECT id, event FROM claim"
        " WHERE event IS NOT NULL AND id IN (SELECT value FROM json_each(?)) ORDER BY id",
        (_list(claims),),
    )
    return dict(found)


def reports_of(db: sqlite3.Connection, claims: Iterable[str]) -> dict[str, str]:
    """Return the report of each of these claims; its reading holds the claim."""
    found = db.execute(
        "SELECT id, report FROM claim WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id",
        (_list(claims),),
    )
    return dict(found)


def claims_of(db: sqlite3.Connection, reports: Iterable[str]) -> list[str]:
    """Return the claims of these reports."""
    found = db.execute(
        "SELECT id FROM claim WHERE report IN (SELECT value FROM json_each(?)) ORDER BY id",
        (_list(reports),),
    )
    return [row[0] for row in found]


def reports_from(db: sqlite3.Connection, captures: Iterable[str]) -> list[str]:
    """Return the reports that were made of these captures."""
    found = db.execute(
        "SELECT id FROM report WHERE capture IN (SELECT value FROM json_each(?)) ORDER BY ordinal",
        (_list(captures),),
    )
    return [row[0] for row in found]


def captures_read(db: sqlite3.Connection, captures: Iterable[str]) -> set[str]:
    """Return those of these captures of which there is a report."""
    found = db.execute(
        "SELECT DISTINCT capture FROM report WHERE capture IN (SELECT value FROM json_each(?))",
        (_list(captures),),
    )
    return {row[0] for row in found}


def findings_of(db: sqlite3.Connection, reports: Iterable[str]) -> list[str]:
    """Return the findings on these reports."""
    found = db.execute(
        "SELECT id FROM finding WHERE report IN (SELECT value FROM json_each(?)) ORDER BY id",
        (_list(reports),),
    )
    return [row[0] for row in found]


def claims_in(db: sqlite3.Connection, events: Iterable[str]) -> list[str]:
    """Return the claims of these events."""
    found = db.execute(
        "SELECT id FROM claim WHERE event IN (SELECT value FROM json_each(?)) ORDER BY id",
        (_list(events),),
    )
    return [row[0] for row in found]


def put_happenings(
    db: sqlite3.Connection, rows: Iterable[tuple[str, bytes]], keys: Iterable[tuple[str, str]]
) -> None:
    """Keep (id, value) of happenings, the bytes being the caller's, and add (key, happening) pairs."""
    db.executemany(
        "INSERT INTO happening (id, value) VALUES (?, ?)"
        " ON CONFLICT (id) DO UPDATE SET value = excluded.value",
        rows,
    )
    db.executemany("INSERT OR IGNORE INTO happening_key (key, happening) VALUES (?, ?)", keys)


def happening_keys(db: sqlite3.Connection, keys: Iterable[str]) -> list[tuple[str, str]]:
    """Return the (key, happening) pairs of these keys, in the order in which they were put."""
    return db.execute(
        "SELECT key, happening FROM happening_key WHERE key IN (SELECT value FROM json_each(?))"
        " ORDER BY ordinal",
        (_list(keys),),
    ).fetchall()


def happenings(db: sqlite3.Connection, ids: Iterable[str]) -> dict[str, bytes]:
    """Return the values of those of these happenings that there are."""
    found = db.execute(
        "SELECT id, value FROM happening WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id",
        (_list(ids),),
    )
    return dict(found)


def all_happenings(db: sqlite3.Connection) -> dict[str, bytes]:
    """Return the values of all happenings."""
    return dict(db.execute("SELECT id, value FROM happening ORDER BY id"))


def drop_happenings(db: sqlite3.Connection) -> None:
    """Drop all happenings with their keys."""
    db.execute("DELETE FROM happening")
    db.execute("DELETE FROM happening_key")


def linked(db: sqlite3.Connection, reports: Iterable[str]) -> list[str]:
    """Return these reports and all that share a family or a person with them, and so on, in order.

    Reports share a person where `hang` has noted them under an event as `BOND`.
    """
    found = db.execute(
        "WITH RECURSIVE linked (id) AS ("
        " SELECT value FROM json_each(?)"
        " UNION SELECT other.report FROM linked"
        "  CROSS JOIN family_member AS own ON own.report = linked.id"
        "  CROSS JOIN family_member AS other ON other.family = own.family"
        " UNION SELECT other.id FROM linked"
        "  CROSS JOIN hanging AS own ON own.noun = ? AND own.id = linked.id"
        "  CROSS JOIN hanging AS other ON other.event = own.event AND other.noun = own.noun"
        ") SELECT linked.id FROM linked JOIN report USING (id) ORDER BY ordinal",
        (_list(reports), BOND),
    )
    return [row[0] for row in found]


def due(db: sqlite3.Connection) -> set[str]:
    """Return the events of which the page is to be written or removed."""
    return {row[0] for row in db.execute("SELECT id FROM hanging WHERE noun = ?", (DUE,))}


def hanging(db: sqlite3.Connection, event: str, noun: str) -> list[str]:
    """Return what hangs on an event."""
    found = db.execute(
        "SELECT id FROM hanging WHERE event = ? AND noun = ? ORDER BY id", (event, noun)
    )
    return [row[0] for row in found]


def drop_people(db: sqlite3.Connection, reports: Iterable[str]) -> None:
    """Drop the people whose ids were made in these reports ("<report>/p<ordinal>")."""
    db.executemany(
        "DELETE FROM person WHERE id > ? || '/' AND id < ? || '0'",  # "0" follows "/"
        ((report, report) for report in reports),
    )


def put_parts(db: sqlite3.Connection, found: Iterable[tuple[str, str]]) -> None:
    """Keep (person in a report, person across reports) of people that were put."""
    db.executemany("INSERT INTO person_part (part, person) VALUES (?, ?)", found)


def persons_of(db: sqlite3.Connection, parts: Iterable[str]) -> dict[str, str]:
    """Return the persons across reports whom those of these persons in reports are that there are."""
    found = db.execute(
        "SELECT part, person FROM person_part"
        " WHERE part IN (SELECT value FROM json_each(?)) ORDER BY part",
        (_list(parts),),
    )
    return dict(found)


def parts_of(db: sqlite3.Connection, persons: Iterable[str]) -> dict[str, list[str]]:
    """Return the persons in reports who are these persons across reports, by the latter's id."""
    rows = db.execute(
        "SELECT person, part FROM person_part"
        " WHERE person IN (SELECT value FROM json_each(?)) ORDER BY person, part",
        (_list(persons),),
    )
    found: dict[str, list[str]] = {}
    for person, part in rows:
        found.setdefault(person, []).append(part)
    return found


def hang(db: sqlite3.Connection, event: str, noun: str, ids: Iterable[str]) -> None:
    """Note what was derived with an event."""
    db.executemany(
        "INSERT OR IGNORE INTO hanging (event, noun, id) VALUES (?, ?, ?)",
        ((event, noun, one) for one in ids),
    )


def unhang(db: sqlite3.Connection, events: Iterable[str], noun: str) -> list[str]:
    """Forget what hangs on these events, and return what hangs on no other."""
    gone = _list(events)
    freed = db.execute(
        "SELECT DISTINCT id FROM hanging AS one WHERE noun = ?"
        " AND event IN (SELECT value FROM json_each(?)) AND NOT EXISTS ("
        "SELECT 1 FROM hanging AS other WHERE other.noun = one.noun AND other.id = one.id"
        " AND other.event NOT IN (SELECT value FROM json_each(?))) ORDER BY id",
        (noun, gone, gone),
    ).fetchall()
    db.execute(
        "DELETE FROM hanging WHERE noun = ? AND event IN (SELECT value FROM json_each(?))",
        (noun, gone),
    )
    return [row[0] for row in freed]


def _list(items: Iterable[str]) -> str:
    return json.dumps(list(items), ensure_ascii=False)
