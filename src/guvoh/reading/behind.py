"""Cues that stand behind their content: "…, he said", "…, according to X"."""

from guvoh.reading.behind_ends import cue_begin, finish_after, past_citing
from guvoh.reading.clauses import (
    Clause,
    Phrase,
    has_finite,
    item_at,
    item_of,
    passive,
    starts_phrase,
    unfinished,
)
from guvoh.reading.contents import first_subject
from guvoh.reading.documents import describes_document, is_document, seen_by
from guvoh.reading.frame import Frame, citing, past_apposition, voice_of
from guvoh.reading.hearers import hearer_behind
from guvoh.reading.inverted import inverted
from guvoh.reading.lexicon import Match
from guvoh.reading.phrases import phrase_right
from guvoh.reading.phrases_before import subject_left
from guvoh.reading.relays import seen_in, spoken_behind
from guvoh.reading.subjects import before_habit
from guvoh.reading.verb_last import verb_last

_OPENS = 3  # items of a content's opening before an aside


def after(clause: Clause, lowest: int, highest: int) -> Frame | None:
    """Return the frame whose cue stands behind its content: "…, he said"; "…, according to X"."""
    for k in reversed(clause.cued(lowest + 1, highest)):
        if not clause.any_cues(k):
            continue
        bounds = (lowest, highest)
        nobody = _heard_in_court(clause, k, bounds) or _impersonal_after(clause, k, bounds)
        if nobody is not None:
            return nobody
        cues = clause.cues(k, "say", "tell", "ask", "think", "want")
        shows = None if cues else _document_shows(clause, k, lowest)
        for one in cues if shows is None else [shows]:
            if one.entry.form == "ing" or unfinished(clause, one) or _mute(clause, one, bounds):
                continue
            if _in_description(clause, k, lowest):
                continue  # "…, said Bektur, a welder who asked to be identified by his first name"
            frame = _said_after(clause, k, one, bounds) or verb_last(clause, k, one, bounds)
            if frame is not None:
                return frame
        cue = clause.cue(k, "according")
        if cue is not None and clause.cue(k, "told-in") is None:
            frame = _according_after(clause, k, cue, (lowest, highest))
            if frame is not None:
                return frame
    return None


def _heard_in_court(clause: Clause, k: int, bounds: tuple[int, int]) -> Frame | None:
    """Read "…, an inquest heard on Monday" and "…, the court was told": nobody says who told it."""
    lowest, highest = bounds
    heard = clause.cue(k, "hear")
    cue = heard if heard is not None and heard.entry.form != "ing" else clause.cue(k, "tell")
    if cue is None or (cue is not heard and not passive(clause, k, lowest)):
        return None
    court = subject_left(clause, k, lowest)
    end = k + (cue.last - cue.first)
    if court is None or court.elided or not _tail_ends(clause, end, highest):
        return None
    first, last = item_of(clause, court.whole.first), item_of(clause, court.head.last)
    if not any(clause.is_("courts", j) for j in range(first, last)):
        return None
    return _by_nobody(clause, (lowest, first), (end, highest), cue)


def _impersonal_after(clause: Clause, k: int, bounds: tuple[int, int]) -> Frame | None:
    """Read "…, it is claimed" and "…, it is understood"."""
    lowest, highest = bounds
    cue = clause.cue(k, "impersonal")
    subject = next((j for j in range(k - 1, max(lowest, k - 4), -1) if clause.is_("it", j)), None)
    if cue is None or subject is None or not passive(clause, k, lowest):
        return None
    end = k + (cue.last - cue.first)
    closed = end >= highest or clause.punctuation(end)
    return _by_nobody(clause, (lowest, subject), (end, highest), cue) if closed else None


def _by_nobody(
    clause: Clause, before: tuple[int, int], tail: tuple[int, int], cue: Match
) -> Frame | None:
    """Return the frame of a content before a comma that nobody named says; `before` ends at the cue's clause."""
    lowest, first = before
    content = (lowest, first - 1)
    plain = clause.low(first - 1) == "," and has_finite(clause, *content)
    if not plain or clause.quotations(*content) or _is_adverbial(clause, *content):
        return None
    court = clause.range(first, tail[0])
    frame = finish_after(clause, content, tail, cue, Phrase(court, court))
    frame.source, frame.unnamed = None, True
    return frame


