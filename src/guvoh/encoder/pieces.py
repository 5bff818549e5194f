"""A paragraph cut into the word pieces that the encoder reads, and into windows it can hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tokenizers import Tokenizer

from guvoh.model.text import Span

# What the letters of a word look like; the vocabulary itself knows no case.
SHAPES = ("mark", "lower", "title", "upper", "mixed", "digit")
MARK, LOWER, TITLE, UPPER, MIXED, DIGIT = range(len(SHAPES))
CLS, SEP = 101, 102  # bert-base-uncased


@dataclass(frozen=True, slots=True)
class Pieces:
    """The word pieces of one paragraph, and its words as spans of the text.

    `shapes` has the shape of each piece's word, `firsts` the index of each word's first piece.
    """

    ids: tuple[int, ...]
    shapes: tuple[int, ...]
    firsts: tuple[int, ...]
    words: tuple[Span, ...]


class Stretch(NamedTuple):
    """Pieces `first` up to `last` of a paragraph, by its ordinal; a part of a window."""

    paragraph: int
    first: int
    last: int


def shape_of(word: str) -> int:
    """Return the shape of one word."""
    if word[0].isdigit():
        return DIGIT
    if not word[0].isalpha():
        return MARK
    if word.islower():
        return LOWER
    if word.isupper():
        return UPPER if len(word) > 1 else TITLE
    return TITLE if word[0].isupper() and word[1:].islower() else MIXED


def cut(tokenizer: Tokenizer, text: str, base: int = 0) -> Pieces:
    """Return the pieces of `text`; `base` is added to the offsets of words."""
    encoding = tokenizer.encode(text, add_special_tokens=False)
    shapes: list[int] = []
    firsts: list[int] = []
    words: list[Span] = []
    ids: list[int] = []
    last = None
    for piece, word, (start, end) in zip(
        encoding.ids, encoding.word_ids, encoding.offsets, strict=True
    ):
        if word is None or start >= end:
            continue
        if word != last:
            last = word
            firsts.append(len(ids))
            words.append(Span(base + start, base + end))
        else:
            words[-1] = Span(words[-1].start, base + end)
        ids.append(piece)
        shapes.append(len(firsts) - 1)
    looks = [shape_of(text[w.start - base : w.end - base]) for w in words]
    return Pieces(tuple(ids), tuple(looks[k] for k in shapes), tuple(firsts), tuple(words))


def windows(paragraphs: Sequence[Pieces], limit: int, overlap: int) -> list[list[Stretch]]:
    """Return the windows over `paragraphs`: neighbours together up to `limit` pieces.

    A paragraph that is longer is cut into windows of its own that share `overlap` pieces. Each
    stretch costs one piece more, for the mark that ends it.
    """
    found: list[list[Stretch]] = []
    open_: list[Stretch] = []
    filled = 0
    for number, pieces in enumerate(paragraphs):
        size = len(pieces.ids)
        if not size:
            continue
        if open_ and filled + size + 1 > limit:
            found.append(open_)
            open_, filled = [], 0
        if size + 1 > limit:
            step = limit - 1 - overlap
            starts = range(0, max(size - overlap, 1), step)
            found.extend([Stretch(number, s, min(s + limit - 1, size))] for s in starts)
            continue
        open_.append(Stretch(number, 0, size))
        filled += size + 1
    if open_:
        found.append(open_)
    return found
