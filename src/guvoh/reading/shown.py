"""Documents that speak because somebody has seen them, or was shown them."""

from guvoh.reading.clauses import Clause, item_of, passive
from guvoh.reading.content_ends import content_end
from guvoh.reading.documents import is_document, names_document
from guvoh.reading.frame import Frame
from guvoh.reading.lexicon import Match
from guvoh.reading.phrases import phrase_right
from guvoh.reading.phrases_before import subject_left
from guvoh.reading.relays import seen_relative

_REACH = 16  # items between "showed" and the colon behind what was shown


def sees_document(clause: Clause, k: int, cue: Match, bounds: tuple[int, int]) -> Frame | None:
    """Read "The Herald has seen photographs of two contracts": a document, and who has it."""
    lowest, highest = bounds
    after = k + (cue.last - cue.first)
    outer = subject_left(clause, k, lowest)
    document = phrase_right(clause, after, highest)
    if outer is None or outer.elided or document is None or passive(clause, k, lowest):
        return None
    if clause.is_("by", after):
        return None
    head = item_of(clause, outer.head.first)
    reader = not clause.is_("pronouns", head) or clause.is_("first_plural", head)
    if not reader or not is_document(clause, document) or cue.entry.form == "ing":
        return None
    if any(clause.is_("negations", j) for j in range(max(k - 3, lowest), k)):
        return None
    stop, split = content_end(clause, after, highest)
    frame = Frame(cue, "asserted", [(after, stop)], source=document, outer=outer)
    frame.covers = (item_of(clause, outer.whole.first), split)
    return frame


def before_colon(clause: Clause, k: int, bounds: tuple[int, int]) -> Frame | None:
    """Read a document that speaks behind a colon: "a waybill, which the Herald has seen: departure at 23:40"."""
    for cue in clause.matches(k):
        if cue.entry.section != "cues":
            continue
        after = k + (cue.last - cue.first)
        colon = next(iter(clause.where(":", after, min(after + _REACH, bounds[1]))), None)
        if colon is None or clause.quoted(colon + 1):
            continue
        frame = _seen(clause, cue, colon, bounds) if cue.entry.info["class"] == "seen" else None
        if frame is None and clause.is_("shows", k):
            frame = _shown(clause, k, cue, colon, bounds[1])
        if frame is not None:
            return frame
    return None


def _seen(clause: Clause, cue: Match, colon: int, bounds: tuple[int, int]) -> Frame | None:
    lowest, highest = bounds
    seen = seen_relative(clause, lowest, colon)
    if seen is None or not is_document(clause, seen[1]):
        return None
    _, document, outlet = seen
    first = item_of(clause, document.whole.first)
    articles = range(item_of(clause, document.whole.last) - 1, first, -1)
    first = next((j for j in articles if clause.is_("determiners", j)), first)
    document = phrase_right(clause, first, colon) or document  # not "He kept the waybill"
    stop, split = content_end(clause, colon + 1, highest)
    frame = Frame(cue, "asserted", [(colon + 1, stop)], source=document, addressee=outlet)
    frame.covers = (first, split)
    return frame


def _shown(clause: Clause, k: int, cue: Match, colon: int, highest: int) -> Frame | None:
    """Read "He showed the Herald a pay slip: eleven thousand, minus twelve for food"."""
    after = k + (cue.last - cue.first)
    at = next(
        (j for j in range(after, colon) if names_document(clause, j) and not clause.is_name(j)),
        None,
    )
    if at is None:
        return None
    hearer = phrase_right(clause, after, at)
    first = after if hearer is None else item_of(clause, hearer.whole.last)
    document = phrase_right(clause, min(at, first), colon)
    if document is None or not is_document(clause, document):
        return None
    stop, split = content_end(clause, colon + 1, highest)
    frame = Frame(cue, "asserted", [(colon + 1, stop)], source=document, addressee=hearer)
    frame.covers = (k, split)
    return frame
