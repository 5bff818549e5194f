"""How well a claim fits a happening: points for what they share, and whether they can be one at all."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TypeVar

from guvoh.corroborate.days import Days, overlap
from guvoh.corroborate.features import Features, Number
from guvoh.corroborate.keys import PSEUDONYM
from guvoh.corroborate.vocabulary import family, vocabulary

T = TypeVar("T")

NOTHING_SHARED = "nothing of its own in common"
_EXACT = 3  # days that a time takes which is told to the day
_SLACK = 2  # days by which reports may differ on a date: time zones, night and morning
_MONTH = 31
_YEAR = 366
_GROUP = 2  # people make a group


@dataclass(slots=True)
class Profile:
    """What is known of a happening, to compare claims with; each list in order of arrival."""

    acts: list[str] = field(default_factory=list)
    manner: list[str] = field(default_factory=list)
    ahead: bool = False
    another: bool = False
    places: list[str] = field(default_factory=list)
    near: list[str] = field(default_factory=list)
    who: list[str] = field(default_factory=list)
    times: list[Days] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)
    near_times: list[Days] = field(default_factory=list)

    @property
    def families(self) -> set[str]:
        """Return the families of its acts."""
        return {family(act) for act in self.acts}

    def take(self, claim: Features, *, derived: bool = False) -> None:
        """Add what a claim tells, up to the limit of each list.

        A `derived` report adds no time that differs from what is known: copying has changed it.
        """
        changed = derived and times_differ(claim.times, self.times or self.near_times)
        _extend(self.acts, claim.acts)
        _extend(self.manner, claim.manner)
        _extend(self.places, claim.places)
        _extend(self.near, claim.near)
        _extend(self.who, claim.who)
        _extend(self.times, () if changed else claim.times)
        _extend(self.near_times, claim.near_times)
        _extend(self.numbers, claim.numbers)

    def absorb(self, other: "Profile") -> None:
        """Add what another happening's profile holds."""
        for name in ("acts", "manner", "places", "near", "who", "times", "near_times", "numbers"):
            _extend(getattr(self, name), getattr(other, name))


def _extend(kept: list[T], more: Collection[T]) -> None:
    limit = vocabulary().limits["profile"]
    for value in more:
        if len(kept) < limit and value not in kept:
            kept.append(value)


@dataclass(frozen=True, slots=True)
class Fit:
    """Points of a comparison; `barred` names what makes it impossible."""

    total: int
    specific: int
    barred: str | None = None


def fit(claim: Features, profile: Profile) -> Fit:
    """Return how well a claim fits a happening told elsewhere."""
    barred = _barred(claim, profile)
    if barred is not None:
        return Fit(0, 0, barred)
    acts = _acts(claim, profile)
    if acts is None:
        return Fit(0, 0, "other acts")
    if acts == 0 and claim.acts and profile.acts and _one_and_many(claim, profile):
        return Fit(0, 0, "one person and a group")
    place_total, place_specific = _places(claim, profile)
    who_total, who_specific = _who(claim.who, profile.who)
    time_total, time_specific = _told_times(claim, profile)
    number_total, number_specific = _numbers(claim.numbers, profile.numbers)
    sequel = vocabulary().weights["sequel"] if claim.another and profile.another else 0
    told = claim.acts or claim.manner or set(claim.places).intersection(profile.places)
    if not told and max(who_total, time_total, number_total) <= 0:
        return Fit(0, 0, NOTHING_SHARED)
    one = acts == vocabulary().weights["act"] and _one_place_and_day(claim, profile)
    together = vocabulary().weights["together"] if one else 0
    return Fit(
        acts
        + place_total
        + who_total
        + time_total
        + number_total
        + sequel * profile.ahead
        + together,
        place_specific + who_specific + time_specific + number_specific,
    )


