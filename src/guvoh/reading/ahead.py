"""Cues that stand before their content: "X said that …", "according to X, …", "reports that …"."""

from collections.abc import Callable
from dataclasses import replace

from guvoh.reading.clauses import (
    Clause,
    Phrase,
    boundary,
    has_finite,
    infinitive,
    item_at,
    item_of,
    passive,
    plural_before,
    starts_phrase,
    unfinished,
    verbish,
)
from guvoh.reading.content import content_start, is_document, points_at_time, thing_follows
from guvoh.reading.content_ends import content_end
from guvoh.reading.frame import Frame, citing, voice_of
from guvoh.reading.hearsay import (
    as_told_in,
    called_untrue,
    impersonal,
    noun_before,
    past_marks,
    put_at,
)
from guvoh.reading.layout import is_mark
from guvoh.reading.lexicon import Entry, Match
from guvoh.reading.phrases import can_speak, phrase_right, title_end
from guvoh.reading.phrases_before import subject_left
from guvoh.reading.relays import seen_in, thing_before
from guvoh.reading.subjects import is_purpose, located, spoken_of
from guvoh.reading.verb_last import according_behind

_WISH = 4  # items of a wish in which a name stands


def before_all(clause: Clause, lowest: int, highest: int) -> list[Frame]:
    """Return the frames of the items whose cues stand before their content, in order."""
    frames: list[Frame] = []
    k = lowest
    floor = lowest
    while k < highest:
        if not (clause.has_cue(k) or clause.is_("that", k + 1)):
            k += 1
            continue
        frame = _before(clause, k, floor, highest)
        if frame is None:
            k += 1
            continue
        frames.append(frame)
        k = floor = max(frame.covers[1], k + 1)
        while clause.is_("coordinators", k) and clause.is_("that", k + 1) and k + 2 < highest:
            frame = _and_that(clause, frame, k, highest)
            frames.append(frame)
            k = floor = max(frame.covers[1], k + 1)
    return frames


def _and_that(clause: Clause, frame: Frame, k: int, highest: int) -> Frame:
    """Return the frame of "… and that …" under the cue before."""
    stop, split = content_end(clause, k + 2, highest)
    return replace(frame, pieces=[(k + 2, stop)], covers=(k, split), extra=dict(frame.extra))


def _before(clause: Clause, k: int, lowest: int, highest: int) -> Frame | None:
    for match in clause.matches(k):
        if match.entry.section != "cues" or _is_named(clause, k) or _is_noun(clause, k, match):
            continue
        kind = str(match.entry.info["class"])
        reader = _READERS.get(kind)
        frame = None if reader is None else reader(clause, k, match, (lowest, highest))
        if frame is None and kind == "impersonal":
            frame = impersonal(clause, k, match, (lowest, highest))
        if frame is not None:
            return frame
    generic = _generic(clause, k)
    return (
        _verb_before_content(clause, k, generic, (lowest, highest)) if generic is not None else None
    )


def _sees_document(clause: Clause, k: int, cue: Match, bounds: tuple[int, int]) -> Frame | None:
    """Read "The Herald has seen photographs of two contracts": a document, and who has it."""
    lowest, highest = bounds
    after = k + (cue.last - cue.first)
    outer = subject_left(clause, k, lowest)
    document = phrase_right(clause, after, highest)
    if outer is None or outer.elided or document is None or passive(clause, k, lowest):
        return None
    if clause.is_("by", after):
        return None
    head = clause.layout.tokens[outer.head.first].low
    reader = not clause.is_("pronouns", item_of(clause, outer.head.first)) or head in ("we", "мы")
    if not reader or not is_document(clause, document) or cue.entry.form == "ing":
        return None
    if any(clause.is_("negations", j) for j in range(max(k - 3, lowest), k)):
        return None
    stop, split = content_end(clause, after, highest)
    frame = Frame(cue, "asserted", [(after, stop)], source=document, outer=outer)
    frame.covers = (item_of(clause, outer.whole.first), split)
    return frame


