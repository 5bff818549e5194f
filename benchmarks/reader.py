"""Scores the trained encoder: source, cue and content; names; times; speed. Rules stand beside it."""

import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from guvoh.encoder.tagging import tag
from guvoh.encoder.weights import Encoder, load, load_from
from guvoh.model.tagging import Tagging
from guvoh.model.text import Span
from training.reader import corpora
from training.reader.corpora import DATA, Document

Spans = set[tuple[int, int, str]]
Guess = Callable[[str, Sequence[Span]], Iterable[tuple[int, int, str]]]
ROLES = ("source", "cue", "content")
NAMES = ("person", "organisation", "place")
# CofeNet's test part: BiLSTM-CRF, BERT, BERT with CofeNet (exact F1).
ANCHORS = {"source": "69.6/81.1/83.2", "cue": "66.7/74.0/75.3", "content": "59.0/68.9/72.9"}


def laid_out(document: Document) -> tuple[str, list[Span], dict[str, list[tuple[int, int, str]]]]:
    """Return a document as one text, its paragraphs, and its spans by layer."""
    text = ""
    paragraphs: list[Span] = []
    spans: dict[str, list[tuple[int, int, str]]] = {layer: [] for layer in document.layers}
    for paragraph in document.paragraphs:
        base = len(text)
        paragraphs.append(Span(base, base + len(paragraph.text)))
        for layer, found in paragraph.spans.items():
            spans[layer] += [(s + base, e + base, label) for s, e, label in found]
        text += paragraph.text + "\n\n"
    return text, paragraphs, spans


def count(gold: Spans, found: Spans) -> Counter[str]:
    """Return what the four F1 of one label are made of; spans are (start, end) with any third."""
    wanted = {at for s, e, _ in gold for at in range(s, e)}
    taken = {at for s, e, _ in found for at in range(s, e)}
    return Counter(
        {
            "gold": len(gold),
            "found": len(found),
            "exact": len(gold & found),
            "begin": len({g[0] for g in gold} & {f[0] for f in found}),
            "overlap gold": sum(any(s < e2 and s2 < e for s2, e2, _ in found) for s, e, _ in gold),
            "overlap found": sum(any(s < e2 and s2 < e for s2, e2, _ in gold) for s, e, _ in found),
            "characters gold": len(wanted),
            "characters found": len(taken),
            "characters both": len(wanted & taken),
        }
    )


def f1(precise: int, found: int, recalled: int, gold: int) -> float:
    """Return F1 in per cent from two pairs of counts."""
    precision, recall = precise / max(found, 1), recalled / max(gold, 1)
    return round(200 * precision * recall / max(precision + recall, 1e-9), 1)


def scores(total: Counter[str]) -> dict[str, float]:
    """Return exact, begin, overlap and character F1."""
    gold, found = total["gold"], total["found"]
    return {
        "exact": f1(total["exact"], found, total["exact"], gold),
        "begin": f1(total["begin"], found, total["begin"], gold),
        "overlap": f1(total["overlap found"], found, total["overlap gold"], gold),
        "character": f1(
            total["characters both"],
            total["characters found"],
            total["characters both"],
            total["characters gold"],
        ),
    }


def compare(
    documents: Iterable[Document], layer: str, labels: Sequence[str], guess: Guess
) -> dict[str, Counter[str]]:
    """Return for each label the counts of `guess` against the gold of one layer."""
    totals: dict[str, Counter[str]] = {label: Counter() for label in labels}
    for document in documents:
        text, paragraphs, spans = laid_out(document)
        found = set(guess(text, paragraphs))
        for label in labels:
            totals[label].update(
                count(
                    {s for s in spans[layer] if s[2] == label},
                    {s for s in found if s[2] == label},
                )
            )
    return totals


def encoded(encoder: Encoder, head: str, *, lower: bool = False, alone: bool = False) -> Guess:
    """Return the encoder as a guess at one layer: on lower-cased text, or paragraph by paragraph."""

    def guess(text: str, paragraphs: Sequence[Span]) -> list[tuple[int, int, str]]:
        # One letter for one letter, so that offsets stay.
        seen = "".join(c.lower() if len(c.lower()) == 1 else c for c in text) if lower else text
        groups = [[p] for p in paragraphs] if alone else [list(paragraphs)]
        tags = [t for group in groups for t in tag(encoder, seen, group).tags]
        return [(t.start, t.end, t.label) for t in tags if t.head == head]

    return guess


def cofenet(encoder: Encoder) -> dict[str, Counter[str]]:
    """Return the counts on CofeNet's cut, in its tokens; each paragraph is read alone."""
    totals: dict[str, Counter[str]] = {role: Counter() for role in ROLES}
    for row in corpora.cofenet():
        text, places = "", []
        for word in row["tokens"]:
            if text and not re.match(r"[.,;:!?)\]%]|'s$|n't$|’s$", word) and text[-1] not in "([$":
                text += " "
            places.append((len(text), len(text) + len(word)))
            text += word
        found: Tagging = tag(encoder, text, [Span(0, len(text))])
        gold = _bio(row["labels"])
        guessed = set()
        for one in found.tags:
            inside = [k for k, (s, e) in enumerate(places) if s < one.end and e > one.start]
            if one.head == "attribution" and inside:
                guessed.add((inside[0], inside[-1] + 1, one.label))
        for role in ROLES:
            totals[role].update(
                count({g for g in gold if g[2] == role}, {g for g in guessed if g[2] == role})
            )
    return totals


