"""Assessments: what a person decided, aimed at a passage so that they survive any new derivation."""

from dataclasses import dataclass

from guvoh.model.text import ByteSpan

WITHDRAW = "withdraw-"  # before a verdict: what was decided so no longer holds
ADD, CORRECT = "add", "correct"  # a claim that the machine missed, or one that it read otherwise


@dataclass(frozen=True, slots=True)
class Target:
    """What an assessment speaks of: bytes of a capture, the exact quote, and the value then seen.

    `noun` says what kind of thing was judged (claim, derivation, event, source, person, capture);
    `other` is the second capture for things that lie between two.
    """

    noun: str
    capture: str
    bytes: ByteSpan | None = None
    quote: str | None = None
    value: str | None = None
    other: str | None = None


@dataclass(frozen=True, slots=True)
class Speaker:
    """One link of a chain as a person named it; `kind` and `basis` are values of `model.claim`."""

    name: str
    kind: str
    basis: str = "unknown"
    pseudonym: bool = False


@dataclass(frozen=True, slots=True)
class Party:
    """Who takes part, in which role: perpetrator, affected, intervening or involved."""

    role: str
    name: str
    kind: str = "person"


@dataclass(frozen=True, slots=True)
class When:
    """A time in the words of the passage and as EDTF."""

    text: str
    edtf: str


@dataclass(frozen=True, slots=True)
class Number:
    """A quantity in the words of the passage and as bounds; `high` None is open."""

    text: str
    low: int | float
    high: int | float | None
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """What a person read in a passage: a claim's contents in words, so that no span can go stale.

    `chain` begins with the outermost voice; `acts` are keys of the vocabulary of acts, `places` the
    words of the passage.
    """

    chain: tuple[Speaker, ...]
    stance: str
    polarity: str = "affirmed"
    acts: tuple[str, ...] = ()
    participants: tuple[Party, ...] = ()
    times: tuple[When, ...] = ()
    quantities: tuple[Number, ...] = ()
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Assessment:
    """A decision with its reason; a later one about the same side of the same target supersedes it.

    `content` is what a person read where the verdict is to add or correct a claim.
    """

    id: str
    target: Target
    verdict: str
    reason: str
    actor: str  # key-id
    at: str
    detached: bool = False
    content: Content | None = None


def side(verdict: str) -> str:
    """Return what a verdict speaks of, so that a grade does not supersede a check of the chain.

    A withdrawal is about the side of the verdict that it withdraws.
    """
    plain = verdict.removeprefix(WITHDRAW)
    for name, verdicts in _SIDES.items():
        if plain.startswith(verdicts):
            return name
    return plain


_SIDES = {
    "content": (ADD, CORRECT),
    "reliability": ("reliability-",),
    "credibility": ("credibility-",),
    "place": ("merge", "split", "pin"),
    "source": ("confirm-source", "reject-source", "independent", "same-source"),
    "derivation": ("confirm", "reject", "parent"),
    "same": ("same-person", "other-person"),
}
