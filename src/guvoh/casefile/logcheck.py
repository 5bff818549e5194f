"""Check every byte of one log, and say for each that is wrong in which file it lies."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from guvoh.casefile import disk, journal, log, merkle, records
from guvoh.casefile.errors import CaseDamaged
from guvoh.casefile.faults import Code, Fault
from guvoh.casefile.folder import Case
from guvoh.casefile.heads import Head
from guvoh.casefile.records import Record

DAMAGED, INCOMPLETE = Code.DAMAGED, Code.INCOMPLETE
_RESTORE = "restore the file from a backup"


@dataclass(slots=True)
class Checked:
    """What was found of one log: its sound records, the leaves that hold, and the faults.

    `doubtful` are the indexes of records that are damaged or missing.
    """

    name: str
    records: list[Record] = field(default_factory=list)
    leaves: list[bytes] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    doubtful: list[int] = field(default_factory=list)
    tombstones: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a segment: the leaf that it makes itself, None for a tombstone, and what it holds."""

    leaf: bytes | None
    payload: bytes | None
    lamport: int | None


def check(case: Case, name: str, signed: Sequence[Head]) -> Checked:
    """Check a log by itself; `signed` are its heads in checkpoints whose signatures hold.

    Where a record and its leaf do not fit each other, the signed root tells which of them it is.
    """
    folder = case.journal / name
    found = Checked(name)
    _check_key(case, name, found)
    leaves, tail = _read_leaves(folder / "log")
    lines = _read_records(case, folder, len(leaves), found)
    _torn(case, folder, leaves, lines, tail, found)
    wrong = [at for at in range(len(leaves)) if not _fits(leaves[at], lines.get(at))]
    sound = {at for at in wrong if _blame(case, folder, leaves, lines, at, signed, found)}
    found.doubtful = [at for at in wrong if at not in sound]
    found.leaves = [
        _own(lines.get(at)) if at in sound or leaf is None else leaf
        for at, leaf in enumerate(leaves)
    ]
    _decode(case, {at: line for at, line in lines.items() if at not in found.doubtful}, found)
    return found


def _check_key(case: Case, name: str, found: Checked) -> None:
    try:
        journal.public_key(case, name)
    except CaseDamaged as damage:
        _say(found, case, damage.path or case.journal, damage.happened, DAMAGED)


