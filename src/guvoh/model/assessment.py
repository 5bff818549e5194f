"""Assessments: what a person decided, aimed at a passage so that they survive any new derivation."""

from dataclasses import dataclass

from guvoh.model.text import ByteSpan


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
    """A decision with its reason; a later one about the same target supersedes it."""

    id: str
    target: Target
    verdict: str
    reason: str
    actor: str  # key-id
    at: str
    detached: bool = False
