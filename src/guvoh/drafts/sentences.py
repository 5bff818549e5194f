"""The sentences of a draft with all that is compared of them, and what of the case lies beside them."""

import re
from collections.abc import Iterable, Iterator, Sequence

from guvoh.corroborate.descriptions import describe
from guvoh.corroborate.features import context_of, features
from guvoh.drafts.following import CONTEXT, follow
from guvoh.drafts.ground import Ground, passages
from guvoh.drafts.sentence import Sentence
from guvoh.drafts.wordlists import wordlists
from guvoh.languages.fold import fold
from guvoh.lineage.wording import Cue, cues_in, words_of
from guvoh.model.claim import Reading, SourceKind
from guvoh.model.event import Event
from guvoh.model.report import Report
from guvoh.model.text import Span

_NAMED = 1000  # per mille that a named outlet weighs beside what is shared
_FAINT = 3  # times as much the first report must weigh for another to be left out
_NUMBERED = re.compile(r"\.?\s?\d")


def sentences(draft: Report, reading: Reading, ground: Ground) -> list[Sentence]:
    """Return the sentences of a draft, each with what the case has beside it."""
    spans = [span for span in reading.sentences if draft.text[span.start : span.end].strip()]
    paragraphs = draft.paragraphs
    known = [name for name in ground.named_in(draft.text) if " " in name]
    found: list[Sentence] = []
    for span, near in zip(spans, passages(ground, draft, spans), strict=True):
        number = sum(one.start <= span.start for one in paragraphs)
        claims = [c for c in reading.claims if span.start <= c.span.start < span.end]
        names = _names(draft, reading, span)
        outlets = tuple(ground.named_in(draft.text[span.start : span.end], known))
        found.append(Sentence(span, number, draft, claims, names, outlets, cues(draft, span), near))
    ground.look_up((name for one in found for name in one.names), draft.language)
    context = context_of(draft, reading)
    own = {c.id: features(c, context) for c in reading.claims}
    before: Sequence[str] = ()
    for paragraph in _by_paragraph(found):
        _look_beside(paragraph, found, ground)
        told = [[own[c.id] for c in sentence.claims] for sentence in paragraph]
        before = follow(paragraph, told, before, ground)
    for sentence in found:
        sentence.event = _event(sentence, ground)
    return found


def _names(draft: Report, reading: Reading, span: Span) -> tuple[str, ...]:
    """Return the names of people in a sentence."""
    found = (
        draft.text[mention.start : mention.end]
        for person in reading.people
        if person.kind is SourceKind.PERSON
        for mention in person.mentions
        if span.start <= mention.start < span.end
    )
    pronouns = wordlists().get(draft.language.partition("-")[0], {}).get("people", ())
    return tuple(
        _bare(name, draft.language)
        for name in dict.fromkeys(found)
        if describe(name, draft.language).named and fold(name) not in pronouns
    )


def _bare(name: str, language: str) -> str:
    """Return a name without the rank or office before it, where that is written with a capital."""
    said = describe(name, language).names
    return said[0] if len(said) == 1 and name.endswith(f" {said[0]}") else name


def cues(report: Report, span: Span) -> frozenset[Cue]:
    """Return what the words of a stretch show of on whose word it is said, and how surely."""
    base = report.language.partition("-")[0]
    found = {one.cue for one in cues_in(report.text, span, base)} - {Cue.NOT}
    return frozenset(found | {Cue.NOT}) if nots(report, span) else frozenset(found)


def nots(report: Report, span: Span) -> list[Span]:
    """Return where a stretch negates; the "No." of a number does not."""
    base = report.language.partition("-")[0]
    found = [one.span for one in cues_in(report.text, span, base) if one.cue is Cue.NOT]
    listed = wordlists().get(base, {})
    refusing = listed.get("refusing", ())
    found += [
        at
        for word, at in words_of(report.text, span)
        if word in listed.get("negating", ()) or (refusing and word.startswith(refusing))
    ]
    return [one for one in found if not _NUMBERED.match(report.text, one.end)]


def _by_paragraph(found: Sequence[Sentence]) -> Iterator[list[Sentence]]:
    grouped: dict[int, list[Sentence]] = {}
    for sentence in found:
        grouped.setdefault(sentence.paragraph, []).append(sentence)
    yield from grouped.values()


def _look_beside(paragraph: list[Sentence], every: Sequence[Sentence], ground: Ground) -> None:
    """Give the sentences of a paragraph the reports of which it speaks, the originals first.

    An outlet that a sentence names is spoken of, whatever the words; what shares a name alone is not.
    """
    weighed: dict[str, int] = {}
    for sentence in paragraph:
        for one in sentence.speaking:
            weighed[one.report.id] = weighed.get(one.report.id, 0) + one.share
        for name in sentence.outlets:
            for report in ground.outlets[name]:
                weighed[report] = weighed.get(report, 0) + _NAMED
    most = max(weighed.values(), default=0)
    kept = [one for one, weight in weighed.items() if weight * _FAINT >= most]
    ranked = sorted(kept, key=lambda one: (one in ground.derived, -weighed[one], one))
    if not ranked:
        before = [s for s in every if s.paragraph < paragraph[0].paragraph and s.beside]
        ranked = before[-1].beside if before else []
    for sentence in paragraph:
        sentence.beside = ranked[:CONTEXT]


def _event(sentence: Sentence, ground: Ground) -> Event | None:
    """Return the event of which a sentence's passages tell most."""
    weighed: dict[str, int] = {}
    known: dict[str, Event] = {}
    for passage in sentence.nearest:
        for event in _events(ground, passage.report.id, passage.span):
            known[event.id] = event
            weighed[event.id] = weighed.get(event.id, 0) + passage.share
    return known[max(weighed, key=lambda one: (weighed[one], one))] if weighed else None


def _events(ground: Ground, report: str, span: Span) -> Iterable[Event]:
    claims = ground.claims(report, span)
    found = {c.id: ground.event_of[c.id] for c in claims if c.id in ground.event_of}
    return {event.id: event for event in found.values()}.values()