def _is_named(clause: Clause, k: int) -> bool:
    """Return whether a capital inside a sentence makes a cue's word a name: "State Department"."""
    return k > 0 and clause.capital(k) and not clause.punctuation(k - 1)


def _is_noun(clause: Clause, k: int, cue: Match) -> bool:
    """Return whether a cue's word is a noun here: "payroll records obtained by the paper", "de la menace"."""
    if _is_said_noun(clause, k, cue):
        return True
    noun = clause.noun(k)
    if noun is None:
        return False
    if _headed_noun(clause, k):
        return True
    counted = clause.low(k - 1).isdigit() or clause.is_("quantifiers", k - 1)
    many = counted and noun.entry.form == "pl"  # "put two documents on the table"
    said = noun.entry.form == "pl" and clause.cue(k + 1, "say", "tell", "show") is not None
    return many or said or (clause.low(k + 1).endswith("ed") and clause.is_("by", k + 2))


def _headed_noun(clause: Clause, k: int) -> bool:
    """Return whether a document's word ends a phrase of one: "a price list that …", not "the records list"."""
    noun = clause.noun(k)
    single = noun is not None and noun.entry.section == "document" and noun.entry.form == "sg"
    plain = not clause.low(k - 1).endswith("s") and clause.noun(k - 1) is None
    return single and plain and clause.is_("indefinite_articles", k - 2)


def _is_said_noun(clause: Clause, k: int, cue: Match) -> bool:
    """Return whether an article or "of" before it makes a cue's word a noun: "attaché de presse"."""
    order = clause.layout.lexicon.order
    if not (order.get("objects_first") and order.get("articles", True)):
        return False
    if clause.is_("of", k - 1) and cue.entry.form in ("", "pres"):
        return True
    if clause.is_("noun_markers", k - 1) and (k == 1 or not clause.capital(k - 1)):
        return True
    if not clause.is_("clitic_articles", k - 1):
        return False
    ends = clause.layout.lexicon.endings.get("participle", ("\0",))
    return (
        clause.is_("prepositions", k - 2)
        or clause.is_("of", k - 2)
        or clause.low(k - 2).endswith(ends)
        or verbish(clause, k - 2)
    )


def _generic(clause: Clause, k: int) -> Match | None:
    """Return a cue made of any finite verb before a complementiser: "boasted that"."""
    if clause.matches(k) or not clause.is_("that", k + 1) or not verbish(clause, k):
        return None
    if clause.is_("auxiliaries", k):
        return None
    first = clause.token(k)
    return Match(
        first,
        first + 1,
        Entry("cues", clause.low(k), "past", {"class": "say", "stance": "asserted"}),
    )


def _according_before(clause: Clause, k: int, cue: Match, bounds: tuple[int, int]) -> Frame | None:
    highest = bounds[1]
    first = k + (cue.last - cue.first)
    said = clause.cue(first, "say", "tell")
    comma = first + 1
    drops = clause.layout.lexicon.order.get("prodrop") and not clause.capital(first)
    if said is not None and drops and clause.low(comma) == ",":
        end, split = content_end(clause, comma + 1, highest, headed=False)
        frame = Frame(said, str(said.entry.info["stance"]), [(comma + 1, end)], covers=(k, split))
        frame.extra["implicit"] = "yes"
        return frame if end > comma + 1 else None  # "Según explicó, …"
    source = voice_of(clause, k, cue, highest)
    bare = clause.low(first) == "," or clause.is_("that", first)
    if source is None and not (cue.entry.info.get("unnamed") and bare):
        return None
    end = first if source is None else item_at(clause, source.whole.last, first)
    stop = next(
        (j for j in range(end, highest) if clause.quoted(j) or clause.low(j) in (",", ".", ":")),
        highest,
    )
    frame = Frame(cue=cue, stance=cue.entry.info["stance"], pieces=[], source=source)
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
    if source is None or cited is not None:
        pass
    elif clause.low(stop) == "," and _apposition_follows(clause, stop, highest):
        begin = stop
        stop = next((j for j in range(stop + 1, highest) if clause.low(j) == ","), stop)
        frame.source = Phrase(source.head, clause.range(first, stop))
        frame.outer = seen_in(clause, begin + 1, stop)
    if stop + 1 >= highest:
        return None
    end, split = content_end(clause, stop + 1, highest, headed=False)
    frame.pieces = [(stop + 1, end)]
    frame.covers = (k, split)
    return frame


