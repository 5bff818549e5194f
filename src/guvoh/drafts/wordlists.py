"""Words by which a draft offers confirmation or negates, per language, as words.toml lists them."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from guvoh.languages.fold import fold


@cache
def wordlists() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Return for each language its lists by name, folded."""
    text = files("guvoh.drafts").joinpath("words.toml").read_text(encoding="utf-8")
    return {
        language: {name: tuple(fold(word) for word in listed) for name, listed in lists.items()}
        for language, lists in tomllib.loads(text).items()
    }
