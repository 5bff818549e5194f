"""Each line of a scrape is told what it is: title, byline, image, statement, debris, or body."""

import re
from collections.abc import Callable, Sequence

from guvoh.clean import plain_markup, plain_words
from guvoh.clean.plain_bars import bar
from guvoh.clean.plain_day import day_in_head
from guvoh.clean.plain_head import head_line, title_line
from guvoh.clean.plain_lines import Line
from guvoh.clean.plain_masthead import under_masthead
from guvoh.clean.plain_page import Page, Place, Waste
from guvoh.clean.plain_values import (
    END_MARKS,
    LONGEST_VALUE,
    address,
    copyright_line,
    dated,
    made,
    said,
)
from guvoh.clean.plain_words import MARKS, Label

_LONGEST_LABELLED = 400  # characters; a caption may be long, a paragraph is longer
_COMMENTS = "after the comment prompt"


def sort_lines(lines: Sequence[Line]) -> Page:
    """Return what a page's lines hold; every line ends up in exactly one place."""
    page = Page()
    if len(lines) == 1 and not plain_markup.is_markup(lines[0].text):
        page.tell(lines[0])
        return page
    for at, line in enumerate(lines):
        following = lines[at + 1] if at + 1 < len(lines) else None
        late = at >= len(lines) - 5
        if page.expected is not None and _expected(page, line):
            continue
        short = len(line.text) <= _LONGEST_SHORT or not (page.title or page.body)
        for take in _TAKERS if short else _LONG_TAKERS:
            if take(page, line, following, late):
                break
        else:
            _close_label(page)
            page.tell(line)
    _close_label(page)
    _clear_tail(page)
    _cut_comments(page)
    _cut_biography(page)
    day_in_head(page, lines)
    under_masthead(page, lines)
    return page


_Taker = Callable[[Page, Line, Line | None, bool], bool]


def _expected(page: Page, line: Line) -> bool:
    """Give a line to the label that stood alone before it, where it can be its value."""
    kind, label = page.expected, page.label
    if kind is None:
        return False
    text = line.text.strip(MARKS)
    place = Place(text, line.start, line.end)
    short = len(text) <= LONGEST_VALUE
    if kind == "related":
        if _is_link(text):
            page.waste(line, "link to another page")
            return True
        page.expected = None
        return False
    page.expected = None
    taken = False
    if kind == "caption" and len(text) <= _LONGEST_LABELLED:
        _depict(page, "caption", Place(line.text, line.start, line.end))
        taken = True
    elif kind == "credit" and short and text and text[-1] not in END_MARKS:
        page.depict("credit", place)
        taken = True
    elif kind == "title" and page.title is None:
        page.title = place
        taken = True
    elif kind in {"byline", "publisher", "published", "updated", "url"} and short:
        taken = said(page, kind, Place(line.text, line.start, line.end), line.text)
    if taken and label is not None:
        page.debris.append(label)
        page.label = None
    return taken


def _is_link(text: str) -> bool:
    """Say whether a line below "Read more" is the title of another page, and not a thing of this one."""
    if not text or len(text) > 140 or text[-1] in ".…" or plain_words.prompt(text):
        return False
    return not any(label.kind != "related" for label in plain_words.labels(text))


def _close_label(page: Page) -> None:
    """Call a label debris whose value did not come."""
    page.expected = None
    if page.label is not None:
        page.debris.append(page.label)
        page.label = None


def _markup(page: Page, line: Line, _following: Line | None, _late: bool) -> bool:
    if not plain_markup.is_markup(line.text):
        return False
    for piece in plain_markup.pieces(line.text):
        start, end = line.start + piece.start, line.start + piece.end
        if piece.role == "debris":
            page.debris.append(Waste(start, end, "image markup"))
        else:
            place = Place(line.text[piece.start : piece.end], start, end)
            page.depict(piece.role, place, markup=True)
    return True


def _labelled(page: Page, line: Line, _following: Line | None, late: bool) -> bool:
    if len(line.text) > _LONGEST_LABELLED:
        return False
    for label in plain_words.labels(line.text):
        value = line.text[label.value :]
        if not value.strip(MARKS):
            if _alone(page, line, label):
                return True
        elif _with_value(page, line, label, late):
            return True
    return False


def _alone(page: Page, line: Line, label: Label) -> bool:
    """Take a label whose value stands on the next line, or nowhere."""
    signed = line.text.rstrip()[-1] in ":,："
    if not signed and not page.head and page.picture is None and label.kind != "related":
        return False
    if label.kind in {"translator", "credited"}:
        return False
    _close_label(page)
    page.expected = label.kind
    named = "links to other pages" if label.kind == "related" else f"{label.kind} label"
    page.label = Waste(line.start, line.end, named)
    if label.kind == "related":
        _close_label(page)
        page.expected = "related"
    return True


def _with_value(page: Page, line: Line, label: Label, late: bool) -> bool:
    value = line.text[label.value :]
    if line.text[0] == "(":
        value = value.removesuffix(")")
    start = line.start + label.value
    kind = label.kind
    if kind == "related":
        if len(value) > 200:
            return False
        page.waste(line, "link to another page")
    elif kind in {"credit", "caption"}:
        if kind == "credit" and not _is_credit(value):
            return False
        page.debris.append(Waste(line.start, _trim(line, label.value), f"{kind} label"))
        _depict(page, kind, Place(value, start, line.end))
    elif kind == "title":
        if page.title is not None or not page.head:
            return False
        page.title = Place(value, line.start, line.end)
    elif kind in {"translator", "credited"}:
        return made(page, line, label)
    elif kind == "byline" and not (
        page.head or late or line.text[label.value - 2 : label.value - 1] == ":"
    ):
        return False
    else:
        return said(page, kind, Place(line.text, line.start, line.end), value)
    return True


