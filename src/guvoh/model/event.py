"""Events: something said to have happened or to be planned, and on how many original sources it rests."""

from dataclasses import dataclass
from enum import StrEnum

from guvoh.model.claim import Basis, SourceKind


class EventStatus(StrEnum):
    """How an event stands in time, as its claims have it."""

    PAST = "past"
    ONGOING = "ongoing"
    PLANNED = "planned"
    FEARED = "feared"


@dataclass(frozen=True, slots=True)
class Source:
    """An original source across reports. `people` are the ids of the persons it stands for.

    `chains` are the distinct chains, outermost first, that end in it; `claims` the claims on its word.
    """

    id: str
    name: str
    kind: SourceKind
    basis: Basis
    chains: tuple[tuple[str, ...], ...]
    claims: tuple[str, ...]
    families: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    firsthand: bool = False


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """A source in neither bound, with the reason, and the report in which it stands."""

    name: str
    report: str
    reason: str


@dataclass(frozen=True, slots=True)
class Excluded:
    """A voice that counts for nothing in `low`, with the reason, and a claim where it speaks.

    `people` are the ids of the persons whom a source stands for that a person rejected: it is still
    known who that is.
    """

    name: str
    claim: str
    reason: str
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Joined:
    """Sources counted as one in `low` because one may have informed the other.

    `asked` are the parts of `question`: for each, the English sentence with {0}, {1} … and what stands there.
    """

    sources: tuple[str, ...]
    question: str
    asked: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Count:
    """Original sources behind an event or a value; documents apart from people."""

    low: int
    high: int
    firsthand: int
    documents: int
    checked: int = 0


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a detail with the claims that carry it and the count behind it.

    `role` is set for who; `low`, `high`, `of` for how many; `edtf` for when. `name` is always what
    a person reads, as a report has it; `terms` are keys of the vocabularies for it ("n:UZ",
    "r:worker", "f:prison:6"), alike in every language.
    """

    name: str
    claims: tuple[str, ...]
    sources: tuple[str, ...]
    count: Count
    role: str | None = None
    edtf: str | None = None
    low: int | float | None = None
    high: int | float | None = None
    of: str | None = None
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Denial:
    """Who denies the event, through which chain, in which claim."""

    name: str
    chain: tuple[str, ...]
    claim: str


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Values that cannot both hold; `because` says why and names the change in copying behind it.

    `told` are its parts: the English sentence with {0}, {1} … and what stands there.
    """

    kind: str
    values: tuple[str, ...]
    because: str
    claims: tuple[str, ...] = ()
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RiskWarning:
    """People at risk: an act planned, feared, expected or threatened, on whose word, since when."""

    id: str
    text: str
    who: str
    where: str | None
    since: str | None
    status: str  # open, overtaken
    sources: tuple[str, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """Claims that speak of the same happening, brought together.

    `circles` are the parts of `circular`: sentences with {0}, {1} … and what stands there.
    """

    id: str
    acts: tuple[str, ...]
    status: EventStatus
    summary: str
    claims: tuple[str, ...]
    reports: tuple[str, ...]
    families: tuple[str, ...]
    texts: int
    who: tuple[Value, ...] = ()
    when: tuple[Value, ...] = ()
    where: tuple[Value, ...] = ()
    how_many: tuple[Value, ...] = ()
    count: Count = Count(0, 0, 0, 0)
    sources: tuple[Source, ...] = ()
    unconfirmed: tuple[Unconfirmed, ...] = ()
    joined: tuple[Joined, ...] = ()
    denials: tuple[Denial, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    circular: tuple[str, ...] = ()
    circles: tuple[tuple[tuple[str, ...], ...], ...] = ()
    grade: str = "F6"
    excluded: tuple[Excluded, ...] = ()

    @property
    def people(self) -> list[tuple[str, ...]]:
        """Return the ids of the persons who are one source, for each source that is known."""
        return [
            *(source.people for source in self.sources),
            *(source.people for source in self.excluded),
        ]
