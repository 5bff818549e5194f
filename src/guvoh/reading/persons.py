"""The people, groups and organisations of a report as values, with exposure and what is withheld."""

from collections.abc import Sequence

from guvoh.model.claim import CODE, Exposure, Person, SourceKind
from guvoh.model.report import Report
from guvoh.reading.acts import Doing
from guvoh.reading.cast import Cast, Entity, fold_name
from guvoh.reading.layout import Range
from guvoh.reading.voices import Chained


def make_people(
    report: Report, cast: Cast, chained: Sequence[Chained], doings: Sequence[Doing] = ()
) -> tuple[tuple[Person, ...], dict[int, str]]:
    """Return the persons of a report, and for each entity of the cast the id of its person.

    `doings` are the acts in which somebody takes part.
    """
    acting = {mention.entity for doing in doings for _, mention in doing.parties}
    speaking = {
        voice.entity.id for item in chained for voice in item.voices if voice.entity is not None
    }
    bylines = {fold_name(byline.text) for byline in report.authors}
    related = {other for entity in cast.entities for _, other in entity.relations}
    chosen = [
        entity
        for entity in cast.entities
        if (entity.mentions or entity.id in speaking)
        and (entity.named or entity.relations or entity.id in speaking or entity.id in related)
    ]
    chosen = _without_words(cast, chosen, acting | speaking | related, bylines)
    ids = {entity.id: f"{report.id}/p{ordinal}" for ordinal, entity in enumerate(chosen)}
    people = tuple(_person(cast, entity, ids, bylines) for entity in chosen)
    return people, ids


def _without_words(
    cast: Cast, entities: Sequence[Entity], busy: set[int], bylines: set[str]
) -> list[Entity]:
    """Return the entities without words that only look like persons; who is named beside one stays."""
    known = {e.id for e in entities if e.id in busy or not _mere_word(cast, e, bylines)}
    people = {e.id for e in entities if e.id in known and e.kind is SourceKind.PERSON}
    return [e for e in entities if e.id in known or _beside(cast, e, people)]


def _beside(cast: Cast, entity: Entity, people: set[int]) -> bool:
    """Return whether somebody is named in one breath with a person: "Rustam and his brother"."""
    layout = cast.layout
    for first, last in entity.mentions:
        for link, other in ((first - 1, first - 2), (last, last + 1)):
            if link <= 0 or other >= len(layout.tokens) or not layout.has("joining", link):
                continue
            found = cast.covered.get(other)
            if found is not None and found.entity in people:
                return True
    return False


def _mere_word(cast: Cast, entity: Entity, bylines: set[str]) -> bool:
    """Return whether nothing but a capital makes one word a person: a word of a menu, a brand.

    Whoever has a role, a pronoun, something that he does, or something of his stays.
    """
    if not entity.guessed or entity.kind is not SourceKind.PERSON or len(entity.name.split()) > 1:
        return False
    if cast.layout.lexicon.order.get("verb_last"):
        return False  # there a verb stands far behind its subject
    told = entity.roles or entity.relations or entity.pseudonym or entity.withheld or entity.gender
    if told or fold_name(entity.name) in bylines or CODE.fullmatch(entity.name):
        return False
    return not any(_told_of(cast, tokens) for tokens in entity.mentions)


def _told_of(cast: Cast, tokens: Range) -> bool:
    """Return whether a mention is the subject of a verb, or says whose something is."""
    layout = cast.layout
    k = tokens.last
    while k < len(layout.tokens) and (layout.has("cue_adverbs", k) or layout.has("negations", k)):
        k += 1
    if (
        k >= len(layout.tokens)
        or "\n" in layout.text[layout.tokens[k - 1].end : layout.tokens[k].start]
    ):
        return False
    if layout.tokens[k].low in ("'s", "’s", "'", "’"):
        return True
    ends = layout.lexicon.endings.get("finite", ("\0",))
    return layout.tokens[k].word and (
        any(layout.has(group, k) for group in ("auxiliaries", "past_forms", "relatives"))
        or any(section in ("cues", "triggers", "knowing") for section in layout.sections(k))
        or layout.tokens[k].low.endswith(ends)
    )


def _person(cast: Cast, entity: Entity, ids: dict[int, str], bylines: set[str]) -> Person:
    layout = cast.layout
    return Person(
        id=ids[entity.id],
        name=entity.name,
        kind=entity.kind,
        aliases=tuple(entity.aliases),
        roles=tuple(entity.roles),
        relations=tuple(
            (relation, ids[other]) for relation, other in entity.relations if other in ids
        ),
        nationality=entity.nationality,
        pseudonym=entity.pseudonym,
        exposure=_exposure(entity, bylines),
        withheld=tuple(entity.withheld),
        mentions=tuple(layout.span(tokens) for tokens in entity.mentions),
    )


def _exposure(entity: Entity, bylines: set[str]) -> Exposure:
    """Return who may know: withheld is sealed, office and byline are public, all else private."""
    if entity.withheld or entity.pseudonym:
        return Exposure.PROTECTED
    if entity.kind in (SourceKind.ORGANISATION, SourceKind.DOCUMENT):
        return Exposure.PUBLIC
    if (entity.office and entity.named) or fold_name(entity.name) in bylines:
        return Exposure.PUBLIC
    return Exposure.PRIVATE
