"""What a draft tells as done, and the reports it speaks of only as not done."""

from collections.abc import Iterator

from guvoh.drafts.checks.stated import lacks
from guvoh.drafts.compared import Compared, inside
from guvoh.drafts.meanings import meanings
from guvoh.drafts.remarks import Kind, Remark
from guvoh.drafts.sentence import Sentence
from guvoh.drafts.sentences import nots
from guvoh.drafts.voices import calls, name_in
from guvoh.lineage.background import word_weight
from guvoh.lineage.wording import Cue, words_of
from guvoh.model.report import Report
from guvoh.model.text import Span

_NEAR = 40  # characters between a negation and what it negates
_AFTER = 12  # characters between what is negated and a negation after it
_FEW = 3  # reports that name somebody, from which more speak of too many things
_BACK = 2  # sentences before a negation in which it is said of whom
_WILL = "will"
_NAME = "name"
_READ = frozenset(("read", "list", "call_out", "document"))  # where names are not made known
_WEIGHTY = 12  # tenths of a logarithm of rarity; lighter words stand everywhere
_STEM = 5  # letters by which a word is known again
_SHORT = 4  # weighty words up to which a sentence need share no more
_PARTING = ",;:.!?…«»“”\n"


def check(compared: Compared) -> Iterator[Remark]:
    """Yield a remark where a sentence says without a negation what its reports never say without one."""
    for sentence in compared.sentences:
        if Cue.NOT in sentence.cues or Cue.DENIAL in sentence.cues:
            continue
        if lacks(sentence.draft, sentence.span):
            continue
        done = [
            one.name
            for one in meanings(sentence.draft.text, sentence.span, sentence.draft.language)
            if one.done and not calls(sentence, one)
        ]
        if _READ & {
            one.name
            for one in meanings(sentence.draft.text, sentence.span, sentence.draft.language)
        }:
            done = [name for name in done if name != _NAME]
        for report in compared.spoken_of(sentence):
            shown = [
                at
                for name in done
                for at in _denied(report, name)
                if name == _NAME or _alike(compared, sentence, (report, at))
            ]
            if shown:
                at = compared.ground.sentence(report.id, shown[0])
                yield Remark(Kind.NEGATION, sentence.span, ((report.id, at),), (), sentence.event)
                break
        else:
            found = next(filter(None, (_of_whom(compared, sentence, name) for name in done)), None)
            if found is not None:
                shown_at = ((found[0].id, found[1]),)
                yield Remark(Kind.NEGATION, sentence.span, shown_at, (), sentence.event)


def _alike(compared: Compared, sentence: Sentence, place: tuple[Report, Span]) -> bool:
    """Tell whether what negates something shares more than that with a sentence: "it is not over" shares nothing."""
    draft, (report, at) = sentence.draft, place
    around = compared.ground.sentence(report.id, at)
    ours, theirs = (
        {one.name for one in meanings(each.text, span, each.language)} - {_NAME, "tell"}
        for each, span in ((draft, sentence.span), (report, around))
    )
    both = len(ours & theirs)
    mine, yours = (
        {
            word[:_STEM]
            for word, _ in words_of(each.text, span)
            if word_weight(each.language.partition("-")[0], word) > _WEIGHTY
        }
        for each, span in ((draft, sentence.span), (report, around))
    )
    return both > 1 or len(mine & yours) > 1 or len(mine) <= _SHORT


def _of_whom(compared: Compared, sentence: Sentence, name: str) -> tuple[Report, Span] | None:
    """Return where one of few originals negates something right after it names whom a sentence names first."""
    ground = compared.ground
    having = ground.having(sentence.names[0], sentence.draft.language) if sentence.names else ()
    few = [ground.reports[one] for one in having if one not in ground.derived]
    for report in few if len(few) <= _FEW else ():
        sentences = ground.readings[report.id].sentences
        for shown in _denied(report, name):
            at = next((n for n, one in enumerate(sentences) if inside(shown, one)), 0)
            around = Span(sentences[max(at - _BACK, 0)].start, sentences[at].end)
            if name_in(sentence.names[0], report.text[around.start : around.end]):
                return report, sentences[at]
    return None


def _denied(report: Report, name: str) -> list[Span]:
    """Return where a report negates something, nowhere if it says it without a negation, too."""
    whole = Span(0, len(report.text))
    negations = nots(report, whole)
    found: list[Span] = []
    for one in meanings(report.text, whole, report.language):
        if one.name == name:
            if not any(negates(report.text, at, one.span) for at in negations):
                return []
            if _of_will(report, one.span):
                return []
            found.append(one.span)
    return found


def _of_will(report: Report, span: Span) -> bool:
    """Tell whether what is negated is that something was done willingly: done it was."""
    after = Span(span.end, min(span.end + _NEAR, len(report.text)))
    found = meanings(report.text, after, report.language)
    return any(
        one.rivals == _WILL
        and not any(mark in report.text[span.end : one.span.start] for mark in _PARTING)
        for one in found
    )


def negates(text: str, negation: Span, span: Span) -> bool:
    """Tell whether a negation stands before something in its clause, or right after it."""
    before = negation.start < span.start
    first, last = (negation, span) if before else (span, negation)
    between = text[first.end : last.start]
    return len(between) <= (_NEAR if before else _AFTER) and not any(
        mark in between for mark in _PARTING
    )
