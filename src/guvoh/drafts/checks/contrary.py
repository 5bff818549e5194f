"""Voices that say in the reports the contrary of what a draft has them say."""

from collections.abc import Iterator

from guvoh.corroborate.vocabulary import family
from guvoh.drafts.compared import Compared
from guvoh.drafts.remarks import Kind, Remark
from guvoh.drafts.sentence import Sentence
from guvoh.drafts.voices import here, stands_in
from guvoh.lineage.wording import Cue
from guvoh.model.claim import Claim, Link, Polarity, Stance


def check(compared: Compared) -> Iterator[Remark]:
    """Yield a remark where a named voice affirms an act of which it only says elsewhere that it was not so."""
    for sentence in compared.sentences:
        if Cue.NOT in sentence.cues or Cue.DENIAL in sentence.cues:
            continue
        for claim in sentence.claims:
            link = claim.chain[-1] if claim.chain else None
            if link is None or not claim.acts or not here(link, sentence) or _negates(claim):
                continue
            against = _against(compared, sentence, claim, link)
            if against is not None:
                at = compared.ground.sentence(against.report, against.span)
                yield Remark(
                    Kind.NEGATION, sentence.span, ((against.report, at),), (), sentence.event
                )
                break


def _against(compared: Compared, sentence: Sentence, claim: Claim, link: Link) -> Claim | None:
    """Return a claim by which a voice denies an act of the draft's claim; None if it affirms it anywhere."""
    ground = compared.ground
    near = [one.report.id for one in sentence.speaking]
    reports = dict.fromkeys([*near, *ground.having(link.name, sentence.draft.language)])
    theirs = [
        one
        for report in reports
        for one in ground.readings[report].claims
        if one.chain and stands_in(link, one.chain[-1].name)
    ]
    negated = {(one.report, act.span) for one in theirs if _negates(one) for act in one.acts}
    for act in claim.acts:
        wanted = family(act.name)
        against = [
            one
            for one in theirs
            if _negates(one) and any(family(a.name) == wanted for a in one.acts)
        ]
        affirmed = any(
            family(a.name) == wanted and (one.report, a.span) not in negated
            for one in theirs
            for a in one.acts
        )
        if against and not affirmed:
            return against[0]
    return None


def _negates(claim: Claim) -> bool:
    return claim.polarity is Polarity.NEGATED or claim.stance is Stance.DENIED