# "The gate. (Handout / Open Shore)": a caption with its credit in brackets.
_CAPTION_AND_CREDIT = re.compile(
    r"(.{3,300}?[.!?…])\s{1,4}\((?:(?:handout|file|archive|courtesy|архив) ?/ ?)?([^()]{2,60})\)\.?",
    re.IGNORECASE,
)


def _depict(page: Page, kind: str, place: Place) -> None:
    """Give an image what a label says of it; a sentence is a caption whatever the label is."""
    both = _CAPTION_AND_CREDIT.fullmatch(place.text)
    if both is not None:
        start, end = place.start + both.start(2), place.start + both.end(2)
        page.depict("caption", Place(both[1], place.start, place.start + both.end(1)))
        page.depict("credit", Place(both[2], start, end))
        page.debris.append(
            Waste(place.text.rindex("(", 0, both.start(2)) + place.start, start, "bracket")
        )
        page.debris.append(Waste(end, place.end, "bracket"))
        return
    page.depict(kind, place)


def _trim(line: Line, value: int) -> int:
    return line.start + len(line.text[:value].rstrip())


def _is_credit(value: str) -> bool:
    if plain_words.is_agency(value) or _CAPTION_AND_CREDIT.fullmatch(value):
        return True
    return len(value) <= LONGEST_VALUE and len(value.split()) <= 9 and value[-1] not in "!?…:"


def _marked_down(page: Page, line: Line, _following: Line | None, _late: bool) -> bool:
    """Take what Markdown marks: a link that stands alone, or the slanted line below an image."""
    if line.text[0] == "[" and plain_markup.is_link(line.text):
        page.waste(line, "link to another page")
        return True
    slanted = line.text[0] in "*_" and line.text[-1] == line.text[0]
    if slanted and page.picture is not None and "caption" not in page.picture.parts:
        page.depict("caption", Place(line.text.strip("*_"), line.start, line.end))
        return True
    return False


def _plain_address(page: Page, line: Line, _following: Line | None, _late: bool) -> bool:
    if len(line.text) > 2_000 or ("://" not in line.text and "www." not in line.text):
        return False
    return address(page, Place(line.text, line.start, line.end), line.text.strip(MARKS))


def _furniture(page: Page, line: Line, _following: Line | None, _late: bool) -> bool:
    if len(line.text) > 180:
        return False
    phrase = plain_words.prompt(line.text)
    # A single word of a menu may be a heading of the body; at the end it is looked at again.
    if phrase is None or (phrase.kind == "navigation" and not page.head):
        return False
    page.furniture(line, phrase)
    return True


def _credit_alone(page: Page, line: Line, _following: Line | None, _late: bool) -> bool:
    if page.picture is None or len(line.text) > 60 or not plain_words.is_agency(line.text):
        return False
    page.depict("credit", Place(line.text, line.start, line.end))
    return True


_TAKERS: tuple[_Taker, ...] = (
    _markup,
    _labelled,
    _marked_down,
    _plain_address,
    copyright_line,
    _furniture,
    bar,
    _credit_alone,
    title_line,
    head_line,
)


# A line longer than any prompt or byline can only be one of these, or body.
_LONGEST_SHORT = 180
_LONG_TAKERS: tuple[_Taker, ...] = (
    _markup,
    _labelled,
    _marked_down,
    _plain_address,
    copyright_line,
)


def _clear_tail(page: Page) -> None:
    """Look again at the short lines after the last sentence: there prompts stand, also garbled."""
    tail: list[Line] = []
    while page.body and len(tail) < 40 and _is_short(page.body[-1]):
        tail.append(page.body.pop())
    tail.reverse()
    kept: list[Line] = []
    known = 0
    for line in tail:
        exact = plain_words.prompt(line.text)
        phrase = exact or (plain_words.garbled_prompt(line.text) if page.body else None)
        if phrase is not None:
            known += 1
            page.furniture(line, phrase, garbled=exact is None)
        elif page.published is None and dated(
            page, Place(line.text, line.start, line.end), line.text, "published"
        ):
            known += 1
        else:
            kept.append(line)
    if known >= 3 and known > len(kept) and page.body:
        for line in kept:
            page.waste(line, "short line among a page's links")
    else:
        page.body += kept


def _is_short(line: Line) -> bool:
    return len(line.text) <= 60 and line.text[-1] not in '.!?…»”"'


def _cut_comments(page: Page) -> None:
    """Call debris what stands after a comment prompt, if the page's own words are the longer."""
    start = page.comments_from
    if start is None:
        return
    before = [line for line in page.body if line.start < start]
    after = [line for line in page.body if line.start > start]
    own, others = (sum(len(line.text) for line in part) for part in (before, after))
    if own > others and own >= 200:
        page.body = before
        for line in after:
            page.waste(line, _COMMENTS)


def _cut_biography(page: Page) -> None:
    """Call debris the last lines if they tell who the author is: "X is a reporter at Y"."""
    names = [plain_words.flat(one.text) for one in page.bylines]
    while len(page.body) > 1 and len(page.body[-1].text) <= 300:
        line = page.body[-1]
        low = plain_words.flat(line.text)
        name = next((name for name in names if low.startswith(name)), None)
        if name is None or not plain_words.is_role(" ".join(low[len(name) :].split()[:7])):
            return
        page.waste(page.body.pop(), "about the author")
