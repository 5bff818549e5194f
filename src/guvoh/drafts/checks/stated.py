"""How surely a draft states what the case has: a hedge dropped, a negation turned, a plan told as done."""

import operator
from collections.abc import Callable, Iterator
from itertools import pairwise

from guvoh.corroborate.descriptions import describe
from guvoh.drafts.compared import Compared, inside
from guvoh.drafts.ground import Passage
from guvoh.drafts.meanings import meanings
from guvoh.drafts.remarks import Kind, Remark
from guvoh.drafts.sentence import Sentence
from guvoh.drafts.sentences import cues, nots
from guvoh.drafts.voices import calls, name_in, stands_in
from guvoh.drafts.wordlists import wordlists
from guvoh.lineage.background import word_weight
from guvoh.lineage.wording import Cue, complete, cues_in, words_of
from guvoh.model.claim import Claim, SourceKind, Stance
from guvoh.model.report import Report
from guvoh.model.text import Span

_SURE = 550  # per mille that a passage shares before what the draft leaves out is held against it
_MEANT = 600  # in another language
_NEAR = 40  # characters between a negation and what it negates
_BETWEEN = 3  # words: "could not get out of a fruit warehouse" negates no fruit
_NAMED = 350  # the same where it names whom the sentence names
_HELD = 450  # the same in a report that the draft speaks of anyway
_LEAST = 4  # letters of a word that a negation can turn, and by which it is known again
_ENDING = 3  # letters by which its forms differ
_SOME = 2  # weighty words of a clause that a sentence must share to tell the same
_ASIDE = 5  # words of a clause that only says how surely the one beside it is said
_STEM = 6  # letters by which a word is known again
_LIGHT = 12  # tenths of a logarithm of rarity; lighter words stand in every clause
_MINDS = frozenset(("tell", "see", "know", "ask", "name", "believe", "hear"))
_PEOPLE = (SourceKind.PERSON, SourceKind.GROUP, SourceKind.UNNAMED)
_REMOVES = 2  # people through whom something is known, from which it is hearsay
_THREAT = "threaten"  # an act by which another one is ahead
_PARTING = ",;:—.?!"  # what parts clauses that say something each
_AHEAD = frozenset(
    (Stance.PLANNED, Stance.FEARED, Stance.EXPECTED, Stance.THREATENED, Stance.PROMISED)
)


def check(compared: Compared) -> Iterator[Remark]:
    """Yield a remark for each sentence that is surer than all original passages of it."""
    for sentence in (one for one in compared.telling() if not one.heads):
        # Where no original is near enough, what is made from one speaks for it; of how surely
        # the original says it, it may not.
        told = sentence.original or sentence.speaking
        near = [one for one in told if one.share >= _enough(sentence, one)]
        if not near:
            continue
        near = [one for one in near if not one.across] or near
        if sentence.original and (
            _reserve_gone(sentence, near) or _hearsay_told(compared, sentence, near)
        ):
            yield Remark(Kind.HEDGE, sentence.span, _spans(near), tuple(near[:1]), sentence.event)
        turned = [
            one
            for one in near
            if one.share * 5 >= near[0].share * 3
            and not (one.across and one.share < _MEANT)
            and (_turned(sentence, one) or _unconfirmed(sentence, one))
        ]
        if turned:
            yield Remark(
                Kind.NEGATION, sentence.span, _spans(turned), tuple(turned[:1]), sentence.event
            )
        if _foretold(compared, sentence, near):
            yield Remark(Kind.AHEAD, sentence.span, _spans(near), tuple(near[:1]), sentence.event)


def _enough(sentence: Sentence, passage: Passage) -> int:
    """Return what a passage must share to be held against a sentence; less where it names the same person."""
    if not passage.across and any(name_in(name, passage.text) for name in sentence.names[:1]):
        return _NAMED
    return _HELD if passage.held else _SURE


def _reserve_gone(sentence: Sentence, near: list[Passage]) -> bool:
    """Tell whether every passage is hedged, and the sentence is not.

    "The station reported" is a reserve only against a sentence that names nobody who says so.
    """
    voiced = Cue.SPEECH in sentence.cues or any(claim.chain for claim in sentence.claims)
    told = voiced or bool(sentence.outlets)
    listed = [one for one in near if complete(one.report.language.partition("-")[0])]
    return (
        Cue.HEDGE not in sentence.cues
        and bool(listed)
        and all(_hedged(sentence, one, told=told) for one in listed)
    )


