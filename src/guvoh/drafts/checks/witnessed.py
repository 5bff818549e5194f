"""Who saw it, and who says so: a witness of what was only told, words in another mouth."""

from collections.abc import Iterator

from guvoh.drafts.compared import Compared
from guvoh.drafts.remarks import Kind, Remark
from guvoh.drafts.sentences import Sentence, cues
from guvoh.drafts.voices import named, stands_in
from guvoh.lineage.wording import Cue
from guvoh.model.claim import SourceKind

_SURE = 450  # per mille that a passage shares before another mouth is held against the draft


def check(compared: Compared) -> Iterator[Remark]:
    """Yield a remark for a witness whom no original report has, and for another speaker."""
    for sentence in compared.sentences:
        if Cue.SAW in sentence.cues and Cue.NOT not in sentence.cues:
            yield from _witness(sentence)
        yield from _speaker(compared, sentence)


def _witness(sentence: Sentence) -> Iterator[Remark]:
    """Yield a remark where no passage of an original says that somebody saw it."""
    for passage in sentence.original:
        shown = cues(passage.report, passage.span)
        if (Cue.SAW in shown and Cue.NOT not in shown) or Cue.PAPERS in shown:
            return
    if sentence.beside:
        nearest = tuple(sentence.original[:1])
        yield Remark(Kind.WITNESS, sentence.span, (), nearest, sentence.event)


def _speaker(compared: Compared, sentence: Sentence) -> Iterator[Remark]:
    """Yield a remark where those who speak in the passages are others than the draft names."""
    near = [one for one in sentence.original if one.share >= _SURE]
    near = [one for one in near if not one.across] or near
    if not near:
        return
    for claim in sentence.claims:
        link = claim.chain[-1] if claim.chain else None
        if link is None or not named(link, compared.draft):
            continue
        if any(
            stands_in(link, one.report.text[slice(*compared.ground.paragraph(one))]) for one in near
        ):
            continue
        voices = [
            other.id
            for passage in near
            for other in compared.ground.claims(passage.report.id, passage.span)
            if other.chain and other.chain[-1].kind is not SourceKind.UNNAMED
        ]
        if voices:
            at = link.span or sentence.span
            yield Remark(Kind.SPEAKER, at, (), tuple(near[:1]), claims=tuple(voices[:2]))
            return
