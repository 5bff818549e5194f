"""Groups told of before, of whom a phrase means some: "eleven of them", "most"."""

from guvoh.model.claim import SourceKind
from guvoh.reading.cast import Cast, Entity, mentions_before
from guvoh.reading.layout import Layout, Range
from guvoh.reading.meant import Meant, in_full

_COUNTED = 60  # tokens back to a group of which "eleven of them" tells more


def share_of_group(cast: Cast, tokens: Range) -> Meant | None:
    """Read "more than half", "most", "nearly all": a share of the people told of before."""
    layout = cast.layout
    groups = ("shares", "determiners", "cue_adverbs", "prepositions", "focusing", "numerals")
    if not any(layout.has("shares", k) for k in range(*tokens)) or not all(
        any(layout.has(group, k) for group in groups) or layout.lows[k] == "than"
        for k in range(*tokens)
    ):
        return None
    group = counted_group(cast, tokens.first) or last_group(cast, tokens.first)
    if group is None or group.entity is None:
        return None
    name = group.name.lstrip("0123456789, ")
    return Meant(name or group.name, SourceKind.GROUP, group.entity)


def definitely(layout: Layout, name: str) -> str:
    """Return a group's words as they stand behind "one of": "a group of soldiers", "the men"."""
    first, _, rest = name.partition(" ")
    return name if rest and first.lower() in layout.lexicon.words["determiners"] else f"the {name}"


def counted_group(cast: Cast, at: int) -> Meant | None:
    """Return the last group that was counted, "14 migrants", of whom "eleven of them" are some."""
    for mention in mentions_before(cast, at):
        if at - mention.tokens.first > _COUNTED:
            return None
        entity = cast.entities[mention.entity]
        first = mention.tokens.first
        number = cast.layout.tokens[first].text[0].isdigit() or cast.layout.has(
            "quantifiers", first
        )
        outside = mention.depth <= cast.depths[at]
        if entity.kind is SourceKind.GROUP and number and outside:
            return Meant(entity.name, entity.kind, entity)
    return None


def last_group(cast: Cast, at: int) -> Meant | None:
    """Return the group before "of them", a subject first; "their employers" are others' people.

    An organisation has no members that one counts.
    """
    found: Entity | None = None
    for mention in mentions_before(cast, at)[:8]:
        entity = cast.entities[mention.entity]
        owned_ = cast.layout.has("possessives", mention.tokens.first)
        sources = entity.kind is SourceKind.UNNAMED and entity.plural
        several = entity.kind is SourceKind.GROUP or sources
        if not several or mention.depth > cast.depths[at] or owned_:
            continue
        found = found or entity
        if mention.subject:
            found = entity
            break
    return None if found is None else Meant(in_full(cast, found), found.kind, found)
