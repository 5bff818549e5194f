"""How rare words and names are in general, from a shipped table and never from the case."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from math import log

from guvoh.languages.fold import bones, fold

# Weights are natural logarithms of rarity in tenths. A word below the table's least count weighs
# as much as one in a thousand texts.
RAREST = 69
_SWAPPED = str.maketrans("czjw", "ksgs")
_DOUBLE_U = re.compile(r"^(?:u(?=[aeiouy])|wh)")
_LEAST = 1


@lru_cache(maxsize=16384)
def coarse(word: str) -> str:
    """Return the skeleton of a word with the consonants joined that scripts and languages swap."""
    return coarse_of(fold(word))


def coarse_of(folded: str) -> str:
    """Return `coarse` of a word that is folded: a "Уэст" is a West, and a "Уитакер" a Whitaker."""
    if folded[:1] in ("u", "w"):
        folded = _DOUBLE_U.sub("w", folded)
    return bones(folded).translate(_SWAPPED)


@cache
def _shares() -> Mapping[str, Mapping[str, int]]:
    """Return for each counted language: folded word → texts per thousand that hold it."""
    table: dict[str, dict[str, int]] = {}
    source = files("guvoh.lineage").joinpath("data", "background.tsv")
    for line in source.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            language, word, share = line.split("\t")
            table.setdefault(language, {})[word] = int(share)
    return table


@cache
def _stopwords() -> Mapping[str, frozenset[str]]:
    source = files("guvoh.lineage").joinpath("data", "stopwords.toml")
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    return {language: frozenset(words.split()) for language, words in data.items()}


@cache
def _skeleton_shares() -> Mapping[str, int]:
    """Return for each skeleton the texts per thousand that hold a word with it, over languages."""
    shares: dict[str, int] = {}
    for words in _shares().values():
        for word, share in words.items():
            key = coarse_of(word)  # the table's words are folded
            if key:
                shares[key] = min(shares.get(key, 0) + share, 1000)
    return shares


@cache
def _weight(share: int) -> int:
    return max(round(10 * log(1000 / max(share, _LEAST))), 1)


@lru_cache(maxsize=16384)
def word_weight(language: str, word: str) -> int:
    """Return the rarity of a folded word in tenths, 1 (in every text) to 69 (in one of 1,000).

    A language without counts gives its stop words and words of up to three letters little, and
    other words by their length, for longer words are rarer in every language.
    """
    if len(word) < 2:
        return 1
    shares = _shares().get(language)
    if shares is not None:
        return _weight(shares.get(word, _LEAST))
    if len(word) < 3 or word in _stopwords().get(language, frozenset()):
        return 5
    return min(15 + 6 * (len(word) - 3), 55)


@lru_cache(maxsize=16384)
def skeleton_weight(key: str) -> int:
    """Return the rarity of a skeleton in tenths, over all counted languages."""
    return _weight(_skeleton_shares().get(key, _LEAST))


def folded_word(word: str) -> str:
    """Return the fold of one word as the tables are keyed: no apostrophes, at most 24 letters."""
    return as_keyed(fold(word))


def as_keyed(folded: str) -> str:
    """Return a folded word as the tables are keyed."""
    return folded.replace("'", "")[:24]
