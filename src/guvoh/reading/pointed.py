"""Whom words that point mean: "там" an office, "тот" the one told of last, "Из неё следует" a document."""

from guvoh.model.claim import SourceKind
from guvoh.reading.cast import Cast, antecedent, mentions_before
from guvoh.reading.meant import Meant, in_full

_PAPER = 6  # mentions back to a document


def pointed_at(cast: Cast, at: int) -> Meant | None:
    """Return whom "там", "тот" and "Из неё следует" point at: an office, the one told of last, a document."""
    layout = cast.layout
    if layout.has("office_there", at):
        return _office_there(cast, at)
    if layout.has("latter", at) and layout.has("determiners", at):
        woman, several = layout.has("latter_woman", at), layout.has("latter_several", at)
        found = antecedent(cast, at, wanted="they" if several else "she" if woman else "he")
        return None if found is None else Meant(in_full(cast, found), found.kind, found)
    return _paper_meant(cast, at)


def _paper_meant(cast: Cast, at: int) -> Meant | None:
    """Return the document told of last, of which "Из неё следует, что …" speaks; None where no sentence opens so."""
    layout = cast.layout
    opens = at - 1 in cast.subjects and layout.has("document_prepositions", at - 1)
    if not opens or layout.has("they", at) or not layout.lexicon.order.get("cases"):
        return None
    for mention in mentions_before(cast, at)[:_PAPER]:
        entity = cast.entities[mention.entity]
        if entity.kind is SourceKind.DOCUMENT:
            return Meant(in_full(cast, entity), entity.kind, entity)
    return None


def _office_there(cast: Cast, at: int) -> Meant:
    """Return the office told of last, which "там" means: "Там ответили, что …"."""
    office = antecedent(cast, at, wanted="it")
    if office is not None and office.kind is SourceKind.ORGANISATION:
        return Meant(office.name, office.kind, office)
    words = cast.layout.lows[at]
    return Meant(words, SourceKind.ORGANISATION, None, resolved=False)
