"""Where a cue that stands behind its content begins, and how the sentence goes on after it."""

from guvoh.reading.clauses import (
    Clause,
    Phrase,
    has_finite,
    item_at,
    starts_phrase,
)
from guvoh.reading.content_ends import new_frame
from guvoh.reading.frame import Frame, citing
from guvoh.reading.lexicon import Match
from guvoh.reading.phrases import phrase_right


def cue_begin(clause: Clause, k: int, lowest: int) -> int:
    """Return where the cue's verb group begins: at "lui" of "lui a dit", at "так" of "так говорит"."""
    while k - 1 > lowest and (clause.is_("cue_adverbs", k - 1) or clause.is_("so", k - 1)):
        k -= 1
    return k


def finish_after(
    clause: Clause, content: tuple[int, int], tail: tuple[int, int], cue: Match, source: Phrase
) -> Frame:
    """Return the frame of a content before its cue; `tail` are the items after the cue's clause."""
    end, highest = tail
    stop = next(
        (
            j
            for j in range(end, highest)
            if clause.quoted(j)
            or clause.low(j) in (",", ";", ".", "—", "–")
            or _speaks_on(clause, j)
        ),
        highest,
    )
    pieces = [content]
    covered = stop
    if stop < highest and (clause.quoted(stop) or clause.low(stop) in (",", "—", "–")):
        begin = stop if clause.quoted(stop) else past_citing(clause, stop, highest) + 1
        if clause.low(stop) == "," and clause.low(begin) in ("—", "–"):
            begin += 1  # "«Мы ждали, — вспоминает она, — а потом …»"
        if _goes_on(clause, begin, content):
            rest = (begin, highest)
            pieces = [rest] if _only_links(clause, content) else [content, rest]
            covered = highest
    outer = citing(clause, end, stop)
    if outer is None and clause.low(stop) == "," and len(pieces) == 1:
        outer = citing(clause, stop + 1, stop + 2)  # "…, the BBC reports, citing X"
        covered = covered if outer is None else item_at(clause, outer.whole.last, covered)
    if outer is None and clause.is_("by", end) and cue.entry.info.get("relayed"):
        relay = phrase_right(clause, end + 1, highest)  # "was quoted as saying by the agency"
        outer, source = source, relay or source
    frame = Frame(
        cue=cue,
        stance=cue.entry.info["stance"],
        pieces=pieces,
        source=source,
        covers=(content[0], covered),
    )
    if outer is not None:
        frame.outer, frame.source = frame.source, outer
    return frame


def _speaks_on(clause: Clause, k: int) -> bool:
    """Return whether "and" joins what the same speaker does with words next: "заявил он и пообещал подать в суд"."""
    cased = clause.layout.lexicon.order.get("cases")
    cues = clause.cues(k + 1, "say", "tell", "think", "want", "ask") if cased else []
    return clause.is_("joining", k) and any(cue.entry.form != "base" for cue in cues)


def past_citing(clause: Clause, comma: int, highest: int) -> int:
    """Return the comma behind ", citing what they had told her," that opens at `comma`, else `comma`."""
    if clause.cue(comma + 1, "citing") is None or not clause.low(comma + 1).endswith("ing"):
        return comma
    return next((j for j in range(comma + 2, highest) if clause.low(j) == ","), comma)


def _goes_on(clause: Clause, k: int, content: tuple[int, int]) -> bool:
    """Return whether the content goes on after the cue between commas."""
    if clause.quoted(k):
        return True
    if k >= len(clause.items) or clause.punctuation(k):
        return False
    if clause.low(k).endswith("ing") or clause.cue(k, "citing", "according") is not None:
        return False
    if clause.cue(k, "say", "tell") is not None:
        return _subject_alone(clause, content)
    if clause.quotations(*content):
        return False
    if not has_finite(clause, *content):
        return True
    if clause.is_("that", k) and any(clause.cue(j, "tell") is not None for j in range(*content)):
        return True  # "An official told her over the phone, she says, that …"
    if clause.is_("contrast", k) or clause.is_("relatives", k):
        anew = new_frame(clause, k + 1, len(clause.items))
        return clause.low(k) == "but" and has_finite(clause, k, len(clause.items)) and not anew
    if clause.is_("subordinators", k):
        return clause.low(k) in ("because", "when", "if", "after", "before", "until")
    parted = clause.is_("be", content[1] - 1) and starts_phrase(clause, k)
    return parted or has_finite(clause, k, len(clause.items)) or clause.is_("coordinators", k)


def _subject_alone(clause: Clause, content: tuple[int, int]) -> bool:
    """Return whether the items are a subject whose verb follows its speaker: "The driver, she says, told them"."""
    bare = clause.layout.lexicon.order.get("bare_content")
    if not bare or has_finite(clause, *content) or not starts_phrase(clause, content[0]):
        return False
    subject = phrase_right(clause, *content)
    return subject is not None and item_at(clause, subject.whole.last, 0) == content[1]


def _only_links(clause: Clause, content: tuple[int, int]) -> bool:
    """Return whether the items only link a sentence to the one before: "Still, he said, …"."""
    return all(
        clause.punctuation(k) or clause.is_("coordinators", k) or clause.is_("asides", k)
        for k in range(*content)
    )
