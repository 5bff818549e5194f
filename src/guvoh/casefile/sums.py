"""Digests of what a case derives, so that a changed byte of it shows: a file for `sha256sum -c`."""

import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from hashlib import file_digest, sha256
from pathlib import Path

from guvoh.casefile import disk
from guvoh.casefile.errors import CaseDamaged
from guvoh.casefile.folder import Case

_LINE = re.compile(r"([0-9a-f]{64})  (.+)")
_OWN = "# "  # sha256sum skips a comment; it holds the digest of the lines above it
MARKER = "guvoh.toml"
KEPT = "kept.sqlite"


def path_of(case: Case) -> Path:
    """Return the file of digests."""
    return case.root / "derived.sha256"


def derived_files(case: Case) -> list[Path]:
    """Return the files that deriving writes: the stores and the pages."""
    pages = case.root / "pages"
    found = sorted(path for path in pages.rglob("*") if path.is_file()) if pages.is_dir() else []
    return [*stores(case), *(path for path in found if path.stat().st_size)]


def stores(case: Case) -> list[Path]:
    """Return the files that are carried on: the derived store and what is kept of the trained reader."""
    store = case.derived.name
    files = [case.root / name for name in (store, f"{store}-wal", KEPT)]
    return [path for path in files if path.is_file() and path.stat().st_size]


def read(case: Case) -> dict[str, str] | None:
    """Return the digests by name in the case; None where deriving was interrupted or never ended.

    Raises CaseDamaged.
    """
    path = path_of(case)
    try:
        with disk.reading(path):
            data = path.read_bytes()
    except FileNotFoundError:
        return None
    lines = data.decode("utf-8", "surrogateescape").split("\n")
    end, own = lines.pop(), lines.pop() if lines else ""
    body = "".join(f"{line}\n" for line in lines)
    digest = sha256(body.encode("utf-8", "surrogateescape")).hexdigest()
    matches = [_LINE.fullmatch(line) for line in lines]
    if own != _OWN + digest or end or None in matches:
        raise CaseDamaged("these digests were changed", path, "run `guvoh fsck --repair`")
    return {match[2]: match[1] for match in matches if match is not None}


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    with disk.reading(path), path.open("rb", buffering=0) as stream:
        return file_digest(stream, "sha256").hexdigest()


def changed(case: Case) -> list[str]:
    """Return the stores that are not as they were noted; none where nothing is noted.

    Pages are not asked after: nothing is made of them.
    """
    try:
        noted = read(case) or {}
    except CaseDamaged:
        return [path_of(case).name]
    return [
        name
        for name, digest in noted.items()
        if "/" not in name and not _is(case.root / name, digest)
    ]


@contextmanager
def renewing(case: Case) -> Iterator[set[Path]]:
    """Forget the digests while derived files are written, and note them anew at the end.

    The caller holds the derive lock, and adds the pages that it writes to the set. What is
    interrupted leaves no digests, which is not damage.
    """
    before = forget(case)
    written: set[Path] = set()
    yield written
    note(case, before, written)


def forget(case: Case) -> Mapping[str, str]:
    """Remove the digests before anything they are of is written; return them."""
    path = path_of(case)
    try:
        before = read(case) or {}
    except CaseDamaged:
        before = {}
    if path.exists():
        with disk.writing(path):
            path.unlink()
            disk.sync_folder(case.root)
    return before


def note(case: Case, before: Mapping[str, str], written: Collection[Path] = ()) -> None:
    """Note the digests of what is derived now; that of guvoh.toml stays as it was first noted.

    So do those of pages that were not `written` since `before`: a page that changed by itself
    shows, and one more report reads no page but its own.
    """
    digests: dict[str, str] = {}
    for path in derived_files(case):
        name = path.relative_to(case.root).as_posix()
        kept = before.get(name) if "/" in name and path not in written else None
        digests[name] = kept or digest_of(path)
    digests[MARKER] = before.get(MARKER) or digest_of(case.marker)
    body = "".join(f"{digest}  {name}\n" for name, digest in sorted(digests.items()))
    own = sha256(body.encode()).hexdigest()
    path = path_of(case)
    with disk.writing(path):
        disk.write_whole(path, f"{body}{_OWN}{own}\n".encode())


def _is(path: Path, digest: str) -> bool:
    return path.is_file() and digest_of(path) == digest
