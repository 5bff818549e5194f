"""Captures: bytes exactly as they arrived, and how they arrived."""

from dataclasses import dataclass
from enum import StrEnum


class Exposure(StrEnum):
    """Who may see a capture; `undeclared` is set aside until a person decides."""

    PUBLIC = "public"
    PRIVATE = "private"
    UNDECLARED = "undeclared"
    SEALED = "sealed"


@dataclass(frozen=True, slots=True)
class Arrival:
    """One time that a capture's bytes came in: under which name, from where, when (UTC, `Z`)."""

    capture: str  # SHA-256 of the bytes, hexadecimal
    file: str  # name under which it came: `a.zip!/b.html`
    origin: str  # path or URL that the user named
    at: str
    parent: str | None = None  # the container's digest
    companion_of: str | None = None  # file name of the saved page whose folder this came in


@dataclass(frozen=True, slots=True)
class Capture:
    """A capture as a case knows it; `arrivals` in canonical order, the first one names it.

    `withheld` are byte ranges that hold what another report withholds: they are read as underscores.
    """

    digest: str
    size: int
    media_type: str
    exposure: Exposure
    arrivals: tuple[Arrival, ...]
    withheld: tuple[tuple[int, int], ...] = ()

    @property
    def file(self) -> str:
        """Return the name under which the capture first came."""
        return self.arrivals[0].file
