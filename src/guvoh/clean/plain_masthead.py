"""The top of a scraped page: the outlet's name that stands there alone, and the title below it."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from guvoh.clean import plain_words
from guvoh.clean.plain_lines import Line
from guvoh.clean.plain_page import Made, Page, Place, Waste
from guvoh.model.report import MakingKind

_LONGEST_NAME = 60  # characters, of six words at most
_LONGEST_BELOW = 80  # of a line below the name: a motto, a section
_LONGEST_TITLE = 250
_DEEPEST = 14  # lines among which the title stands
_REACH = 6  # lines of the page in which a menu shows that the first was no title
_BELOW = "line below the outlet's name"
_AFTER_NAME = re.compile(r"\s{1,4}(?:\||::|☰)\s{0,4}|\s{0,4}☰")
_DASH = re.compile(r"\s[—–]\s")
_BUTTONS = re.compile(r"(?:\[[^\[\]]{1,40}\]\s*)+")
_MENU = "☰"
_ITEMS = re.compile(r"\s{2,9}|\s[|·•/»>]\s")
_MENU_OF = 3  # items of a menu
_SIGNS = 2  # that a first line is a name, where none is enough alone
_CREDITED = 3  # lines below a title among which its byline or day stands
_LONG_TITLE = 5  # words; above so many, a single word is rather a name than a title with its deck
_QUOTED = re.compile(r"[«»“”„\"‘]|^'")


class _Below(NamedTuple):
    """What stands below the first line: the title, and whether lines of its own block stand between."""

    title: Line | None
    motto: bool


def under_masthead(page: Page, lines: Sequence[Line]) -> None:
    """Take the name that stood first for the outlet's, and the line below it for the title.

    That a line is no title is shown by a word for an outlet or a menu's sign in it, or by an address that
    has it; where the page states no other publisher, also by a menu right below it, by the text that says it
    again below a longer title, unless it can be a person's name, or by two of these: its capitals, a menu, a
    motto below it, its mention in the text, a byline or day beside the title, and with that capitals of all
    its words above a title that is written without them.
    """
    if not lines:
        return
    first = lines[0]
    at = page.title if page.title is not None and page.title.start == first.start else None
    named = page.publisher is not None and page.publisher.start == first.start
    if not (at or named) or len(first.text) > 2 * _LONGEST_NAME:
        return
    outlet = _AFTER_NAME.split(first.text)[0].strip()
    barred = outlet != first.text
    before = _DASH.split(outlet)[0].strip()
    if before != outlet and plain_words.is_outlet(before):
        outlet = before
    if not _is_name(outlet):
        return
    if named and page.title is not None and not _is_motto(page.title.text):
        return
    below = _below(page, lines, barred=barred)
    title = below.title
    if title is None or len(title.text.split()) <= len(outlet.split()):
        return
    if not named and not (
        _is_surely(lines, outlet, title)
        or (not _is_stated(page, lines) and _is_likely(page, lines, outlet, below))
    ):
        return
    _replace(page, title, at)
    if not named:
        other, end = page.publisher, first.start + len(outlet)
        page.publisher = Place(outlet, first.start, end)
        if end < first.end:
            page.debris.append(Waste(end, first.end, _BELOW))
        if other is not None:
            page.making.append(Made(MakingKind.CREDIT, other, other.text))


def _is_motto(text: str) -> bool:
    """Tell whether what stands below an outlet's name is too short for a title, or an agency's number."""
    words = [word for word in text.split() if any(sign.isalpha() for sign in word)]
    numbered = any(sign.isdigit() for sign in text.split(maxsplit=1)[0])
    return len(words) < 4 or numbered


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
        words = line.text.split()
        told = sum(len(word) > 1 for word in words) > 1  # "Font: A A A" tells nothing
        if len(words) >= 3 and told and not ended and len(line.text) <= _LONGEST_TITLE:
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


def _is_surely(lines: Sequence[Line], outlet: str, title: Line) -> bool:
    """Tell whether a first line is an outlet's name by a word in it, a menu's sign, or an address that has it."""
    later = [line.text for line in lines if line.start > title.start]
    return (
        plain_words.is_outlet(outlet)
        or _MENU in lines[0].text
        or any(_in_address(text, outlet) for text in later)
    )


def _is_likely(page: Page, lines: Sequence[Line], outlet: str, below: _Below) -> bool:
    """Tell whether a first line is an outlet's name where the page states no other."""
    title = below.title
    if title is None:
        return False
    later = [line.text for line in lines if line.start > title.start]
    top = lines[min(_REACH, len(lines) - 1)].end
    menus = _menus(page)
    under = lines[1]
    if under.start in menus and not under.apart and len(_ITEMS.split(under.text)) >= _MENU_OF:
        return True
    menu = any(start < min(top, title.start) for start in menus)
    low = outlet.casefold()
    said = any(low in text.casefold() and len(text) > len(outlet) + 1 for text in later)
    if said and not _may_be_a_person(outlet) and len(outlet.split()) <= 4 < len(title.text.split()):
        return True
    capitals = outlet.isupper() and not title.text.isupper()
    credited = _is_credited(page, lines, title) and not _is_told_of(outlet, later)
    if credited and len(outlet.split()) == 1 and len(title.text.split()) >= _LONG_TITLE:
        return True
    styled = credited and _is_styled(outlet) and not _is_styled(title.text)
    return menu + said + capitals + below.motto + credited + styled >= _SIGNS


