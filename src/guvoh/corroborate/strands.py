"""What one report tells of each happening, before other reports are asked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from guvoh.corroborate.features import (
    Context,
    Features,
    context_of,
    features,
    fold_words,
    silent,
    supposed,
)
from guvoh.corroborate.fit import NOTHING_SHARED, Profile, fit, times_differ
from guvoh.corroborate.vocabulary import vocabulary
from guvoh.languages.fold import fold
from guvoh.model.claim import Claim, Reading, Stance
from guvoh.model.report import Report

_SHOWN = 8  # strands told last with which a claim is compared
_SPECIFIC = 3  # details that an act needs which harms nobody
_OPENING = 2  # details that it needs where a report opens with it


@dataclass(slots=True)
class Strand:
    """Claims of one report that tell of one happening: their ordinals and features, and all they say."""

    claims: list[tuple[int, Features]]
    profile: Profile
    paragraph: int

    @property
    def weight(self) -> int:
        """Return how much the report tells of it: that of which it tells most is what it is about."""
        return sum(_weight(told) for _, told in self.claims)

    @property
    def opens(self) -> int:
        """Return the paragraph in which the report begins to tell of it."""
        return min(told.paragraph for _, told in self.claims)

    @property
    def whole(self) -> Features:
        """Return what its claims say together, as one claim would."""
        return together([told for _, told in self.claims], self.profile)

    def take(self, at: int, told: Features) -> None:
        """Add a claim."""
        self.claims.append((at, told))
        self.profile.take(told)
        self.paragraph = told.paragraph


def together(every: Sequence[Features], profile: Profile) -> Features:
    """Return what claims of which a profile holds all say together, as one claim would."""
    first = every[0]
    people = any(told.people for told in every)
    return _one(profile, first.paragraph, (people, first.elliptic, first.voiced))


def known(profile: Profile) -> Features:
    """Return what is known of a happening as one claim would tell it."""
    return _one(profile, 0, (False, False, False))


def _one(profile: Profile, paragraph: int, manner: tuple[bool, bool, bool]) -> Features:
    people, elliptic, voiced = manner
    return Features(
        acts=tuple(profile.acts),
        families=tuple(sorted(profile.families)),
        manner=tuple(profile.manner),
        ahead=profile.ahead,
        denies=False,
        another=profile.another,
        places=tuple(profile.places),
        near=tuple(profile.near),
        who=tuple(profile.who),
        times=tuple(profile.times),
        near_times=tuple(profile.near_times),
        numbers=tuple(profile.numbers),
        paragraph=paragraph,
        people=people,
        elliptic=elliptic,
        voiced=voiced,
    )


@dataclass(slots=True)
class Account:
    """What a report tells: its strands in order of telling, and the claims that deny something.

    `slight` are strands too thin to make an event: an act of which hardly anything else is said.
    """

    strands: list[Strand] = field(default_factory=list)
    slight: list[Strand] = field(default_factory=list)
    denying: list[tuple[int, Features]] = field(default_factory=list)

    @property
    def every(self) -> Iterable[Features]:
        """Return the features of all that may be looked for among the happenings of other reports."""
        for strand in self.strands:
            yield strand.whole
            yield from (told for _, told in strand.claims)
        yield from (told for _, told in self.denying)

    def main(self) -> Strand | None:
        """Return what the report is about: that of which it tells most, the earlier of two."""
        return max(self.strands, key=lambda strand: strand.weight, default=None)


def account(report: Report, reading: Reading) -> Account:
    """Return what a report tells; a pure function of it and its reading."""
    context = context_of(report, reading)
    found = Account()
    ahead: list[tuple[int, Features]] = []
    lone: list[Strand] = []
    seen: list[tuple[int, Features]] = []
    denied = {claim.id for claim in reading.claims if claim.stance is Stance.DENIED}
    for at, claim in enumerate(reading.claims):
        # Nobody tells what somebody denies: "denied media reports that inmates were beaten".
        if silent(claim) or supposed(claim, report) or claim.within in denied:
            continue
        told = features(claim, context)
        if told.denies:
            found.denying.append((at, told))
        elif told.ahead and not told.acts and not told.manner:
            if not _proceedings(claim):
                ahead.append((at, told))
        elif told.tells:
            _spin(found.strands, at, told)
        elif told.described:
            lone.append(_lone(at, told))
        elif told.there and not told.ahead:
            seen.append((at, told))
    _foretell(found, ahead)
    _sift(found)
    _witness(found, seen)
    _place(found, context)
    found.slight += lone
    return found


def _proceedings(claim: Claim) -> bool:
    """Return whether what is ahead is a court's day or a burial: no other act is meant."""
    return any(fold(word).startswith(vocabulary().proceedings) for word in fold_words(claim.text))


def _lone(at: int, told: Features) -> Strand:
    strand = Strand([], Profile(ahead=told.ahead, another=told.another), told.paragraph)
    strand.take(at, told)
    return strand


def _spin(strands: list[Strand], at: int, told: Features) -> None:
    """Add a claim to the strand that it goes on, or begin one."""
    best: tuple[int, Strand] | None = None
    for strand in strands[-_SHOWN:]:
        points = _inside(told, strand)
        if points is not None and (best is None or points > best[0]):
            best = (points, strand)
    if best is not None and best[0] >= vocabulary().weights["threshold_inside"]:
        best[1].take(at, told)
        return
    strands.append(_lone(at, told))


