"""The derived store: connections, transactions, how far it has come, and its digest."""

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import msgspec

from guvoh.casefile import disk
from guvoh.casefile.errors import CaseBusy, CaseUnwritable, NotDerived
from guvoh.casefile.folder import Case

SCHEMA = 9
_WRITTEN = "written"

# What the digest covers: what a reader sees, not indexes, caches and bookkeeping.
RESULTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("derivation", ("parent", "child")),
    ("event", ("id",)),
    ("family", ("id",)),
    ("finding", ("id",)),
    ("person", ("id",)),
    ("place", ("key",)),
    ("reading", ("report",)),
    ("report", ("id",)),
    ("warning", ("id",)),
)
# What the digest leaves out: bookkeeping, and what is made of the above.
INDEXES = (
    "claim",
    "family_member",
    "fingerprint",
    "hanging",
    "happening",
    "happening_key",
    "known",
    "meta",
    "outcome",
    "person_part",
    "posting",
    "search",
    "searchable",
    "unassessed",
)

# FTS5 removes deleted words at once from this version on; before, merging all segments does.
SECURE_DELETE = (3, 42, 0)


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a store has come: recipe, captures derived in canonical order, and their digest.

    `prefix` is `state.prefix_digest` of those captures; `judged` are the ids of the assessments that
    have been taken into account.
    """

    recipe: str
    position: int
    prefix: str
    judged: tuple[str, ...] = ()


def connect(case: Case) -> sqlite3.Connection:
    """Open the store for writing, under the derive lock; make it anew if it is not of this schema.

    The caller closes the connection.
    """
    with disk.writing(case.derived), _said(case.derived):
        if case.derived.exists() and not _is_ours(case):
            reset(case)
        db = _open(case)
        try:
            (version,) = db.execute("PRAGMA user_version").fetchone()
            if version == 0:
                _create(db)
        except BaseException:  # whatever ends it, the connection is closed; raised again
            db.close()
            raise
    return db


def connect_reader(case: Case) -> sqlite3.Connection:
    """Open the store for reading, beside any writer; raises NotDerived. The caller closes it.

    A store that somebody has only begun holds no tables yet, and is not derived either.
    """
    with suppress(sqlite3.Error):
        db = _read_only(case)
        with suppress(sqlite3.Error):
            if _version(db) == SCHEMA:
                return db
        db.close()
    raise NotDerived(
        "nothing has been derived yet, or by another version of guvoh",
        case.root,
        "run `guvoh rebuild`",
    )


def reset(case: Case) -> None:
    """Delete the store, under the derive lock and with no connection of one's own open."""
    # The log goes first: left behind, it would be replayed into the next store.
    for suffix in ("-wal", "-shm", ""):
        for store in (case.derived, case.former):
            path = store.with_name(store.name + suffix)
            with disk.writing(path):
                path.unlink(missing_ok=True)


def set_aside(case: Case) -> sqlite3.Connection | None:
    """Put the store away and return it for reading; None where another process has it open.

    Under the derive lock and with no connection of one's own open. The caller closes it and calls
    `drop_aside`: what is derived anew may have been masked in it.
    """
    log = case.derived.with_name(f"{case.derived.name}-wal")
    drop_aside(case)
    if log.exists() and log.stat().st_size:
        return None
    with disk.writing(case.derived):
        case.derived.replace(case.former)
    return _look(f"{case.former.as_uri()}?immutable=1")


def drop_aside(case: Case) -> None:
    """Delete what `set_aside` put away."""
    with disk.writing(case.former):
        case.former.unlink(missing_ok=True)


@contextmanager
def chunk(db: sqlite3.Connection) -> Iterator[None]:
    """Write one complete derivation: all of it is seen by readers, or nothing.

    Foreign keys are checked at the end, so that rows may come in any order.
    """
    with _said(_file(db)):
        db.execute("BEGIN IMMEDIATE")
        try:
            db.execute("PRAGMA defer_foreign_keys = ON")
            yield
            remember(db, _WRITTEN, secrets.token_hex(8))
            db.execute("COMMIT")
        except BaseException:  # half a change is taken back whatever ends it; raised again
            if db.in_transaction:
                db.execute("ROLLBACK")
            raise


@contextmanager
def snapshot(db: sqlite3.Connection) -> Iterator[None]:
    """Read one complete derivation, whatever a writer does meanwhile."""
    with _said(_file(db)):
        db.execute("BEGIN")
        try:
            yield
        finally:
            if db.in_transaction:
                db.execute("ROLLBACK")


