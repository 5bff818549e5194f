"""Frames of nouns and of cues without a subject: "reports that …", "it is claimed that …"."""

from guvoh.reading.cases import held_for
from guvoh.reading.clauses import (
    Clause,
    Phrase,
    boundary,
    has_finite,
    item_of,
    passive,
    plural_before,
    starts_phrase,
    verbish,
)
from guvoh.reading.content_ends import content_end, main_verb, new_frame
from guvoh.reading.documents import is_document
from guvoh.reading.frame import Frame, citing
from guvoh.reading.layout import is_mark
from guvoh.reading.lexicon import Match
from guvoh.reading.noun_phrases import noun_phrase_ending
from guvoh.reading.phrases import phrase_right
from guvoh.reading.phrases_before import subject_left
from guvoh.reading.relays import thing_before
from guvoh.reading.subjects import located

_THING = 8  # items of the thing that is called so
_TOLD_IN = 8  # items before "according to which" in which something may be denied
_CALLED = 14  # items from "called" to the word that says it is untrue


def noun_before(clause: Clause, k: int, cue: Match, bounds: tuple[int, int]) -> Frame | None:
    """Read "there are reports that …", "his claim that …", "reports of …"."""
    lowest, highest = bounds
    after = k + (cue.last - cue.first)
    that = next(
        (j for j in range(after, min(after + _THING, highest)) if clause.is_("that", j)), None
    )
    if that is None or any(
        boundary(clause, j) or verbish(clause, j) or clause.is_("subject_pronouns", j)
        for j in range(after, that)
    ):
        return None
    if clause.is_("to", that - 1):
        return None  # "a report to that effect"
    if verbish(clause, that + 1) and clause.cue(that + 1) is None:
        return None  # "the reports that were published": a relative clause
    if that + 2 < highest and clause.is_("auxiliaries", that + 1):
        return None
    denied = any(
        match.entry.info.get("stance") == "denied"
        for j in range(max(lowest, k - 4), k)
        for match in clause.matches(j)
        if match.entry.section == "cues"
    )
    if denied:
        return None
    stop, split = content_end(clause, that + 1, _of_subject(clause, k, that, bounds))
    frame = Frame(
        cue=cue,
        stance=cue.entry.info["stance"],
        pieces=[(that + 1, stop)],
        covers=(max(k - 3, lowest), split),
    )
    by = next(
        (j for j in range(after, that) if clause.is_("by", j) or clause.is_("whose_word", j)), None
    )
    if by is not None:
        frame.source = phrase_right(clause, by + 1, that)
    elif clause.low(k - 1) in ("'s", "’s") or clause.is_("possessives", k - 1):
        frame.source = _possessor(clause, k, lowest)
    heard = _received(clause, k, lowest) if frame.source is None else None
    if heard is not None:
        frame.source, frame.stance = heard, "asserted"
        frame.extra["class"] = "hear"
        frame.covers = (item_of(clause, heard.whole.first), split)
    if frame.source is None:
        frame.unnamed = True
        frame.stance = "reported" if frame.stance == "asserted" else frame.stance
    return frame


def _of_subject(clause: Clause, k: int, that: int, bounds: tuple[int, int]) -> int:
    """Return where a claim that is itself a subject ends: "The firm's insistence that they came freely | was rejected"."""
    lowest, highest = bounds
    phrase = noun_phrase_ending(clause, k + 1, lowest)
    opens = phrase is not None and item_of(clause, phrase.whole.first) == lowest
    return main_verb(clause, that + 1, highest) if opens else highest


def as_told_in(clause: Clause, k: int, cue: Match, bounds: tuple[int, int]) -> Frame | None:
    """Read "un communiqué selon lequel …", "des informations selon lesquelles …": who speaks stands before."""
    lowest, highest = bounds
    source = noun_phrase_ending(clause, k - (clause.low(k - 1) == ","), lowest)
    if source is None or any(
        match.entry.section == "cues" and match.entry.info.get("stance") == "denied"
        for j in range(max(lowest, k - _TOLD_IN), k)
        for match in clause.matches(j)
    ):
        return None
    start = k + (cue.last - cue.first)
    start += clause.low(start) == ","
    start += clause.is_("that", start)
    stop, split = content_end(clause, start, highest)
    frame = Frame(cue, str(cue.entry.info["stance"]), [(start, stop)])
    frame.covers = (lowest, split)
    if is_document(clause, source):
        frame.source = source
        frame.outer = _who_has(clause, lowest, item_of(clause, source.head.first))
        return frame
    frame.unnamed, frame.stance = True, "reported"
    return frame


