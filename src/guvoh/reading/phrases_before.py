"""Phrases that can name who speaks and stand before a cue."""

from guvoh.reading.clauses import (
    Clause,
    Phrase,
    boundary,
    finite,
    has_finite,
    item_of,
    verbish,
)
from guvoh.reading.layout import Range
from guvoh.reading.noun_phrases import noun_phrase_ending
from guvoh.reading.phrases import can_speak, phrase_right
from guvoh.reading.relatives import relative_start

# A subject with its apposition or relative clause is seldom longer than this many items.
_REACH = 30
# A name has seldom more descriptions between marks than this.
_DESCRIPTIONS = 4
_OBJECT = 8  # items of a preposition and its object
_OCCASION = 7  # items of "в своём официальном телеграм-канале"


def subject_left(clause: Clause, cue: int, lowest: int) -> Phrase | None:
    """Return the phrase that ends just before item `cue`, its adverbs and auxiliaries skipped."""
    k = cue - 1
    joined = False
    while k >= lowest and _skippable(clause, k):
        joined = joined or clause.is_("joining", k)
        k -= 1
    cased = clause.layout.lexicon.order.get("cases")
    if joined and k > lowest and (cased or (finite(clause, k) and not clause.capital(k))):
        return Phrase(Range(0, 0), Range(0, 0), elided=True)  # "сын позвонил и сказал"
    k = _before_anonymity(clause, _before_aside(clause, k), lowest)
    k = before_occasion(clause, k + 1, lowest) - 1
    k = _before_again(clause, k, lowest)
    if k < lowest:
        some = clause.is_("predeterminers", lowest) and lowest < cue
        return Phrase(clause.range(lowest, cue), clause.range(lowest, cue)) if some else None
    alone = Phrase(clause.range(k, k + 1), clause.range(k, k + 1))
    if _dative(clause, k):
        if k - 1 < lowest or not (clause.noun(k - 1) is not None or clause.is_name(k - 1)):
            return alone
        k -= 1  # "Мать ей сказала"
    if clause.is_("clitics", k):
        return _clitic(clause, k, lowest)
    if _counted(clause, k, lowest):
        return alone
    k -= 2 * (clause.low(k).isdigit() and clause.low(k - 1) == ",")  # "Rustam, 31: “…”"
    if clause.is_("relatives", k) and clause.low(k) != "that":
        k -= 1
        if clause.low(k) != ",":
            return noun_phrase_ending(clause, k + 1, lowest, k + 1)
        # "…, lo confirmó el cónsul, quien añadió que …": no comma opens the description.
        described = _across_marks(clause, k, lowest) or noun_phrase_ending(clause, k, lowest, k)
        described = described or _object_before(clause, k, lowest)
        return _of_whom(clause, described) if clause.is_("personal", k + 1) else described
    if clause.low(k) in (",", "—", "–", ")"):
        return _across_marks(clause, k, lowest)
    if clause.is_("coordinators", k):
        return Phrase(Range(0, 0), Range(0, 0), elided=True)
    return _before_relative(clause, k + 1, lowest) or noun_phrase_ending(
        clause, k + 1, lowest, k + 1
    )


def _counted(clause: Clause, k: int, lowest: int) -> bool:
    """Return whether a figure at item `k` is who speaks: "Of the 37 pickers we met, 29 said"."""
    figure = clause.low(k).isdigit() and clause.low(k - 1) == ","
    return (
        figure
        and clause.is_("of", lowest)
        and bool(clause.layout.lexicon.order.get("bare_content"))
    )


def _object_before(clause: Clause, end: int, lowest: int) -> Phrase | None:
    """Return the object before item `end` of a preposition: "wrote to the agency in Freetown, which replied"."""
    if not clause.layout.lexicon.order.get("bare_content"):
        return None
    for k in range(max(lowest, end - _OBJECT), end - 1):
        phrase = phrase_right(clause, k + 1, end) if clause.is_("prepositions", k) else None
        if phrase is not None and item_of(clause, phrase.whole.last) == end:
            return phrase if can_speak(clause, phrase) else None
    return None


