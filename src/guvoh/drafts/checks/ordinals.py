"""Which of several things it was: the third floor for the second."""

from collections.abc import Iterator

from guvoh.corroborate.descriptions import language_of
from guvoh.drafts.compared import Compared
from guvoh.drafts.meanings import meanings
from guvoh.drafts.remarks import Kind, Remark
from guvoh.lineage.wording import words_of
from guvoh.model.report import Report
from guvoh.model.text import Span

_STEM = 4  # letters by which a word is known again
_REACH = 24  # characters after an ordinal in which it says of what


def check(compared: Compared) -> Iterator[Remark]:
    """Yield a remark for each "third floor" where the originals near a sentence have other floors alone."""
    for sentence in compared.telling():
        for number, of, at in _ordinals(compared.draft, sentence.span):
            there = [
                (other, (report.id, place))
                for report, span in (
                    (one.report, compared.ground.paragraph(one))
                    for one in sentence.nearest
                    if not one.derived
                )
                for other, whose, place in _ordinals(report, span)
                if of & whose
            ]
            if there and all(other != number for other, _ in there):
                yield Remark(Kind.DETAIL, at, (there[0][1],), event=sentence.event)
                return


def _ordinals(report: Report, span: Span) -> Iterator[tuple[int, frozenset[str], Span]]:
    """Yield the ordinals in words of a stretch, with the stem and the meanings of what follows each."""
    language = language_of(report.language)
    text = report.text[span.start : span.end]
    words = language.words(text)
    for first, last, number in language.ordinals.find(words):
        end = span.start + words[last - 1].end
        after = words_of(report.text, Span(end, min(end + _REACH, span.end)))[:1]
        if after:
            word, at = after[0]
            means = {one.name for one in meanings(report.text, at, report.language)}
            same = {f"{report.language[:2]}:{word[:_STEM]}"} if len(word) >= _STEM else set[str]()
            yield number, frozenset(means | same), Span(span.start + words[first].start, at.end)
