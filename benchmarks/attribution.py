"""Scores who-said-what by rules on PolNeAR's development part: spans of source, cue and content."""

import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.report import tell
from guvoh.model.text import Span
from guvoh.reading.attribution import find_sayings
from guvoh.reading.layout import Layout, Range, lay_out
from guvoh.reading.saying import Saying

DATA = Path(__file__).resolve().parents[2] / "shared/data/attribution/polnear"
ROLES = ("source", "cue", "content")
# CofeNet's test part: rules, CoreNLP, BiLSTM-CRF, BERT, BERT-Cofe (exact F1; shared/benchmarks.md).
ANCHORS = {
    "source": "10.7/13.9/69.6/81.1/83.2",
    "cue": "22.8/-/66.7/74.0/75.3",
    "content": "5.6/17.5/59.0/68.9/72.9",
}
_MARKS = " \n\t\"“”‘’'.,;:!?—–-"


def gold_spans(path: Path) -> dict[str, set[Span]]:
    """Return the spans of a stand-off file by role; each contiguous piece is one."""
    spans: dict[str, set[Span]] = {role: set() for role in ROLES}
    for line in path.read_text(encoding="utf-8").splitlines():
        fields = line.split("\t")
        if not line.startswith("T") or len(fields) < 2:
            continue
        label, *pieces = fields[1].replace(";", " ").split()
        if label.lower() in spans:
            numbers = [int(piece) for piece in pieces]
            for start, end in zip(numbers[::2], numbers[1::2], strict=True):
                spans[label.lower()].add(Span(start, end))
    return spans


def read_spans(text: str) -> dict[str, set[Span]]:
    """Return the spans that the rules find in `text`, by role."""
    layout = lay_out(text, paragraphs(text), "en")
    spans: dict[str, set[Span]] = {role: set() for role in ROLES}
    for saying in find_sayings(layout, {}, set()).found:
        if saying.parent is not None or saying.cue is None:
            continue
        spans["cue"].add(layout.span(saying.cue))
        spans["content"].update(layout.span(piece) for piece in saying.pieces)
        spans["source"].update(_sources(layout, saying))
    return spans


def paragraphs(text: str) -> tuple[Span, ...]:
    """Return the lines of a text that are not empty."""
    found = []
    at = 0
    for line in text.split("\n"):
        if line.strip():
            found.append(Span(at, at + len(line)))
        at += len(line) + 1
    return tuple(found)


def _sources(layout: Layout, saying: Saying) -> Iterator[Span]:
    for phrase in (saying.source, saying.outer):
        if phrase is not None and phrase.whole.last > phrase.whole.first:
            yield layout.span(Range(phrase.whole.first, phrase.whole.last))


def _bare(text: str, span: Span) -> Span:
    """Return a span without the marks at its ends: whether they belong to it is a convention."""
    start, end = span
    while start < end and text[start] in _MARKS:
        start += 1
    while end > start and text[end - 1] in _MARKS:
        end -= 1
    return Span(start, end)


def count(text: str, gold: set[Span], found: set[Span]) -> Counter[str]:
    """Return the counts behind the four F1 of one role in one text."""
    gold = {_bare(text, span) for span in gold}
    found = {_bare(text, span) for span in found}
    wanted, taken = _characters(gold), _characters(found)
    return Counter(
        {
            "gold": len(gold),
            "found": len(found),
            "exact": len(gold & found),
            "begin": len({s.start for s in gold} & {s.start for s in found}),
            "overlap gold": sum(any(_touch(span, other) for other in found) for span in gold),
            "overlap found": sum(any(_touch(span, other) for other in gold) for span in found),
            "tokens gold": len(wanted),
            "tokens found": len(taken),
            "tokens both": len(wanted & taken),
        }
    )


def _characters(spans: set[Span]) -> set[int]:
    return {at for span in spans for at in range(*span)}


def _touch(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _f1(precise: int, found: int, recalled: int, gold: int) -> float:
    precision, recall = precise / max(found, 1), recalled / max(gold, 1)
    return round(200 * precision * recall / max(precision + recall, 1e-9), 1)


def run(part: str = "dev") -> list[dict[str, Any]]:
    """Return a row for each role; an empty list where the data is not there."""
    texts = sorted((DATA / part / "text").glob("*")) if DATA.is_dir() else []
    totals: dict[str, Counter[str]] = {role: Counter() for role in ROLES}
    words, seconds = 0, 0.0
    for path in texts:
        text = path.read_text(encoding="utf-8")
        annotations = sorted((DATA / part / "attributions").glob(f"{path.stem}_*.ann"))
        if not annotations:
            continue
        gold = gold_spans(annotations[0])  # the first annotator
        begun = time.process_time()
        found = read_spans(text)
        seconds += time.process_time() - begun
        words += len(text.split())
        for role in ROLES:
            totals[role] += count(text, gold[role], found[role])
    return [_row(role, totals[role], words / max(seconds, 1e-9)) for role in ROLES if texts]


def _row(role: str, total: Counter[str], speed: float) -> dict[str, Any]:
    found, gold = total["found"], total["gold"]
    return {
        "role": role,
        "exact": _f1(total["exact"], found, total["exact"], gold),
        "begin": _f1(total["begin"], found, total["begin"], gold),
        "overlap": _f1(total["overlap found"], found, total["overlap gold"], gold),
        "token": _f1(
            total["tokens both"], total["tokens found"], total["tokens both"], total["tokens gold"]
        ),
        "gold": gold,
        "found": found,
        "rules/CoreNLP/BiLSTM/BERT/Cofe exact": ANCHORS[role],
        "words/s": round(speed),
    }


def main(arguments: Sequence[str] = ()) -> int:
    """Print the table for the part named, dev by default."""
    return tell(run(arguments[0] if arguments else "dev"), DATA)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