def _barred(claim: Features, profile: Profile) -> str | None:
    if claim.ahead != profile.ahead:
        return "one is past and one ahead"
    if facilities_differ(claim.places, profile.places):
        return "another facility"
    if regions_differ(claim.places, profile.places):
        return "a facility of another region"
    if times_differ(claim.times, profile.times):
        return "another time"
    if _years_apart(claim, profile):
        return "another year"
    other_plan = claim.another is not profile.another and not {*claim.acts} & {*profile.acts}
    if claim.ahead and claim.acts and profile.acts and other_plan:
        return "another plan"
    if _goes_on_since(claim.times, profile.times):
        return "what has gone on since long before"
    return None


def _one_and_many(claim: Features, profile: Profile) -> bool:
    """Return whether acts that are merely akin befell a person by name on one side, a group on the other.

    That he was jailed is no part of how others were sent off from that prison.
    """
    ours, theirs = _alone(claim.who, claim.numbers), _alone(profile.who, profile.numbers)
    return ours is not None and theirs is not None and ours is not theirs


def _alone(who: Collection[str], numbers: Collection[Number]) -> bool | None:
    """Return whether those concerned are people by name, or a group; None where both or neither is told."""
    named = any(key[0] in "pk" for key in who)
    group = any(key[0] in "nr" for key in who) or any(
        n[0] >= _GROUP and (n[2] == "people" or n[2][:2] == "n:") for n in numbers
    )
    return None if named is group else named


def _goes_on_since(one: Collection[Days], other: Collection[Days]) -> bool:
    """Return whether a claim tells only of what goes on since long before a day that is known.

    "Since last year foreigners have been offered passports" tells of no single happening.
    """
    known = [at.low for at in other if at.low is not None and at.high is not None and at.anchored]
    begun = [at.low for at in one if at.low is not None and at.high is None and at.anchored]
    if not known or not begun or len(begun) < len(one):
        return False
    return max(begun) < min(known) - _MONTH


def facilities_differ(one: Collection[str], other: Collection[str]) -> bool:
    """Return whether both name facilities of one kind, and none in common."""
    ours = {key for key in one if key[0] == "f"}
    theirs = {key for key in other if key[0] == "f"}
    if not ours or not theirs or ours & theirs:
        return False
    kinds = {key.split(":")[1] for key in ours} & {key.split(":")[1] for key in theirs}
    return bool(kinds)


def regions_differ(one: Collection[str], other: Collection[str]) -> bool:
    """Return whether both name a facility, and regions of which none is the other's: numbers recur."""
    if not {key for key in one if key[0] == "f"} & {key for key in other if key[0] == "f"}:
        return False
    ours, theirs = _of(one, "a:"), _of(other, "a:")
    return bool(ours and theirs and not ours & theirs)


def times_differ(one: Collection[Days], other: Collection[Days]) -> bool:
    """Return whether both name times and none of them agree.

    An open time ("since January") agrees with all that came after: it counts only where no closed
    one is named. Nor does "in March" make a day of it agree with another day where both are told.
    A time of no known year, which an undated page has, agrees with any year only where none is known.
    """
    if not one or not other:
        return False
    ours, theirs = _dated(one, other)
    return not any(_agree(mine, yours) for mine in ours for yours in theirs)


def _dated(one: Collection[Days], other: Collection[Days]) -> tuple[list[Days], list[Days]]:
    """Return the closed times of both, of both only those of a known year if each has one."""
    ours, theirs = list(_closed(one)), list(_closed(other))
    known = [[at for at in times if at.anchored] for times in (ours, theirs)]
    return (known[0], known[1]) if all(known) else (ours, theirs)


def _years_apart(claim: Features, profile: Profile) -> bool:
    """Return whether all that is known of when, in the claim or around it, lies more than a year apart."""
    told = claim.times or claim.near_times, profile.times or profile.near_times
    ours, theirs = _dated(*told)
    gaps = [_gap(one, other) for one in ours for other in theirs]
    return bool(gaps) and all(gap is not None and gap > _YEAR for gap in gaps)


