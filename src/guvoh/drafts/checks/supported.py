"""Sentences that state something of which nothing in the case speaks."""

from collections.abc import Iterator

from guvoh.corroborate.descriptions import describe, place_keys
from guvoh.corroborate.vocabulary import akin, family, vocabulary
from guvoh.drafts.compared import Compared, inside
from guvoh.drafts.following import meant
from guvoh.drafts.remarks import Kind, Remark
from guvoh.drafts.scattered import kindred, telling_all
from guvoh.drafts.sentence import Sentence
from guvoh.drafts.set_aside import of_outlets
from guvoh.drafts.wordlists import wordlists
from guvoh.lineage.wording import Cue, complete, words_of
from guvoh.model.text import Span

_COPIED = 600  # per mille that copies share before an original is missed
_MEANINGS = (
    2  # known in all languages, by which a passage would be found in a report that is spoken of
)
_ALMOST = 450  # per mille that a passage in another language shares before it may well say the same
_MUCH = 3  # things that a paragraph shares before it may well say the same
_FIRST = 4  # words by which a sentence shows what it is about
_SURE = 700  # per mille of a sentence in a passage, from which another word for the act is likely


def check(compared: Compared) -> Iterator[Remark]:
    """Yield a remark for each factual sentence without a passage, or whose act no passage tells."""
    for sentence in compared.sentences:
        if not sentence.speaking and not sentence.beside and not _factual(compared, sentence):
            continue
        if sentence.heads:
            continue
        if (
            not sentence.speaking
            and _factual(compared, sentence)
            and _would_be_found(compared, sentence)
        ) or (
            sentence.speaking
            and not _acts_told(compared, sentence)
            and not _scattered(compared, sentence)
        ):
            yield Remark(Kind.UNSUPPORTED, sentence.span, event=sentence.event)
        elif _factual(compared, sentence) and _in_copies_alone(compared, sentence):
            reports = tuple(dict.fromkeys(one.report.id for one in sentence.speaking))
            yield Remark(Kind.COPIES, sentence.span, reports=reports, event=sentence.event)


def _in_copies_alone(compared: Compared, sentence: Sentence) -> bool:
    """Tell whether only versions of another text, which the case has in their language, say it."""
    ground = compared.ground
    return (
        any(one.share >= _COPIED and not one.across for one in sentence.speaking)
        and all(one.report.id in ground.remade for one in sentence.speaking)
        and any(
            ground.reports[str(ground.family_of[one.report.id].origin)].language
            == one.report.language
            for one in sentence.speaking
            if not one.across
        )
    )


def _would_be_found(compared: Compared, sentence: Sentence) -> bool:
    """Tell whether a passage that says the same would have been found.

    One in another language is known by names and numbers; without any, such a report may say it.
    """
    if (
        any(one.across and one.share >= _ALMOST for one in sentence.passages)
        or _scattered(compared, sentence)
        or any(kindred(compared, sentence, None, _MUCH))
    ):
        return False
    if len(meant(sentence.draft, sentence.span)) >= _MEANINGS and not _means_more(
        compared, sentence
    ):
        return False
    reports = [compared.ground.reports[one] for one in sentence.beside]
    own = sentence.draft.language.partition("-")[0]
    if all(one.language.partition("-")[0] == own for one in reports):
        return True
    if sentence.held and len(meant(sentence.draft, sentence.span)) >= _MEANINGS:
        return True
    if any(one.across for one in sentence.passages):
        return False
    reading = compared.reading
    spans = [one.span for one in reading.quantities if one.low > 1]
    spans += [one.span for one in reading.places]
    spans += [one.span for one in reading.times if any(char.isdigit() for char in one.text)]
    spans += [
        span for person in reading.people for span in person.mentions if _named(compared, span)
    ]
    return any(inside(span, sentence.span) for span in spans)


