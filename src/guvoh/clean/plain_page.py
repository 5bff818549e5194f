"""What a scraped page has been found to hold, as places in its text; filled line by line."""

from dataclasses import dataclass, field
from typing import NamedTuple

from guvoh.clean.plain_lines import Line
from guvoh.clean.plain_words import Phrase
from guvoh.model.report import MakingKind


class Place(NamedTuple):
    """A statement: what it says, and the range of the decoded text in which it is said.

    The range takes in the mark or the word before a value ("• ", "By "), the text does not.
    """

    text: str
    start: int
    end: int


class Waste(NamedTuple):
    """A range of the decoded text that is no part of the report."""

    start: int
    end: int
    reason: str


class Made(NamedTuple):
    """A statement of the page about its own making."""

    kind: MakingKind
    place: Place
    name: str | None


@dataclass(slots=True)
class Picture:
    """The parts of one image by role (url, alt, caption, credit); which came out of markup."""

    parts: dict[str, Place] = field(default_factory=dict)
    markup: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Page:
    """The state of a reading: what has been found, and what the next line may belong to."""

    title: Place | None = None
    publisher: Place | None = None
    bylines: list[Place] = field(default_factory=list)
    dated: Place | None = None
    published: str | None = None
    address: str | None = None
    pictures: list[Picture] = field(default_factory=list)
    debris: list[Waste] = field(default_factory=list)
    making: list[Made] = field(default_factory=list)
    body: list[Line] = field(default_factory=list)
    head: bool = True  # before the body proper: bylines and dates may stand without a label
    picture: Picture | None = None  # the one to which the next caption or credit belongs
    expected: str | None = None  # the label that stood alone on the line before
    label: Waste | None = None  # that line
    comments_from: int | None = None  # place of the first comment prompt
    body_lines_in_head: int = 0
    last_in_head: str = ""  # what the line before was, while in the head

    def waste(self, line: Line, reason: str) -> None:
        """Call a whole line debris."""
        self.debris.append(Waste(line.start, line.end, reason))

    def furniture(self, line: Line, phrase: Phrase, *, garbled: bool = False) -> None:
        """Call a line debris because of a phrase of the vocabulary."""
        reason = f"{phrase.reason}, garbled (“{phrase.text}”)" if garbled else phrase.reason
        self.waste(line, reason)
        if phrase.kind == "comments" and self.comments_from is None:
            self.comments_from = line.start

    def depict(self, role: str, place: Place, *, markup: bool = False) -> None:
        """Give a part to the image at hand, or to a new one where it has another already.

        Words on the page go before words in its markup, which then are debris.
        """
        picture = self.picture
        if picture is not None and role in picture.parts:
            old = picture.parts[role]
            if markup and (role not in picture.markup or old.text == place.text):
                self.debris.append(Waste(place.start, place.end, "image markup"))
                return
            if role in picture.markup:
                self.debris.append(Waste(old.start, old.end, "image markup"))
                picture.markup.discard(role)
            elif old.text == place.text:
                self.debris.append(Waste(place.start, place.end, f"{role} of an image, said again"))
                return
            else:
                picture = None
        if picture is None:
            picture = Picture()
            self.pictures.append(picture)
        picture.parts[role] = place
        if markup:
            picture.markup.add(role)
        self.picture = picture

    def tell(self, line: Line) -> None:
        """Take a line as part of the body."""
        self.body.append(line)
        self.picture = None
        self.last_in_head = "body"
        if self.head:
            self.body_lines_in_head += 1
            # A standfirst may stand between title and byline; a paragraph or three lines may not.
            self.head = len(line.text) < 120 and self.body_lines_in_head < 3
