"""The protected strings of a case, made ready to be looked for in texts."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from ahocorasick_rs import AhoCorasick, Implementation

from guvoh.languages.fold import fold, skeleton
from guvoh.lineage.background import RAREST, word_weight
from guvoh.protect import unvowelled
from guvoh.protect.forms import (
    Token,
    asked,
    bare,
    glued,
    is_form,
    keys,
    of_fathers,
    otherwise,
    parts,
    typed,
)
from guvoh.protect.identity import Identity
from guvoh.protect.kept_back import words_of_value
from guvoh.protect.page import is_everyday

LONG = 8  # letters of a name that is looked for across words, lines and marks
_SPLIT = 6  # the same of a single part
_CONTACT = 5  # letters of an account or address
_GLUED_BONES = 6
_DIGITS = 6  # digits of a number that is looked for; of longer ones the last nine
_LAST = 9
_LOCAL = 7  # the last of a telephone number, as it is dialled in its town
_COUNTED = ("en", "ru")  # languages of which background has counts; of others all words look common


class Form(StrEnum):
    """How a protected string stands in a text."""

    NAME = "name"  # two parts of one name or more
    PART = "part"  # one part alone
    INITIALS = "initials"
    HIDDEN = "hidden"  # written together, spaced, or split over lines or tags
    CONTACT = "contact"
    RELATIVE = "relative"
    WITHHELD = "withheld"  # the value of what is withheld, near the person it is withheld of


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a name: whose, which name, its place there, and what it is a part of."""

    code: str
    name: int
    place: int
    folded: str
    form: Form
    common: bool
    whole: bool  # the name has no other part


_Wanted = dict[str, set[tuple[str, Form]]]


class Registry:
    """The protected people, made ready to be looked for; making it is linear in their names.

    What is withheld is looked for in other words and languages too, unless it is `literal`.
    """

    def __init__(self, identities: Iterable[Identity], *, literal: bool = False) -> None:
        self.identities = tuple(identities)
        self._literal = literal
        self._parts: dict[str, list[Part]] = {}
        self._anchors: dict[str, list[Part]] = {}
        self._values: dict[str, list[Part]] = {}
        self.initials: dict[str, set[str]] = {}
        self.numbers: dict[str, set[str]] = {}
        self.local: dict[str, set[str]] = {}
        self._seen: dict[tuple[str, ...], tuple[Part, ...]] = {}
        glue: _Wanted = {}
        bones: _Wanted = {}
        for one in self.identities:
            self._add(one, glue, bones)
        self.glue = Glued(glue)
        self.bones = Glued(bones)

    def _add(self, one: Identity, glue: _Wanted, bones: _Wanted) -> None:
        named = [(name, Form.PART) for name in one.names]
        named += [(name, Form.RELATIVE) for name in one.relatives]
        for number, (name, form) in enumerate(named):
            every = parts(name)
            _index(self._parts, one.code, every, number, form)
            for other in (typed(name), tuple(of_fathers(every))) if not self._literal else ():
                for part in other:
                    # As it is: nobody spells this in another way.
                    other_part = Part(one.code, number, 0, part, form, False, False)
                    self._parts.setdefault(part, []).append(other_part)
                    glue.setdefault(part, set()).add((one.code, Form.PART))
            if form is Form.PART and len(every) > 1:
                self._add_initials(one.code, every)
            _add_glued(one.code, every, Form.HIDDEN if form is Form.PART else form, glue, bones)
        for contact in one.contacts:
            self._add_contact(one.code, contact, glue)
        for number, (_, value) in enumerate(one.withheld):
            told = parts(value) if self._literal else words_of_value(value)
            _index(self._values, one.code, told, number, Form.WITHHELD)
        for number, sign in enumerate((one.code, one.pseudonym or "")):
            _index(self._anchors, one.code, parts(sign), number, Form.PART)

    def _add_initials(self, code: str, every: Sequence[str]) -> None:
        firsts = "".join(part[0] for part in every)
        for initials in (firsts, firsts[::-1], firsts[0] + firsts[-1]):
            self.initials.setdefault(initials, set()).add(code)

    def _add_contact(self, code: str, contact: str, glue: _Wanted) -> None:
        digits = "".join(fold(char) for char in contact if char.isdigit())
        letters = "".join(char for char in fold(contact) if char.isalnum())
        if len(digits) >= _DIGITS and len(digits) * 2 > len(letters):
            self.numbers.setdefault(digits[-_LAST:], set()).add(code)
            if len(digits) > _LOCAL:
                self.local.setdefault(digits[-_LOCAL:], set()).add(code)
        elif len(letters) >= _CONTACT:
            glue.setdefault(letters, set()).add((code, Form.CONTACT))
            own = "".join(char for char in fold(contact.partition("@")[0]) if char.isalnum())
            if "@" in contact and len(own) >= LONG:
                glue.setdefault(own, set()).add((code, Form.CONTACT))

    def of_word(self, token: Token) -> tuple[Part, ...]:
        """Return the parts of names that a word can be a form of."""
        return self._looked_up(self._parts, "name", token)

    def anchors(self, token: Token) -> tuple[Part, ...]:
        """Return the codes and pseudonyms that a word can be a part of."""
        return self._looked_up(self._anchors, "anchor", token)

    def values(self, token: Token) -> tuple[Part, ...]:
        """Return the withheld values that a word can be a part of."""
        return self._looked_up(self._values, "value", token)

    @property
    def has_values(self) -> bool:
        """Return whether anything is withheld of anyone."""
        return bool(self._values)

    def _looked_up(self, table: dict[str, list[Part]], name: str, token: Token) -> tuple[Part, ...]:
        apart = unvowelled.is_unvowelled(token.text)
        # A common word is no other language's way to spell a name.
        folds = token.folds
        if not is_counted(folds[0]):
            folds = (*folds, *otherwise(token.text))
        seen = (name, token.text) if apart else (name, *folds)
        found = self._seen.get(seen)
        if found is None:
            every = _unvowelled(table, token.text) if apart else _matching(table, folds)
            found = tuple(dict.fromkeys(every))
            self._seen[seen] = found
        return found