def _mute(clause: Clause, cue: Match, bounds: tuple[int, int]) -> bool:
    """Return whether a cue needs words in quotation marks, and there are none: "the officers laughed"."""
    return bool(cue.entry.info.get("quoted")) and not clause.quotations(*bounds)


def _document_shows(clause: Clause, k: int, lowest: int) -> Match | None:
    """Return the cue of "…, court documents show": only documents show something behind it."""
    cue = clause.cue(k, "show")
    cue = None if cue is None or cue.entry.info.get("puts") else cue
    subject = subject_left(clause, k, lowest) if cue is not None else None
    return cue if subject is not None and is_document(clause, subject) else None


def _said_after(clause: Clause, k: int, cue: Match, bounds: tuple[int, int]) -> Frame | None:
    """Read "…, he said", "…, said the father" and "…, he told the Herald"."""
    frame = inverted(clause, k, cue, bounds)
    if frame is not None:
        return frame
    lowest, highest = bounds
    kind = cue.entry.info["class"]
    end = k + (cue.last - cue.first)
    source = subject_left(clause, before_habit(clause, k), lowest)
    if source is None or source.elided:
        return _without_subject(clause, k, cue, bounds)
    apart = clause.layout.lexicon.order.get("verb_last")
    if kind == "think" and passive(clause, k, lowest):
        return None  # "the suspect was found with six passports"
    # "Он этого не видел, ему рассказал напарник"
    wants = kind == "want" and cue.entry.info["stance"] != "promised"
    if wants or _told_him(clause, source) or (apart and not clause.quotations(lowest, k)):
        return None
    begin = item_of(clause, source.whole.first)
    begin = _before_as(clause, begin)
    if begin <= lowest or not _content_ends(clause, begin - 1):
        return None
    content = _content_before(clause, lowest, begin)
    quoted = bool(clause.quotations(*content))
    told = _past_hearer(clause, end, highest, kind) if not quoted else end
    if not _is_content(clause, content, told, highest) or (kind == "think" and quoted):
        return None
    if not quoted and clause.quoted(end + 1):
        if not has_finite(clause, *content):
            return None  # "The case, she said, “…”" is read from its cue on
        if _has_that_cue(clause, *content):
            frame = finish_after(clause, (end + 1, end + 2), (end + 2, highest), cue, source)
            frame.covers = (begin, end + 2)
            return frame
    addressee = phrase_right(clause, end, highest) if kind == "tell" else None
    if addressee is not None:
        end = item_at(clause, addressee.whole.last, end)
    else:
        end, addressee = hearer_behind(clause, end, highest, "")
    when = clause.is_("subordinators", end) and not clause.is_("that", end)
    when = when and (quoted or _meanwhile(clause, end))
    if not (when or _tail_ends(clause, end, highest)):
        return None
    source = _before_colon(clause, content, lowest, source)
    frame = finish_after(clause, content, (end, highest), cue, source)
    frame.covers = (lowest, frame.covers[1])
    frame.addressee = addressee or spoken_behind(clause, end, highest)
    return frame


def _before_colon(clause: Clause, content: tuple[int, int], lowest: int, source: Phrase) -> Phrase:
    """Return whom "he" means behind a colon: "His deputy tells a different story: the men, he says, …"."""
    he = clause.is_("subject_pronouns", item_of(clause, source.head.first))
    told = first_subject(clause, lowest) if he and content[0] > lowest else None
    return told or source


def _asks(clause: Clause, k: int) -> bool:
    """Return whether "where", "what" opens a clause of which somebody tells: "Куда едут, сказали на трассе"."""
    word = clause.is_("question_words", k) and clause.is_("complementizers", k)
    return word and bool(clause.layout.lexicon.order.get("cases"))


