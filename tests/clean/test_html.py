"""Fictional pages, written for these tests."""

import gzip
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guvoh.clean.formats import clean
from guvoh.model.finding import Finding
from guvoh.model.report import MakingKind, PublishedBasis, Report
from guvoh.model.text import RunKind, Span

ARRIVED = "2024-06-01T12:00:00Z"
FIRST = (
    "ORLIN, May 28 (Reuters) - The miners of the upper valley were sent down the old shaft before"
    " dawn on Tuesday, two of their relatives and a retired foreman told this newspaper."
)
SECOND = (
    "Nobody had asked them whether they agreed, said Marta Kolesh, whose brother was among the"
    " thirty men; the company has not answered written questions since the spring."
)
THIRD = (
    "The regional labour office, which is to inspect the shaft every year, could not say when it"
    " had last been seen there, and the governor declined to speak of it."
)
PAGE = f"""<!DOCTYPE html>
<html lang="en-GB"><head>
<title>Miners sent down old shaft, relatives say | Valley Courier</title>
<meta charset="utf-8">
<link rel="canonical" href="https://courier.example/2024/05/29/miners">
<meta property="og:site_name" content="Valley Courier">
<meta property="og:title" content="Miners sent down old shaft, relatives say">
<meta property="article:published_time" content="2024-05-29T06:30:00+05:00">
<meta name="author" content="Ilze Brand and Tomas Roe">
</head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>
<div class="cookie-banner">We use cookies to make this site better for you.</div>
<article>
<h1>Miners sent down old shaft, relatives say</h1>
<p class="byline">By Ilze Brand and Tomas Roe</p>
<figure><img src="/shaft.jpg" alt="La boca de la mina vieja en una mañana de niebla">
<figcaption>The mouth of the old shaft. <span class="credit">Photo: Edo Lind / Alamy</span></figcaption></figure>
<p>{FIRST}</p>
<p>{SECOND}</p>
<p><a href="/older">Read more: The shaft that nobody inspects</a></p>
<p>{THIRD} The men&rsquo;s names are <a href="https://registry.example/men">in the register</a>.</p>
<p>Translated by Anna Ferro. With information from El Faro del Valle.</p>
</article>
<div class="related"><h3>Related</h3><a href="/a">A bridge is closed</a></div>
<section id="comments"><p>Leave a comment</p></section>
<footer>© 2024 Valley Courier. All rights reserved.</footer>
</body></html>"""


def read(page: str | bytes, *, fast: bool = False) -> tuple[Report, tuple[Finding, ...]]:
    """Clean a page that must give a report, and check the map of its text."""
    data = page if isinstance(page, bytes) else page.encode()
    reports, findings = clean("d" * 64, "page.html", "text/html", data, ARRIVED, fast=fast)
    assert len(reports) == 1
    check_map(reports[0], data)
    return reports[0], findings


def check_map(report: Report, data: bytes) -> None:
    at = 0
    for run in report.map.runs:
        assert run.text.start == at < run.text.end
        at = run.text.end
        if run.kind is RunKind.EXACT:
            stretch = report.text[run.text.start : run.text.end]
            assert data[run.bytes.start : run.bytes.end].decode(report.map.encoding) == stretch
    assert at == len(report.text)


@pytest.mark.parametrize("fast", [False, True])
def test_the_text_is_the_article_and_nothing_else(fast: bool) -> None:
    report, findings = read(PAGE, fast=fast)
    paragraphs = report.text.split("\n\n")
    assert paragraphs[:2] == [FIRST, SECOND]
    assert paragraphs[2] == f"{THIRD} The men’s names are in the register."
    assert findings == ()


def test_every_paragraph_leads_back_to_its_bytes() -> None:
    report, _ = read(PAGE)
    start = report.text.index("Marta Kolesh")
    span = report.map.bytes_of(Span(start, start + 12), report.text)
    assert PAGE.encode()[span.start : span.end] == b"Marta Kolesh"


