"""The cheap pass over every page: text, language, terms of the profile, 4-grams and rare pairs."""

import datetime
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pyarrow as pa
from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.encoding import bytes_to_str, detect_encoding
from resiliparse.parse.html import HTMLTree
from resiliparse.parse.lang import detect_fast

from guvoh.bulk.profile import Profile, groups_in
from guvoh.bulk.rarity import rare_pairs
from guvoh.intake.warcs import Gap, WebRecord, web_records
from guvoh.lineage.shingles import digest, shingles

# A page is file << 32 | ordinal of its record, so that order is the order of the files' names.
PER_FILE = 32
_LAST = (1 << PER_FILE) - 1
LEAST_WORDS = 40
_SKETCH = 6  # the lowest 4-grams, and the highest, by which near copies collapse
_MOST_TEXT = 400_000  # characters; what a page says beyond them is not looked at
_BATCH = 512
_STATED = "article:published_time"
_PUBLISHED = f'meta[property="{_STATED}"]'
_HTML = frozenset({"text/html", "application/xhtml+xml"})
_FIRST_DAY = datetime.date(1970, 1, 1)
_ESCAPE = b"\x1b"  # by which ISO-2022-JP says in ASCII what is none
_NO_PAGE, _NO_TEXT = "not a page", "no text"

FILES = pa.schema([("file", pa.int64()), ("path", pa.string()), ("bytes", pa.int64())])
PAGES = pa.schema(
    [
        ("page", pa.int64()),
        ("file", pa.int64()),
        ("position", pa.int64()),
        ("record", pa.string()),
        ("url", pa.string()),
        ("host", pa.string()),
        # Days since 1970, of publication if the page states one, else of the crawl; -1 unknown.
        ("day", pa.int64()),
        ("language", pa.string()),
        ("words", pa.int64()),
        ("twin", pa.int64()),
        ("near", pa.int64()),  # of the lowest 4-grams
        ("far", pa.int64()),  # of the highest
        ("groups", pa.int64()),  # of the profile, a bit each
        ("relevant", pa.bool_()),
        ("lost", pa.string()),  # why a record gave no page, or not all of it; empty otherwise
        ("grams", pa.list_(pa.int64())),
        ("pairs", pa.list_(pa.int64())),
    ]
)


def scan(profile: Profile, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Turn rows of FILES into rows of PAGES: one a record, and one a stretch that is damaged."""
    for batch in batches:
        for row in batch.to_pylist():
            try:
                yield from _scan_file(profile, row["file"], Path(row["path"]))
            except OSError as fault:
                page = (row["file"] << PER_FILE) | _LAST
                lost = f"the archive can't be read: {fault.strerror or fault}"
                made = {"page": page, "file": row["file"], "position": 0, **_nothing(lost)}
                yield pa.RecordBatch.from_pylist([made], PAGES)


def scanning(profile: Profile) -> "partial[Iterator[pa.RecordBatch]]":
    """Return the step that scans for a profile."""
    return partial(scan, profile)


def _scan_file(profile: Profile, file: int, path: Path) -> Iterator[pa.RecordBatch]:
    rows: list[dict[str, Any]] = []
    gaps: list[Gap] = []
    ordinal = 0
    for ordinal, record in enumerate(web_records(path, gaps)):  # counted for the gaps
        page = (file << PER_FILE) | ordinal
        rows.append({"page": page, "file": file, **_row(profile, record)})
        if len(rows) >= _BATCH:
            yield pa.RecordBatch.from_pylist(rows, PAGES)
            rows = []
    for number, gap in enumerate(gaps, ordinal + 1):
        page = (file << PER_FILE) | number
        lost = f"damaged: bytes {gap.start} to {gap.end}"
        rows.append({"page": page, "file": file, "position": gap.start, **_nothing(lost)})
    if rows:
        yield pa.RecordBatch.from_pylist(rows, PAGES)


def _nothing(lost: str) -> dict[str, Any]:
    return {
        "record": "", "url": "", "host": "", "day": -1, "language": "", "words": 0, "twin": 0,
        "near": 0, "far": 0, "groups": 0, "relevant": False, "lost": lost, "grams": [], "pairs": [],
    }  # fmt: skip


def _row(profile: Profile, record: WebRecord) -> dict[str, Any]:
    known = {
        "position": record.offset,
        "record": record.id,
        "url": record.url[:2000],
        "host": host_of(record.url),
        "day": _day(record.date),
    }
    text, published, lost = page_text(record)
    if lost:
        return {**_nothing(record.lost or lost), **known}
    return {
        **known,
        "day": _day(published or record.date),
        "lost": record.lost,
        **marks(profile, text),
    }


def page_text(record: WebRecord) -> tuple[str, str, str]:
    """Return a page's main text, when it says that it was published, and why there is no text."""
    if record.media_type == "text/plain":
        return _decoded(record)[:_MOST_TEXT], "", ""
    if record.media_type not in _HTML:
        return "", "", _NO_PAGE
    page = _decoded(record)
    tree = HTMLTree.parse(page)
    text = extract_plain_text(tree, main_content=True, alt_texts=False, form_fields=False)
    if len(text) < 200:
        text = extract_plain_text(tree, main_content=False, alt_texts=False, form_fields=False)
    if not text.strip():
        return "", "", _NO_TEXT
    document = tree.document if _STATED in page else None
    meta = document.query_selector(_PUBLISHED) if document else None
    published = (meta.getattr("content") or "")[:10] if meta else ""
    return text[:_MOST_TEXT], published, ""


def marks(profile: Profile, text: str) -> dict[str, Any]:
    """Return what of a text goes into the index, and which groups of the profile it has."""
    grams = list(shingles(text))
    twin = digest(text)
    groups = groups_in(profile, text)
    enough = len(grams) >= _SKETCH
    return {
        "language": detect_fast(text)[0],
        "words": len(text.split()),
        "twin": twin,
        "near": _sketch(grams[:_SKETCH]) if enough else twin,
        "far": _sketch(grams[-_SKETCH:]) if enough else twin,
        "groups": groups,
        "relevant": groups.bit_count() >= profile.least,
        "grams": grams,
        "pairs": rare_pairs(text),
    }


def _sketch(grams: Sequence[int]) -> int:
    """Return one 63-bit hash of some 4-grams."""
    told = ",".join(map(str, grams)).encode()
    return int.from_bytes(blake2b(told, digest_size=8).digest()) >> 1


def _decoded(record: WebRecord) -> str:
    """Return a page in the charset that its server states, else in UTF-8 if it can be, else in a likely one."""
    body = record.body
    if record.charset:
        with suppress(LookupError, ValueError):  # a charset that nobody knows
            return bytes_to_str(body, record.charset)
    if _ESCAPE not in body:
        with suppress(UnicodeDecodeError):
            return body.decode("utf-8-sig")
    return bytes_to_str(body, detect_encoding(body) or "utf-8")


def host_of(url: str) -> str:
    """Return the host of an address without "www.", empty where there is none."""
    rest = url.partition("://")[2]
    host = rest.partition("/")[0].rpartition("@")[2].partition(":")[0].lower()
    return host.removeprefix("www.")


def _day(date: str) -> int:
    """Return days since 1970 of an ISO date, -1 for what is none."""
    try:
        return (datetime.date.fromisoformat(date[:10]) - _FIRST_DAY).days
    except ValueError:
        return -1
