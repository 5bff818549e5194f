"""The cast of a text: everyone in it, where each is mentioned, and whom a pronoun can mean."""

from bisect import bisect_left, bisect_right, insort
from dataclasses import dataclass, field

from guvoh.model.claim import SourceKind
from guvoh.reading.layout import Layout, Range

_RECENT = 40  # tokens back in which somebody is still what the text is about
_PEOPLE = (SourceKind.PERSON, SourceKind.GROUP)
_CLAUSE = 8  # tokens from a subject to the pronoun that is its verb's object
_LONG_CLAUSE = 20  # the same where a description stands between them
_FEWEST = 4  # tokens of what somebody says before ", he said"
_NEAR = 16  # tokens back to a group that "they" means before an office


@dataclass(slots=True)
class Entity:
    """Someone or something in the text that can speak, act or suffer."""

    id: int
    name: str
    kind: SourceKind
    named: bool = False
    gender: str | None = None  # m, f
    plural: bool = False
    media: bool = False
    office: bool = False
    guessed: bool = False  # a name of which nothing but its capitals is known
    roles: list[str] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    relations: list[tuple[str, int]] = field(default_factory=list)
    neutral: bool = False  # one whom "they" can mean: "a spokesperson"
    nationality: str | None = None
    ethnic: bool = False
    pseudonym: bool = False
    withheld: list[str] = field(default_factory=list)
    among: int | None = None  # the group of which this is one
    mentions: list[Range] = field(default_factory=list)

    def call(self, name: str) -> None:
        """Take another name of the same one; the fullest proper name is its name."""
        if name != self.name and name not in self.aliases:
            self.aliases.append(name)


@dataclass(slots=True)
class Mention:
    """A place where an entity is named or described; `subject` where it begins its clause."""

    tokens: Range
    entity: int
    subject: bool
    depth: int


@dataclass(slots=True)
class Cast:
    """Everyone in a text, and the mentions in order."""

    layout: Layout
    depths: bytearray
    entities: list[Entity] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    covered: dict[int, "Mention"] = field(default_factory=dict)
    by_name: dict[str, int] = field(default_factory=dict)
    by_word: dict[str, int] = field(default_factory=dict)
    by_kin: dict[tuple[str, int, bool], int] = field(default_factory=dict)
    subjects: set[int] = field(default_factory=set)
    places: frozenset[int] = frozenset()  # tokens that name a place
    spoken: frozenset[int] = (
        frozenset()
    )  # tokens of turns, in which a speaker is "I" and never "he"
    signed: frozenset[int] = frozenset()  # tokens of lines that only say who wrote the text

    def add(self, name: str, kind: SourceKind, *, named: bool = False) -> Entity:
        """Return a new entity."""
        entity = Entity(len(self.entities), name, kind, named)
        self.entities.append(entity)
        return entity

    def mention(self, entity: Entity, tokens: Range) -> None:
        """Note where an entity is mentioned."""
        entity.mentions.append(tokens)
        subject = tokens.first in self.subjects and not self.is_oblique(tokens)
        mention = Mention(tokens, entity.id, subject, self.depths[tokens.first])
        for k in range(*tokens):
            self.covered[k] = mention
        if self.mentions and self.mentions[-1].tokens.first > tokens.first:
            insort(self.mentions, mention, key=lambda m: m.tokens.first)
        else:
            self.mentions.append(mention)

    def is_oblique(self, tokens: Range) -> bool:
        """Return whether a mention ends in a case in which no subject stands: "много узбеков"."""
        layout = self.layout
        ends = layout.lexicon.endings.get("oblique", ())
        token = layout.tokens[tokens.last - 1]
        named = token.capital and "genitive" not in layout.lexicon.endings
        return bool(ends) and not named and token.low.endswith(ends)

    def relate(self, entity: Entity, relation: str, other: int, *, plural: bool) -> None:
        """Note that an entity is the father, the lawyer … of another."""
        entity.relations.append((relation, other))
        self.by_kin.setdefault((relation, other, plural), entity.id)

    def relative(self, relation: str, other: int, *, plural: bool = False) -> Entity | None:
        """Return who is the father, the lawyer … of an entity, where the text has said so."""
        found = self.by_kin.get((relation, other, plural))
        return None if found is None else self.entities[found]

    def name(self, entity: Entity, *, whole: bool = False) -> None:
        """Make an entity found by its name and, unless that is only known `whole`, by the words of it."""
        folded = fold_name(entity.name)
        self.by_name[folded] = entity.id
        for word in () if whole else folded.split():
            self.by_word[word] = entity.id

    def merge(self, described: Entity, named: Entity) -> None:
        """Make a description and the name beside it one."""
        if described.id == named.id or described.named:
            return
        named.roles.extend(role for role in described.roles if role not in named.roles)
        named.gender = named.gender or described.gender
        named.relations.extend(r for r in described.relations if r not in named.relations)
        named.office = named.office or described.office
        named.nationality = named.nationality or described.nationality
        named.withheld.extend(what for what in described.withheld if what not in named.withheld)
        named.aliases.append(described.name)
        self._relink(described.id, named.id)
        for tokens in described.mentions:
            mention = self.covered.get(tokens.first)
            if mention is not None and mention.entity == described.id:
                mention.entity = named.id
        named.mentions.extend(described.mentions)
        described.mentions.clear()

    def _relink(self, old: int, new: int) -> None:
        """Make whose kin was `old`, and whose kin `old` was, those of `new`."""
        for (relation, other, plural), kin in list(self.by_kin.items()):
            if old not in (other, kin):
                continue
            del self.by_kin[(relation, other, plural)]
            owner = new if other == old else other
            self.by_kin.setdefault((relation, owner, plural), new if kin == old else kin)
        for entity in self.entities:
            if any(other == old for _, other in entity.relations):
                entity.relations = [(r, new if o == old else o) for r, o in entity.relations]

    def at(self, token: int) -> Entity | None:
        """Return the entity mentioned at a token."""
        mention = self.covered.get(token)
        return None if mention is None else self.entities[mention.entity]


