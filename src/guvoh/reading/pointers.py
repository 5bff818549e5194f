"""Sentences that only tell on whose word the one before them stands: "Об этом сообщила …"."""

from guvoh.reading.clauses import Clause, Phrase, item_at, item_of, oblique
from guvoh.reading.hearers import hearer_behind
from guvoh.reading.lexicon import Match
from guvoh.reading.phrases import phrase_right, title_end
from guvoh.reading.phrases_before import subject_left

_OPENING = 3  # items before the pointer: "Позже", a mark
_CUE = 8  # items between the pointer and its cue


def pointer(clause: Clause) -> tuple[Match, Phrase, Phrase | None] | None:
    """Return the cue, the source and the hearer of a sentence that points back, None where it says more."""
    highest = len(clause.items)
    for k in range(min(_OPENING, highest)):
        for match in clause.matches(k):
            if match.entry.section == "pointers":
                return _voice(clause, k + (match.last - match.first), highest)
    return None


def _hears(clause: Clause, phrase: Phrase) -> bool:
    """Return whether a phrase before a cue is whom one tells, or a name in marks, which need not show it."""
    first = item_of(clause, phrase.head.first)
    highest = len(clause.items)
    last = item_of(clause, phrase.head.last)
    told = oblique(clause, first, last) or clause.is_("datives", first)
    return told or any(title_end(clause, k, highest) is not None for k in (first, first - 1))


def _voice(clause: Clause, k: int, highest: int) -> tuple[Match, Phrase, Phrase | None] | None:
    for at in range(k, min(k + _CUE, highest)):
        cue = clause.cue(at, "say", "tell")
        if cue is None or cue.entry.form in ("base", "ing"):
            continue
        if cue.entry.info["stance"] != "asserted":
            return None  # "Lo niega la empresa"
        end = at + (cue.last - cue.first)
        end, addressee = hearer_behind(clause, end, highest, str(cue.entry.info["class"]))
        before = subject_left(clause, at, k) if at > k else None
        end += clause.is_("source_prepositions", end)  # "сообщили в главке"
        behind = phrase_right(clause, end, highest)
        if before is not None and behind is not None and _hears(clause, before):
            before, addressee = None, before  # "Об этом «Радио Фонарь» рассказал отец …"
        source = before or behind
        if source is None or source.elided:
            return None
        rest = max(end, item_at(clause, source.whole.last, at))
        if any(clause.is_("that", j) or clause.quoted(j) for j in range(rest, highest)):
            return None
        return cue, source, addressee
    return None
