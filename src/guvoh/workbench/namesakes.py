"""Proposals that two people of different reports are one, each with what speaks for it and against it."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, islice, product

from guvoh.casefile import lists, lookups, tables
from guvoh.corroborate.identity import Identity, known_as, same_enough
from guvoh.corroborate.people import is_open
from guvoh.corroborate.sameness import Reason, Sameness, sameness
from guvoh.model.claim import Person
from guvoh.model.text import Span
from guvoh.pages.render import marked
from guvoh.pipeline.gathering import paired
from guvoh.show import masked_report, veil_over
from guvoh.words import Words

LOOKED_AT = 400  # people among whom the same are looked for, the most mentioned first
CROWD = 24  # people of one name; more are not compared with one another
PARTS = 4  # reports of each person whose words about him are compared
WEIGHED = 60  # pairs whose reports are looked into
SPELLINGS = 3  # of each person that are compared first
COMPARED = 600  # pairs of which that is done
AROUND = 110  # characters shown on each side of a name


@dataclass(frozen=True, slots=True)
class Named:
    """A reading, its people alone: to decode all of it takes far longer."""

    report: str
    people: tuple[Person, ...] = ()


_NAMED = tables.Table("reading", Named, ("report",), (), lambda one: (one.report,))


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a report names somebody: the words around, cut into pieces that are the name or not."""

    report: str
    file: str
    language: str
    around: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two people across reports who may be one, and where each is first named."""

    one: Person
    other: Person
    found: Sameness
    mentions: tuple[Mention | None, Mention | None] = (None, None)


def proposals(db: sqlite3.Connection, most: int) -> list[Proposal]:
    """Return who of the most mentioned people may be one, what is likeliest first."""
    ranked = lists.best_known(db, LOOKED_AT)
    alike: dict[str, list[str]] = {}
    for person, spellings in ranked:
        for word in set(spellings.split()):
            alike.setdefault(word, []).append(person)
    pairs = {pair for word in sorted(alike) for pair in combinations(alike[word][:CROWD], 2)}
    place = {person: at for at, (person, _) in enumerate(ranked)}
    nearest = sorted(pairs, key=lambda pair: (place[pair[0]] + place[pair[1]], pair))
    return _weighed(db, nearest[:COMPARED])[:most]


def proposals_for(db: sqlite3.Connection, person: Person, most: int) -> list[Proposal]:
    """Return who may be this person, whoever is likeliest first."""
    words = tables.spellings(" ".join((person.name, *person.aliases))).split()
    others = [one for one, _ in lists.best_known(db, CROWD, words) if one != person.id]
    return _weighed(db, [(person.id, other) for other in others])[:most]


def shown_with(db: sqlite3.Connection, found: Iterable[Proposal]) -> list[Proposal]:
    """Return proposals with the words around where each of the two is first named."""
    listed = list(found)
    ends = {end.id: end for one in listed for end in (one.one, one.other)}
    named = mentions(db, list(ends))
    return [
        Proposal(one.one, one.other, one.found, (named.get(one.one.id), named.get(one.other.id)))
        for one in listed
    ]


def mentions(db: sqlite3.Connection, parts: Sequence[str]) -> dict[str, Mention]:
    """Return where each of these persons of reports is first named, without what is withheld."""
    homes = {part: part.rpartition("/")[0] for part in parts}
    reports = tables.several(db, tables.REPORT, set(homes.values()))
    held = set(lookups.families_of(db, reports).values())
    veil = veil_over(db, list(tables.several(db, tables.FAMILY, held).values()))
    people = {
        person.id: person
        for one in tables.several(db, _NAMED, reports).values()
        for person in one.people
    }
    found: dict[str, Mention] = {}
    for part, home in homes.items():
        report, person = reports.get(home), people.get(part)
        if report is not None and person is not None and person.mentions:
            at = person.mentions[0]
            text = masked_report(report, veil).text
            around = Span(_after(text, at.start - AROUND), _before(text, at.end + AROUND))
            found[part] = Mention(
                home, report.file, report.language, tuple(marked(text, around, [at]))
            )
    return found


def _after(text: str, at: int) -> int:
    """Return where the first word after a place begins."""
    found = text.find(" ", at, at + AROUND) if at > 0 else -1
    return found + 1 if found >= 0 else max(at, 0)


def _before(text: str, at: int) -> int:
    """Return where the last word before a place ends."""
    found = text.rfind(" ", at - AROUND, at) if at < len(text) else -1
    return found if found >= 0 else min(at, len(text))


def told(reasons: Iterable[Reason], say: Words) -> list[str]:
    """Return reasons in the reader's language."""
    return [say(sentence).format(*said) for sentence, *said in reasons]


def _weighed(db: sqlite3.Connection, pairs: Sequence[tuple[str, str]]) -> list[Proposal]:
    """Return those of these pairs of people who may be one, but for those whom somebody found to be two."""
    ends = {end for pair in pairs for end in pair}
    people = tables.several(db, tables.PERSON, ends)
    open_ = {one for one, person in people.items() if is_open(person)}
    near = (pair for pair in pairs if open_.issuperset(pair))
    alike = (pair for pair in near if _named_alike(*(people[end] for end in pair)))
    pairs = list(islice(alike, WEIGHED))
    ends = {end for pair in pairs for end in pair}
    parts = {one: found[:PARTS] for one, found in lookups.parts_of(db, ends).items()}
    decided = [(one.one, one.other) for one in paired(db) if not one.same]
    persons = lookups.persons_of(db, {end for pair in decided for end in pair})
    apart = {frozenset(persons.get(end, end) for end in pair) for pair in decided}
    known = _known(db, people, parts)
    found: list[Proposal] = []
    for one, other in pairs:
        if frozenset((one, other)) in apart or _share_a_report(parts[one], parts[other]):
            continue
        same = sameness(known[one], known[other])
        if same is not None:
            found.append(Proposal(people[one], people[other], same))
    return sorted(found, key=lambda one: one.found.weight, reverse=True)


def _named_alike(one: Person, other: Person) -> bool:
    ours, theirs = ((each.name, *each.aliases)[:SPELLINGS] for each in (one, other))
    return any(same_enough(name, another) for name, another in product(ours, theirs))


def _share_a_report(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Say whether a report has both, and so keeps them apart."""
    homes = {part.rpartition("/")[0] for part in ours}
    return any(part.rpartition("/")[0] in homes for part in theirs)


def _known(
    db: sqlite3.Connection, people: dict[str, Person], parts: dict[str, list[str]]
) -> dict[str, list[Identity]]:
    """Return by what each person is known in his reports, under names that may be shown."""
    homes = {part.rpartition("/")[0] for found in parts.values() for part in found}
    languages = lists.languages_of(db, homes)
    read = {
        one.report: {person.id: person for person in one.people}
        for one in tables.several(db, _NAMED, homes).values()
    }
    known: dict[str, list[Identity]] = {}
    for one, found in parts.items():
        names = (people[one].name, *people[one].aliases)
        known[one] = []
        for part in found:
            home = part.rpartition("/")[0]
            person = read[home].get(part)
            if person is not None and person.name in names:
                known[one].append(known_as(person, read[home], languages[home]))
    return known
