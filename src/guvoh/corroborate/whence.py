"""Places from which people come: what was done to "three men from Urgut" need not have been done there."""

import re

from guvoh.corroborate.descriptions import language_of, who_keys
from guvoh.corroborate.vocabulary import vocabulary
from guvoh.model.claim import Place

_BEFORE = 60  # characters before a place in which those who come from it are named
_END = re.compile(r"[.!?;:\n«»“”\"(),]")


def home(text: str, place: Place, code: str) -> bool:
    """Return whether a place is told of as the one from which people come, in a text in language `code`.

    So is one after "from", where a word for people or a name stands right before that: not "taken from Osh".
    """
    if place.kind == "facility":
        return False
    said = _END.split(text[max(0, place.span.start - _BEFORE) : place.span.start])[-1]
    words = language_of(code).words(said)
    while words and words[-1].text in vocabulary().articles:
        words.pop()
    if not words or words.pop().text not in vocabulary().whence or not words:
        return False
    last = said[words[-1].start : words[-1].end]
    people = words[-1].text in vocabulary().people or bool(who_keys(last, "group", code))
    return people or (len(words) > 1 and last[:1].isupper())
