"""What kind of file a capture is: by its content first, by its name only where content is silent."""

import json
import re
import zlib
from collections.abc import Sequence
from contextlib import suppress
from itertools import pairwise

HEAD = 65_536  # bytes of a capture that `identify` wants to see; fewer will do
EMPTY = "application/x-empty"
UNKNOWN = "application/octet-stream"

# (offset, bytes, media type), after the registrations at IANA and each format's own specification.
_SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"%PDF-", "application/pdf"),
    (0, b"\x1f\x8b", "application/gzip"),
    (0, b"BZh", "application/x-bzip2"),
    (0, b"\xfd7zXZ\x00", "application/x-xz"),
    (0, b"\x28\xb5\x2f\xfd", "application/zstd"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar"),
    (257, b"ustar", "application/x-tar"),
    (0, b"WARC/", "application/warc"),
    (0, b"SQLite format 3\x00", "application/vnd.sqlite3"),
    (0, b"PAR1", "application/vnd.apache.parquet"),
    (0, b"{\\rtf", "application/rtf"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (0, b"%!PS", "application/postscript"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (0, b"II*\x00", "image/tiff"),
    (0, b"MM\x00*", "image/tiff"),
    (0, b"\x00\x00\x01\x00", "image/vnd.microsoft.icon"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"fLaC", "audio/flac"),
    (0, b"OggS", "audio/ogg"),
    (0, b"#!AMR", "audio/amr"),
    (0, b"\x1a\x45\xdf\xa3", "video/x-matroska"),
    (0, b"FLV\x01", "video/x-flv"),
    (0, b"\x00\x00\x01\xba", "video/mpeg"),
    (0, b"wOFF", "font/woff"),
    (0, b"wOF2", "font/woff2"),
    (0, b"\x7fELF", "application/x-executable"),
    (0, b"age-encryption.org/v1", "application/x-age-encryption"),
    (0, b"-----BEGIN PGP MESSAGE", "application/pgp-encrypted"),
)
_RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/vnd.wave", b"AVI ": "video/vnd.avi"}
_BRANDS = (
    (b"heic", "image/heic"),
    (b"heix", "image/heic"),
    (b"mif1", "image/heif"),
    (b"avif", "image/avif"),
    (b"M4A ", "audio/mp4"),
    (b"qt  ", "video/quicktime"),
    (b"3gp", "video/3gpp"),
)
_OFFICE = "application/vnd.openxmlformats-officedocument."
_BY_NAME: dict[str, str] = {
    "txt": "text/plain",
    "text": "text/plain",
    "md": "text/plain",
    "log": "text/plain",
    "html": "text/html",
    "htm": "text/html",
    "xhtml": "text/html",
    "shtml": "text/html",
    "mht": "multipart/related",
    "mhtml": "multipart/related",
    "eml": "message/rfc822",
    "mbox": "application/mbox",
    "json": "application/json",
    "jsonl": "application/jsonl",
    "ndjson": "application/jsonl",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "xml": "application/xml",
    "svg": "image/svg+xml",
    "css": "text/css",
    "js": "text/javascript",
    "vcf": "text/vcard",
    "srt": "application/x-subrip",
    "vtt": "text/vtt",
    "pdf": "application/pdf",
    "rtf": "application/rtf",
    "doc": "application/x-ole-storage",
    "xls": "application/x-ole-storage",
    "docx": _OFFICE + "wordprocessingml.document",
    "xlsx": _OFFICE + "spreadsheetml.sheet",
    "pptx": _OFFICE + "presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "epub": "application/epub+zip",
    "zip": "application/zip",
    "tar": "application/x-tar",
    "gz": "application/gzip",
    "tgz": "application/gzip",
    "bz2": "application/x-bzip2",
    "tbz2": "application/x-bzip2",
    "xz": "application/x-xz",
    "txz": "application/x-xz",
    "7z": "application/x-7z-compressed",
    "rar": "application/vnd.rar",
    "warc": "application/warc",
    "sqlite": "application/vnd.sqlite3",
    "parquet": "application/vnd.apache.parquet",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "heic": "image/heic",
    "avif": "image/avif",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "ogg": "audio/ogg",
    "opus": "audio/ogg",
    "wav": "audio/vnd.wave",
    "mp4": "video/mp4",
    "mov": "video/quicktime",
    "mkv": "video/x-matroska",
    "webm": "video/x-matroska",
    "avi": "video/vnd.avi",
}
# Formats that are text to the eye: only their name, or a look at their lines, tells them apart.
_TEXTUAL = frozenset(
    {"application/x-subrip", "application/jsonl", "application/xml", "application/json"}
)
_TAG = re.compile(
    rb"<(?:!doctype\s{1,9}html|html|head|body|title|meta|script|div|p|table|article|h1|br|a|span)[\s/>]",
    re.IGNORECASE,
)
_PAGE_TAG = re.compile(rb"<(?:!doctype\s{1,9}html|html|head|body)[\s>]|</(?:p|div)>", re.IGNORECASE)
_HEADER = re.compile(rb"([A-Za-z][A-Za-z0-9-]{1,40}):[ \t]")
_MAIL_ONLY = frozenset({b"received", b"message-id", b"mime-version", b"return-path"})
_MAIL_NAMES = frozenset({"message/rfc822", "application/mbox"})
_HOCR = re.compile(rb"<meta name=['\"]ocr-system['\"]")
_SUBTITLE = re.compile(rb"\d{1,6}\r?\n\d\d:\d\d:\d\d,\d{3} --> ")


def identify(data_head: bytes, size: int, file: str) -> str:
    """Return the media type of a capture of `size` bytes that begins with `data_head`.

    Content decides; the name is asked only among kinds that content cannot tell apart (a style
    sheet and a page of prose are both text). `application/x-empty` for no bytes at all and
    `application/octet-stream` where nothing is known.
    """
    if size == 0:
        return EMPTY
    named = suggested(file)
    binary = _binary(data_head, file)
    if binary is not None:
        return binary
    text = _as_single_bytes(data_head)
    if text is None:
        return UNKNOWN
    return _textual(text, size, named)


def suggested(file: str) -> str | None:
    """Return the media type that a file's name suggests, None where it suggests nothing."""
    name = file.rsplit("/", 1)[-1].lower()
    if name.endswith(".warc.gz"):
        return "application/warc"
    stem, dot, ending = name.rpartition(".")
    return _BY_NAME.get(ending) if dot and stem else None


def mislabelled(file: str, media_type: str) -> bool:
    """Say whether a file's name promises another kind of file than its content is."""
    named = suggested(file)
    if named is None or named == media_type or media_type in {EMPTY, "multipart/related"}:
        return False
    both_text = _is_text(named) and _is_text(media_type)
    # A scrape called .html that holds plain text misleads nobody's reader; a PDF called .txt does.
    return not (both_text and "text/html" not in (named, media_type))


def _is_text(media_type: str) -> bool:
    return media_type.startswith("text/") or media_type in _TEXTUAL


def _binary(head: bytes, file: str) -> str | None:
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08PK\x03\x04")):
        return _zip_kind(head)
    for offset, signature, media_type in _SIGNATURES:
        if head.startswith(signature, offset):
            if media_type == "application/gzip":
                return _gzip_kind(head)
            return media_type
    if head.startswith(b"RIFF"):
        return _RIFF.get(head[8:12])
    if head[4:8] == b"ftyp":
        brand = head[8:12]
        return next((kind for start, kind in _BRANDS if brand.startswith(start)), "video/mp4")
    if head[:2] == b"BM" and suggested(file) is None and head[6:10] == b"\0\0\0\0":
        return "image/bmp"
    if len(head) > 3 and head[0] == 0xFF and head[1] in (0xFB, 0xF3, 0xF2):
        return "audio/mpeg"
    return "application/x-tar" if _is_old_tar(head) else None


def _zip_kind(head: bytes) -> str:
    declared = re.search(rb"mimetype(application/[a-z0-9.+-]{1,60})PK", head[:200])
    if declared:
        return declared[1].decode("ascii")
    if b"[Content_Types].xml" in head or b"_rels/.rels" in head:
        for folder, kind in (
            (b"word/", "wordprocessingml.document"),
            (b"xl/", "spreadsheetml.sheet"),
            (b"ppt/", "presentationml.presentation"),
        ):
            if folder in head:
                return _OFFICE + kind
    if b"META-INF/MANIFEST.MF" in head[:2_000]:
        return "application/java-archive"
    return "application/zip"


def _gzip_kind(head: bytes) -> str:
    """Tell a gzipped WARC, which is read record by record, from an archive to take apart."""
    try:
        inside = zlib.decompressobj(31).decompress(head, 16)
    except zlib.error:
        return "application/gzip"
    return "application/warc" if inside.startswith(b"WARC/") else "application/gzip"


def _is_old_tar(head: bytes) -> bool:
    """Before POSIX a tar had no signature, only the sum of its first header's bytes."""
    stated = re.fullmatch(rb"[ 0]*([0-7]{1,7})[ \0]+", head[148:156])
    if len(head) < 512 or not stated or not head[0]:
        return False
    return int(stated[1], 8) == sum(head[:148]) + 8 * 32 + sum(head[156:512])


def _as_single_bytes(head: bytes) -> bytes | None:
    """Return the head with one byte for each ASCII character, or None where it is no text."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or _is_wide(head):
        return head.replace(b"\0", b"").lstrip(b"\xff\xfe")
    head = head.removeprefix(b"\xef\xbb\xbf")
    sample = head[:8_192]
    odd = len(sample) - len(sample.translate(None, _CONTROLS))
    # Pages with a stray NUL or a few control bytes exist; a hundredth is far more than they hold.
    return None if odd > max(1, len(sample) // 100) else head


_CONTROLS = bytes(code for code in range(32) if code not in (7, 8, 9, 10, 11, 12, 13, 27))


def _is_wide(head: bytes) -> bool:
    """UTF-16 without a mark: in most scripts that we meet, one byte of two repeats a few values."""
    sample = head[:4_096]
    if len(sample) < 4:
        return False
    halves = (sample[0::2], sample[1::2])
    for high, low in (halves, halves[::-1]):
        plain = sum(high.count(bytes([page])) for page in (0x00, 0x04, 0x20))
        if plain * 10 >= len(high) * 9 and high.count(0) and low.count(0) * 50 < len(low):
            return True
    return False


def _textual(text: bytes, size: int, named: str | None) -> str:
    start = text.lstrip()[:8_000]
    mail = _mail_kind(start, named)
    if mail is not None:
        return mail
    marked = _markup_kind(text, start[:2_000], named)
    if marked is not None:
        return marked
    if start.startswith(b"WEBVTT"):
        return "text/vtt"
    if start.startswith(b"BEGIN:VCARD"):
        return "text/vcard"
    if _SUBTITLE.match(start):
        return "application/x-subrip"
    if start[:1] in (b"{", b"["):
        kind = _json_kind(text, size, named)
        if kind is not None:
            return kind
    if named in {"text/css", "text/javascript", "text/vcard"}:
        return named
    return _table_kind(text, named) or "text/plain"


def _markup_kind(text: bytes, start: bytes, named: str | None) -> str | None:
    if start.startswith(b"<") and _HOCR.search(start):
        return "text/vnd.hocr+html"
    if start.startswith(b"<?xml"):
        if b"<html" in text[:4_000].lower():
            return "text/html"
        return "image/svg+xml" if b"<svg" in text[:4_000] else "application/xml"
    if start.startswith(b"<svg"):
        return "image/svg+xml"
    if start.startswith((b"<rss", b"<feed")):
        return "application/xml"
    if named == "application/xml" and start.startswith(b"<"):
        return named
    if start.startswith(b"<!--"):
        start = start.partition(b"-->")[2].lstrip()
    if _TAG.match(start):
        return "text/html"
    # A scrape may hold a stray tag: text becomes a page only by many closing tags, or by its name.
    wanted = 1 if named == "text/html" else 6
    return "text/html" if _reaches(wanted, text) else None


def _reaches(wanted: int, text: bytes) -> bool:
    return sum(1 for _, _ in zip(range(wanted), _PAGE_TAG.finditer(text), strict=False)) == wanted


def _mail_kind(start: bytes, named: str | None) -> str | None:
    mbox = start.startswith(b"From ")
    lines = start.split(b"\n")[1 if mbox else 0 : 40]
    names: list[bytes] = []
    for line in lines:
        header = _HEADER.match(line)
        if header:
            names.append(header[1].lower())
        elif not line.startswith((b" ", b"\t")):
            break
    saved = named in _MAIL_NAMES and b"from" in names
    if len(names) < 2 or not (saved or _MAIL_ONLY & set(names)):
        return None
    if mbox:
        return "application/mbox"
    saved_page = b"multipart/related" in start and (
        b"snapshot-content-location" in names or named == "multipart/related"
    )
    return "multipart/related" if saved_page else "message/rfc822"


def _json_kind(text: bytes, size: int, named: str | None) -> str | None:
    if named in {"application/json", "application/jsonl"}:
        return named
    try:
        if len(text) >= size:
            with suppress(ValueError):
                json.loads(text)
                return "application/json"
        first = text.split(b"\n", 1)[0]
        if not isinstance(json.loads(first), dict):
            return None
    except (ValueError, RecursionError):
        opening = re.match(rb'[\s\[{]{1,40}"(?:[^"\\\n]){1,80}"\s{0,9}[:,]', text)
        return "application/json" if opening and len(text) < size else None
    return "application/jsonl"


def _table_kind(text: bytes, named: str | None) -> str | None:
    if named in {"text/csv", "text/tab-separated-values"}:
        return named
    lines = [line for line in text[:20_000].splitlines() if line.strip()][:40]
    if len(lines) < 4 or max(map(len, lines)) > 400:
        return None
    for mark, kind in (
        (b"\t", "text/tab-separated-values"),
        (b";", "text/csv"),
        (b",", "text/csv"),
    ):
        if _even(lines, mark):
            return kind
    return None


def _even(lines: Sequence[bytes], mark: bytes) -> bool:
    """Every line has as many separators as the one before: prose never does over many lines."""
    counts = [line.count(mark) for line in lines[:-1]]
    spaced = sum(line.count(mark + b" ") for line in lines)
    return counts[0] >= 2 and spaced * 2 <= sum(counts) and all(a == b for a, b in pairwise(counts))
