"""What reading knows of a language's words, out of its data files, ready to be matched on tokens."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib import resources
from typing import Any, NamedTuple

from guvoh.languages.lexicon import load, nearest
from guvoh.languages.phrases import key
from guvoh.reading.tokens import Splitting, Token, tokenize
from guvoh.reading.wordlists import entries, groups

_BRACES = re.compile(r"\{([^{}]*)\}")
FALLBACK = "en"
_SEEN = 1 << 14  # words whose beginnings are remembered


class Entry(NamedTuple):
    """One form of a lexicon word: its section (`cue`, `person` …), lemma, form and properties.

    `citation` is the nominative of the same number in languages whose nouns have cases.
    """

    section: str
    lemma: str
    form: str
    info: Mapping[str, Any]
    citation: str = ""


class Match(NamedTuple):
    """An entry found on the tokens `first` to `last` (exclusive)."""

    first: int
    last: int
    entry: Entry


_Branch = list[tuple[tuple[str, ...], Entry]]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """A language's words for reading; `words` maps a set's name ("determiners") to its words."""

    language: str
    splitting: Splitting
    abbreviations: frozenset[str]
    words: Mapping[str, frozenset[str]]
    endings: Mapping[str, tuple[str, ...]]
    order: Mapping[str, Any]
    kin: Mapping[str, Mapping[str, Any]]
    branches: Mapping[str, _Branch] = field(repr=False)
    openings: Mapping[str, tuple[Mapping[str, _Branch], Sequence[Entry]]] = field(repr=False)
    prefixes: Mapping[str, Entry] = field(repr=False)
    prefix_lengths: tuple[int, ...] = ()
    nouns: frozenset[str] = frozenset()
    groups: Mapping[str, frozenset[str]] = field(default_factory=dict, repr=False)
    seen: dict[str, Entry | None] = field(default_factory=dict, repr=False)  # words looked up

    def at(self, lows: tuple[str, ...], index: int) -> list[Match]:
        """Return the entries that begin at token `index`, longest first; `lows` are the tokens in lower case."""
        low = lows[index]
        found: list[Match] = []
        opened = self.openings.get(low)
        if opened is not None:
            longer, alone = opened
            if longer and index + 1 < len(lows):
                for rest, entry in longer.get(lows[index + 1], ()):
                    last = index + 1 + len(rest)
                    if lows[index + 1 : last] == rest:
                        found.append(Match(index, last, entry))
            found += [Match(index, index + 1, entry) for entry in alone]
        if not found and self.prefixes:
            entry_ = self._prefixed(low)
            if entry_ is not None:
                found.append(Match(index, index + 1, entry_))
        return found

    def beginnings(self, lows: Sequence[str]) -> Sequence[int]:
        """Return the tokens at which an entry can begin; any can where entries are beginnings of words."""
        if self.prefixes:
            return range(len(lows))
        known = self.openings
        return [index for index, low in enumerate(lows) if low in known]

    def _prefixed(self, low: str) -> Entry | None:
        """Return the entry whose beginning of a word is the longest that `low` begins with."""
        if low not in self.seen:
            if len(self.seen) >= _SEEN:
                self.seen.clear()
            found = (self.prefixes.get(low[:length]) for length in self.prefix_lengths)
            self.seen[low] = next((entry for entry in found if entry is not None), None)
        return self.seen[low]

    def has(self, group: str, token: Token) -> bool:
        """Return whether the token is in the set of words `group`."""
        return token.low in self.words.get(group, frozenset())


@lru_cache(maxsize=32)
def lexicon_of(language: str) -> Lexicon:
    """Return the lexicon of a language code ("en", "uz-Cyrl"); English where there is none."""
    for code in (language, language.split("-", maxsplit=1)[0], nearest(language), FALLBACK):
        table = None if code is None else _table(code)
        if code is not None and table is not None:
            return _build(code, table)
    raise LookupError(language)


def _table(code: str) -> dict[str, Any] | None:
    folder = resources.files("guvoh.languages") / code
    tables = []
    for name in ("attribution.toml",):
        path = folder / name
        if path.is_file():
            tables.append(tomllib.loads(path.read_text(encoding="utf-8")))
    if not tables:
        return None
    joined = dict(tables[0])
    for table in tables[1:]:
        joined.update(table)
    return joined


def _splitting(table: Mapping[str, Any]) -> Splitting:
    """Return how a table says that its language's words are split."""
    given = table.get("splitting", {})
    return Splitting(
        bool(given.get("possessive", False)),
        frozenset(given.get("elided", ())),
        tuple(given.get("suffixed", ())),
    )


def _pieces(words: str, splitting: Splitting) -> list[str]:
    """Return an entry's words as the tokens of a text are: "s'inquiète" is two."""
    if "'" not in words and "-" not in words:
        return words.split()
    found: list[str] = []
    for part in words.split():
        # An elision ("prévoient d'") is a token of its own before what follows in a text.
        cut = [part] if part.endswith("'") else [token.low for token in tokenize(part, splitting)]
        found += cut
    return found