def _gap(one: Days, other: Days) -> int | None:
    """Return the days between two times, None where an end or the year of one is open."""
    ends = (one.low, one.high, other.low, other.high)
    if not (one.anchored and other.anchored) or None in ends:
        return None
    return max(one.low or 0, other.low or 0) - min(one.high or 0, other.high or 0)


def _agree(one: Days, other: Days) -> bool:
    """Return whether two can be one time; the end of a month and the next month cannot."""
    return overlap(one, other, _SLACK if min(one.length, other.length) <= _EXACT else 0)


def _closed(times: Collection[Days]) -> Collection[Days]:
    closed = [at for at in times if at.low is not None and at.high is not None]
    return [at for at in closed if not any(_holds(at, other) for other in closed)] or times


def _holds(outer: Days, inner: Days) -> bool:
    """Return whether one time is a vaguer word for the other: a month, and a day in it."""
    if outer.length <= inner.length or outer.anchored != inner.anchored:
        return False
    return (
        overlap(outer, inner, 0)
        and (outer.low or 0) <= (inner.low or 0)
        and ((inner.high or 0) <= (outer.high or 0))
    )


def _acts(claim: Features, profile: Profile) -> int | None:
    weight = vocabulary().weights["act"]
    if not claim.acts:
        return weight // 2 if set(claim.manner) & set(profile.manner) else 0
    if not profile.acts:
        return 0
    if set(claim.acts) & set(profile.acts):
        return weight
    families = profile.families
    if families.intersection(claim.families):
        return weight // 2
    near = vocabulary().near
    if any((ours, theirs) in near for ours in claim.families for theirs in families):
        return 0
    return None


