"""A page saved as one file (MHTML) to a report: its main part read as the page that it is."""

from dataclasses import replace

from guvoh.clean.html import read_html
from guvoh.clean.mime import Part, message_of, parts_of
from guvoh.clean.rendering import noted
from guvoh.clean.source import Outcome, Source
from guvoh.model.report import Report
from guvoh.model.text import Piece

_PAGES = frozenset({"text/html", "application/xhtml+xml"})


def read_mhtml(source: Source) -> Outcome:
    """Read the page at the root of a saved page; never raises."""
    whole = message_of(source.data)
    root = _root(source.data, whole)
    if root is None:
        text = "It holds no page where a saved page has one, so nothing was read."
        return (), (noted(source, "no-text", text),)
    address = whole.header("snapshot-content-location") or root.header("content-location")
    url = address if address.startswith(("http://", "https://")) else None
    return read_part(replace(source, url=source.url or url), root)


def read_part(source: Source, part: Part) -> Outcome:
    """Read a part that is a page; its report's map counts bytes of the part."""
    data = part.body(source.data)
    inner = replace(source, data=data, media_type=part.media_type, charset=part.charset)
    reports, findings = read_html(inner)
    name = f"part {part.path or 1}"
    return tuple(_within(report, name, len(data)) for report in reports), findings


def _within(report: Report, name: str, size: int) -> Report:
    pieces = (Piece(0, size, name, 0, size),)
    return replace(report, map=replace(report.map, pieces=pieces))


def _root(data: bytes, whole: Part) -> Part | None:
    """Return the part that the message names as its start, else its first page (RFC 2387)."""
    start = whole.headers.get_param("start") if "content-type" in whole.headers else None
    first: Part | None = None
    for part in parts_of(data, whole):
        if part.media_type not in _PAGES:
            continue
        if start and part.header("content-id") == start:
            return part
        first = first or part
    return first
