"""Article text on scrapinghub's pages: guvoh beside trafilatura and readability-lxml in one run."""

import gzip
import json
import logging
import re
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from statistics import fmean
from typing import Any

import trafilatura
from lxml.html import fromstring
from readability.readability import Document

from benchmarks.report import SHARED, Table
from guvoh.clean.formats import clean

DATA = SHARED / "extraction" / "scrapinghub"
ARRIVED = "2026-01-01T00:00:00Z"

# The benchmark's own measure (scrapinghub/article-extraction-benchmark, evaluate.py): 4-grams of
# words as a multiset, true and false ones normalised per page, precision and recall averaged.
_WORD = re.compile(r"\w+", re.UNICODE)
_SHINGLE = 4

Extract = Callable[[bytes], str]


@dataclass(frozen=True, slots=True)
class Score:
    """Means over the pages, and CPU seconds for all of them."""

    f1: float
    precision: float
    recall: float
    exact: float
    seconds: float


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Return the 4-grams of a text's words; a shorter text is one shingle."""
    words = _WORD.findall(text)
    last = max(1, len(words) - _SHINGLE + 1)
    return Counter(tuple(words[at : at + _SHINGLE]) for at in range(last) if words)


def score(truth: dict[str, str], found: dict[str, str], seconds: float) -> Score:
    """Score extracted texts by page against the true bodies."""
    precisions, recalls, exact = [], [], 0
    for page, body in truth.items():
        true, pred = shingles(body), shingles(found[page])
        both = sum((true & pred).values())
        wrong, missed = sum(pred.values()) - both, sum(true.values()) - both
        exact += wrong == missed == 0
        if both + wrong:
            precisions.append(both / (both + wrong))
        if both + missed:
            recalls.append(both / (both + missed))
    precision, recall = fmean(precisions), fmean(recalls)
    f1 = 2 * precision * recall / (precision + recall)
    return Score(f1, precision, recall, exact / len(truth), seconds)


def _guvoh(*, fast: bool) -> Extract:
    def extract(data: bytes) -> str:
        reports, _ = clean("0" * 64, "page.html", "text/html", data, ARRIVED, fast=fast)
        return reports[0].text if reports else ""

    return extract


def _trafilatura(*, fast: bool = False, precision: bool = False) -> Extract:
    def extract(data: bytes) -> str:
        found = trafilatura.extract(
            data, fast=fast, favor_precision=precision, include_comments=False
        )
        return found if isinstance(found, str) else ""

    return extract


def _readability(data: bytes) -> str:
    reader: Any = Document
    tree = fromstring(reader(data.decode("utf-8", "replace")).summary())
    for element in tree.iter():
        element.tail = f"{element.tail or ''} "
    return str(tree.text_content())


SYSTEMS: tuple[tuple[str, Extract], ...] = (
    ("guvoh", _guvoh(fast=False)),
    ("guvoh --fast", _guvoh(fast=True)),
    ("trafilatura default", _trafilatura()),
    ("trafilatura fast", _trafilatura(fast=True)),
    ("trafilatura precision", _trafilatura(precision=True)),
    ("readability-lxml", _readability),
)


def run() -> Table:
    """Clean every page with every system, page by page so that all meet the same load."""
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("readability").setLevel(logging.CRITICAL)
    bodies = json.loads((DATA / "ground-truth.json").read_text("utf-8"))
    truth = {page: entry["articleBody"] for page, entry in sorted(bodies.items())}
    pages = {
        page: gzip.decompress((DATA / "html" / f"{page}.html.gz").read_bytes()) for page in truth
    }
    found: dict[str, dict[str, str]] = {name: {} for name, _ in SYSTEMS}
    seconds = dict.fromkeys(found, 0.0)
    warm = next(iter(pages.values()))
    for _, extract in SYSTEMS:
        extract(warm)
    for page, data in pages.items():
        for name, extract in SYSTEMS:
            begin = time.process_time()
            found[name][page] = extract(data)
            seconds[name] += time.process_time() - begin
    scores = {name: score(truth, found[name], seconds[name]) for name in found}
    return _table(scores, len(pages))


def _table(scores: dict[str, Score], pages: int) -> Table:
    default = scores["trafilatura default"].seconds
    fast = scores["trafilatura fast"].seconds
    rows = [
        [
            name,
            f"{one.f1:.4f}", f"{one.precision:.4f}", f"{one.recall:.4f}", f"{one.exact:.4f}",
            f"{default / one.seconds:.2f}", f"{fast / one.seconds:.2f}",
        ]
        for name, one in scores.items()
    ]  # fmt: skip
    ours, cheap = scores["guvoh"], scores["guvoh --fast"]
    return Table(
        task="article",
        title="Article text (dev)",
        about=(
            f"{pages} news pages of scrapinghub/article-extraction-benchmark with its own measure:"
            " 4-gram shingles, means over pages. The thresholds and word lists of the HTML cleaner"
            " were found on these pages, so the score is a *dev* score. Speed is pages per CPU"
            " second as a ratio to trafilatura in the same run, page by page; ours includes the"
            " character map, metadata, images, debris and languages, theirs the text alone."
        ),
        columns=["system", "F1", "precision", "recall", "exact", "speed / default", "speed / fast"],
        rows=rows,
        figures={
            "f1": ours.f1,
            "exact": ours.exact,
            "speed": default / ours.seconds,
            "fast_f1": cheap.f1,
            "fast_speed": fast / cheap.seconds,
        },
    )
