"""Full cleaning of the pages that an index found, and lineage between the pairs it found."""

from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from guvoh.clean.formats import clean
from guvoh.intake.warcs import WebRecord, record_at, web_records
from guvoh.lineage.boilerplate import LEARNT_FROM, Boilerplate, learn
from guvoh.lineage.fingerprint import fingerprint
from guvoh.lineage.relate import relate
from guvoh.lineage.side import Side
from guvoh.model.lineage import Derivation
from guvoh.model.report import Report

REPORTS = pa.schema(
    [
        ("page", pa.int64()),
        ("host", pa.string()),
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
# Read reports, files of about 64 reports and what hosts repeat: how many of each a worker keeps at hand.
_SIDES, _FILES, _HOSTS = 512, 32, 4096
_REPORT = msgspec.json.Decoder(Report)


def clean_pages(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Turn rows (page, host, path, position, record) into rows of REPORTS."""
    for batch in batches:
        yield pa.RecordBatch.from_pylist([_cleaned(row) for row in batch.to_pylist()], REPORTS)


def _cleaned(row: dict[str, Any]) -> dict[str, Any]:
    record = find_record(Path(row["path"]), row["position"], row["record"])
    named = {"page": row["page"], "host": row["host"]}
    if record is None:
        return {**named, "report": b""}
    reports, _ = clean(
        sha256(record.body).hexdigest(),
        record.id,
        record.media_type,
        record.body,
        record.date or "1970-01-01T00:00:00Z",
        fast=True,
        url=record.url or None,
    )
    return {**named, "report": msgspec.json.encode(reports[0]) if reports else b""}


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
        read = _report(folders, page)
        host = _places(folders)[page].host if read else ""
        sides[page] = Side(read, fingerprint(read, _learnt(folders, host))) if read else None
    return sides[page]


class _Place(NamedTuple):
    host: str
    path: Path


@lru_cache(maxsize=1)
def _places(folders: tuple[Path, ...]) -> dict[int, _Place]:
    """Return the host of each page, and the file that its report lies in."""
    found: dict[int, _Place] = {}
    for path in (path for folder in folders for path in sorted(folder.glob("*.parquet"))):
        table = pq.read_table(path, columns=["page", "host"])
        for page, host in zip(table["page"].to_pylist(), table["host"].to_pylist(), strict=True):
            found[page] = _Place(host, path)
    return found


@lru_cache(maxsize=1)
def _first(folders: tuple[Path, ...]) -> dict[str, list[int]]:
    """Return the first pages of each host, of which it is learnt what that host repeats."""
    found: dict[str, list[int]] = {}
    for page, place in sorted(_places(folders).items()):
        pages = found.setdefault(place.host, [])
        if len(pages) < LEARNT_FROM:
            pages.append(page)
    return found


@lru_cache(maxsize=_HOSTS)
def _learnt(folders: tuple[Path, ...], host: str) -> Boilerplate:
    """Return what a host is known to print under everything."""
    pages = _first(folders).get(host, ()) if host else ()
    return learn([report for page in pages if (report := _report(folders, page))])


def _report(folders: tuple[Path, ...], page: int) -> Report | None:
    place = _places(folders).get(page)
    report = _reports(place.path).get(page) if place else None
    return _REPORT.decode(report) if report else None


@lru_cache(maxsize=_FILES)
def _reports(path: Path) -> dict[int, bytes]:
    table = pq.read_table(path, columns=["page", "report"])
    return dict(zip(table["page"].to_pylist(), table["report"].to_pylist(), strict=True))