def _for_whom(clause: Clause, k: int, cue: Match, bounds: tuple[int, int]) -> Frame | None:
    """Read "Pour Elena Marchetti, chercheuse, « … »": who speaks where words are quoted."""
    frame = _according_before(clause, k, cue, bounds) if k == bounds[0] else None
    if frame is None or frame.source is None or not can_speak(clause, frame.source):
        return None
    return frame if any(clause.quoted(j) for p in frame.pieces for j in range(*p)) else None


def _quoted_as(clause: Clause, k: int, cue: Match, bounds: tuple[int, int]) -> Frame | None:
    """Read "the agency quoted the minister as saying that …"."""
    lowest, highest = bounds
    relay = subject_left(clause, k, lowest)
    after = k + (cue.last - cue.first)
    reverse = passive(clause, k, lowest) and clause.is_("by", after)
    source = phrase_right(clause, after + reverse, highest)
    if relay is None or relay.elided or source is None:
        return None
    at = item_at(clause, source.whole.last, k)
    if not clause.is_("as", at):
        return None
    start = at + 2
    while clause.is_("that", start) or clause.low(start) in (":", ","):
        start += 1
    if start >= highest:
        return None
    stop, split = content_end(clause, start, highest)
    return Frame(
        cue=cue,
        stance="asserted",
        pieces=[(start, stop)],
        source=relay if reverse else source,
        outer=source if reverse else relay,
        covers=(item_of(clause, relay.whole.first), split),
    )


def _apposition_follows(clause: Clause, comma: int, highest: int) -> bool:
    """Return whether a description between two commas follows: ", a lawyer for the family,"."""
    closing = next(
        (j for j in range(comma + 1, min(comma + 16, highest)) if clause.low(j) == ","), None
    )
    if closing is None or closing + 2 >= highest:
        return False
    if clause.is_("relatives", comma + 1) or clause.is_("by", comma + 2):
        return True
    if clause.is_("relatives", comma + 2) and clause.is_("prepositions", comma + 1):
        return True
    if clause.is_("relatives", comma + 2) or (clause.is_("of", comma + 2) and closing - comma > 3):
        seen = any(clause.cue(j, "seen") is not None for j in range(comma + 1, closing))
        if seen:
            return True
    opens = clause.low(comma + 1) in ("a", "an", "the", "one", "head", "director") or (
        bool(clause.layout.lexicon.order.get("free"))
        and (clause.is_("determiners", comma + 1) or clause.noun(comma + 1) is not None)
    )
    marked = any(is_mark(clause.layout.tokens[clause.token(j)]) for j in range(comma + 1, closing))
    return opens and not marked and not has_finite(clause, comma + 1, closing)


