"""Bytes to text, where the content outweighs the declaration and each character keeps its bytes."""

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from resiliparse.parse.encoding import detect_encoding

from guvoh.model.text import ByteSpan

REPLACEMENT = "\ufffd"

# Sniffing window: the HTML standard looks for a declaration in the first 1,024 bytes; saved pages
# often carry comments and link lists before it.
_HEAD = 4096
_SAMPLE = 65_536
_CHUNK = 1024

_DECLARATION = re.compile(
    rb"""charset\s{0,8}=\s{0,8}["']?\s{0,8}([A-Za-z0-9_:.+-]{2,40})""", re.IGNORECASE
)
_PROLOG = re.compile(
    rb"""^\s{0,64}<\?xml[^>]{0,200}?encoding\s{0,8}=\s{0,8}["']([A-Za-z0-9_:.+-]{2,40})"""
)
_SURROGATE = re.compile("[\ud800-\udfff\0]")
_CODED_SURROGATE = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
_MULTIBYTE = re.compile(rb"[\xc2-\xf4][\x80-\xbf]{1,3}")

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# The Encoding Standard reads these labels as their Windows supersets.
_SUPERSETS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "utf-16": "utf-16-le",
}


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with the way back to its bytes.

    `raw` is the text with a lone surrogate for each undecodable byte, `text` has U+FFFD in its
    place (and in place of NUL); both have the same length. `declared` is the encoding that the
    bytes claim, `bad` the number of characters that stand for no text.
    """

    text: str
    encoding: str
    declared: str | None
    bad: int
    raw: str
    start: int  # length of a byte order mark
    errors: str
    simple: bool  # one byte per character
    chunks: tuple[int, ...] = ()
    table: tuple[int, ...] = field(default=(), repr=False)

    @property
    def guessed(self) -> bool:
        """Tell whether the encoding rests on statistics alone: undeclared, unmarked and not UTF-8."""
        return (
            self.declared is None
            and not self.start
            and not self.encoding.startswith("utf")
            and not self.text.isascii()
        )

    @property
    def mislabelled(self) -> bool:
        """Tell whether the declaration names another encoding than the content shows."""
        return (
            self.declared is not None
            and self.declared != self.encoding
            and not (self.simple and self.text.isascii())
        )

    def byte(self, at: int) -> int:
        """Return the byte offset at which character `at` (a code point index) begins."""
        if self.simple:
            return self.start + at
        if self.table:
            return self.table[at]
        chunk = at // _CHUNK
        part = self.raw[chunk * _CHUNK : at]
        return self.chunks[chunk] + len(part.encode(self.encoding, self.errors))

    def bytes(self, start: int, end: int) -> ByteSpan:
        """Return the bytes of the characters from `start` to `end`."""
        return ByteSpan(self.byte(start), self.byte(end))

    def rising(self, ranges: Iterable[tuple[int, int]]) -> Iterator[ByteSpan]:
        """Yield the bytes of ranges of characters of which each begins where the last ended, or later."""
        if self.simple or self.table:
            yield from (self.bytes(start, end) for start, end in ranges)
            return
        raw, encoding, errors = self.raw, self.encoding, self.errors
        at, bytes_ = 0, self.start
        for start, end in ranges:
            if start - at > _CHUNK:
                bytes_ = self.byte(start)
            elif start > at:
                bytes_ += len(raw[at:start].encode(encoding, errors))
            begin = bytes_
            bytes_ += len(raw[start:end].encode(encoding, errors))
            at = end
            yield ByteSpan(begin, bytes_)


def blanked(data: bytes, spans: Iterable[tuple[int, int]]) -> bytes:
    """Return text of equal length with underscores, in its own encoding, in place of these bytes."""
    made = bytearray(data)
    filler = _filler(decode(data).encoding)
    for start, end in spans:
        made[start:end] = (filler * (end - start))[: end - start]
    return bytes(made)


def _filler(encoding: str) -> bytes:
    """Return an underscore in an encoding, without a byte order mark."""
    return "__".encode(encoding)[len("_".encode(encoding)) :]


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Decode `data`; `declared` is a label from outside, else a `charset=` in its head counts.

    Order: byte order mark, UTF-16 by its zero bytes, strict UTF-8, UTF-8 with few bad bytes, the
    declaration where it holds, statistical detection, cp1252. Never raises.
    """
    label = _codec(declared) if declared else declared_encoding(data)
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _decoded(data, encoding, label, len(mark))
    return _decoded(data, _choose(data, label), label, 0)


def declared_encoding(data: bytes) -> str | None:
    """Return the codec that the head of `data` names in markup, None if none or an unknown one."""
    head = data[:_HEAD]
    found = _DECLARATION.search(head) or _PROLOG.search(head)
    return _codec(found[1].decode("ascii")) if found else None


def _codec(label: str) -> str | None:
    try:
        name = codecs.lookup(label).name
        "a".encode(name)
        b"a".decode(name)
    except (LookupError, ValueError, TypeError):
        return None
    return _SUPERSETS.get(name, name)


def _choose(data: bytes, label: str | None) -> str:
    wide = _wide(data)
    if wide is not None:
        return wide
    if (
        b"\x1b" in data[:_SAMPLE]
        and label is not None
        and label.startswith(("iso2022", "iso-2022"))
    ):
        return label
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return "utf-8"
    if _nearly_utf8(data):
        return "utf-8"
    detected = _codec(detect_encoding(data[:_SAMPLE]) or "") or "cp1252"
    for encoding in (label, detected):
        if encoding not in (None, "utf-8") and _plausible(data, encoding, detected):
            return encoding
    return "cp1252" if detected == "utf-8" else detected


_LOW = bytes(range(9))


