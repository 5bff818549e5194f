"""The original sources of an event: who is who across its reports, and who stands only in copies."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from guvoh.corroborate.decisions import SAME_SOURCE
from guvoh.corroborate.identity import (
    FIRSTHAND,
    Identity,
    Likeness,
    compare,
    declined,
    identity,
    key_of,
    named_alike,
)
from guvoh.corroborate.openings import named_later
from guvoh.corroborate.origins import in_origin
from guvoh.corroborate.parentless import alone
from guvoh.corroborate.relays import fold_relays, shortened
from guvoh.corroborate.union import Union
from guvoh.corroborate.veil import WITHHELD
from guvoh.corroborate.voices import Scene, Voice, answering, is_person, speaker
from guvoh.languages.fold import fold
from guvoh.model.claim import Basis, Link, SourceKind, Stance
from guvoh.model.finding import Finding
from guvoh.model.lineage import ChangeKind
from guvoh.model.report import Report

_KNOWING = (*FIRSTHAND, Basis.DOCUMENT, Basis.TOLD, Basis.INFERENCE)


@dataclass(slots=True)
class Cluster:
    """One source across reports: what each report says of it, and its voices in canonical order.

    `standing`: "counted", or why it is not: "unconfirmed", "changed", "elsewhere", "denies",
    "rejected", "retracted".
    `relays` are the keys of parts that only pass on what it said; it is never named after them.
    """

    parts: list[Identity] = field(default_factory=list)
    voices: list[Voice] = field(default_factory=list)
    standing: str = "counted"
    reason: str = ""
    independent: bool = False
    masked: bool = False
    relays: set[str] = field(default_factory=set)

    @property
    def speaking(self) -> list[Voice]:
        """Return its voices but for those of relays, who are other people."""
        mine = [v for v in self.voices if v.person is None or v.person not in self.relays]
        return mine or self.voices

    @property
    def id(self) -> str:
        """Return its id: that of its first person, or of its first claim."""
        return self.speaking[0].person or f"{self.speaking[0].claim.id}/source"

    @property
    def kind(self) -> SourceKind:
        """Return what it is."""
        return self.parts[0].kind

    @property
    def name(self) -> str:
        """Return how it is named: as the earliest report that is no copy names it, a pseudonym first."""
        if self.masked:
            return WITHHELD
        original = {v.report.id for v in self.voices if not v.derived}
        mine = [part for part in self.parts if part.key not in self.relays] or self.parts
        parts = [part for part in mine if part.report in original] or mine
        veiled = [part for part in mine if part.pseudonym]
        return (veiled or parts)[0].name

    @property
    def own(self) -> list[Voice]:
        """Return its voices outside copies, or all where it stands only in copies."""
        return [voice for voice in self.voices if not voice.derived] or self.voices

    @property
    def basis(self) -> Basis:
        """Return how it knows, as reports that are no copies have it."""
        mine = [v for v in self.own if v.person is None or v.person not in self.relays]
        found = {voice.link.basis for voice in mine or self.own if voice.link is not None}
        return next((basis for basis in _KNOWING if basis in found), Basis.UNKNOWN)

    @property
    def counts(self) -> bool:
        """Return whether it is a person or group that counts."""
        return self.standing == "counted" and is_person(self.kind)


def clusters(scene: Scene) -> list[Cluster]:
    """Return the people, groups and documents on whose word the event rests, in canonical order."""
    grouped: dict[str, list[Voice]] = {}
    links: dict[str, Link] = {}
    for voice in scene.voices:
        link = speaker(voice)
        if link is not None:
            key = key_of(voice, link)
            links.setdefault(key, link)
            grouped.setdefault(key, []).append(voice)
    parts = {key: identity(scene, key, links[key], voices) for key, voices in grouped.items()}
    roots = Union(list(parts), scene.material.apart)
    named_later(scene, grouped, parts, roots)
    changed = _by_twins(scene, parts, roots)
    relays = shortened(scene, grouped, parts, roots)
    for key in relays:
        changed.pop(key, None)
    _across(scene, parts, roots, changed)
    relays |= fold_relays(scene, grouped, parts, roots)
    _as_decided(scene, grouped, parts, roots)
    found: dict[str, Cluster] = {}
    for key, voices in grouped.items():
        cluster = found.setdefault(roots.find(key), Cluster())
        cluster.parts.append(parts[key])
        cluster.voices.extend(voices)
        if key in relays:
            cluster.relays.add(key)
        if key in changed and not cluster.reason:
            cluster.reason = changed[key]
    order = {voice.claim.id: at for at, voice in enumerate(scene.voices)}
    result = list(found.values())
    for cluster in result:
        cluster.voices.sort(key=lambda voice: order[voice.claim.id])
        reports = list(dict.fromkeys(v.report.id for v in cluster.voices))
        cluster.parts.sort(
            key=lambda part: (
                part.key in cluster.relays,
                reports.index(part.report),
                not part.names,
                part.key,
            )
        )
        _stand(scene, cluster)
    _veil(scene, result)
    return sorted(result, key=lambda cluster: order[cluster.voices[0].claim.id])


def _by_twins(scene: Scene, parts: dict[str, Identity], roots: Union) -> dict[str, str]:
    """Join sources that stand in each other's place; return those that stand there for someone else."""
    by_claim = {voice.claim.id: voice for voice in scene.voices}
    changed: dict[str, str] = {}
    kept: set[str] = set()
    for voice in scene.voices:
        above = by_claim.get(voice.twin or "")
        link = speaker(voice)
        if above is None or link is None:
            continue
        key = key_of(voice, link)
        other = speaker(above)
        if other is None:
            changed.setdefault(key, "stands in a copy where the earlier version names no one")
            continue
        original = key_of(above, other)
        likeness = compare(parts[original], parts[key], kindred=True)
        if likeness is Likeness.SAME or (
            likeness is Likeness.NOTHING and _translated(scene, above, voice)
        ):
            roots.join(original, key)
            kept.add(key)
        else:
            changed[key] = "stands in a copy where the earlier version has another source"
    return {key: reason for key, reason in changed.items() if key not in kept}


