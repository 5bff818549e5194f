"""What a draft tells as done on a day that had not come when the reports that speak of it came out."""

import re
from collections.abc import Iterator

from guvoh.corroborate.days import days
from guvoh.drafts.checks.stated import tells_as_done
from guvoh.drafts.checks.values import match_times
from guvoh.drafts.compared import Compared, inside
from guvoh.drafts.counting import Match
from guvoh.drafts.remarks import Kind, Remark
from guvoh.drafts.sentence import Sentence
from guvoh.drafts.set_aside import own_time
from guvoh.lineage.wording import Cue
from guvoh.model.claim import Time

_YEAR = re.compile(r"\d{4}")
_DATED = len("2024-01-27")


def check(compared: Compared) -> Iterator[Remark]:
    """Yield a remark for a sentence that dates what was done after all that the case has about it."""
    for sentence in compared.telling():
        if Cue.NOT in sentence.cues or Cue.DENIAL in sentence.cues or not tells_as_done(sentence):
            continue
        for time in compared.reading.times:
            if inside(time.span, sentence.span) and _after_all(compared, sentence, time):
                near = sentence.nearest[0]
                shown = ((near.report.id, near.span),)
                yield Remark(Kind.AHEAD, sentence.span, shown, (near,), sentence.event)
                break


def _after_all(compared: Compared, sentence: Sentence, time: Time) -> bool:
    """Tell whether a date begins after every passage came out, and no report from then on has it."""
    told = sentence.original or sentence.speaking  # when a copy came out says nothing
    came_out = [
        ((one.report.published or "")[:_DATED], day)
        for one in told
        if (day := _published(compared, one.report.id)) is not None
    ]
    if not came_out or time.kind != "date" or own_time(compared, sentence, time):
        return False
    latest, last = max(came_out)
    # A date without a year is of the year in which it was told.
    stated = time.edtf if _YEAR.search(time.text) else _YEAR.sub(latest[:4], time.edtf, count=1)
    at = days(stated)
    if at is None or at.low is None or at.low <= last:
        return False
    languages = compared.draft.language
    return not any(
        match_times(time, other, (languages, report.language)) is Match.SAME
        for report in compared.ground.reports.values()
        if (_published(compared, report.id) or 0) >= at.low
        for other in compared.ground.readings[report.id].times
    )


def _published(compared: Compared, report: str) -> int | None:
    """Return the day on which a report came out, None where that is not known to the day."""
    stated = (compared.ground.reports[report].published or "")[:_DATED]
    at = days(stated) if len(stated) == _DATED else None
    return at.low if at is not None else None