def fold_name(name: str) -> str:
    """Return a name as it is compared inside one report: without case, article and marks."""
    words = name.casefold().replace("’", "'").split()
    if len(words) > 1 and words[0] in ("the", "a", "an"):
        words = words[1:]
    return " ".join(words)


def antecedent(
    cast: Cast, at: int, exclude: int | None = None, wanted: str | None = None
) -> Entity | None:
    """Return the antecedent of a pronoun: of the last mentions that fit, the last subject first.

    `wanted` is the pronoun ("he", "she" …) for which another word stands: "the woman".
    """
    wanted = wanted or _wants(cast.layout, at)
    if wanted is None:
        return None
    if cast.layout.has("latter", at):
        return _latter(cast, at, wanted)
    if exclude is None and wanted != "it":
        exclude = _own_subject(cast, at)
    found = _told_before(cast, at, exclude, wanted) or _antecedent(cast, at, exclude, wanted)
    gendered = wanted in ("he", "she") and cast.layout.lexicon.order.get("gendered")
    if gendered and (found is None or not _was_subject(cast, at, found)):
        # Where things have a gender, "elle" and "она" can be an office or an association.
        office = _antecedent(cast, at, exclude, "it")
        if office is not None and office.kind is SourceKind.DOCUMENT:
            office = None
        speaks = office is not None and wanted == "she" and _was_subject(cast, at, office)
        found = office if found is None or speaks else found
    return found


def _told_before(cast: Cast, at: int, exclude: int | None, wanted: str) -> Entity | None:
    """Return whom "…, she said" means: nobody whom the words before it describe, for of herself she says "she"."""
    layout = cast.layout
    head = bisect_right(layout.sentence_tokens, at, key=lambda tokens: tokens.first) - 1
    start = layout.sentence_tokens[head].first if head >= 0 else 0
    if wanted == "it" or not layout.has("subject_pronouns", at) or at - start < _FEWEST:
        return None
    return _antecedent(cast, at, exclude, wanted, start=start) if _behind(layout, at) else None


def _behind(layout: Layout, at: int) -> bool:
    """Return whether a pronoun and its cue stand behind a comma: "…, he said", ", сказал он"."""
    for first, cue in ((at, at + 1), (at - 1, at - 1)):
        mark = layout.tokens[first - 1].text if first > 0 else ""
        if mark in (",", "—", "–") and any(
            match.entry.section == "cues" and match.entry.info["class"] in ("say", "tell")
            for match in layout.matches.get(cue, ())
        ):
            return True
    return False


def doubtful(layout: Layout, entity: Entity, wanted: str) -> bool:
    """Return whether somebody of unknown gender is rather no "she", or by her name no "he"."""
    if entity.gender is not None or (entity.named and layout.lexicon.order.get("cases")):
        return False
    if wanted == "she":
        return not entity.named
    men = layout.lexicon.words.get("mens_names", ())
    first = entity.name.split(" ", 1)[0].casefold()
    return wanted == "he" and entity.named and first.endswith(("a", "а")) and first not in men


