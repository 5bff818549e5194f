"""Reads web archives (WARC, ISO 28500) record by record, with the bytes that a server sent, and writes one."""

import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import BinaryIO, Protocol

from fastwarc.stream_io import BrotliReader, ChunkedReader
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

MOST = 16 * 1024**2  # bytes that the body of one record may inflate to
_GZIP_MEMBER = b"\x1f\x8b\x08"
_RECORD = b"WARC/1."
_STEP = 1024**2
_TOO_BIG = f"it is longer than {MOST // 1024**2} MB and was cut there"
CUT_OFF = "the archive holds it cut off"
_WANTED = WarcRecordType.response | WarcRecordType.resource


@dataclass(frozen=True, slots=True)
class WebRecord:
    """A page as it was crawled: `body` without the encodings of its transfer.

    `offset` is where the record begins in the archive. `lost` says in words why `body` is not
    whole; it is empty where nothing is missing. `date` is UTC with `Z`, empty where none is given.
    """

    id: str
    offset: int
    url: str
    date: str
    media_type: str
    charset: str | None
    body: bytes
    lost: str = ""
    status: int | None = None  # of HTTP; None where it is no answer of a server


@dataclass(frozen=True, slots=True)
class Gap:
    """Bytes of an archive that could not be read, from `start` up to `end`."""

    start: int
    end: int


class _Reads(Protocol):
    def read(self, size: int = ..., /) -> bytes: ...


def web_records(path: Path, gaps: list[Gap] | None = None) -> Iterator[WebRecord]:
    """Yield the responses and resources of an archive, compressed or not, in order.

    Memory is bounded by one record of MOST bytes. After damage reading goes on at the next member
    (or record, where nothing is compressed), and what was passed over is appended to `gaps`.
    """
    with path.open("rb") as stream:
        yield from records_in(stream, [] if gaps is None else gaps)


def records_in(stream: BinaryIO, gaps: list[Gap]) -> Iterator[WebRecord]:
    """Yield what `web_records` does out of an open archive, which nothing else may read meanwhile."""
    size = stream.seek(0, io.SEEK_END)
    start = 0
    while start < size:
        last = start
        stream.seek(start)
        try:
            for record in ArchiveIterator(stream, record_types=_WANTED, parse_http=False):
                last = record.stream_pos
                yield read_record(record)
                last += 1
            return
        except OSError:
            start = _next_member(stream, last + 1, size)
            if gaps and gaps[-1].end == last:
                last = gaps.pop().start
            gaps.append(Gap(last, start))


def record_at(path: Path, offset: int) -> WebRecord:
    """Return the record that begins at an offset; raises OSError where none can be read."""
    with path.open("rb") as stream:
        stream.seek(offset)
        for record in ArchiveIterator(stream, parse_http=False):
            return read_record(record)
    raise OSError(f"no record at byte {offset}")


def resource(name: str, url: str, date: str, media_type: str, body: bytes) -> bytes:
    """Return a record of type `resource`: bytes under an address, without what a server said of them.

    `name` is its UUID, `date` UTC with `Z`, empty where nobody knows it.
    """
    head = [
        "WARC/1.0",
        "WARC-Type: resource",
        f"WARC-Target-URI: {url}",
        f"WARC-Record-ID: <urn:uuid:{name}>",
        f"WARC-Date: {date or '1970-01-01T00:00:00Z'}",
        f"Content-Type: {media_type}",
        f"Content-Length: {len(body)}",
    ]
    return "\r\n".join([*head, "", ""]).encode() + body + b"\r\n\r\n"


def read_record(record: WarcRecord) -> WebRecord:
    """Return one record with its body inflated up to MOST bytes."""
    headers = record.headers
    media_type, charset, encoding = headers.get("Content-Type") or "", None, ""
    reader: _Reads = record.reader
    chunked = False
    status: int | None = None
    if media_type.startswith("application/http"):
        record.parse_http()
        media_type, charset = record.http_content_type or "", record.http_charset
        answered = record.http_headers
        if answered is None:  # the record says that it is HTTP, and its bytes do not
            return _spoilt(record)
        status = answered.status_code
        encoding = (answered.get("Content-Encoding") or "").strip().lower()
        chunked = "chunked" in (answered.get("Transfer-Encoding") or "").lower()
        reader = ChunkedReader(record.reader) if chunked else record.reader
    sent, lost = _bounded(reader, record.content_length)
    if not lost and not chunked and len(sent) < record.content_length:
        lost = CUT_OFF
    if headers.get("WARC-Truncated"):
        lost = CUT_OFF
    body, broken = _inflated(sent, encoding)
    date = record.record_date
    return WebRecord(
        id=(record.record_id or "").removeprefix("<urn:uuid:").strip("<>"),
        offset=record.stream_pos,
        url=headers.get("WARC-Target-URI") or "",
        date=date.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if date else "",
        media_type=media_type.partition(";")[0].strip().lower(),
        charset=charset,
        body=body,
        lost=lost or broken,
        status=status,
    )


def _spoilt(record: WarcRecord) -> WebRecord:
    """Return a record whose answer cannot be told from its head: its bytes as they are."""
    sent, lost = _bounded(record.reader, record.content_length)
    return WebRecord(
        id=(record.record_id or "").removeprefix("<urn:uuid:").strip("<>"),
        offset=record.stream_pos,
        url=record.headers.get("WARC-Target-URI") or "",
        date="",
        media_type="",
        charset=None,
        body=sent,
        lost=lost or "the head of its answer is damaged",
    )


def _inflated(sent: bytes, encoding: str) -> tuple[bytes, str]:
    """Return what a server meant by the bytes it sent, and what is missing of it, in words."""
    if encoding in {"", "identity"}:
        return sent, ""
    if encoding == "br":
        return _bounded(BrotliReader(io.BytesIO(sent)))
    if encoding not in {"gzip", "x-gzip", "deflate"}:
        return sent, f"its encoding {encoding[:20]} can't be read"
    inflater = zlib.decompressobj(wbits=32 + zlib.MAX_WBITS)  # gzip or zlib, as the header says
    try:
        body = inflater.decompress(sent, MOST)
    except zlib.error:
        return b"", "it is damaged"
    if inflater.unconsumed_tail:
        return body, _TOO_BIG
    return body, "" if inflater.eof else CUT_OFF


def _bounded(reader: _Reads, expected: int = _STEP) -> tuple[bytes, str]:
    """Return what a reader gives up to MOST bytes, and what is missing, in words.

    `expected` bytes are asked for at first: a buffer of the right size is not filled in vain.
    """
    pieces: list[bytes] = []
    size, lost = 0, ""
    step = max(1, min(expected, _STEP))
    try:
        while size <= MOST:
            piece = reader.read(step)
            if not piece:
                break
            pieces.append(piece)
            size += len(piece)
            step = _STEP
        else:
            lost = _TOO_BIG
    except OSError:
        lost = "it is damaged, and what was read of it is kept"
    body = pieces[0] if len(pieces) == 1 else b"".join(pieces)
    return body[:MOST], lost


def _next_member(stream: BinaryIO, start: int, size: int) -> int:
    """Return where the next gzip member or plain record begins, `size` where none does."""
    at = start
    stream.seek(at)
    kept = b""
    while piece := stream.read(_STEP):
        window = kept + piece
        found = [place for mark in (_GZIP_MEMBER, _RECORD) if (place := window.find(mark)) >= 0]
        if found:
            return at - len(kept) + min(found)
        at += len(piece)
        kept = window[-len(_RECORD) :]
    return size
