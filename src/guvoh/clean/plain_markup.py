"""Remains of markup in a scrape: what attributes of an image say, and the rest as debris."""

import re
from typing import NamedTuple

from guvoh.clean.plain_words import labels

# Attributes that say something to a reader, by the part of an image that they fill.
_ROLES = {
    "alt": "alt",
    "attribution": "credit",
    "credit": "credit",
    "data-credit": "credit",
    "data-copyright": "credit",
    "copyright": "credit",
    "caption": "caption",
    "data-caption": "caption",
    "src": "url",
    "data-src": "url",
}
_ATTRIBUTE = re.compile(r"""(?<![\w-])([A-Za-z][\w:-]{0,40})=(?:"([^"]*)"|'([^']*)')""")
_CANDIDATE = re.compile(r"""(?<![^\s"'<>,])([^\s"'<>,]{4,2000}) (\d{2,5})w(?![\w])""")
_IMAGE = re.compile(r"!\[([^\]\n]{0,500})\]\(([^\s)]{1,2000})[^)\n]{0,200}\)")
_LINK = re.compile(r"\[[^\]\n]{1,200}\]\([^\s)]{1,2000}\)[.!]?")
_TAG = re.compile(r"</?[a-z][a-z0-9-]{0,20}[\s/>]", re.IGNORECASE)


# What is left of an image in the data of a page, and in a list of its parts between bars.
_FIELD = re.compile(r'"([A-Za-z][\w-]{0,30})"\s{0,3}:\s{0,3}"((?:[^"\\]|\\.){0,2000})"')
_FIELD_ROLES = _ROLES | {
    "url": "url",
    "image": "url",
    "author": "credit",
    "source": "credit",
    "description": "caption",
    "title": "caption",
}
_BARRED = re.compile(r"[\w%./:-]{1,500}\.(?:jpe?g|png|webp|gif|avif)\|", re.IGNORECASE)
_SIZE = re.compile(r"\d{2,5}\s?[x×*]\s?\d{2,5}")
_PICTURE = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif")


class Piece(NamedTuple):
    """A range of a line and what it is: alt, credit, caption, url, or debris."""

    start: int
    end: int
    role: str


def is_link(line: str) -> bool:
    """Say whether a line is a link in Markdown and nothing else."""
    return _LINK.fullmatch(line) is not None


def is_markup(line: str) -> bool:
    """Say whether a line is an image in Markdown, or what is left of one's markup in HTML."""
    if line.startswith("!["):
        return _IMAGE.match(line) is not None
    if _BARRED.match(line) or _is_data(line):
        return True
    if '="' not in line and "='" not in line and "w," not in line and "<" not in line:
        return False
    if _CANDIDATE.search(line) and (line.count("w,") or '"' in line or "srcset" in line):
        return True
    attributes = [found for _, found in zip(range(3), _ATTRIBUTE.finditer(line), strict=False)]
    if attributes and _TAG.match(line):
        return True
    known = any(found[1].lower() in _ROLES for found in attributes)
    return known and (len(attributes) > 1 or line.startswith(("<", '"')) or line.endswith(">"))


def _is_data(line: str) -> bool:
    """Say whether a line is an object of a page's data that describes an image."""
    return (
        line[0] in "{["
        and line[-1] in "}]"
        and any(one[2].lower().endswith(_PICTURE) for one in _FIELD.finditer(line))
    )


def _of_data(line: str) -> list[Piece]:
    found: dict[str, Piece] = {}
    for field in _FIELD.finditer(line):
        role = _FIELD_ROLES.get(field[1].lower())
        start, end = _trimmed(line, *field.span(2))
        if role is not None and role not in found and start < end:
            found[role] = Piece(start, end, role)
    return list(found.values())


def _of_bars(line: str) -> list[Piece]:
    """Return address, caption and credit of "gate.jpg|980x551|The gate|Photo: Open Shore"."""
    found: list[Piece] = []
    at = 0
    for part in line.split("|"):
        start, end = _trimmed(line, at, at + len(part))
        at += len(part) + 1
        if start == end or _SIZE.fullmatch(line[start:end]):
            continue
        label = next((one for one in labels(line[start:end]) if one.kind == "credit"), None)
        if not found:
            found.append(Piece(start, end, "url"))
        elif label is not None and start + label.value < end:
            found.append(Piece(start + label.value, end, "credit"))
        elif all(one.role != "caption" for one in found):
            found.append(Piece(start, end, "caption"))
    return found


def pieces(line: str) -> list[Piece]:
    """Return what a line of markup is made of, in order and without gaps but for white space.

    The first value of each role counts. With no `src` the widest of the listed sizes is the address.
    """
    found: dict[str, Piece] = {}
    image = _IMAGE.match(line) if line.startswith("![") else None
    if image is not None:
        marked = (("alt", *image.span(1)), ("url", *image.span(2)))
        said = [Piece(start, end, role) for role, start, end in marked if start < end]
        return _with_debris(line, said)
    if _BARRED.match(line):
        return _with_debris(line, _of_bars(line))
    if _is_data(line):
        return _with_debris(line, _of_data(line))
    for attribute in _ATTRIBUTE.finditer(line):
        role = _ROLES.get(attribute[1].lower())
        group = 2 if attribute[2] is not None else 3
        start, end = _trimmed(line, *attribute.span(group))
        if role is not None and role not in found and start < end:
            found[role] = Piece(start, end, role)
    if "url" not in found:
        sizes = [(int(one[2]), -one.start(), one.span(1)) for one in _CANDIDATE.finditer(line)]
        if sizes:
            found["url"] = Piece(*_address(line, *max(sizes)[2]), "url")
    return _with_debris(line, sorted(found.values()))


def _address(line: str, start: int, end: int) -> tuple[int, int]:
    """Leave out the name of the attribute where the first address of a list stands after it."""
    for opening in ('srcset="', "srcset='", "srcset="):
        if line.startswith(opening, start):
            return start + len(opening), end
    return start, end


def _trimmed(line: str, start: int, end: int) -> tuple[int, int]:
    while start < end and line[start].isspace():
        start += 1
    while end > start and line[end - 1].isspace():
        end -= 1
    return start, end


def _with_debris(line: str, kept: list[Piece]) -> list[Piece]:
    whole: list[Piece] = []
    at = 0
    for piece in [*kept, Piece(len(line), len(line), "end")]:
        start, end = _trimmed(line, at, piece.start)
        if start < end:
            whole.append(Piece(start, end, "debris"))
        if piece.role != "end":
            whole.append(piece)
        at = piece.end
    return whole
