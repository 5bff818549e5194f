"""People, groups and organisations of one text: who is mentioned where, and which mentions are one."""

from bisect import bisect_right

from guvoh.model.claim import SourceKind
from guvoh.reading.cast import Cast, Entity, antecedent, fold_name, mentions_before, owned
from guvoh.reading.layout import Layout, Range, is_mark, upright, without_case
from guvoh.reading.lexicon import Match
from guvoh.reading.names import NameFinder

# "His father's friend's lawyer" ends somewhere.
_LONGEST_NAME = 90
_ROLE_SECTIONS = ("person", "group", "organisation", "media", "document", "unnamed", "nationality")
_KINDS = {
    "person": SourceKind.PERSON,
    "group": SourceKind.GROUP,
    "organisation": SourceKind.ORGANISATION,
    "media": SourceKind.ORGANISATION,
    "document": SourceKind.DOCUMENT,
    "unnamed": SourceKind.UNNAMED,
    "nationality": SourceKind.GROUP,
}


# Kin of whom one has many: "друг" alone is not the subject's friend.
_FAR = ("friend", "neighbour", "cellmate", "lawyer", "relative", "cousin", "compatriot")


def find_cast(layout: Layout, places: frozenset[int] = frozenset()) -> Cast:
    """Return the cast of a text; `places` are the tokens known to name a place."""
    cast = Cast(layout, _depths(layout))
    cast.subjects = _subject_starts(layout)
    cast.places = places
    finder = _Finder(cast, places)
    at = 0
    while at < len(layout.tokens):
        # Nobody is mentioned by a small word that no list has.
        plain = not (layout.found[at] or layout.capitals[at] or layout.groups[at])
        at = at + 1 if plain and at not in finder.demonyms else finder.step(at)
    return cast


def _depths(layout: Layout) -> bytearray:
    """Return for each token how many quotations of speech hold it."""
    steps = [0] * (len(layout.tokens) + 2)
    for inner, _, _ in layout.speech.values():
        steps[inner.first] += 1
        steps[inner.last] -= 1
    depths = bytearray(len(layout.tokens) + 1)
    level = 0
    for k in range(len(layout.tokens)):
        level += steps[k]
        depths[k] = min(max(level, 0), 255)
    return depths


def _subject_starts(layout: Layout) -> set[int]:
    """Return the tokens at which the first phrase of a sentence, or of a quotation, begins."""
    starts: set[int] = set()
    heads = [r.first for r in layout.sentence_tokens]
    heads.extend(inner.first for inner, _, _ in layout.speech.values())
    for head in heads:
        k = head
        limit = min(head + 12, len(layout.tokens))
        while k < limit and (not layout.tokens[k].word or is_mark(layout.tokens[k])):
            k += 1
        starts.add(k)
        if k < limit and (
            layout.has("prepositions", k)
            or layout.has("time_words", k)
            or layout.has("coordinators", k)
            or layout.has("subordinators", k)
        ):
            starts.add(k + 1)
            comma = next((j for j in range(k, limit) if layout.tokens[j].text == ","), None)
            if comma is not None:
                starts.add(comma + 1)
    for start in list(starts):
        k = start
        while k < min(start + 4, len(layout.tokens)) and (
            layout.has("determiners", k) or layout.has("possessives", k)
        ):
            k += 1
            starts.add(k)
    return starts


