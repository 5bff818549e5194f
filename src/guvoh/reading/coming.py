"""The year of dates in what is ahead: "in October" of what is planned in September is yet to come."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from guvoh.languages.lexicon import load, nearest
from guvoh.model.claim import Claim, Stance, Time
from guvoh.model.report import Report
from guvoh.model.text import Span
from guvoh.reading.times import times_ahead

_SURE = frozenset((Stance.PLANNED, Stance.EXPECTED, Stance.THREATENED, Stance.PROMISED))


def dated_ahead(
    report: Report, text: str, claims: Sequence[Claim], times: tuple[Time, ...]
) -> tuple[tuple[Claim, ...], tuple[Time, ...]]:
    """Return claims and times with the dates in what is ahead resolved forwards.

    `text` is the report's as it was read. A frame shares its dates with what is said in it.
    """
    code = nearest(report.language)
    if code is None:
        return tuple(claims), times
    known: dict[Span, Time] = {}
    for claim in claims:
        if not claim.times or not _ahead(claim):
            continue
        for span in claim.spans:
            inside = text[span.start : span.end]
            for time in times_ahead(inside, load(code), report.published):
                at = Span(span.start + time.span.start, span.start + time.span.end)
                if time.edtf:
                    known[at] = replace(time, span=at)
    if not known:
        return tuple(claims), times
    return (
        tuple(replace(claim, times=_renewed(claim.times, known)) for claim in claims),
        _renewed(times, known),
    )


def _ahead(claim: Claim) -> bool:
    """Return whether a claim tells what is to come; one may also fear what has happened."""
    if claim.stance in _SURE:
        return True
    tenses = [act.tense for act in claim.acts]
    if claim.stance is Stance.FEARED:
        return bool(tenses) and "past" not in tenses
    return "future" in tenses and not {"past", "present"}.intersection(tenses)


def _renewed(times: tuple[Time, ...], known: Mapping[Span, Time]) -> tuple[Time, ...]:
    return tuple(known.get(time.span, time) for time in times)
