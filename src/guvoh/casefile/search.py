"""Full-text search over the public reports of a case, folded over scripts and diacritics."""

import re
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from guvoh.casefile.derived import SECURE_DELETE
from guvoh.languages.fold import fold, skeleton
from guvoh.model.report import Report

_BONES = (
    4  # consonants by which a name is found in other spellings; "guard" and "Gerda" share three
)
_SPELLINGS = 12  # of one name
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase asked for, folded, with the other spellings of the name that it may be."""

    spellings: tuple[str, ...]
    begins: bool = False

    @property
    def pattern(self) -> str:
        """Return a regular expression that finds it in folded text, as the full text does.

        There only letters and digits count; what stands between two words of a phrase may be anything else.
        """
        ends = "" if self.begins else r"(?![^\W_])"
        spelled = (r"[\W_]+".join(_WORD.findall(one)) for one in self.spellings)
        return rf"(?<![^\W_])(?:{'|'.join(spelled)}){ends}"


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

    Words between quotation marks are looked for as a phrase; a word that ends in * as a beginning;
    the name of somebody in the case in every spelling that reports give it.
    """
    return find_terms(db, terms(db, words), limit)


def find_terms(db: sqlite3.Connection, asked: Sequence[Term], limit: int = 100) -> list[str]:
    """Return the ids of reports that hold all of what is asked, the best match first."""
    if not asked:
        return []
    found = db.execute(
        "SELECT report.id FROM search JOIN report ON report.ordinal = search.rowid"
        " WHERE search MATCH ? ORDER BY search.rank, search.rowid LIMIT ?",
        (" AND ".join(map(_query, asked)), limit),
    )
    return [row[0] for row in found]


def terms(db: sqlite3.Connection, words: str) -> list[Term]:
    """Return what a person asks for, word by word."""
    found: list[Term] = []
    for position, piece in enumerate(words.split('"')):
        # Pieces at odd positions stood between quotation marks.
        quoted = bool(position % 2)
        for phrase in [piece] if quoted else piece.split():
            folded = " ".join(fold(phrase).replace('"', " ").replace("\0", " ").split())
            if any(character.isalnum() for character in folded):
                begins = phrase.endswith("*") and not quoted
                plain = folded.rstrip("*") if begins else folded
                others = () if quoted or begins else _spelled(db, plain)
                found.append(Term((plain, *others), begins))
    return found


def _spelled(db: sqlite3.Connection, word: str) -> tuple[str, ...]:
    """Return how the names of the case spell what may be one of them, "horobet" for "khorobet"."""
    bones = skeleton(word)
    if len(bones) < _BONES:
        return ()
    rows = db.execute("SELECT names FROM person WHERE instr(names || ' ', ?) > 0", (f"#{bones} ",))
    told = {one for (names,) in rows for one in names.split() if not one.startswith("#")}
    return tuple(sorted(o for o in told - {word} if skeleton(o) == bones))[:_SPELLINGS]


def _query(term: Term) -> str:
    """Return a term in the language of FTS5: every phrase quoted, so that no word is an operator."""
    star = "*" if term.begins else ""
    return f"({' OR '.join(f'{_QUOTE}{one}{_QUOTE}{star}' for one in term.spellings)})"


_QUOTE = '"'
