"""Documents that are zips of XML parts: parts unpacked under a cap, walked with their offsets."""

import zipfile
import zlib
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import NamedTuple
from xml.parsers import expat

MOST_BYTES = 64 << 20  # of one part unpacked; a long book's text is a tenth of it
MOST_MEMBERS = 20_000
_MOST_DEPTH = 400  # elements; a table in a text box in a table reaches forty


class PackageError(Exception):
    """A document cannot be read; the message is a sentence for the reader."""


class Words(NamedTuple):
    """Character data of a part and the half-open range of bytes that it was written in."""

    text: str
    first: int
    last: int


def open_package(data: bytes) -> zipfile.ZipFile:
    """Open a document; raises PackageError."""
    try:
        package = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, IndexError) as problem:
        raise PackageError("It is damaged or cut short, and was not read.") from problem
    if len(package.infolist()) > MOST_MEMBERS:
        raise PackageError("It has more parts than any document, and was not read.")
    return package


def part(package: zipfile.ZipFile, name: str) -> bytes | None:
    """Return a part unpacked, None where there is none; raises PackageError."""
    try:
        with package.open(name) as stream:
            data = stream.read(MOST_BYTES + 1)
    except KeyError:
        return None
    except RuntimeError as problem:
        text = "It is encrypted. Save it without a password and build again."
        raise PackageError(text) from problem
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        NotImplementedError,
        ValueError,
    ) as problem:
        raise PackageError(f"Its part {name} is damaged, so it was not read.") from problem
    if len(data) > MOST_BYTES:
        text = f"Its part {name} unpacks to more than {MOST_BYTES >> 20} MiB, and was not read."
        raise PackageError(text)
    return data


def walk(
    data: bytes,
    name: str,
    start: Callable[[str, Mapping[str, str]], None],
    end: Callable[[str], None],
    text: Callable[[Words], None],
) -> None:
    """Walk an XML part; elements and attributes come as "namespace local".

    Raises PackageError where it is not well formed, nests too deep, or declares entities, which no
    office program writes. What came before has been given out.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = False
    depth = 0

    def opened(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _MOST_DEPTH:
            raise PackageError(f"Its part {name} nests too deep; what came before was read.")
        start(tag, attributes)

    def closed(tag: str) -> None:
        nonlocal depth
        depth -= 1
        end(tag)

    def said(words: str) -> None:
        first = parser.CurrentByteIndex
        text(Words(words, first, _end(data, first, words)))

    def declared(*_: object) -> None:
        raise PackageError(f"Its part {name} declares entities, and was not read further.")

    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.CharacterDataHandler = said
    parser.EntityDeclHandler = declared
    try:
        parser.Parse(data, True)
    except expat.ExpatError as problem:
        raise PackageError(f"Its part {name} is damaged; what came before was read.") from problem


def _end(data: bytes, first: int, words: str) -> int:
    """Return where character data ends that begins at `first`: written out, or as a reference."""
    said = words.encode("utf-8", "surrogatepass")
    if data.startswith(said, first):
        return first + len(said)
    if data.startswith(b"&", first):
        stop = data.find(b";", first, first + 40)
        return stop + 1 if stop >= 0 else first + 1
    return first + 2 if data.startswith(b"\r\n", first) else first + 1
