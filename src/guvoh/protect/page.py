"""The words of a text as detection sees them, with what is known of English words by themselves."""

import re
import tomllib
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib.resources import files

from babel import Locale

from guvoh.languages.fold import fold
from guvoh.languages.lexicon import LANGUAGES
from guvoh.languages.uncapitalised import stems, uncapitalised
from guvoh.lineage.background import RAREST, word_weight
from guvoh.model.text import Span
from guvoh.resolve.nominative import is_no_name

_WORD = re.compile(r"§+|%|(?:[^\W\d_]\.){1,4}(?!\w)|[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:[.,:/]\d+)*")
# Fewer capitals than one letter in two hundred: nothing can be told by them.
_SMALL = 200
_HEADING = 4  # letters of a word that a heading may have put in capitals


class Kind(StrEnum):
    """What may lead to a person."""

    NAME = "name"  # of a person, body or place: without a registry they are not told apart
    DATE = "date"
    NUMBER = "number"
    PEOPLE = "people"  # nationality, ethnic group
    LIFE = "life"  # work, health, standing
    RARE = "rare word"


@dataclass(frozen=True, slots=True)
class Words:
    """detect.toml, with months, peoples and countries of one language; all folded."""

    generic: frozenset[str]
    law: frozenset[str]
    titles: frozenset[str]
    units: frozenset[str]
    numbers: frozenset[str]
    when: frozenset[str]
    parts: frozenset[str]
    links: frozenset[str]
    being: frozenset[str]
    serving: frozenset[str]
    plain: frozenset[str]
    wide: frozenset[str]
    acronyms: frozenset[str]
    months: frozenset[str]
    days: frozenset[str]
    peoples: frozenset[str]
    countries: frozenset[str]


@cache
def words_of(code: str) -> Words:
    """Return the words of a language; English ones where there is no data of its own."""
    data = tomllib.loads(files("guvoh.protect").joinpath("detect.toml").read_text("utf-8"))
    listed = {key: frozenset(value.split()) for key, value in data.items()}
    locale = Locale(code if code in LANGUAGES else "en")
    forms = [*locale.months["format"].values(), *locale.months["stand-alone"].values()]
    months = {fold(name).strip(".") for form in forms for name in form.values()}
    territories = [name for key, name in locale.territories.items() if len(key) == 2]
    countries = {fold(word) for name in territories for word in re.findall(r"\w+", name)}
    return Words(
        **{key: value for key, value in listed.items() if key != "countries"},
        months=frozenset(name for name in months if len(name) > 1 and not name.isdigit()),
        days=frozenset(fold(day) for day in locale.days["format"]["wide"].values()),
        peoples=_peoples(code),
        countries=frozenset(word for word in countries if len(word) > 2) | listed["countries"],
    )


@cache
def _peoples(code: str) -> frozenset[str]:
    folder = files("guvoh.languages").joinpath(code if code in LANGUAGES else "en")
    rows = folder.joinpath("demonyms.tsv").read_text("utf-8").splitlines()
    named = [row.split("\t")[:2] for row in rows if row and not row.startswith("#")]
    words = (
        word for cells in named for cell in cells for word in re.findall(r"[^\W\d_]{3,}", cell)
    )
    return frozenset(fold(word) for word in words)


@dataclass(slots=True)
class Page:
    """The words of a text, and for each what kind of suspect it is a part of."""

    text: str
    code: str
    spans: list[Span] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    folds: list[str] = field(default_factory=list)
    kinds: list[Kind | None] = field(default_factory=list)
    small: bool = False

    def mark(self, kind: Kind, *places: int) -> None:
        """Make words part of a suspect, unless they are of one already; places outside are left out."""
        for place in places:
            if 0 <= place < len(self.words) and self.kinds[place] is None:
                self.kinds[place] = kind

    def is_number(self, place: int) -> bool:
        """Say whether a word is written in digits."""
        return 0 <= place < len(self.words) and self.words[place][0].isdigit()

    def fold_at(self, place: int) -> str:
        """Return the fold of a word, nothing outside the text."""
        return self.folds[place] if 0 <= place < len(self.folds) else ""

    def marked(self, place: int) -> bool:
        """Say whether a word is part of a suspect."""
        return 0 <= place < len(self.kinds) and self.kinds[place] is not None

    def names(self, place: int) -> bool:
        """Say whether a word is of a name, as far as that can be told."""
        return self.marked(place) and (
            self.kinds[place] is Kind.NAME or (self.small and self.kinds[place] is Kind.RARE)
        )

    def gap(self, place: int) -> str:
        """Return what stands between a word and the next."""
        if place + 1 >= len(self.spans):
            return "\n"
        return self.text[self.spans[place].end : self.spans[place + 1].start]

    def capital(self, place: int) -> bool:
        """Say whether a word has a capital; in a heading of capitals that says nothing."""
        if not 0 <= place < len(self.words) or not self.words[place][0].isupper():
            return False
        word = self.words[place]
        return not (len(word) >= _HEADING and word.isupper() and is_known(self, place))

    def begins(self, place: int) -> bool:
        """Say whether a word begins a sentence, so that its capital says nothing."""
        before = self.text[max(0, self.spans[place].start - 12) : self.spans[place].start]
        before = before.rstrip(" \u00a0\t\"“”‘’()'«»[]—–-")
        return not before or before[-1] in "\n.!?:;…"


def page_of(text: str, language: str) -> Page:
    """Return the words of a text, nothing marked yet."""
    page = Page(text, language.partition("-")[0])
    for match in _WORD.finditer(text):
        page.spans.append(Span(*match.span()))
        page.words.append(match[0])
        page.folds.append(fold(match[0]).removesuffix("'s").replace("'", "").strip("."))
    page.kinds = [None] * len(page.words)
    page.small = sum(map(str.isupper, text)) * _SMALL < len(text)
    return page


def is_known(page: Page, at: int) -> bool:
    """Say whether a word is one that texts write in small letters too, or a form of one."""
    if page.code == "ru" and is_no_name(page.words[at]):
        return True
    return is_everyday(page.code, page.folds[at])


def is_everyday(code: str, folded: str) -> bool:
    """Say whether a folded word, or that of which it is a form, is one that texts write in small letters too."""
    return is_common(code, folded) or _stem_known(code, folded)


def is_common(code: str, folded: str) -> bool:
    """Say whether texts write a word in small letters too; True where no words are listed."""
    if code == "en":
        return folded in uncapitalised() or folded in words_of(code).plain
    return word_weight(code, folded) < RAREST


def _stem_known(code: str, folded: str) -> bool:
    """Say whether the word is a form of one that is known."""
    generic = words_of(code).generic
    return any(is_common(code, stem) or stem in generic for stem in stems(folded))
