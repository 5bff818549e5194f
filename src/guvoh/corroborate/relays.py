"""Who in a report only passes on what another source told: counted as that source, never beside it."""

from collections.abc import Iterator, Mapping, Sequence

from guvoh.corroborate.identity import (
    Identity,
    Likeness,
    compare,
    declined,
    firsthand,
    identity,
    key_of,
    link_key,
    same_enough,
)
from guvoh.corroborate.union import Union
from guvoh.corroborate.vocabulary import vocabulary
from guvoh.corroborate.voices import Scene, Voice, is_person, speaker
from guvoh.languages.fold import fold
from guvoh.model.claim import Basis


def fold_relays(
    scene: Scene,
    grouped: Mapping[str, Sequence[Voice]],
    parts: Mapping[str, Identity],
    roots: Union,
) -> set[str]:
    """Join relays with the source that they pass on, and general descriptions with whom they describe.

    Whoever passes on in a report what somebody told is no source beside him there, unless he knows
    it at first hand: "most of them are Tajiks", says the sister to whom Daler told it. "The family
    of a man" and "Daler's sister" in one report are one. Return the keys of the relays.
    """
    relays: set[str] = set()
    for report, keys in _by_report(parts).items():
        for outer, inner in _passed_on(scene, report):
            known = outer in keys and inner in keys and outer != inner and outer not in relays
            if known and is_person(parts[inner].kind) and _relays(scene, grouped[outer]):
                roots.join(inner, outer)
                relays.add(outer)
        for general, one in _described(parts, keys):
            roots.join(one, general)
            if one in relays:
                relays.add(general)
    return relays


def shortened(
    scene: Scene,
    grouped: Mapping[str, Sequence[Voice]],
    parts: Mapping[str, Identity],
    roots: Union,
) -> set[str]:
    """Join whoever is the last voice of a retold chain with the source behind him in what is retold.

    "His sister said", writes the copy, where she passed on what he had told her. And a lawyer or the head of an
    organisation who in another report passes on what families told her knows no more where she speaks alone. Return
    the keys of those who are relays.
    """
    outer: dict[str, dict[str, tuple[Identity, str]]] = {}
    for voice in scene.voices:
        holder = speaker(voice)
        if holder is None:
            continue
        for link in voice.claim.chain[:-1]:
            key = link_key(voice.report.id, link)
            told = is_person(link.kind) and link.name.strip() and link is not holder
            if told and fold(link.name) not in scene.outlets:
                known = outer.setdefault(voice.report.id, {})
                if key not in known:
                    known[key] = (identity(scene, key, link, [voice]), key_of(voice, holder))
    found: set[str] = set()
    for key, part in parts.items():
        for above in _above(scene, part.report):
            for relay, behind in outer.get(above, {}).values():
                same = compare(relay, part, kindred=True) is Likeness.SAME or declined(relay, part)
                if same and key not in found and _relays(scene, grouped[key]):
                    roots.join(behind, key)
                    found.add(key)
    for key, part in parts.items():
        heard = _advocated(part, outer) if _speaks_for(part, grouped[key]) else None
        if key not in found and heard is not None:
            roots.join(heard, key)
            found.add(key)
    return found


def _advocated(
    part: Identity, outer: Mapping[str, Mapping[str, tuple[Identity, str]]]
) -> str | None:
    """Return the source whose words somebody of the same full name passes on in another report, by key."""
    for report, known in outer.items():
        for one, last in known.values():
            if report != part.report and _by_name(one, part):
                return last
    return None


def _speaks_for(part: Identity, voices: Sequence[Voice]) -> bool:
    """Return whether somebody's work is to speak for others, and he saw nothing of it himself."""
    saw = (Basis.EYEWITNESS, Basis.VICTIM)
    return bool(part.roles & vocabulary().advocates) and not any(
        voice.denies or (voice.link is not None and voice.link.basis in saw) for voice in voices
    )


def _by_name(one: Identity, other: Identity) -> bool:
    """Return whether two have a full name in common, in whatever script."""
    return any(
        " " in ours and " " in theirs and same_enough(ours, theirs)
        for ours in one.names
        for theirs in other.names
    )


def _above(scene: Scene, report: str) -> list[str]:
    """Return what a report is made of, as far as is known: what it cites, its parent, its origin."""
    member, family = scene.members.get(report), scene.family.get(report)
    known = [*sorted(scene.citations.get(report, ()))]
    known += [member.parent] if member is not None and member.parent else []
    known += [family.origin] if family is not None and family.origin else []
    return [one for one in dict.fromkeys(known) if one != report]


def _by_report(parts: Mapping[str, Identity]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key, part in parts.items():
        found.setdefault(part.report, []).append(key)
    return found


def _passed_on(scene: Scene, report: str) -> Iterator[tuple[str, str]]:
    """Yield who passes on whose words anywhere in a report, by key."""
    for claim in scene.material.readings[report].claims:
        for outer, inner in zip(claim.chain, claim.chain[1:], strict=False):
            known = inner.resolved or inner.person is not None
            if is_person(outer.kind) and is_person(inner.kind) and inner.name.strip() and known:
                yield link_key(report, outer), link_key(report, inner)


def _relays(scene: Scene, voices: Sequence[Voice]) -> bool:
    """Return whether someone knows nothing of it at first hand, and denies nothing."""
    ahead = scene.gathered.ahead
    return not any(
        voice.denies or (voice.link is not None and firsthand(voice.link.basis, ahead=ahead))
        for voice in voices
    )


def _described(parts: Mapping[str, Identity], keys: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield kin described in general, with the only kin of a report whom this can mean.

    Several who are kin of one person are one family: its word is that of the first of them.
    """
    general = vocabulary().kin_general
    for key in keys:
        one = parts[key]
        if not one.kin or not one.kin <= general or one.names:
            continue
        meant = [
            other
            for other in keys
            if other != key
            and parts[other].kin
            and not (parts[other].kin <= general and not parts[other].of)
            and (not one.of or not parts[other].of or set(one.of) & set(parts[other].of))
        ]
        shared = set.intersection(*(set(parts[other].of) for other in meant)) if meant else set()
        if len(meant) == 1 or (meant and (one.of or shared)):
            yield key, meant[0]