def _told_him(clause: Clause, source: Phrase) -> bool:
    """Return whether a phrase is a pronoun in the case of those who are told."""
    first = item_of(clause, source.head.first)
    told = clause.is_("datives", first) and not clause.is_("subject_pronouns", first)
    return told and bool(clause.layout.lexicon.order.get("cases"))


def _meanwhile(clause: Clause, k: int) -> bool:
    """Return whether item `k` begins what was done while it was said: "…, a judge said as he jailed them"."""
    bare = bool(clause.layout.lexicon.order.get("bare_content"))
    goes_on = starts_phrase(clause, k + 1) and not clause.is_("quantifiers", k + 1)
    return bare and goes_on and not clause.is_("complementizers", k)


def _before_as(clause: Clause, k: int) -> int:
    """Return the item of "как" behind a comma before item `k`, else `k`: "Дом сгорел, как он считает, из-за проводки"."""
    return k - (clause.is_("as", k - 1) and clause.low(k - 2) == ",")


def _relative_alone(clause: Clause, content: tuple[int, int]) -> bool:
    """Return whether "which" stands alone between a comma and an aside: what is said is a description."""
    last = content[1] - 1
    relative = clause.is_("relatives", last) and not clause.is_("complementizers", last)
    return last > content[0] and relative and clause.low(last - 1) == ","


def _content_before(clause: Clause, lowest: int, begin: int) -> tuple[int, int]:
    """Return the items that hold what is said before a cue whose subject begins at item `begin`."""
    content = (lowest, begin if clause.quoted(begin - 1) else begin - 1)
    if clause.layout.lexicon.order.get("bare_content"):
        # "His deputy tells a different story: the men, he says, were paid"
        colon = next((j for j in range(lowest + 1, begin - 2) if clause.low(j) == ":"), lowest - 1)
        content = (colon + 1, content[1])
    # "…, which, one of them recalled, had been a gift"
    return (content[1] - 1, content[1]) if _relative_alone(clause, content) else content


def _past_hearer(clause: Clause, end: int, highest: int, kind: str) -> int:
    """Return the item after whom it was told: "The service, Kang told reporters, believes …"."""
    told = kind == "tell" and clause.layout.lexicon.order.get("bare_content")
    hearer = phrase_right(clause, end, highest) if told else None
    return end if hearer is None else item_at(clause, hearer.whole.last, end)


def _in_description(clause: Clause, k: int, lowest: int) -> bool:
    """Return whether a cue is the verb of "who": it tells of somebody, and not who said what stands before."""
    j = k - 1
    while j > lowest and clause.is_("cue_adverbs", j):
        j -= 1
    that = clause.is_("that", j) or clause.is_("complementizers", j)
    who = clause.is_("relatives", j) and not (clause.is_("that", j) and that)
    return who and bool(clause.layout.lexicon.order.get("bare_content"))


def _without_subject(clause: Clause, k: int, cue: Match, bounds: tuple[int, int]) -> Frame | None:
    """Read "«…», dice." in a language that drops subjects."""
    lowest, highest = bounds
    begin = cue_begin(clause, k, lowest)
    marked = clause.quoted(begin - 1) or clause.quoted(begin - 2)
    end = k + (cue.last - cue.first)
    said = cue.entry.info["class"] in ("say", "tell") and clause.low(begin - 1) == ","
    if not marked and said and _tail_ends(clause, end, highest) and not clause.is_("that", end + 1):
        marked = has_finite(clause, lowest, begin - 1) and not clause.is_("relatives", begin - 2)
        marked = marked and not _asks(clause, lowest)
    dropped = clause.layout.lexicon.order.get("prodrop") and cue.entry.form in ("", "past", "pres")
    if not dropped or not marked or not _tail_ends(clause, end, highest):
        return None
    cue_phrase = Phrase(clause.range(k, end), clause.range(k, end), elided=True)
    content = (lowest, begin if clause.quoted(begin - 1) else begin - 1)
    told, hearer = hearer_behind(clause, end, highest, "")
    frame = finish_after(clause, content, (told, highest), cue, cue_phrase)
    frame.addressee = hearer  # "…, cuenta a Radio Frontera, …"
    frame.source = None
    frame.extra["implicit"] = "yes"
    return frame


