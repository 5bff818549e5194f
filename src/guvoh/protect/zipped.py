"""The parts of a document that is a zip: DOCX, XLSX, ODT, EPUB; texts, names, and the files that it holds."""

import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO

from lxml import etree

from guvoh.clean.decode import decode
from guvoh.protect.escapes import stretches

_OF_SYMBOLS = 0xF000  # from here on fonts of symbols number their letters
UNPACKED = 512 << 20  # bytes that the parts of a document may unpack to
MARKED = 64 << 20  # bytes of one part of text and tags that are looked at
_XML = (
    ".xml",
    ".rels",
    ".html",
    ".xhtml",
    ".htm",
    ".opf",
    ".ncx",
    ".rdf",
    ".vml",
    ".xba",
    ".xlb",
    ".svg",
)
_KIND = "mimetype"  # says of what kind an ODT or EPUB is
_STREAMED = 8  # the flag of a part that was written before its size was known
_DESCRIPTOR = 24  # bytes that may follow such a part: its sizes once more
_DIRECTORY = b"PK\5\6"  # begins what ends a zip
# Elements that part no word, of DOCX, XLSX, ODT and EPUB, and empty ones that do.
_INLINE = frozenset(
    ["r", "t", "delText", "instrText", "ins", "del", "moveFrom", "moveTo", "hyperlink", "smartTag", "sdt",
     "sdtContent", "fldSimple", "span", "a", "b", "i", "u", "em", "strong", "font", "small", "sub", "sup", "mark", "sym"]
)  # fmt: skip
_APART = frozenset(["rPh", "ruby", "note", "annotation"])  # begin a text of their own
_BREAKS = frozenset(["br", "cr", "tab", "s", "line-break"])

# Attributes in which people write; all others say how it looks.
_WRITTEN = frozenset(
    ["author", "alt", "creator", "descr", "displayName", "href", "initials", "label", "lastModifiedBy", "title", "Target"]
)  # fmt: skip

Piece = tuple[str, str, bool]  # the name of a part, its text, whether a person wrote that


def zipped_pieces(
    data: bytes, most: int = UNPACKED
) -> tuple[list[Piece], list[tuple[str, bytes]], list[str]]:
    """Return texts by part, other files in it with their names, and sentences on what cannot be looked at.

    `most` are the bytes that it may unpack to.
    """
    pieces: list[Piece] = []
    files: list[tuple[str, bytes]] = []
    unchecked: list[str] = []
    left = most
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            every = archive.infolist()
            names = [item.filename for item in every]
            told = [archive.comment, *(item.comment for item in every)]
            said = [decode(one).text for one in told if one]
            said += [text for item in every for text in stretches(item.extra)]
            pieces.append(("the names of its parts", "\n".join([*names, *said]), False))
            if _has_more(data, archive):
                unchecked.append(
                    "Before, between or after its parts there is more, which could not be looked at."
                )
            for item in every:
                left -= item.file_size
                if left < 0:
                    unchecked.append(
                        f"It unpacks to more than can be looked at: {item.filename} and what follows it were not."
                    )
                    break
                if item.is_dir() or item.filename == _KIND:
                    continue
                if not item.filename.lower().endswith(_XML):
                    files.append((item.filename, archive.read(item)))
                    continue
                with archive.open(item) as part:
                    content = part.read(MARKED)
                whole = item.file_size <= MARKED
                pieces += _xml_pieces(item.filename, content, whole=whole)
                if not whole:
                    unchecked.append(
                        f"Of {item.filename} only the first {MARKED >> 20} MiB were looked at: cut it in parts."
                    )
    except (
        zipfile.BadZipFile,
        RuntimeError,
        NotImplementedError,
        EOFError,
        OSError,
        ValueError,
        struct.error,
        zlib.error,
        lzma.LZMAError,
    ):
        unchecked.append("The document is damaged or encrypted and could not be read whole.")
    return pieces, files, unchecked


def _has_more(data: bytes, archive: zipfile.ZipFile) -> bool:
    """Say whether bytes of a zip belong to none of its parts (APPNOTE 6.3.10, 4.3.6)."""
    end = data.rfind(_DIRECTORY)
    if end + 22 + len(archive.comment) < len(data):
        return True
    done = 0
    for item in sorted(archive.infolist(), key=lambda one: one.header_offset):
        if item.header_offset > done:
            return True
        name, extra = struct.unpack_from("<HH", data, item.header_offset + 26)
        done = item.header_offset + 30 + name + extra + item.compress_size
        done += _DESCRIPTOR if item.flag_bits & _STREAMED else 0
    return archive.start_dir > done


def _xml_pieces(name: str, content: bytes, *, whole: bool = True) -> Iterator[Piece]:
    """Yield the text of an XML part with what people write in attributes, then all else that it holds.

    One that is no XML is given as it stands; of one that is not `whole`, what it begins with is read.
    """
    parser = etree.XMLParser(
        resolve_entities="internal", no_network=True, huge_tree=False, recover=not whole
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        yield name, decode(content).text, True
        return
    if root is None:
        yield name, decode(content).text, True
        return
    text, values = _told(root)
    written = [value for key, value in values if key in _WRITTEN and not value.startswith("#")]
    yield name, "\n".join([text, *dict.fromkeys(written)]), True
    # Values repeat by the thousand in a document's formatting; each is looked at once.
    rest = dict.fromkeys(one for pair in values if pair[0] not in _WRITTEN for one in pair)
    yield f"{name}, its attributes", "\n".join(rest), False


def _told(root: etree._Element) -> tuple[str, list[tuple[str, str]]]:
    """Return the text of a tree and, with their names, values of attributes, comments, entities and the like."""
    pieces: list[str] = []
    values: list[tuple[str, str]] = [("", root.getroottree().docinfo.doctype)]
    begun: list[int] = []
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
        if event == "start":
            begun.append(len(pieces))
            if name in _APART and pieces:
                pieces.append("\n")
            if name == "sym":
                pieces += _symbol(element)
            pieces += [element.text] if element.text else []
            values += [("", name), *_attributes(element)]
            continue
        if event == "end":
            said = len(pieces) > begun.pop()
            if name not in _INLINE if said else name in _BREAKS:
                pieces.append("\n")
        else:
            values.append(("", element.text or ""))
        pieces += [element.tail] if element.tail else []
    return "".join(pieces), values


def _symbol(element: etree._Element) -> Iterator[str]:
    """Yield the letter that Word gives by its number in a font."""
    number = next((value for name, value in _attributes(element) if name == "char"), "")
    with suppress(ValueError, OverflowError):
        at = int(number, 16)
        yield chr(at & 0xFF if at >= _OF_SYMBOLS else at)


def _attributes(element: etree._Element) -> Iterator[tuple[str, str]]:
    for name, value in element.attrib.items():
        yield str(name).rpartition("}")[2], str(value)
    yield from (("", uri) for uri in element.nsmap.values() if uri)
