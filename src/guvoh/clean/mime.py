"""Messages of MIME parts, in linear time: each part with its headers and the bytes of its body."""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.parser import BytesHeaderParser

_MOST_DEPTH = 12
_MOST_PARTS = 5_000
_MOST_HEADER = 262_144  # bytes of one block of headers
_LONGEST = 8_192  # characters of one header
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")


@dataclass(frozen=True, slots=True)
class Part:
    """One part: `path` counts from 1 in each multipart ("1.2"); its raw body is data[start:end]."""

    path: str
    headers: Message
    start: int
    end: int
    media_type: str
    within: tuple[str, ...] = ()  # the media types of the parts that hold it, outermost first

    @property
    def charset(self) -> str | None:
        """Return the encoding that the part declares."""
        found = self.headers.get_param("charset") if "content-type" in self.headers else None
        return found[:40] if isinstance(found, str) else None

    @property
    def name(self) -> str | None:
        """Return the file name that the part gives, None where it gives none."""
        try:
            found = self.headers.get_filename()
        except (LookupError, ValueError, TypeError):
            return None
        return text_of(found) if found else None

    @property
    def is_attached(self) -> bool:
        """Say whether the part is to be saved rather than read on."""
        disposition = self.header("content-disposition").lower()
        return disposition.startswith("attachment")

    def header(self, name: str) -> str:
        """Return a header as people read it, "" where there is none."""
        value = self.headers.get(name)
        return text_of(str(value)) if value is not None else ""

    def body(self, data: bytes) -> bytes:
        """Return the part's body without its transfer encoding; what is damaged in it is left out."""
        raw = data[self.start : self.end]
        encoding = self.header("content-transfer-encoding").strip().lower()
        if encoding == "base64":
            return _base64(raw)
        return binascii.a2b_qp(raw) if encoding == "quoted-printable" else raw


def text_of(value: str) -> str:
    """Return a header with its encoded words decoded (RFC 2047), on one line."""
    try:
        pieces = decode_header(value[:_LONGEST])
    except (HeaderParseError, binascii.Error, ValueError):
        pieces = [(value[:_LONGEST], None)]
    said: list[str] = []
    for piece, charset in pieces:
        if isinstance(piece, str):
            said.append(piece)
            continue
        try:
            said.append(piece.decode(charset or "utf-8", "replace"))
        except (LookupError, ValueError):  # a charset that nobody knows, or that is no name
            said.append(piece.decode("latin-1"))
    return " ".join("".join(said).split())


def message_of(data: bytes, start: int = 0, end: int | None = None) -> Part:
    """Return the whole of a message as one part."""
    return _part(data, start, len(data) if end is None else end, "", ())


def parts_of(data: bytes, whole: Part) -> Iterator[Part]:
    """Yield the parts of a message that hold no parts themselves, in order.

    A message within it is one part. What lies deeper than 12 parts, or comes after 5,000, is given
    as one part that is not taken apart.
    """
    stack = [whole]
    count = 0
    while stack:
        part = stack.pop()
        boundary = part.headers.get_boundary() if "content-type" in part.headers else None
        count += 1
        nested = part.media_type.startswith("multipart/") and boundary
        if not nested or len(part.within) >= _MOST_DEPTH or count > _MOST_PARTS:
            yield part
            continue
        pieces = _pieces(data, part, f"--{boundary}".encode("utf-8", "surrogateescape"))
        within = (*part.within, part.media_type)
        prefix = f"{part.path}." if part.path else ""
        found = [
            _part(data, start, end, f"{prefix}{number}", within)
            for number, (start, end) in enumerate(pieces[:_MOST_PARTS], 1)
        ]
        stack.extend(reversed(found))


def _part(data: bytes, start: int, end: int, path: str, within: tuple[str, ...]) -> Part:
    limit = min(end, start + _MOST_HEADER)
    if data[start : start + 1] == b"\n" or data[start : start + 2] == b"\r\n":
        body = start + (1 if data[start : start + 1] == b"\n" else 2)
        head = b""
    else:
        blank = _BLANK_LINE.search(data, start, limit)
        body = blank.end() if blank else limit
        head = data[start:body]
    headers = BytesHeaderParser().parsebytes(head)
    media_type = headers.get_content_type() if "content-type" in headers else "text/plain"
    return Part(path, headers, body, end, media_type, within)


def _pieces(data: bytes, part: Part, delimiter: bytes) -> list[tuple[int, int]]:
    """Return the ranges between the lines that begin with `delimiter` (RFC 2046, 5.1.1)."""
    found: list[tuple[int, int]] = []
    begun: int | None = None
    at = part.start
    while True:
        hit = data.find(delimiter, at, part.end)
        if hit < 0:
            break
        at = hit + len(delimiter)
        if hit > part.start and data[hit - 1 : hit] != b"\n":
            continue
        follows = data[at : at + 2]
        if follows[:1] not in {b"", b"\r", b"\n", b"-", b" ", b"\t"}:
            continue
        if begun is not None:
            stop = hit - 1
            stop -= data[stop - 1 : stop] == b"\r"
            found.append((begun, max(stop, begun)))
        if follows == b"--":
            return found
        line = data.find(b"\n", at, part.end)
        if line < 0:
            return found
        begun = at = line + 1
        at -= 1
    if begun is not None:
        found.append((begun, part.end))
    return found


def _base64(raw: bytes) -> bytes:
    try:
        return binascii.a2b_base64(raw)
    except binascii.Error:
        kept = re.sub(rb"[^A-Za-z0-9+/]+", b"", raw)
        kept = kept[: len(kept) - (len(kept) % 4 == 1)]
        return binascii.a2b_base64(kept + b"=" * (-len(kept) % 4))
