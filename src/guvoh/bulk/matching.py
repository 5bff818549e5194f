"""Full cleaning of the pages that an index found, and lineage between the pairs it found."""

from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from guvoh.clean.formats import clean
from guvoh.intake.warcs import WebRecord, record_at, web_records
from guvoh.lineage.fingerprint import fingerprint
from guvoh.lineage.relate import relate
from guvoh.lineage.side import Side
from guvoh.model.lineage import Derivation
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
        ("shared", pa.int64()),  # per mille of the text that has more beside what both tell
    ]
)
# Read reports and files of reports, of about 64 each, that a worker keeps at hand.
_SIDES, _FILES = 512, 32
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


def relating(folders: Sequence[Path]) -> "partial[Iterator[pa.RecordBatch]]":
    """Return the step that compares pairs of the reports that lie in these folders, tables of REPORTS."""
    return partial(relate_pairs, tuple(folders))


def relate_pairs(
    folders: tuple[Path, ...], batches: Iterator[pa.RecordBatch]
) -> Iterator[pa.RecordBatch]:
    """Turn rows (one, other) into rows of LINKS, where one derives; what could not be cleaned has no link."""
    sides: dict[int, Side | None] = {}
    for batch in batches:
        links: list[dict[str, Any]] = []
        for row in batch.to_pylist():
            left, right = (_side(sides, folders, row[one]) for one in ("one", "other"))
            found = relate(left, right) if left and right and left.id != right.id else None
            if left is None or right is None or found is None:
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
                    "shared": _shared(found, *((right, left) if turned else (left, right))),
                }
            )
        yield pa.RecordBatch.from_pylist(links, LINKS)


def _shared(found: Derivation, parent: Side, child: Side) -> int:
    """Return how much of a text stands in the other, per mille, for that of which it is less."""
    spans = ({one.parent for one in found.passages}, {one.child for one in found.passages})
    told = [
        sum(span.end - span.start for span in own) / len(side.report.text)
        for own, side in zip(spans, (parent, child), strict=True)
    ]
    return round(1000 * min(told))


def _side(sides: dict[int, Side | None], folders: tuple[Path, ...], page: int) -> Side | None:
    if page not in sides:
        if len(sides) > _SIDES:
            sides.clear()
        path = _files(folders).get(page)
        report = _reports(path).get(page) if path else None
        read = _REPORT.decode(report) if report else None
        sides[page] = Side(read, fingerprint(read)) if read else None
    return sides[page]


@lru_cache(maxsize=1)
def _files(folders: tuple[Path, ...]) -> dict[int, Path]:
    """Return the file that each page's report lies in."""
    files = [path for folder in folders for path in sorted(folder.glob("*.parquet"))]
    return {
        page: path
        for path in files
        for page in pq.read_table(path, columns=["page"]).column("page").to_pylist()
    }


@lru_cache(maxsize=_FILES)
def _reports(path: Path) -> dict[int, bytes]:
    table = pq.read_table(path, columns=["page", "report"])
    return dict(zip(table["page"].to_pylist(), table["report"].to_pylist(), strict=True))
