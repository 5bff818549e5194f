"""The text of a draft as it is read, with the way back from each character to the file it came in."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from guvoh.model.report import Report
from guvoh.model.text import ByteSpan, CharacterMap, Run, RunKind, Span


class DraftError(Exception):
    """A draft cannot be read or marked; the message is a sentence for the reader."""


class Note(NamedTuple):
    """What is to be written beside a stretch of a draft's text: one line or more."""

    span: Span
    lines: tuple[str, ...]


@dataclass(slots=True)
class Page:
    """Paragraphs joined by empty lines; `origin` has for each character where it stands in the file.

    What an origin is is the format's own business: an offset into the source of a text file, a
    place in a run of a document. Characters put in between paragraphs have that of the one before.
    """

    text: str = ""
    origin: list[int] = field(default_factory=list)

    def add(self, text: str, origin: Sequence[int]) -> None:
        """Add a paragraph; white space in it is folded, and one without words is left out."""
        kept: list[int] = []
        for at, char in enumerate(text):
            blank = char.isspace()
            if blank and (not kept or text[kept[-1]].isspace()):
                continue
            kept.append(at)
        while kept and text[kept[-1]].isspace():
            kept.pop()
        if not kept:
            return
        if self.text:
            self.text += "\n\n"
            self.origin += [self.origin[-1]] * 2
        self.text += "".join(" " if text[at].isspace() else text[at] for at in kept)
        self.origin += [origin[at] for at in kept]


def as_report(page: Page, file: str, language: str, published: str | None) -> Report:
    """Return a draft as a report, so that it is read as reports are.

    `published` is the day against which "last month" is resolved.
    """
    size = len(page.text.encode("utf-8", "surrogatepass"))
    run = Run(Span(0, len(page.text)), ByteSpan(0, size), RunKind.EXACT)
    return Report(
        id="draft",
        capture="draft",
        file=file,
        text=page.text,
        map=CharacterMap("utf-8", (run,) if page.text else ()),
        language=language,
        published=published,
    )
