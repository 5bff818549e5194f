"""The top of a scraped page: the outlet's name that stands there alone, what stands below it, and the day."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from guvoh.clean import plain_dates, plain_words
from guvoh.clean.plain_lines import Line
from guvoh.clean.plain_page import Made, Page, Place, Waste
from guvoh.clean.plain_values import dated
from guvoh.model.report import MakingKind

_LONGEST_NAME = 60  # characters, of six words at most
_LONGEST_BELOW = 80  # of a line below the name: a motto, a section
_LONGEST_TITLE = 250
_LONGEST_DATED = 120  # of a line that gives the day among other things
_DEEPEST = 14  # lines among which the title stands
_REACH = 6  # lines of the page in which a menu shows that the first was no title
_BELOW = "line below the outlet's name"
_FULL_DATE = 10  # characters of a day, as EDTF has it
_PARTS = re.compile(r"\.\s|\s\|\s|,\s(?=\d)|\sby\s|\s[·•—–]\s|\s{2,}")
_AFTER_NAME = re.compile(r"\s+(?:\||—|–|::|☰)\s*|\s*☰")
_BUTTONS = re.compile(r"(?:\[[^\[\]]{1,40}\]\s*)+")
_QUOTED = re.compile(r"[«»“”„\"‘]|^'")


class _Below(NamedTuple):
    """What stands below the first line: the title, and whether lines of its own block stand between."""

    title: Line | None
    motto: bool


def under_masthead(page: Page, lines: Sequence[Line]) -> None:
    """Take the name that stood first for the outlet's, and the line below it for the title.

    That a line is no title is shown by a menu or a motto below it, by its capitals, by a word for an
    outlet, or by the page that says it again in its text or in an address.
    """
    if not lines:
        return
    first = lines[0]
    outlet = _AFTER_NAME.split(first.text)[0].strip()
    at = page.title if page.title is not None and page.title.start == first.start else None
    named = page.publisher is not None and page.publisher.start == first.start
    if not (at or named) or not _is_name(outlet):
        return
    below = _below(page, lines, barred=outlet != first.text)
    title = below.title
    if title is None or len(title.text.split()) <= len(outlet.split()):
        return
    if not (named or _is_masthead(page, lines, outlet, below)):
        return
    _replace(page, title, at)
    if not named:
        other, page.publisher = page.publisher, Place(outlet, first.start, first.end)
        if other is not None:
            page.making.append(Made(MakingKind.CREDIT, other, other.text))


def _replace(page: Page, title: Line, name: Place | None) -> None:
    """Make a line the title; what stood for it, and lines above it, are none of the body."""
    motto = page.title if name is None else None
    if motto is not None and motto.start != title.start:
        page.debris.append(Waste(motto.start, motto.end, _BELOW))
    for line in [line for line in page.body if line.start < title.start]:
        page.waste(line, _BELOW)
    page.body = [line for line in page.body if line.start > title.start]
    page.title = Place(title.text, title.start, title.end)


def _is_name(text: str) -> bool:
    words = text.split()
    plain = 1 <= len(words) <= 6 and len(text) <= _LONGEST_NAME
    return plain and text[-1] not in "?!:;…," and not _QUOTED.search(text)


def _below(page: Page, lines: Sequence[Line], *, barred: bool) -> _Below:
    """Return the title below the first line: one apart, of several words, before sentences begin.

    A line directly below is a motto, but where the first line has a bar or nothing else can be the title.
    """
    held = {line.start for line in page.body}
    if page.title is not None:
        held.add(page.title.start)
    beside: Line | None = None
    block = True
    for line in lines[1:_DEEPEST]:
        block = block and not line.apart
        button = _BUTTONS.fullmatch(line.text) or plain_words.prompt(line.text)
        if line.start not in held or button:
            continue
        ended = line.text[-1] in ".,:;…"
        words = len(line.text.split())
        if words >= 3 and not ended and len(line.text) <= _LONGEST_TITLE:
            if not block or barred:
                return _Below(line, beside is not None) if _goes_on(page, line) else _NONE
            beside = beside or line
        elif ended or len(line.text) > _LONGEST_BELOW:
            break
        elif block:
            beside = beside or line
    return _NONE


def _goes_on(page: Page, title: Line) -> bool:
    return any(line.start > title.start for line in page.body)


_NONE = _Below(None, motto=False)


def _is_masthead(page: Page, lines: Sequence[Line], outlet: str, below: _Below) -> bool:
    title = below.title
    if title is None or plain_words.is_outlet(outlet):
        return title is not None
    if (outlet.isupper() and not title.text.isupper()) or below.motto:
        return True
    top = lines[min(_REACH, len(lines) - 1)].end
    menu = any(
        waste.reason == "navigation" and waste.start < min(top, title.start)
        for waste in page.debris
    )
    return menu or any(_says(line.text, outlet) for line in lines if line.start > title.start)


def _says(text: str, outlet: str) -> bool:
    """Tell whether a line says a name among other words, or has it in an address."""
    low = outlet.casefold()
    if len(text) > len(outlet) + 1 and low in text.casefold():
        return True
    joined = "".join(sign for sign in plain_words.flat(outlet) if sign.isalnum())
    hosts = (word for word in text.split() if "." in word[1:-1])
    return len(joined) >= 5 and any(
        joined in "".join(sign for sign in plain_words.flat(host) if sign.isalnum())
        for host in hosts
    )


def day_in_head(page: Page, lines: Sequence[Line]) -> None:
    """Take the day that a short line above the first sentences gives among other things.

    It may stand in a line of the page's furniture: "30/04/2026 by desk in World | 2 comments".
    """
    wasted = {(waste.start, waste.end): waste for waste in page.debris}
    for line in lines[:_DEEPEST]:
        waste = wasted.get((line.start, line.end))
        if page.published is not None or len(line.text) > _LONGEST_DATED:
            return
        day = next(
            (part for part in _parts(line) if len(plain_dates.edtf(part.text) or "") >= _FULL_DATE),
            None,
        )
        if day is None or not (line in page.body or waste):
            continue
        dated(page, day, day.text, "published")
        if waste:
            page.debris.remove(waste)
        else:
            page.body.remove(line)


def _parts(line: Line) -> Iterator[Place]:
    at = 0
    for gap in [*_PARTS.finditer(line.text), None]:
        end = gap.start() if gap else len(line.text)
        text = line.text[at:end]
        for label in plain_words.labels(text):
            if label.kind == "published":
                yield Place(text[label.value :].strip(), line.start, line.end)
        yield Place(text.strip(" .,"), line.start, line.end)
        at = gap.end() if gap else end
