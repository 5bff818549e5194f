"""What others vouch for, kept in a case: checkpoints that were given out, requests, stamps, root certificates."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from guvoh.casefile import disk, heads, stamps
from guvoh.casefile.folder import Case
from guvoh.casefile.heads import Checkpoint
from guvoh.casefile.stamps import Stamp, Standing

CHECKPOINT, REQUEST, RESPONSE, ROOT = "checkpoint", "tsq", "tsr", "pem"
_NAME = re.compile(r"([0-9a-f]{64})\.(checkpoint|tsq|tsr|pem)")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A checkpoint with a stamp over it: the raw request and response, and the root that fits, if any."""

    checkpoint: Checkpoint
    request: bytes
    response: bytes
    root: bytes | None
    stamp: Stamp


def folder(case: Case) -> Path:
    """Return the folder of anchors."""
    return case.root / "anchors"


def keep(case: Case, kind: str, data: bytes) -> Path:
    """Keep a file under the name of its digest; return its path."""
    path = folder(case) / f"{sha256(data).hexdigest()}.{kind}"
    with disk.writing(path):
        disk.make_folder(folder(case))
        if not path.exists():
            disk.write_whole(path, data)
    return path


def files(case: Case) -> Iterator[tuple[Path, str, str]]:
    """Yield each file with the digest and the kind that its name gives."""
    where = folder(case)
    for path in sorted(where.iterdir()) if where.is_dir() else ():
        match = _NAME.fullmatch(path.name)
        if match is not None:
            yield path, match[1], match[2]


def kept(case: Case, kind: str) -> list[bytes]:
    """Return the sound files of a kind, in the order of their names."""
    found = []
    for path, digest, its in files(case):
        if its == kind:
            with disk.reading(path):
                data = path.read_bytes()
            if sha256(data).hexdigest() == digest:
                found.append(data)
    return found


def asked(case: Case, response: bytes) -> tuple[bytes, bytes] | None:
    """Return the checkpoint and request that a response answers, None where none of the case's does."""
    for request in kept(case, REQUEST):
        for note in kept(case, CHECKPOINT):
            if stamps.is_of(request, note):
                stamp = stamps.check(note, request, response, None)
                if stamp.standing is not Standing.REFUSED:
                    return note, request
    return None


def every(case: Case) -> list[Anchor]:
    """Return each response with what it is a stamp over, checked against the roots that are kept."""
    found: list[Anchor] = []
    for response in kept(case, RESPONSE):
        pair = asked(case, response)
        if pair is None:
            continue
        note, request = pair
        best: Anchor | None = None
        for root in (None, *kept(case, ROOT)):
            stamp = stamps.check(note, request, response, root)
            one = Anchor(heads.read(note), request, response, root, stamp)
            if best is None or stamp.standing is Standing.HOLDS:
                best = one
        if best is not None:
            found.append(best)
    return found
