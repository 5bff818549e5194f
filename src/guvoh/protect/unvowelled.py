"""Names in scripts that leave vowels out, Hebrew and Arabic: told by their consonants, then letter by letter."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from itertools import product

from guvoh.languages.fold import skeleton

_SCRIPT = re.compile("[\u05d0-\u05ea\u0621-\u06d3]")
_LEAST = (
    3  # consonants of a part that is looked for, and letters that stay of a word without its prefix
)
_ALONE = 4  # consonants of one that is looked for without another part beside it
_VARIANTS = 2  # letters of a word that may be consonants or vowels and are tried as both
# Consonants that one letter of these scripts stands for, or that they write in several ways.
_CLASSES = str.maketrans("vfbxcwj", "pppkssg")


def is_unvowelled(word: str) -> bool:
    """Say whether a word is written in a script that leaves vowels out."""
    return _SCRIPT.match(word) is not None


def key_of(part: str) -> str | None:
    """Return the key under which a folded part of a name is looked for, None where it is too short."""
    classes = _classes(skeleton(part).removeprefix("a"))
    return f"≈{classes}" if len(classes) >= _LEAST else None


def stands_alone(part: str) -> bool:
    """Say whether a folded part of a name has consonants enough to be meant by a word of its own."""
    return len(key_of(part) or "") > _ALONE


def asked(word: str) -> Iterator[tuple[str, re.Pattern[str]]]:
    """Yield the keys that a word may have, with what a folded part must match that it spells."""
    for stem in _without_prefixes(word):
        letters = _letters(stem)
        pattern = re.compile(_BETWEEN.join(("", *(sound for sound, _ in letters), "")))
        for classes in _keys(letters):
            yield f"≈{classes}", pattern


_BETWEEN = "[aeiouy']*"
_Letter = tuple[str, tuple[str, ...]]  # a pattern of what it may sound like, and its classes


@cache
def _tables() -> tuple[Mapping[str, _Letter], tuple[str, ...]]:
    """Return the letters with what they stand for, and the prefixes, of unvowelled.toml."""
    text = files("guvoh.protect").joinpath("unvowelled.toml").read_text("utf-8")
    data = tomllib.loads(text)
    letters = {letter: _letter(sounds) for letter, sounds in data["letters"].items()}
    return letters, tuple(data["prefixes"])


def _letter(sounds: str) -> _Letter:
    every = sounds.split()
    said = [one for one in every if one != "-"]
    pattern = f"(?:{'|'.join(f'{one}+' for one in said)})" + ("?" if "-" in every else "")
    classes = {_classes(skeleton(f"o{one}").removeprefix("a")) for one in said}
    return pattern, tuple(sorted(classes | ({""} if "-" in every else set())))


def _letters(word: str) -> list[_Letter]:
    table, _ = _tables()
    found: list[_Letter] = []
    at = 0
    while at < len(word):
        two = word[at : at + 2]
        letter = table.get(two) or table.get(word[at])
        at += 2 if two in table else 1
        if letter is not None:
            found.append(letter)
    return found


def _keys(letters: list[_Letter]) -> set[str]:
    """Return the classes that the letters may be, of which the first few doubtful ones are tried."""
    doubtful = 0
    choices: list[tuple[str, ...]] = []
    for _, classes in letters:
        doubtful += len(classes) > 1
        choices.append(classes if doubtful <= _VARIANTS else classes[:1])
    every = {re.sub(r"(.)\1+", r"\1", "".join(one)) for one in product(*choices)}
    return {one for one in every if len(one) >= _LEAST}


def _classes(bones: str) -> str:
    return re.sub(r"(.)\1+", r"\1", bones.translate(_CLASSES))


@lru_cache(maxsize=65536)
def _without_prefixes(word: str) -> tuple[str, ...]:
    """Return a word, and what stays of it without "and", "to", "the", which are written together with it."""
    _, prefixes = _tables()
    rest = [word[len(one) :] for one in prefixes if word.startswith(one)]
    return (word, *(one for one in dict.fromkeys(rest) if len(one) >= _LEAST))