def _inside(told: Features, strand: Strand) -> int | None:
    """Return the points by which a claim goes on what its report told before, None if it cannot."""
    found = fit(told, strand.profile)
    if found.barred or (told.another and not strand.profile.another and told.families):
        return None  # another group than the one told of before
    weights = vocabulary().weights
    near = abs(told.paragraph - strand.paragraph) <= 1
    plans = weights["plans"] if near and told.ahead and strand.profile.ahead else 0
    return found.total + plans + (weights["paragraph"] if near else weights["report"])


def _foretell(found: Account, ahead: Sequence[tuple[int, Features]]) -> None:
    """Give what is said to come, another time or for people who are counted, the act of which the report tells.

    "They are writing a second list" names no act: it is what was done to those on the first. What is
    said beside it of the same, goes with it: "they are to leave in October".
    """
    main = found.main()
    if main is None or not vocabulary().harm.intersection(main.profile.acts):
        return
    known = main.profile
    for at, told in ahead:
        if told.another or _counts(told):
            like = replace(
                told,
                acts=tuple(known.acts),
                families=tuple(sorted(known.families)),
                near=_narrow(known.places) or _narrow(known.near) or told.near,
                elliptic=True,
            )
            _spin(found.strands, at, like)
        else:
            beside = [s for s in found.strands if s.profile.ahead and told.paragraph == s.paragraph]
            if beside and not times_differ(told.times, beside[-1].profile.times):
                beside[-1].take(at, told)


def _witness(found: Account, seen: Sequence[tuple[int, Features]]) -> None:
    """Give what somebody saw or went through, told without a word for what was done, to what was done there.

    "I was on the balcony. He raised his hands." That is the one thing of which the report tells, or of several the
    nearest, in the same paragraph or the next. It bears witness to it; what it is known by stays as it is.
    """
    past = [strand for strand in found.strands if not strand.profile.ahead]
    for at, told in seen:
        near = [s for s in past if len(past) == 1 or _distance(told, s) <= 1]
        fitting = [s for s in near if fit(told, s.profile).barred in (None, NOTHING_SHARED)]
        if fitting:
            best = min(fitting, key=lambda strand: _distance(told, strand))
            best.claims.append(
                (at, replace(told, places=(), near=(), who=(), times=(), numbers=()))
            )


def _distance(told: Features, strand: Strand) -> int:
    """Return how many paragraphs lie between a claim and the nearest of a strand."""
    return min(abs(told.paragraph - one.paragraph) for _, one in strand.claims)


def _counts(told: Features) -> bool:
    """Return whether a claim says how many people it speaks of."""
    return any(low >= 2 and (of == "people" or of[:2] == "n:") for low, _, of in told.numbers)


def _narrow(places: Sequence[str]) -> tuple[str, ...]:
    return tuple(place for place in places if place[0] in "fg")


def _sift(found: Account) -> None:
    """Set aside the strands that say too little, unless the report tells nothing else."""
    first = min((strand.opens for strand in found.strands), default=0)
    kept = [
        s for s in found.strands if not slight(s.whole, _OPENING if s.opens == first else _SPECIFIC)
    ]
    if not kept and not any(told.tells for _, told in found.denying):
        best = found.main()
        harm = best is not None and vocabulary().harm.intersection(best.profile.acts)
        kept = [best] if best is not None and (harm or not slight(best.whole, 1)) else []
    found.slight = [s for s in found.strands if not any(s is one for one in kept)]
    found.strands = kept


def slight(told: Features, needed: int = _SPECIFIC) -> bool:
    """Return whether it says too little to make an event by itself.

    An act that harms needs a facility or town, or else a word on who or how many and one on where
    or when. Any other act needs three details. What is ahead needs an act that harms and no more,
    for a warning is worth more than a tidy list.
    """
    acts = {*told.acts, *told.manner}
    harm = bool(vocabulary().harm & acts)
    if told.ahead:
        return not harm
    numbers = any(
        (low >= 2 and of in ("", "people")) or of[:2] == "n:" for low, _, of in told.numbers
    )
    whom = told.people or numbers
    placed = any(key[0] in "fg" for key in told.places)
    if harm and told.acts:
        where = bool(told.places or any(key[0] in "fg" for key in told.near))
        return not (placed or (whom and (where or told.times or told.near_times)))
    own = (told.people or numbers, placed, bool(told.times))
    return not acts or sum(own) < needed


def _place(found: Account, context: Context) -> None:
    """Give strands that name no facility or town, and have none around them, that of their report.

    What the report mostly tells of is on the day named with it, where it names none and is not ahead.
    """
    for strand in found.strands if not context.main_places else ():
        profile = strand.profile
        if not any(key[0] in "fgx" for key in (*profile.places, *profile.near)):
            profile.near.extend(context.headed)
    if not context.main_places:
        return
    for strand in found.strands:
        profile = strand.profile
        if not any(key[0] in "fg" for key in (*profile.places, *profile.near)):
            profile.near.extend(context.main_places)
    main = found.main()
    known = main.profile if main is not None else Profile(ahead=True)
    here = set(context.main_places).intersection((*known.places, *known.near))
    if here and not known.ahead and not known.times and not known.near_times:
        known.near_times.extend(context.main_days)


def _weight(told: Features) -> int:
    """Return what a claim adds to its happening's being what a report is about."""
    harm = vocabulary().harm.intersection(told.acts)
    return 1 + 2 * len(harm) + 2 * bool(told.places or told.times) + bool(told.numbers)
