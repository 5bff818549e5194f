"""Scores Russian names on NEREL's development part: strict F1 of outer spans, beside natasha where installed."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks.gold import as_report
from guvoh.model.claim import SourceKind
from guvoh.reading.read import read

NEREL = Path(__file__).resolve().parents[2] / "shared/data/ner/nerel/dev"
TYPES = {
    "PERSON": "PER",
    "ORGANIZATION": "ORG",
    **dict.fromkeys(("CITY", "COUNTRY", "STATE_OR_PROVINCE", "DISTRICT", "LOCATION"), "LOC"),
}
KINDS = {SourceKind.PERSON: "PER", SourceKind.GROUP: "PER", SourceKind.ORGANISATION: "ORG"}
Spans = set[tuple[int, int, str]]


def documents() -> Iterator[tuple[str, Spans]]:
    """Yield each text with its outer spans of people, organisations and places."""
    for path in sorted(NEREL.glob("*.txt")):
        found: Spans = set()
        for line in path.with_suffix(".ann").read_text(encoding="utf-8").splitlines():
            cells = line.split("\t")
            if not line.startswith("T") or ";" in cells[1]:
                continue
            name, start, end = cells[1].split()
            if name in TYPES:
                found.add((int(start), int(end), TYPES[name]))
        yield path.read_text(encoding="utf-8"), outer(found)


def outer(spans: Spans) -> Spans:
    """Return the spans that lie in no other."""
    return {
        one
        for one in spans
        if not any(
            other[:2] != one[:2] and other[0] <= one[0] and one[1] <= other[1] for other in spans
        )
    }


def by_guvoh(text: str) -> Spans:
    """Return the names that reading gives: mentions that begin with a capital, and places."""
    report, _ = as_report({"id": "nerel", "text": text}, "ru")
    reading = read(report)
    found: Spans = {(p.span.start, p.span.end, "LOC") for p in reading.places}
    for person in reading.people:
        kind = KINDS.get(person.kind)
        found.update(
            (mention.start, mention.end, kind)
            for mention in person.mentions
            if kind is not None and text[mention.start].isupper()
        )
    return outer(found)


def natasha() -> Callable[[str], Spans] | None:
    """Return natasha's tagger, None where it is not installed: it is a peer and no dependency."""
    if find_spec("natasha") is None:
        return None
    peer = import_module("natasha")
    segmenter, tagger = peer.Segmenter(), peer.NewsNERTagger(peer.NewsEmbedding())

    def tag(text: str) -> Spans:
        doc = peer.Doc(text)
        doc.segment(segmenter)
        doc.tag_ner(tagger)
        return {(span.start, span.stop, span.type) for span in doc.spans}

    return tag


def score(tagger: Callable[[str], Spans]) -> Mapping[str, tuple[int, int, int]]:
    """Return (right, given, asked) for each type and for all."""
    right: Counter[str] = Counter()
    given: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for text, gold in documents():
        found = tagger(text)
        for name in ("PER", "ORG", "LOC", "all"):
            mine = {span for span in found if name in (span[2], "all")}
            wanted = {span for span in gold if name in (span[2], "all")}
            right[name] += len(mine & wanted)
            given[name] += len(mine)
            asked[name] += len(wanted)
    return {name: (right[name], given[name], asked[name]) for name in asked}


def run() -> list[dict[str, Any]]:
    """Return a row for each system and type; an empty list where the data is not there."""
    if not NEREL.is_dir():
        return []
    systems: list[tuple[str, Callable[[str], Spans]]] = [("guvoh", by_guvoh)]
    peer = natasha()
    if peer is not None:
        systems.append(("natasha", peer))
    rows = []
    for system, tagger in systems:
        for name, (right, given, asked) in score(tagger).items():
            precision, recall = right / max(given, 1), right / max(asked, 1)
            f1 = 2 * right / max(given + asked, 1)
            rows.append(
                {
                    "system": system,
                    "type": name,
                    "precision": round(precision, 3),
                    "recall": round(recall, 3),
                    "F1": round(f1, 3),
                    "n": asked,
                }
            )
    return rows


def main(_: Sequence[str] | None = None) -> int:
    """Print the table."""
    rows = run()
    if not rows:
        print(f"{NEREL} is no folder: nothing to measure", file=sys.stderr)
        return 1
    for row in rows:
        print("\t".join(str(value) for value in row.values()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
