"""How many somebody saw or counted, where a passage tells of more or fewer than that."""

from collections.abc import Iterator

from guvoh.drafts.checks.stated import clauses
from guvoh.drafts.compared import Compared, inside
from guvoh.drafts.counting import Match, match_numbers, rival_numbers
from guvoh.drafts.meanings import meanings
from guvoh.drafts.remarks import Kind, Remark
from guvoh.drafts.sentence import Sentence
from guvoh.model.claim import Quantity
from guvoh.model.report import Report
from guvoh.model.text import Span

_SENSES = frozenset(("see", "count"))


def check(compared: Compared) -> Iterator[Remark]:
    """Yield a remark for a number that was seen, where the clauses of passages in which somebody saw have others."""
    for sentence in compared.telling():
        if not _senses(sentence.draft, sentence.span):
            continue
        for value in compared.reading.quantities:
            if inside(value.span, sentence.span) and value.low > 1:
                shown = _others(compared, sentence, value)
                if shown:
                    yield Remark(Kind.NUMBER, value.span, shown, event=sentence.event)


def _senses(report: Report, span: Span) -> bool:
    return any(one.name in _SENSES for one in meanings(report.text, span, report.language))


def _others(
    compared: Compared, sentence: Sentence, value: Quantity
) -> tuple[tuple[str, Span], ...]:
    """Return the numbers in such clauses of the originals; none where one of them agrees, or counts something else."""
    shown: list[tuple[str, Span]] = []
    for passage in sentence.original:
        report = passage.report
        languages = compared.draft.language, report.language
        for clause in clauses(report.text, passage.span):
            if _senses(report, clause):
                for other in compared.ground.readings[report.id].quantities:
                    if inside(other.span, clause):
                        if match_numbers(value, other, languages) is not Match.NOT:
                            return ()
                        if rival_numbers(value, other, languages):
                            shown.append((report.id, other.span))
    return tuple(shown[:1])
