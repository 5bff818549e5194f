"""Whether two people of different reports may be one, and what speaks for and against it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from guvoh.corroborate.identity import Identity, Likeness, compare, same_enough
from guvoh.corroborate.vocabulary import vocabulary
from guvoh.model.claim import SourceKind
from guvoh.resolve.names import same_name

ONE_NAME = "“{0}” and “{1}” can be one name"
SAME_ROLE = "both have one role"
SAME_PEOPLE = "both are of one people or citizenship"
SAME_KIN = "both are kin of one person"
SAME_ORGANISATION = "both belong to one organisation"
PART_ALONE = "one of them is known by a single name, which many have"
ONLY_NAME = "nothing but the name speaks for it"
PSEUDONYM = "a pseudonym can be given to two people"
REASONS = (
    ONE_NAME, SAME_ROLE, SAME_PEOPLE, SAME_KIN, SAME_ORGANISATION, PART_ALONE, ONLY_NAME, PSEUDONYM,
)  # fmt: skip

Reason = tuple[str, ...]  # a sentence with {0}, {1}, and what stands there


@dataclass(frozen=True, slots=True)
class Sameness:
    """That two may be one: how alike their names are, per mille, what speaks for it and against it."""

    score: int
    speaks_for: tuple[Reason, ...]
    against: tuple[Reason, ...]

    @property
    def weight(self) -> tuple[int, int]:
        """Return what a proposal is sorted by: what speaks for it less what speaks against it."""
        return len(self.speaks_for) - len(self.against), self.score


def sameness(ours: Sequence[Identity], theirs: Sequence[Identity]) -> Sameness | None:
    """Return what speaks for two people being one, by what each of their reports says of them.

    None where anything that is said of them excludes it, where they share no name, and where one is
    known by a pseudonym and the other is not, or has a name withheld: that one has a name elsewhere
    may be what is being withheld.
    """
    pairs = list(product(ours, theirs))
    if any(one.kind is not SourceKind.PERSON for one in (*ours, *theirs)):
        return None
    everyone = (*ours, *theirs)
    if len({one.pseudonym for one in everyone}) > 1:
        return None
    if any(one.withheld and not one.pseudonym for one in everyone):
        return None
    if any(compare(one, other, kindred=False) is Likeness.CONFLICT for one, other in pairs):
        return None
    agreeing = [
        (same_name(a, b).score, a, b)
        for one, other in pairs
        for a, b in product(one.names, other.names)
        if same_enough(a, b)
    ]
    if not agreeing:
        return None
    score, name, other_name = max(agreeing, key=lambda one: one[0])
    common = tuple(dict.fromkeys(reason for one, other in pairs for reason in _common(one, other)))
    against: list[Reason] = []
    if min(_parts(ours), _parts(theirs)) == 1:
        against.append((PART_ALONE,))
    if not common:
        against.append((ONLY_NAME,))
    if any(one.pseudonym for one in (*ours, *theirs)):
        against.append((PSEUDONYM,))
    return Sameness(score, ((ONE_NAME, name, other_name), *common), tuple(against))


def _parts(identities: Sequence[Identity]) -> int:
    return max(len(name.split()) for one in identities for name in (*one.names, ""))


def _common(one: Identity, other: Identity) -> list[Reason]:
    found: list[Reason] = []
    if (one.roles & other.roles) - vocabulary().general_roles:
        found.append((SAME_ROLE,))
    if one.peoples & other.peoples:
        found.append((SAME_PEOPLE,))
    if one.kin & other.kin and one.of and other.of:
        found.append((SAME_KIN,))
    if one.tied & other.tied:
        found.append((SAME_ORGANISATION,))
    return found
