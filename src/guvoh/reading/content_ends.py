"""Where a content ends, and where the next frame may begin."""

from guvoh.reading.clauses import (
    Clause,
    boundary,
    finite,
    has_finite,
    infinitive,
    starts_phrase,
    verbish,
)
from guvoh.reading.lexicon import Match
from guvoh.reading.phrases import title_end


def content_end(
    clause: Clause, start: int, highest: int, *, np: bool = False, headed: bool = True
) -> tuple[int, int]:
    """Return where a content that begins at `start` ends, and where the next frame may begin.

    `headed` is whether the cue has a subject that a second cue can share: "he said X and added Y".
    """
    k = start
    while k < highest:
        low, groups = clause.low(k), clause.groups(k)
        if k > start and low == ";":
            return k, k + 1
        if k > start and (_refused(clause, k) or (np and _beyond_thing(clause, k))):
            return k, _says_behind(clause, k, highest) if np else highest
        parts = k > start and low in (",", ":")
        beside = _beside(clause, k, start, highest, np=np) if parts else None
        if beside is not None:
            return k, beside
        if k > start + 1 and (low == "," or "coordinators" in groups):
            j = k + 1 if low == "," else k
            if clause.is_("coordinators", j) or clause.is_("contrast", j):
                if np and low == "," and _new_clause(clause, j + 1, highest):
                    return k, k
                j += clause.is_("sequels", j + 1) and clause.is_("that", j + 2)  # "et ensuite que"
                if clause.is_("that", j + 1) and (low == "," or "joining" in groups):
                    return k, j
                shares = clause.cue(j + 1, "say", "tell", "think", "ask", "want") is not None
                inner = (
                    not np
                    and shares
                    and (_shared_within(clause, start, k) or _tells_teller(clause, start, j + 1))
                )
                opens = not inner and (headed or not shares) and new_frame(clause, j + 1, highest)
                if opens or (np and _says_more(clause, j + 1, highest)):
                    return k, j
            elif (
                low == ","
                and clause.cue(j, "say", "tell") is not None
                and clause.low(j).endswith("ing")
            ):
                return k, j
        k += 1
    end = highest
    while end > start and clause.punctuation(end - 1) and clause.low(end - 1) in ".!?…,;":
        end -= 1
    return end, highest


def _says_behind(clause: Clause, k: int, highest: int) -> int:
    """Return where "and said it was fair" begins behind "rejected the charge in a letter", else `highest`."""
    joins = (j for j in clause.those("joining", k, highest) if _says_more(clause, j + 1, highest))
    return next(joins, highest)


def _says_more(clause: Clause, k: int, highest: int) -> bool:
    """Return whether who took a thing for false goes on: "disputed her figures and said overtime was paid"."""
    cue = clause.cue(k, "say", "tell")
    if cue is None or cue.entry.form not in ("past", "pres"):
        return False
    after = k + (cue.last - cue.first)
    groups = ("prepositions", "coordinators", "time_words")
    plain = not clause.punctuation(after) and not any(clause.is_(g, after) for g in groups)
    bare = clause.layout.lexicon.order.get("bare_content")
    states = clause.is_("subject_pronouns", after) or has_finite(clause, after + 1, highest)
    return bool(bare) and plain and states


def _beside(clause: Clause, comma: int, start: int, highest: int, *, np: bool) -> int | None:
    """Return where the next frame may begin behind a content that a mark ends, None where it goes on."""
    if clause.low(comma) == ":":  # "niega cobrar alquiler alguno: «Les hago un favor»"
        ends = clause.quoted(comma + 1) and (np or infinitive(clause, start))
        return comma if ends else None
    if np and _does_beside(clause, comma + 1):
        argues = clause.cue(comma + 1, "say", "tell") is not None
        return comma + 1 if argues else highest
    if _deed_beside(clause, comma, start):
        return comma
    if not clause.is_("sequels", comma + 1):
        return None
    if clause.is_("that", comma + 2):
        return comma + 1  # "a dit qu'il avait démissionné, puis qu'il …"
    deed = np or clause.is_("to", start) or infinitive(clause, start)
    return comma if deed else None  # "a promis de répondre, puis il a effacé son compte"


