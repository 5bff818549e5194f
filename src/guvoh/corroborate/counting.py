"""How many original sources stand behind claims: bounds, and the questions that would close them.

The rules are principle 4 of the design: copying cannot raise the count.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from guvoh.corroborate.descriptions import name_key
from guvoh.corroborate.identity import Likeness, compare, firsthand, shared_quotation
from guvoh.corroborate.sources import Cluster
from guvoh.corroborate.vocabulary import vocabulary
from guvoh.corroborate.voices import Scene, Voice
from guvoh.languages.fold import fold
from guvoh.model.claim import Link, SourceKind
from guvoh.model.event import Count, Joined

_CHECKED = ("checked", "independent", "confirm-source", "reject-source", "same-source")
_PAIRS = 4000  # pairs of sources that are looked at; more would say nothing that a reader can use


@dataclass(frozen=True, slots=True)
class Tie:
    """Two counted sources of which one may have informed the other, or that may be one."""

    one: int
    other: int
    question: str


def ties(scene: Scene, counted: Sequence[Cluster]) -> tuple[Tie, ...]:
    """Return what suggests that one source informed another; indices into `counted`."""
    found: list[Tie] = []
    shown = scene.outlets
    intermediaries = [_intermediaries(cluster, shown) for cluster in counted]
    inner = [_link_keys(cluster) for cluster in counted]
    for pairs, (one, other) in enumerate(combinations(range(len(counted)), 2)):
        if pairs >= _PAIRS:
            break
        if counted[one].independent or counted[other].independent:
            continue
        question = _question(counted[one], counted[other]) or _by_chain(
            (counted[one], inner[one], intermediaries[one]),
            (counted[other], inner[other], intermediaries[other]),
        )
        if question:
            found.append(Tie(one, other, question))
    return tuple(found)


def _question(one: Cluster, other: Cluster) -> str | None:
    """Return the question that two sources raise by who they are."""
    likeness = max(
        (
            compare(ours, theirs, kindred=False)
            for ours in one.parts
            for theirs in other.parts
            if ours.report != theirs.report
        ),
        default=Likeness.NOTHING,
    )
    alike = all(
        compare(ours, theirs, kindred=False) is not Likeness.CONFLICT
        for ours in one.parts
        for theirs in other.parts
        if ours.report != theirs.report
    )
    if likeness >= Likeness.MAYBE and alike:
        return f"Are {one.name} and {other.name} the same?"
    if any(shared_quotation(ours, theirs) for ours in one.parts for theirs in other.parts):
        return f"{one.name} and {other.name} say the same words: who of them said it?"
    if _related(one, other):
        return f"Did {one.name} and {other.name}, who are close to one another, tell one another of it?"
    tied = _all(one, "tied") & _all(other, "tied")
    if tied:
        return f"Did {one.name} and {other.name}, who belong to the same organisation, tell one another of it?"
    roles = vocabulary().facility_roles
    if _all(one, "roles") & roles and _all(other, "roles") & roles:
        return f"Were {one.name} and {other.name} in the same place, and did one hear of it from the other?"
    return None


def _all(cluster: Cluster, name: str) -> set[str]:
    return {value for part in cluster.parts for value in getattr(part, name)}


def _related(one: Cluster, other: Cluster) -> bool:
    """Return whether one is related to the other, or both to the same person."""
    for ours, theirs in ((one, other), (other, one)):
        if _all(ours, "related") & {voice.person for voice in theirs.voices}:
            return True
    return any(
        left.related & right.related
        if left.report == right.report
        else bool({name_key(n) for n in left.of} & {name_key(n) for n in right.of} - {""})
        for left in one.parts
        for right in other.parts
    )


def _link_key(link: Link) -> str:
    return link.person or name_key(link.name) or fold(link.name)


def _link_keys(cluster: Cluster) -> set[str]:
    """Return the keys of a source's own links."""
    return {_link_key(voice.link) for voice in cluster.voices if voice.link is not None}


def _intermediaries(cluster: Cluster, publishers: Collection[str]) -> dict[str, str]:
    """Return those through whom a source's words came, by key, but for outlets."""
    return {
        _link_key(link): link.name
        for voice in cluster.voices
        if not voice.derived
        for link in voice.claim.chain[:-1]
        if fold(link.name) not in publishers and link.kind is not SourceKind.UNNAMED
    }


Heard = tuple[Cluster, set[str], dict[str, str]]


def _by_chain(one: Heard, other: Heard) -> str | None:
    """Return the question that chains raise: one passed the other's words on, or both came one way."""
    for (teller, _, through), (hearer, own, _) in ((one, other), (other, one)):
        if own & through.keys():
            return f"Does {hearer.name} know this from anyone but {teller.name}?"
    shared = [key for key in one[2] if key in other[2]]
    if shared:
        return (
            f"Did {one[0].name} and {other[0].name}, whose words both came through "
            f"{one[2][shared[0]]}, know of it from one another?"
        )
    return None


