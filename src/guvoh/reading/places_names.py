"""Which words of a text name places: by preposition, by area word, by number, or known without them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from guvoh.languages import load
from guvoh.languages.fold import fold
from guvoh.model.text import Span
from guvoh.reading.passage import COMMA, JOIN, Passage
from guvoh.reading.places_facilities import Facility, numbered_facility
from guvoh.reading.places_known import SURE_KINDS, accepted, candidates, exact_places, rules
from guvoh.reading.places_sites import (
    bare_name,
    marked_end,
    named_before,
    named_behind,
    region_behind,
    site_before,
    site_name,
)
from guvoh.resolve.candidates import NO_PLACES, OwnPlaces
from guvoh.resolve.gazetteer import tidy

_LONGEST = 4
_SHORT = 3  # letters of a stem that is too short to be known by its ending
_STRONG = ("in", "near", "north", "south", "east", "west")
_WEAK = ("from", "to", "of")


@dataclass(frozen=True, slots=True)
class Named:
    """Words that name a place. `look` is what the gazetteer is asked for; `kind` what words say it is.

    `number` and `facility` make up a facility's identity inside a report; `same` are the words of the
    works of which this is the name alone.
    """

    first: int
    last: int
    look: Span | None
    kind: str | None = None
    facility: str | None = None
    number: int | None = None
    same: Span | None = None


def find_names(passage: Passage, own: OwnPlaces = NO_PLACES) -> list[Named]:
    """Return the names of places in order, none overlapping; those of the user's list go first."""
    longest = own.longest()
    found: list[Named] = []
    surnames = _surnames(passage)
    lower = passage.text == passage.text.lower()
    for index in _starts(passage, everywhere=lower or "№" in passage.text):
        if found and index < found[-1].last:
            continue
        hit = (
            (longest and _own(passage, index, own, longest))
            or _facility(passage, index)
            or _place(passage, index, surnames, found[-1] if found else None, lower)
        )
        if hit is not None:
            found.append(hit)
    return _with_bare(passage, found)


def _with_bare(passage: Passage, found: list[Named]) -> list[Named]:
    """Add the names of works that stand alone elsewhere: "the Kedrovy Log lung hospital", "left Kedrovy Log"."""
    works = rules()["facilities"]["works"]
    sites: dict[str, Named] = {}
    for one in found:
        if one.facility in works and one.number is None:
            sites.setdefault(site_name(passage, one.first, one.last), one)
    sites.pop("", None)
    if not sites:
        return found
    taken = {word for one in found for word in range(one.first, one.last)}
    more: list[Named] = []
    for first in range(len(passage)):
        last = bare_name(passage, first, sites)
        if last is not None and taken.isdisjoint(range(first, last[0])):
            site = sites[last[1]]
            taken.update(range(first, last[0]))
            more.append(
                Named(
                    first,
                    last[0],
                    None,
                    "facility",
                    site.facility,
                    same=passage.span(site.first, site.last),
                )
            )
    return sorted([*found, *more], key=lambda one: one.first)


def _starts(passage: Passage, *, everywhere: bool) -> Sequence[int]:
    """Return the words at which a place can begin: a capital, a figure, or a word for what it is."""
    if everywhere:
        return range(len(passage))
    return sorted(
        {
            *passage.capitals(),
            *passage.places(passage.language.areas),
            *passage.places(passage.language.facilities),
            *[index for index, (text, _, _) in enumerate(passage.words) if text[0].isdecimal()],
        }
    )


def _own(passage: Passage, index: int, own: OwnPlaces, longest: int) -> Named | None:
    """Read a name of the user's list, whatever stands before it."""
    if not passage.capital(index):
        return None
    for last in range(min(index + longest, len(passage)), index, -1):
        look = passage.span(index, last)
        if tidy(fold(passage.text[look.start : look.end])) in own.by_name:
            return Named(index, last, look)
    return None


def _facility(passage: Passage, index: int) -> Named | None:
    found = numbered_facility(passage, index) or named_behind(passage, index)
    return None if found is None else _as_named(found)


def _as_named(found: Facility, look: Span | None = None) -> Named:
    return Named(found.first, found.last, look, "facility", found.kind, found.number)


