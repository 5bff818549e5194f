"""What suggests that one source informed another, or that both are one: they are one in the lower bound."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

from guvoh.corroborate.descriptions import describe, name_key
from guvoh.corroborate.features import fold_words
from guvoh.corroborate.identity import (
    Identity,
    Likeness,
    compare,
    roles_agree,
    same_enough,
    shared_quotation,
)
from guvoh.corroborate.sources import Cluster
from guvoh.corroborate.vocabulary import vocabulary
from guvoh.corroborate.voices import Scene, is_person
from guvoh.languages.fold import fold
from guvoh.model.claim import Basis, Link, SourceKind

_TELLING = 4  # letters of a word that tells anything
_COMPARED = 20_000  # pairs of sources that are compared; what is not compared is not separate


Asked = tuple[str, ...]  # a question with {0}, {1} …, and what stands there

SAME = "Are {0} and {1} the same?"
SAME_WORDS = "{0} and {1} say the same words: who of them said it?"
CLOSE = "Did {0} and {1}, who are close to one another, tell one another of it?"
SAME_ORGANISATION = "Did {0} and {1}, who belong to the same organisation, tell one another of it?"
ONE_FAMILY = "Do {0} and {1} belong to one family, or do they know one another?"
AMONG_KIN = "Is {0}, through whom {1} is heard, or someone who had it from there, among {2}?"
FROM_INSIDE = "Did {0} tell {1} of it?"
FROM_ANYONE_ELSE = "Does {0} know this from anyone but {1}?"
ONE_WAY = "Did {0} and {1}, whose words both came through {2}, know of it from one another?"
ONE_PLACE = "Were {0} and {1} in the same place, and did one hear of it from the other?"
ONE_OF_THEM = "Is {0} one of {1}?"
NOT_COMPARED = "So many speak of it that {0} was not compared with all others."
QUESTIONS = (
    SAME, SAME_WORDS, CLOSE, SAME_ORGANISATION, ONE_FAMILY, AMONG_KIN, FROM_INSIDE, FROM_ANYONE_ELSE, ONE_WAY,
    ONE_PLACE, ONE_OF_THEM, NOT_COMPARED,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tie:
    """Two counted sources of which one may have informed the other, or that may be one."""

    one: int
    other: int
    asked: Asked


@dataclass(slots=True)
class _Known:
    """A source with what ties are looked for by.

    `own` are the keys of its links, `through` the names of those who passed its words on, by key,
    `full` and `passing` the names of two parts and more of it and of them, `relatives` the kin among these. `said` is by what it is described, by language: roles and other
    words that tell one from another. `unnamed` where no report gives it a name or pseudonym; `others`
    are the keys of those who, a person found, are not the same. `befell` where he is one of those to whom it was done.
    `forms` are its parts as reports describe them, those of copies once; `itself` those but for whoever passed its words on.
    `introduced` are the words, folded, with which reports introduce it.
    """

    cluster: Cluster
    own: set[str] = field(default_factory=set)
    through: dict[str, str] = field(default_factory=dict)
    full: list[str] = field(default_factory=list)
    passing: list[str] = field(default_factory=list)
    relatives: list[str] = field(default_factory=list)
    kin: set[str] = field(default_factory=set)
    of: set[str] = field(default_factory=set)
    roles: set[str] = field(default_factory=set)
    said: dict[str, set[str]] = field(default_factory=dict)
    unnamed: bool = False
    befell: bool = False
    others: set[str] = field(default_factory=set)
    name: str = ""
    forms: Sequence[Identity] = ()
    itself: Sequence[Identity] = ()
    introduced: str = ""


def ties(scene: Scene, counted: Sequence[Cluster]) -> tuple[Tie, ...]:
    """Return the ties that make sources one in the lower bound; indices into `counted`.

    No tie is looked for between two that others join already. Sources beyond what can be compared
    are tied to the first: what was not compared is not known to be separate.
    """
    affected = _affected(scene)
    known = [_known(scene, cluster, affected) for cluster in counted]
    found: list[Tie] = []
    group = list(range(len(known)))
    compared = 0
    for other in range(1, len(known)):
        for one in range(other):
            if group[one] == group[other]:
                continue
            compared += 1
            question = _question(known[one], known[other])
            if compared > _COMPARED:
                question = (NOT_COMPARED, known[other].name)
            if question:
                found.append(Tie(one, other, question))
                kept, lost = sorted((group[one], group[other]))
                group = [kept if at == lost else at for at in group]
    return tuple(found)


def groups(number: int, joining: Sequence[Tie]) -> list[int]:
    """Return for each of 0…number-1 the first of those that ties make one with it."""
    group = list(range(number))
    for tie in joining:
        kept, lost = sorted((group[tie.one], group[tie.other]))
        group = [kept if at == lost else at for at in group]
    return group


def _known(scene: Scene, cluster: Cluster, affected: Collection[str]) -> _Known:
    mine = [part for part in cluster.parts if part.key not in cluster.relays]
    found = _Known(
        cluster,
        name=cluster.name,
        forms=_forms(cluster.parts),
        itself=_forms(mine or cluster.parts),
    )
    publishers = scene.outlets
    found.own = {_link_key(voice.link) for voice in cluster.voices if voice.link is not None}
    keys = {part.key for part in mine}
    found.introduced = " ".join(_introduction(scene, part) for part in mine)
    for one, other in scene.material.apart:
        found.others |= ({other} if one in keys else set()) | ({one} if other in keys else set())
    found.befell = cluster.basis is Basis.VICTIM or not keys.isdisjoint(affected)
    found.unnamed = not any(part.names or part.pseudonym for part in mine)
    for part in mine:
        found.kin |= part.kin & vocabulary().kin
        found.of |= {name_key(name) for name in part.of} - {""}
        found.roles |= part.roles
        found.full += [name for name in part.names if " " in name]
        code = scene.material.reports[part.report].language
        found.said.setdefault(code, set()).update(
            part.roles - vocabulary().general_roles,
            part.kin - vocabulary().kin,
            _telling(part.name, code),
        )
    for voice in cluster.voices:
        if voice.derived:
            continue
        for link in voice.claim.chain[:-1]:
            if fold(link.name) in publishers or link.kind is SourceKind.UNNAMED:
                continue
            if _link_key(link) in found.through:
                continue
            found.through[_link_key(link)] = link.name
            said = describe(link.name, voice.report.language)
            if is_person(link.kind) and said.kin:
                found.relatives.append(link.name)
            elif link.kind is SourceKind.PERSON:
                found.passing += [name for name in said.names if " " in name]
    found.relatives += [
        part.name for part in cluster.parts if part.key in cluster.relays and part.kin
    ]
    return found


def _introduction(scene: Scene, part: Identity) -> str:
    """Return the sentence, folded, in which a report names somebody first; nothing where it has no person for him."""
    person = scene.people.get(part.key)
    if person is None or not person.mentions:
        return ""
    sentence = scene.around(part.report).sentence(min(person.mentions))
    text = scene.material.reports[part.report].text[sentence.start : sentence.end]
    return f" {' '.join(fold_words(fold(text)))} "


def _forms(parts: Sequence[Identity]) -> tuple[Identity, ...]:
    return tuple(dict.fromkeys(replace(part, key="", report="") for part in parts))


def _affected(scene: Scene) -> set[str]:
    """Return the ids of those to whom, as the event's claims have it, it was done."""
    return {
        one.person
        for voice in scene.affirming
        for one in voice.claim.participants
        if one.role == "affected" and one.person is not None
    }


