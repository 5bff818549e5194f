"""Voices that a draft lets speak, and of which the report says that they did not answer."""

from collections.abc import Iterator

from guvoh.drafts.compared import Compared, inside
from guvoh.drafts.meanings import meanings
from guvoh.drafts.remarks import Kind, Remark
from guvoh.drafts.sentence import Sentence
from guvoh.drafts.sentences import cues, nots
from guvoh.drafts.voices import LONG, here, name_in
from guvoh.languages.fold import fold
from guvoh.lineage.background import word_weight
from guvoh.lineage.wording import Cue, words_of
from guvoh.model.claim import Claim, ClaimKind, Link, SourceKind, Stance
from guvoh.model.report import Report
from guvoh.model.text import Span

_SURE = 600  # per mille that a passage shares before its denial is of whoever is said to be silent
_OFFICE = 5  # letters of a word that tells offices from one another
_LIGHT = 12  # tenths of a logarithm of rarity; lighter words tell nobody from others
_COMPANY = frozenset(("company", "director", "own"))
_ANSWERS = frozenset(("answered", "reach", "comment", "statement"))


def check(compared: Compared) -> Iterator[Remark]:
    """Yield a remark where somebody says something who, by the reports that are spoken of, did not reply."""
    for sentence in compared.sentences:
        if _says_silent(compared, sentence):
            yield from _spoke(compared, sentence)
            continue
        for report in _reports(compared, sentence):
            shown = _unanswered(compared, sentence, report)
            if shown is not None:
                yield Remark(
                    Kind.NEGATION, sentence.span, ((report.id, shown),), (), sentence.event
                )
                if any(claim.kind is ClaimKind.DIRECT for claim in sentence.claims):
                    yield Remark(Kind.SPEAKER, sentence.span, event=sentence.event)
                break


def _says_silent(compared: Compared, sentence: Sentence) -> bool:
    """Tell whether a draft says itself that somebody did not answer."""
    draft = sentence.draft
    found = {one.name for one in meanings(draft.text, sentence.span, draft.language)}
    if "silence" in found:
        return True
    own = [at for at in nots(draft, sentence.span) if not _quoted(compared, at)]
    return bool(own and found & _ANSWERS)


def _quoted(compared: Compared, span: Span) -> bool:
    return any(inside(span, one) for one in compared.reading.quotations)


def _spoke(compared: Compared, sentence: Sentence) -> Iterator[Remark]:
    """Yield a remark for a silence where a passage of the same denies; none where one tells of no answer.

    A draft that says to which outlet there was no answer speaks of that outlet alone.
    """
    near = [one for one in sentence.speaking if one.share >= _SURE]
    if sentence.outlets or any(
        nots(one.report, one.span) and _answers(one.report, one.span)
        for one in near
        if one.report.id in sentence.beside[:1] or sentence.held
    ):
        return
    for passage in near:
        if Cue.DENIAL in cues(passage.report, passage.span):
            shown = ((passage.report.id, passage.span),)
            yield Remark(Kind.NEGATION, sentence.span, shown, (passage,), sentence.event)
            return
    denied = {denial.claim for denial in sentence.event.denials} if sentence.event else set[str]()
    spoken_of = {report.id for report in compared.spoken_of(sentence)}
    for reading in compared.ground.readings.values():
        for claim in reading.claims:
            near_it = claim.id in denied or reading.report in spoken_of or sentence.event is None
            denies = claim.stance is Stance.DENIED and near_it and claim.chain
            if denies and (
                _is_meant(claim.chain[-1], sentence) or _for_company(compared, sentence, claim)
            ):
                shown = ((reading.report, claim.span),)
                yield Remark(Kind.NEGATION, sentence.span, shown, (), sentence.event)
                return


def _for_company(compared: Compared, sentence: Sentence, claim: Claim) -> bool:
    """Tell whether a draft calls a company silent, and who denies speaks for the one that the draft is about."""
    draft, report = sentence.draft, compared.ground.reports[claim.report]
    ours = {one.name for one in meanings(draft.text, sentence.span, draft.language)}
    around = compared.ground.around(claim.report, claim.span)
    theirs = {one.name for one in meanings(report.text, around, report.language)}
    event = compared.ground.event_of.get(claim.id)
    told = any(event is not None and one.event is event for one in compared.sentences)
    return bool(told and ours & _COMPANY and theirs & _COMPANY)


def _is_meant(link: Link, sentence: Sentence) -> bool:
    """Tell whether a sentence has the name of who denies or, where there is none, all words of what they are."""
    said = sentence.text
    if link.kind is SourceKind.PERSON:
        return name_in(link.name, said)
    long = [word for word in link.name.split() if len(word) >= _OFFICE]
    office = [word for word in long if word.islower()] or long
    words = {word[:LONG] for word, _ in words_of(sentence.draft.text, sentence.span)}
    return bool(office) and all(fold(word)[:LONG] in words for word in office)


def _reports(compared: Compared, sentence: Sentence) -> list[Report]:
    """Return the reports that are spoken of, and those whose passages name a voice of the sentence."""
    voices = [
        c.chain[-1]
        for c in sentence.claims
        if c.chain and c.chain[-1].kind is SourceKind.PERSON and here(c.chain[-1], sentence)
    ]
    naming = [
        one.report
        for one in sentence.speaking
        if not one.derived and any(name_in(link.name, one.text) for link in voices)
    ]
    every = {one.id: one for one in (*compared.spoken_of(sentence), *naming)}
    return list(every.values())


def _unanswered(compared: Compared, sentence: Sentence, report: Report) -> Span | None:
    """Return the sentence of a report by which a voice of the draft's sentence did not reply."""
    for claim in sentence.claims:
        link = claim.chain[-1] if claim.chain else None
        if link is None or not (link.span or here(link, sentence)):
            continue
        named = here(link, sentence)
        voice = frozenset[str]() if named or not link.span else _telling(compared.draft, link.span)
        if not (named or voice) or _speaks(compared, report, voice, link):
            continue
        for span in compared.ground.readings[report.id].sentences:
            negated = nots(report, span) and _answers(report, span)
            said = report.text[span.start : span.end]
            if negated and (name_in(link.name, said) if named else voice <= _telling(report, span)):
                return span
    return None


def _answers(report: Report, span: Span) -> bool:
    """Tell whether a stretch speaks of an answer or a comment."""
    return any(one.name in _ANSWERS for one in meanings(report.text, span, report.language))


def _speaks(compared: Compared, report: Report, voice: frozenset[str], link: Link) -> bool:
    """Tell whether somebody of that description or name speaks in a report."""
    return any(
        (voice and voice <= _words(one.name, report.language)) or name_in(link.name, one.name)
        for claim in compared.ground.readings[report.id].claims
        for one in claim.chain
    )


def _telling(report: Report, span: Span) -> frozenset[str]:
    return _words(report.text[span.start : span.end], report.language)


def _words(text: str, language: str) -> frozenset[str]:
    base = language.partition("-")[0]
    return frozenset(
        word for word, _ in words_of(text, Span(0, len(text))) if word_weight(base, word) > _LIGHT
    )
