"""Interface text in the user's language, from `.po` files, and any text made safe to show."""

import re
import traceback
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from gettext import c2py
from importlib.resources import files
from pathlib import PurePath

LANGUAGES = ("en", "ru")
_GERMANIC = "n != 1"
_STOP = ". "
_SLOT = re.compile(r"\{\d\}")


@dataclass(frozen=True, slots=True)
class Words:
    """Says English interface texts in one language; what has no translation stays English."""

    language: str
    singular: Mapping[str, str]
    terms: Mapping[str, str]
    plural: Mapping[tuple[str, str], tuple[str, ...]]
    form: Callable[[int], int]
    roles: Mapping[str, str] = field(default_factory=dict)
    sentences: tuple["Sentence", ...] = ()

    def __call__(self, text: str) -> str:
        """Return `text` in this language."""
        return self.singular.get(text, text)

    def term(self, text: str) -> str:
        """Return a value of a vocabulary of the model (a stance, a relation) in this language."""
        return self.terms.get(text, text)

    def role(self, text: str) -> str:
        """Return the kin or office by which a person goes who has no name: "sister", "police-officer"."""
        return self.roles.get(text, text)

    def sentence(self, text: str) -> str:
        """Return what a finding says, or its evidence, in this language; as it is where that is unknown.

        A case stores them in English, with values in them: "15 sentences follow each other in both".
        """
        return self._said(text, _STOP) or self._apart(text) or self._said(text) or self(text)

    def _said(self, text: str, never: str = "") -> str | None:
        """Return a sentence of which no value holds `never`, None where it is none that is known."""
        for one in self.sentences:
            values = one.values_in(text)
            if values is not None and not (never and any(never in value for value in values)):
                return one.said.format(*map(self._within, values))
        return self.singular.get(text)

    def _apart(self, text: str) -> str | None:
        """Return several sentences, None where the first is none that is known."""
        first, stop, rest = text.partition(_STOP)
        said = self._said(f"{first}.") if stop else None
        return said and f"{said} {self.sentence(rest)}"

    def _within(self, text: str) -> str:
        """Return what stands in a sentence: a value, or another sentence that begins small there."""
        if not text[:1].islower():
            return self._languages(text) or self.sentence(text)
        whole = text[0].upper() + text[1:]
        said = self.sentence(whole)
        return self.sentence(text) if said == whole else said[0].lower() + said[1:]

    def _languages(self, text: str) -> str | None:
        """Return names of languages as they are in this one, None where something else stands there."""
        tags = [_tags().get(name) for name in text.split(", ")]
        named = [language_name(tag, self.language) for tag in tags if tag]
        return ", ".join(named) if len(named) == len(tags) else None

    def count(self, number: int, one: str, many: str) -> str:
        """Return the noun that goes with `number`: "1 report", "2 reports"."""
        return f"{number} {self.noun(number, one, many)}"

    def noun(self, number: int, one: str, many: str) -> str:
        """Return the noun that goes with `number`, without it."""
        forms = self.plural.get((one, many))
        return forms[self.form(number)] if forms else (one if number == 1 else many)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with slots: the English between them, and the translation, with "{0}" and "{1}"."""

    pieces: tuple[str, ...]
    said: str

    def values_in(self, text: str) -> list[str] | None:
        """Return what stands in the slots of an English text, None where it is another sentence."""
        first, *rest = self.pieces
        if not text.startswith(first) or not text.endswith(self.pieces[-1]):
            return None
        values: list[str] = []
        at = len(first)
        for number, piece in enumerate(rest, 1):
            last = number == len(rest)
            end = len(text) - len(piece) if last else text.find(piece, at)
            if end < at:
                return None
            values.append(text[at:end])
            at = end + len(piece)
        return values if at == len(text) else None


@cache
def words(language: str) -> Words:
    """Return the words of `language`; English where there is no catalogue."""
    source = files("guvoh").joinpath("locale", f"{language}.po")
    if not source.is_file():
        return Words("en", {}, {}, {}, c2py(_GERMANIC))
    from babel.messages.pofile import read_po  # late: most commands say little

    with source.open("rb") as stream:
        catalog = read_po(stream, locale=language)
    singular: dict[str, str] = {}
    terms: dict[str, str] = {}
    roles: dict[str, str] = {}
    plural: dict[tuple[str, str], tuple[str, ...]] = {}
    sentences: list[Sentence] = []
    for message in catalog:
        if isinstance(message.id, str):
            if message.id and isinstance(message.string, str) and message.string:
                if message.context == "sentence" or _SLOT.search(message.id):
                    sentences.append(Sentence(tuple(_SLOT.split(message.id)), message.string))
                if message.context == "sentence":
                    continue
                kept = {"term": terms, "role": roles}.get(message.context or "", singular)
                kept[message.id] = message.string
        elif isinstance(message.string, tuple) and all(message.string):
            plural[(message.id[0], message.id[1])] = message.string
    # Of two that fit, the one with more English in it says more.
    sentences.sort(key=lambda one: -sum(map(len, one.pieces)))
    form = c2py(catalog.plural_expr)
    return Words(language, singular, terms, plural, form, roles, tuple(sentences))


def fault_line(fault: BaseException) -> str:
    """Return where guvoh itself failed, without a word of any report."""
    place = traceback.extract_tb(fault.__traceback__)[-1]
    return (
        f"guvoh has a fault of its own ({type(fault).__name__} at {PurePath(place.filename).name}:"
        f"{place.lineno}). What was taken in is kept. Please report this line; with "
        "GUVOH_TRACEBACK=1 set, running the command again shows more."
    )


_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def shown(name: str) -> str:
    r"""Return a name that is safe on a terminal and on a page's line: nothing in it acts.

    Control, format (direction marks among them), surrogate, private and unassigned characters and
    line separators become `\n`, `\x1b`, `\u202e` and the like; all else stays as it is.
    """
    return "".join(char if is_harmless(char) else _escaped(char) for char in name)


def is_harmless(char: str) -> bool:
    """Say whether a character does nothing but show itself."""
    return (char.isascii() and char.isprintable()) or unicodedata.category(char) not in _ACTING


_ACTING = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def _escaped(char: str) -> str:
    code = ord(char)
    if char in _SHORT:
        return _SHORT[char]
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


_SCRIPTS = ("", "-Arab", "-Cyrl", "-Latn")


@cache
def _tags() -> Mapping[str, str]:
    """Return tags of languages, in the scripts that reports are told apart by, by their English names."""
    from babel import Locale

    two = [tag for tag in Locale.parse("en").languages if len(str(tag)) == 2]
    return {language_name(f"{tag}{script}"): f"{tag}{script}" for tag in two for script in _SCRIPTS}


@cache
def language_name(tag: str, interface: str = "en") -> str:
    """Return the name of a language and its script, as Unicode CLDR has it; the tag where it has none."""
    if tag == "und":
        return "an unknown language"
    code, _, script = tag.partition("-")
    from babel import Locale

    locale = Locale.parse(interface)
    name = locale.languages.get(code, tag)
    return f"{name} ({locale.scripts.get(script, script)})" if script else name
