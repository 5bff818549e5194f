"""Proper names in a text: whose they are, and what they name."""

from collections.abc import Sequence

from guvoh.model.claim import CODE, SourceKind
from guvoh.reading.cast import Cast, Entity, fold_name
from guvoh.reading.layout import Range, is_mark, without_case
from guvoh.reading.names_runs import RunFinder
from guvoh.resolve.nominative import cases_of, is_of_place


class NameFinder(RunFinder):
    """Takes proper names to the cast."""

    def __init__(self, cast: Cast, places: frozenset[int]) -> None:
        super().__init__(cast, places)
        self.headed: tuple[int, Entity] | None = None
        self.guessed = False
        self.owner_end = 0
        self.by_base: dict[str, int] = {}

    def _name(self, first: int, last: int) -> None:
        layout, cast = self.layout, self.cast
        if all(k in self.places for k in range(first, last)):
            return
        first = self._with_nation(first, last)
        text = without_case(layout, Range(first, last))
        sections = {s for k in range(first, last) for s in layout.sections(k)}
        head = (
            self._role_before(first, last)
            or self._headed_before(first)
            or self._headed_beside(first, last)
        )
        if head is not None and (head.kind is SourceKind.GROUP or head.plural):
            head = None
        self.extend_headed(first, last)
        titles = first
        # "General Security Directorate"
        office = last - first > 1 and "organisation" in layout.sections(last - 1)
        parted = next((k for k in range(first + 2, last - 1) if layout.has("of", k)), first)
        office = office or "organisation" in layout.sections(parted - 1)
        seat = any(layout.tokens[k].low == "'s" for k in range(first, last))
        while not (seat or office) and titles < last - 1 and self._title(titles, last):
            titles += 1
        title = layout.said(Range(first, titles)) if titles > first else None
        if title is not None and self._needs_title(first, titles, last):
            titles = first
        bare = self._called(titles, without_case(layout, Range(titles, last)))
        if head is not None and not head.named and len(bare) == 2 and bare.endswith("."):
            bare = f"{head.name[:1].lower()}{head.name[1:]} {bare}"  # "подписчица Л."
        entity = self._known(bare, last - titles)
        self.guessed = False
        if last - first == 1 and self._owns_office(first) and self._is_place(first):
            self.pending_role = None
            return  # "в суде Таджикистана"
        if entity is None and head is None and titles == first and self._sited(first, last):
            self.pending_role = None
            return
        if entity is None:
            kind = self._kind(first, last, sections, head, title)
            firm = title is not None and not (seat or office)  # "Receiver Donovan & Pike"
            named = bare if kind is SourceKind.PERSON or firm else text
            entity = cast.add(named, kind, named=True)
            entity.guessed = self.guessed
            entity.media = "media" in sections or (head is not None and head.media)
            if title is not None and kind is SourceKind.PERSON:
                entity.roles.append(title)
                entity.gender = self._gender_of(first, last)
            # "Trump said" is not what "Trump University" said.
            cast.name(entity, whole=layout.has("named_after", last - 1))
            self.by_base.setdefault(self._base(fold_name(entity.name)), entity.id)
        if head is not None and (head.kind is entity.kind or head.media):
            cast.merge(head, entity)
        entity.call(bare)
        cast.mention(entity, Range(first, last))
        self.pending_role = None

    def _with_nation(self, first: int, last: int) -> int:
        """Return where the name of an office begins with whose it is: "the Cuban Foreign Ministry"."""
        layout = self.layout
        before = next((k for k in (first - 1, first - 2) if k in self.demonyms), None)
        whole = before is not None and self.demonyms[before][0] == first
        office = "organisation" in layout.sections(last - 1) and last - first > 1
        if before is None or not (whole and office) or not layout.lexicon.order.get("bare_content"):
            return first
        return before

    def _calls_somebody(self, last: int) -> bool:
        """Return whether a name that ends before token `last` is one that somebody is called: "… deb atagan"."""
        layout = self.layout
        return (
            bool(layout.lexicon.order.get("verb_last"))
            and last + 1 < len(layout.tokens)
            and layout.has("quotatives", last)
            and layout.has("calls", last + 1)
        )

    def _sited(self, first: int, last: int) -> bool:
        """Return whether a name of which nothing is known stands where a place does: "near Lipovka"."""
        tokens = self.layout.tokens
        owns = last < len(tokens) and tokens[last].low in ("'s", "’s", "'", "’")
        known = any(self.layout.sections(k) for k in range(first, last)) or self._acronym(first)
        street = last - first == 1 and tokens[first].low.endswith(
            self.layout.lexicon.endings.get("street", ("\0",))
        )
        sited = self.layout.has("sited", first - 1)
        sited = sited or (street and self.layout.has("sited_streets", first - 1))
        return first > 0 and sited and not owns and not known

    def _called(self, first: int, name: str) -> str:
        """Return a name in the nominative behind a verb that puts it into another case: "называют Далером"."""
        forms = self.layout.lexicon.order.get("called", ())
        pronoun = first > 1 and (
            self.layout.has("he", first - 1) or self.layout.has("she", first - 1)
        )
        if not forms or first == 0 or not self.layout.has("calls", first - 1 - pronoun):
            return name
        ending = next(((old, new) for old, new in forms if name.endswith(old)), None)
        return name if ending is None else name[: len(name) - len(ending[0])] + ending[1]

    def _title(self, at: int, last: int) -> bool:
        """Return whether a word of a name tells an office: "Ombudsman", "Deputy", "Interior Minister"."""
        layout = self.layout
        if layout.has("titles", at) or layout.has("kin_titles", at):
            return True
        if any(
            m.entry.section == "person" and m.entry.form != "pl" and m.last < last
            for m in layout.matches.get(at, ())
        ):
            return True  # and not "Doctors Across Borders"
        return layout.has("adjectives", at) and at + 2 < last and self._title(at + 1, last)

    def _gender_of(self, first: int, last: int) -> str | None:
        """Return the gender that a title tells: "Spokesman Jules Etoga"."""
        held = ((group, k) for k in range(first, last) for group in ("feminine", "masculine"))
        told = next((group for group, k in held if self.layout.has(group, k)), None)
        return None if told is None else told[0]

    def _needs_title(self, first: int, titles: int, last: int) -> bool:
        """Return whether what stands behind a title names nobody by itself: "Ms D.", "Witness 7", "Sister Agnes"."""
        rest = "".join(token.text for token in self.layout.tokens[titles:last]).rstrip(".")
        return len(rest) == 1 or rest.isdigit() or self.layout.has("kin_titles", first)

    def _role_before(self, first: int, last: int) -> Entity | None:
        """Return the described one that a name directly follows, or follows after a comma."""
        if self.pending_role is None:
            return None
        end, entity = self.pending_role
        if self._of_another(entity, first):
            return None
        if entity.kind is SourceKind.ORGANISATION and (
            self._pointed_at(end - 1) or (end == first and self._apart_in_case(first))
        ):
            return None
        headed = self.headed if self.layout.lexicon.order.get("genitive") else None
        if (
            headed is not None
            and headed[0] == end == first
            and entity.kind is SourceKind.ORGANISATION
            and not headed[1].named
        ):
            return headed[1]  # "директор предприятия Виктор Лубенчук"
        between = [self.layout.tokens[k] for k in range(end, first)]
        if all(is_mark(token) for token in between):
            marked = bool(between) and entity.kind is SourceKind.PERSON
            return None if marked and self.layout.lexicon.order.get("cases") else entity
        naming = self.layout.lexicon.words.get("naming", ())
        if len(between) < 9 and entity.kind is SourceKind.PERSON and not entity.named:
            said = [token for token in between if token.word]
            names = any(self.layout.has("callers", k) for k in range(end, first))
            # "Whom Tidewater Report calls Almaz": who calls may be named.
            if names and said and all(token.low in naming or token.capital for token in said):
                return entity
        if len(between) == 1 and between[0].text == "," and entity.kind is SourceKind.PERSON:
            return None if self._begins_clause(last) else entity
        return None

    def _pointed_at(self, noun: int) -> bool:
        """Return whether a noun needs no name to tell which is meant: "cuenta a este diario Kwesi"."""
        layout = self.layout
        return noun > 0 and (
            layout.has("demonstratives", noun - 1) or layout.has("possessives", noun - 1)
        )

    def _begins_clause(self, last: int) -> bool:
        """Return whether a verb follows a name behind a comma: "In a message to his mother, Azamat says …"."""
        layout = self.layout
        if last >= len(layout.tokens) or not layout.lexicon.order.get("bare_content"):
            return False
        return any(
            match.entry.section == "cues" and match.entry.form in ("past", "pres")
            for match in layout.matches.get(last, ())
        )

    def _apart_in_case(self, first: int) -> bool:
        """Return whether a name is in the nominative and the noun before it can't be: "газете Нина Лаптева"."""
        if self.layout.lexicon.language != "ru":
            return False
        noun, name = (
            {c for _, c in cases_of(self.layout.tokens[k].low)} for k in (first - 1, first)
        )
        ends = self.layout.lexicon.endings.get("name_hearer", ("\0",))
        upright = (
            "nomn" in name and not name & {"gent", "datv"}
            if name
            else not self.layout.tokens[first].low.endswith(ends)
        )
        return bool(noun) and "nomn" not in noun and upright

    def _of_another(self, entity: Entity, first: int) -> bool:
        """Return whether the name behind an office is not its own: "пресс-служба ФСИН", "в суде Иван Орлов"."""
        layout = self.layout
        if not layout.lexicon.order.get("cases"):
            return False
        if entity.kind is not SourceKind.ORGANISATION:
            # "рыбаки Аральска", "уполномоченная по правам человека Таджикистана"
            alone = first + 1 >= len(layout.tokens) or not layout.tokens[first + 1].capital
            return alone and not is_mark(layout.tokens[first - 1]) and self._is_place(first)
        if is_mark(layout.tokens[first - 1]) or not entity.mentions:
            return False
        owner = layout.tokens[first].low.endswith(layout.lexicon.endings.get("owner", ("\0",)))
        if first in self.cast.places or (owner and not entity.media):
            return True  # "в прокуратуре Непала": a name of its own stands in marks
        if any(role in layout.lexicon.words.get("parts_of_offices", ()) for role in entity.roles):
            return True
        begin = entity.mentions[-1].first
        two = first + 1 < len(layout.tokens) and layout.tokens[first + 1].capital
        return bool(two and begin and layout.has("prepositions", begin - 1))

    def _owns_office(self, first: int) -> bool:
        """Return whether a name tells whose the office before it is, a country's or a town's: "суд Таджикистана"."""
        held = self.pending_role
        return held is not None and held[0] == first and self._of_another(held[1], first)

    def _is_place(self, at: int) -> bool:
        """Return whether a name in the genitive is a place's."""
        russian = self.layout.lexicon.language == "ru"
        return at in self.cast.places or (russian and is_of_place(self.layout.tokens[at].low))

    def extend_headed(self, first: int, last: int, *, near: bool = False) -> None:
        """Keep a described person through what he is the head of: "the head of the council, Omarov"."""
        held = self.headed or self.pending_role
        self.headed = None
        least = 0 if near and self.layout.lexicon.order.get("genitive") else 1
        if held is None or held[1].kind is not SourceKind.PERSON:
            return
        if not least <= first - held[0] <= 5:
            return
        between = range(held[0], first)
        linked = any(self.layout.has("np_links", k) for k in between)
        plain = all(
            self.layout.tokens[k].word and not self.layout.has("auxiliaries", k) for k in between
        )
        if plain and (linked or self.layout.lexicon.order.get("genitive")):
            self.headed = (last, held[1])

    def _headed_before(self, first: int) -> Entity | None:
        """Return the described person whose name follows what he is the head of, after a comma."""
        if self.headed is None or self.headed[0] != first - 1:
            return None
        comma = self.layout.tokens[first - 1].text == ","
        return self.headed[1] if comma and not self.headed[1].named else None

    def _headed_beside(self, first: int, last: int) -> Entity | None:
        """Return who is named right behind what he is the head of: "адвокат семей Тимур Саидов сообщил".

        A name in the nominative is his; a woman's looks like a man's genitive, unless her verb follows.
        """
        if self.headed is None or self.headed[0] != first or last - first < 2:
            return None
        oblique = self.layout.tokens[first].low.endswith(
            self.layout.lexicon.endings.get("owner", ("",))
        )
        verb = self.layout.tokens[last].low if last < len(self.layout.tokens) else ""
        hers = verb.endswith(self.layout.lexicon.endings.get("hers", ("\0",)))
        held = self.headed[1]
        return held if not held.named and (hers or not oblique) else None

    def _known(self, text: str, length: int) -> Entity | None:
        """Return the entity of that name, or of which it is the surname, first name or initials."""
        folded = fold_name(text)
        found = self.cast.by_name.get(folded)
        if found is not None:
            return self.cast.entities[found]
        bare = self._base(folded)
        if bare != folded:
            found = self.by_base.get(bare)
        if found is None and bare in self.by_base:
            found = self.by_base[bare]
        if found is not None:
            return self.cast.entities[found]
        if length == 1 and len(text) > 1:
            part = self.cast.by_word.get(folded)
            return None if part is None else self.cast.entities[part]
        words = folded.split()
        after_father = self._after_father(words)
        if after_father is not None:
            return after_father
        if words[-1] in self.layout.lexicon.words.get("named_after", ()):
            return None  # "Trump University" is not Trump in full
        for word in (words[0], words[-1]):
            known = self.cast.by_name.get(word)
            entity = None if known is None else self.cast.entities[known]
            if entity is not None and entity.named and entity.kind is SourceKind.PERSON:
                entity.aliases.append(entity.name)
                entity.name = text
                self.cast.name(entity)
                return entity
        return None

    def _after_father(self, words: Sequence[str]) -> Entity | None:
        """Return the only person of a first name who is called by it and her father's: "Валентина Степановна"."""
        endings = tuple(self.layout.lexicon.endings.get("patronymic", ()))
        if len(words) != 2 or not endings or not words[1].endswith(endings):
            return None
        alike = [
            entity
            for entity in self.cast.entities
            if entity.named
            and entity.kind is SourceKind.PERSON
            and words[0] in (parts := fold_name(entity.name).split())
            and (
                len(parts) == 1 or words[1] in parts or not any(p.endswith(endings) for p in parts)
            )
        ]
        return alike[0] if len(alike) == 1 else None

    def _base(self, folded: str) -> str:
        """Return a folded name without the endings that its language puts to it."""
        endings = self.layout.lexicon.endings.get("name", ())
        if not endings:
            return folded
        bases = []
        for word in folded.split():
            ending = next((e for e in endings if word.endswith(e) and len(word) - len(e) >= 3), "")
            bases.append(word[: len(word) - len(ending)] if ending else word)
        return " ".join(bases)

    def _titles_office(self, last: int) -> bool:
        """Return whether a name stands before what it is: "«Anhor» radiosi", "Eastlight nashri"."""
        tokens = self.layout.tokens
        marked = last < len(tokens) and is_mark(tokens[last])
        if not (marked or self.layout.lexicon.order.get("verb_last")):
            return False
        offices = self.layout.sections(last + marked)
        return any(section in ("organisation", "media") for section in offices)

    def _kind(
        self, first: int, last: int, sections: set[str], head: Entity | None, title: str | None
    ) -> SourceKind:
        layout = self.layout
        if CODE.fullmatch(layout.tokens[first].text) or self._calls_somebody(last):
            return SourceKind.PERSON
        if head is not None and head.kind in (SourceKind.PERSON, SourceKind.ORGANISATION):
            return head.kind
        firm = any(layout.tokens[k].text == "&" for k in range(first, last))
        if title is not None and not firm:
            return SourceKind.PERSON
        if firm or sections & {"organisation", "media"} or self._titles_office(last):
            return SourceKind.ORGANISATION
        if "document" in sections and last - first > 1:
            return SourceKind.DOCUMENT
        nouns = layout.sections(first - 1) if first and not layout.tokens[first - 1].capital else ()
        titled = bool(nouns) and layout.has("office_names", first - 1)
        nouns = () if layout.lexicon.order.get("cases") or self._pointed_at(first - 1) else nouns
        if titled or any(section in ("organisation", "media") for section in nouns):
            return SourceKind.ORGANISATION  # "the group Safe Passage"
        ends = ("office_names", "named_after")
        if last - first > 1 and any(layout.has(group, last - 1) for group in ends):
            return SourceKind.ORGANISATION  # "Border Rights Watch"
        if first and layout.has("definite", first - 1) and not layout.has("that", first - 1):
            return SourceKind.ORGANISATION
        if last - first == 1 and self._acronym(first):
            return SourceKind.ORGANISATION
        self.guessed = True
        inverted = layout.lexicon.order.get("free")  # "dijo Rosaura": behind its cue she speaks
        behind = first > 1 and not layout.tokens[first - 2].word  # "«…», — tells Jasur"
        if (
            first
            and not (inverted or behind)
            and any(
                s.entry.section == "cues" and s.entry.info["class"] == "tell"
                for s in layout.matches.get(first - 1, ())
            )
        ):
            return SourceKind.ORGANISATION
        return SourceKind.PERSON
