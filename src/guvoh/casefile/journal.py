"""The journal: one append-only log per actor key, read together in canonical order."""

import os
import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import msgspec

from guvoh.casefile import disk, log, merkle, records
from guvoh.casefile.actor import Actor, key_id
from guvoh.casefile.errors import CaseDamaged
from guvoh.casefile.folder import Case, append_lock
from guvoh.casefile.records import Content, Observed, Record

_KEY_ID = re.compile(r"[0-9a-f]{32}")


# How this process left a log, its length and last Lamport number: read again once anybody else wrote.
_ends: dict[Path, tuple[log.Left, int, int]] = {}


class _Key(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    v: int
    algorithm: str
    public: str


def logs(case: Case) -> list[str]:
    """Return the key-ids of the case's logs, in order."""
    try:
        # An append asks, and Path.iterdir takes longer.
        return sorted(filter(_KEY_ID.fullmatch, os.listdir(f"{case.root}/journal")))  # noqa: PTH208
    except (FileNotFoundError, NotADirectoryError):
        return []


def read(case: Case, after: Mapping[str, int] | None = None) -> list[Record]:
    """Return records in canonical order, each checked against its leaf; erased ones are left out.

    `after` says how many of each log's records are known, erased ones too, and are not read again.
    Raises CaseDamaged, CaseTooNew.
    """
    found: list[Record] = []
    for name in logs(case):
        folder = case.journal / name
        public_key(case, name)
        start = (after or {}).get(name, 0)
        for index, entry in enumerate(log.scan(folder, start).entries, start):
            if entry.payload is not None:
                found.append(records.decode(entry.payload, (folder, name, index)))
    found.sort(key=lambda record: (record.lamport, record.key_id, record.index))
    return found


def append(case: Case, actor: Actor, contents: Sequence[Content], at: str) -> list[Record]:
    """Append records to the actor's log; they are on the disk when this returns.

    `at` is the time of writing, UTC with Z. Raises CaseBusy, CaseUnwritable, CaseDamaged.
    """
    with append_lock(case):
        return _append(case, actor, contents, at)


def mend(case: Case) -> None:
    """Cut torn tails and complete leaves after an interruption; raises CaseBusy at once.

    No record notes it: a copy may lag behind others of its actor's log, and a note would fork it.
    """
    with append_lock(case, patience=0.0):
        for name in logs(case):
            _head(_folder(case.root, name))


def erase(case: Case, doomed: Callable[[Content], bool], actor: Actor, at: str) -> int:
    """Erase the payloads and salts of all records whose content is doomed; return their number.

    Their leaves stay, so that roots and proofs still hold, and tombstones take their places.
    """
    with append_lock(case):
        _append(case, actor, (), at)
        found: dict[str, dict[int, int]] = {}
        for record in read(case):
            if doomed(record.content):
                found.setdefault(record.key_id, {})[record.index] = record.lamport
        for name, places in found.items():
            log.erase(case.journal / name, places)
    return sum(map(len, found.values()))


def is_sound(case: Case) -> bool:
    """Say whether no log has a torn tail; a writer at work may look like one."""
    return all(log.tail(case.journal / name) is not None for name in logs(case))


def leaves(case: Case, name: str) -> list[bytes]:
    """Return the leaves of a log, 32 bytes each; `merkle` makes roots and proofs of them."""
    return [entry.leaf for entry in log.scan(case.journal / name).entries]


def root(case: Case, name: str) -> bytes:
    """Return the RFC 6962 root of a log."""
    return merkle.root(leaves(case, name))


def public_key(case: Case, name: str) -> bytes | None:
    """Return the raw public key of a log, None where its first write was interrupted."""
    folder = case.journal / name
    path = folder / "key.json"
    # Asked first: a writer at work makes the key before these.
    begun = (folder / "log").exists() or (folder / "records").exists()
    if not path.exists():
        if begun:
            raise CaseDamaged("a log lost its key", path, "restore the file from a backup")
        return None
    with disk.reading(path):
        data = path.read_bytes()
    try:
        key = msgspec.json.decode(data, type=_Key)
        public = bytes.fromhex(key.public)
    except (msgspec.DecodeError, ValueError):
        public = b""
    if _key_file(public) != data or key_id(public) != name:
        raise CaseDamaged(
            "this is not the key that the log is named after",
            path,
            "restore the file from a backup",
        )
    return public


@lru_cache(64)
def _folder(root: Path, name: str) -> Path:
    return root / "journal" / name


def _key_file(public: bytes) -> bytes:
    return msgspec.json.encode(_Key(v=1, algorithm="ed25519", public=public.hex())) + b"\n"


def _append(case: Case, actor: Actor, contents: Sequence[Content], at: str) -> list[Record]:
    """Append under the lock, after what an interruption left has been mended and noted."""
    mended: list[Content] = []
    length = lamport = 0
    for name in logs(case):
        count, last, note = _head(_folder(case.root, name))
        lamport = max(lamport, last)
        if name == actor.key_id:
            length = count
        if note is not None:
            mended.append(note)
    everything = [*mended, *contents]
    if not everything:
        return []
    if length == 0:
        _start(case, actor)
    made = [
        Record(lamport + 1 + place, actor.key_id, length + place, at, content)
        for place, content in enumerate(everything)
    ]
    payloads = [records.encode(record.content, record.lamport, at).encode() for record in made]
    folder = _folder(case.root, actor.key_id)
    _ends[folder] = (log.append(folder, length, payloads), length + len(made), made[-1].lamport)
    return made[len(mended) :]


def _head(folder: Path) -> tuple[int, int, Observed | None]:
    """Return a log's length and last Lamport number, and a note if it had to be mended."""
    left, length, number = _ends.get(folder, ((), 0, 0))
    if log.is_as_left(left):
        return length, number, None
    quick = log.tail(folder)
    if quick is not None:
        count, payload = quick
        return count, records.lamport_of(payload) if count else 0, None
    found = log.scan(folder)
    note = None
    if not found.sound:
        with disk.writing(folder):
            log.mend(folder, found)
        torn = "a torn last line was cut" if found.record_tail else "leaves were completed"
        note = Observed(None, "journal", f"after an interruption in log {folder.name}, {torn}")
    if not found.entries:
        return 0, 0, note
    last = found.entries[-1]
    lamport = records.lamport_of(last.payload) if last.payload is not None else last.lamport
    return len(found.entries), lamport or 0, note


def _start(case: Case, actor: Actor) -> None:
    """Make the folder of a log that has no records yet; after an interruption, what is missing."""
    folder = case.journal / actor.key_id
    with disk.writing(folder):
        disk.make_folder(folder)
        if not (folder / "key.json").exists():
            disk.write_whole(folder / "key.json", _key_file(actor.public))
        disk.make_folder(folder / "records")
