"""Derivations and families: which report derives from which, and what changed on the way."""

from dataclasses import dataclass
from enum import StrEnum

from guvoh.model.text import Span


class Relation(StrEnum):
    """How a report derives from its parent."""

    ORIGIN = "origin"
    COPY = "copy"
    EDITED = "edited"
    PARAPHRASE = "paraphrase"
    TRANSLATION = "translation"
    CITATION = "citation"  # cites it and adds its own
    NOTHING_NEW = "adds-nothing-new"


class ChangeKind(StrEnum):
    """What an aligned passage says differently."""

    TIME = "time"
    QUANTITY = "quantity"
    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    SOURCE = "source"
    STANCE = "stance"
    NEGATION = "negation"
    ADDED = "added"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Change:
    """One typed difference between parent and child; values are None where they must not be kept.

    A change with a pseudonym or a withheld value on one side keeps kind and spans only
    (`withheld` True).
    """

    kind: ChangeKind
    from_: str | None
    to: str | None
    from_span: Span | None
    to_span: Span | None
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """Aligned passages of two reports; `weight` is the share of aligned information, per mille."""

    parent: Span
    child: Span
    weight: int


@dataclass(frozen=True, slots=True)
class Derivation:
    """A verified relation between two reports.

    `parent` and `child` are report ids; where the direction is not known, `directed` is False and
    `parent` is the one for which more speaks, never the one that came first. `confidence` is per mille. `both_credit` is an outlet
    that both reports of a citation credit and neither published.
    """

    parent: str
    child: str
    relation: Relation
    directed: bool
    confidence: int
    passages: tuple[Passage, ...] = ()
    changes: tuple[Change, ...] = ()
    via_languages: tuple[str, ...] = ()
    for_: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    similarity: int = 0  # per mille; what families are linked by
    both_credit: str | None = None

    @property
    def binds(self) -> bool:
        """Tell whether it may put its reports into one family: a citation does not, by itself.

        Two that may retell one absent outlet, of which neither cites the other, may be one family.
        """
        retold = self.both_credit is not None and not self.directed
        return self.relation is not Relation.CITATION or retold


@dataclass(frozen=True, slots=True)
class MissingOrigin:
    """An original that members credit but the case does not hold."""

    publisher: str | None
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """A report's place in a family; `parent` is None for an origin or where it is unknown.

    `derivation` carries passages and changes against the parent where there is one.
    """

    report: str
    relation: Relation
    parent: str | None
    confidence: int
    via_languages: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    derivation: Derivation | None = None


@dataclass(frozen=True, slots=True)
class Family:
    """Reports that derive from one origin. `id` is made of its earliest member in canonical order.

    `citers` are reports that cite the family but tell more: they are no members.
    `texts` is the number of distinct texts: members that are neither copies nor translations.
    """

    id: str
    members: tuple[Member, ...]
    origin: str | None
    missing_origin: MissingOrigin | None = None
    citers: tuple[Member, ...] = ()
