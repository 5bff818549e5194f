"""Basis: how the innermost source knows, after the HURIDOCS list of source connections."""

from guvoh.model.claim import Basis, ClaimKind, SourceKind, Stance
from guvoh.reading.chains import Chained
from guvoh.reading.layout import Layout, Range

_ACTORS = (Stance.PLANNED, Stance.PROMISED, Stance.THREATENED, Stance.ASKED)
_MINDS = (Stance.FEARED, Stance.BELIEVED)


def basis_of(layout: Layout, chained: Chained, stance: Stance, lived: Basis | None) -> Basis:
    """Return the basis of a chain's innermost voice.

    `lived` is what the same voice is known to have lived through elsewhere in the report.
    """
    voice = chained.voices[-1]
    if voice.kind is SourceKind.DOCUMENT:
        return Basis.DOCUMENT
    if voice.kind is SourceKind.UNNAMED:
        return Basis.UNKNOWN
    if stance in _ACTORS:
        return Basis.PARTICIPANT
    if hears(layout, chained):
        return Basis.TOLD
    own = lives(layout, chained)
    if own is not None:
        return own
    if stance in _MINDS and chained.saying.turn is None:
        return Basis.INFERENCE
    if (
        lived is not None
        and voice.kind is not SourceKind.ORGANISATION
        and _personal(layout, chained)
    ):
        return lived
    return Basis.UNKNOWN


def _personal(layout: Layout, chained: Chained) -> bool:
    return chained.saying.kind is ClaimKind.DIRECT or any(
        layout.has("first_person", k) or layout.has("first_plural", k) or layout.has("they", k)
        for piece in chained.saying.pieces
        for k in range(*piece)
    )


def hears(layout: Layout, chained: Chained) -> bool:
    """Return whether the content says that its speaker has it from others."""
    if chained.saying.kind is ClaimKind.NARRATED:
        return False
    return any(
        match.entry.section == "knowing" and match.entry.info.get("basis") == "told"
        for piece in chained.saying.pieces
        for k in range(piece.first, min(piece.last, piece.first + 12))
        for match in layout.matches.get(k, ())
    )


def lives(layout: Layout, chained: Chained) -> Basis | None:
    """Return what the content says its speaker went through or saw, None where it does not say."""
    saying = chained.saying
    voice = chained.voices[-1]
    if voice.kind not in (SourceKind.PERSON, SourceKind.GROUP):
        return None
    if voice.entity is not None:
        for role in voice.entity.roles:
            if role in layout.lexicon.words.get("eyewitness_roles", ()):
                return Basis.EYEWITNESS
    best: Basis | None = None
    for piece in saying.pieces:
        for k in range(*piece):
            if not _self(layout, chained, k):
                continue
            found = _around(layout, k, piece)
            if found is Basis.VICTIM:
                return found
            best = best or found
    return best


def _self(layout: Layout, chained: Chained, k: int) -> bool:
    """Return whether the token means the speaker."""
    if chained.saying.kind is ClaimKind.DIRECT:
        return layout.has("first_person", k) or layout.has("first_plural", k)
    group = chained.voices[-1].kind is SourceKind.GROUP
    plural = layout.has("they", k)
    single = layout.has("he", k) or layout.has("she", k)
    return (plural if group else single) and k - chained.saying.pieces[0].first < 3


def _around(layout: Layout, k: int, piece: Range) -> Basis | None:
    """Return the basis that the words after a mention of oneself, or before an object, give."""
    if layout.has("objects", k):
        first = k if layout.lexicon.order.get("objects_first") else max(piece.first, k - 3)
        last = min(k + 5, piece.last) if layout.lexicon.order.get("objects_first") else k
        for j in range(first, last):
            if _harms(layout, j):
                return Basis.VICTIM
        if not layout.lexicon.order.get("objects_first"):
            return None
    passive = False
    for j in range(k + 1, min(k + 6, piece.last)):
        if layout.tokens[j].text in ",.;":
            break
        passive = passive or layout.has("be", j)
        if passive and (_harms(layout, j) or layout.tokens[j].low.endswith("ed")):
            return Basis.VICTIM
        for match in layout.matches.get(j, ()):
            if match.entry.section == "knowing":
                return Basis(str(match.entry.info["basis"]))
    return None


def _harms(layout: Layout, k: int) -> bool:
    return any(
        match.entry.section == "knowing" and match.entry.info.get("basis") == "victim"
        for match in layout.matches.get(k, ())
    )
