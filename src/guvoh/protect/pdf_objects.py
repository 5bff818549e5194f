"""The texts in a PDF's objects that are on no page: outlines, links, fields, layers, descriptions, scripts, XMP."""

import re
import zlib
from base64 import a85decode
from collections.abc import Iterator
from dataclasses import dataclass

from guvoh.protect.pictures import said_beside

_MOST = 64 << 20  # bytes to which streams may unpack, together
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_END = re.compile(rb"\r?\n?endstream")
_SIGN = re.compile(rb"[()\\]")
_NESTED = 3  # brackets within brackets in a string; titles and notes have no more
_HEX = re.compile(rb"<([0-9A-Fa-f\s]{4,})>")
_NAME = re.compile(rb"/((?:[A-Za-z0-9_.-]|#[0-9A-Fa-f]{2}|[\x80-\xff]){4,100})")
_ESCAPE = re.compile(rb"(?s)\\([0-7]{1,3}|\r\n|.)")
_SIGNS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
# In what is drawn on a page only what stands for it is no text of the page itself.
_INSTEAD = re.compile(rb"/(?:ActualText|Alt|E|Contents|T|TU)\s*(?=[(<])")
_BEGUN = re.compile(rb"\bBT\b")
_SHOWS = re.compile(rb"\b(?:Tj|TJ)\b")
_SHOWN = re.compile(rb"(?s)(\((?:[^\\()]|\\.)*+\))|\\.|\b(?:Td|TD|Tm|ET)\b|T\*")
_BETWEEN = re.compile(
    rb"(?s)endobj\s*([^\s\d](?:(?!endobj).){3,4000}?)"
    rb"(?=(?<!\d)\d{1,10}\s{1,9}\d{1,5}\s{1,9}obj\b|xref|trailer|startxref)"
)
_OTHER = re.compile(
    rb"/(?:LZWDecode|LZW|RunLengthDecode|RL|Crypt|JPXDecode|JBIG2Decode|CCITTFaxDecode)\b"
)
_PICTURE = re.compile(rb"/Subtype\s*/Image\b")
_FONT = re.compile(rb"/Subtype\s*/(?:(Type0)|Type1|TrueType|Type3|MMType1)(?![0-9A-Za-z])")
_OF_UNICODE = re.compile(rb"/ToUnicode\b|/Encoding\s*/Uni")
_DIFFERENCES = re.compile(rb"/Differences\s*\[([^\[\]]*)\]")
# Names of letters that say which letter it is (Adobe Glyph List Specification 2): others are g12, a7, cid003.
_GLYPH = re.compile(rb"/([^\s/\[\]<>()%]{1,100})")
_TELLING = re.compile(
    rb"\.notdef|uni(?:[0-9A-F]{4})+|u[0-9A-F]{4,6}|afii\d{5}|[A-Za-z]|[A-Za-z]{3,}(?:\.\w+)?"
)
_PRINTED = bytes(range(0x20, 0x7F)) + b"\t\r\n\f"
_SHARE = 0.85  # of the bytes of a stream that is text
_LONGEST = 4 << 20
_HEAD = 2_000  # bytes before a stream in which it is said how it is packed


def texts_of(data: bytes, blind: set[str] | None = None) -> Iterator[str]:
    """Yield the texts of a PDF's objects and of the metadata of pictures in it; bytes of an open PDF.

    Strings and names as PDF 32000-1, 7.3.4 and 7.3.5, write them; streams that Flate, ASCII85 or
    hexadecimal pack. Sentences on what cannot be read are added to `blind`.
    """
    blind = set() if blind is None else blind
    fonts = _Fonts()
    yield from _outside(data)
    left = _MOST
    done = 0
    for match in _STREAM.finditer(data):
        if match.start() < done:
            continue
        head = data[done : match.start()]
        fonts.see(head)
        yield from _strings(head)
        end = _END.search(data, match.end())
        done = end.end() if end else len(data)
        packed = data[match.end() : end.start() if end else done]
        content, read = _unpacked(packed, head[-_HEAD:], left)
        if not read and not _PICTURE.search(head[-_HEAD:]):
            blind.add(
                "Some of its streams are packed in a way, or too large, to be looked at: print it anew."
            )
        left -= len(content)
        fonts.see(content)
        yield from _of_stream(content)
    fonts.see(data[done:])
    yield from _strings(data[done:])
    if fonts.are_blind:
        blind.add("Letters of fonts that do not say which they are could not be looked at.")


@dataclass(slots=True)
class _Fonts:
    """What the objects of a PDF say of its fonts: how many there are, and of how many the letters are told."""

    composite: int = 0
    simple: int = 0
    told: int = 0
    numbered: bool = False  # a font whose letters bear names that say nothing

    def see(self, objects: bytes) -> None:
        kinds = [match[1] for match in _FONT.finditer(objects)]
        self.composite += sum(kind is not None for kind in kinds)
        self.simple += sum(kind is None for kind in kinds)
        self.told += len(_OF_UNICODE.findall(objects))
        self.numbered |= any(
            not _TELLING.fullmatch(name[1])
            for match in _DIFFERENCES.finditer(objects)
            for name in _GLYPH.finditer(match[1])
        )

    @property
    def are_blind(self) -> bool:
        """Say whether there are letters of which nobody can tell which they are."""
        return self.told < self.composite + (self.simple if self.numbered else 0)


