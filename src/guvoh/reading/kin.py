"""Somebody's kin in a text: "Anwar's father", "his father", "the father of Anwar", "the father"."""

from bisect import bisect_right

from guvoh.model.claim import SourceKind
from guvoh.reading.cast import (
    Cast,
    Entity,
    antecedent,
    mentions_before,
    mentions_within,
    owned,
)
from guvoh.reading.layout import NOUN_SECTIONS, Layout, Range, is_mark, upright, without_case
from guvoh.reading.lexicon import Match
from guvoh.reading.names import NameFinder
from guvoh.resolve.nominative import may_be_genitive

# "His father's friend's lawyer" ends somewhere.
_LONGEST_NAME = 90
# Kin of whom one has many: "друг" alone is not the subject's friend.
_FAR = ("friend", "neighbour", "cellmate", "lawyer", "relative", "cousin", "compatriot")
_AGAIN = 30  # mentions back to whom a bare description means again
_OPENING = 8  # tokens in which a sentence opens with somebody's kin
# Words that no description of somebody holds before its noun.
_NO_DESCRIPTION = frozenset(
    ("prepositions", "auxiliaries", "coordinators", "subordinators", "pronouns", "time_words")
)


class KinFinder(NameFinder):
    """Finds kin and whose they are; `ahead` are those whose "his" can only mean who is named next."""

    def __init__(self, cast: Cast, places: frozenset[int]) -> None:
        super().__init__(cast, places)
        self.ahead: list[tuple[Match, Entity]] = []
        self.own_name = 0  # where the name of the relative begins that stands behind whose he is
        self.heads = [tokens.first for tokens in cast.layout.sentence_tokens]

    def _kin(self, match: Match) -> int:
        """Note "Anwar's father", "his father", "the father of Anwar", "the father"."""
        layout, cast = self.layout, self.cast
        key = str(match.entry.info["key"])
        plural = match.entry.form == "pl"
        lemma = match.entry.lemma
        first = self._left(match.first)
        self.owner_end = self.own_name = 0
        owner = self._owner(match)
        if owner is not None and len(owner.name) > _LONGEST_NAME:
            owner = None
        before = layout.tokens[first - 1].low if first else ""
        entity: Entity | None = None
        if owner is not None:
            entity = cast.relative(key, owner.id, plural=plural) or self._inverse(match, owner)
            inflected = bool(layout.lexicon.order.get("genitive"))
            said = layout.said(Range(match.first, match.last)).lower()
            word = (match.entry.citation or said) if inflected else said
            name = owned(layout, owner.name, word)
            if self.owner_end:
                behind = layout.said(Range(match.last, self.owner_end))
                name = f"{word} {behind}"
            genitives = layout.lexicon.endings.get("genitive", ("\0",))
            if match.first and layout.tokens[match.first - 1].low.endswith(genitives):
                name = layout.said(Range(match.first - 1, match.last))  # "Азаматтын атасы"
                if entity is not None and not entity.named:
                    entity.name = name
            if entity is None:
                entity = cast.add(name, SourceKind.GROUP if plural else SourceKind.PERSON)
                cast.relate(entity, key, owner.id, plural=plural)
        else:
            definite = layout.tokens[first].low in layout.lexicon.words.get("definite", ())
            entity = self._last_kin(key, lemma, plural) if definite else None
            entity = entity or (None if plural else self.same_again(match))
            if entity is None:
                words = plain(layout, Range(first, match.last))
                entity = cast.add(words, SourceKind.GROUP if plural else SourceKind.PERSON)
                if layout.has("he", first) or layout.has("she", first):
                    self.ahead.append((match, entity))
        entity.plural = plural
        entity.gender = entity.gender or match.entry.info.get("gender")
        if lemma not in entity.roles:
            entity.roles.append(lemma)
        begin = first
        if owner is not None and before in ("'s", "’s"):
            begin = first
        self._mention_owned(entity, begin, match.last)
        titled = match.last < len(layout.tokens) and is_mark(layout.tokens[match.last])
        owned_before = owner is not None and "genitive" in layout.lexicon.endings
        alone = not plural and not self.owner_end and not titled and not owned_before
        self.pending_role = (match.last, entity) if alone else None
        if self.own_name:
            self.pending_role = (self.own_name, entity)
        return match.last

    def _inverse(self, match: Match, owner: Entity) -> Entity | None:
        """Return Anwar for "his son" where he is Anwar's father."""
        wanted = match.entry.info.get("inverse", ())
        if match.entry.form == "pl":
            return None
        for relation, other in owner.relations:
            entity = self.cast.entities[other]
            gender = match.entry.info.get("gender")
            if relation in wanted and entity.named and entity.gender in (None, gender):
                return entity
        return None

    def _owner(self, match: Match) -> Entity | None:
        layout, cast = self.layout, self.cast
        k = match.first - 1
        while (
            k >= 0
            and k > match.first - 4
            and layout.tokens[k].word
            and not (layout.has("possessives", k) or layout.tokens[k].low in ("'s", "’s"))
        ):
            k -= 1
        low = layout.tokens[k].low if k >= 0 else ""
        many = cast.at(k - 1) if k and low in ("'", "’") else None
        if low in ("'s", "’s") or low.startswith(("'s", "’s")) or (many and many.plural):
            return cast.at(k - 1)  # "the families' lawyer" too
        genitives = layout.lexicon.endings.get("genitive", ("\0",))
        if match.first and layout.tokens[match.first - 1].low.endswith(genitives):
            return self._genitive(match.first - 1)  # "Anvarning otasi"
        return self._owner_by_word(match, k)

    def _owner_by_word(self, match: Match, k: int) -> Entity | None:
        """Return whom "his", "whose" or "of" tell to be the owner; the word before the kin is token `k`."""
        layout, cast = self.layout, self.cast
        if k < 0:
            k = match.first
        if layout.has("he", k) or layout.has("she", k):
            return self.antecedent_of(k)
        if match.first > 1 and layout.has("whose", match.first - 1):
            return self._described_before(match.first - 1)
        if layout.has("his_or_her", k):
            return antecedent(cast, k)
        genitive = (
            bool(layout.lexicon.order.get("genitive"))
            and match.last < len(layout.tokens)
            and not match.entry.info.get("apposed")
        )
        if genitive and (own := self._own_name(match)):
            if own == match.last:
                return None  # "вдова Тамара Попова"
            self.own_name = self.owner_end = own  # "сестра погибшего Дарья Котова"
            return self.cast.add(self._without_case(match.last), SourceKind.PERSON)
        behind = layout.tokens[match.last] if genitive else None
        named = behind is not None and (
            (behind.capital and not _upright(layout, match, behind.low))
            or _past_participle(layout, match.last) > match.last
        )
        if named or (match.last < len(layout.tokens) and layout.has("of", match.last)):
            j = match.last + (1 if layout.has("of", match.last) else 0)
            while j < len(layout.tokens) and (
                layout.has("determiners", j) or layout.has("possessives", j)
            ):
                j += 1
            if genitive:
                j = _past_participle(layout, j)
            if j < len(layout.tokens):
                run = self._name_run(j)
                if run is not None:
                    self.owner_end = run
                    return self._known(layout.said(Range(j, run)), run - j) or self._early(j, run)
        return self._described_owner(match) if genitive else self._understood(match)

    def _without_case(self, at: int) -> str:
        known = (m.entry.citation for m in self.layout.matches.get(at, ()) if m.last == at + 1)
        return next((word for word in known if word), self.layout.lows[at])

    def _own_name(self, match: Match) -> int | None:
        """Return the token at which the name of a relative himself begins, None where another's or none does."""
        layout = self.layout
        if layout.lexicon.language != "ru" or match.entry.form == "pl":
            return None
        at = match.last + _participle(layout, match.last)
        run = self._name_run(at) if layout.capitals[at] else None
        if run is None:
            return None
        name = layout.said(Range(at, run))
        if at > match.last:
            return at if not may_be_genitive(name) else None
        said = layout.said(Range(match.first, match.last)).lower()
        upright = (
            run - at > 1 and said == match.entry.citation and not may_be_genitive(name, "femn")
        )
        return at if upright and not may_be_genitive(name) else None

    def _described_before(self, whose: int) -> Entity | None:
        """Return whom "whose" at a token tells of: "Farida, whose brother is held"."""
        comma = self.layout.tokens[whose - 1].text == ","
        return self.cast.at(whose - 1 - comma)

    def _described_owner(self, match: Match) -> Entity | None:
        """Return whose kin "отец погибшего", "мать одного из задержанных" are: one described behind them."""
        layout = self.layout
        at = match.last
        while at < match.last + 2 and layout.has("genitive_numbers", at):
            at += 1
        at += 1 if at > match.last and layout.has("np_links", at) else 0
        if at >= len(layout.tokens):
            return self._understood(match)
        for noun in layout.matches.get(at, ()):
            said = layout.said(Range(noun.first, noun.last)).lower()
            if noun.entry.section == "person" and said != noun.entry.citation:
                self.owner_end = noun.last
                return self.cast.add(noun.entry.citation, SourceKind.PERSON)
        return self._understood(match)

    def _understood(self, match: Match) -> Entity | None:
        """Return whose father "рассказал отцу" means where no article nor "his" tells: its subject's."""
        layout, cast = self.layout, self.cast
        near = "inverse" in match.entry.info and match.entry.info.get("key") not in _FAR
        if layout.lexicon.order.get("articles", True) or not near or match.entry.form == "pl":
            return None
        number = bisect_right(self.heads, match.first) - 1
        start = self.heads[number] if number >= 0 else 0
        for mention in reversed(mentions_before(cast, match.first)):
            entity = cast.entities[mention.entity]
            spoken = mention.subject or layout.has("pronouns", mention.tokens.first)
            if mention.tokens.first < start or entity.kind is not SourceKind.PERSON or not spoken:
                continue
            shared = mention.depth == cast.depths[match.first]
            said = layout.said(Range(match.first, match.last)).lower()
            ends = layout.lexicon.endings.get("oblique", ())
            inflected = match.entry.citation not in ("", said) or (
                bool(ends) and said.endswith(ends)
            )
            told = shared and inflected
            return entity if told or self._inverse(match, entity) is not None else None
        return None

    def _genitive(self, at: int) -> Entity | None:
        """Return whose the noun behind token `at` is, which stands in the genitive."""
        known = self.cast.at(at)
        if known is None and self.layout.tokens[at].capital and not self.layout.matches.get(at):
            name = without_case(self.layout, Range(at, at + 1))
            return self._known(name, 1) or self._early(at, at + 1)
        return known

    def _early(self, first: int, last: int) -> Entity:
        """Return a new entity for a name that stands after the word it belongs to."""
        name = without_case(self.layout, Range(first, last))
        entity = self.cast.add(name, SourceKind.PERSON, named=True)
        self.cast.name(entity)
        return entity

    def same_again(self, match: Match) -> Entity | None:
        """Return whom a bare "адвокат", "брат" means where no article tells: the one of whom the text has told.

        Only a name or his relation makes somebody known; with anything behind it the word tells of another.
        """
        layout = self.layout
        at = match.first
        if layout.lexicon.order.get("articles", True) or not layout.lexicon.order.get("genitive"):
            return None
        behind = match.last < len(layout.tokens) and (
            layout.tokens[match.last].capital
            or any(section in NOUN_SECTIONS for section in layout.sections(match.last))
        )
        described = at > 0 and layout.tokens[at - 1].word and layout.has("adjectives", at - 1)
        if behind or described or (at > 0 and layout.has("determiners", at - 1)):
            return None
        for mention in reversed(self.cast.mentions[-_AGAIN:]):
            entity = self.cast.entities[mention.entity]
            single = entity.kind is SourceKind.PERSON and not entity.plural
            known = entity.named or bool(entity.relations)
            if single and known and match.entry.lemma in entity.roles:
                return entity
        return None

    def _last_kin(self, key: str, lemma: str, plural: bool) -> Entity | None:
        for mention in reversed(self.cast.mentions[-80:]):
            entity = self.cast.entities[mention.entity]
            known = any(relation == key for relation, _ in entity.relations)
            if entity.plural == plural and (known or (lemma in entity.roles and not plural)):
                return entity
        return None

    def _mention_owned(self, entity: Entity, first: int, last: int) -> None:
        """Note a mention; where "Anwar's father" begins a clause, the father is its subject."""
        owner = None
        if first and self.layout.tokens[first - 1].low in ("'s", "’s"):
            owner = self.cast.covered.get(first - 2)
        self.cast.mention(entity, Range(first, last))
        if owner is not None and owner.subject:
            owner.subject = False
            self.cast.covered[first].subject = True

    def antecedent_of(self, at: int) -> Entity | None:
        """Return whom a "he", "she", "his", "her" at token `at` means."""
        return antecedent(self.cast, at)

    def _left(self, first: int) -> int:
        """Return where the description that ends in a noun begins: its article and adjectives."""
        k = first
        while k > 0 and first - k < 4:
            token = self.layout.tokens[k - 1]
            if (
                not token.word
                or k - 1 in self.cast.covered
                or "\n" in self.layout.text[token.end : self.layout.tokens[k].start]
            ):
                break
            groups = self.layout.groups[k - 1]
            if "that" in groups and k > 1 and self.layout.tokens[k - 2].word:
                break  # "the third time that families …"
            if "determiners" in groups or "possessives" in groups:
                if (
                    k - 2 >= 0
                    and self.layout.has("predeterminers", k - 2)
                    and k - 2 not in self.cast.covered
                ):
                    return k - 2
                joined = "contractions" in groups  # "del alcalde", "du syndicat"
                return k if joined else k - 1
            if (
                not groups.isdisjoint(_NO_DESCRIPTION)
                or any(s in ("cues", "triggers") for s in self.layout.sections(k - 1))
                or token.low.endswith("ly")
                or self._predicate(k - 1)
            ):
                break
            k -= 1
        while k < first and not (
            self.layout.has("adjectives", k)
            or k in self.demonyms
            or self.layout.tokens[k].text.isdigit()
        ):
            k += 1
        return k

    def _predicate(self, at: int) -> bool:
        """Return whether a word in -ed behind a noun is its verb: "the market detained traders"."""
        ends = self.layout.lexicon.endings.get("finite", ("\0",))
        return (
            not self.layout.lexicon.order.get("free")
            and self.layout.tokens[at].low.endswith(ends)
            and at > 0
            and not any(
                self.layout.has(group, at - 1)
                for group in ("determiners", "possessives", "adjectives", "of")
            )
        )


