"""A profile: the terms by which pages on one theme are known, in many languages."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from ahocorasick_rs import AhoCorasick

from guvoh.languages.fold import fold

_APART = str.maketrans(dict.fromkeys("\t\n\r.,;:!?()[]{}<>\"'/\\|-–—«»“”„…*#=+_&%$@^~", " "))


_SHORT = 4  # letters; a shorter term is a whole word


class ProfileError(Exception):
    """A profile can't be used; the message says why."""


@dataclass(frozen=True, slots=True)
class Profile:
    """Groups of terms; a page is relevant that has terms of at least `least` groups.

    `terms` are folded beginnings of words with a space before them (and one behind, where a whole
    word is meant), `group_of` gives for each the ordinal of its group.
    """

    title: str
    least: int
    groups: tuple[str, ...]
    terms: tuple[str, ...]
    group_of: tuple[int, ...]


def read_profile(name: str) -> Profile:
    """Return a profile that ships with guvoh, by its name, or one in a file; raises ProfileError."""
    shipped = files("guvoh.bulk").joinpath("profiles", f"{name}.toml")
    if "/" not in name and "\\" not in name and shipped.is_file():
        return parse_profile(shipped.read_text(encoding="utf-8"), name)
    try:
        text = Path(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        known = ", ".join(shipped_profiles())
        raise ProfileError(
            f"{name}: no such profile. Name a file in UTF-8, or one of: {known}."
        ) from None
    return parse_profile(text, name)


def shipped_profiles() -> list[str]:
    """Return the names of the profiles that ship with guvoh."""
    folder = files("guvoh.bulk").joinpath("profiles")
    return sorted(
        one.name.removesuffix(".toml") for one in folder.iterdir() if one.name.endswith(".toml")
    )


def parse_profile(text: str, name: str) -> Profile:
    """Return the profile that a TOML text describes; raises ProfileError with the place of a fault."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise ProfileError(f"{name}: not a profile in TOML: {fault}.") from None
    groups, least = data.get("terms"), data.get("least")
    if not isinstance(groups, dict) or not groups:
        raise ProfileError(f"{name}: no groups of terms. Add [terms.NAME] with a list a language.")
    if not isinstance(least, int) or not 1 <= least <= len(groups):
        raise ProfileError(f"{name}: `least` must be a number from 1 to {len(groups)}.")
    group_of: dict[tuple[str, int], None] = {}
    for ordinal, (group, languages) in enumerate(groups.items()):
        if not isinstance(languages, dict):
            raise ProfileError(f"{name}: [terms.{group}] must have a list of words a language.")
        for language, words in languages.items():
            if not isinstance(words, list) or not all(isinstance(w, str) and w for w in words):
                raise ProfileError(f"{name}: {language} in [terms.{group}] is no list of words.")
            group_of.update(dict.fromkeys((_term(word), ordinal) for word in words))
    return Profile(
        title=str(data.get("title", name)),
        least=least,
        groups=tuple(groups),
        terms=tuple(term for term, _ in group_of),
        group_of=tuple(ordinal for _, ordinal in group_of),
    )


def _term(word: str) -> str:
    """Return a term as it is looked for; a beginning of three letters would begin too many words."""
    folded = spaced(word.removesuffix("."))
    ending = " " if word.endswith(".") or len(folded) < _SHORT else ""
    return f" {folded}{ending}"


def spaced(text: str) -> str:
    """Return the folded words of a text with one space between them."""
    return " ".join(fold(text).translate(_APART).split())


@lru_cache(maxsize=4)
def _automaton(terms: tuple[str, ...]) -> AhoCorasick:
    return AhoCorasick(terms)


def groups_in(profile: Profile, text: str) -> int:
    """Return the groups of a profile that occur in a text, a bit for each."""
    found = 0
    whole = f" {spaced(text)} "
    for term, _, _ in _automaton(profile.terms).find_matches_as_indexes(whole, overlapping=True):
        found |= 1 << profile.group_of[term]
    return found