def _bio(labels: Sequence[str]) -> Spans:
    spans: Spans = set()
    start = None
    for k, label in enumerate([*labels, "O"]):
        if start is not None and not (label.startswith("I-") and label[2:] == labels[start][2:]):
            spans.add((start, k, labels[start][2:]))
            start = None
        if start is None and label != "O":
            start = k
    return spans


def held_aside(documents: Iterable[Document], share: float) -> list[Document]:
    """Return the documents that training leaves out."""
    return [d for d in documents if corpora.share(d.name) < share]


def speed(encoder: Encoder, together: int = 1) -> float:
    """Return sentences of 22 words and marks a second of CPU time, so many in a text, all heads."""
    sentence = (
        "The governor said on Tuesday that two of the prisoners had told their families "
        "they were sent to Volna without consent."
    )
    text = "\n\n".join([sentence] * together)
    paragraphs = [Span(at.start(), at.end()) for at in re.finditer(r"[^\n]+", text)]
    tag(encoder, text, paragraphs)
    begun = time.process_time()
    for _ in range(300 // together):
        tag(encoder, text, paragraphs)
    return 300 / (time.process_time() - begun)


def _speeds(encoder: Encoder) -> list[tuple[int, int]]:
    return [(k, round(speed(encoder, k))) for k in (1, 20)]


def run() -> list[dict[str, Any]]:
    """Return a row for each set and label on which the shipped encoder is measured, and its speed."""
    encoder = load()
    rows: list[dict[str, Any]] = []
    for name in ("dev", "cofenet", "names", "times"):
        for row in _task(encoder, name, lower=False, alone=False):
            told = (
                {"set": "CofeNet’s cut", "label": row.pop("role"), **row}
                if name == "cofenet"
                else row
            )
            rows.append({**told, "CofeNet’s anchors": ANCHORS.get(str(told["label"]), "")})
    return [
        *rows,
        *(
            {"set": "speed", "label": f"sentences of 22 words a second, {k} in a text", "of": got}
            for k, got in _speeds(encoder)
        ),
    ]


def main(arguments: Sequence[str] = ()) -> int:
    """Print the scores of one set: tune, dev, cofenet, names, times, speed; all of them by default."""
    folder = next((a[9:] for a in arguments if a.startswith("--folder=")), "")
    encoder = load_from(Path(folder)) if folder else load()
    flags = {a for a in arguments if a in ("--lower", "--alone")}
    wanted = [a for a in arguments if not a.startswith("--")]
    lower, alone = "--lower" in flags, "--alone" in flags
    if not DATA.is_dir():
        print(f"{DATA} is not there: nothing to measure", file=sys.stderr)
        return 1
    for name in wanted or ("tune", "dev", "cofenet", "names", "times", "speed"):
        for row in _task(encoder, name, lower=lower, alone=alone):
            print(name, "\t".join(f"{key} {value}" for key, value in row.items()), flush=True)
    return 0


def _task(encoder: Encoder, name: str, *, lower: bool, alone: bool) -> list[dict[str, Any]]:
    if name == "speed":
        return [{"in a text": k, "sentences/s": got} for k, got in _speeds(encoder)]
    if name == "cofenet":
        return [{"role": r, **scores(c), "of": c["gold"]} for r, c in cofenet(encoder).items()]
    sets: dict[str, list[tuple[str, Iterable[Document], str, Sequence[str]]]] = {
        "tune": [("polnear", held_aside(corpora.polnear("train"), 0.05), "attribution", ROLES)],
        "dev": [("polnear dev", corpora.polnear("dev"), "attribution", ROLES)],
        "names": [
            ("gum dev", corpora.gum("dev"), "names", NAMES),
            ("re3d test", corpora.re3d("test"), "names", (*NAMES, "nationality", "weapon")),
            ("uner dev", corpora.uner(), "names", NAMES),
        ],
        "times": [
            ("tbaq", held_aside(corpora.tbaq(), 0.2), "times", ("time",)),
            ("re3d test", corpora.re3d("test"), "times", ("time",)),
            ("re3d test", corpora.re3d("test"), "quantities", ("quantity",)),
            (
                "tbaq",
                held_aside(corpora.tbaq(), 0.2),
                "events",
                ("REPORTING", "I_STATE", "I_ACTION", "OCCURRENCE"),
            ),
        ],
    }
    rows = []
    for where, documents, layer, labels in sets[name]:
        guess = encoded(encoder, layer, lower=lower, alone=alone)
        totals = compare(documents, layer, labels, guess)
        rows += [
            {"set": where, "label": k, **scores(c), "of": c["gold"]} for k, c in totals.items()
        ]
        if layer == "names":
            whole = sum(totals.values(), Counter())
            rows.append({"set": where, "label": "all", **scores(whole), "of": whole["gold"]})
    return rows


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
