"""Times and numbers of a draft that no report need have: its own counts, hours, days after another."""

import re
from collections.abc import Sequence
from functools import lru_cache

from guvoh.corroborate.descriptions import language_of
from guvoh.drafts.compared import Area, Compared, inside
from guvoh.drafts.following import meant
from guvoh.drafts.meanings import meanings
from guvoh.drafts.sentence import Sentence
from guvoh.drafts.wordlists import wordlists
from guvoh.languages.fold import fold
from guvoh.lineage.wording import words_of
from guvoh.model.claim import Place, Quantity, Time
from guvoh.model.text import Span
from guvoh.reading.numbers import number_at
from guvoh.reading.passage import passage_of

_AFTER = 40  # characters after a number in which it says what it counts
_MEANINGS = 2  # by which a sentence tells of something
_BACK = 5  # words before a day in which a draft says that something came out on it
_RIGHT = 6  # characters between a word of saying and the day on which it was said
_CLOCK = re.compile(r"\s+(?:minutes?\s+)?(?:to|past|before|after)\s+(?:midnight|noon|midday)\b")
_COMPARED = re.compile(r"\s+(?:more|fewer|less|на\s+\w+\s+больше)\b(?:\s+than\b)?")
_AGED = re.compile(r"(?:\bis|\bwas|\baged|\bof|,)\s+$")  # "a building worker of 41"
_ALONE = re.compile(r"\s*(?:[,.;:()]|(?:who|whom|and)\b)")
_AT = re.compile(r"\b(?:at|after|before|by|until|till|past|towards)\s+$")
_WRITTEN = re.compile(r"(?<![\d.,])\d{1,4}(?![\d.,])")  # also in "54-летняя"
_SURE = (
    900  # per mille that a passage shares before what it counts from is what the draft counts from
)
_HOURS = 24
_KEPT = 1024  # stretches kept with their figures
_YEAR = re.compile(r"\d{4}")
_DAY = re.compile(r"[\dX]{4}-\d\d-(\d\d)(?:T.*)?")
_TEENS = 20


def of_outlets(sentence: Sentence) -> bool:
    """Tell whether a sentence speaks of outlets and of nothing that they tell: "X put it into Uzbek"."""
    means = len(meant(sentence.draft, sentence.span)) >= _MEANINGS
    told = any(c.acts or c.chain or c.quantities for c in sentence.claims)
    return bool(sentence.outlets) and not means and not told


def own_number(compared: Compared, value: Quantity, areas: Sequence[Area]) -> bool:
    """Tell whether a number counts accounts, compares, is an hour, or stands in a passage as an age."""
    text = compared.draft.text
    return bool(
        _of_accounts(compared, value)
        or _CLOCK.match(text, value.span.end)
        or _COMPARED.match(text, value.span.end)
        or (not value.of and _of_day(compared, value))
        or ((not value.of or _is_age(compared, value)) and _as_figure(compared, value, areas))
        # "for nine winters" is "her ninth winter".
        or (value.low == value.high and _as_ordinal(compared, int(value.low), areas))
    )


def own_time(compared: Compared, sentence: Sentence, value: Time) -> bool:
    """Tell whether a time is so many hours from another, relative to one, or the day on which an outlet came out."""
    return (
        _in_hours(compared, value)
        or _came_out(compared, sentence, value)
        or _relative(compared, value)
        or _apart(compared, sentence, value)
    )


def own_place(compared: Compared, sentence: Sentence, value: Place) -> bool:
    """Tell whether a place is where an outlet is: "the Gazette, a magazine in Galway,"."""
    before = compared.draft.text[sentence.span.start : value.span.start]
    named, comma, after = before.rpartition(",")
    return (
        bool(comma)
        and any(named.endswith(name) for name in sentence.outlets)
        and not any(char.isupper() for char in after)
    )


def day_in_words(compared: Compared, value: Time, areas: Sequence[Area]) -> bool:
    """Tell whether a passage has the day of a date as a word alone: "on the fifteenth a lorry was going"."""
    day = _DAY.fullmatch(value.edtf)
    anywhere = not any(area.near and area.own for area in areas)
    return day is not None and _as_ordinal(compared, int(day[1]), areas, anywhere=anywhere)


def _as_ordinal(
    compared: Compared, number: int, areas: Sequence[Area], *, anywhere: bool = False
) -> bool:
    """Tell whether a passage, or `anywhere` in its report, has a number as an ordinal in words."""
    wanted = (number, number % 10 if number > _TEENS else 0)  # "twenty-first"
    for area in (one for one in areas if (one.near or anywhere) and one.own):
        report = compared.ground.reports[area.report]
        language = language_of(report.language)
        words = language.words(report.text[area.span.start : area.span.end])
        dated = () if area.near else compared.ground.readings[area.report].times
        for first, _, one in language.ordinals.find(words):
            at = Span(area.span.start + words[first].start, area.span.start + words[first].end)
            if one in wanted and not any(inside(at, time.span) for time in dated):
                return True
    return False


