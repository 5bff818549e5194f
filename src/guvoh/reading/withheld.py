"""What a report says it keeps back of a person: the name, the citizenship, where he is."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from guvoh.languages.lexicon import LANGUAGES, load
from guvoh.model.claim import CODE, PLACEHOLDER, WITHHELD, SourceKind
from guvoh.reading.cast import Cast, Entity, Mention, antecedent, mentions_before, mentions_within
from guvoh.reading.layout import Layout, Range
from guvoh.reading.voices import Chained

_BESIDE = 4  # tokens between a word of calling and the name
_BRACKET = 4  # tokens from a bracket to what it says is withheld
_INTRODUCED = 80  # tokens from a description to the pseudonym that is given for it
_NAMED = 14  # tokens back from "changed" to the name that was
_ENDS = ".;!?("
_CALLER = 8  # tokens back to who calls
# How many mentions back the person may stand of whom something is withheld.
_REACH = 12


def mark_withheld(layout: Layout, cast: Cast) -> None:
    """Note on the cast whose name is a pseudonym and what of whom is withheld."""
    _mark_codes(cast)
    code = layout.lexicon.language
    if code not in LANGUAGES:
        return
    hits: dict[int, list[tuple[Range, str]]] = {}
    number = 0
    for tokens, key in layout.phrases(load(code).withheld):
        while (
            number + 1 < len(layout.sentence_tokens)
            and layout.sentence_tokens[number].last <= tokens.first
        ):
            number += 1
        hits.setdefault(number, []).append((tokens, key))
    for tokens in _changed(layout):
        at = bisect_right(layout.sentence_tokens, tokens.first, key=lambda one: one.first) - 1
        hits.setdefault(at, []).append((tokens, "name"))
    for sentence, found in hits.items():
        keys = {key for _, key in found}
        if not keys & {"name", "reason"} or keys == {"reason"}:
            continue
        told = [tokens for tokens, key in found if key in ("name", "citizenship", "location")]
        entity = _whose(layout, cast, layout.sentence_tokens[sentence], told[0])
        if entity is not None:
            _withhold(entity, keys)
        for tokens in (tokens for tokens, key in found if key == "name"):
            described = _of_relative(layout, cast, tokens)
            others = [] if described is None else [described]
            for one in (*others, *_others(layout, cast, tokens, entity)):
                _withhold(one, {"name"})


def _mark_codes(cast: Cast) -> None:
    """Note whom the text itself names by a code, or by what stands in a name's place."""
    for one in cast.entities:
        if CODE.fullmatch(one.name):  # an account whose people were given codes at the door
            one.pseudonym = True
            one.withheld.append("name")
        elif one.kind is SourceKind.PERSON and _is_placeholder(one.name):
            one.name, one.aliases = WITHHELD, []
            one.withheld.append("name")


def _withhold(entity: Entity, keys: set[str]) -> None:
    for key in ("name", "citizenship", "location"):
        if key in keys and key not in entity.withheld:
            entity.withheld.append(key)
    entity.pseudonym = entity.pseudonym or (entity.named and "name" in keys)


def _changed(layout: Layout) -> Iterator[Range]:
    """Yield the tokens of "name has also been changed", "имя и имя сына изменены"."""
    changed = layout.lexicon.words.get("changed", ())
    names = layout.lexicon.words.get("name_nouns", ())
    if not changed:
        return
    at = -1
    for k, token in enumerate(layout.tokens):
        if token.low not in changed:
            continue
        first = k
        for j in range(k - 1, max(k - _NAMED, at), -1):
            if layout.tokens[j].text in _ENDS:
                break
            first = j if layout.tokens[j].low in names else first
        if first < k:
            yield Range(first, k + 1)
            at = k


def _others(layout: Layout, cast: Cast, where: Range, entity: Entity | None) -> Iterator[Entity]:
    """Yield who else is meant: "his name and his son's", "whose name", and everybody by "names have been changed"."""
    for mention in mentions_within(cast, where):
        one = cast.entities[mention.entity]
        if one.kind is SourceKind.PERSON and not one.office and one is not entity:
            yield one
    many = any(
        layout.tokens[k].low in layout.lexicon.words.get("names_of_many", ()) for k in range(*where)
    )
    if not many:
        return
    for mention in mentions_before(cast, where.first)[:_REACH]:
        one = cast.entities[mention.entity]
        if one.named and one.kind is SourceKind.PERSON and not one.office:
            yield one


def _of_relative(layout: Layout, cast: Cast, where: Range) -> Entity | None:
    """Return who stands before "whose name has been changed"."""
    for k in range(where.first, max(where.first - _BESIDE, 0), -1):
        if layout.has("whose", k):
            at = k - 1
            while at > 0 and not layout.tokens[at].word:
                at -= 1
            entity = cast.at(at)
            return entity if entity is not None and entity.kind is SourceKind.PERSON else None
        if k < where.first and layout.tokens[k].text in _ENDS:
            return None
    return None


def _is_placeholder(name: str) -> bool:
    """Return whether nothing of a name is left but what stands in its place."""
    return not any(map(str.isalnum, name)) and PLACEHOLDER.search(name) is not None


def _in_brackets(layout: Layout, cast: Cast, where: Range) -> Entity | None:
    """Return whose name stands before a bracket: "Stepan (his name has been changed)"."""
    for k in range(where.first - 1, max(where.first - _BRACKET, 0), -1):
        if layout.tokens[k].text in "([":
            entity = cast.at(k - 1)
            person = entity is not None and entity.named and entity.kind is SourceKind.PERSON
            return entity if person else None
        if not layout.tokens[k].word:
            return None
    return None


