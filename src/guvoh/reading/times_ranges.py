"""Phrases of time that join others: ranges, open ends, recurrence."""

from collections.abc import Callable
from functools import cache

from guvoh.languages import load
from guvoh.reading.numbers import plain_figures
from guvoh.reading.passage import BREAK, COMMA, DASH, JOIN, Passage
from guvoh.reading.times_amounts import amount_at
from guvoh.reading.times_calendar import borrowed
from guvoh.reading.times_figures import skip
from guvoh.reading.times_phrases import bare_unit, simple_at
from guvoh.reading.times_specs import (
    Around,
    Bounded,
    Calendar,
    Offset,
    Open,
    Parsed,
    Part,
    Recurring,
    Relative,
    Spec,
    Unreadable,
)

_RATES = ("hour", "day", "week", "month", "year")


def phrase_at(passage: Passage, index: int) -> Parsed | None:
    """Return the longest phrase of time that begins at word `index`."""
    for rule in _rules_of(passage.language.code).get(passage.words[index].text, ()):
        found = rule(passage, index)
        if found is not None:
            return found
    return _range(passage, index) or simple_at(passage, index)


def _opened_range(passage: Passage, index: int) -> Parsed | None:
    """Read "from January to March 2023", "between 3 and 9 March", "с 12 на 13 февраля"."""
    links = passage.language.time_links
    start = passage.is_one(links, index, "from", "between")
    if start is None or passage.gap(start) != JOIN:
        return None
    at = skip(passage, start, "the")
    names = ("to", "and") if passage.is_one(links, index, "between") else ("to", "into")
    first = (borrowed(passage, at) if at < len(passage) else None) or simple_at(passage, at)
    onwards = None if first is None else passage.is_one(links, first[1], "onwards")
    if first is not None and onwards is not None and passage.gap(first[1]) == JOIN:
        return Open(1, first[0]), onwards
    return _joined(passage, first, names)


def _range(passage: Passage, index: int) -> Parsed | None:
    """Read "3-9 March", "January to March 2023", "2022-23"."""
    first = simple_at(passage, index)
    if first is None:
        return None
    found = _joined(passage, first, ("to",))
    return (
        found
        if found is not None
        and isinstance(found[0], Bounded)
        and _alike(found[0].first, found[0].last)
        else None
    )


def _joined(passage: Passage, first: Parsed | None, names: tuple[str, ...]) -> Parsed | None:
    if first is None or not _rangeable(first) or first[1] >= len(passage):
        return None
    joint = first[1]
    links = passage.language.time_links
    to = passage.is_one(links, joint, *names) if passage.gap(joint) in (JOIN, COMMA) else None
    if to is None and (passage.gap(joint) == DASH or passage.between(joint) == "-"):
        to = joint
    if to is None:
        return None
    last = simple_at(passage, skip(passage, to, "the")) or _short_year(passage, first, to)
    if last is None or not _rangeable(last):
        return None
    return Bounded(first[0], last[0]), last[1]


def _short_year(passage: Passage, first: Parsed, index: int) -> Parsed | None:
    """Read the 23 of "2022-23"."""
    spec, digits = first[0], plain_figures(passage, index)
    if (
        not isinstance(spec, Calendar)
        or spec.year is None
        or spec.month is not None
        or digits is None
    ):
        return None
    if len(digits) != 2 or (spec.year + 1) % 100 != int(digits):
        return None
    return Calendar(year=spec.year + 1), index + 1


def _rangeable(found: Parsed) -> bool:
    return isinstance(found[0], Calendar | Part | Around | Relative | Offset)


def _alike(one: Spec, other: Spec) -> bool:
    if isinstance(one, Calendar) and isinstance(other, Calendar):
        return (one.day is None) == (other.day is None) and (one.month is None) == (
            other.month is None
        )
    return isinstance(one, Part) or isinstance(other, Part)


def _open(passage: Passage, index: int) -> Parsed | None:
    language = passage.language
    for end, side in _opening(passage, index):
        at = skip(passage, end, "the", "during", "of")
        if at >= len(passage) or passage.gap(at) in (BREAK, COMMA):
            continue
        inner = simple_at(passage, at) or (bare_unit(passage, at) if at > end else None)
        if inner is None:
            season = passage.match(language.seasons, at) if at > end else None
            inner = (Calendar(season=season[1]), season[0]) if season else None
        if inner is not None and isinstance(inner[0], Calendar | Part | Relative | Offset | Around):
            return Open(side, inner[0]), inner[1]
        if inner is not None and isinstance(inner[0], Unreadable):
            return inner
    return None


def _opening(passage: Passage, index: int) -> list[tuple[int, int]]:
    """Return (word after it, side) of "since", "until", "before", "after" at `index`."""
    language = passage.language
    sides = {"since": 1, "until": -1}
    modifiers = {"after": 1, "before": -1}
    found = [
        (end, sides[name])
        for end, name in passage.matches(language.time_links, index)
        if name in sides
    ]
    found += [
        (end, modifiers[name])
        for end, name in passage.matches(language.modifiers, index)
        if name in modifiers
    ]
    return found


def _recurring(passage: Passage, index: int) -> Parsed | None:
    language = passage.language
    links = language.time_links
    end = passage.is_one(links, index, "every")
    if end is not None and passage.gap(end) == JOIN:
        amount = amount_at(passage, end)
        at = amount[2] if amount is not None else end
        for lexicon in (language.units, language.day_parts, language.seasons):
            unit = passage.match(lexicon, at)
            if unit is not None:
                return Recurring(str(unit[1])), _with_part(passage, unit[0])
        weekday = passage.match(language.weekdays, at)
        if weekday is not None:
            return Recurring("weekday"), _with_part(passage, weekday[0])
    for unit_name in _RATES:
        alone = passage.is_one(links, index, f"every-alone {unit_name}")
        if (
            alone is not None
            and not passage.capital(index)
            and passage.ends_with(links, index, "the") is None
        ):
            return Recurring(unit_name), alone
    plural = passage.is_one(links, index, "weekday-plural")
    if plural is not None:
        return Recurring("weekday"), plural
    times = passage.is_one(links, index, "times")
    if times is not None and passage.gap(times) == JOIN:
        per = passage.is_one(links, times, "per")
        unit = (
            passage.match(language.units, per)
            if per is not None and passage.gap(per) == JOIN
            else None
        )
        if unit is not None:
            return Recurring(unit[1]), unit[0]
    return None


def _with_part(passage: Passage, index: int) -> int:
    part = passage.match(passage.language.day_parts, index) if passage.gap(index) == JOIN else None
    return part[0] if part is not None else index


Rule = Callable[[Passage, int], Parsed | None]


@cache
def _rules_of(code: str) -> dict[str, tuple[Rule, ...]]:
    """Return for each word with which a range, an open end or a recurrence begins the rules to try."""
    language = load(code)

    def linking(*names: str) -> frozenset[str]:
        return frozenset(first for first, name in language.time_links if name in names)

    bounds = frozenset(first for first, name in language.modifiers if name in ("before", "after"))
    rules: dict[Rule, frozenset[str]] = {
        _recurring: linking(
            "every", "times", "weekday-plural", *(f"every-alone {unit}" for unit in _RATES)
        ),
        _opened_range: linking("from", "between"),
        _open: linking("since", "until") | bounds,
    }
    words = sorted(frozenset().union(*rules.values()))
    return {word: tuple(rule for rule, firsts in rules.items() if word in firsts) for word in words}
