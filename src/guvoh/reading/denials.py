"""Denials hung on what was said before: "…, which prosecutors deny", "…, ce que conteste le parquet"."""

from guvoh.reading.clauses import Clause, Phrase, item_at
from guvoh.reading.frame import Frame
from guvoh.reading.lexicon import Match
from guvoh.reading.phrases import can_speak, phrase_right
from guvoh.reading.phrases_before import subject_left

_LONGEST = 14  # items of such a denial


def denied_behind(clause: Clause, first: int, last: int) -> tuple[int, Frame] | None:
    """Return the comma behind which what stands before it is denied, and the frame of the denial.

    Its content is the word that points back: "which", "a claim", "ce", "algo".
    """
    end = last
    while end > first and clause.punctuation(end - 1):
        end -= 1
    for comma in reversed(clause.where(",", max(first + 2, end - _LONGEST), end - 1)):
        thing = _thing(clause, first, comma)
        if thing is None:
            continue
        begin = thing[1] + (clause.is_("that", thing[1]) or clause.is_("relatives", thing[1]))
        for k in range(begin, end):
            cue = _denying(clause, k)
            source = None if cue is None else _denier(clause, k, cue, begin, end)
            if cue is None or source is None:
                continue
            frame = Frame(cue, "denied", [thing], source=source, noun_content=True)
            frame.covers = (comma, last)
            return comma, frame
    return None


def _thing(clause: Clause, first: int, comma: int) -> tuple[int, int] | None:
    """Return the items behind a comma that mean what was said before it: "which", "a claim", "ce"."""
    k = comma + 1
    if clause.is_("claim_relatives", k):
        # Russian "что" does so only where one content stands before it.
        alone = not clause.is_("that", k) or any(clause.is_("that", j) for j in range(first, comma))
        return (k, k + 1) if alone else None
    k += clause.is_("determiners", k) and not clause.is_("allegations", k)
    return (comma + 1, k + 1) if clause.is_("allegations", k) else None


def _denying(clause: Clause, k: int) -> Match | None:
    return next((cue for cue in clause.any_cues(k) if cue.entry.info["stance"] == "denied"), None)


def _denier(clause: Clause, k: int, cue: Match, begin: int, end: int) -> Phrase | None:
    """Return who denies, before the cue where that ends the sentence or behind it."""
    behind = k + (cue.last - cue.first)
    if behind >= end:
        source = subject_left(clause, k, begin) if k > begin else None
    else:
        source = phrase_right(clause, behind, end)
        if source is not None and item_at(clause, source.whole.last, behind) < end:
            return None
    speaks = source is not None and not source.elided and can_speak(clause, source)
    return source if speaks else None
