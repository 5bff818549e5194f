"""How the reports of an event run together into texts, and the texts into what they were made from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from guvoh.model.claim import Claim
from guvoh.model.event import Contradiction, Event, Joined, Source
from guvoh.model.lineage import ChangeKind, Derivation, Family, Member, MissingOrigin, Relation
from guvoh.words import Words

SAME_TEXT = (Relation.COPY, Relation.EDITED, Relation.TRANSLATION)
# Changes of source and stance come first: they are what makes copies look like confirmation.
_WEIGHT = {
    kind: weight
    for weight, kind in enumerate(
        (
            ChangeKind.SOURCE,
            ChangeKind.STANCE,
            ChangeKind.NEGATION,
            ChangeKind.QUANTITY,
            ChangeKind.TIME,
            ChangeKind.PLACE,
            ChangeKind.PERSON,
            ChangeKind.ORGANISATION,
            ChangeKind.DROPPED,
            ChangeKind.ADDED,
        )
    )
}

Told = tuple[ChangeKind, str, str, bool]  # a change: its kind, from, to, and whether it is withheld


@dataclass(slots=True)
class Text:
    """One text: the report that has it first, and the reports that copy, edit or translate it.

    `head` is None where that report is not in the case or does not tell of the event; `missing`
    says which original the case lacks. `above` is the text that this one was made from, `how` it was.
    """

    key: str
    head: str | None
    family: Family | None = None
    missing: MissingOrigin | None = None
    members: dict[str, Member] = field(default_factory=dict)
    above: str | None = None
    how: Relation | None = None


@dataclass(frozen=True, slots=True)
class _Kin:
    """A family with its members by report, and the reports that tell of the event."""

    family: Family
    known: Mapping[str, Member]
    told: frozenset[str]


def texts(event: Event, families: Sequence[Family]) -> list[Text]:
    """Return the texts of an event in the order of its reports; each report stands in one."""
    found: dict[str, Text] = {}
    told = frozenset(event.reports)
    kin = [_Kin(one, {member.report: member for member in one.members}, told) for one in families]
    homes = {report: one for one in kin for report in one.known}
    for report in event.reports:
        home = homes.get(report)
        if home is None:
            found[report] = Text(report, report, members={report: _alone(report)})
        else:
            member = home.known[report]
            found[_home(found, member, home)].members[report] = member
    for one in kin:
        for citer in one.family.citers:
            text = found.get(citer.report)
            if text is not None and text.above is None and citer.parent in one.known:
                text.members[citer.report] = citer
                text.above = _home(found, one.known[citer.parent or ""], one)
                text.how = citer.relation
    return list(found.values())


def holders(claims: Mapping[str, Claim]) -> dict[str, str]:
    """Return the report of each claim."""
    return {key: claim.report for key, claim in claims.items()}


def roots(linked: set[str], found: Sequence[Text]) -> list[str]:
    """Return those of the texts `linked` that were not made from another of them."""
    above = {text.key: text.above for text in found}
    kept = []
    for key in [text.key for text in found if text.key in linked]:
        at, seen = above.get(key), {key}
        while at is not None and at not in seen and at not in linked:
            seen.add(at)
            at = above.get(at)
        if at is None or at in seen:
            kept.append(key)
    return kept


def told_in(source: Source, found: Sequence[Text], holders: Mapping[str, str]) -> list[str]:
    """Return the texts through which a source is heard, without those made from another of them.

    `holders` gives the report of each claim.
    """
    where = {report: text.key for text in found for report in text.members}
    reports = {holders[one] for one in source.claims if one in holders}
    linked = {where[report] for report in reports if report in where}
    if not linked:
        units = set(source.families)
        linked = {
            text.key
            for text in found
            if (text.family.id if text.family else text.key) in units and text.above is None
        }
    return roots(linked, found)


def weighty(derivation: Derivation | None) -> list[Told]:
    """Return each change once, the most telling first: by kind, and what was replaced before what was cut."""
    if derivation is None:
        return []
    told = dict.fromkeys(
        (one.kind, one.from_ or "", one.to or "", one.withheld) for one in derivation.changes
    )
    return sorted(told, key=lambda one: (_WEIGHT[one[0]], not (one[1] and one[2])))


def asked(join: Joined, say: Words) -> str:
    """Return the questions that would part sources which are counted as one, in the reader's language."""
    if not join.asked:
        return join.question
    return " ".join(say(sentence).format(*said) for sentence, *said in join.asked)


def reason(found: Contradiction, say: Words) -> str:
    """Return why two values differ, in the reader's language."""
    if not found.told:
        return say(found.because)
    sentence, *values = found.told
    return say(sentence).format(*values)


def rivals(found: Contradiction, say: Words) -> list[str]:
    """Return the values that differ; those of an account are the program's own words."""
    return [say(value) if found.kind == "account" else value for value in found.values]


def joined_sets(sources: Sequence[Source], joins: Sequence[Joined]) -> list[list[Source]]:
    """Return the sources in sets of which the lower bound counts one, in the order of the sources."""
    sets = [[source] for source in sources]
    for join in joins:
        names = set(join.sources)
        touched = [one for one in sets if names & {source.name for source in one}]
        if len(touched) > 1:
            merged = [source for one in touched for source in one]
            at = sets.index(touched[0])
            sets = [one for one in sets if one not in touched]
            sets.insert(at, merged)
    return sets


def _alone(report: str) -> Member:
    return Member(report, Relation.ORIGIN, None, 1000)


def _home(found: dict[str, Text], member: Member, kin: _Kin) -> str:
    """Return the key of the text that a member has, made with all that it was made from."""
    at, seen = member, {member.report}
    while at.relation in SAME_TEXT and at.parent in kin.known and at.parent not in seen:
        at = kin.known[at.parent or ""]
        seen.add(at.report)
    if at.relation in SAME_TEXT:
        return _lost(found, kin.family)
    key = at.report
    if key in found:
        return key
    text = Text(key, key if key in kin.told else None, kin.family)
    found[key] = text
    if at.parent in kin.known:
        text.above, text.how = _home(found, kin.known[at.parent or ""], kin), at.relation
    elif at.relation is not Relation.ORIGIN and (
        kin.family.missing_origin or not kin.family.origin
    ):
        text.above, text.how = _lost(found, kin.family), at.relation
    if text.above == key:
        text.above = None
    return key


def _lost(found: dict[str, Text], family: Family) -> str:
    """Return the key of a family's original that is not in the case, or does not tell of the event."""
    key = f"lost-{family.id}"
    found.setdefault(key, Text(key, None, family, family.missing_origin))
    return key
