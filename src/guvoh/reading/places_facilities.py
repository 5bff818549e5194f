"""Facilities of a text: "Penal Colony Number Six", "ИК-6", "usine de poisson nº 17", "Olenivka prison"."""

from functools import cache
from typing import NamedTuple

from guvoh.languages import Language, load
from guvoh.reading.numbers import number_at
from guvoh.reading.passage import BREAK, DOT, JOIN, Passage

_MODIFIERS = 3  # words that may stand between a facility's word and its number, or before it
_SIGNS = ("№", "#", "No.", "n°", "N", "Nº", "nº", "N.º", "n.º", "Nr.")
_SHORTEST = 5  # letters of a word that others are compounded with: "рыбзавод"


class Facility(NamedTuple):
    """The words of a numbered facility as (first, after the last), its kind and number."""

    first: int
    last: int
    kind: str
    number: int | None


def numbered_facility(passage: Passage, index: int) -> Facility | None:
    """Return the facility with a number that begins at word `index`."""
    found = (
        _plain(passage, index)
        or _modified(passage, index)
        or _number_first(passage, index)
        or _compound(passage, index)
    )
    return None if found is None or _quoted(passage, index, found.last) else found


def _plain(passage: Passage, index: int) -> Facility | None:
    """Read "IK-6", "Plant No. 17", and "usine de poisson nº 17" where a sign tells the number."""
    hit = passage.match(passage.language.facilities, index)
    return None if hit is None else _with_number(passage, index, *hit)


def _with_number(passage: Passage, index: int, end: int, kind: str) -> Facility | None:
    number = facility_number(passage, end)
    at = end
    while number is None and at < min(end + _MODIFIERS, len(passage)) and passage.gap(at) == JOIN:
        at += 1
        number = _signed_number(passage, at)
    return None if number is None else Facility(index, number[1], kind, number[0])


def _signed_number(passage: Passage, at: int) -> tuple[int, int] | None:
    """Return a number that only a sign right before it makes a facility's: "№ 17", "nº 17"."""
    if at >= len(passage) or not _near(passage, at):
        return None
    naming = passage.is_one(passage.language.bounds, at, "naming")
    short = naming is not None and len(passage.words[at].text) <= 2
    signed = any(sign in passage.between(at) for sign in "№#")
    return facility_number(passage, at) if short or signed else None


def _modified(passage: Passage, index: int) -> Facility | None:
    """Read "Fish Plant No. 17": capitalised words before the facility's own belong to its name."""
    language = passage.language
    if not passage.capital(index) or not passage.capital(min(index + 1, len(passage) - 1)):
        return None
    named = passage.places(language.facilities)
    if not (index + 1 in named or index + 2 in named or index + 3 in named):
        return None
    for first in range(index, min(index + _MODIFIERS, len(passage))):
        plain = (
            passage.capital(first)
            and not passage.words[first].text[0].isdecimal()
            and (first == index or passage.gap(first) == JOIN)
            and passage.match(language.time_links, first) is None
            and passage.match(language.place_links, first) is None
        )
        if not plain:
            return None
        behind = first + 1
        if behind >= len(passage) or passage.gap(behind) != JOIN or not passage.capital(behind):
            continue
        found = _plain(passage, behind)
        if found is not None:
            return found._replace(first=index)
    return None


def _number_first(passage: Passage, index: int) -> Facility | None:
    """Read "17-sonli baliq zavodi": the number stands first and says that it is one."""
    language = passage.language
    if not _numbered(language.code) or not passage.words[index].text[0].isdecimal():
        return None
    number = number_at(passage, index)
    if number is None or not isinstance(number.value, int) or not 0 < number.value < 100_000:
        return None
    at = passage.is_one(language.bounds, number.end, "numbered")
    if at is None:
        return None
    for first in range(at, min(at + _MODIFIERS, len(passage))):
        if passage.gap(first) != JOIN:
            return None
        hit = passage.match(language.facilities, first)
        if hit is not None:
            return Facility(index, hit[0], hit[1], number.value)
    return None


def _compound(passage: Passage, index: int) -> Facility | None:
    """Read "рыбзавод № 17": a word that ends in a facility's, before a number with its sign."""
    # A sign like this parts two words.
    if passage.gap(index + 1) != BREAK or "№" not in passage.between(index + 1):
        return None
    known = _endings(passage.language.code)
    word = passage.words[index].text
    kind = next((known[word[cut:]] for cut in range(1, len(word) - 4) if word[cut:] in known), None)
    return None if kind is None else _with_number(passage, index, index + 1, kind)


@cache
def _numbered(code: str) -> bool:
    """Return whether a language has words that make a number before a facility its own: "17-sonli"."""
    return any(value == "numbered" for _, value in load(code).bounds)


@cache
def _endings(code: str) -> dict[str, str]:
    """Return the words of facilities long enough to be told at the end of a compound."""
    language: Language = load(code)
    return {
        form: kind
        for form, kind in language.facilities.forms()
        if " " not in form and len(form) >= _SHORTEST
    }


def _quoted(passage: Passage, first: int, last: int) -> bool:
    """Return whether quotation marks enclose just these words, as they do the title of an outlet."""
    start, end = passage.span(first, last)
    return passage.text[max(0, start - 1) : start] in tuple("“«\"„‘'‹") and passage.text[
        end : end + 1
    ] in tuple("”»\"“’'›")


def facility_number(passage: Passage, end: int) -> tuple[int, int] | None:
    """Return (number, word after it) of "No. 6", "Number Six", "-6" behind a facility that ends at `end`."""
    bounds = passage.language.bounds
    at, marked = end, passage.is_one(bounds, end - 1, "naming") == end
    following = passage.is_one(bounds, end, "naming") if _near(passage, end) else None
    while following is not None:
        at, marked = following, True
        dotted = passage.gap(at) in (JOIN, DOT)  # "N.º 17" is two words
        following = passage.is_one(bounds, at, "naming") if dotted else None
    if at >= len(passage) or not (_near(passage, at) or (marked and passage.gap(at) == DOT)):
        return None
    number = number_at(passage, at)
    if number is None or not isinstance(number.value, int) or not 0 < number.value < 100_000:
        return None
    between = passage.between(at)
    marked = marked or between == "-" or "№" in between or "#" in between
    if not marked and (not number.figures or not passage.capital(end - 1)):
        return None
    return number.value, number.end


def _near(passage: Passage, index: int) -> bool:
    if index >= len(passage):
        return False
    return passage.gap(index) == JOIN or passage.between(index).strip() in _SIGNS
