"""Traces that a translation leaves in a page: alt texts in another language, garbled prompts."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from guvoh.languages.fold import fold
from guvoh.model.report import MakingKind, Report
from guvoh.words import language_name

NAMED = "The page names a translator."
_LONGEST = 40
# Languages that write “quotations” so.
_CURLY = frozenset({"en"})


@dataclass(frozen=True, slots=True)
class Artefacts:
    """What speaks for a report being a translation, and the languages that its traces are in."""

    evidence: tuple[str, ...]
    languages: tuple[str, ...]
    translator: bool = False

    @property
    def borrowed(self) -> bool:
        """Tell whether the page is a translation that does not say so: its publisher may be another's."""
        return bool(self.evidence) and not self.translator


@cache
def _prompts() -> tuple[str, ...]:
    source = files("guvoh.lineage").joinpath("data", "prompts.toml")
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    return tuple(fold(prompt) for prompts in data["prompts"].values() for prompt in prompts)


@cache
def _calques() -> frozenset[str]:
    source = files("guvoh.lineage").joinpath("data", "prompts.toml")
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    return frozenset(fold(line) for lines in data["calques"].values() for line in lines)


def edits(one: str, other: str, most: int) -> int:
    """Return the Levenshtein distance of two short strings, or `most` + 1 where it is larger."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    row = list(range(len(other) + 1))
    for index, left in enumerate(one, 1):
        above, row[0] = row[0], index
        for place, right in enumerate(other, 1):
            cost = above if left == right else 1 + min(above, row[place], row[place - 1])
            above, row[place] = row[place], cost
        if min(row) > most:
            return most + 1
    return row[-1]


def garbled_prompt(line: str) -> bool:
    """Tell whether a line is almost, and not quite, a prompt that web pages carry.

    A prompt that went into another language and back loses a letter or a word form ("Leave a
    Replay"); a typing hand would have the software's own spelling.
    """
    folded = fold(line).strip(" .:!»«\"'*•-")
    if not 8 <= len(folded) <= _LONGEST:
        return False
    prompts = _prompts()
    return folded not in prompts and any(edits(folded, prompt, 1) == 1 for prompt in prompts)


def artefacts(report: Report) -> Artefacts:
    """Return what in a report speaks for its being a translation."""
    evidence: list[str] = []
    languages: list[str] = []
    base = report.language.partition("-")[0]
    for image in report.images:
        language = (image.alt_language or "").partition("-")[0]
        if (
            language
            and language not in ("und", base)
            and base != "und"
            and language not in languages
        ):
            languages.append(language)
            name = language_name(language)
            evidence.append(f"An image has an alt text in another language ({name}).")
    translator = any(making.kind is MakingKind.TRANSLATOR for making in report.making)
    if translator:
        evidence.append(NAMED)
    short = [
        report.text[span.start : span.end]
        for span in report.paragraphs
        if span.end - span.start <= _LONGEST
    ]
    lines = [*short, *(piece.text for piece in report.debris if len(piece.text) <= _LONGEST)]
    if base in _CURLY and report.text.count("«") >= 2 and not set(report.text) & set("“”"):
        evidence.append("Its quotation marks are those of Spanish, French or Russian.")
    if any(fold(line).strip(" .:,!") in _calques() for line in lines):
        evidence.append("A line of the page is a prompt translated word for word.")
    if any(garbled_prompt(line) for line in lines):
        evidence.append("A prompt of the page is garbled as by translating there and back.")
    return Artefacts(tuple(evidence), tuple(languages), translator)