def standing(db: sqlite3.Connection) -> Standing | None:
    """Return how far the store has come, None for an empty one."""
    kept = remembered(db, "standing")
    return None if kept is None else msgspec.json.decode(kept, type=Standing)


def version(db: sqlite3.Connection) -> str:
    """Return what is another after every change of the store, as a snapshot shows it."""
    return remembered(db, _WRITTEN) or ""


def advance(db: sqlite3.Connection, to: Standing) -> None:
    """Say how far the store has come, inside the transaction that brings it there."""
    remember(db, "standing", msgspec.json.encode(to).decode())


def remembered(db: sqlite3.Connection, key: str) -> str | None:
    """Return what `remember` put under this key, None in a store made since."""
    row = db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return None if row is None else str(row[0])


def remember(db: sqlite3.Connection, key: str, value: str) -> None:
    """Keep a word about something that was made from the store, such as pages."""
    db.execute(
        "INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (key, value),
    )


def digest(db: sqlite3.Connection) -> str:
    """Return the SHA-256 over all results, in hexadecimal; docs/formats/case.md says of what."""
    hasher = sha256()
    for table, keys in RESULTS:
        columns = ", ".join(keys)
        # Names come from the literal list above.
        query = f"SELECT {columns}, value FROM {table} ORDER BY {columns}"  # noqa: S608
        for *key, value in db.execute(query):
            row = [table, *key, msgspec.json.decode(value)]
            hasher.update(msgspec.json.encode(row, order="sorted") + b"\n")
    return hasher.hexdigest()


def _file(db: sqlite3.Connection) -> Path:
    return Path(db.execute("PRAGMA database_list").fetchone()[2])


@contextmanager
def _said(path: Path) -> Iterator[None]:
    """Turn what SQLite says of disk, lock and damage into the errors of a case."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        # The low byte of an extended code is its primary code.
        match getattr(error, "sqlite_errorcode", 0) & 0xFF:
            case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
                raise NotDerived(
                    "the derived store is damaged", path, "run `guvoh rebuild`, nothing is lost"
                ) from error
            case sqlite3.SQLITE_FULL:
                raise CaseUnwritable(
                    "the disk is full", path, "free some space and run the command again"
                ) from error
            case sqlite3.SQLITE_IOERR | sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN:
                raise CaseUnwritable(
                    "the disk refuses this file", path, "check the disk and its permissions"
                ) from error
            case sqlite3.SQLITE_BUSY:
                raise CaseBusy(
                    "another guvoh is working on this case", path, "wait until it is done"
                ) from error
        raise


def _create(db: sqlite3.Connection) -> None:
    schema = files("guvoh.casefile").joinpath("schema.sql").read_text(encoding="utf-8")
    if sqlite3.sqlite_version_info >= SECURE_DELETE:
        schema += "INSERT INTO search (search, rank) VALUES ('secure-delete', 1);\n"
    # `executescript` would commit first; the version is set in the same transaction as the tables.
    db.executescript(f"BEGIN IMMEDIATE;\n{schema}\nPRAGMA user_version = {SCHEMA};\nCOMMIT;")


def _open(case: Case) -> sqlite3.Connection:
    db = sqlite3.connect(case.derived, isolation_level=None, timeout=30)
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "secure_delete = ON",
        "temp_store = MEMORY",
        "cache_size = -65536",
    ):
        db.execute(f"PRAGMA {pragma}")
    return db


def _read_only(case: Case) -> sqlite3.Connection:
    try:
        return _look(f"{case.derived.as_uri()}?mode=ro")
    except sqlite3.OperationalError:
        # On a read-only disk WAL has nowhere to keep its index; nobody writes there either.
        return _look(f"{case.derived.as_uri()}?immutable=1")


def _look(address: str) -> sqlite3.Connection:
    db = sqlite3.connect(address, uri=True, isolation_level=None, timeout=30)
    try:
        db.execute("SELECT count(*) FROM sqlite_schema")
        db.execute("PRAGMA temp_store = MEMORY")
    except BaseException:  # whatever ends it, the connection is closed; raised again
        db.close()
        raise
    return db


def _is_ours(case: Case) -> bool:
    """Say whether the file is a store of this schema, or was begun and holds nothing yet."""
    with suppress(sqlite3.Error), closing(_read_only(case)) as db:
        (tables,) = db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        version = _version(db)  # after the tables, for it is set with them
        return version == SCHEMA or (version == 0 and tables == 0)
    return False


def _version(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])
