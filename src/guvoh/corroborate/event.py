"""Derives an event from the claims that tell of it: values, sources, counts, differences, warnings."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from guvoh.corroborate.checks import CHECKS
from guvoh.corroborate.circular import circular
from guvoh.corroborate.contradictions import contradictions
from guvoh.corroborate.counting import count, joined, ledger
from guvoh.corroborate.decisions import Gathered
from guvoh.corroborate.grade import grade
from guvoh.corroborate.risks import warning
from guvoh.corroborate.identity import FIRSTHAND
from guvoh.corroborate.sources import Cluster, clusters
from guvoh.corroborate.summary import summary
from guvoh.corroborate.values import details
from guvoh.corroborate.vocabulary import vocabulary
from guvoh.corroborate.voices import Material, Scene, Voice, is_person, scene
from guvoh.languages.fold import fold
from guvoh.model.claim import Link, Polarity, SourceKind, Stance
from guvoh.model.event import (
    Denial,
    Event,
    EventStatus,
    Excluded,
    RiskWarning,
    Source,
    Unconfirmed,
)
from guvoh.model.finding import Finding
from guvoh.model.lineage import Relation

_SAME_TEXT = (Relation.COPY, Relation.EDITED, Relation.TRANSLATION)


@dataclass(frozen=True, slots=True)
class Derived:
    """An event with what hangs on it; None where its claims only deny."""

    event: Event | None
    warnings: tuple[RiskWarning, ...] = ()
    findings: tuple[Finding, ...] = ()


def derive(gathered: Gathered, material: Material) -> Derived:
    """Return the event that the gathered claims make.

    A pure function of its arguments: the claims' order and all that `material` holds of their
    reports. Nothing of other events is read.
    """
    here = scene(gathered, material)
    if not here.affirming:
        return Derived(None)
    everyone = clusters(here)
    book = ledger(here, everyone)
    found = details(book)
    acts = _acts(here)
    status = _status(here)
    total = count(book)
    denials = _denials(here, everyone)
    differ = contradictions(here, found)
    letter, because = grade(here, everyone, total, (differ, denials))
    event = Event(
        id=gathered.id,
        acts=acts,
        status=status,
        summary=summary(found, acts, status, total),
        claims=tuple(voice.claim.id for voice in here.voices),
        reports=_reports(here),
        families=tuple(
            dict.fromkeys(here.family[r].id for r in _reports(here) if r in here.family)
        ),
        texts=_texts(here),
        who=found.who,
        when=found.when,
        where=found.where,
        how_many=found.how_many,
        count=total,
        sources=tuple(_source(here, c, everyone) for c in everyone if c.standing == "counted"),
        unconfirmed=_unconfirmed(everyone),
        joined=joined(book.counted, book.ties),
        denials=denials,
        contradictions=differ,
        circular=circular(here, everyone),
        grade=letter,
        excluded=_excluded(here, everyone),
    )
    risk = warning(here, found, acts, everyone, status)
    noticed = [finding for check in CHECKS for finding in check(here, everyone, event)]
    return Derived(
        event, (risk,) if risk else (), tuple(dict.fromkeys((*here.findings, because, *noticed)))
    )


def _acts(here: Scene) -> tuple[str, ...]:
    """Return the acts, those told most often outside copies first, and manner after the rest."""
    told: Counter[str] = Counter()
    for voice in here.affirming:
        for name in {act.name for act in voice.claim.acts if here.own(voice.claim, act.span)}:
            told[name] += 1 if voice.derived else 4
    manner = vocabulary().manner
    if not told.keys() - manner:
        told.update(here.gathered.acts)
    return tuple(sorted(told, key=lambda act: (act in manner, -told[act], act)))


def _status(here: Scene) -> EventStatus:
    voices = [v for v in here.affirming if not v.derived] or here.affirming
    stances = [voice.claim.stance for voice in voices]
    tenses = [act.tense for voice in voices for act in voice.claim.acts]
    planned = (Stance.PLANNED, Stance.EXPECTED, Stance.THREATENED, Stance.PROMISED)
    ahead = [stance for stance in stances if stance in planned]
    if 2 * (len(ahead) + stances.count(Stance.FEARED)) > len(stances):
        return EventStatus.PLANNED if ahead else EventStatus.FEARED
    if tenses and all(tense == "future" for tense in tenses):
        return EventStatus.PLANNED
    if tenses and tenses.count("present") * 2 > len(tenses):
        return EventStatus.ONGOING
    return EventStatus.PAST


def _reports(here: Scene) -> tuple[str, ...]:
    return tuple(dict.fromkeys(voice.report.id for voice in here.voices))


def _texts(here: Scene) -> int:
    """Return the number of reports that are no copy, edited copy or translation of another."""
    reports = _reports(here)
    count = 0
    groups: set[str] = set()
    for report in reports:
        member, family = here.members.get(report), here.family.get(report)
        if member is None or family is None or member.relation not in _SAME_TEXT:
            count += 1
        else:
            groups.add(family.id)
    # Copies whose original does not tell the event, or is missing, stand for one text.
    originals = {
        here.family[r].id
        for r in reports
        if r in here.family and here.members[r].relation not in _SAME_TEXT
    }
    return count + len(groups - originals)


def _source(here: Scene, cluster: Cluster, everyone: Sequence[Cluster]) -> Source:
    names = _names(everyone)
    affirming = [voice for voice in cluster.voices if not voice.denies]
    return Source(
        id=cluster.id,
        name=cluster.name,
        kind=cluster.kind,
        basis=cluster.basis,
        chains=tuple(dict.fromkeys(_chain(here, voice, names) for voice in affirming)),
        claims=tuple(voice.claim.id for voice in affirming),
        families=tuple(dict.fromkeys(voice.unit for voice in affirming)),
        people=tuple(dict.fromkeys(v.person for v in cluster.speaking if v.person)),
        firsthand=cluster.basis in FIRSTHAND,
    )


def _names(everyone: Sequence[Cluster]) -> dict[str, str]:
    """Return the names of sources by the ids of their persons; relays keep their own."""
    return {v.person: one.name for one in everyone for v in one.speaking if v.person}


def _chain(here: Scene, voice: Voice, names: Mapping[str, str]) -> tuple[str, ...]:
    """Return a chain as it is shown: each link by the name that the source has across reports."""
    return tuple(
        names.get(link.person or "") or here.veil.shown(voice.report.id, link.name)
        for link in voice.claim.chain
    )


def _unconfirmed(everyone: Sequence[Cluster]) -> tuple[Unconfirmed, ...]:
    return tuple(
        Unconfirmed(cluster.name, cluster.voices[0].report.id, cluster.reason)
        for cluster in everyone
        if cluster.standing in ("unconfirmed", "changed")
    )


def _denials(here: Scene, everyone: Sequence[Cluster]) -> tuple[Denial, ...]:
    """Return who denies it, each once.

    A negation by someone who tells it too, and one that nobody is named for, deny nothing.
    """
    found: dict[str, Denial] = {}
    deniers: dict[str, str] = {}  # claim → who denies in it; a copy's denier is the original's
    people = {voice.claim.id: cluster for cluster in everyone for voice in cluster.voices}
    names = _names(everyone)
    for voice in here.voices:
        link = voice.link
        if not voice.denies or link is None or link.kind is SourceKind.UNNAMED:
            continue
        cluster = people.get(voice.claim.id)
        if voice.claim.stance is not Stance.DENIED and _tells(here, voice, link):
            continue
        chain = _chain(here, voice, names)
        name = cluster.name if cluster is not None else chain[-1]
        key = deniers.get(voice.twin or "") or _denier(name)
        deniers[voice.claim.id] = key
        found.setdefault(key, Denial(name, (*chain[:-1], name), voice.claim.id))
    return tuple(found.values())


def _tells(here: Scene, voice: Voice, link: Link) -> bool:
    """Return whether a person on whose word the report tells other things negates but a part of them."""
    if not is_person(link.kind):
        return False
    return any(
        claim.polarity is Polarity.AFFIRMED
        and claim.stance is not Stance.DENIED
        and claim.chain
        and (claim.chain[-1].person or claim.chain[-1].name) == (link.person or link.name)
        for claim in here.material.readings[voice.report.id].claims
    )


def _denier(name: str) -> str:
    """Return what one denier is told from another by: its words but for articles, folded."""
    words = [word for word in fold(name).split() if word not in vocabulary().empty]
    return " ".join(sorted(words))


def _excluded(here: Scene, everyone: Sequence[Cluster]) -> tuple[Excluded, ...]:
    """Return every voice that adds nothing to the lower bound, with the reason."""
    found: dict[tuple[str, str], Excluded] = {}
    for cluster in everyone:
        if cluster.standing != "counted":
            one = Excluded(cluster.name, cluster.voices[0].claim.id, cluster.reason)
            found[cluster.name, cluster.reason] = one
    for voice in here.affirming:
        name, reason = _why_not(voice)
        name = here.veil.shown(voice.report.id, name)
        if reason:
            found.setdefault((name, reason), Excluded(name, voice.claim.id, reason))
    return tuple(found.values())


def _why_not(voice: Voice) -> tuple[str, str]:
    link = voice.link
    outlet = voice.report.publisher.text if voice.report.publisher else voice.report.file
    if link is None:
        return outlet, "narrates without naming a source"
    if link.kind is SourceKind.UNNAMED or not link.name.strip():
        return link.name or outlet, "nobody can tell who speaks"
    if link.kind is SourceKind.ORGANISATION:
        return link.name, "an organisation, which passes on what others know"
    if not link.resolved and link.person is None:
        return link.name, "it is not clear who is meant"
    return "", ""
