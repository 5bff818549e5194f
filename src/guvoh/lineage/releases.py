"""What a body hands out to all: which report is its release, and which reports have their text from it."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from guvoh.languages.fold import fold
from guvoh.lineage.align import same_name
from guvoh.lineage.background import coarse
from guvoh.model.claim import Reading
from guvoh.model.report import Report

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_LINES = 3  # a release calls itself one in its title or in its first lines
_NAMED = 2  # words of a body's name that tell it from others
_APART = 3  # words that may stand between the office and the name


@dataclass(frozen=True, slots=True)
class _Words:
    headings: tuple[str, ...]
    offices: frozenset[tuple[str, ...]]


@cache
def _words() -> _Words:
    source = files("guvoh.lineage").joinpath("data", "releases.toml")
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    return _Words(
        tuple(fold(one) for phrases in data["headings"].values() for one in phrases),
        frozenset(tuple(_heard(one)) for phrases in data["offices"].values() for one in phrases),
    )


def _heard(text: str) -> list[str]:
    return [fold(word) for word in _WORD.findall(text)]


def is_release(report: Report) -> bool:
    """Tell whether a report calls itself a release: in its title or at the head of its text."""
    lines = [report.text[span.start : span.end] for span in report.paragraphs[:_LINES]]
    title = report.title.text if report.title else ""
    return any(
        fold(line.lstrip(' *#•"«“')).startswith(heading)
        for line in (title, *lines)
        for heading in _words().headings
    )


def has_from(report: Report, reading: Reading | None, body: str) -> bool:
    """Tell whether a report says that it has what it tells from a body, which may be no outlet.

    It names the body's press office, or the body as the voice of a claim. The name may be inflected,
    in another script, or shorter than the body's own.
    """
    name = _bones(body)
    if len(name) < _NAMED:
        return False
    voices = (link.name for claim in (reading.claims if reading else ()) for link in claim.chain)
    return any(_is_of(_bones(one), name) for one in (*voices, *_offices(report.text)))


@lru_cache(maxsize=4096)
def _bones(name: str) -> tuple[str, ...]:
    """Return the consonants of the words of a name, without those that name its press office."""
    words = _heard(name)
    for office in _words().offices:
        size = len(office)
        for at in range(len(words) - size + 1):
            if tuple(words[at : at + size]) == office:
                words = words[:at] + words[at + size :]
                break
    return tuple(coarse(word) for word in words if len(word) > 2)


def _is_of(said: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """Tell whether a name, as said, begins a body's own name or is all of it."""
    return (
        len(said) >= _NAMED
        and len(said) <= len(name) + 1
        and all(same_name(f"k:{one}", f"k:{other}") for one, other in zip(said, name, strict=False))
    )


@lru_cache(maxsize=4096)
def _offices(text: str) -> tuple[str, ...]:
    """Return the names that follow the words for a press office in a text, and as many words on."""
    return tuple(_following(text))


def _following(text: str) -> Iterator[str]:
    matches = list(_WORD.finditer(text))
    heard = [fold(match.group()) for match in matches]
    starts = {office[0] for office in _words().offices}
    for at, word in enumerate(heard):
        if word not in starts:
            continue
        for office in _words().offices:
            end = at + len(office)
            if tuple(heard[at:end]) != office:
                continue
            first = next(
                (
                    n
                    for n in range(end, min(end + _APART, len(heard)))
                    if matches[n].group()[0].isupper()
                ),
                None,
            )
            if first is not None:
                last = min(first + _NAMED, len(heard)) - 1
                yield text[matches[first].start() : matches[last].end()]
