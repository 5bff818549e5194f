"""The dateline at the head of a text: the place, the day of filing, and the agency that filed it."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from guvoh.clean import plain_dates, plain_words

WITHIN = 120  # characters of a paragraph in which its dateline ends
_FULL_DATE = 10  # characters of a day, as EDTF has it
_LONGEST_PLACE = 5  # words
# "(Wire) - ", "/ВЕСТЬ/. ", "(New York, March 4, 2023) – ", "SAMARA, March 4, 2023 — "
_END = re.compile(
    r"(?:\((?P<round>[^()\n]{2,60})\)|/(?P<slashes>[^/\n]{2,30})/)\s{0,2}(?:\.?[-–—:]{1,2}|\.)\s"
    r"|\s[-–—]{1,2}\s|\.\s?[-–—]{1,2}\s"
)
_UN = re.compile(r"\((?P<round>[^()\n]{8,40})\)\s")  # "GENEVA (4 March 2023) Experts said"


class Dateline(NamedTuple):
    """What a paragraph's first words say of its filing; each a range of the paragraph."""

    day: tuple[int, int] | None
    agency: tuple[int, int] | None


def dateline(text: str) -> Dateline | None:
    """Return the dateline with which a paragraph begins, None where it begins with none.

    A day counts only whole, with its year, and where a place stands before it and a dash, bracket or
    stroke ends it; so a sentence that begins with the day of what it tells is no dateline.
    """
    head = text[:WITHIN]
    end = _END.search(head) or _UN.search(head)
    if end is None:
        return None
    groups = end.groupdict()
    mark = next((name for name in ("round", "slashes") if groups.get(name)), None)
    inside = end.span(mark) if mark else None
    before = head[: end.start()].rstrip(" .,")
    if inside is not None:
        at, stop = inside
        whole = _day(head, at, stop)
        if whole is not None and (_is_place(before) or (not before and whole[0] > at)):
            return Dateline(whole, None)
    day = _day(head, 0, len(before))
    place = head[: day[0]].rstrip(" ,.") if day else _without_day(before)
    known = inside is not None and plain_words.is_agency(head[slice(*inside)])
    if not (_is_place(place) or (known and not place)):
        return None
    agency = inside if known or day or place.isupper() else None
    return Dateline(day, agency) if day or agency else None


def _without_day(text: str) -> str:
    """Return a place without the day that stands after it and has no year: "VILNIUS, Feb 20"."""
    place, comma, day = text.rpartition(",")
    dated = any(sign.isdigit() for sign in day) and all(map(plain_dates.is_of_dates, _letters(day)))
    return place.rstrip() if comma and dated else text


def _letters(text: str) -> list[str]:
    return [word for word in text.split() if any(sign.isalpha() for sign in word)]


def _day(head: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the range of a whole day that ends a stretch, after a comma or a bracket at its start."""
    for at in _starts(head, start, end):
        if len(plain_dates.edtf(head[at:end]) or "") >= _FULL_DATE:
            return at, end
    return None


def _starts(head: str, start: int, end: int) -> Iterator[int]:
    """Yield where a day may begin: at the start of brackets, and after each comma or full stop."""
    if start:
        yield start
    for mark in re.finditer(r"[,.]\s", head[start:end]):
        yield start + mark.end()


def _is_place(text: str) -> bool:
    """Tell whether words can be the place of a dateline: few, each with a capital, none of a date."""
    words = text.replace(",", " ").split()
    small = plain_words.vocabulary().particles
    return 1 <= len(words) <= _LONGEST_PLACE and all(
        (word[0].isupper() or plain_words.flat(word) in small) and not plain_dates.is_of_dates(word)
        for word in words
    )
