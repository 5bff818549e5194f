"""Which of two reports with one text was made from the other: signs for and against, else unknown."""

import re
from dataclasses import dataclass

from guvoh.lineage.artefacts import artefacts
from guvoh.lineage.credits import same_outlet
from guvoh.lineage.side import Side
from guvoh.model.lineage import Relation
from guvoh.model.report import MakingKind, PublishedBasis

# Strength of a sign, in order of DESIGN section 8: explicit credit, dates, artefacts, novelty.
_ADDRESS, _CREDIT, _DATE, _ARTEFACT, _TRANSLATOR, _PART = 5, 4, 3, 2, 3, 1
_ENOUGH = 2
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


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
    parent: int  # 0: the earlier in canonical order is the parent, 1: the later
    strength: int
    text: str


def credits_outlet(side: Side, other: Side) -> bool:
    """Tell whether a report credits the publisher of the other, which is not its own."""
    if other.publisher is None:
        return False
    if side.publisher is not None and same_outlet(side.publisher, other.publisher):
        return False
    return any(same_outlet(credit.name, other.publisher) for credit in side.credits)


def common_credit(one: Side, other: Side) -> str | None:
    """Return an outlet that both reports credit and neither publishes, if there is one."""
    publishers = [side.publisher for side in (one, other) if side.publisher is not None]
    for credit in one.credits:
        if any(same_outlet(credit.name, publisher) for publisher in publishers):
            continue
        if any(same_outlet(credit.name, theirs.name) for theirs in other.credits):
            return credit.name
    return None


def _addresses(side: Side, other: Side) -> bool:
    address = (other.report.url or "").rstrip("/")
    if not address or address == (side.report.url or "").rstrip("/"):
        return False
    kinds = (MakingKind.CANONICAL, MakingKind.LINK)
    return any(
        m.kind in kinds and (m.name or "").rstrip("/") == address for m in side.report.making
    )


def _date(side: Side) -> str | None:
    if side.report.published_basis is not PublishedBasis.STATED:
        return None
    match = _DAY.match(side.report.published or "")
    return match.group() if match else None


def _dated(sides: tuple[Side, Side]) -> list[_Sign]:
    first, second = (_date(side) for side in sides)
    if first is None or second is None or first == second:
        return []
    parent = 0 if first < second else 1
    return [_Sign(parent, _DATE, "It states a later day of publication than the other.")]


def _translated(sides: tuple[Side, Side]) -> list[_Sign]:
    found = [artefacts(side.report) for side in sides]
    signs: list[_Sign] = []
    for child in (0, 1):
        parent = 1 - child
        across = sides[child].base != sides[parent].base
        if across and found[child].translator:
            signs.append(_Sign(parent, _TRANSLATOR, "It names a translator."))
        if sides[parent].base in found[child].languages:
            signs.append(
                _Sign(parent, _TRANSLATOR, "It holds an alt text in the language of the other.")
            )
        elif found[child].borrowed and not found[parent].borrowed:
            signs.append(
                _Sign(parent, _ARTEFACT, "It bears traces of translation, the other does not.")
            )
    return signs


def signs(sides: tuple[Side, Side], shares: tuple[float, float]) -> list[tuple[int, int, str]]:
    """Return (parent, strength, sentence about the child) for all that speaks for a direction.

    `shares` say how much of each report stands in the other.
    """
    found: list[_Sign] = []
    for child in (0, 1):
        parent = 1 - child
        if _addresses(sides[child], sides[parent]):
            found.append(_Sign(parent, _ADDRESS, "It links to the other's address."))
        # A translation that keeps another's name is not what those mean who credit that name.
        if (
            credits_outlet(sides[child], sides[parent])
            and not artefacts(sides[parent].report).borrowed
        ):
            found.append(_Sign(parent, _CREDIT, "It credits the other's publisher by name."))
    found += _dated(sides) + _translated(sides)
    if abs(shares[0] - shares[1]) >= 0.25:
        parent = 0 if shares[0] < shares[1] else 1
        found.append(_Sign(parent, _PART, "Most of it stands in the other, which tells more."))
    return [(sign.parent, sign.strength, sign.text) for sign in found]


def direct(earlier: Side, later: Side, shares: tuple[float, float]) -> Direction:
    """Return which report is likely made from which.

    The strongest sign decides where nothing as strong speaks against it; a novelty alone is too
    weak, and so is the order of arrival: the direction is unknown then, and the earlier arrival
    stands first.
    """
    sides = (earlier, later)
    found = signs(sides, shares)
    strongest = [max((s for p, s, _ in found if p == parent), default=0) for parent in (0, 1)]
    known = max(strongest) >= _ENOUGH and strongest[0] != strongest[1]
    parent = 1 if known and strongest[1] > strongest[0] else 0
    return Direction(
        parent=sides[parent],
        child=sides[1 - parent],
        known=known,
        for_=tuple(text for p, _, text in found if p == parent and known),
        against=tuple(_other_way(text) for p, _, text in found if p != parent or not known),
    )


def _other_way(text: str) -> str:
    return f"The other way round: {text[0].lower()}{text[1:]}"


def via(relation: Relation, child: Side) -> tuple[str, ...]:
    """Return the languages, other than its own, of which a translated child bears traces."""
    if relation not in (Relation.TRANSLATION, Relation.PARAPHRASE):
        return ()
    return tuple(one for one in artefacts(child.report).languages if one != child.base)
