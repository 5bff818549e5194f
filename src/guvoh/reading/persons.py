"""The people, groups and organisations of a report as values, with exposure and what is withheld."""

from collections.abc import Sequence

from guvoh.model.claim import Exposure, Person, SourceKind
from guvoh.model.report import Report
from guvoh.reading.cast import Cast, Entity, fold_name
from guvoh.reading.chains import Chained


def make_people(
    report: Report, cast: Cast, chained: Sequence[Chained]
) -> tuple[tuple[Person, ...], dict[int, str]]:
    """Return the persons of a report, and for each entity of the cast the id of its person."""
    speaking = {
        voice.entity.id for item in chained for voice in item.voices if voice.entity is not None
    }
    related = {other for entity in cast.entities for _, other in entity.relations}
    chosen = [
        entity
        for entity in cast.entities
        if (entity.mentions or entity.id in speaking)
        and (entity.named or entity.relations or entity.id in speaking or entity.id in related)
    ]
    ids = {entity.id: f"{report.id}/p{ordinal}" for ordinal, entity in enumerate(chosen)}
    bylines = {fold_name(byline.text) for byline in report.authors}
    people = tuple(_person(cast, entity, ids, bylines) for entity in chosen)
    return people, ids


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
