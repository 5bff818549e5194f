"""Web archives of any size made of real pages: news in which no two pages say the same, and planted families."""

import gzip
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.build import paragraphs
from benchmarks.lineage import NTREX, edited, ntrex
from benchmarks.report import SHARED
from tests.bulk.crawl import demo_pages
from tests.warc import number_of, own_address, response

DATE = "2024-02-20T00:00:00Z"
TERM = "lace mill"  # by which the profile knows a planted family
PER_ARCHIVE = 1_250  # pages; a crawl of another size has more archives, not larger ones
PER_FAMILY = 500  # pages for each planted family, so that the theme grows with the crawl
_LEVEL = 1  # of gzip; a crawl has 6, and reading costs the same
_CHANGED = 5  # one word in so many is another: four of five 4-grams are this page's alone
_PARAGRAPH = re.compile(rb"<p(?: [^>]*)?>.*?</p>", re.DOTALL)
_DEMO, _PLANTED = 10**9, 2 * 10**9  # from which their records are numbered
# Of the example's reports these speak of other plants and places.
APART = {"deux-rives-saratov.html", "quillmark-colony-17.html"}


@dataclass(frozen=True, slots=True)
class Version:
    """A planted page: the family it belongs to, how it derives from the first, its text."""

    family: int
    kind: str
    text: str


def crawl(folder: Path, count: int) -> list[Path]:
    """Write archives of `count` pages, with the example case and planted families among them."""
    folder.mkdir(parents=True, exist_ok=True)
    shells = _shells()
    stock = [one.encode().split(b" ") for one in paragraphs()]
    records = _planted_records(count)
    paths: list[Path] = []
    number_of_archives = -(-count // PER_ARCHIVE)
    for place in range(number_of_archives):
        pages = min(PER_ARCHIVE, count - place * PER_ARCHIVE)
        made = [
            response(place * PER_ARCHIVE + number, page, kind="text/html", date=DATE)
            for number, page in enumerate(_others(place, pages, shells, stock))
        ]
        for number, record in enumerate(records[place::number_of_archives]):
            made.insert(number * 37 % pages, record)
        path = folder / f"crawl-{place:04d}.warc.gz"
        path.write_bytes(b"".join(gzip.compress(one, _LEVEL, mtime=0) for one in made))
        paths.append(path)
    return paths


def versions(count: int) -> list[Version]:
    """Return the families planted in a crawl of `count` pages, the first of each an original."""
    chance = random.Random(17)
    stock = paragraphs()
    words = " ".join(stock[:2000]).split()
    english = ntrex("newstest2019-src.eng.txt")
    others = {language: ntrex(NTREX[language]) for language in ("es", "fr", "ru")}
    news = sorted((SHARED / "attribution/polnear/dev/text").glob("*.txt"))
    bases = [
        (text, {to: found[key] for to, found in others.items()}) for key, text in english.items()
    ]
    bases += [(path.read_text(encoding="utf-8"), {}) for path in news]
    long = [one for one in bases if len(one[0].split()) >= 150]
    random.Random(3).shuffle(long)
    found: list[Version] = []
    for family, (base, translated) in enumerate(long[: max(count // PER_FAMILY, 1)]):
        text = _on_the_theme(base)
        found += [Version(family, "original", text), Version(family, "copy", text)]
        found += [
            Version(family, f"edited {share:.0%}", edited(text, share, words, chance))
            for share in (0.2, 0.4)
        ]
        found += [Version(family, f"translated {to}", told) for to, told in translated.items()]
        plain = base.split()
        start = chance.randrange(len(plain) - 60)
        host = chance.sample(stock, 6)
        quoted = f"“{' '.join(plain[start : start + 60])}”"
        found.append(Version(family, "quotation", "\n\n".join([*host[:3], quoted, *host[3:]])))
    return found


def found_in(kept: Sequence[dict[str, object]], count: int) -> dict[str, tuple[int, int]]:
    """Return by kind how many planted pages were kept in the family of their original, of how many.

    `kept` are the rows of reports.parquet. `example` counts the reports of the example case.
    """
    family_of = {number_of(str(row["record"])): row["family"] for row in kept}
    names = [name for name, _ in demo_pages()]
    wanted = [_DEMO + names.index(name) for name in names if name not in APART]
    tally = {"example": (sum(one in family_of for one in wanted), len(wanted))}
    first: dict[int, object] = {}
    for place, version in enumerate(versions(count)):
        family = family_of.get(_PLANTED + place)
        first.setdefault(version.family, family)
        right = family is not None and family == first[version.family]
        hits, all_of = tally.get(version.kind, (0, 0))
        tally[version.kind] = hits + right, all_of + 1
    return tally


def _shells() -> list[list[bytes]]:
    """Return the pages of the article corpus, cut where their paragraphs give way to other news."""
    return [
        _PARAGRAPH.split(gzip.decompress(path.read_bytes()))
        for path in sorted((SHARED / "extraction/scrapinghub/html").glob("*.html.gz"))
    ]


def _others(
    seed: int, count: int, shells: Sequence[list[bytes]], stock: Sequence[list[bytes]]
) -> Iterator[bytes]:
    """Yield pages on other matters: real furniture, paragraphs of news with words changed."""
    chance = random.Random(seed)
    words = [word for one in stock for word in one]

    def another() -> bytes:
        told = list(chance.choice(stock))
        start = chance.randrange(_CHANGED)
        told[start::_CHANGED] = chance.choices(words, k=len(told[start::_CHANGED]))
        return b"<p>" + b" ".join(told) + b"</p>"

    for number in range(count):
        first, *rest = shells[(seed + number) % len(shells)]
        yield first + b"".join(another() + piece for piece in rest)


def _planted_records(count: int) -> list[bytes]:
    records: list[bytes] = []
    for number, (name, data) in enumerate(demo_pages()):
        kind = "text/plain; charset=utf-8" if name.endswith(".txt") else "text/html"
        url = own_address(data)
        records.append(response(_DEMO + number, data, kind=kind, date=DATE, url=url))
    for place, version in enumerate(versions(count)):
        records.append(response(_PLANTED + place, _article(version.text), date=DATE))
    return records


def _article(text: str) -> bytes:
    """Return a plain page; in a shell of the corpus a cleaner might take half of a text for furniture."""
    told = "".join(f"<p>{one}</p>" for one in text.split("\n") if one.strip())
    return f"<html><title>{text[:40]}</title><body><article>{told}</article></body></html>".encode()


def _on_the_theme(text: str) -> str:
    """Return a text in which one word of the middle is the term of the profile."""
    words = text.split(" ")
    words[len(words) // 2] = TERM
    return " ".join(words)
