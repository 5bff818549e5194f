"""Cues that are no verb, before their content: "according to X, …", "for X, …", "X is quoted as …"."""

from guvoh.reading.clauses import (
    Clause,
    Phrase,
    has_finite,
    item_at,
    item_of,
    passive,
)
from guvoh.reading.content_ends import content_end
from guvoh.reading.frame import Frame, apposed_name, citing, voice_of
from guvoh.reading.hearers import hearer_behind, speaker_behind
from guvoh.reading.layout import is_mark
from guvoh.reading.lexicon import Match
from guvoh.reading.phrases import can_speak, phrase_right
from guvoh.reading.phrases_before import subject_left
from guvoh.reading.relays import seen_in


def according_before(clause: Clause, k: int, cue: Match, bounds: tuple[int, int]) -> Frame | None:
    """Return the frame of "according to X, …", its content what follows the source; None where it is none."""
    highest = bounds[1]
    first = k + (cue.last - cue.first)
    drops = clause.layout.lexicon.order.get("prodrop") and not clause.capital(first)
    said = clause.cue(first, "say", "tell") if drops else None
    if said is not None:
        first += said.last - said.first
        if clause.low(first) == ",":
            end, split = content_end(clause, first + 1, highest, headed=False)
            stance = str(said.entry.info["stance"])
            frame = Frame(said, stance, [(first + 1, end)], covers=(k, split))
            frame.extra["implicit"] = "yes"
            return frame if end > first + 1 else None  # "Según explicó, …"
    told = said is not None or clause.cue(first - 1, "say", "tell") is not None
    first, hearer = hearer_behind(clause, first, highest, "") if told else (first, None)
    source, heard = _voice(clause, k, cue, first, highest, told=told)
    hearer = hearer or heard
    bare = clause.low(first) == "," or clause.is_("that", first)
    if source is None and not (cue.entry.info.get("unnamed") and bare):
        return None
    last = heard or source
    end = first if last is None else item_at(clause, last.whole.last, first)
    stop = next(
        (j for j in range(end, highest) if clause.quoted(j) or clause.low(j) in (",", ".", ":")),
        highest,
    )
    end, stop = _past_own(clause, source, first, end, stop) if said is None else (end, stop)
    frame = Frame(cue=cue, stance=cue.entry.info["stance"], pieces=[], source=source)
    frame.addressee = hearer
    frame.unnamed = source is None
    cited = citing(clause, end, min(stop + 3, highest))
    if cited is not None:
        frame.outer, frame.source = source, cited
        end = item_at(clause, cited.whole.last, end)
        stop = next((j for j in range(end, highest) if clause.low(j) in (",", ".", ":")), highest)
    seen = next((j for j in (end - 1, end) if clause.cue(j, "seen") is not None), None)
    if source is not None and seen is not None and clause.is_("by", seen + 1):
        frame.outer = phrase_right(clause, seen + 2, stop)  # "a memo obtained by Meduza"
        first = item_of(clause, source.head.first)
        frame.source = Phrase(clause.range(first, seen), source.whole) if seen > first else source
        source = frame.source
    if source is not None and cited is None and frame.outer is None:
        frame.outer = seen_in(clause, end, stop)  # "une note que Le Relais a pu consulter"
    begin = stop
    if source is None or cited is not None:
        pass
    elif name := _name_behind(clause, source, first, stop, highest):
        stop = item_at(clause, name.whole.last, stop)
        frame.source = name
    elif clause.low(stop) == "," and _apposition_follows(clause, stop, highest):
        while clause.low(stop) == "," and _apposition_follows(clause, stop, highest):
            stop = next(j for j in range(stop + 1, highest) if clause.low(j) == ",")
        frame.source = Phrase(source.head, clause.range(first, stop))
        frame.outer = seen_in(clause, begin + 1, stop) or frame.outer
    frame.addressee = frame.addressee or _asked_by(clause, begin + 1, stop)
    if stop + 1 >= highest:
        return None
    end, split = content_end(clause, stop + 1, highest, headed=False)
    frame.pieces = [(stop + 1, end)]
    frame.covers = (k, split)
    return frame


def _voice(
    clause: Clause, k: int, cue: Match, first: int, highest: int, *, told: bool
) -> tuple[Phrase | None, Phrase | None]:
    """Return whom a cue names and who hears: "Según relató la madre al programa Voces"."""
    if told:
        source, heard = speaker_behind(clause, first, highest, "")
        if source is not None and heard is None:
            end = item_at(clause, source.whole.last, first)
            heard = hearer_behind(clause, end, highest, "")[1]
        return source, heard
    return voice_of(clause, k, cue, highest), None


def _asked_by(clause: Clause, k: int, stop: int) -> Phrase | None:
    """Return the outlet of "D'après le syndicat, joint par Sahel Presse, …" that a description at item `k` names."""
    asked = clause.cue(k, "speaking")
    return None if asked is None else phrase_right(clause, k + (asked.last - asked.first), stop)


