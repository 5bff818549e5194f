"""The words of a text as names are told by, whatever hides them, and the keys of a name's parts."""

import re
import tomllib
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise

from guvoh.languages.fold import fold, skeleton
from guvoh.model.text import Span
from guvoh.resolve.names import same_name

BONES = 3  # consonants by which a part of a name is known again in another spelling
ALIKE = 900  # parts that can be one spelling of another, per mille (resolve.names)
_SHORTEST = 2  # letters of a part that is looked for
_LONGEST = 100  # characters of a word that is read as other languages spell
_STEM = 3  # letters that stay of a name when its ending is taken off

# What is not seen: soft hyphens, zero-width signs, marks of direction, fillers, variation selectors,
# tags, points of vowels. A word that a hyphen parts at the end of a line goes on in the next.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u0591-\u05bd\u05bf\u05c1\u05c2\u061c\u0640\u064b-\u0652\u0670\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e01ef]+|(?<=\\w)[-\u2010\u2011][ \t]?\r?\n[ \t]*(?=\\w)"
)
_MARK = "\u0300-\u036f\u0483-\u0487\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f"
_WORD = re.compile(
    rf"[^\W\d_][^\W\d_{_MARK}]*[{_MARK}]*(?:[^\W\d_]|[{_MARK}]|['’ʻʼ‘`ʹ](?=[^\W\d_]))*|\d+"
)
# Turkish parts the endings of names so: "Karimov'un".
_APOSTROPHE = re.compile(r"([^\W\d_]{3,})['’ʻʼ‘`ʹ][^\W\d_]{1,6}")
# French, Italian and Catalan part a small word so from what follows: "d'Anvar".
_ELIDED = re.compile(r"[^\W\d_]{1,2}['’ʻʼ‘`ʹ]([^\W\d_]{3,})")
# Between the letters of one word no more than one sign stands for a letter.
_DISGUISED = re.compile(r"[^\W_$@][\w$@!]{2,40}")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or number of a text: where it stands, as written, and as the folds that it may be.

    One that is `disguised` ("Kar1m") stands over the words and numbers that it is made of.
    """

    span: Span
    text: str
    folds: tuple[str, ...]
    disguised: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """forms.toml, ready for use."""

    after_consonant: frozenset[str]
    after_stem: frozenset[str]
    after_any: frozenset[str]
    endings: tuple[str, ...]
    stem_endings: tuple[str, ...]
    to_latin: Mapping[int, int]
    to_cyrillic: Mapping[int, int]
    to_letters: Mapping[int, int]
    typed: Mapping[int, int]
    patronymics: tuple[str, ...]
    sons: tuple[str, ...]
    spellings: tuple[tuple[re.Pattern[str], tuple[tuple[str, str], ...]], ...]


@cache
def rules() -> Rules:
    """Return the rules of forms.toml."""
    data = tomllib.loads(files("guvoh.protect").joinpath("forms.toml").read_text("utf-8"))
    latin = data["latin"] + data["latin_capitals"]
    cyrillic = data["cyrillic"] + data["cyrillic_capitals"]
    every = {*data["after_consonant"], *data["after_stem"], *data["after_any"]}
    return Rules(
        frozenset(data["after_consonant"]),
        frozenset(data["after_stem"]),
        frozenset(data["after_any"]),
        tuple(sorted(every, key=lambda ending: (-len(ending), ending))),
        tuple(sorted(data["stem_endings"], key=lambda ending: (-len(ending), ending))),
        str.maketrans(
            cyrillic + data["greek"] + data["others"],
            latin + data["latin_of_greek"] + data["latin_of_others"],
        ),
        str.maketrans(latin, cyrillic),
        str.maketrans(data["digits"], data["letters"]),
        str.maketrans(
            data["keys_latin"] + data["keys_cyrillic"], data["keys_cyrillic"] + data["keys_latin"]
        ),
        tuple(data["patronymics"]),
        tuple(data["sons"]),
        tuple(
            (re.compile(one["signs"]), tuple((old, new) for old, new in one["pairs"]))
            for one in data["spellings"]
        ),
    )


def tokens(text: str) -> list[Token]:
    """Return the words and numbers of a text in order, as they read once nothing hides them."""
    seen, at = seen_of(text)
    found = [
        Token(Span(at(match.start()), at(match.end())), match[0], _folds(match[0]))
        for match in _WORD.finditer(seen)
    ]
    disguised = [
        Token(Span(at(match.start()), at(match.end())), match[0], _undisguised(match[0]), True)
        for match in _DISGUISED.finditer(seen)
        if _is_disguised(match[0])
    ]
    return sorted([*found, *disguised], key=lambda token: token.span) if disguised else found


class At:
    """Maps an offset in the text that is seen to one in the text as it is."""

    def __init__(self, cuts: list[tuple[int, int]]) -> None:
        self._cuts = cuts  # (offset in the seen text, what to add from there on)

    def __call__(self, offset: int) -> int:
        """Return where a character of the text that is seen stands in the text as it is."""
        low = bisect_left(self._cuts, (offset,))
        return offset + (self._cuts[low - 1][1] if low else 0)


def seen_of(text: str) -> tuple[str, At]:
    """Return a text without what is not seen in it, and what maps its offsets back."""
    if text.isascii() and "-" not in text:
        return text, At([])
    pieces: list[str] = []
    cuts: list[tuple[int, int]] = []
    done = length = removed = 0
    for match in _UNSEEN.finditer(text):
        pieces.append(text[done : match.start()])
        length += match.start() - done
        done = match.end()
        removed += match.end() - match.start()
        cuts.append((length, removed))
    pieces.append(text[done:])
    return "".join(pieces), At(cuts)


@lru_cache(maxsize=262144)
def _folds(word: str) -> tuple[str, ...]:
    """Return the folds of a word: as written, and with look-alikes of another script undone."""
    plain = _fold(word)
    if word.isascii():
        return (plain,)
    table = rules()
    mapped = word.translate(table.to_latin)
    if mapped != word and any("a" <= letter.lower() <= "z" for letter in word):
        return tuple(
            dict.fromkeys((plain, _fold(mapped), _fold(word.translate(table.to_cyrillic))))
        )
    if mapped.isascii():
        return tuple(dict.fromkeys((plain, _fold(mapped))))
    return (plain,)


def _fold(word: str) -> str:
    return fold(word).replace("'", "").replace(" ", "")


@lru_cache(maxsize=262144)
def otherwise(word: str) -> tuple[str, ...]:
    """Return the folds of a word read as other languages spell, and without what follows an apostrophe."""
    if len(word) > _LONGEST:
        return ()
    small = unicodedata.normalize("NFC", word).casefold()
    found: dict[str, None] = {}
    stem = _APOSTROPHE.match(small)
    if stem:
        found[_fold(stem[1])] = None
    elided = _ELIDED.fullmatch(small)
    if elided:
        found[_fold(elided[1])] = None
    for signs, pairs in rules().spellings:
        if signs.search(small):
            read = small
            for old, new in pairs:
                read = read.replace(old, new)
            found[_fold(read)] = None
    found.pop(_fold(word), None)
    return tuple(found)


def _is_disguised(word: str) -> bool:
    table = rules().to_letters
    signs = sum(ord(letter) in table for letter in word)
    letters = sum(letter.isalpha() for letter in word)
    return 0 < signs <= 3 and letters >= 3 and not any(letter in "269" for letter in word)


@lru_cache(maxsize=65536)
def _undisguised(word: str) -> tuple[str, ...]:
    first = word.translate(rules().to_letters)
    other = word.replace("1", "i").translate(rules().to_letters)
    return tuple(dict.fromkeys((*_folds(first), *_folds(other))))


@lru_cache(maxsize=262144)
def stems(folded: str) -> tuple[tuple[str, str], ...]:
    """Return (stem, ending) of a folded word for each ending it may bear, itself first."""
    found = [(folded, "")]
    # Names in -ov and -ev as they were long written, and as French, Italian and Greek write them.
    for old, new in (("off", "ov"), ("eff", "ev"), ("of", "ov"), ("ef", "ev")):
        if folded.endswith(old) and len(folded) - len(old) >= _STEM:
            found.append((folded.removesuffix(old) + new, ""))
    found += [
        (folded[: -len(ending)], ending)
        for ending in rules().endings
        if folded.endswith(ending) and len(folded) - len(ending) >= _STEM
    ]
    return tuple(found)


@lru_cache(maxsize=65536)
def bare(part: str) -> tuple[str, ...]:
    """Return what stays of a folded part of a name before case endings: Gulnar-a, Dostoevsk-iy, Pav(e)l."""
    found = [
        part[: -len(ending)]
        for ending in rules().stem_endings
        if part.endswith(ending) and len(part) - len(ending) >= _STEM
    ]
    fleeting = re.fullmatch(r"(.{2,})[eo]([^aeiouy]{1,2})", part)
    if fleeting:
        found.append(fleeting[1] + fleeting[2])
    return tuple(found)


def keys(part: str) -> Iterator[str]:
    """Yield the keys under which a folded part of a name is looked for."""
    yield part
    yield from bare(part)
    for piece in (part, *bare(part)):
        bones = skeleton(piece)
        if len(bones) >= BONES:
            yield "~" + bones


@lru_cache(maxsize=262144)
def asked(folded: str) -> tuple[tuple[str, str, str], ...]:
    """Return (key, stem, ending) for each way in which a folded word may be a part of a name."""
    found: list[tuple[str, str, str]] = []
    for stem, ending in stems(folded):
        found.append((stem, stem, ending))
        bones = skeleton(stem)
        if len(bones) >= BONES:
            found.append(("~" + bones, stem, ending))
    return tuple(found)


@lru_cache(maxsize=262144)
def is_form(stem: str, ending: str, part: str) -> bool:
    """Say whether a stem with its ending is a form or a spelling of a folded part of a name."""
    table = rules()
    if not ending:
        return stem == part or _spelt_alike(stem, part)
    ends_open = part[-1:] in tuple("aeiouy")
    whole = table.after_any if ends_open else table.after_any | table.after_consonant
    if ending in whole and (stem == part or _spelt_alike(stem, part)):
        return True
    if ending not in table.after_stem | table.after_consonant:
        return False
    return any(stem == short or _spelt_alike(stem, short) for short in bare(part))


@lru_cache(maxsize=262144)
def _spelt_alike(one: str, other: str) -> bool:
    if len(skeleton(one)) < BONES or skeleton(one) != skeleton(other):
        return False
    return same_name(one, other).score >= ALIKE


def parts(name: str) -> tuple[str, ...]:
    """Return the folded parts of a name that are long enough to be looked for, in order."""
    found = (_fold(match[0]) for match in _WORD.finditer(seen_of(name)[0]))
    return tuple(part for part in found if len(part) >= _SHORTEST and not part.isdigit())


def typed(name: str) -> tuple[str, ...]:
    """Return the folded words of a name as typed on a keyboard of the other script, those that are long enough."""
    words = (word.translate(rules().typed) for word in name.casefold().split())
    return tuple(word for word in map("".join, map(parts, words)) if len(word) > _STEM + 1)


def of_fathers(every: Sequence[str]) -> Iterator[str]:
    """Yield what other languages write for the patronymics among a name's parts: Sobir oʻgʻli, Sobirzoda."""
    for part in every:
        ending = next((one for one in rules().patronymics if part.endswith(one)), None)
        if ending is not None and len(part) - len(ending) >= _STEM:
            yield from (part.removesuffix(ending) + son for son in rules().sons)


def glued(every: Sequence[str]) -> tuple[str, ...]:
    """Return the parts of a name written together, in the orders in which people write them."""
    if len(every) < 2:
        return ()
    orders = ["".join(every), "".join(reversed(every))]
    orders += [a + b for a, b in pairwise(every)]
    orders += [every[0] + every[-1], every[-1] + every[0]]
    return tuple(dict.fromkeys(orders))
