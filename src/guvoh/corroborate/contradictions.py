"""Values that cannot both hold, and the change in copying behind them where there is one."""

from collections.abc import Callable, Sequence
from itertools import combinations

from guvoh.corroborate.days import days, overlap
from guvoh.corroborate.descriptions import place_keys
from guvoh.corroborate.features import counted, fold_words, willing
from guvoh.corroborate.fit import facilities_differ, numbers_agree
from guvoh.corroborate.outlets import outlet
from guvoh.corroborate.values import Details
from guvoh.corroborate.vocabulary import family, vocabulary
from guvoh.corroborate.voices import Scene, Voice
from guvoh.languages.fold import fold
from guvoh.model.event import Contradiction, Value
from guvoh.model.lineage import ChangeKind, Member

_SLACK = 1
_FORCE = "coerce"
Told = tuple[str, ...]  # an English sentence with {0}, {1} … and what stands there
_COPIED = "It changed in copying"
_FROM = _COPIED + ": {0} has it from {1}, which says otherwise."
_EARLIER = _COPIED + ": {0} has it from an earlier version, which says otherwise."
_LATER = "{0} gives both; its report of {1} is the later one."
_WILLING = "{0} tells it as something that people did of their own accord."
_DIFFER = "Reports that do not derive from one another differ."
_MISREAD = "Versions of one text have them, and no change in copying was found: one may be misread."
REASONS = (_FROM, _EARLIER, _LATER, _WILLING, _DIFFER, _MISREAD)
_COMPARED = 64  # values of one kind that are compared
_MOST = 24  # contradictions of one kind; a reader needs no more
_KINDS = {
    "when": (ChangeKind.TIME,),
    "how_many": (ChangeKind.QUANTITY,),
    "where": (ChangeKind.PLACE,),
    "who": (ChangeKind.PERSON, ChangeKind.ORGANISATION),
}


def contradictions(scene: Scene, details: Details) -> tuple[Contradiction, ...]:
    """Return the pairs of values that exclude one another, for when, how many and where.

    Values of one claim never do, nor what one mouth tells in one report, but for two numbers of the same word:
    they are several things. What copying made of a value is named.
    """
    return (
        *_of_kind(scene, "when", details.when, _times_exclude),
        *_of_kind(scene, "how_many", details.how_many, _numbers_exclude),
        *_of_kind(scene, "where", details.where, _places_exclude),
        *_accounts(scene),
    )


def _accounts(scene: Scene) -> list[Contradiction]:
    """Return the contradiction of force and free will, where somebody who answers for it tells the latter."""
    forced = [
        voice.claim.id
        for voice in scene.affirming
        if not voice.derived and any(act.name == _FORCE for act in voice.claim.acts)
    ]
    free = [v for v in scene.voices if v.denies and v.link is not None and willing(v.claim)]
    free.sort(key=lambda voice: voice.derived)  # a copy may put it into another mouth
    if not forced or not free:
        return []
    teller = scene.veil.shown(free[0].report.id, free[0].link.name if free[0].link else "")
    told = (_WILLING, teller)
    claims = (*forced, *(voice.claim.id for voice in free))
    values = ("without consent", "of their own accord")
    return [Contradiction("account", values, _said(told), claims, told)]


Excludes = Callable[[Scene, Value, Value], bool]


def _of_kind(
    scene: Scene, kind: str, values: Sequence[Value], excludes: Excludes
) -> list[Contradiction]:
    """Return the pairs that differ outside copies, and for each value of copies alone one rival.

    What copying made is held against what it was made from; that two copies differ says no more.
    """
    own = [value for value in values if any(not voice.derived for voice in scene.of(value.claims))]
    copied = [value for value in values if not any(value is one for one in own)]
    found: list[Contradiction] = []

    def differ(one: Value, other: Value) -> bool:
        parts = one.of is None or fold(one.of) != fold(other.of or "")
        if set(one.claims) & set(other.claims) or not excludes(scene, one, other):
            return False
        return not (parts and _told(scene, one) & _told(scene, other))

    for one, other in combinations(own[:_COMPARED], 2):
        if differ(one, other):
            found.append(_found(kind, one, other, _because(scene, kind, one, other)))
    for value in copied[:_COMPARED]:
        rivals = [(one, _because(scene, kind, value, one)) for one in own if differ(one, value)]
        rivals.sort(key=lambda rival: not rival[1][0].startswith(_COPIED))
        found += [_found(kind, rivals[0][0], value, rivals[0][1])] if rivals else []
    return found[:_MOST]


def _told(scene: Scene, value: Value) -> set[tuple[str, str]]:
    """Return who tells a value in which report: what one mouth tells in a page are parts ("the five survivors") or steps."""
    return {
        (voice.report.id, voice.person or (voice.link.name if voice.link else voice.claim.id))
        for voice in scene.of(value.claims)
    }


def _found(kind: str, one: Value, other: Value, told: Told) -> Contradiction:
    claims = (*one.claims, *other.claims)
    return Contradiction(kind, (one.name, other.name), _said(told), claims, told)


def _said(told: Told) -> str:
    """Return a reason in English."""
    sentence, *values = told
    return sentence.format(*values)


def _times_exclude(scene: Scene, one: Value, other: Value) -> bool:
    del scene
    ours, theirs = days(one.edtf or ""), days(other.edtf or "")
    return ours is not None and theirs is not None and not overlap(ours, theirs, _SLACK)


def _numbers_exclude(scene: Scene, one: Value, other: Value) -> bool:
    if one.low is None or other.low is None:
        return False
    if "" not in (ours := _of(scene, one), theirs := _of(scene, other)) and ours != theirs:
        return False
    if _others(one, other) or _other_acts(scene, one, other) or _risen(scene, one, other):
        return False
    return not numbers_agree((one.low, one.high, ours), (other.low, other.high, theirs))


