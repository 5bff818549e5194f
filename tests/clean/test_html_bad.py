"""Pages that are damaged, mislabelled or hostile: a text or a finding, in bounded time."""

import time

import pytest

from guvoh.clean.formats import clean

PARAGRAPH = (
    "<p>The miners of the upper valley went down the shaft before dawn, and their foreman, who kept"
    " the list, said that nobody had asked them whether they wished to go at all.</p>\n"
)
ARTICLE = PARAGRAPH * 6
RUSSIAN = (
    "<p>Шахтёры верхней долины спустились в забой ещё до рассвета, и их бригадир, который вёл"
    " список, сказал, что никто не спросил их согласия.</p>\n"
) * 6
# The slowest of these takes about two seconds of CPU on the machine where they were written.
MOST_SECONDS = 25.0


def page(inside: str, head: str = "") -> str:
    return f"<html><head>{head}<title>Sent down</title></head><body>{inside}</body></html>"


def damaged(text: str, junk: bytes) -> bytes:
    half = len(text) // 2
    return text[:half].encode() + junk + text[half:].encode()


HOSTILE = {
    "100,000 nested elements": ("<div>" * 100_000 + ARTICLE, {"too-big"}),
    "nested beside the text": (page("<b>" * 100_000 + "x" + "</b>" * 100_000 + ARTICLE), {"too-big"}),
    "300 nested elements": (page("<div>" * 300 + ARTICLE), set()),
    "300,000 attributes": (
        page("<div " + " ".join(f"a{n}=1" for n in range(300_000)) + ">" + ARTICLE),
        set(),
    ),
    "11 MB text node": (page("<p>" + "word after word, " * 650_000), {"too-long"}),
    "no end of quotes": ("<a b='>" * 200_000 + ">" + ARTICLE, None),
    "open tags": ("<a" * 400_000 + ARTICLE, None),
    "open comments": (ARTICLE + "<!--" * 300_000, None),
    "open svg": (page("<svg>" * 100_000 + ARTICLE), {"too-big"}),
    "deep JSON": (page(ARTICLE, '<script type="application/ld+json">' + "[" * 100_000 + "</script>"), set()),
    "many references": (page("<p>" + "&amp;" * 60_000), None),
    "many figures": (page("<figure><img src=a alt=b><figcaption>c</figcaption></figure>" * 20_000 + ARTICLE), None),
    "many equal signs": ("<a " + "=" * 500_000 + ">" + ARTICLE, None),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_are_bounded(name: str) -> None:
    text, kinds = HOSTILE[name]
    begin = time.process_time()
    reports, findings = clean(
        "d", "f.html", "text/html", text.encode(), "2024-06-01T00:00:00Z", fast=True
    )
    assert time.process_time() - begin < MOST_SECONDS
    assert reports or any(finding.kind == "no-text" for finding in findings)
    if kinds is not None:
        assert {finding.kind for finding in findings} == kinds
        assert reports[0].text


def test_time_grows_with_length_alone() -> None:
    """Ten times the input may take thirty times as long, not a hundred times."""
    unit = "<div class='a b'><p>word &amp; word <a href=x>link</a> <b>'\"=</b></p><!-- c --><li>"
    spent = []
    for size in (200, 2_000):
        data = (unit * size).encode()
        begin = time.process_time()
        clean("d", "f", "text/html", data, "2024-06-01T00:00:00Z", fast=True)
        spent.append(time.process_time() - begin)
    assert spent[1] < 30 * max(spent[0], 0.02)


MISLABELLED = {
    "UTF-8 declared Latin-1": (
        page(RUSSIAN, "<meta charset=iso-8859-1>").encode(),
        "utf-8",
        {"wrong-encoding"},
    ),
    "cp1251 declared UTF-8": (
        page(RUSSIAN, "<meta charset=utf-8>").encode("cp1251"),
        "cp1251",
        {"wrong-encoding"},
    ),
    "UTF-16 without a mark": (page(RUSSIAN).encode("utf-16-le"), "utf-16-le", set()),
    "two bad bytes in UTF-8": (damaged(page(RUSSIAN), b"\xff\xfe"), "utf-8", {"bad-bytes"}),
    "lone surrogates": (damaged(page(RUSSIAN), b"\xed\xa0\x80"), "utf-8", {"bad-bytes"}),
    "NUL": (damaged(page(RUSSIAN), b"\0\0"), "utf-8", {"bad-bytes"}),
    "cp1251 undeclared": (page(RUSSIAN).encode("cp1251"), "cp1251", {"encoding-guessed"}),
}  # fmt: skip


@pytest.mark.parametrize("name", MISLABELLED)
def test_mislabelled_pages_are_read_by_their_content(name: str) -> None:
    data, encoding, kinds = MISLABELLED[name]
    reports, findings = clean("d", "f.html", "text/html", data, "2024-06-01T00:00:00Z")
    (report,) = reports
    assert report.map.encoding == encoding
    assert report.language == "ru"
    assert report.text.startswith("Шахтёры верхней долины")
    assert {finding.kind for finding in findings} == kinds


@pytest.mark.parametrize(
    "data", [b"", b"   \n", b"<html><body><script>var a=1;</script>", b"<!-- >"]
)
def test_no_text_is_said_and_is_a_problem(data: bytes) -> None:
    reports, findings = clean("d", "f.html", "text/html", data, "2024-06-01T00:00:00Z")
    assert reports == ()
    assert [(finding.kind, finding.problem) for finding in findings] == [("no-text", True)]


def test_a_truncated_page_keeps_what_arrived() -> None:
    data = page(ARTICLE).encode()[:900] + b'<a href="x'
    reports, findings = clean("d", "f.html", "text/html", data, "2024-06-01T00:00:00Z")
    assert reports[0].text.startswith("The miners of the upper valley")
    assert [(finding.kind, finding.problem) for finding in findings] == [("cut-off", False)]
