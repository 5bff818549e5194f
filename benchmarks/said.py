"""Scores whole attributions on PolNeAR: who said it and what, both right, as claims finally have them."""

import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.attribution import DATA, paragraphs
from benchmarks.gold import as_report
from benchmarks.report import tell
from guvoh.encoder.tagging import tag
from guvoh.encoder.weights import load
from guvoh.model.claim import Claim, ClaimKind, Reading
from guvoh.model.tagging import Tagging
from guvoh.model.text import Span
from guvoh.reading.layout import lay_out
from guvoh.reading.marked import linked
from guvoh.reading.read import read
from training.reader.corpora import glob_escape, share

# Two contents are one where this share of their words is common (Dice), as in the gold set.
OVERLAP = 0.5
# Documents of train that training left out, by the digest of their name.
TUNE = 0.05
_RELATIVES = ("who", "which", "that")
_BEFORE = 10  # words before "who"
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Said:
    """One attribution as sets of words, each word by where it begins; no source where none is named."""

    source: frozenset[int]
    content: frozenset[int]
    sourced: bool


def said(text: str, source: Sequence[Span], content: Sequence[Span]) -> Said:
    """Return an attribution of its spans."""
    return Said(_words(text, source), _words(text, content), bool(source))


def _words(text: str, spans: Sequence[Span]) -> frozenset[int]:
    return frozenset(m.start() for span in spans for m in _WORD.finditer(text, *span))


def gold(text: str, path: Path) -> list[Said]:
    """Return the attributions of a stand-off file that have content."""
    spans: dict[str, list[Span]] = {}
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        fields = line.split("\t")
        if line.startswith("T") and len(fields) > 1:
            numbers = [int(n) for n in fields[1].replace(";", " ").split()[1:]]
            spans[fields[0]] = [
                Span(s, e) for s, e in zip(numbers[::2], numbers[1::2], strict=True)
            ]
        elif line.startswith("E") and len(fields) > 1:
            parts: dict[str, list[Span]] = {}
            for part in fields[1].split():
                role, _, name = part.partition(":")
                parts.setdefault(role.rstrip("23"), []).extend(spans.get(name, ()))
            if parts.get("Content"):
                found.append(said(text, _named(text, parts.get("Source", [])), parts["Content"]))
    return found


def _named(text: str, source: list[Span]) -> list[Span]:
    """Return a source, "who" with the words before it, among which is whom it stands for."""
    if len(source) != 1 or text[source[0].start : source[0].end].lower() not in _RELATIVES:
        return source
    before = [
        m.start() for m in _WORD.finditer(text, max(source[0].start - 200, 0), source[0].start)
    ]
    return [Span(before[-_BEFORE] if len(before) >= _BEFORE else source[0].start, source[0].end)]


def spans_linked(text: str, tagging: Tagging) -> list[Said]:
    """Return the encoder's spans as attributions, each source and content with the nearest cue."""
    return [
        said(text, one.sources, one.contents)
        for one in linked(lay_out(text, paragraphs(text), "en"), tagging)
        if one.contents
    ]


def claimed(text: str, reading: Reading) -> list[Said]:
    """Return what claims say: the innermost voice, where the text names it, and the content.

    A claim in another is left out, for PolNeAR has none; a quotation that goes on without a cue is
    one with what the same words gave a speaker before, as PolNeAR has it.
    """
    groups: list[tuple[Span | None, list[Claim]]] = []
    for claim in reading.claims:
        voice = claim.chain[-1] if claim.chain else None
        told = claim.kind is not ClaimKind.NARRATED or (voice is not None and not voice.name)
        if claim.within is not None or voice is None or not told:
            continue
        same = next(
            (g for s, g in reversed(groups[-3:]) if s is not None and s == voice.span), None
        )
        if same is not None and (claim.cue is None or claim.cue == same[0].cue):
            same.append(claim)
        else:
            groups.append((voice.span, [claim]))
    return [
        said(text, [span] if span else [], [s for claim in group for s in claim.spans])
        for span, group in groups
    ]


def matched(wanted: Sequence[Said], found: Sequence[Said]) -> Counter[str]:
    """Return how many attributions there are, and how many have their content, and both, right.

    Contents are paired one to one, those that overlap most first. A source is right where half of
    the words of the shorter one are in the other, or where neither has one.
    """
    pairs = sorted(
        (-dice, g, f)
        for g, one in enumerate(wanted)
        for f, other in enumerate(found)
        if (dice := _dice(one.content, other.content)) >= OVERLAP
    )
    taken: dict[int, int] = {}
    for _, g, f in sorted(
        pairs, key=lambda p: (p[0], not _same(wanted[p[1]], found[p[2]]), *p[1:])
    ):
        if g not in taken and f not in taken.values():
            taken[g] = f
    both = sum(_same(wanted[g], found[f]) for g, f in taken.items())
    return Counter(gold=len(wanted), found=len(found), content=len(taken), both=both)


def _dice(one: frozenset[int], other: frozenset[int]) -> float:
    common = len(one & other)
    return 2 * common / (len(one) + len(other)) if common else 0.0


def _same(one: Said, other: Said) -> bool:
    if not (one.sourced and other.sourced):
        return one.sourced == other.sourced
    return 2 * len(one.source & other.source) >= min(len(one.source), len(other.source)) > 0


def documents(part: str) -> Iterator[tuple[str, str, list[Said]]]:
    """Yield name, text and attributions of a part by its first annotator: dev, or `tune` out of train."""
    folder = DATA / ("train" if part == "tune" else part)
    for path in sorted((folder / "text").glob("*.txt")):
        annotated = sorted((folder / "attributions").glob(f"{glob_escape(path.stem)}_*.ann"))
        if annotated and (part != "tune" or share(path.stem) < TUNE):
            text = path.read_text(encoding="utf-8")
            yield path.stem, text, gold(text, annotated[0])


def run(part: str = "dev") -> list[dict[str, Any]]:
    """Return a row for rules alone, for the encoder's linked spans, and for claims as guvoh has them."""
    totals: dict[str, Counter[str]] = {}
    for name, text, wanted in documents(part) if DATA.is_dir() else ():
        report, _ = as_report({"id": name, "text": text}, "en")
        tagging = tag(load(), text, report.paragraphs)
        for who, found in (
            ("rules alone, as claims", claimed(text, read(report))),
            ("the encoder alone, spans linked", spans_linked(text, tagging)),
            ("guvoh, as claims", claimed(text, read(report, tagging))),
        ):
            totals.setdefault(who, Counter()).update(matched(wanted, found))
    return [{"who": who, **_scores(total)} for who, total in totals.items()]


def _scores(total: Counter[str]) -> dict[str, Any]:
    both = total["both"]
    return {
        "F1": _f1(both, total),
        "precision": round(100 * both / max(total["found"], 1), 1),
        "recall": round(100 * both / max(total["gold"], 1), 1),
        "F1 of content alone": _f1(total["content"], total),
        "found": total["found"],
        "of": total["gold"],
    }


def _f1(right: int, total: Counter[str]) -> float:
    return round(200 * right / max(total["found"] + total["gold"], 1), 1)


def main(arguments: Sequence[str] = ()) -> int:
    """Print the table for dev, or for `tune`, the documents of train that training left out."""
    return tell(run(arguments[0] if arguments else "dev"), DATA)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