def _wide(data: bytes) -> str | None:
    """Tell UTF-16 without a mark: bytes below 9 in every second place and nearly none between.

    They are the higher halves of Latin, Greek, Cyrillic, Hebrew and Arabic letters, and no text of
    one byte a letter has many of them.
    """
    sample = data[:_SAMPLE]
    if len(sample) < 4 or _low(sample) * 10 < len(sample):
        return None
    even, odd = _low(sample[::2]), _low(sample[1::2])
    if odd > 8 * even:
        return "utf-16-le"
    if even > 8 * odd:
        return "utf-16-be"
    return None


def _low(data: bytes) -> int:
    return len(data) - len(data.translate(None, _LOW))


def _nearly_utf8(data: bytes) -> bool:
    """Tell UTF-8 with a few broken bytes: at least nine of ten high-byte runs must be sequences."""
    good = sum(1 for _ in _MULTIBYTE.finditer(data[:_SAMPLE]))
    text = data[:_SAMPLE].decode("utf-8", "surrogateescape")
    bad = len(_SURROGATE.findall(text)) - data[:_SAMPLE].count(0)
    # Lone surrogates written as three bytes each come from programs that meant UTF-8.
    surrogates = sum(1 for _ in _CODED_SURROGATE.finditer(data[:_SAMPLE]))
    good, bad = good + surrogates, bad - 3 * surrogates
    if not good and not bad:  # the broken bytes come after the sample
        good = sum(1 for _ in _MULTIBYTE.finditer(data))
        bad = 1
    return good > 9 * max(bad, 1) or (good > 0 and bad <= 2 and good >= 2 * bad)


def _plausible(data: bytes, encoding: str, detected: str) -> bool:
    """Tell whether a declared legacy encoding may stand: it decodes, and gives letters of one case.

    Text read in the wrong Cyrillic code page has capitals inside words; detection decides there.
    """
    sample = data[:_SAMPLE]
    try:
        text = sample.decode(encoding, "replace")
    except (LookupError, ValueError):
        return False
    high = [char for char in text if char > "\x7f"]
    if not high or encoding == detected:
        return True
    odd = sum(1 for char in high if char == REPLACEMENT or "\x80" <= char <= "\x9f")
    if odd * 50 > len(high):
        return False
    return _jumble(text) <= _jumble(sample.decode(detected, "replace")) + 20


_WORD = re.compile(r"[^\W\d_]+")


def _jumble(text: str) -> int:
    """Return how many of a thousand non-ASCII words mix scripts' letters with case inside the word."""
    words = [word for word in _WORD.findall(text) if not word.isascii() and len(word) > 1]
    if not words:
        return 0
    odd = sum(1 for word in words if not (word.islower() or word.istitle() or word.isupper()))
    ascii_mix = sum(
        1 for word in words if sum(char > "\u00ff" for char in word) not in (0, len(word))
    )
    return 1000 * (odd + ascii_mix) // len(words)


def _decoded(data: bytes, encoding: str, label: str | None, start: int) -> Decoded:
    body = data[start:] if start else data
    wide = encoding.startswith(("utf-16", "utf-32"))
    errors = "surrogatepass" if wide else "surrogateescape"
    clean = False
    try:
        raw = body.decode(encoding, errors)
        clean = raw.isascii() or (encoding == "utf-8" and _encodes(raw))
        exact = clean or raw.encode(encoding, errors) == body
    except (UnicodeDecodeError, UnicodeEncodeError):
        return _tabled(body, encoding, label, start)
    if not exact:
        return _tabled(body, encoding, label, start)
    bad = raw.count("\0") if clean else len(_SURROGATE.findall(raw))
    text = _SURROGATE.sub(REPLACEMENT, raw) if bad else raw
    simple = len(raw) == len(body)
    return Decoded(
        text, encoding, label, bad, raw, start, errors, simple,
        () if simple else _chunked(raw, encoding, errors, start),
    )  # fmt: skip


def _encodes(raw: str) -> bool:
    """Tell whether a text holds no lone surrogate, so that UTF-8 gives it back byte for byte."""
    try:
        raw.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _chunked(raw: str, encoding: str, errors: str, start: int) -> tuple[int, ...]:
    """Return the byte offset of every `_CHUNK`-th character, and of the end where it falls on one."""
    offsets = [start]
    for at in range(0, len(raw), _CHUNK):
        offsets.append(offsets[-1] + len(raw[at : at + _CHUNK].encode(encoding, errors)))
    return tuple(offsets)


def _begins(piece: str, encoding: str, first: int, end: int) -> list[int]:
    """Return where each character begins that a decoder gave at once: what is broken stands first."""
    begins: list[int] = []
    for char in reversed(piece[1:]):
        end = max(first, end - len(char.encode(encoding, "replace")))
        begins.append(end)
    return [first, *reversed(begins)]


def _tabled(body: bytes, encoding: str, label: str | None, start: int) -> Decoded:
    """Decode byte by byte: for codecs whose text does not give its bytes back, and broken UTF-16."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    pieces: list[str] = []
    table: list[int] = []
    pending = start
    for at in range(len(body)):
        piece = decoder.decode(body[at : at + 1])
        if piece:
            pieces.append(piece)
            table.extend(_begins(piece, encoding, pending, start + at + 1))
            pending = start + at + 1
    piece = decoder.decode(b"", final=True)
    pieces.append(piece)
    table.extend([pending] * len(piece))
    table.append(start + len(body))
    raw = "".join(pieces)
    text = _SURROGATE.sub(REPLACEMENT, raw)
    return Decoded(
        text, encoding, label, text.count(REPLACEMENT), raw, start, "replace", simple=False,
        table=tuple(table),
    )  # fmt: skip
