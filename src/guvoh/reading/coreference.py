"""Who a phrase means: names, descriptions and pronouns taken back to the cast of the text."""

from guvoh.model.claim import SourceKind
from guvoh.reading.cast import (
    Cast,
    Entity,
    antecedent,
    fold_name,
    mentions_before,
    owned,
)
from guvoh.reading.groups import counted_group, definitely, last_group, share_of_group
from guvoh.reading.kin_meant import kin_of, own_kin
from guvoh.reading.layout import NOUN_SECTIONS, Layout, Range, is_mark
from guvoh.reading.meant import (
    POSSESSIVE,
    Meant,
    adverb_by,
    core_end,
    entity_of_words,
    head_of,
    in_full,
    is_definite,
    plain_words,
)
from guvoh.reading.pointed import pointed_at
from guvoh.resolve.nominative import nominative


def meaning(cast: Cast, tokens: Range, speaker: Entity | None = None) -> Meant:
    """Return whom the phrase `tokens` means when `speaker` says it (None: the report itself)."""
    tokens = _without_selves(cast.layout, tokens)
    first, last = tokens
    if last - first == 1:
        pronoun = _pronoun(cast, first, speaker)
        if pronoun is not None:
            return pronoun
    return (
        share_of_group(cast, tokens)
        or _one_of_kin(cast, tokens, speaker)
        or own_kin(cast, tokens, speaker)
        or _partitive(cast, tokens, speaker)
        or _in_marks(cast, tokens)
        or kin_of(cast, tokens)
        or _possessed(cast, tokens, speaker)
        or _described(cast, tokens)
    )


def _without_selves(layout: Layout, tokens: Range) -> Range:
    """Cut "himself", "сам" from the ends of a phrase: "Jamshed himself", "Сам Джамшед"."""
    first, last = tokens
    while first + 1 < last and layout.has("selves", first):
        first += 1
    while first + 1 < last and layout.has("selves", last - 1):
        last -= 1
    return Range(first, last)


def _described(cast: Cast, tokens: Range) -> Meant:
    """Read a phrase by its head: a proper name at its end, a known description, or its words."""
    layout = cast.layout
    core = Range(tokens.first, core_end(layout, tokens))
    tokens = _without_date(layout, core, tokens)
    text = plain_words(cast, tokens)
    if _joint(layout, tokens):
        both = entity_of_words(cast, tokens, text)
        both.kind = SourceKind.GROUP
        return Meant(text, SourceKind.GROUP, both)
    if _only_described(cast, core):
        lead = next(one for k in range(*core) if (one := cast.at(k)) is not None)
        return Meant(lead.name, lead.kind, lead)  # "the watchman of the station", named later
    by_name = _by_name(cast, tokens, core, text)
    if by_name is not None:
        return by_name
    entity = head_of(cast, core)
    if entity is not None and not entity.named and _anonymous(layout, tokens):
        return _source_in_full(cast, entity, tokens, text)  # "fuentes diplomáticas"
    if entity is not None and entity.kind is SourceKind.GROUP and _one_of(layout, tokens):
        single = entity_of_words(cast, tokens, text, SourceKind.PERSON)
        single.among = entity.id
        return Meant(text, SourceKind.PERSON, single)
    if entity is None:
        fresh = entity_of_words(cast, tokens, text)
        return Meant(fresh.name, fresh.kind, fresh)
    if entity.named and core.last == tokens.last:
        return Meant(entity.name, entity.kind, entity)
    own = entity.mentions and tokens.first <= entity.mentions[0].first < tokens.last
    if own and not entity.named and not entity.relations:
        if len(text) > len(entity.name):
            entity.name = text
        return Meant(entity.name, entity.kind, entity)
    if entity.named:
        other = entity_of_words(cast, tokens, text)
        return Meant(text, other.kind, other)
    if (
        core != tokens
        and not entity.relations
        and text != entity.name
        and not is_definite(layout, tokens)
    ):
        return Meant(text, entity.kind, entity_of_words(cast, tokens, text, entity.kind))
    return Meant(in_full(cast, entity), entity.kind, entity)


