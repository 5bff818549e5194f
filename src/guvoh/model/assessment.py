"""Assessments: what a person decided, aimed at a passage so that they survive any new derivation."""

from dataclasses import dataclass

from guvoh.model.text import ByteSpan

WITHDRAW = "withdraw-"  # before a verdict: what was decided so no longer holds


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
class Assessment:
    """A decision with its reason; a later one about the same side of the same target supersedes it."""

    id: str
    target: Target
    verdict: str
    reason: str
    actor: str  # key-id
    at: str
    detached: bool = False


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
    "reliability": ("reliability-",),
    "credibility": ("credibility-",),
    "place": ("merge", "split", "pin"),
    "source": ("confirm-source", "reject-source", "independent", "same-source"),
    "derivation": ("confirm", "reject", "parent"),
}
