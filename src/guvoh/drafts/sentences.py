"""The sentences of a draft with all that is compared of them, and what of the case lies beside them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from dataclasses import replace as changed

from guvoh.corroborate.features import Features, context_of, features
from guvoh.corroborate.fit import Profile, fit
from guvoh.drafts.ground import SPEAKS, Ground, Passage, passages
from guvoh.drafts.wordlists import wordlists
from guvoh.lineage.background import RAREST
from guvoh.lineage.fingerprint import cut
from guvoh.lineage.wording import Cue, cues_in, words_of
from guvoh.model.claim import Claim, Reading
from guvoh.model.event import Event
from guvoh.model.report import Report
from guvoh.model.text import Span

_CONTEXT = 8  # reports of which a paragraph speaks
_NAMED = 1000  # per mille that a named outlet weighs beside what is shared
_FAINT = 3  # times as much the first report must weigh for another to be left out
_NUMBERED = re.compile(r"\.?\s?\d")
_WEAK = 600  # per mille below which a passage may share no more than a name or two
_PLAIN = 500  # per mille of a light sentence's words that a passage must share


@dataclass(slots=True)
class Sentence:
    """One sentence of a draft.

    `passages` speak of the same, the nearest first; `beside` are the reports of which the paragraph
    speaks, or else the one before it. `event` is that of most of them.
    """

    span: Span
    paragraph: int
    draft: Report
    claims: list[Claim]
    cues: frozenset[Cue]
    passages: list[Passage] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    event: Event | None = None

    @property
    def text(self) -> str:
        """Return its words."""
        return self.draft.text[self.span.start : self.span.end]

    @property
    def speaking(self) -> list[Passage]:
        """Return the passages that share enough to speak of the same."""
        return [one for one in self.passages if one.speaks]

    @property
    def nearest(self) -> list[Passage]:
        """Return those of originals, else of copies, that share about as much as the first of them.

        Those in the draft's own language, where there are any: a reader can check them.
        """
        among = self.original or self.speaking
        same = [one for one in among if not one.across]
        if not same or same[0].share * 2 < among[0].share:
            same = among
        return [p for p in same if p.share * 5 >= same[0].share * 4]

    @property
    def weighty(self) -> list[Passage]:
        """Return the nearest, and those of copies that share about as much as the first of all."""
        most = self.speaking[0].share if self.speaking else 0
        kept = self.nearest
        return kept + [
            p for p in self.speaking if p not in kept and p.derived and p.share * 5 >= most * 4
        ]

    @property
    def original(self) -> list[Passage]:
        """Return those of them that are no copies."""
        return [one for one in self.speaking if not one.derived]


def sentences(draft: Report, reading: Reading, ground: Ground) -> list[Sentence]:
    """Return the sentences of a draft, each with what the case has beside it."""
    spans = [span for span in reading.sentences if draft.text[span.start : span.end].strip()]
    paragraphs = draft.paragraphs
    found: list[Sentence] = []
    for span, near in zip(spans, passages(ground, draft, spans), strict=True):
        number = sum(one.start <= span.start for one in paragraphs)
        claims = [c for c in reading.claims if span.start <= c.span.start < span.end]
        found.append(Sentence(span, number, draft, claims, cues(draft, span), near))
    context = context_of(draft, reading)
    own = {c.id: features(c, context) for c in reading.claims}
    before: Sequence[str] = ()
    for paragraph in _by_paragraph(found):
        _look_beside(paragraph, found, ground)
        for sentence in paragraph:
            _follow(sentence, before, ground)
            told = [own[c.id] for c in sentence.claims]
            if not sentence.speaking:
                sentence.passages = _near(sentence, told, sentence.beside, ground)
            elif before and sentence.speaking[0].share < _WEAK:
                # A word or two that another report has too; what the draft speaks of already is nearer.
                nearer = _near(sentence, told, [*before][:_CONTEXT], ground)
                if any(
                    one.speaks and not one.across for one in nearer if one not in sentence.passages
                ):
                    sentence.passages = nearer
            before = _told_by(sentence, before, ground)
    for sentence in found:
        sentence.event = _event(sentence, ground)
    return found


def cues(report: Report, span: Span) -> frozenset[Cue]:
    """Return what the words of a stretch show of on whose word it is said, and how surely."""
    base = report.language.partition("-")[0]
    found = {one.cue for one in cues_in(report.text, span, base)} - {Cue.NOT}
    return frozenset(found | {Cue.NOT}) if nots(report, span) else frozenset(found)


def nots(report: Report, span: Span) -> list[Span]:
    """Return where a stretch negates; the "No." of a number does not."""
    base = report.language.partition("-")[0]
    found = [one.span for one in cues_in(report.text, span, base) if one.cue is Cue.NOT]
    found += [at for word, at in words_of(report.text, span) if word in negating(base)]
    return [one for one in found if not _NUMBERED.match(report.text, one.end)]


def negating(base: str) -> frozenset[str]:
    """Return the words of a language that negate beside those of lineage's wording."""
    return frozenset(wordlists().get(base, {}).get("negating", ()))


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
        for name in ground.named_in(sentence.text):
            for report in ground.outlets[name]:
                weighed[report] = weighed.get(report, 0) + _NAMED
    most = max(weighed.values(), default=0)
    kept = [one for one, weight in weighed.items() if weight * _FAINT >= most]
    ranked = sorted(kept, key=lambda one: (one in ground.derived, -weighed[one], one))
    if not ranked:
        before = [s for s in every if s.paragraph < paragraph[0].paragraph and s.beside]
        ranked = before[-1].beside if before else []
    for sentence in paragraph:
        sentence.beside = ranked[:_CONTEXT]


