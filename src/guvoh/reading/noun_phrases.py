"""A noun phrase by its last item: where it begins, without a parser."""

from guvoh.reading.cases import subject_in
from guvoh.reading.clauses import (
    Clause,
    Phrase,
    boundary,
    infinitive,
    only_subject,
    starts_phrase,
    verbish,
)
from guvoh.reading.phrases import LONGEST
from guvoh.reading.relatives import posing_as


def noun_phrase_ending(
    clause: Clause, end: int, lowest: int, whole_end: int | None = None
) -> Phrase | None:
    """Return the noun phrase whose last item is before `end`; what describes it ends before `whole_end`."""
    whole_end = end if whole_end is None else whole_end
    end = _noun_end(clause, end, lowest)
    k = end - 1
    some = any(
        clause.is_(group, k - 1) for group in ("of", "joining", "among")
    )  # "uno de ellos", "he and she"
    if clause.is_("subject_pronouns", k) and not some:
        return Phrase(clause.range(k, end), clause.range(k, whole_end))
    first = _trim_left(clause, _first_item(clause, end, lowest), end)
    if first is None or _bare_infinitive(clause, first, end) or _nobody(clause, first, end):
        return None
    first, end = subject_in(clause, first, end)
    while end - 1 > first and clause.is_("dative_clitics", end - 1):
        end -= 1  # "en la fiscalía le dijeron"
    if end - 2 > first and clause.is_("clitic_articles", end - 1):
        end -= 1  # "el encargado las había amenazado"
    plural = any(clause.is_("joining", j) for j in range(first, end))
    return Phrase(clause.range(first, end), clause.range(first, whole_end), plural=plural)


def _first_item(clause: Clause, end: int, lowest: int) -> int:
    """Return the item behind the last one before `end` that a phrase can't reach over."""
    k = end - 1
    limit = max(lowest, end - LONGEST)
    while k >= limit and (not boundary(clause, k) or posing_as(clause, k)):
        low, groups = clause.low(k), clause.groups(k)
        if "contrast" in groups or (
            (low in ("and", "or", "so", "then", "yet") or "joining" in groups)
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
        if "coordinators" in groups and "inside_names" not in groups:
            break
        if "by" in groups and clause.cue(k - 1, "seen") and clause.is_("joining", k - 2):
            k -= 3  # "sheets obtained by the Lantern and reviewed by two accountants"
            continue
        handed = "handed_to" in groups and clause.is_("handed", k - 1)
        if handed and clause.is_("joining", k - 2):
            k -= 3  # "a ledger kept by volunteers and shared with the Wire"
            continue
        talked = "pasts" in groups or "interviews" in groups
        if k < end - 1 and talked and not clause.capital(k):
            k += clause.is_("prepositions", k + 1)
            break  # "The BBC has spoken to three women who said …"
        if "articles" in groups and _begins_anew(clause, k):
            k -= 1
            break
        k -= 1
    return k + 1


def _nobody(clause: Clause, first: int, end: int) -> bool:
    """Return whether the items name nobody who could speak."""
    if _only_time(clause, first, end):
        return True  # "el primer día le dijeron"
    if clause.is_("pasts", end - 1) and not clause.capital(end - 1):
        return True  # "Some of the prisoners wrote appeals": a noun, and no cue
    few = end - first <= 2  # "Aquí nadie habla"
    return few and clause.is_("no_speakers", end - 1)  # "cela rappelle que …"


def _only_time(clause: Clause, first: int, end: int) -> bool:
    """Return whether a phrase tells when and names nobody: "el primer día", "esa misma noche"."""
    timed = any(clause.is_("time_words", k) for k in range(first, end))
    return timed and all(
        not clause.capital(k)
        and any(clause.is_(group, k) for group in ("time_words", "determiners", "same", "singling"))
        for k in range(first + clause.capital(first), end)
    )


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
        if clause.is_("asides", k) and clause.is_("asides", k + 1):
            k += 2  # "Между тем соседи говорят"
            continue
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
        if starts_phrase(clause, k) or only_subject(clause, k):
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
        if only_subject(clause, k) and not clause.capital(k):
            return k  # "На месте хозяйка сказала"
        if clause.is_("time_words", k):  # "In late January he …"
            return _after_adverbial(clause, k, end)
        k += 1
    if only_subject(clause, k) and not clause.capital(k):
        return k  # "На вокзале сосед сказал"
    if k < end and not clause.is_("determiners", k) and not clause.is_("possessives", k):
        noun = clause.noun(k)
        k = k + (noun.last - noun.first if noun else 1)
        while k < end and clause.low(k).isdigit():
            k += 1
    return k
