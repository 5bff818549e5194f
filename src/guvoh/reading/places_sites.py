"""Works and towns that only the text knows: "the Shoktas brickworks", «теплицы «Солнечный»», "in Lipovka, Voronezh region"."""

from collections.abc import Collection
from functools import cache
from itertools import pairwise

from guvoh.languages.fold import fold
from guvoh.model.text import Span
from guvoh.reading.passage import COMMA, JOIN, Passage
from guvoh.reading.places_facilities import Facility, facility_number
from guvoh.reading.places_known import exact_places, rules
from guvoh.resolve.nominative import nominative

_OPENING, _CLOSING = '“«"„‘', '”»"“’'
_WORDS = 3  # of a name before or behind the word for a facility
_BEHIND = 6  # words behind an unknown town in which its region is named


def named_before(passage: Passage, index: int, last: int) -> Facility | None:
    """Return the facility of which words `index` to `last` are the name: "Olenivka prison".

    Works need the definite article, or none: "a Volkswagen plant" is one of many.
    """
    marks = passage.between(last).strip()
    if last >= len(passage) or not (passage.gap(last) == JOIN or marks in tuple(_CLOSING)):
        return None
    hit = passage.match(passage.language.facilities, last) or _kind_behind(passage, index, last)
    if hit is None or hit[1] not in _named() or (passage.sentence_start(index) and not marks):
        return None
    if last - index > _WORDS:
        return None
    if hit[1] in rules()["facilities"]["works"] and _one_of_many(passage, index):
        return None
    if hit[1] in rules()["facilities"]["towns"] and exact_places(
        passage.text[slice(*passage.span(index, last))]
    ):
        return None  # "the Perm hospital" is one of those in Perm
    number = facility_number(passage, hit[0])
    return Facility(index, number[1] if number else hit[0], hit[1], number[0] if number else None)


def _kind_behind(passage: Passage, index: int, last: int) -> tuple[int, str] | None:
    """Return the word for works behind a name and one word that says of what kind: "the Kedrovy Log lung hospital"."""
    links = passage.language.time_links
    at = last + 1
    if passage.is_one(links, index - 1, "the") != index or passage.capital(last):
        return None
    if at >= len(passage) or passage.gap(at) != JOIN or passage.capital(at):
        return None
    if passage.is_one(links, last, "function") is not None:
        return None
    hit = passage.match(passage.language.facilities, at)
    return hit if hit is not None and hit[1] in rules()["facilities"]["works"] else None


def named_behind(passage: Passage, index: int) -> Facility | None:
    """Return the facility whose name follows its word: «теплиц «Солнечный»», "les serres Solnechny"."""
    hit = passage.match(passage.language.facilities, index)
    if hit is None or hit[1] not in _named() or hit[0] >= len(passage):
        return None
    first = hit[0]
    of = passage.is_one(passage.language.time_links, first, "of")
    if of is None and passage.gap(first) == JOIN and not passage.capital(first):
        of = passage.is_one(
            passage.language.time_links, first + 1, "of"
        )  # "l'hôpital pulmonaire de …"
    if of is not None and hit[1] in rules()["facilities"]["works"] and passage.gap(first) == JOIN:
        first = of  # "la ladrillera de Shoktas"
    if (
        first >= len(passage)
        or not passage.capital(first)
        or passage.match(passage.language.demonyms, first) is not None
    ):
        return None
    quoted = passage.between(first).strip()
    plain = passage.gap(first) == JOIN and not quoted
    if plain and passage.language.code not in rules()["facilities"]["behind"]:
        return None
    if not plain and quoted not in tuple(_OPENING):
        return None
    last = first + 1
    while last < min(first + _WORDS, len(passage)) and passage.between(last) in (" ", "\u00a0"):
        if plain and not passage.capital(last):
            break
        last += 1
    end = passage.words[last - 1].end
    closed = passage.text[end : end + 2].lstrip("\u00a0 ")[:1] in tuple(_CLOSING)
    if not plain and not closed:
        return None
    name = passage.span(first, last)
    if first > hit[0] and exact_places(passage.text[name.start : name.end]):
        return None
    return Facility(index, last, hit[1], None)


