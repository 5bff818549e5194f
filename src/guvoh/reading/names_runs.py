"""Where proper names run in a text: what belongs to one, and what only stands beside it."""

from guvoh.languages.lexicon import LANGUAGES, load
from guvoh.languages.uncapitalised import is_uncapitalised
from guvoh.reading.cast import Cast, Entity, fold_name
from guvoh.reading.layout import Layout, is_mark
from guvoh.reading.places_known import exact_places
from guvoh.resolve.nominative import is_no_name, is_of_place

# Letters from which a word with an adverb's ending is one: "Realmente", and no "Clemente".
_LONG = 9
_LINE = 3  # words of a line that is taken for one in capitals at the least
_LABEL = 3  # figures of the number by which a witness is known
_OUTLETS = frozenset(("media", "organisation"))
_TITLE = 7  # words of a title in marks
_DATELINE = 4  # letters of a place in capitals at the least: "US President" is none


def find_demonyms(layout: Layout) -> dict[int, tuple[int, str]]:
    """Return for each token that begins a demonym the token after it, and the nation or people."""
    code = layout.lexicon.language
    if code not in LANGUAGES:
        return {}
    found: dict[int, tuple[int, str]] = {}
    for tokens, name in layout.phrases(load(code).demonyms):
        if tokens.last > tokens.first:
            found[tokens.first] = (tokens.last, name)
    return found


def _loud_lines(layout: Layout) -> frozenset[int]:
    """Return the tokens of lines all in capitals, a headline's as a rule, in which no name tells itself from a word."""
    found: list[int] = []
    for paragraph in layout.paragraphs:
        tokens = layout.range_of(paragraph)
        words = [token for token in layout.tokens[slice(*tokens)] if token.word]
        if len(words) >= _LINE and all(word.text.isupper() for word in words):
            found += range(*tokens)
    return frozenset(found)


def _script(word: str) -> bool:
    """Return whether a word begins in Cyrillic."""
    return "Ѐ" <= word[:1] <= "ӿ"