def _outside(data: bytes) -> Iterator[str]:
    """Yield what stands before the file's head, behind its end, in comments and between its objects."""
    yield data[: max(data.find(b"%PDF"), 0)][:_LONGEST].decode("utf-8", "replace")
    yield data[data.rfind(b"%%EOF") + 5 :][:_LONGEST].decode("utf-8", "replace")
    for match in _BETWEEN.finditer(data):
        yield match[1].decode("utf-8", "replace")


def _unpacked(packed: bytes, head: bytes, left: int) -> tuple[bytes, bool]:
    """Return a stream unpacked, and whether all of it could be."""
    head = head[max(head.rfind(b"obj"), 0) :]
    known = not _OTHER.search(head)
    try:
        if b"ASCIIHexDecode" in head or b"/AHx" in head:
            digits = re.sub(rb"[^0-9A-Fa-f]", b"", packed)
            packed = bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
        if b"ASCII85Decode" in head or b"/A85" in head:
            packed = a85decode(packed.strip(), adobe=packed.strip().startswith(b"<~"))
    except ValueError:
        pass
    if b"FlateDecode" in head or b"/Fl" in head:
        try:
            unpacking = zlib.decompressobj()
            content = unpacking.decompress(packed, max(left, 1))
            return content, known and not unpacking.unconsumed_tail
        except zlib.error:
            return b"", False
    return packed, known


def _of_stream(content: bytes) -> Iterator[str]:
    if content[:3] == b"\xff\xd8\xff":
        yield said_beside(content) or ""
        return
    sample = content[:4096]
    if content.lstrip()[:1] == b"<" and content.lstrip()[:2] != b"<<":
        yield content[:_LONGEST].decode("utf-8", "replace")  # XMP, forms of XFA
    elif b"begincmap" in sample or sum(map(_PRINTED.count, sample)) < len(sample) * _SHARE:
        return
    elif _is_drawn(content[:_LONGEST]):
        # Most is the text of a page and looked at there; what no page shows may stand here alone.
        yield "".join(_drawn(content[:_LONGEST]))
        # Raw bytes of pictures in it may open and close brackets around such a string.
        ends = dict(_pairs(content))
        for match in _INSTEAD.finditer(content):
            if match.end() in ends:
                yield _decoded(content[match.end() : ends[match.end()]])
            elif string := _HEX.match(content, match.end()):
                yield _decoded(string[0])
    else:
        yield from _strings(content)
        if b"<<" not in sample:
            yield content[:_LONGEST].decode("utf-8", "replace")  # scripts


def _is_drawn(content: bytes) -> bool:
    begun = _BEGUN.search(content)
    return begun is not None and _SHOWS.search(content, begun.end()) is not None


def _drawn(content: bytes) -> Iterator[str]:
    """Yield the strings that are drawn, as far as fonts number their letters as everyone does."""
    for match in _SHOWN.finditer(content):
        if match[1] is None:
            yield "\n"
        else:
            yield _decoded(match[0])


def _strings(piece: bytes) -> Iterator[str]:
    rest: list[bytes] = []
    done = 0
    for start, end in _bracketed(piece):
        yield _decoded(piece[start:end])
        rest.append(piece[done:start])
        done = end
    for match in _HEX.finditer(piece):
        yield _decoded(match[0])
    for name in {match[1] for match in _NAME.finditer(b"".join([*rest, piece[done:]]))}:
        yield re.sub(rb"#([0-9A-Fa-f]{2})", lambda one: bytes([int(one[1], 16)]), name).decode(
            "utf-8", "replace"
        )


def _bracketed(piece: bytes) -> Iterator[tuple[int, int]]:
    """Yield where strings in brackets begin and end, none within another; one that nothing closes is none."""
    found: list[tuple[int, int]] = []
    for start, end in _pairs(piece):
        while found and found[-1][0] > start:
            found.pop()
        found.append((start, end))
    yield from found


def _pairs(piece: bytes) -> Iterator[tuple[int, int]]:
    """Yield where brackets open and their own closing ones end, inner pairs first."""
    open_: list[tuple[int, int]] = []  # where, depth within
    at = 0
    while match := _SIGN.search(piece, at):
        at = match.end()
        if match[0] == b"(":
            open_.append((match.start(), 0))
        elif not open_:
            continue
        elif match[0] == b"\\":
            at += 1
        else:
            start, depth = open_.pop()
            if open_:
                outer, deep = open_[-1]
                open_[-1] = (outer, max(deep, depth + 1))
            if depth < _NESTED:
                yield start, at


def _decoded(string: bytes) -> str:
    if string[:1] == b"<":
        digits = re.sub(rb"[\s<>]", b"", string)
        said = bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
    else:
        said = _ESCAPE.sub(_escaped, string[1:-1])
    for mark, encoding in (
        (b"\xfe\xff", "utf-16-be"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xef\xbb\xbf", "utf-8"),
    ):
        if said.startswith(mark):
            return said[len(mark) :].decode(encoding, "replace")
    try:
        return said.decode("utf-8")
    except UnicodeDecodeError:
        return said.decode("latin-1")


def _escaped(match: re.Match[bytes]) -> bytes:
    sign = match[1]
    if sign[:1] in b"01234567":
        return bytes([int(sign, 8) & 0xFF])
    return b"" if sign in (b"\r\n", b"\n", b"\r") else _SIGNS.get(sign, sign)
