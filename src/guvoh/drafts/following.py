"""Which reports a draft speaks of from sentence to sentence, and what in them is nearest to a light one."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace as changed

from guvoh.corroborate.features import Features
from guvoh.corroborate.fit import Profile, fit
from guvoh.drafts.ground import SPEAKS, Ground, Passage
from guvoh.drafts.meanings import meanings
from guvoh.drafts.sentence import Sentence
from guvoh.drafts.voices import name_in
from guvoh.drafts.wordlists import wordlists
from guvoh.languages.fold import fold
from guvoh.lineage.background import RAREST
from guvoh.lineage.fingerprint import cut
from guvoh.lineage.wording import words_of
from guvoh.model.claim import Quantity
from guvoh.model.report import Report
from guvoh.model.text import Span

CONTEXT = 8  # reports of which a paragraph speaks
_WEAK = 600  # per mille below which a passage may share no more than a name or two
_UNLIKE = (
    750  # the same where what the draft speaks of is in another language, and shares few words
)
_PLAIN = 500  # per mille of a light sentence's words that a passage must share
_MEANT = 600  # per mille of its meanings, across languages
_ALONE = 400  # the same where a draft speaks of one report or two alone
_FEWEST = 2  # meanings, reports
_LIGHTEST = 8  # tenths of a logarithm of rarity; lighter words say nothing
_EARLY = 7  # words of a sentence in which a pronoun stands for whom the one before told of
_OUTWEIGHS = 5, 4  # how much more another report must share than the one that is spoken of


def follow(
    paragraph: Sequence[Sentence],
    told: Sequence[Sequence[Features]],
    before: Sequence[str],
    ground: Ground,
) -> Sequence[str]:
    """Keep the sentences of a paragraph to the reports it speaks of; return those it ends with.

    `told` are what corroboration compares of each sentence, `before` the reports spoken of so far.
    """
    for at, sentence in enumerate(paragraph):
        _keep_to(sentence, before, ground, within=at > 0)
        if not sentence.speaking:
            sentence.passages = _near(sentence, told[at], sentence.beside, ground)
        elif before and sentence.speaking[0].share < _WEAK:
            # A word or two that another report has too; what the draft speaks of already is nearer.
            among = sentence.beside if sentence.held else [*before][:CONTEXT]
            nearer = _near(sentence, told[at], among, ground)
            if any(one.speaks for one in nearer if one not in sentence.passages):
                sentence.passages = [one for one in nearer if one.report.id in among]
                sentence.beside, sentence.held = [*among], True
        _in_own_words(sentence, told[at], ground)
        naming = {
            one
            for name in sentence.names
            if " " in name
            for one in ground.having(name, sentence.draft.language)
        }
        if not naming & {one.report.id for one in sentence.speaking}:
            # A sentence about somebody is compared with what names them.
            named = [*_by_names(sentence, ground)]
            kept = [p for p in sentence.passages if not (named and naming) or p.report.id in naming]
            sentence.passages = named + kept
        before = _told_by(sentence, before, ground)
    return before


def _by_names(sentence: Sentence, ground: Ground) -> Iterator[Passage]:
    """Yield where reports in another language name all whom a sentence names, and have all of its numbers.

    What they say in one sentence a draft may tell in another order, so that too little of it aligns.
    """
    language = sentence.draft.language
    named = [{*ground.having(name, language)} for name in sentence.names]
    numbers = _numbers(c.quantities for c in sentence.claims)
    full = any(" " in name for name in sentence.names)
    for report in sorted(set.intersection(*named)) if named and (numbers or full) else ():
        reading, text = ground.readings[report], ground.reports[report].text
        if ground.reports[report].language.partition("-")[0] == language.partition("-")[0]:
            continue
        best = max(
            (
                (
                    sum(
                        name_in(name.split()[-1], text[span.start : span.end])
                        for name in sentence.names
                    ),
                    len(
                        numbers
                        & _numbers(
                            [q] for q in reading.quantities if span.start <= q.span.start < span.end
                        )
                    ),
                    span,
                )
                for span in reading.sentences
            ),
            default=(0, 0, Span(0, 0)),
        )
        if best[0] and (numbers <= _numbers([reading.quantities]) or full):
            derived = not ground.own_word(report, language)
            yield Passage(ground.reports[report], best[2], SPEAKS[True], 0, derived, True)


def _numbers(quantities: Iterable[Sequence[Quantity]]) -> set[tuple[float, float | None]]:
    return {(one.low, one.high) for each in quantities for one in each if one.low > 1}


def _in_own_words(sentence: Sentence, told: Sequence[Features], ground: Ground) -> None:
    """Give a sentence that only copies and translations tell the sentence of their origin that has its words.

    Alignment goes by what is rare; "another twenty workers were taken" has nothing rare in its own language.
    """
    own = sentence.draft.language.partition("-")[0]
    copies = [one for one in sentence.speaking if one.derived]
    met = {one.report.id for one in sentence.speaking}
    origins = {
        str(ground.family_of[one.report.id].origin)
        for one in copies
        if one.report.id in ground.family_of
    }
    for report in (ground.reports[one] for one in sorted(origins - met) if one in ground.reports):
        if report.language.partition("-")[0] == own:
            alike = [*by_words(sentence, report, ground)] or [
                (span, SPEAKS[False], 0)
                for span in ground.readings[report.id].sentences
                if _akin(told, ground, report.id, span)
            ]
            found = sorted(alike, key=lambda one: -one[1])[:1]
            sentence.passages += [
                Passage(report, span, share, back, False, False, sentence.held)
                for span, share, back in found
            ]
    sentence.passages.sort(key=lambda one: -one.share)


def _keep_to(sentence: Sentence, before: Sequence[str], ground: Ground, *, within: bool) -> None:
    """Keep a sentence to the reports of an outlet that it names, or that were spoken of before it.

    It goes on about the latter where a pronoun says so ("He drove them …"); one that only stands
    after another in a paragraph keeps to them unless others share much more.
    """
    named = _named(sentence, ground)
    held = sorted(ground.versions(named or before), key=lambda one: one in ground.derived)
    language = sentence.draft.language
    people = [{*ground.having(name, language)} for name in sentence.names]
    if not held or any(having and not having & {*held} for having in people):
        return
    ours = [one for one in sentence.passages if one.report.id in held]
    own = language.partition("-")[0]
    foreign = all(ground.reports[one].language.partition("-")[0] != own for one in before)
    least = _UNLIKE if foreign else _WEAK
    elsewhere = any(one.share >= least for one in sentence.passages if not one.across)
    if named or (_goes_on(sentence) and (any(one.speaks for one in ours) or not elsewhere)):
        sentence.passages = [changed(one, held=True) for one in ours]
        sentence.beside = held[:CONTEXT]
        sentence.held = True
    elif within and any(one.speaks for one in ours):
        most, least = _OUTWEIGHS
        best = max(one.share for one in ours)
        sentence.passages = [
            one for one in sentence.passages if one in ours or one.share * least > best * most
        ]


def _named(sentence: Sentence, ground: Ground) -> list[str]:
    """Return the reports of the outlets that a sentence names."""
    return [report for name in sentence.outlets for report in ground.outlets[name]]


def _goes_on(sentence: Sentence) -> bool:
    """Tell whether a sentence begins with a pronoun, or a pronoun is whose word it is or whom it is about."""
    draft = sentence.draft
    listed = wordlists().get(draft.language.partition("-")[0], {})
    going_on = listed.get("going_on", ())
    words = [word for word, _ in words_of(draft.text, sentence.span)]
    voices = (
        fold(draft.text[link.span.start : link.span.end])
        for claim in sentence.claims
        for link in claim.chain
        if link.span is not None
    )
    if any(word in going_on for word in words[:1]) or any(voice in going_on for voice in voices):
        return True
    return not sentence.names and any(word in listed.get("people", ()) for word in words[:_EARLY])


def _told_by(sentence: Sentence, before: Sequence[str], ground: Ground) -> Sequence[str]:
    """Return the reports that tell what a sentence says, name whom it names, or are named by it.

    Of several that tell it, those which were spoken of before; a few words that others share are no
    reason to leave these.
    """
    named = _named(sentence, ground)
    people = [
        one for name in sentence.names for one in ground.having(name, sentence.draft.language)
    ]
    told = [one.report.id for one in sentence.weighty]
    if not named and not people and before:
        kept = [one for one in told if one in before]
        if kept or (told and sentence.speaking[0].share < _WEAK):
            return kept or before
    return list(dict.fromkeys([*told, *named, *people])) or before


def _near(
    sentence: Sentence, told: Sequence[Features], among: Sequence[str], ground: Ground
) -> list[Passage]:
    """Return passages of these reports for a sentence that has no rare words of its own.

    By all of its words within a language, else by what words mean and by what corroboration
    compares: acts and places, but not times and numbers, which may be what the draft has wrong.
    """
    draft = sentence.draft
    found: list[Passage] = []
    least = _MEANT if len(among) > _FEWEST else _ALONE
    for report in (ground.reports[one] for one in among):
        across = report.language.partition("-")[0] != draft.language.partition("-")[0]
        derived = not ground.own_word(report.id, draft.language)
        alike = (
            _by_meaning(sentence, told, report, ground, least)
            if across
            else by_words(sentence, report, ground)
        )
        every = [
            Passage(report, span, share, back, derived, across, sentence.held)
            for span, share, back in alike
        ]
        found += sorted(every, key=lambda one: (-one.share, one.span))[:1]
    return sorted([*found, *sentence.passages], key=lambda one: -one.share)


def _by_meaning(
    sentence: Sentence, told: Sequence[Features], report: Report, ground: Ground, least: int
) -> Iterator[tuple[Span, int, int]]:
    """Yield the sentences of a report in another language that mean the same, two in a row where it takes two."""
    own = meant(sentence.draft, sentence.span)
    spans = ground.readings[report.id].sentences
    means = [meant(report, span) for span in spans]
    for at, span in enumerate(spans):
        common = len(own & means[at])
        share = common * 1000 // max(len(own), 1)
        if common >= _FEWEST and share >= least:
            yield span, max(share, SPEAKS[True]), 0
        elif common and at + 1 < len(spans) and own <= means[at] | means[at + 1]:
            yield Span(span.start, spans[at + 1].end), SPEAKS[True], 0
        if _akin(told, ground, report.id, span):
            yield span, SPEAKS[True], 0


def by_words(sentence: Sentence, report: Report, ground: Ground) -> Iterator[tuple[Span, int, int]]:
    """Yield the sentences of a report that have the same words, or mean the same."""
    draft = sentence.draft
    words, own = _words(draft, sentence.span), meant(draft, sentence.span)
    for span in ground.readings[report.id].sentences:
        theirs = _words(report, span)
        weight = sum(words[key] for key in words.keys() & theirs.keys())
        share, back = (weight * 1000 // max(sum(one.values()), 1) for one in (words, theirs))
        common = len(own & meant(report, span))
        if common > _FEWEST:
            share = max(share, common * 1000 // len(own))
        if share >= _PLAIN:
            yield span, share, back


def meant(report: Report, span: Span) -> frozenset[str]:
    """Return what a stretch means, rivals as one: of a bus and a lorry the same may be told."""
    found = meanings(report.text, span, report.language)
    return frozenset(one.rivals or one.name for one in found if one.name != "tell")


def _words(report: Report, span: Span) -> dict[str, int]:
    """Return the words of a sentence by their stems, with what they weigh; the lightest say nothing."""
    return {
        word.key: min(word.weight, RAREST)
        for unit in cut(report).units
        if span.start <= unit.span.start < span.end
        for word in unit.words
        if word.weight > _LIGHTEST
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