def _source_in_full(cast: Cast, entity: Entity, tokens: Range, text: str) -> Meant:
    """Return an unnamed source by its whole phrase; first told of here, "собеседник" means it further on."""
    first = entity.mentions and tokens.first <= entity.mentions[0].first < tokens.last
    if first and entity.kind is SourceKind.UNNAMED and len(text) > len(entity.name):
        entity.name = text
        return Meant(text, entity.kind, entity)
    source = entity_of_words(cast, tokens, text, SourceKind.UNNAMED)
    return Meant(text, source.kind, source)


def _only_described(cast: Cast, core: Range) -> bool:
    """Return whether a phrase means somebody by a description that the text gives a name to elsewhere."""
    mention = next((cast.covered[k] for k in range(*core) if k in cast.covered), None)
    tokens = cast.layout.tokens
    return (
        mention is not None
        and cast.entities[mention.entity].pseudonym
        and not any(tokens[k].capital for k in range(mention.tokens.first + 1, mention.tokens.last))
        and bool(cast.layout.sections(mention.tokens.last - 1))
    )


def _anonymous(layout: Layout, tokens: Range) -> bool:
    """Return whether a phrase opens with "sources" and goes on: "fuentes diplomáticas", "fuentes de la investigación"."""
    first = tokens.first + layout.has("determiners", tokens.first)
    return first + 1 < tokens.last and "unnamed" in layout.sections(first)


def _one_of(layout: Layout, tokens: Range) -> bool:
    """Return whether a phrase means one of several people: "один из заключённых", "l'une des détenues"."""
    people = any("person" in layout.sections(k) for k in range(*tokens))
    first = tokens.first + layout.has("clitic_articles", tokens.first)  # "l'un des migrants"
    return people and layout.has("one", first) and not layout.has("kin_groups", tokens.last - 1)


def _by_name(cast: Cast, tokens: Range, core: Range, text: str) -> Meant | None:
    """Return whom the proper name in a phrase means, where it is the head and no complement."""
    named = cast.at(core.last - 1)
    lead = cast.at(tokens.first)
    noun_last = cast.layout.lexicon.order.get("verb_last")
    if noun_last and lead is not None and lead.named and lead.kind is SourceKind.ORGANISATION:
        return Meant(lead.name, lead.kind, lead)  # "Eastlight Monitor nashriga"
    tail = _full_name(cast, tokens)
    if tail is not None:
        return Meant(tail.name, tail.kind, tail)
    first = next((cast.at(k) for k in range(*core) if k in cast.covered), None)
    if (
        first is not None
        and first.kind is not SourceKind.PERSON
        and first is not named
        and not first.named
    ):
        named = None if cast.layout.lexicon.order.get("genitive") else named
    if named is not None and named.named and (core == tokens or named.kind is SourceKind.PERSON):
        if not _complement(cast, core, named):
            return Meant(named.name, named.kind, named)
        fresh = entity_of_words(cast, tokens, text)
        return Meant(fresh.name, fresh.kind, fresh)
    return None


def _complement(cast: Cast, core: Range, named: Entity) -> bool:
    """Return whether a name only tells of what the head is: "сторож железнодорожной станции Лумбозеро"."""
    if not cast.layout.lexicon.order.get("genitive"):
        return False
    lead = next((cast.covered[k] for k in range(*core) if k in cast.covered), None)
    name = cast.covered[core.last - 1].tokens
    if lead is None or lead.entity == named.id:
        owner = cast.layout.tokens[name.first - 1].low
        least = 1 if name.first in cast.places else 2  # "рыбаки Аральска"
        described = name.first - core.first >= least and name.last - name.first == 1
        return described and owner.endswith(cast.layout.lexicon.endings.get("owner", ("\0",)))
    head = cast.entities[lead.entity]
    parts = cast.layout.lexicon.words.get("parts_of_offices", ())
    if any(role in parts for role in head.roles):
        return True
    alone = name.last - name.first == 1 and name.first - lead.tokens.last >= 1
    return alone and head.kind is SourceKind.PERSON and not head.named and not head.relations


