"""Numbers that are of a part of those told of, and of no whole."""

from guvoh.corroborate.vocabulary import vocabulary
from guvoh.languages.fold import fold
from guvoh.model.text import Span

_BESIDE = 24  # characters beside a number in which it says of whom


def of_those(text: str, span: Span) -> bool:
    """Return whether a number is of people told of before, and so no number of all: "two of the men".

    "Tajiks and Uzbeks were taken, about thirty of them" gives the number of all.
    """
    if text[: span.start].rstrip().endswith((",", "—", "–")):
        return False
    after = fold(text[span.end : span.end + _BESIDE])
    return any(after.startswith((f" {word} ", f" {word},")) for word in vocabulary().partitive)


def of_others(text: str, span: Span) -> bool:
    """Return whether a number is of people besides somebody told of: "she and eleven other women", "otras cuatro"."""
    before = fold(text[max(0, span.start - _BESIDE) : span.end]).split()
    after = fold(text[span.start : span.end + _BESIDE]).split()
    size = len(fold(text[span.start : span.end]).split())
    beside = {*before[-size - 1 :], *after[: size + 1]}
    return not vocabulary().others.isdisjoint(word.strip(".,;:!?»”\"'") for word in beside)
