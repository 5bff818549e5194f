"""Whom a pronoun in a content can mean: rather nobody in an act than the wrong one."""

from collections.abc import Sequence
from dataclasses import replace

from guvoh.model.claim import ClaimKind, SourceKind
from guvoh.reading.acts import Doing, harms
from guvoh.reading.cast import Cast, Mention, can_mean
from guvoh.reading.voices import Chained


def without_wrong(cast: Cast, item: Chained, doings: Sequence[Doing]) -> tuple[Doing, ...]:
    """Return the acts of one claim without those whom a pronoun in it cannot mean.

    In a quotation "he" is never its speaker. In a reported content "him" is not an office, or a
    lawyer, on whose word it is told, and somebody who denies it has not undergone it; "he" that begins it is
    nobody else where it can be who says it.
    """
    wrong = {voice.entity.id for voice in item.voices[-1:] if voice.entity is not None}
    if item.saying.kind is not ClaimKind.DIRECT:
        denies = item.saying.stance == "denied"
        wrong = {
            voice.entity.id
            for voice in item.voices
            if voice.entity is not None and (denies or _speaks_for_others(cast, voice.entity.id))
        }
        wrong |= _doubtful(cast, item)
    if not wrong:
        return tuple(doings)
    return tuple(
        replace(
            doing,
            parties=tuple(
                (role, mention)
                for role, mention in doing.parties
                if not (mention.entity in wrong and harms(doing) and _pronoun(cast, mention))
            ),
        )
        for doing in doings
    )


def _doubtful(cast: Cast, item: Chained) -> set[int]:
    """Return the other whom "he" would mean in "Ruslan Aliev said he was beaten"."""
    voice, first = item.voices[-1].entity if item.voices else None, item.saying.pieces[0].first
    mention = cast.covered.get(first)
    if voice is None or mention is None or mention.entity == voice.id:
        return set()
    fits = voice.named and can_mean(cast.layout, first, voice)
    return {mention.entity} if fits and _pronoun(cast, mention) else set()


def _speaks_for_others(cast: Cast, number: int) -> bool:
    entity = cast.entities[number]
    if entity.kind is not SourceKind.PERSON:
        return False
    represents = cast.layout.lexicon.words.get("lawyers", ())
    return (
        entity.office
        or any(relation == "lawyer" for relation, _ in entity.relations)
        or any(word.lower() in represents for role in entity.roles for word in role.split())
    )


def _pronoun(cast: Cast, mention: Mention) -> bool:
    layout, first = cast.layout, mention.tokens.first
    return mention.tokens.last - first == 1 and any(
        layout.has(group, first) for group in ("he", "she", "objects_of_third")
    )
