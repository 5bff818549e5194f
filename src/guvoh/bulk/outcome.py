"""What a sift leaves: captures for `guvoh build`, tables, and the report of the run."""

import gzip
import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq

from guvoh.bulk.engine import Engine
from guvoh.bulk.families import Kept, Sifted
from guvoh.bulk.matching import LINKS, find_record
from guvoh.bulk.sift import Plan
from guvoh.intake.warcs import resource

# Of pages with the same words as many become captures; all of them stand in the tables.
MOST_COPIES = 20
_PER_ARCHIVE = 5000
_HEAD = 1 << 20
_KEPT = pa.schema(
    [
        ("page", pa.int64()),
        ("family", pa.int64()),
        ("because", pa.string()),
        ("of", pa.int64()),
        ("relation", pa.string()),
    ]
)
_PAGES_KEPT = """
SELECT p.page, f.path, p.position, p.record, p.url, p.host, p.day, p.language, p.words, p.groups,
p.relevant, p.lost, k.family, k.because, k.of, k.relation
FROM kept k JOIN pages p ON k.page = p.page JOIN files f ON p.file = f.file ORDER BY p.page"""


def write_outcome(plan: Plan, engine: Engine, sifted: Sifted, out: Path) -> list[Path]:
    """Write captures, reports.parquet, links.parquet and run.json; two runs write the same bytes."""
    rows = _rows(engine, sifted.kept)
    chosen = list(_chosen(sifted.kept))
    paths = [out / "reports.parquet", out / "links.parquet", out / "run.json"]
    _table(paths[0], [rows[one.page] for one in sifted.kept], None)
    _table(paths[1], list(sifted.links), LINKS)
    archives = _captures(plan, [rows[one.page] for one in chosen], out / "captures")
    counts = {
        "profile": plan.profile.title,
        **sifted.counts,
        "captures": len(chosen),
        "copies left out of the captures": len(sifted.kept) - len(chosen),
        "rows lost to a fault": [f"{one.rows}: {one.why}" for one in engine.lost],
    }
    paths[2].write_text(json.dumps(counts, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return [*paths, *archives]


def _rows(engine: Engine, kept: Sequence[Kept]) -> dict[int, dict[str, Any]]:
    """Return for each kept page all that is known of it, by page in rising order."""
    engine.put("kept", pa.Table.from_pylist([asdict(one) for one in kept], _KEPT))
    rows: dict[int, dict[str, Any]] = {}
    for row in engine.rows(_PAGES_KEPT).to_pylist():
        rows[row["page"]] = {**row, "path": Path(row["path"]).name}
    return rows


def _chosen(kept: Sequence[Kept]) -> Iterator[Kept]:
    copies: dict[int, int] = {}
    for one in kept:
        if one.because == "copy":
            copies[one.of] = copies.get(one.of, 0) + 1
            if copies[one.of] > MOST_COPIES:
                continue
        yield one


def _table(path: Path, rows: list[dict[str, Any]], schema: pa.Schema | None) -> None:
    table = pa.Table.from_pylist(rows, schema)
    pq.write_table(table, path, compression="zstd")


def _captures(plan: Plan, rows: Sequence[dict[str, Any]], folder: Path) -> list[Path]:
    """Write the kept records into web archives, as they were crawled, a gzip member each."""
    folder.mkdir(exist_ok=True)
    by_name = {path.name: path for path in plan.archives}
    written: list[Path] = []
    for start in range(0, len(rows), _PER_ARCHIVE):
        path = folder / f"sifted-{start // _PER_ARCHIVE:04d}.warc.gz"
        unfinished = path.with_suffix(".unfinished")
        with unfinished.open("wb") as stream:
            for row in rows[start : start + _PER_ARCHIVE]:
                source = by_name[row["path"]]
                raw = _raw_record(source, row["position"])
                if raw is None or row["record"].encode() not in raw[:4096]:
                    found = find_record(source, row["position"], row["record"])
                    # The archive is compressed as a whole: the page is written anew.
                    raw = (
                        resource(found.id, found.url, found.date, found.media_type, found.body)
                        if found
                        else None
                    )
                if raw is not None:
                    stream.write(gzip.compress(raw, mtime=0))
        unfinished.replace(path)
        written.append(path)
    return written


def _raw_record(path: Path, position: int) -> bytes | None:
    """Return a record as it stands in an archive, None where its end can't be told."""
    with path.open("rb") as stream:
        stream.seek(position)
        start = stream.read(2)
        stream.seek(position)
        return _member(stream) if start == b"\x1f\x8b" else _plain(stream)


def _member(stream: IO[bytes]) -> bytes | None:
    inflater = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
    pieces: list[bytes] = []
    size = 0
    try:
        while not inflater.eof and (piece := stream.read(_HEAD)):
            pieces.append(inflater.decompress(piece, 64 * _HEAD - size))
            size += len(pieces[-1])
            if inflater.unconsumed_tail:
                return None
    except zlib.error:
        return None
    return b"".join(pieces)


def _plain(stream: IO[bytes]) -> bytes | None:
    head = stream.read(_HEAD)
    end = head.find(b"\r\n\r\n")
    if end < 0:
        return None
    for line in head[:end].split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length" and value.strip().isdigit():
            size = end + 4 + int(value) + 4
            return (head + stream.read(max(size - len(head), 0)))[:size]
    return None
