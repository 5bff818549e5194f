"""How many original sources stand behind claims: bounds, and the questions that would close them.

The rules are principle 4 of the design: copying cannot raise the count.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from guvoh.corroborate.identity import firsthand
from guvoh.corroborate.parentless import changed
from guvoh.corroborate.sources import Cluster
from guvoh.corroborate.ties import Tie, groups, ties
from guvoh.corroborate.voices import Scene, Voice, core_acts, is_person
from guvoh.corroborate.withdrawn import correction, withdrawn
from guvoh.languages.fold import fold
from guvoh.model.claim import SourceKind
from guvoh.model.event import Count, Joined

_CHECKED = ("checked", "independent", "confirm-source", "reject-source")


def joined(book: "Ledger") -> tuple[Joined, ...]:
    """Return the sources that `low` counts as one, each group with the questions that would part it."""
    found: list[Joined] = []
    for first in sorted(set(book.groups)):
        inside = [at for at, group in enumerate(book.groups) if group == first]
        if len(inside) > 1:
            asked = tuple(dict.fromkeys(tie.asked for tie in book.ties if tie.one in inside))
            names = tuple(book.counted[at].name for at in inside)
            question = " ".join(sentence.format(*said) for sentence, *said in asked)
            found.append(Joined(names, question, asked))
    return tuple(found)


def relays(voices: Sequence[Voice], named: Collection[str]) -> int:
    """Return how many families only pass on what someone says: at most one each, and only in `high`.

    `named` are the families in which a source that says it speaks: what these narrate rests on it. What one
    outlet narrates twice, a year after for one, is told once.
    """
    telling = {family: outlet for family, outlet in _relaying(voices) if family not in named}
    return len(set(telling.values()))


def _relaying(voices: Sequence[Voice]) -> Iterator[tuple[str, str]]:
    """Yield the families in which it is only passed on, each with the outlet that does so, itself if that has no name."""
    told = any(core_acts(voice) for voice in voices)
    for voice in voices:
        # That somebody refused or promised something, told beside what was done, is no word for it.
        if voice.denies or (told and voice.claim.acts and not core_acts(voice)):
            continue
        link = voice.link
        if (
            link is None
            or link.kind in (SourceKind.UNNAMED, SourceKind.ORGANISATION)
            or not link.name
        ):
            publisher = voice.report.publisher
            yield voice.unit, fold(publisher.text) if publisher is not None else voice.unit


@dataclass(frozen=True, slots=True)
class Ledger:
    """What counting needs, worked out once for an event.

    `counted` are those of `everyone` who count as people, `ties` between them by index, `groups` the
    first of those that are one with each in the lower bound. `citing` are the claims that say themselves that they have
    it from another report at hand, stand without a voice beside such a claim, or are taken back, `judged` the claims that a person has assessed,
    `most` is the upper bound of the event.
    """

    scene: Scene
    everyone: Sequence[Cluster]
    counted: Sequence[Cluster]
    documents: Sequence[Cluster]
    ties: Sequence[Tie]
    groups: Sequence[int]
    citing: frozenset[str]
    judged: frozenset[str]
    most: int


def ledger(scene: Scene, everyone: Sequence[Cluster]) -> Ledger:
    """Return what counting needs."""
    counted = [cluster for cluster in everyone if cluster.counts]
    # Whoever a person does not let count may still have passed on what others say: to count fewer never raises the bound.
    passing = [one for one in everyone if one.standing == "rejected" and is_person(one.kind)]
    joining = ties(scene, [*counted, *passing])
    taken_back = list(withdrawn(scene))
    scene.findings += [correction(report, claim) for report, claim in taken_back]
    citing = frozenset([*_citing(scene), *(claim for _, claim in taken_back)])
    return Ledger(
        scene,
        everyone,
        counted,
        [c for c in everyone if c.standing == "counted" and c.kind is SourceKind.DOCUMENT],
        joining,
        groups(len(counted) + len(passing), joining)[: len(counted)],
        citing,
        frozenset(d.claim for d in scene.material.decisions if d.verdict in _CHECKED),
        _high(scene, citing, counted, None),
    )


def count(book: Ledger, claims: Collection[str] | None = None) -> Count:
    """Return the bounds behind claims, all of the event's if `claims` is None.

    A source counts for a value only where it says so outside copies. Sources that are one in the
    event's lower bound are one in that of each value: A may have it from C by way of B.
    """
    behind = [
        at for at, cluster in enumerate(book.counted) if stands_behind(book.scene, cluster, claims)
    ]
    high = _high(book.scene, book.citing, [book.counted[at] for at in behind], claims)
    return Count(
        low=len({book.groups[at] for at in behind}),
        high=min(high, book.most),
        firsthand=sum(
            firsthand(book.counted[at].basis, ahead=book.scene.gathered.ahead) for at in behind
        ),
        documents=sum(stands_behind(book.scene, cluster, claims) for cluster in book.documents),
        checked=_checked(book, claims),
    )


def _high(
    scene: Scene,
    citing: Collection[str],
    behind: Sequence[Cluster],
    claims: Collection[str] | None,
) -> int:
    """Return how many may stand behind claims: the sources that do, and one for each further family that tells it."""
    named = {voice.unit for cluster in behind for voice in cluster.voices}
    relaying = [
        voice
        for voice in scene.affirming
        if (claims is None or voice.claim.id in claims)
        and not voice.derived
        and voice.claim.id not in citing
    ]
    return len(behind) + relays(relaying, named)


def stands_behind(scene: Scene, cluster: Cluster, claims: Collection[str] | None) -> bool:
    """Return whether a source says one of the claims, and not only as copies have it."""
    if claims is None:
        return True
    confirmed = all(voice.derived for voice in cluster.voices)
    saying = [v for v in cluster.voices if v.claim.id in claims and not v.denies]
    return any(
        confirmed or not (voice.derived or changed(scene, voice, saying)) for voice in saying
    )


def _citing(scene: Scene) -> Iterator[str]:
    citing = [voice for voice in scene.affirming if scene.cited(voice.claim)]
    yield from (voice.claim.id for voice in citing)
    # The headline of a report that has it from another is no further word for it.
    reports = {voice.report.id for voice in citing}
    for voice in scene.affirming:
        if voice.report.id in reports and (voice.link is None or _narrates(voice)):
            yield voice.claim.id


def _narrates(voice: Voice) -> bool:
    """Return whether the outlet itself tells it."""
    publisher = voice.report.publisher
    return (
        voice.link is not None
        and publisher is not None
        and fold(voice.link.name) == fold(publisher.text)
    )


def _checked(book: Ledger, claims: Collection[str] | None) -> int:
    """Return the number of chains that a person has assessed."""
    if not book.judged:
        return 0
    return len(
        {
            (at, tuple(link.name for link in voice.claim.chain))
            for at, cluster in enumerate(book.everyone)
            for voice in cluster.voices
            if voice.claim.id in book.judged and (claims is None or voice.claim.id in claims)
        }
    )
