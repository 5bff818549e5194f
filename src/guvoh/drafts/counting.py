"""Numbers of a draft and a report compared: whether they count the same, and agree."""

from enum import Enum

from guvoh.corroborate.features import counted
from guvoh.drafts.meanings import meanings, meant_in
from guvoh.drafts.wordlists import wordlists
from guvoh.languages.fold import fold
from guvoh.model.claim import Quantity
from guvoh.model.text import Span

_NARROW = 1.7  # times its lower bound up to which a number is "about" another
_FURTHER = 1.13  # times as much from which it is about another one
_THINGS = frozenset(("vehicle", "form"))  # what is counted and is nobody


class Match(Enum):
    """How a value of the draft agrees with one of the case."""

    SAME = "same"
    HOLDS = "holds"  # is vaguer, and holds it: "in January" what was in late January
    AGREES = "agrees"
    NOT = "not"


def match_numbers(one: Quantity, other: Quantity, languages: tuple[str, str]) -> Match:
    """Return how a number of a draft agrees with one of a report, in these languages."""
    ours, theirs = _countable(one, languages[0]), _countable(other, languages[1])
    if _of_different_kinds(one, other, languages):
        return Match.NOT
    if (one.low, one.high) == (other.low, other.high):
        # A bare "14" may be anything: a page's comments, a headline's hour.
        return Match.SAME if ours == theirs else Match.AGREES
    if _apart(one, other):
        return Match.NOT
    high = float("inf") if other.high is None else other.high
    own_high = float("inf") if one.high is None else one.high
    agrees = one.low <= high and other.low <= own_high
    return Match.AGREES if agrees else Match.NOT


def _apart(one: Quantity, other: Quantity) -> bool:
    """Tell whether two numbers that are both about right are about another one: some sixty, some seventy."""
    middles = [
        (each.low + each.high) / 2
        for each in (one, other)
        if each.approximate and each.high is not None and each.high <= each.low * _NARROW
    ]
    return len(middles) == len((one, other)) and max(middles) > min(middles) * _FURTHER


def _same_noun(one: Quantity, other: Quantity, languages: tuple[str, str]) -> bool:
    """Tell whether what is counted shares a word, or a meaning: seasonal hands are seasonal workers."""
    if set((one.of or "").split()) & set((other.of or "").split()):
        return True
    ours, theirs = (
        {found.rivals or found.name for found in meanings(of, Span(0, len(of)), language)}
        for of, language in zip((one.of or "", other.of or ""), languages, strict=True)
    )
    return bool(ours & theirs)


def _countable(quantity: Quantity, language: str) -> bool:
    """Tell whether a quantity says what it counts: "two cried" counts no cries."""
    of = quantity.of or ""
    found = meanings(of, Span(0, len(of)), language)
    return bool(of) and not any(
        one.done and one.rivals is None and one.name != "name" for one in found
    )


def _of_different_kinds(one: Quantity, other: Quantity, languages: tuple[str, str]) -> bool:
    """Tell whether only one of two numbers counts people.

    A draft's "thirty roommates" may be people though no list has the word; "thirty buses" are none.
    """
    if not _countable(one, languages[0]) or not _countable(other, languages[1]):
        return False
    if _same_noun(one, other, languages):
        return False
    if not one.of or not other.of:
        return False
    ours, theirs = _people(one, languages[0]), _people(other, languages[1])
    known = meanings(one.of, Span(0, len(one.of)), languages[0])
    if ours and not meant_in(languages[1]):
        return False  # its words for people are not listed in full
    if ours != theirs and _names(one.of, languages[0]) != _names(other.of, languages[1]):
        return True
    return ours != theirs and (ours or any(named.rivals in _THINGS for named in known))


def _names(of: str, language: str) -> bool:
    """Tell whether names are counted, which are as many as a list has, not as people were taken."""
    listed = wordlists().get(language.partition("-")[0], {}).get("names", ())
    return bool(listed) and any(word.startswith(listed) for word in fold(of).split())


def same_count(one: Quantity, other: Quantity, languages: tuple[str, str]) -> bool:
    """Tell whether two numbers, of a draft and a report in these languages, may count the same."""
    return not _of_different_kinds(one, other, languages) and rival_numbers(one, other, languages)


def rival_numbers(one: Quantity, other: Quantity, languages: tuple[str, str]) -> bool:
    """Tell whether two numbers count the same: one noun, or people both."""
    both = _people(one, languages[0]) and _people(other, languages[1])
    return both or _same_noun(one, other, languages) or not (one.of and other.of)


def _people(quantity: Quantity, code: str) -> bool:
    """Tell whether a quantity counts people."""
    of = counted(quantity.of, code)
    return of == "people" or of[:2] == "n:"
