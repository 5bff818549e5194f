"""What trained models marked, kept by the digests of text and model: processors differ, results must not."""

import sqlite3
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path

import msgspec

from guvoh.casefile.disk import writing
from guvoh.casefile.folder import Case
from guvoh.model.report import Report
from guvoh.model.tagging import Tagging
from guvoh.model.text import Span

LANGUAGE = "en"
# The network takes about 7 s for this much; what comes after is left to the rules.
MOST_CHARACTERS = 100_000
_SCHEMA = """
CREATE TABLE IF NOT EXISTS tagging (
    text  TEXT NOT NULL,
    model TEXT NOT NULL,
    value BLOB NOT NULL,
    PRIMARY KEY (text, model)
) STRICT, WITHOUT ROWID;
"""
_decode = msgspec.json.Decoder(Tagging).decode


def text_digest(text: str, paragraphs: Sequence[Span]) -> str:
    """Return the digest of a text as a model reads it: its characters and where its paragraphs lie."""
    return sha256(msgspec.json.encode([text, paragraphs])).hexdigest()


def marked(report: Report) -> tuple[Span, ...]:
    """Return the paragraphs of a report that a model is asked to mark: none of other languages."""
    if report.language.partition("-")[0] != LANGUAGE:
        return ()
    last = bisect_right([one.end for one in report.paragraphs], MOST_CHARACTERS)
    return report.paragraphs[:last]


def retain(case: Case, reports: Iterable[Report]) -> None:
    """Delete what is kept of all other texts: a digest of one that was masked would confirm a guess."""
    if not _path(case).exists():
        return
    wanted = {text_digest(report.text, marked(report)) for report in reports}
    stale = {text for text, _, _ in rows(case)} - wanted
    if stale:
        with writing(_path(case)), _open(_path(case)) as db:
            db.executemany("DELETE FROM tagging WHERE text = ?", [(one,) for one in stale])


def find(case: Case, text: str, model: str) -> Tagging | None:
    """Return what `model` marked in the text of this digest, None where that is not kept."""
    path = _path(case)
    if not path.exists():
        return None
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=30)) as db:
            row = db.execute(
                "SELECT value FROM tagging WHERE text = ? AND model = ?", (text, model)
            ).fetchone()
        return None if row is None else _decode(row[0])
    except (sqlite3.DatabaseError, msgspec.DecodeError):
        return None  # damaged: the model marks anew, and `keep` makes the file anew


def keep(case: Case, taggings: Iterable[tuple[str, Tagging]]) -> int:
    """Keep taggings by their texts' digests; return how many differ from what was kept before.

    Raises CaseUnwritable. A file that is no longer a database is replaced.
    """
    rows = list(taggings)
    if not rows:
        return 0
    path = _path(case)
    with writing(path):
        try:
            return _keep(path, rows)
        except sqlite3.DatabaseError:
            path.unlink(missing_ok=True)
            return _keep(path, rows)


def rows(case: Case) -> list[tuple[str, str, bytes]]:
    """Return all that is kept as (text digest, model, value); nothing of a file that is damaged."""
    path = _path(case)
    if not path.exists():
        return []
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=30)) as db:
            found = db.execute("SELECT text, model, value FROM tagging ORDER BY text, model")
            return [(text, model, bytes(value)) for text, model, value in found]
    except sqlite3.DatabaseError:
        return []


def put_rows(case: Case, wanted: Mapping[tuple[str, str], bytes]) -> None:
    """Keep these values by (text digest, model), over others of the same; raises CaseUnwritable."""
    have = {(text, model): value for text, model, value in rows(case)}
    fresh = [(*key, value) for key, value in wanted.items() if have.get(key) != value]
    if fresh:
        with writing(_path(case)), _open(_path(case)) as db:
            db.executemany("INSERT OR REPLACE INTO tagging VALUES (?, ?, ?)", fresh)


def forget(case: Case) -> None:
    """Delete all that is kept, under the derive lock; the models mark anew."""
    with writing(_path(case)):
        _path(case).unlink(missing_ok=True)


def _keep(path: Path, rows: Sequence[tuple[str, Tagging]]) -> int:
    different = 0
    with _open(path) as db:
        for text, tagging in rows:
            value = msgspec.json.encode(tagging)
            before = db.execute(
                "SELECT value FROM tagging WHERE text = ? AND model = ?", (text, tagging.model)
            ).fetchone()
            different += before is not None and bytes(before[0]) != value
            db.execute(
                "INSERT OR REPLACE INTO tagging VALUES (?, ?, ?)", (text, tagging.model, value)
            )
    return different


@contextmanager
def _open(path: Path) -> Iterator[sqlite3.Connection]:
    """Open the store for one transaction, secure against loss of power, deleted rows overwritten."""
    with closing(sqlite3.connect(path, isolation_level=None, timeout=30)) as db:
        db.execute("PRAGMA synchronous = FULL")
        db.execute("PRAGMA secure_delete = ON")
        db.executescript(_SCHEMA)
        db.execute("BEGIN IMMEDIATE")
        yield db
        db.execute("COMMIT")


def _path(case: Case) -> Path:
    return case.root / "kept.sqlite"
