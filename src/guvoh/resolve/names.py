"""Whether two names, in any scripts and spellings, can be one: a score per mille and why."""

import re
import tomllib
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import permutations
from typing import NamedTuple

from rapidfuzz.distance.Levenshtein import normalized_similarity as _similar

from guvoh.languages.fold import fold


class Match(NamedTuple):
    """How alike two names are, per mille, and on what that rests; it never says that two people are one."""

    score: int
    why: tuple[str, ...]


_TOKEN = re.compile(r"[a-z0-9]+")
_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
_CASES = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")

# One sign for what alphabets and romanisations write in several ways, longest spellings first. A
# chain of `str.replace` does in a microsecond what one regular expression does in twenty.
_SPELLINGS = (
    ("ce", "se"), ("ci", "si"), ("cy", "si"), ("shch", "S"), ("tsch", "c"), ("sch", "S"),
    ("tch", "c"), ("dzh", "j"), ("dj", "j"), ("zh", "j"), ("sh", "S"), ("ch", "*"), ("ck", "k"),
    ("cz", "*"), ("c", "k"), ("*", "c"), ("kh", "h"), ("gh", "g"), ("ph", "f"), ("th", "t"),
    ("ts", "s"), ("tz", "s"), ("h", "x"), ("oo", "u"), ("ou", "u"), ("ee", "i"),
)  # fmt: skip
_SIGNS = str.maketrans("yeoqw", "iiukv")
_DOUBLED = re.compile(r"(.)(?=\1)")
_ONE_VOWEL = str.maketrans("iu", "aa")
_NO_VOWEL = {ord(vowel): None for vowel in "aiu"}
# Consonants that transcriptions confuse, and those that Arabic letters do not keep apart.
_NEAR = str.maketrans("pgjczdxvS", "bkksstkbs")
_ARABIC_NEAR = str.maketrans("pgjczdS", "bkksst" + "s", "v")
_ARABIC_PLAIN = str.maketrans("pv", "bf")

_MISSING = 150  # taken off for a part that one name lacks
_MISSING_LIGHT = 30  # for a patronymic or a particle
_PART_ALONE = 700  # a single name against a full one can be anyone's
_INITIAL = 800  # an initial that agrees
_OTHER = 0.34  # parts that sound less alike are other names, whatever their consonants
_SURE = 900  # parts that agree in their order are not tried crosswise
_JOINED = 970  # "Abdu Rahmon" against "Abdurahmon"


@cache
def _parts() -> tuple[frozenset[str], frozenset[str], tuple[str, ...]]:
    table = tomllib.loads(files("guvoh.resolve").joinpath("names.toml").read_text(encoding="utf-8"))
    return frozenset(table["articles"]), frozenset(table["particles"]), tuple(table["patronymics"])


@lru_cache(maxsize=16384)
def _sound(token: str) -> str:
    """Return how a folded part of a name sounds, one sign a sound; "S" is sh."""
    for spelling, sign in _SPELLINGS:
        if spelling in token:
            token = token.replace(spelling, sign)
    return _DOUBLED.sub("", token.translate(_SIGNS))


@lru_cache(maxsize=16384)
def _kinds(token: str) -> tuple[str, str, str, str]:
    """Return a token's sound, that with one vowel for all, its consonants, and its near consonants."""
    sound = _sound(token)
    bare = sound.translate(_NO_VOWEL)
    return sound, sound.translate(_ONE_VOWEL), bare, bare.translate(_NEAR)


@lru_cache(maxsize=16384)
def _arabic_kinds(token: str) -> tuple[str, str]:
    """Return a token's consonants as far as Arabic writes them, and those it keeps apart."""
    bare = _sound(token).translate(_NO_VOWEL)
    return bare.translate(_ARABIC_PLAIN), bare.translate(_ARABIC_NEAR)


@lru_cache(maxsize=65536)
def _tokens_alike(left: str, right: str, arabic: bool) -> int:
    """Return how alike two folded parts of names are, per mille."""
    if left == right:
        return 1000
    if len(left) == 1 or len(right) == 1:
        return _INITIAL if _sound(left)[:1] == _sound(right)[:1] else 0
    if arabic:
        plain, near = _arabic_kinds(left), _arabic_kinds(right)
        return int(500 * _similar(plain[0], near[0]) + 500 * _similar(plain[1], near[1]))
    one, other = _kinds(left), _kinds(right)
    if one[0] == other[0]:
        return 1000
    sounds = _similar(one[0], other[0])
    if sounds < _OTHER:
        return int(700 * sounds)
    return int(
        300 * sounds
        + 200 * _similar(one[1], other[1])
        + 300 * _similar(one[2], other[2])
        + 200 * _similar(one[3], other[3])
    )


