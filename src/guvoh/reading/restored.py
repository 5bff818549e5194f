"""A text without its capitals given them back, where names are seen, so that rules can read it."""

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from guvoh.languages.fold import fold
from guvoh.languages.lexicon import load
from guvoh.languages.uncapitalised import is_uncapitalised
from guvoh.model.tagging import Tagging
from guvoh.reading.lexicon import Lexicon, lexicon_of
from guvoh.resolve.gazetteer import Known, named

# Less than this share of capitals among letters is a text that lost them; print has 2 to 6 %.
FEWEST_CAPITALS = 0.004
_SMALL = frozenset(
    ("of", "the", "and", "for", "in", "on", "de", "la", "al", "bin", "ibn", "van", "von")
)
_BEGINS = re.compile(
    r"(?:^|(?P<stop>[.!?…])['\"”’»›)]{0,3}[ ]|\n)['\"“‘«‹(]{0,2}(?=[^\W\d_])", re.MULTILINE
)
_POSSESSIVE = re.compile("['’]s$")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_CALENDAR = frozenset(
    (
        "january", "february", "april", "june", "july", "august", "september", "october", "november", "december",
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    )
)  # fmt: skip
_ALWAYS = frozenset(("i", "mr", "mrs", "ms", "dr"))
# After these stands a name, or a noun with something before it that is none.
_INTRODUCING = frozenset(
    (
        "told", "by", "of", "to", "from", "in", "near", "at", "according", "newspaper", "paper", "channel",
        "station", "agency", "website", "site", "outlet", "magazine", "broadcaster", "called", "named", "says", "said",
    )
)  # fmt: skip
_SPEAKS = frozenset(("said", "says", "told", "has", "wrote", "reported"))
_SHORTEST = 4  # letters of a word that is a name because no text has it in small letters
_LINKED = 1  # characters between the words of one name at most
_PEOPLE = 100_000  # in a place that is known by its name alone


class _Word(NamedTuple):
    """A word in small letters without 's, where it stands, and whether a blank alone parts it from the one before."""

    low: str
    start: int
    end: int
    joined: bool


def lost_case(text: str) -> bool:
    """Return whether capitals tell nothing in a text: it has next to none, or little else."""
    sample = text[:4000]
    upper = sum(c.isupper() for c in sample)
    lower = sum(c.islower() for c in sample)
    return upper + lower > 20 and (upper > lower or upper < FEWEST_CAPITALS * (upper + lower))


def restore_case(text: str, tagging: Tagging) -> str:
    """Return a text of the same length with capitals where sentences begin and in names.

    Names are what the encoder marks, and rare words where a name stands: beside another name, or
    where a noun would have an article.
    """
    lexicon = lexicon_of("en")
    letters = [c.lower() if len(c.lower()) == 1 else c for c in text]
    words = _words(text)
    raised = _marked(words, tagging, lexicon)
    raised |= _peoples(text)
    raised |= _seen(words, raised, {span.end for span in tagging.of("names", "person")}, lexicon)
    initials = {
        word.end
        for before, word in pairwise(words)
        if word.end - word.start == 1 and word.joined and before.start in raised
    }
    times = {at for span in tagging.of("times") for at in range(*span)}
    for word in words:
        if (
            word.start in raised
            or (word.end in initials and text[word.end : word.end + 1] == ".")
            or word.low in _CALENDAR
            or word.low.partition("'")[0] in _ALWAYS
            or (word.low in ("march", "may") and word.start in times)
        ):
            _raise(letters, word.start)
    for match in _BEGINS.finditer(text):
        if match.start("stop") not in initials:  # "Yuri S. said" is one sentence
            _raise(letters, match.end())
    return "".join(letters)


def _words(text: str) -> list[_Word]:
    found: list[_Word] = []
    end = -_LINKED
    for match in _WORD.finditer(text):
        low = _POSSESSIVE.sub("", match.group().lower())
        found.append(_Word(low, match.start(), match.end(), match.start() - end <= _LINKED))
        end = match.end()
    return found


def _marked(words: Sequence[_Word], tagging: Tagging, lexicon: Lexicon) -> set[int]:
    """Return where words of names begin that the encoder marked.

    A body called by its noun alone ("the ministry") has no capital.
    """
    starts = [word.start for word in words]
    raised: set[int] = set()
    for span in tagging.of("names"):
        inside = words[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
        if len(inside) == 1 and inside[0].low in lexicon.words["authorities"]:
            continue
        raised |= {word.start for word in inside if word is inside[0] or word.low not in _SMALL}
    return raised


def _peoples(text: str) -> set[int]:
    """Return where words begin that name nations and peoples ("Kyrgyz citizens")."""
    language = load("en")
    words = language.words(text)
    return {
        words[at].start
        for first, last, _ in language.demonyms.find(words)
        for at in range(first, last)
    }


def _seen(
    words: Sequence[_Word], marked: Collection[int], ends: Collection[int], lexicon: Lexicon
) -> set[int]:
    """Return where words begin that are names by where they stand, or stand so elsewhere in the text.

    `ends` are those of marked people: a rare word behind one is the rest of the name.
    """
    names: set[str] = set()
    raised: set[int] = set()
    nothing = _Word("", 0, 0, joined=False)
    padded = [nothing, *words, nothing]
    for before, word, after in zip(padded, words, padded[2:], strict=False):
        if not _is_rare(word.low):
            continue
        introduced = word.joined and before.low in _INTRODUCING
        speaks = (
            after.joined and after.low in _SPEAKS and not (word.joined and _leads(before, lexicon))
        )
        beside = (after.joined and after.start in marked) or (word.joined and before.end in ends)
        if (
            beside
            or (not word.low.endswith("s") and (introduced or speaks))
            or any(is_main and _is_large(known) for known, is_main in named(fold(word.low)))
        ):
            names.add(word.low)
            if introduced and after.joined and after.low in lexicon.words["office_names"]:
                raised.add(after.start)  # "told Steppe Monitor that"
    return raised | {word.start for word in words if word.low in names}


def _leads(word: _Word, lexicon: Lexicon) -> bool:
    """Say whether a word makes a noun of what follows: "the signatory said", "one signatory said"."""
    return any(
        word.low in lexicon.words[group] for group in ("determiners", "adjectives", "possessives")
    )


def _is_rare(low: str) -> bool:
    return len(low) >= _SHORTEST and not is_uncapitalised(fold(low)) and low not in _listed()


@cache
def _listed() -> frozenset[str]:
    lexicon = lexicon_of("en")
    return lexicon.nouns.union(*lexicon.words.values())


def _is_large(place: Known) -> bool:
    return place.kind == "country" or place.population >= _PEOPLE


def _raise(letters: list[str], at: int) -> None:
    if at < len(letters) and len(letters[at].upper()) == 1:
        letters[at] = letters[at].upper()