def _who_has(clause: Clause, first: int, last: int) -> Phrase | None:
    """Return who has a document: "В распоряжении «Курьера» оказался список, согласно которому …"."""
    for k in range(first, last):
        cue = clause.cue(k, "holding")
        if cue is not None:
            return phrase_right(clause, k + (cue.last - cue.first), last)
        if k > first and (clause.is_("quotes_papers", k) or clause.cue(k, "citing") is not None):
            reader = subject_left(clause, k, first)
            return None if reader is None or reader.elided else reader
    return None


def called_untrue(clause: Clause, k: int, cue: Match, bounds: tuple[int, int]) -> Frame | None:
    """Read "Havana called it a fabrication", "calificó de falsas las acusaciones": a denial of a thing."""
    lowest, highest = bounds
    after = k + (cue.last - cue.first)
    source = _office_of_many(clause, k, lowest) or subject_left(clause, k, lowest)
    if source is None or source.elided or passive(clause, k, lowest):
        return None
    if clause.is_("nobody", item_of(clause, source.head.first)):
        return None  # "Nobody calls it a prison"
    stop = next(
        (
            j
            for j in range(after, min(after + _CALLED, highest))
            if boundary(clause, j) or clause.is_("relatives", j)
        ),
        min(after + _CALLED, highest),
    )
    untrue = next((j for j in range(after, stop) if clause.is_("untrue", j)), None)
    dated = clause.is_("time_words", k - 1)  # "в среду назвали ложью"
    thing = thing_before(clause, k, lowest) if untrue is not None and not dated else None
    office = None if thing is None else located(clause, thing[0], lowest)
    if thing is not None and office is not None:
        frame = Frame(cue, "denied", [thing], source=office, noun_content=True)
        frame.covers = (lowest, max(after, (untrue or 0) + 1))
        return frame  # "В пресс-службе эту информацию назвали недостоверной"
    if untrue is None:
        so = _judged(clause, k, cue, bounds)
        finite_form = cue.entry.form in ("past", "pres", "ing") or plural_before(clause, k)
        return so or (_called_so(clause, after, cue, source) if finite_form else None)
    if untrue is None or any(clause.is_("negations", j) for j in range(max(k - 2, lowest), k)):
        return None
    first, last = after, untrue
    while last > first and (
        clause.is_("determiners", last - 1)
        or clause.is_("as", last - 1)
        or clause.is_("prepositions", last - 1)
        or clause.is_("adjectives", last - 1)
        or clause.low(last - 1).endswith("ly")
        or _marked(clause, last - 1)
    ):
        last -= 1
    if last <= first:  # the word stands before the thing
        first, last = untrue + 1 + _marked(clause, untrue + 1), stop
    begin = item_of(clause, source.whole.first)
    if (
        clause.layout.lexicon.order.get("cases")
        and begin - lowest >= 2
        and not has_finite(clause, lowest, begin)
    ):
        first, last = lowest, begin  # "Публикации он назвал выдумкой"
    if last <= first:
        return None
    frame = Frame(cue, "denied", [(first, last)], source=source)
    frame.noun_content = True
    comma = clause.low(last) == "," and clause.is_("that_of", last - 1)
    if clause.is_("that", last + comma) and (comma or clause.is_("of", last - 1)):
        # "назвали ложью сообщения о том, что …", "calificó de falsas las denuncias de que …"
        frame.noun_content = False
        begin = last + comma + 1
        stop, last = content_end(clause, begin, highest)
        frame.pieces = [(begin, stop)]
    frame.covers = (item_of(clause, source.whole.first), max(last, untrue + 1))
    return frame


def _office_of_many(clause: Clause, k: int, lowest: int) -> Phrase | None:
    """Return the office in which people call something untrue: "В Минюсте назвали …"."""
    many = clause.low(k).endswith(clause.layout.lexicon.endings.get("they", ("\0",)))
    cased = clause.layout.lexicon.order.get("cases")
    return located(clause, k, lowest) if many and cased else None


