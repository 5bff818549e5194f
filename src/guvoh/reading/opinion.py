"""Where the encoder's opinion is taken: cues that no rule knows, and speakers that rules took for another."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from guvoh.model.finding import Finding
from guvoh.model.tagging import Tagging
from guvoh.reading.attribution import Saying
from guvoh.reading.clauses import Phrase, clause_of
from guvoh.reading.layout import Layout, Range
from guvoh.reading.marked import Marked
from guvoh.reading.phrases import phrase_right
from guvoh.reading.stretches import trimmed


def unknown_to_rules(layout: Layout, found: Sequence[Marked]) -> list[Marked]:
    """Return the attributions whose cue has no word that the rules know.

    A known one without a frame is left alone for a reason: "declined to say", "has not said whether".
    """
    return [one for one in found if not any(layout.cues[k] for k in range(*one.cue))]


def follow(
    layout: Layout, sayings: Sequence[Saying], found: Sequence[Marked]
) -> tuple[list[Saying], int]:
    """Give each cue the speaker that the encoder marked, and say at how many cues that is another.

    Not where rules have that speaker elsewhere in the sentence: then they read a chain, of which the
    encoder has only one link ("according to Karvon, citing the ministry").
    """
    marks = {k: one for one in found if one.source is not None for k in range(*one.cue)}
    followed, different = [], 0
    for saying in sayings:
        cue = range(*saying.cue) if saying.cue is not None else ()
        mark = next((marks[k] for k in cue if k in marks), None)
        other = None if mark is None else _as_heard(layout, saying, mark, sayings)
        different += other is not None
        followed.append(other or saying)
    return followed, different


def opinion_findings(
    report: str, tagging: Tagging | None, different: int, *, restored: bool
) -> tuple[Finding, ...]:
    """Return what is to be said of the encoder's part in one report, naming the model."""
    if tagging is None:
        return ()
    said = []
    if different:
        said.append(
            (
                "speakers-differ",
                "The rules and the trained reader name different speakers "
                f"{_times(different)}; the reader was followed.",
            )
        )
    if restored:
        said.append(
            (
                "case-restored",
                "The text has lost its capitals or is all capitals; the trained reader said where "
                "names are.",
            )
        )
    model = (f"trained reader {tagging.model[:12]}",)
    return tuple(Finding("reading", kind, text, report=report, for_=model) for kind, text in said)


def _as_heard(
    layout: Layout, saying: Saying, mark: Marked, sayings: Sequence[Saying]
) -> Saying | None:
    """Return a saying with the speaker that was marked, None where rules have that one too."""
    wanted = mark.source
    if wanted is None or saying.source is None or saying.source.elided:
        return None
    near = [one for one in sayings if one.unit == saying.unit]
    if any(_meet(voice.whole, wanted) for one in near for voice in _voices(one)):
        return None
    clause = clause_of(layout, wanted)
    phrase = phrase_right(clause, 0, len(clause.items))
    if phrase is None:
        return None
    pieces = saying.pieces
    if any(_meet(piece, wanted) for piece in pieces):  # nobody is part of what they say
        heard = [trimmed(layout, part) for part in mark.contents]
        pieces = tuple(piece for piece in heard if piece is not None) or pieces
    return replace(saying, source=phrase, pieces=pieces)


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"


def _voices(saying: Saying) -> Iterator[Phrase]:
    for voice in (saying.source, saying.outer, saying.addressee):
        if voice is not None:
            yield voice


def _meet(one: Range, other: Range) -> bool:
    return one.first < other.last and other.first < one.last
