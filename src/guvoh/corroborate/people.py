"""Who in one report is who in another, as far as more than a name says so."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from guvoh.corroborate.decisions import Pair
from guvoh.corroborate.veil import WITHHELD, Veil
from guvoh.languages.fold import fold
from guvoh.model.claim import Exposure, Person, Reading, SourceKind
from guvoh.model.event import Event
from guvoh.model.lineage import Family, Relation
from guvoh.model.report import Report
from guvoh.resolve.names import same_name

_SAME = 850  # names that can be one, per mille (resolve.names)
_RETOLD = (Relation.COPY, Relation.EDITED, Relation.TRANSLATION, Relation.PARAPHRASE)
_STRICTEST = (Exposure.PUBLIC, Exposure.PRIVATE, Exposure.PROTECTED)


def across(
    people: Mapping[str, Sequence[Person]],
    events: Iterable[Event],
    families: Iterable[Family],
    texts: tuple[Mapping[str, Report], Mapping[str, Reading]],
    pairs: Iterable[Pair] = (),
) -> tuple[tuple[Person, tuple[str, ...]], ...]:
    """Return the people of several reports, each once, with the id of its first report's person.

    Beside each stand the ids of those persons in reports who are that person.

    `people` by report id, in canonical order; `texts` are the reports and readings by id, with those
    that `veil.needed` names. Two are one where an event has found
    them to be one source, or where one name stands in a report and in what was made from it, and as
    `pairs` have it, which people decided. Two of one report become one only so. Where any version knows someone by a pseudonym, only that is kept.
    A name that another version withholds is masked.
    """
    listed = list(families)
    everyone = {person.id: person for found in people.values() for person in found}
    home = {person.id: report for report, found in people.items() for person in found}
    decided = [pair for pair in pairs if pair.one in everyone and pair.other in everyone]
    groups = _Groups(everyone, home, [(one.one, one.other) for one in decided if not one.same])
    for pair in decided:
        if pair.same:
            groups.join(pair.one, pair.other, surely=True)
    for event in events:
        for one_source in event.people:
            known = [person for person in one_source if person in everyone]
            for other in known[1:]:
                groups.join(known[0], other)
    for family in listed:
        _by_family(family, people, groups)
    veil = _veil(listed, *texts)
    return tuple(
        (_one([everyone[id_] for id_ in group], home, veil), tuple(group)) for group in groups.all()
    )


class _Groups:
    """Sets of persons of which no two are of one report, nor `apart`, unless surely one."""

    def __init__(
        self,
        everyone: Mapping[str, Person],
        home: Mapping[str, str],
        apart: Sequence[tuple[str, str]],
    ) -> None:
        self._apart = apart
        self._group = {person: [person] for person in everyone}
        self._home = home
        self._order = {person: at for at, person in enumerate(everyone)}

    def join(self, one: str, other: str, *, surely: bool = False) -> None:
        ours, theirs = self._group[one], self._group[other]
        shared = {self._home[p] for p in ours} & {self._home[p] for p in theirs}
        if ours is theirs or (shared and not surely) or self._are_apart(ours, theirs):
            return
        merged = sorted([*ours, *theirs], key=self._order.__getitem__)
        for person in merged:
            self._group[person] = merged

    def _are_apart(self, ours: Sequence[str], theirs: Sequence[str]) -> bool:
        return any(
            (one in ours and other in theirs) or (one in theirs and other in ours)
            for one, other in self._apart
        )

    def all(self) -> list[list[str]]:
        return [group for person, group in self._group.items() if group[0] == person]


def _by_family(family: Family, people: Mapping[str, Sequence[Person]], groups: _Groups) -> None:
    for member in family.members:
        above = people.get(member.parent or "")
        if above is None or member.relation not in _RETOLD:
            continue
        for person in people.get(member.report, ()):
            alike = [one for one in above if _alike(one, person)]
            if len(alike) == 1:  # of two brothers with one name neither is taken
                groups.join(alike[0].id, person.id)


def is_open(person: Person) -> bool:
    """Return whether a person's name may be said: nobody's who is protected, but for a pseudonym."""
    veiled = person.exposure is Exposure.PROTECTED and not person.pseudonym
    return person.name != WITHHELD and not veiled


def _alike(one: Person, other: Person) -> bool:
    if one.kind is not other.kind or not one.name or not other.name:
        return False
    if fold(one.name) == fold(other.name):
        return True
    return (
        one.kind is SourceKind.PERSON
        and len(one.name.split()) == len(other.name.split())
        and same_name(one.name, other.name).score >= _SAME
    )


def _veil(
    families: Sequence[Family], reports: Mapping[str, Report], readings: Mapping[str, Reading]
) -> Veil:
    of = {member.report: family for family in families for member in family.members}
    edges = (
        member.derivation
        for family in families
        for member in (*family.members, *family.citers)
        if member.derivation is not None
    )
    return Veil(reports, readings, of, edges)


def _one(parts: Sequence[Person], home: Mapping[str, str], veil: Veil) -> Person:
    """Return what several reports say of one person."""
    named = [part for part in parts if not veil.hides(home[part.id], part.name)]
    veiled = [part for part in named if part.pseudonym]
    if not named:
        first = parts[0]
        return Person(
            first.id,
            WITHHELD,
            first.kind,
            exposure=Exposure.PROTECTED,
            mentions=tuple(span for part in parts for span in part.mentions),
        )
    kept = veiled or named
    names = [
        name
        for part in kept
        for name in (part.name, *part.aliases)
        if not veil.hides(home[part.id], name)
    ]
    withheld = tuple(dict.fromkeys(value for part in parts for value in part.withheld))
    first = kept[0]
    return replace(
        first,
        id=parts[0].id,
        aliases=tuple(dict.fromkeys(name for name in names if name != first.name)),
        roles=tuple(dict.fromkeys(role for part in kept for role in part.roles)),
        nationality=None if "citizenship" in withheld else first.nationality,
        exposure=max((part.exposure for part in parts), key=_STRICTEST.index),
        withheld=withheld,
        mentions=tuple(span for part in parts for span in part.mentions),
    )
