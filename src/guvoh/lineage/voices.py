"""Whether two reports rest on the word of different people, as far as they name and quote them."""

import re
from collections.abc import Iterator

from guvoh.lineage.align import same_name
from guvoh.lineage.background import coarse
from guvoh.lineage.credits import same_outlet
from guvoh.lineage.shingles import GRAM, quoted
from guvoh.lineage.side import Side
from guvoh.lineage.verbatim import verbatim
from guvoh.model.claim import Claim, Person, Polarity, SourceKind, Stance

_Name = frozenset[str]
_TELLING = 5  # signs of an anchor: "k:" and three consonants
_WORD = re.compile(r"[^\W\d_]+(?:[-'’ʻʼ‘][^\W\d_]+)*")


def other_voices(left: Side, right: Side) -> bool:
    """Tell whether both name people on whose word they tell it, and none of one is of the other.

    A translation keeps who says it. Two short accounts of one event share its names, numbers and dates
    in the same order, and differ in this.
    """
    ours, theirs = _voices(left), _voices(right)
    if not any(ours) or not any(theirs):
        return False
    # "His mother" in one may be whom the other names, if that name stands there too.
    ours, theirs = (
        voices | ({_name(one) for one in _people(side)} if frozenset() in voices else set())
        for side, voices in ((left, ours), (right, theirs))
    )
    return not any(_same(one, other) for one in ours if one for other in theirs if other)


def _same(one: _Name, other: _Name) -> bool:
    """Tell whether two names may be one person's: they share a word that tells apart, or all of the shorter."""
    short, long = sorted((one, other), key=len)
    shared = [word for word in short if any(same_name(word, name) for name in long)]
    return len(shared) == len(short) or any(len(word) >= _TELLING for word in shared)


def own_hearings(left: Side, right: Side) -> bool:
    """Tell whether both tell what somebody told them, in quotations of which they share none.

    Who takes over another's interview and names itself in that one's place keeps what was said.
    """
    if not (_hears(left) and _hears(right)):
        return False
    ours, theirs = (quotations(side.text) for side in (left, right))
    return bool(ours) and bool(theirs) and verbatim(ours, theirs).longest < GRAM


def _people(side: Side) -> tuple[Person, ...]:
    return side.reading.people if side.reading else ()


def _told(side: Side) -> Iterator[Claim]:
    """Yield the claims of a report that it rests on others' word."""
    for claim in side.reading.claims if side.reading else ():
        said = claim.stance is not Stance.DENIED and claim.polarity is not Polarity.NEGATED
        if said and claim.chain and claim.chain[-1].resolved:
            yield claim


def _voices(side: Side) -> set[_Name]:
    """Return the names of the people who are the last to speak in a chain, an empty one of who has none.

    What somebody told the outlet a person told, though the name may be read as that of a body.
    """
    known = {person.id: person for person in _people(side)}
    people = {
        claim.chain[-1].person
        for claim in _told(side)
        if claim.chain[-1].kind is SourceKind.PERSON
        or (len(claim.chain) > 1 and claim.chain[-1].kind is SourceKind.ORGANISATION)
    }
    return {_name(known[person]) for person in people if person in known}


def _name(person: Person) -> _Name:
    """Return the words of a name as anchors, none of a description."""
    words = _WORD.findall(person.name)
    if not all(word[0].isupper() for word in words):
        return frozenset()
    return frozenset(f"k:{coarse(word)}" for word in words)


def _hears(side: Side) -> bool:
    """Tell whether a report says of somebody that he told this to its own publisher."""
    publisher = side.publisher
    known = {one.id: one.name for one in _people(side)}
    return publisher is not None and any(
        same_outlet(known.get(claim.chain[0].person or "", ""), publisher)
        for claim in _told(side)
        if len(claim.chain) > 1
    )


def quotations(text: str) -> str:
    """Return what stands in quotation marks in a text."""
    return "\n".join(text[start:end] for start, end in quoted(text))
