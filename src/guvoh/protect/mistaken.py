"""Leaves out who was read as a person and is none: a place, or a word that only begins a sentence."""

from collections.abc import Iterator

from guvoh.languages.fold import skeleton
from guvoh.model.claim import Exposure, Person, SourceKind
from guvoh.protect.exposure import located, proper_names
from guvoh.protect.values import Held
from guvoh.resolve.nominative import is_no_name

_PLACED = frozenset(("country", "region", "town"))
_SHORT = 3  # consonants from which a name is known again in another spelling


def people_of(held: Held) -> tuple[Person, ...]:
    """Return people without those who are none by the case's own evidence.

    Whoever speaks, takes part, has a role, a relation, a pseudonym or a second word of a name stays,
    and so does everyone whom a report protects: a place too many is covered sooner than a person too few.
    """
    readings = held.readings.values()
    claims = [claim for reading in readings for claim in reading.claims]
    acting = {link.person for claim in claims for link in claim.chain}
    acting |= {one.person for claim in claims for one in claim.participants}
    places = place_bones(held)
    return tuple(
        one for one in held.people if one.id in acting or _told_of(one) or not _is_none(one, places)
    )


def _told_of(person: Person) -> bool:
    """Tell whether a report says anything of someone but a word that may be a name."""
    return bool(
        person.roles
        or person.relations
        or person.pseudonym
        or person.withheld
        or person.kind is not SourceKind.PERSON
        or person.exposure is not Exposure.PRIVATE
    )


def _is_none(person: Person, places: frozenset[str]) -> bool:
    names = proper_names(person)
    return bool(names) and all(
        len(name.split()) == 1 and (skeleton(name) in places or is_no_name(name)) for name in names
    )


def place_bones(held: Held) -> frozenset[str]:
    """Return the skeletons of words that the case has as names of places, or after "from" and "in"."""
    return frozenset(_bones(held))


def _bones(held: Held) -> Iterator[str]:
    for reading in held.readings.values():
        for place in reading.places:
            words = [word for word in place.text.split() if word[:1].isupper()]
            if place.kind in _PLACED and len(words) == 1:
                yield from _long(words[0])
    for person in held.people:
        for said in (person.name, *person.aliases):
            for name in located(said):
                yield from _long(name)


def _long(name: str) -> Iterator[str]:
    bones = skeleton(name)
    if len(bones) >= _SHORT:
        yield bones