def _past_own(
    clause: Clause, source: Phrase | None, first: int, end: int, stop: int
) -> tuple[int, int]:
    """Return where a cue that holds its own voice ends, and the item before what is said: "In her view the crews are right"."""
    if source is None or item_of(clause, source.head.first) >= first:
        return end, stop
    plain = not clause.punctuation(first) and has_finite(clause, first, len(clause.items))
    return first, first - 1 if plain else stop


def for_whom(clause: Clause, k: int, cue: Match, bounds: tuple[int, int]) -> Frame | None:
    """Read "Pour Elena Marchetti, chercheuse, « … »": who speaks where words are quoted."""
    frame = according_before(clause, k, cue, bounds) if k == bounds[0] else None
    if frame is None or frame.source is None or not can_speak(clause, frame.source):
        return None
    return frame if any(clause.quoted(j) for p in frame.pieces for j in range(*p)) else None


def quoted_as(clause: Clause, k: int, cue: Match, bounds: tuple[int, int]) -> Frame | None:
    """Read "the agency quoted the minister as saying that …"."""
    lowest, highest = bounds
    relay = subject_left(clause, k, lowest)
    after = k + (cue.last - cue.first)
    reverse = passive(clause, k, lowest) and clause.is_("by", after)
    source = phrase_right(clause, after + reverse, highest)
    if relay is None or relay.elided or source is None:
        return None
    at = item_at(clause, source.whole.last, k)
    if clause.low(at) == ":" and not reverse:
        start = at
    elif clause.is_("as", at):
        start = at + 2
    else:
        return None
    while clause.is_("that", start) or clause.low(start) in (":", ","):
        start += 1
    if start >= highest:
        return None
    stop, split = content_end(clause, start, highest)
    said = clause.cue(at + 1, "say", "tell")  # "quoted a source as denying that"
    return Frame(
        cue=cue,
        stance="asserted" if said is None else str(said.entry.info["stance"]),
        pieces=[(start, stop)],
        source=relay if reverse else source,
        outer=source if reverse else relay,
        covers=(item_of(clause, relay.whole.first), split),
    )


def _name_behind(
    clause: Clause, source: Phrase, first: int, comma: int, highest: int
) -> Phrase | None:
    """Return a source with the name that stands between commas behind what he is, None where none does."""
    if clause.low(comma) != ",":
        return None
    named = _named_of_them(clause, first, comma, highest)
    return named or apposed_name(clause, source, comma, highest)


def _named_of_them(clause: Clause, first: int, comma: int, highest: int) -> Phrase | None:
    """Return the name between commas of "according to one of them, Pavel Zimin, …", "the head of the union, Omar Diallo"."""
    closing = next(iter(clause.where(",", comma + 1, min(comma + 6, highest))), None)
    names = range(comma + 1, closing or comma + 1)
    described = clause.is_("determiners", first) and clause.noun(first + 1) is not None
    if (
        not (described or clause.is_("one", first))
        or not names
        or clause.is_("joining", names[-1] + 2)
    ):
        return None
    if not all(map(clause.is_name, names)):
        return None
    return Phrase(clause.range(names[0], names[-1] + 1), clause.range(names[0], names[-1] + 1))


def _apposition_follows(clause: Clause, comma: int, highest: int) -> bool:
    """Return whether a description between two commas follows: ", a lawyer for the family,"."""
    closing = next(
        (j for j in range(comma + 1, min(comma + 16, highest)) if clause.low(j) == ","), None
    )
    if closing is None or closing + 2 >= highest:
        return False
    if clause.is_("relatives", comma + 1) or clause.is_("by", comma + 2):
        return True
    if clause.cue(comma + 1, "speaking") is not None:
        return True
    if clause.is_("relatives", comma + 2) and clause.is_("prepositions", comma + 1):
        return True
    if clause.is_("relatives", comma + 2) or (clause.is_("of", comma + 2) and closing - comma > 3):
        seen = any(clause.cue(j, "seen") is not None for j in range(comma + 1, closing))
        if seen:
            return True
    told_more = clause.layout.lexicon.endings.get("told_more", ("\0",))
    if clause.low(comma + 1).endswith(told_more) and not has_finite(clause, comma + 1, closing):
        return True  # "Согласно ответу, полученному редакцией, …"
    opens = clause.low(comma + 1) in ("a", "an", "the", "one", "head", "director") or (
        bool(clause.layout.lexicon.order.get("free"))
        and (clause.is_("determiners", comma + 1) or clause.noun(comma + 1) is not None)
    )
    marked = any(is_mark(clause.layout.tokens[clause.token(j)]) for j in range(comma + 1, closing))
    told = next((j for j in range(comma + 2, closing) if clause.is_("relatives", j)), closing)
    return opens and not marked and not has_finite(clause, comma + 1, told)
