"""English words that texts write in small letters, so that one of them alone is seldom a name."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

_SHORTEST = 3  # letters of a stem
# Endings of English words, and what stands before them in the word that is listed.
_ENDINGS = (
    ("s", ""),
    ("es", ""),
    ("ed", ""),
    ("ed", "e"),
    ("d", ""),
    ("ing", ""),
    ("ing", "e"),
    ("ies", "y"),
    ("ied", "y"),
    ("ly", ""),
    ("er", ""),
    ("er", "e"),
    ("ation", "e"),
    ("ment", ""),
    ("ness", ""),
    ("ion", ""),
    ("ion", "e"),
    ("al", ""),
    ("ally", ""),
    ("ity", ""),
    ("able", ""),
    ("able", "e"),
)


@cache
def uncapitalised() -> frozenset[str]:
    """Return the words, folded (`guvoh.languages.fold.fold`)."""
    lines = (
        files("guvoh.languages").joinpath("en", "uncapitalised.txt").read_text("utf-8").splitlines()
    )
    return frozenset(line for line in lines if not line.startswith("#"))


def stems(folded: str) -> Iterator[str]:
    """Yield what a folded word may be a form of."""
    for ending, put in _ENDINGS:
        if folded.endswith(ending) and len(folded) - len(ending) >= _SHORTEST:
            yield folded[: -len(ending)] + put


def is_uncapitalised(folded: str) -> bool:
    """Say whether a folded word is listed, or is a form of one that is."""
    common = uncapitalised()
    return folded in common or any(stem in common for stem in stems(folded))
