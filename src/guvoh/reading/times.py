"""Times of a text as EDTF: absolute, relative, vague, recurring, and how long something lasted."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from guvoh.languages import Language, load
from guvoh.languages.phrases import Phrases
from guvoh.model.claim import Time
from guvoh.model.finding import Finding
from guvoh.model.text import Span
from guvoh.reading import edtf
from guvoh.reading.edtf import Period
from guvoh.reading.passage import BREAK, JOIN, Passage, passage_of
from guvoh.reading.times_figures import skip
from guvoh.reading.times_ranges import phrase_at
from guvoh.reading.times_resolve import Resolved, Setting, resolve
from guvoh.reading.times_specs import (
    Around,
    Bounded,
    Calendar,
    Counted,
    Duration,
    Offset,
    Open,
    Part,
    Recurring,
    Reference,
    Relative,
    Spec,
    Unreadable,
    Window,
)

_REACH = 14  # words before a time in which its verb is looked for
_AHEAD = 8
_CLOSE = 3
_PASSIVE = 3  # words between an auxiliary and its participle
_ISO = {"second": "S", "minute": "M", "hour": "H", "day": "D", "night": "D", "week": "W", "fortnight": "W", "month": "M", "year": "Y", "decade": "Y", "century": "Y", "quarter": "M", "weekend": "D"}  # fmt: skip
_DAYLIGHT = ("morning", "noon", "afternoon", "evening")
_TIMES = {"fortnight": 2, "decade": 10, "century": 100, "quarter": 3, "weekend": 2}


@dataclass(frozen=True, slots=True)
class Mention:
    """A phrase of time: its words, what it says, and the period it was resolved to, if any.

    `whole` is the period of which "late" or "since" took a part.
    """

    span: Span
    spec: Spec
    period: Period | None
    against: str | None
    whole: Period | None = None


def find_times(text: str, language: Language, published: str | None) -> tuple[Time, ...]:
    """Return the times of `text` in order; `published` is the report's own EDTF date, if known."""
    return read_times(text, language, published)[0]


def read_times(
    text: str, language: Language, published: str | None
) -> tuple[tuple[Time, ...], tuple[Finding, ...]]:
    """Return the times of `text`, and a finding for each date that no calendar has."""
    return times_of(text, find_mentions(passage_of(text, language), published))


def times_of(
    text: str, mentions: Iterable[Mention]
) -> tuple[tuple[Time, ...], tuple[Finding, ...]]:
    """Return what the phrases of time of `text` say, as `read_times` does."""
    times: list[Time] = []
    findings: list[Finding] = []
    for mention in mentions:
        if isinstance(mention.spec, Unreadable):
            findings.append(_unreadable(mention.spec))
        elif not isinstance(mention.spec, Reference):
            times.append(_time(text, mention))
    return tuple(times), tuple(dict.fromkeys(findings))


def times_ahead(text: str, language: Language, published: str | None) -> tuple[Time, ...]:
    """Return the dates of `text` that name no year, as they are where it tells what is to come."""
    mentions = find_mentions(passage_of(text, language), published, ahead=True)
    return tuple(_time(text, each) for each in mentions if _open_year(each.spec))


def find_mentions(
    passage: Passage, published: str | None, *, ahead: bool = False
) -> Iterator[Mention]:
    """Yield every phrase of time, also "now" and dates that no calendar has.

    `ahead` where all of it is known to tell what is to come.
    """
    day = edtf.parse_day(published)
    last: Period | None = None
    index = 0
    for start in _candidates(passage):
        if start < index:
            continue
        index = start
        found = phrase_at(passage, index)
        if found is None:
            continue
        spec, end = found
        setting = (
            Setting(
                day,
                last,
                *(
                    (True, True)
                    if ahead or _booked(passage, index, spec) or _deadline(passage, index, spec)
                    else _verb(passage, index, end)
                ),
                _counted(passage, index, end),
            )
            if _open_year(spec)
            else Setting(day, last)
        )
        if spec == Relative("day", 0) and _nowadays(passage, index):
            spec = Reference("now")
        resolved = resolve(spec, setting)
        whole = resolve(_innermost(spec), setting).period if isinstance(spec, Part | Open) else None
        words = _with_article(passage, index, spec), end
        if isinstance(_innermost(spec), Calendar):
            words = _without_part(passage, *words)
        mention = Mention(
            passage.span(*words),
            spec,
            resolved.period,
            resolved.against,
            whole,
        )
        dated = isinstance(spec, Calendar) and spec.day is not None and spec.month is not None
        if dated and resolved.period is None:
            mention = Mention(mention.span, Unreadable("day"), None, None)
        yield mention
        if _anchors(passage, index, mention):
            last = resolved.period
        index = end


