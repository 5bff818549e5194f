"""Phrases that can name who speaks and stand before a cue."""

from guvoh.reading.cases import subject_in
from guvoh.reading.clauses import (
    Clause,
    Phrase,
    boundary,
    finite,
    has_finite,
    infinitive,
    item_of,
    starts_phrase,
    verbish,
)
from guvoh.reading.layout import Range
from guvoh.reading.phrases import LONGEST, can_speak
from guvoh.reading.relatives import posing_as, relative_start

# A subject with its apposition or relative clause is seldom longer than this many items.
_REACH = 30
# A name has seldom more descriptions between marks than this.
_DESCRIPTIONS = 4
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
        alone = clause.is_("predeterminers", lowest) and lowest < cue
        return Phrase(clause.range(lowest, cue), clause.range(lowest, cue)) if alone else None
    if _dative(clause, k):
        if k - 1 < lowest or not (clause.noun(k - 1) is not None or clause.is_name(k - 1)):
            return Phrase(clause.range(k, k + 1), clause.range(k, k + 1))
        k -= 1  # "Мать ей сказала"
    if clause.is_("clitics", k):
        return _clitic(clause, k, lowest)
    if clause.low(k).isdigit() and clause.low(k - 1) == ",":
        k -= 2  # "Rustam, 31: “…”"
    if clause.is_("relatives", k) and clause.low(k) != "that":
        k -= 1
        if clause.low(k) != ",":
            return _phrase_ending(clause, k + 1, lowest, k + 1)
        # "…, lo confirmó el cónsul, quien añadió que …": no comma opens the description.
        return _across_marks(clause, k, lowest) or _phrase_ending(clause, k, lowest, k)
    if clause.low(k) in (",", "—", "–", ")"):
        return _across_marks(clause, k, lowest)
    if clause.is_("coordinators", k):
        return Phrase(Range(0, 0), Range(0, 0), elided=True)
    return _before_relative(clause, k + 1, lowest) or _phrase_ending(clause, k + 1, lowest, k + 1)


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
    return None if begin is None else _phrase_ending(clause, begin, lowest, end)


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
            phrase = phrase or _phrase_ending(clause, right, begin, closing)
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
        if clause.quoted(k) or clause.low(k) in (";", ":"):
            return None
        if clause.low(k) == wanted:
            return k
    return None


def noun_phrase_ending(clause: Clause, end: int, lowest: int) -> Phrase | None:
    """Return the noun phrase whose last item is before `end`."""
    return _phrase_ending(clause, end, lowest, end)


def _phrase_ending(clause: Clause, end: int, lowest: int, whole_end: int) -> Phrase | None:
    """Return the noun phrase whose last item is before `end`."""
    end = _noun_end(clause, end, lowest)
    k = end - 1
    some = clause.is_("of", k - 1) or clause.is_("joining", k - 1)  # "uno de ellos", "he and she"
    if clause.is_("subject_pronouns", k) and not some:
        return Phrase(clause.range(k, end), clause.range(k, whole_end))
    limit = max(lowest, end - LONGEST)
    while k >= limit and (not boundary(clause, k) or posing_as(clause, k)):
        low = clause.low(k)
        if clause.is_("contrast", k) or (
            (low in ("and", "or", "so", "then", "yet") or clause.is_("joining", k))
            and _verb_before(clause, k, limit)
        ):
            break
        if (
            k < end - 1
            and verbish(clause, k)
            and not clause.capital(k)
            and not _adjective(clause, k, limit)
        ):
            break
        if clause.is_("coordinators", k) and not clause.is_("inside_names", k):
            break
        if k < end - 1 and clause.is_("pasts", k) and not clause.capital(k):
            k += clause.is_("prepositions", k + 1)
            break  # "The BBC spoke to three women who said …"
        if clause.is_("articles", k) and _begins_anew(clause, k):
            k -= 1
            break
        k -= 1
    first = _trim_left(clause, k + 1, end)
    if first is None or _bare_infinitive(clause, first, end):
        return None
    if clause.is_("pasts", end - 1) and not clause.capital(end - 1):
        return None  # "Some of the prisoners wrote appeals": a noun, and no cue
    if end - first == 1 and clause.is_("no_speakers", first):
        return None  # "cela rappelle que …"
    first, end = subject_in(clause, first, end)
    plural = any(clause.is_("joining", j) for j in range(first, end))
    return Phrase(clause.range(first, end), clause.range(first, whole_end), plural=plural)