def _verb_before_content(
    clause: Clause, k: int, cue: Match, bounds: tuple[int, int]
) -> Frame | None:
    """Read "X said that …", "X is afraid that …", "X was told by Y that …"."""
    lowest = bounds[0]
    kind = str(cue.entry.info["class"])
    told_to = is_purpose(clause, k, cue, lowest)
    shows = kind == "show" and not unfinished(clause, cue)
    bare = not shows and cue.entry.form == "base" and not told_to
    if (bare and not plural_before(clause, k)) or _hearsay(clause, k, lowest):
        return None
    turned = passive(clause, k, lowest)
    if not turned and clause.is_("by", k + (cue.last - cue.first)):
        return None  # "documents seen by the Herald": a description and no statement
    spoken = spoken_of(clause, k, cue, bounds, told_to=told_to)
    if spoken is None:
        return _thing_denied(clause, k, cue, bounds)
    source, after, relayed = spoken.source, spoken.after, spoken.frame
    if source is not None and not source.elided and _anybody(clause, k, source, lowest):
        return None
    highest = _relative_end(clause, k, bounds)
    implicit = source is None or source.elided
    frame = replace(relayed, source=None if implicit else relayed.source)
    frame.negated = _negated(clause, k, lowest)
    if kind == "adjective":
        if not turned:
            return None
    elif turned and not _turn_passive(clause, frame, after, highest, kind):
        return None
    if kind == "hear" and not implicit:
        after = _heard_from(clause, frame, after, highest)
    end, addressee = _addressee(clause, after, highest, kind)
    frame.addressee = addressee or frame.addressee
    start = content_start(clause, end, highest, frame, kind)
    if start is None or start >= highest:
        return _thing_denied(clause, k, cue, bounds)
    frame.negated = frame.negated or bool(cue.entry.info.get("negates"))
    stop, split = content_end(clause, start, highest, np=frame.noun_content)
    stop = _called_as(clause, frame, stop)
    wishes = kind in ("ask", "want") or not clause.layout.lexicon.order.get("bare_content")
    if stop <= start or (wishes and _aside_wish(clause, k, start, lowest)):
        return None
    frame.pieces = [(start, stop)]
    begin = k if source is None or implicit else item_of(clause, source.whole.first)
    frame.covers = (min(begin, spoken.opening, k), split)
    if implicit:
        frame.extra["implicit"] = "yes" if source is None else "joined"
    return frame


def _anybody(clause: Clause, k: int, source: Phrase, lowest: int) -> bool:
    """Return whether "you" means anybody, or what is said only could be: "you could ask for it back"."""
    if source.head.last - source.head.first > 1:
        return False
    may = any(clause.is_("modals", j) for j in range(max(lowest, k - 2), k))
    return clause.is_("you", item_of(clause, source.head.first)) and may


def _called_as(clause: Clause, frame: Frame, stop: int) -> int:
    """Return where the content 'the contract as "slavery"' ends, of which "as" is the middle."""
    if frame.noun_content and frame.stance == "asserted" and clause.is_("as", stop):
        return past_marks(clause, stop + 1) or stop
    return stop


def _negated(clause: Clause, k: int, lowest: int) -> bool:
    """Return whether a negation stands before a cue; one in a description before a comma is none."""
    for j in range(k - 1, max(k - 5, lowest - 1), -1):
        if clause.low(j) in (",", "—", "–", ")"):
            return False
        if clause.is_("negations", j) and not boundary(clause, j):
            return True
    return False


def _relative_end(clause: Clause, k: int, bounds: tuple[int, int]) -> int:
    """Return where a content ends at the latest: a description between commas holds its own."""
    lowest, highest = bounds
    if clause.is_("subordinators", lowest) and not clause.is_("as", lowest):
        return _subordinate_end(clause, k, highest)
    j = k - 1
    while j > lowest and clause.is_("cue_adverbs", j):
        j -= 1
    if not clause.is_("relatives", j) or clause.low(j - 1) != "," or clause.is_("that", j):
        return highest
    for i in range(k + 1, highest):
        if clause.quoted(i) or clause.is_("that", i) or clause.low(i) == ":":
            return highest
        if clause.low(i) == ",":
            return i
    return highest


def _subordinate_end(clause: Clause, k: int, highest: int) -> int:
    """Return where a content ends whose cue stands in a clause before the main one: "Alors que l'armée jure …, X dit"."""
    for i in range(k + 1, highest):
        if clause.low(i) == "," and starts_phrase(clause, i + 1):
            behind = phrase_right(clause, i + 1, highest)
            after = i + 1 if behind is None else item_at(clause, behind.whole.last, i)
            if any(verbish(clause, j) or clause.cue(j, "say", "tell") for j in (after, after + 1)):
                return i
    return highest