def _scattered(compared: Compared, sentence: Sentence) -> bool:
    """Tell whether a report in another language tells all of a sentence, if not in one place."""
    own = sentence.draft.language.partition("-")[0]
    return any(
        one.language.partition("-")[0] != own
        for one in telling_all(compared, sentence, but_one=True)
    )


def _means_more(compared: Compared, sentence: Sentence) -> bool:
    """Tell whether a sentence means something, or names a place, that the reports it goes on about have nowhere."""
    reports = [compared.ground.reports[one] for one in sentence.beside]
    there = {one for each in reports for one in meant(each, Span(0, len(each.text)))}
    ours = meant(sentence.draft, sentence.span)
    if len(ours - there) * 2 >= len(ours) > 0:
        return True
    places = [one for one in compared.reading.places if inside(one.span, sentence.span)]
    known = {
        key
        for each in reports
        for one in compared.ground.readings[each.id].places
        for key in place_keys(one, each.language)
    }
    return any(not known & set(place_keys(one, sentence.draft.language)) for one in places)


def _named(compared: Compared, span: Span) -> bool:
    return describe(compared.draft.text[span.start : span.end], compared.draft.language).named


def _factual(compared: Compared, sentence: Sentence) -> bool:
    """Tell whether a sentence says something that can be checked: an act, a number, a time, a voice, a negation.

    What a draft says of the accounts themselves, or of its writer and reader, is its own business.
    """
    if _of_accounts(sentence) or of_outlets(sentence) or _of_writer(compared, sentence):
        return False
    if Cue.NOT in sentence.cues and "know" in meant(sentence.draft, sentence.span):
        return False
    if Cue.NOT in sentence.cues and not any(c.acts for c in sentence.claims):
        return False  # nothing that was done: no passage need say that it was not
    if any(c.acts or c.chain or c.quantities for c in sentence.claims):
        return True
    if sentence.held and len(meant(sentence.draft, sentence.span)) >= _MEANINGS:
        return True
    reading = compared.reading
    spans = [one.span for one in reading.times] + [one.span for one in reading.places]
    return any(inside(span, sentence.span) for span in spans)


def _of_accounts(sentence: Sentence) -> bool:
    """Tell whether a sentence speaks of accounts and names nobody: "the two stories have nothing in common"."""
    listed = wordlists().get(sentence.draft.language.partition("-")[0], {}).get("told", ())
    words = [word for word, _ in words_of(sentence.draft.text, sentence.span)]
    named = sentence.names or sentence.outlets or sentence.speaking
    return bool(listed) and not named and any(word.startswith(listed) for word in words[:_FIRST])


def _of_writer(compared: Compared, sentence: Sentence) -> bool:
    """Tell whether a sentence speaks in its own words of who writes or reads: "we have read sixteen pages"."""
    listed = wordlists().get(sentence.draft.language.partition("-")[0], {}).get("own", ())
    quoted = compared.reading.quotations
    return any(
        word in listed and not any(inside(at, one) for one in quoted)
        for word, at in words_of(sentence.draft.text, sentence.span)
    )


def _acts_told(compared: Compared, sentence: Sentence) -> bool:
    """Tell whether some passage tells of an act akin to each harm that the sentence states."""
    acts = {a.name for c in sentence.claims for a in c.acts} & vocabulary().harm
    acts -= vocabulary().manner
    if not acts or sentence.speaking[0].share >= _SURE:
        return True
    if all(one.across for one in sentence.speaking) and not any(
        complete(one.report.language.partition("-")[0])
        and any(claim.acts for claim in compared.ground.claims(one.report.id, one.span))
        for one in sentence.speaking
    ):
        return True  # where no act is read, or a language's words are not listed in full
    told = {
        family(act.name)
        for passage in sentence.speaking
        for claim in compared.ground.claims(passage.report.id, compared.ground.paragraph(passage))
        for act in claim.acts
    }
    return any(akin(family(act), other) for act in acts for other in told)
