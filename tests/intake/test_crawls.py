"""Crawls: a real archive of wget's, as a WACZ too, whole and spoilt."""

import gzip
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from guvoh.intake.arrivals import Taking, arrivals
from guvoh.intake.found import Limits
from guvoh.intake.warcs import web_records
from tests.warc import response

from .conftest import Take

CRAWL = (
    Path(__file__).parents[1] / "cases" / "formats" / "calder.warc.gz"
)  # our pages, by wget 1.21


def test_pages_of_a_crawl_come_by_record_and_address(take: Take) -> None:
    taken = take(CRAWL)
    records = [one for one in web_records(CRAWL) if one.url.startswith("<http")]
    kept = [one for one in taken.found if one.parent]
    assert [one.file for one in kept] == [
        f"calder.warc.gz#{r.id}" for r in records if r.status == 200
    ]
    assert [one.media_type for one in kept] == ["text/html", "text/html", "image/png"]
    assert {one.origin for one in kept} == {
        f"http://127.0.0.1:8765/{name}" for name in ("index.html", "two.html", "a.png")
    }
    assert [one.companion_of for one in kept] == [None, None, "calder.warc.gz"]
    assert b"twelve miners" in kept[0].data
    assert "Redirects, errors" in taken.finding("no-page").text


def test_a_wacz_is_its_crawl(tmp_path: Path, take: Take) -> None:
    path = tmp_path / "calder.wacz"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(CRAWL, "archive/data.warc.gz")
        archive.writestr("datapackage.json", '{"profile": "data-package", "wacz_version": "1.1.1"}')
        archive.writestr("pages/pages.jsonl", '{"format": "json-pages-1.0", "id": "pages"}\n')
        archive.writestr("indexes/index.cdx", "local,127)/ 20230306 {}\n")
    taken = take(path)
    pages = [one for one in taken.found if one.media_type == "text/html"]
    assert [one.file.partition("#")[0] for one in pages] == [
        "calder.wacz!/archive/data.warc.gz"
    ] * 2
    around = {
        one.file: one.companion_of
        for one in taken.found
        if "!/" in one.file and "#" not in one.file
    }
    assert around.pop("calder.wacz!/archive/data.warc.gz") is None
    assert set(around.values()) == {"calder.wacz!/datapackage.json"}


@pytest.mark.parametrize("packed", [True, False])
def test_a_spoilt_record_is_named_and_the_rest_read(
    tmp_path: Path, take: Take, packed: bool
) -> None:
    whole = CRAWL.read_bytes() if packed else gzip.decompress(CRAWL.read_bytes())
    data = bytearray(whole)
    path = tmp_path / ("spoilt.warc.gz" if packed else "spoilt.warc")
    if packed:
        first = next(web_records(CRAWL))
        data[first.offset + 40] ^= 0xFF
    else:
        at = data.index(b"Content-Length: ", data.index(b"WARC-Type: response"))
        data[at : at + 19] = b"Content-Length: 12\n"
    path.write_bytes(data)
    taken = take(path)
    pages = [one for one in taken.found if one.media_type == "text/html"]
    assert b"Olga Petrova" in pages[-1].data
    assert "could not be read (at " in taken.finding("damaged-archive").text


def test_a_bombs_body_is_cut_and_the_crawl_goes_on(tmp_path: Path, take: Take) -> None:
    bomb = gzip.compress(b"<p>" + b" " * (60 << 20))
    path = tmp_path / "bomb.warc.gz"
    path.write_bytes(
        gzip.compress(response(1, bomb, "Content-Encoding: gzip"))
        + gzip.compress(response(2, b"<html><p>The ferry left.</p></html>"))
    )
    taken = take(path)
    assert "longer than 16 MB and was cut" in taken.finding("damaged-member").text
    assert b"The ferry left." in taken.data("bomb.warc.gz#00000000-0000-0000-0000-000000000002")
    assert "more than 1 answers" in take(path, Taking(Limits(members=1))).finding("too-much").text


def test_memory_stays_flat_over_a_large_crawl(tmp_path: Path) -> None:
    path = tmp_path / "large.warc.gz"
    path.write_bytes(CRAWL.read_bytes() * 2_000)
    assert path.stat().st_size > 10 << 20
    tracemalloc.start()
    count = sum(1 for _ in arrivals(path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count > 6_000
    assert peak < 8 << 20  # the archive itself is held in memory up to 4 MiB


def test_a_crawl_without_a_page_says_so(tmp_path: Path, take: Take) -> None:
    path = tmp_path / "none.warc"
    path.write_bytes(b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n")
    assert "no page is kept" in take(path).finding("no-answer").text