def _full_name(cast: Cast, tokens: Range) -> Entity | None:
    """Return who is named at the end of "основатель проекта «Дом» Игорь Лесной", by two words at least."""
    entity = cast.at(tokens.last - 1)
    head = next((cast.at(k) for k in range(*tokens) if k in cast.covered), None)
    if entity is None or not entity.named or entity.kind is not SourceKind.PERSON:
        return None
    last = cast.covered[tokens.last - 1].tokens
    if head is None or last.first <= tokens.first or last.last - last.first < 2:
        return None
    if head is entity and (not cast.layout.has("of", last.first - 1)):
        return entity  # "Повар столовой «Заря» Галина Сорока": her role has met her name already
    person = head.kind is SourceKind.PERSON and not head.plural and not head.named
    if not person or head.relations or not _apart(cast, last.first):
        return None
    cast.merge(head, entity)
    return entity


def _apart(cast: Cast, at: int) -> bool:
    """Return whether a name at token `at` follows without a preposition or "of"."""
    layout = cast.layout
    return not layout.has("of", at - 1) and not layout.has("prepositions", at - 1)


def _without_date(layout: Layout, core: Range, tokens: Range) -> Range:
    """Cut "images from 2 April" and "data analysed by X" to what they are."""
    if core.last + 1 >= tokens.last:
        return tokens
    follow = layout.tokens[core.last + 1]
    if (
        follow.text[0].isdigit()
        or layout.has("time_words", core.last + 1)
        or layout.has("by", core.last + 1)
        or adverb_by(layout, core.last + 1, tokens.last)
    ):
        return core
    return tokens


def _pronoun(cast: Cast, at: int, speaker: Entity | None) -> Meant | None:
    layout = cast.layout
    token = layout.tokens[at]
    if layout.has("first_person", at) or layout.has("first_plural", at):
        if speaker is not None:
            return Meant(speaker.name, speaker.kind, speaker)
        return Meant(token.text, SourceKind.PERSON, None, resolved=False)
    pointed = pointed_at(cast, at)
    if pointed is not None:
        return pointed
    if any(layout.has(group, at) for group in ("both", "all", "indefinite")):
        return _indefinite(cast, at)
    if not layout.has("pronouns", at) and not layout.has("possessives", at):
        return None
    # In his own words he is "I".
    quoted = speaker is not None and (cast.depths[at] > 0 or at in cast.spoken)
    found = antecedent(cast, at, speaker.id if quoted and speaker is not None else None)
    everyone = at + 1 < len(layout.tokens) and layout.has("all", at + 1)
    if everyone and layout.has("they", at):
        several = last_group(cast, at)  # "they all describe the same"
        if several is not None:
            return several
    if found is not None and layout.has("they", at) and cast.depths[at] > 0:
        # "They" in someone's mouth is mostly those whom nobody has named.
        found = found if _same_speech(cast, at, found) else None
    if found is not None:
        return Meant(in_full(cast, found), found.kind, found)
    kind = SourceKind.GROUP if layout.has("they", at) else SourceKind.PERSON
    if layout.has("it", at):
        outfit = _bare_outfit(cast, at)
        if outfit is not None:
            return Meant(outfit.name, outfit.kind, outfit)
        kind = SourceKind.ORGANISATION
    said = token.text.lower().removeprefix("-t").removeprefix("-")  # "ajoute-t-il"
    return Meant(said, kind, None, resolved=False)


def _indefinite(cast: Cast, at: int) -> Meant:
    """Return whom "both", "all", "somebody", "many" mean: those told of last, or nobody known."""
    layout, words = cast.layout, cast.layout.tokens[at].text.lower()
    if layout.has("both", at) or layout.has("all", at):
        return last_group(cast, at) or Meant(words, SourceKind.GROUP, None, resolved=False)
    kind = SourceKind.GROUP if layout.has("many_people", at) else SourceKind.PERSON
    return Meant(words, kind, None)


