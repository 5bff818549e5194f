"""How people leave: by name, by pseudonym, or as role and code; and texts without the names that stay."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from guvoh.corroborate.descriptions import describe, name_key
from guvoh.languages.fold import fold
from guvoh.lineage.background import word_weight
from guvoh.model.claim import CODE, WITHHELD, Exposure, Person, SourceKind
from guvoh.model.text import Span
from guvoh.protect.forms import parts, tokens
from guvoh.protect.identity import Identity
from guvoh.protect.leaks import Leak, find, together
from guvoh.protect.page import is_common
from guvoh.protect.registry import Form, Registry

PERSON_VERDICTS = ("public",)
BLACK = "█"
PERSON = "person"
# A word that stands in one of twenty texts is no name, whatever was read as one (tenths of a
# natural logarithm, lineage.background).
_EVERYDAY = 30
# What stands before places and not before the name of who is described; "of" and "de" do both.
_LOCATING = frozenset({"at", "in", "from", "near", "v", "na", "iz", "pod"})
_COUNTED = ("en", "ru")  # languages of which background has counts
_FEW = 3  # codes of which one may be meant that are worth listing


@dataclass(frozen=True, slots=True)
class Leaving:
    """How one person leaves: `label` stands wherever the name stood. `code` is None for the public."""

    person: Person
    label: str
    code: str | None


def leaving(
    people: Iterable[Person],
    public: frozenset[str],
    codes: Mapping[str, str],
    fresh: Callable[[], str],
    outlets: Iterable[str] = (),
) -> tuple[Leaving, ...]:
    """Return how each person leaves.

    `public` are ids of those that a person has assessed as public; `codes` keep private people's
    codes from one release to the next, by id. Protected people get a fresh one each time. A pseudonym
    that a public report gives is no secret of ours and stays. A code stands for a name: two people of
    one name share it. `outlets` are names of publishers and of public bodies, which are no people
    wherever else they were read as such.
    """
    known = {name_key(name) for name in outlets} - {""}
    given: dict[str, str] = {}
    out: list[Leaving] = []
    every = tuple(people)
    # A name that one report gives as a pseudonym is one in the next that does not say so, too.
    # An account's own code is none: it would join releases with each other.
    known |= {
        name_key(p.name)
        for p in every
        if p.pseudonym and p.name != WITHHELD and not CODE.fullmatch(p.name)
    } - {""}
    for person in every:
        names = proper_names(person)
        if not _hidden(person, names, public) or name_key(names[0] if names else "") in known:
            out.append(Leaving(person, person.name, None))
            continue
        key = _key(person, names)
        if key not in given:
            given[key] = (lasts(person) and codes.get(person.id)) or fresh()
        out.append(Leaving(person, f"{_role(person)} {given[key]}", given[key]))
    return tuple(out)


def lasts(person: Person) -> bool:
    """Return whether a person keeps a code from one release to the next: nobody of an account does."""
    return person.exposure is not Exposure.PROTECTED and not CODE.search(person.name)


def _key(person: Person, names: Sequence[str]) -> str:
    """Return for what a person's code stands: for the name, where there is one."""
    if CODE.search(person.name):
        return _account_code(person) or person.name
    return name_key(max(names, key=len)) if names else person.id


def _account_code(person: Person) -> str | None:
    """Return the code by which an account calls a person; "P-7QK2's brother" is not called by any."""
    coded = CODE.search(person.name)
    return coded[0] if coded and not name_key(CODE.sub(" ", person.name)) else None


def _hidden(person: Person, names: Sequence[str], public: frozenset[str]) -> bool:
    """Return whether a person leaves without the name."""
    if person.kind is not SourceKind.PERSON:
        return False
    if CODE.search(person.name):  # an account's own code: it would join releases with each other
        return True
    if person.exposure is Exposure.PROTECTED:
        return not person.pseudonym or person.name == WITHHELD
    return person.exposure is Exposure.PRIVATE and person.id not in public and bool(names)


def proper_names(person: Person) -> tuple[str, ...]:
    """Return the proper names by which a person is known, without descriptions and everyday words."""
    found: dict[str, None] = {}
    for said in (person.name, *person.aliases):
        if said == WITHHELD:
            continue
        # An account's code beside a name ("P-7QK2 P-9ZVR") is no part of it.
        for name in describe(CODE.sub(" ", said), "en").names:
            if any(not _everyday(part) for part in parts(name)) and not _where(said, name):
                found.setdefault(name, None)
    return tuple(found)


def located(said: str) -> tuple[str, ...]:
    """Return the names in a description that say where someone is or comes from."""
    return tuple(name for name in describe(said, "en").names if _where(said, name))


def _where(said: str, name: str) -> bool:
    """Say whether a name in a description is of where someone is: "a worker at Fish Plant No. 17"."""
    before = said[: max(said.find(name), 0)].split()
    return bool(before) and fold(before[-1]) in _LOCATING


def _everyday(folded: str) -> bool:
    return any(
        word_weight(code, folded) < _EVERYDAY and is_common(code, folded) for code in _COUNTED
    )


