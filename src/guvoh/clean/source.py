"""What a reader is given, and what it gives back."""

from collections.abc import Callable
from dataclasses import dataclass

from guvoh.clean.columns import Columns
from guvoh.model.finding import Finding
from guvoh.model.report import Report

Outcome = tuple[tuple[Report, ...], tuple[Finding, ...]]


@dataclass(frozen=True, slots=True)
class Source:
    """A capture's bytes with what is known of them before anyone reads them.

    `arrived` (UTC, `Z`) is "now" for everything that depends on time. `fast` asks for the cheap
    path where a reader has one. `url` and `charset` are what the container of the bytes says of them.
    """

    capture: str  # SHA-256 of the bytes, hexadecimal
    file: str
    media_type: str
    data: bytes
    arrived: str
    fast: bool = False
    url: str | None = None
    charset: str | None = None
    columns: tuple[Columns, ...] = ()


Reader = Callable[[Source], Outcome]


@dataclass(frozen=True, slots=True)
class Format:
    """A media type and the function that reads it."""

    media_type: str
    read: Reader
