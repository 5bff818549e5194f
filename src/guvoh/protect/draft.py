"""What a draft written elsewhere says, in all its parts, and what in it nobody should read."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from guvoh.clean.decode import decode
from guvoh.clean.identify import identify
from guvoh.clean.mime import message_of, text_of
from guvoh.clean.mime import parts_of as mime_parts
from guvoh.clean.rtf import read_rtf
from guvoh.clean.source import Source
from guvoh.model.text import Span
from guvoh.protect.detect import Suspect, detect
from guvoh.protect.embedded import apart
from guvoh.protect.leaks import Leak, find
from guvoh.protect.paged import pdf_pieces
from guvoh.protect.pictures import hidden_beside, said_beside
from guvoh.protect.registry import Registry
from guvoh.protect.rich import plain_of, properties_of
from guvoh.protect.zipped import UNPACKED, zipped_pieces

PIECE = (
    1 << 20
)  # characters looked through at a time, so that a draft of any size needs little memory
OVERLAP = 400  # characters that two pieces share, more than any protected string is long
_TEXT = ("text/", "application/json", "application/xml", "application/xhtml+xml", "image/svg+xml")
_ZIPPED = (
    "application/vnd.openxmlformats-officedocument.",
    "application/vnd.oasis.opendocument.",
    "application/epub+zip",
    "application/zip",
)
_MAIL = ("multipart/related", "message/rfc822")
_DEPTH = 4  # documents attached to documents
LOOKED = 4 << 20  # characters of one part that are looked at: some 1,400 pages
_READ = 64 << 20  # bytes of a text that are read, with the files that stand in it
IN_ALL = 2 * LOOKED  # characters of a whole draft that are looked at
_OTHERWISE = "lines of another encoding"
_NAMED = 5  # parts named in one sentence
_MARKUP = re.compile(r"<[^<>]{0,2000}>")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a draft: a text, a header, its properties.

    `marked` text holds tags. What no person `wrote`, such as names of styles, is looked through for the
    protected alone.
    """

    name: str
    text: str
    wrote: bool = True
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a part something stands: the line, from 1, and the characters on it, from 1."""

    part: str
    line: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in one draft; `unchecked` says of what it consists that could not be looked at."""

    leaks: tuple[tuple[Place, Leak], ...]
    suspects: tuple[tuple[Place, Suspect], ...]
    unchecked: tuple[str, ...]


def check(file: str, data: bytes, registry: Registry) -> Checked:
    """Look through the bytes of a draft and through its name, for what is protected and what may be.

    Never raises for any bytes.
    """
    parts, unchecked = parts_of(file, data, Room(UNPACKED))
    leaks: list[tuple[Place, Leak]] = []
    suspects: list[tuple[Place, Suspect]] = []
    within, more = _within_limits([Part("the file's name", file, False), *parts])
    for part in within:
        lines = _Lines(part)
        for start, piece in _pieces(part.text):
            leaks += [(lines.place(leak.span, start), leak) for leak in find(registry, piece)]
            if not part.wrote:
                continue
            plain = _blanked(piece) if part.marked else piece
            suspects += [(lines.place(one.span, start), one) for one in detect(plain)]
    return Checked(tuple(dict.fromkeys(leaks)), tuple(dict.fromkeys(suspects)), (*unchecked, *more))


def _within_limits(parts: Iterable[Part]) -> tuple[list[Part], list[str]]:
    """Return as much of the parts as is looked at, and sentences on the rest."""
    kept: list[Part] = []
    said: list[str] = []
    beyond: list[str] = []
    left = IN_ALL
    for part in parts:
        most = min(LOOKED, left)
        if not most and part.text:
            beyond.append(part.name)
            continue
        if len(part.text) > most:
            said.append(
                f"Of {part.name} only the first {most:,} characters were looked at: cut it in parts."
            )
        kept.append(replace(part, text=part.text[:most]))
        left -= len(kept[-1].text)
    if beyond:
        named = ", ".join(beyond[:_NAMED])
        others = f" and {len(beyond) - _NAMED} more" if len(beyond) > _NAMED else ""
        said.append(
            f"After {IN_ALL:,} characters in all, these parts were not looked at: {named}{others}. Cut the draft in parts."
        )
    return kept, said


@dataclass(slots=True)
class Room:
    """How many bytes a draft, with all documents in it, may still unpack to."""

    unpacked: int


def parts_of(
    file: str, data: bytes, room: Room, within: int = 0
) -> tuple[list[Part], tuple[str, ...]]:
    """Return the parts of a draft that are text, and sentences on those that are not.

    `within` counts the documents that it is attached to, each to the next.
    """
    media_type = identify(data[:65_536], len(data), file)
    if within < _DEPTH and media_type.startswith(_ZIPPED):
        pieces, files, unchecked = zipped_pieces(data, room.unpacked)
        room.unpacked -= sum(len(said) for _, said, _ in pieces) + sum(len(f) for _, f in files)
        return _with_files([Part(*piece) for piece in pieces], files, unchecked, room, within)
    if media_type.startswith("image/") and not media_type.startswith(_TEXT):
        return _picture_parts(data)
    if media_type.startswith(_TEXT):
        return _text_parts(data, media_type, room, within)
    if media_type == "application/x-empty":
        return [], ()
    if within < _DEPTH and media_type == "application/pdf":
        pieces, files, unchecked = pdf_pieces(data)
        return _with_files([Part(*piece) for piece in pieces], files, unchecked, room, within)
    if within < _DEPTH and media_type in _MAIL:
        return _mail_parts(data, room, within)
    if media_type == "application/rtf":
        return _rich_parts(file, data)
    return [], (f"Nothing of it could be looked at: {media_type} is not read here.",)