def groups(number: int, joining: Sequence[Tie]) -> list[list[int]]:
    """Return 0…number-1 in groups that ties join."""
    root = list(range(number))

    def find(at: int) -> int:
        while root[at] != at:
            at = root[at]
        return at

    for tie in joining:
        first, second = sorted((find(tie.one), find(tie.other)))
        root[second] = first
    found: dict[int, list[int]] = {}
    for at in range(number):
        found.setdefault(find(at), []).append(at)
    return list(found.values())


def joined(counted: Sequence[Cluster], joining: Sequence[Tie]) -> tuple[Joined, ...]:
    """Return the sources that `low` counts as one, each group with the questions that would part it."""
    found: list[Joined] = []
    for group in groups(len(counted), joining):
        if len(group) < 2:
            continue
        kept: list[Tie] = []
        for tie in joining:
            inside = tie.one in group
            if inside and len(groups(len(counted), [*kept, tie])) < len(groups(len(counted), kept)):
                kept.append(tie)
        question = " ".join(tie.question for tie in kept)
        found.append(Joined(tuple(counted[at].name for at in group), question))
    return tuple(found)


def relays(voices: Sequence[Voice], named: Collection[str]) -> int:
    """Return how many families only pass on what someone says: at most one each, and only in `high`.

    `named` are the families in which a source that counts speaks: what these narrate rests on it.
    """
    return len(set(_relaying(voices)) - set(named))


def _relaying(voices: Sequence[Voice]) -> Iterator[str]:
    for voice in voices:
        if voice.denies:
            continue
        link = voice.link
        if (
            link is None
            or link.kind in (SourceKind.UNNAMED, SourceKind.ORGANISATION)
            or not link.name
        ):
            yield voice.unit


@dataclass(frozen=True, slots=True)
class Ledger:
    """What counting needs, worked out once for an event.

    `counted` are those of `everyone` who count as people, `ties` between them by index. `named` are
    the families in which one of them speaks, `citing` the claims that say themselves that they have
    it from another report at hand, `judged` the claims that a person has assessed.
    """

    scene: Scene
    everyone: Sequence[Cluster]
    counted: Sequence[Cluster]
    documents: Sequence[Cluster]
    ties: Sequence[Tie]
    named: frozenset[str]
    citing: frozenset[str]
    judged: frozenset[str]


def ledger(scene: Scene, everyone: Sequence[Cluster]) -> Ledger:
    """Return what counting needs."""
    counted = [cluster for cluster in everyone if cluster.counts]
    return Ledger(
        scene,
        everyone,
        counted,
        [c for c in everyone if c.standing == "counted" and c.kind is SourceKind.DOCUMENT],
        ties(scene, counted),
        frozenset(voice.unit for cluster in counted for voice in cluster.voices),
        frozenset(_citing(scene)),
        frozenset(d.claim for d in scene.material.decisions if d.verdict in _CHECKED),
    )


def count(book: Ledger, claims: Collection[str] | None = None) -> Count:
    """Return the bounds behind claims, all of the event's if `claims` is None.

    A source counts for a value only where it says so outside copies.
    """
    behind = [at for at, cluster in enumerate(book.counted) if stands_behind(cluster, claims)]
    ordinals = {at: new for new, at in enumerate(behind)}
    inside = [
        Tie(ordinals[tie.one], ordinals[tie.other], tie.question)
        for tie in book.ties
        if tie.one in ordinals and tie.other in ordinals
    ]
    relaying = [
        voice
        for voice in book.scene.affirming
        if (claims is None or voice.claim.id in claims)
        and not voice.derived
        and voice.claim.id not in book.citing
    ]
    return Count(
        low=len(groups(len(behind), inside)),
        high=len(behind) + relays(relaying, book.named),
        firsthand=sum(
            firsthand(book.counted[at].basis, ahead=book.scene.gathered.ahead) for at in behind
        ),
        documents=sum(stands_behind(cluster, claims) for cluster in book.documents),
        checked=_checked(book, claims),
    )


def stands_behind(cluster: Cluster, claims: Collection[str] | None) -> bool:
    """Return whether a source says one of the claims, and not only as copies have it."""
    if claims is None:
        return True
    confirmed = all(voice.derived for voice in cluster.voices)
    return any(
        voice.claim.id in claims and not voice.denies and (confirmed or not voice.derived)
        for voice in cluster.voices
    )


def _citing(scene: Scene) -> Iterator[str]:
    publishers: dict[str, set[str]] = {}
    for voice in scene.affirming:
        if voice.report.publisher is not None:
            publishers.setdefault(fold(voice.report.publisher.text), set()).add(voice.report.id)
    for voice in scene.affirming:
        for link in voice.claim.chain:
            if publishers.get(fold(link.name), set()) - {voice.report.id}:
                yield voice.claim.id


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