def _read_leaves(path: Path) -> tuple[list[bytes | None], bool]:
    """Return the leaves, None for a line that is none, and whether a torn tail follows."""
    if not path.exists():
        return [], False
    with disk.reading(path):
        data = path.read_bytes()
    whole = len(data) // log.LEAF_LINE * log.LEAF_LINE
    # Zeros to the very end are what a power failure leaves; anything else is damage.
    end = len(data.rstrip(b"\0"))
    end = whole if end == len(data) else min(whole, end // log.LEAF_LINE * log.LEAF_LINE)
    leaves: list[bytes | None] = []
    for start in range(0, end, log.LEAF_LINE):
        line = data[start : start + log.LEAF_LINE]
        good = log.LEAF.fullmatch(line)
        leaves.append(bytes.fromhex(line[:-1].decode()) if good else None)
    return leaves, end < len(data)


def _read_records(case: Case, folder: Path, count: int, found: Checked) -> dict[int, _Line | None]:
    """Return the lines of all segments by index, None for one that no writer writes."""
    lines: dict[int, _Line | None] = {}
    numbers = [int(path.stem) for path in (folder / "records").glob("[0-9]*.jsonl")]
    last = max([*numbers, (count - 1) // log.SEGMENT])
    for number in range(last + 1):
        first = number * log.SEGMENT
        path = log.segment(folder, first)
        if not path.exists():
            _say(found, case, path, f"a segment of the journal is missing; {_RESTORE}", DAMAGED)
            continue
        with disk.reading(path):
            data = path.read_bytes()
        parts = [_line(line) for _, line in log.lines_of(data)]
        if data and not data.endswith(b"\n"):
            parts[-1] = None
        lines |= _placed(first, parts, min(log.SEGMENT, count - first), number < last)
    return lines


def _placed(
    first: int, parts: Sequence[_Line | None], expected: int, full: bool
) -> dict[int, _Line | None]:
    """Give lines of a segment their indexes; where one was split or two ran together, from both ends.

    The last segment may have more lines than there are leaves, after an interruption.
    """
    torn = not full and len(parts) > expected and None not in parts[:-1]
    if len(parts) == expected or torn:
        return dict(enumerate(parts, first))
    front = next((at for at, part in enumerate(parts) if part is None), len(parts))
    placed: dict[int, _Line | None] = dict(enumerate(parts[: min(front, expected)], first))
    back = next((at for at, part in enumerate(reversed(parts)) if part is None), len(parts))
    for at in range(min(back, expected - len(placed))):
        placed[first + expected - 1 - at] = parts[len(parts) - 1 - at]
    return placed


def _line(data: bytes) -> _Line | None:
    value = log.decode_line(data)
    if value is None:
        return None
    if value.erased:
        return _Line(None, None, value.lamport)
    payload = (value.payload or "").encode()
    return _Line(log.leaf_of(bytes.fromhex(value.salt or ""), payload), payload, None)


def _fits(leaf: bytes | None, line: _Line | None) -> bool:
    return leaf is not None and line is not None and line.leaf in (None, leaf)


def _own(line: _Line | None) -> bytes:
    return (line.leaf if line is not None else None) or bytes(32)


def _torn(
    case: Case,
    folder: Path,
    leaves: Sequence[bytes | None],
    lines: Mapping[int, _Line | None],
    tail: bool,
    found: Checked,
) -> None:
    """Name what an interruption leaves behind the last leaf."""
    beyond = sorted(at for at in lines if at >= len(leaves))
    if tail:
        text = "its last line was torn by an interruption"
        _say(found, case, folder / "log", text, INCOMPLETE, repair="torn")
    elif any(lines[at] is not None for at in beyond):
        text = "the last records have no leaf yet, after an interruption"
        _say(found, case, folder / "log", text, INCOMPLETE, repair="torn")
    if beyond and lines[beyond[-1]] is None:
        text = "its last record was torn by an interruption and never acknowledged"
        _say(found, case, log.segment(folder, beyond[-1]), text, INCOMPLETE, repair="torn")


def _blame(
    case: Case,
    folder: Path,
    leaves: Sequence[bytes | None],
    lines: Mapping[int, _Line | None],
    at: int,
    signed: Sequence[Head],
    found: Checked,
) -> bool:
    """Say which is damaged where a record and its leaf do not fit; return whether the record holds."""
    leaf, line = leaves[at], lines.get(at)
    path = log.segment(folder, at)
    lost = f"record {at} is damaged; {_RESTORE}"
    if line is None:
        _say(found, case, path, lost, DAMAGED)
        if leaf is None:
            _say(found, case, folder / "log", f"leaf {at} is damaged; {_RESTORE}", DAMAGED)
        return False
    by_leaf, by_record = _roots_hold(leaves, line, at, signed)
    if leaf is None or (by_record and not by_leaf):
        whole = line.leaf is not None
        text = f"leaf {at} is damaged" + ("" if whole else f"; {_RESTORE}")
        _say(found, case, folder / "log", text, DAMAGED, "leaves" if whole else None)
        return True
    if by_leaf:
        _say(found, case, path, lost, DAMAGED)
        return False
    text = f"record {at} and its leaf do not fit, and no checkpoint says which of them is damaged"
    for either in (path, folder / "log"):
        _say(found, case, either, f"{text}; {_RESTORE}", DAMAGED)
    return False


def _roots_hold(
    leaves: Sequence[bytes | None], line: _Line, at: int, signed: Sequence[Head]
) -> tuple[bool, bool]:
    """Say whether a signed root holds with the leaf as it lies there, and with the record's own."""
    covering = [head for head in signed if head.size > at]
    if not covering or line.leaf is None:
        return False, False
    head = min(covering, key=lambda one: one.size)
    part = [leaf or bytes(32) for leaf in leaves[: head.size]]
    by_leaf = merkle.root(part) == head.root
    part[at] = line.leaf
    return by_leaf, merkle.root(part) == head.root


def _decode(case: Case, lines: Mapping[int, _Line | None], found: Checked) -> None:
    """Read the sound records, and check that their Lamport numbers rise."""
    before = 0
    folder = case.journal / found.name
    for at in sorted(lines):
        line = lines[at]
        if line is None:
            continue
        path = log.segment(folder, at)
        lamport = line.lamport
        if lamport is not None:
            found.tombstones[at] = lamport
        if line.payload is not None:
            try:
                record = records.decode(line.payload, (path, found.name, at))
            except CaseDamaged as damage:
                _say(found, case, path, f"{damage.happened}; {damage.advice}", DAMAGED)
                continue
            found.records.append(record)
            lamport = record.lamport
        if lamport is None or lamport <= before:
            _say(found, case, path, f"record {at} stands out of order; {_RESTORE}", DAMAGED)
        before = max(before, lamport or 0)


def _say(
    found: Checked, case: Case, path: Path, text: str, code: Code, repair: str | None = None
) -> None:
    name = path.relative_to(case.root).as_posix()
    found.faults.append(Fault(code, name, text, repair=repair))