def _bare_outfit(cast: Cast, at: int) -> Entity | None:
    """Return whom "it" makes an organisation: the last bare name that is the subject of a sentence, "Amnesty said …"."""
    if not cast.layout.lexicon.order.get("bare_content"):
        return None
    for mention in mentions_before(cast, at)[:4]:
        entity = cast.entities[mention.entity]
        bare = entity.named and entity.guessed and not (entity.roles or entity.relations)
        if bare and mention.subject and entity.kind is SourceKind.PERSON and not entity.gender:
            entity.kind = SourceKind.ORGANISATION
            return entity
    return None


def _same_speech(cast: Cast, at: int, entity: Entity) -> bool:
    for mention in mentions_before(cast, at):
        if mention.entity == entity.id:
            same = mention.depth == cast.depths[at] and at - mention.tokens.first < 60
            if (
                same
                and mention.subject
                and entity.kind in (SourceKind.ORGANISATION, SourceKind.GROUP)
            ):
                return True
    return False


def _partitive(cast: Cast, tokens: Range, speaker: Entity | None) -> Meant | None:
    """Read "one of them", "two thirds of them"."""
    layout = cast.layout
    first, last = tokens
    for k in range(first + 1, last - 1):
        if any(section in NOUN_SECTIONS for section in layout.sections(k - 1)):
            return None  # "la defensa de uno de ellos"
        if layout.has("of", k) and k + 2 == last and layout.has("they", k + 1):
            counted = None if layout.has("one", first) else counted_group(cast, k + 1)
            whole = counted or last_group(cast, k + 1) or _pronoun(cast, k + 1, speaker)
            if whole is None or not whole.resolved:
                return Meant(plain_words(cast, tokens), SourceKind.GROUP, None, resolved=False)
            if layout.has("one", first):
                name = (
                    f"{layout.said(Range(first, k + 1)).lower()} {definitely(layout, whole.name)}"
                )
                if layout.lexicon.language != "en":
                    name = plain_words(cast, tokens)
                entity = entity_of_words(cast, tokens, name, SourceKind.PERSON)
                entity.among = None if whole.entity is None else whole.entity.id
                return Meant(name, SourceKind.PERSON, entity)
            name = whole.name.lstrip("0123456789 ")
            return Meant(name or whole.name, SourceKind.GROUP, whole.entity)
    return None


def _one_of_kin(cast: Cast, tokens: Range, speaker: Entity | None) -> Meant | None:
    """Read "one of the men's wives", "one of his sons" in English: one of several who are somebody's."""
    layout = cast.layout
    first, last = tokens
    kin = any(m.entry.section == "kin" for m in layout.matches.get(last - 1, ()))
    partly = layout.has("one", first) and last - first > 3 and layout.has("of", first + 1)
    if not (kin and partly and layout.lexicon.order.get("bare_content")):
        return None
    whole = meaning(cast, Range(first + 2, last), speaker)
    if whole.kind is not SourceKind.GROUP:
        return None
    name = f"{layout.said(Range(first, first + 2)).lower()} {definitely(layout, whole.name)}"
    entity = entity_of_words(cast, tokens, name, SourceKind.PERSON)
    entity.among = None if whole.entity is None else whole.entity.id
    return Meant(name, SourceKind.PERSON, entity)


def _in_marks(cast: Cast, tokens: Range) -> Meant | None:
    """Read 'the channel “Barracks No. 7”' and 'a user called “Kadrovik”' by the name in the marks."""
    layout = cast.layout
    marks = [k for k in range(*tokens) if is_mark(layout.tokens[k])]
    if marks and marks[-1] + 1 < tokens.last and _full_name(cast, tokens) is not None:
        return None
    if (
        len(marks) < 2
        or marks[1] - marks[0] < 2
        or (marks[0] == tokens.first and marks[1] == tokens.last)
    ):
        return None
    inner = Range(marks[0] + 1, marks[1])
    said = layout.said(inner)
    name = nominative(said) if layout.lexicon.language == "ru" else said
    lead = head_of(cast, Range(tokens.first, marks[0])) if marks[0] > tokens.first else None
    people = (SourceKind.UNNAMED, SourceKind.GROUP, SourceKind.PERSON)
    informs = lead is not None and not lead.named and lead.kind in people
    if informs and name != said:
        return None  # "источники «Шестой линии»"
    known = cast.by_name.get(fold_name(name))
    if known is not None:
        entity = cast.entities[known]
        return Meant(entity.name, entity.kind, entity)
    head = head_of(cast, Range(tokens.first, marks[0])) if marks[0] > tokens.first else None
    kind = head.kind if head is not None else SourceKind.ORGANISATION
    if head is None or head.named:
        entity = cast.add(name, kind, named=True)
    else:
        entity = head
        entity.aliases.append(entity.name)
        entity.name, entity.named = name, True
    cast.name(entity)
    entity.mentions.append(tokens)
    return Meant(name, kind, entity)


