"""The day that a line at the head of a scraped page gives among other things."""

import re
from collections.abc import Iterator, Sequence

from guvoh.clean import plain_dates, plain_words
from guvoh.clean.plain_lines import Line
from guvoh.clean.plain_page import Page, Place, Waste
from guvoh.clean.plain_values import END_MARKS, byline, dated

_LONGEST_DATED = 120  # characters of a line that gives the day among other things
_DEEPEST = 14  # lines among which the day is looked for
_FULL_DATE = 10  # characters of a day, as EDTF has it
_BY = re.compile(r"(?:by|par|por|автор)\s", re.IGNORECASE)
_BARS = rf"\s\|\s|\s(?={_BY.pattern})|\s[·•—–]\s|\s{{2,4}}"
# A comma may stand inside a day: "13 March, 2026   Views: 12".
_SPLITS = (re.compile(_BARS), re.compile(rf"\.\s|,\s(?=\d)|{_BARS}"))
_COMMA = re.compile(r",\s")
_FURNITURE = frozenset({"navigation", "comment prompt", "sharing links", "reading time"})


def day_in_head(page: Page, lines: Sequence[Line]) -> None:
    """Take the day that a short line above the first sentences gives among other things.

    It may stand in a line of the page's furniture: "30/04/2026 by desk in World | 2 comments". What
    else the line holds is a byline or debris; a sentence is left alone.
    """
    wasted = {
        (waste.start, waste.end): waste for waste in page.debris if waste.reason in _FURNITURE
    }
    body = {line.start for line in page.body}
    for line in lines[:_DEEPEST]:
        waste = wasted.get((line.start, line.end))
        sentence = line.start in body and line.text[-1] in END_MARKS
        if page.published is not None or len(line.text) > _LONGEST_DATED:
            return
        if not (line.start in body or waste):
            continue
        parts = _parts(line)
        day = next((one for one in parts if _day(one) is not None), None)
        if day is None:
            if sentence:
                return
            continue
        others = [one for one in parts if one is not day]
        labelled = _day(day) != day.text
        if not labelled and (sentence or not all(_beside_day(one.text) for one in others)):
            continue
        dated(page, day, _day(day) or "", "published")
        if waste:
            page.debris.remove(waste)
        else:
            page.body = [one for one in page.body if one.start != line.start]
        for one in others:
            written = _BY.match(one.text)
            if not (written and byline(page, one, one.text[written.end() :])):
                page.debris.append(Waste(one.start, one.end, "beside the day of publication"))


def is_day_line(line: Line) -> bool:
    """Tell whether a line is a day and what stands beside one: "13 March 2026   Views: 4 102"."""
    parts = _parts(line) if any(sign.isdigit() for sign in line.text) else []
    days = [_day(part) is not None for part in parts]
    return any(days) and all(
        day or _beside_day(part.text) for day, part in zip(days, parts, strict=True)
    )


def _day(part: Place) -> str | None:
    """Return the words of a part that give a day, without a label for it; None where it gives none."""
    found = [part.text, *_without_label(part.text)]
    return next((text for text in found if len(plain_dates.edtf(text) or "") >= _FULL_DATE), None)


def _without_label(text: str) -> Iterator[str]:
    for label in plain_words.labels(text):
        if label.kind == "published":
            yield text[label.value :].strip()


def _beside_day(text: str) -> bool:
    """Tell whether a part of a dated line is one that stands beside a day: a byline, a number, a section."""
    figures = any(sign.isdigit() for sign in text)
    known = plain_words.prompt(text) or plain_words.is_outlet(text) or _BY.match(text)
    few = len(text.split()) <= 2 and not (" " in text and plain_words.names(text))
    return bool(known) or figures or few


def _parts(line: Line) -> list[Place]:
    """Return what a line holds between bars and gaps; where no part is a day, between commas, too."""
    coarse, fine = (list(_between(line, _gaps(line.text, split))) for split in _SPLITS)
    return coarse if any(_day(part) is not None for part in coarse) else fine


def _gaps(text: str, split: re.Pattern[str]) -> list[re.Match[str]]:
    """Return what parts a line, a comma before "updated" too."""
    commas = [
        comma
        for comma in _COMMA.finditer(text)
        if any(label.kind == "updated" for label in plain_words.labels(text[comma.end() :]))
    ]
    return sorted(
        {gap.start(): gap for gap in [*split.finditer(text), *commas]}.values(), key=_start
    )


def _start(gap: re.Match[str]) -> int:
    return gap.start()


def _between(line: Line, gaps: Sequence[re.Match[str]]) -> Iterator[Place]:
    """Yield what a line holds between gaps, each with its place."""
    at = 0
    for gap in [*gaps, None]:
        end = gap.start() if gap else len(line.text)
        text = line.text[at:end].strip(" .,")
        after = gap.end() if gap else len(line.text)
        if text:
            # What parts it from the next belongs to it, so that no character is lost.
            yield Place(text, line.start + at, line.start + after)
            at = after
        elif gap is None:
            return
