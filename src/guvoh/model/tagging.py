"""What a trained model marked in a text."""

from dataclasses import dataclass
from typing import NamedTuple

from guvoh.model.text import Span


class Tag(NamedTuple):
    """One marked stretch of a text, in code points: `source` of the head `attribution`, and so on."""

    head: str
    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Tagging:
    """All that one model marked in one text, in text order within each head; `model` is its digest."""

    model: str
    tags: tuple[Tag, ...]

    def of(self, head: str, label: str | None = None) -> list[Span]:
        """Return the spans of a head, of one label or of all, in text order."""
        return [
            Span(tag.start, tag.end)
            for tag in self.tags
            if tag.head == head and label in (None, tag.label)
        ]