def _judged(clause: Clause, k: int, cue: Match, bounds: tuple[int, int]) -> Frame | None:
    """Read "назвал забастовку незаконной", "В штабе запись считают постановочной": a thing and what it is held for."""
    lowest, highest = bounds
    after = k + (cue.last - cue.first)
    last = next(
        (
            j
            for j in range(after, highest)
            if boundary(clause, j)
            or (clause.is_("coordinators", j) and new_frame(clause, j + 1, highest))
        ),
        highest,
    )
    while last > after and clause.punctuation(last - 1):
        last -= 1
    held = next((j for j in range(after, min(after + _THING, last)) if held_for(clause, j)), None)
    if held is None:
        return None
    thing = thing_before(clause, k, lowest) if held == after else None
    if held == after and thing is None:
        return None
    begin = k if thing is None else thing[0]
    source = located(clause, begin, lowest) or subject_left(clause, begin, lowest)
    if source is None or source.elided:
        return None
    pieces = [(after, last)] if thing is None else [thing, (after, last)]
    believes = clause.is_("holds_for", k)
    frame = Frame(cue, "believed" if believes else "asserted", pieces, source=source)
    frame.noun_content = True
    frame.covers = (item_of(clause, source.whole.first), last)
    return frame


def put_at(clause: Clause, k: int, cue: Match, bounds: tuple[int, int]) -> Frame | None:
    """Read "put the number at between 60 and 80" and "put the deaths down to natural causes"."""
    lowest, highest = bounds
    after = k + (cue.last - cue.first)
    source = subject_left(clause, k, lowest)
    if (
        source is None
        or source.elided
        or passive(clause, k, lowest)
        or not starts_phrase(clause, after)
    ):
        return None
    for j in range(after + 1, min(after + _CALLED, highest - 1)):
        if boundary(clause, j) or (verbish(clause, j) and not clause.low(j).endswith("ed")):
            return None  # but "the number still trapped at around 700"
        if clause.is_("figure_after", j) and _figure(clause, j + 1, highest):
            stop, split = content_end(clause, j + 1, highest)
            pieces = [(after, stop)]
        elif clause.is_("down", j) and clause.is_("to", j + 1):
            stop, split = content_end(clause, j + 2, highest)
            pieces = [(after, j), (j + 2, stop)]
        else:
            continue
        frame = Frame(cue, "asserted", pieces, source=source, noun_content=True)
        frame.covers = (item_of(clause, source.whole.first), split)
        cited = citing(clause, item_of(clause, source.head.last), k)
        if cited is not None:
            frame.outer, frame.source = source, cited
        return frame
    return None


def _figure(clause: Clause, first: int, highest: int) -> bool:
    return any(
        clause.low(j)[:1].isdigit()
        or any(clause.is_(group, j) for group in ("counters", "quantifiers", "numerals"))
        for j in range(first, min(first + 4, highest))
    )


def _called_so(clause: Clause, after: int, cue: Match, source: Phrase) -> Frame | None:
    """Read 'called the hearing "a farce"', "calls the policy unlawful": what somebody says of a thing."""
    plain = _called_plainly(clause, after)
    if plain is not None:
        frame = Frame(cue, "asserted", [(after, plain)], source=source, noun_content=True)
        frame.covers = (item_of(clause, source.whole.first), plain)
        return frame
    marks = [j for j in range(after, len(clause.items)) if _marked(clause, j)][:2]
    if len(marks) < 2 or marks[0] - after > _THING or not starts_phrase(clause, after):
        return None
    if marks[0] <= after or any(
        boundary(clause, j) or verbish(clause, j) for j in range(after, marks[0])
    ):
        return None
    frame = Frame(cue, "asserted", [(after, marks[1] + 1)], source=source)
    frame.noun_content = True
    frame.covers = (item_of(clause, source.whole.first), marks[1] + 1)
    return frame


def _called_plainly(clause: Clause, after: int) -> int | None:
    """Return the item after "the ruling a beginning", "the policy unlawful" behind "called"; None elsewhere."""
    thing = phrase_right(clause, after, len(clause.items))
    if thing is None:
        return None
    at = item_of(clause, thing.whole.last)
    if clause.is_("indefinite_articles", at):
        what = phrase_right(clause, at, len(clause.items))
        return None if what is None else item_of(clause, what.whole.last)
    last = at - 1 if clause.punctuation(at) or at >= len(clause.items) else at
    ends = clause.layout.lexicon.endings.get("judging", ("\0",))
    judged = clause.low(last).endswith(ends) and clause.noun(last) is None and last > after + 1
    over = last + 1 >= len(clause.items) or clause.punctuation(last + 1)
    return last + 1 if judged and over else None