@lru_cache(maxsize=16384)
def _tokens(name: str) -> tuple[str, ...]:
    """Return the folded parts of a name that say who is meant, or all where none does."""
    articles, particles, _ = _parts()
    if " " not in name:
        name = _CASES.sub(" ", name)
    every = tuple(_TOKEN.findall(fold(name).replace("'", "")))
    if len(every) < 2:
        return every
    kept = tuple(token for token in every if token not in particles and token not in articles)
    return kept or every


def _together(scores: Sequence[int]) -> int:
    """Return the score of aligned parts: half their mean, half the worst.

    One part that differs is enough to make it another name.
    """
    return (sum(scores) * 1000 // len(scores) + min(scores) * 1000) // 2000


def _both(one: int, other: int) -> int:
    return (one + other + 2 * min(one, other)) // 4


def _aligned(few: Sequence[str], many: Sequence[str], arabic: bool) -> tuple[int, list[int]]:
    """Return the score of the best one-to-one alignment of all of `few` into `many`, and which."""
    if len(few) == 2 == len(many):
        return _aligned_pair(few, many, arabic)
    best, chosen = -1, list(range(len(few)))
    if len(many) > 4:
        return _aligned_greedily(few, many, arabic)
    for places in permutations(range(len(many)), len(few)):
        score = _together(
            [_tokens_alike(few[at], many[place], arabic) for at, place in enumerate(places)]
        )
        if score > best:
            best, chosen = score, list(places)
    return best, chosen


def _aligned_pair(few: Sequence[str], many: Sequence[str], arabic: bool) -> tuple[int, list[int]]:
    """Return what `_aligned` does for the usual case, two parts against two."""
    (one, two), (first, second) = few, many
    straight = _both(_tokens_alike(one, first, arabic), _tokens_alike(two, second, arabic))
    if straight >= _SURE:
        return straight, [0, 1]
    crossed = _both(_tokens_alike(one, second, arabic), _tokens_alike(two, first, arabic))
    return (crossed, [1, 0]) if crossed > straight else (straight, [0, 1])


def _aligned_greedily(
    few: Sequence[str], many: Sequence[str], arabic: bool
) -> tuple[int, list[int]]:
    free = list(range(min(len(many), 16)))
    scores: list[int] = []
    chosen: list[int] = []
    for token in few[: len(free)]:
        place = max(free, key=lambda at: (_tokens_alike(token, many[at], arabic), -at))
        free.remove(place)
        chosen.append(place)
        scores.append(_tokens_alike(token, many[place], arabic))
    return _together(scores), chosen


def same_name(left: str, right: str) -> Match:
    """Return how well `left` and `right` can be one name, 0 to 1000, with reasons.

    Order of the parts, script, doubled letters and the usual romanisations do not matter; a
    patronymic, a particle or an initial may be missing. A single name against a full one is at
    most 700. Two people can share a name: nothing may be merged on this alone (DESIGN section 8).
    """
    arabic = bool(_ARABIC.search(left) or _ARABIC.search(right))
    few, many = _tokens(left), _tokens(right)
    if len(few) > len(many):
        few, many = many, few
    if not few:
        return Match(0, ("no letters to compare",))
    if few == many:
        return Match(1000, ("same after folding",))
    score, places = _aligned(few, many, arabic)
    why: list[str] = []
    if places != sorted(places):
        why.append("parts in another order")
    if len(many) > len(few):
        score -= _missing([token for at, token in enumerate(many) if at not in places], why)
        if len(few) == 1:
            score = min(score, _PART_ALONE)
        joined = _tokens_alike("".join(few), "".join(many), arabic) * _JOINED // 1000
        if joined > score and len("".join(few)) * 5 >= len("".join(many)) * 4:
            score = joined
            why = ["parts written together"]
    if any(len(token) == 1 for token in (*few, *many)):
        why.append("an initial")
    exact = sorted(few) == sorted(many)
    why.insert(0, "same parts" if exact else _verdict(score, arabic))
    return Match(max(0, min(score, 1000)), tuple(why))


def _missing(tokens: Sequence[str], why: list[str]) -> int:
    patronymics = _parts()[2]
    cost = 0
    for token in tokens:
        if token.endswith(patronymics) and len(token) > 6:
            cost += _MISSING_LIGHT
            why.append("patronymic in one only")
        else:
            cost += _MISSING
            why.append("a part in one only")
    return cost


def _verdict(score: int, arabic: bool) -> str:
    if score >= 900:
        return "same consonants" if arabic else "same sounds"
    return "similar sounds" if score >= 700 else "other sounds"
