"""From a draft and a case to remarks: reads the draft as reports are read, and runs every check."""

from dataclasses import dataclass

from guvoh.drafts.checks import CHECKS
from guvoh.drafts.compared import Compared, inside
from guvoh.drafts.ground import Ground
from guvoh.drafts.remarks import Kind, Remark
from guvoh.drafts.sentence import Sentence
from guvoh.drafts.sentences import sentences
from guvoh.model.report import Report
from guvoh.reading.read import read


@dataclass(frozen=True, slots=True)
class Checked:
    """The sentences of a draft, each with what was noticed about it, in order."""

    sentences: tuple[tuple[Sentence, tuple[Remark, ...]], ...]


def compare(draft: Report, ground: Ground) -> Checked:
    """Return what of a draft the case has otherwise, has only in copies, or does not have."""
    reading = read(draft)
    compared = Compared(draft, reading, sentences(draft, reading, ground), ground)
    found = [remark for check in CHECKS for remark in check(compared)]
    return Checked(
        tuple(
            (one, _weightiest([remark for remark in found if inside(remark.span, one.span)]))
            for one in compared.sentences
            if one.says
        )
    )


def _weightiest(found: list[Remark]) -> tuple[Remark, ...]:
    """Return remarks without those that another one explains: eight outlets are no wrong number."""
    kinds = {remark.kind for remark in found}
    left_out = {Kind.UNSUPPORTED, Kind.NUMBER} if Kind.OUTLETS in kinds else set()
    once = {(one.kind, one.span): one for one in reversed(found) if one.kind not in left_out}
    return tuple(reversed(once.values()))