def _follow(sentence: Sentence, before: Sequence[str], ground: Ground) -> None:
    """Keep to the reports of the sentence before where a sentence goes on about it ("He drove them …")."""
    first = next(iter(words_of(sentence.draft.text, sentence.span)), ("", sentence.span))[0]
    base = sentence.draft.language.partition("-")[0]
    if not before or first not in wordlists().get(base, {}).get("going_on", ()):
        return
    if ground.named_in(sentence.text):
        return
    told = ground.versions(before)
    sentence.passages = [one for one in sentence.passages if one.report.id in told]
    sentence.beside = told[:_CONTEXT]


def _told_by(sentence: Sentence, before: Sequence[str], ground: Ground) -> Sequence[str]:
    """Return the reports that tell what a sentence says, for the one after it."""
    named = [report for name in ground.named_in(sentence.text) for report in ground.outlets[name]]
    told = [one.report.id for one in sentence.weighty]
    return list(dict.fromkeys([*told, *named])) or before


def _near(
    sentence: Sentence, told: Sequence[Features], among: Sequence[str], ground: Ground
) -> list[Passage]:
    """Return passages of these reports for a sentence that has no rare words of its own.

    By all of its words within a language, else by what corroboration compares: acts and places,
    but not times and numbers, which may be what the draft has wrong.
    """
    words = _words(sentence.draft, sentence.span)
    found: list[Passage] = []
    for report in (ground.reports[one] for one in among):
        across = report.language.partition("-")[0] != sentence.draft.language.partition("-")[0]
        derived = report.id in ground.derived
        every: list[Passage] = []
        for span in ground.readings[report.id].sentences:
            if across:
                if _akin(told, ground, report.id, span):
                    every.append(Passage(report, span, SPEAKS[True], 0, derived, across))
                continue
            theirs = _words(report, span)
            common = sum(words[key] for key in words.keys() & theirs.keys())
            share, back = (common * 1000 // max(sum(one.values()), 1) for one in (words, theirs))
            if share >= _PLAIN:
                every.append(Passage(report, span, share, back, derived, across))
        found += sorted(every, key=lambda one: (-one.share, one.span))[:1]
    return sorted([*found, *sentence.passages], key=lambda one: -one.share)


def _words(report: Report, span: Span) -> dict[str, int]:
    """Return the words of a sentence by their stems, with what they weigh; the lightest say nothing."""
    return {
        word.key: min(word.weight, RAREST)
        for unit in cut(report).units
        if span.start <= unit.span.start < span.end
        for word in unit.words
        if word.weight > 8
    }


def _akin(told: Sequence[Features], ground: Ground, report: str, span: Span) -> bool:
    """Return whether a sentence of a report tells of an act that the draft's tells of, too."""
    for claim in ground.claims(report, span):
        profile = Profile()
        profile.take(changed(ground.features(claim), times=(), numbers=()))
        for one in told:
            plain = changed(one, times=(), near_times=(), numbers=(), ahead=profile.ahead)
            shared = {*one.acts, *one.manner} & {*profile.acts, *profile.manner}
            if shared and fit(plain, profile).barred is None:
                return True
    return False


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
