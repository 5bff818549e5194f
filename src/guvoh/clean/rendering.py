"""Text laid out of a document, with the part of the capture that each stretch of it comes from."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from guvoh.clean.charmap import TextBuilder
from guvoh.clean.decode import decode
from guvoh.clean.plain import read_plain
from guvoh.clean.plain_language import languages_of
from guvoh.clean.plain_lines import lines_of
from guvoh.clean.source import Outcome, Source
from guvoh.model.finding import Finding
from guvoh.model.report import Debris, Image, Making, PublishedBasis, Report, ReportForm
from guvoh.model.text import Box, ByteSpan, Piece, Stated

# What a text has no use for, and what would make its bytes look like another encoding's.
_UNSAID = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
_STOPS = (b"\n", b".", b"!", b"?", b":", b";")  # after which a broken line has ended something


class Origin(NamedTuple):
    """Where words stand: bytes of an unpacked part, or characters and box on a page."""

    part: str
    first: int
    last: int
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class About:
    """What the frame of a message tells of it, so that nobody must look for it in its words."""

    title: Stated | None = None
    publisher: Stated | None = None
    bylines: tuple[Stated, ...] = ()
    published: str | None = None
    published_stated: Stated | None = None
    url: str | None = None
    form: ReportForm = ReportForm.ARTICLE
    images: tuple[Image, ...] = ()
    making: tuple[Making, ...] = ()


class Rendering:
    """Lays words out into paragraphs, and gives the text to the reader of plain text.

    Asides (running heads, comments, deleted words) become debris after the text. What stands in a box
    beside the text follows the paragraph that it is fastened to.
    """

    def __init__(self) -> None:
        self._said = bytearray()
        self._pieces: list[Piece] = []
        self._asides: list[tuple[str, str, Origin | None]] = []
        self._broken = False  # whether the last thing was a writer's line break
        self._boxes = 0  # that are open
        self._boxed: list[tuple[str, Origin | None]] = []  # no words and no origin end a paragraph
        self._told_from: int | None = None  # where the text ends and what its frame says begins

    @property
    def is_empty(self) -> bool:
        """Say whether nothing has been laid out that a reader would see."""
        return not self._said.strip()

    def open_box(self) -> None:
        """Begin a box beside the text; boxes may lie in boxes."""
        self._boxes += 1

    def close_box(self) -> None:
        """End the box that was begun last."""
        if self._boxes:
            self._boxes -= 1
            self._boxed.append(("", None))

    def say(self, words: str, origin: Origin) -> None:
        """Add words to the current line; characters that no text holds are left out."""
        if self._boxes:
            self._boxed.append((words, origin))
            return
        if not words.isprintable():  # which is much quicker to tell than what to leave out
            words = _UNSAID.sub("", words)
        said = words.encode("utf-8")
        if not said:
            return
        if self._broken and words[0].islower() and self._said[-2:-1] not in _STOPS:
            self._said[-1:] = b" "  # a sentence goes on after the break
        self._broken = False
        start = len(self._said)
        self._said += said
        end = len(self._said)
        last = self._pieces[-1] if self._pieces else None
        if (
            origin.box is None
            and last is not None
            and last.part == origin.part
            and last.last == origin.first
            and last.end == start
            and last.end - last.start == last.last - last.first
            and len(said) == origin.last - origin.first
        ):
            self._pieces[-1] = last._replace(end=end, last=origin.last)
        else:
            self._pieces.append(Piece(start, end, *origin))

    def blank(self) -> None:
        """Add a blank that no byte of the capture says."""
        self._add(" ")

    def cell(self) -> None:
        """Part the cells of a table's row."""
        self._add("\t")

    def end_line(self) -> None:
        """End a line within a paragraph."""
        self._add("\n")

    def break_line(self) -> None:
        """End a line as a document's writer did, which ends nothing where the sentence goes on."""
        self._add("\n")
        self._broken = True

    def end_paragraph(self) -> None:
        """End a paragraph; ending one that holds nothing does nothing."""
        if self._boxes:
            self._boxed.append(("", None))
            return
        if self._said and not self._said.endswith(b"\n\n"):
            self._said += b"\n\n"
        boxed, self._boxed = self._boxed, []
        for words, origin in boxed:
            if origin is not None:
                self.say(words, origin)
            elif words:
                self._add(words)
            else:
                self.end_paragraph()

    def _add(self, mark: str) -> None:
        if self._boxes:
            self._boxed.append((mark, None))
        else:
            self._said += mark.encode()

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

    def stated(self, words: str, origin: Origin | None) -> Stated:
        """Keep words that the frame says, such as a name in a header; they stand after the text."""
        words = _UNSAID.sub("", words)
        if origin is None or not words:
            return Stated(words)
        self.end_paragraph()
        start = len(self._said)
        if self._told_from is None:
            self._told_from = start
        self._said += words.encode("utf-8")
        self._pieces.append(Piece(start, len(self._said), *origin))
        return Stated(words, ByteSpan(start, len(self._said)))

    def report(self, source: Source, part: str | None, about: About) -> Outcome:
        """Return what was laid out as a report, every line of it text."""
        data = bytes(self._said[: self._told_from])
        decoded = decode(data, "utf-8")
        lines: list[list[tuple[int, int]]] = []
        for line in lines_of(decoded.text):
            if line.apart or not lines:
                lines.append([])
            lines[-1].append((line.start, line.end))
        builder = TextBuilder(decoded, markup=False)
        for stretches in lines:
            gaps = [(a[1], b[0]) for a, b in pairwise(stretches)]
            breaks = frozenset(start for start, _ in gaps)
            builder.paragraph(sorted([*stretches, *gaps]), breaks)
        text, map_ = builder.result()
        basis = PublishedBasis.STATED if about.published else PublishedBasis.UNKNOWN
        report = Report(
            id=source.capture,
            capture=source.capture,
            file=source.file,
            text=text,
            map=map_,
            language="und",
            title=about.title,
            publisher=about.publisher,
            bylines=about.bylines,
            published=about.published,
            published_basis=basis,
            published_stated=about.published_stated,
            url=about.url,
            form=about.form,
            images=about.images,
            debris=tuple(self._debris()),
            making=about.making,
        )
        language, others = languages_of(text, report.paragraphs)
        map_ = replace(map_, pieces=tuple(self._pieces))
        return named(replace(report, language=language, languages=others, map=map_), (), part)

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
