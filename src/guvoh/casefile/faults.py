"""What a check of a case found wrong, as values."""

from dataclasses import dataclass
from enum import StrEnum


class Code(StrEnum):
    """How bad it is: bytes were lost; something derivable is missing or torn; it is no part of a case."""

    DAMAGED = "damaged"
    INCOMPLETE = "incomplete"
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
