"""Times, numbers and places of a draft that the case has otherwise, or only in copies."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from guvoh.corroborate.days import Days, days, overlap
from guvoh.corroborate.descriptions import place_keys
from guvoh.drafts.compared import Area, Compared, inside
from guvoh.drafts.counting import Match, match_numbers, rival_numbers
from guvoh.drafts.meanings import meanings
from guvoh.drafts.remarks import Kind, Remark
from guvoh.drafts.scattered import kindred, telling_all, told_before
from guvoh.drafts.sentence import Sentence
from guvoh.drafts.set_aside import day_in_words, of_outlets, own_number, own_place, own_time
from guvoh.languages.fold import fold, skeleton
from guvoh.lineage.credits import same_outlet
from guvoh.lineage.values import has_word
from guvoh.lineage.wording import words_of
from guvoh.model.claim import Place, Quantity, Reading, Time
from guvoh.model.text import Span
from guvoh.protect.page import is_common

_NIGHT = 2  # days that one night makes; the slack by which two such dates are one
_OPENING = 5  # days in which what is "since" a time begins
_LONGER = 4  # times as long as the draft's, from which another time says nothing of it
_MONTH = 31
_RIVALS = 3
_OPENS = 4  # characters before the country with which a sentence begins
_FIRST = 30  # characters of a sentence in which it says whose figures it gives
_TELLING = 20  # from which a number is seldom the same by chance
_FEWEST = 2  # "one" counts nothing
_AREA = "a:"  # keys of parts of the world, by the gazetteer
_ORDINAL = re.compile(r"\d{1,2}(?:st|nd|rd|th)")
_DAY = re.compile(r"[\dX]{4}-\d\d-(\d\d)(?:T.*)?")
_YEAR = re.compile(r"\d{4}")

T = TypeVar("T", Time, Quantity, Place)


@dataclass(frozen=True)
class _Sort(Generic[T]):
    """A sort of value: where it is listed, which of them can be compared, and how."""

    kind: Kind
    of: Callable[[Reading], Sequence[T]]
    heeded: Callable[[T], bool]
    match: Callable[[T, T, tuple[str, str]], Match]
    rivals: Callable[[T, T, tuple[str, str]], bool]
    against: bool = False  # nothing is said unless the passage itself has another one


def check(compared: Compared) -> Iterator[Remark]:
    """Yield a remark for each value that no original report has, where one speaks of the same."""
    for sentence in (one for one in compared.sentences if not one.heads):
        areas = compared.areas(sentence)
        if (not sentence.held and not any(area.near for area in areas)) or of_outlets(sentence):
            continue
        yield from _of_sort(compared, sentence, areas, _TIMES)
        yield from _of_sort(compared, sentence, areas, _LENGTHS)
        yield from _of_sort(compared, sentence, areas, _NUMBERS)
        yield from _of_sort(compared, sentence, areas, _PLACES)


def _of_sort(
    compared: Compared, sentence: Sentence, areas: Sequence[Area], sort: "_Sort[T]"
) -> Iterator[Remark]:
    timed = [time.span for time in compared.reading.times]
    for value in sort.of(compared.reading):
        if not inside(value.span, sentence.span) or not sort.heeded(value):
            continue
        if isinstance(value, Quantity) and (
            any(inside(value.span, one) for one in timed) or own_number(compared, value, areas)
        ):
            continue
        if isinstance(value, Quantity) and _ORDINAL.fullmatch(value.text):
            yield from _day(compared, sentence, value, areas)
            continue
        if isinstance(value, Time) and (
            own_time(compared, sentence, value) or day_in_words(compared, value, areas)
        ):
            continue
        if isinstance(value, Place) and (
            own_place(compared, sentence, value)
            or _worded(compared, value, areas)
            or _holds(compared, value, areas)
        ):
            continue
        remark = _judged(compared, sentence, (value, areas), sort)
        if remark is not None and not (
            _told_together(compared, sentence, value, sort)
            or _told_before(compared, sentence, value, sort)
            or _told_elsewhere(compared, sentence, value, sort)
        ):
            yield remark


def _day(
    compared: Compared, sentence: Sentence, value: Quantity, areas: Sequence[Area]
) -> Iterator[Remark]:
    """Yield a remark for a day of a month ("on the 27th") where the passages have other days alone."""
    there = [
        (int(day[1]), (area.report, time.span))
        for area in areas
        if area.near
        for time in compared.ground.readings[area.report].times
        if inside(time.span, area.span) and (day := _DAY.fullmatch(time.edtf))
    ]
    if there and all(day != value.low for day, _ in there):
        shown = tuple(dict.fromkeys(at for _, at in there))[:_RIVALS]
        yield Remark(Kind.TIME, value.span, shown, event=sentence.event)


def _judged(
    compared: Compared, sentence: Sentence, asked: tuple[T, Sequence[Area]], sort: "_Sort[T]"
) -> Remark | None:
    """Return what is to be said of a value, None where an original report has it."""
    value, areas = asked
    ranked: dict[tuple[Match, bool], list[tuple[str, Span]]] = {}
    beside: list[tuple[str, Span]] = []  # rivals in the passages themselves
    close = copied = False
    rivals: list[tuple[str, Span]] = []
    for area in (one for one in areas if one.near or not sort.against):
        report = compared.ground.reports[area.report]
        languages = compared.draft.language, report.language
        for other in sort.of(compared.ground.readings[area.report]):
            if not inside(other.span, area.span) or not sort.heeded(other):
                continue
            if isinstance(other, Time) and other.edtf == (report.published or "")[:10]:
                continue  # when it came out is no time of what it tells
            match = sort.match(value, other, languages)
            copied = copied or (area.near and not area.own and match is Match.SAME)
            close = close or (area.near and match is not Match.NOT and not _vague(other))
            ranked.setdefault((match, area.derived), []).append((area.report, other.span))
            if match is Match.NOT and area.own and sort.rivals(value, other, languages):
                rivals.append((area.report, other.span))
                if area.near:
                    beside.append((area.report, other.span))
    shown = tuple(dict.fromkeys(rivals))[:_RIVALS]
    reports = tuple(dict.fromkeys(report for report, _ in ranked.get((Match.SAME, True), ())))
    if (
        (Match.SAME, False) in ranked
        or _said_so(compared, sentence, reports)
        or _spelt(compared, value, areas)
    ):
        return None
    if (Match.HOLDS, False) in ranked and (close or not beside):
        return None
    if (
        reports
        and _of_one_text(compared, sentence, reports)
        and not _elsewhere(compared, asked, sort)
    ):
        return Remark(Kind.COPIES, value.span, shown, reports=reports, event=sentence.event)
    # What agrees elsewhere is of something else where the passage itself has another value.
    if (Match.AGREES, False) in ranked and (close or not beside):
        return None
    if (copied or sort.against or _at_home(sentence, value)) and not beside:
        return None
    return Remark(sort.kind, value.span, shown, event=sentence.event)


def _elsewhere(compared: Compared, asked: tuple[T, Sequence[Area]], sort: "_Sort[T]") -> bool:
    """Tell whether an original has a value further off, though of what is told there nobody knows."""
    value, areas = asked
    return sort.against and any(
        inside(other.span, area.span)
        and sort.match(
            value, other, (compared.draft.language, compared.ground.reports[area.report].language)
        )
        is Match.SAME
        for area in areas
        if area.own and not area.near
        for other in sort.of(compared.ground.readings[area.report])
    )


def _at_home(sentence: Sentence, value: Time | Quantity | Place) -> bool:
    """Tell whether a sentence begins with a country ("In Ukraine, a source …"): where a voice is a draft may add."""
    opens = value.span.start - sentence.span.start <= _OPENS
    return opens and isinstance(value, Place) and value.kind == "country"


def _told_together(compared: Compared, sentence: Sentence, value: T, sort: "_Sort[T]") -> bool:
    """Tell whether a report that is no copy has a value, and all names and numbers of the sentence with it."""
    return any(
        any(
            sort.match(value, other, (compared.draft.language, report.language)) is Match.SAME
            for other in sort.of(compared.ground.readings[report.id])
            if not (isinstance(other, Time) and other.edtf == (report.published or "")[:10])
        )
        or (
            isinstance(value, Place)
            and _worded(compared, value, [Area(report.id, Span(0, 0), False, True, False)])
        )
        for report in telling_all(compared, sentence)
        if report.id not in compared.ground.derived
    )


def _told_before(compared: Compared, sentence: Sentence, value: T, sort: "_Sort[T]") -> bool:
    """Tell whether an original of which the paragraph spoke has a value in a sentence that is much the same."""
    said = f" {' '.join(word for word, _ in words_of(compared.draft.text, value.span))} "
    return any(
        said in f" {' '.join(word for word, _ in words_of(report.text, span))} "
        or any(
            inside(other.span, span)
            and sort.match(value, other, (compared.draft.language, report.language)) is Match.SAME
            for other in sort.of(compared.ground.readings[report.id])
        )
        for report, span in told_before(compared, sentence)
    )


def _told_elsewhere(compared: Compared, sentence: Sentence, value: T, sort: "_Sort[T]") -> bool:
    """Tell whether an original has a value in a paragraph that shares several things with the sentence."""
    return any(
        inside(other.span, span)
        and not (isinstance(other, Time) and other.edtf == (report.published or "")[:10])
        and (
            sort.match(value, other, (compared.draft.language, report.language)) is Match.SAME
            or _as_many(value, other)
        )
        for report, span in (
            *((one.report, compared.ground.paragraph(one)) for one in sentence.original),
            *kindred(compared, sentence, value.span),
        )
        for other in sort.of(compared.ground.readings[report.id])
    )


def _as_many(value: Time | Quantity | Place, other: Time | Quantity | Place) -> bool:
    """Tell whether two numbers are the same, whatever "of them" counts."""
    return (
        isinstance(value, Quantity)
        and isinstance(other, Quantity)
        and value.low >= _TELLING
        and (value.low, value.high) == (other.low, other.high)
    )


def _spelt(compared: Compared, value: T, areas: Sequence[Area]) -> bool:
    """Tell whether an original near a sentence has a value's very words, though it was not read there."""
    own = compared.draft.language.partition("-")[0]
    said = f" {' '.join(word for word, _ in words_of(compared.draft.text, value.span))} "
    for area in (one for one in areas if one.own):
        report = compared.ground.reports[area.report]
        if report.language.partition("-")[0] == own:
            words = f" {' '.join(word for word, _ in words_of(report.text, area.span))} "
            if (area.near and said in words) or f"{said.rstrip()}s " in words:  # "in fives"
                return True
    return False


