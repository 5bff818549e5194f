"""Text laid out of a document, with the part of the capture that each stretch of it comes from."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from guvoh.clean.plain import read_plain
from guvoh.clean.source import Outcome, Source
from guvoh.model.finding import Finding
from guvoh.model.report import Debris, Report
from guvoh.model.text import Box, ByteSpan, Piece, Stated

# What a text has no use for, and what would make its bytes look like another encoding's.
_UNSAID = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")


class Origin(NamedTuple):
    """Where words stand: bytes of an unpacked part, or characters and box on a page."""

    part: str
    first: int
    last: int
    box: Box | None = None


class Rendering:
    """Lays words out into paragraphs, and gives the text to the reader of plain text.

    Asides (running heads, comments, deleted words) become debris after the text.
    """

    def __init__(self) -> None:
        self._said = bytearray()
        self._pieces: list[Piece] = []
        self._asides: list[tuple[str, str, Origin | None]] = []

    @property
    def is_empty(self) -> bool:
        """Say whether nothing has been laid out that a reader would see."""
        return not self._said.strip()

    def say(self, words: str, origin: Origin) -> None:
        """Add words to the current line; characters that no text holds are left out."""
        said = _UNSAID.sub("", words).encode("utf-8")
        if not said:
            return
        start = len(self._said)
        self._said += said
        end = len(self._said)
        last = self._pieces[-1] if self._pieces else None
        if (
            last is not None
            and last.part == origin.part
            and last.last == origin.first
            and last.end == start
            and origin.box is None
            and last.end - last.start == last.last - last.first
            and len(said) == origin.last - origin.first
        ):
            self._pieces[-1] = last._replace(end=end, last=origin.last)
        else:
            self._pieces.append(Piece(start, end, *origin))

    def blank(self) -> None:
        """Add a blank that no byte of the capture says."""
        self._said += b" "

    def cell(self) -> None:
        """Part the cells of a table's row."""
        self._said += b"\t"

    def end_line(self) -> None:
        """End a line within a paragraph."""
        self._said += b"\n"

    def end_paragraph(self) -> None:
        """End a paragraph; ending one that holds nothing does nothing."""
        if self._said and not self._said.endswith(b"\n\n"):
            self._said += b"\n\n"

    def aside(self, words: str, reason: str, origin: Origin | None = None) -> None:
        """Keep words that are no part of the report, and why."""
        words = _UNSAID.sub("", words).strip()
        if words:
            self._asides.append((words, reason, origin))

    def read(self, source: Source, part: str | None = None) -> Outcome:
        """Return the report of what was laid out; `part` names it within its capture."""
        data = bytes(self._said)
        reports, findings = read_plain(source.capture, source.file, data, source.arrived)
        if not reports:
            return (), findings
        debris = self._debris()
        (report,) = reports
        report = replace(
            report,
            map=replace(report.map, pieces=tuple(self._pieces)),
            debris=(*report.debris, *debris),
        )
        return named(report, findings, part)

    def _debris(self) -> list[Debris]:
        debris: list[Debris] = []
        for words, reason, origin in self._asides:
            at = None
            if origin is not None:
                start = len(self._said)
                self._said += words.encode("utf-8")
                at = ByteSpan(start, len(self._said))
                self._pieces.append(Piece(at.start, at.end, *origin))
            debris.append(Debris(words, reason, at))
        return debris


def named(report: Report, findings: Sequence[Finding], part: str | None) -> Outcome:
    """Return a report as that of one part of its capture, its findings with it."""
    if part is None:
        return (report,), tuple(findings)
    id_, file = f"{report.capture}#{part}", f"{report.file}#{part}"
    report = replace(report, id=id_, file=file)
    return (report,), tuple(
        replace(one, report=id_ if one.report else None, file=file) for one in findings
    )


def titled(outcome: Outcome, title: str | None) -> Outcome:
    """Give reports without a title that of the document's properties."""
    reports, findings = outcome
    words = " ".join(_UNSAID.sub("", title or "").split())[:500]
    if not words:
        return outcome
    return tuple(
        replace(one, title=Stated(words)) if one.title is None else one for one in reports
    ), findings


def noted(source: Source, kind: str, text: str, *, problem: bool = True) -> Finding:
    """Return a finding of this step about a capture."""
    return Finding("clean", kind, text, report=None, file=source.file, problem=problem)