def _place(
    passage: Passage, index: int, surnames: frozenset[str], last: Named | None, lower: bool
) -> Named | None:
    word = passage.words[index]
    area = _area_before(passage, index)
    if area is not None:
        return area
    if not (lower or passage.capital(index)) or word.text[0].isdecimal():
        return None
    language = passage.language
    if passage.sentence_start(index) and passage.match(language.areas, index) is not None:
        return None  # "Qishloq Taroz shahridan 40 km": the first word is no part of the name
    if passage.match(language.demonyms, index) is not None:
        return _adjective(passage, index)
    if _common(passage, index):
        return None
    evidence = _evidence(passage, index, last)
    if lower and evidence is None:
        return None
    named = _named(passage, index, evidence, surnames)
    of = passage.is_one(language.time_links, index - 1, "of") == index
    if named is None and (evidence == "strong" or of) and not lower:
        return _unknown(passage, index, last, sure=evidence == "strong")
    return named


def _unknown(passage: Passage, index: int, last: Named | None, *, sure: bool) -> Named | None:
    """Read a name that no gazetteer has where the text says that it is a place.

    "Fish Plant No. 17 in Tyulenikha", "in Verkhny Yar, a settlement in the Kirov region"; where `sure`,
    "at Lipovka in the Voronezh region", "the kiln in Shoktas", "at Kubansky Ranet, an orchard".
    """
    end = min(_name_end(passage, index), index + 2)
    following = end
    if passage.gap(following) == COMMA:
        following = passage.is_one(passage.language.time_links, end, "the", "function") or end
        area = passage.match(passage.language.areas, following)
        if area is not None and area[1] in ("town", "village"):
            return Named(index, end, passage.span(index, end), _area_kind(area[1]))
        works = passage.match(passage.language.facilities, following)
        if sure and works is not None and works[1] in rules()["facilities"]["works"]:
            return Named(index, end, None, "facility", works[1])
    inside = last is not None and last.kind == "facility" and 0 < index - last.last <= 1
    inside = inside or region_behind(passage, end) or (sure and site_before(passage, index))
    return Named(index, end, passage.span(index, end), "town") if inside else None


def _known_area(passage: Passage, first: int, last: int) -> Span | None:
    """Return what of "Murmansk shahri" the gazetteer has: the whole, or the name without its area word."""
    for end in (last, first + 1):
        span = passage.span(first, end)
        if candidates(passage, span) if end == last else exact_places(passage.text[slice(*span)]):
            return span
    return None


def _name_end(passage: Passage, index: int) -> int:
    """Return the word after a name, before an adjective that belongs to an area word behind it."""
    end = _run(passage, index)
    if end < len(passage) and passage.gap(end) == JOIN and end - index > 1:
        area = passage.match(passage.language.areas, end)
        wide = area is not None and area[1] not in ("town", "village")
        if area is not None and wide and _known_area(passage, end - 1, area[0]):
            return end - 1
    return end


def _adjective(passage: Passage, index: int) -> Named | None:
    """Read "Russian Federation"-like names: a demonym that an area word makes a place."""
    area = (
        passage.match(passage.language.areas, index + 1) if passage.gap(index + 1) == JOIN else None
    )
    if area is None or area[1] == "country":
        return None
    look = passage.span(index, area[0])
    return Named(index, area[0], look, _area_kind(area[1])) if candidates(passage, look) else None


def _common(passage: Passage, index: int) -> bool:
    """Return whether a capitalised word is a month, weekday, function word or known common word."""
    language = passage.language
    if passage.words[index].text not in _common_words(language.code):
        return False
    return (
        passage.match(language.months, index) is not None
        or passage.match(language.weekdays, index) is not None
        or passage.is_one(language.time_links, index, "function") is not None
        or passage.match(language.pronouns, index) is not None
    )


@cache
def _common_words(code: str) -> frozenset[str]:
    """Return the words with which what `_common` looks for begins."""
    language = load(code)
    functions = (first for first, name in language.time_links if name == "function")
    lexicons = (language.months, language.weekdays, language.pronouns)
    return frozenset(functions).union(first for lexicon in lexicons for first, _ in lexicon)


def _run(passage: Passage, index: int) -> int:
    """Return the word after a run of capitalised or hyphenated words that begins at `index`."""
    at = index + 1
    while at < len(passage) and at - index < 8 and passage.gap(at) == JOIN:
        between = passage.between(at)
        if between != "-" and not (passage.capital(at) and between in (" ", "\u00a0")):
            break
        at += 1
    return at