def _telling(name: str, code: str) -> Collection[str]:
    """Return the words of a description that tell one from another: "cook", but not "local man"."""
    anyone = vocabulary().anyone
    return [w for w in describe(name, code).rest if len(w) >= _TELLING and not w.startswith(anyone)]


def _link_key(link: Link) -> str:
    return link.person or name_key(link.name) or fold(link.name)


def _question(one: _Known, other: _Known) -> Asked | None:
    """Return the question that would part two sources, None where nothing suggests that they are tied."""
    if one.cluster.independent or other.cluster.independent:
        return None
    return (
        _one_person(one, other)
        or _close(one, other)
        or _household(one, other)
        or _household(other, one)
        or _by_chain(one, other)
        or _one_place(one, other)
        or _by_office(one, other)
        or _by_office(other, one)
    )


def _by_office(one: _Known, other: _Known) -> Asked | None:
    """Return the question whether one whose office it is to hear those to whom it was done knows it from one of them."""
    hears = one.roles & vocabulary().hearers and not any(part.there for part in one.forms)
    if hears and other.befell:
        return FROM_ANYONE_ELSE, one.name, other.name
    return None


def _one_person(one: _Known, other: _Known) -> Asked | None:
    """Return the question whether two are the same: nothing speaks against it, and something for it.

    Of two of one report that is so only where the report names one of them and not the other.
    """
    if any(part.key in one.others for part in other.cluster.parts):
        return None
    likeness = [compare(*pair, kindred=False) for pair in product(one.itself, other.itself)]
    if Likeness.CONFLICT in likeness:
        return None
    within = bool(_reports(one.cluster) & _reports(other.cluster))
    if within and (one.unnamed is other.unnamed or _parted(one, other)):
        return None
    nobody = (one.unnamed or other.unnamed) and not _told_apart(one, other)
    if max(likeness) >= Likeness.MAYBE or nobody or within:
        return SAME, one.name, other.name
    return None


def _told_apart(one: _Known, other: _Known) -> bool:
    """Return whether two are described otherwise: a cook and a neighbour, a group and a nurse.

    Where only one has a name, offices tell them apart in any language, and a kinship that only one has;
    of whom nothing is told but a name, an unnamed report may speak, and a "senior officer" may be the police chief.
    """
    if one.unnamed is not other.unnamed:
        if one.cluster.kind is not other.cluster.kind or bool(one.kin) is not bool(other.kin):
            return True
        if one.roles and other.roles:
            return not roles_agree(one.roles, other.roles)
    return any(
        ours and other.said.get(code) and not ours & other.said[code]
        for code, ours in one.said.items()
    )


