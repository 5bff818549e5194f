"""Phrases that can name who speaks: found to the left or right of a cue, without a parser."""

from guvoh.reading.clauses import (
    Clause,
    Phrase,
    boundary,
    finite,
    infinitive,
    item_of,
    starts_phrase,
)
from guvoh.reading.layout import is_dash, is_mark, is_stop

LONGEST = 14


def can_speak(clause: Clause, phrase: Phrase) -> bool:
    """Return whether a phrase names somebody or something on whose word things are said."""
    head = range(item_of(clause, phrase.head.first), item_of(clause, phrase.head.last))
    people = clause.layout.lexicon.endings.get("people", ("\0",))
    return phrase.elided or any(
        clause.noun(k) is not None
        or clause.is_name(k)
        or clause.is_("pronouns", k)
        or clause.low(k).endswith(people)
        for k in head
    )


def phrase_right(clause: Clause, first: int, highest: int) -> Phrase | None:
    """Return the noun phrase that begins at item `first`, with what describes it."""
    if not first < highest or clause.quoted(first):
        return None
    titled = title_end(clause, first, highest)
    if titled is not None:
        return Phrase(clause.range(first, titled), clause.range(first, titled))
    if not _may_begin(clause, first):
        return None
    owns = clause.is_("possessives", first) and clause.noun(first + 1) is not None
    if clause.is_("pronouns", first) and not clause.is_("determiners", first) and not owns:
        return Phrase(clause.range(first, first + 1), clause.range(first, first + 1))
    k = _core_end(clause, first, highest)
    if k == first:
        return None
    return Phrase(clause.range(first, k), clause.range(first, k))


def title_end(clause: Clause, first: int, highest: int) -> int | None:
    """Return the item after a name in quotation marks that begins at item `first`."""
    if not clause.punctuation(first) or not is_mark(clause.layout.tokens[clause.token(first)]):
        return None
    for k in range(first + 2, min(first + 9, highest)):
        if clause.punctuation(k) and is_mark(clause.layout.tokens[clause.token(k)]):
            return k + 1
    return None


def _may_begin(clause: Clause, k: int) -> bool:
    if clause.punctuation(k):
        return False
    order = clause.layout.lexicon.order
    if order.get("free") and order.get("articles", True) and clause.is_("prepositions", k):
        counted = clause.low(k + 1).isdigit() or clause.is_("amounts", k + 1)
        return clause.is_("determiners", k) or (clause.is_("amounts", k) and counted)
    return starts_phrase(clause, k) or any(
        clause.noun(j) is not None or clause.is_name(j)
        for j in range(k + 1, min(k + 4, len(clause.items)))
    )


def _core_end(clause: Clause, first: int, highest: int) -> int:
    """Return the item after the phrase that begins at `first`."""
    k = first
    seen_head = False
    while k < highest and k - first < LONGEST:
        low = clause.low(k)
        if (
            clause.quoted(k)
            or boundary(clause, k)
            or (clause.punctuation(k) and low not in ("-", "&", "/", "."))
        ):
            past = _past_mark(clause, k, highest, seen_head=seen_head)
            if past is None:
                break
            k = past
            continue
        if low == "." and not _initial_before(clause, k, highest, seen_head=seen_head):
            break
        them = _past_them(clause, k)
        if them > k:
            k = them
            continue
        if k > first and (_ends_phrase(clause, k) if seen_head else _verb_begins(clause, k, first)):
            break
        if k > first + 1 and _new_subject(clause, k, seen_head=seen_head):
            break
        noun = clause.noun(k)
        if noun is not None or clause.is_name(k):
            seen_head = True
            k += noun.last - noun.first if noun is not None else 1
            continue
        if _is_beyond(clause, k, first):
            break
        if seen_head and clause.is_("np_links", k):
            after = _past_link(clause, k)
            if after is None:
                break
            k = after
            continue
        k += 1
    return min(k, highest)


def _verb_begins(clause: Clause, k: int, first: int) -> bool:
    """Return whether a verb follows a noun that no list knows: "calls on the judiciary to disclose"."""
    if clause.is_("auxiliaries", k):
        return True
    bare = clause.layout.lexicon.order.get("bare_content")
    return k > first + 1 and bool(bare) and clause.is_("to", k) and not starts_phrase(clause, k + 1)


def _initial_before(clause: Clause, k: int, highest: int, *, seen_head: bool) -> bool:
    """Return whether the full stop at item `k` belongs to a name and ends no phrase: "A. Petrov", "жене Баира Ц., что"."""
    length = len(clause.low(k - 1))
    inner = length == 1 and clause.capital(k - 1) and k + 1 < highest and k > 1
    return (seen_head and length <= 2 and clause.capital(k + 1)) or inner


