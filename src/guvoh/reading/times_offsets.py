"""Numbers of units of time: how long, how long ago, how much later."""

from guvoh.reading.passage import JOIN, Passage
from guvoh.reading.times_amounts import amount_at
from guvoh.reading.times_calendar import calendar_at
from guvoh.reading.times_figures import skip
from guvoh.reading.times_relative import relative_at
from guvoh.reading.times_specs import Calendar, Duration, Offset, Parsed, Relative

_MOST_YEARS = 1000


def _span_of_units(passage: Passage, index: int) -> tuple[float, float | None, str, int] | None:
    """Return (low, high, unit, word after it) of "two months", "five-year", "up to 15 days"."""
    language = passage.language
    amount = amount_at(passage, index)
    if amount is None or amount[2] >= len(passage) or passage.gap(amount[2]) != JOIN:
        compound = passage.match(language.units, index)
        if (
            compound is not None
            and compound[1] == "half"
            and passage.is_one(language.time_links, index, "half-year")
        ):
            return 6, 6, "month", compound[0]
        if compound is not None and passage.is_one(language.time_links, index, "single-unit"):
            return 1, 1, compound[1], compound[0]
        return None
    at = passage.is_one(language.time_links, amount[2], "unit-adjective") or amount[2]
    unit = passage.match(language.units, at)
    if unit is None:
        return None
    if unit[1] in ("half", "season") or (unit[1] == "year" and amount[0] > _MOST_YEARS):
        return None  # "2021-2022 годах" are years, not two thousand of them
    return amount[0], amount[1], unit[1], unit[0]


def offset_at(passage: Passage, index: int) -> Parsed | None:
    """Read "two months ago", "hace dos meses", "a week later", "three days after 5 March", "six months"."""
    language = passage.language
    links = language.time_links
    for name, direction in (("ago-before", -1), ("later-before", 1)):
        end = passage.is_one(links, index, name)
        counted = (
            _span_of_units(passage, end) if end is not None and passage.gap(end) == JOIN else None
        )
        if counted is not None:
            anchor = "published" if direction < 0 else "either"
            low, high, unit, after = counted
            return Offset(low, high, unit, direction, anchor), after
    start = index
    bound = None
    for end, value in passage.matches(language.bounds, index):
        if (
            value in ("about", "under", "over", "atleast", "atmost", "exact", "below")
            and passage.gap(end) == JOIN
        ):
            bound, start = value, end
            break
    counted = _span_of_units(passage, start)
    if counted is None:
        return None
    low, high, unit, end = counted
    return _anchored(passage, (low, high, unit), end) or _lasting(
        passage, index, (low, high, unit), end, bound
    )


def _anchored(
    passage: Passage, counted: tuple[float, float | None, str], end: int
) -> Parsed | None:
    links = passage.language.time_links
    low, high, unit = counted
    if passage.gap(end) != JOIN:
        return None
    for name, direction, anchor in (
        ("ago", -1, "published"),
        ("from-now", 1, "published"),
        ("earlier", -1, "text"),
        ("later", 1, "text"),
    ):
        after = passage.is_one(links, end, name)
        if after is None:
            continue
        if anchor == "text":
            inner = (
                _counted_from(passage, skip(passage, after, "the"))
                if passage.gap(after) == JOIN
                else None
            )
            if inner is not None and isinstance(inner[0], Calendar | Relative):
                return Offset(low, high, unit, direction, "text", inner[0]), inner[1]
            if _continues(passage, after):
                return Offset(low, high, unit, direction, "event"), after
        return Offset(low, high, unit, direction, anchor), after
    return None


def _counted_from(passage: Passage, index: int) -> Parsed | None:
    """Return the date or relative time after "three days after"."""
    if index >= len(passage):
        return None
    return calendar_at(passage, index) or relative_at(passage, index)


def _continues(passage: Passage, index: int) -> bool:
    """Return whether a phrase goes on after "after": an event follows that no calendar names."""
    links = passage.language.time_links
    if index >= len(passage) or passage.gap(index) != JOIN:
        return False
    return (
        passage.is_one(links, index - 1, "takes-event") is not None
        and passage.is_one(links, index, "conjunction") is None
    )


def _lasting(
    passage: Passage,
    index: int,
    counted: tuple[float, float | None, str],
    end: int,
    bound: str | None,
) -> Parsed | None:
    """Read a duration, where it is no age, wage or clock time."""
    links = passage.language.time_links
    low, high, unit = counted
    first_word = passage.is_one(passage.language.bounds, index, "article")
    if passage.gap(end) == JOIN and passage.is_one(links, end, "age") is not None:
        return None
    if passage.gap(index) == JOIN and passage.ends_with(links, index, "age-before") is not None:
        return None
    if first_word is not None and bound is None and _rate(passage, index):
        return None
    if index > 0 and unit == "year" and _age(passage, index, end, low):
        return None
    if (
        passage.is_one(links, index, "single-unit")
        and passage.ends_with(links, index, "for-one") is None
    ):
        return None
    if unit == "quarter" and passage.is_one(links, end, "of") is not None:
        return None
    if unit == "second" and not passage.words[end - 1].text.endswith("s"):
        return None
    return Duration(low, high, unit), end


def _age(passage: Passage, index: int, end: int, years: float) -> bool:
    """Return whether years behind a name are somebody's age: "Moussa, 24 ans,", "cubano de 31 años"."""
    links = passage.language.time_links
    if not 5 <= years <= 105:
        return False
    if passage.between(index).strip() in (",", "(") and passage.capital(index - 1):
        return passage.gap(end) != JOIN
    of = passage.ends_with(links, index, "age-of") if passage.gap(index) == JOIN else None
    if of is None or years < 14:
        return False
    return of > 0 and passage.ends_with(links, of, "term-noun") is None


def _rate(passage: Passage, index: int) -> bool:
    """Return whether "a month" here says how often ("200 roubles a month") and not how long."""
    before = passage.ends_with(
        passage.language.time_links, index, "during", "for", "between", "per-before"
    )
    return before is None
