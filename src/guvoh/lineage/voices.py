"""Whether two reports name other people as those on whose word they tell what they tell."""

from guvoh.lineage.align import same_name
from guvoh.lineage.side import Side
from guvoh.model.claim import Polarity, SourceKind, Stance

_HEEDED = 20  # lighter anchors are no names


def other_voices(left: Side, right: Side) -> bool:
    """Tell whether both name people on whose word they tell it, and none of one is of the other.

    A translation keeps who says it. Two short accounts of one event share its names, numbers and dates
    in the same order, and differ in this.
    """
    ours, theirs = _voices(left), _voices(right)
    if not ours or not theirs:
        return False
    return not any(same_name(one, other) for one in ours for other in theirs)


def _voices(side: Side) -> set[str]:
    """Return the anchors of the names of people who are the last to speak in a chain."""
    claims = [
        claim
        for claim in (side.reading.claims if side.reading else ())
        if claim.stance is not Stance.DENIED and claim.polarity is not Polarity.NEGATED
    ]
    spans = [
        claim.chain[-1].span
        for claim in claims
        if claim.chain
        and claim.chain[-1].kind is SourceKind.PERSON
        and claim.chain[-1].resolved
        and claim.chain[-1].span is not None
    ]
    people = {claim.chain[-1].person for claim in claims if claim.chain} - {None}
    for person in side.reading.people if side.reading else ():
        if person.id in people and person.kind is SourceKind.PERSON:
            spans += person.mentions
    return {
        token.key
        for unit in side.units
        for token in unit.anchors
        if token.key.startswith("k:")
        and token.weight >= _HEEDED
        and any(span.start <= token.start < span.end for span in spans)
    }