def _places(claim: Features, profile: Profile) -> tuple[int, int]:
    weights = vocabulary().weights
    best = 0
    shared = set(claim.places).intersection(profile.places)
    for mark, name in (("f", "facility"), ("g", "town"), ("a", "region"), ("c", "country")):
        if any(key[0] == mark for key in shared):
            best = max(best, weights[name])
    if not best and _named_after(claim.places, profile.places):
        best = weights["town"]
    if not best and claim.places and profile.places:
        ours = [key for key in claim.places if key[0] == "g"]
        theirs = [key for key in profile.places if key[0] == "g"]
        if (ours and theirs) or _countries_differ(claim.places, profile.places):
            return weights["town_differs"], 0
    if best < 2 * weights["facility"] // 3:
        # A place named around the claim stands for one named in it, at less weight.
        around = (set(claim.near) & {*profile.places, *profile.near}) | (
            set(profile.near) & {*claim.places}
        )
        if any(key[0] == "f" for key in around) or _in_marks(claim, profile):
            best = max(best, 2 * weights["facility"] // 3)
        elif any(key[0] == "g" for key in around):
            best = max(best, weights["town"] // 2)
    return best, best if best >= weights["region"] else 0


def _named_after(one: Collection[str], other: Collection[str]) -> bool:
    """Return whether works have the name of a town that the other names: "the Shoktas brickworks"."""
    return any(
        bool(_last(ours, "f") & _last(theirs, "g")) for ours, theirs in ((one, other), (other, one))
    )


def _in_marks(claim: Features, profile: Profile) -> bool:
    """Return whether both have works of one name, which one may call by it alone, between quotation marks."""
    sides = (*claim.places, *claim.near), (*profile.places, *profile.near)
    return any(
        bool(_last(one, "f") & (_last(other, "x") | _last(other, "f")))
        for one, other in (sides, sides[::-1])
    )


def _countries_differ(one: Collection[str], other: Collection[str]) -> bool:
    """Return whether both name regions, of other countries: "a:r:ES-H" and "a:r:RU-BEL"."""
    ours, theirs = ({key[4:6] for key in keys if key[:4] == "a:r:"} for keys in (one, other))
    return bool(ours and theirs and not ours & theirs)


def _last(keys: Collection[str], mark: str) -> set[str]:
    """Return the names in keys of facilities or towns; numbers are none."""
    names = {key.rpartition(":")[2] for key in keys if key[0] == mark}
    return {name for name in names if name and not name[0].isdigit()}


def _who(one: Collection[str], other: Collection[str]) -> tuple[int, int]:
    weights = vocabulary().weights
    shared = set(one).intersection(other)
    persons = sum(key[0] in "pk" for key in shared) * weights["person"]
    total = min(persons, 2 * weights["person"])
    total += weights["organisation"] * any(key[0] == "o" for key in shared)
    total += weights["role"] * any(key[0] == "r" for key in shared)
    total += _peoples(_of(one, "n:"), _of(other, "n:"))
    veiled = PSEUDONYM in one or PSEUDONYM in other  # whose name is another one's
    if not persons and not veiled and _of(one, "p:") and _of(other, "p:"):
        total += weights["person_differs"]
    return total, min(persons, 2 * weights["person"])


def _of(keys: Collection[str], mark: str) -> set[str]:
    return {key[len(mark) :] for key in keys if key.startswith(mark)}


def _peoples(one: set[str], other: set[str]) -> int:
    if not one or not other:
        return 0
    weights = vocabulary().weights
    wider = vocabulary().wider
    for ours in one:
        for theirs in other:
            if ours == theirs or theirs in wider.get(ours, ()) or ours in wider.get(theirs, ()):
                return weights["nationality"]
    return weights["nationality_differs"]


def _one_place_and_day(claim: Features, profile: Profile) -> bool:
    """Return whether both tell of one town or works on one day, in the claim or around it; night and morning are one day."""
    shared = {*claim.places, *claim.near} & {*profile.places, *profile.near}
    ours, theirs = claim.times or claim.near_times, profile.times or profile.near_times
    return any(key[0] in "fg" for key in shared) and any(
        one.length <= _EXACT and other.length <= _EXACT and _agree(one, other)
        for one in ours
        for other in theirs
    )


def _told_times(claim: Features, profile: Profile) -> tuple[int, int]:
    """Return the points for times; one told only around a claim has half the weight of its own."""
    own = _times(claim.times, profile.times)
    if own[0] or (claim.times and profile.times):
        return own
    total, specific = _times(claim.times or claim.near_times, profile.times or profile.near_times)
    return total // 2, specific // 2


def _times(one: Collection[Days], other: Collection[Days]) -> tuple[int, int]:
    weights = vocabulary().weights
    best = 0
    for ours in one:
        for theirs in other:
            if not _agree(ours, theirs):
                continue
            longest = max(ours.length, theirs.length)
            if longest == 1 and ours == theirs and ours.anchored:
                best = max(best, weights["day"])
            elif longest <= _MONTH:
                best = max(best, weights["month"])
            elif longest <= _YEAR:
                best = max(best, weights["year"])
    return best, best if best >= weights["month"] else 0


def _numbers(one: Collection[Number], other: Collection[Number]) -> tuple[int, int]:
    weights = vocabulary().weights
    best: int | None = None
    for ours in one:
        for theirs in other:
            if ours[2] and theirs[2] and ours[2] != theirs[2]:
                continue
            best = max(
                best if best is not None else weights["number_differs"], _number(ours, theirs)
            )
    if best is None:
        return 0, 0
    return best, best if best >= weights["number"] else 0


def _number(one: Number, other: Number) -> int:
    weights = vocabulary().weights
    if one[:2] == other[:2] and one[0] == one[1] and one[0] >= 10:
        return weights["number"]
    return weights["band"] if numbers_agree(one, other) else weights["number_differs"]


def numbers_agree(one: Number, other: Number) -> bool:
    """Return whether two numbers can be one under their bounds."""
    return (one[1] is None or other[0] <= one[1]) and (other[1] is None or one[0] <= other[1])
