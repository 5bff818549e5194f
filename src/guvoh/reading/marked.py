"""Attributions that the encoder marked, as token ranges: a second opinion beside the rules."""

from collections.abc import Sequence
from dataclasses import dataclass

from guvoh.encoder.attributions import link
from guvoh.model.tagging import Tagging
from guvoh.model.text import Span
from guvoh.reading.layout import Layout, Range

# TimeBank's class of what is said, as against what is wanted, tried or done.
_SAID = "REPORTING"
_FEWEST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Marked:
    """One attribution of the encoder; `said` where its cue is an event of reporting."""

    cue: Range
    source: Range | None
    contents: tuple[Range, ...]
    said: bool


def marked(layout: Layout, tagging: Tagging | None) -> tuple[Marked, ...]:
    """Return the attributions of a text that have content, in the order of their cues."""
    if tagging is None:
        return ()
    said = [layout.range_of(span) for span in tagging.of("events", _SAID)]
    spoken = {k for tokens in said for k in range(*tokens)}
    found = []
    for one in link(tagging, layout.paragraphs):
        cue = layout.range_of(one.cue)
        contents = _ranges(layout, one.contents)
        if cue.last <= cue.first or not contents:
            continue
        sources = _ranges(layout, one.sources)
        found.append(
            Marked(
                cue,
                sources[0] if sources else None,
                contents,
                any(k in spoken for k in range(*cue)),
            )
        )
    return tuple(found)


def inside(found: Sequence[Marked], tokens: Range) -> list[Marked]:
    """Return the attributions with a source and enough content that lie in `tokens` altogether."""
    return [
        one
        for one in found
        if one.source is not None
        and one.said
        and all(
            tokens.first <= part.first and part.last <= tokens.last
            for part in (one.cue, one.source, *one.contents)
        )
        and sum(part.last - part.first for part in one.contents) >= _FEWEST_WORDS
    ]


def _ranges(layout: Layout, spans: Sequence[Span]) -> tuple[Range, ...]:
    ranges = (layout.range_of(span) for span in spans)
    return tuple(tokens for tokens in ranges if tokens.last > tokens.first)
