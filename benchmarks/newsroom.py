"""Scraped pages as a year of news leaves them: many small families of versions, and pages alone."""

import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby
from xml.etree import ElementTree

from benchmarks.report import SHARED

PIECE = 250  # words of one page, about; a longer text gives several, each told once
PLACES = ["Ninth Harbour", "Open Steppe", "Meridian", "Lantern Bay", "Old Ferry", "Salt Road"]
PAPERS = ["News", "Radio", "Wire", "Post", "Courier", "Herald", "Observer", "Monitor"]
COPIES = ([0] * 12, [1, 1, 2, 2, 3], [5, 8], [20])  # copies of a story; most are told once
QUOTES = 0.1  # share of stories that carry one paragraph of an earlier story


def families() -> Iterator[list[str]]:
    """Yield texts that belong together: versions and translations where there are, else one alone.

    Nothing is told twice but by members of one family; no two share a paragraph.
    """
    for path in sorted((SHARED / "attribution/polnear/train/text").glob("*.txt")):
        for piece in _pieces(path.read_text("utf-8")):
            yield [piece]
    for path in sorted((SHARED / "ner/nerel/train").glob("*.txt")):
        for piece in _pieces(path.read_text("utf-8")):
            yield [piece]
    for name in ("lgl", "TR-News", "GeoVirus"):
        for text in ElementTree.parse(SHARED / f"places/{name}.xml").iter("text"):
            for piece in _pieces(text.text or ""):
                yield [piece]
    with (SHARED / "lineage/retranslations-ru-en.jsonl").open(encoding="utf-8") as lines:
        versions = [json.loads(line) for line in lines]
    for _, same in groupby(versions, key=lambda one: one["family"]):
        yield [one["text"].replace("\n", "\n\n") for one in same]
    yield from _translated()


def _translated() -> Iterator[list[str]]:
    folder = SHARED / "lineage/ntrex"
    ids = (folder / "DOCUMENT_IDS.tsv").read_text("utf-8").splitlines()
    told: dict[str, list[str]] = defaultdict(list)
    for path in sorted(folder.glob("*.txt")):
        lines = path.read_text("utf-8").splitlines()
        for name, same in groupby(zip(ids, lines, strict=False), key=lambda pair: pair[0]):
            told[name].append("\n\n".join(line for _, line in same))
    yield from told.values()


def _pieces(text: str) -> Iterator[str]:
    """Yield a text in pieces of whole paragraphs, each of about `PIECE` words."""
    piece: list[str] = []
    for paragraph in re.split(r"\n+", text):
        if paragraph.strip():
            piece.append(paragraph.strip())
        if sum(len(one.split()) for one in piece) >= PIECE:
            yield "\n\n".join(piece)
            piece = []
    if sum(len(one.split()) for one in piece) >= PIECE // 5:
        yield "\n\n".join(piece)


def pages(seed: int = 11) -> Iterator[str]:
    """Yield scraped pages, family by family, until the texts run out at about sixteen thousand."""
    chance = random.Random(seed)
    stock = list(families())
    chance.shuffle(stock)
    quotable: list[str] = []
    for versions in stock:
        told = list(versions)
        if len(told) == 1:
            if quotable and chance.random() < QUOTES:
                told[0] += "\n\n" + chance.choice(quotable)
            long = [one for one in told[0].split("\n\n") if 40 <= len(one.split()) <= 100]
            quotable += long[:1]
            told += [_copied(told[0], chance) for _ in range(_copies(chance))]
        begun = date(2023, 1, 1) + timedelta(days=chance.randrange(360))
        for text in told:
            day = begun + timedelta(days=chance.randrange(8))
            outlet = f"{chance.choice(PLACES)} {chance.choice(PAPERS)}"
            title = text[:60].partition("\n")[0]
            yield f"{title}\n\n  • {outlet}\n\nPublished {day:%-d %B %Y}\n\n{text}\n"


def _copies(chance: random.Random) -> int:
    return chance.choice([number for kind in COPIES for number in kind])


def _copied(text: str, chance: random.Random) -> str:
    """Return a copy as another newsroom prints it: words changed, half of them cut short."""
    paragraphs = text.split("\n\n")
    if chance.random() < 0.5:
        paragraphs = paragraphs[: max(1, len(paragraphs) * 2 // 3)]
    return "\n\n".join(
        " ".join("however" if chance.random() < 0.05 else word for word in one.split(" "))
        for one in paragraphs
    )