def test_what_the_page_states_of_itself() -> None:
    report, _ = read(PAGE)
    assert report.title is not None
    assert report.title.text == "Miners sent down old shaft, relatives say"
    assert report.title.at is not None
    data = PAGE.encode()
    assert data[report.title.at.start : report.title.at.end].decode() == report.title.text
    assert [byline.text for byline in report.bylines] == ["Ilze Brand", "Tomas Roe"]
    assert report.publisher is not None
    assert report.publisher.text == "Valley Courier"
    assert report.published == "2024-05-29T06:30:00+05:00"
    assert report.published_basis is PublishedBasis.STATED
    assert report.published_stated is not None
    assert report.published_stated.at is not None
    dated = data[report.published_stated.at.start : report.published_stated.at.end]
    assert dated == b"2024-05-29T06:30:00+05:00"
    assert report.url == "https://courier.example/2024/05/29/miners"
    assert report.language == "en"


def test_an_image_has_credit_caption_and_the_language_of_its_alternative_text() -> None:
    report, _ = read(PAGE)
    (image,) = report.images
    assert image.url is not None
    assert image.url.text == "/shaft.jpg"
    assert image.caption is not None
    assert image.caption.text == "The mouth of the old shaft."
    assert image.credit is not None
    assert "Edo Lind" in image.credit.text
    assert image.alt is not None
    assert image.alt.text.startswith("La boca de la mina")
    assert image.alt_language == "es"


def test_debris_is_kept_with_its_reason_and_place() -> None:
    report, _ = read(PAGE)
    reasons = {debris.reason: debris for debris in report.debris}
    assert {"navigation", "cookie notice", "related", "comment prompt"} <= reasons.keys()
    for debris in report.debris:
        assert debris.at is not None
        assert debris.text.split()[0].encode() in PAGE.encode()[debris.at.start : debris.at.end]


def test_what_the_page_says_of_its_own_making() -> None:
    report, _ = read(PAGE)
    made = {making.kind: making for making in report.making}
    assert made[MakingKind.CANONICAL].name == report.url
    assert made[MakingKind.TRANSLATOR].name == "Anna Ferro"
    assert made[MakingKind.CREDIT].name == "El Faro del Valle"
    assert made[MakingKind.AGENCY].name == "Reuters"
    assert made[MakingKind.COPYRIGHT].name == "Valley Courier"
    assert made[MakingKind.LINK].name == "https://registry.example/men"


def body(*paragraphs: str) -> str:
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


def article(head: str, *before: str) -> str:
    text = body(FIRST, SECOND, THIRD)
    return f"<html><head>{head}</head><body><div>{''.join(before)}{text}</div></body></html>"


@pytest.mark.parametrize(
    ("head", "before", "published", "basis"),
    [
        ("", "", None, "unknown"),
        ('<link rel="canonical" href="https://a.example/2024/05/30/x">', "", "2024-05-30", "guessed"),
        ('<meta property="article:published_time" content="2031-01-01">', "", None, "unknown"),
        ('<meta property="article:modified_time" content="2024-05-30">', "", None, "unknown"),
        ("", "<h1>Sent down</h1><p>30 May 2024</p>", "2024-05-30", "stated"),
        ("", "<h1>Sent down</h1><p>Updated 30 May 2024</p>", None, "unknown"),
        ("", '<time itemprop="datePublished" datetime="2024-05-30T07:00+05:00">x</time>',
         "2024-05-30T07:00:00+05:00", "stated"),
        ('<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle",'
         '"datePublished":"2024-05-30T01:02:03Z"}]}</script>', "", "2024-05-30T01:02:03Z", "stated"),
        ('<script type="application/ld+json">{"@type":"NewsArticle","datePublished":</script>', "",
         None, "unknown"),
    ],
)  # fmt: skip
def test_a_date_is_stated_guessed_or_unknown(
    head: str, before: str, published: str | None, basis: str
) -> None:
    report, _ = read(article(head, before))
    assert (report.published, report.published_basis.value) == (published, basis)