def _deed_beside(clause: Clause, comma: int, start: int) -> bool:
    """Return whether what somebody did begins behind what he promised: "обещал разобраться, а пока вывел студентов"."""
    joined = clause.is_("contrast", comma + 1) or clause.is_("coordinators", comma + 1)
    if not (clause.layout.lexicon.order.get("cases") and joined and infinitive(clause, start)):
        return False
    near = range(comma + 2, comma + 4)
    return any(finite(clause, k) and not infinitive(clause, k) for k in near)


def _beyond_thing(clause: Clause, k: int) -> bool:
    return clause.is_("noun_content_ends", k) or _medium(clause, k)


def _refused(clause: Clause, k: int) -> bool:
    """Return whether what a speaker did not tell begins: "confirmed that three had died but declined to say more"."""
    return clause.is_("contrast", k) and clause.is_("refusals", k + 1)


def _shared_within(clause: Clause, start: int, k: int) -> bool:
    """Return whether a verb joined at item `k` has the subject of the content, no comma closing its "that".

    "Мать говорит, что сын позвонил и сказал, что …": Russian sets a comma where the mother goes on.
    """
    cased = clause.layout.lexicon.order.get("cases")
    return bool(cased) and clause.is_("joining", k) and clause.is_("that", start - 1)


def _tells_teller(clause: Clause, start: int, k: int) -> bool:
    """Return whether "told her" at item `k` has the subject of the content: "said he had come home and told her".

    So has "said" behind "one of them rang his sister": who rang is who said it.
    """
    cue = clause.cue(k, "tell", "say")
    calls = clause.those("contacts", start + 1, k)
    if cue is not None and calls and clause.layout.lexicon.order.get("bare_content"):
        return clause.is_("subject_pronouns", start) or not clause.is_("to", calls[0] - 1)
    cue = clause.cue(k, "tell")
    he = clause.is_("he", start) or clause.is_("she", start) or clause.is_("they", start)
    kin = clause.is_("possessives", start) and clause.noun(start + 1) is not None
    if cue is None or not (he and (kin or clause.is_("subject_pronouns", start))):
        return False
    return clause.is_("objects_of_third", k + (cue.last - cue.first))


def _does_beside(clause: Clause, k: int) -> bool:
    """Return whether what a denier does besides begins at item `k`: "dispute this, pointing to …"."""
    ends = clause.layout.lexicon.endings.get("progressive", ("\0",))
    return clause.low(k).endswith(ends) and clause.noun(k) is None and not clause.capital(k)


def _medium(clause: Clause, k: int) -> bool:
    """Return whether "in a letter", "on Tuesday" begins at item `k`: it tells of the denial alone."""
    if not clause.is_("prepositions", k) or clause.is_("of", k):
        return False
    j = k + 1
    while (
        clause.is_("determiners", j) or clause.is_("possessives", j) or clause.is_("adjectives", j)
    ):
        j += 1
    noun = clause.noun(j)
    document = noun is not None and noun.entry.section == "document"
    return document or clause.is_("time_words", k + 1) or clause.is_("media_words", j)


def _new_clause(clause: Clause, k: int, highest: int) -> bool:
    """Return whether a main clause begins at item `k`: what was feared or denied was a thing."""
    return starts_phrase(clause, k) and has_finite(clause, k, highest)


def main_verb(clause: Clause, first: int, highest: int) -> int:
    """Return the auxiliary of the main clause behind what a description of its subject holds, else `highest`.

    "Five men who said they had escaped *were* on the boat": a second verb that has no subject of its own.
    """
    if not clause.layout.lexicon.order.get("bare_content"):
        return highest
    verbs = 0
    for k in range(first, highest):
        if clause.quoted(k) or clause.punctuation(k) or clause.is_("joining", k):
            return highest
        alone = clause.is_("auxiliaries", k) and not clause.is_("subject_contractions", k)
        if alone and (clause.is_("auxiliaries", k - 1) or clause.is_("negations", k - 1)):
            continue
        beside = clause.is_("pronouns", k - 1) or clause.is_("subordinators", k - 1)
        if alone and verbs and not beside and not _has_subject(clause, k, first):
            return k
        verbs += finite(clause, k)
    return highest


