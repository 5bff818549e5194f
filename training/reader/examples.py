"""Documents made into what the network learns from: windows of pieces with tags, in batches."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer
from torch import Tensor

from guvoh.encoder.pieces import CLS, LOWER, MARK, SEP, TITLE, UPPER, Pieces, cut, windows
from training.reader.corpora import Document
from training.reader.labels import tags

OVERLAP = 32
_QUOTES = '"“”„«»'


@dataclass
class Prepared:
    """A document cut once; `tags` has for each paragraph and layer a tag for each word."""

    layers: frozenset[str]
    pieces: list[Pieces]
    tags: list[dict[str, list[int]]]
    marks: list[set[int]]


@dataclass
class Window:
    """One input: pieces with their shapes, and the words in it by paragraph."""

    ids: list[int]
    shapes: list[int]
    words: list[list[int]]
    tags: list[dict[str, list[int]]]
    layers: frozenset[str]


def prepare(tokenizer: Tokenizer, document: Document) -> Prepared:
    """Return a document's paragraphs as pieces and tags."""
    pieces, found, marks = [], [], []
    for paragraph in document.paragraphs:
        cut_ = cut(tokenizer, paragraph.text)
        if not cut_.words:
            continue
        pieces.append(cut_)
        places = [(w.start, w.end) for w in cut_.words]
        found.append({h: tags(paragraph.spans.get(h, []), h, places) for h in document.layers})
        marks.append({k for k, w in enumerate(cut_.words) if paragraph.text[w.start] in _QUOTES})
    return Prepared(document.layers, pieces, found, marks)


def spoil(prepared: Prepared, chance: random.Random, rates: dict[str, float]) -> Prepared:
    """Return the document as a broken scrape might have it: without case, capitals, or quotation marks."""
    draw = chance.random()
    look = None
    for name, shape in (("lower", LOWER), ("upper", UPPER), ("title", TITLE)):
        if draw < rates[name]:
            look = shape
            break
        draw -= rates[name]
    unquoted = chance.random() < rates["unquoted"]
    if look is None and not unquoted:
        return prepared
    pieces, found = [], []
    for one, labels, marks in zip(prepared.pieces, prepared.tags, prepared.marks, strict=True):
        if look is not None:
            shapes = tuple(s if s == MARK or s == 5 else look for s in one.shapes)
            one = Pieces(one.ids, shapes, one.firsts, one.words)
        if unquoted and marks and len(marks) < len(one.words):
            one, labels = _without(one, labels, marks)
        pieces.append(one)
        found.append(labels)
    return Prepared(prepared.layers, pieces, found, prepared.marks)


def _without(
    one: Pieces, labels: dict[str, list[int]], marks: set[int]
) -> tuple[Pieces, dict[str, list[int]]]:
    ends = [*one.firsts[1:], len(one.ids)]
    ids: list[int] = []
    shapes: list[int] = []
    firsts: list[int] = []
    kept = [k for k in range(len(one.words)) if k not in marks]
    for k in kept:
        firsts.append(len(ids))
        ids += one.ids[one.firsts[k] : ends[k]]
        shapes += one.shapes[one.firsts[k] : ends[k]]
    fresh = {}
    for head, old in labels.items():
        row = []
        begun = False
        for k, tag in enumerate(old):
            begun = begun or tag % 2 == 1
            if k in marks:
                continue
            # What began at a mark begins at the word after it.
            row.append(
                tag - 1
                if tag and tag % 2 == 0 and (not row or row[-1] not in (tag, tag - 1))
                else tag
            )
            begun = False
        fresh[head] = row
    return Pieces(
        tuple(ids), tuple(shapes), tuple(firsts), tuple(one.words[k] for k in kept)
    ), fresh


def cut_windows(prepared: Prepared, limit: int) -> Iterator[Window]:
    """Yield the windows of a document; a word that a seam cuts is left out of its tags."""
    for stretches in windows(prepared.pieces, limit, OVERLAP):
        ids, shapes = [CLS], [MARK]
        words, found = [], []
        for number, first, last in stretches:
            one = prepared.pieces[number]
            inside = [k for k, at in enumerate(one.firsts) if first <= at < last]
            words.append([len(ids) + one.firsts[k] - first for k in inside])
            found.append({h: [row[k] for k in inside] for h, row in prepared.tags[number].items()})
            for row in found[-1].values():
                if row and row[0] and row[0] % 2 == 0:
                    row[0] -= 1
            ids += [*one.ids[first:last], SEP]
            shapes += [*one.shapes[first:last], MARK]
        yield Window(ids, shapes, words, found, prepared.layers)


def batches(found: list[Window], budget: int, chance: random.Random) -> list[list[Window]]:
    """Return windows of like length together, at most `budget` pieces with padding, shuffled."""
    chance.shuffle(found)
    result: list[list[Window]] = []
    for k in range(0, len(found), 400):
        row: list[Window] = []
        for window in sorted(found[k : k + 400], key=lambda w: len(w.ids)):
            if row and (len(row) + 1) * len(window.ids) > budget:
                result.append(row)
                row = []
            row.append(window)
        if row:
            result.append(row)
    chance.shuffle(result)
    return result


def tensors(batch: list[Window]) -> tuple[Tensor, Tensor, Tensor | None]:
    """Return ids, shapes and attention mask; the mask is None where nothing is padded."""
    length = max(len(w.ids) for w in batch)
    ids = torch.zeros((len(batch), length), dtype=torch.long)
    shapes = torch.zeros((len(batch), length), dtype=torch.long)
    mask = torch.zeros((len(batch), 1, 1, length))
    for k, window in enumerate(batch):
        ids[k, : len(window.ids)] = torch.tensor(window.ids)
        shapes[k, : len(window.ids)] = torch.tensor(window.shapes)
        mask[k, 0, 0, len(window.ids) :] = -1e4
    return ids, shapes, mask if bool((mask < 0).any()) else None


def first_pieces(batch: list[Window]) -> tuple[Tensor, Tensor]:
    """Return window and place of the first piece of each word."""
    which = [k for k, window in enumerate(batch) for places in window.words for _ in places]
    places = [at for window in batch for row in window.words for at in row]
    return torch.tensor(which), torch.tensor(places)


def word_rows(batch: list[Window], head: str) -> tuple[Tensor, Tensor, Tensor, Tensor] | None:
    """Return window, piece, tag and reality of each word of paragraphs that have the layer, padded."""
    rows = [
        (k, places, labels[head])
        for k, window in enumerate(batch)
        if head in window.layers
        for places, labels in zip(window.words, window.tags, strict=True)
        if places
    ]
    if not rows:
        return None
    length = max(len(r[1]) for r in rows)
    which = torch.tensor([r[0] for r in rows]).unsqueeze(1).expand(-1, length)
    places = torch.zeros((len(rows), length), dtype=torch.long)
    gold = torch.zeros((len(rows), length), dtype=torch.long)
    real = torch.zeros((len(rows), length), dtype=torch.bool)
    for k, (_, p, g) in enumerate(rows):
        places[k, : len(p)] = torch.tensor(p)
        gold[k, : len(p)] = torch.tensor(g)
        real[k, : len(p)] = True
    return which, places, gold, real
