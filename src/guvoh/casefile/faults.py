"""What a check of a case found wrong, as values."""

from dataclasses import dataclass
from enum import StrEnum


class Code(StrEnum):
    """How bad it is.

    Bytes were lost; something derivable is missing or torn; what vouches for times does not hold;
    it is no part of a case.
    """

    DAMAGED = "damaged"
    INCOMPLETE = "incomplete"
    UNANCHORED = "unanchored"
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True)
class Fault:
    """One file that is not as it should be: its name in the case, why, and which captures it touches.

    `repair` says how it can be made again, where it can: `derive`, `leaves`, `checkpoint`, `torn`.
    """

    code: Code
    path: str
    text: str
    captures: tuple[str, ...] = ()
    repair: str | None = None