class RunFinder:
    """Finds the ends of proper names; `pending_role` is a description just read."""

    def __init__(self, cast: Cast, places: frozenset[int]) -> None:
        self.cast = cast
        self.layout = cast.layout
        self.places = places
        self.pending_role: tuple[int, Entity] | None = None
        self.demonyms = find_demonyms(self.layout)
        self.loud = _loud_lines(self.layout)
        capitals = [(k, token) for k, token in enumerate(self.layout.tokens) if token.capital]
        self.inner_capitals = {
            token.low
            for k, token in capitals
            if k not in cast.subjects and not self.layout.has("not_names", k)
        }
        # "Rustamning" tells that "Rustam" is a name, also where it begins a sentence.
        for ending in self.layout.lexicon.endings.get("genitive", ()):
            self.inner_capitals |= {
                token.low.removesuffix(ending)
                for _, token in capitals
                if token.low.endswith(ending)
            }

    def _title_run(self, at: int) -> int | None:
        """Return the closing mark of a title in marks that begins at `at`: «Сибирскому обозрению»; None for what is none."""
        layout, tokens = self.layout, self.layout.tokens
        opens = at and layout.marks[at - 1] and is_mark(tokens[at - 1]) and layout.capitals[at]
        if not (opens and layout.lexicon.order.get("cases")) or at - 1 in layout.speech:
            return None
        for k in range(at + 1, min(at + _TITLE, len(tokens))):
            if layout.marks[k] and is_mark(tokens[k]):
                return k if k > at + 1 else None
            if "cues" in layout.sections(k) or tokens[k].text in ",:;!?":
                return None
        return None

    def _name_run(self, at: int) -> int | None:
        """Return the token after the proper name that begins at `at`."""
        tokens = self.layout.tokens
        token = tokens[at]
        if self.layout.shouting or not token.capital or at in self.loud:
            return None
        if self.layout.has("not_names", at) and not self._acronym(at) and not self._titled(at):
            return None
        if at in self.demonyms:
            return None
        if self.layout.has("pronouns", at) or self.layout.has("auxiliaries", at):
            return None
        if self._speaks(at) or self.is_town_of_office(at) or self._before_name(at):
            return None
        k = at + 1
        while k < len(tokens) and "\n" not in self.layout.text[tokens[k - 1].end : tokens[k].start]:
            step = self._name_goes_on(at, k)
            if step == 0:
                break
            k += step
        while k > at + 1 and tokens[k - 1].text == "." and not self._initials(k - 2):
            k -= 1
        if k == at + 1 and self.layout.has("openers", at):
            return None
        if k == at + 1 and at in self.cast.subjects and not self._plainly_name(at):
            return None
        return at + 1 if self._hearer_behind(at, k) else k

    def _initials(self, k: int) -> bool:
        """Return whether a full stop behind token `k` belongs to it: "K.", "H.D."."""
        text = self.layout.tokens[k].text
        return len(text) == 1 or (text.isupper() and "." in text)

    def _before_name(self, at: int) -> bool:
        """Return whether a common word opens a sentence before a name: "Вину Жанна …", "Двадцатилетний Ислам …"."""
        tokens = self.layout.tokens
        opens = at in self.cast.subjects and at + 1 < len(tokens) and tokens[at + 1].capital
        if not opens or self.layout.lexicon.language != "ru" or tokens[at].text.isupper():
            return False
        return is_no_name(tokens[at].text) and not is_no_name(tokens[at + 1].text)

    def is_town_of_office(self, at: int) -> bool:
        """Return whether a town stands between somebody's office and name: "энергетик Братска Олег Корнеев"."""
        layout = self.layout
        named = at + 2 < len(layout.tokens) and layout.capitals[at + 1] and layout.capitals[at + 2]
        if not (named and at and layout.capitals[at] and layout.lexicon.language == "ru"):
            return False
        noun = layout.tokens[at - 1].word and not layout.has("prepositions", at - 1)
        return noun and is_of_place(layout.tokens[at].text)

    def _speaks(self, at: int) -> bool:
        """Return whether a verb opens a sentence before who speaks: "Declara Ana Ruiz", "Пишет Иван Орлов"."""
        layout = self.layout
        opens = at in self.cast.subjects and at + 1 < len(layout.tokens)
        if not opens or not layout.lexicon.order.get("free") or not layout.capitals[at + 1]:
            return False
        return any(
            match.entry.section == "cues"
            and match.entry.form in ("past", "pres")
            and match.last == at + 1
            for match in layout.matches.get(at, ())
        )

    def _takes_capital(self, at: int, k: int) -> bool:
        """Return whether the capitalised word at token `k` belongs to the name that began at `at`."""
        tokens = self.layout.tokens
        if self._initial(k):
            return tokens[k - 1].text != "." or len(tokens[k - 2].text) == 1
        if k in self.places and self.layout.lexicon.order.get("verb_last"):
            return False  # "Malika Toshkentga qaytgan"
        if _script(tokens[k].text) != _script(tokens[k - 1].text):
            return False  # "рассказал Санжар Caravan Post"
        if self._datelined(at, k):
            return False  # "WASHINGTON Vera Lind has said"
        if self._placed_before(at, k):
            return False  # "омбудсмен в Кыргызстане Жамиля Джаманбаева"
        if k == at + 1 and self._acronym(at) and self._heads_office(at):
            return False  # "представитель МВД Алмаз Орозалиев"
        return not self.layout.has("not_names", k) or self._acronym(k)

    def _initial(self, k: int) -> bool:
        """Return whether a letter that is a word elsewhere stands for a name at token `k`: "Ернар К."."""
        tokens = self.layout.tokens
        follows = k + 1 < len(tokens) and tokens[k + 1].text == "."
        return follows and len(tokens[k].text) == 1 and tokens[k + 1].start == tokens[k].end

    def _datelined(self, at: int, k: int) -> bool:
        """Return whether the words from `at` to `k` are a place in capitals that opens a sentence."""
        text = self.layout.text[self.layout.tokens[at].start : self.layout.tokens[k - 1].end]
        return (
            at in self.cast.subjects
            and text.isupper()
            and len(text) >= _DATELINE
            and not self.layout.tokens[k].text.isupper()
            and bool(exact_places(text))
        )

    def _placed_before(self, at: int, k: int) -> bool:
        """Return whether the words from `at` to `k` are a place in which somebody has an office, and he follows."""
        inside = all(j in self.places for j in range(at, k)) and k not in self.places
        cases = self.layout.lexicon.order.get("cases") and at > 0
        return bool(cases) and inside and self.layout.has("prepositions", at - 1)

    def _hearer_behind(self, at: int, last: int) -> bool:
        """Return whether the names behind a cue are a speaker and his hearer: "dedi Sanjar Caravan Post'ga"."""
        layout = self.layout
        if not (at and layout.lexicon.order.get("verb_last") and "cues" in layout.sections(at - 1)):
            return False
        end = last + 1 if last < len(layout.tokens) and layout.tokens[last].capital else last
        return end - at > 2 and layout.tokens[end - 1].low.endswith(
            layout.lexicon.endings.get("hearer", ("\0",))
        )

    def _name_goes_on(self, at: int, k: int) -> int:
        """Return how many tokens from `k` the name that began at `at` takes in, 0 where it ends."""
        tokens = self.layout.tokens
        if tokens[k - 1].low.endswith(self.layout.lexicon.endings.get("genitive", ("\0",))):
            return 0
        if tokens[k].capital or self._numbered(at, k):
            return int(self._numbered(at, k) or self._takes_capital(at, k))
        before = tokens[k - 1].text
        if tokens[k].text == "." and before[-1:].isalpha() and len(before) <= 2:
            return 1
        if k + 1 >= len(tokens):
            return 0
        if (
            tokens[k].text == "-"
            and tokens[k + 1].text.isdigit()
            and tokens[k].start == tokens[k - 1].end
        ):
            return 2
        if tokens[k].text in "'’" and before[-1:] == "s" and tokens[k + 1].capital:
            return 2 if self._joins(at, k) else 0  # "Association for Migrants' Dignity"
        if tokens[k].low == "'s" and tokens[k + 1].capital and self._seat(k):
            return 2  # "the Prosecutor General's Office"
        joined = tokens[k].start == tokens[k - 1].end and tokens[k].end == tokens[k + 1].start
        if tokens[k].text == "/" and tokens[k + 1].capital and joined:
            return 2  # "RFE/RL"
        if tokens[k].text == "&" and tokens[k + 1].capital:
            return 2  # "Donovan & Pike"
        if not self.layout.has("inside_names", k):
            return 0
        j = k + 2 if self.layout.has("particles", k + 1) and k + 2 < len(tokens) else k + 1
        owner = j + 2 < len(tokens) and tokens[j + 1].text in "'’" and tokens[j + 2].capital
        plain = (
            self.layout.has("not_names", j)
            and not self.layout.has("determiners", j)
            and not owner  # "Association for Migrants' Dignity"
        )
        joined = tokens[j].capital and not plain and self._joins(at, k)
        return j + 1 - k if joined else 0

    def _numbered(self, at: int, k: int) -> bool:
        """Return whether a number at token `k` tells one from others of a kind: "Witness 7", "Channel Nine"."""
        layout, token = self.layout, self.layout.tokens[k]
        if not layout.lexicon.order.get("bare_content") or k != at + 1:
            return False
        if token.text.isdigit():
            label = layout.has("speakers", at) or "person" in layout.sections(at)
            return label and len(token.text) <= _LABEL
        number = layout.has("numerals", k) or layout.has("quantifiers", k)
        return token.capital and number and bool(_OUTLETS.intersection(layout.sections(at)))

    def _heads_office(self, at: int) -> bool:
        """Return whether a person's description ends before an office's name, in a language of cases."""
        person = self.pending_role is not None and self.pending_role[0] == at
        return person and bool(self.layout.lexicon.order.get("genitive"))

    def _seat(self, k: int) -> bool:
        """Return whether an office follows the "'s" at token `k` and a title stands before it."""
        office = any(
            "organisation" in self.layout.sections(j)
            for j in range(k + 1, k + 3)
            if self.layout.capitals[j]
        )
        return office and (
            self._acronym(k - 1)
            or self.layout.has("titles", k - 1)
            or "person" in self.layout.sections(k - 1)
        )

    def _titled(self, at: int) -> bool:
        """Return whether a capitalised article inside a sentence begins a title: "El Faro"."""
        tokens = self.layout.tokens
        return (
            self.layout.has("determiners", at)
            and at not in self.cast.subjects
            and at > 0
            and (tokens[at - 1].word or is_mark(tokens[at - 1]))
            and at + 1 < len(tokens)
            and tokens[at + 1].capital
            and not self.layout.has("not_names", at + 1)
        )

    def _plainly_name(self, at: int) -> bool:
        """Return whether a single capitalised word that begins a sentence is a name."""
        tokens = self.layout.tokens
        low = tokens[at].low
        if low in self.inner_capitals or fold_name(low) in self.cast.by_name:
            return True
        owners = self.layout.lexicon.endings.get("genitive", ("\0",))
        told = at + 1 < len(tokens) and "cues" in self.layout.sections(at + 1)
        if told and low.endswith(owners) and not self.layout.matches.get(at):
            return True  # "Farruxning aytishicha"
        if self.layout.has("numerals", at) or (self._ordinary(at) and not self._acronym(at)):
            return False
        if at + 1 >= len(tokens):
            return True
        following = tokens[at + 1]
        bare = not self.layout.lexicon.order.get("articles", True)
        if bare and "kin" in self.layout.sections(at + 1):
            return True  # "Daler onasining …"
        if not following.capital and self._noun_follows(at + 1):
            return False  # "Payroll records", "Border officials"
        they = self.layout.lexicon.endings.get("they", ("\0",))
        many = low.endswith(self.layout.lexicon.endings.get("many", ("\0",)))
        if many and following.low.endswith(they) and self.layout.matches.get(at + 1):
            return False  # "Телефоны велели бросить": one name is no subject of a plural
        language = self.layout.lexicon.language
        if language == "ru" and is_no_name(tokens[at].text):
            return False
        if language == "en" and low.endswith("s") and is_uncapitalised(low):
            return False  # "Readers will remember", "Items are unverified"
        adjective = self.layout.lexicon.endings.get("adjective", ())
        if adjective and low.endswith(adjective) and following.word and not following.capital:
            return False  # "Общее число"
        return (
            following.low in ("'s", "’s")
            or following.text in ",(:"
            or self.layout.has("auxiliaries", at + 1)
            or self.layout.has("coordinators", at + 1)
            or any(section in ("cues", "triggers") for section in self.layout.sections(at + 1))
            or following.low.endswith(self.layout.lexicon.endings.get("finite", ("\0",)))
            or self.layout.has("cue_adverbs", at + 1)
            or self.layout.has("past_forms", at + 1)
            or (self.layout.has("time_modifiers", at + 1) and self.layout.has("past_forms", at + 2))
            or not self.layout.lexicon.branches
        )

    def _noun_follows(self, at: int) -> bool:
        return any(
            match.entry.section in ("person", "group", "document") and match.entry.form != "sg"
            for match in self.layout.matches.get(at, ())
        )

    def _joins(self, at: int, link: int) -> bool:
        """Return whether "of", "for", "and" holds a name together: only an organisation's."""
        if self.layout.has("particles", link):
            return True
        if self.layout.tokens[link].low == "and":
            return False
        if self.layout.has("joining", link) and at and not self.layout.matches.get(at - 1):
            return False
        if at and self.layout.has("outfits", at - 1):
            return True  # "the group Right of Way"
        return any(
            match.entry.section in ("organisation", "media", "document")
            for k in range(max(at - 1, 0), link)
            for match in self.layout.matches.get(k, ())
        )

    def _acronym(self, at: int) -> bool:
        text = self.layout.tokens[at].text
        return text.isupper() and sum(map(str.isalpha, text)) >= 2  # the "C’" of "C’est" has one

    def _ordinary(self, at: int) -> bool:
        """Return whether a word that begins a sentence is a word of the lexicon and no name."""
        low = self.layout.tokens[at].low
        adverb = self.layout.lexicon.endings.get("adverb", ("\0",))
        return (
            bool(self.layout.matches.get(at))
            or self.layout.has("adjectives", at)
            or low.endswith(("ing", "ly", "ed"))
            or (len(low) >= _LONG and low.endswith(adverb))
        )
