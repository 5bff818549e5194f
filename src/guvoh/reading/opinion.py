"""Where the encoder is followed in who speaks, and what is said of its part in a reading."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from guvoh.model.finding import Finding
from guvoh.model.tagging import Tagging
from guvoh.reading.clauses import Phrase, clause_of, has_finite
from guvoh.reading.layout import Layout, Range
from guvoh.reading.marked import Marked, relative
from guvoh.reading.phrases import phrase_right
from guvoh.reading.saying import Saying
from guvoh.reading.stretches import trimmed

_FOLLOWED = {
    "speakers-differ": "The rules and the trained reader name different speakers {}; the reader was followed.",
    "attribution-added": "The trained reader found who says something where the rules found nobody {}; "
    "it was followed.",
    "attribution-dropped": "The rules took a word for one of saying and the trained reader did not {}; "
    "the reader was followed.",
    "content-differs": "The rules and the trained reader end what is said in different places {}; "
    "the reader was followed.",
}
_RESTORED = (
    "The text has lost its capitals or is all capitals; the trained reader said where names are."
)


def follow(
    layout: Layout, sayings: Sequence[Saying], found: Sequence[Marked]
) -> tuple[list[Saying], tuple[Range, ...]]:
    """Give each cue the speaker that the encoder marked, and return the cues at which that is another.

    Not where rules have that speaker elsewhere in the sentence: then they read a chain, of which the
    encoder has only one link ("according to Karvon, citing the ministry").
    """
    marks = {k: one for one in found if one.own for k in range(*one.cue)}
    followed, different = [], []
    for saying in sayings:
        cue = range(*saying.cue) if saying.cue is not None else ()
        mark = next((marks[k] for k in cue if k in marks), None)
        other = None if mark is None else _as_heard(layout, saying, mark, sayings)
        if other is not None and mark is not None:
            different.append(mark.cue)
        followed.append(other or saying)
    return followed, tuple(different)


def opinion_findings(
    report: str,
    layout: Layout,
    tagging: Tagging | None,
    cues: Mapping[str, Sequence[Range]],
    *,
    restored: bool,
) -> tuple[Finding, ...]:
    """Return what is to be said of the encoder's part in one report, naming the model and the places.

    `cues` are those at which it was followed, by the kind of finding.
    """
    if tagging is None:
        return ()
    model = f"trained reader {tagging.model[:12]}"
    found = [
        Finding(
            "reading",
            kind,
            text.format(_times(len(cues[kind]))),
            report=report,
            for_=(model, *(f"character {layout.span(cue).start:,}" for cue in cues[kind])),
        )
        for kind, text in _FOLLOWED.items()
        if cues.get(kind)
    ]
    if restored:
        found.append(Finding("reading", "case-restored", _RESTORED, report=report, for_=(model,)))
    return tuple(found)


def _as_heard(
    layout: Layout, saying: Saying, mark: Marked, sayings: Sequence[Saying]
) -> Saying | None:
    """Return a saying with the speaker that was marked, None where rules have that one too."""
    wanted = mark.source
    if wanted is None or saying.source is None or saying.source.elided:
        return None
    if relative(layout, wanted):
        return None  # rules know whom "who" stands for
    if layout.has("objects_of_third", wanted.first) and wanted.last - wanted.first == 1:
        return None  # "rang her to say": she was told
    clause = clause_of(layout, wanted)
    phrase = phrase_right(clause, 0, len(clause.items))
    if phrase is None:
        return None
    near = [one for one in sayings if one.unit == saying.unit]
    main = _before_relative(layout, wanted)
    named = clause_of(layout, main)
    if has_finite(named, 0, len(named.items)):
        return None  # "the agency, when her mother telephoned, promised"
    if any(_meet(voice.head, main) for one in near for voice in _voices(one)):
        return None
    pieces = saying.pieces
    if any(_meet(piece, wanted) for piece in pieces):  # nobody is part of what they say
        heard = [trimmed(layout, part) for part in mark.contents]
        pieces = tuple(piece for piece in heard if piece is not None) or pieces
    return replace(saying, source=phrase, pieces=pieces)


def _before_relative(layout: Layout, source: Range) -> Range:
    """Return a source without who else is named in what is told of it: "Oral, who has met Tash"."""
    at = next((k for k in range(source.first + 1, source.last) if layout.has("relatives", k)), None)
    return Range(source.first, source.last if at is None else at)


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"


def _voices(saying: Saying) -> Iterator[Phrase]:
    for voice in (saying.source, saying.outer, saying.addressee):
        if voice is not None:
            yield voice


def _meet(one: Range, other: Range) -> bool:
    return one.first < other.last and other.first < one.last
