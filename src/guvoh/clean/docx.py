"""A Word document (OOXML) to a report: body, notes; comments and deleted words set apart."""

import re
import zipfile
from collections.abc import Mapping

from guvoh.clean.package import PackageError, Words, open_package, part, walk
from guvoh.clean.rendering import Origin, Rendering, noted, titled
from guvoh.clean.source import Outcome, Source
from guvoh.model.finding import Finding

# ISO/IEC 29500, transitional and strict.
_WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_FALLBACK = "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback"
_BODY = "word/document.xml"
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")
_HEADER = re.compile(r"word/(?:header|footer)\d{0,4}\.xml")
_REMOVED = {"del": "deleted in tracked changes", "moveFrom": "moved in tracked changes"}


class _Layer:
    """Lays out one part; `reason` makes all of it an aside."""

    def __init__(self, rendering: Rendering, name: str, reason: str | None = None) -> None:
        self._rendering = rendering
        self._name = name
        self._reason = reason
        self._removed: list[str] = []
        self._hidden = False
        self._in_words = False
        self._skipped = 0  # depth within what stands in the file a second time
        self._cells: list[int] = []  # paragraphs so far in each open table cell
        self._row_cells = 0
        self._around: list[list[int]] = []  # cells that open boxes lie in
        self._aside: list[Words] = []
        self._aside_reason: str | None = None

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take the start of an element."""
        if tag == _FALLBACK or self._skipped:
            self._skipped += 1
            return
        space, _, local = tag.partition(" ")
        if space not in _WORD:
            return
        if local in {"t", "delText"}:
            self._in_words = True
        elif local in _REMOVED:
            self._removed.append(local)
        elif local == "r":
            self._hidden = False
        elif local == "vanish":
            self._hidden = attributes.get(f"{space} val", "1") not in {"0", "false", "off"}
        elif local == "txbxContent":
            self.flush()
            self._around.append(self._cells)
            self._cells = []
            self._rendering.open_box()
        elif self._reason is None:
            self._mark(local, attributes.get(f"{space} type"))

    def _mark(self, local: str, kind: str | None) -> None:
        if local == "p" and self._cells:
            self._cells[-1] += 1
            if self._cells[-1] > 1:
                self._rendering.end_paragraph()
        elif local == "tc":
            if self._row_cells:
                self._rendering.cell()
            self._cells.append(0)
        elif local == "tab":
            self._rendering.blank()
        elif local in {"br", "cr"} and kind not in {"page", "column"}:
            self._rendering.break_line()
        elif local == "tr":
            self._row_cells = 0

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        if self._skipped:
            self._skipped -= 1
            return
        space, _, local = tag.partition(" ")
        if space not in _WORD:
            return
        if local in {"t", "delText"}:
            self._in_words = False
        elif local in _REMOVED and self._removed:
            self._removed.pop()
        elif local == "txbxContent" and self._around:
            self.flush()
            self._cells = self._around.pop()
            self._rendering.close_box()
        elif local == "tc" and self._cells:
            self._cells.pop()
            self._row_cells += 1
        elif local == "tr" or (local == "p" and not self._cells):
            self.flush()
            self._rendering.end_paragraph()

    def text(self, words: Words) -> None:
        """Take character data."""
        if not self._in_words or self._skipped:
            return
        reason = self._reason
        if reason is None and self._removed:
            reason = _REMOVED[self._removed[-1]]
        if reason is None and self._hidden:
            reason = "hidden text"
        if reason != self._aside_reason:
            self.flush()
        if reason is None:
            self._rendering.say(words.text, Origin(self._name, words.first, words.last))
        else:
            self._aside.append(words)
            self._aside_reason = reason

    def flush(self) -> None:
        """Set apart what has gathered of one aside."""
        if self._aside:
            origin = Origin(self._name, self._aside[0].first, self._aside[-1].last)
            said = "".join(words.text for words in self._aside)
            self._rendering.aside(said, self._aside_reason or "", origin)
        self._aside, self._aside_reason = [], None


def read_docx(source: Source) -> Outcome:
    """Read a Word document; never raises."""
    rendering = Rendering()
    findings: list[Finding] = []
    title: str | None = None
    try:
        package = open_package(source.data)
        if not _lay_out(rendering, package, _BODY):
            text = "It holds no text of a document where one must be, and was not read."
            return (), (noted(source, "damaged-file", text),)
        for name in _NOTES:
            _lay_out(rendering, package, name)
        _lay_out(rendering, package, "word/comments.xml", "comment")
        for name in package.namelist():
            if _HEADER.fullmatch(name):
                _lay_out(rendering, package, name, "header or footer")
        title = properties(rendering, package, "docProps/core.xml")
        findings += pictures(source, package, "word/media/")
    except PackageError as problem:
        findings.append(noted(source, "damaged-file", str(problem)))
    return finished(source, rendering, findings, title)


def _lay_out(
    rendering: Rendering, package: zipfile.ZipFile, name: str, reason: str | None = None
) -> bool:
    data = part(package, name)
    if data is None:
        return False
    layer = _Layer(rendering, name, reason)
    try:
        walk(data, name, layer.start, layer.end, layer.text)
    finally:
        layer.flush()
        rendering.end_paragraph()
    return True


def finished(
    source: Source, rendering: Rendering, findings: list[Finding], title: str | None
) -> Outcome:
    """Return what an office document gave, never silently nothing."""
    if rendering.is_empty:
        if not any(one.problem for one in findings):
            findings.append(noted(source, "no-text", "It holds no words, so nothing was read."))
        return (), tuple(findings)
    reports, more = titled(rendering.read(source), title)
    return reports, (*findings, *more)


_PEOPLE = {"creator", "lastModifiedBy", "initial-creator"}


def properties(rendering: Rendering, package: zipfile.ZipFile, name: str) -> str | None:
    """Return the title in a document's properties; who made it is set apart, for a person to judge."""
    data = part(package, name)
    if data is None:
        return None
    said: dict[str, list[Words]] = {}
    open_: list[str] = []

    def text(words: Words) -> None:
        if open_:
            said.setdefault(open_[-1], []).append(words)

    def end(_: str) -> None:
        open_.pop()

    walk(data, name, lambda tag, _: open_.append(tag.rpartition(" ")[2]), end, text)
    for local in sorted(_PEOPLE & said.keys()):
        words = said[local]
        origin = Origin(name, words[0].first, words[-1].last)
        whole = "".join(one.text for one in words)
        rendering.aside(whole, "author in the file's properties", origin)
    return "".join(words.text for words in said.get("title", ())) or None


def pictures(source: Source, package: zipfile.ZipFile, folder: str) -> list[Finding]:
    """Return a finding where pictures lie in the document."""
    count = sum(name.startswith(folder) and len(name) > len(folder) for name in package.namelist())
    if not count:
        return []
    text = f"{count:,} pictures in it are kept with it and were not read."
    return [noted(source, "pictures-unread", text, problem=False)]
