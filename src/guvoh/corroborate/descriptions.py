"""What a name or description says of who or what is meant, in any language: names, kin, roles, peoples."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from guvoh.corroborate.vocabulary import vocabulary
from guvoh.languages.fold import fold, skeleton
from guvoh.languages.lexicon import LANGUAGES, Language, load
from guvoh.languages.phrases import Word
from guvoh.model.claim import Person, Place
from guvoh.model.report import Report

_DIGITS = re.compile(r"\d+")
_MENTIONS = 4  # mentions of a person before which a title is looked for
_TITLE = 40  # characters that a title takes
_PREFIX = 3  # letters that each half of a compound word has at least
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Description:
    """What a description is made of.

    `names` are its proper names as written, one string where they stand together; `kin` and `roles`
    keys of the lexicons; `peoples` keys of demonyms; `rest` the other words, folded.
    """

    names: tuple[str, ...]
    kin: tuple[str, ...]
    roles: tuple[str, ...]
    peoples: tuple[str, ...]
    rest: tuple[str, ...]

    @property
    def named(self) -> bool:
        """Return whether it is a proper name and not a description by kin."""
        return bool(self.names) and not self.kin


def language_of(code: str) -> Language:
    """Return the language of a report, English where there is no data for it."""
    plain = code.partition("-")[0]
    return load(plain if plain in LANGUAGES else "en")


@lru_cache(maxsize=16384)
def describe(name: str, code: str) -> Description:
    """Return what `name`, in language `code`, is made of."""
    language = language_of(code)
    words = language.words(name)
    taken: set[int] = set()
    kin = tuple(_found(language.kin.find(words), taken))
    roles = tuple(role.key for role in _found(language.roles.find(words), taken))
    peoples = tuple(_found(language.demonyms.find(words), taken))
    names: list[str] = []
    rest: list[str] = []
    last = -2
    for at, word in enumerate(words):
        text = name[word.start : word.end]
        if at in taken or fold(text).strip("'") in vocabulary().empty:
            continue
        if _proper(text):
            if last == at - 1:
                names[-1] += " " + text
            else:
                names.append(text)
            last = at
        else:
            rest.append(fold(text))
    return Description(tuple(names), kin, roles, peoples, tuple(rest))


def _found(matches: Iterable[tuple[int, int, T]], taken: set[int]) -> list[T]:
    values: list[T] = []
    for first, last, value in matches:
        taken.update(range(first, last))
        values.append(value)
    return values


def _proper(word: str) -> bool:
    """Return whether a word is written as a name; a script without case tells nothing, so it may be."""
    first = word[0]
    return first.isupper() or (first.isalpha() and first.upper() == first.lower())


def name_key(name: str) -> str:
    """Return the consonants of a name's parts in order of the alphabet, alike across scripts."""
    parts = sorted(skeleton(part) for part in name.replace("-", " ").split())
    return "-".join(part for part in parts if part)


@lru_cache(maxsize=16384)
def who_keys(name: str, kind: str, code: str) -> tuple[str, ...]:
    """Return what someone is compared by, each with a mark.

    "p:" a person's name, "o:" an organisation's, "n:" a people, "r:" a role, "k:" kin of someone named.
    """
    said = describe(name, code)
    keys = [f"n:{people}" for people in said.peoples] + [f"r:{role}" for role in said.roles]
    if said.kin and said.names:
        keys += [f"k:{kin}:{name_key(said.names[0])}" for kin in said.kin]
    elif said.names and kind in ("person", "organisation"):
        keys.append(f"{kind[0]}:{name_key(' '.join(said.names))}")
    return tuple(dict.fromkeys(keys))


@lru_cache(maxsize=16384)
def _facility_key(name: str, code: str) -> str | None:
    """Return the key of a facility that can be told from others by number or name, else None."""
    language = language_of(code)
    words = language.words(name)
    found = list(language.facilities.find(words))
    said = found[0][2] if found else _compound(language, words)
    kind = vocabulary().facilities.get(said, said)
    taken = {at for first, last, _ in found for at in range(first, last)}
    number = _number(language, words, taken)
    if number is not None:
        return f"f:{kind}:{number}"
    proper = " ".join(
        word
        for word in " ".join(describe(name, code).names).split()
        if not any(fold(name[words[at].start : words[at].end]) == fold(word) for at in taken)
    )
    residual = name_key(proper)
    return f"f:{kind}:{residual}" if residual else None


def _compound(language: Language, words: Sequence[Word]) -> str:
    """Return the kind of facility with which a word ends: "рыбзавод" is a "завод"; "facility" if none."""
    for word in words:
        for cut in range(_PREFIX, len(word.text) - _PREFIX):
            match = next(iter(language.facilities.find(language.words(word.text[cut:]))), None)
            if match is not None:
                return str(match[2])
    return "facility"


def _number(language: Language, words: Sequence[Word], taken: set[int]) -> str | None:
    for at, word in enumerate(words):
        digits = _DIGITS.search(word.text)
        if digits:
            return digits.group().lstrip("0") or "0"
        if at not in taken:
            hit = language.cardinals.match(words, at)
            if hit is not None:
                return str(hit[1])
    return None


def titles(person: Person, report: Report) -> set[str]:
    """Return the roles of a person, with those that stand right before his name: "директор завода Ivan"."""
    code = report.language
    found = {*person.roles, *(key for role in person.roles for key in describe(role, code).roles)}
    for mention in person.mentions[:_MENTIONS]:
        before = report.text[max(mention.start - _TITLE, 0) : mention.start]
        cut = max(before.rfind(sign) for sign in '.,;:!?«»“”"\n')
        found.update(describe(before[cut + 1 :].strip(), report.language).roles)
    return found


def offices(name: str, person: Person | None, report: Report) -> set[str]:
    """Return the roles of whoever is called `name`, by it and as its report has the person."""
    said = {*describe(name, report.language).roles}
    return said | titles(person, report) if person is not None else said


def place_keys(place: Place, code: str) -> tuple[str, ...]:
    """Return what a place is compared by: "f:" a facility, "g:" a town, "a:" a region, "c:" a country."""
    keys: list[str] = []
    if place.kind == "facility":
        facility = _facility_key(place.name, code)
        if facility:
            keys.append(facility)
    elif place.kind == "country":
        keys.append(f"c:{place.country or name_key(place.name)}")
    else:
        mark = "a" if place.kind == "region" else "g"
        key = place.key or name_key(place.name)
        if key:
            keys.append(f"{mark}:{key}")
    if place.within and place.kind == "facility":
        keys.append(f"{'a' if place.within.startswith('r:') else 'g'}:{place.within}")
    return tuple(keys)