def _own_subject(cast: Cast, at: int) -> int | None:
    """Return the subject of the clause in which a pronoun is the object: "a guard told her"."""
    layout = cast.layout
    whose = layout.has("possessives", at) and not ends_phrase(layout, at)
    behind = layout.has("prepositions", at - 1) and not layout.has("to", at - 1)
    if not layout.has("objects_of_third", at) or whose or behind:
        return None
    nearest: int | None = None
    bare = layout.lexicon.order.get("bare_content")
    for k in range(at - 1, max(at - (_LONG_CLAUSE if bare else _CLAUSE), -1), -1):
        mention = cast.covered.get(k)
        if mention is not None and (mention.subject or not bare):
            return mention.entity
        if mention is not None and nearest is None and at - k < _CLAUSE:
            nearest = mention.entity
        token = layout.tokens[k]
        if token.text == "," and bare and k and cast.at(k - 1) is not None:
            continue  # "His cousin Esther, a nurse, was the last to speak to him"
        if not token.word and not token.text.isdigit():
            return nearest
        if any(layout.has(group, k) for group in ("coordinators", "subordinators", "relatives")):
            return nearest
        if nearest is not None and layout.cues[k]:
            return nearest  # "Sevara says her husband's cellmate rang her"
    return nearest


def ends_phrase(layout: Layout, at: int) -> bool:
    """Return whether no noun follows a word that can say whose something is: "told her on Monday"."""
    if at + 1 >= len(layout.tokens) or not layout.tokens[at + 1].word:
        return True
    groups = (
        "prepositions",
        "complementizers",
        "time_words",
        "determiners",
        "to",
        "subject_pronouns",
    )
    return any(layout.has(group, at + 1) for group in groups)


def _was_subject(cast: Cast, at: int, entity: Entity) -> bool:
    """Return whether somebody was the subject of one of the last clauses before token `at`."""
    return any(
        mention.entity == entity.id and mention.subject and at - mention.tokens.first <= _RECENT
        for mention in mentions_before(cast, at)
    )


def _latter(cast: Cast, at: int, wanted: str) -> Entity | None:
    """Return whom "celle-ci" means: who was mentioned last, a thing that speaks too."""
    for mention in mentions_before(cast, at):
        entity = cast.entities[mention.entity]
        office = entity.kind is SourceKind.ORGANISATION and wanted != "they"
        if office or _fits(entity, wanted):
            return entity
    return None


def _antecedent(
    cast: Cast,
    at: int,
    exclude: int | None,
    wanted: str,
    *,
    offices: bool | None = None,
    reach: int = 10**6,
    start: int | None = None,
) -> Entity | None:
    depth = cast.depths[at]
    gendered = cast.layout.lexicon.order.get("gendered")
    if wanted == "they" and offices is None and not gendered:
        near = _near_group(cast, at, exclude)
        if near is not None:
            return near
    offices = not gendered if offices is None else offices  # "они" is no single office
    fallback: Entity | None = None
    doubted: Entity | None = None
    oblique = False
    seen = 0
    # "Their relatives" are somebody's: no contract has any.
    human = cast.layout.has("possessives", at) and (
        "kin" in cast.layout.sections(at + 1) or cast.layout.has("kin_groups", at + 1)
    )
    for mention in mentions_before(cast, at if start is None else start):
        entity = cast.entities[mention.entity]
        if mention.entity == exclude or not _fits(entity, wanted, offices=offices):
            continue
        if mention.depth > depth or (human and entity.kind not in _PEOPLE):
            continue
        if mention.tokens.first in cast.signed:
            continue
        if at - mention.tokens.first > reach:
            break
        if fallback is None or (oblique and not cast.is_oblique(mention.tokens)):
            fallback = entity
            oblique = wanted == "they" and cast.is_oblique(mention.tokens)
        unsure = doubtful(cast.layout, entity, wanted)
        if mention.subject and not unsure:
            return entity
        doubted = doubted or (entity if mention.subject else None)
        if not unsure and _gives_way(cast.layout, fallback, entity, wanted):
            fallback = entity
        seen += 1
        if seen > 6:
            break
    unsure = (
        fallback is not None and doubted is not None and doubtful(cast.layout, fallback, wanted)
    )
    return doubted if unsure else fallback


def _near_group(cast: Cast, at: int, exclude: int | None) -> Entity | None:
    """Return the group that "they" means before any office: one just mentioned, or a subject a little before."""
    near = _antecedent(cast, at, exclude, "they", offices=False, reach=_NEAR)
    if near is None or _was_subject(cast, at, near):
        return near
    far = _antecedent(cast, at, exclude, "they", offices=False, reach=_RECENT)
    return far if far is not None and _was_subject(cast, at, far) else near


def _gives_way(layout: Layout, nearer: Entity | None, entity: Entity, wanted: str) -> bool:
    """Return whether somebody nearer is a worse antecedent than `entity`: of unknown gender, or rather no "she"."""
    if nearer is None:
        return False
    unknown = nearer.gender is None and entity.gender == "f"
    return unknown or doubtful(layout, nearer, wanted)