def _has_subject(clause: Clause, verb: int, first: int) -> bool:
    """Return whether a verb belongs to a clause inside the content: "knew the camp was closed", "because men were"."""
    for k in range(verb - 1, first - 1, -1):
        if clause.is_("subordinators", k) or clause.cue(k, "adjective") is not None:
            return True
        if finite(clause, k):
            return clause.cue(k, "say", "tell", "think", "ask", "hear") is not None
    return True


def _past_later(clause: Clause, k: int) -> int:
    """Return the item behind "later" of "and later said that" where that stands at item `k`, else `k`."""
    later = clause.is_("time_modifiers", k) and clause.cue(k + 1, "say", "tell") is not None
    return k + later


def new_frame(clause: Clause, k: int, highest: int) -> bool:
    """Return whether a cue with its own subject, or with none, begins at item `k`."""
    order = clause.layout.lexicon.order
    if clause.is_("perfect", k) and order.get("bare_content"):
        k += 1  # "and has promised new filters"
    romance = order.get("objects_first") and order.get("articles", True)
    while romance and clause.is_("contrast", k - 1) and clause.is_("auxiliaries", k):
        k += 1
    while (
        romance
        and clause.is_("auxiliaries", k - 1)
        and (clause.is_("cue_adverbs", k) and not clause.any_cues(k))
    ):
        k += 1  # "mais a ensuite soutenu que"
    k = _past_later(clause, k)
    cue = clause.cue(k, "say", "tell", "think", "ask", "want")
    if cue is not None and cue.entry.form in ("past", "pres", "base", ""):
        after = k + (cue.last - cue.first)
        thing = cue.entry.form == "past" and cue.entry.info["stance"] == "promised"
        if thing and clause.layout.lexicon.order.get("bare_content"):
            return True
        return (
            clause.is_("that", after)
            or clause.quoted(after)
            or clause.is_("that", after + 1)
            or (clause.cue(k, "say", "tell") is not None and starts_phrase(clause, after))
            or (bool(cue.entry.info.get("np")) and title_end(clause, after, highest) is not None)
            or (clause.is_("to", after) and cue.entry.form != "base")
            or (cue.entry.form == "pres" and _asks_for(clause, k, after))
            or (
                bool(romance) and clause.is_("perfect_infinitives", after)
            )  # "et affirme avoir payé"
            or (
                clause.cue(k, "ask", "want") is not None
                and infinitive(clause, after + clause.is_("accusatives", after))
            )
        )
    office = clause.layout.lexicon.order.get("cases") and clause.is_("source_prepositions", k)
    if not starts_phrase(clause, k) and not office:
        return False
    for j in range(k + 1, min(k + 9, highest)):
        if boundary(clause, j):
            return False
        cue = clause.cue(j, "say", "tell", "think", "adjective")
        if cue is not None and clause.noun(j) is None and not cue.entry.info.get("weak"):
            denied = bool(cue.entry.info.get("np")) and clause.is_("object_pronouns", j - 1)
            told = denied or _content_follows(clause, j, cue)  # "однако во ФСИН это отрицают"
            return cue.entry.form in ("past", "pres", "") and told
        if clause.is_("relatives", j) and clause.noun(j - 1) is not None:
            return _after_relative(clause, j, highest)
        if verbish(clause, j) and not (clause.is_("cue_adverbs", j) or clause.is_("be", j)):
            return False
    return False


def _asks_for(clause: Clause, k: int, after: int) -> bool:
    """Return whether "asks for his mother to be told" begins at item `k`."""
    asks = clause.cue(k, "ask") is not None and clause.is_("asked_for", after)
    return asks and starts_phrase(clause, after + 1)


def _after_relative(clause: Clause, k: int, highest: int) -> bool:
    """Return whether a cue follows a description: "and a supplier who delivers flour says that"."""
    for j in range(k + 2, min(k + 12, highest)):
        if boundary(clause, j):
            return False
        cue = clause.cue(j, "say", "tell", "think")
        if cue is not None and cue.entry.form in ("past", "pres") and clause.noun(j) is None:
            return _content_follows(clause, j, cue)
    return False


def _content_follows(clause: Clause, k: int, cue: Match) -> bool:
    after = k + (cue.last - cue.first)
    return any(
        clause.is_("that", j) or clause.quoted(j) for j in range(after, after + 6)
    ) or starts_phrase(clause, after)
