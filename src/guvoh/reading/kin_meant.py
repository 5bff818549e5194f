"""Whose kin a phrase means: "my son" in the mouth of his father, "el padre de Anwar"."""

from guvoh.model.claim import SourceKind
from guvoh.reading.cast import Cast, Entity, mentions_within, owned
from guvoh.reading.layout import Layout, Range
from guvoh.reading.meant import POSSESSIVE, Meant, entity_of_words, plain_words


def own_kin(cast: Cast, tokens: Range, speaker: Entity | None) -> Meant | None:
    """Read "my son" in the mouth of Anwar's father as Anwar."""
    layout = cast.layout
    if not (layout.has("first_person", tokens.first) or layout.has("first_plural", tokens.first)):
        mine = layout.lexicon.endings.get("mine", ("\0",))
        kin = "kin" in layout.sections(tokens.first) and speaker is not None
        if kin and layout.tokens[tokens.first].low.endswith(mine):
            return _relative(cast, tokens, speaker, tokens.first)  # "o‘g‘lim"
        return None
    for k in range(tokens.first + 1, tokens.last):
        for match in layout.matches.get(k, ()):
            if match.entry.section == "kin":
                return _relative(cast, tokens, speaker, k)
    named = cast.at(tokens.last - 1)
    if named is not None and named.named and named.kind is SourceKind.PERSON:
        return None  # "our correspondent Paul Everard"
    if speaker is None:
        return Meant(plain_words(cast, tokens), SourceKind.PERSON, None, resolved=False)
    rest = (
        layout.said(Range(tokens.first + 1, tokens.last)) if tokens.last > tokens.first + 1 else ""
    )
    name = owned(layout, speaker.name, rest)
    entity = entity_of_words(cast, tokens, name)
    return Meant(name, entity.kind, entity)


def _relative(cast: Cast, tokens: Range, speaker: Entity | None, k: int) -> Meant:
    layout = cast.layout
    match = next(m for m in layout.matches[k] if m.entry.section == "kin")
    key = str(match.entry.info["key"])
    if speaker is None:
        return Meant(plain_words(cast, tokens), SourceKind.PERSON, None, resolved=False)
    for relation, other in speaker.relations:
        if relation in match.entry.info.get("inverse", ()):
            entity = cast.entities[other]
            return Meant(entity.name, entity.kind, entity)
    known = cast.relative(key, speaker.id, plural=match.entry.form == "pl")
    if known is not None:
        return Meant(known.name, known.kind, known)
    kind = SourceKind.GROUP if match.entry.form == "pl" else SourceKind.PERSON
    words = layout.said(Range(k, match.last)).lower()
    entity = cast.add(owned(layout, speaker.name, words), kind)
    cast.relate(entity, key, speaker.id, plural=match.entry.form == "pl")
    entity.gender = match.entry.info.get("gender")
    entity.mentions.append(tokens)
    return Meant(entity.name, kind, entity)


def settle_kin(cast: Cast, tokens: Range, speaker: Entity, *, asked: bool = False) -> None:
    """Make one what `speaker` calls "my brother" in a quotation and whom the report has for it.

    Where he is `asked`, it is what the question calls "your brother".
    """
    layout = cast.layout
    for mention in mentions_within(cast, tokens):
        described = cast.entities[mention.entity]
        if described.named or described.relations or described.id == speaker.id:
            continue
        k = next((k for k in range(*mention.tokens) if "kin" in layout.sections(k)), None)
        own = layout.has("yours", mention.tokens.first) if asked else is_own(layout, mention.tokens)
        if k is None or not own:
            continue
        meant = _relative(cast, mention.tokens, speaker, k)
        if meant.entity is not None and meant.entity.id != described.id:
            cast.merge(described, meant.entity)


def is_own(layout: Layout, tokens: Range) -> bool:
    """Return whether a description says that somebody is the speaker's own: "my son", "o‘g‘lim"."""
    first = tokens.first
    if layout.has("first_person", first) or layout.has("first_plural", first):
        return True
    return layout.tokens[tokens.last - 1].low.endswith(layout.lexicon.endings.get("mine", ("\0",)))


def kin_of(cast: Cast, tokens: Range) -> Meant | None:
    """Read "el padre de Anwar", "отец Анвара": the kin stands first and its owner behind it."""
    k = tokens.first
    while k < tokens.last and k not in cast.covered:
        k += 1
    if k >= tokens.last:
        return None
    mention = cast.covered[k]
    entity = cast.entities[mention.entity]
    end = mention.tokens.last
    if entity.named or not entity.relations or end >= tokens.last:
        return None
    if cast.layout.tokens[end].low in POSSESSIVE:
        return None
    owners = {other for _, other in entity.relations}
    inside = {m.entity for j in range(end, tokens.last) if (m := cast.covered.get(j)) is not None}
    return Meant(entity.name, entity.kind, entity) if owners & inside else None