def last_subject(cast: Cast, tokens: Range) -> Entity | None:
    """Return the person or organisation that the last sentence before `tokens` is about."""
    named: Entity | None = None
    for mention in mentions_before(cast, tokens.first):
        entity = cast.entities[mention.entity]
        speaks = entity.kind in (SourceKind.PERSON, SourceKind.ORGANISATION, SourceKind.GROUP)
        if mention.subject and mention.depth == 0 and speaks:
            return entity
        if mention.depth == 0 and entity.named and entity.kind is SourceKind.PERSON:
            named = named or entity
    return named


def last_other(cast: Cast, tokens: Range, speaker: Entity) -> Entity | None:
    """Return the person or group, not the speaker, whom a quotation named last before `tokens`."""
    for mention in mentions_before(cast, tokens.first):
        entity = cast.entities[mention.entity]
        people = entity.kind in (SourceKind.PERSON, SourceKind.GROUP)
        if tokens.first - mention.tokens.first > _RECENT:
            return None
        if people and mention.depth == cast.depths[tokens.first] and entity.id != speaker.id:
            return entity
    return None


def mentions_before(cast: Cast, at: int) -> list[Mention]:
    """Return the last mentions before token `at`, the nearest first."""
    last = bisect_left(cast.mentions, at, key=lambda m: m.tokens.first)
    return cast.mentions[max(0, last - 40) : last][::-1]


def mentions_within(cast: Cast, tokens: Range) -> list[Mention]:
    """Return the mentions that begin in `tokens`, in order."""
    low = bisect_left(cast.mentions, tokens.first, key=lambda m: m.tokens.first)
    high = bisect_left(cast.mentions, tokens.last, key=lambda m: m.tokens.first)
    return cast.mentions[low:high]


def _wants(layout: Layout, at: int) -> str | None:
    for group in ("he", "she", "they", "it", "his_or_her"):
        if layout.has(group, at):
            return group
    return None


def can_mean(layout: Layout, at: int, entity: Entity) -> bool:
    """Return whether the pronoun at token `at` can stand for the entity."""
    wanted = _wants(layout, at)
    return wanted is not None and layout.has("pronouns", at) and _fits(entity, wanted)


def _fits(entity: Entity, wanted: str, *, offices: bool = True) -> bool:
    if wanted == "it":
        return entity.kind in (SourceKind.ORGANISATION, SourceKind.DOCUMENT) and not entity.plural
    if wanted == "they":
        many = entity.plural or entity.kind is SourceKind.GROUP or entity.neutral
        return many or (offices and entity.kind is SourceKind.ORGANISATION)
    if entity.kind is not SourceKind.PERSON or entity.plural:
        return False
    return wanted == "his_or_her" or entity.gender in (None, "m" if wanted == "he" else "f")


def _full_name_owns(layout: Layout, name: str) -> str:
    """Return a person's full name as that of an owner: "Ирины Галеевой"."""
    order, words = layout.lexicon.order, name.split()
    woman = words[0].endswith(("а", "я"))
    woman = woman and words[0].lower() not in layout.lexicon.words.get("mens_names", ())
    turned = []
    for at, word in enumerate(words):
        forms = [*order["surnames"], *order["genitives"]] if at else order["genitives"]
        ending = next(((old, new) for old, new in forms if word.endswith(old)), ("", ""))
        stays = (woman and at and ending[0] == "") or "." in word
        turned.append(word if stays else word[: len(word) - len(ending[0])] + ending[1])
    return " ".join(turned)


def owned(layout: Layout, owner: str, thing: str) -> str:
    """Return how the language says that something is somebody's: "Anwar's father"."""
    pattern = str(layout.lexicon.order.get("owned", "{owner}'s {thing}"))
    first, _, rest = owner.partition(" ")
    common = first.lower() in layout.lexicon.nouns or first.lower() in layout.lexicon.words.get(
        "dwellers", ()
    )
    if common and layout.lexicon.order.get("genitives"):
        first = first.lower()  # "сестра уроженца Ферганы", of whom a sentence told first
        owner = first + owner[len(first) :]
    if not rest or common:  # "сослуживец отца Анвара"
        forms = layout.lexicon.order.get("genitives", ())
        ending = next(((old, new) for old, new in forms if first.endswith(old)), None)
        if ending is not None:
            owner = first[: len(first) - len(ending[0])] + ending[1] + owner[len(first) :]
    elif layout.lexicon.order.get("surnames") and all(w[:1].isupper() for w in owner.split()):
        owner = _full_name_owns(layout, owner)
    if owner.endswith("s") and (owner[:1].islower() or common) and "'s" in pattern:
        pattern = pattern.replace("'s", "'")  # "the brothers' recruiter"
    said = pattern.replace("{owner}", owner).replace("{thing}", thing)
    for apart, joined in layout.lexicon.order.get("contracted", ()):
        said = said.replace(apart, joined)
    return said
