"""Which of two reports with one text was made from the other: signs for and against, else unknown."""

from collections.abc import Sequence
from dataclasses import dataclass

from guvoh.lineage.credits import credits_by_name, same_outlet
from guvoh.lineage.dating import later
from guvoh.lineage.releases import has_from, same_body
from guvoh.lineage.side import Side
from guvoh.model.lineage import Relation
from guvoh.model.report import MakingKind

# Strength of a sign, in order of DESIGN section 8: explicit credit, dates, artefacts, novelty.
_ADDRESS, _CREDIT, _DATE, _RELEASE, _ARTEFACT, _TRANSLATOR, _PART = 5, 4, 3, 3, 2, 3, 1
_ENOUGH = 2
ADDRESSED = "It links to the other's address."
CREDITED = "It credits the other's publisher by name."
TRANSLATED = "It names a translator."
_WORDED = "It holds an alt text in the language of the other."
_TRACED = "It bears traces of translation, the other does not."
UNCREDITED = "It has no word of the outlet that the other credits."
LATER = "It states a later time of publication than the other."
HANDED = "It has it from the body that published the other."
RELEASED = "The other calls itself a press release."
# What is said of a child where more than its being later speaks for a parent.
SIGNS = frozenset(
    {ADDRESSED, CREDITED, TRANSLATED, _WORDED, _TRACED, UNCREDITED, LATER, HANDED, RELEASED}
)


@dataclass(frozen=True, slots=True)
class Direction:
    """The parent and the child, whether that is known, and why and why not."""

    parent: Side
    child: Side
    known: bool
    for_: tuple[str, ...]
    against: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Sign:
    parent: int  # which of the two is the parent, 0 or 1
    strength: int
    text: str


def credits_outlet(side: Side, other: Side) -> bool:
    """Tell whether a report credits the publisher of the other, which is not its own."""
    if other.publisher is None:
        return False
    if side.publisher is not None and same_outlet(side.publisher, other.publisher):
        return False
    return any(
        same_outlet(credit.name, other.publisher) for credit in side.credits
    ) or credits_by_name(side.report.text, other.publisher)


def publishes(publisher: str, credited: str) -> bool:
    """Tell whether it is a publisher that is credited, as an outlet or as the body behind a release."""
    return same_outlet(credited, publisher) or same_body(credited, publisher)


def common_credit(one: Side, other: Side) -> str | None:
    """Return an outlet that both reports credit and neither publishes, if there is one."""
    publishers = [side.publisher for side in (one, other) if side.publisher is not None]
    for credit in one.credits:
        if any(publishes(publisher, credit.name) for publisher in publishers):
            continue
        if any(same_outlet(credit.name, theirs.name) for theirs in other.credits):
            return credit.name
    return None


def hands(giver: Side, taker: Side) -> bool:
    """Tell whether a report has it from the body that published the other, which is not its own."""
    publisher = giver.publisher
    if publisher is None or (taker.publisher and same_outlet(taker.publisher, publisher)):
        return False
    return has_from(taker.bodies, publisher)


def retells(side: Side, publisher: str) -> bool:
    """Tell whether a report has its story from an outlet, and not one remark near its end.

    It credits the outlet outside its text or in the first half of it, or names it more than once.
    """
    text = side.report.text
    return any(
        same_outlet(credit.name, publisher)
        and (
            credit.span is None
            or credit.span.start <= len(text) // 2
            or text.casefold().count(credit.name.casefold()) > 1
        )
        for credit in side.credits
    )


def common_original(one: Side, other: Side, present: Sequence[str] = ()) -> bool:
    """Tell whether one of two reports has its story from an absent outlet that the other names.

    Those `present` published reports of the family.
    """
    publishers = [side.publisher for side in (one, other) if side.publisher is not None]
    publishers += present
    return any(
        (
            credit.name.casefold() in theirs.report.text.casefold()
            or any(same_outlet(credit.name, named.name) for named in theirs.credits)
        )
        and retells(ours, credit.name)
        and not any(publishes(publisher, credit.name) for publisher in publishers)
        for ours, theirs in ((one, other), (other, one))
        for credit in ours.credits
    )


def _addresses(side: Side, other: Side) -> bool:
    address = (other.report.url or "").rstrip("/")
    if not address or address == (side.report.url or "").rstrip("/"):
        return False
    kinds = (MakingKind.CANONICAL, MakingKind.LINK)
    return any(
        m.kind in kinds and (m.name or "").rstrip("/") == address for m in side.report.making
    )


def _dated(sides: tuple[Side, Side], present: Sequence[str]) -> list[_Sign]:
    child = later(sides[0].report, sides[1].report)
    if child is None:
        return []
    # Two that credit one absent outlet have it from there: the later is no child of the earlier for that.
    strength = _PART if common_original(*sides, present) else _DATE
    return [_Sign(1 - child, strength, LATER)]


