"""Phrases of time that are one time: a date, a part of it, an offset; and which rules fit which word."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from guvoh.languages import load
from guvoh.languages.phrases import Phrases
from guvoh.reading.passage import JOIN, Passage
from guvoh.reading.times_calendar import calendar_at
from guvoh.reading.times_counted import counted_at
from guvoh.reading.times_figures import skip
from guvoh.reading.times_offsets import offset_at
from guvoh.reading.times_relative import dated_at, daypart_at, picked_at, relative_at, week_of
from guvoh.reading.times_specs import Around, Calendar, Offset, Parsed, Part, Relative

Rule = Callable[[Passage, int], Parsed | None]


def simple_at(passage: Passage, index: int) -> Parsed | None:
    """Return the longest phrase that is neither a range nor open."""
    if index >= len(passage):
        return None
    known = passage.parsed
    if ("simple", index) not in known:
        rule = _applicable(passage, index).modified
        modified = rule(passage, index) if rule is not None else None
        found = core_at(passage, index)
        longer = modified is not None and (found is None or modified[1] >= found[1])
        known["simple", index] = modified if longer else found
    simple: Parsed | None = known["simple", index]
    return simple


def core_at(passage: Passage, index: int) -> Parsed | None:
    """Return the longest date, offset or relative time at word `index`, no part of one."""
    if index >= len(passage):
        return None
    known = passage.parsed
    if ("core", index) not in known:
        rules = _applicable(passage, index).core
        candidates = [found for rule in rules if (found := rule(passage, index)) is not None]
        known["core", index] = max(candidates, key=lambda found: found[1], default=None)
    core: Parsed | None = known["core", index]
    return core


def modified_at(passage: Passage, index: int) -> Parsed | None:
    """Read "late January", "around 15 March", "earlier this month"."""
    language = passage.language
    best: Parsed | None = None
    for end, where in passage.matches(language.modifiers, index):
        if where in ("before", "after"):
            continue
        at = skip(passage, end, "of", "the", "during")
        if at >= len(passage) or passage.gap(at) != JOIN:
            continue
        if where == "around":
            found = core_at(passage, at) or _part_at(passage, at)
            fits = found is not None and isinstance(found[0], Calendar | Part | Offset)
            parsed: Parsed | None = (Around(found[0]), found[1]) if found and fits else None
        else:
            inner = core_at(passage, at) or bare_unit(passage, at)
            parsed = (Part(where, inner[0]), inner[1]) if inner and _divisible(inner) else None
        if parsed is not None and (best is None or parsed[1] > best[1]):
            best = parsed
    return best or _clipped(passage, index)


def _part_at(passage: Passage, index: int) -> Parsed | None:
    """Read what may follow "around": a part of a period, not another "around"."""
    if passage.is_one(passage.language.modifiers, index, "start", "middle", "end") is None:
        return None
    return modified_at(passage, index)


def _divisible(found: Parsed) -> bool:
    spec = found[0]
    if isinstance(spec, Calendar):
        return spec.day is None and (spec.weekday is None)
    return isinstance(spec, Relative) and spec.unit not in ("day", "now", "recent", "soon")


def bare_unit(passage: Passage, index: int) -> Parsed | None:
    """Read the unit of "the end of the month": the present one, or the one the text is in."""
    unit = passage.match(passage.language.units, index)
    if unit is None or unit[1] not in (
        "week",
        "month",
        "quarter",
        "year",
        "decade",
        "century",
        "season",
    ):
        return None
    return Relative(unit[1], 0), unit[0]


def _clipped(passage: Passage, index: int) -> Parsed | None:
    """Read "earlier this month", "later this year"."""
    links = passage.language.time_links
    for name, where in (("earlier-in", "so-far"), ("later-in", "remaining")):
        end = passage.is_one(links, index, name)
        if end is None or passage.gap(end) != JOIN:
            continue
        at = skip(passage, end, "during", "the")
        found = (
            relative_at(passage, at)
            or picked_at(passage, at)
            or (bare_unit(passage, at) if at > end else None)
        )
        if (
            found is not None
            and isinstance(found[0], Relative)
            and found[0].unit not in ("day", "now")
        ):
            if found[0].shift == 0:
                return Part(where, found[0]), found[1]
            return found
        dated = calendar_at(passage, at)
        if dated is not None:
            return dated
    return None


# Which rules can apply at a word, by the lexicons that have it.


@dataclass(frozen=True, slots=True)
class _Applicable:
    """Rules for a word: parts of periods, and what stands by itself."""

    modified: Rule | None
    core: tuple[Rule, ...]


_FIGURES = _Applicable(None, (offset_at, dated_at, counted_at))
_NONE = _Applicable(None, ())


def _applicable(passage: Passage, index: int) -> _Applicable:
    text = passage.words[index].text
    return _FIGURES if text[0].isdecimal() else _rules_of(passage.language.code).get(text, _NONE)


@cache
def _rules_of(code: str) -> dict[str, _Applicable]:
    """Return the rules for each word of a language with which a time can begin."""
    language = load(code)

    def firsts(*lexicons: Phrases[Any]) -> frozenset[str]:
        return frozenset(first for lexicon in lexicons for first, _ in lexicon)

    def linking(*names: str) -> frozenset[str]:
        return frozenset(first for first, name in language.time_links if name in names)

    def bounding(*names: str) -> frozenset[str]:
        return frozenset(first for first, name in language.bounds if name in names)

    numbers = firsts(language.cardinals, language.scales, language.vague) | bounding(
        "article", "fraction 2"
    )
    counts = numbers | bounding("about", "under", "over", "atleast", "atmost", "exact", "below")
    months = firsts(language.months, language.months_short)
    days = firsts(language.weekdays, language.weekdays_short)
    units, seasons, parts = (
        firsts(language.units),
        firsts(language.seasons),
        firsts(language.day_parts),
    )
    relative, modifiers = firsts(language.relative), firsts(language.modifiers)
    clipped = linking("earlier-in", "later-in")
    core: dict[Rule, frozenset[str]] = {
        offset_at: counts
        | units
        | linking("ago-before", "later-before", "single-unit", "half-year"),
        dated_at: months
        | days
        | seasons
        | firsts(language.feasts)
        | numbers
        | firsts(language.ordinals)
        | linking("decade-noun", "year-noun"),
        relative_at: relative
        | linking(
            "text-next", "text-last", "same", "the", "text-day 1", "text-day 2", "text-day -1"
        ),
        picked_at: units
        | months
        | seasons
        | days
        | parts
        | linking("the", "last", "next", "this", "recent", "past"),
        daypart_at: parts,
        week_of: units,
        counted_at: firsts(language.ordinals) | linking("last-of", "the"),
    }
    known = sorted(frozenset().union(*core.values(), modifiers, clipped))
    return {
        word: _Applicable(
            modified=modified_at if word in modifiers or word in clipped else None,
            core=tuple(rule for rule, words in core.items() if word in words),
        )
        for word in known
    }
