"""Lineage between pages that an index found: what a host prints under everything ties none of them."""

from pathlib import Path

import pytest

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

from guvoh.bulk.matching import REPORTS, clean_pages, relate_pairs  # noqa: E402
from guvoh.intake.warcs import web_records  # noqa: E402
from tests.warc import response  # noqa: E402

TOLD = (
    """The ferry to Lower Arva will stay in harbour until Thursday because ice has closed the channel, said Captain Ilmar Reks.
    Fishermen cut a lane for their own boats on Sunday, but it froze again within a night.""",
    """Teachers of Dolsk met on Monday to choose a name for the new library, which opens beside the old mill in September.
    Most of them want it called after the botanist Neve Oskarin, who taught there.""",
    """A brown bear was seen behind the dairy at Pirgan, and foresters ask walkers to keep to the marked road until it is gone.
    Nobody has been hurt, though a crate of cheese was found open in the yard.""",
    """Sandby has won the regional chess cup for the third time, after a final of five hours against the players of Ketmen.
    The youngest of the team is eleven and had never travelled by train before.""",
    """The price of apricots at the market of Orrin fell by half this week, for the harvest is larger than anybody remembers.
    Growers have hired a second press so that what is left over becomes juice.""",
)
FOOTER = (
    "The Velmor Courier was founded in 1911 by the printer Ansel Dorrity and belongs to its four hundred readers.",
    "Write to the editors at 14 Tanner Street, Velmor, or leave a letter in the green box beside the town hall gate.",
    "Subscribers receive the Saturday magazine with the weather of the coming week and the crossword of Mrs Halloran.",
    "No part of this page may be printed elsewhere without the written leave of the Velmor Courier cooperative.",
)


def page(told: str) -> bytes:
    """Return a page with the footer under what it tells."""
    body = "".join(f"<p>{one}</p>" for one in (*told.split("\n"), " ".join(FOOTER)))
    return f"<html><title>News</title><body><article>{body}</article></body></html>".encode()


def links(folder: Path, hosts: list[str]) -> int:
    """Return how many of the pages, which have nothing but the footer in common, derive from another."""
    archive = folder / "crawl.warc"
    archive.write_bytes(b"".join(response(n, page(told)) for n, told in enumerate(TOLD)))
    rows = [
        {"page": n, "host": host, "path": str(archive), "position": one.offset, "record": one.id}
        for n, (host, one) in enumerate(zip(hosts, web_records(archive), strict=True))
    ]
    cleaned = list(clean_pages(iter(pa.Table.from_pylist(rows).to_batches())))
    assert all(row["report"] for batch in cleaned for row in batch.to_pylist())
    pq.write_table(pa.Table.from_batches(cleaned, REPORTS), folder / "part.parquet")
    pairs = [{"one": a, "other": b} for a in range(len(TOLD)) for b in range(a + 1, len(TOLD))]
    found = relate_pairs((folder,), iter(pa.Table.from_pylist(pairs).to_batches()))
    return sum(batch.num_rows for batch in found)


def test_what_a_host_prints_under_everything_ties_none_of_its_pages(tmp_path: Path) -> None:
    one, many = tmp_path / "one", tmp_path / "many"
    one.mkdir()
    many.mkdir()
    assert links(one, ["courier.example"] * len(TOLD)) == 0
    # On hosts of their own the same words are what one took from another.
    assert links(many, [f"host{n}.example" for n in range(len(TOLD))]) > 0
