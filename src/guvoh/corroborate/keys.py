"""The keys under which a claim's happening is found."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from guvoh.corroborate.days import Days, month_of

if TYPE_CHECKING:
    from guvoh.corroborate.features import Features

PSEUDONYM = "v:"  # the key that one known by another name has beside the others
_MONTH = 31
_TELLING = 10  # numbers below are too common to find anything by


def keys(claim: "Features") -> tuple[str, ...]:
    """Return the keys under which a claim's happening is found: each joins two things that are rare together.

    A facility or a person's name stands alone as well. Time counts in months, in days where people are
    counted too.
    """
    families = claim.families or ("",)
    months = tuple(dict.fromkeys(month for at in claim.times for month in _months(at)))
    found: list[str] = []
    for place in (*claim.places, *claim.near):
        found += _of_place(place, claim, months)
    for who in claim.who:
        if who[0] in "pk":
            found.append(who)
        elif who != PSEUDONYM:
            found += [f"{who}|{kind}|{month}" for kind in families for month in months]
    for low, high, of in claim.numbers:
        if low == high and low >= _TELLING:
            found += [f"#{low:g}|{of}|{kind}" for kind in families]
    if claim.speaker:
        found.append(f"s:{claim.speaker}")
    if any(of == "people" or of[:2] == "n:" for _, _, of in claim.numbers):
        told = [at.low for at in claim.times if at.anchored and at.length == 1]
        found += [f"@{day}|{kind}" for kind in families for day in told]
    return tuple(dict.fromkeys(found))


def _of_place(place: str, claim: "Features", months: Sequence[str]) -> Iterator[str]:
    families = claim.families or ("",)
    if place[0] == "f":
        name = place.rpartition(":")[2]  # works may have the name of their town
        yield place
        if not name[0].isdigit():
            yield from (f"g:{name}|{kind}" for kind in families)
            yield f"x:{name}"
    if place[0] == "x":
        yield place
    if place[0] in "fg":
        yield from (f"{place}|{kind}" for kind in families)
        yield from (f"{place}|{kind}|{month}" for kind in families for month in months)
    elif place[0] == "a":
        on = [at.low for at in claim.times if at.anchored and at.length == 1]
        yield from (f"{place}|{kind}|@{day}" for day in on for kind in families)


def _months(at: Days) -> Iterator[str]:
    if at.low is None or at.high is None or at.length > _MONTH:
        return
    for end in (at.low, at.high):
        month = month_of(end)
        yield month if at.anchored else f"XXXX{month[4:]}"
