"""A level of a unit as items: words, and quotations taken whole; what kinds of item they are."""

from bisect import bisect_left
from collections.abc import Callable
from operator import itemgetter
from typing import NamedTuple, TypeVar

from guvoh.reading.layout import NOUN_SECTIONS, Layout, Range, is_mark
from guvoh.reading.lexicon import Match
from guvoh.resolve.nominative import cases_of

T = TypeVar("T")


class Item(NamedTuple):
    """One token, or a whole quotation of speech, as seen from the level outside it."""

    first: int
    last: int
    quoted: bool


class Phrase(NamedTuple):
    """A noun phrase: `head` are the tokens of the phrase itself, `whole` with what describes it.

    `elided` marks a speaker that the words leave out ("… and said"), who is that of the cue before.
    """

    head: Range
    whole: Range
    elided: bool = False
    plural: bool = False


# Blanks behind the last item: an index a little outside, before the first as well, finds one.
_BLANKS = 64


def _picker(items: tuple[Item, ...], *, parted: bool) -> Callable[[tuple[T, ...]], tuple[T, ...]]:
    """Return what takes the entries of items out of a layout's list, whose last entry is blank, and blanks behind them.

    `parted` says that a quotation, of which the entry is a blank, is among the items.
    """
    if parted or not items or items[-1].last - items[0].first != len(items):
        tokens = [-1 if item.quoted else item.first for item in items]
        return itemgetter(*tokens, *(-1,) * _BLANKS)
    whole = slice(items[0].first, items[-1].last)
    return lambda column: column[whole] + column[-1:] * _BLANKS