def _noun_end(clause: Clause, end: int, lowest: int) -> int:
    """Return the item after the noun phrase before `end`, `lowest` if something hangs on what stands there.

    "The administration struggled to explain": the verb is left out. "To deceive the judge into
    thinking", "the risk of telling": nobody stands before the cue.
    """
    if not clause.layout.lexicon.order.get("bare_content"):
        return end
    if clause.is_("prepositions", end - 1) and not clause.capital(end - 1):
        return lowest
    while end - 2 > lowest and _verb_behind_noun(clause, end - 1):
        end -= 1
    return end


def _verb_behind_noun(clause: Clause, k: int) -> bool:
    """Return whether a past verb at item `k` stands behind the noun or name that is its subject."""
    ends = clause.layout.lexicon.endings.get("participle", ("\0",))
    verb = clause.low(k).endswith(ends) and not clause.capital(k)
    head = clause.noun(k - 1) is not None or clause.is_name(k - 1)
    return verb and head and clause.noun(k) is None


def _begins_anew(clause: Clause, k: int) -> bool:
    """Return whether an article begins a phrase that nothing before it belongs to: "fifteen the guard told me"."""
    groups = (
        "prepositions",
        "predeterminers",
        "joining",
        "np_links",
        "inside_names",
        "subordinators",
    )
    before = k - 1
    return (
        before >= 0
        and not clause.capital(k)
        and not any(clause.is_(group, before) for group in groups)
        and (
            clause.low(before).isdigit()
            or clause.is_("counters", before)
            or _is_number(clause, before)
        )
    )


def _is_number(clause: Clause, k: int) -> bool:
    return clause.is_("numerals", k) or clause.is_("time_words", k)


def _bare_infinitive(clause: Clause, first: int, end: int) -> bool:
    """Return whether a capital makes a lone infinitive look like a name: "Вернуться намерены единицы"."""
    if end - first != 1 or not clause.layout.lexicon.order.get("cases"):
        return False
    ends = clause.layout.lexicon.endings.get("infinitive", ("\0",))
    return (
        clause.low(first).endswith(ends)
        and clause.noun(first) is None
        and len(clause.low(first)) > 4
    )


def _adjective(clause: Clause, k: int, lowest: int) -> bool:
    """Return whether a word in -ed stands before its noun: "the detained fishermen"."""
    if clause.is_("auxiliaries", k) or k <= lowest:
        return False
    return (
        clause.is_("determiners", k - 1)
        or clause.is_("reduced", k)
        or clause.is_("by", k + 1)
        or (clause.is_("by", k + 2) and clause.low(k + 1).endswith("ly"))
        or clause.is_("possessives", k - 1)
        or clause.is_("adjectives", k - 1)
        or clause.is_("of", k - 1)
        or clause.low(k - 1).isdigit()
        # "Images shared on Telegram show": before the verb it only describes.
        or (
            clause.is_("prepositions", k + 1)
            # "The mother of a 22-year-old killed near …": behind an article any word is a noun.
            and (clause.noun(k - 1) is not None or clause.is_("articles", k - 2))
            and clause.cue(k, "say", "tell", "think", "ask") is None
            and not clause.layout.lexicon.order.get("free")
        )
    )


