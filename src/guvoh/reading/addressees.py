"""Whom a verb of saying is followed by before its content: "told her that …", "was told by X that …"."""

from guvoh.reading.clauses import (
    Clause,
    Phrase,
    boundary,
    infinitive,
    item_at,
    item_of,
    starts_phrase,
)
from guvoh.reading.content import points_at_time
from guvoh.reading.content_bare import thing_follows
from guvoh.reading.frame import Frame
from guvoh.reading.phrases import can_speak, phrase_right, title_end


def heard_from(clause: Clause, frame: Frame, after: int, highest: int) -> int:
    """Make the subject of "learned from X that" the outer voice; return the item after X."""
    if not clause.is_("from", after):
        return after
    teller = phrase_right(clause, after + 1, highest)
    if teller is None:
        return after
    frame.outer, frame.source = frame.source, teller
    end = item_at(clause, teller.whole.last, after)
    said = clause.cue(end + 1, "say", "tell") if clause.is_("relatives", end) else None
    return end if said is None else end + 1 + (said.last - said.first)  # "a nurse who said that"


def turn_passive(clause: Clause, frame: Frame, after: int, highest: int, kind: str) -> bool:
    """Make the hearer of "X was told by Y that …" the outer voice; False where there is no voice."""
    if frame.cue.entry.form == "ing":
        return True
    for k in range(after, min(after + 7, highest)):
        if boundary(clause, k):
            return False
        if clause.is_("by", k):
            agent = phrase_right(clause, k + 1, highest)
            if agent is None or _dated(clause, agent):
                return False  # "were told to sign by the 15th"
            frame.outer, frame.source = frame.source, agent
            if kind != "tell":
                frame.outer = None
            return True
    return False


def _dated(clause: Clause, phrase: Phrase) -> bool:
    """Return whether a phrase is a day by which something is to be done."""
    head = range(item_of(clause, phrase.head.first), item_of(clause, phrase.head.last))
    return not can_speak(clause, phrase) and any(
        clause.low(k)[:1].isdigit() or clause.is_("time_words", k) for k in head
    )


def addressee_of(clause: Clause, k: int, highest: int, kind: str) -> tuple[int, Phrase | None]:
    """Return the item after the addressee and what follows it, and the addressee."""
    while clause.is_("enclitics", k):
        k += 1
    if kind in ("tell", "ask", "want", "show", "hear") and (
        starts_phrase(clause, k)
        or (_described(clause, k) and starts_phrase(clause, k + 1))
        or title_end(clause, k, highest) is not None
    ):
        phrase = phrase_right(clause, k, highest)
        if phrase is not None:
            after = item_at(clause, phrase.whole.last, k)
            if kind == "show" and clause.is_("to", after):
                return k, None  # "montre un homme à l'étage"
            described = clause.is_("relatives", after) and not clause.is_("that", after)
            if kind == "tell":
                return after, _named_from(clause, k, after, phrase)
            if _complement(clause, after) and not described:
                return after, phrase
            placed = _past_places(clause, after, highest) if kind == "ask" else after
            if placed > after and clause.is_("to", placed):
                return placed, phrase  # "asked people with mild symptoms to stay away"
            given = clause.is_("determiners", after) or clause.low(after)[:1].isdigit()
            given = given and clause.noun(k) is not None  # "promises recruits a monthly salary"
            given = given or (clause.is_("pronouns", k) and thing_follows(clause, after))
            if kind == "want" and given:
                return after, phrase
    if (
        clause.is_("to_addressee", k)
        and starts_phrase(clause, k + 1)
        and not _plain_verb(clause, k + 1, kind)
    ):
        phrase = phrase_right(clause, k + 1, highest)
        if phrase is not None:
            after = item_at(clause, phrase.whole.last, k)
            if any(_complement(clause, j) for j in range(after, min(after + 6, highest))):
                return after, phrase
    return k, None


def _named_from(clause: Clause, k: int, after: int, phrase: Phrase) -> Phrase:
    """Return an outlet without where one spoke to it from: "the Bay Courier from Luganville"."""
    for j in clause.those("from", k + 1, after - 1):
        if clause.is_name(j - 1) and clause.is_name(j + 1):
            return Phrase(clause.range(k, j), clause.range(k, j))
    return phrase


def _described(clause: Clause, k: int) -> bool:
    """Return whether an adjective stands at item `k`, by its ending in a language with cases: "катарскому изданию"."""
    order, ends = clause.layout.lexicon.order, clause.layout.lexicon.endings
    cased = order.get("cases") and clause.low(k).endswith(ends.get("adjective", ("\0",)))
    return clause.is_("adjectives", k) or bool(cased)


def _past_places(clause: Clause, k: int, highest: int) -> int:
    """Return the item after the prepositional phrases that begin at item `k`."""
    while k < highest and clause.is_("prepositions", k) and not clause.is_("to", k):
        k += 1
        if not starts_phrase(clause, k):
            k += 1  # "with mild symptoms"
        phrase = phrase_right(clause, k, highest)
        k = k + 1 if phrase is None else item_at(clause, phrase.whole.last, k + 1)
    return k


def _plain_verb(clause: Clause, k: int, kind: str) -> bool:
    """Return whether a word behind "to" is what is planned and nobody who hears: "plans to recruit up to 20,000"."""
    groups = ("determiners", "possessives", "pronouns")
    bare = clause.layout.lexicon.order.get("bare_content")
    return (
        kind == "want"
        and bool(bare)
        and not clause.capital(k)
        and not any(clause.is_(group, k) for group in groups)
    )


def _complement(clause: Clause, k: int) -> bool:
    return (
        (clause.is_("complementizers", k) and not points_at_time(clause, k))
        or clause.is_("to", k)
        or clause.low(k) == ":"
        or clause.quoted(k)
        or infinitive(clause, k)
        or clause.is_("perfect_infinitives", k)
        or (clause.is_("negations", k) and infinitive(clause, k + 1))
        or (clause.is_("negations", k) and clause.is_("to", k + 1))
    )