def _said_so(compared: Compared, sentence: Sentence, reports: Sequence[str]) -> bool:
    """Tell whether a sentence says that an outlet says it, and it does: "according to X, it opened in 1968"."""
    voices = [claim.chain[-1].name for claim in sentence.claims if claim.chain]
    outlets = [
        publisher.text
        for one in reports
        if (publisher := compared.ground.reports[one].publisher) is not None
    ]
    known = [name for name in sentence.outlets if name in outlets]
    first = compared.draft.text[sentence.span.start :][:_FIRST]
    return any(
        same_outlet(voice, name) or skeleton(voice) == skeleton(name)
        for voice in voices
        for name in known
    ) or any(name in known for name in compared.ground.named_in(first, known))


def _of_one_text(compared: Compared, sentence: Sentence, copies: Sequence[str]) -> bool:
    """Tell whether some of these copies is a version of what the sentence is nearest to.

    What copies of another text have is no word on this one.
    """
    nearest = [one.report.id for one in sentence.nearest]
    versions = compared.ground.versions(nearest)
    return not nearest or any(one in versions for one in copies)


def _window(time: Time, like: Time | None = None) -> Days | None:
    """Return the days in which something was, or began.

    A draft that says no year means that of the reports, whenever it was written: that of `like`.
    """
    edtf = time.edtf
    own, other = _YEAR.search(edtf), _YEAR.search(like.edtf) if like else None
    if own and other and not _YEAR.search(time.text):
        shift = int(other[0]) - int(own[0])
        edtf = _YEAR.sub(lambda year: f"{int(year[0]) + shift:04}", edtf)
    at = days(edtf)
    if at is None or at.low is None:
        return None
    if at.high is not None:
        return at
    # "Since 2021" began some time in 2021.
    first = days(edtf.partition("/")[0])
    opening = max(first.length if first is not None else 0, _OPENING)
    return Days(at.low, at.low + opening - 1, at.anchored)