def _other_acts(scene: Scene, one: Value, other: Value) -> bool:
    """Return whether two numbers are of people to whom acts of no common kind were done: the freed and the arrested."""
    ours, theirs = (
        {family(act.name) for voice in scene.of(value.claims) for act in voice.claim.acts}
        for value in (one, other)
    )
    return bool(ours and theirs) and ours.isdisjoint(theirs)


def _risen(scene: Scene, one: Value, other: Value) -> bool:
    """Return whether one voice tells on a later day of more dead: a toll that has risen, not another account."""
    for ours in scene.of(one.claims):
        for theirs in scene.of(other.claims):
            first, last = sorted((ours, theirs), key=lambda v: v.report.published or "")
            more, fewer = (one, other) if last is ours else (other, one)
            if _toll(first) and _toll(first) == _toll(last) and (more.low or 0) > (fewer.low or 0):
                days_told = [(v.report.published or "")[:10] for v in (first, last)]
                if "" not in days_told and days_told[0] < days_told[1]:
                    return True
    return False


def _toll(voice: Voice) -> str:
    """Return, folded, who tells of dead; nothing where nobody is named or nobody died."""
    dead = not vocabulary().deadly.isdisjoint(act.name for act in voice.claim.acts)
    return fold(voice.link.name) if dead and voice.link is not None else ""


def _others(one: Value, other: Value) -> bool:
    """Return whether two numbers are surely of other people: women and men, prisoners and guards."""
    known = vocabulary()
    for ours, theirs in ((one, other), (other, one)):
        words, beside = (set(fold_words(value.of or "")) for value in (ours, theirs))
        if words & known.women and beside & known.men:
            return True
        power = {f"r:{role}" for role in known.perpetrators}
        if power & set(ours.terms) and theirs.terms and not power & set(theirs.terms):
            return True
    return False


def _of(scene: Scene, value: Value) -> str:
    return counted(value.of, scene.of(value.claims[:1])[0].report.language)


def _places_exclude(scene: Scene, one: Value, other: Value) -> bool:
    """Return whether a copy has one place where its original has the other.

    Or both are facilities of one kind in different reports. A copy that leaves out one of two places changes none.
    """
    ours, theirs = scene.of(one.claims), scene.of(other.claims)
    keys, others = _place(ours, one), _place(theirs, other)
    if not keys or not others or keys[0][0] != others[0][0]:
        return False
    twins = [
        (mine, yours)
        for mine in ours
        for yours in theirs
        if mine.twin == yours.claim.id or yours.twin == mine.claim.id
    ]
    if twins:
        return not any(
            _says(yours, mine, one) or _says(mine, yours, other) for mine, yours in twins
        )
    if {v.report.id for v in ours} & {v.report.id for v in theirs}:
        return False
    return facilities_differ(keys, others)


def _says(voice: Voice, twin: Voice, value: Value) -> bool:
    """Return whether a claim has the word that its twin has for a place: the quarter beside its city."""
    said = fold(voice.claim.text)
    return any(fold(p.text) in said for p in twin.claim.places if p.name == value.name)


def _place(voices: Sequence[Voice], value: Value) -> tuple[str, ...]:
    for voice in voices:
        for place in voice.claim.places:
            if place.name == value.name:
                return place_keys(place, voice.report.language)
    return ()


def _because(scene: Scene, kind: str, one: Value, other: Value) -> Told:
    """Return why two values differ: what copying made of the second to give the first, or the reverse."""
    for value, rival in ((one, other), (other, one)):
        told = scene.of(value.claims)
        for voice in told:
            member = scene.members.get(voice.report.id)
            if member is not None and voice.derived and _changed(kind, voice, member, rival):
                return _copied(scene, voice, member)
    families = [
        {
            scene.family[v.report.id].id
            for v in scene.of(value.claims)
            if v.report.id in scene.family
        }
        for value in (one, other)
    ]
    apart = _MISREAD if families[0] & families[1] else _DIFFER
    return _corrected(scene, one, other) or (apart,)


def _changed(kind: str, voice: Voice, member: Member, rival: Value) -> bool:
    """Return whether a copy has a value where what it was made from has the rival."""
    if voice.twin is not None and voice.twin in rival.claims:
        return True
    if member.derivation is None:
        return False
    span = voice.claim.span
    return any(
        change.kind in _KINDS[kind]
        and change.to_span is not None
        and span.start <= change.to_span.start < span.end
        for change in member.derivation.changes
    )


def _copied(scene: Scene, voice: Voice, member: Member) -> Told:
    above = scene.material.reports.get(member.parent or voice.claim.report)
    if above is None or not member.parent:
        return (_EARLIER, outlet(voice.report))
    return (_FROM, outlet(voice.report), outlet(above))


def _corrected(scene: Scene, one: Value, other: Value) -> Told | None:
    """Return a reason where one publisher gave both values, the later one after the earlier."""
    for ours in scene.of(one.claims):
        for theirs in scene.of(other.claims):
            if ours.report.publisher is None or theirs.report.publisher is None:
                continue
            if (ours.report.published or "")[:10] == (theirs.report.published or "")[:10]:
                continue  # one report, or two of one day, correct nothing
            same = fold(ours.report.publisher.text) == fold(theirs.report.publisher.text)
            if same and ours.report.published and theirs.report.published:
                later = max(ours.report, theirs.report, key=lambda report: report.published or "")
                return (_LATER, outlet(later), (later.published or "")[:10])
    return None
