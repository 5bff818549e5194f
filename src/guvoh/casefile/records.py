"""The types of journal records, and how they are written as JSON and read for ever."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import msgspec

from guvoh import __version__
from guvoh.casefile.errors import CaseDamaged, CaseTooNew
from guvoh.model.assessment import Content as Read
from guvoh.model.assessment import Target
from guvoh.model.capture import Exposure

Digest = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
SettingValue = str | int | bool | None | tuple[str, ...]

TOOL = f"guvoh {__version__}"  # which program takes in what arrives now

_AT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?Z")


@dataclass(frozen=True, slots=True)
class Arrived:
    """Bytes came in under a name (`model.capture.Arrival`), who may see them, which program took them in.

    `tool` is the program's name and version, None where a record is older than the field.
    """

    capture: Digest
    bytes: int
    media_type: str
    file: str
    origin: str
    exposure: Exposure
    parent: Digest | None = None
    companion_of: str | None = None
    tool: str | None = None


@dataclass(frozen=True, slots=True)
class Declared:
    """A person decided who may see a capture."""

    capture: Digest
    exposure: Exposure


@dataclass(frozen=True, slots=True)
class Assessed:
    """A person decided about a target; `content` is what they read there, where they add or correct."""

    target: Target
    verdict: str
    reason: str
    content: Read | None = None


@dataclass(frozen=True, slots=True)
class Set:
    """A setting that affects results was given a value."""

    name: str
    value: SettingValue


@dataclass(frozen=True, slots=True)
class Observed:
    """Something happened that no computation would repeat: a step killed by the clock, a repair."""

    capture: Digest | None
    step: str
    text: str


@dataclass(frozen=True, slots=True)
class Noticed:
    """What taking in noticed of `file` and no derivation could find out again (`model.Finding`)."""

    file: str | None
    kind: str
    text: str
    problem: bool


@dataclass(frozen=True, slots=True)
class Published:
    """Something was let out of the case, or refused: what, by which codes people left, and why so.

    `codes` pairs the id of a private person with the code; `decisions` are noun, subject, what, why.
    `released_at` says when it left, where the record was written anew without a capture that was erased.
    """

    what: str
    released: bool
    codes: tuple[tuple[str, str], ...] = ()
    decisions: tuple[tuple[str, str, str, str], ...] = ()
    released_at: str | None = None


@dataclass(frozen=True, slots=True)
class Withheld:
    """Byte ranges of a capture hold what a report withholds: they are read as underscores.

    `names` are names and origins under which it came, with underscores in the places of what is
    withheld: what arrived under a name that fits one is shown under that one.
    """

    capture: Digest
    spans: tuple[tuple[int, int], ...]
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Saved:
    """A search or narrowed list is to be found again under a name; without an address no longer."""

    name: str
    address: str | None


Content = Saved | Arrived | Declared | Assessed | Set | Observed | Noticed | Published | Withheld

TYPES: Mapping[str, tuple[int, type[Content]]] = {
    "arrival": (2, Arrived),
    "declaration": (1, Declared),
    "assessment": (2, Assessed),
    "setting": (1, Set),
    "observation": (1, Observed),
    "notice": (1, Noticed),
    "release": (2, Published),
    "withheld": (2, Withheld),
    "search": (1, Saved),
}
_NAMES = {kind: (name, version) for name, (version, kind) in TYPES.items()}

# Each entry turns the content of (type, v) into that of (type, v + 1).
Upcasts = Mapping[tuple[str, int], Callable[[dict[str, Any]], dict[str, Any]]]
UPCASTS: Upcasts = {
    ("arrival", 1): lambda fields: {**fields, "tool": None},
    ("assessment", 1): lambda fields: fields,  # version 2 may have `content`
    ("release", 1): lambda fields: fields,  # version 2 may have `released_at`
    ("withheld", 1): lambda fields: fields,  # version 2 may have `names`
}


@dataclass(frozen=True, slots=True)
class Record:
    """A record with its place: canonical order is (lamport, key_id, index)."""

    lamport: int
    key_id: str
    index: int
    at: str
    content: Content

    @property
    def id(self) -> str:
        """Return the record's name in its case: key-id and index."""
        return f"{self.key_id}:{self.index}"


def encode(content: Content, lamport: int, at: str) -> str:
    """Return a record's payload: compact JSON, keys in the order of the docs.

    `at` is UTC, `2023-03-05T10:00:00Z`; ValueError if it is not. A lone surrogate, as in a file
    name that is not UTF-8, is written as a backslash escape, for it has no UTF-8.
    """
    if not _AT.fullmatch(at):
        raise ValueError(f"not a UTC time with Z: {at!r}")
    kind, version = _NAMES[type(content)]
    fields = msgspec.to_builtins(content)
    payload = {"type": kind, "v": version, "lamport": lamport, "at": at, **fields}
    try:
        return msgspec.json.encode(payload).decode()
    except UnicodeEncodeError:
        return msgspec.json.encode(_writable(payload)).decode()


def decode(payload: bytes, place: tuple[Path, str, int], upcasts: Upcasts = UPCASTS) -> Record:
    """Read a payload whose hash was checked; `place` is its file, key-id and index.

    Raises CaseTooNew for a type or version that this guvoh does not know, CaseDamaged for a payload
    that its own version does not allow.
    """
    path, key_id, index = place
    try:
        fields = msgspec.json.decode(payload, type=dict[str, Any])
        kind, version = fields.pop("type"), fields.pop("v")
        lamport, at = fields.pop("lamport"), fields.pop("at")
    except (msgspec.DecodeError, UnicodeDecodeError, KeyError) as error:
        raise _unknown(path, index) from error
    if kind not in TYPES or not isinstance(version, int) or version > TYPES[kind][0]:
        raise CaseTooNew(
            f"record {index} was written by a newer guvoh", path, "install the newest guvoh"
        )
    newest, content_type = TYPES[kind]
    for step in range(version, newest):
        fields = upcasts[kind, step](fields)
    try:
        content = msgspec.convert(fields, content_type)
    except msgspec.ValidationError as error:
        raise _unknown(path, index) from error
    if not isinstance(lamport, int) or lamport < 1 or not _AT.fullmatch(str(at)):
        raise _unknown(path, index)
    return Record(lamport, key_id, index, at, content)


class _Lamport(msgspec.Struct):
    lamport: int


def lamport_of(payload: bytes) -> int:
    """Return the Lamport number of a payload whose hash was checked or is about to be."""
    return msgspec.json.decode(payload, type=_Lamport).lamport


def writable(text: str) -> str:
    """Return the text with lone surrogates as backslash escapes."""
    return text.encode("utf-8", "backslashreplace").decode()


def _writable(value: Any) -> Any:
    if isinstance(value, str):
        return writable(value)
    if isinstance(value, dict):
        return {key: _writable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_writable(item) for item in value]
    return value


def _unknown(path: Path, index: int) -> CaseDamaged:
    return CaseDamaged(
        f"record {index} is not as its type demands", path, "restore the file from a backup"
    )
