"""The frames of a clause: each cue with who speaks, to whom, and what."""

from collections.abc import Iterator

from guvoh.reading.ahead import before_all
from guvoh.reading.asides import around_aside
from guvoh.reading.behind import after
from guvoh.reading.clauses import Clause
from guvoh.reading.denials import denied_behind
from guvoh.reading.frame import Frame

_PARTS = frozenset((";", ".", "!", "?", "…", ":"))


def find_frames(clause: Clause, lowest: int, highest: int) -> list[Frame]:
    """Return the outermost frames of the items, in order; what lies in their pieces is not looked at."""
    frames: list[Frame] = []
    at = lowest
    for first, last in _stretches(clause, lowest, highest):
        if first < at:
            first = at
        if first >= last:
            continue
        denied = denied_behind(clause, first, last)
        if denied is not None:
            comma, denial = denied
            frames.extend(find_frames(clause, first, comma))
            frames.append(denial)
            at = last
            continue
        around = around_aside(clause, first, last, find_frames)
        if around is not None:
            frames.extend(around)
            at = last
            continue
        found = after(clause, first, last)
        if found is not None:
            if found.covers[0] > first + 2:
                frames.extend(before_all(clause, first, found.covers[0]))
            frames.append(found)
            at = max(last, found.covers[1])
            rest = _rest(found, last)
            if rest is not None:
                frames.extend(find_frames(clause, rest, last))
            continue
        before = before_all(clause, first, last)
        frames.extend(before)
        at = max([last, *(f.covers[1] for f in before)])
    return frames


def _rest(frame: Frame, last: int) -> int | None:
    """Return where a second frame may begin after one that stood behind its content."""
    end = frame.covers[1]
    return end if end < last and end > frame.covers[0] else None


def _stretches(clause: Clause, lowest: int, highest: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of the items between semicolons and full stops, and before ": according to"."""
    first = lowest
    for k, low in enumerate(clause.lows(lowest, highest), lowest):
        if low not in _PARTS or k <= first:
            continue
        announced = low == ":" and clause.cue(k + 1, "according") is not None
        if announced or low != ":":
            # A full stop inside "U.S. officials" is followed by a small letter or no break.
            if (
                low == "."
                and k + 1 < highest
                and not (clause.quoted(k + 1) or clause.capital(k + 1))
            ):
                continue
            yield first, k if announced else k + 1
            first = k + 1
    if first < highest:
        yield first, highest
