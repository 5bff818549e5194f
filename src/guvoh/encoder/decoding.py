"""Scores of words made into spans: the best row of tags that BIO allows."""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from guvoh.encoder.weights import Head

Scores = npt.NDArray[np.int64]
_NEVER = -(10**9)


def tags_of(head: Head, rows: Sequence[Scores]) -> list[list[int]]:
    """Return the best tags for the words of each paragraph; `rows` are (words, tags) in thousandths."""
    if head.moves is None:
        return [_mended(row.argmax(axis=1).tolist()) for row in rows]
    return _best_paths(head.moves, rows)


def spans_of(tags: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Yield label, first word and the word after the last of each span."""
    first = 0
    for k, tag in enumerate([*tags, 0]):
        if (
            k
            and tags[k - 1]
            and not (tag and tag % 2 == 0 and (tag - 1) // 2 == (tags[k - 1] - 1) // 2)
        ):
            yield (tags[k - 1] - 1) // 2, first, k
        if tag % 2 == 1:
            first = k


def _mended(tags: list[int]) -> list[int]:
    last = 0
    for k, tag in enumerate(tags):
        if tag and tag % 2 == 0 and last not in (tag - 1, tag):
            tags[k] = tag - 1
        last = tags[k]
    return tags


def _best_paths(moves: Scores, rows: Sequence[Scores]) -> list[list[int]]:
    """Viterbi over all paragraphs side by side, the longest first; ties go to the lower tag."""
    order = sorted((k for k in range(len(rows)) if len(rows[k])), key=lambda k: -len(rows[k]))
    found: list[list[int]] = [[] for _ in rows]
    if not order:
        return found
    lengths = [len(rows[k]) for k in order]
    total = np.full((len(order), lengths[0], moves.shape[0]), 0, dtype=np.int64)
    for at, k in enumerate(order):
        total[at, : lengths[at]] = rows[k]
    # A paragraph begins as after a word outside everything.
    begin = np.where(moves[0] > _NEVER, 0, _NEVER)
    best = total[:, 0] + begin
    back = np.zeros(total.shape, dtype=np.int64)
    live = len(order)
    for k in range(1, lengths[0]):
        while lengths[live - 1] <= k:
            live -= 1
        steps = best[:live, :, None] + moves
        back[:live, k] = steps.argmax(axis=1)
        best[:live] = steps.max(axis=1) + total[:live, k]
    for at, k in enumerate(order):
        tag = int(best[at].argmax())
        path = [tag]
        for word in range(lengths[at] - 1, 0, -1):
            tag = int(back[at, word, tag])
            path.append(tag)
        found[k] = path[::-1]
    return found