def _of_whom(clause: Clause, phrase: Phrase | None) -> Phrase | None:
    """Return "Ms D." of "the evidence of Ms D., who": nobody else is "who"."""
    if phrase is None or phrase.elided:
        return phrase
    first, last = item_of(clause, phrase.head.first), item_of(clause, phrase.head.last)
    of = next((k for k in range(first + 1, last - 1) if clause.is_("of", k)), None)
    if of is None or not all(
        clause.capital(k) or clause.low(k) == "." for k in range(of + 1, last)
    ):
        return phrase
    nouns = (clause.noun(k) for k in range(first, of))
    if any(noun is not None and noun.entry.section != "document" for noun in nouns):
        return phrase
    return Phrase(clause.range(of + 1, last), Range(phrase.head.first, phrase.whole.last))


def _before_aside(clause: Clause, k: int) -> int:
    """Return the item before ", meanwhile," where that ends at item `k`, else `k`."""
    aside = clause.low(k) == "," and clause.is_("asides", k - 1) and clause.low(k - 2) == ","
    return k - 3 if aside else k


def before_occasion(clause: Clause, end: int, lowest: int) -> int:
    """Return the item at which "на допросе", "в своём канале", "на наш запрос" begins if it ends before `end`, else `end`."""
    for k in range(end - 1, max(lowest, end - _OCCASION), -1):
        if boundary(clause, k):
            return end
        if clause.is_("prepositions", k):
            told = any(clause.is_("occasions", j) for j in range(k + 1, end))
            if not told and clause.is_("occasions", k - 1):
                continue  # "в разговоре с корреспондентом"
            return before_occasion(clause, k, lowest) if told else end
    return end


def _clitic(clause: Clause, k: int, lowest: int) -> Phrase:
    """Return the subject "-t-il" at item `k`, with the auxiliaries before it."""
    first = k
    while first - 1 >= lowest and (
        clause.is_("auxiliaries", first - 1) or clause.is_("cue_adverbs", first - 1)
    ):
        first -= 1
    return Phrase(clause.range(k, k + 1), clause.range(first, k + 1))


def _dative(clause: Clause, k: int) -> bool:
    """Return whether item `k` is a pronoun that can only be whom one tells: "нам", "ей"."""
    told = clause.is_("datives", k) and not clause.is_("subject_pronouns", k)
    return told and bool(clause.layout.lexicon.order.get("cases"))


def _before_again(clause: Clause, k: int, lowest: int) -> int:
    """Return the item before the auxiliary of "a encore une fois réclamé" where "fois" stands at item `k`."""
    if not clause.is_("times_over", k):
        return k
    for j in range(k - 1, max(lowest, k - 6), -1):
        if clause.is_("auxiliaries", j):
            while j > lowest and _skippable(clause, j):
                j -= 1
            return j
    return k


def _before_relative(clause: Clause, end: int, lowest: int) -> Phrase | None:
    """Return "a man" before "who served four months in a unit" that ends at item `end`."""
    begin = relative_start(clause, end, lowest)
    return None if begin is None else noun_phrase_ending(clause, begin, lowest, end)


def _across_marks(clause: Clause, closing: int, lowest: int) -> Phrase | None:
    """Return the phrase that what stands before the mark `closing` describes.

    "Ilkhom Nazarov, 40, a former guard, who said", "Svetlana Orlova (Committee), who left, said":
    the subject is the first of the pieces between marks, as long as each only describes.
    """
    found: Phrase | None = None
    right = closing
    for _ in range(_DESCRIPTIONS):
        left = _opening(clause, right, lowest)
        begin = _piece_start(clause, right, lowest) if left is None else left + 1
        if found is not None and clause.cue(begin, "speaking") is not None:
            return found  # "Interrogé par La Rive, un ancien officier, qui …, explique"
        if right != closing:
            phrase = _before_relative(clause, right, begin)
            phrase = phrase or noun_phrase_ending(clause, right, begin, closing)
            if phrase is None or not _can_be_described(clause, begin, phrase):
                phrase = None
            elif found is not None and has_finite(clause, begin, right):
                # Behind a main clause only a name is described: "by Ilkhom, a guard, who said".
                phrase = phrase if clause.is_name(item_of(clause, phrase.head.first)) else None
            if phrase is None and found is not None:
                return found
            found = phrase
        if left is None or not _describes(clause, begin, right):
            return found
        right = left
        if clause.low(right - 1) == ")":
            opened = _opening(clause, right - 1, lowest)
            right = right if opened is None else opened
    return found


