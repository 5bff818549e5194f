"""An OpenDocument text to a report: body, notes; comments and deleted words set apart."""

from collections.abc import Mapping

from guvoh.clean.docx import finished, pictures, properties
from guvoh.clean.package import PackageError, Words, open_package, part, walk
from guvoh.clean.rendering import Origin, Rendering, noted
from guvoh.clean.source import Outcome, Source
from guvoh.model.finding import Finding

# OASIS OpenDocument 1.3, part 3.
_SPACE = "urn:oasis:names:tc:opendocument:xmlns:"
_TEXT, _OFFICE, _TABLE = f"{_SPACE}text:1.0", f"{_SPACE}office:1.0", f"{_SPACE}table:1.0"
_STYLE, _BOX = f"{_SPACE}style:1.0", f"{_SPACE}drawing:1.0 text-box"
_ABOUT = ("http://purl.org/dc/elements/1.1/", f"{_SPACE}meta:1.0")  # who changed or noted, and when
_BODY, _STYLES = "content.xml", "styles.xml"
_HEADS = frozenset(
    f"{_STYLE} {kind}{on}" for kind in ("header", "footer") for on in ("", "-left", "-first")
)
_ASIDES = {
    f"{_TEXT} tracked-changes": "deleted in tracked changes",
    f"{_OFFICE} annotation": "comment",
    f"{_TEXT} hidden-text": "hidden text",
    f"{_TEXT} hidden-paragraph": "hidden text",
}
_PARAGRAPHS = frozenset({f"{_TEXT} p", f"{_TEXT} h"})
_STYLED = {f"{_TEXT} span": "text", f"{_TEXT} p": "paragraph", f"{_TEXT} h": "paragraph"}


class _Styles:
    """Gathers the names of styles that hide words, and lays out heads and feet of pages."""

    def __init__(self, rendering: Rendering | None = None) -> None:
        self.hidden: set[tuple[str, str]] = set()  # family and name
        self._rendering = rendering
        self._style = ("", "")
        self._head: list[Words] | None = None

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take the start of an element."""
        if tag == f"{_STYLE} style":
            self._style = (
                attributes.get(f"{_STYLE} family", ""),
                attributes.get(f"{_STYLE} name", ""),
            )
        elif tag == f"{_STYLE} text-properties":
            if attributes.get(f"{_TEXT} display", "true") != "true":
                self.hidden.add(self._style)
        elif tag in _HEADS:
            self._head = []

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        if tag in _HEADS and self._head and self._rendering is not None:
            origin = Origin(_STYLES, self._head[0].first, self._head[-1].last)
            said = " ".join(words.text for words in self._head)
            self._rendering.aside(said, "header or footer", origin)
        if tag in _HEADS:
            self._head = None

    def text(self, words: Words) -> None:
        """Take character data."""
        if self._head is not None and words.text.strip():
            self._head.append(words)

    def hides(self, tag: str, attributes: Mapping[str, str]) -> bool:
        """Say whether an element's style hides what it holds."""
        family = _STYLED.get(tag)
        return family is not None and (family, attributes.get(f"{_TEXT} style-name")) in self.hidden


