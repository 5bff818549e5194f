"""Claims: passages that assert something, on whose word, and what they hold."""

import re
from dataclasses import dataclass
from enum import StrEnum

from guvoh.model.finding import Finding
from guvoh.model.text import ByteSpan, Span

# What stands for a protected person in a text. Crockford's base 32: no letter is taken for a digit.
CODE_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE = re.compile(rf"\bP-[{CODE_SIGNS}]{{4}}\b")


# What a person is called whose name was taken out, and what stands in its place in a text.
WITHHELD = "name withheld"
PLACEHOLDER = re.compile(r"_{3,}")


class ClaimKind(StrEnum):
    """How a claim's words relate to its speaker's."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"
    NARRATED = "narrated"  # the report's own narration


class SourceKind(StrEnum):
    """What a source is; `unnamed` is a voice that nobody can point to."""

    PERSON = "person"
    GROUP = "group"
    ORGANISATION = "organisation"
    DOCUMENT = "document"
    UNNAMED = "unnamed"


class Stance(StrEnum):
    """How the innermost holder of a claim stands to it."""

    ASSERTED = "asserted"
    REPORTED = "reported"
    BELIEVED = "believed"
    FEARED = "feared"
    EXPECTED = "expected"
    PLANNED = "planned"
    PROMISED = "promised"
    THREATENED = "threatened"
    ASKED = "asked"
    DENIED = "denied"
    UNKNOWN = "unknown"


class Polarity(StrEnum):
    """Whether the content is affirmed or negated."""

    AFFIRMED = "affirmed"
    NEGATED = "negated"


class Basis(StrEnum):
    """How a source knows, after the HURIDOCS list of source connections."""

    EYEWITNESS = "eyewitness"
    VICTIM = "victim"
    PARTICIPANT = "participant"
    TOLD = "told"
    DOCUMENT = "document"
    INFERENCE = "inference"
    UNKNOWN = "unknown"


class Exposure(StrEnum):
    """Who may know of a person: office, byline or assessed; private by default; sealed."""

    PUBLIC = "public"
    PRIVATE = "private"
    PROTECTED = "protected"


@dataclass(frozen=True, slots=True)
class Link:
    """One link of a sourcing chain. `person` is the id of the report's person of that name, if any.

    `name` is the best name inside the report ("Anwar's father"), or the words used where nothing
    better is known; `resolved` is False where a pronoun or description found no antecedent.
    """

    name: str
    kind: SourceKind
    basis: Basis = Basis.UNKNOWN
    pseudonym: bool = False
    person: str | None = None
    span: Span | None = None
    resolved: bool = True


@dataclass(frozen=True, slots=True)
class Participant:
    """Someone in what a claim tells: `role` is perpetrator, affected, intervening or involved."""

    role: str
    name: str
    kind: str  # person, group, organisation, nationality
    person: str | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """An act out of the vocabulary of acts: `name` is its key there ("recruit", "coerce")."""

    name: str
    span: Span
    tense: str = "past"  # past, present, future, none
    coerced: bool = False


@dataclass(frozen=True, slots=True)
class Time:
    """A time in words and as EDTF level 1-2; `against` says what it was resolved against."""

    text: str
    span: Span
    edtf: str
    against: str | None = None  # "published", "unresolved", or the EDTF of another time in the text
    kind: str = "date"  # date, interval, duration, recurring


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity in words and as bounds; `high` None is open, `of` what is counted (as in the text)."""

    text: str
    span: Span
    low: int | float
    high: int | float | None
    of: str | None = None
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a text; coordinates in degrees (WGS 84), None where it is not known.

    `precision` says what the coordinates stand for: point, town, region, country, unknown.
    `key` names the place in the gazetteer, None where it was not found.
    """

    text: str
    span: Span
    name: str
    kind: str = "unknown"  # country, region, town, facility, unknown
    country: str | None = None  # ISO 3166-1 alpha-2
    latitude: float | None = None
    longitude: float | None = None
    precision: str = "unknown"
    key: str | None = None
    within: str | None = None  # `key` of the place it lies in, where the text says so
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """A person, group or organisation inside one report; the same one is one value.

    `relations` are (relation, other person's id): ("father", id of Anwar) is "X is father of Anwar".
    `withheld` names what the report says it withholds: "name", "citizenship" …
    """

    id: str  # "<report id>/p<ordinal>"
    name: str
    kind: SourceKind
    aliases: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    relations: tuple[tuple[str, str], ...] = ()
    nationality: str | None = None  # ISO 3166-1 alpha-2, or the word where it is an ethnic group
    pseudonym: bool = False
    exposure: Exposure = Exposure.PRIVATE
    withheld: tuple[str, ...] = ()
    mentions: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """A passage that asserts something. `chain` begins with the outermost voice the text names.

    `spans` lists the pieces of the content where it is discontinuous, `start`-`end` its hull.
    `within` is the id of the frame in which the claim stands. Times, quantities, places,
    participants and acts lie inside its spans or are inherited from its sentence.
    """

    id: str
    report: str
    bytes: ByteSpan
    spans: tuple[Span, ...]
    text: str
    kind: ClaimKind
    stance: Stance
    polarity: Polarity
    chain: tuple[Link, ...]
    cue: Span | None = None
    within: str | None = None
    hedges: tuple[str, ...] = ()
    acts: tuple[Act, ...] = ()
    participants: tuple[Participant, ...] = ()
    times: tuple[Time, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    places: tuple[Place, ...] = ()

    @property
    def span(self) -> Span:
        """Return the hull of the claim's spans."""
        return Span(self.spans[0].start, self.spans[-1].end)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read out of one report: its claims, and every mention whether or not in a claim."""

    report: str
    claims: tuple[Claim, ...] = ()
    people: tuple[Person, ...] = ()
    times: tuple[Time, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    places: tuple[Place, ...] = ()
    sentences: tuple[Span, ...] = ()
    quotations: tuple[Span, ...] = ()
    findings: tuple[Finding, ...] = ()
