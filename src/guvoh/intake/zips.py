"""Members of a zip archive, by its list of members or, where that is gone, by walking its bytes."""

import stat
import struct
import zipfile
import zlib
from collections.abc import Collection, Iterator
from typing import IO, NamedTuple

from guvoh.intake.expand import BROKEN, CUT, expanded
from guvoh.intake.found import DamagedError, Limits, Member, Tally, TooMuchError, read_chunks
from guvoh.intake.names import ANY, companions, safe_member

# Offsets, signatures and flags after PKWARE's APPNOTE.TXT 6.3.10, sections 4.3 and 4.4.
_LOCAL = struct.Struct("<4s5H3L2H")
_LOCAL_SIGNATURE = b"PK\x03\x04"
_ENDS = (b"PK\x03\x04", b"PK\x01\x02", b"PK\x07\x08")
_ENCRYPTED, _SIZES_FOLLOW, _UTF8 = 0x1, 0x8, 0x800
_METHODS = {zipfile.ZIP_STORED: "", zipfile.ZIP_DEFLATED: "deflate", zipfile.ZIP_BZIP2: "bzip2"}


class _Entry(NamedTuple):
    name: str
    header: int  # offset of its local header
    method: int
    packed: int  # bytes
    check: int | None  # CRC-32; None where nothing says it
    flags: int
    mode: int  # POSIX file mode, 0 where it has none


def members(stream: IO[bytes], limits: Limits, tally: Tally) -> Iterator[Member]:
    """Yield the members in the order of their names; what cannot be read goes to `tally`.

    A zip whose list of members is missing or damaged is walked from its first byte; DamagedError
    then follows what was found.
    """
    damage: str | None = None
    try:
        entries = _listed(stream, limits)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, struct.error):
        entries = _walked(stream, limits)
        damage = CUT if entries else BROKEN
    entries = [one for one in entries if not one.name.endswith(("/", "\\"))]
    named = [(_safe(one.name, tally), one) for one in entries if _is_readable(one, tally)]
    pages = companions([name for name, _ in named]) or _around_crawl([name for name, _ in named])
    for name, entry in sorted(named, key=lambda pair: (pair[0].encode(*ANY), pair[1].header)):
        yield Member(name, _content(stream, entry), pages.get(name))
    if damage is not None:
        raise DamagedError(damage)


def _around_crawl(names: Collection[str]) -> dict[str, str]:
    """Return, where a zip is a crawl with its index (WACZ 1.1.1), what there is no report of."""
    if "datapackage.json" not in names or not any(n.startswith("archive/") for n in names):
        return {}
    return {name: "datapackage.json" for name in names if not name.startswith("archive/")}


def _is_readable(entry: _Entry, tally: Tally) -> bool:
    left = None
    if stat.S_ISLNK(entry.mode):
        left = "link-not-followed"
    elif entry.mode and stat.S_IFMT(entry.mode) not in (0, stat.S_IFREG):
        left = "not-a-file"
    elif entry.flags & _ENCRYPTED:
        left = "encrypted"
    elif entry.method not in _METHODS:
        left = "unsupported-member"
    if left is not None:
        tally.add(left, entry.name)
    return left is None


def _safe(name: str, tally: Tally) -> str:
    # Some packers on Windows write their own separator, which the format forbids.
    forward = name.replace("\\", "/")
    safe = safe_member(forward)
    if safe != forward.removeprefix("./"):
        tally.add("unsafe-name", name)
    return safe


def _content(stream: IO[bytes], entry: _Entry) -> Iterator[bytes]:
    stream.seek(max(entry.header, 0))
    raw = stream.read(_LOCAL.size)
    if entry.header < 0 or len(raw) < _LOCAL.size or not raw.startswith(_LOCAL_SIGNATURE):
        raise DamagedError(BROKEN)
    *_, name_length, extra_length = _LOCAL.unpack(raw)
    start = entry.header + _LOCAL.size + name_length + extra_length
    packed = read_chunks(stream, start, entry.packed)
    kind = _METHODS[entry.method]
    check = 0
    for piece in expanded(packed, kind) if kind else packed:
        check = zlib.crc32(piece, check)
        yield piece
    if entry.check is not None and check != entry.check:
        raise DamagedError("Its checksum differs from its bytes; they were kept as they are.")


