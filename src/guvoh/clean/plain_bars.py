"""Lines of several things: a page's path, a menu, links side by side, hashtags."""

import re
from collections.abc import Iterator
from itertools import pairwise

from guvoh.clean import plain_dates, plain_words
from guvoh.clean.plain_lines import Line
from guvoh.clean.plain_page import Page, Place, Waste
from guvoh.clean.plain_values import END_MARKS, dated

_LONGEST_LINK = 40  # characters
_MOST_WORDS = 5
# Bars and arrows between links, or a gap that was columns on the page.
_PARTED = re.compile(r"\s*(?:[|›»→•·]|::|\s[/>]\s|(?:&nbsp;|\s){2,})(?:[|›»→•·/>:]|&nbsp;|\s)*")
# What any such gap has in it; most lines have none, and looking for it alone is cheap.
_GAP = re.compile(r"[|›»→•·]|::|&nbsp;|\s[\s/>]")
_LOGO = re.compile(r"\[(?:logo|логотип|image|img)\]\s*", re.IGNORECASE)
_TAGS = re.compile(r"#\w[\w-]*(?:[\s,]+#\w[\w-]*)*")


def bar(page: Page, line: Line, _following: Line | None, _late: bool) -> bool:
    """Take a line whose parts are links of the page: all short, and enough of them known as such.

    In the head one of three is enough, for a menu names sections of its own; elsewhere half are.
    What stands first beside a mark for the outlet's sign is the outlet.
    """
    if _TAGS.fullmatch(line.text):
        page.waste(line, "tags")
        return True
    if not _GAP.search(line.text):
        return False
    parts = list(_parts(line))
    if page.head and _dateline(page, parts):
        return True
    if len(parts) < 2 or not all(_is_link(part.text) for part in parts):
        return False
    prompts = [plain_words.prompt(part.text) for part in parts]
    known = [prompt for prompt in prompts if prompt is not None]
    enough = 1 if page.head and len(parts) > 2 else (len(parts) + 1) // 2
    if len(known) < enough:
        return False
    first = parts[0]
    signed = _LOGO.match(line.text)
    if signed and prompts[0] is None and page.publisher is None:
        page.publisher = first
        page.debris.append(Waste(line.start, line.start + signed.end(), "the outlet's sign"))
        page.debris.append(Waste(first.end, line.end, "navigation"))
        return True
    comments = next((one for one in known if one.kind == "comments"), None)
    page.furniture(line, comments or known[0])
    return True


def _dateline(page: Page, parts: list[Place]) -> bool:
    """Take "Outlet | Section | 21.09.2024": one date among short parts, the outlet first or nowhere."""
    dates = [part for part in parts if plain_dates.edtf(part.text)]
    others = [part for part in parts if part not in dates]
    if len(dates) != 1 or len(parts) < 3 or not all(_is_link(part.text) for part in others):
        return False
    section = any(plain_words.prompt(part.text) for part in others)
    named = any(plain_words.names(part.text) for part in others)
    if (named and not section) or page.published is not None:
        return False
    dated(page, dates[0], dates[0].text, "published")
    for part in others:
        if part is parts[0] and page.publisher is None and plain_words.prompt(part.text) is None:
            page.publisher = part
        else:
            page.debris.append(Waste(part.start, part.end, "navigation"))
    for one, following in pairwise(parts):
        page.debris.append(Waste(one.end, following.start, "navigation"))
    return True


def _parts(line: Line) -> Iterator[Place]:
    signed = _LOGO.match(line.text)
    at = signed.end() if signed else 0
    for gap in [*_PARTED.finditer(line.text, at), None]:
        end = gap.start() if gap else len(line.text)
        text = line.text[at:end].strip()
        if text:
            start = line.start + line.text.index(text, at)
            yield Place(text, start, start + len(text))
        at = gap.end() if gap else end


def _is_link(text: str) -> bool:
    return (
        len(text) <= _LONGEST_LINK
        and len(text.split()) <= _MOST_WORDS
        and text[-1] not in END_MARKS
        and not plain_dates.edtf(text)
        and not any(label.kind != "related" for label in plain_words.labels(text))
    )
