"""What of a report goes into the index: its kept 4-grams, rare words and anchors, and its twin key."""

import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

from guvoh.lineage.anchors import Cut, Unit
from guvoh.lineage.boilerplate import NONE, Boilerplate, spans
from guvoh.lineage.shingles import digest, shingles
from guvoh.model.report import Report
from guvoh.model.text import Span

# The two lowest bits of a hash say what it stands for.
GRAM, ANCHOR, TWIN, IMAGE = 0, 1, 2, 3
_ANCHORS = 40
_WORDS = 16
_RARE_ANCHOR = 18
_RARE_WORD = 42
_GRAM_WEIGHT = 40
_IMAGE_WEIGHT = 80
_FILE_NAME = re.compile(r"([^/?#\s]{8,80})\.(?:jpe?g|png|webp|gif|avif)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """The hashes (63 bits) under which a report is posted, and their weights, in rising order.

    `twin` is one of them: reports that share it have the same words. `boilerplate` lists what the
    other hashes leave out; `words` counts the words that are left.
    """

    report: str
    language: str
    words: int
    twin: int
    hashes: tuple[int, ...]
    weights: tuple[int, ...]
    boilerplate: tuple[Span, ...] = ()


@lru_cache(maxsize=16384)
def _hash(key: str, kind: int) -> int:
    value = int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest())
    return value >> 3 << 2 | kind


def cut(report: Report, left_out: tuple[Span, ...] = ()) -> Cut:
    """Return a report to be cut into the sentences outside the spans that are left out."""
    return Cut(report.text, report.language, left_out)


def posted_key(key: str) -> str:
    """Return the form of an anchor that its inflected and transliterated forms share."""
    return key[:6] if key.startswith("k:") else key


def _rarest(tokens: dict[str, int], count: int) -> list[tuple[str, int]]:
    return sorted(tokens.items(), key=lambda item: (-item[1], item[0]))[:count]


def _collect(found: tuple[Unit, ...], base: str) -> dict[int, int]:
    anchors: dict[str, int] = {}
    words: dict[str, int] = {}

    def note(into: dict[str, int], key: str, weight: int) -> None:
        into[key] = max(into.get(key, 0), weight)

    for unit in found:
        for key, weight in zip(unit.keys, unit.weights, strict=True):
            if weight >= _RARE_ANCHOR:
                note(anchors, posted_key(key), weight)
        for word in unit.words:
            if word.weight >= _RARE_WORD and not word.key.startswith("n:"):
                note(words, f"w:{base}:{word.key}", word.weight)
    kept = _rarest(anchors, _ANCHORS) + _rarest(words, _WORDS)
    return {_hash(key, ANCHOR): weight for key, weight in kept}


def _images(report: Report) -> dict[int, int]:
    names: dict[int, int] = {}
    for image in report.images:
        match = _FILE_NAME.search(image.url.text) if image.url else None
        if match:
            names[_hash(match.group(1).lower(), IMAGE)] = _IMAGE_WEIGHT
    return names


def without(text: str, left_out: tuple[Span, ...]) -> str:
    """Return a text without the spans that are left out."""
    if not left_out:
        return text
    pieces, at = [], 0
    for span in left_out:
        pieces.append(text[at : span.start])
        at = span.end
    return "".join([*pieces, text[at:]])


def fingerprint(report: Report, boilerplate: Boilerplate = NONE) -> Fingerprint:
    """Return the fingerprint of a report, without what its publisher prints under everything."""
    left_out = spans(report, boilerplate)
    text = without(report.text, left_out)
    found = cut(report, left_out).units
    twin = digest(text) >> 2 << 2 | TWIN
    posted = {gram >> 2 << 2 | GRAM: _GRAM_WEIGHT for gram in shingles(text)}
    posted |= _collect(found, report.language.partition("-")[0])
    posted |= _images(report)
    if found:
        posted[twin] = 0
    hashes = tuple(sorted(posted))
    return Fingerprint(
        report=report.id,
        language=report.language,
        words=sum(len(unit.words) for unit in found),
        twin=twin,
        hashes=hashes,
        weights=tuple(posted[key] for key in hashes),
        boilerplate=left_out,
    )
