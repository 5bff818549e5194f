"""Who saw it, and who says so: a witness of what was only told, words in another mouth."""

from collections.abc import Iterator

from guvoh.drafts.compared import Compared
from guvoh.drafts.ground import Passage
from guvoh.drafts.remarks import Kind, Remark
from guvoh.drafts.sentences import Sentence, cues
from guvoh.drafts.voices import named, stands_in
from guvoh.drafts.wordlists import wordlists
from guvoh.lineage.credits import same_outlet
from guvoh.lineage.wording import Cue, words_of
from guvoh.model.claim import Link, SourceKind

_SURE = 450  # per mille that a passage shares before another mouth is held against the draft


def check(compared: Compared) -> Iterator[Remark]:
    """Yield a remark for a witness whom no original report has, and for another speaker."""
    for sentence in compared.sentences:
        if Cue.NOT not in sentence.cues and _claims_witness(sentence):
            yield from _witness(compared, sentence)
        yield from _speaker(compared, sentence)


def _claims_witness(sentence: Sentence) -> bool:
    listed = wordlists().get(sentence.draft.language.partition("-")[0], {}).get("witness", ())
    words = [word for word, _ in words_of(sentence.draft.text, sentence.span)]
    return Cue.SAW in sentence.cues or any(word.startswith(listed) for word in words if listed)


def _witness(compared: Compared, sentence: Sentence) -> Iterator[Remark]:
    """Yield a remark where no passage of an original says that somebody saw it.

    Where nothing speaks of it, a report beside it in another language may: then nothing is said.
    """
    for passage in sentence.original:
        shown = cues(passage.report, passage.span)
        if (Cue.SAW in shown and Cue.NOT not in shown) or Cue.PAPERS in shown:
            return
    first = next(iter(sentence.beside), None)
    own = sentence.draft.language.partition("-")[0]
    same = first and compared.ground.reports[first].language.partition("-")[0] == own
    if sentence.original or same:
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
        if any(_speaks(link, one, compared) for one in near):
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


def _speaks(link: Link, passage: Passage, compared: Compared) -> bool:
    """Tell whether a passage is a voice's own, names it, or is said by it under a pronoun."""
    ground, report = compared.ground, passage.report
    if report.publisher is not None and same_outlet(link.name, report.publisher.text):
        return True
    voices = [
        other.name for claim in ground.claims(report.id, passage.span) for other in claim.chain
    ]
    around = report.text[slice(*ground.paragraph(passage))]
    return stands_in(link, " ".join([around, *voices]))