def site_name(passage: Passage, first: int, last: int) -> str:
    """Return the name in the words of works, folded; empty where there is none."""
    proper = [at for at in range(first, last) if passage.capital(at)]
    facilities = passage.places(passage.language.facilities)
    if proper and proper[0] in facilities:
        proper = proper[1:]
    if not proper or any(after - at != 1 for at, after in pairwise(proper)):
        return ""
    return _plain_name(passage, proper[0], marked_end(passage, proper[0]) or proper[-1] + 1)


def bare_name(passage: Passage, first: int, names: Collection[str]) -> tuple[int, str] | None:
    """Return the word after one of `names`, and which, where it begins at `first` and may be a place.

    That is between quotation marks, or where a word asks for a place before it: "from Kedrovy Log".
    """
    if not passage.capital(first):
        return None
    end = marked_end(passage, first)
    if end is None:
        links = passage.language.place_links
        if first == 0 or passage.gap(first) != JOIN or not passage.ends_with_any(links, first):
            return None
    for last in (end,) if end is not None else range(first + _WORDS, first, -1):
        if last <= len(passage) and (passage.joined(first, last)):
            name = _plain_name(passage, first, last)
            if name in names and (end is not None or " " in name):
                return last, name
    return None


def marked_end(passage: Passage, first: int) -> int | None:
    """Return the word after a name between quotation marks, None where it stands in none."""
    if passage.between(first).strip()[-1:] not in tuple(_OPENING):
        return None
    for last in range(first + 1, min(first + _WORDS + 1, len(passage) + 1)):
        end = passage.words[last - 1].end
        if passage.text[end : end + 1] in tuple(_CLOSING):
            return last
        if last < len(passage) and passage.between(last) not in (" ", "\u00a0"):
            return None
    return None


def _plain_name(passage: Passage, first: int, last: int) -> str:
    text = passage.text[slice(*passage.span(first, last))]
    return fold(nominative(text) if passage.language.code == "ru" else text)


def site_before(passage: Passage, index: int) -> bool:
    """Return whether a facility without a name stands before words that say where: "the kiln in Shoktas"."""
    links = passage.language.place_links
    at = passage.ends_with(links, index, "in", "near")
    if at is None or at == 0 or passage.gap(at) != JOIN or passage.gap(index) != JOIN:
        return False
    facilities = passage.language.facilities
    return any(
        end == at and kind in _named()
        for first in range(max(0, at - _WORDS), at)
        for end, kind in passage.matches(facilities, first)
    )


def region_behind(passage: Passage, end: int) -> bool:
    """Return whether a region is named behind a town: "Verkhny Yar, Belgorod region", "Lipovka in Russia's …"."""
    if end >= len(passage):
        return False
    linked = passage.is_one(passage.language.place_links, end, "in")
    if passage.gap(end) != COMMA and (passage.gap(end) != JOIN or linked is None):
        return False
    at = linked if linked is not None else end
    for word in range(at, min(at + _BEHIND, len(passage))):
        if word > at and passage.gap(word) != JOIN:
            return False
        area = passage.match(passage.language.areas, word)
        if area is not None:
            return area[1] in ("region", "district", "republic")
    return False


def closed(passage: Passage, span: Span) -> Span:
    """Return a span with both marks of a quotation of which it has one."""
    text = passage.text
    inside = text[span.start : span.end]
    opened = sum((sign in "“«„") - (sign in "”»") for sign in inside)
    if opened == 1:
        behind = text[span.end : span.end + 2]
        mark = behind.lstrip("\u00a0 ")[:1]
        if mark and mark in _CLOSING:
            return Span(span.start, span.end + behind.index(mark) + 1)
    if opened == -1:
        before = text[max(0, span.start - 2) : span.start]
        mark = before.rstrip("\u00a0 ")[-1:]
        if mark and mark in _OPENING:
            return Span(span.start - len(before) + before.rindex(mark), span.end)
    return span


@cache
def _named() -> frozenset[str]:
    table = rules()["facilities"]
    return frozenset((*table["named"], *table["works"]))


def _one_of_many(passage: Passage, index: int) -> bool:
    return passage.is_one(passage.language.bounds, index - 1, "article") == index