def _text_parts(
    data: bytes, media_type: str, room: Room, within: int
) -> tuple[list[Part], tuple[str, ...]]:
    """Return a text, its lines of another encoding, and the files whose bytes stand in it."""
    begun = data[:_READ]
    text, files = apart(decode(begun).text)
    marked = "html" in media_type or "xml" in media_type
    otherwise = _otherwise(begun) if "\ufffd" in text else ""
    parts = [Part("the text", text, marked=marked), Part(_OTHERWISE, otherwise, False)]
    cut = (
        len(data) > _READ and len(text) <= LOOKED
    )  # of a longer text it is said how much is looked at
    said = [f"Only its first {_READ >> 20} MiB were read: cut it in parts."] if cut else []
    if within >= _DEPTH:
        deep = ["Files in its text were not looked at: they lie too deep."] if files else []
        return parts, (*said, *deep)
    return _with_files(parts, files, said, room, within)


def _with_files(
    parts: list[Part],
    files: Iterable[tuple[str, bytes]],
    unchecked: Iterable[str],
    room: Room,
    within: int,
) -> tuple[list[Part], tuple[str, ...]]:
    """Return parts with those of attached files, each under the file's name."""
    said = list(unchecked)
    for name, data in files:
        parts.append(Part(f"{name} (its name)", name, False))
        own, more = parts_of(name, data, room, within + 1)
        parts += [replace(part, name=f"{name}: {part.name}") for part in own]
        said += [f"{name}: {sentence}" for sentence in more]
    return parts, tuple(said)


def _picture_parts(data: bytes) -> tuple[list[Part], tuple[str, ...]]:
    said = said_beside(data)
    if said is None:
        return [], ("It is damaged or a kind of picture that is not read here.",)
    seen = ("What it shows could not be looked at, only what is noted beside it.",)
    hidden = Part("what only some programs read of it", hidden_beside(data), False)
    return [Part("its notes", said), hidden], seen


def _mail_parts(data: bytes, room: Room, within: int) -> tuple[list[Part], tuple[str, ...]]:
    """Return the headers and parts of a mail or of a page saved as one file."""
    whole = message_of(data)
    heads: list[str] = []
    files: list[tuple[str, bytes]] = []
    between: list[bytes] = []
    done = 0
    for part in (whole, *mime_parts(data, whole)):
        heads += [text_of(str(value)) for _, value in part.headers.items()]
        if not part.media_type.startswith("multipart/"):
            between.append(data[done : part.start])
            done = part.end
            files.append((part.name or f"part {part.path or 1}", part.body(data)))
    between.append(data[done:])
    parts = [
        Part("the headers", "\n".join(dict.fromkeys(heads))),
        Part(
            "what stands between its parts", "\n".join(decode(one).text for one in between), False
        ),
        Part(_OTHERWISE, "\n".join(map(_otherwise, between)), False),
    ]
    return _with_files(parts, files, (), room, within)


def _otherwise(data: bytes) -> str:
    """Return the lines of a text that are no UTF-8, as the encodings of Cyrillic have them."""
    read: list[str] = []
    for line in data.splitlines():
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            read += [line.decode("cp1251", "replace"), line.decode("koi8-r", "replace")]
    return "\n".join(read)


def _rich_parts(file: str, data: bytes) -> tuple[list[Part], tuple[str, ...]]:
    """Return the text of an RTF as it reads, and its bytes with all that the text leaves out."""
    reports, _ = read_rtf(Source("", file, "application/rtf", data, "1970-01-01T00:00:00Z"))
    read = [piece for one in reports for piece in (one.title.text if one.title else "", one.text)]
    return [
        Part("the text", "\n".join(read)),
        Part("its properties", properties_of(data)),
        Part("its source", plain_of(data), False),
    ], ()


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    while start < len(text):
        yield start, text[start : start + PIECE]
        if start + PIECE >= len(text):
            return
        start += PIECE - OVERLAP


def _blanked(text: str) -> str:
    """Return text of equal length without its tags."""
    return _MARKUP.sub(lambda match: " " * len(match[0]), text)


class _Lines:
    """Turns offsets of a part into lines; where lines begin is looked up once something is found."""

    def __init__(self, part: Part) -> None:
        self._part = part
        self._known: Sequence[int] | None = None

    @property
    def _starts(self) -> Sequence[int]:
        if self._known is None:
            self._known = [0, *(m.end() for m in re.finditer("\n", self._part.text))]
        return self._known

    def place(self, span: Span, start: int) -> Place:
        first = span.start + start
        line = bisect_right(self._starts, first)
        column = first - self._starts[line - 1] + 1
        return Place(self._part.name, line, column, column + max(span.end - span.start - 1, 0))