def settle_ahead(cast: Cast, heads: list[int], match: Match, entity: Entity) -> None:
    """Give the kin that opens a sentence to whom it names next: "According to his sister, Islom said"."""
    number = bisect_right(heads, match.first) - 1
    sentence = cast.layout.sentence_tokens[number]
    if number < 0 or match.first - sentence.first > _OPENING or entity.relations:
        return
    if cast.layout.lexicon.order.get("cases"):
        return  # the name to come need not stand in the nominative
    for mention in mentions_within(cast, Range(match.last, sentence.last)):
        owner = cast.entities[mention.entity]
        if owner.named and owner.kind is SourceKind.PERSON and not mention.depth:
            said = cast.layout.said(Range(match.first, match.last)).lower()
            entity.name = owned(cast.layout, owner.name, said)
            cast.relate(entity, str(match.entry.info["key"]), owner.id, plural=entity.plural)
            return


def settle_named_kin(cast: Cast) -> None:
    """Make "Odil's son" and a son who is named elsewhere, without whose he is, one where the text has one of each."""
    named: dict[str, list[Entity]] = {}
    nameless: dict[str, list[Entity]] = {}
    for one in cast.entities:
        if one.kind is not SourceKind.PERSON or one.plural or not one.mentions:
            continue
        if one.named and not one.relations:
            for role in one.roles:
                named.setdefault(role, []).append(one)
        elif not one.named and len(one.relations) == 1 and one.relations[0][0] not in _FAR:
            for role in one.roles:
                nameless.setdefault(role, []).append(one)
    for role, kin in nameless.items():
        called = named.get(role, [])
        if len(kin) == len(called) == 1 and kin[0].gender in (None, called[0].gender):
            cast.merge(kin[0], called[0])


