"""The head of a scraped page: title, and what stands between it and the body without a label."""

from guvoh.clean import plain_dates, plain_words
from guvoh.clean.plain_day import is_day_line
from guvoh.clean.plain_lines import Line
from guvoh.clean.plain_page import Page, Place, Waste
from guvoh.clean.plain_values import END_MARKS, byline, dated, said
from guvoh.clean.plain_words import MARKS

_BULLETS = "•·●▪◦‣⁃*–—-"
_SEPARATORS = ("   ", " | ", " • ", " · ", " — ", " – ", " / ", " - ")
_LONGEST_TITLE = 250
_LONGEST_DATED = 80


def title_line(page: Page, line: Line, following: Line | None, _late: bool) -> bool:
    """Take the first line that is nothing else as title, unless it is sentences of prose."""
    if page.title is not None or page.body or following is None:
        return False
    text = line.text.lstrip("#").strip(" *_=")
    if not text or len(text) > _LONGEST_TITLE or _is_prose(text):
        return False
    if not line.text.startswith("#"):
        if plain_words.is_outlet(text) and page.publisher is None and len(text.split()) <= 4:
            page.publisher = Place(text, line.start, line.end)
            return True
        if line.text[0] in _BULLETS and head_line(page, line, following, False):
            return True
        if plain_dates.edtf(text):
            return dated(page, Place(line.text, line.start, line.end), text, "published")
        if len(text) <= _LONGEST_DATED and is_day_line(line):
            return False
    _entitle(page, line, text)
    return True


def _entitle(page: Page, line: Line, text: str) -> None:
    """Take a title; an outlet's name after a bar or dash at its end is the publisher."""
    end = line.end
    for mark in (" | ", " — ", " – ", " - ", " :: "):
        before, found, after = text.rpartition(mark)
        if found and before and plain_words.is_outlet(after.strip()):
            start = line.start + line.text.rindex(after)
            if page.publisher is None:
                page.publisher = Place(after.strip(), start - len(mark) + 1, line.end)
                text, end = before.strip(), start - len(mark)
            break
    page.title = Place(text, line.start, end)
    page.last_in_head = "title"


def _is_prose(text: str) -> bool:
    """Say whether a line is sentences and no title: it is long and has more than one."""
    return len(text) > 140 and text[-1] in END_MARKS and ". " in text


def head_line(page: Page, line: Line, following: Line | None, _late: bool) -> bool:
    """Take a byline, outlet, date or role that stands between title and body without a label."""
    if not page.head or len(line.text) > 160:
        return False
    bulleted = line.text[0] in _BULLETS and line.text[1:2] in " \t\u00a0"
    text = line.text.lstrip(MARKS).rstrip()
    place = Place(text, line.start, line.end)
    if not text:
        return False
    if _one_in_head(page, place, sure=bulleted or _beside(page, following)):
        page.last_in_head = "credit"
        return True
    return _parted(page, line)


def _beside(page: Page, following: Line | None) -> bool:
    """Say whether a neighbour is a byline, outlet or date, so that a bare name is one too."""
    if page.last_in_head == "credit":
        return True
    if following is None or len(following.text) > 120:
        return False
    text = following.text.strip(MARKS)
    if not text:
        return False
    dated = any(
        label.kind in {"published", "updated"} and plain_dates.edtf(following.text[label.value :])
        for label in plain_words.labels(following.text)
    )
    prompt = plain_words.prompt(text)
    return bool(
        dated
        or (prompt is not None and prompt.kind == "length")
        or plain_dates.edtf(text)
        or plain_words.is_outlet(text)
        or (plain_words.is_role(text) and text[-1] not in END_MARKS)
    )


def _one_in_head(page: Page, place: Place, *, sure: bool) -> bool:
    text = place.text
    if dated(page, place, text, "published"):
        return True
    if plain_words.is_outlet(text) and page.publisher is None:
        page.publisher = place
        return True
    if text[-1] in END_MARKS:
        return False
    _, comma, rest = text.partition(",")
    outlet_after = comma and (plain_words.is_outlet(rest.strip()) or plain_words.is_role(rest))
    if (sure or outlet_after) and byline(page, place, text):
        return True
    if sure and plain_words.is_role(text):
        page.debris.append(Waste(place.start, place.end, "role of the author"))
        return True
    # A name in a list after the author that is no person's is whom the author works for.
    if sure and page.bylines and page.publisher is None and _is_one_name(text):
        page.publisher = place
        return True
    return False


def _is_one_name(text: str) -> bool:
    words = text.split()
    numbered = any(word.isdigit() for word in words[1:])
    capitals = all(word[:1].isupper() or word.isdigit() for word in words)
    return capitals and len(text) <= 40 and (len(words) == 1 or (numbered and len(words) <= 4))


def _parted(page: Page, line: Line) -> bool:
    """Take a line of several statements between bars, dots or gaps, all of which must be known."""
    for mark in _SEPARATORS:
        if mark not in line.text:
            continue
        trial = Page(title=page.title, publisher=page.publisher, published=page.published)
        at, sure = line.start, True
        for part in line.text.split(mark):
            text = part.strip(MARKS)
            # The bar after a part belongs to it, so that no character is lost.
            place = Place(text, at, min(at + len(part) + len(mark.rstrip()), line.end))
            at += len(part) + len(mark)
            sure = sure and bool(text) and _part(trial, place)
        if sure:
            _adopt(page, trial)
            return True
    return False


def _part(page: Page, place: Place) -> bool:
    for label in plain_words.labels(place.text):
        value = place.text[label.value :]
        kinds = {"published", "updated", "byline", "publisher"}
        if value and label.kind in kinds and said(page, label.kind, place, value):
            return True
    if plain_words.prompt(place.text):
        page.debris.append(Waste(place.start, place.end, "navigation"))
        return True
    return _one_in_head(page, place, sure=True)


def _adopt(page: Page, trial: Page) -> None:
    page.publisher = trial.publisher
    page.bylines += trial.bylines
    if page.published is None:
        page.published, page.dated = trial.published, trial.dated
    page.debris += trial.debris
    page.last_in_head = "credit"