def _booked(passage: Passage, index: int, spec: Spec) -> bool:
    """Return whether a day is one that something is for: "had booked flights for 9 December"."""
    day = isinstance(spec, Calendar) and spec.day is not None
    return day and passage.ends_with(passage.language.time_links, index, "for") is not None


def _deadline(passage: Passage, index: int, spec: Spec) -> bool:
    """Return whether a weekday is one by which something is to be done: "promised a repair by Friday"."""
    if not (isinstance(spec, Open) and isinstance(spec.inner, Calendar)):
        return False
    by = passage.is_one(passage.language.time_links, index, "by") is not None
    return by and spec.inner.weekday is not None and not passage.sentence_start(index)


def _without_part(passage: Passage, first: int, last: int) -> tuple[int, int]:
    """Return the words of a phrase without the part of a day: "Friday | morning", "the evening of | 2 May".

    A night has no day of its own and stays.
    """
    parts, links = passage.language.day_parts, passage.language.time_links
    lead = skip(passage, first, "the")
    part = passage.match(parts, lead)
    of = None if part is None else passage.is_one(links, part[0], "of")
    if part is not None and of is not None and part[1] in _DAYLIGHT and of < last:
        first = of
    tail = passage.match(parts, last - 1)
    if tail is not None and tail[1] in _DAYLIGHT and last - 1 > first and tail[0] == last:
        last -= 1
    return first, last


def _counted(passage: Passage, index: int, end: int) -> bool:
    """Return whether a phrase has a weekday that a word before it counts from a day told before: "the Saturday"."""
    weekdays = passage.places(passage.language.weekdays)
    return any(
        passage.is_one(passage.language.time_links, at - 1, "told-day") == at
        for at in range(index, end)
        if at in weekdays
    )


def _with_article(passage: Passage, index: int, spec: Spec) -> int:
    """Return the first word of a phrase with its article ("the 1990s") and without its preposition."""
    links = passage.language.time_links
    after = passage.is_one(links, index, "during", "on", "to")
    joining = isinstance(spec, Open | Bounded | Duration) or passage.is_one(links, index, "the")
    if after == index + 1 and not joining:
        return after + (passage.is_one(links, after, "and") is not None)  # "on or about 3 August"
    inner = _innermost(spec)
    plain = isinstance(inner, Calendar) and spec is inner and not _whole_period(inner)
    if (
        plain
        or not isinstance(inner, Calendar | Counted | Relative | Window)
        or passage.gap(index) != JOIN
    ):
        return index
    before = passage.ends_with(links, index, "the")
    return index if before is None else before


def _whole_period(spec: Calendar) -> bool:
    """Return whether a date is of a kind that has an article in English or as a day elsewhere."""
    return bool(spec.size or spec.season or spec.quarter or spec.half or spec.day or spec.weekday)


def _time(text: str, mention: Mention) -> Time:
    spec = mention.spec
    kind, value = "date", ""
    if isinstance(spec, Duration):
        kind, value = "duration", iso_duration(spec)
    elif isinstance(spec, Recurring):
        kind = "recurring"
    elif mention.period is not None:
        value = mention.period.edtf()
        kind = "interval" if "/" in value else "date"
    elif isinstance(spec, Window | Bounded | Open):
        kind = "interval"
    against = mention.against if value or kind != "duration" else None
    return Time(text[mention.span.start : mention.span.end], mention.span, value, against, kind)


def iso_duration(spec: Duration) -> str:
    """Return a duration as ISO 8601; "" where its number is vague."""
    if spec.high != spec.low:
        return ""
    amount, unit = spec.low * _TIMES.get(spec.unit, 1), spec.unit
    if amount != int(amount):
        smaller = {
            "year": (12, "month"),
            "hour": (60, "minute"),
            "day": (24, "hour"),
            "minute": (60, "second"),
        }
        size, unit = smaller.get(unit, (1, unit))
        amount *= size
    figure = f"{amount:g}" if amount != int(amount) else str(int(amount))
    clock = "T" if unit in ("second", "minute", "hour") else ""
    return f"P{clock}{figure}{_ISO[unit]}"


