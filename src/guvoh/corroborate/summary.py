"""One plain sentence for an event and one for a warning, never more precise than the values."""

import re
from collections.abc import Sequence

from guvoh.corroborate.descriptions import describe
from guvoh.corroborate.values import Details
from guvoh.corroborate.veil import WITHHELD
from guvoh.corroborate.vocabulary import vocabulary
from guvoh.model.event import Count, EventStatus, Value

_BEYOND_LATIN = 0x250
_POINT = re.compile(r"(\d{4}|XXXX)(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?")
_THIRDS = {(1, 10): "early", (11, 20): "mid", (21, 28): "late"}
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def summary(details: Details, acts: Sequence[str], status: EventStatus, count: Count) -> str:
    """Return what is said to have happened, with a hedge where the sources are few."""
    doing = _doing(acts, status)
    sentence = f"{affected(details) or 'people'} {doing}"
    around = [value for value in (_place(details.where), _time(details.when)) if value]
    if around:
        sentence += f": {', '.join(around)}"
    if count.high == 0 or count.low == 0:
        sentence = f"reportedly, {sentence}"
    elif count.high == 1:
        sentence += ", by one account"
    return f"{sentence[:1].upper()}{sentence[1:]}."


def affected(details: Details) -> str | None:
    """Return the people concerned, as the values name them: a number with whom it counts, or a group.

    What is written in another script is told by its number alone, so that the sentence can be read.
    """
    people = [v for v in details.who if v.role == "affected" and v.name != WITHHELD]
    for value in details.how_many:
        if value.of and _people(value.of):
            if not _latin(f"{value.name}{value.of}"):
                return f"{_figure(value)} people"
            joint = " of " if _collective(value) else " "
            return f"{value.name}{joint}{value.of}".strip()
    return next((value.name for value in people if _latin(value.name)), None)


def _latin(text: str) -> bool:
    """Return whether all letters of a text are of the Latin alphabet and its extensions."""
    return all(ord(sign) < _BEYOND_LATIN for sign in text if sign.isalpha())


def _figure(value: Value) -> str:
    if value.high is None:
        return f"at least {value.low:g}"
    return f"{value.low:g}" if value.low == value.high else f"{value.low:g} to {value.high:g}"


def _collective(value: Value) -> bool:
    """Return whether a number is a word that takes "of": a group, dozens, tens of thousands."""
    words = value.name.lower().split()
    return bool(words) and words[-1] in vocabulary().collectives


def _people(of: str) -> bool:
    # A value does not tell its language; Russian knows most words for people in Cyrillic script.
    known = describe(of, "en" if _latin(of) else "ru")
    words = set(of.lower().split())
    return bool(known.roles or known.peoples or known.kin or words & vocabulary().people)


def _doing(acts: Sequence[str], status: EventStatus) -> str:
    manner = [act for act in acts if act in vocabulary().manner]
    core = [act for act in acts if act not in vocabulary().manner] or manner
    if not core:
        return "are spoken of"
    said, noun = vocabulary().phrases.get(core[0], (core[0], core[0]))
    forced = " without consent" if "coerce" in manner and core[0] != "coerce" else ""
    if status is EventStatus.PLANNED:
        return f"face planned {noun}{forced}"
    if status is EventStatus.FEARED:
        return f"fear {noun}{forced}"
    return f"{said}{forced}"


def _place(values: Sequence[Value]) -> str | None:
    """Return the place that most sources name, of the first kind that sources outside copies name."""
    return next((value.name for value in values if value.name != WITHHELD), None)


def _time(values: Sequence[Value]) -> str | None:
    """Return the first time in words, an interval that is closed before one that is open."""
    ordered = sorted(values, key=lambda value: ".." in (value.edtf or ".."))
    return said(ordered[0].edtf or "") or ordered[0].name if ordered else None


def said(edtf: str) -> str | None:
    """Return a day, month, third of a month, year or interval in words; None for anything else."""
    head, slash, tail = edtf.partition("/")
    first, last = _point(head), _point(tail)
    if not slash:
        return _written(first) if first else None
    if first and tail == "..":
        return f"since {_written(first)}"
    if last and head == "..":
        return f"by {_written(last)}"
    if not first or not last:
        return None
    if len(first) == len(last) == 3 and first[:2] == last[:2]:
        for (low, high), word in _THIRDS.items():
            if int(first[2]) == low and (
                int(last[2]) == high or (low == 21 and high < int(last[2]))
            ):
                return f"{word} {_written(first[:2])}"
        return f"{int(first[2])}–{_written(last)}"
    return f"{_written(first)} to {_written(last)}"


def _point(text: str) -> tuple[str, ...] | None:
    found = _POINT.fullmatch(text)
    return tuple(part for part in found.groups() if part) if found else None


def _written(point: tuple[str, ...]) -> str:
    """Return a point in words, without the year where it is unknown."""
    day = [str(int(point[2]))] if len(point) > 2 else []
    month = [_MONTHS[int(point[1]) - 1]] if len(point) > 1 else []
    year = [point[0]] if point[0].isdigit() else []
    return " ".join([*day, *month, *year])
