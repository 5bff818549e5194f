"""Derives an event from the claims that tell of it: values, sources, counts, differences, warnings."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from guvoh.corroborate.checks import CHECKS
from guvoh.corroborate.circular import circular, in_english
from guvoh.corroborate.contradictions import contradictions
from guvoh.corroborate.counting import count, joined, ledger
from guvoh.corroborate.decisions import Gathered
from guvoh.corroborate.denials import denials
from guvoh.corroborate.grade import grade
from guvoh.corroborate.identity import firsthand
from guvoh.corroborate.outlets import outlet
from guvoh.corroborate.risks import foretold, warning
from guvoh.corroborate.sources import Cluster, clusters, shown_chain, shown_names
from guvoh.corroborate.summary import headline
from guvoh.corroborate.values import details
from guvoh.corroborate.vocabulary import vocabulary
from guvoh.corroborate.voices import Material, Scene, Voice, scene
from guvoh.model.claim import SourceKind, Stance
from guvoh.model.event import (
    Event,
    EventStatus,
    Excluded,
    RiskWarning,
    Source,
    Unconfirmed,
)
from guvoh.model.finding import Finding
from guvoh.model.lineage import Relation
from guvoh.words import words

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
    denying = denials(here, everyone)
    circles = circular(here, everyone)
    differ = contradictions(here, found)
    letter, because = grade(here, everyone, total, (differ, denying))
    event = Event(
        id=gathered.id,
        acts=acts,
        status=status,
        summary="",
        claims=tuple(voice.claim.id for voice in here.voices),
        reports=_reports(here),
        families=tuple(dict.fromkeys(voice.unit for voice in here.voices)),
        texts=_texts(here),
        who=found.who,
        when=found.when,
        where=found.where,
        how_many=found.how_many,
        count=total,
        sources=tuple(_source(here, c, everyone) for c in everyone if c.standing == "counted"),
        unconfirmed=_unconfirmed(everyone),
        joined=joined(book),
        denials=denying,
        contradictions=differ,
        circular=tuple(in_english(one) for one in circles),
        circles=circles,
        grade=letter,
        excluded=_excluded(here, everyone),
    )
    ahead = foretold(here, event)
    event = replace(event, summary=headline(event, words("en"), ahead))
    risk = warning(here, event, everyone, ahead)
    noticed = [finding for check in CHECKS for finding in check(here, everyone, event)]
    return Derived(
        event, (risk,) if risk else (), tuple(dict.fromkeys((*here.findings, because, *noticed)))
    )


def _acts(here: Scene) -> tuple[str, ...]:
    """Return the acts, those told most often outside copies first, and manner after the rest.

    What is only feared of a plan ("I fear that they will force me") is no part of how it is planned.
    """
    told: Counter[str] = Counter()
    manner, harm = vocabulary().manner, vocabulary().harm
    planned = any(voice.claim.stance is Stance.PLANNED for voice in here.affirming)
    for voice in here.affirming:
        feared = planned and voice.claim.stance is Stance.FEARED
        for name in {act.name for act in voice.claim.acts if here.own(voice.claim, act.span)}:
            if not (feared and name in manner):
                told[name] += 1 if voice.derived else 4
    if not told.keys() - manner:
        known = here.gathered.acts
        told.update({act: len(known) - at for at, act in enumerate(known)})
    return tuple(sorted(told, key=lambda act: (act in manner, act not in harm, -told[act], act)))


def _status(here: Scene) -> EventStatus:
    voices = [v for v in here.affirming if not v.derived] or here.affirming
    stances = [voice.claim.stance for voice in voices]
    if here.gathered.ahead:
        # What nobody fears is planned: "they are writing a second list".
        feared = all(stance is Stance.FEARED for stance in stances)
        return EventStatus.FEARED if feared else EventStatus.PLANNED
    tenses = [act.tense for voice in voices for act in voice.claim.acts]
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
    names = shown_names(everyone)
    affirming = [voice for voice in cluster.voices if not voice.denies]
    # What its page narrates on its word names no chain.
    told = [voice for voice in affirming if _names(voice)]
    chains = list(dict.fromkeys(shown_chain(here, voice, names) for voice in told))
    # A chain that ends with someone who only passed it on is a shorter telling of another.
    chains = [c for c in chains if c[-1] == cluster.name] or chains or [(cluster.name,)]
    return Source(
        id=cluster.id,
        name=cluster.name,
        kind=cluster.kind,
        basis=cluster.basis,
        chains=tuple(chains),
        claims=tuple(voice.claim.id for voice in affirming),
        families=tuple(dict.fromkeys(voice.unit for voice in affirming)),
        people=_people(cluster),
        firsthand=firsthand(cluster.basis, ahead=here.gathered.ahead),
    )


def _names(voice: Voice) -> bool:
    """Return whether a claim's chain names whoever tells it, however he is said there to know."""
    link = voice.link
    return link is not None and any(
        replace(one, basis=link.basis) == link for one in voice.claim.chain
    )


def _people(cluster: Cluster) -> tuple[str, ...]:
    return tuple(dict.fromkeys(v.person for v in cluster.speaking if v.person))


def _unconfirmed(everyone: Sequence[Cluster]) -> tuple[Unconfirmed, ...]:
    return tuple(
        Unconfirmed(cluster.name, cluster.voices[0].report.id, cluster.reason)
        for cluster in everyone
        if cluster.standing in ("unconfirmed", "changed")
    )


def _excluded(here: Scene, everyone: Sequence[Cluster]) -> tuple[Excluded, ...]:
    """Return every voice that adds nothing to the lower bound, with the reason."""
    found: dict[tuple[str, str], Excluded] = {}
    for cluster in everyone:
        if cluster.standing != "counted":
            known = _people(cluster) if cluster.standing == "rejected" else ()
            one = Excluded(cluster.name, cluster.voices[0].claim.id, cluster.reason, known)
            found[cluster.name, cluster.reason] = one
    for voice in here.affirming:
        name, reason = _why_not(voice)
        name = here.veil.shown(voice.report.id, name)
        if reason:
            found.setdefault((name, reason), Excluded(name, voice.claim.id, reason))
    return tuple(found.values())


def _why_not(voice: Voice) -> tuple[str, str]:
    link = voice.link
    teller = outlet(voice.report)
    if link is None:
        return teller, "narrates without naming a source"
    if link.kind is SourceKind.UNNAMED or not link.name.strip():
        return link.name or teller, "nobody can tell who speaks"
    if link.kind is SourceKind.ORGANISATION:
        return link.name, "an organisation, which passes on what others know"
    if not link.resolved and link.person is None:
        return link.name, "it is not clear who is meant"
    return "", ""