def _past_mark(clause: Clause, k: int, highest: int, *, seen_head: bool) -> int | None:
    """Return the item after a name in marks, or a mark of one, at item `k`; None where the phrase ends there."""
    if clause.quoted(k):
        return None
    titled = title_end(clause, k, highest)
    if titled is not None and seen_head:
        return titled
    inside = clause.punctuation(k) and k + 1 < highest and _title_in_marks(clause, k)
    return k + 1 if inside else None


def _new_subject(clause: Clause, k: int, *, seen_head: bool) -> bool:
    """Return whether a clause begins at item `k`: "after the convention he would", "told them there was"."""
    if seen_head:
        return clause.is_("there", k) and clause.is_("be", k + 1)
    linked = clause.is_("of", k - 1) or clause.is_("prepositions", k - 1)
    return not linked and (clause.is_("subject_pronouns", k) or _article_anew(clause, k))


def _article_anew(clause: Clause, k: int) -> bool:
    """Return whether an article begins another phrase behind a noun that no list knows: "told the hearing the men"."""
    lead = ("predeterminers", "determiners", "np_links", "joining", "adjectives")
    plain = clause.layout.tokens[clause.token(k - 1)].word and not clause.capital(k)
    bare = bool(clause.layout.lexicon.order.get("bare_content"))
    return bare and plain and clause.is_("articles", k) and clause.groups(k - 1).isdisjoint(lead)


def _past_them(clause: Clause, k: int) -> int:
    """Return the item after "из них" of "мать одного из них" where that begins at item `k`, else `k`."""
    them = clause.is_("genitive_numbers", k - 1) and clause.is_("document_prepositions", k)
    return k + 2 if them else k


def _past_link(clause: Clause, k: int) -> int | None:
    """Return the item after a preposition that joins a complement to its noun, None if it does not."""
    if clause.is_("np_adjectives", k):
        behind = clause.is_("prepositions", k + 1) and starts_phrase(clause, k + 2)
        return k + 2 if behind else None  # "a source close to the player"
    if _plain_complement(clause, k):
        return k + 2  # "el jefe de bomberos", "l'adjoint aux sports": a noun that no list knows
    if not clause.is_("prepositions", k) and clause.is_("np_links", k + 1):
        near = starts_phrase(clause, k + 2)  # "personas cercanas al general"
        return k + 1 + clause.is_("contractions", k + 1) if near else None
    if _described_place(clause, k):
        return k + 2  # "источник в областной прокуратуре"
    if _of_what(clause, k):
        return k + 2  # "the ministry of defence"
    if clause.is_("np_takes", k) and title_end(clause, k + 1, len(clause.items)) is not None:
        return k + 1  # "правозащитникам из «Общего дела»"
    if not starts_phrase(clause, k + 1) or clause.is_("time_words", k + 1):
        return None
    if clause.is_("relatives", k + 1) or clause.is_("whose", k + 1):
        return None  # "une lettre dans laquelle"
    low = clause.low(k)
    noun = clause.noun(k - 1)
    written = noun is not None and noun.entry.section == "document" and clause.is_("by", k)
    taken = written or low in ("for", "from", "in", "at") or clause.is_("np_takes", k)
    if clause.is_("of", k) or taken:
        articled = clause.is_("determiners", k + 1) or clause.is_("possessives", k + 1)
        return k + 2 if articled else k + 1
    return None


def _of_what(clause: Clause, k: int) -> bool:
    """Return whether "of" and a noun that no list knows tell what an office is for, in English."""
    noun = clause.noun(k - 1)
    office = noun is not None and noun.entry.section == "organisation" and clause.is_("of", k)
    if (
        not office
        or not clause.layout.lexicon.order.get("bare_content")
        or clause.punctuation(k + 1)
    ):
        return False
    groups = clause.layout.groups[clause.token(k + 1)] if k + 1 < len(clause.items) else {"none"}
    plain = all(group == "adjectives" for group in groups)  # "defence" is one before its noun
    return plain and not clause.capital(k + 1) and not finite(clause, k + 1)


def _described_place(clause: Clause, k: int) -> bool:
    """Return whether a preposition joins an adjective and the office that it describes to a noun."""
    ends = clause.layout.lexicon.endings.get("adjective", ())
    cased = clause.layout.lexicon.order.get("cases") and clause.is_("np_takes", k)
    described = bool(ends) and clause.low(k + 1).endswith(ends) and clause.noun(k + 1) is None
    return bool(cased) and described and clause.noun(k + 2) is not None


