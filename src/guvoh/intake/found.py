"""What intake yields, the limits that it keeps, and how bytes are poured into a bounded spool."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import IO

from guvoh.clean.identify import HEAD
from guvoh.intake.names import brief
from guvoh.model.finding import Finding

CHUNK = 1 << 20
SCANNED = frozenset(
    {"image/png", "image/jpeg", "image/tiff", "image/webp", "image/bmp", "application/pdf"}
)  # in which words may stand as a picture
_CRAWLED = 20  # times its size to which a large archive of pages may grow; crawls reach 10


@dataclass(frozen=True, slots=True)
class Ocr:
    """That words are to be read off pictures: `languages` as tesseract names them ("eng+rus").

    `done` are the digests of captures whose words were read before; they are not read again.
    """

    languages: str
    done: frozenset[str] = frozenset()

    def reads(self, media_type: str, digest: str) -> bool:
        """Say whether a capture is to be looked at."""
        return media_type in SCANNED and digest not in self.done


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on what is taken apart; a file that a person named is always kept whole.

    A named archive is given up as a bomb when all that came out of it, at any depth, is more than
    `ratio` times its size (deflate cannot pass 1,032; folders of saved pages reach 5 to 15) and
    more than `ratio_from` bytes, or when it passes `expanded` bytes or `members` members.
    """

    in_memory: int = 4 << 20  # bytes of one file held in memory; more goes to a nameless file
    expanded: int = 16 << 30
    ratio: int = 200
    ratio_from: int = 64 << 20
    members: int = 300_000
    depth: int = 5
    directory: int = 32 << 20  # bytes of a zip's own list of members
    ocr: Ocr | None = None  # whether pictures are opened too, for the words in them


@dataclass(frozen=True, slots=True)
class Found:
    """One arrival. `stream` stands at 0 and is closed when the next value is asked for.

    `file` may hold lone surrogates where the name on disk is not valid UTF-8 (`os.fsencode` gives
    its bytes back). `companion_of` is the `file` of the saved page whose folder this came in.
    """

    file: str
    origin: str
    stream: IO[bytes]
    digest: str  # SHA-256, hexadecimal
    size: int
    media_type: str
    parent: str | None = None
    companion_of: str | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """One member of an archive before its bytes have been read.

    `companion_of` names another member, "" the archive itself. `address` is where the bytes were
    fetched, `path` the name by which they are told apart where `name` says nothing.
    """

    name: str
    chunks: Iterator[bytes]
    companion_of: str | None = None
    joint: str = "!/"  # between the archive's name and this one's
    address: str | None = None
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Poured:
    """Bytes in a spool that stands at 0; `damage` says why the rest did not come."""

    stream: IO[bytes]
    digest: str
    size: int
    head: bytes
    damage: str | None = None


class DamagedError(Exception):
    """The rest of a stream cannot be read; the message is a sentence for the reader."""

    kind = "damaged-archive"


class TooMuchError(Exception):
    """An archive passed a limit; the message is a sentence for the reader."""