class _Layer:
    """Lays out the body; notes wait until it is done."""

    def __init__(self, rendering: Rendering, styles: _Styles) -> None:
        self._rendering = rendering
        self._styles = styles
        self._open: list[str] = []
        self._asides: list[tuple[int, str]] = []  # how deep each was opened, and why
        self._aside: list[Words] = []
        self._notes: list[list[Words]] = []
        self._in_note = 0
        self._paragraphs = 0
        self._cells: list[int] = []
        self._around: list[list[int]] = []  # cells that open boxes lie in
        self._row_cells = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take the start of an element."""
        self._styles.start(tag, attributes)
        self._open.append(tag)
        reason = _ASIDES.get(tag)
        if reason is None and self._styles.hides(tag, attributes):
            reason = "hidden text"
        if reason is not None:
            self._asides.append((len(self._open), reason))
        elif tag == f"{_TEXT} note-body":
            self._in_note += 1
            self._notes.append([])
        elif tag == _BOX:
            self._around.append(self._cells)
            self._cells = []
            self._rendering.open_box()
        elif tag == f"{_TABLE} table-row":
            self._row_cells = 0
        elif tag == f"{_TABLE} table-cell":
            if self._row_cells:
                self._rendering.cell()
            self._cells.append(0)
        elif not self._asides and not self._in_note:
            self._mark(tag)
        if tag in _PARAGRAPHS:
            self._paragraphs += 1
            self._start_paragraph()

    def _start_paragraph(self) -> None:
        if self._cells and not self._asides and not self._in_note:
            self._cells[-1] += 1
            if self._cells[-1] > 1:
                self._rendering.end_paragraph()

    def _mark(self, tag: str) -> None:
        if tag in {f"{_TEXT} s", f"{_TEXT} tab"}:
            self._rendering.blank()
        elif tag == f"{_TEXT} line-break":
            self._rendering.break_line()

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        self._open.pop()
        if self._asides and len(self._open) < self._asides[-1][0]:
            self._flush(self._asides.pop()[1])
        elif tag == _BOX and self._around:
            self._cells = self._around.pop()
            self._rendering.close_box()
        elif tag == f"{_TEXT} note-body":
            self._in_note -= 1
        elif tag == f"{_TABLE} table-cell" and self._cells:
            self._cells.pop()
            self._row_cells += 1
        elif tag == f"{_TABLE} table-row":
            self._rendering.end_paragraph()
        if tag in _PARAGRAPHS:
            self._paragraphs -= 1
            if not self._asides and not self._in_note and not self._cells:
                self._rendering.end_paragraph()

    def text(self, words: Words) -> None:
        """Take character data."""
        if self._asides:
            if words.text.strip() and not self._open[-1].startswith(_ABOUT):
                self._aside.append(words)
        elif not self._paragraphs or self._open[-1] == f"{_TEXT} note-citation":
            return
        elif self._in_note:
            self._notes[-1].append(words)
        else:
            self._rendering.say(words.text, _origin(words))

    def _flush(self, reason: str) -> None:
        if self._aside:
            said = " ".join(words.text for words in self._aside)
            origin = Origin(_BODY, self._aside[0].first, self._aside[-1].last)
            self._rendering.aside(said, reason, origin)
        self._aside = []

    def finish(self) -> None:
        """Lay out the notes after the body."""
        self._rendering.end_paragraph()
        for note in self._notes:
            for words in note:
                self._rendering.say(words.text, _origin(words))
            self._rendering.end_paragraph()


def _origin(words: Words) -> Origin:
    return Origin(_BODY, words.first, words.last)


def read_odt(source: Source) -> Outcome:
    """Read an OpenDocument text; never raises."""
    rendering = Rendering()
    findings: list[Finding] = []
    title: str | None = None
    try:
        package = open_package(source.data)
        if b"encryption-data" in (part(package, "META-INF/manifest.xml") or b""):
            text = "It is encrypted. Save it without a password and build again."
            return (), (noted(source, "encrypted", text),)
        data = part(package, _BODY)
        if data is None:
            text = "It holds no text of a document where one must be, and was not read."
            return (), (noted(source, "damaged-file", text),)
        styles = _Styles(rendering)
        walk(part(package, _STYLES) or b"<none/>", _STYLES, styles.start, styles.end, styles.text)
        layer = _Layer(rendering, styles)
        try:
            walk(data, _BODY, layer.start, layer.end, layer.text)
        finally:
            layer.finish()
        title = properties(rendering, package, "meta.xml")
        findings += pictures(source, package, "Pictures/")
    except PackageError as problem:
        findings.append(noted(source, "damaged-file", str(problem)))
    return finished(source, rendering, findings, title)