def _plain_complement(clause: Clause, k: int) -> bool:
    """Return whether "de", "aux" joins a noun that no list knows to an office: "le chef de gare"."""
    order = clause.layout.lexicon.order
    if not (order.get("objects_first") and order.get("articles", True)):
        return False
    office = clause.is_("of", k) or (clause.is_("of_offices", k) and clause.noun(k - 1) is not None)
    if not office or starts_phrase(clause, k + 1) or clause.punctuation(k + 1):
        return False
    groups = clause.layout.groups[clause.token(k + 1)] if k + 1 < len(clause.items) else {"none"}
    return not groups and not finite(clause, k + 1) and not infinitive(clause, k + 1)


def _is_beyond(clause: Clause, k: int, first: int) -> bool:
    """Return whether an infinitive, or "on condition of anonymity", begins at item `k`."""
    if k > first and (infinitive(clause, k) or infinitive_follows(clause, k)):
        return True
    free = clause.layout.lexicon.order.get("free")
    if k > first and free and clause.is_("perfect_infinitives", k):
        return True
    return any(match.entry.section == "anonymity" for match in clause.matches(k))


def infinitive_follows(clause: Clause, k: int) -> bool:
    """Return whether item `k` is "de" or "à" before an infinitive, a clitic or "ne" between them."""
    if not clause.is_("to", k):
        return False
    j = k + 1
    while clause.is_("cue_adverbs", j) and j < k + 4:
        j += 1
    return infinitive(clause, j)


def _title_in_marks(clause: Clause, k: int) -> bool:
    token = clause.layout.tokens[clause.token(k)]
    return is_mark(token) and not is_stop(token) and not is_dash(token)


def _placed(clause: Clause, k: int) -> bool:
    """Return whether a preposition that is a determiner elsewhere places the phrase: "an interpreter at the base"."""
    links = clause.is_("np_links", k) and clause.is_("prepositions", k)
    return links and (clause.is_("determiners", k + 1) or clause.is_("possessives", k + 1))


def _begins_beside(clause: Clause, k: int) -> bool:
    """Return whether a phrase begins at item `k` behind one that ends: "told the court he", "told Studio Four the"."""
    if not clause.layout.lexicon.order.get("bare_content") or clause.capital(k):
        return False
    groups = ("determiners", "possessives", "subject_pronouns", "there")
    begins = any(clause.is_(group, k) for group in groups)
    named = clause.capital(k - 1) and clause.capital(k - 2)
    return begins and (named or not clause.is_("determiners", k - 1))


def _ends_phrase(clause: Clause, k: int) -> bool:
    if clause.capital(k) and clause.capital(k - 1) and not clause.is_("pronouns", k):
        return False
    if (
        clause.layout.lexicon.order.get("genitive")
        and clause.is_name(k)
        and not clause.punctuation(k - 1)
    ):
        return False
    if clause.is_("of", k) or clause.low(k) in ("'s", "’s") or _placed(clause, k):
        return False
    if (
        clause.is_("determiners", k - 1)
        or clause.is_("possessives", k - 1)
        or clause.is_("adjectives", k - 1)
    ):
        others = clause.is_("many_people", k - 1) and finite(clause, k)  # "three others died"
        joins = clause.is_("joining", k) and clause.is_("determiners", k + 1)
        return (
            others
            or joins
            or _begins_beside(clause, k)
            or clause.is_("auxiliaries", k)
            or clause.is_("prepositions", k)
        )
    previous_links = (
        clause.is_("of", k - 1)
        or clause.is_("np_links", k - 1)
        or clause.low(k - 1) in ("'s", "’s")
    )
    if previous_links:
        return False
    if clause.is_("genitive_numbers", k):
        return False  # "сестра одного из задержанных"
    if clause.is_("determiners", k) or clause.is_("possessives", k) or clause.is_("pronouns", k):
        return not clause.is_("determiners", k - 1)
    if clause.is_("negations", k):
        return True
    if clause.is_("coordinators", k):
        joined = clause.is_("joining", k) and clause.is_name(k + 1) and clause.is_name(k - 1)
        return not joined
    if clause.is_("np_links", k):
        return False
    if clause.is_("prepositions", k) or clause.is_("auxiliaries", k) or clause.is_("time_words", k):
        return True
    return finite(clause, k) and not clause.capital(k)
