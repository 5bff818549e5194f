"""Voices between commas inside a sentence: "The ministry, as the Herald reports, denies it"."""

from collections.abc import Callable
from dataclasses import replace

from guvoh.reading.addressees import addressee_of
from guvoh.reading.clauses import Clause, Phrase, has_finite
from guvoh.reading.frame import Frame, voice_of
from guvoh.reading.hearers import hearer_behind
from guvoh.reading.lexicon import Match
from guvoh.reading.noun_phrases import noun_phrase_ending
from guvoh.reading.phrases import phrase_right
from guvoh.reading.phrases_before import subject_left

_LONGEST = 12  # items of an aside
_SENTENCE = 120  # items of a sentence that is looked through for one


def around_aside(
    clause: Clause, first: int, last: int, find: Callable[[Clause, int, int], list[Frame]]
) -> list[Frame] | None:
    """Return the frames of a sentence whose subject and verb an aside parts, None where none does.

    What is said round the aside is read as if it were not there, and rests on its voice first.
    """
    if last - first > _SENTENCE:
        return None
    for comma in clause.where(",", first + 1, last - 3):
        told = _told_before(clause, first, comma)
        aside = _told_that(clause, comma, last) if told is not None else None
        if aside is None:
            told, aside = None, _aside(clause, comma, last)
        if aside is None or (told is None and has_finite(clause, first, comma)):
            continue
        closing, cue, source = aside
        if not has_finite(clause, closing + 1, last):
            continue
        if told is None:
            return _frames(clause, (first, comma, closing + 1, last), cue, source, find)
        inner = _frames(clause, (first, told, closing + 1, last), cue, source, find)
        closing += bool(clause.layout.lexicon.order.get("bare_content"))  # behind "that"
        return _around(clause, (first, comma, closing + 1, last), cue, source, inner or [])
    return None


def _told_before(clause: Clause, first: int, comma: int) -> int | None:
    """Return the item behind the last cue before a comma and whom it was told; None without a cue."""
    for k in reversed(clause.cued(first + 1, comma)):
        cue = clause.cue(k, "say", "tell")
        if cue is not None:
            after = k + (cue.last - cue.first)
            return addressee_of(clause, after, comma, str(cue.entry.info["class"]))[0]
    return None


def _told_that(clause: Clause, comma: int, last: int) -> tuple[int, Match, Phrase] | None:
    """Return the aside of "The foreman told him, Jasur said, that …": what is told stands behind it."""
    begin = comma + 1
    closing = next(iter(clause.where(",", begin + 1, min(begin + _LONGEST, last))), None)
    if closing is None or not clause.is_("that", closing + 1) or clause.is_("that", begin):
        return None  # "She says, that he rang and said, that …"
    for k in range(begin, closing):
        cue = clause.cue(k, "say", "tell")
        if cue is None:
            continue
        end = k + (cue.last - cue.first)
        source = subject_left(clause, k, begin) if k > begin else phrase_right(clause, end, closing)
        if source is not None and not source.elided:
            return closing, cue, source
    return None


def _aside(clause: Clause, comma: int, last: int) -> tuple[int, Match, Phrase] | None:
    """Return the closing comma, cue and source of an aside that opens at `comma`."""
    begin = comma + 1
    closing = next(iter(clause.where(",", begin + 1, min(begin + _LONGEST, last))), None)
    if closing is None:
        return None
    according = clause.cue(begin, "according")
    if according is not None:
        source = voice_of(clause, begin, according, closing)
        return None if source is None else (closing, according, source)
    if not clause.is_("as", begin):
        said = clause.cue(begin, "say", "tell")
        if said is None or not clause.layout.lexicon.order.get("free"):
            return None
        end = begin + (said.last - said.first)
        end, _ = hearer_behind(clause, end, closing, str(said.entry.info["class"]))
        order = clause.layout.lexicon.order
        if end == closing and order.get("prodrop") and order.get("articles", True):
            nobody = clause.range(begin, closing)
            return closing, said, Phrase(nobody, nobody, elided=True)  # "Uno de ellos, añadió, …"
        if clause.is_("clitics", end) and end + 1 == closing:
            he = clause.range(end, closing)
            return closing, said, Phrase(he, he)  # "Là-bas, ajoute-t-il, …"
        speaker = phrase_right(clause, end, closing)
        if speaker is None or clause.is_("that", closing + 1) or clause.is_("clitics", end):
            return None
        return (
            (closing, said, speaker) if speaker.whole.last == clause.items[closing].first else None
        )
    for k in range(begin + 1, closing):
        cue = clause.cue(k, "say", "tell")
        if cue is None:
            continue
        end = k + (cue.last - cue.first)
        source = phrase_right(clause, end, closing) or subject_left(clause, k, begin + 1)
        whole = source is not None and not source.elided
        return (closing, cue, source) if source is not None and whole else None
    return None


def _frames(
    clause: Clause,
    bounds: tuple[int, int, int, int],
    cue: Match,
    source: Phrase,
    find: Callable[[Clause, int, int], list[Frame]],
) -> list[Frame] | None:
    first, comma, behind, last = bounds
    rest = Clause(clause.layout, clause.items[first:comma] + clause.items[behind:last])
    inner = [f for f in find(rest, 0, len(rest.items)) if f.source is not None and not f.unnamed]

    def back(k: int) -> int:
        return first + k if k < comma - first else behind + k - (comma - first)

    for frame in inner:
        frame.pieces = [(back(p), back(q - 1) + 1) for p, q in frame.pieces]
        frame.covers = (first, last)
        frame.outer = frame.outer or (None if source.elided else source)
    if inner:
        return inner[:1]
    return _around(clause, bounds, cue, source, [])


def _around(
    clause: Clause,
    bounds: tuple[int, int, int, int],
    cue: Match,
    source: Phrase,
    inner: list[Frame],
) -> list[Frame] | None:
    """Return the frame of what is said on both sides of an aside, with those that stand in it."""
    first, comma, behind, last = bounds
    denied = _thing_before(clause, bounds)
    if denied is not None:
        denied.outer = source
        return [denied]
    if cue.entry.info["class"] == "according":
        return None
    end = last
    while end > behind and clause.punctuation(end - 1):
        end -= 1
    frame = Frame(cue, str(cue.entry.info["stance"]), [(first, comma), (behind, end)], source)
    if source.elided:
        frame.source = None
        frame.extra["implicit"] = "aside"
    within = [replace(one, outer=None) for one in inner if one.outer is source]
    return [replace(frame, covers=(first, last), inner=within)]


def _thing_before(clause: Clause, bounds: tuple[int, int, int, int]) -> Frame | None:
    """Read "Комиссариат, как пишет X, призыв отрицает": the aside parts the subject from the thing."""
    first, comma, behind, last = bounds
    if not clause.layout.lexicon.order.get("cases"):
        return None
    end = last
    while end > behind and clause.punctuation(end - 1):
        end -= 1
    for cue in clause.cues(end - 1, "say", "think", "ask", "want"):
        source = noun_phrase_ending(clause, comma, first)
        if not cue.entry.info.get("np") or source is None or end - 1 <= behind:
            continue
        if any(clause.is_("complementizers", j) for j in range(behind, end)):
            return None
        frame = Frame(cue, str(cue.entry.info["stance"]), [(behind, end - 1)], source)
        frame.noun_content = True
        return replace(frame, covers=(first, last))
    return None