def _is_content(clause: Clause, content: tuple[int, int], end: int, highest: int) -> bool:
    """Return whether the items before a cue say something and are not only when or where."""
    if clause.quotations(*content):
        return True
    if _asks(clause, content[0]):
        return False
    announced = clause.low(end) == "," and clause.is_("that", end + 1)
    if announced and clause.layout.lexicon.order.get("cases"):
        return False  # "В письме, которое вынес заключённый, брат пишет, что …"
    if content[1] - content[0] < 2 and not clause.spoken:
        alone = clause.is_("pronouns", content[0]) and clause.layout.lexicon.order.get(
            "bare_content"
        )
        if clause.is_("asides", content[0]) or alone:
            return _parenthetical(
                clause, end, highest
            )  # "First, they said, their phones were taken"
        return False  # "Sollicité, le ministère n'a pas répondu"
    if has_finite(clause, *content) and not _is_adverbial(clause, *content):
        return True
    return _parenthetical(clause, end, highest)


def _content_ends(clause: Clause, k: int) -> bool:
    return clause.quoted(k) or clause.low(k) in (",", "—", "–", "...", "…", "?", "!")


def _is_adverbial(clause: Clause, first: int, last: int) -> bool:
    """Return whether the items are only an opening like "In late January" or "When asked"."""
    if clause.is_("prepositions", first) or clause.is_("time_words", first):
        return not has_finite(clause, _past_reduced(clause, first, last), last)
    if clause.cue(first, "according") is not None:
        return True
    ends = clause.layout.lexicon.endings.get("participle", ("\0",))
    if clause.cue(first, "ask") is not None and clause.low(first).endswith(ends):
        return True  # "Asked whether he had signed, Aziz laughed"
    return (
        clause.is_("subordinators", first)
        and clause.low(last) == ","
        and not any(clause.low(j) == "," for j in range(first, last))
        and clause.low(first) not in ("that", "what", "how", "whether")
    )


def _past_reduced(clause: Clause, first: int, last: int) -> int:
    """Return the item after a participle that tells of what a preposition takes: "In a video posted on …"."""
    phrase = phrase_right(clause, first + 1, last)
    at = first if phrase is None else item_at(clause, phrase.whole.last, first)
    ends = clause.layout.lexicon.endings.get("participle", ("\0",))
    reduced = first < at < last and clause.low(at).endswith(ends)
    return at + 1 if reduced and clause.is_("prepositions", at + 1) else first


def _unnamed_after(clause: Clause, k: int, cue: Match, bounds: tuple[int, int]) -> Frame | None:
    """Read "…, según se dice" and "…, dit-on": a voice that nobody names."""
    if not cue.entry.info.get("unnamed") or clause.low(k - 1) not in (",", "—", "–"):
        return None
    lowest, highest = bounds
    end = k + (cue.last - cue.first)
    nobody = clause.range(k, end)
    content = (lowest, k - 1 if clause.low(k - 1) in (",", "—", "–") else k)
    stance = str(cue.entry.info["stance"])
    frame = finish_after(clause, content, (end, highest), cue, Phrase(nobody, nobody))
    frame.source, frame.unnamed, frame.stance = None, True, stance
    return frame


def _parenthetical(clause: Clause, end: int, highest: int) -> bool:
    """Return whether a clause follows the cue after a comma: "Under clause 9, it says, nobody …"."""
    end = past_citing(clause, end, highest) if clause.low(end) == "," else end
    return (
        clause.low(end) == ","
        and not (clause.is_("that", end + 1) and clause.layout.lexicon.order.get("cases"))
        and not clause.low(end + 1).endswith("ing")
        and not clause.is_("relatives", end + 1)
        and has_finite(clause, end + 1, highest)
    )


def _has_that_cue(clause: Clause, first: int, last: int) -> bool:
    return any(clause.cue(j, "say", "tell") is not None for j in range(first, last)) and any(
        clause.is_("that", j) for j in range(first, last)
    )


