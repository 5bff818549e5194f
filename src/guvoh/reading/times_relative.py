"""Times counted from publication or from the text: "last March", "the next day", "recent weeks"."""

from dataclasses import replace

from guvoh.reading.passage import JOIN, Passage
from guvoh.reading.times_amounts import amount_at
from guvoh.reading.times_calendar import borrowed, calendar_at, month_at
from guvoh.reading.times_figures import skip
from guvoh.reading.times_specs import Calendar, Parsed, Reference, Relative, Window

_REFERENCES = {"now": "now", "recent": "recent", "soon": "soon"}


def relative_at(passage: Passage, index: int) -> Parsed | None:
    """Read "yesterday", "the next day", "that night", "the quarter"."""
    language = passage.language
    links = language.time_links
    for name, shift in (("text-next", 1), ("text-last", -1)):
        end = passage.is_one(links, index, name)
        unit = (
            passage.match(language.units, end)
            if end is not None and passage.gap(end) == JOIN
            else None
        )
        if unit is not None and unit[1] not in ("second", "minute", "hour"):
            return Relative("day" if unit[1] == "night" else unit[1], shift, to_text=True), unit[0]
    for name, shift in (("text-day 1", 1), ("text-day 2", 2), ("text-day -1", -1)):
        end = passage.is_one(links, index, name)
        if end is not None:
            return Relative("day", shift, to_text=True), end
    quarter = _the_quarter(passage, index)
    if quarter is not None:
        return quarter
    end = passage.is_one(links, index, "same")
    if end is not None and passage.gap(end) == JOIN:
        unit = passage.match(language.units, end)
        part = passage.match(language.day_parts, end)
        if unit is not None and unit[1] not in ("second", "minute", "hour", "half"):
            return Relative("day" if unit[1] == "night" else unit[1], 0, to_text=True), unit[0]
        if part is not None:
            return Relative("day", 0, to_text=True), part[0]
        dated = passage.is_one(links, end, "date-noun")
        if dated is not None:
            return Relative("day", 0, to_text=True), dated
    hit = passage.match(language.relative, index)
    if hit is None or _in_title(passage, index):
        return None
    end, (name, shift) = hit
    if name in _REFERENCES:
        return Reference(_REFERENCES[name]), end
    part = (
        passage.match(language.day_parts, end)
        if passage.gap(end) == JOIN and name == "day"
        else None
    )
    return Relative(name, shift), part[0] if part is not None else end


def _in_title(passage: Passage, index: int) -> bool:
    """Return whether a word such as "Today" is capitalised as part of a name."""
    if not passage.capital(index) or passage.sentence_start(index):
        return False
    word = passage.words[index]
    return not passage.text[word.start : word.end].isupper()


def _the_quarter(passage: Passage, index: int) -> Parsed | None:
    """Read "the quarter", "the latest quarter": the one last spoken of, or the last to have ended."""
    end = passage.is_one(passage.language.time_links, index, "the")
    if end is None or passage.gap(end) != JOIN:
        return None
    end = passage.is_one(passage.language.time_links, end, "latest") or end
    unit = passage.match(passage.language.units, end) if passage.gap(end) == JOIN else None
    return (
        (Relative("quarter", -1, to_text=True), unit[0])
        if unit is not None and unit[1] == "quarter"
        else None
    )


def picked_at(passage: Passage, index: int) -> Parsed | None:
    """Read "last March", "next Friday", "the last two weeks", "recent months", "le mois dernier"."""
    links = passage.language.time_links
    at = skip(passage, index, "the")
    for name, direction in (("recent", -1), ("last", -1), ("next", 1), ("this", 0), ("past", -1)):
        end = passage.is_one(links, at, name)
        if end is None or passage.gap(end) != JOIN:
            continue
        if name == "last" and passage.ends_with(links, at, "before-verb") is not None:
            continue  # "is expected to last five weeks"
        found = _windowed(passage, end, direction, recent=name == "recent")
        if found is None and name != "recent":
            found = _chosen(passage, end, direction)
        if found is not None:
            return found
    return _chosen_after(passage, at)


def _windowed(passage: Passage, index: int, direction: int, *, recent: bool) -> Parsed | None:
    """Read what follows "last" where it is a number of units, or units without number ("recent weeks")."""
    if direction == 0:
        return None
    amount = amount_at(passage, index)
    at = amount[2] if amount is not None else index
    unit = passage.match(passage.language.units, at) if passage.gap(at) == JOIN else None
    if unit is None:
        return None
    if amount is not None:
        count = amount[1] if amount[1] is not None else amount[0]
        return Window(count, unit[1], direction, vague=amount[0] != amount[1]), unit[0]
    if recent or passage.is_one(passage.language.time_links, index, "many-units") is not None:
        return Window(None, unit[1], direction), unit[0]
    return None


