"""Whether words name a document, and whether "that" behind them tells of it."""

from guvoh.reading.clauses import Clause, Phrase, item_of
from guvoh.reading.phrases import phrase_right


def names_document(clause: Clause, k: int) -> bool:
    """Return whether a word for a document begins at item `k`: "waybill", "court files"."""
    return any(match.entry.section == "document" for match in clause.matches(k))


def is_document(clause: Clause, source: Phrase) -> bool:
    """Return whether a phrase names a document."""
    first = item_of(clause, source.head.first)
    return any(names_document(clause, j) for j in range(first, item_of(clause, source.head.last)))


def seen_by(clause: Clause, k: int, highest: int) -> Phrase | None:
    """Return who has a document where "seen by the Adriatic Post" begins at item `k`."""
    cue = clause.cue(k, "seen")
    by = k if cue is None else k + (cue.last - cue.first)
    return phrase_right(clause, by + 1, highest) if cue and clause.is_("by", by) else None


def describes_document(clause: Clause, k: int) -> bool:
    """Return whether "that" tells of a document and not what is said: "in a post that was deleted"."""
    if not clause.is_("that", k) or not clause.is_("auxiliaries", k + 1):
        return False
    return names_document(clause, k - 1)
