"""People, groups and organisations of one text: who is mentioned where, and which mentions are one."""

from guvoh.model.claim import SourceKind
from guvoh.reading.cast import Cast, Entity, antecedent, doubtful, fold_name
from guvoh.reading.kin import KinFinder, plain, settle_ahead, settle_named_kin
from guvoh.reading.layout import Layout, Range, is_mark
from guvoh.reading.lexicon import Match
from guvoh.reading.meant import POSSESSIVE

_SPOKEN = 20  # mentions back to a source of whom "собеседник" tells more
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


def find_cast(
    layout: Layout,
    places: frozenset[int] = frozenset(),
    signed: frozenset[int] = frozenset(),
) -> Cast:
    """Return the cast of a text.

    `places` are the tokens known to name a place, `signed` those of bylines, whom no pronoun means.
    """
    cast = Cast(layout, _depths(layout), signed=signed)
    cast.subjects = _subject_starts(layout)
    cast.places = places
    finder = _Finder(cast, places)
    at = 0
    for k in finder.mentionable():
        if k >= at:
            at = finder.step(k)
    for match, entity in finder.ahead:
        settle_ahead(cast, finder.heads, match, entity)
    settle_named_kin(cast)
    return cast


def _depths(layout: Layout) -> bytearray:
    """Return for each token how many quotations of speech hold it."""
    depths = bytearray(len(layout.tokens) + 1)
    if not layout.speech:
        return depths
    edges = [(inner.first, 1) for inner, _, _ in layout.speech.values()]
    edges += [(inner.last, -1) for inner, _, _ in layout.speech.values()]
    level = at = 0
    for edge, step in sorted(edges):
        depths[at:edge] = bytes([min(level, 255)]) * (edge - at)
        level, at = level + step, edge
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