def _hearsay_told(compared: Compared, sentence: Sentence, near: list[Passage]) -> bool:
    """Tell whether a draft says in its own words what is still to come, and the passages only on somebody's word.

    Nobody of these is spoken of so far in its paragraph.
    """
    if Cue.SPEECH in sentence.cues or sentence.outlets or any(c.chain for c in sentence.claims):
        return False
    coming = _coming(sentence.draft, sentence.span)
    if not (coming or any(_ahead(claim) for claim in sentence.claims)):
        return False
    paragraph = next(one for one in compared.draft.paragraphs if inside(sentence.span, one))
    so_far = Span(paragraph.start, sentence.span.start)
    told = [
        one.chain[-1].name
        for one in compared.reading.claims
        if one.chain and inside(one.span, so_far)
    ]
    said = " ".join([compared.draft.text[paragraph.start : sentence.span.end], *told])
    roles = set(describe(sentence.text, sentence.draft.language).roles)
    for passage in near:
        people = [
            [link for link in claim.chain if link.kind in _PEOPLE]
            for claim in compared.ground.claims(passage.report.id, passage.span)
        ]
        if not any(len(chain) >= _REMOVES for chain in people):
            return False
        links = [link for chain in people for link in chain]
        language = passage.report.language
        if any(
            stands_in(link, said) or roles & set(describe(link.name, language).roles)
            for link in links
        ):
            return False
    return True


def _hedged(sentence: Sentence, passage: Passage, *, told: bool) -> bool:
    """Tell whether the clause of a passage that holds most of what it shares is hedged."""
    base = passage.report.language.partition("-")[0]
    clause = _shared(sentence, passage)
    if not _reserves(sentence.draft, sentence.span) and _reserved_before(sentence, passage, clause):
        return True
    found = cues_in(passage.report.text, clause, base)
    speech = {one.span for one in found if one.cue is Cue.SPEECH}
    return any(one.cue is Cue.HEDGE and not (told and one.span in speech) for one in found)


def _reserves(report: Report, span: Span) -> list[Span]:
    """Return where a stretch says that something is believed, feared or heard, not known."""
    listed = wordlists().get(report.language.partition("-")[0], {}).get("reserve", ())
    words = words_of(report.text, span)
    found = [one.span for one in meanings(report.text, span, report.language) if one.name == "fear"]
    return found + [
        Span(words[first][1].start, words[last - 1][1].end)
        for first in range(len(words))
        for last in range(first + 1, min(first + _ASIDE, len(words)) + 1)
        if " ".join(word for word, _ in words[first:last]) in listed
    ]


def _reserved_before(sentence: Sentence, passage: Passage, clause: Span) -> bool:
    """Tell whether most of what a clause shares follows a reserve in it, or in an aside to it."""
    if passage.across:
        return False
    ours = {word[:_STEM] for word, _ in words_of(sentence.draft.text, sentence.span)}
    base = passage.report.language.partition("-")[0]
    met = [
        at.start
        for word, at in words_of(passage.report.text, clause)
        if word[:_STEM] in ours and word_weight(base, word) > _LIGHT
    ]
    return any(
        not inside(one, clause) or sum(at > one.start for at in met) * 2 > len(met)
        for one in _reserves(passage.report, _with_asides(passage, clause))
    )


def _with_asides(passage: Passage, clause: Span) -> Span:
    """Return a clause with what stands beside it in a few words: "by then, he believes, about twenty had signed"."""
    short = [
        one
        for one in clauses(passage.report.text, passage.span)
        if (one.end == clause.start or one.start == clause.end)
        and len(words_of(passage.report.text, one)) <= _ASIDE
    ]
    return Span(
        min(one.start for one in (clause, *short)), max(one.end for one in (clause, *short))
    )


def _spans(near: list[Passage]) -> tuple[tuple[str, Span], ...]:
    return tuple((one.report.id, one.span) for one in near[:1])


def _shared(sentence: Sentence, passage: Passage) -> Span:
    """Return the clause of a passage that holds most of the words it shares.

    What another clause of it says is not what the draft leaves out.
    """
    if passage.across:
        return passage.span
    text, base = passage.report.text, passage.report.language.partition("-")[0]
    ours = {word[:_STEM] for word, _ in words_of(sentence.draft.text, sentence.span)}
    met = [
        (span, word_weight(base, word))
        for word, span in words_of(text, passage.span)
        if word[:_STEM] in ours and word_weight(base, word) > _LIGHT
    ]
    parts = clauses(text, passage.span)
    if not met:
        return passage.span
    return max(parts, key=lambda one: sum(w for at, w in met if inside(at, one)))


