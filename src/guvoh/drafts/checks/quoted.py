"""Words that a draft puts in quotation marks, and that no report has so."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from guvoh.corroborate.descriptions import describe
from guvoh.drafts.compared import Compared, inside
from guvoh.drafts.ground import Passage
from guvoh.drafts.remarks import Kind, Remark
from guvoh.drafts.sentence import Sentence
from guvoh.drafts.voices import named, stands_in
from guvoh.lineage.wording import words_of
from guvoh.model.claim import Link
from guvoh.model.report import Report
from guvoh.model.text import Span

_FEWEST = 4  # words; shorter ones are terms, titles and names
_SHORTEST = 3  # from which words may be put in another's mouth
_RUN = (
    4  # words that follow one another, and the share of all, by which it is known again further off
)
_MOST = 0.6
_KEPT = 0.5  # share of a quotation's words, in order, by which it is known again


def check(compared: Compared) -> Iterator[Remark]:
    """Yield a remark for each quotation that stands otherwise, or in another mouth, in its report.

    One that only reports in other languages have is a translation, of which nothing is said.
    """
    for quotation in compared.reading.quotations:
        stood: list[tuple[str, Span]] = []  # where its sentences so far stand word for word
        for sentence in compared.sentences:
            start = max(quotation.start, sentence.span.start)
            end = min(quotation.end, sentence.span.end)
            if start < end:
                yield from _quotation(compared, sentence, Span(start, end), stood)


def _quotation(
    compared: Compared, sentence: Sentence, quotation: Span, stood: list[tuple[str, Span]]
) -> Iterator[Remark]:
    """Yield what is to be said of one sentence of a quotation; `stood` gets the place where it stands."""
    draft = compared.draft
    said = [word for word, _ in words_of(draft.text, quotation)]
    if len(said) < _SHORTEST:
        return
    run = " ".join(said)
    own = draft.language.partition("-")[0]
    copies: list[str] = []
    for report in compared.ground.reports.values():
        if report.language.partition("-")[0] != own:
            continue
        theirs, places = compared.ground.words(report.id)
        at = theirs.find(f" {run} ")
        if at >= 0 and not compared.ground.own_word(report.id, own):
            copies.append(report.id)
        elif at >= 0:
            place = places[theirs.count(" ", 0, at)]
            stood.append((report.id, compared.ground.sentence(report.id, place)))
            yield from _mouth(compared, sentence, quotation, (report, place))
            return
    if len(said) < _FEWEST:
        return
    if copies and all(_could_have(compared, one, own) for one in copies):
        yield Remark(Kind.COPIES, quotation, reports=tuple(copies))
        return
    best = _nearest(compared, sentence, said)
    further = None if best is not None or stood else _further(compared, sentence, said)
    if further is not None:
        yield Remark(Kind.QUOTATION, quotation, (further,))
    elif best is not None:
        yield Remark(Kind.QUOTATION, quotation, ((best.report.id, best.span),), (best,))
    elif stood and not copies:  # the rest of it is word for word, and nobody says this
        yield Remark(Kind.QUOTATION, quotation, tuple(stood[:1]))


def _nearest(compared: Compared, sentence: Sentence, said: Sequence[str]) -> Passage | None:
    """Return the original passage that has most of the words of a quotation in their order, if any has enough."""
    best: tuple[float, Passage] | None = None
    for passage in _candidates(compared, sentence):
        area = compared.ground.paragraph(passage)
        there = [word for word, _ in words_of(passage.report.text, area)]
        blocks = SequenceMatcher(None, said, there, autojunk=False).get_matching_blocks()
        kept = sum(block.size for block in blocks) / len(said)
        if kept >= _KEPT and (best is None or kept > best[0]):
            best = kept, passage
    return best[1] if best is not None else None


def _further(
    compared: Compared, sentence: Sentence, said: Sequence[str]
) -> tuple[str, Span] | None:
    """Return the sentence of an original spoken of that has a run of a quotation's words and most of them."""
    for report in _spoken_of(compared, sentence):
        for span in compared.ground.readings[report.id].sentences:
            there = [word for word, _ in words_of(report.text, span)]
            blocks = SequenceMatcher(None, said, there, autojunk=False).get_matching_blocks()
            sizes = [block.size for block in blocks]
            if max(sizes) >= _RUN and sum(sizes) >= _MOST * len(said):
                return report.id, span
    return None


def _spoken_of(compared: Compared, sentence: Sentence) -> Iterator[Report]:
    """Yield the originals in a draft's language that its paragraph speaks of."""
    own = compared.draft.language
    for one in sentence.beside:
        report = compared.ground.reports[one]
        same = report.language.partition("-")[0] == own.partition("-")[0]
        if same and compared.ground.own_word(one, own):
            yield report


def _candidates(compared: Compared, sentence: Sentence) -> Iterator[Passage]:
    """Yield passages of originals in a draft's language: those of the sentence, then of the one before it."""
    at = compared.sentences.index(sentence)
    for one in compared.sentences[max(at - 1, 0) : at + 1]:
        if one.paragraph == sentence.paragraph:
            yield from (p for p in one.passages if not p.across and not p.derived)


def _could_have(compared: Compared, report: str, language: str) -> bool:
    """Tell whether what a report is made from, or what stands for that in a language, could have its words."""
    ground = compared.ground
    family = ground.family_of[report]
    return any(
        one in ground.reports
        and ground.reports[one].language.partition("-")[0] == language
        and (one == family.origin or one in ground.standing(language))
        for one in (family.origin, *(member.report for member in family.members))
        if one is not None
    )


def _mouth(
    compared: Compared, sentence: Sentence, quotation: Span, place: tuple[Report, Span]
) -> Iterator[Remark]:
    """Yield a remark where somebody else says a quotation's words than the draft has say them."""
    report, at = place
    around = compared.ground.around(report.id, at)
    for claim in sentence.claims:
        link = claim.chain[-1] if claim.chain else None
        met = claim.span.start < quotation.end and quotation.start < claim.span.end
        if link is None or not met:
            continue
        voices = [
            c for c in compared.ground.claims(report.id, Span(at.start, at.start + 1)) if c.chain
        ]
        text = report.text[around.start : around.end]
        other = (
            not stands_in(link, text)
            if named(link, sentence)
            else _other_kin(sentence, link, (text, [c.chain[-1] for c in voices]))
        )
        if voices and other:
            ids = tuple(one.id for one in voices[:2])
            yield Remark(Kind.SPEAKER, link.span or sentence.span, claims=ids)
            return


def _other_kin(sentence: Sentence, link: Link, place: tuple[str, list[Link]]) -> bool:
    """Tell whether a draft has somebody's kin say what a voice with a name says, where no such kin is spoken of."""
    text, voices = place
    draft = sentence.draft
    if link.span is None or not inside(link.span, sentence.span):
        return False
    kin = set(describe(draft.text[link.span.start : link.span.end], draft.language).kin)
    around = describe(text, draft.language).kin
    return (
        bool(kin)
        and not kin & set(around)
        and all(describe(one.name, draft.language).named for one in voices)
    )