class Clause:
    """Items of one level of a unit; outside of them and for a quotation a question has no answer.

    `spoken` is True where the items lie inside quotation marks or in a turn.
    """

    __slots__ = (
        "_capitals",
        "_cued",
        "_cues",
        "_groups",
        "_lows",
        "_marks",
        "_matches",
        "_quotes",
        "items",
        "layout",
        "spoken",
    )

    def __init__(self, layout: Layout, items: tuple[Item, ...], *, spoken: bool = False) -> None:
        self.layout = layout
        self.items = items
        self.spoken = spoken
        self._quotes = frozenset([k for k, item in enumerate(items) if item.quoted])
        pick = _picker(items, parted=bool(self._quotes))
        self._lows: tuple[str, ...] = pick(layout.lows)
        self._groups: tuple[frozenset[str], ...] = pick(layout.groups)
        self._capitals: tuple[bool, ...] = pick(layout.capitals)
        self._marks: tuple[bool, ...] = pick(layout.marks)
        self._matches: tuple[tuple[Match, ...], ...] = pick(layout.found)
        self._cues: tuple[tuple[Match, ...], ...] = pick(layout.cues)
        self._cued = [k for k, cues in enumerate(self._cues) if cues]

    def token(self, k: int) -> int:
        """Return the first token of item `k`."""
        return self.items[k].first

    def low(self, k: int) -> str:
        """Return the lower-case form of item `k`, empty for a quotation or outside."""
        return self._lows[k]

    def where(self, low: str, first: int, last: int) -> list[int]:
        """Return the items `first` to `last` (exclusive) whose lower-case form is `low`."""
        lows = self._lows
        return [k for k in range(first, min(last, len(self.items))) if lows[k] == low]

    def lows(self, first: int, last: int) -> tuple[str, ...]:
        """Return the lower-case forms of the items `first` to `last` (exclusive), as `low` has them."""
        return self._lows[first : min(last, len(self.items))]

    def is_(self, group: str, k: int) -> bool:
        """Return whether item `k` is one of the words `group`."""
        return group in self._groups[k]

    def groups(self, k: int) -> frozenset[str]:
        """Return the groups of words that item `k` is one of."""
        return self._groups[k]

    def those(self, group: str, first: int, last: int) -> list[int]:
        """Return those of the items `first` to `last` (exclusive) that are one of the words `group`."""
        return [k for k, groups in enumerate(self._groups[first:last], first) if group in groups]

    def quoted(self, k: int) -> bool:
        """Return whether item `k` is a quotation of speech."""
        return k in self._quotes

    def quotations(self, first: int, last: int) -> list[int]:
        """Return the quotations of speech among the items `first` to `last` (exclusive)."""
        return sorted([k for k in self._quotes if first <= k < last])

    def punctuation(self, k: int) -> bool:
        """Return whether item `k` is a mark and not a word."""
        return self._marks[k]

    def capital(self, k: int) -> bool:
        """Return whether item `k` is a capitalised word."""
        return self._capitals[k]

    def matches(self, k: int) -> tuple[Match, ...]:
        """Return the lexicon matches that begin at item `k`."""
        return self._matches[k]

    def noun(self, k: int) -> Match | None:
        """Return the longest noun of the lexicon at item `k`."""
        for match in self.matches(k):
            if match.entry.section in NOUN_SECTIONS:
                return match
        return None

    def cue(self, k: int, *classes: str) -> Match | None:
        """Return the first cue of one of the classes at item `k`; a name is none."""
        for match in self.any_cues(k):
            if match.entry.info["class"] in classes:
                return match
        return None

    def has_cue(self, k: int) -> bool:
        """Return whether a word of item `k` can be a cue, or a name that looks like one."""
        return bool(self._cues[k])

    def cued(self, first: int, last: int) -> list[int]:
        """Return those of the items `first` to `last` (exclusive) of which `has_cue` is true."""
        return self._cued[bisect_left(self._cued, first) : bisect_left(self._cued, last)]

    def any_cues(self, k: int) -> tuple[Match, ...]:
        """Return the cues of all classes at item `k`; a name is none."""
        cues = self._cues[k]
        if cues and k and self._capitals[k] and not (self._marks[k - 1] or self.quoted(k - 1)):
            return ()
        return tuple(cue for cue in cues if not self.noun_form(k, cue)) if cues else cues

    def noun_form(self, k: int, cue: Match) -> bool:
        """Return whether an article makes a verb's base or -s form at item `k` a noun: "the *rules* it set"."""
        bare = self.layout.lexicon.order.get("bare_content")
        nounlike = cue.entry.form in ("base", "pres")
        if not nounlike or not bare or k < 1:
            return False
        headed = self.is_("by", k - 2) and not (_plural_ends(self, k) or self.capital(k - 1))
        headed = headed and cue.entry.form == "base" and not self.is_("that", k + 1)
        return self.is_("articles", k - 1) or headed  # "by court order"

    def cues(self, k: int, *classes: str) -> list[Match]:
        """Return the cues of the classes at item `k`, one for each class; a name is none."""
        found: dict[str, Match] = {}
        for match in self.any_cues(k):
            if match.entry.info["class"] in classes:
                found.setdefault(match.entry.info["class"], match)
        return list(found.values())

    def range(self, first: int, last: int) -> Range:
        """Return the tokens of the items `first` to `last` (exclusive)."""
        return Range(self.items[first].first, self.items[last - 1].last)

    def is_name(self, k: int) -> bool:
        """Return whether item `k` looks like part of a proper name."""
        if not self.capital(k):
            return False
        if not self.is_("not_names", k):
            return True
        return (
            self.is_("determiners", k)
            and k > 0
            and not self.punctuation(k - 1)
            and self.capital(k + 1)
        )


def infinitive(clause: Clause, k: int) -> bool:
    """Return whether item `k` looks like an infinitive of the language."""
    low = clause.low(k)
    ends = clause.layout.lexicon.endings.get("infinitive", ())
    if len(low) < 3 or not ends or not low.endswith(ends):
        return False
    other = clause.is_("determiners", k) or clause.is_("not_infinitives", k)
    return not clause.capital(k) and clause.noun(k) is None and not other


def unfinished(clause: Clause, cue: Match) -> bool:
    """Return whether a cue is an infinitive, in a language that tells it from a finite verb by its ending."""
    return cue.entry.form == "base" and bool(clause.layout.lexicon.endings.get("infinitive"))


