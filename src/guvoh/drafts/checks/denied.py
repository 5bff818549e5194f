"""Denials in the case that a draft leaves out."""

from collections.abc import Iterator

from guvoh.drafts.compared import Compared, inside
from guvoh.drafts.remarks import Kind, Remark
from guvoh.drafts.sentence import Sentence
from guvoh.drafts.sentences import nots
from guvoh.drafts.voices import LONG, telling
from guvoh.lineage.wording import Cue, words_of
from guvoh.model.event import Event

_TOLD = 2  # sentences that a draft must tell of an event before its denials are missed


def check(compared: Compared) -> Iterator[Remark]:
    """Yield a remark at the first sentence of each event that is denied and whose denial is not told."""
    told: dict[str, list[int]] = {}
    events: dict[str, Event] = {}
    for at, sentence in enumerate(compared.sentences):
        if sentence.event is not None and sentence.says:
            events[sentence.event.id] = sentence.event
            told.setdefault(sentence.event.id, []).append(at)
    for key, places in told.items():
        event = events[key]
        if event.denials and len(places) >= _TOLD and not _says(compared, event):
            yield Remark(Kind.DENIAL, compared.sentences[places[0]].span, event=event)


def _says(compared: Compared, event: Event) -> bool:
    """Tell whether some sentence of the draft speaks of a passage in which someone denies it."""
    denying = {denial.claim for denial in event.denials}
    told_in = {
        reading.report
        for reading in compared.ground.readings.values()
        for claim in reading.claims
        if claim.id in denying
    }
    for sentence in compared.sentences:
        negates = Cue.DENIAL in sentence.cues or Cue.NOT in sentence.cues
        for passage in sentence.speaking if negates else ():
            if any(
                c.id in denying for c in compared.ground.claims(passage.report.id, passage.span)
            ):
                return True
        if Cue.DENIAL in sentence.cues and (
            sentence.event is event or any(p.report.id in told_in for p in sentence.speaking)
        ):
            return True
        if _by_name(compared, sentence, event):
            return True
    return False


def _by_name(compared: Compared, sentence: Sentence, event: Event) -> bool:
    """Tell whether a sentence negates in its own words where its paragraph names who denies."""
    quoted = compared.reading.quotations
    own = [
        at for at in nots(compared.draft, sentence.span) if not any(inside(at, q) for q in quoted)
    ]
    if not own:
        return False
    around = next(p for p in compared.draft.paragraphs if p.start <= sentence.span.start < p.end)
    said = {word[:LONG] for word, _ in words_of(compared.draft.text, around)}
    return any(word[:LONG] in said for denial in event.denials for word in telling(denial.name))
