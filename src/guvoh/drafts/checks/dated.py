"""A day that a report has of something else, while the sentence that tells this has another one."""

from collections.abc import Iterator

from guvoh.corroborate.descriptions import language_of
from guvoh.drafts.checks.values import match_times
from guvoh.drafts.compared import Compared, inside
from guvoh.drafts.counting import Match
from guvoh.drafts.remarks import Kind, Remark
from guvoh.drafts.sentence import Sentence
from guvoh.model.claim import Reading, Time
from guvoh.model.report import Report
from guvoh.model.text import Span

_SURE = 800  # per mille that a passage shares before its own days are all that it is about
_SURE_ACROSS = 600  # the same in another language
_DAY = len("2024-01-27")


def check(compared: Compared) -> Iterator[Remark]:
    """Yield a remark for the one day of a sentence where every passage that surely tells the same has another."""
    for sentence in compared.sentences:
        yield from _weekday(sentence)
        days = _days(compared.reading, sentence.span)
        if len(days) != 1:
            continue
        shown = _others(compared, sentence, days[0])
        if shown:
            yield Remark(Kind.TIME, days[0].span, shown, event=sentence.event)


def _weekday(sentence: Sentence) -> Iterator[Remark]:
    """Yield a remark for the one weekday of a sentence where passages that surely tell the same have others alone."""
    ours = _weekdays(sentence.draft, sentence.span)
    if len({day for day, _ in ours}) != 1:
        return
    own = [one for one in sentence.original if not one.across]
    near = [p for p in own or sentence.original if p.share >= (_SURE_ACROSS if p.across else _SURE)]
    theirs = [(p.report.id, day, at) for p in near for day, at in _weekdays(p.report, p.span)]
    if theirs and all(day != ours[0][0] for _, day, _ in theirs):
        report, _, at = theirs[0]
        yield Remark(Kind.TIME, ours[0][1], ((report, at),), event=sentence.event)


def _weekdays(report: Report, span: Span) -> list[tuple[int, Span]]:
    """Return the weekdays that a stretch names, 1 for Monday, and where."""
    language = language_of(report.language)
    words = language.words(report.text[span.start : span.end])
    return [
        (day, Span(span.start + words[first].start, span.start + words[last - 1].end))
        for first, last, day in language.weekdays.find(words)
    ]


def _others(compared: Compared, sentence: Sentence, day: Time) -> tuple[tuple[str, Span], ...]:
    """Return the days of the passages that surely tell the same; none where one of them has this day."""
    shown: dict[tuple[str, Span], None] = {}
    language = compared.draft.language
    sure = [one for one in sentence.speaking if one.share >= _SURE]
    for passage in sure:
        there = [
            one
            for one in _days(compared.ground.readings[passage.report.id], passage.span)
            if one.edtf != (passage.report.published or "")[:_DAY]  # when it came out
        ]
        languages = language, passage.report.language
        if any(match_times(day, one, languages) is not Match.NOT for one in there):
            return ()
        shown |= {(passage.report.id, one.span): None for one in there}
    return tuple(shown)[:1]


def _days(reading: Reading, span: Span) -> list[Time]:
    """Return the days of a month that a stretch names."""
    return [
        one
        for one in reading.times
        if inside(one.span, span)
        and one.kind == "date"
        and len(one.edtf.partition("T")[0]) == _DAY
        and any(char.isdigit() for char in one.text)
    ]