def _verb_before(clause: Clause, k: int, limit: int) -> bool:
    return any(
        verbish(clause, j) or boundary(clause, j) or infinitive(clause, j)
        for j in range(k - 1, max(limit, k - 7), -1)
    ) or (not starts_phrase(clause, max(k - 2, limit)) and not starts_phrase(clause, k - 1))


def _trim_left(clause: Clause, first: int, end: int) -> int | None:
    """Return where the phrase begins once adverbials before it are left out."""
    k = first
    while k < end:
        if clause.is_("prepositions", k) or clause.is_("time_words", k):
            k = _after_adverbial(clause, k, end)
            continue
        if clause.low(k).isdigit() and clause.is_("time_words", k + 1):
            k += 2  # "15 сентября сын …"
            continue
        since = _after_while(clause, k, end)
        if since is not None:
            k = since
            continue
        if starts_phrase(clause, k):
            return k
        if clause.is_("auxiliaries", k) or clause.is_("coordinators", k) or clause.punctuation(k):
            k += 1
            continue
        following = next((j for j in range(k, end) if starts_phrase(clause, j)), None)
        if following is None:
            return _plain_plural(clause, k, end)
        if following is not None and all(_adjectival(clause, j) for j in range(k, following)):
            return k
        if following is not None and following - k <= 3 and clause.noun(end - 1) is not None:
            adjectives = all(not clause.low(j).endswith("ly") for j in range(k, following))
            return k if adjectives else following
        return following
    return None


def _plain_plural(clause: Clause, first: int, end: int) -> int | None:
    """Return where a subject begins that no list knows: "In a memo, senior managers warned"."""
    last = clause.low(end - 1)
    plural = last.endswith("s") and not last.endswith(("ss", "us", "is")) and len(last) > 4
    if not clause.layout.lexicon.order.get("bare_content") or not plural:
        return None
    groups = ("prepositions", "auxiliaries", "cue_adverbs", "subordinators", "coordinators")
    k = end - 1
    while k >= first and not (
        clause.punctuation(k)
        or any(clause.is_(group, k) for group in groups)
        or clause.low(k).endswith(("ly", "ed"))
    ):
        k -= 1
    return k + 1 if k + 1 < end else None


def _after_while(clause: Clause, k: int, end: int) -> int | None:
    """Return the item after "three days later" that begins at item `k`, None if none does."""
    if not (clause.is_("determiners", k) or clause.low(k).isdigit()):
        return None
    j = k + 1
    while j < min(k + 3, end) and clause.is_("time_words", j):
        if clause.is_("time_modifiers", j) and j > k + 1:
            return j + 1
        j += 1
    return None


def _adjectival(clause: Clause, k: int) -> bool:
    """Return whether item `k` is an adjective before its noun in a language without articles."""
    ends = clause.layout.lexicon.endings.get("adjective", ())
    return bool(ends) and (clause.is_("adjectives", k) or clause.low(k).endswith(ends))


def _after_adverbial(clause: Clause, k: int, end: int) -> int:
    """Return the item after a preposition and its object, or after a word of time."""
    if clause.is_("time_words", k):
        return (
            k + 1 if not clause.is_("time_words", k + 1) else _after_adverbial(clause, k + 1, end)
        )
    k += 1
    if clause.is_("time_words", k) or clause.low(k).isdigit():
        while k < end and (clause.is_("time_words", k) or clause.low(k).isdigit()):
            k += 1
        return k
    if k < end and (clause.is_("determiners", k) or clause.is_("possessives", k)):
        k += 1
    while k < end and not starts_phrase(clause, k) and not clause.is_("prepositions", k):
        if clause.is_("time_words", k):  # "In late January he …"
            return _after_adverbial(clause, k, end)
        k += 1
    if k < end and not clause.is_("determiners", k) and not clause.is_("possessives", k):
        noun = clause.noun(k)
        k = k + (noun.last - noun.first if noun else 1)
        while k < end and clause.low(k).isdigit():
            k += 1
    return k