def _hearsay(clause: Clause, k: int, lowest: int) -> bool:
    """Return whether the cue itself is hearsay or refused: "aurait promis", "declined to say"."""
    if clause.is_("refusals", k - 2) and clause.is_("to", k - 1):
        return True
    return any(
        match.entry.info.get("conditional") and match.entry.section == "hedges"
        for j in range(max(lowest, k - 3), k)
        for match in clause.matches(j)
    )


def _thing_denied(clause: Clause, k: int, cue: Match, bounds: tuple[int, int]) -> Frame | None:
    """Read "El Ministerio lo negó" and "В МВД обвинения отвергли": the thing stands before the cue."""
    lowest, highest = bounds
    after = k + (cue.last - cue.first)
    ended = after >= highest or clause.punctuation(after) or clause.is_("coordinators", after)
    if not cue.entry.info.get("np") or not (ended or clause.is_("object_pronouns", k - 1)):
        return None
    thing = thing_before(clause, k, lowest)
    if thing is None or any(clause.is_("relatives", j) for j in range(max(lowest, k - 4), k)):
        return None  # "la femme qui l'accuse"
    source = located(clause, thing[0], lowest) or subject_left(clause, thing[0], lowest)
    if source is None or source.elided:
        return None
    frame = Frame(cue, str(cue.entry.info["stance"]), [thing], source=source)
    frame.noun_content = True
    frame.covers = (item_of(clause, source.whole.first), after)
    return frame


def _aside_wish(clause: Clause, k: int, start: int, lowest: int) -> bool:
    """Return whether a wish only describes its subject: "a man who asked for anonymity"."""
    if clause.is_("that", start - 1) and not any(
        clause.is_("name_words", j) for j in range(start, start + _WISH)
    ):
        return False  # "who asked that his name be kept back" describes him
    while k - 1 > lowest and clause.is_("cue_adverbs", k - 1):
        k -= 1
    return clause.is_("relatives", k - 1) and not clause.quoted(start)


def _heard_from(clause: Clause, frame: Frame, after: int, highest: int) -> int:
    """Make the subject of "learned from X that" the outer voice; return the item after X."""
    if not clause.is_("from", after):
        return after
    teller = phrase_right(clause, after + 1, highest)
    if teller is None:
        return after
    frame.outer, frame.source = frame.source, teller
    return item_at(clause, teller.whole.last, after)


def _turn_passive(clause: Clause, frame: Frame, after: int, highest: int, kind: str) -> bool:
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


def _addressee(clause: Clause, k: int, highest: int, kind: str) -> tuple[int, Phrase | None]:
    """Return the item after the addressee and what follows it, and the addressee."""
    while clause.is_("enclitics", k):
        k += 1
    if kind in ("tell", "ask", "want", "show", "hear") and (
        starts_phrase(clause, k)
        or (clause.is_("adjectives", k) and starts_phrase(clause, k + 1))
        or title_end(clause, k, highest) is not None
    ):
        phrase = phrase_right(clause, k, highest)
        if phrase is not None:
            after = item_at(clause, phrase.whole.last, k)
            if kind == "show" and clause.is_("to", after):
                return k, None  # "montre un homme à l'étage"
            described = clause.is_("relatives", after) and not clause.is_("that", after)
            if kind == "tell" or (_complement(clause, after) and not described):
                return after, phrase
            if kind == "want" and clause.is_("pronouns", k) and thing_follows(clause, after):
                return after, phrase
            given = clause.is_("determiners", after) or clause.low(after)[:1].isdigit()
            if kind == "want" and clause.noun(k) is not None and given:
                return after, phrase  # "promises recruits a monthly salary"
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
    )


_READERS: dict[str, Callable[[Clause, int, Match, tuple[int, int]], Frame | None]] = {
    **dict.fromkeys(
        ("say", "tell", "think", "show", "ask", "want", "hear", "adjective"), _verb_before_content
    ),
    "according-behind": according_behind,
    "according": _according_before,
    "for": _for_whom,
    "citing": _quoted_as,
    "noun": noun_before,
    "seen": _sees_document,
    "told-in": as_told_in,
    "call": called_untrue,
    "put": put_at,
}