def clauses(text: str, span: Span) -> list[Span]:
    """Return what stands between the marks that part clauses."""
    ends = [at for at in range(span.start, span.end) if text[at] in _PARTING]
    return [
        Span(start, end) for start, end in pairwise([span.start, *ends, span.end]) if end > start
    ]


def _turned(sentence: Sentence, passage: Passage) -> bool:
    """Tell whether one side negates a word, or in another language its meaning, that the other has without."""
    if lacks(sentence.draft, sentence.span) or lacks(passage.report, passage.span):
        return False
    of = _meanings if passage.across else _words
    ours, mine = _negated(sentence.draft, sentence.span, of)
    draft = sentence.draft
    found = meanings(draft.text, sentence.span, draft.language)
    called = [one.span for one in found if calls(sentence, one)]
    naming = {word for word, at in of(draft, sentence.span) if any(inside(at, c) for c in called)}
    mine = [one for one in mine if one not in naming]
    theirs, yours = _negated(passage.report, passage.span, of)
    alike = operator.eq if passage.across else _alike
    if passage.across:  # what is negated is what people do, not who they are
        ours = [one for one in ours if one in _done(draft, sentence.span)]
        theirs = [one for one in theirs if one in _done(passage.report, passage.span)]
    if not _denies(sentence.cues):
        return any(alike(one, other) for one in theirs for other in mine)
    listed = complete(passage.report.language.partition("-")[0])
    if listed and not _denies(cues(passage.report, passage.span)):
        return any(alike(one, other) for one in ours for other in yours)
    return False


def _done(report: Report, span: Span) -> set[str]:
    return {one.name for one in meanings(report.text, span, report.language) if one.done}


def _unconfirmed(sentence: Sentence, passage: Passage) -> bool:
    """Tell whether a sentence has something confirmed that its passage says could not be."""
    if _denies(sentence.cues):
        return False
    ours = _confirming(sentence.draft, sentence.span)
    theirs = _confirming(passage.report, passage.span)
    negations = nots(passage.report, passage.span)
    return bool(ours) and any(
        0 <= at.start - one.end <= _NEAR for one in negations for at in theirs
    )


def _confirming(report: Report, span: Span) -> list[Span]:
    """Return where a stretch speaks of confirmation."""
    listed = wordlists().get(report.language.partition("-")[0], {}).get("confirming", ())
    return [at for word, at in words_of(report.text, span) if listed and word.startswith(listed)]


def lacks(report: Report, span: Span) -> bool:
    """Tell whether a stretch negates by a word of its own: a blank line has no signature."""
    listed = wordlists().get(report.language.partition("-")[0], {}).get("lacking", ())
    return any(word in listed for word, _ in words_of(report.text, span))


def _denies(shown: frozenset[Cue]) -> bool:
    return Cue.NOT in shown or Cue.DENIAL in shown


def _words(report: Report, span: Span) -> list[tuple[str, Span]]:
    """Return the weighty words of a stretch."""
    base = report.language.partition("-")[0]
    return [
        (word, at)
        for word, at in words_of(report.text, span)
        if len(word) >= _LEAST and word_weight(base, word) > _LIGHT
    ]


def _meanings(report: Report, span: Span) -> list[tuple[str, Span]]:
    """Return the meanings of a stretch; that something is said is not what is negated."""
    found = meanings(report.text, span, report.language)
    return [(one.name, one.span) for one in found if one.name != "tell"]


def _negated(
    report: Report, span: Span, of: Callable[[Report, Span], list[tuple[str, Span]]]
) -> tuple[list[str], list[str]]:
    """Return the first word or meaning after each negation of a stretch, and all of them."""
    found = of(report, span)
    after: list[str] = []
    for one in nots(report, span):
        word, at = next(((word, at) for word, at in found if at.start >= one.end), ("", span))
        if report.text[at.start].isupper():
            continue  # a name is not what is negated
        between = Span(one.end, at.start)
        if (
            word
            and len(between) <= _NEAR
            and len(words_of(report.text, between)) <= _BETWEEN
            and not _parted(report, between)
        ):
            after.append(word)
    return after, [word for word, _ in found]


def _parted(report: Report, between: Span) -> bool:
    """Tell whether a clause of its own begins in a stretch: "nobody has said where the nineteen …"."""
    clauses = wordlists().get(report.language.partition("-")[0], {}).get("clauses", ())
    return any(word in clauses for word, _ in words_of(report.text, between))


def _alike(word: str, other: str) -> bool:
    """Tell whether two words are the same but for their endings."""
    return word[:_LEAST] == other[:_LEAST] and abs(len(word) - len(other)) <= _ENDING


