"""What is known of one language, loaded from the data in its folder; docs/languages.md has the schema."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

from guvoh.languages.phrases import Phrases, Word, key, words
from guvoh.model.claim import SourceKind, Stance

T = TypeVar("T")
Table = Mapping[str, Any]

LANGUAGES = ("en", "es", "fr", "ky", "ru", "sr", "tg", "uk", "uz")
_KINDS = {kind.value: kind for kind in SourceKind}


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that says on whose word something is told.

    `kind` tells how it is built: `verb` has a speaker as subject, `noun` as possessor ("fears",
    "statement"), `source-after` and `source-before` are followed or preceded by the source
    ("according to"), `hearsay` has none ("reportedly").
    """

    lemma: str
    stance: Stance
    kind: str


@dataclass(frozen=True, slots=True)
class Role:
    """What someone is by office, work or fate; `family` groups roles ("official", "captive" …)."""

    key: str
    family: str


@dataclass(frozen=True, slots=True)
class Pronoun:
    """A pronoun with what it says of its antecedent; None where it says nothing."""

    person: int
    number: str | None  # singular, plural
    gender: str | None  # male, female, neuter
    possessive: bool


@dataclass(frozen=True, slots=True)
class Bounds:
    """How many a vague word means: `high` None is open."""

    low: int
    high: int | None


@dataclass(frozen=True, slots=True)
class Language:
    """All that a language's folder says; each lexicon takes the words that `words` gives.

    Months are 1-12, weekdays 1 (Monday) to 7. The short ones are words only beside a number or
    another sign of a date, for "mar" and "sun" are words of their own.
    """

    code: str
    name: str
    english: str
    scripts: tuple[str, ...]
    decimal: str
    group: frozenset[str]
    elisions: frozenset[str]
    suffixes: frozenset[str]
    months: Phrases[int]
    months_short: Phrases[int]
    weekdays: Phrases[int]
    weekdays_short: Phrases[int]
    seasons: Phrases[str]
    feasts: Phrases[int]
    units: Phrases[str]
    day_parts: Phrases[str]
    relative: Phrases[tuple[str, int]]
    modifiers: Phrases[str]
    time_links: Phrases[str]
    cardinals: Phrases[int]
    scales: Phrases[int]
    ordinals: Phrases[int]
    collectives: Phrases[int]
    vague: Phrases[Bounds]
    bounds: Phrases[str]
    kin: Phrases[str]
    roles: Phrases[Role]
    demonyms: Phrases[str]
    pronouns: Phrases[Pronoun]
    facilities: Phrases[str]
    areas: Phrases[str]
    organisations: Phrases[str]
    place_links: Phrases[str]
    cues: Phrases[Cue]
    hedges: Phrases[str]
    negations: Phrases[str]
    bases: Phrases[str]
    withheld: Phrases[str]
    acts: Phrases[str]
    particles: Phrases[str]
    examples: Table

    def words(self, text: str) -> list[Word]:
        """Return the words of `text` as this language's lexicons have them."""
        return words(text, self.elisions, self.suffixes)


class _Grammar:
    """How a folder's phrases are written out: its endings, and how its words are cut."""

    def __init__(self, language: Table) -> None:
        self.endings: Mapping[str, list[str]] = language.get("endings", {})
        self.elisions = frozenset(language.get("elisions", []))
        self.suffixes = frozenset(language.get("suffixes", []))

    def pattern(self, phrase: str) -> tuple[frozenset[str], ...]:
        """Return the forms of each word of `phrase`.

        "stem~class" takes the endings of that class, "a/b" is either, of which each may be a stem.
        """
        forms: list[frozenset[str]] = []
        for piece in phrase.replace("-", " ").split():
            columns = zip(*(self._option(one) for one in piece.split("/")), strict=True)
            forms.extend(frozenset().union(*column) for column in columns)
        if not forms:
            raise ValueError(f"empty phrase: {phrase!r}")
        return tuple(forms)

    def _option(self, option: str) -> list[frozenset[str]]:
        """Return the forms of each word of what may stand at one place, which an elision may make two."""
        stem, tilde, ending = option.partition("~")
        if tilde:
            return [frozenset(key(stem + tail) for tail in self.endings[ending])]
        return [frozenset((word.text,)) for word in words(option, self.elisions, self.suffixes)]

    def phrases(self, entries: Iterable[tuple[str, T]]) -> Phrases[T]:
        return Phrases((self.pattern(phrase), value) for phrase, value in entries)

    def listed(self, table: Table) -> Phrases[str]:
        """Return the lexicon of a table `key = [phrases]`."""
        return self.phrases(_listed(table))

    def numbered(self, table: Table) -> Phrases[int]:
        """Return the lexicon of a table `number = [phrases]`."""
        return self.phrases((phrase, int(number)) for number, phrase in _swapped(table))


def _listed(table: Table) -> Iterator[tuple[str, str]]:
    for name, phrases in table.items():
        for phrase in phrases:
            yield phrase, name


def _swapped(table: Table) -> Iterator[tuple[str, str]]:
    for phrase, name in _listed(table):
        yield name, phrase


def _relative(table: Table) -> Iterator[tuple[str, tuple[str, int]]]:
    for phrase, name in _listed(table):
        unit, _, shift = name.rpartition(" ")
        yield phrase, (unit, int(shift))


def _vague(table: Table) -> Iterator[tuple[str, Bounds]]:
    for phrase, name in _listed(table):
        low, _, high = name.partition("-")
        yield phrase, Bounds(int(low), int(high) if high else None)


def _roles(table: Table) -> Iterator[tuple[str, Role]]:
    for family, roles in table.items():
        for phrase, name in _listed(roles):
            yield phrase, Role(name, family)


