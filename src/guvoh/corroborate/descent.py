"""Whether a text says of somebody that they are of a country or a people, or only names it near them."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from guvoh.languages.fold import fold
from guvoh.model.text import Span

_REACH = 60  # characters before a country in which a word can say that somebody is of it
_NEAR = 2  # words between "Tajik" and the name that it describes: "Tajik seasonal worker Daler"
_WORD = re.compile(r"[^\W\d_]+")
_END = re.compile(r"[.!?;:\n«»“”\"()]")


def tells_descent(text: str, word: Span, people: Iterable[Span], code: str) -> bool:
    """Say whether a country's or people's name, at `word`, is what a text gives as somebody's own.

    So is one after "from", "left", "a citizen of", and a people's name beside the name of who is
    meant, at one of `people`, which are none where `word` is a country. One to which somebody goes, or whose language is spoken, is not.
    """
    language = code.partition("-")[0]
    before = _words(_END.split(text[max(0, word.start - _REACH) : word.start])[-1])
    after = _words(_END.split(text[word.end : word.end + _REACH])[0])
    folded = fold(text[word.start : word.end])
    if any(_ends(before, cue) for cue in _cues("before", language)):
        return True
    if any(after[: len(cue)] == list(cue) for cue in _cues("after", language)):
        return True
    if any(folded.endswith(cue[0]) for cue in _cues("ending", language)):
        return True
    between = {cue[0] for cue in _cues("between", language)}
    return any(_describes(text, word, one, between) for one in people)


def _describes(text: str, word: Span, person: Span, between: set[str]) -> bool:
    if word.end <= person.start:
        gap = text[word.end : person.start]
        return not re.search(r"[^\w\s'’-]", gap) and len(_words(gap)) <= _NEAR
    if person.end <= word.start:
        gap = text[person.end : word.start]
        told = _words(gap)
        return not _END.search(gap) and bool(told or "," in gap) and between.issuperset(told)
    return False


def _ends(words: list[str], cue: tuple[str, ...]) -> bool:
    """Say whether words end in a cue, an article after it or not."""
    for left in (words, words[:-1] if words[-1:] and words[-1] in _ARTICLES else words):
        if tuple(left[-len(cue) :]) == cue:
            return True
    return False


_ARTICLES = frozenset(("the", "el", "la", "le", "les", "l"))


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))


@cache
def _cues(what: str, language: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(_words(cue)) for cue in _table()[what].get(language, ()))


@cache
def _table() -> Mapping[str, Mapping[str, list[str]]]:
    text = files("guvoh.corroborate").joinpath("descent.toml").read_text("utf-8")
    return tomllib.loads(text)
