"""Whether what is told can be part of a happening, or two happenings one."""

from dataclasses import replace

from guvoh.corroborate.features import Features
from guvoh.corroborate.fit import (
    NOTHING_SHARED,
    Fit,
    Profile,
    facilities_differ,
    fit,
    numbers_agree,
    regions_differ,
    times_differ,
)
from guvoh.corroborate.happenings import Happening
from guvoh.corroborate.vocabulary import akin, vocabulary

_BACK = "back"  # the family of being let out, going home
_SLACK = 2  # days before the time planned at which it may have come true
_LATE = 731  # days after it was told of, or after its time, in which it may: a like act years later is another


def comes_true(row: Happening, told: Features) -> bool:
    """Return whether a claim tells as past, and later than it was foretold, what a row holds as ahead."""
    if told.ahead or not row.profile.ahead or row.since is None:
        return False
    planned = [at.low for at in row.profile.times if at.anchored and at.low is not None]
    first = max(row.since, min(planned, default=row.since) - _SLACK)
    last = max(row.since, *planned) + _LATE if planned else row.since + _LATE
    if not any(at.anchored and at.low is not None and first <= at.low <= last for at in told.times):
        return False  # what was done before the time that is planned is another thing
    if not set(told.acts) & set(row.profile.acts):
        return False  # others taken away are not those who were to be sent to the front
    past = replace(row.profile, ahead=False, times=[])
    return fit(told, past).specific >= vocabulary().weights["region"]


def apart(one: Happening, other: Happening) -> bool:
    """Return whether no report tells of both."""
    return one.reports.isdisjoint(other.reports)


def joins(found: Fit, kindred: int, *, specific: int | None = None) -> bool:
    """Return whether a comparison says enough; `kindred` is the weight of a kinship of the reports.

    It is `specific` unless less of it is given.
    """
    weights = vocabulary().weights
    more = kindred if specific is None else specific
    return (
        found.total + kindred >= weights["threshold"]
        and found.specific + more >= weights["specific"]
    )


def of_a_kind(told: Features, profile: Profile) -> bool:
    """Return whether a claim's acts can be those of a happening, or one of the two names none."""
    ours, theirs = told.families, profile.families
    return not ours or not theirs or any(akin(one, other) for one in ours for other in theirs)


def elsewhere(told: Features, profile: Profile) -> bool:
    """Return whether a denial is of another thing than what its report mostly tells of."""
    if not told.acts and not told.manner and not told.tells:
        return False
    return fit(told, profile).barred is not None or not of_a_kind(told, profile)


def goes_on(told: Features, profile: Profile) -> bool:
    """Return whether a lone act can be part of what its report is about."""
    if told.ahead != profile.ahead or told.another != profile.another:
        return False
    if _ends(told, profile):
        told = replace(told, acts=(), families=())
    return of_a_kind(told, profile) and fit(told, profile).barred in (None, NOTHING_SHARED)


def _ends(told: Features, profile: Profile) -> bool:
    """Return whether a claim says who those are whom it tells to have come out of it: "the men, Uzbeks and Kyrgyz, were let out"."""
    pairs = {(one, _BACK) for one in profile.families} & vocabulary().order
    return told.described and told.families == (_BACK,) and bool(pairs)


def count_agrees(told: Features, profile: Profile) -> bool:
    """Return whether someone counts people as a happening has them counted, if it has."""
    people = [n for n in told.numbers if n[2] == "people" or n[2][:2] == "n:"]
    known = [n for n in profile.numbers if n[2] == "people" or n[2][:2] == "n:"]
    return any(numbers_agree(ours, theirs) for ours in people for theirs in known) or (
        bool(people) and not known
    )


def can_be_one(one: Profile, other: Profile) -> bool:
    """Return whether two happenings that a claim fits can be one."""
    return (
        one.ahead == other.ahead
        and not facilities_differ(one.places, other.places)
        and not regions_differ(one.places, other.places)
        and not times_differ(one.times, other.times)
        and bool(one.families & other.families)
    )
