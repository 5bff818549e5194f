"""Details that exclude one another: police where the reports have soldiers, three lorries where they have buses."""

from collections.abc import Iterator, Sequence

from guvoh.drafts.checks.denying import negates
from guvoh.drafts.compared import Compared, inside
from guvoh.drafts.ground import Passage
from guvoh.drafts.meanings import Meaning, meanings, meant_in
from guvoh.drafts.remarks import Kind, Remark
from guvoh.drafts.scattered import told_before
from guvoh.drafts.sentence import Sentence
from guvoh.drafts.sentences import nots
from guvoh.lineage.wording import Cue
from guvoh.model.text import Span

_PAPERS = frozenset(("contract", "document", "letter", "application", "list", "passport"))
_SAID = frozenset(("actor", "vehicle", "offence", "form"))
_TOOL = "tool"
_SURE = 450  # per mille that a passage shares before another detail in it is held against the draft


def check(compared: Compared) -> Iterator[Remark]:
    """Yield a remark for each detail that no original near a sentence has, while one has another of its kind."""
    for sentence in compared.telling():
        draft = compared.draft
        said = meanings(draft.text, sentence.span, draft.language)
        yield from _pictured(sentence, said)
        for detail in said:
            if detail.rivals is not None and not (detail.done and Cue.NOT in sentence.cues):
                shown = _instead(compared, sentence, detail)
                if shown or _nowhere(compared, sentence, detail):
                    yield Remark(
                        Kind.DETAIL, detail.span, shown, tuple(sentence.nearest[:1]), sentence.event
                    )


def _nowhere(compared: Compared, sentence: Sentence, detail: Meaning) -> bool:
    """Tell whether the reports that a sentence goes on about have nothing of a detail's kind that it is.

    Of who did it and with what a report says all that can be told of it; of other kinds it need not.
    """
    reports = compared.spoken_of(sentence)
    return (
        bool(reports)
        and detail.rivals in _SAID
        and all(meant_in(one.language) for one in reports)
        and not any(
            one.name == detail.name
            for report in reports
            for one in meanings(report.text, Span(0, len(report.text)), report.language)
        )
        and not any(
            one.name == detail.name
            for report, span in told_before(compared, sentence)
            for one in meanings(report.text, span, report.language)
        )
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


def _with_the_same(sentence: Sentence, passage: Passage, detail: Meaning) -> bool:
    """Tell whether a sentence says what something was done with, and a passage tells of the same being done."""
    report = passage.report
    done = {o.name for o in meanings(report.text, passage.span, report.language) if o.done}
    ours = meanings(sentence.draft.text, sentence.span, sentence.draft.language)
    return detail.rivals == _TOOL and any(one.done and one.name in done for one in ours)


def _instead(
    compared: Compared, sentence: Sentence, detail: Meaning
) -> tuple[tuple[str, Span], ...]:
    """Return where the passages have a rival of a detail; nothing where their reports have it too."""
    shown: list[tuple[str, Span]] = []
    draft = compared.draft
    paragraph = next(p for p in draft.paragraphs if inside(sentence.span, p))
    so_far = Span(paragraph.start, sentence.span.end)
    ours = {one.name for one in meanings(draft.text, so_far, draft.language)}
    for passage in sentence.nearest:
        report = passage.report
        # What people do may well be told of others elsewhere in a report; a bus may be anyone's.
        around = compared.ground.paragraph(passage)
        whole = around if detail.done else Span(0, len(report.text))
        if any(one.name == detail.name for one in meanings(report.text, whole, report.language)):
            return ()
        if not passage.derived and (
            passage.share >= _SURE or _with_the_same(sentence, passage, detail)
        ):
            place = passage.span if detail.done else around
            there = meanings(report.text, place, report.language)
            rivals = [
                one
                for one in there
                if one.rivals == detail.rivals
                and not (
                    detail.done
                    and any(negates(report.text, at, one.span) for at in nots(report, place))
                )
            ]
            if any(one.name in ours for one in rivals):
                return ()  # the draft has it too: "on a winter night … by morning"
            shown += [(report.id, one.span) for one in rivals]
    return tuple(dict.fromkeys(shown))[:1]
