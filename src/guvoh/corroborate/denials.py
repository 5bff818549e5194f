"""Who denies an event, of what, and through which chain."""

from collections.abc import Sequence

from guvoh.corroborate.descriptions import describe, titles
from guvoh.corroborate.sources import Cluster, shown_chain, shown_names
from guvoh.corroborate.vocabulary import vocabulary
from guvoh.corroborate.voices import Scene, Voice
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
    found: list[tuple[Link, Denial]] = []
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
        if not any(_one_denier((other, known.name), (link, name)) for other, known in found):
            found.append((link, Denial(name, (*chain[:-1], name), voice.claim.id)))
    return tuple(denial for _, denial in found)


def _one_denier(one: tuple[Link, str], other: tuple[Link, str]) -> bool:
    """Return whether two who deny are one: by their words, or as offices of one place or name.

    "The military commissariat of Tyulensky district" is known again in another language by what
    of its name is a proper name.
    """
    if _plain(one[1]) == _plain(other[1]):
        return True
    if SourceKind.ORGANISATION not in (one[0].kind, other[0].kind):
        return False
    ours, theirs = _proper(one[1]), _proper(other[1])
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
    if _tells(here, link):
        return False
    return link.kind is SourceKind.ORGANISATION or _answers(here, voice, link)


def _tells(here: Scene, link: Link) -> bool:
    """Return whether it is an outlet whose own report at hand tells the event: it denies no part of it."""
    own = here.published.get(fold(link.name), set())
    return any(voice.report.id in own for voice in here.affirming)


def _answers(here: Scene, voice: Voice, link: Link) -> bool:
    """Return whether a person's office answers for others."""
    person = here.people.get(link.person or "")
    said = describe(link.name, voice.report.language)
    roles = {*said.roles, *(titles(person, voice.report) if person is not None else ())}
    return bool(roles & vocabulary().deniers)


def _plain(name: str) -> str:
    """Return a name's words but for articles, folded and in order."""
    words = [word for word in fold(name).split() if word not in vocabulary().empty]
    return " ".join(sorted(words))
