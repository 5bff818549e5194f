"""The peoples of whom a claim says that those concerned are: "most of them are Tajiks and Uzbeks"."""

from collections.abc import Iterator
from functools import cache, lru_cache

from guvoh.corroborate.descriptions import language_of
from guvoh.corroborate.vocabulary import vocabulary
from guvoh.languages.lexicon import Language
from guvoh.languages.phrases import Word, key
from guvoh.model.claim import Claim
from guvoh.model.report import Report
from guvoh.model.text import Span

_BEFORE = 5  # words before peoples among which those stand of whom it is said
_LIST = 2  # peoples told side by side; one alone may be anybody's adjective


def peoples(claim: Claim, report: Report) -> list[tuple[str, Span]]:
    """Return the demonyms, as keys ("TJ") with their spans, of whom a claim says that those concerned are.

    Several side by side, beside a word for people ("the men, Uzbeks and Kyrgyz", "Tajik and Uzbek men"), for all
    or most of them, or one of them affected as it was read.
    """
    affected = [p.span for p in claim.participants if p.role == "affected" and p.span is not None]
    found: list[tuple[str, Span]] = []
    for part in claim.spans:
        for beside, told in _told(report.text[part.start : part.end], report.language):
            at = [(name, Span(part.start + s.start, part.start + s.end)) for name, s in told]
            if beside or any(a.start < s.end and s.start < a.end for a in affected for _, s in at):
                found += at
    return found


@lru_cache(maxsize=16384)  # a claim is asked twice, and copies say the same
def _told(said: str, code: str) -> tuple[tuple[bool, tuple[tuple[str, Span], ...]], ...]:
    """Return the peoples side by side in a passage, and whether it says itself that those concerned are."""
    language = language_of(code)
    text = language.words(said)
    if sum(word.text in _firsts(language.code) for word in text) < _LIST:
        return ()
    return tuple(
        (
            _beside(language, text, run[0][0], run[-1][1]),
            tuple((name, Span(text[one].start, text[end - 1].end)) for one, end, name in run),
        )
        for run in _runs(list(language.demonyms.find(text)), text)
    )


@cache
def _firsts(code: str) -> frozenset[str]:
    """Return the words with which a language's demonyms begin."""
    return frozenset(form.partition(" ")[0] for form, _ in language_of(code).demonyms.forms())


def _runs(
    matches: list[tuple[int, int, str]], text: list[Word]
) -> Iterator[list[tuple[int, int, str]]]:
    """Yield the demonyms that stand side by side, parted by "and", two or more at a time."""
    run: list[tuple[int, int, str]] = []
    joining = vocabulary().joining
    for match in matches:
        if run and not all(word.text in joining for word in text[run[-1][1] : match[0]]):
            if len(run) >= _LIST:
                yield run
            run = []
        run.append(match)
    if len(run) >= _LIST:
        yield run


def _beside(language: Language, text: list[Word], first: int, last: int) -> bool:
    """Return whether a word for people, or for most of them, stands before peoples, or one for people after them."""
    before, after = text[max(first - _BEFORE, 0) : first], text[last : last + 1]
    if any(word.text in _wholes() for word in before):
        return True
    return any(_people(language, part) for part in (before, after))


@cache
def _wholes() -> frozenset[str]:
    return frozenset(key(word) for word in vocabulary().wholes)


@cache
def _anybody() -> frozenset[str]:
    return frozenset(key(word) for word in vocabulary().people)


def _people(language: Language, part: list[Word]) -> bool:
    """Return whether words are for people: as such, or by a role that has no power over others."""
    if any(word.text in _anybody() for word in part):
        return True
    return any(
        role.key not in vocabulary().perpetrators for _, _, role in language.roles.find(part)
    )
