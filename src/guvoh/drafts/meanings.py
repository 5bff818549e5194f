"""What words mean across languages, as far as meanings.tsv lists them, and which meanings exclude one another."""

from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from guvoh.lineage.background import folded_word
from guvoh.lineage.wording import words_of
from guvoh.model.text import Span

_LANGUAGES = ("en", "ru", "es", "fr", "uz")
_LONGEST = 3  # words of an entry
_KEPT = 4096  # stretches kept with their meanings


class Meaning(NamedTuple):
    """A meaning where it stands; `rivals` names the group in which it excludes the others, if any.

    `done` where it is something that people do, so that a report may deny it.
    """

    name: str
    rivals: str | None
    done: bool
    span: Span


class _Listed(NamedTuple):
    name: str
    rivals: str | None
    done: bool


class _Table(NamedTuple):
    """Entries of one language: beginnings of words, joined by spaces; a full stop ends a whole word."""

    entries: Mapping[str, tuple[_Listed, ...]]
    shortest: int


@lru_cache(maxsize=_KEPT)
def meanings(text: str, span: Span, language: str) -> tuple[Meaning, ...]:
    """Return the meanings of a stretch, in order; none for a language that is not listed."""
    table = _tables().get(language.partition("-")[0])
    if table is None:
        return ()
    words = [(_plain(word), at) for word, at in words_of(text, span)]
    found: list[Meaning] = []
    for at in range(len(words)):
        for size in range(min(_LONGEST, len(words) - at), 0, -1):
            known = _entry(table, " ".join(word for word, _ in words[at : at + size]))
            if known:
                place = Span(words[at][1].start, words[at + size - 1][1].end)
                found += [Meaning(*listed, place) for listed in known]
                break
    return tuple(found)


def meant_in(language: str) -> bool:
    """Tell whether meanings are listed for a language."""
    return language.partition("-")[0] in _LANGUAGES


def _entry(table: _Table, words: str) -> tuple[_Listed, ...]:
    whole = table.entries.get(f"{words}.")
    if whole is not None:
        return whole
    for size in range(len(words), table.shortest - 1, -1):
        known = table.entries.get(words[:size])
        # A beginning of the last of several words, not of an earlier one.
        if known is not None and " " not in words[size:]:
            return known
    return ()


@cache
def _tables() -> Mapping[str, _Table]:
    source = files("guvoh.drafts").joinpath("meanings.tsv").read_text(encoding="utf-8")
    found: dict[str, dict[str, list[_Listed]]] = {one: {} for one in _LANGUAGES}
    for line in source.splitlines():
        if line.startswith("#"):
            continue
        kind, name, *columns = line.split("\t")
        rivals = kind.removeprefix("~").removeprefix("-")
        listed = _Listed(name, rivals or None, kind.startswith("~"))
        for language, column in zip(_LANGUAGES, columns, strict=True):
            for entry in column.split():
                stop = "." if entry.endswith(".") else ""
                words = [_plain(folded_word(word)) for word in entry.removesuffix(".").split("_")]
                held = found[language].setdefault(" ".join(words) + stop, [])
                held.append(listed)
    return {
        language: _Table(
            {entry: tuple(held) for entry, held in entries.items()}, min(map(len, entries))
        )
        for language, entries in found.items()
    }


def _plain(folded: str) -> str:
    """Return a folded word without the two dots that print leaves out: "yo" of ё is "e"."""
    return folded.replace("yo", "e")
