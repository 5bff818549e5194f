"""What a report says it keeps back of a person: the name, the citizenship, where he is."""

from guvoh.languages.lexicon import LANGUAGES, load
from guvoh.model.claim import CODE, PLACEHOLDER, WITHHELD, SourceKind
from guvoh.model.text import Span
from guvoh.reading.cast import Cast, Entity, antecedent, mentions_before
from guvoh.reading.layout import Layout, Range

# How many mentions back the person may stand of whom something is withheld.
_REACH = 12


def mark_withheld(layout: Layout, cast: Cast) -> None:
    """Note on the cast whose name is a pseudonym and what of whom is withheld."""
    for one in cast.entities:
        if CODE.fullmatch(one.name):  # an account whose people were given codes at the door
            one.pseudonym = True
            one.withheld.append("name")
        elif one.kind is SourceKind.PERSON and _is_placeholder(one.name):
            one.name, one.aliases = WITHHELD, []
            one.withheld.append("name")
    code = layout.lexicon.language
    if code not in LANGUAGES:
        return
    hits: dict[int, list[tuple[Range, str]]] = {}
    number = 0
    for first, last, key in load(code).withheld.find(layout.words):
        span = Span(layout.words[first].start, layout.words[last - 1].end)
        tokens = layout.range_of(span)
        while (
            number + 1 < len(layout.sentence_tokens)
            and layout.sentence_tokens[number].last <= tokens.first
        ):
            number += 1
        hits.setdefault(number, []).append((tokens, key))
    for sentence, found in hits.items():
        keys = {key for _, key in found}
        if not keys & {"name", "reason"} or keys == {"reason"}:
            continue
        where = next(tokens for tokens, key in found if key in ("name", "citizenship", "location"))
        entity = _whose(layout, cast, layout.sentence_tokens[sentence], where)
        if entity is None:
            continue
        for key in ("name", "citizenship", "location"):
            if key in keys and key not in entity.withheld:
                entity.withheld.append(key)
        entity.pseudonym = entity.pseudonym or (entity.named and "name" in keys)


def _is_placeholder(name: str) -> bool:
    """Return whether nothing of a name is left but what stands in its place."""
    return not any(map(str.isalnum, name)) and PLACEHOLDER.search(name) is not None


def _whose(layout: Layout, cast: Cast, sentence: Range, where: Range) -> Entity | None:
    """Return the person of whom something is withheld: of "his real name" the antecedent."""
    opening = cast.at(sentence.first)
    withholding = opening.id if opening is not None and opening.guessed else None
    for k in range(sentence.first, min(where.last + 1, sentence.last)):
        if layout.has("possessives", k):
            # Who keeps the name back is not whose it is: "The Eastlight does not reveal his name".
            found = antecedent(cast, k, withholding)
            if found is not None and found.kind is SourceKind.PERSON:
                return found
    ahead: Entity | None = None
    for mention in mentions_before(cast, where.last)[:_REACH]:
        entity = cast.entities[mention.entity]
        if entity.kind is SourceKind.PERSON and not entity.office:
            return entity
        if ahead is None and entity.kind is SourceKind.UNNAMED:
            ahead = entity
    return ahead
