"""A text without its capitals given them back, where the encoder saw names, so that rules can read it."""

import re

from guvoh.model.tagging import Tagging

# Less than this share of capitals among letters is a text that lost them; print has 2 to 6 %.
FEWEST_CAPITALS = 0.004
_SMALL = frozenset(
    ("of", "the", "and", "for", "in", "on", "de", "la", "al", "bin", "ibn", "van", "von")
)
_BEGINS = re.compile(r"(?:^|[.!?…]['\"”’)]?[ ]|\n)['\"“‘(]?(?=[^\W\d_])", re.MULTILINE)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_CALENDAR = frozenset(
    [
        "january",
        "february",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ]
)
_ALWAYS = frozenset(("i", "mr", "mrs", "ms", "dr"))


def lost_case(text: str) -> bool:
    """Return whether capitals tell nothing in a text: it has next to none, or little else."""
    sample = text[:4000]
    upper = sum(c.isupper() for c in sample)
    lower = sum(c.islower() for c in sample)
    return upper + lower > 20 and (upper > lower or upper < FEWEST_CAPITALS * (upper + lower))


def restore_case(text: str, tagging: Tagging) -> str:
    """Return a text of the same length with capitals where sentences begin and in names."""
    letters = [c.lower() if len(c.lower()) == 1 else c for c in text]
    for match in _BEGINS.finditer(text):
        _raise(letters, match.end())
    for span in tagging.of("names"):
        for word in _WORD.finditer(text, span.start, span.end):
            if word.start() == span.start or word.group().lower() not in _SMALL:
                _raise(letters, word.start())
    times = {at for span in tagging.of("times") for at in range(*span)}
    for word in _WORD.finditer(text):
        low = word.group().lower()
        if (
            low in _CALENDAR
            or low.partition("'")[0] in _ALWAYS
            or (low in ("march", "may") and word.start() in times)
        ):
            _raise(letters, word.start())
    return "".join(letters)


def _raise(letters: list[str], at: int) -> None:
    if at < len(letters) and len(letters[at].upper()) == 1:
        letters[at] = letters[at].upper()
