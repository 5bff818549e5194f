"""Sentences that state something of which nothing in the case speaks."""

from collections.abc import Iterator

from guvoh.corroborate.vocabulary import akin, family, vocabulary
from guvoh.drafts.compared import Compared, inside
from guvoh.drafts.remarks import Kind, Remark
from guvoh.drafts.sentences import Sentence

_SURE = 700  # per mille of a sentence in a passage, from which another word for the act is likely


def check(compared: Compared) -> Iterator[Remark]:
    """Yield a remark for each factual sentence without a passage, or whose act no passage tells."""
    for sentence in compared.sentences:
        if not sentence.speaking and not sentence.beside and not _factual(compared, sentence):
            continue
        if (not sentence.speaking and _factual(compared, sentence)) or (
            sentence.speaking and not _acts_told(compared, sentence)
        ):
            yield Remark(Kind.UNSUPPORTED, sentence.span, event=sentence.event)


def _factual(compared: Compared, sentence: Sentence) -> bool:
    """Tell whether a sentence says something that can be checked: an act, a number, a time, a voice."""
    if any(c.acts or c.chain or c.quantities for c in sentence.claims):
        return True
    reading = compared.reading
    spans = [one.span for one in reading.times] + [one.span for one in reading.places]
    return any(inside(span, sentence.span) for span in spans)


def _acts_told(compared: Compared, sentence: Sentence) -> bool:
    """Tell whether some passage tells of an act akin to each harm that the sentence states."""
    acts = {a.name for c in sentence.claims for a in c.acts} & vocabulary().harm
    acts -= vocabulary().manner
    if not acts or sentence.speaking[0].share >= _SURE:
        return True
    told = {
        family(act.name)
        for passage in sentence.speaking
        for claim in compared.ground.claims(passage.report.id, passage.span)
        for act in claim.acts
    }
    return any(akin(family(act), other) for act in acts for other in told)