def _piece_start(clause: Clause, end: int, lowest: int) -> int:
    """Return where the words before `end` begin, behind a quotation or a colon."""
    k = end
    while k > max(lowest, end - _REACH) and not (
        clause.quoted(k - 1) or clause.low(k - 1) in (";", ":")
    ):
        k -= 1
    return k


def _can_be_described(clause: Clause, begin: int, phrase: Phrase) -> bool:
    """Return whether a phrase can be the subject of what follows its descriptions."""
    first = item_of(clause, phrase.head.first)
    if clause.is_("prepositions", first - 1) and not clause.is_("by", first - 1):
        return False
    begin += clause.is_("leading", begin)  # "But one of the four, Emmanuel, says"
    return can_speak(clause, phrase) or first == begin


def _describes(clause: Clause, first: int, last: int) -> bool:
    """Return whether the items between two marks only tell more of what stands before them."""
    if clause.is_("relatives", first) or clause.is_("prepositions", first):
        return True
    if clause.cue(first, "citing") is not None:
        return True  # "a relative, citing a letter she had received, said"
    if clause.low(first) in ("whose", "whom", "now") or clause.low(first).isdigit():
        return True
    if _participial(clause, first):
        return True  # "an official, speaking on condition that he was not named, said"
    for k in range(first, last):
        if clause.is_("relatives", k) and k > first:
            return True
        if verbish(clause, k) and not clause.low(k).endswith("ed"):
            break
    return not any(
        clause.quoted(k) or clause.is_("auxiliaries", k) or clause.is_("relatives", k)
        for k in range(first, last)
    ) or any(clause.low(k) in ("which", "whom", "whose") for k in range(first, first + 5))


def _participial(clause: Clause, k: int) -> bool:
    """Return whether a participle begins what only tells more of a speaker: "speaking …", "reached by phone"."""
    order, endings = clause.layout.lexicon.order, clause.layout.lexicon.endings
    if order.get("objects_first") and order.get("articles", True):
        verb = k + 1 if clause.is_("cue_adverbs", k) or clause.low(k).endswith("'") else k
        gerund = clause.low(verb).endswith(endings.get("gerund", ("\0",)))
        return gerund and not clause.capital(verb) and clause.noun(verb) is None
    ends = (*endings.get("progressive", ()), *endings.get("participle", ()))
    return (
        bool(order.get("bare_content"))
        and bool(ends)
        and clause.low(k).endswith(ends)
        and not clause.capital(k)
        and clause.noun(k) is None
    )


def _before_anonymity(clause: Clause, k: int, lowest: int) -> int:
    """Return the item before "on condition of anonymity" where that ends at item `k`, else `k`."""
    for first in range(max(lowest + 1, k - 6), k):
        for match in clause.matches(first):
            if match.entry.section == "anonymity" and match.last == clause.items[k].last:
                return first - 1
    return k


def _skippable(clause: Clause, k: int) -> bool:
    if k and clause.capital(k) and clause.layout.tokens[clause.token(k) - 1].word:
        return False  # "Courant d'Est"
    if clause.is_("cue_adverbs", k) and not clause.is_("subject_contractions", k):
        return True
    if clause.is_("object_pronouns", k) and clause.layout.lexicon.order.get("cases"):
        return True  # "Представитель компании это отрицает"
    low = clause.low(k)
    return (
        len(low) > 4
        and low.endswith(clause.layout.lexicon.endings.get("adverb", ("\0",)))
        and not clause.capital(k)
        and clause.noun(k) is None
    )


def _opening(clause: Clause, closing: int, lowest: int) -> int | None:
    """Return the mark that opens the apposition or relative clause closed at `closing`."""
    mark = clause.low(closing)
    wanted = "(" if mark == ")" else mark
    for k in range(closing - 1, max(lowest, closing - _REACH), -1):
        low = clause.low(k)
        if low in (";", ":") or clause.quoted(k):
            return None
        if low == wanted:
            return k
    return None