def _evidence(passage: Passage, index: int, last: Named | None) -> str | None:
    """Return how strongly what stands before a name asks for a place: strong, weak, or None."""
    links = passage.language.place_links
    at = index
    if passage.gap(at) == JOIN and passage.is_one(passage.language.time_links, at - 1, "the") == at:
        at -= 1
    if at > 0 and passage.gap(at) == JOIN:
        if passage.ends_with(links, at, *_STRONG) is not None:
            of = passage.is_one(passage.language.time_links, at - 1, "of")
            return "weak" if of == at else "strong"
        if passage.ends_with(links, at, *_WEAK) is not None:
            return "weak"
    if last is not None and 0 <= index - last.last <= 1:
        listed = passage.gap(last.last) == COMMA and index == last.last
        joined = (
            index == last.last + 1
            and passage.is_one(passage.language.time_links, last.last, "and") == index
        )
        if listed or joined:
            return "weak"
    return None


def _named(
    passage: Passage, index: int, evidence: str | None, surnames: frozenset[str]
) -> Named | None:
    end = _run(passage, index)
    marked = marked_end(passage, index)
    facility = _named_facility(passage, index, marked) if marked is not None else None
    if facility is not None:
        return facility  # "“Kubanskiy ranet” bog‘i"
    shouting = (
        passage.text[slice(*passage.words[index][1:])].isupper()
        and len(passage.words[index].text) > 3
    )
    for last in range(min(end, index + _LONGEST), index, -1):
        if last < len(passage) and passage.between(last) == "-":
            continue
        area = passage.match(passage.language.areas, last) if passage.gap(last) == JOIN else None
        if area is not None and last < len(passage) and area[1] != "country":
            if _name_end(passage, index) < last:
                continue  # "Тюлениха Мурманской области": the area has a name of its own
            look = _area_look(passage, index, last, area)
            if not passage.capital(last) or candidates(passage, look):
                return Named(index, area[0], look, _area_kind(area[1]))
        if area is None and (evidence is not None or not _capital_at(passage, last)):
            facility = _named_facility(passage, index, last)
            if facility is not None:
                return facility
        rest_is_name = last < end and not shouting and not _ends_name(passage, last)
        country = rest_is_name and evidence == "strong" and _is_country(passage, index, last)
        rest_is_name = rest_is_name and not country
        look = passage.span(index, last)
        cased = _in_case(passage, look)
        if cased is not None and not rest_is_name and accepted(passage, *cased, frozenset(), ""):
            return Named(index, last, cased[0])
        if rest_is_name or (evidence is None and index > 0 and _follows_name(passage, index)):
            continue
        if accepted(passage, look, evidence, surnames, passage.words[last - 1].text):
            return Named(index, last, look)
    return None


def _area_look(passage: Passage, first: int, last: int, area: tuple[int, str]) -> Span:
    """Return the words to look up of a name before `last` and the word for an area behind it."""
    look = passage.span(first, area[0])
    if last - first == 1:
        look = _known_area(passage, first, area[0]) or look
    unknown = area[1] in ("town", "village") and not candidates(passage, look)
    return passage.span(first, last) if unknown else look  # "Ust-Lomovka shahridagi"


def _is_country(passage: Passage, first: int, last: int) -> bool:
    """Return whether a country stands in a case before a name of its own: "в Кыргызстане Жамиля …"."""
    known = candidates(passage, passage.span(first, last))[:1]
    inflects = passage.language.code in _apposing()
    return inflects and any(one.place.kind == "country" for one in known)


def _in_case(passage: Passage, look: Span) -> tuple[Span, str] | None:
    """Return a place's name without the ending that stands for "in", "to" or "from", and how strong that is."""
    cases = rules()["endings"].get(passage.language.code)
    if cases is None:
        return None
    word = passage.text[look.start : look.end].casefold()
    for evidence, endings in cases.items():
        ending = next((e for e in endings if word.endswith(e)), None)
        stem = Span(look.start, look.end - len(ending or ""))
        if ending and ending[0] in "kqкқ" and word[-len(ending) - 1] != ending[0]:
            continue  # "Bishkekka" is to Bishkek, and Malika is no Mali
        if ending and len(word) - len(ending) > _SHORT and exact_places(passage.text[slice(*stem)]):
            return stem, evidence
    return None


def _capital_at(passage: Passage, index: int) -> bool:
    """Return whether a word is capitalised: "Open Barracks" may be an outlet, "Olenivka prison" not."""
    return index < len(passage) and passage.capital(index)


