"""Plain-text scrapes taken apart: pages a second of one processor, beside telling their language alone."""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Any

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from benchmarks.report import SHARED
from guvoh.clean.plain import read_plain

PAGES = 1_000
REPEATS = 5  # of which the fastest counts: what else the machine does only ever adds
HEAD = """{title}

  • Mara Ollen
  • Harbour Herald

a/240/{number}.jpg 240w, https://img.example.org/a/640/{number}.jpg 640w" alt="El puerto de noche, visto desde la colina que está al norte." attribution="Tom Reed" width="976"/>

image source, Tom Reed

Caption,

The harbour at night, seen from the hill.

Published 5 March 2024

"""
TAIL = "\n\nShare\n\nRead more:\n\nFish prices fall for a third week\n\nLeave a Replay\n"


def texts() -> Iterator[str]:
    """Yield whole news texts, one language each, paragraphs parted by an empty line."""
    for path in sorted((SHARED / "attribution/polnear/train/text").glob("*.txt")):
        lines = path.read_text("utf-8").split("\n")
        yield "\n\n".join(line.strip() for line in lines if line.strip())
    folder = SHARED / "lineage/ntrex"
    ids = (folder / "DOCUMENT_IDS.tsv").read_text("utf-8").splitlines()
    for path in sorted(folder.glob("*.txt")):
        lines = path.read_text("utf-8").splitlines()
        for _, same in groupby(zip(ids, lines, strict=False), key=lambda pair: pair[0]):
            yield "\n\n".join(line for _, line in same)


def pages() -> list[bytes]:
    """Return scrapes as of a news page: damaged head, text of at most 3,000 characters, prompts."""
    stock = list(texts())
    chosen = random.Random(5).sample(stock, min(PAGES, len(stock)))
    return [
        (
            HEAD.format(title=text[:60].partition("\n")[0], number=number) + text[:3_000] + TAIL
        ).encode()
        for number, text in enumerate(chosen)
    ]


def run() -> list[dict[str, Any]]:
    """Return the rates of the reader and of the language identifier that it calls where it must."""
    made = pages()
    identifier: Any = LanguageIdentifier
    identifier = identifier.from_model_file(MODEL_FILE, norm_probs=True)
    size = sum(map(len, made)) / len(made) / 1000
    ours = _rate(
        made, lambda data: read_plain("0" * 64, "scrape.txt", data, "2024-06-01T00:00:00Z")
    )
    peer = _rate(made, lambda data: identifier.rank(data.decode()))
    return [
        {
            "system": system,
            "pages": len(made),
            "kB a page": f"{size:.1f}",
            "pages/s": round(rate),
            "speed / py3langid": f"{rate / peer:.2f}",
        }
        for system, rate in (("guvoh", ours), ("py3langid alone", peer))
    ]


def _rate(made: Sequence[bytes], read: Callable[[bytes], object]) -> float:
    """Return pages a second of CPU, each page at its fastest of `REPEATS`."""
    read(made[0])
    total = 0.0
    for data in made:
        best = float("inf")
        for _ in range(REPEATS):
            begin = time.process_time()
            read(data)
            best = min(best, time.process_time() - begin)
        total += best
    return len(made) / total