def _chosen(passage: Passage, index: int, direction: int) -> Parsed | None:
    language = passage.language
    unit = passage.match(language.units, index)
    if unit is not None and unit[1] in (
        "week",
        "weekend",
        "month",
        "quarter",
        "year",
        "decade",
        "century",
        "night",
        "day",
        "fortnight",
    ):
        name = "day" if unit[1] == "night" else unit[1]
        return Relative(name, direction), unit[0]
    month = month_at(passage, index, beside_number=True)
    if month is not None:
        dated = calendar_at(passage, index)
        if (
            dated is not None
            and isinstance(dated[0], Calendar)
            and dated[0].month
            and lacks_year(dated)
        ):
            return replace(dated[0], pick=direction), dated[1]
        return Calendar(month=month[0], pick=direction), month[1]
    season = passage.match(language.seasons, index)
    if season is not None:
        return Calendar(season=season[1], pick=direction), season[0]
    weekday = passage.match(language.weekdays, index)
    if weekday is not None:
        part = (
            passage.match(language.day_parts, weekday[0])
            if passage.gap(weekday[0]) == JOIN
            else None
        )
        return Calendar(weekday=weekday[1], pick=direction), part[0] if part else weekday[0]
    part = passage.match(language.day_parts, index)
    if part is not None and direction <= 0:
        return Relative("day", direction), part[0]
    return None


def _chosen_after(passage: Passage, index: int) -> Parsed | None:
    """Read a unit, month, season or weekday with its "last" or "next" after it ("el mes pasado")."""
    language = passage.language
    found = _chosen(passage, index, 0)
    if found is None or passage.gap(found[1]) != JOIN:
        return None
    for name, direction in (("text-next-after", 1), ("text-last-after", -1)):
        end = passage.is_one(language.time_links, found[1], name)
        if end is not None and isinstance(found[0], Relative):
            return Relative(found[0].unit, direction, to_text=True), end
    for name, direction in (("last-after", -1), ("next-after", 1), ("this-after", 0)):
        end = passage.is_one(language.time_links, found[1], name)
        if end is not None:
            spec = found[0]
            if isinstance(spec, Calendar):
                return replace(spec, pick=direction), end
            return (Relative(spec.unit, direction), end) if isinstance(spec, Relative) else None
    return None


def dated_at(passage: Passage, index: int) -> Parsed | None:
    """Return a calendar date with the part of the day after it."""
    found = calendar_at(passage, index)
    lent = borrowed(passage, index) if found is None or lacks_year(found) else None
    best = lent if found is None or (lent is not None and lent[1] >= found[1]) else found
    if best is None:
        return None
    part = (
        passage.match(passage.language.day_parts, best[1]) if passage.gap(best[1]) == JOIN else None
    )
    return (
        (best[0], part[0])
        if part is not None and isinstance(best[0], Calendar) and is_day(best[0])
        else best
    )


def lacks_year(found: Parsed) -> bool:
    """Return whether a date gives no year."""
    spec = found[0]
    return (
        isinstance(spec, Calendar)
        and spec.year is None
        and spec.year_shift is None
        and spec.weekday is None
    )


def is_day(spec: Calendar) -> bool:
    """Return whether a date is a day."""
    return spec.day is not None or spec.weekday is not None


def week_of(passage: Passage, index: int) -> Parsed | None:
    """Read "the week of 6 March"."""
    unit = passage.match(passage.language.units, index)
    if unit is None or unit[1] not in ("week", "weekend"):
        return None
    of = passage.is_one(passage.language.time_links, unit[0], "of")
    found = (
        calendar_at(passage, of)
        if of is not None and of < len(passage) and passage.gap(of) == JOIN
        else None
    )
    if found is None or not isinstance(found[0], Calendar) or found[0].day is None:
        return None
    return replace(found[0], size=unit[1]), found[1]


def daypart_at(passage: Passage, index: int) -> Parsed | None:
    """Read "the night of 3 to 4 March", "on the morning of Tuesday": the day on which it begins."""
    part = passage.match(passage.language.day_parts, index)
    if part is None or passage.gap(part[0]) != JOIN:
        return None
    at = skip(passage, part[0], "of", "the", "on", "from")
    if at >= len(passage) or passage.gap(at) != JOIN:
        return None
    found = dated_at(passage, at)
    if found is None or not isinstance(found[0], Calendar) or not is_day(found[0]):
        return None
    to = passage.is_one(passage.language.time_links, found[1], "to", "and")
    last = dated_at(passage, skip(passage, to, "the")) if to is not None else None
    both = last is not None and isinstance(last[0], Calendar) and is_day(last[0])
    return (found[0], last[1]) if both and last is not None else found
