"""Distances that a text states, and the places from which it counts them."""

import re

from guvoh.model.claim import Place

_UNIT = r"(km|kilomet\w{1,6}|kilómetros|км|километр\w{0,4}|miles?|milles|mi|миль|миля|mil)\b"
_NUMBER = r"(\d{1,3}(?:[ \u00a0,.]?\d{3}){0,2})[ \u00a0-]{0,2}"
# "190 km", "1,200 kilometres", "190 км", "120 miles"; the digits are bounded, so that no input is slow.
STATED = re.compile(r"(?<![\d.,])" + _NUMBER + _UNIT, re.IGNORECASE)
# "Moskvadan 190 km": there the place stands first, in the case of whence.
_WHENCE = re.compile(r"(?:dan|дан)?[ \u00a0]{1,2}" + _NUMBER + _UNIT, re.IGNORECASE)
_WHENCE_ENDS = ("dan", "дан")
_BEFORE = 60  # characters in which a distance stands before the place
_BETWEEN = 24  # characters from the distance to the place: " south-east of "


def counted_from(text: str, place: Place) -> bool:
    """Return whether a place is one from which a distance is counted: "190 km from Moscow"."""
    start, end = place.span
    before = text[max(0, start - _BEFORE) : start]
    for match in STATED.finditer(before):
        between = before[match.end() :]
        if len(between) <= _BETWEEN and between.strip() and not re.search(r"[.,;:!?()\n]", between):
            return True
    behind = _WHENCE.match(text, end)
    if behind is None:
        return False
    return text[max(0, end - 4) : behind.start(1)].rstrip().casefold().endswith(_WHENCE_ENDS)
