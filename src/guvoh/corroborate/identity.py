"""Who a source is, as far as a report says, and whether two of them can, may or cannot be one."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import IntEnum

from guvoh.corroborate.descriptions import Description, describe, name_key
from guvoh.corroborate.features import fold_words
from guvoh.corroborate.vocabulary import vocabulary
from guvoh.corroborate.voices import Scene, Voice, is_person
from guvoh.languages.fold import fold
from guvoh.model.claim import Basis, ClaimKind, Link, Person, SourceKind
from guvoh.model.report import Report
from guvoh.resolve.names import same_name

FIRSTHAND = (Basis.VICTIM, Basis.PARTICIPANT, Basis.EYEWITNESS)
_SAME = 850  # names that can be one, per mille (resolve.names)
_AGE = re.compile(r" ?[,(] ?(\d\d)(?!\d)(?: лет| года?| años| ans| yosh| years old)?[,);. ]")
_AGED = 20  # characters behind a name in which an age stands
_STEM = 4  # letters that a name keeps in all its cases
_QUOTED = 8  # words that a quotation needs before its sameness says anything
_ALIKE = 0.85


def firsthand(basis: Basis, *, ahead: bool) -> bool:
    """Return whether someone knows at first hand; of what has not happened, only who takes part in it."""
    return basis is Basis.PARTICIPANT if ahead else basis in FIRSTHAND


class Likeness(IntEnum):
    """How two sources compare: they cannot be one, nothing speaks for it, they may be, they are."""

    CONFLICT = 0
    NOTHING = 1
    MAYBE = 2
    SAME = 3


@dataclass(frozen=True, slots=True)
class Identity:
    """A source inside one report.

    `names` are its proper names, `of` those of people through whom it is described ("Anwar's
    father"), `tied` the keys of organisations it belongs to, `related` the ids of persons,
    `through` the full names of those to whom it spoke and who passed it on. `there` where it knows at first hand.
    `ages` as its report tells them.
    """

    key: str
    report: str
    name: str
    kind: SourceKind
    names: tuple[str, ...]
    kin: frozenset[str]
    of: tuple[str, ...]
    roles: frozenset[str]
    peoples: frozenset[str]
    tied: frozenset[str]
    pseudonym: bool
    withheld: bool
    quotes: tuple[tuple[str, ...], ...]
    related: frozenset[str] = frozenset()
    through: tuple[str, ...] = ()
    there: bool = False
    ages: tuple[int, ...] = ()


def link_key(report: str, link: Link) -> str:
    """Return what names a link inside its report."""
    return link.person or f"{report}/{link.kind.value}/{fold(link.name)}"


def key_of(voice: Voice, link: Link) -> str:
    """Return what names a link of a voice inside its report."""
    return link_key(voice.report.id, link)


def identity(scene: Scene, key: str, link: Link, voices: list[Voice]) -> Identity:
    """Return who a source is by all that its report says of it; `voices` are its claims here."""
    code = voices[0].report.language
    person = scene.people.get(link.person or "")
    said = [describe(link.name, code)]
    if person is not None:
        said += [describe(name, code) for name in (person.name, *person.aliases)]
    names = [
        name
        for one in said
        if not one.kin and not (one.roles and len(said) > 1)
        for name in one.names
    ]
    if any(one.roles or one.rest for one in said):
        # "The watchman of Lumbozero station" has no name.
        names = [name for name in names if fold(name) not in scene.places(voices[0].report.id)]
    of = [name for one in said if one.kin for name in one.names]
    kin = {kin for one in said for kin in one.kin}
    roles = {role for one in said for role in one.roles}
    peoples = {people for one in said for people in one.peoples}
    if person is not None:
        roles.update(key for role in person.roles for key in _role_keys(role, code))
        if person.nationality:
            peoples.add(person.nationality)
        kin, of = _relations(scene.people, person, kin, of, code)
    of = [name for name in of if fold(name) not in scene.places(voices[0].report.id)]
    return Identity(
        key=key,
        report=voices[0].report.id,
        name=person.name if person is not None and person.name else link.name,
        kind=link.kind,
        names=tuple(dict.fromkeys(names)),
        kin=frozenset(kin),
        of=tuple(dict.fromkeys(of)),
        roles=frozenset(roles),
        peoples=frozenset(peoples),
        tied=_tied(scene.people, person, said, roles),
        pseudonym=link.pseudonym or (person is not None and person.pseudonym),
        withheld=person is not None and _withheld(scene.people, person),
        quotes=tuple(_quote(v) for v in voices if v.claim.kind is ClaimKind.DIRECT),
        related=frozenset(other for _, other in person.relations) if person else frozenset(),
        through=_through(voices),
        ages=_ages(person, voices[0].report) if person is not None else (),
        there=any(v.link is not None and v.link.basis in FIRSTHAND for v in voices),
    )


def _role_keys(role: str, code: str) -> tuple[str, ...]:
    """Return a role as keys alike in every language; none for kin, which `kin` has, and for "man"."""
    said = describe(role, code)
    if said.kin or role.lower() in vocabulary().people:
        return ()
    return said.roles or (role,)


def known_as(person: Person, among: Mapping[str, Person], code: str) -> Identity:
    """Return who a person of a report in language `code` is by what it says of him, but for his words.

    `among` are the people of that report by id.
    """
    said = [describe(name, code) for name in (person.name, *person.aliases)]
    names = [n for one in said if not one.kin and not (one.roles and one.rest) for n in one.names]
    roles = {role for one in said for role in one.roles}
    roles |= {key for role in person.roles for key in _role_keys(role, code)}
    peoples = {people for one in said for people in one.peoples}
    own = {kin for one in said for kin in one.kin}
    of = [name for one in said if one.kin for name in one.names]
    kin, of = _relations(among, person, own, of, code)
    return Identity(
        key=person.id,
        report=person.id.rpartition("/")[0],
        name=person.name,
        kind=person.kind,
        names=tuple(dict.fromkeys(names)),
        kin=frozenset(kin),
        of=tuple(dict.fromkeys(of)),
        roles=frozenset(roles),
        peoples=frozenset(peoples | ({person.nationality} if person.nationality else set())),
        tied=_tied(among, person, said, roles),
        pseudonym=person.pseudonym,
        withheld=_withheld(among, person),
        quotes=(),
        related=frozenset(other for _, other in person.relations),
    )


def _relations(
    people: Mapping[str, Person], person: Person, kin: set[str], of: list[str], code: str
) -> tuple[set[str], list[str]]:
    for relation, other in person.relations:
        related = people.get(other)
        if related is not None and related.kind is not SourceKind.ORGANISATION:
            kin = kin | {relation}
            of = [*of, *describe(related.name, code).names]
    return kin, of


def _withheld(people: Mapping[str, Person], person: Person) -> bool:
    """Return whether the report keeps back the name of a person, or of one through whom it names him."""
    related = (people.get(other) for _, other in person.relations)
    return any(
        "name" in one.withheld or (one is not person and one.pseudonym)
        for one in (person, *related)
        if one is not None
    )


def _tied(
    people: Mapping[str, Person], person: Person | None, said: list[Description], roles: set[str]
) -> frozenset[str]:
    """Return the organisations of a source: those it is related to, and names in "head of Memorial"."""
    tied: set[str] = set()
    if person is not None:
        for _, other in person.relations:
            related = people.get(other)
            if related is not None and related.kind is SourceKind.ORGANISATION:
                tied.add(name_key(related.name))
    if roles and len(said) > 1:
        tied.update(name_key(name) for one in said if one.roles for name in one.names)
    return frozenset(tied - {""})


def _quote(voice: Voice) -> tuple[str, ...]:
    return tuple(word for word in fold_words(voice.claim.text) if word)


def compare(one: Identity, other: Identity, *, kindred: bool) -> Likeness:
    """Return how two sources of different reports compare.

    `kindred` where both reports belong to one family or a claim of one stands in the place of a
    claim of the other: only there a description alone can make them one. Elsewhere it takes a
    shared quotation, or a full name with another thing in common; a pseudonym never suffices.
    """
    if _conflict(one, other):
        return Likeness.CONFLICT
    quoted = shared_quotation(one, other)
    named = _names_agree(one, other)
    kin = bool(one.kin and other.kin) and _kin_agree(one, other) and _of_agree(one, other)
    described = kin or bool(one.roles & other.roles)
    if kindred and (named or not (one.names and other.names)):
        same = named or described or quoted or fold(one.name) == fold(other.name)
        return Likeness.SAME if same else Likeness.NOTHING
    if (quoted and (named or described)) or (described and _one_way(one, other)):
        return Likeness.SAME
    veiled = one.pseudonym or other.pseudonym or one.withheld or other.withheld
    if named and not veiled and _full(one, other):
        common = one.roles & other.roles or one.tied & other.tied or one.peoples & other.peoples
        if common or (one.there and other.there) or (one.kin & other.kin and _of_agree(one, other)):
            return Likeness.SAME
    maybe = named or described or quoted or declined(one, other)
    return Likeness.MAYBE if maybe else Likeness.NOTHING


def named_alike(one: Identity, other: Identity) -> bool:
    """Return whether two have a name in common, or are the same kin of the same person."""
    return _names_agree(one, other) or bool(
        one.kin & other.kin and one.of and other.of and _of_agree(one, other)
    )


def _through(voices: list[Voice]) -> tuple[str, ...]:
    names = (
        name
        for voice in voices
        for link in voice.claim.chain[-2:-1]
        if link.kind is SourceKind.PERSON
        for name in describe(link.name, voice.report.language).names
    )
    return tuple(dict.fromkeys(name for name in names if " " in name))


def _one_way(one: Identity, other: Identity) -> bool:
    """Return whether the words of both came through one person with a full name."""
    return any(
        same_name(ours, theirs).score >= _SAME for ours in one.through for theirs in other.through
    )


def _ages(person: Person, report: Report) -> tuple[int, ...]:
    """Return the ages that stand right behind a person's name: "Karim, 19," or "Карим (45 лет)"."""
    behind = (report.text[m.end : m.end + _AGED] for m in person.mentions)
    return tuple(int(found[1]) for text in behind if (found := _AGE.match(text)))


def _conflict(one: Identity, other: Identity) -> bool:
    if one.ages and other.ages and abs(one.ages[0] - other.ages[0]) > 1:
        return True  # a birthday may lie between two reports
    if one.kind is not other.kind and not _one_household(one, other):
        return True
    if one.names and other.names and not (_names_agree(one, other) or declined(one, other)):
        return True
    if one.kin and other.kin and not (_kin_agree(one, other) and _of_agree(one, other)):
        return True
    if bool(one.kin) != bool(other.kin) and not (one.names and other.names):
        # A relative on one side, someone with another role on the other.
        relative, another = (one, other) if one.kin else (other, one)
        roles = another.roles - vocabulary().general_roles
        if roles and not relative.roles & roles and not another.names:
            return True
    if one.peoples and other.peoples and not _peoples_agree(one, other):
        return True
    general = vocabulary().general_roles
    ours, theirs = one.roles - general, other.roles - general
    if not ours or not theirs or ours & theirs:
        return False
    if bool(one.names) is not bool(other.names) and roles_agree(ours, theirs):
        return False
    return not (_names_agree(one, other) and _full(one, other))


def roles_agree(one: Collection[str], other: Collection[str]) -> bool:
    """Return whether roles of two descriptions can be one person's: a "senior police officer" may be the police chief."""
    return not set(one).isdisjoint(other) or vocabulary().ranks.issuperset((*one, *other))


def _one_household(one: Identity, other: Identity) -> bool:
    """Return whether a person and a group are kin of the same person: readings differ on "family"."""
    both = is_person(one.kind) and is_person(other.kind)
    return both and bool(one.of and other.of) and _kin_agree(one, other)


def _kin_agree(one: Identity, other: Identity) -> bool:
    """Return whether two can be the same kin: "Daler's relatives" may mean Daler's sister."""
    general = vocabulary().kin_general
    loose = one.kin <= general or other.kin <= general
    return bool(one.kin & other.kin) or bool(loose and one.of and other.of)


def _peoples_agree(one: Identity, other: Identity) -> bool:
    wider = vocabulary().wider
    return any(
        ours == theirs or theirs in wider.get(ours, ()) or ours in wider.get(theirs, ())
        for ours in one.peoples
        for theirs in other.peoples
    )


def _names_agree(one: Identity, other: Identity) -> bool:
    return any(same_enough(ours, theirs) for ours in one.names for theirs in other.names)


def declined(one: Identity, other: Identity) -> bool:
    """Return whether single names are one but for a case ending: "Далером" is Daler.

    It can also part siblings ("Olim", "Olima"): ask it only where no name agrees as it stands.
    """
    endings = vocabulary().endings
    pairs = (sorted((fold(a), fold(b)), key=len) for a in one.names for b in other.names)
    return any(
        len(short) >= _STEM
        and " " not in long
        and long.startswith(short)
        and long[len(short) :] in endings
        for short, long in pairs
    )


def same_enough(one: str, other: str) -> bool:
    """Return whether two names can be one person's; a single name can be part of a full one."""
    # `same_name` gives a single name against a full one at most 700.
    wanted = _SAME if len(one.split()) == len(other.split()) else 700
    return same_name(one, other).score >= wanted


def _of_agree(one: Identity, other: Identity) -> bool:
    """Return whether the people through whom both are described can be one."""
    if not one.of or not other.of:
        return True
    return any(_inflected(ours, theirs) for ours in one.of for theirs in other.of)


def _inflected(one: str, other: str) -> bool:
    return same_name(one, other).score >= _SAME - 50 or name_key(one) == name_key(other)


def _full(one: Identity, other: Identity) -> bool:
    """Return whether both have a name of at least two parts."""
    return any(len(name.split()) > 1 for name in one.names) and any(
        len(name.split()) > 1 for name in other.names
    )


def shared_quotation(one: Identity, other: Identity) -> bool:
    """Return whether both say the same longer thing word for word, or nearly so."""
    for ours in one.quotes[:8]:
        for theirs in other.quotes[:8]:
            if min(len(ours), len(theirs)) < _QUOTED:
                continue
            if ours == theirs:
                return True
            if len(set(ours) & set(theirs)) * 2 < min(len(set(ours)), len(set(theirs))):
                continue
            if SequenceMatcher(None, ours[:200], theirs[:200], autojunk=False).ratio() >= _ALIKE:
                return True
    return False