def _translated(scene: Scene, above: Voice, voice: Voice) -> bool:
    """Return whether a voice says in another language what its twin says, and lineage saw no change.

    Descriptions in a language without data cannot be compared word by word.
    """
    member = scene.members.get(voice.report.id)
    if above.report.language == voice.report.language or member is None:
        return False
    span = voice.claim.span
    changes = member.derivation.changes if member.derivation is not None else ()
    return not any(
        change.kind is ChangeKind.SOURCE
        and change.to_span is not None
        and span.start <= change.to_span.start < span.end
        for change in changes
    )


def _across(
    scene: Scene, parts: dict[str, Identity], roots: Union, changed: dict[str, str]
) -> None:
    """Join the sources of different reports that are surely one."""
    listed = list(parts.values())
    buckets: dict[str, list[Identity]] = {}
    for part in listed:
        for bucket in _buckets(part):
            buckets.setdefault(bucket, []).append(part)
    for bucket in sorted(buckets):
        group = buckets[bucket][:64]
        for at, one in enumerate(group):
            for other in group[at + 1 :]:
                if one.report == other.report or roots.find(one.key) == roots.find(other.key):
                    continue
                kindred = _kindred(scene, one.report, other.report)
                if (one.key in changed) is not (other.key in changed):
                    # Someone else stands there in the copy: only a name or kin makes him one.
                    kindred = kindred and named_alike(one, other)
                same = compare(one, other, kindred=kindred) is Likeness.SAME
                if not same and kindred and declined(one, other):
                    same = _alone_of_name(one, other, listed)
                if same:
                    roots.join(one.key, other.key)


def _alone_of_name(one: Identity, other: Identity, parts: Sequence[Identity]) -> bool:
    """Return whether neither report has somebody else whose name is that of the other as it stands."""
    return not any(
        named_alike(mine, theirs)
        for mine, theirs, report in (
            *((part, other, one.report) for part in parts),
            *((part, one, other.report) for part in parts),
        )
        if mine.report == report
    )


def _buckets(part: Identity) -> list[str]:
    found = [f"kin {kin}" for kin in sorted(part.kin)] + [
        f"role {role}" for role in sorted(part.roles)
    ]
    found += [f"name {fold(name)[:1]}" for name in part.names]
    found += [f"quote {quote[0]}" for quote in part.quotes if quote]
    return list(dict.fromkeys([*found, f"as {fold(part.name)}"]))


def _kindred(scene: Scene, one: str, other: str) -> bool:
    """Return whether one report has it from the other, or both from one origin, as far as is known."""
    cited = scene.citations
    if other in cited.get(one, ()) or one in cited.get(other, ()):
        return True
    family = scene.family.get(one)
    if family is not None and family is scene.family.get(other):
        return True
    return any(
        member is not None and member.parent == above
        for member, above in ((scene.members.get(one), other), (scene.members.get(other), one))
    )


def _as_decided(
    scene: Scene, grouped: dict[str, list[Voice]], parts: dict[str, Identity], roots: Union
) -> None:
    """Join the sources that a person has found to be one."""
    by_claim = {v.claim.id: key for key, voices in grouped.items() for v in voices}
    for pair in scene.material.pairs:
        if pair.same and pair.one in grouped and pair.other in grouped:
            roots.join(pair.one, pair.other)
    for decision in scene.material.decisions:
        key = by_claim.get(decision.claim)
        if decision.verdict != SAME_SOURCE or key is None or decision.other is None:
            continue
        for other, voices in grouped.items():
            named = fold(decision.other) == fold(parts[other].name) or any(
                decision.other in (v.person, v.claim.id, f"{v.claim.id}/source")
                or (v.link is not None and fold(decision.other) == fold(v.link.name))
                for v in voices
            )
            placed = decision.other_capture in (None, voices[0].report.capture)
            if named and placed and other != key:
                roots.join(key, other)


