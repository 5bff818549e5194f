"""What a draft tells as it stood, and a later report takes back."""

from collections.abc import Iterator

from guvoh.drafts.compared import Compared, inside
from guvoh.drafts.ground import Passage
from guvoh.drafts.remarks import Kind, Remark
from guvoh.drafts.scattered import telling_all
from guvoh.drafts.sentence import Sentence
from guvoh.drafts.wordlists import wordlists
from guvoh.lineage.credits import same_outlet
from guvoh.lineage.values import has_word
from guvoh.lineage.wording import words_of
from guvoh.model.report import Report
from guvoh.model.text import Span

_FEWEST = 2  # "one" is the same number everywhere


def check(compared: Compared) -> Iterator[Remark]:
    """Yield a remark for each sentence whose person or number its outlet took back later."""
    ground = compared.ground
    takings = [
        (report, at)
        for report in ground.reports.values()
        if (at := _takes_back(report)) is not None
    ]
    if not takings:
        return
    told = {one.paragraph for one in compared.sentences if _says_so(one.draft, one.span)}
    for sentence in compared.sentences:
        if sentence.paragraph in told:
            continue
        for passage in sentence.speaking:
            by = next((one for one in takings if _of(compared, sentence, passage, one[0])), None)
            if by is not None:
                shown = ((by[0].id, ground.sentence(by[0].id, by[1])),)
                yield Remark(Kind.NEGATION, sentence.span, shown, (), sentence.event)
                break


def _of(compared: Compared, sentence: Sentence, passage: Passage, taking: Report) -> bool:
    """Tell whether a report takes back what a passage of the same outlet says, and the sentence repeats."""
    report = passage.report
    theirs, its = (one.publisher or one.title for one in (taking, report))
    if taking.id == report.id or theirs is None or its is None:
        return False
    if not same_outlet(theirs.text, its.text):
        return False
    across = sentence.draft.language.partition("-")[0] != report.language.partition("-")[0]
    two = {taking.id, report.id}
    for name in sentence.names:
        words = [word for word in name.split() if word[:1].isupper()]
        if {*compared.ground.having(name, sentence.draft.language)} - compared.ground.derived - two:
            continue  # others tell of whoever it is, too
        if words and all(
            has_word(one.text, word, across=across)
            for one in (taking, report)
            for word in words[-1:]
        ):
            return True
    both = [
        {(one.low, one.high) for one in compared.ground.readings[each].quantities}
        for each in (taking.id, report.id)
    ]
    if not any(
        (one.low, one.high) in both[0] & both[1]
        for one in compared.reading.quantities
        if one.low >= _FEWEST and inside(one.span, sentence.span)
    ):
        return False
    # Of a number alone it is only sure where nothing is nearer, and nobody else has it.
    return any(one.report.id in two for one in sentence.weighty) and not (
        {one.id for one in telling_all(compared, sentence)} - compared.ground.derived - two
    )


def _takes_back(report: Report) -> Span | None:
    """Return where a report says that something was wrong or is taken back, None if it does not."""
    return _says_so(report, Span(0, len(report.text)))


def _says_so(report: Report, span: Span) -> Span | None:
    listed = wordlists().get(report.language.partition("-")[0], {}).get("retracting", ())
    words = words_of(report.text, span)
    said = " ".join(word for word, _ in words)
    at = min((found for one in listed if (found := f" {said}".find(f" {one}")) >= 0), default=None)
    return words[said.count(" ", 0, at)][1] if at is not None and words else None
