"""Details that exclude one another: police where the reports have soldiers, three lorries where they have buses."""

from collections.abc import Iterator, Sequence

from guvoh.drafts.compared import Compared
from guvoh.drafts.meanings import Meaning, meanings
from guvoh.drafts.remarks import Kind, Remark
from guvoh.drafts.sentence import Sentence
from guvoh.model.text import Span

_PAPERS = frozenset(("contract", "document", "letter", "application", "list", "passport"))
_SURE = 450  # per mille that a passage shares before another detail in it is held against the draft


def check(compared: Compared) -> Iterator[Remark]:
    """Yield a remark for each detail that no original near a sentence has, while one has another of its kind."""
    for sentence in compared.telling():
        said = meanings(compared.draft.text, sentence.span, compared.draft.language)
        yield from _pictured(sentence, said)
        for detail in said:
            if detail.rivals is not None:
                shown = _instead(compared, sentence, detail)
                if shown:
                    yield Remark(
                        Kind.DETAIL, detail.span, shown, tuple(sentence.nearest[:1]), sentence.event
                    )


def _pictured(sentence: Sentence, said: Sequence[Meaning]) -> Iterator[Remark]:
    """Yield a remark for a document that a draft has somebody see, where a picture of it was seen."""
    names = {one.name for one in said}
    if not {"see", "show"} & names or not _PAPERS & names or "picture" in names:
        return
    for passage in sentence.nearest:
        report = passage.report
        there = meanings(report.text, passage.span, report.language)
        shown = [one.span for one in there if one.name == "picture"]
        alike = _PAPERS & names & {one.name for one in there}
        if passage.share >= _SURE and not passage.derived and shown and alike:
            at = next(one.span for one in said if one.name in _PAPERS)
            yield Remark(Kind.DETAIL, at, ((report.id, shown[0]),), (passage,), sentence.event)
            return


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
