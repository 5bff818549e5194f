"""People whom a draft has speak to an outlet that says itself that it could not reach them."""

from collections.abc import Iterator

from guvoh.drafts.compared import Compared
from guvoh.drafts.meanings import meanings
from guvoh.drafts.remarks import Kind, Remark
from guvoh.drafts.sentence import Sentence
from guvoh.drafts.sentences import nots
from guvoh.drafts.voices import name_in
from guvoh.drafts.wordlists import wordlists
from guvoh.languages.fold import skeleton
from guvoh.lineage.values import has_word
from guvoh.lineage.wording import words_of
from guvoh.model.report import Report
from guvoh.model.text import Span

_REACH = "reach"
_BACK = 2  # sentences before one, of whom it may go on to tell
_REACHED = (
    24  # characters after a word for reaching in which it is said whom, in at most so many words
)
_WORDS = 2
_TO = 5  # words after a word for speaking in which the outlet is named
_SHORTEST = 3  # letters of such a word
_APART = 60  # characters between a negation and what could not be done


def check(compared: Compared) -> Iterator[Remark]:
    """Yield a remark where somebody speaks to an outlet whose reports say that it did not reach whoever it was."""
    for sentence in compared.sentences:
        if nots(sentence.draft, sentence.span) or not _speaks_to(sentence):
            continue
        for name in sentence.outlets:
            for report in (compared.ground.reports[one] for one in compared.ground.outlets[name]):
                shown = next(_unreached(compared, sentence, report), None)
                by = report.publisher or report.title
                if shown is not None and by is not None and by.text == name:
                    at = ((report.id, shown),)
                    yield Remark(Kind.NEGATION, sentence.span, at, (), sentence.event)
                    return


def _speaks_to(sentence: Sentence) -> bool:
    """Tell whether a sentence has somebody speak to an outlet that it names, and not be told of by it alone."""
    draft = sentence.draft
    listed = wordlists().get(draft.language.partition("-")[0], {}).get("spoken_to", ())
    words = [word for word, _ in words_of(draft.text, sentence.span)]
    outlets = {skeleton(name.split()[0]) for name in sentence.outlets}
    return any(
        " ".join(words[at : at + size]) in listed
        and outlets & {skeleton(word) for word in words[at + size : at + size + _TO]}
        for at in range(len(words))
        for size in (1, 2)
    )


def _meant(compared: Compared, sentence: Sentence) -> list[str]:
    """Return whom a sentence names, or else the one before it, of which it then goes on to tell."""
    outlets = " ".join(sentence.outlets)
    at = compared.sentences.index(sentence)
    for one in reversed(compared.sentences[max(at - _BACK, 0) : at + 1]):
        names = [name for name in one.names if not has_word(outlets, name.split()[-1], across=True)]
        if names and one.paragraph == sentence.paragraph:
            return names
    return []


def _unreached(compared: Compared, sentence: Sentence, report: Report) -> Iterator[Span]:
    """Yield where a report says that whoever a sentence lets speak was not reached: by name, or as "the man"."""
    draft = sentence.draft
    own = draft.language.partition("-")[0] == report.language.partition("-")[0]
    said = {word for word, _ in words_of(draft.text, sentence.span)}
    names = _meant(compared, sentence)
    for span in compared.ground.readings[report.id].sentences:
        for one in meanings(report.text, span, report.language):
            near = any(abs(at.start - one.span.start) <= _APART for at in nots(report, span))
            if one.name != _REACH or not near:
                continue
            after = words_of(
                report.text, Span(one.span.end, min(one.span.end + _REACHED, span.end))
            )
            whom = {word for word, _ in after[:_WORDS] if len(word) >= _SHORTEST}
            text = report.text[span.start : span.end]
            if any(name_in(name.split()[0], text) for name in names) or (own and whom & said):
                yield span
