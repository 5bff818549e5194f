"""Web archives: every record, what the server meant by its bytes, and what damage took."""

import gzip
import zlib
from pathlib import Path

import pytest

from guvoh.intake.warcs import CUT_OFF, MOST, Gap, record_at, web_records
from tests.warc import address, response

BODY = b"<html><p>The ferry of the second shift never came back to the pier.</p></html>"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Return an archive of nine pages, a gzip member each."""
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(b"".join(gzip.compress(response(n, BODY * (n + 1))) for n in range(9)))
    return path


def test_every_record_comes_with_its_address_and_date(archive: Path) -> None:
    records = list(web_records(archive))
    assert [r.url for r in records] == [address(n) for n in range(9)]
    assert records[3].body == BODY * 4
    assert (records[0].date, records[0].media_type) == ("2031-03-02T04:05:06Z", "text/html")
    assert records[0].charset == "utf-8"
    assert not any(r.lost for r in records)


def test_a_record_is_found_again_by_its_offset(archive: Path) -> None:
    for one in web_records(archive):
        assert record_at(archive, one.offset) == one


@pytest.mark.parametrize("place", [0, 12])
def test_after_damage_the_next_member_is_read(archive: Path, place: int) -> None:
    offsets = [one.offset for one in web_records(archive)]
    data = bytearray(archive.read_bytes())
    data[offsets[4] + place] ^= 0xFF
    archive.write_bytes(data)
    gaps: list[Gap] = []
    read = [one.url[-1] for one in web_records(archive, gaps)]
    assert read == ["0", "1", "2", "3", "5", "6", "7", "8"]
    assert [gap.end for gap in gaps] == [offsets[5]]


def test_a_cut_off_archive_says_so(archive: Path) -> None:
    archive.write_bytes(archive.read_bytes()[:-40])
    gaps: list[Gap] = []
    *whole, last = web_records(archive, gaps)
    assert len(whole) + bool(last.lost) + len(gaps) == 9
    assert last.lost == CUT_OFF


@pytest.mark.parametrize(
    ("sent", "header", "read", "lost"),
    [
        (gzip.compress(BODY, mtime=0), "Content-Encoding: gzip", BODY, ""),
        (zlib.compress(BODY), "Content-Encoding: deflate", BODY, ""),
        (b"5\r\nhello\r\n0\r\n\r\n", "Transfer-Encoding: chunked", b"hello", ""),
        (gzip.compress(BODY, mtime=0)[:-9], "Content-Encoding: gzip", BODY, CUT_OFF),
        (b"no gzip", "Content-Encoding: gzip", b"", "it is damaged"),
        (b"abc", "Content-Encoding: zstd", b"abc", "its encoding zstd can't be read"),
        (b"", "X: y", b"", ""),
    ],
    ids=["gzip", "deflate", "chunked", "cut off", "no gzip", "unknown", "nothing"],
)
def test_encodings(tmp_path: Path, sent: bytes, header: str, read: bytes, lost: str) -> None:
    path = tmp_path / "one.warc"
    path.write_bytes(response(1, sent, header))
    (one,) = web_records(path)
    assert (one.body, one.lost) == (read, lost)


def test_a_bomb_is_cut(tmp_path: Path) -> None:
    path = tmp_path / "bomb.warc.gz"
    bomb = gzip.compress(bytes(MOST * 4), mtime=0)
    path.write_bytes(gzip.compress(response(1, bomb, "Content-Encoding: gzip"), mtime=0))
    (one,) = web_records(path)
    assert len(one.body) == MOST
    assert "cut there" in one.lost


@pytest.mark.parametrize("data", [b"", b"WARC/1.0\r\n", b"\x1f\x8b\x08 nothing", b"x" * 5000])
def test_what_is_no_archive_gives_nothing(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "not.warc.gz"
    path.write_bytes(data)
    assert list(web_records(path)) == []


def test_an_answer_that_is_none_is_named_and_the_next_one_read(tmp_path: Path) -> None:
    path = tmp_path / "spoilt.warc"
    spoilt = response(1, BODY).replace(b"application/http;", b"application/httpx;")
    path.write_bytes(spoilt + response(2, BODY))
    first, second = web_records(path)
    assert first.lost == "the head of its answer is damaged"
    assert BODY in first.body
    assert second.body == BODY