def _handed(sides: tuple[Side, Side]) -> list[_Sign]:
    """Return the signs that one of two reports is what a body handed out, and the other a print of it."""
    released = [side.released for side in sides]
    found: list[_Sign] = []
    for parent in (0, 1):
        giver, taker = sides[parent], sides[1 - parent]
        if released[1 - parent] or giver.traces.borrowed:
            continue
        if hands(giver, taker) and not credits_outlet(taker, giver):
            found.append(_Sign(parent, _CREDIT if released[parent] else _RELEASE, HANDED))
        elif released[parent]:
            found.append(_Sign(parent, _RELEASE, RELEASED))
    return found


def _uncredited(sides: tuple[Side, Side], present: Sequence[str]) -> list[_Sign]:
    """Return the sign that one of two texts in one language has lost the credit that the other keeps.

    Who credits one of those `present` has it from there: that says nothing of the other.
    """
    if sides[0].base != sides[1].base:
        return []
    published = [side.publisher for side in sides if side.publisher is not None]
    published += present
    signs: list[_Sign] = []
    for parent in (0, 1):
        child = 1 - parent
        absent = [
            credit.name
            for credit in sides[parent].credits
            if not any(publishes(publisher, credit.name) for publisher in published)
        ]
        if absent and not sides[child].credits:
            text = sides[child].report.text.casefold()
            if not any(name.casefold() in text for name in absent):
                signs.append(_Sign(parent, _ARTEFACT, UNCREDITED))
    return signs


def _speaks_for(translated: Side, original: Side) -> bool:
    """Tell whether a translation that calls itself some outlet's may be that of this report."""
    if translated.publisher is None:
        return True
    return original.publisher is not None and same_outlet(translated.publisher, original.publisher)


def _translated(sides: tuple[Side, Side], present: Sequence[str]) -> list[_Sign]:
    found = [side.traces for side in sides]
    across = sides[0].base != sides[1].base
    signs: list[_Sign] = []
    for child in (0, 1):
        parent = 1 - child
        # Translators do not work from pages that are translated back.
        if across and found[child].translator and not found[parent].borrowed:
            strength = _PART if common_original(*sides, present) else _TRANSLATOR
            signs.append(_Sign(parent, strength, TRANSLATED))
        if sides[parent].base in found[child].languages:
            signs.append(_Sign(parent, _TRANSLATOR, _WORDED))
        elif (
            found[child].borrowed
            and not found[parent].borrowed
            and (not across or not found[child].languages)
        ):
            strength = _ARTEFACT if _speaks_for(sides[child], sides[parent]) else _PART
            signs.append(_Sign(parent, strength, _TRACED))
    return signs


def signs(
    sides: tuple[Side, Side],
    shares: tuple[float, float],
    *,
    cites: bool = False,
    present: Sequence[str] = (),
) -> list[tuple[int, int, str]]:
    """Return (parent, strength, sentence about the child) for all that speaks for a direction.

    `shares` say how much of each report stands in the other. Traces of translation say nothing of
    who `cites` whom. What those who published a report of the family (`present`) are credited with is
    no absent original.
    """
    found: list[_Sign] = []
    for child in (0, 1):
        parent = 1 - child
        if _addresses(sides[child], sides[parent]):
            found.append(_Sign(parent, _ADDRESS, ADDRESSED))
        # A translation that keeps another's name is not what those mean who credit that name.
        if credits_outlet(sides[child], sides[parent]) and not sides[parent].traces.borrowed:
            found.append(_Sign(parent, _CREDIT, CREDITED))
    found += _dated(sides, present)
    if not cites:
        found += [*_translated(sides, present), *_uncredited(sides, present), *_handed(sides)]
    if abs(shares[0] - shares[1]) >= 0.25:
        parent = 0 if shares[0] < shares[1] else 1
        found.append(_Sign(parent, _PART, "Most of it stands in the other, which tells more."))
    return [(sign.parent, sign.strength, sign.text) for sign in found]


def direct(
    one: Side,
    other: Side,
    shares: tuple[float, float],
    *,
    cites: bool = False,
    present: Sequence[str] = (),
) -> Direction:
    """Return which report is likely made from which.

    The strongest sign decides where nothing as strong speaks against it; a novelty alone is too
    weak: the direction is unknown then, and the likelier parent stands first. The order of arrival
    says nothing.
    """
    sides = (one, other)
    found = signs(sides, shares, cites=cites, present=present)
    strongest = [max((s for p, s, _ in found if p == parent), default=0) for parent in (0, 1)]
    known = max(strongest) >= _ENOUGH and strongest[0] != strongest[1]
    parent = 1 if strongest[1] > strongest[0] else 0
    return Direction(
        parent=sides[parent],
        child=sides[1 - parent],
        known=known,
        for_=tuple(text for p, _, text in found if p == parent and known),
        against=tuple(other_way(text) for p, _, text in found if p != parent or not known),
    )


def other_way(text: str) -> str:
    """Return a sign that speaks for the other direction."""
    return f"The other way round: {text[0].lower()}{text[1:]}"


def via(relation: Relation, child: Side) -> tuple[str, ...]:
    """Return the languages, other than its own, of which a translated child bears traces."""
    if relation not in (Relation.TRANSLATION, Relation.PARAPHRASE):
        return ()
    return tuple(one for one in child.traces.languages if one != child.base)
