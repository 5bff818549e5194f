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


@dataclass(frozen=True, slots=True)
class CharacterMap:
    """Runs in text order that cover a text from 0 to its end without gap or overlap."""

    encoding: str
    runs: tuple[Run, ...]

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

    def _touched(self, span: Span) -> tuple[Run, ...]:
        first = bisect_right(self.runs, span.start, key=_text_start) - 1
        last = bisect_right(self.runs, max(span.end - 1, span.start), key=_text_start) - 1
        return self.runs[max(first, 0) : max(last, 0) + 1]

    def _length(self, text: str) -> int:
        return len(text.encode(self.encoding))


def _text_start(run: Run) -> int:
    return run.text.start


@dataclass(frozen=True, slots=True)
class Stated:
    """Something that a capture states outside the report's text: a title, a byline, a credit."""

    text: str
    at: ByteSpan | None = None
