"""Bring two copies of a case to the same captures and logs: what each lacks is copied, tombstones win."""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field

from guvoh.casefile import anchors, captures, disk, heads, journal, kept, log, records, vault
from guvoh.casefile.errors import CaseDamaged, CaseError
from guvoh.casefile.folder import Case, append_lock
from guvoh.casefile.log import Entry
from guvoh.casefile.records import Arrived

_RESTORE = "look which copy is right, and restore the other from a backup"


class MergeError(CaseError):
    """Two cases cannot be brought together; nothing was changed."""


@dataclass(slots=True)
class Done:
    """What was copied to each of the two sides."""

    captures: list[int] = field(default_factory=lambda: [0, 0])
    records: list[int] = field(default_factory=lambda: [0, 0])
    erased: list[int] = field(default_factory=lambda: [0, 0])
    sealed: list[int] = field(default_factory=lambda: [0, 0])


_Logs = Mapping[str, Sequence[Entry]]


def merge(one: Case, other: Case, *, join: bool = False) -> Done:
    """Copy what each case lacks of the other, both locked; interrupted, it can be run again.

    Captures come before the records that name them. Raises CaseDamaged where a log was forked, cut or
    changed in one of the two, MergeError for cases that share no log unless `join`, CaseTooNew.
    Nothing is changed before all of that was looked at.
    """
    sides = (one, other)
    done = Done()
    with ExitStack() as locks:
        for case in sorted(sides, key=lambda case: str(case.root)):
            locks.enter_context(append_lock(case))
            journal.mend(case)
        logs = tuple(_logs(case) for case in sides)
        _refuse(sides, logs, join=join)
        gone = _erased(logs)
        named = _named(sides, logs, gone)
        for here, there in ((0, 1), (1, 0)):
            done.captures[here] = _copy_captures(sides[here], sides[there], named)
        for here, there in ((0, 1), (1, 0)):
            done.records[here] = _copy_logs(sides[here], sides[there], logs[here], logs[there])
            done.erased[here] = _erase(sides[here], gone, named)
        done.sealed = _merge_vaults(sides)
        _merge_anchors(sides)
        _merge_checkpoints(sides)
        _merge_kept(sides)
    return done


def _logs(case: Case) -> dict[str, tuple[Entry, ...]]:
    journal.read(case)  # keys, types and versions
    return {name: log.scan(case.journal / name).entries for name in journal.logs(case)}


def _refuse(sides: tuple[Case, Case], logs: tuple[_Logs, ...], *, join: bool) -> None:
    """Raise for anything that would make the result other than both together."""
    shared, forks = False, []
    for name in sorted(logs[0].keys() & logs[1].keys()):
        pairs = list(zip(logs[0][name], logs[1][name], strict=False))
        apart = next((at for at, (a, b) in enumerate(pairs) if a.leaf != b.leaf), len(pairs))
        shared = shared or apart > 0
        if apart < len(pairs):
            forks.append((name, apart))
    if not shared and all(any(these.values()) for these in logs) and not join:
        raise MergeError(
            "the two folders share no record, so they are two cases",
            sides[1].root,
            "name a copy of the same case, or add --join to make one case of them",
        )
    for name, index in forks:
        raise CaseDamaged(
            f"the two copies of log {name} differ from record {index} on: it was forked, put in "
            "another order or written anew",
            sides[1].journal / name / "log",
            _RESTORE,
        )
    longest = {
        name: [entry.leaf for entry in max((side.get(name, ()) for side in logs), key=len)]
        for name in logs[0].keys() | logs[1].keys()
    }
    for case in sides:
        for name in journal.logs(case):
            signed = heads.kept(case, name)
            for key, why in heads.against(signed, longest) if signed is not None else ():
                raise CaseDamaged(
                    f"a checkpoint does not fit the logs: {why}", case.journal / key, _RESTORE
                )
    _refuse_rosters(sides)


def _refuse_rosters(sides: tuple[Case, Case]) -> None:
    first, second = (vault.roster_lines(case) for case in sides)
    if any(a != b for a, b in zip(first, second, strict=False)):
        raise MergeError(
            "the two cases have different key-holders",
            sides[1].vault / "roster.jsonl",
            "settle who holds keys first; both lists were added to apart from each other",
        )


def _erased(logs: Sequence[_Logs]) -> dict[str, dict[int, int]]:
    """Return the Lamport numbers of records that either side has erased, by log and index."""
    gone: dict[str, dict[int, int]] = {}
    for side in logs:
        for name, entries in side.items():
            for index, entry in enumerate(entries):
                if entry.payload is None:
                    gone.setdefault(name, {})[index] = entry.lamport or 0
    return gone


