"""The rules' frames of a sentence settled against what the encoder marked in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from guvoh.reading.clauses import Clause, has_finite, item_of
from guvoh.reading.frame import Frame
from guvoh.reading.layout import Range
from guvoh.reading.marked import TOLD, Heard, Marked, claimed

# Words by which two contents differ plainly; "that" and a date are a matter of taste.
_OTHER_WORDS = 3


@dataclass(frozen=True, slots=True)
class Settled:
    """The frames that are left, the cues of those that are not, and the cues whose content is another."""

    frames: list[Frame]
    dropped: tuple[Range, ...] = ()
    bounded: tuple[Range, ...] = ()


def settle(clause: Clause, frames: list[Frame], heard: Heard) -> Settled:
    """Return the frames that the encoder does not take for something else, with its contents.

    A cue inside what it gives to a cue that no rule found is read there, one level further down.
    """
    if not frames or not heard.reach:
        return Settled(frames)
    whole = clause.range(0, len(clause.items))
    marks = claimed(clause.layout, heard.between(whole), whole)
    cues = {k for frame in frames for k in range(frame.cue.first, frame.cue.last)}
    others = [mark for mark in marks if cues.isdisjoint(range(*mark.cue))]
    left = [frame for frame in frames if not _another(clause, frame, others, heard)]
    bounded = []
    for frame in left:
        if sum(other.cue.first == frame.cue.first for other in left) > 1:
            continue  # "said that … and that …"
        for mark in marks:
            met = mark.cue.first < frame.cue.last and frame.cue.first < mark.cue.last
            if met and _bounded(clause, frame, mark, heard):
                bounded.append(mark.cue)
    dropped = [Range(frame.cue.first, frame.cue.last) for frame in frames if frame not in left]
    return Settled(left, tuple(dropped), tuple(bounded))


def _another(clause: Clause, frame: Frame, others: Sequence[Marked], heard: Heard) -> bool:
    """Return whether a frame's cue is none, or belongs to what somebody else is heard to say."""
    quoted = any(clause.quoted(k) for piece in frame.pieces for k in range(*piece))
    if heard.doubts(frame.cue) and not quoted:
        return True
    content = {
        k for first, last in frame.pieces if last > first for k in range(*clause.range(first, last))
    }
    for mark in others:
        said = {k for piece in mark.contents for k in range(*piece)}
        if frame.cue.first in said:
            if _spoken_there(frame, said):
                return True
            continue
        around = mark.cue.first in content  # it stands in what the frame says
        if not (around or heard.hears(frame.cue) or content.isdisjoint(said)):
            return True
    return False


def _spoken_there(frame: Frame, said: set[int]) -> bool:
    """Return whether a frame's speaker too stands in what another is heard to say, or is left out."""
    source = frame.source
    return source is None or source.elided or not said.isdisjoint(range(*source.head))


def _bounded(clause: Clause, frame: Frame, mark: Marked, heard: Heard) -> bool:
    """Give a frame of indirect speech the content that the encoder marked, if it is plainly another."""
    pieces = [(first, last) for first, last in frame.pieces if last > first]
    if len(pieces) != 1 or frame.cue.entry.info["class"] not in TOLD or frame.outer is not None:
        return False
    if clause.quotations(*pieces[0]):
        return False
    other = [(item_of(clause, r.first + 1) - 1, item_of(clause, r.last)) for r in mark.contents]
    if len(_words(clause, pieces) ^ _words(clause, other)) < _OTHER_WORDS:
        return False
    if _another_cue(clause, pieces[0], other, heard):
        return False  # of one attribution inside another it marks the inner one alone
    states = any(has_finite(clause, *piece) for piece in other)
    if has_finite(clause, *pieces[0]) and not states:
        return False
    if any(clause.low(k) == ";" for piece in other for k in range(*piece)):
        return False
    shorter = pieces[0][0] <= other[0][0] and other[-1][1] < pieces[0][1]
    if shorter and (not _ends(clause, other[-1][1]) or _adverbial(clause, other[-1][1], pieces[0])):
        return False
    frame.pieces = other
    frame.covers = (
        min(frame.covers[0], other[0][0]),
        max(item_of(clause, frame.cue.last), other[-1][1]),
    )
    return True


def _another_cue(
    clause: Clause, old: tuple[int, int], new: Sequence[tuple[int, int]], heard: Heard
) -> bool:
    """Return whether a cue that the encoder marked stands in what it would leave out."""
    kept = {k for piece in new for k in range(*piece)}
    return any(clause.token(k) in heard.marked for k in range(*old) if k not in kept)


def _ends(clause: Clause, k: int) -> bool:
    """Return whether a content may end before item `k`."""
    return clause.punctuation(k) or any(
        clause.is_(group, k) for group in ("coordinators", "subordinators", "relatives")
    )


def _adverbial(clause: Clause, end: int, piece: tuple[int, int]) -> bool:
    """Return whether what the encoder leaves out says when or where: ", after the shift on 7 October"."""
    k = end + 1 if clause.low(end) == "," else end
    opens = clause.is_("prepositions", k) or clause.is_("subordinators", k)
    return opens and not has_finite(clause, k, piece[1]) and clause.cue(k, "according") is None


def _words(clause: Clause, pieces: Sequence[tuple[int, int]]) -> set[int]:
    return {k for piece in pieces for k in range(*piece) if not clause.punctuation(k)}
