"""Full-text search over the public reports of a case, folded over scripts and diacritics."""

import sqlite3
from collections.abc import Iterable

from guvoh.casefile.derived import SECURE_DELETE
from guvoh.languages.fold import fold
from guvoh.model.report import Report


def put(db: sqlite3.Connection, placed: Iterable[tuple[int, Report]]) -> None:
    """Index reports that were put under these ordinals; the caller sees to it that they are public."""
    for ordinal, report in placed:
        title = fold(report.title.text) if report.title is not None else ""
        db.execute(
            "INSERT INTO searchable (ordinal, title, text) VALUES (?, ?, ?)"
            " ON CONFLICT (ordinal) DO UPDATE SET title = excluded.title, text = excluded.text",
            (ordinal, title, fold(report.text)),
        )


def drop(db: sqlite3.Connection, ordinals: Iterable[int]) -> None:
    """Take reports out of the index, so that none of their words lingers there."""
    db.executemany("DELETE FROM searchable WHERE ordinal = ?", ((at,) for at in ordinals))
    forget(db)


def forget(db: sqlite3.Connection) -> None:
    """Clear the index of the words of reports that were dropped or changed."""
    if sqlite3.sqlite_version_info < SECURE_DELETE:
        db.execute("INSERT INTO search (search) VALUES ('optimize')")


def find(db: sqlite3.Connection, words: str, limit: int = 100) -> list[str]:
    """Return the ids of reports that hold all these words, the best match first.

    Words between quotation marks are looked for as a phrase; a word that ends in * as a beginning.
    """
    query = _query(words)
    if not query:
        return []
    found = db.execute(
        "SELECT report.id FROM search JOIN report ON report.ordinal = search.rowid"
        " WHERE search MATCH ? ORDER BY search.rank, search.rowid LIMIT ?",
        (query, limit),
    )
    return [row[0] for row in found]


def _query(words: str) -> str:
    """Return the FTS5 query: every phrase quoted, so that no word is an operator."""
    phrases: list[str] = []
    for position, piece in enumerate(words.split('"')):
        # Pieces at odd positions stood between quotation marks.
        for phrase in [piece] if position % 2 else piece.split():
            folded = fold(phrase).replace('"', " ").replace("\0", " ").strip()
            if any(character.isalnum() for character in folded):
                star = "*" if phrase.endswith("*") and not position % 2 else ""
                phrases.append(f'"{folded}"{star}')
    return " ".join(phrases)
