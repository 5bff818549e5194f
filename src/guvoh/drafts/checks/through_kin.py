"""Families or relatives of so many, told by a draft as so many people themselves."""

from collections.abc import Iterator

from guvoh.corroborate.descriptions import describe
from guvoh.drafts.compared import Compared, inside
from guvoh.drafts.counting import same_count
from guvoh.drafts.remarks import Kind, Remark
from guvoh.drafts.sentence import Sentence
from guvoh.model.claim import Quantity
from guvoh.model.report import Report

_SURE = 600  # per mille that a passage shares before who is counted in it is held against the draft
_FEWEST = 2  # "one" counts nothing
_BEFORE = 30  # characters before a number in which it is said whose families these are
_OF = frozenset(("of", "de", "des"))


def check(compared: Compared) -> Iterator[Remark]:
    """Yield a remark for "four workers told her" where every passage has the families of four workers tell her."""
    for sentence in compared.telling():
        if describe(sentence.text, sentence.draft.language).kin:
            continue
        for value in compared.reading.quantities:
            if inside(value.span, sentence.span) and value.low >= _FEWEST:
                told = _alike(compared, sentence, value)
                if told and all(_of_kin(report, other) for report, other in told):
                    report, other = told[0]
                    yield Remark(
                        Kind.DETAIL, value.span, ((report.id, other.span),), (), sentence.event
                    )


def _alike(
    compared: Compared, sentence: Sentence, value: Quantity
) -> list[tuple[Report, Quantity]]:
    """Return where the originals that surely tell the same count as many of the same."""
    return [
        (passage.report, other)
        for passage in sentence.original
        if passage.share >= _SURE
        for other in compared.ground.readings[passage.report.id].quantities
        if inside(other.span, passage.span)
        and (other.low, other.high) == (value.low, value.high)
        and same_count(value, other, (sentence.draft.language, passage.report.language))
    ]


def _of_kin(report: Report, value: Quantity) -> bool:
    """Tell whether the families or relatives of so many are meant."""
    before = report.text[max(value.span.start - _BEFORE, 0) : value.span.start].split()
    while before and before[-1] in _OF:
        del before[-1]
    return bool(describe(" ".join(before[-1:]), report.language).kin)