def settle_pseudonyms(cast: Cast) -> None:
    """Make one the only person described before a pseudonym, who had no name yet, and who is given it.

    "A driver told us …. Stepan (not his real name) took them": the report names its driver.
    """
    for named in list(cast.entities):
        if (
            not (named.pseudonym and named.named and named.mentions)
            or named.roles
            or named.relations
        ):
            continue
        begins = named.mentions[0].first
        described = {
            mention.entity
            for mention in mentions_before(cast, begins)
            if begins - mention.tokens.first <= _INTRODUCED and _nameless(cast, mention, named)
        }
        if len(described) == 1:
            cast.merge(cast.entities[described.pop()], named)


def _nameless(cast: Cast, mention: Mention, named: Entity) -> bool:
    """Return whether a mention describes one person whom the text tells of and has not named."""
    one = cast.entities[mention.entity]
    person = one.kind is SourceKind.PERSON and not one.plural and not one.named and not one.office
    alike = one.gender is None or named.gender is None or one.gender == named.gender
    outside = cast.depths[mention.tokens.first] == 0
    return (
        mention.subject and outside and person and alike and bool(one.roles) and not one.relations
    )


def mark_called(layout: Layout, cast: Cast) -> None:
    """Note the names that the report itself gives: "whom we call Zarina", "которую мы называем Зарина".

    What friends or fighters call somebody is a nickname and hides nobody.
    """
    calls = layout.lexicon.words.get("calls", ())
    for k, token in enumerate(layout.tokens):
        if token.low not in calls or layout.has(
            "reflexives", k + 1 if k + 1 < len(layout.tokens) else k
        ):
            continue
        entity = _called(layout, cast, k)
        if entity is not None and _by_the_report(layout, cast, k, entity):
            entity.pseudonym = True
            if "name" not in entity.withheld:
                entity.withheld.append("name")
            described = _described(layout, cast, k)
            if described is not None and described.id != entity.id:
                cast.merge(described, entity)


def _described(layout: Layout, cast: Cast, k: int) -> Entity | None:
    """Return the one described before "whom the Herald calls …" or "asked to be called", who has no name yet."""
    for j in range(k - _BESIDE, k + _BESIDE):
        if 0 <= j < len(layout.tokens) and (layout.has("he", j) or layout.has("she", j)):
            one = antecedent(cast, j)  # "мы называем его Одилом", "we are calling him Odil"
            alone = one is not None and one.kind is SourceKind.PERSON and not one.plural
            return one if alone and one is not None and not one.named else None
    for j in range(k - 1, max(k - _CALLER, 1), -1):
        if layout.has("name_askers", j):
            first = _sentence_start(layout, j)
            met = next((one for i in range(first, j) if (one := cast.at(i)) is not None), None)
            alone = met is not None and met.kind is SourceKind.PERSON and not met.plural
            return met if alone and met is not None and not met.named else None
        if layout.has("relatives", j):
            comma = layout.tokens[j - 1].text == ","
            one = cast.at(j - 1 - comma)
            alone = one is not None and one.kind is SourceKind.PERSON and not one.plural
            return one if alone and one is not None and not one.named else None
    return None


def _sentence_start(layout: Layout, at: int) -> int:
    return next((one.first for one in layout.sentence_tokens if one.first <= at < one.last), at)


def _called(layout: Layout, cast: Cast, k: int) -> Entity | None:
    """Return the named person beside a word of calling; "deb atagan" stands behind the name."""
    behind = bool(layout.lexicon.order.get("verb_last"))
    steps = range(k - 1, max(k - _BESIDE, -1), -1) if behind else range(k + 1, k + _BESIDE)
    for j in steps:
        entity = cast.at(j)
        if entity is not None and entity.named and entity.kind is SourceKind.PERSON:
            return entity
    return None


def _by_the_report(layout: Layout, cast: Cast, k: int, called: Entity) -> bool:
    for j in range(k, max(k - _CALLER, -1), -1):
        if layout.tokens[j].text in ".;!?":
            return False
        if layout.has("name_askers", j) and j < k:
            return True  # "she has asked to be called Vera"
        if layout.has("first_plural", j) or layout.has("newsmen", j) or layout.has("implied", j):
            return True
        if "media" in layout.sections(j):
            return True  # "Tong radiosi Nigora deb atagan ayol"
        entity = cast.at(j)
        if entity is not None and entity.id != called.id and entity.named:
            return entity.kind is not SourceKind.PERSON or entity.guessed
    return layout.tokens[k].low in layout.lexicon.words.get("we_call", ())


def mark_asked(layout: Layout, chained: Sequence[Chained]) -> None:
    """Note whose name is withheld because they asked for it: "asked that her name not be given"."""
    names = layout.lexicon.words.get("name_words", ())
    for item in chained:
        voice = item.voices[-1] if item.voices else None
        entity = voice.entity if voice is not None else None
        if entity is None or item.saying.stance != "asked" or entity.kind is not SourceKind.PERSON:
            continue
        tokens = [k for piece in item.saying.pieces for k in range(*piece)]
        named = any(layout.tokens[k].low in names for k in tokens)
        negated = any(layout.has("negations", k) for k in tokens)
        if named and negated:
            if "name" not in entity.withheld:
                entity.withheld.append("name")
            entity.pseudonym = entity.pseudonym or entity.named


def _whose(layout: Layout, cast: Cast, sentence: Range, where: Range) -> Entity | None:
    """Return the person of whom something is withheld: of "his real name" the antecedent."""
    beside = _in_brackets(layout, cast, where) or _of_relative(layout, cast, where)
    if beside is not None:
        return beside
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