def _unreadable(spec: Unreadable) -> Finding:
    text = (
        "A date in the text is on no calendar and was left out."
        if spec.why == "day"
        else "A number of five digits stands where a year is expected; it was not read as one."
    )
    return Finding("reading", f"impossible-{'date' if spec.why == 'day' else 'year'}", text)


def _candidates(passage: Passage) -> Iterator[int]:
    """Yield the words at which a phrase of time can begin: a word for time stands there or soon after."""
    words = _starters(passage.language.code)
    pending: list[int] = []
    for index, word in enumerate(passage.words):
        text = word.text
        figure = text[0].isdecimal()
        if pending and (passage.gap(index) == BREAK or not (figure or text in words.inner)):
            pending.clear()  # phrases hold no words but those of the lexicons
        if (
            text in words.content
            or (text in words.opening and _is_about_time(passage, index, words.opening[text]))
            or (figure and _dating(passage, index))
        ):
            yield from (start for start in pending if start + _SPREAD >= index)
            pending.clear()
            yield index
        elif figure or text in words.starts:
            pending.append(index)


def _is_about_time(passage: Passage, index: int, lexicons: tuple[Phrases[Any], ...]) -> bool:
    """Return whether one of the lexicons has an entry about time at `index`: "la víspera"."""
    links = passage.language.time_links
    return any(
        passage.match(lexicon, index) is not None
        if lexicon is not links
        else passage.is_one(links, index, *_CONTENT) is not None
        for lexicon in lexicons
    )


def _dating(passage: Passage, index: int) -> bool:
    """Return whether figures can be a date or year by themselves: long, or with a mark or letters."""
    word = passage.words[index]
    if len(word.text) >= 4 or not word.text.isdecimal():
        return True
    return passage.text[word.end : word.end + 1] in ("-", ".", "/", "‑") and word.end + 1 < len(
        passage.text
    )


@dataclass(frozen=True, slots=True)
class _Starters:
    """Words about time, those that a phrase begins with, and all that can stand in one.

    `opening` has for small words that open an entry about time the lexicons to look in.
    """

    content: frozenset[str]
    opening: Mapping[str, tuple[Phrases[Any], ...]]
    starts: frozenset[str]
    inner: frozenset[str]


def _about_time(language: Language) -> tuple[Phrases[Any], ...]:
    """Return the lexicons of a language whose entries are about time by themselves."""
    return (
        language.months, language.weekdays, language.weekdays_short, language.months_short,
        language.seasons, language.feasts, language.day_parts, language.units,
    )  # fmt: skip


@cache
def _starters(code: str) -> _Starters:
    language = load(code)
    links = language.time_links
    starts = {first for first, value in links if value in _BEGINNINGS}
    for lexicon in (
        language.relative,
        language.modifiers,
        language.cardinals,
        language.ordinals,
        language.vague,
    ):
        starts.update(first for first, _ in lexicon)
    starts.update(first for first, value in language.bounds if value in _BOUNDS)
    content = {first for lexicon in _about_time(language) for first, _ in lexicon}
    content.update(first for first, value in links if value in _CONTENT)
    common = {first for first, value in links if value == "function"}
    content.update(
        first
        for first, (unit, _) in language.relative
        if language.relative.get(first) is not None
        or (unit in ("now", "recent", "soon") and first not in common)
    )
    inner = links.vocabulary(without=_OUTSIDE).union(
        *(
            lexicon.vocabulary()
            for lexicon in (
                *_about_time(language), language.relative, language.modifiers, language.cardinals,
                language.ordinals, language.scales, language.vague, language.bounds,
            )
        )
    )  # fmt: skip
    looked = [
        (each, {first for first, _ in each}) for each in (*_about_time(language), language.relative)
    ]
    looked.append((links, {first for first, name in links if name in _CONTENT}))
    opening = {
        word: tuple(lexicon for lexicon, firsts in looked if word in firsts)
        for word in sorted(content & common)
    }
    return _Starters(frozenset(content - common), opening, frozenset(starts), frozenset(inner))


_TENSES = ("past-verb", "present-verb", "future-verb", "past-ending", "future-ending")
_OUTSIDE = ("by", "function", *_TENSES)
_SPREAD = 8  # words from the beginning of a phrase to the first that is about time
_BEGINNINGS = (
    "since", "until", "from", "between", "ago-before", "later-before", "last", "this", "next", "recent", "past",
    "last-of", "text-next", "text-last", "same", "latest", "every", "times", "the", "earlier-in", "later-in",
)  # fmt: skip
_CONTENT = (
    "every-alone hour", "every-alone day", "every-alone week", "every-alone month", "every-alone year",
    "weekday-plural", "single-unit", "half-year", "time-word", "day-of-month", "decade-noun", "year-noun", "date-noun", "text-day 1", "text-day 2", "text-day -1",
)  # fmt: skip
_BOUNDS = ("about", "under", "over", "atleast", "atmost", "article", "exact", "below", "fraction 2")