def _named_facility(passage: Passage, index: int, last: int) -> Named | None:
    found = named_before(passage, index, last)
    if found is None:
        return None
    works = found.kind in rules()["facilities"]["works"]
    return _as_named(found, None if works else passage.span(index, last))


def _ends_name(passage: Passage, index: int) -> bool:
    """Return whether the capitalised word after a place begins a word for an office or a building."""
    language = passage.language
    return (
        passage.match(language.facilities, index) is not None
        or passage.match(language.organisations, index) is not None
    )


def _follows_name(passage: Passage, index: int) -> bool:
    return (
        passage.between(index) in (" ", "\u00a0")
        and passage.capital(index - 1)
        and not passage.sentence_start(index - 1)
    )


def _area_before(passage: Passage, index: int) -> Named | None:
    """Read "the city of Mary", "город Владимир", "село Ак-Суу"."""
    language = passage.language
    area = passage.match(language.areas, index)
    if area is None or area[1] == "country":
        return None
    at = area[0]
    of = (
        passage.is_one(language.time_links, at, "of")
        if at < len(passage) and passage.gap(at) == JOIN
        else None
    )
    at = of if of is not None else at
    if (
        at >= len(passage)
        or passage.gap(at) != JOIN
        or not passage.capital(at)
        or _common(passage, at)
    ):
        return None
    if of is None and area[1] != "valley" and language.code not in _apposing():
        return None  # "Lake Balkhash" needs none
    if passage.match(language.demonyms, at) is not None:
        return None
    end = min(_name_end(passage, at), at + _LONGEST)
    look = passage.span(at, end)
    known = candidates(passage, look)
    if area[1] == "valley" and of is None and not exact_places(passage.text[slice(*look)]):
        return None  # "Coast Guard"
    if not known and area[1] not in ("town", "village", "district"):
        return None
    hangs = passage.gap(index) == JOIN and index > 0
    hangs = hangs and passage.is_one(language.time_links, index - 1, "function") is None
    if not known and of is None and hangs and end - at > 1:
        return None  # "военный комиссар района Глеб Ратманцев"
    article = passage.is_one(language.time_links, index - 1, "the") == index
    if area[1] == "valley" and of is None and not (article and passage.capital(index)):
        return Named(index, end, look, "area")  # "Lake Balkhash": a town on it has its name
    if of is not None and _area_kind(area[1]) == "region":
        whole = passage.span(index, end)  # "la región de Múrmansk" is not the town of that name
        look = whole if any(c.place.kind == "region" for c in candidates(passage, whole)) else look
    return Named(at, end, look, _area_kind(area[1]))


@cache
def _apposing() -> frozenset[str]:
    # Languages that put the word for a town before its name without "of".
    return frozenset({"ru", "uk", "sr", "ky", "tg", "be", "bg"})


def _area_kind(area: str) -> str:
    return {"village": "town", "republic": "region", "valley": "area"}.get(area, area)


def _surnames(passage: Passage) -> frozenset[str]:
    """Return the last words of names of two capitalised words that no place has: people's, mostly."""
    found: set[str] = set()
    behind = 0
    for index in passage.capitals():
        if index < behind:
            continue
        behind = end = _run(passage, index)
        start = index + 1 if passage.sentence_start(index) and _common(passage, index) else index
        if end - start in (2, 3) and not _belongs(passage, start, end):
            found.add(passage.words[end - 1].text)
    return frozenset(found)


def _belongs(passage: Passage, index: int, end: int) -> bool:
    """Return whether a run of capitals is a place or an office, so that its last word is no surname."""
    language = passage.language
    if any(
        passage.text[word.start : word.end].isupper() and len(word.text) > 1
        for word in passage.words[index:end]
    ):
        return True
    for lexicon in (
        language.areas,
        language.facilities,
        language.organisations,
        language.demonyms,
        language.months,
        language.weekdays,
    ):
        places = passage.places(lexicon)
        for at in range(index, end):
            if at in places and lexicon.match(passage.words, at) is not None:
                return True
    whole = passage.span(index, end)
    return (
        bool(exact_places(passage.text[whole.start : whole.end]))
        or "-" in passage.text[whole.start : whole.end]
        or any(
            known.kind in SURE_KINDS
            for known in exact_places(passage.text[slice(*passage.words[end - 1][1:])])
        )
    )
