"""Full cleaning of the pages that an index found, and lineage between the pairs it found."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa

from guvoh.clean.formats import clean
from guvoh.intake.warcs import WebRecord, record_at, web_records
from guvoh.lineage.fingerprint import fingerprint
from guvoh.lineage.relate import relate
from guvoh.lineage.side import Side
from guvoh.model.report import Report

REPORTS = pa.schema(
    [
        ("page", pa.int64()),
        ("title", pa.string()),
        ("language", pa.string()),
        ("published", pa.string()),
        ("publisher", pa.string()),
        ("report", pa.binary()),  # msgspec JSON; empty where the page could not be cleaned
    ]
)
LINKS = pa.schema(
    [
        ("parent", pa.int64()),
        ("child", pa.int64()),
        ("relation", pa.string()),
        ("directed", pa.bool_()),
        ("confidence", pa.int64()),  # per mille
        ("similarity", pa.int64()),  # per mille
    ]
)
_REPORT = msgspec.json.Decoder(Report)


def clean_pages(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Turn rows (page, path, position, record) into rows of REPORTS."""
    for batch in batches:
        yield pa.RecordBatch.from_pylist([_cleaned(row) for row in batch.to_pylist()], REPORTS)


def _cleaned(row: dict[str, Any]) -> dict[str, Any]:
    record = find_record(Path(row["path"]), row["position"], row["record"])
    nothing = {"page": row["page"], "title": "", "language": "", "published": "", "publisher": ""}
    if record is None:
        return {**nothing, "report": b""}
    reports, _ = clean(
        sha256(record.body).hexdigest(),
        record.id,
        record.media_type,
        record.body,
        record.date or "1970-01-01T00:00:00Z",
        fast=True,
        url=record.url or None,
    )
    if not reports:
        return {**nothing, "report": b""}
    report = reports[0]
    return {
        "page": row["page"],
        "title": report.title.text if report.title else "",
        "language": report.language,
        "published": report.published or "",
        "publisher": report.publisher.text if report.publisher else "",
        "report": msgspec.json.encode(report),
    }


def find_record(path: Path, position: int, identity: str) -> WebRecord | None:
    """Return a record by its position, or by its id in an archive that is compressed as a whole."""
    try:
        record = record_at(path, position)
        if record.id == identity:
            return record
    except OSError:
        pass  # the position means nothing there: look through the archive
    return next((one for one in web_records(path) if one.id == identity), None)


def relate_pairs(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Turn rows (one, other, one_report, other_report) into rows of LINKS, where one derives."""
    sides: dict[int, Side] = {}
    for batch in batches:
        links: list[dict[str, Any]] = []
        for row in batch.to_pylist():
            left = _side(sides, row["one"], row["one_report"])
            right = _side(sides, row["other"], row["other_report"])
            found = relate(left, right) if left.id != right.id else None
            if found is None:
                continue
            turned = found.parent == right.id
            links.append(
                {
                    "parent": row["other"] if turned else row["one"],
                    "child": row["one"] if turned else row["other"],
                    "relation": str(found.relation.value),
                    "directed": found.directed,
                    "confidence": found.confidence,
                    "similarity": found.similarity,
                }
            )
        yield pa.RecordBatch.from_pylist(links, LINKS)


def _side(sides: dict[int, Side], page: int, report: bytes) -> Side:
    if page not in sides:
        if len(sides) > 512:
            sides.clear()
        read = _REPORT.decode(report)
        sides[page] = Side(read, fingerprint(read))
    return sides[page]
