"""Who denies an event, of what, and through which chain."""

from collections.abc import Sequence
from typing import NamedTuple

from guvoh.corroborate.descriptions import describe, name_key, offices
from guvoh.corroborate.sources import Cluster, shown_chain, shown_names
from guvoh.corroborate.vocabulary import vocabulary
from guvoh.corroborate.voices import Scene, Voice, core_acts
from guvoh.languages.fold import fold, skeleton
from guvoh.model.claim import Link, SourceKind, Stance
from guvoh.model.event import Denial

_BONES = 3  # consonants by which a name is known again in another language


def denials(here: Scene, everyone: Sequence[Cluster]) -> tuple[Denial, ...]:
    """Return who denies it, each once.

    Only what a report calls a denial counts, or a negation by somebody who answers for others: an
    organisation or an office. Who tells it denies nothing by negating a part of it, an outlet that
    narrates is no denier, and neither is a voice that nobody can point to.
    """
    found: list[tuple[_Denier, Denial]] = []
    answering: dict[str, set[str]] = {}
    people = {voice.claim.id: cluster for cluster in everyone for voice in cluster.voices}
    names = shown_names(everyone)
    telling = {v.person for c in everyone if c.counts for v in c.voices} - {None}
    answered: set[str] = set()  # families in which an original denies: their copies add no denier
    for voice in sorted(here.voices, key=lambda voice: voice.derived):
        link = voice.link
        if not voice.denies or link is None or not _may_deny(here, voice, link):
            continue
        cluster = people.get(voice.claim.id)
        if link.person in telling or (cluster is not None and cluster.counts):
            continue
        if (voice.derived or voice.parentless) and voice.unit in answered:
            continue
        answered.add(voice.unit)
        chain = shown_chain(here, voice, names)
        name = cluster.name if cluster is not None else chain[-1]
        held = answering.setdefault(_plain(name), set())
        held |= _offices(here, voice, link)
        keys = [one.person or fold(one.name) for one in voice.claim.chain]
        own = link.person or fold(link.name)
        denier = _Denier(link.kind, name, held, _anyone(voice, link), own, frozenset(keys))
        if not any(_one_denier(known, denier) for known, _ in found):
            found.append((denier, Denial(name, (*chain[:-1], name), voice.claim.id)))
    named = [denial for denier, denial in found if not denier.anyone]
    return tuple(named or [denial for _, denial in found])


class _Denier(NamedTuple):
    """Who denies, with the keys of the organisations for which he speaks; `anyone` is just "officials".

    `own` is his key, `chain` those of all through whom he is heard.
    """

    kind: SourceKind
    name: str
    offices: set[str]
    anyone: bool
    own: str
    chain: frozenset[str]


def _offices(here: Scene, voice: Voice, link: Link) -> set[str]:
    """Return the keys of the organisation that denies, or of those named beside whoever answers for one.

    "Anvar Toshev, a spokesman for the Interior Ministry"; or one that denies right before him.
    """
    if link.kind is SourceKind.ORGANISATION:
        return {name_key(link.name)}
    if not _answers(here, voice, link):
        return set()
    around = here.around(voice.report.id)
    reading = here.material.readings[voice.report.id]
    mentions = [m for one in reading.people if one.id == link.person for m in one.mentions]
    said = [around.sentence(span) for span in (*mentions, voice.claim.span)]
    beside = {
        name_key(one.name)
        for one in reading.people
        if one.kind is SourceKind.ORGANISATION
        and any(s.start <= m.start < s.end for m in one.mentions for s in said)
    }
    at = around.paragraph(voice.claim.span.start)
    for other in here.voices:
        if other.denies and other.report.id == voice.report.id and other.link is not None:
            near = 0 <= at - around.paragraph(other.claim.span.start) <= 1
            if near and other.link.kind is SourceKind.ORGANISATION:
                beside.add(name_key(other.link.name))
    return beside - {""}


def _anyone(voice: Voice, link: Link) -> bool:
    """Return whether just "officials" deny, who may be those who deny elsewhere."""
    said = describe(link.name, voice.report.language)
    return not said.names and said.roles == ("official",)


def _one_denier(one: _Denier, other: _Denier) -> bool:
    """Return whether two who deny are one: by their words, as offices of one place or name, or one through the other.

    A ministry and its spokesman are. "The military commissariat of Tyulensky district" is known again
    in another language by what of its name is a proper name.
    """
    if _plain(one.name) == _plain(other.name):
        return True
    if one.offices & other.offices or one.own in other.chain or other.own in one.chain:
        return True
    if SourceKind.ORGANISATION not in (one.kind, other.kind):
        return False
    ours, theirs = _proper(one.name), _proper(other.name)
    return any(
        min(len(left), len(right)) >= _BONES and (left.startswith(right) or right.startswith(left))
        for left in ours
        for right in theirs
    )


def _proper(name: str) -> list[str]:
    """Return the consonants of the words of a name that are written as names, but the first."""
    return [skeleton(word) for word in name.split()[1:] if word[:1] != word[:1].lower()]


def _may_deny(here: Scene, voice: Voice, link: Link) -> bool:
    if link.kind in (SourceKind.UNNAMED, SourceKind.DOCUMENT) or not link.name.strip():
        return False
    if not link.resolved and link.person is None:
        return False
    publisher = voice.report.publisher
    if publisher is not None and fold(publisher.text) == fold(link.name):
        return False
    if voice.claim.stance is Stance.DENIED:
        return True
    if voice.claim.stance is not Stance.ASSERTED or voice.claim.hedges:
        return False
    if _tells(here, link, voice.report.id):
        return False
    return link.kind is SourceKind.ORGANISATION or _answers(here, voice, link)


def _tells(here: Scene, link: Link, report: str) -> bool:
    """Return whether it tells the event itself, in its own report at hand or in this one: it denies no part of it.

    "He died of a heart attack, the prison service said. There were no signs of violence, it said."
    """
    own = here.published.get(fold(link.name), set())
    return any(
        voice.report.id in own
        or (
            voice.report.id == report
            and voice.link is not None
            and voice.link.kind is SourceKind.ORGANISATION
            and fold(voice.link.name) == fold(link.name)
            and core_acts(voice)
        )
        for voice in here.affirming
    )


def _answers(here: Scene, voice: Voice, link: Link) -> bool:
    """Return whether a person's office answers for others."""
    held = offices(link.name, here.people.get(link.person or ""), voice.report)
    return bool(held & vocabulary().deniers)


def _plain(name: str) -> str:
    """Return a name's words but for articles, folded and in order."""
    words = [word for word in fold(name).split() if word not in vocabulary().empty]
    return " ".join(sorted(words))