class _Finder(NameFinder):
    """Walks over the tokens once and notes each mention."""

    def __init__(self, cast: Cast, places: frozenset[int]) -> None:
        super().__init__(cast, places)
        self.heads = [tokens.first for tokens in cast.layout.sentence_tokens]

    def step(self, at: int) -> int:
        """Read what begins at token `at` and return where to go on."""
        token = self.layout.tokens[at]
        if not token.word:
            return at + 1
        match = self._noun(at)
        if match is not None and match.entry.section == "kin":
            return self._kin(match)
        if match is not None and self._before_kin(match):
            return match.last
        run = self._name_run(at)
        if (
            run is not None
            and (match is None or run > match.last or self._inside_name(at, run, match))
            and not self._of_region(at, run, match)
        ):
            self._name(at, run)
            return run
        if match is not None:
            return self._role(match)
        if self.layout.has("he", at) or self.layout.has("she", at):
            self._pronoun(at)
        elif at in self.demonyms:
            return self._nationality(at)
        return at + 1

    def _nationality(self, at: int) -> int:
        """Note a people named by itself: "Uzbeks", "Central Asians"; an adjective is none."""
        last, nation = self.demonyms[at]
        tokens = self.layout.tokens
        if (
            last < len(tokens)
            and tokens[last].word
            and not (
                self.layout.has("auxiliaries", last)
                or self.layout.has("prepositions", last)
                or self.layout.has("coordinators", last)
                or self.layout.has("relatives", last)
                or any(s in ("cues", "triggers") for s in self.layout.sections(last))
                or tokens[last].low.endswith(("ed", "'s"))
            )
        ):
            return last
        first = self._left(at)
        name = plain(self.layout, Range(first, last))
        known = self.cast.by_name.get(fold_name(name))
        entity = (
            self.cast.entities[known]
            if known is not None
            else self.cast.add(name, SourceKind.GROUP)
        )
        self.cast.by_name.setdefault(fold_name(name), entity.id)
        single = first < at and tokens[first].low in ("a", "an", "one")
        entity.plural = not single
        if single:
            entity.kind = SourceKind.PERSON
        entity.ethnic = True
        entity.nationality = nation
        self.cast.mention(entity, Range(first, last))
        return last

    def _of_region(self, at: int, run: int, match: Match | None) -> bool:
        """Return whether an office begins a sentence and names its region: "Полиция Волгоградской области"."""
        tokens = self.layout.tokens
        return (
            match is not None
            and bool(self.layout.lexicon.order.get("cases"))
            and at in self.cast.subjects
            and run == match.last + 1
            and run < len(tokens)
            and tokens[run - 1].low.endswith(self.layout.lexicon.endings.get("adjective", ("\0",)))
            and tokens[run].word
            and not tokens[run].capital
        )

    def _before_kin(self, match: Match) -> bool:
        """Return whether a noun is an adjective here: "his elder sister"."""
        last = match.last
        return (
            last < len(self.layout.tokens)
            and self.layout.has("adjectives", match.first)
            and "kin" in self.layout.sections(last)
        )

    def _inside_name(self, at: int, run: int, match: Match) -> bool:
        if not self.layout.tokens[at].capital:
            return False
        starts_sentence = at in self.cast.subjects and run == match.last
        return not starts_sentence or (
            match.entry.section in ("organisation", "media") and run - at > 1
        )

    def _noun(self, at: int) -> Match | None:
        found: Match | None = None
        for match in self.layout.matches.get(at, ()):
            if match.entry.section == "kin":
                return match
            if match.entry.section in _ROLE_SECTIONS and found is None:
                found = match
        return found

    # -------------------------------------------------------------- descriptions

    def _role(self, match: Match) -> int:
        layout, cast = self.layout, self.cast
        section = match.entry.section
        first = self._left(match.first)
        lemma = match.entry.lemma
        plural = match.entry.form == "pl" or section == "group"
        kind = _KINDS[section]
        if section == "person" and plural:
            kind = SourceKind.GROUP
        if self._describes(match) or self._verbal(match):
            return match.last  # "водитель, выживший при атаке"; "il a été libéré"
        named = self._apposed(first, match, kind)
        if named is not None:
            named.roles.append(lemma)
            named.gender = named.gender or _gender(layout, match.first)
            cast.mention(named, Range(first, match.last))
            return match.last
        entity = self._antecedent(first, lemma, kind, plural)
        if entity is None and not plural:
            entity = self._anaphor(first, match)
        if entity is None:
            entity = cast.add(plain(layout, Range(self._owner_first(first), match.last)), kind)
            entity.roles.append(lemma)
            entity.plural = plural
            entity.media = section == "media"
            entity.office = bool(match.entry.info.get("office"))
            entity.gender = _gender(layout, match.first)
        self._mention_owned(entity, first, match.last)
        self.extend_headed(first, match.last, near=True)
        if section in ("person", "organisation", "media", "kin") and not plural:
            self.pending_role = (match.last, entity)
        return match.last

    def _owner_first(self, first: int) -> int:
        """Return where the owner begins of what is described at `first`: "the minister's office"."""
        owner = None
        if first > 1 and self.layout.tokens[first - 1].low in ("'s", "’s"):
            owner = self.cast.covered.get(first - 2)
        return first if owner is None else owner.tokens.first

    def _apposed(self, first: int, match: Match, kind: SourceKind) -> Entity | None:
        """Return who is described behind his name and a comma: "Samira, a student in Bishkek"."""
        layout = self.layout
        single = kind is SourceKind.PERSON and layout.tokens[first].low in layout.lexicon.words.get(
            "indefinite_articles", ()
        )
        if not single or first < 2 or layout.tokens[first - 1].text != ",":
            return None
        mention = self.cast.covered.get(first - 2)
        named = self.cast.at(first - 2)
        if named is None or mention is None or not named.named or named.roles:
            return None
        listed = any(layout.has("joining", k) for k in range(match.last, match.last + 1))
        whole = named.kind is SourceKind.PERSON and mention.tokens.last == first - 1
        return named if whole and not listed else None

    def _describes(self, match: Match) -> bool:
        """Return whether a participle behind a comma only describes the person before it."""
        tokens = self.layout.tokens
        ends = self.layout.lexicon.endings.get("describing", ("\0",))
        at = match.first
        return (
            at > 1
            and match.entry.lemma.endswith(ends)
            and tokens[at - 1].text == ","
            and at - 2 in self.cast.covered
        )

    def _verbal(self, match: Match) -> bool:
        """Return whether a noun that is also a participle stands behind an auxiliary: "a été libéré"."""
        ends = self.layout.lexicon.endings.get("participle", ("\0",))
        at = match.first
        return (
            at > 0
            and match.entry.section == "person"
            and self.layout.tokens[at].low.endswith(ends)
            and (self.layout.has("auxiliaries", at - 1) or self.layout.has("be", at - 1))
        )

    def _mention_owned(self, entity: Entity, first: int, last: int) -> None:
        """Note a mention; where "Anwar's father" begins a clause, the father is its subject."""
        owner = None
        if first and self.layout.tokens[first - 1].low in ("'s", "’s"):
            owner = self.cast.covered.get(first - 2)
        self.cast.mention(entity, Range(first, last))
        if owner is not None and owner.subject:
            owner.subject = False
            self.cast.covered[first].subject = True

    def _anaphor(self, first: int, match: Match) -> Entity | None:
        """Return whom a bare "the man", "мужчина", "la mujer" means: the last of that gender."""
        layout = self.layout
        articles = layout.lexicon.order.get("articles", True)
        bare = first == match.first if not articles else layout.has("definite", first)
        if not bare or match.first - first > 1 or not layout.has("anaphors", match.first):
            return None
        if match.last < len(layout.tokens) and layout.has("of", match.last):
            return None
        wanted = "she" if layout.has("feminine", match.first) else "he"
        found = antecedent(self.cast, first, wanted=wanted)
        return found if found is not None and found.kind is SourceKind.PERSON else None

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
            if self.layout.has("that", k - 1) and k > 1 and self.layout.tokens[k - 2].word:
                break  # "the third time that families …"
            if self.layout.has("determiners", k - 1) or self.layout.has("possessives", k - 1):
                if (
                    k - 2 >= 0
                    and self.layout.has("predeterminers", k - 2)
                    and k - 2 not in self.cast.covered
                ):
                    return k - 2
                joined = self.layout.has("contractions", k - 1)  # "del alcalde", "du syndicat"
                return k if joined else k - 1
            if (
                self.layout.has("prepositions", k - 1)
                or self.layout.has("auxiliaries", k - 1)
                or self.layout.has("coordinators", k - 1)
                or self.layout.has("subordinators", k - 1)
                or self.layout.has("pronouns", k - 1)
                or any(s in ("cues", "triggers") for s in self.layout.sections(k - 1))
                or token.low.endswith("ly")
                or self._predicate(k - 1)
                or self.layout.has("time_words", k - 1)
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

    def _antecedent(self, first: int, lemma: str, kind: SourceKind, plural: bool) -> Entity | None:
        """Return the one that "the activist" means: the last with that role."""
        layout = self.layout
        low = layout.tokens[first].low
        definite = low in layout.lexicon.words.get("definite", ())
        if not definite and kind is not SourceKind.ORGANISATION:
            return None
        if not definite and not layout.tokens[first].capital:
            return None
        for mention in reversed(self.cast.mentions[-80:]):
            entity = self.cast.entities[mention.entity]
            if entity.plural == plural and any(_same_role(lemma, role) for role in entity.roles):
                return entity
            if entity.named and entity.kind is kind and kind is SourceKind.ORGANISATION:
                words = fold_name(entity.name).split()
                if lemma in words or (lemma in ("outlet", "newspaper", "paper") and entity.media):
                    return entity
        return None

    # -------------------------------------------------------------- kin

    def _kin(self, match: Match) -> int:
        """Note "Anwar's father", "his father", "the father of Anwar", "the father"."""
        layout, cast = self.layout, self.cast
        key = str(match.entry.info["key"])
        plural = match.entry.form == "pl"
        lemma = match.entry.lemma
        first = self._left(match.first)
        self.owner_end = 0
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
            if definite:
                entity = self._last_kin(key, plural)
            if entity is None:
                words = plain(layout, Range(first, match.last))
                entity = cast.add(words, SourceKind.GROUP if plural else SourceKind.PERSON)
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
        if k < 0:
            k = match.first
        if layout.has("he", k) or layout.has("she", k):
            return self.antecedent_of(k)
        if layout.has("his_or_her", k):
            return antecedent(cast, k)
        genitive = (
            bool(layout.lexicon.order.get("genitive"))
            and match.last < len(layout.tokens)
            and not match.entry.info.get("apposed")
        )
        named = genitive and (layout.tokens[match.last].capital or _participle(layout, match.last))
        if named or (match.last < len(layout.tokens) and layout.has("of", match.last)):
            j = match.last + (1 if layout.has("of", match.last) else 0)
            while j < len(layout.tokens) and (
                layout.has("determiners", j) or layout.has("possessives", j)
            ):
                j += 1
            if genitive and _participle(layout, j):
                j += 1  # "брат погибшего Далера"
            if j < len(layout.tokens):
                run = self._name_run(j)
                if run is not None:
                    self.owner_end = run
                    return self._known(layout.said(Range(j, run)), run - j) or self._early(j, run)
        return self._described_owner(match) if genitive else self._understood(match)

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

    def _last_kin(self, key: str, plural: bool) -> Entity | None:
        for mention in reversed(self.cast.mentions[-80:]):
            entity = self.cast.entities[mention.entity]
            if entity.plural == plural and any(relation == key for relation, _ in entity.relations):
                return entity
        return None

    # -------------------------------------------------------------- pronouns

    def _pronoun(self, at: int) -> None:
        entity = self.antecedent_of(at)
        if entity is not None:
            self.cast.mention(entity, Range(at, at + 1))
            if entity.gender is None:
                entity.gender = "m" if self.layout.has("he", at) else "f"

    def antecedent_of(self, at: int) -> Entity | None:
        """Return whom a "he", "she", "his", "her" at token `at` means."""
        return antecedent(self.cast, at)


def _participle(layout: Layout, at: int) -> bool:
    """Return whether a word that describes a name in the genitive stands at token `at`."""
    if at + 1 >= len(layout.tokens) or not layout.tokens[at + 1].capital:
        return False
    ends = layout.lexicon.endings.get("genitive_adjective", ("\0",))
    return layout.tokens[at].low.endswith(ends) and not layout.tokens[at].capital


def _same_role(lemma: str, role: str) -> bool:
    """Return whether one role is another in short: "channel" for "telegram channel"."""
    return role == lemma or role.endswith(" " + lemma)


def _gender(layout: Layout, at: int) -> str | None:
    if layout.has("feminine", at):
        return "f"
    return "m" if layout.has("masculine", at) else None


def plain(layout: Layout, tokens: Range) -> str:
    """Return a description's words, the first in lower case unless it is a name.

    A noun that stands first is put in the nominative where the language has cases.
    """
    text = upright(layout, tokens)
    if layout.has("determiners", tokens.first) or layout.has("possessives", tokens.first):
        return text[0].lower() + text[1:]
    return text
