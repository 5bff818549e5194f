"""Whom words mean by themselves: a phrase as it stands, its head, its kind."""

from dataclasses import dataclass

from guvoh.model.claim import SourceKind
from guvoh.reading.cast import Cast, Entity
from guvoh.reading.layout import NOUN_SECTIONS, Layout, Range, is_mark, upright

POSSESSIVE = ("'s", "’s")


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom a phrase means; `resolved` is False where its words are all that is known."""

    name: str
    kind: SourceKind
    entity: Entity | None
    resolved: bool = True


def is_definite(layout: Layout, tokens: Range) -> bool:
    """Return whether a phrase begins with a definite article or a demonstrative."""
    return layout.has("definite", tokens.first)


def core_end(layout: Layout, tokens: Range) -> int:
    """Return where the phrase's head ends and its complement ("of …", "in …") begins."""
    seen = False
    for k in range(*tokens):
        # "A deputy at the prosecutor's office": an adjective elsewhere.
        groups = layout.groups[k]
        lead = k > tokens.first and not NOUN_SECTIONS.isdisjoint(layout.sections(k - 1))
        if (seen or lead) and "prepositions" in groups:
            people = {"person", "group", "kin"}.intersection(layout.sections(k - 1))
            inside = "inside_names" in groups and layout.tokens[k - 1].capital and not people
            if inside and k + 1 < tokens.last and layout.tokens[k + 1].capital:
                continue
            return k
        if (
            seen
            and k + 1 < tokens.last
            and (layout.has("by", k + 1) or adverb_by(layout, k + 1, tokens.last))
            and "determiners" not in groups
        ):
            return k - layout.has("joining", k - 1)  # "a list pinned to the door and copied by X"
        if not (layout.marks[k] or "determiners" in groups or "adjectives" in groups):
            seen = True
    return tokens.last


def in_full(cast: Cast, entity: Entity) -> str:
    """Return the name of whom a description tells of, with the complement it had where it stood first.

    "Relatives of prisoners of IK-11 are writing to us. They say …": so in English.
    """
    layout = cast.layout
    bare = layout.lexicon.order.get("bare_content")
    if not bare or entity.named or entity.relations or not entity.mentions:
        return entity.name
    first = entity.mentions[0]
    said = plain_words(cast, first)
    if said.casefold() != entity.name.casefold():
        return entity.name
    end = _past_complement(layout, first.last)
    if end > first.last and entity.name == said:
        entity.aliases.append(said)
        entity.name = plain_words(cast, Range(first.first, end))
    return entity.name


def _past_complement(layout: Layout, k: int) -> int:
    """Return the token after "of prisoners of IK-11 in Kostroma" where that begins at token `k`, else `k`."""
    while layout.has("of", k) or layout.has("sited", k):
        end = k + 1
        while end < len(layout.tokens) and (
            layout.tokens[end].text == "-"
            or layout.has("determiners", end)
            or layout.has("adjectives", end)
            or layout.tokens[end].capital
            or (layout.has("landforms", end) and layout.tokens[end - 1].capital)
            or layout.tokens[end].low in POSSESSIVE
            or not NOUN_SECTIONS.isdisjoint(layout.sections(end))
        ):
            nouns = (
                m.last for m in layout.matches.get(end, ()) if m.entry.section in NOUN_SECTIONS
            )
            end = next(nouns, end + 1)
        if end == k + 1 or not layout.tokens[end - 1].word or layout.has("determiners", end - 1):
            return k
        if layout.has("time_words", k + 1):
            return k
        k = end
    return k


def adverb_by(layout: Layout, k: int, last: int) -> bool:
    """Return whether "separately by" begins at token `k`."""
    ends = layout.lexicon.endings.get("adverb", ("\0",))
    return k + 1 < last and layout.tokens[k].low.endswith(ends) and layout.has("by", k + 1)


def entity_of_words(cast: Cast, tokens: Range, text: str, kind: SourceKind | None = None) -> Entity:
    """Return the entity that is known by these very words, or a new one."""
    for entity in reversed(cast.entities[-60:]):
        if entity.name.casefold() == text.casefold():
            return entity
    entity = cast.add(text, kind or _guess(cast, tokens))
    entity.plural = entity.kind is SourceKind.GROUP
    if any(k in cast.covered for k in range(*tokens)):
        entity.mentions.append(tokens)
    else:
        cast.mention(entity, tokens)
    return entity


def head_of(cast: Cast, tokens: Range) -> Entity | None:
    """Return the entity of the phrase's head: its last mention before any complement.

    Where a genitive follows its noun it is the first: "власти Непала".
    """
    if cast.layout.lexicon.order.get("genitive"):
        return next((cast.at(k) for k in range(*tokens) if k in cast.covered), None)
    for k in range(tokens.last - 1, tokens.first - 1, -1):
        entity = cast.at(k)
        if entity is not None:
            return entity
    return None


def _guess(cast: Cast, tokens: Range) -> SourceKind:
    layout = cast.layout
    named = tokens.first + layout.has("determiners", tokens.first)
    for k in range(tokens.last - 1, tokens.first - 1, -1):
        known = cast.at(k)
        office = known is not None and known.ethnic and "organisation" in layout.sections(named)
        if known is not None and k == tokens.last - 1 and not office:
            return known.kind
    if is_mark(layout.tokens[tokens.first]) or all(k in cast.places for k in range(*tokens)):
        return SourceKind.ORGANISATION  # "Havana called it a lie": a government
    if layout.lexicon.order.get("cases") and layout.has("source_prepositions", tokens.first - 1):
        return SourceKind.ORGANISATION  # "В аппарате омбудсмена сообщили"
    core = core_end(layout, tokens)
    head = layout.tokens[core - 1].low if core > tokens.first else ""
    if layout.lexicon.order.get("objects_first") and "organisation" in layout.sections(named):
        return SourceKind.ORGANISATION  # "le ministère des Affaires étrangères"
    alone = tokens.last - tokens.first == 1
    figure = layout.tokens[tokens.first].low
    counted = figure.isdigit() and figure != "1"
    counted = counted or any(layout.has(g, tokens.first) for g in ("cardinals", "quantifiers"))
    if (
        head.endswith("s")
        or (alone and counted)
        or layout.has("they", tokens.first)
        or layout.has("many_people", tokens.first)
    ):
        return SourceKind.GROUP
    return SourceKind.PERSON


def _without_mark(layout: Layout, tokens: Range) -> Range:
    """Cut a closing mark whose opening one stands before the phrase: "«Берег» сообщил"."""
    first, last = tokens
    closed = last - first > 1 and is_mark(layout.tokens[last - 1])
    if closed and not any(is_mark(layout.tokens[k]) for k in range(first, last - 1)):
        return Range(first, last - 1)
    return tokens


def plain_words(cast: Cast, tokens: Range) -> str:
    """Return a phrase's words as they stand inside a sentence."""
    layout = cast.layout
    text = upright(layout, _without_mark(layout, tokens))
    if layout.shouting:
        return text.lower()
    if layout.has("determiners", tokens.first) or layout.has("possessives", tokens.first):
        return text[0].lower() + text[1:]
    entity = cast.at(tokens.first)
    if layout.tokens[tokens.first].text.isupper():
        return text
    ordinary = layout.matches.get(tokens.first) or layout.has("adjectives", tokens.first)
    if ordinary and (entity is None or not entity.named):
        return text[0].lower() + text[1:]
    return text
