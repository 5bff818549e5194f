"""What taking formats in costs: PDF beside PDFium's own text, a web archive beside FastWARC's own reading."""

import gzip
import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import pypdfium2
import typst
from fastwarc.warc import ArchiveIterator, WarcRecordType

from benchmarks.report import SHARED
from guvoh.casefile import actor, case
from guvoh.clean.pdf import read_pdf
from guvoh.clean.source import Source
from guvoh.pipeline import taking
from guvoh.progress import Silent
from tests.warc import response

WORDS = [
    "harbour",
    "authority",
    "said",
    "ferry",
    "sank",
    "morning",
    "relatives",
    "told",
    "reporter",
    "port",
    "captain",
    "denied",
    "witnesses",
    "letter",
    "court",
    "lawyer",
    "statement",
    "evidence",
    "guards",
    "train",
    "evening",
    "committee",
    "answer",
    "question",
    "newspaper",
    "border",
    "region",
    "officials",
]
PARAGRAPHS, PAGES, PAGE = 250, 300, 400  # of a PDF; of a crawl, and words of each
TURNS = 6  # times that the corpus of real pages comes in a crawl
TIMES, PDF_TIMES = 3, 9


def run() -> list[Mapping[str, Any]]:
    """Return a row per measure; rates are those of the fastest of several runs, by time of processors."""
    return [*_pdf(), _crawl("made", _made()), _crawl("real", _real())]


def _fastest(action: Callable[[], object], times: int = TIMES) -> float:
    taken = []
    for _ in range(times):
        start = time.process_time()
        action()
        taken.append(time.process_time() - start)
    return min(taken)


def _paragraph(rng: random.Random, words: int) -> str:
    return " ".join(rng.choice(WORDS) for _ in range(words)).capitalize() + "."


def _pdf() -> Iterator[Mapping[str, Any]]:
    rng = random.Random(3)
    text = "\n\n".join(_paragraph(rng, rng.randint(40, 110)) for _ in range(PARAGRAPHS))
    for columns in (1, 2):
        head = (
            f'#set page(paper: "a4", numbering: "1", columns: {columns})\n#set text(size: 10.5pt)\n'
        )
        with tempfile.TemporaryDirectory() as name:
            path = Path(name) / "text.typ"
            path.write_text(head + text)
            data = typst.compile(str(path))
        source = Source(
            sha256(data).hexdigest(), "a.pdf", "application/pdf", data, "2031-05-02T08:00:00Z"
        )
        number = len(pypdfium2.PdfDocument(data))
        ours = _fastest(lambda: read_pdf(source), PDF_TIMES)  # noqa: B023
        theirs = _fastest(lambda: _bare(data), PDF_TIMES)  # noqa: B023
        yield _row(
            f"PDF, {number} pages in {columns} column(s), {len(text) // number} characters each",
            "pages",
            number / ours,
            "PDFium, text without boxes",
            number / theirs,
        )


def _bare(data: bytes) -> None:
    document = pypdfium2.PdfDocument(data)
    for page in document:
        text = page.get_textpage()
        text.get_text_range()
        text.close()
        page.close()
    document.close()


def _made() -> list[bytes]:
    rng = random.Random(5)
    pages = []
    for number in range(PAGES):
        page = "".join(f"<p>{_paragraph(rng, PAGE // 4)}</p>\n" for _ in range(40))
        pages.append(f"<!doctype html><title>{number}</title>{page}".encode())
    return pages


def _real() -> list[bytes]:
    """Return the pages of the article corpus, each several times with a number of its own."""
    paths = sorted((SHARED / "extraction/scrapinghub/html").glob("*.html.gz"))
    pages = [gzip.decompress(path.read_bytes()) for path in paths]
    return [page + b"<!-- %d -->" % turn for turn in range(TURNS) for page in pages]


def _crawl(kind: str, pages: list[bytes]) -> Mapping[str, Any]:
    size = sum(map(len, pages))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "crawl.warc.gz"
        with path.open("wb") as stream:
            for number, body in enumerate(pages):
                stream.write(gzip.compress(response(number, body), 6))
        before = os.environ.get(actor.HOME_VARIABLE)
        os.environ[actor.HOME_VARIABLE] = str(folder / "home")
        cases = iter(range(TIMES))

        def ours() -> None:
            opened = case.create(folder / f"case{next(cases)}")
            taking.take_in(opened, [path], None, Silent())

        def theirs() -> None:
            with path.open("rb") as archive:
                for record in ArchiveIterator(archive, record_types=WarcRecordType.response):
                    record.reader.read()

        rates = [size / _fastest(one) / 1e6 for one in (ours, theirs)]
        os.environ.pop(actor.HOME_VARIABLE)
        if before is not None:
            os.environ[actor.HOME_VARIABLE] = before
    what = f"WARC to captures, {len(pages):,} {kind} pages of {size // len(pages) // 1000} kB"
    return _row(what, "MB", rates[0], "FastWARC, records read and dropped", rates[1])


def _row(measure: str, unit: str, ours: float, peer: str, theirs: float) -> Mapping[str, Any]:
    return {
        "measure": measure,
        "CPU rate": f"{ours:.0f} {unit}/s",
        "peer": peer,
        "its CPU rate": f"{theirs:.0f} {unit}/s",
        "ratio": round(ours / theirs, 2),
    }