def oblique(clause: Clause, first: int, last: int) -> bool:
    """Return whether the first noun of the items stands in a case in which it can't be a subject."""
    if not clause.layout.lexicon.order.get("cases"):
        return False
    upright = clause.layout.lexicon.endings.get("nominative", ())
    for k in range(first, min(last, first + 4)):
        if clause.is_("determiners", k) or clause.punctuation(k) or clause.low(k).isdigit():
            return False
        if clause.is_("cardinals", k) or clause.is_("shares", k):
            return False  # "двадцать шесть женщин", "более половины заявителей"
        found = [m for m in clause.matches(k) if m.entry.section in NOUN_SECTIONS]
        if not found and only_subject(clause, k):
            return False  # "сотрудница приюта"
        if found:
            words = " ".join(
                clause.layout.tokens[j].low for j in range(found[0].first, found[0].last)
            )
            heads = (words, clause.low(k))  # "уполномоченная по правам человека"
            return not any(head.endswith(upright) for head in heads) and all(
                words != match.entry.citation for match in found if match.last == found[0].last
            )
    return False


_SUBJECT = frozenset(("nomn", "voct"))


def only_subject(clause: Clause, k: int) -> bool:
    """Return whether a Russian word can only be a subject, also one that no list has: "хозяйка", "бывшая"."""
    read = cases_of(clause.low(k)) if clause.layout.lexicon.language == "ru" else ()
    return bool(read) and all(case in _SUBJECT for _, case in read)


_SINGLES: list[Item] = []  # the item of each token alone, in order, made once for all texts
_KEPT = 1 << 16


def _singles(first: int, last: int) -> list[Item]:
    """Return the tokens of a range as one item each."""
    if last > _KEPT:
        return [Item(k, k + 1, False) for k in range(first, last)]
    if len(_SINGLES) < last:
        _SINGLES.extend([Item(k, k + 1, False) for k in range(len(_SINGLES), last)])
    return _SINGLES[first:last]


def clause_of(
    layout: Layout, tokens: Range, inside: int | None = None, *, turn: bool = False
) -> Clause:
    """Return the clause of a token range; `inside` is the quotation, `turn` whether it is a turn, that holds it."""
    items: list[Item] = []
    at = tokens.first
    opened = layout.speech_starts
    for start in opened[bisect_left(opened, at) : bisect_left(opened, tokens.last)]:
        end = layout.speech[start][1]
        if start < at or start == inside or end > tokens.last:
            continue
        items += _singles(at, start)
        items.append(Item(start, end, True))
        at = end
    items += _singles(at, tokens.last)
    return Clause(layout, tuple(items), spoken=turn or inside is not None)


def item_of(clause: Clause, token: int) -> int:
    """Return the item that begins at or after a token."""
    items = clause.items
    low, high = 0, len(items)
    while low < high:
        middle = (low + high) // 2
        if items[middle].first < token:
            low = middle + 1
        else:
            high = middle
    return low


def item_at(clause: Clause, token: int, least: int) -> int:
    """Return the item that begins at or after a token, `least` at the least."""
    return max(item_of(clause, token), least)


_STARTING = frozenset(("determiners", "possessives", "pronouns", "subject_contractions"))


def starts_phrase(clause: Clause, k: int) -> bool:
    """Return whether a noun phrase can begin at item `k`."""
    return (
        not clause.groups(k).isdisjoint(_STARTING)
        or clause.is_name(k)
        or clause.noun(k) is not None
        or clause.low(k).isdigit()
    )


