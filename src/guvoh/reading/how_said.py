"""How somebody's words stand in a text: between marks, without those they had, or passed on by an interpreter."""

from bisect import bisect_right

from guvoh.model.claim import ClaimKind
from guvoh.reading.clauses import clause_of
from guvoh.reading.contents import contents_of
from guvoh.reading.frame import Frame
from guvoh.reading.frames import find_frames
from guvoh.reading.layout import Layout, Range, is_mark

_ANSWER = 2  # tokens of an answer before an interpreter's "he says": "No."


def kind_of(layout: Layout, ranges: list[Range], *, quoted: bool) -> ClaimKind:
    """Return whether a content is the words themselves, told of, or told with words of theirs in marks."""
    if quoted:
        return ClaimKind.DIRECT
    tokens = layout.tokens
    if all(_all_quoted(layout, piece) for piece in ranges):
        return ClaimKind.DIRECT
    for piece in ranges:
        if any(is_mark(tokens[k]) and tokens[k].text not in "'’" for k in range(*piece)):
            return ClaimKind.MIXED
    return ClaimKind.INDIRECT


def _all_quoted(layout: Layout, piece: Range) -> bool:
    """Return whether a content is nothing but one quotation, "that" left out."""
    tokens = layout.tokens
    first = piece.first
    opened = is_mark(tokens[first]) or (first > 0 and is_mark(tokens[first - 1]))
    after = piece.last < len(tokens) and is_mark(tokens[piece.last])
    inner = sum(
        1
        for k in range(first + 1, piece.last - 1)
        if is_mark(tokens[k]) and tokens[k].text not in "'’"
    )
    return (
        opened
        and inner == 0
        and (after or is_mark(tokens[piece.last - 1]))
        and piece.last - first > 2
    )


def spoken_in(layout: Layout, piece: Range) -> bool:
    """Return whether a content lies inside one quotation of speech."""
    opened = layout.speech_starts
    at = bisect_right(opened, piece.first) - 1
    return at >= 0 and piece.last <= layout.speech[opened[at]][1]


def passed_on(layout: Layout, tokens: Range) -> tuple[tuple[Range, ...], str] | None:
    """Return what an interpreter's "he says that …" holds, and its stance: no frame of its own."""
    clause = clause_of(layout, tokens)
    frame = next(iter(find_frames(clause, 0, len(clause.items))), None)
    if frame is None or frame.cue.entry.info["class"] not in ("say", "tell"):
        return None
    if frame.addressee is not None or frame.stance != "asserted" or frame.unnamed:
        return None
    head = None if frame.source is None or frame.source.elided else frame.source.head
    third = head is None or (
        head.last - head.first == 1
        and any(layout.has(group, head.first) for group in ("he", "she"))
    )
    begins = frame.cue.first if head is None else head.first
    opens = begins - clause.range(0, 1).first <= _ANSWER
    if not third or not opens:
        return None
    ranges = tuple(r for pieces, _ in contents_of(clause, frame) for r in pieces)
    return (ranges, frame.stance) if ranges else None


def lost_marks(layout: Layout, frame: Frame, ranges: list[Range]) -> bool:
    """Return whether "I" or "we" before a cue shows that quotation marks are lost: "Нас подняли в шесть, вспоминает она"."""
    head = Range(0, 0) if frame.source is None else frame.source.head
    spoken = frame.cue.entry.info["class"] in ("say", "tell") and bool(ranges)
    if not spoken or ranges[-1].last > frame.cue.first or layout.lexicon.order.get("bare_content"):
        return False
    if any(layout.has("first_person", k) or layout.has("first_plural", k) for k in range(*head)):
        return False
    return any(
        layout.has("first_person", k) or layout.has("first_plural", k) for k in range(*ranges[0])
    )


def self_named(layout: Layout, frame: Frame) -> bool:
    """Return whether the source is the speaker of the quotation himself: "…, ai-je dit, …"."""
    head = frame.source.head if frame.source is not None else Range(0, 0)
    return any(layout.has("first_person", k) for k in range(*head))