def _stand(scene: Scene, cluster: Cluster) -> None:
    """Settle whether a source counts, and why it does not."""
    affirming = [voice for voice in cluster.voices if not voice.denies]
    denying = [voice for voice in cluster.voices if voice.denies]
    original = [
        voice
        for voice in affirming
        if not voice.derived and not alone(scene, voice, cluster.voices)
    ]
    if not affirming:
        cluster.standing = "denies"
        cluster.reason = "denies it, or only says what did not happen"
    elif not original:
        cluster.standing = "changed" if cluster.reason else "unconfirmed"
        cluster.reason = cluster.reason or "stands only in a copy, and not in what it was made from"
        if in_origin(scene, cluster):
            cluster.standing = "elsewhere"
            cluster.reason = "speaks in what the copy was made from as well, but not of this there"
    elif cluster.reason:
        cluster.reason = ""
    if original and _retracts(original, denying):
        cluster.standing, cluster.reason = "retracted", "took it back later"
        scene.findings.append(
            Finding(
                step="corroborate",
                kind="retraction",
                text="A source later denies what it said before; it no longer counts, and stays listed.",
                report=denying[-1].report.id,
                for_=(cluster.id,),
            )
        )
    if cluster.standing == "counted" and original and all(answering(scene, v) for v in original):
        cluster.standing, cluster.reason = "denies", "speaks for those who deny it"
    claims = {voice.claim.id for voice in cluster.voices}
    for decision in scene.material.decisions:
        if decision.claim not in claims:
            continue
        if decision.verdict in ("confirm-source", "independent") and affirming:
            cluster.standing, cluster.reason = "counted", ""
            cluster.independent = cluster.independent or decision.verdict == "independent"
        elif decision.verdict == "reject-source":
            cluster.standing, cluster.reason = "rejected", "was rejected by a person"


def _retracts(original: Sequence[Voice], denying: Sequence[Voice]) -> bool:
    """Return whether a source denies in a later report what it said in an earlier one.

    That something did not happen may be part of its story: only what is called a denial takes back.
    """
    first = original[0].report
    for voice in denying:
        later = voice.report
        if later.id == first.id or voice.claim.stance is not Stance.DENIED:
            continue
        if voice.derived and not _of_one_outlet(later, first):
            continue  # a copy may have made it up; an outlet's own second page has not
        if not first.published or not later.published or later.published > first.published:
            return True
    return False


def _of_one_outlet(one: Report, other: Report) -> bool:
    names = [fold(each.publisher.text) for each in (one, other) if each.publisher is not None]
    return len(names) == 2 and names[0] == names[1] != ""


def _veil(scene: Scene, found: Sequence[Cluster]) -> None:
    """Mask sources under whose name stands, in a copy, someone whose name another version withholds."""
    by_claim = {voice.claim.id: cluster for cluster in found for voice in cluster.voices}
    for cluster in found:
        for voice in cluster.voices:
            above = by_claim.get(voice.twin or "")
            if above is None or above is cluster or not voice.derived:
                continue
            if any(part.pseudonym or part.withheld for part in above.parts):
                names = [n for part in cluster.parts for n in (*part.names, *part.of)]
                scene.veil.cover(voice.report.id, names, above.voices[0].report.id)
    for cluster in found:
        hidden = [p.report for p in cluster.parts if scene.veil.hides(p.report, p.name)]
        if not hidden:
            continue
        cluster.masked = all(scene.veil.hides(p.report, p.name) for p in cluster.parts)
        cluster.parts.sort(key=lambda part: part.report in hidden)
        scene.findings.append(
            Finding(
                step="corroborate",
                kind="withheld-and-supplied",
                text="A report supplies a name that another version withholds; the name is set aside.",
                report=hidden[0],
            )
        )


def shown_names(everyone: Sequence[Cluster]) -> dict[str, str]:
    """Return the names of sources by the ids of their persons; relays keep their own."""
    named = ((one.name, one.speaking) for one in everyone)
    return {voice.person: name for name, speaking in named for voice in speaking if voice.person}


def shown_chain(here: Scene, voice: Voice, names: Mapping[str, str]) -> tuple[str, ...]:
    """Return a chain as it is shown: each link by the name that the source has across reports.

    Two links of one report can be one source across reports: what comes back to somebody rests on them.
    """
    shown: list[str] = []
    for link in voice.claim.chain:
        name = names.get(link.person or "") or here.veil.shown(voice.report.id, link.name)
        if name and name in shown:
            del shown[shown.index(name) :]
        shown.append(name)
    return tuple(shown)
