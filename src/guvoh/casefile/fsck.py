"""Check every byte of a case: names against contents, logs against roots, what is derived against its digests."""

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from guvoh.casefile import (
    anchors,
    captures,
    disk,
    heads,
    journal,
    log,
    logcheck,
    notes,
    sums,
    vault,
)
from guvoh.casefile.errors import CaseDamaged, CaseUnreadable
from guvoh.casefile.faults import Code, Fault
from guvoh.casefile.folder import Case
from guvoh.casefile.heads import Checkpoint
from guvoh.casefile.logcheck import Checked
from guvoh.casefile.notes import NoteError
from guvoh.casefile.records import Arrived, Assessed, Declared, Record
from guvoh.casefile.stamps import Standing

_RESTORE = "restore the file from a backup"
_SEALED = re.compile(r"[0-9a-f]{32}\.age")
# What lies in a case besides what is checked by content: nothing is read from it.
_EMPTY = ("locks/", "captures/incoming/", "captures/doomed/")
_CLOCKS = 300  # seconds by which the clocks of a device and an authority may differ
_TOGETHER = 32  # captures that a thread takes at a time


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found: faults, the sound records in canonical order, the checkpoints that hold.

    `read` counts the bytes of captures and journal.
    """

    faults: tuple[Fault, ...]
    records: tuple[Record, ...]
    checkpoints: tuple[Checkpoint, ...]
    read: int


def check(case: Case, outside: Sequence[Checkpoint] = ()) -> Report:
    """Check a case without changing it; `outside` are checkpoints whose signatures were checked.

    Raises CaseTooNew for records of a newer version.
    """
    faults: list[Fault] = []
    kept = list(_checkpoints(case, faults))
    known = [*kept, *outside]
    logs = [
        logcheck.check(case, name, [h for c in known if (h := c.of(name)) is not None])
        for name in journal.logs(case)
    ]
    for one in logs:
        faults += one.faults
    faults += _unfit(case, logs, known)
    faults += _erased(case, logs, known)
    records = sorted(
        (record for one in logs for record in one.records),
        key=lambda record: (record.lamport, record.key_id, record.index),
    )
    unnamed, read = _captures(case, records, faults)
    faults = [_naming(fault, unnamed) for fault in faults]
    if not any(fault.captures for fault in faults if fault.path.startswith("journal/")):
        faults += [_orphan(case, digest) for digest in unnamed]
    faults += _links(case, records)
    faults += _vault(case)
    faults += _removed(case)
    faults += _anchors(case, records)
    faults += _derived(case)
    faults += _foreign(case)
    return Report(tuple(faults), tuple(records), tuple(kept), read)


def _checkpoints(case: Case, faults: list[Fault]) -> Iterator[Checkpoint]:
    for name in journal.logs(case):
        path = heads.path_of(case, name)
        try:
            public = journal.public_key(case, name)
            data = path.read_bytes() if path.exists() else None
        except CaseDamaged:
            continue  # the log's own check says so
        if data is None or public is None:
            continue
        try:
            yield heads.read(data, public)
        except NoteError as error:
            text = f"this checkpoint is damaged: {error}"
            faults.append(Fault(Code.DAMAGED, _name(case, path), text, repair="checkpoint"))


def _unfit(
    case: Case, logs: Sequence[Checked], checkpoints: Sequence[Checkpoint]
) -> Iterator[Fault]:
    """Yield where a log is not the continuation of what was signed; damage already named aside."""
    damaged = {one.name for one in logs if any(f.code is Code.DAMAGED for f in one.faults)}
    leaves: Mapping[str, Sequence[bytes]] = {one.name: one.leaves for one in logs}
    said: set[tuple[str, str]] = set()
    for checkpoint in checkpoints:
        for name, why in heads.against(checkpoint, leaves):
            if name not in damaged and (name, why) not in said:
                said.add((name, why))
                path = _name(case, case.journal / name / "log")
                yield Fault(Code.DAMAGED, path, f"{why}; restore the journal from a backup")


_UNNAMED = "no record names this capture; it was interrupted before it was acknowledged"


def _erased(
    case: Case, logs: Sequence[Checked], checkpoints: Sequence[Checkpoint]
) -> Iterator[Fault]:
    """Yield tombstones that are not as they were signed: no leaf covers what they say."""
    found = {(one.name, at): lamport for one in logs for at, lamport in one.tombstones.items()}
    signed = {one for checkpoint in checkpoints for one in checkpoint.erased}
    for name, at, lamport in sorted(signed):
        if found.get((name, at)) != lamport:
            path = _name(case, log.segment(case.journal / name, at))
            text = f"record {at} was erased, and its tombstone is not the one that was signed"
            yield Fault(Code.DAMAGED, path, f"{text}; {_RESTORE}")


def _captures(
    case: Case, records: Sequence[Record], faults: list[Fault]
) -> tuple[tuple[str, ...], int]:
    """Check each capture against its name and its arrival, and add what is wrong to `faults`.

    Return the digests of sound captures that no record names, and the bytes read.
    """
    sizes = {
        record.content.capture: record.content.bytes
        for record in records
        if isinstance(record.content, Arrived)
    }
    stored = list(captures.stored(case)) if case.captures.is_dir() else []
    unnamed: list[str] = []
    read = 0
    for digest, result in _verified(case, stored):
        path = _name(case, captures.path_of(case, digest))
        if isinstance(result, str):
            faults.append(Fault(Code.DAMAGED, path, f"{result}; {_RESTORE}", (digest,)))
            continue
        read += result
        if digest not in sizes:
            unnamed.append(digest)
        elif sizes[digest] != result:
            text = f"it has {result} bytes, and {sizes[digest]} arrived; {_RESTORE}"
            faults.append(Fault(Code.DAMAGED, path, text, (digest,)))
    for digest in sorted(sizes.keys() - set(stored)):
        path = _name(case, captures.path_of(case, digest))
        text = f"a capture is missing; {_RESTORE}, or take it in again"
        faults.append(Fault(Code.DAMAGED, path, text, (digest,)))
    return tuple(unnamed), read


def _orphan(case: Case, digest: str) -> Fault:
    path = _name(case, captures.path_of(case, digest))
    return Fault(Code.FOREIGN, path, _UNNAMED, (digest,))


def _naming(fault: Fault, unnamed: tuple[str, ...]) -> Fault:
    """Return a fault of the journal with the captures that it leaves without a record."""
    lost = fault.code is Code.DAMAGED and fault.repair is None and "/records/" in fault.path
    return replace(fault, captures=unnamed) if lost else fault


def _verified(case: Case, digests: Sequence[str]) -> Iterator[tuple[str, int | str]]:
    """Yield each capture with its size, or with what is wrong with it; several are read at a time."""

    def verified(some: Sequence[str]) -> list[tuple[str, int | str]]:
        return [(digest, _verify(case, digest)) for digest in some]

    parts = [digests[at : at + _TOGETHER] for at in range(0, len(digests), _TOGETHER)]
    with ThreadPoolExecutor(os.cpu_count() or 1) as threads:
        for part in threads.map(verified, parts):
            yield from part


def _verify(case: Case, digest: str) -> int | str:
    try:
        return captures.verify(case, digest)
    except (CaseDamaged, CaseUnreadable) as damage:
        return damage.happened


def _links(case: Case, records: Sequence[Record]) -> Iterator[Fault]:
    """Yield records that speak of a capture of which no record says that it arrived."""
    known = {r.content.capture for r in records if isinstance(r.content, Arrived)}
    for record in records:
        named: tuple[str | None, ...] = ()
        match record.content:
            case Arrived(parent=parent):
                named = (parent,)
            case Declared(capture=capture):
                named = (capture,)
            case Assessed(target=target):
                named = (target.capture,)
        for digest in named:
            if digest and digest not in known:
                path = _name(case, log.segment(case.journal / record.key_id, record.index))
                text = f"record {record.index} speaks of a capture that has no record of arriving"
                yield Fault(Code.INCOMPLETE, path, text, (digest,))


def _vault(case: Case) -> Iterator[Fault]:
    folder = case.vault / "records"
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if not _SEALED.fullmatch(path.name):
            continue
        digest = sums.digest_of(path)
        if digest[:32] != path.stem and vault.is_expected(case, digest):
            text = "an interruption came before it had its name"
            yield Fault(Code.INCOMPLETE, _name(case, path), text, repair="vault")
        elif digest[:32] != path.stem:
            text = f"a sealed record is not what was sealed; {_RESTORE}"
            yield Fault(Code.DAMAGED, _name(case, path), text)


def _removed(case: Case) -> Iterator[Fault]:
    try:
        vault.removed(case)
    except CaseDamaged as damage:
        yield Fault(Code.DAMAGED, "vault/removed", damage.happened)


def _anchors(case: Case, records: Sequence[Record]) -> Iterator[Fault]:
    """Yield what others vouch for and is changed, does not hold, or contradicts what was written."""
    for path, digest, _ in anchors.files(case):
        if sums.digest_of(path) != digest:
            text = f"this is not what was kept; {_RESTORE}"
            yield Fault(Code.DAMAGED, _name(case, path), text)
    for one in anchors.every(case):
        name = _name(case, anchors.folder(case) / f"{sha256(one.response).hexdigest()}.tsr")
        if one.stamp.standing is Standing.REFUSED:
            yield Fault(Code.UNANCHORED, name, f"this stamp is refused: {one.stamp.why}")
        late = [
            record
            for record in records
            if (head := one.checkpoint.of(record.key_id)) is not None
            and record.index < head.size
            and one.stamp.time is not None
            and _seconds(record.at) > _seconds(one.stamp.time) + _CLOCKS
        ]
        if late:
            text = (
                f"it is of {one.stamp.time} and covers a record that says it was written at "
                f"{late[-1].at}; one of the two clocks was wrong"
            )
            yield Fault(Code.UNANCHORED, name, text)


def _seconds(at: str) -> float:
    return datetime.fromisoformat(at).timestamp()


def _derived(case: Case) -> Iterator[Fault]:
    path = _name(case, sums.path_of(case))
    try:
        noted = sums.read(case)
    except CaseDamaged as damage:
        yield Fault(Code.DAMAGED, path, damage.happened, repair="derive")
        return
    if noted is None:
        there = [one.relative_to(case.root).as_posix() for one in sums.derived_files(case)]
        if there:
            text = "the last derivation was not ended, so what it wrote cannot be checked"
            yield Fault(Code.INCOMPLETE, "derived.sqlite", text, repair="derive")
        return
    for name, digest in noted.items():
        file = case.root / name
        if not file.is_file():
            text = "it was derived and is missing"
            yield Fault(Code.INCOMPLETE, name, text, repair="derive")
        elif sums.digest_of(file) != digest:
            if name == sums.MARKER:
                text = f"the title or format is not the one that was noted; {_RESTORE}"
                yield Fault(Code.DAMAGED, name, text)
            else:
                text = "it is not what was derived"
                yield Fault(Code.DAMAGED, name, text, repair="derive")


def _foreign(case: Case) -> Iterator[Fault]:
    """Yield files of which this format knows nothing."""
    known = {_name(case, path) for path in sums.derived_files(case)}
    known |= {
        "guvoh.toml",
        "derived.sqlite-wal",
        "derived.sqlite-shm",
        "derived.sha256",
        "derived.former.sqlite",
    }
    known |= {"vault/roster.jsonl", "vault/removed"}
    for path in sorted(_files(case.root)):
        name = _name(case, path)
        if name in known or name.startswith(_EMPTY) or _OURS.fullmatch(name):
            continue
        yield Fault(Code.FOREIGN, name, "this file is no part of a case")


_OURS = re.compile(
    r"captures/[0-9a-f]{2}/[0-9a-f]{64}"
    r"|journal/[0-9a-f]{32}/(?:key\.json|log|checkpoint|records/[0-9]{6,}\.jsonl)"
    r"|vault/records/[0-9a-f]{32}\.age(?:\.next)?"
    r"|anchors/[0-9a-f]{64}\.(?:checkpoint|tsq|tsr|pem)"
    r"|pages/.*"
)


def _files(folder: Path) -> Iterator[Path]:
    for entry in os.scandir(folder):
        if entry.is_dir(follow_symlinks=False):
            yield from _files(Path(entry.path))
        else:
            yield Path(entry.path)


def touched(faults: Iterable[Fault], records: Sequence[Record]) -> list[str]:
    """Return the names under which the captures came that faults touch."""
    wanted = {digest for fault in faults for digest in fault.captures}
    names = {
        record.content.file
        for record in records
        if isinstance(record.content, Arrived) and record.content.capture in wanted
    }
    return sorted(names)


def _name(case: Case, path: Path) -> str:
    return path.relative_to(case.root).as_posix()


def mend_leaves(case: Case, faults: Sequence[Fault]) -> list[str]:
    """Write damaged leaves anew from their records; the caller holds the append lock."""
    mended: list[str] = []
    for name in {fault.path for fault in faults if fault.repair == "leaves"}:
        folder = (case.root / name).parent
        checkpoints = [heads.read(p.read_bytes()) for p in _notes(case)]
        signed = [h for c in checkpoints if (h := c.of(folder.name)) is not None]
        checked = logcheck.check(case, folder.name, signed)
        with disk.writing(folder / "log"):
            disk.write_whole(folder / "log", log.leaf_lines(checked.leaves))
        mended.append(name)
    return mended


def _notes(case: Case) -> Iterator[Path]:
    for name in journal.logs(case):
        path = heads.path_of(case, name)
        try:
            notes.parse(path.read_bytes())
        except (OSError, NoteError):
            continue
        yield path