def _build(code: str, table: dict[str, Any]) -> Lexicon:
    paradigms: dict[str, dict[str, list[str]]] = table.get("paradigms", {})
    branches: dict[str, _Branch] = {}
    prefixes: dict[str, Entry] = {}
    splitting = _splitting(table)
    for section, lemma_words, info in _sections(table):
        citations: dict[str, str] = {}
        for lemma, form, words in _forms(lemma_words, paradigms):
            entry = Entry(section, lemma, form, info, citations.setdefault(form, words))
            if words.endswith("*"):
                prefixes.setdefault(words[:-1], entry)
                continue
            for spelt in dict.fromkeys((words, words.replace("ё", "е"))):
                first, *rest = _pieces(spelt, splitting)
                branches.setdefault(first, []).append((tuple(rest), entry))
    known: dict[str, set[str]] = {}
    if "cues" not in table:
        language = load(code)
        known = groups(language)
        many = tuple(table.get("endings", {}).get("plural", ("\0",)))
        for section, lemma, words, info in entries(language):
            first, *rest = words.split()
            plural = section in ("person", "kin") and words.endswith(many)
            entry = Entry(section, lemma, "pl" if plural else "", info)
            branches.setdefault(first, []).append((tuple(rest), entry))
    for branch in branches.values():
        branch.sort(key=lambda pair: -len(pair[0]))
    abbreviations = frozenset(table.get("splitting", {}).get("abbreviations", ()))
    sets = {name: frozenset(_all_forms(words, paradigms)) for name, words in table["words"].items()}
    if known:
        # The common lists write е for ё; so must the words they are matched on.
        sets = {name: frozenset(key(word) for word in words) for name, words in sets.items()}
    for name, more in known.items():
        sets[name] = sets.get(name, frozenset()) | more
    return Lexicon(
        language=code,
        splitting=replace(
            splitting,
            titles=abbreviations & sets.get("titles", frozenset()),
            plain=bool(known),
        ),
        abbreviations=abbreviations,
        words=sets,
        endings={name: tuple(ends) for name, ends in table.get("endings", {}).items()},
        order=table.get("order", {}),
        kin={row["key"]: row for row in table.get("kin", ())},
        branches=branches,
        openings={first: _opening(branch) for first, branch in branches.items()},
        prefixes=prefixes,
        prefix_lengths=tuple(sorted({len(p) for p in prefixes}, reverse=True)),
        groups=_groups(sets),
        nouns=frozenset(
            first
            for first, branch in branches.items()
            if any(
                entry.section in ("person", "group", "organisation", "document", "kin")
                for _, entry in branch
            )
        ),
    )


def _opening(branch: _Branch) -> tuple[dict[str, _Branch], list[Entry]]:
    """Return the entries of a first word that go on, by their second word, and those that end with it."""
    longer: dict[str, _Branch] = {}
    for rest, entry in branch:
        if rest:
            longer.setdefault(rest[0], []).append((rest, entry))
    return longer, [entry for rest, entry in branch if not rest]


def _groups(sets: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """Return for each word the sets that it is in."""
    groups: dict[str, set[str]] = {}
    for name, words in sets.items():
        for word in words:
            groups.setdefault(word, set()).add(name)
    return {word: frozenset(names) for word, names in groups.items()}


def _sections(table: dict[str, Any]) -> Iterable[tuple[str, str, Mapping[str, Any]]]:
    """Yield every entry of the table as (section, words, properties)."""
    for section in (
        "cues",
        "nouns",
        "kin",
        "triggers",
        "hedges",
        "knowing",
        "anonymity",
        "pointers",
    ):
        for row in table.get(section, ()):
            info = {key: value for key, value in row.items() if key != "words"}
            name = str(info.get("class", section)) if section == "nouns" else section
            for words in row["words"]:
                yield name, words, info


def _forms(
    words: str, paradigms: Mapping[str, Mapping[str, Sequence[str]]]
) -> list[tuple[str, str, str]]:
    """Return (lemma, form, words) of an entry.

    "stem@paradigm" takes its endings from the language's table of paradigms, "say/says/said/saying"
    gives base, present, past and participle, "man/men" singular and plural (`|` parts variants, of
    a singular alone where no plural follows), and
    braces give variants of one form: "spokes{man,woman}".
    """
    if "/" in words or "|" in words:
        parts = [part.strip() for part in words.split("/")]
        names = ("sg", "pl") if len(parts) <= 2 else ("base", "pres", "past", "ing")
        head, _, tail = parts[-1].partition(" ")
        if tail and len(parts) == 4 and not any(" " in part for part in parts[:-1]):
            # "go/goes/went/going on to say": what follows the last form follows each.
            parts = [f"{part} {tail}" for part in (*parts[:-1], head)]
        lemma = parts[0].split("|")[0]
        return [
            (lemma, name, variant)
            for name, part in zip(names, parts, strict=False)
            for variant in part.split("|")
        ]
    if "@" in words:
        stem, _, rest = words.partition("@")
        name, _, tail = rest.partition(" ")
        tail = f" {tail}" if tail else ""
        found: list[tuple[str, str, str]] = []
        lemma = ""
        for form, ends in paradigms[name].items():
            for ending in ends:
                lemma = lemma or stem + ending + tail
                found.append((lemma, form, stem + ending + tail))
        return found
    expanded = list(_expand(words))
    return [(expanded[0], "", each) for each in expanded]


def _all_forms(
    words: Iterable[str], paradigms: Mapping[str, Mapping[str, Sequence[str]]]
) -> list[str]:
    return [form for each in words for _, _, form in _forms(each, paradigms)]


def _expand(words: str) -> Iterable[str]:
    match = _BRACES.search(words)
    if match is None:
        yield words
        return
    for choice in match.group(1).split(","):
        yield from _expand(words[: match.start()] + choice + words[match.end() :])
