"""Details that exclude one another: police where the reports have soldiers, three lorries where they have buses."""

from collections.abc import Iterator

from guvoh.drafts.compared import Compared
from guvoh.drafts.meanings import Meaning, meanings
from guvoh.drafts.remarks import Kind, Remark
from guvoh.drafts.sentence import Sentence
from guvoh.model.text import Span

_SURE = 450  # per mille that a passage shares before another detail in it is held against the draft


def check(compared: Compared) -> Iterator[Remark]:
    """Yield a remark for each detail that no original near a sentence has, while one has another of its kind."""
    for sentence in compared.telling():
        said = meanings(compared.draft.text, sentence.span, compared.draft.language)
        for detail in said:
            if detail.rivals is not None:
                shown = _instead(compared, sentence, detail)
                if shown:
                    yield Remark(
                        Kind.DETAIL, detail.span, shown, tuple(sentence.nearest[:1]), sentence.event
                    )


def _instead(
    compared: Compared, sentence: Sentence, detail: Meaning
) -> tuple[tuple[str, Span], ...]:
    """Return where the passages have a rival of a detail; nothing where their reports have it too."""
    shown: list[tuple[str, Span]] = []
    for passage in sentence.nearest:
        report = passage.report
        # What people do may well be told of others elsewhere in a report; a bus may be anyone's.
        around = compared.ground.paragraph(passage)
        whole = around if detail.done else Span(0, len(report.text))
        if any(one.name == detail.name for one in meanings(report.text, whole, report.language)):
            return ()
        if passage.share >= _SURE and not passage.derived:
            place = passage.span if detail.done else around
            there = meanings(report.text, place, report.language)
            shown += [(report.id, one.span) for one in there if one.rivals == detail.rivals]
    return tuple(dict.fromkeys(shown))[:1]