def _past_participle(layout: Layout, at: int) -> int:
    """Return the token of a name behind "погибшего", "пропавшего без вести", else `at`."""
    if _participle(layout, at):
        return at + 1
    ends = layout.lexicon.endings.get("genitive_adjective", ("\0",))
    name = at + 3
    phrase = (
        name < len(layout.tokens)
        and layout.tokens[at].low.endswith(ends)
        and layout.has("prepositions", at + 1)
        and layout.tokens[name].capital
    )
    return name if phrase else at


def _upright(layout: Layout, match: Match, name: str) -> bool:
    """Return whether a name behind a man's relation is his own: "позвонил сын Джамшед", not "сын Джамшеда"."""
    ends = layout.lexicon.endings.get("owner")
    said = layout.said(Range(match.first, match.last)).lower()
    man = match.entry.info.get("gender") == "m" and said == match.entry.citation
    return ends is not None and man and name[-1:] not in "еиоуэюы" and not name.endswith(ends)


def _participle(layout: Layout, at: int) -> bool:
    """Return whether a word that describes a name in the genitive stands at token `at`."""
    if at + 1 >= len(layout.tokens) or not layout.tokens[at + 1].capital:
        return False
    ends = layout.lexicon.endings.get("genitive_adjective", ("\0",))
    return layout.tokens[at].low.endswith(ends) and not layout.tokens[at].capital


def plain(layout: Layout, tokens: Range) -> str:
    """Return a description's words, the first in lower case unless it is a name.

    A noun that stands first is put in the nominative where the language has cases.
    """
    text = upright(layout, tokens)
    if layout.has("determiners", tokens.first) or layout.has("possessives", tokens.first):
        return text[0].lower() + text[1:]
    return text