def _listed(stream: IO[bytes], limits: Limits) -> list[_Entry]:
    size = _list_size(stream)
    if size > limits.directory:
        raise TooMuchError(
            f"Its list of members alone takes {size:,} bytes; nothing was taken out of it. Unpack "
            "it and name the folder."
        )
    with zipfile.ZipFile(stream) as archive:
        return [
            _Entry(
                name=_decoded(info),
                header=info.header_offset,
                method=info.compress_type,
                packed=info.compress_size,
                check=info.CRC,
                flags=info.flag_bits,
                mode=info.external_attr >> 16 if info.create_system == 3 else 0,
            )
            for info in archive.infolist()
        ]


def _list_size(stream: IO[bytes]) -> int:
    """Return the size in bytes that the zip states for its list: zipfile reads it all at once."""
    end = stream.seek(0, 2)
    start = max(end - 65_557 - 56 - 20, 0)
    stream.seek(start)
    tail = stream.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        raise zipfile.BadZipFile
    size: int = struct.unpack_from("<L", tail, at + 12)[0]
    wide = tail.rfind(b"PK\x06\x06", 0, at)
    if wide >= 0 and len(tail) >= wide + 48:
        size = max(size if size < 0xFFFFFFFF else 0, struct.unpack_from("<Q", tail, wide + 40)[0])
    return size


def _decoded(info: zipfile.ZipInfo) -> str:
    """Return a name as it was meant.

    The format knows UTF-8 (flagged) and the code page of early PCs. Many packers write UTF-8
    without the flag, and Russian and Central Asian Windows writes code page 866.
    """
    if info.flag_bits & _UTF8 or info.orig_filename.isascii():
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    return _guessed(raw)


def _guessed(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        high = sum(byte >= 0x80 for byte in raw)
        letters = sum(0x80 <= byte <= 0xAF or 0xE0 <= byte <= 0xF1 for byte in raw)
        latin = sum(65 <= byte <= 90 or 97 <= byte <= 122 for byte in raw.rpartition(b".")[0])
        # A Russian name is Cyrillic nearly throughout; a Western one has a few accents in it.
        return raw.decode("cp866" if letters == high > latin else "cp437")


def _walked(stream: IO[bytes], limits: Limits) -> list[_Entry]:
    """Find members by their local headers, as far as they reach."""
    entries: list[_Entry] = []
    end = stream.seek(0, 2)
    at = _next(stream, 0, end, (_LOCAL_SIGNATURE,))
    while at < end and len(entries) < limits.members:
        stream.seek(at)
        raw = stream.read(_LOCAL.size)
        if len(raw) < _LOCAL.size:
            break
        _, _, flags, method, _, _, check, packed, _, name_length, extra = _LOCAL.unpack(raw)
        name_bytes = stream.read(name_length)
        start = at + _LOCAL.size + name_length + extra
        unstated = bool(flags & _SIZES_FOLLOW) and packed == 0
        stop = _next(stream, start, end, _ENDS) if unstated else start + packed
        name = _guessed(name_bytes)
        known = None if unstated else check
        entries.append(_Entry(name, at, method, stop - start, known, flags, 0))
        at = _next(stream, max(stop, at + 4), end, (_LOCAL_SIGNATURE,))
    return entries


def _next(stream: IO[bytes], start: int, end: int, signatures: tuple[bytes, ...]) -> int:
    """Return where one of the four-byte signatures stands next, `end` where none does."""
    at = start
    while at < end:
        stream.seek(at)
        block = stream.read(1 << 20)
        hits = [hit for hit in (block.find(one) for one in signatures) if hit >= 0]
        if hits:
            return at + min(hits)
        if len(block) < 4:
            break
        at += len(block) - 3
    return end