def _pronouns(table: Table) -> Iterator[tuple[str, Pronoun]]:
    for phrase, name in _listed(table):
        marks = name.split()
        yield (
            phrase,
            Pronoun(
                person=int(marks[0]),
                number=next((mark for mark in marks if mark in ("singular", "plural")), None),
                gender=next((mark for mark in marks if mark in ("male", "female", "neuter")), None),
                possessive="possessive" in marks,
            ),
        )


def _rows(folder: Traversable, name: str) -> Iterator[list[str]]:
    """Yield the cells of a TSV file's rows, without comments and empty lines."""
    for line in folder.joinpath(name).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.split("\t")


def _cues(folder: Traversable) -> Iterator[tuple[str, Cue]]:
    for stance, kind, lemma, forms in _rows(folder, "cues.tsv"):
        cue = Cue(lemma, Stance(stance), kind)
        for phrase in [lemma, *forms.split(", ")]:
            if phrase:
                yield phrase, cue


def _demonyms(folder: Traversable) -> Iterator[tuple[str, str]]:
    for name, forms in _rows(folder, "demonyms.tsv"):
        for phrase in forms.split(", "):
            yield phrase, name


def _calendar(locales: Iterable[str], part: str, width: str) -> Iterator[tuple[str, int]]:
    """Yield the names of months or weekdays that CLDR has, with their numbers."""
    from babel import Locale  # late: who only folds or shows needs no calendar

    for code in locales:
        locale = Locale.parse(code)
        names = locale.months if part == "months" else locale.days
        for context in ("format", "stand-alone"):
            for number, name in sorted(names[context][width].items()):
                plain = key(name).strip(". ")
                if plain and not plain.isdigit():
                    yield plain, number if part == "months" else number + 1


def _table(folder: Traversable, name: str) -> Table:
    return tomllib.loads(folder.joinpath(name).read_text(encoding="utf-8"))


@cache
def _near() -> Mapping[str, str]:
    """Return for each language that has no folder the one by whose words it is read."""
    root = files("guvoh.languages")
    return {
        other: code
        for code in LANGUAGES
        for other in _table(root.joinpath(code), "language.toml").get("near", ())
    }


def nearest(code: str) -> str | None:
    """Return the folder by which a language is read: its own, that of a twin ("hr" by "sr"), or None."""
    plain = code.partition("-")[0]
    return plain if plain in LANGUAGES else _near().get(plain)


def load(code: str) -> Language:
    """Return the language `code` (ISO 639-1; a script after a hyphen is ignored).

    Raises KeyError for a language that has no folder: ask `LANGUAGES` first.
    """
    plain = code.partition("-")[0]
    if plain not in LANGUAGES:
        raise KeyError(code)
    return _load(plain)


@cache
def _load(code: str) -> Language:
    folder = files("guvoh.languages").joinpath(code)
    about = _table(folder, "language.toml")
    grammar = _Grammar(about)
    times, numbers = _table(folder, "times.toml"), _table(folder, "numbers.toml")
    people, places = _table(folder, "people.toml"), _table(folder, "places.toml")
    locales = about["locales"]

    def calendar(part: str, width: str, own: Table) -> Phrases[int]:
        listed = ((phrase, int(number)) for phrase, number in _listed(own))
        return grammar.phrases([*listed, *_calendar(locales, part, width)])

    return Language(
        code=code,
        name=about["name"],
        english=about["english"],
        scripts=tuple(about["scripts"]),
        decimal=about["decimal"],
        group=frozenset(about["group"]),
        elisions=grammar.elisions,
        suffixes=grammar.suffixes,
        months=calendar("months", "wide", times["months"]),
        months_short=calendar("months", "abbreviated", times["months_short"]),
        weekdays=calendar("weekdays", "wide", times["weekdays"]),
        weekdays_short=calendar("weekdays", "abbreviated", times["weekdays_short"]),
        seasons=grammar.listed(times["seasons"]),
        feasts=grammar.phrases(_feasts(times.get("feasts", {}))),
        units=grammar.listed(times["units"]),
        day_parts=grammar.listed(times["day_parts"]),
        relative=grammar.phrases(_relative(times["relative"])),
        modifiers=grammar.listed(times["modifiers"]),
        time_links=grammar.listed(times["links"]),
        cardinals=grammar.numbered(numbers["cardinals"]),
        scales=grammar.numbered(numbers["scales"]),
        ordinals=grammar.numbered(numbers["ordinals"]),
        collectives=grammar.numbered(numbers["collectives"]),
        vague=grammar.phrases(_vague(numbers["vague"])),
        bounds=grammar.listed(numbers["bounds"]),
        kin=grammar.listed(people["kin"]),
        roles=grammar.phrases(_roles(people["roles"])),
        demonyms=grammar.phrases(_demonyms(folder)),
        pronouns=grammar.phrases(_pronouns(people["pronouns"])),
        facilities=grammar.listed(places["facilities"]),
        areas=grammar.listed(places["areas"]),
        organisations=grammar.listed(places["organisations"]),
        place_links=grammar.listed(places["links"]),
        cues=grammar.phrases(_cues(folder)),
        hedges=grammar.listed(about["hedges"]),
        negations=grammar.listed(about["negations"]),
        bases=grammar.listed(about["bases"]),
        withheld=grammar.listed(people["withheld"]),
        acts=grammar.listed(_table(folder, "acts.toml")),
        particles=grammar.listed(people["particles"]),
        examples=_table(folder, "examples.toml"),
    )


def _feasts(own: Table) -> list[tuple[str, int]]:
    """Return the days of the year that have a name, as month * 100 + day: "12-25"."""
    return [(phrase, int(day.replace("-", ""))) for phrase, day in _listed(own)]