def _parted(one: _Known, other: _Known) -> bool:
    """Return whether a description says that it is somebody else: "another worker"."""
    another = vocabulary().another
    return any(
        another.intersection(fold_words(part.name))
        for known in (one, other)
        for part in known.cluster.parts
    )


def _close(one: _Known, other: _Known) -> Asked | None:
    """Return the question that the same words, a kinship or an organisation raise."""
    if any(shared_quotation(*pair) for pair in product(one.forms, other.forms)):
        return SAME_WORDS, one.name, other.name
    if _related(one.cluster, other.cluster):
        return CLOSE, one.name, other.name
    if _one_organisation(one.cluster, other.cluster):
        return SAME_ORGANISATION, one.name, other.name
    if not _reports(one.cluster) & _reports(other.cluster) and (
        _introduces(one, other) or _introduces(other, one)
    ):
        return CLOSE, one.name, other.name
    return None


def _introduces(one: _Known, other: _Known) -> bool:
    """Return whether one report introduces a source by the other's name: "Luis Prado, director of Puente"."""
    names = {" ".join(fold_words(fold(name))) for part in other.itself for name in part.names}
    return any(f" {name} " in one.introduced for name in names if len(name) >= _TELLING)


def _one_organisation(one: Cluster, other: Cluster) -> bool:
    """Return whether both belong to one organisation, or one to what the other is called by."""
    tied, names = ([_all(each, name) for each in (one, other)] for name in ("tied", "names"))
    called = [{name_key(name) for name in every} for every in names]
    return any((tied[0] & tied[1], tied[0] & called[1], tied[1] & called[0]))


def _all(cluster: Cluster, name: str) -> set[str]:
    return {value for part in cluster.parts for value in getattr(part, name)}


def _reports(cluster: Cluster) -> set[str]:
    return {part.report for part in cluster.parts}


def _related(one: Cluster, other: Cluster) -> bool:
    """Return whether one is related to the other, or both to the same person.

    Within a report that person is one; in two reports, one of the same name.
    """
    for ours, theirs in ((one, other), (other, one)):
        if _all(ours, "related") & {voice.person for voice in theirs.voices}:
            return True
    if _by_report(one) & _by_report(other):
        return True
    ours_of, theirs_of = _by_name(one), _by_name(other)
    return any(len(ours_of[name] | theirs_of[name]) > 1 for name in ours_of.keys() & theirs_of)


def _by_report(cluster: Cluster) -> set[tuple[str, str]]:
    return {(part.report, person) for part in cluster.parts for person in part.related}


def _by_name(cluster: Cluster) -> dict[str, set[str]]:
    """Return in which reports a source is described through whom, by the keys of their names."""
    found: dict[str, set[str]] = {}
    for part in cluster.parts:
        for name in part.of:
            if key := name_key(name):
                found.setdefault(key, set()).add(part.report)
    return found


def _household(kin: _Known, other: _Known) -> Asked | None:
    """Return the question whether unnamed kin belong to another source, or to the kin of one.

    "The relatives of four workers" may hold the sister through whom a worker is heard, and those
    who are kin of people in one facility know of it from somebody inside.
    """
    if not kin.unnamed or not kin.kin:
        return None
    if other.kin and not (kin.of and other.of and not kin.of & other.of):
        return ONE_FAMILY, kin.name, other.name
    if other.relatives and not kin.of:
        return AMONG_KIN, other.relatives[0], other.name, kin.name
    concerned = {*vocabulary().facility_roles, "migrant"}
    inside = other.roles & concerned or other.befell
    if inside and not kin.of:
        return FROM_INSIDE, other.name, kin.name
    return None


def _by_chain(one: _Known, other: _Known) -> Asked | None:
    """Return the question that chains raise: one passed the other's words on, or both came one way."""
    for teller, hearer in ((one, other), (other, one)):
        if hearer.own & teller.through.keys() or _alike(hearer.full, teller.passing):
            return FROM_ANYONE_ELSE, hearer.name, teller.name
    shared = [one.through[key] for key in one.through if key in other.through]
    shared = shared or _alike(one.passing, other.passing)
    if shared:
        return ONE_WAY, one.name, other.name, shared[0]
    return None


def _alike(names: Sequence[str], others: Sequence[str]) -> list[str]:
    """Return the full names that can be one of the others: whom two reports may call by it."""
    return [name for name in names if any(same_enough(name, other) for other in others)]


def _one_place(one: _Known, other: _Known) -> Asked | None:
    """Return the question that two raise whom one facility brought together, or a group and one of it."""
    roles = vocabulary().facility_roles
    if (one.befell and other.befell) or (one.roles & roles and other.roles & roles):
        return ONE_PLACE, one.name, other.name
    kinds = {one.cluster.kind, other.cluster.kind}
    if kinds == {SourceKind.PERSON, SourceKind.GROUP} and one.roles & other.roles:
        person, group = (one, other) if one.cluster.kind is SourceKind.PERSON else (other, one)
        return ONE_OF_THEM, person.name, group.name
    return None
