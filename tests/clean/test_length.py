"""Texts beyond any report's length: read to a bound, said, and traceable to the end."""

from guvoh.clean.formats import clean
from guvoh.clean.length import MOST

SENTENCE = "Шахтёры спустились в забой, and their foreman kept the list. "


def test_a_text_beyond_the_bound_is_cut_at_a_word_and_named() -> None:
    data = (SENTENCE * (MOST // len(SENTENCE) + 500)).encode()
    (report,), (finding,) = clean("d", "long.txt", "text/plain", data, "2024-06-01T00:00:00Z")
    assert MOST - 100 < len(report.text) <= MOST
    assert (finding.kind, finding.problem, finding.file) == ("too-long", True, "long.txt")
    last = report.map.runs[-1]
    assert last.text.end == len(report.text)
    assert data[: last.bytes.end].decode() == report.text
    (rest,) = report.debris
    assert rest.at is not None
    assert (rest.at.start, rest.at.end) == (last.bytes.end, len(data.rstrip()))
    assert data[rest.at.start :].decode().startswith(rest.text)


def test_a_text_within_the_bound_is_left_alone() -> None:
    data = (SENTENCE * 100).encode()
    (report,), findings = clean("d", "short.txt", "text/plain", data, "2024-06-01T00:00:00Z")
    assert report.text == data.decode().strip()
    assert findings == ()