def match_times(one: Time, other: Time, languages: tuple[str, str]) -> Match:
    """Return how a time of a draft agrees with one of a report, in these languages."""
    ours, theirs = _window(one, other), _window(other)
    if ours is None or theirs is None:
        return Match.NOT
    if ours == theirs or fold(one.text) == fold(other.text):
        return Match.SAME
    if theirs.length > max(ours.length * _LONGER, _MONTH):
        return Match.NOT
    whole = days(other.edtf)
    if whole is not None and whole.high is not None and _within(theirs, ours):
        return Match.HOLDS
    at_night = _nightly(one, languages[0]) or _nightly(other, languages[1])
    slack = 1 if at_night and max(ours.length, theirs.length) <= _NIGHT else 0
    return Match.AGREES if overlap(ours, theirs, slack) else Match.NOT


def _nightly(time: Time, language: str) -> bool:
    """Tell whether a time is a night, which has two dates, or the hours around one."""
    found = meanings(time.text, Span(0, len(time.text)), language)
    return any(one.rivals == "halfday" for one in found)


def _within(one: Days, other: Days) -> bool:
    """Tell whether all days of one lie in the other."""
    ends = one.low, one.high, other.low, other.high
    if None in ends or one.anchored != other.anchored:
        return False
    low, high, least, most = (end or 0 for end in ends)
    return least <= low and high <= most


