"""Happenings as the store keeps them: which claims tell of the same thing."""

from dataclasses import dataclass, field
from typing import NamedTuple

from guvoh.corroborate.fit import Profile


class Told(NamedTuple):
    """A claim of a happening with its place in the order of publication: `Report.by_date`, claim's ordinal.

    `twins` are the claims of earlier reports that stand in its place, `ordinal` is its report's place
    in canonical order, which names events but settles nothing.
    """

    order: str
    place: int
    claim: str
    report: str
    denies: bool = False
    twins: tuple[str, ...] = ()
    ordinal: int = 0


@dataclass(slots=True)
class Happening:
    """A row of the store: the claims that tell of one thing, in the order of publication.

    `id` is that of its earliest claim. `alias_of` is set where it was merged into an earlier one.
    `since` is the earliest day on which it was told, None while no report with a date told it.
    `overtaken_by` are happenings that have come true what this one foretells.
    """

    id: str
    claims: list[Told] = field(default_factory=list)
    profile: Profile = field(default_factory=Profile)
    keys: list[str] = field(default_factory=list)
    alias_of: str | None = None
    since: int | None = None
    overtaken_by: list[str] = field(default_factory=list)

    @property
    def reports(self) -> set[str]:
        """Return the reports that tell of it."""
        return {told.report for told in self.claims}

    @property
    def order(self) -> tuple[str, int]:
        """Return the place of its earliest claim."""
        return self.claims[0][:2]


def claim_key(claim: str) -> str:
    """Return the key under which the happening of a claim is found."""
    return f"C|{claim}"


def sequel_key(claim: str) -> str:
    """Return the key under which is found what a report foretells beside a claim of its main story."""
    return f"S|{claim}"