def is_alike(token: Token, part: Part) -> bool:
    """Say whether an everyday word in small letters is only spelt like a part of a name: "timer" for Timur."""
    if not token.text[:1].islower():
        return False
    exact = {part.folded, *bare(part.folded)}
    stems = {stem for folded in token.folds for _, stem, _ in asked(folded)}
    return not exact & stems and is_everyday(_language(token.text), token.folds[0])


def _language(word: str) -> str:
    return "ru" if "\u0400" <= word[0] <= "\u04ff" else "en"


def _index(
    table: dict[str, list[Part]],
    code: str,
    every: Sequence[str],
    number: int,
    form: Form,
) -> None:
    for place, folded in enumerate(every):
        part = Part(code, number, place, folded, form, is_counted(folded), len(every) == 1)
        for key in dict.fromkeys((*keys(folded), unvowelled.key_of(folded))):
            if key is not None:
                table.setdefault(key, []).append(part)


def _add_glued(code: str, every: Sequence[str], form: Form, glue: _Wanted, bones: _Wanted) -> None:
    for together in glued(every):
        if len(together) >= LONG:
            glue.setdefault(together, set()).add((code, form))
        consonants = skeleton(together).removeprefix("a")
        if len(consonants) >= _GLUED_BONES:
            bones.setdefault(consonants, set()).add((code, form))
    if len(every) > 1:
        for short in (every[0][0] + every[-1], every[-1][0] + every[0]):
            if len(short) >= LONG - 1:
                glue.setdefault(short, set()).add((code, form))
    for part in every:
        if len(part) >= _SPLIT:
            glue.setdefault(part, set()).add((code, Form.PART))


@lru_cache(maxsize=262144)
def is_counted(folded: str) -> bool:
    """Say whether a folded word is so common that news in English or Russian has counts of it."""
    return any(word_weight(code, folded) < RAREST for code in _COUNTED)


def _matching(table: dict[str, list[Part]], folds: Sequence[str]) -> Iterator[Part]:
    for folded in folds:
        for key, stem, ending in asked(folded):
            for part in table.get(key, ()):
                if is_form(stem, ending, part.folded):
                    yield part


def _unvowelled(table: dict[str, list[Part]], word: str) -> Iterator[Part]:
    for key, pattern in unvowelled.asked(word):
        yield from (part for part in table.get(key, ()) if pattern.fullmatch(part.folded))


class Glued:
    """Strings looked for in a run of letters, all in one pass."""

    def __init__(self, wanted: _Wanted) -> None:
        self._wanted = list(wanted.items())
        self._automaton = (
            AhoCorasick(list(wanted), implementation=Implementation.ContiguousNFA)
            if wanted
            else None
        )

    def find(self, letters: str) -> Iterator[tuple[int, int, set[tuple[str, Form]]]]:
        """Yield (start, end, whose) of each occurrence."""
        if self._automaton is None:
            return
        for which, start, end in self._automaton.find_matches_as_indexes(letters, overlapping=True):
            yield start, end, self._wanted[which][1]
