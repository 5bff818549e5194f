"""Reports: the clean text of one capture, what the page says of itself, and what was left out."""

from dataclasses import dataclass
from enum import StrEnum

from guvoh.model.text import ByteSpan, CharacterMap, Span, Stated


class PublishedBasis(StrEnum):
    """On what a publication date rests."""

    STATED = "stated"  # the page says so in words or metadata
    GUESSED = "guessed"  # from a URL or a file name
    UNKNOWN = "unknown"


_UNDATED = "9999"  # after all that has a date


class ReportForm(StrEnum):
    """What kind of text it is, as far as reading it differs."""

    ARTICLE = "article"
    TURNS = "turns"  # interview or transcript
    LETTER = "letter"  # all of it is the word of the one who signs it


@dataclass(frozen=True, slots=True)
class Image:
    """An image of a report with what is written about it."""

    url: Stated | None = None
    credit: Stated | None = None
    caption: Stated | None = None
    alt: Stated | None = None
    alt_language: str | None = None


@dataclass(frozen=True, slots=True)
class Debris:
    """A stretch of the capture that is no part of the report, kept with the reason."""

    text: str
    reason: str
    at: ByteSpan | None = None


class MakingKind(StrEnum):
    """What a page says of its own making."""

    CANONICAL = "canonical"  # the address it gives as its own
    TRANSLATOR = "translator"  # "translated by …"
    CREDIT = "credit"  # "with information from …", "first published by …"
    AGENCY = "agency"  # an agency slug: "(Reuters) -"
    COPYRIGHT = "copyright"
    LINK = "link"  # a link in the body to the page it speaks of


@dataclass(frozen=True, slots=True)
class Making:
    """One statement of a page about its own making; `name` is the party or address it names."""

    kind: MakingKind
    text: str
    name: str | None = None
    at: ByteSpan | None = None


def paragraphs_of(text: str) -> tuple[Span, ...]:
    """Return the spans of the paragraphs of a text, in order, none empty."""
    spans: list[Span] = []
    at = 0
    for piece in text.split("\n\n"):
        if piece.strip():
            spans.append(Span(at, at + len(piece)))
        at += len(piece) + 2
    return tuple(spans)


@dataclass(frozen=True, slots=True)
class Report:
    r"""The clean text of one part of a capture.

    Paragraphs of `text` are parted by one empty line ("\n\n"); a single "\n" is a line break inside
    a paragraph. The text is never Unicode-normalised. The title is not part of `text`.
    `published` is EDTF with the page's own offset ("2023-03-05T10:00:00+03:00", "2023-03").
    `languages` lists paragraphs whose language differs from `language`.
    """

    id: str  # "<capture digest>" for the whole capture, "<capture digest>#<part>" for a part of it
    capture: str
    file: str
    text: str
    map: CharacterMap
    language: str  # ISO 639-1 with script where a language has two ("uz-Cyrl"), "und" if unknown
    title: Stated | None = None
    publisher: Stated | None = None
    bylines: tuple[Stated, ...] = ()
    published: str | None = None
    published_basis: PublishedBasis = PublishedBasis.UNKNOWN
    url: str | None = None
    form: ReportForm = ReportForm.ARTICLE
    images: tuple[Image, ...] = ()
    debris: tuple[Debris, ...] = ()
    making: tuple[Making, ...] = ()
    languages: tuple[tuple[Span, str], ...] = ()
    published_stated: Stated | None = None  # the words in which the page states `published`

    @property
    def by_date(self) -> str:
        """Return what reports are sorted by where their order of arrival must not tell: date, then id."""
        return f"{self.published or _UNDATED} {self.id}"

    @property
    def authors(self) -> tuple[Stated, ...]:
        """Return the bylines under which it was published: none where it is somebody's letter."""
        return () if self.form is ReportForm.LETTER else self.bylines

    @property
    def paragraphs(self) -> tuple[Span, ...]:
        """Return the spans of the paragraphs of `text`, in order, none empty."""
        return paragraphs_of(self.text)

    @property
    def words(self) -> int:
        """Return the number of white-space separated words of `text`."""
        return len(self.text.split())
