"""What the encoder marks in a text: who says what, names, times, quantities, events."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from guvoh.encoder.decoding import spans_of, tags_of
from guvoh.encoder.pieces import CLS, MARK, SEP, Pieces, Stretch, cut, windows
from guvoh.encoder.weights import Encoder
from guvoh.model.tagging import Tag, Tagging
from guvoh.model.text import Span


def tag(encoder: Encoder, text: str, paragraphs: Sequence[Span]) -> Tagging:
    """Return what the encoder marks in the paragraphs of `text`, in text order within each head.

    A window goes through the network alone, so that a text gives the same whatever is read with it.
    """
    pieces = [cut(encoder.tokenizer, text[p.start : p.end], p.start) for p in paragraphs]
    scores = _scores(encoder, pieces)
    tags: list[Tag] = []
    for head in encoder.heads.values():
        rows = [row[:, head.first : head.last] for row in scores]
        for one, found in zip(pieces, tags_of(head, rows), strict=True):
            tags.extend(
                Tag(head.name, head.labels[label], one.words[first].start, one.words[last - 1].end)
                for label, first, last in spans_of(found)
            )
    return Tagging(encoder.digest, tuple(tags))


def _scores(encoder: Encoder, paragraphs: Sequence[Pieces]) -> list[npt.NDArray[np.int64]]:
    """Return for each paragraph (words, all tags) in thousandths, from each word's first piece.

    Where windows overlap, a word is read where it stands farthest from a seam.
    """
    width = max(head.last for head in encoder.heads.values())
    found = [np.zeros((len(one.words), width), dtype=np.int64) for one in paragraphs]
    depth = [np.full(len(one.words), -1) for one in paragraphs]
    for window in windows(paragraphs, encoder.limit, encoder.overlap):
        raw = _run(encoder, paragraphs, window)
        at = 1
        for number, first, last in window:
            firsts = np.asarray(paragraphs[number].firsts)
            inside = np.flatnonzero((firsts >= first) & (firsts < last))
            from_seam = np.minimum(firsts[inside] - first, last - 1 - firsts[inside])
            better = inside[from_seam > depth[number][inside]]
            found[number][better] = raw[at + firsts[better] - first]
            depth[number][inside] = np.maximum(depth[number][inside], from_seam)
            at += last - first + 1
    return found


def _run(
    encoder: Encoder, paragraphs: Sequence[Pieces], window: Sequence[Stretch]
) -> npt.NDArray[np.int64]:
    ids, shapes = [CLS], [MARK]
    for number, first, last in window:
        ids += [*paragraphs[number].ids[first:last], SEP]
        shapes += [*paragraphs[number].shapes[first:last], MARK]
    fed = {"ids": np.array([ids], dtype=np.int64), "shapes": np.array([shapes], dtype=np.int64)}
    (scores,) = encoder.session.run(None, fed)
    return np.asarray(np.rint(scores[0] * 1000), dtype=np.int64)