def _named(
    sides: tuple[Case, Case], logs: Sequence[_Logs], gone: Mapping[str, Mapping[int, int]]
) -> set[str]:
    """Return the captures of which a record will stay."""
    found: set[str] = set()
    for case, side in zip(sides, logs, strict=True):
        for name, entries in side.items():
            for index, entry in enumerate(entries):
                if entry.payload is not None and index not in gone.get(name, {}):
                    record = records.decode(entry.payload, (case.journal / name, name, index))
                    if isinstance(record.content, Arrived):
                        found.add(record.content.capture)
    return found


def _copy_captures(to: Case, source: Case, named: set[str]) -> int:
    there = set(captures.stored(source))
    missing = sorted(named & there - set(captures.stored(to)))
    for at in range(0, len(missing), _BATCH):
        with captures.batch(to) as batch:
            for digest in missing[at : at + _BATCH]:
                path = captures.path_of(source, digest)
                with disk.reading(path), path.open("rb") as stream:
                    if batch.add(stream).digest != digest:
                        raise CaseDamaged("a capture is not what arrived", path, _RESTORE)
    return len(missing)


_BATCH = 256  # captures whose fsyncs share the file system's journal


def _copy_logs(to: Case, source: Case, mine: _Logs, theirs: _Logs) -> int:
    number = 0
    for name, entries in theirs.items():
        have = len(mine.get(name, ()))
        if have >= len(entries):
            continue
        folder = to.journal / name
        with disk.writing(folder):
            disk.make_folder(folder)
            key = (source.journal / name / "key.json").read_bytes()
            if not (folder / "key.json").exists():
                disk.write_whole(folder / "key.json", key)
            disk.make_folder(folder / "records")
        lines = log.raw_lines(source.journal / name)
        log.append_lines(folder, have, lines[have:], [entry.leaf for entry in entries[have:]])
        number += len(entries) - have
    return number


def _erase(case: Case, gone: Mapping[str, Mapping[int, int]], named: set[str]) -> int:
    """Make tombstones of what the other side has erased, and delete captures that nothing names now."""
    number = 0
    for name, doomed in gone.items():
        folder = case.journal / name
        entries = log.scan(folder).entries
        fresh = {at: n for at, n in doomed.items() if entries[at].payload is not None}
        dead: set[str] = set()
        for index in fresh:
            payload = entries[index].payload
            record = records.decode(payload or b"", (folder, name, index))
            if isinstance(record.content, Arrived) and record.content.capture not in named:
                dead.add(record.content.capture)
        captures.doom(case, dead)
        log.erase(folder, fresh)
        for digest in sorted(dead):
            captures.remove(case, digest)
        number += len(fresh)
    return number


def _merge_vaults(sides: tuple[Case, Case]) -> list[int]:
    """Bring both vaults to the union of their records without what either has removed."""
    copied = [0, 0]
    rosters = [vault.roster_lines(case) for case in sides]
    removed = set(vault.removed(sides[0])) | set(vault.removed(sides[1]))
    for here, there in ((0, 1), (1, 0)):
        to, source = sides[here], sides[there]
        vault.note_removed(to, sorted(removed - set(vault.removed(to))))
        for name in sorted(removed & set(vault.names(to))):
            vault.remove(to, name)
        for name in sorted(set(vault.names(source)) - set(vault.names(to)) - removed):
            vault.add(to, vault.read(source, name))
            copied[here] += 1
        for line in rosters[there][len(rosters[here]) :]:
            vault.append_to_roster(to, line + b"\n")
    return copied


def _merge_anchors(sides: tuple[Case, Case]) -> None:
    for here, there in ((0, 1), (1, 0)):
        have = {path.name for path, _, _ in anchors.files(sides[here])}
        for path, _, kind in anchors.files(sides[there]):
            if path.name not in have:
                anchors.keep(sides[here], kind, path.read_bytes())


def _merge_checkpoints(sides: tuple[Case, Case]) -> None:
    """Keep on both sides, for each signer, the checkpoint that names more records."""
    for here, there in ((0, 1), (1, 0)):
        for name in journal.logs(sides[there]):
            theirs, mine = heads.kept(sides[there], name), heads.kept(sides[here], name)
            if theirs is not None and (mine is None or mine.size < theirs.size):
                path = heads.path_of(sides[here], name)
                with disk.writing(path):
                    disk.write_whole(path, theirs.note)


def _merge_kept(sides: tuple[Case, Case]) -> None:
    """Give both what trained models marked for either; where they differ, the same one to both."""
    rows: dict[tuple[str, str], bytes] = {}
    for case in sides:
        for text, model, value in kept.rows(case):
            rows[text, model] = min(rows.get((text, model), value), value)
    for case in sides:
        kept.put_rows(case, rows)