def _role(person: Person) -> str:
    if person.roles:
        return person.roles[0]
    said = describe(person.name, "en")
    return (*said.roles, *said.kin, PERSON)[0]


def _own_names(person: Person, public: set[str]) -> tuple[str, ...]:
    """Return the names that are a person's own, and no public person's: "Hamroyeva's husband" has none."""
    if CODE.fullmatch(person.name):
        return ()
    kin = describe(person.name, "en").kin
    return tuple(name for name in proper_names(person) if not (kin and set(parts(name)) <= public))


class Cover:
    """Puts labels in place of the names of people who leave without one."""

    def __init__(self, people: Iterable[Leaving], open_names: Iterable[str]) -> None:
        every = tuple(people)
        hidden = [one for one in every if one.code is not None]
        self._labels: dict[str, str] = {}
        for one in hidden:
            if one.code is not None:
                self._labels.setdefault(one.code, one.label)
        self._exact = {
            fold(name): one.label
            for one in hidden
            for name in (one.person.name, *one.person.aliases)
        }
        known = [one.person for one in every if one.code is None]
        names = [name for one in known for name in (one.name, *one.aliases)]
        opened = (*names, *open_names)
        self._open = {part for name in opened for part in parts(name)}
        self._whole = tuple(sorted({name for name in opened if len(name.split()) > 1}))
        named = [one for one in known if one.kind is SourceKind.PERSON]
        public = {part for one in named for n in (one.name, *one.aliases) for part in parts(n)}
        own = {one.code: _own_names(one.person, public) for one in hidden if one.code is not None}
        self._registry = Registry(Identity(code, kept) for code, kept in own.items() if kept)
        self._single = {
            code for code, kept in own.items() if any(len(parts(name)) == 1 for name in kept)
        }
        # Two codes beside each other were read as one name: whose it is alone comes before.
        alone = sorted(hidden, key=lambda one: not CODE.fullmatch(one.person.name))
        self._coded: dict[str, str | None] = {}
        for one in alone:
            if own_code := _account_code(one.person):
                self._coded.setdefault(own_code, one.code)
        self._done: dict[str, str] = {}

    def text(self, text: str) -> str:
        """Return a text with labels where names stood."""
        found = self._done.get(text)
        if found is None:
            found = self._exact.get(fold(text)) or self._replaced(text)
            self._done[text] = found
        return found

    def blacked(self, text: str) -> str:
        """Return a text of equal length with names blacked out."""
        pieces = list(CODE.sub(self._fresh, text))
        for span, _ in self._spans(text):
            pieces[span.start : span.end] = [
                char if char.isspace() else BLACK for char in text[span.start : span.end]
            ]
        return "".join(pieces)

    def _replaced(self, text: str) -> str:
        pieces: list[str] = []
        done = 0
        for span, codes in self._spans(text):
            pieces += [text[done : span.start], self._label(codes)]
            done = span.end
        return CODE.sub(self._fresh, "".join([*pieces, text[done:]]))

    def _fresh(self, match: re.Match[str]) -> str:
        """Return the code of this release for one that an account was given at the door."""
        if match[0] in self._labels:
            return match[0]
        return self._coded.get(match[0]) or BLACK * len(match[0])

    def _label(self, codes: Sequence[str]) -> str:
        if len(codes) == 1:
            return self._labels[codes[0]]
        return f"one of {', '.join(codes)}" if len(codes) <= _FEW else f"{PERSON} not named here"

    def _spans(self, text: str) -> list[tuple[Span, tuple[str, ...]]]:
        """Return what to cover and who it may be, parts of one name together, none overlapping."""
        kept = [leak for leak in find(self._registry, text) if self._covers(text, leak)]
        # One word of an outlet's or a body's name is no person of that name.
        whole = spans_of(self._whole, text) if kept else ()
        return together(leak for leak in kept if not self._within(leak, text, whole))

    def _within(self, leak: Leak, text: str, whole: Iterable[Span]) -> bool:
        return len(tokens(text[leak.span.start : leak.span.end])) == 1 and any(
            one.start <= leak.span.start and leak.span.end <= one.end for one in whole
        )

    def _covers(self, text: str, leak: Leak) -> bool:
        if leak.form is Form.INITIALS:
            return False
        if leak.form is not Form.PART or self._single & set(leak.codes):
            return leak.certain
        words = tokens(text[leak.span.start : leak.span.end])
        return leak.certain and not any(
            folded in self._open for word in words for folded in word.folds
        )


def spans_of(names: Sequence[str], text: str) -> list[Span]:
    """Return where any of these strings stand in a text as they are, longest first, none overlapping."""
    taken: list[Span] = []
    for name in sorted({name for name in names if name}, key=lambda name: (-len(name), name)):
        at = text.find(name)
        while at >= 0:
            span = Span(at, at + len(name))
            if not any(span.start < one.end and one.start < span.end for one in taken):
                taken.append(span)
            at = text.find(name, at + len(name))
    return sorted(taken)