def past_marks(clause: Clause, k: int) -> int | None:
    """Return the item after words in marks that begin at item `k`."""
    if clause.quoted(k):
        return k + 1
    if not _marked(clause, k):
        return None
    return next(
        (j + 1 for j in range(k + 1, min(k + 12, len(clause.items))) if _marked(clause, j)), None
    )


def _marked(clause: Clause, k: int) -> bool:
    return clause.punctuation(k) and is_mark(clause.layout.tokens[clause.token(k)])


def _received(clause: Clause, k: int, lowest: int) -> Phrase | None:
    """Return who "received information that …", "has heard reports that …"."""
    j = k - 1
    while j > lowest and (clause.is_("determiners", j) or clause.is_("adjectives", j)):
        j -= 1
    if not clause.is_("receiving", j):
        return None
    source = subject_left(clause, j, lowest)
    return None if source is None or source.elided else source


def _possessor(clause: Clause, k: int, lowest: int) -> Phrase | None:
    if clause.is_("possessives", k - 1):
        return Phrase(clause.range(k - 1, k), clause.range(k - 1, k))
    return subject_left(clause, k - 1, lowest)


def impersonal(clause: Clause, k: int, cue: Match, bounds: tuple[int, int]) -> Frame | None:
    """Read "it is claimed that …" and "is believed to have …"."""
    lowest, highest = bounds
    after = k + (cue.last - cue.first)
    if cue.entry.info.get("unnamed") or cue.entry.info.get("narrates"):
        # "Сообщается, что …", "se cree que …": the verb itself has no subject.
        that = next((j for j in (after, after + 1) if clause.is_("that", j)), None)
        if clause.low(after) == ":":
            that = after
        if that is None:
            return None
        stop, split = content_end(clause, that + 1, highest)
        frame = Frame(cue, cue.entry.info["stance"], [(that + 1, stop)], covers=(k, split))
        frame.unnamed = not cue.entry.info.get("narrates")  # else the report says it itself
        return frame
    if not passive(clause, k, lowest):
        return None
    subject = next(
        (j for j in range(k - 1, max(lowest, k - 5) - 1, -1) if clause.is_("expletives", j)), None
    )
    plain = subject is not None and clause.is_("it", subject) and starts_phrase(clause, after)
    that = clause.is_("that", after)
    if subject is not None and (that or (plain and has_finite(clause, after + 1, highest))):
        stop, split = content_end(clause, after + that, highest)
        paper = _paper_opening(clause, lowest, subject)
        return Frame(
            cue=cue,
            stance=cue.entry.info["stance"] if paper is None else "asserted",
            pieces=[(after + that, stop)],
            source=paper,
            unnamed=paper is None,
            covers=(subject if paper is None else lowest, split),
        )
    if subject is None and cue.entry.info.get("unnamed"):
        return None
    if cue.entry.info["stance"] in ("planned", "expected"):
        return None  # "is due to resume", "is expected to rule": the report says so itself
    if subject is None and clause.is_("to", after) and not _in_aside(clause, k, bounds):
        frame = Frame(
            cue=cue, stance=cue.entry.info["stance"], pieces=[(lowest, highest)], unnamed=True
        )
        frame.extra["whole"] = "yes"
        frame.covers = (lowest, highest)
        return frame
    return None


def _paper_opening(clause: Clause, lowest: int, subject: int) -> Phrase | None:
    """Return the document of "In the statement made by the ministry it was said that"."""
    opens = clause.is_("prepositions", lowest) and subject > lowest + 1
    paper = phrase_right(clause, lowest + 1, subject) if opens else None
    if paper is None or not is_document(clause, paper):
        return None
    by = next((j for j in range(lowest + 2, subject) if clause.is_("by", j)), None)
    whole = clause.range(lowest + 1, subject)
    return Phrase(whole, whole) if by is not None else paper


def _in_aside(clause: Clause, k: int, bounds: tuple[int, int]) -> bool:
    """Return whether an item stands in a relative clause between commas: ", whose son is believed to be held,"."""
    opening = next((j for j in range(k - 1, bounds[0], -1) if clause.low(j) == ","), None)
    if opening is None or not (
        clause.is_("relatives", opening + 1) or clause.is_("whose", opening + 1)
    ):
        return False
    # "Are looking for him, who is said to have left"
    behind = has_finite(clause, bounds[0], opening)
    return behind or any(clause.low(j) == "," for j in range(k, bounds[1] - 1))
