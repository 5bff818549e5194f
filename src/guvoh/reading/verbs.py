"""The verb of an act: where it stands, and what its language does with those in it."""

import tomllib
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from guvoh.reading.cast import Cast
from guvoh.reading.layout import Layout, Range

DOING = ("perpetrator", "intervening")  # roles of those who do something to others


@lru_cache(maxsize=1)
def _table() -> Mapping[str, Any]:
    path = resources.files("guvoh.reading") / "roles.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Verb:
    """An act's verb: its tokens, the role of its subject, whether it is passive, its language's marks."""

    layout: Layout
    cast: Cast
    tokens: Range
    subject_role: str
    marks: Mapping[str, Any]
    passive: bool
    needs_object: bool = False

    @property
    def sentence(self) -> Range:
        """Return the act's sentence, in which everyone in it stands."""
        sentences = self.layout.sentence_tokens
        at = bisect_right(sentences, self.tokens.first, key=lambda one: one.first) - 1
        return sentences[at] if at >= 0 else Range(0, len(self.layout.tokens))


def marks_of(language: str) -> Mapping[str, Any]:
    """Return how a language tells who did an act to whom, out of roles.toml."""
    marks: Mapping[str, Any] = _table().get(language, {})
    return marks


def pronouns_of_people(language: str) -> frozenset[str]:
    """Return the object pronouns that stand beside a verb in a language whose things are he and she too."""
    marks = marks_of(language)
    him = marks.get("him", ())
    return frozenset((*him, *marks.get("them", ()), *marks.get("us", ())) if him else ())


def ends(verb: Verb, k: int, what: str) -> bool:
    """Return whether a word ends in one of the endings `what` of roles.toml."""
    endings = verb.marks.get(what, ())
    return bool(endings) and verb.layout.tokens[k].low.endswith(tuple(endings))