def test_authors_and_publisher_of_json_ld() -> None:
    head = """<script type="application/ld+json">{"@context":"https://schema.org","@graph":[
      {"@type":"NewsArticle","headline":"Sent down","author":[{"@id":"#ada"}],
       "publisher":{"@type":"Organization","name":"The Orlin Post"}},
      {"@type":"Person","@id":"#ada","name":"Ada Vale"}]}</script>"""
    report, _ = read(article(head))
    assert [byline.text for byline in report.bylines] == ["Ada Vale"]
    assert report.publisher is not None
    assert report.publisher.text == "The Orlin Post"
    assert report.title is not None
    assert report.title.text == "Sent down"


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("By Ada Vale", ["Ada Vale"]),
        ("Analysis by Ada Vale, Staff Reporter", ["Ada Vale"]),
        ("Ada Vale and Tomas Roe", ["Ada Vale", "Tomas Roe"]),
        ("Por Ada Vale y Tomas Roe", ["Ada Vale", "Tomas Roe"]),
        ("https://courier.example/people/ada", []),
    ],
)
def test_bylines_of_a_meta_statement(said: str, names: list[str]) -> None:
    report, _ = read(article(f'<meta name="author" content="{said}">'))
    assert [byline.text for byline in report.bylines] == names


def test_a_saved_page_tells_where_it_was_saved_from() -> None:
    page = "<!-- saved from url=(0031)https://courier.example/miners -->\n" + article("")
    assert read(page)[0].url == "https://courier.example/miners"


def test_paragraphs_by_line_breaks_are_paragraphs() -> None:
    page = f"<html><body><div>{FIRST}<br><br>{SECOND}<br>{THIRD}</div></body></html>"
    assert read(page)[0].text == f"{FIRST}\n\n{SECOND}\n{THIRD}"


def test_a_paragraph_in_another_language_is_marked() -> None:
    russian = "Шахтёры спустились в забой ещё до рассвета, и никто не спросил их согласия на это."
    page = f"<html><body><div>{body(FIRST, SECOND, russian, THIRD)}</div></body></html>"
    report, _ = read(page)
    assert [language for _, language in report.languages] == ["ru"]
    (span, _), *_ = report.languages
    assert report.text[span.start : span.end] == russian


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_give_a_report_or_a_finding(data: bytes) -> None:
    for fast in (False, True):
        reports, findings = clean("d", "f", "text/html", data, ARRIVED, fast=fast)
        assert reports or findings
        for report in reports:
            assert report.text
            check_map(report, data)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([
    "<p>", "</p>", "<div class=related>", "</div>", "<a href='x", "'>", "<table><tr><td>", "<li>",
    "<script>", "</script>", "<!--", "-->", "<br>", "&amp;", "&#0;", "&nbsp", "<svg>", "</svg>",
    "<img alt=x src=y>", "<title>", "<h1>", "</h1>", FIRST, SECOND, " ", "\n", "<", ">", '"',
]), max_size=40))  # fmt: skip
def test_any_heap_of_tags_gives_a_map_that_holds(parts: list[str]) -> None:
    data = "".join(parts).encode()
    for fast in (False, True):
        reports, findings = clean("d", "f", "text/html", data, ARRIVED, fast=fast)
        assert reports or findings
        for report in reports:
            check_map(report, data)


SCRAPINGHUB = Path(__file__).resolve().parents[3] / "shared/data/extraction/scrapinghub/html"


@pytest.mark.skipif(
    not SCRAPINGHUB.is_dir(), reason="scrapinghub pages are not beside the repository"
)
def test_exact_runs_equal_the_bytes_of_real_pages() -> None:
    exact = total = 0
    for path in sorted(SCRAPINGHUB.glob("*.html.gz")):
        data = gzip.decompress(path.read_bytes())
        report, _ = read(data, fast=True)
        total += len(report.text)
        exact += sum(
            run.text.end - run.text.start for run in report.map.runs if run.kind is RunKind.EXACT
        )
    assert exact > 0.97 * total


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Letters | Inspections | Press office", "navigation"),
        ("Rosamund Thackeray | 5 October 2024", "byline"),
    ],
)
def test_parts_between_bars_are_no_text(line: str, reason: str) -> None:
    page = f"<html><body><h1>Nineteen walk out</h1><p>{line}</p><p>{FIRST}</p><p>{SECOND}</p></body></html>"
    report, _ = read(page)
    assert line not in report.text
    assert reason in [one.reason for one in report.debris if line in one.text]
