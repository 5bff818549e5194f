"""Where and when a report sets what it tells, where that is one facility or town and one day."""

import re
from collections.abc import Iterable, Iterator, Sequence

from guvoh.corroborate.days import Days, days
from guvoh.corroborate.descriptions import name_key, place_keys
from guvoh.model.claim import Claim
from guvoh.model.report import Report
from guvoh.resolve.nominative import nominative

# One to three words between quotation marks.
_IN_MARKS = re.compile(r"[«“„]([^\W\d_][^\s«»“”„]{2,23}(?: [^\s«»“”„]{2,24}){0,2})[»”“]")
_LONG = 4  # letters of a key that tells names apart
_EXACT = 3  # days that a time takes which is told to the day: a night has two


def names_in_marks(report: Report) -> Iterator[tuple[str, int]]:
    """Yield names between quotation marks, which may be works called by their name alone, as (key, offset).

    «Медсестра «Кедрового Лога»»: that it is a hospital, another report must say.
    """
    code = report.language
    for match in _IN_MARKS.finditer(report.text):
        name = match.group(1)
        if name[0].isupper():
            key = name_key(nominative(name) if code == "ru" else name)
            if len(key) >= _LONG:
                yield key, match.start(1)


def main_places(seen: Sequence[str]) -> tuple[str, ...]:
    """Return the facility that a report names, if it names but one; else the town, if it names but one."""
    for mark in "fg":
        named = tuple(key for key in seen if key[0] == mark)
        if named:
            return named if len(named) == 1 else ()
    return ()


def main_days(
    claims: Iterable[Claim], places: Sequence[str], code: str, published: str | None
) -> tuple[Days, ...]:
    """Return the day that claims name with the one place, if it is one: "buses stopped at the works on 7 October".

    The day on which the report came out is none.
    """
    if not places:
        return ()
    today = days((published or "")[:10])
    found: dict[Days, None] = {}
    for claim in claims:
        if not any(set(place_keys(place, code)).intersection(places) for place in claim.places):
            continue
        for time in claim.times:
            at = days(time.edtf) if time.kind in ("date", "interval") else None
            if at is not None and at.length <= _EXACT and at != today:
                found[at] = None
    return tuple(found) if len(found) == 1 else ()