def _possessed(cast: Cast, tokens: Range, speaker: Entity | None) -> Meant | None:
    """Read "her husband's cellmate", "their lawyer", "his unit" with the owner's name."""
    layout = cast.layout
    mark = next(
        (k for k in range(tokens.last - 2, tokens.first, -1) if layout.tokens[k].low in POSSESSIVE),
        None,
    )
    whole = None if mark is None else cast.covered.get(mark)
    if whole is not None and whole.tokens.first < (mark or 0) < whole.tokens.last - 1:
        return None  # "the prosecutor's office of the region"
    core = core_end(layout, tokens)
    named = cast.at(core - 1)
    if (
        named is not None
        and named.named
        and core == tokens.last
        and (mark is None or named.kind is SourceKind.PERSON)
    ):
        return None
    if mark is not None and mark < core:
        owner = meaning(cast, Range(tokens.first, mark), speaker)
        if owner.entity is not None and owner.entity is cast.at(tokens.last - 1):
            return owner  # "the prosecutor's office" is one thing
        rest = layout.said(Range(mark + 1, tokens.last))
        return _owned(cast, tokens, owner, rest)
    if layout.has("possessives", tokens.first) and tokens.last > tokens.first + 1:
        owner_ = _pronoun(cast, tokens.first, speaker)
        if owner_ is not None and _long(layout, owner_):
            return None  # "two former employees of the agency said their manager …"
        rest = layout.said(Range(tokens.first + 1, tokens.last))
        if owner_ is None or not owner_.resolved:
            return None
        if owner_.name.lower() in layout.lexicon.words.get("determiners", ()):
            return None  # "both"
        return _owned(cast, tokens, owner_, rest)
    return None


def _long(layout: Layout, owner: Meant) -> bool:
    """Return whether a group is known by words to which English puts no "'s": "employees of the agency"."""
    several = owner.kind is SourceKind.GROUP and bool(layout.lexicon.order.get("bare_content"))
    return several and not layout.lexicon.words["of"].isdisjoint(owner.name.split())


def _owned(cast: Cast, tokens: Range, owner: Meant, rest: str) -> Meant:
    name = owned(cast.layout, owner.name, rest)
    known = cast.at(tokens.last - 1)
    if known is not None and known.named and known.kind is SourceKind.PERSON:
        return Meant(known.name, known.kind, known)
    if known is not None and not known.named and known.relations:
        known.name = name if not owner.resolved or owner.entity is None else known.name
        return Meant(known.name, known.kind, known)
    if (
        known is not None
        and not known.named
        and known.mentions
        and known.mentions[0].last <= tokens.first
    ):
        return Meant(known.name, known.kind, known)
    entity = entity_of_words(cast, tokens, name, known.kind if known is not None else None)
    if known is not None and not known.named and known.id != entity.id:
        known.name = name
        return Meant(name, known.kind, known)
    return Meant(name, entity.kind, entity)


def _joint(layout: Layout, tokens: Range) -> bool:
    """Return whether two speakers are joined: "the father and the mother"."""
    for k in range(tokens.first + 1, tokens.last - 1):
        if layout.tokens[k].low in layout.lexicon.words.get("joining", ()):
            left, right = layout.sections(k - 1), layout.sections(k + 1)
            if layout.tokens[k - 1].capital and layout.tokens[k + 1].capital:
                return not any(s in ("organisation", "media") for s in (*left, *right))
            return layout.has("determiners", k + 1) or layout.has("possessives", k + 1)
    return False
