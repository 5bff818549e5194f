"""What a body hands out to all: which report is its release, and which reports have their text from it."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from guvoh.languages.fold import fold
from guvoh.lineage.align import same_name
from guvoh.lineage.background import coarse
from guvoh.model.claim import ClaimKind, Reading
from guvoh.model.report import Report

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
Bones = tuple[str, ...]  # of a name the consonants of its words
_LINES = 3  # a release calls itself one in its title or in its first lines
_HEADING = 200  # characters of a line that are looked at for it
_NAMED = 2  # words of a body's name that tell it from others
_SPEAKERS = 1  # an official whom the release quotes
_APART = 3  # words that may stand between the office and the name
_STEM = 6  # letters of it that are looked for first
_REACH = 120  # characters from the word for the office to the end of the name


@dataclass(frozen=True, slots=True)
class _Words:
    headings: tuple[str, ...]
    offices: frozenset[tuple[str, ...]]
    stems: tuple[str, ...]  # of the words with which those for an office begin
    mention: re.Pattern[str]


@cache
def _words() -> _Words:
    source = files("guvoh.lineage").joinpath("data", "releases.toml")
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    offices = [one for phrases in data["offices"].values() for one in phrases]
    beginnings = sorted({re.escape(one.split()[0]) for one in offices}, reverse=True)
    return _Words(
        tuple(fold(one) for phrases in data["headings"].values() for one in phrases),
        frozenset(tuple(_heard(one)) for one in offices),
        tuple(sorted({one.split()[0].casefold()[:_STEM] for one in offices})),
        re.compile(rf"\b(?:{'|'.join(beginnings)})\b", re.IGNORECASE),
    )


def _heard(text: str) -> list[str]:
    return [fold(word) for word in _WORD.findall(text)]


def is_release(report: Report) -> bool:
    """Tell whether a report calls itself a release: in its title or at the head of its text."""
    lines = [report.text[span.start : span.end] for span in report.paragraphs[:_LINES]]
    title = report.title.text if report.title else ""
    headings = _words().headings
    return any(
        fold(line.lstrip(' *#•"«“')[:_HEADING]).startswith(headings) for line in (title, *lines)
    )


def bodies(report: Report, reading: Reading | None) -> frozenset[Bones]:
    """Return the consonants of the names of those on whose word a report tells: voices, press offices."""
    voices = {link.name for claim in (reading.claims if reading else ()) for link in claim.chain}
    return frozenset(_bones(name) for name in (*voices, *(one for one, _ in _offices(report.text))))


def has_from(named: Iterable[Bones], publisher: str) -> bool:
    """Tell whether one of the `bodies` that a report names is a publisher, which may be no outlet.

    The name may be inflected, in another script, or shorter than the publisher's own.
    """
    name = _bones(publisher)
    return len(name) >= _NAMED and any(_is_of(one, name) for one in named)


def same_body(said: str, body: str) -> bool:
    """Tell whether a name, as said, is that of a body, or begins it."""
    return _is_of(_bones(said), _bones(body))


def handed_by(report: Report, reading: Reading | None) -> str | None:
    """Return the body whose press office a report says it has all it tells from, if it says so.

    The office is named in the first or the last paragraphs, and nobody speaks beside it but one.
    """
    spans = report.paragraphs
    if not spans:
        return None
    voices = {
        claim.chain[0].name
        for claim in (reading.claims if reading else ())
        if claim.chain and claim.kind is not ClaimKind.NARRATED
    }
    head, foot = spans[:_LINES][-1].end, spans[-1].start
    for name, at in _offices(report.text):
        if head < at < foot:
            continue
        others = [one for one in voices if not same_body(name, one) and not same_body(one, name)]
        others = [one for one in others if not any(same_body(n, one) for n, _ in _offices(one))]
        return name if len(others) <= _SPEAKERS else None
    return None


@lru_cache(maxsize=4096)
def _bones(name: str) -> Bones:
    """Return the consonants of the words of a name, without those that name its press office."""
    words = _heard(name)
    for office in _words().offices:
        size = len(office)
        for at in range(len(words) - size + 1):
            if tuple(words[at : at + size]) == office:
                words = words[:at] + words[at + size :]
                break
    return tuple(coarse(word) for word in words if len(word) > 2)


def _is_of(said: Bones, name: Bones) -> bool:
    """Tell whether a name, as said, begins a body's own name or is all of it."""
    return (
        len(said) >= _NAMED
        and len(said) <= len(name) + 1
        and all(same_name(f"k:{one}", f"k:{other}") for one, other in zip(said, name, strict=False))
    )


@lru_cache(maxsize=1024)
def _offices(text: str) -> tuple[tuple[str, int], ...]:
    """Return the first words of the names that follow those for a press office, and where."""
    return tuple(_following(text))


def _following(text: str) -> Iterator[tuple[str, int]]:
    words, lower = _words(), text.casefold()
    if not any(stem in lower for stem in words.stems):
        return
    for mention in words.mention.finditer(text):
        matches = list(_WORD.finditer(text, mention.start(), mention.start() + _REACH))
        heard = [fold(match.group()) for match in matches]
        end = max((len(one) for one in words.offices if tuple(heard[: len(one)]) == one), default=0)
        near = range(end, min(end + _APART, len(heard))) if end else ()
        first = next((at for at in near if matches[at].group()[0].isupper()), None)
        if first is not None:
            last = min(first + _NAMED, len(heard)) - 1
            yield text[matches[first].start() : matches[last].end()], matches[first].start()