def _innermost(spec: Spec) -> Spec:
    while isinstance(spec, Part | Open | Around):
        spec = spec.inner
    return spec


def _open_year(spec: Spec) -> bool:
    """Return whether a date can lie before or after publication, as far as its words go."""
    if isinstance(spec, Calendar):
        return spec.year is None and spec.year_shift is None and spec.pick in (None, 0)
    if isinstance(spec, Relative):
        return spec.unit == "weekend" and spec.shift == 0  # "closed over the weekend"
    if isinstance(spec, Offset | Duration | Recurring | Reference | Unreadable | Window):
        return False
    if isinstance(spec, Bounded):
        return _open_year(spec.last)
    return _open_year(spec.inner)


def _verb(passage: Passage, index: int, end: int) -> tuple[bool | None, bool]:
    """Return whether the nearest verb that shows its time points ahead, and whether it stands close."""
    for at in range(index - 1, max(index - _REACH, -1), -1):
        shown = _tense(passage, at)
        if shown is not None:
            return shown or _to_be(passage, at), index - at <= _CLOSE
        if passage.sentence_start(at):
            break
    for at in range(end, min(end + _AHEAD, len(passage))):
        if passage.sentence_start(at):
            break
        shown = _tense(passage, at)
        if shown is not None:
            return shown, False
    return None, False


def _to_be(passage: Passage, index: int) -> bool:
    """Return whether a participle is of what is to come: "will be taken", "seront emmenés"."""
    links = passage.language.time_links
    return any(
        passage.is_one(links, at, "future-verb") is not None
        for at in range(max(index - _PASSIVE, 0), index)
        if passage.joined(at, index + 1)
    )


def _tense(passage: Passage, index: int) -> bool | None:
    """Return True for a word that points ahead, False for a verb in the past, else None."""
    known = passage.parsed
    if ("tense", index) not in known:
        links = passage.language.time_links
        shown: bool | None = None
        if passage.is_one(links, index, "future-verb") is not None:
            shown = True
        elif passage.is_one(links, index, "past-verb") is not None:
            shown = False
        elif _ends(passage, index, "future-ending"):
            shown = True
        elif _past(passage, index):
            shown = False
        known["tense", index] = shown
    tense: bool | None = known["tense", index]
    return tense


def _nowadays(passage: Passage, index: int) -> bool:
    """Return whether "today" stands in a sentence that tells how things are, not what happened."""
    links = passage.language.time_links
    for at in range(index - 1, max(index - _REACH, -1), -1):
        if passage.is_one(links, at, "present-verb") is not None:
            return True
        if passage.is_one(links, at, "past-verb", "future-verb") is not None or _past(passage, at):
            return False
        if passage.sentence_start(at):
            return False
    return False


def _past(passage: Passage, index: int) -> bool:
    return _ends(passage, index, "past-ending")


def _ends(passage: Passage, index: int, name: str) -> bool:
    """Return whether a word has one of the language's verb endings `name`."""
    endings = _endings(passage.language.code, name)
    word = passage.words[index].text
    return bool(endings) and len(word) > 4 and word.endswith(endings)


@cache
def _endings(code: str, name: str) -> tuple[str, ...]:
    return tuple(first for first, value in load(code).time_links if value == name)


def _anchors(passage: Passage, index: int, mention: Mention) -> bool:
    """Return whether later phrases ("the next day") can be counted from this time.

    When something was said is no such time: "said on Tuesday".
    """
    period = mention.period
    if (
        period is None
        or period.first is None
        or period.last is None
        or period.alternative is not None
    ):
        return False
    if isinstance(mention.spec, Duration | Window):
        return False
    spec = mention.spec
    said = isinstance(spec, Calendar) and spec.weekday is not None
    if said or isinstance(spec, Relative):
        for at in range(max(0, index - 3), index):
            if passage.match(passage.language.cues, at) is not None:
                return False
    return True


__all__ = ["Mention", "Resolved", "find_mentions", "find_times", "iso_duration", "read_times"]
