"""Who is described where a report opens, and given a name when he speaks next."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from guvoh.languages.lexicon import LANGUAGES, load
from guvoh.model.claim import SourceKind
from guvoh.reading.cast import Cast, Entity
from guvoh.reading.kin_meant import is_own
from guvoh.reading.layout import Layout, Range
from guvoh.reading.voices import Chained, Voice

_LEAD = 2  # paragraphs in which whoever is only described may be one named below
_BELOW = 3  # paragraphs from the description to the name


def settle_openings(cast: Cast, chained: Sequence[Chained]) -> list[Chained]:
    """Make one whoever speaks first and is only described, and the first with a name to speak below.

    News is written so: "A former inmate told the court …", and in the next paragraph "“…,” Ruslan Aliev
    testified". A name that stands bare is that of somebody introduced before; one with a description
    of its own, another who speaks in between, or the description once more below it part the two, and so
    does every word of a name that is kept back.
    """
    told = [(item.saying.unit, item.voices[-1]) for item in chained if item.voices]
    opening = _opening(cast.layout, told)
    if opening is None:
        return list(chained)
    first, described = opening
    below = _named_below(cast.layout, told[first:], described)
    if below is None:
        return list(chained)
    named, apart = below
    if not named.pseudonym and _keeps_names_back(cast.layout, named):
        return list(chained)
    if not _can_be(cast, chained, described, named, apart=apart):
        return list(chained)
    cast.merge(described, named)
    return [
        replace(item, voices=tuple(_renamed(voice, described, named) for voice in item.voices))
        for item in chained
    ]


def _renamed(voice: Voice, described: Entity, named: Entity) -> Voice:
    if voice.entity is None or voice.entity.id != described.id:
        return voice
    return replace(voice, name=named.name, entity=named, resolved=True)


def _paragraph(layout: Layout, unit: int) -> int:
    return layout.units[unit].paragraph


def _opening(layout: Layout, told: Sequence[tuple[int, Voice]]) -> tuple[int, Entity] | None:
    """Return the first person to speak, if the lead only describes him, and where that stands in `told`."""
    for at, (unit, voice) in enumerate(told):
        entity = voice.entity
        if entity is None or entity.kind is not SourceKind.PERSON:
            continue
        hidden = "name" in entity.withheld or entity.among is not None
        alone = not (entity.named or entity.plural or hidden)
        return (at, entity) if alone and _paragraph(layout, unit) < _LEAD else None
    return None


def _named_below(
    layout: Layout, told: Sequence[tuple[int, Voice]], described: Entity
) -> tuple[Entity, bool] | None:
    """Return the next person to speak, if he has a name, soon enough, and whether in a paragraph below.

    None where the one described speaks once more after him.
    """
    last = 0
    found: tuple[Entity, bool] | None = None
    for unit, voice in told:
        entity, paragraph = voice.entity, _paragraph(layout, unit)
        if entity is None or entity.kind is not SourceKind.PERSON:
            continue
        if entity.id == described.id:
            if found is not None:
                return None
            last = paragraph
        elif found is None:
            if not entity.named or not 0 <= paragraph - last <= _BELOW:
                return None
            found = entity, paragraph > last
    return found


def _keeps_names_back(layout: Layout, named: Entity) -> bool:
    """Return whether a text speaks of names, or of keeping one back, before somebody's: whose is not asked.

    Whoever asked for no name must never be given another's.
    """
    end = named.mentions[0].last
    words = ("name_words", "name_nouns")
    if any(layout.has(group, k) for group in words for k in range(end)):
        return True
    code = layout.lexicon.language
    if code not in LANGUAGES:
        return False
    kept = layout.phrases(load(code).withheld)
    return any(tokens.first < end and key in ("name", "reason") for tokens, key in kept)


def _can_be(
    cast: Cast, chained: Sequence[Chained], described: Entity, named: Entity, *, apart: bool
) -> bool:
    """Return whether nothing that the text says of two parts them, and the name stands without introduction."""
    layout = cast.layout
    if not described.mentions or not named.mentions or named.plural:
        return False
    kin = _kin(layout, described.mentions[0])
    own = any(key in inverse for inverse in _own_kin(layout, chained, named) for key in kin)
    related = own or _of_one_family(cast, described, named)
    if not related and (kin or not apart):
        return False  # those who speak in one paragraph are rather two
    nations = {one.nationality for one in (described, named) if one.nationality is not None}
    genders = {one.gender for one in (described, named) if one.gender is not None}
    if len(nations) > 1 or (len(genders) > 1 and not own):  # a name's is often a pronoun's guess
        return False
    titles = layout.lexicon.words.get("titles", ())
    roles = {role for role in named.roles if role.casefold() not in titles}
    if roles and not roles & set(described.roles):
        return False
    if not roles and not _is_bare(layout, named.mentions[0]):
        return False
    return described.mentions[0] < named.mentions[0] or _definite(layout, described)


def _kin(layout: Layout, tokens: Range) -> list[str]:
    """Return what a description says that somebody is to another: mother, brother."""
    return [
        str(match.entry.info["key"])
        for k in range(*tokens)
        for match in layout.matches.get(k, ())
        if match.entry.section == "kin"
    ]


def _of_one_family(cast: Cast, described: Entity, named: Entity) -> bool:
    """Return whether a name ends as that of the one whose kin a description has: "Jasur Eshonov's brother"."""
    owners = (cast.entities[other] for _, other in described.relations)
    last = named.name.split()[-1].casefold()
    return any(
        " " in owner.name and owner.name.split()[-1].casefold()[: len(last)] == last
        for owner in owners
    )


def _definite(layout: Layout, described: Entity) -> bool:
    """Return whether a description speaks of one told of before: "the trader says"."""
    return layout.has("definite", described.mentions[0].first)


def _is_bare(layout: Layout, name: Range) -> bool:
    """Return whether no more than an age stands behind a name: "Ruslan Aliev, 38, said"."""
    k = name.last
    if k + 1 >= len(layout.tokens) or layout.tokens[k].text not in (",", "(", "—", "–"):
        return True
    return layout.tokens[k + 1].text.isdigit()


def _own_kin(layout: Layout, chained: Sequence[Chained], named: Entity) -> Iterator[Sequence[str]]:
    """Yield for each "my son" in the mouth of somebody what he is to the son: father, mother."""
    for item in chained:
        speaker = item.voices[-1].entity if item.voices else None
        if speaker is None or speaker.id != named.id:
            continue
        for piece in item.saying.pieces:
            for k in range(*piece):
                if "kin" in layout.sections(k) and is_own(
                    layout, Range(max(piece.first, k - 1), k + 1)
                ):
                    match = next(m for m in layout.matches[k] if m.entry.section == "kin")
                    yield tuple(match.entry.info.get("inverse", ()))
