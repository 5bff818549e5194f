"""Masks protected strings in the bytes of a report before anything of it is stored."""

import re
from dataclasses import dataclass
from itertools import pairwise

from guvoh.clean.decode import Decoded, blanked, decode
from guvoh.protect.leaks import find
from guvoh.protect.registry import Registry

_TEXT = ("text/", "application/json", "application/xml", "application/xhtml")
_PLACEHOLDER = "_"
_CAMEL = re.compile(r"(?<=[^\W\d_A-ZА-ЯЁ])(?=[A-ZА-ЯЁ])")

Mark = tuple[tuple[int, int], str]  # bytes of the original, and the code of whose they are


@dataclass(frozen=True, slots=True)
class Masked:
    """Bytes as long as the original's, with what was masked in them, in order."""

    data: bytes
    marks: tuple[Mark, ...]


def can_screen(media_type: str) -> bool:
    """Say whether bytes of this type are text, so that what they say can be looked through."""
    return media_type.startswith(_TEXT)


def mask(data: bytes, registry: Registry) -> Masked | None:
    """Return text with every protected string replaced by underscores of equal length in bytes.

    None where it holds none. Dotted initials and names that are common words in small letters stay,
    for they may be anyone's.
    """
    decoded = decode(data)
    marks = sorted(
        {
            (_bytes(decoded, leak.span.start, leak.span.end), code)
            for leak in find(registry, decoded.text)
            if leak.certain
            for code in leak.codes
        }
    )
    if not marks:
        return None
    return Masked(blanked(data, (span for span, _ in marks)), tuple(marks))


def mask_name(name: str, registry: Registry) -> str:
    """Return a file's name without the protected strings in it, "AnvarKarimov.txt" taken apart too."""
    starts = [0, *(one.start() for one in _CAMEL.finditer(name)), len(name)]
    pieces = [(0, name), *((start, name[start:end]) for start, end in pairwise(starts))]
    for start, piece in pieces:
        for leak in find(registry, piece):
            if leak.certain:
                first, last = start + leak.span.start, start + leak.span.end
                name = name[:first] + _PLACEHOLDER * (last - first) + name[last:]
    return name


def _bytes(decoded: Decoded, start: int, end: int) -> tuple[int, int]:
    return decoded.byte(start), decoded.byte(end)
