"""The words by which pages say who somebody is, folded, from supplied.toml."""

import re
import tomllib
from functools import cache
from importlib.resources import files

from guvoh.languages.fold import fold

_WORD = re.compile(r"[^\W_]+")


@cache
def cues(what: str) -> tuple[str, ...]:
    """Return the cues of one kind, in all languages."""
    data = tomllib.loads(files("guvoh.protect").joinpath("supplied.toml").read_text("utf-8"))
    return tuple(fold(cue) for cue in data[what])


def has_cue(text: str, what: str) -> bool:
    """Say whether a text has one of the cues of a kind, whole words after whole words."""
    told = _words(text)
    return any(cue in told for cue in _whole(what))


@cache
def _whole(what: str) -> tuple[str, ...]:
    return tuple(_words(cue) for cue in cues(what))


def _words(text: str) -> str:
    return f" {' '.join(_WORD.findall(fold(text)))} "
