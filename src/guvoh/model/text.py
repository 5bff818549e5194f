"""Spans of a report's text, and the map from each of its characters to the capture's bytes."""

from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Span(NamedTuple):
    """Half-open range of code points in a report's text."""

    start: int
    end: int


class ByteSpan(NamedTuple):
    """Half-open range of bytes in a capture."""

    start: int
    end: int


class RunKind(StrEnum):
    """How a run of a report's text relates to the bytes it came from."""

    EXACT = "exact"  # the bytes, decoded with the report's encoding, are the text
    DECODED = "decoded"  # the bytes say the same in another way: an entity, folded white space, a bad byte
    SYNTHESISED = "synthesised"  # no byte says it: a paragraph break that the cleaner put in


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text and the bytes it stands for; an empty byte range where it is synthesised."""

    text: Span
    bytes: ByteSpan
    kind: RunKind


class Box(NamedTuple):
    """A rectangle on a page in hundredths of a point, from the page's lower left corner."""

    left: int
    bottom: int
    right: int
    top: int


class Piece(NamedTuple):
    """A stretch of a rendering and the part of the capture that it was laid out from.

    `start` and `end` count bytes of the rendering. `first` and `last` (half-open) count bytes of
    the unpacked part that `part` names, or characters of the page's text layer where it is a page
    ("page 3"); then `box` is where they stand on it.
    """

    start: int
    end: int
    part: str
    first: int
    last: int
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class CharacterMap:
    """Runs in text order that cover a text from 0 to its end without gap or overlap.

    The bytes of runs are those of the capture. Where these are no text (packed, encoded, drawn),
    they are those of its *rendering*: the text laid out of it as UTF-8, or one part of it unpacked.
    `pieces`, in order, then say for each stretch of the rendering where it comes from.
    """

    encoding: str
    runs: tuple[Run, ...]
    pieces: tuple[Piece, ...] = ()

    def bytes_of(self, span: Span, text: str) -> ByteSpan:
        """Return the smallest byte range that holds `span` of `text`, the text this map belongs to.

        To the character inside exact runs; elsewhere the whole range of the run that is touched. A
        span made up by the cleaner alone gives the empty range at the place where it was put in.
        """
        touched = [run for run in self._touched(span) if run.bytes.end > run.bytes.start]
        if not touched:
            nearest = self._touched(span)
            anchor = nearest[0].bytes.start if nearest else 0
            return ByteSpan(anchor, anchor)
        head, tail = touched[0], touched[-1]
        start, end = head.bytes.start, tail.bytes.end
        if head.kind is RunKind.EXACT and span.start > head.text.start:
            start += self._length(text[head.text.start : span.start])
        if tail.kind is RunKind.EXACT and span.end < tail.text.end:
            end -= self._length(text[span.end : tail.text.end])
        return ByteSpan(start, end)

    def pieces_of(self, span: Span, text: str) -> tuple[Piece, ...]:
        """Return the pieces from which `span` of `text` was laid out, none where text came as text.

        Cut to the span where a piece has as many bytes in its part as in the rendering, else whole.
        """
        at = self.bytes_of(span, text)
        first = max(bisect_right(self.pieces, at.start, key=_piece_start) - 1, 0)
        found: list[Piece] = []
        for piece in self.pieces[first:]:
            if piece.start >= at.end:
                break
            if piece.end > at.start:
                found.append(_cut(piece, at))
        return tuple(found)

    def places_of(self, at: ByteSpan) -> tuple[str, ...]:
        """Return the parts ("page 3") from which bytes of a rendering were laid out, each once."""
        found: dict[str, None] = {}
        first = max(bisect_right(self.pieces, at.start, key=_piece_start) - 1, 0)
        for piece in self.pieces[first:]:
            if piece.start >= at.end:
                break
            if piece.end > at.start:
                found[piece.part] = None
        return tuple(found)

    def _touched(self, span: Span) -> tuple[Run, ...]:
        first = bisect_right(self.runs, span.start, key=_text_start) - 1
        last = bisect_right(self.runs, max(span.end - 1, span.start), key=_text_start) - 1
        return self.runs[max(first, 0) : max(last, 0) + 1]

    def _length(self, text: str) -> int:
        return len(text.encode(self.encoding))


def _text_start(run: Run) -> int:
    return run.text.start


def _piece_start(piece: Piece) -> int:
    return piece.start


def _cut(piece: Piece, at: ByteSpan) -> Piece:
    if piece.end - piece.start != piece.last - piece.first:
        return piece
    start, end = max(piece.start, at.start), min(piece.end, at.end)
    shift = piece.first - piece.start
    return piece._replace(start=start, end=end, first=start + shift, last=end + shift)


@dataclass(frozen=True, slots=True)
class Stated:
    """Something that a capture states outside the report's text: a title, a byline, a credit.

    `at` counts as the report's map does, None where the capture has no such bytes.
    """

    text: str
    at: ByteSpan | None = None
