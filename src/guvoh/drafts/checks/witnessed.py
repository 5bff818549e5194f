"""Who saw it, and who says so: a witness of what was only told, words in another mouth."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from guvoh.corroborate.descriptions import describe
from guvoh.drafts.checks.roles import GENERAL
from guvoh.drafts.compared import Compared, inside
from guvoh.drafts.ground import Passage
from guvoh.drafts.meanings import meanings
from guvoh.drafts.remarks import Kind, Remark
from guvoh.drafts.scattered import kindred
from guvoh.drafts.sentence import Sentence
from guvoh.drafts.sentences import cues
from guvoh.drafts.voices import name_in, named, stands_in
from guvoh.drafts.wordlists import wordlists
from guvoh.languages.fold import skeleton
from guvoh.lineage.credits import same_outlet
from guvoh.lineage.wording import Cue, cues_in, words_of
from guvoh.model.claim import Basis, Link, SourceKind
from guvoh.model.report import Report
from guvoh.model.text import Span

_FIRSTHAND = (Basis.EYEWITNESS, Basis.VICTIM, Basis.PARTICIPANT)
_SENSES = frozenset(("see", "count"))
_SURE = 450  # per mille that a passage shares before another mouth is held against the draft


def check(compared: Compared) -> Iterator[Remark]:
    """Yield a remark for a witness whom no original report has, and for another speaker."""
    for sentence in compared.sentences:
        if Cue.NOT not in sentence.cues and _claims_witness(sentence):
            yield from _witness(compared, sentence)
        yield from _speaker(compared, sentence)
        yield from _office(compared, sentence)


def _claims_witness(sentence: Sentence) -> bool:
    listed = wordlists().get(sentence.draft.language.partition("-")[0], {}).get("witness", ())
    words = words_of(sentence.draft.text, sentence.span)
    if _saw(sentence, words) or any(word.startswith(listed) for word, _ in words if listed):
        return True
    return any(
        link.basis is Basis.DOCUMENT
        and link.kind is SourceKind.PERSON
        and link.span is not None
        and inside(link.span, sentence.span)
        and not sentence.outlets
        for claim in sentence.claims
        for link in claim.chain
    )


def _saw(sentence: Sentence, words: Sequence[tuple[str, Span]]) -> bool:
    """Tell whether somebody saw something; "let in to see them" is not yet seen."""
    base = sentence.draft.language.partition("-")[0]
    before = {two.start: word for (word, _), (_, two) in pairwise(words)}
    unseen = wordlists().get(base, {}).get("unseen", ())
    return any(
        one.cue is Cue.SAW and before.get(one.span.start) not in unseen
        for one in cues_in(sentence.draft.text, sentence.span, base)
    )


def _witness(compared: Compared, sentence: Sentence) -> Iterator[Remark]:
    """Yield a remark where no passage of an original says that somebody saw it.

    Where nothing speaks of it, a report beside it in another language may: then nothing is said.
    """
    for passage in sentence.original:
        papers = Cue.PAPERS in cues(passage.report, passage.span)
        if papers or _seen(passage.report, passage.span):
            return
        if _was_there(compared, sentence, passage):
            return
    first = next(iter(sentence.beside), None)
    own = sentence.draft.language.partition("-")[0]
    same = first and compared.ground.reports[first].language.partition("-")[0] == own
    if sentence.original or same:
        nearest = tuple(sentence.original[:1])
        yield Remark(Kind.WITNESS, sentence.span, (), nearest, sentence.event)


def _was_there(compared: Compared, sentence: Sentence, passage: Passage) -> bool:
    """Tell whether whom a sentence names knows something at first hand in the passage's report, or whose word it is saw it.

    Where the draft goes on about one report alone, whoever saw something there will do.
    """
    ground, report = compared.ground, passage.report
    named_here = " ".join(sentence.names)
    saying = {_who(link) for c in ground.claims(report.id, passage.span) for link in c.chain[-1:]}
    if len(compared.spoken_of(sentence)) == 1 and any(
        _seen(report, span) for span in ground.readings[report.id].sentences
    ):
        return True
    for span in ground.readings[report.id].sentences:
        said = report.text[span.start : span.end]
        there = {one.name for one in meanings(report.text, span, report.language)}
        if there & _SENSES and any(name_in(name.split()[-1], said) for name in sentence.names):
            return Cue.NOT not in cues(report, span)
    for claim in ground.readings[report.id].claims:
        link = claim.chain[-1] if claim.chain else None
        if link is not None and (
            (link.basis in _FIRSTHAND and stands_in(link, named_here))
            or (link.basis is Basis.EYEWITNESS and _who(link) in saying)
        ):
            return True
    return False


def _seen(report: Report, span: Span) -> bool:
    shown = cues(report, span)
    return Cue.SAW in shown and Cue.NOT not in shown


def _who(link: Link) -> str:
    return link.person or link.name


def _speaker(compared: Compared, sentence: Sentence) -> Iterator[Remark]:
    """Yield a remark where those who speak in the passages are others than the draft names."""
    near = [one for one in sentence.original if one.share >= _SURE]
    near = [one for one in near if not one.across] or near
    if not near:
        return
    for claim in sentence.claims:
        link = claim.chain[-1] if claim.chain else None
        if link is None or not named(link, sentence):
            continue
        if describe(link.name, sentence.draft.language).rest:
            continue  # more than a name: whose word it is was not read cleanly
        if any(_speaks(link, one, compared) for one in near) or _is_outlet(
            link, sentence, compared
        ):
            continue
        if any(_speaks(link, one, compared) for one in sentence.speaking if not one.across):
            continue  # of whose word it is in another report a reader can judge
        voices = [
            other.id
            for passage in near
            for other in compared.ground.claims(passage.report.id, passage.span)
            if other.chain and _another(other.chain[-1], link, passage)
        ]
        if voices and not _speaks_elsewhere(compared, sentence, link):
            at = link.span or sentence.span
            yield Remark(Kind.SPEAKER, at, (), tuple(near[:1]), claims=tuple(voices[:2]))
            return


def _speaks_elsewhere(compared: Compared, sentence: Sentence, link: Link) -> bool:
    """Tell whether an original names a voice in a paragraph that shares several things with the sentence."""
    return link.span is not None and any(
        stands_in(link, report.text[span.start : span.end])
        for report, span in kindred(compared, sentence, link.span)
    )


def _another(voice: Link, link: Link, passage: Passage) -> bool:
    """Tell whether a voice is surely somebody else than a draft's, who may be the "son" of its report.

    In another language only a name is somebody else's.
    """
    if voice.kind is SourceKind.UNNAMED:
        return False
    own = describe(voice.name, passage.report.language).named
    return own or (not passage.across and not stands_in(link, passage.report.text))


def _is_outlet(link: Link, sentence: Sentence, compared: Compared) -> bool:
    """Tell whether a voice is an outlet that a report of the case is from: a passage is its own word."""
    return bool(compared.ground.named_in(link.name)) or any(
        same_outlet(link.name, name) or skeleton(link.name) == skeleton(name)
        for name in sentence.outlets
    )


def _office(compared: Compared, sentence: Sentence) -> Iterator[Remark]:
    """Yield a remark for a voice known by its office alone that speaks in no report of its outlet.

    Only where the sentence says to which outlet it spoke.
    """
    ground = compared.ground
    own = [one for one in sentence.beside if ground.own_word(one, sentence.draft.language)]
    if not sentence.held or not own:
        return
    speaking = {
        role
        for one in own
        for words in _voices(compared, one)
        for role in describe(words, ground.reports[one].language).roles
    }
    voiced = any(claim.chain for one in own for claim in ground.readings[one].claims)
    for claim in sentence.claims:
        for link in claim.chain[-1:]:
            said = describe(link.name, sentence.draft.language)
            roles = (
                set() if said.kin else {*said.roles} - GENERAL
            )  # "the wife of a prisoner" is no prisoner
            told_to = len(claim.chain) > 1 and any(
                same_outlet(claim.chain[0].name, name) for name in ground.outlets
            )
            unnamed = link.span is not None and not named(link, sentence)
            if roles and told_to and unnamed and voiced and not roles & speaking:
                yield Remark(Kind.SPEAKER, link.span or sentence.span)
                return


def _voices(compared: Compared, report: str) -> Iterator[str]:
    """Yield who speaks in a report, and the sentence that says first that somebody does.

    A voice is told of by its office there, and by its name later on.
    """
    ground = compared.ground
    voiced = [claim for claim in ground.readings[report].claims if claim.chain]
    for claim in voiced:
        yield from (link.name for link in claim.chain)
    if voiced:
        first = ground.sentence(report, min(claim.span for claim in voiced))
        yield ground.reports[report].text[first.start : first.end]


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
