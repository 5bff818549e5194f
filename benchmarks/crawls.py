"""Web archives of any size made of real pages: a year of news on other matters, and planted families."""

import datetime
import gzip
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from resiliparse.extract.html2text import extract_plain_text

from benchmarks.build import paragraphs
from benchmarks.lineage import NTREX, edited, ntrex
from benchmarks.report import ROOT, SHARED
from guvoh.bulk.profile import groups_in, read_profile
from tests.bulk.crawl import demo_pages
from tests.warc import number_of, own_address, response

ABOUT = ROOT / "benchmarks/bulk.toml"
DATE = (
    "2024-02-20T00:00:00Z"  # of what is planted; the others were crawled in the year that it ends
)
TERM = "lace mill"  # by which the profile knows a planted family
PER_ARCHIVE = 1_250  # pages; a crawl of another size has more archives, not larger ones
PER_FAMILY = 500  # pages for each planted family, so that the theme grows with the crawl
_LEVEL = 1  # of gzip; a crawl has 6, and reading costs the same
# Of the planted families one in so many is a wire story, and one in so many of the other pages carries the
# quotation of one: each stands in some 290 pages, however large the crawl.
_WIRE, _CARRIES = 10, 17
_QUOTATION = 60  # words
_INNER = str.maketrans("", "", '“”„«»"')  # marks inside a quotation
# Words of a shell outside its paragraphs, for each of them: a quarter of what a paragraph has. With more, the
# pages made in it would be versions of each other.
_FURNITURE = 8
_PARAGRAPH = re.compile(rb"<p(?: [^>]*)?>.*?</p>", re.DOTALL)
Places = NDArray[np.int64]
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
    quotations = [quoted for _, _, quoted in _families(count)[::_WIRE]]
    records = _planted_records(count)
    paths: list[Path] = []
    number_of_archives = -(-count // PER_ARCHIVE)
    for place in range(number_of_archives):
        pages = min(PER_ARCHIVE, count - place * PER_ARCHIVE)
        made = [
            response(place * PER_ARCHIVE + number, page, kind="text/html", date=_crawled(number))
            for number, page in enumerate(_others(place, pages, shells, quotations))
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
    words = " ".join(_stock()[:2000]).split()
    planted = _families(count)
    others = _paragraphs(np.random.default_rng(17), 6 * len(planted))
    found: list[Version] = []
    for family, (text, translated, quotation) in enumerate(planted):
        found += [Version(family, "original", text), Version(family, "copy", text)]
        found += [
            Version(family, f"edited {share:.0%}", edited(text, share, words, chance))
            for share in (0.2, 0.4)
        ]
        found += [Version(family, f"translated {to}", told) for to, told in translated.items()]
        host = list(islice(others, 6))
        found.append(Version(family, "quotation", "\n\n".join([*host[:3], quotation, *host[3:]])))
    return found


def _families(count: int) -> list[tuple[str, dict[str, str], str]]:
    """Return a family each: a text on the theme, its translations, 60 words of it in quotation marks.

    A wire story, one in _WIRE, has the quotation marks itself.
    """
    english = ntrex("newstest2019-src.eng.txt")
    others = {language: ntrex(NTREX[language]) for language in ("es", "fr", "ru")}
    news = sorted((SHARED / "attribution/polnear/dev/text").glob("*.txt"))
    bases = [
        (text, {to: found[key] for to, found in others.items()}) for key, text in english.items()
    ]
    bases += [(path.read_text(encoding="utf-8"), {}) for path in news]
    long = [one for one in bases if len(one[0].split()) >= 150]
    random.Random(3).shuffle(long)
    chance = random.Random(29)
    found: list[tuple[str, dict[str, str], str]] = []
    for family, (base, translated) in enumerate(long[: max(count // PER_FAMILY, 1)]):
        words = base.split(" ")
        middle = len(words) // 2
        end = chance.randrange(_QUOTATION, middle)
        told = " ".join(words[end - _QUOTATION : end]).translate(_INNER)
        quoted = f"“{' '.join(told.split())}”"
        words[middle] = TERM
        if family % _WIRE == 0:
            words[end - _QUOTATION : end] = [quoted]
        found.append((" ".join(words), translated, quoted))
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


def _crawled(number: int) -> str:
    """Return when a page was crawled, a day of the year that ends with DATE."""
    last = datetime.datetime.fromisoformat(DATE)
    return (last - datetime.timedelta(days=number % 365)).strftime("%Y-%m-%dT%H:%M:%SZ")


def _shells() -> list[list[bytes]]:
    """Return the pages of the article corpus whose words stand in paragraphs, cut where these give way to others."""
    found = [
        _PARAGRAPH.split(gzip.decompress(path.read_bytes()))
        for path in sorted((SHARED / "extraction/scrapinghub/html").glob("*.html.gz"))
    ]
    return [one for one in found if _words_of(b"".join(one)) <= _FURNITURE * (len(one) - 1)]


def _words_of(page: bytes) -> int:
    return len(extract_plain_text(page.decode("utf-8", "replace"), main_content=True).split())


@cache
def _stock() -> list[str]:
    """Return paragraphs of news of which none fits the profile."""
    profile = read_profile(str(ABOUT))
    return [one for one in paragraphs() if not groups_in(profile, one)]


@cache
def _occurrences() -> tuple[list[str], Places, Places, Places]:
    """Return the stock's words, which of them its text has in turn, the places of each, where these begin."""
    told = " ".join(_stock()).split()
    known = sorted(set(told))
    ordinal = {word: number for number, word in enumerate(known)}
    text = np.array([ordinal[word] for word in told], dtype=np.int64)
    begin = np.concatenate([[0], np.cumsum(np.bincount(text))])
    return known, text, np.argsort(text, kind="stable"), begin


def _paragraphs(chance: np.random.Generator, count: int) -> Iterator[str]:
    """Yield paragraphs as long as those of the news, in which each word follows the one before as it does there."""
    words, text, places, begin = _occurrences()
    lengths = np.sort(chance.choice([len(one.split()) for one in _stock()], count))[::-1]
    told = np.empty((count, lengths[0]), dtype=np.int64)
    place = chance.integers(len(text), size=count)
    for step in range(lengths[0]):
        place = place[: np.count_nonzero(lengths > step)]  # of the paragraphs that go on
        word = text[place]
        told[: len(place), step] = word
        among = chance.random(len(place)) * (begin[word + 1] - begin[word])
        place = (places[begin[word] + among.astype(np.int64)] + 1) % len(text)
    for number in chance.permutation(count).tolist():
        yield " ".join([words[one] for one in told[number, : lengths[number]].tolist()])


def _others(
    seed: int, count: int, shells: Sequence[list[bytes]], quotations: Sequence[str]
) -> Iterator[bytes]:
    """Yield pages on other matters: real furniture, paragraphs that no other has, some a wire quotation."""
    inside = [shells[(seed * PER_ARCHIVE + number) % len(shells)] for number in range(count)]
    paragraph = _paragraphs(np.random.default_rng(seed), sum(len(one) - 1 for one in inside))
    for place, (first, *rest) in enumerate(inside, seed * PER_ARCHIVE):
        told = [next(paragraph) for _ in rest]
        carried, left = divmod(place, _CARRIES)
        if not left:
            told[len(told) // 2] = quotations[carried % len(quotations)]
        yield first + b"".join(
            b"<p>" + one.encode() + b"</p>" + piece for one, piece in zip(told, rest, strict=True)
        )


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