def _of_accounts(compared: Compared, quantity: Quantity) -> bool:
    """Tell whether a draft counts accounts or cases, which is its own business."""
    listed = wordlists().get(compared.draft.language.partition("-")[0], {}).get("told", ())
    after = words_of(compared.draft.text, Span(quantity.span.end, quantity.span.end + _AFTER))
    of = [*fold(quantity.of or "").split(), *(word for word, _ in after[:2])]
    return bool(listed) and any(word.startswith(listed) for word in of)


def _as_figure(compared: Compared, value: Quantity, areas: Sequence[Area]) -> bool:
    """Tell whether a passage has a number that may count nothing, in digits or words: an hour, an age."""
    if value.high is None:
        return False
    middle = (value.low + value.high) / 2
    age = _is_age(compared, value)
    return any(
        middle in figures(report.text if age else report.text[slice(*area.span)], report.language)
        for area in areas
        if (area.near or age) and area.own
        for report in (compared.ground.reports[area.report],)
    )


def _is_age(compared: Compared, value: Quantity) -> bool:
    text, at = compared.draft.text, value.span
    return bool(_AGED.search(text[: at.start][-_AFTER:]) and _ALONE.match(text, at.end))


def _of_day(compared: Compared, value: Quantity) -> bool:
    """Tell whether a number is an hour: "at about five", "five in the morning"."""
    draft = compared.draft
    after = Span(value.span.end, min(value.span.end + _RIGHT * 3, len(draft.text)))
    return bool(
        value.high is not None
        and value.high <= _HOURS
        and (
            _AT.search(draft.text[: value.span.start][-_AFTER:])
            or any(
                one.rivals == "halfday" for one in meanings(draft.text, after, draft.language)[:1]
            )
        )
    )


@lru_cache(maxsize=_KEPT)
def figures(text: str, language: str) -> frozenset[float]:
    """Return all numbers of a text, in digits or words, whatever they count, if anything."""
    passage = passage_of(text, language_of(language))
    found = (number_at(passage, at) for at in range(len(passage)))
    written = (float(one) for one in _WRITTEN.findall(text))
    return frozenset((*written, *(one.value for one in found if one is not None)))


def _in_hours(compared: Compared, time: Time) -> bool:
    """Tell whether a time is so many hours from another one, and so is no date of its own."""
    listed = wordlists().get(compared.draft.language.partition("-")[0], {}).get("hours", ())
    words = [word for word, _ in words_of(compared.draft.text, time.span)]
    return bool(listed) and any(word.startswith(listed) for word in words)


def _relative(compared: Compared, time: Time) -> bool:
    """Tell whether a time depends on what goes before: "the same day", "Saturday evening"."""
    listed = wordlists().get(compared.draft.language.partition("-")[0], {}).get("relative", ())
    words = f" {fold(time.text)}"
    return not any(char.isdigit() for char in words) and any(f" {one}" in words for one in listed)


def _apart(compared: Compared, sentence: Sentence, time: Time) -> bool:
    """Tell whether a time is counted from another one ("a week later") that no passage surely tells of, or the draft has."""
    listed = wordlists().get(compared.draft.language.partition("-")[0], {}).get("apart", ())
    if not any(word in listed for word in fold(time.text).split()):
        return False
    dated = any(
        inside(one.span, sentence.span) and any(char.isdigit() for char in one.text)
        for one in compared.reading.times
    )
    return dated or not any(one.share >= _SURE for one in sentence.speaking)


def _said_then(sentence: Sentence, time: Time) -> bool:
    """Tell whether a day stands right after a word of saying: "she declared on 25 February"."""
    return len(time.edtf) >= len("2024-01-27") and any(
        claim.cue is not None and 0 <= time.span.start - claim.cue.end <= _RIGHT
        for claim in sentence.claims
    )


def _published_then(sentence: Sentence, time: Time) -> bool:
    """Tell whether a day stands after a word for coming out: "the group put out on 16 February"."""
    draft = sentence.draft
    listed = wordlists().get(draft.language.partition("-")[0], {}).get("publishing", ())
    before = fold(draft.text[sentence.span.start : time.span.start]).split()[-_BACK:]
    return bool(listed) and any(
        " ".join(before[at:]).startswith(listed) for at in range(len(before))
    )


def _came_out(compared: Compared, sentence: Sentence, time: Time) -> bool:
    """Tell whether a time is the day on which an outlet that the sentence names, or a passage, came out with it.

    A day without a year may be of any.
    """
    ground = compared.ground
    since = 0 if _YEAR.search(time.text) else len("2024-")
    told = [one.report.id for one in sentence.speaking] if _said_then(sentence, time) else []
    if _published_then(sentence, time):
        told = [*(one.report.id for one in sentence.passages), *sentence.beside]
    named = [one for name in sentence.outlets for one in ground.outlets[name]]
    return len(time.edtf) > since and any(
        (ground.reports[one].published or "")[since:10].startswith(time.edtf[since:])
        for one in (*named, *told)
    )
