"""How surely a draft states what the case has: a hedge dropped, a negation turned, a plan told as done."""

from collections.abc import Iterator, Sequence

from guvoh.drafts.compared import Compared
from guvoh.drafts.ground import Passage
from guvoh.drafts.remarks import Kind, Remark
from guvoh.drafts.sentences import Sentence, cues, nots
from guvoh.lineage.background import word_weight
from guvoh.lineage.wording import Cue, complete, cues_in, words_of
from guvoh.model.claim import Claim, Stance
from guvoh.model.report import Report
from guvoh.model.text import Span

_SURE = 550  # per mille that a passage shares before what the draft leaves out is held against it
_LEAST = 4  # letters of a word that a negation can turn, and by which it is known again
_ENDING = 3  # letters by which its forms differ
_STEM = 6  # letters by which a word is known again
_LIGHT = 12  # tenths of a logarithm of rarity; lighter words stand in every clause
_PARTING = ",;:—"  # what parts clauses
_AHEAD = frozenset(
    (Stance.PLANNED, Stance.FEARED, Stance.EXPECTED, Stance.THREATENED, Stance.PROMISED)
)


def check(compared: Compared) -> Iterator[Remark]:
    """Yield a remark for each sentence that is surer than all original passages of it."""
    for sentence in compared.telling():
        near = [one for one in sentence.original if one.share >= _SURE]
        if not near:
            continue
        near = [one for one in near if not one.across] or near
        if _reserve_gone(sentence, near):
            yield Remark(Kind.HEDGE, sentence.span, _spans(near), tuple(near[:1]), sentence.event)
        turned = [one for one in near if not one.across and _turned(sentence, one)]
        if turned:
            yield Remark(
                Kind.NEGATION, sentence.span, _spans(turned), tuple(turned[:1]), sentence.event
            )
        if _foretold(compared, sentence, near):
            yield Remark(Kind.AHEAD, sentence.span, _spans(near), tuple(near[:1]), sentence.event)


def _reserve_gone(sentence: Sentence, near: list[Passage]) -> bool:
    """Tell whether every passage is hedged, and the sentence is not.

    "The station reported" is a reserve only against a sentence that names nobody who says so.
    """
    told = Cue.SPEECH in sentence.cues or any(claim.chain for claim in sentence.claims)
    listed = [one for one in near if complete(one.report.language.partition("-")[0])]
    return (
        Cue.HEDGE not in sentence.cues
        and bool(listed)
        and all(_hedged(sentence, one, told=told) for one in listed)
    )


def _hedged(sentence: Sentence, passage: Passage, *, told: bool) -> bool:
    base = passage.report.language.partition("-")[0]
    found = cues_in(passage.report.text, _shared(sentence, passage), base)
    speech = {one.span for one in found if one.cue is Cue.SPEECH}
    return any(one.cue is Cue.HEDGE and not (told and one.span in speech) for one in found)


def _spans(near: list[Passage]) -> tuple[tuple[str, Span], ...]:
    return tuple((one.report.id, one.span) for one in near[:1])


def _shared(sentence: Sentence, passage: Passage) -> Span:
    """Return the clauses of a passage that hold the words it shares.

    What another clause of it says is not what the draft leaves out.
    """
    if passage.across:
        return passage.span
    text, base = passage.report.text, passage.report.language.partition("-")[0]
    ours = {word[:_STEM] for word, _ in words_of(sentence.draft.text, sentence.span)}
    met = [
        span
        for word, span in words_of(text, passage.span)
        if word[:_STEM] in ours and word_weight(base, word) > _LIGHT
    ]
    if not met:
        return passage.span
    start = max(text.rfind(mark, passage.span.start, met[0].start) + 1 for mark in _PARTING)
    ends = [at for mark in _PARTING if (at := text.find(mark, met[-1].end, passage.span.end)) > 0]
    return Span(max(start, passage.span.start), min(ends, default=passage.span.end))


def _turned(sentence: Sentence, passage: Passage) -> bool:
    """Tell whether one side negates a word that the other has without a negation."""
    ours, mine = _negated(sentence.draft, sentence.span)
    theirs, yours = _negated(passage.report, passage.span)
    if not _denies(sentence.cues):
        return any(_among(word, mine) for word in theirs)
    if not _denies(cues(passage.report, passage.span)):
        return any(_among(word, yours) for word in ours)
    return False


def _denies(shown: frozenset[Cue]) -> bool:
    return Cue.NOT in shown or Cue.DENIAL in shown


def _negated(report: Report, span: Span) -> tuple[list[str], list[str]]:
    """Return the first weighty word after each negation of a stretch, and all weighty words of it."""
    base = report.language.partition("-")[0]
    words = words_of(report.text, span)
    weighty = [
        (word, at.start)
        for word, at in words
        if len(word) >= _LEAST and word_weight(base, word) > _LIGHT
    ]
    after = [
        next(((w, at) for w, at in weighty if at >= one.end), None) for one in nots(report, span)
    ]
    found = [one[0] for one in after if one is not None]
    return found, [word for word, _ in weighty]


def _among(word: str, words: Sequence[str]) -> bool:
    """Tell whether some word is the same but for its ending."""
    return any(
        word[:_LEAST] == other[:_LEAST] and abs(len(word) - len(other)) <= _ENDING
        for other in words
    )


def _foretold(compared: Compared, sentence: Sentence, near: list[Passage]) -> bool:
    """Tell whether the draft tells as done what every original passage says is ahead."""
    told = [claim for claim in sentence.claims if claim.acts or claim.times]
    if not told or any(_ahead(claim) for claim in told):
        return False
    theirs = [compared.ground.claims(one.report.id, one.span) for one in near]
    return bool(theirs) and all(
        any(_ahead(c) for c in claims) and all(_ahead(c) or not c.acts for c in claims)
        for claims in theirs
    )


def _ahead(claim: Claim) -> bool:
    future = bool(claim.acts) and all(act.tense == "future" for act in claim.acts)
    return claim.stance in _AHEAD or future