def _tail_ends(clause: Clause, k: int, highest: int) -> bool:
    """Return whether the cue's clause ends soon after item `k` without a content of its own."""
    for j in range(k, min(k + 14, highest)):
        if clause.quoted(j) or clause.low(j) in (",", ".", ";", "—", "–", "!", "?", "…", ")"):
            return True
        if describes_document(clause, j):
            return True
        if clause.low(j) == ":" or clause.is_("complementizers", j):
            return False
        if j == k and not (
            clause.is_("prepositions", j)
            or clause.is_("time_words", j)
            or clause.is_("coordinators", j)
            or clause.low(j).endswith(clause.layout.lexicon.endings.get("adverb", ("\0",)))
            or clause.is_("cue_adverbs", j)
            or clause.cue(j, "citing")
            or clause.is_("time_modifiers", j)
        ):
            return False
        if clause.is_("subject_pronouns", j):
            return False
    return True


def _retold(clause: Clause, k: int, source: Phrase, bounds: tuple[int, int]) -> Frame | None:
    """Read "« … », lui aurait dit un policier, selon son avocate": who relays a whole quotation."""
    lowest, highest = bounds
    if not clause.quoted(lowest) or clause.low(k - 1) != ",":
        return None
    inner = after(clause, lowest, k - 1)
    if inner is None or inner.source is None or inner.source.elided or inner.outer is not None:
        return None
    inner.outer = source
    inner.covers = (lowest, min(item_at(clause, source.whole.last, k), highest))
    return inner


def _according_after(clause: Clause, k: int, cue: Match, bounds: tuple[int, int]) -> Frame | None:
    lowest, highest = bounds
    end = k + (cue.last - cue.first)
    if not has_finite(clause, lowest, k) and k - lowest < 5:
        comma = next((j for j in range(end, min(end + 6, highest)) if clause.low(j) == ","), None)
        inside = clause.low(k - 1) == "," and comma and _parenthetical(clause, comma, highest)
        if not inside or clause.is_("prepositions", lowest) or clause.is_("time_words", lowest):
            return None
    source = voice_of(clause, k, cue, highest)
    if source is None:
        return _unnamed_after(clause, k, cue, bounds)
    retold = _retold(clause, k, source, (lowest, highest))
    if retold is not None:
        return retold
    stop = past_apposition(clause, item_at(clause, source.whole.last, end), highest)
    reader = seen_by(clause, stop, highest)
    content_end = _before_as(clause, k)
    content_end -= clause.low(content_end - 1) in (",", "—", "–")
    frame = Frame(
        cue=cue,
        stance=cue.entry.info["stance"],
        pieces=[(lowest, content_end)],
        source=Phrase(source.head, clause.range(end, max(stop, end + 1))),
        covers=(lowest, stop),
    )
    at = item_at(clause, source.whole.last, end)
    cited = citing(clause, at, min(stop + 8, highest))
    if cited is not None:
        frame.outer, frame.source = frame.source, cited
    elif clause.layout.lexicon.order.get("cases"):
        # "Как следует из акта, с которым ознакомился «Листок»"
        frame.outer = seen_in(clause, at, stop)
    elif reader is not None:
        frame.outer = reader
        frame.covers = (lowest, item_at(clause, reader.whole.last, stop))
    named = source.head.last - source.head.first == 1 and clause.is_("pronouns", end)
    if named and stop < highest and not clause.punctuation(stop) and not clause.quoted(stop):
        frame.pieces.append((stop, highest))  # "Ce cours est selon lui le premier du genre"
        frame.covers = (lowest, highest)
        return frame
    goes_on = stop < highest and clause.low(stop) == "," and cited is None
    if goes_on and clause.low(stop + 1).endswith("ing"):
        goes_on = False
    goes_on = goes_on and not clause.is_("relatives", stop + 1)
    # "Шили её, как следует из табеля, 38 женщин"
    opened = content_end - lowest < _OPENS and has_finite(clause, lowest, content_end)
    if goes_on and (opened or has_finite(clause, stop + 1, highest)):
        frame.pieces.append((stop + 1, highest))
        frame.covers = (lowest, highest)
    return frame