class _Finder(KinFinder):
    """Walks over the tokens once and notes each mention."""

    def mentionable(self) -> list[int]:
        """Return the tokens at which somebody can be mentioned: a capital, a noun, a pronoun or a nation."""
        layout = self.layout
        return [
            k
            for k, (capital, found, groups) in enumerate(
                zip(layout.capitals, layout.found, layout.groups, strict=True)
            )
            if capital or found or "he" in groups or "she" in groups or k in self.demonyms
        ]

    def step(self, at: int) -> int:
        """Read what begins at token `at` and return where to go on."""
        token = self.layout.tokens[at]
        if not token.word:
            return at + 1
        match = self._noun(at)
        if match is not None and match.entry.section == "kin":
            return match.last if self._of_time(at) else self._kin(match)
        if match is not None and (self._before_kin(match) or self._of_town(match)):
            return match.last if self._before_kin(match) else self._office_of_place(match)
        titled = self._title_run(at)
        if titled is not None:
            self._name(at, titled)
            return titled
        run = self._name_run(at)
        place = None if run is None else self._past_place(at, run, match)
        if place is not None:
            return place
        if match is not None and run is not None and self._heads_place(match, run):
            return self._office_of_place(match)
        if match is not None and self._apart(at, run):
            run = None
        if (
            run is not None
            and (match is None or run > match.last or self._inside_name(at, run, match))
            and not self._of_region(at, run, match)
        ):
            if self._calls_somebody(run):
                self.pending_role = None
            self._name(at, run)
            return run
        return self._role(match) if match is not None else self._other(at)

    def _other(self, at: int) -> int:
        """Note a pronoun or a nation and return the token after it."""
        if self.layout.has("he", at) or self.layout.has("she", at):
            self._pronoun(at)
        elif at in self.demonyms:
            return self._nationality(at)
        return at + 1

    def _kin_title(self, match: Match) -> bool:
        """Return whether a word for kin is the title of a nun or a monk: "Sister Agnes said"."""
        at, tokens = match.first, self.layout.tokens
        named = match.last < len(tokens) and self.layout.capitals[match.last]
        owned = at and (self.layout.has("possessives", at - 1) or tokens[at - 1].low in POSSESSIVE)
        titled = named and self.layout.capitals[at] and self.layout.has("kin_titles", at)
        return titled and not owned and not self.layout.has("not_names", match.last)

    def _past_place(self, at: int, run: int, match: Match | None) -> int | None:
        """Return the token after a name that is a place, though no gazetteer has it; None where it can be somebody.

        "житель Намангана", "the Barents coast", "the sea of Barents".
        """
        layout = self.layout
        if at and layout.has("dwellers", at - 1):
            return at + 1
        before = at > 1 and layout.has("of", at - 1) and layout.has("landforms", at - 2)
        land = before or (layout.has("landforms", run) and not layout.capitals[run])
        return run if land and match is None else None

    def _heads_place(self, match: Match, run: int) -> bool:
        """Return whether an office is that of a place: "мэр Самарканда", "мэр Москвы Сергей Собянин"."""
        layout = self.layout
        after = run - match.last
        place = after in (1, 3) and layout.has("heads_of", match.first)
        return place and layout.tokens[match.last].low.endswith(
            layout.lexicon.endings.get("owner", ("\0",))
        )

    def _of_town(self, match: Match) -> bool:
        """Return whether a town stands between somebody's office and name: "энергетик Братска Олег Корнеев"."""
        layout, last = self.layout, match.last
        person = match.entry.section == "person"
        return person and last < len(layout.tokens) and self.is_town_of_office(last)

    def _office_of_place(self, match: Match) -> int:
        """Note an office and return the token after its place, behind which its holder may be named."""
        self._role(match)
        if self.pending_role is not None:
            self.pending_role = (match.last + 1, self.pending_role[1])
        return match.last + 1

    def _apart(self, at: int, run: int | None) -> bool:
        """Return whether a noun and the name behind it are two: "Nashr Zarina deb atagan ayol", "Житель Оша"."""
        return self.layout.has("dwellers", at) or (run is not None and self._calls_somebody(run))

    def _of_time(self, at: int) -> bool:
        """Return whether a word for kin is one for a time here: "aprel oyida" is no mother."""
        return (
            at > 0 and self.layout.has("time_words", at) and self.layout.has("time_words", at - 1)
        )

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
                return None if self._kin_title(match) else match
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
        counted = match.first > 0 and layout.has("cardinals", match.first - 1)
        plural = plural or (counted and section == "person")
        if section == "person" and plural:
            kind = SourceKind.GROUP
        if first == match.first == match.last - 1 and layout.has("no_speakers", first):
            return match.last  # "Personne ne leur avait demandé leur avis"
        if self._describes(match) or self._verbal(match) or self._capacity(first):
            return match.last  # "водитель, выживший при атаке"; "il a été libéré"
        named = self._apposed(first, match, kind)
        if named is not None:
            named.roles.append(lemma)
            named.gender = named.gender or _gender(layout, match.first)
            cast.mention(named, Range(first, match.last))
            return match.last
        if layout.has("newsmen", match.first) and layout.has("nearby", first):
            return match.last  # "this reporter" tells, and is told of by nobody
        entity = self._antecedent(first, lemma, kind, plural) or self._outlet_meant(first, match)
        if entity is None and not plural and section == "person" and first == match.first:
            entity = self.same_again(match)
        if entity is None and not plural:
            entity = self._anaphor(first, match)
        if entity is None:
            entity = cast.add(plain(layout, Range(self._owner_first(first), match.last)), kind)
            entity.roles.append(lemma)
            entity.plural = plural
            entity.media = section == "media"
            entity.office = bool(match.entry.info.get("office"))
            entity.gender = _gender(layout, match.first)
            entity.neutral = not plural and layout.has("neutral", match.last - 1)
        self._mention_owned(entity, first, match.last)
        self.extend_headed(first, match.last, near=True)
        if section in ("person", "organisation", "media", "kin") and not plural:
            self.pending_role = (match.last, entity)
        return match.last

    def _owner_first(self, first: int) -> int:
        """Return where the owner begins of what is described at `first`: "the minister's office"."""
        owner = None
        if first > 1 and self.layout.tokens[first - 1].low in ("'s", "’s", "'", "’"):
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
        if named is None or mention is None or not named.named:
            return None
        if self._found(mention.tokens.first):
            return None  # "In a letter seen by Tidewater, a man writes"
        closed = match.last < len(layout.tokens) and layout.tokens[match.last].text == ","
        alone = closed and not layout.has("coordinators", match.last + 1)
        if named.roles and not alone:
            return None  # "a consul, Karim, a guard and a cook"
        listed = any(layout.has("joining", k) for k in range(match.last, match.last + 1))
        whole = named.kind is SourceKind.PERSON and mention.tokens.last == first - 1
        return named if whole and not listed else None

    def _found(self, name: int) -> bool:
        """Return whether a name is that of who has seen a document: "obtained by Tidewater"."""
        layout = self.layout
        seen = any(cue.entry.info["class"] == "seen" for cue in layout.cues[name - 2])
        return name > 1 and layout.has("by", name - 1) and (seen or layout.has("heard", name - 2))

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

    def _capacity(self, first: int) -> bool:
        """Return whether a description only tells what somebody is: "work as a taxi driver", "who is a nurse"."""
        layout = self.layout
        indefinite = layout.lexicon.words.get("indefinite_articles", ())
        if first and layout.has("works_as", first - 1):
            return True  # "работал таксистом"
        bare = layout.lexicon.order.get("objects_first") and layout.lexicon.order.get(
            "articles", True
        )
        if first and bare and layout.has("as", first - 1) and not layout.has("determiners", first):
            return True  # "travailler comme chauffeur"
        if first < 2:
            return False
        if bool(layout.lexicon.order.get("bare_content")) and self._singled_out(first):
            return True  # "was the last person to speak to him"
        if layout.tokens[first].low not in indefinite:
            return False
        if layout.has("as", first - 1):
            return True
        is_ = layout.has("be", first - 1) and layout.has("relatives", first - 2)
        return is_ and not layout.has("that", first - 2)

    def _singled_out(self, first: int) -> bool:
        """Return whether a description only tells more of a subject: "is the only witness", "was the last person"."""
        layout = self.layout
        k = first - 1 if layout.has("definite", first) else first
        while k > 1 and layout.has("singling", k - 1 if k == first else k):
            k -= 1
        singled = any(layout.has("singling", j) for j in (first, first + 1, first - 1))
        while k > 1 and layout.has("definite", k):
            k -= 1
        at = k if not layout.has("definite", k) else k - 1
        return singled and any(layout.has("be", j) for j in (at, at - 1))

    def _verbal(self, match: Match) -> bool:
        """Return whether a noun that is also a participle stands behind an auxiliary: "a été libéré"."""
        ends = self.layout.lexicon.endings.get("participle", ("\0",))
        at = match.first
        return (
            at > 0
            and match.entry.section == "person"
            and self.layout.tokens[at].low.endswith(ends)
            and any(self.layout.has(group, at - 1) for group in ("auxiliaries", "be", "clitics"))
        )

    def _anaphor(self, first: int, match: Match) -> Entity | None:
        """Return whom a bare "the man", "мужчина", "la mujer" means: the last of that gender."""
        layout = self.layout
        articles = layout.lexicon.order.get("articles", True)
        bare = first == match.first if not articles else layout.has("definite", first)
        if not bare or match.first - first > 1 or not self._is(match, "anaphors"):
            return None
        behind = match.last
        if behind < len(layout.tokens) and (
            layout.tokens[behind].low in POSSESSIVE
            or any(layout.has(group, behind) for group in ("of", "relatives", "prepositions"))
        ):
            return None  # "the man who sold them", "the woman in the shop", "the man's father"
        if self._is(match, "informers"):
            return self._informer(first)
        wanted = "she" if layout.has("feminine", match.first) else "he"
        found = antecedent(self.cast, first, wanted=wanted)
        if found is None or found.kind is not SourceKind.PERSON:
            return None
        return self._owner_meant(found) or found

    def _owner_meant(self, kin: Entity) -> Entity | None:
        """Return whose kin only a name was told of last: "изменено имя его сына. По словам мужчины" is the father."""
        layout = self.layout
        if not kin.mentions or kin.named:
            return None
        at = kin.mentions[-1].first - 1
        at -= layout.has("possessives", at)
        if layout.tokens[at].low not in layout.lexicon.words.get("name_nouns", ()):
            return None
        owners = (self.cast.entities[other] for _, other in kin.relations)
        return next(
            (one for one in owners if one.kind is SourceKind.PERSON and one.gender != "f"), None
        )

    def _is(self, match: Match, group: str) -> bool:
        """Return whether a noun is one of the words `group`, in whatever case it stands."""
        words = self.layout.lexicon.words.get(group, ())
        return self.layout.has(group, match.first) or match.entry.citation in words

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
            outfit = definite and lemma in layout.lexicon.words.get("outfits", ())
            if (
                outfit
                and entity.named
                and entity.kind is SourceKind.ORGANISATION
                and not entity.media
            ):
                return entity
        return None

    def _outlet_meant(self, first: int, match: Match) -> Entity | None:
        """Return the named outlet that "газета", "изданию" means where a language has no article to say so."""
        layout = self.layout
        if match.entry.section != "media" or match.entry.form == "pl":
            return None
        if layout.lexicon.order.get("articles", True) or first < match.first:
            return None
        if first and not {"person", "kin"}.isdisjoint(layout.sections(first - 1)):
            return None  # "собеседник издания"
        if match.last < len(layout.tokens) and (
            (layout.tokens[match.last].capital and not self._apart_in_case(match.last))
            or is_mark(layout.tokens[match.last])
        ):
            return None
        lemma = match.entry.lemma
        any_outlet = self._is(match, "outlets")
        for mention in reversed(self.cast.mentions[-80:]):
            entity = self.cast.entities[mention.entity]
            if entity.media and entity.named:
                same = any(_same_role(lemma, role) for role in entity.roles)
                return entity if same or any_outlet or not entity.roles else None
        return None

    def _informer(self, first: int) -> Entity | None:
        """Return whom "собеседник издания" means: the source that an outlet was said to have."""
        for mention in reversed(self.cast.mentions[-_SPOKEN:]):
            entity = self.cast.entities[mention.entity]
            if entity.kind is SourceKind.UNNAMED and not entity.plural:
                return entity
        found = antecedent(self.cast, first, wanted="he")
        return found if found is not None and found.kind is SourceKind.PERSON else None

    # -------------------------------------------------------------- pronouns

    def _pronoun(self, at: int) -> None:
        entity = self.antecedent_of(at)
        if entity is not None:
            self.cast.mention(entity, Range(at, at + 1))
            male = self.layout.has("he", at)
            if entity.gender is None and not (male and doubtful(self.layout, entity, "he")):
                entity.gender = "m" if male else "f"


def _same_role(lemma: str, role: str) -> bool:
    """Return whether one role is another in short: "channel" for "telegram channel"."""
    return role == lemma or role.endswith((" " + lemma, "-" + lemma))


def _gender(layout: Layout, at: int) -> str | None:
    if layout.has("feminine", at):
        return "f"
    return "m" if layout.has("masculine", at) else None
