"""Whether the gazetteer knows a name, and well enough for what the text says beside it."""

import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from guvoh.languages import load
from guvoh.languages.fold import fold
from guvoh.model.text import Span
from guvoh.reading.passage import Passage
from guvoh.resolve.gazetteer import Known, declined, named, tidy
from guvoh.resolve.places import Candidate, lookup

SURE_KINDS = ("country", "area")
_SHORT = 3  # "Сам" is a pronoun far more often than Damascus


@cache
def rules() -> dict[str, Any]:
    """Return reading/places.toml."""
    return tomllib.loads(files("guvoh.reading").joinpath("places.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=8192)
def _looked_up(name: str, code: str) -> tuple[Candidate, ...]:
    return lookup(name, language=code)[:4]


def candidates(passage: Passage, span: Span) -> tuple[Candidate, ...]:
    """Return the likeliest places of a name, oblique cases and adjectives included."""
    return _looked_up(passage.text[span.start : span.end], passage.language.code)


@lru_cache(maxsize=8192)
def exact_places(name: str) -> tuple[Known, ...]:
    """Return the places that have just this name, in any script."""
    return tuple(known for known, _ in named(tidy(fold(name))))


def accepted(
    passage: Passage, span: Span, evidence: str | None, surnames: frozenset[str], last: str
) -> bool:
    """Return whether a name is a place here: the less asks for one, the better known it must be."""
    name = passage.text[span.start : span.end]
    if last in surnames or len(name) < 3:
        return False
    exact = exact_places(name)
    if _has_article(passage, span):
        # "The Gambia" is a country; "the Union" and "the Gulf" are towns and regions somewhere.
        exact = tuple(known for known in exact if known.kind in SURE_KINDS)
        return any(_famous(passage, span, exact) for _ in exact[:1])
    limits = rules()["population"]
    if evidence is None:
        if not _famous(passage, span, exact):
            return False
        short = len(name) <= _SHORT and not name.isupper()
        given = fold(name) in rules()["names"]["given"]
        return not (given or short or _is_given_start(passage, span))
    if exact:
        return evidence == "strong" or _weighty(exact, limits["weak"])
    # That the consonants are alike is not enough: "Галанино" is no Gilan.
    return any(
        (_weighty((best.place,), limits["inside"]) and best.place.key in declined(tidy(fold(name))))
        or (
            alike(name, best.place.name)
            and (evidence == "strong" or _weighty((best.place,), limits["weak"]))
        )
        for best in candidates(passage, span)[:1]
    )


def _has_article(passage: Passage, span: Span) -> bool:
    """Return whether a definite article stands right before a name."""
    return _ends_in_article(
        passage.text[max(0, span.start - 6) : span.start], passage.language.code
    )


@lru_cache(maxsize=8192)
def _ends_in_article(before: str, code: str) -> bool:
    language = load(code)
    words = language.words(before)
    articles = language.time_links
    return (
        bool(words)
        and words[-1].end == len(before.rstrip())
        and articles.get(words[-1].text) == "the"
    )


def _famous(passage: Passage, span: Span, places: tuple[Known, ...]) -> bool:
    """Return whether a name needs no preposition: a country, a capital, a large town.

    Inside a sentence a capital letter is evidence itself; at its beginning every word has one.
    """
    limits = rules()["population"]
    before = passage.text[max(0, span.start - 2) : span.start]
    inside = len(before) == 2 and before[1] == " " and before[0].islower()
    least = limits["inside"] if inside else limits["alone"]
    return any(
        known.kind in SURE_KINDS
        or (known.kind in ("town", "region") and known.population >= least)
        or (known.capital and known.population >= limits["capital"])
        for known in places
    )


def _weighty(places: tuple[Known, ...], least: int) -> bool:
    return any(
        known.kind in SURE_KINDS or known.population >= least or known.capital for known in places
    )


def _is_given_start(passage: Passage, span: Span) -> bool:
    """Return whether a possessive or name follows, as it does a person's ("Chad Orlov")."""
    after = passage.text[span.end : span.end + 2]
    return len(after) == 2 and after[0] == " " and after[1].isupper()


def alike(name: str, shown: str) -> bool:
    """Return whether an inflected name begins as the place does, far enough to be a form of it."""
    one, other = fold(name), fold(shown)
    shared = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        shared += 1
    return shared >= min(len(one), len(other)) - 2 and shared >= min(4, len(other) - 1)
