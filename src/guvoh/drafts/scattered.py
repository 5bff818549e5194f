"""Reports that have all names and numbers of a sentence, wherever in them these stand."""

from guvoh.drafts.compared import Compared, inside
from guvoh.drafts.sentence import Sentence
from guvoh.languages.fold import fold
from guvoh.lineage.values import has_word
from guvoh.lineage.wording import words_of
from guvoh.model.report import Report
from guvoh.protect.page import is_common

_SEVERAL = 2  # names and numbers by which a report is known to tell the same


def telling_all(compared: Compared, sentence: Sentence, *, but_one: bool = False) -> list[Report]:
    """Return the reports that have every name and number of a sentence, if it has several; places are no names.

    `but_one`: of more than two one may be missing, as a make of car that is written small.
    """
    names, numbers = _names(compared, sentence), _numbers(compared, sentence)
    most = len(names) + len(numbers)
    if most < _SEVERAL:
        return []
    spared = 1 if but_one and most > _SEVERAL else 0
    code = compared.draft.language.partition("-")[0]
    found: list[Report] = []
    for report in compared.ground.reports.values():
        theirs = {(q.low, q.high) for q in compared.ground.readings[report.id].quantities}
        missing = len(numbers - theirs)
        across = report.language.partition("-")[0] != code
        if missing <= spared:
            missing += sum(not has_word(report.text, name, across=across) for name in names)
            if missing <= spared:
                found.append(report)
    return found


def _names(compared: Compared, sentence: Sentence) -> list[str]:
    """Return the words of a sentence that are names of somebody or something, but for places and outlets."""
    draft, code = compared.draft, compared.draft.language.partition("-")[0]
    reading = compared.reading
    others = [one.span for one in reading.places] + [one.span for one in reading.times]
    others += [one.span for one in reading.quantities]
    return [
        draft.text[at.start : at.end]
        for word, at in words_of(draft.text, sentence.span)
        if draft.text[at.start].isupper()
        and not is_common(code, word)
        and not any(inside(at, one) for one in others)
        and not any(word in fold(outlet) for outlet in sentence.outlets)
    ]


def _numbers(compared: Compared, sentence: Sentence) -> set[tuple[float, float | None]]:
    return {
        (one.low, one.high)
        for one in compared.reading.quantities
        if inside(one.span, sentence.span) and one.low > 1
    }