def verbish(clause: Clause, k: int) -> bool:
    """Return whether item `k` looks like a finite verb."""
    if clause.is_("auxiliaries", k):
        return not (clause.capital(k) and clause.is_("time_words", k))  # "in May"
    for match in clause.matches(k):
        if match.entry.section == "triggers" or (
            match.entry.section == "cues"
            and match.entry.info["class"] in ("say", "tell", "think", "want", "ask", "hear", "show")
            and match.entry.form != "ing"
        ):
            if match.entry.form == "base" and not plural_before(clause, k):
                continue
            return clause.noun(k) is None
    low = clause.low(k)
    endings = clause.layout.lexicon.endings.get("finite", ())
    return (
        len(low) > 4
        and low.endswith(endings)
        and not clause.capital(k)
        and not clause.is_("not_verbs", k)
        and (not clause.layout.lexicon.order.get("free") or clause.noun(k) is None)
    )


def plural_before(clause: Clause, k: int) -> bool:
    """Return whether a verb without an ending can stand here: after a pronoun or a plural."""
    if clause.low(k - 1) == "," and clause.is_("asides", k - 2) and clause.low(k - 3) == ",":
        k -= 3  # "Local officials, meanwhile, say"
    while clause.is_("cue_adverbs", k - 1):
        if clause.is_("plurals", k - 1):
            return True  # "both deny it"
        k -= 1
    if _plural_ends(clause, k):
        return True
    # "Officials in Dushanbe say", "inmates who were there say": the plural stands before what tells of it.
    relative = next(
        (j for j in range(k - 2, max(k - 12, 0), -1) if clause.is_("relatives", j)), None
    )
    if relative is not None:
        parted = clause.low(relative - 1) == ","  # "relatives, who keep their own list, say"
        if _plural_ends(clause, relative - parted):
            return True
    for j in range(k - 2, max(k - 10, 0), -1):
        if clause.is_("np_links", j) or clause.is_("prepositions", j):
            told = clause.low(j - 1).endswith(("ed", "en", "wn"))  # "pictures taken on 4 May show"
            many = _plural_ends(clause, j) or (told and _plural_ends(clause, j - 1))
            if many:
                return True
            continue  # "residents of a village near the border say"
        if boundary(clause, j) or clause.is_("auxiliaries", j):
            return False
    return False


def _plural_ends(clause: Clause, k: int) -> bool:
    low = clause.low(k - 1)
    return (
        low.endswith(("s", "men"))
        or low.isdigit()
        or (clause.capital(k - 1) and any(clause.is_("joining", j) for j in range(k - 4, k - 1)))
        or clause.is_("plurals", k - 1)
        or clause.is_("pronouns", k - 1)
        or clause.is_("many_people", k - 1)
        or clause.is_("relatives", k - 1)
    )


def has_finite(clause: Clause, first: int, last: int) -> bool:
    """Return whether a finite verb, or a quotation, stands in the items."""
    return any(clause.quoted(k) or finite(clause, k) for k in range(first, min(last, first + 60)))


def finite(clause: Clause, k: int) -> bool:
    """Return whether item `k` is a finite verb by its look or an irregular past form."""
    if verbish(clause, k):
        return True
    if clause.low(k) == "'s":
        return clause.is_("there", k - 1) or clause.is_("subject_pronouns", k - 1)
    return clause.is_("past_forms", k) and (
        not clause.is_("determiners", k - 1) or clause.is_("many_people", k - 1)
    )


_INSIDE = frozenset("'’&-/$€%#.№")  # marks that a phrase can hold


def boundary(clause: Clause, k: int) -> bool:
    """Return whether a subject cannot reach over item `k`."""
    if not clause.punctuation(k):
        return clause.quoted(k) or clause.is_("subordinators", k)
    token = clause.layout.tokens[clause.token(k)]
    return not is_mark(token) and token.text not in _INSIDE


def passive(clause: Clause, k: int, lowest: int) -> bool:
    """Return whether a form of "be" stands before item `k`, adverbs left out."""
    j = k - 1
    while j >= lowest and (clause.is_("cue_adverbs", j) and not clause.is_("be", j)) and j > k - 4:
        j -= 1
    if clause.is_("reflexives", j - 1):
        return False  # "se sont plaints"
    named = j > 0 and clause.capital(j) and clause.layout.tokens[clause.token(j) - 1].word
    return j >= lowest and clause.is_("be", j) and not named