def _is_credited(page: Page, lines: Sequence[Line], title: Line) -> bool:
    """Tell whether the byline or the day stands right below the title, or between it and the name."""
    under = [line.end for line in lines if line.start > title.start][:_CREDITED]
    places = [*page.bylines, *([page.dated] if page.dated else [])]
    return any(place.start <= under[-1] for place in places) if under else False


def _is_styled(text: str) -> bool:
    """Tell whether all words of a line begin with a capital, as those of a name: "Voz del Barrio"."""
    words, known = text.split(), plain_words.vocabulary()
    small = known.particles | known.joins | known.articles | known.small
    capitals = [word[0].isupper() or not word[0].isalpha() for word in words]
    return len(words) > 1 and all(
        high or (at > 0 and plain_words.flat(word) in small)
        for at, (word, high) in enumerate(zip(words, capitals, strict=True))
    )


def _is_told_of(name: str, later: Sequence[str]) -> bool:
    """Tell whether the text has the last word of a name alone, as it has people: "Karimov said"."""
    if not _may_be_a_person(name):
        return False
    first, *_, last = name.split()
    alone = re.compile(rf"(?<!\w)(\w+)?\s?{re.escape(last)}(?!\w)")
    before = {plain_words.flat(match[1] or "") for text in later for match in alone.finditer(text)}
    return bool(before - plain_words.vocabulary().articles - {plain_words.flat(first)})


def _is_stated(page: Page, lines: Sequence[Line]) -> bool:
    """Tell whether the page states its publisher, and no section that stands in a menu, too."""
    name = page.publisher
    if name is None:
        return False
    menus = _menus(page)
    sections = [item for line in lines if line.start in menus for item in _ITEMS.split(line.text)]
    return name.text not in sections


def _menus(page: Page) -> list[int]:
    """Return where menus begin."""
    return [waste.start for waste in page.debris if waste.reason == "navigation"]


def _may_be_a_person(text: str) -> bool:
    """Tell whether a line can be somebody's name, of whom the page below tells: "Anvar Karimov"."""
    first = plain_words.flat(text.split(maxsplit=1)[0])
    return bool(plain_words.names(text)) and first not in plain_words.vocabulary().articles


def _in_address(text: str, outlet: str) -> bool:
    """Tell whether a line has a name in an address, or claims a copyright under it."""
    if "©" in text and outlet.casefold() in text.casefold():
        return True
    joined = "".join(sign for sign in plain_words.flat(outlet) if sign.isalnum())
    hosts = (word for word in text.split() if "." in word[1:-1])
    return len(joined) >= 5 and any(
        joined in "".join(sign for sign in plain_words.flat(host) if sign.isalnum())
        for host in hosts
    )