def _vague(value: Time | Quantity | Place) -> bool:
    """Tell whether a number says little: "a group" is two or more."""
    return isinstance(value, Quantity) and (value.high is None or value.high > value.low * _LONGER)


def _length(time: Time) -> int:
    at = _window(time)
    return at.length if at is not None else 0


def _placed(place: Place) -> bool:
    """Tell whether a place can be held against another: "Central Asia" holds many, "the camp" is any."""
    own = any(char.isdigit() or char.isupper() for char in place.text)
    return own and not (place.key or "").startswith(_AREA)


def _match_places(one: Place, other: Place, languages: tuple[str, str]) -> Match:
    ours, theirs = place_keys(one, languages[0]), place_keys(other, languages[1])
    return Match.SAME if set(ours) & set(theirs) else Match.NOT


def _holds(compared: Compared, place: Place, areas: Sequence[Area]) -> bool:
    """Tell whether a place is a country in which an original report has another place."""
    return (
        place.kind == "country"
        and place.country is not None
        and any(
            other.country == place.country
            for area in areas
            if area.own
            for other in compared.ground.readings[area.report].places
        )
    )


def _worded(compared: Compared, place: Place, areas: Sequence[Area]) -> bool:
    """Tell whether an original report near a sentence has a place's name, in some spelling."""
    own = compared.draft.language.partition("-")[0]
    words = [word for word in place.text.split() if word[:1].isupper()]
    if place.kind != "facility":  # "the Barents Sea coast" is known by its name
        words = [word for word in words if not is_common(own, fold(word))] or words
    for area in areas:
        report = compared.ground.reports[area.report]
        across = report.language.partition("-")[0] != own
        if (
            not area.derived
            and words
            and all(has_word(report.text, word, across=across) for word in words)
        ):
            return True
    return False


_TIMES = _Sort(
    Kind.TIME,
    lambda reading: reading.times,
    lambda time: time.kind in ("date", "interval") and _window(time) is not None,
    match_times,
    lambda one, other, _: _length(other) <= max(_length(one), _MONTH),
)
_LENGTHS = _Sort(
    Kind.TIME,
    lambda reading: reading.times,
    lambda time: time.kind == "duration" and time.edtf.startswith("P"),
    lambda one, other, _: Match.SAME if one.edtf == other.edtf else Match.NOT,
    lambda one, other, _: one.edtf[-1:] == other.edtf[-1:],
    against=True,
)
_NUMBERS = _Sort(
    Kind.NUMBER,
    lambda reading: reading.quantities,
    lambda quantity: quantity.low >= _FEWEST,
    match_numbers,
    rival_numbers,
)
_PLACES = _Sort(
    Kind.PLACE,
    lambda reading: reading.places,
    lambda place: place.kind in ("region", "town", "facility", "country") and _placed(place),
    _match_places,
    lambda one, other, _: one.kind == other.kind,
)
