"""One append-only log on disk: its leaves, its records, and mending after an interruption."""

import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import msgspec

from guvoh.casefile import disk
from guvoh.casefile.errors import CaseDamaged

SEGMENT = 1024  # records in a segment file; in the format, never to be changed for format 1
LEAF_LINE = 65  # 64 hexadecimal digits and a line feed
SALT_BYTES = 16

LEAF = re.compile(rb"[0-9a-f]{64}\n")
_SALT = re.compile(r"[0-9a-f]{32}")
_SEGMENT_NAME = re.compile(r"([0-9]{6,})\.jsonl")


# The last segment of a log and its leaves, and the state of each after an append; () if unknown.
Left = tuple[tuple[str, disk.State], ...]


class Line(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One line of a segment: salt and payload, or what is left of an erased record."""

    salt: str | None = None
    payload: str | None = None
    erased: bool = False
    lamport: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A record as it lies in a log; `payload` is None where it was erased."""

    leaf: bytes
    payload: bytes | None
    lamport: int | None  # of an erased record; a payload holds its own


@dataclass(frozen=True, slots=True)
class Scan:
    """A log as it was found, from the record on that was asked for; `leaves` counts all whole lines."""

    entries: tuple[Entry, ...]
    leaves: int
    leaf_tail: bool
    record_tail: tuple[Path, int] | None

    @property
    def sound(self) -> bool:
        """Say whether every record has its leaf and nothing is torn."""
        return len(self.entries) == self.leaves and not self.leaf_tail and self.record_tail is None


def leaf_of(salt: bytes, payload: bytes) -> bytes:
    """Return the leaf of a record: SHA-256(salt ‖ payload)."""
    return sha256(salt + payload).digest()


def segment(folder: Path, index: int) -> Path:
    """Return the segment file in which record `index` lies."""
    return Path(_segment(folder, index))


def scan(folder: Path, start: int = 0) -> Scan:
    """Read a log from record `start` on, and check each record against its leaf.

    What a writer was interrupted in (a torn last line, records not yet given their leaves) is
    reported in the result; anything else that does not fit is CaseDamaged.
    """
    # Leaves are read first: a writer who is at work meanwhile adds records before leaves.
    leaves, leaf_tail = _leaves(folder / "log", start)
    entries: list[Entry] = []
    record_tail: tuple[Path, int] | None = None
    for number, path in enumerate(segments(folder)):
        if (number + 1) * SEGMENT <= start:
            continue
        with disk.reading(path):
            data = path.read_bytes()
        for place, (at, line) in enumerate(lines_of(data), number * SEGMENT):
            if place < start:
                continue
            index = start + len(entries)
            torn = at + len(line) == len(data) or b"\0" in line
            if index - start >= len(leaves) and torn:
                record_tail = (path, at)
                break
            if index // SEGMENT != number or place != index or at + len(line) == len(data):
                raise _damaged(path, index)
            leaf = leaves[index - start] if index - start < len(leaves) else None
            entries.append(_entry(line, leaf, path, index))
        if record_tail is not None:
            break
    if len(entries) < len(leaves):
        missing = start + len(entries)
        raise CaseDamaged(
            f"record {missing} is missing",
            segment(folder, missing),
            "restore the file from a backup",
        )
    return Scan(tuple(entries), start + len(leaves), leaf_tail, record_tail)


def mend(folder: Path, found: Scan) -> None:
    """Cut torn tails and give records their missing leaves; the caller holds the append lock."""
    if found.record_tail is not None:
        path, keep = found.record_tail
        for later in [other for other in segments(folder) if other.name > path.name]:
            later.unlink()
        disk.cut(path, keep)
    if found.leaf_tail:
        disk.cut(folder / "log", found.leaves * LEAF_LINE)
    missing = [entry.leaf for entry in found.entries[found.leaves :]]
    if missing or found.leaf_tail:
        disk.append(folder / "log", leaf_lines(missing), sync=True)


def tail(folder: Path) -> tuple[int, bytes] | None:
    """Return (number of records, last payload) from the end of the log alone; None if not sound.

    The last record's leaf being the last leaf shows that no record lacks its leaf: salts make
    leaves differ. The past is not checked: `scan` does that. An erased last record needs a scan.
    """
    end = _end(f"{folder}/log", LEAF_LINE)
    if end is None or end[0] == 0:
        return (0, b"") if not segment(folder, 0).exists() else None
    count, rest = divmod(end[0], LEAF_LINE)
    if rest or (count % SEGMENT == 0 and segment(folder, count).exists()):
        return None
    line = _last_line(_segment(folder, count - 1))
    value = decode_line(line) if line is not None else None
    if value is None or value.salt is None or value.payload is None:
        return None
    payload = value.payload.encode()
    own = leaf_lines([leaf_of(bytes.fromhex(value.salt), payload)])
    return (count, payload) if end[1] == own else None


def append(folder: Path, count: int, payloads: Sequence[bytes]) -> Left:
    """Append records after the first `count`; they are on the disk when this returns.

    The fsync of the segment is the commit. Leaves follow without one: they can be made again.
    `is_as_left` says of the result whether anybody wrote to the log since.
    """
    made = [(secrets.token_bytes(SALT_BYTES), payload) for payload in payloads]
    lines = [
        msgspec.json.encode(Line(salt=salt.hex(), payload=payload.decode())) + b"\n"
        for salt, payload in made
    ]
    return append_lines(folder, count, lines, [leaf_of(*one) for one in made])


def append_lines(folder: Path, count: int, lines: Sequence[bytes], leaves: Sequence[bytes]) -> Left:
    """Append whole lines with their leaves after the first `count` records, as `append` does."""
    at = 0
    left: Left = ()
    while at < len(lines):
        path = _segment(folder, count + at)
        end = at + SEGMENT - (count + at) % SEGMENT
        try:
            records = disk.append(path, b"".join(lines[at:end]), sync=True)
            log = f"{folder}/log"
            left = (
                (path, records),
                (log, disk.append(log, leaf_lines(leaves[at:end]), sync=False)),
            )
        except OSError as error:
            raise disk.unwritable(path, error) from error
        at = end
    return left if (count + len(lines)) % SEGMENT else ()  # another's next segment would not show


def is_as_left(left: Left) -> bool:
    """Say whether the files of a log are as `append` left them; one that is not, `tail` reads."""
    return bool(left) and all(disk.state(path) == state for path, state in left)


def raw_lines(folder: Path) -> list[bytes]:
    """Return the lines of all segments, with their line feeds."""
    found: list[bytes] = []
    for path in segments(folder):
        with disk.reading(path):
            found += path.read_bytes().splitlines(keepends=True)
    return found


def opened(folder: Path) -> dict[int, tuple[bytes, bytes]]:
    """Return (salt, payload) of the records by index, erased ones left out; `scan` checks them."""
    found: dict[int, tuple[bytes, bytes]] = {}
    for number, path in enumerate(segments(folder)):
        with disk.reading(path):
            data = path.read_bytes()
        for index, (_, line) in enumerate(lines_of(data), number * SEGMENT):
            value = decode_line(line)
            if value is not None and value.salt is not None and value.payload is not None:
                found[index] = (bytes.fromhex(value.salt), value.payload.encode())
    return found


def tombstones(folder: Path) -> dict[int, int]:
    """Return the Lamport numbers of erased records by index."""
    found: dict[int, int] = {}
    for number, path in enumerate(segments(folder)):
        with disk.reading(path):
            data = path.read_bytes()
        if b'{"erased"' not in data:
            continue
        for index, (_, line) in enumerate(lines_of(data), number * SEGMENT):
            value = decode_line(line) if line.startswith(b'{"erased"') else None
            if value is not None and value.lamport is not None:
                found[index] = value.lamport
    return found


def leaves(folder: Path) -> list[bytes]:
    """Return the leaves that have a whole line, 32 bytes each; raises CaseDamaged."""
    return _leaves(folder / "log", 0)[0]


def erase(folder: Path, doomed: Mapping[int, int]) -> None:
    """Replace records by tombstones: `doomed` gives the Lamport number of each index. Leaves stay.

    The caller holds the append lock and has mended the log. Each segment is replaced whole.
    """
    for number in sorted({index // SEGMENT for index in doomed}):
        path = segment(folder, number * SEGMENT)
        with disk.reading(path):
            lines = path.read_bytes().splitlines(keepends=True)
        for at in range(len(lines)):
            lamport = doomed.get(number * SEGMENT + at)
            if lamport is not None:
                lines[at] = msgspec.json.encode(Line(erased=True, lamport=lamport)) + b"\n"
        with disk.writing(path):
            disk.write_whole(path, b"".join(lines))


def _segment(folder: Path, index: int) -> str:
    """Return a segment's name as text: an append asks, and to put a Path together takes longer."""
    return f"{folder}/records/{index // SEGMENT:06d}.jsonl"


def _end(path: str, length: int) -> tuple[int, bytes] | None:
    """Return a file's size and its last bytes, None if there is no file."""
    try:
        return disk.end(path, length)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise disk.unreadable(path, error) from error


def _last_line(path: str) -> bytes | None:
    """Return the last line of a segment without its line feed, None if it has none."""
    length = 1024
    while (end := _end(path, length)) is not None:
        size, data = end
        start = data.rfind(b"\n", 0, -1) + 1
        if start or length >= size:
            return data[start:-1] if data.endswith(b"\n") else None
        length *= 8
    return None


def leaf_lines(leaves: Sequence[bytes]) -> bytes:
    """Return leaves as a log has them."""
    return b"".join(leaf.hex().encode() + b"\n" for leaf in leaves)


def _leaves(path: Path, first: int) -> tuple[list[bytes], bool]:
    """Return the leaves of a log file from `first` on, and whether a torn tail follows them."""
    if not path.exists():
        return [], False
    with disk.reading(path), path.open("rb") as stream:
        stream.seek(first * LEAF_LINE)
        data = stream.read()
    leaves: list[bytes] = []
    for start in range(0, len(data), LEAF_LINE):
        line = data[start : start + LEAF_LINE]
        if not LEAF.fullmatch(line):
            # After a power failure a file may end in zeros that were never written.
            if start + LEAF_LINE > len(data) or b"\0" in line:
                return leaves, True
            raise CaseDamaged(
                f"leaf {first + len(leaves)} is damaged", path, "restore it from a backup"
            )
        leaves.append(bytes.fromhex(line[:-1].decode()))
    return leaves, False


def segments(folder: Path) -> list[Path]:
    """Return the segment files in order; CaseDamaged where one is missing between others."""
    records = folder / "records"
    if not records.is_dir():
        return []
    numbered = sorted(
        (int(match[1]), path)
        for path in records.iterdir()
        if (match := _SEGMENT_NAME.fullmatch(path.name))
    )
    for position, (number, _) in enumerate(numbered):
        if position != number:
            raise CaseDamaged(
                "a segment of the journal is missing",
                segment(folder, position * SEGMENT),
                "restore the file from a backup",
            )
    return [path for _, path in numbered]


def lines_of(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield (offset, line without its line feed); the last line may have had none."""
    start = 0
    while start < len(data):
        end = data.find(b"\n", start)
        if end < 0:
            yield start, data[start:]
            return
        yield start, data[start:end]
        start = end + 1


def decode_line(line: bytes) -> Line | None:
    """Return a line that is exactly as a writer writes it, else None."""
    try:
        value = msgspec.json.decode(line, type=Line)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    if msgspec.json.encode(value) != line:
        return None
    if value.erased:
        whole = value.salt is None and value.payload is None and (value.lamport or 0) > 0
    else:
        salt = value.salt or ""
        whole = (
            _SALT.fullmatch(salt) is not None and value.payload is not None and not value.lamport
        )
    return value if whole else None


def _entry(line: bytes, leaf: bytes | None, path: Path, index: int) -> Entry:
    value = decode_line(line)
    if value is not None and value.erased and leaf is not None:
        return Entry(leaf, None, value.lamport)
    if value is not None and value.salt is not None and value.payload is not None:
        payload = value.payload.encode()
        own = leaf_of(bytes.fromhex(value.salt), payload)
        if leaf is None or own == leaf:
            return Entry(own, payload, None)
    raise _damaged(path, index)


def _damaged(path: Path, index: int) -> CaseDamaged:
    return CaseDamaged(f"record {index} is damaged", path, "restore the file from a backup")