@dataclass(slots=True)
class Budget:
    """What one named archive has given so far, all depths together."""

    limits: Limits
    container: int  # bytes
    expanded: int = 0
    members: int = 0

    def metered(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """Pass chunks on, counting them; raises TooMuchError at a limit."""
        self.members += 1
        if self.members > self.limits.members:
            raise TooMuchError(
                f"It has more than {self.limits.members:,} members; those before were kept, the "
                "rest was left. Unpack it and name the folder."
            )
        for chunk in chunks:
            self.expanded += len(chunk)
            self._check()
            yield chunk

    def _check(self) -> None:
        swollen = self.expanded > max(self.container * self.limits.ratio, self.limits.ratio_from)
        if swollen or self.expanded > max(self.limits.expanded, self.container * _CRAWLED):
            raise TooMuchError(
                f"It grows to more than {self.expanded >> 20:,} MiB out of {self.container:,} "
                "bytes, as an archive made to fill a disk does; what came out before was kept, the "
                "rest was left. If it is genuine, unpack it and name the folder."
            )


def pour(chunks: Iterable[bytes], limits: Limits, scratch: Path | None) -> Poured:
    """Read chunks into a stream and hash them; what came before any damage is kept.

    The stream lies in memory up to `limits.in_memory`, then in a nameless file in `scratch`.
    """
    digest, size, damage = sha256(), 0, None
    held: list[bytes] = []
    file: IO[bytes] | None = None
    try:
        try:
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                if file is not None:
                    file.write(chunk)
                    continue
                held.append(chunk)
                if size > limits.in_memory:
                    file = TemporaryFile(dir=str(scratch) if scratch else None)  # noqa: SIM115
                    file.writelines(held)
                    held.clear()
        except DamagedError as problem:
            damage = str(problem)
        stream = file or BytesIO(b"".join(held))  # of one chunk no copy is made
        stream.seek(0)
        head = stream.read(HEAD)
        stream.seek(0)
    except BaseException:  # whatever ends it, the temporary file goes; raised again
        if file is not None:
            file.close()
        raise
    return Poured(stream, digest.hexdigest(), size, head, damage)


@contextmanager
def readable_by_others(stream: IO[bytes]) -> Iterator[IO[bytes]]:
    """Give a stream from its start that another process can read: itself, or a copy in a nameless file."""
    stream.seek(0)
    if not isinstance(stream, BytesIO):
        yield stream
        return
    with TemporaryFile() as copy:
        copyfileobj(stream, copy)
        copy.seek(0)
        yield copy


def read_chunks(stream: IO[bytes], start: int, size: int) -> Iterator[bytes]:
    """Yield `size` bytes of a stream from `start`; raises DamagedError where it ends before."""
    left = size
    while left > 0:
        stream.seek(start + size - left)
        chunk = stream.read(min(CHUNK, left))
        if not chunk:
            raise DamagedError("It is cut short; what is there was kept.")
        left -= len(chunk)
        yield chunk


@dataclass(slots=True)
class Tally:
    """Things of one archive or folder that were left or noted: one sentence for each kind."""

    names: dict[str, list[str]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def add(self, kind: str, name: str) -> None:
        """Count one thing of a kind out of `SENTENCES`."""
        self.counts[kind] = self.counts.get(kind, 0) + 1
        known = self.names.setdefault(kind, [])
        if len(known) < _NAMED:
            known.append(name)

    def findings(self, file: str) -> Iterator[Finding]:
        """Yield one finding for each kind, in the order of `SENTENCES`."""
        for kind, (sentence, problem) in SENTENCES.items():
            if kind in self.counts:
                what = _listed(self.names[kind], self.counts[kind])
                yield noted(file, kind, sentence.format(what=what), problem=problem)


_NAMED = 3
# Kind → the sentence, and whether `build` ends with "done with problems" because of it.
SENTENCES: dict[str, tuple[str, bool]] = {
    "link-not-followed": (
        "Links were not followed: {what}. Name what they point to as a source if it belongs here.",
        True,
    ),
    "not-a-file": ("Devices, pipes and sockets were not opened: {what}.", True),
    "loop": ("Folders that contain themselves were not entered again: {what}.", True),
    "encrypted": (
        "Members are encrypted and were not read: {what}. Decrypt the archive and name it again.",
        True,
    ),
    "unsupported-member": ("Members are packed in a way that is not supported: {what}.", True),
    "sparse-member": ("Members with holes were not taken apart: {what}.", True),
    "no-page": ("Redirects, errors and answers that are none stay in the crawl: {what}.", False),
    "no-answer": (
        "It is a crawl in which no page is kept with its address; nothing was read.",
        True,
    ),
    "page-part": ("Styles, scripts and fonts of pages stay in the crawl: {what}.", False),
    "page-not-read": ("No words could be read off: {what}. Look at it yourself.", True),
    "repeated-answer": ("Answers that repeat an earlier one stay in the crawl: {what}.", False),
    "unsafe-name": (
        "Members have names that point out of the archive; they were kept under harmless names: "
        "{what}.",
        False,
    ),
}


def _listed(names: list[str], count: int) -> str:
    quoted = ", ".join(f"“{brief(name)}”" for name in names)
    return quoted if count <= len(names) else f"{quoted} and {count - len(names):,} more"


def noted(file: str, kind: str, text: str, *, problem: bool = True) -> Finding:
    """Return a finding of intake about the file of that name."""
    return Finding(step="intake", kind=kind, text=text, file=file, problem=problem)