def _foretold(compared: Compared, sentence: Sentence, near: list[Passage]) -> bool:
    """Tell whether the draft tells as done what every original passage says is ahead."""
    if not tells_as_done(sentence):
        return False
    near = _of_as_many(compared, sentence, near) or near
    return bool(near) and all(_all_ahead(compared, sentence, one) for one in near)


def tells_as_done(sentence: Sentence) -> bool:
    """Tell whether a sentence tells something, and nothing that is still to come."""
    told = any(c.acts or c.times or c.quantities for c in sentence.claims) or any(
        one.done for one in meanings(sentence.draft.text, sentence.span, sentence.draft.language)
    )
    ahead = any(_ahead(claim) for claim in sentence.claims)
    return told and not ahead and not _foretells(sentence)


def _of_as_many(compared: Compared, sentence: Sentence, near: list[Passage]) -> list[Passage]:
    """Return the passages that have a number of the sentence: they are surely of the same people."""
    ours = {
        (one.low, one.high)
        for one in compared.reading.quantities
        if inside(one.span, sentence.span) and one.low > 1
    }
    return [
        passage
        for passage in near
        if any(
            inside(one.span, passage.span) and (one.low, one.high) in ours
            for one in compared.ground.readings[passage.report.id].quantities
        )
    ]


def _foretells(sentence: Sentence) -> bool:
    """Tell whether a sentence says of something that it is spoken of, not that it was done."""
    if _coming(sentence.draft, sentence.span):
        return True
    listed = wordlists().get(sentence.draft.language.partition("-")[0], {}).get("ahead", ())
    words = f" {' '.join(word for word, _ in words_of(sentence.draft.text, sentence.span))}"
    return any(f" {one}" in words for one in listed)


def _coming(report: Report, span: Span) -> bool:
    """Tell whether a stretch says by its words that something is still to come."""
    listed = wordlists().get(report.language.partition("-")[0], {}).get("coming", ())
    words = f" {' '.join(word for word, _ in words_of(report.text, span))} "
    for one in wordlists().get(report.language.partition("-")[0], {}).get("past", ()):
        words = words.replace(f" {one} ", " ")  # "they would not speak" tells what was
    return any(f" {one} " in words for one in listed)


def _clause_shared(sentence: Sentence, passage: Passage) -> Span:
    """Return the part of a clause that holds most of what a passage shares: what follows its "that" or "before"."""
    clause = _shared(sentence, passage)
    text, base = passage.report.text, passage.report.language.partition("-")[0]
    begin = wordlists().get(base, {}).get("clauses", ())
    starts = [at.start for word, at in words_of(text, clause) if word in begin]
    ours = {word[:_STEM] for word, _ in words_of(sentence.draft.text, sentence.span)}
    parts = [Span(a, b) for a, b in pairwise([clause.start, *starts, clause.end]) if b > a]
    draft = sentence.draft
    acts = _acts(draft, sentence.span)
    shared = [
        sum(
            word[:_STEM] in ours and text[at.start].islower() and word_weight(base, word) > _LIGHT
            for word, at in words_of(text, one)
        )
        + (_SOME if acts & _acts(passage.report, one) else 0)
        for one in parts
    ]
    most = max(shared, default=0)
    return parts[shared.index(most)] if most >= _SOME else Span(clause.start, clause.start)


def _acts(report: Report, span: Span) -> set[str]:
    """Return by their meanings what people do in a stretch, but for what they say, see or know."""
    return _done(report, span) - _MINDS


def _all_ahead(compared: Compared, sentence: Sentence, passage: Passage) -> bool:
    """Tell whether a passage tells of something ahead, and of no act that is not.

    "He says they are planning to take more": the act stands in a claim that is made, and within it in
    one that is planned.
    """
    clause = passage.span if passage.across else _clause_shared(sentence, passage)
    if _coming(passage.report, clause):
        return True
    claims = compared.ground.claims(passage.report.id, passage.span)
    ahead = [claim.span for claim in claims if _ahead(claim)]
    acts = [
        act
        for claim in claims
        for act in claim.acts
        if inside(act.span, passage.span) and act.name != _THREAT
    ]
    if not acts:
        half = (passage.span.end - passage.span.start) / 2
        planned = [claim.span for claim in claims if claim.stance in _AHEAD - {Stance.EXPECTED}]
        return any(one.end - one.start > half for one in planned)
    return bool(ahead) and all(
        act.tense == "future" or any(inside(act.span, span) for span in ahead) for act in acts
    )


def _ahead(claim: Claim) -> bool:
    future = bool(claim.acts) and all(act.tense == "future" for act in claim.acts)
    return claim.stance in _AHEAD or future
