"""Paragraphs that a publisher prints under everything: learnt from its first reports, or headed as such."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from guvoh.languages.fold import fold
from guvoh.lineage.shingles import digests
from guvoh.model.report import Report
from guvoh.model.text import Span

# A publisher's first reports alone teach, so that a report's fingerprint does not depend on how
# many came later (DESIGN section 3, Cost follows the change).
LEARNT_FROM = 32
_LEAST = 3
_ALIKE = 0.5
_HEADING = 80  # characters that a heading has at most
# What stands under "About X" is no story where it comes so late and is so short a part of the whole.
_LATE = 0.4
_ENDING = re.compile(r"#{3,}|[-–—*= ]*\bends\b[-–—*= ]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """Digests of the paragraphs (and image file names) that a publisher repeats."""

    paragraphs: frozenset[int] = frozenset()


NONE = Boilerplate()


def paragraphs(report: Report) -> list[tuple[Span, int]]:
    """Return the spans of paragraphs with the digest of their words."""
    return list(zip(report.paragraphs, digests(report.text, report.paragraphs), strict=True))


@lru_cache(maxsize=4096)  # a publisher's first reports are looked at again for each that comes
def _keys(text: str, spans: tuple[Span, ...]) -> frozenset[int]:
    return frozenset(digests(text, spans))


def learn(reports: Sequence[Report]) -> Boilerplate:
    """Return what the first reports of one publisher have in common although they differ.

    Versions of one page (half of the paragraphs alike) teach once: a page captured ten times is
    no boilerplate.
    """
    seen: list[frozenset[int]] = []
    for report in reports[:LEARNT_FROM]:
        own = _keys(report.text, report.paragraphs)
        alike = (len(own & other) >= _ALIKE * min(len(own), len(other)) for other in seen)
        if own and not any(alike):
            seen.append(own)
    counts: dict[int, int] = {}
    for own in seen:
        for key in own:
            counts[key] = counts.get(key, 0) + 1
    return Boilerplate(frozenset(key for key, count in counts.items() if count >= _LEAST))


@cache
def _headings() -> tuple[tuple[str, ...], tuple[str, ...]]:
    source = files("guvoh.lineage").joinpath("data", "releases.toml")
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    about, footer = (
        tuple(fold(one) for phrases in data[name].values() for one in phrases)
        for name in ("about", "footer")
    )
    return about, footer


def _heads(line: str, body: str) -> bool:
    """Tell whether a line heads what a body says of itself under every release, of which `body` told."""
    line = line.strip(" *_:–—-")
    if not line or len(line) > _HEADING or line[-1] in ".!?…":
        return False
    folded = fold(line)
    about, footer = _headings()
    if any(folded.startswith(one) for one in footer):
        return True
    named = next((line[len(one) :].strip() for one in about if folded.startswith(f"{one} ")), "")
    return named[:1].isupper() and named.split()[0] in body


def footer(report: Report) -> Span | None:
    """Return the end of a report that says who published it: "About X", "Notes to editors"."""
    paragraphs = report.paragraphs
    late = len(report.text) * _LATE
    for at, span in enumerate(paragraphs):
        if at == 0 or span.end - span.start > _HEADING:
            continue
        line = report.text[span.start : span.end]
        ended = _ENDING.fullmatch(line.strip()) is not None
        if ended or (span.start >= late and _heads(line, report.text[: span.start])):
            return Span(span.start, paragraphs[-1].end)
    return None


def spans(report: Report, boilerplate: Boilerplate) -> tuple[Span, ...]:
    """Return the paragraphs of `report` that are boilerplate; none where all of them would be."""
    footed = footer(report)
    if not boilerplate.paragraphs:
        return (footed,) if footed else ()
    end = footed.start if footed else len(report.text)
    all_ = [(span, key) for span, key in paragraphs(report) if span.start < end]
    found = [span for span, key in all_ if key in boilerplate.paragraphs]
    kept = found if len(found) < len(all_) else []
    return (*kept, footed) if footed else tuple(kept)
