"""Cues that stand behind their content: "…, he said", "…, according to X"."""

from guvoh.reading.clauses import (
    Clause,
    Phrase,
    finite,
    has_finite,
    infinitive,
    item_at,
    item_of,
    passive,
    starts_phrase,
    unfinished,
)
from guvoh.reading.content import describes_document, is_document
from guvoh.reading.content_ends import new_frame
from guvoh.reading.frame import Frame, citing, past_apposition, voice_of
from guvoh.reading.hearers import hearer_behind, speaker_behind
from guvoh.reading.lexicon import Match
from guvoh.reading.phrases import phrase_right
from guvoh.reading.phrases_before import subject_left
from guvoh.reading.relays import spoken_behind
from guvoh.reading.verb_last import verb_last

_PLAIN = 6  # items of a clause that needs no known verb


def after(clause: Clause, lowest: int, highest: int) -> Frame | None:
    """Return the frame whose cue stands behind its content: "…, he said"; "…, according to X"."""
    for k in range(highest - 1, lowest, -1):
        if not clause.any_cues(k):
            continue
        bounds = (lowest, highest)
        cues = clause.cues(k, "say", "tell", "ask", "think", "want")
        shows = None if cues else _document_shows(clause, k, lowest)
        for one in cues if shows is None else [shows]:
            if one.entry.form == "ing" or unfinished(clause, one):
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


def _document_shows(clause: Clause, k: int, lowest: int) -> Match | None:
    """Return the cue of "…, court documents show": only documents show something behind it."""
    cue = clause.cue(k, "show")
    subject = subject_left(clause, k, lowest) if cue is not None else None
    return cue if subject is not None and is_document(clause, subject) else None


def _said_after(clause: Clause, k: int, cue: Match, bounds: tuple[int, int]) -> Frame | None:
    """Read "…, he said", "…, said the father" and "…, he told the Herald"."""
    frame = _inverted(clause, k, cue, bounds)
    if frame is not None:
        return frame
    lowest, highest = bounds
    kind = cue.entry.info["class"]
    end = k + (cue.last - cue.first)
    source = subject_left(clause, k, lowest)
    if source is None or source.elided:
        return _without_subject(clause, k, cue, bounds)
    apart = clause.layout.lexicon.order.get("verb_last")
    if kind == "think" and passive(clause, k, lowest):
        return None  # "the suspect was found with six passports"
    if kind == "want" or (apart and not any(clause.quoted(j) for j in range(lowest, k))):
        return None
    begin = item_of(clause, source.whole.first)
    if begin <= lowest or not _content_ends(clause, begin - 1):
        return None
    content = (lowest, begin if clause.quoted(begin - 1) else begin - 1)
    quoted = any(clause.quoted(j) for j in range(*content))
    if not _is_content(clause, content, end, highest) or (kind == "think" and quoted):
        return None
    if not quoted and clause.quoted(end + 1):
        if not has_finite(clause, *content):
            return None  # "The case, she said, “…”" is read from its cue on
        if _has_that_cue(clause, *content):
            frame = _finish_after(clause, (end + 1, end + 2), (end + 2, highest), cue, source)
            frame.covers = (begin, end + 2)
            return frame
    addressee = phrase_right(clause, end, highest) if kind == "tell" else None
    if addressee is not None:
        end = item_at(clause, addressee.whole.last, end)
    else:
        end, addressee = hearer_behind(clause, end, highest, "")
    when = quoted and clause.is_("subordinators", end) and not clause.is_("that", end)
    if not (when or _tail_ends(clause, end, highest)):
        return None
    frame = _finish_after(clause, content, (end, highest), cue, source)
    frame.addressee = addressee or spoken_behind(clause, end, highest)
    return frame


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
    begin = _cue_begin(clause, k, lowest)
    marked = clause.quoted(begin - 1) or clause.quoted(begin - 2)
    end = k + (cue.last - cue.first)
    said = cue.entry.info["class"] in ("say", "tell") and clause.low(begin - 1) == ","
    if not marked and said and _tail_ends(clause, end, highest) and not clause.is_("that", end + 1):
        marked = has_finite(clause, lowest, begin - 1) and not clause.is_("relatives", begin - 2)
    dropped = clause.layout.lexicon.order.get("prodrop") and cue.entry.form in ("", "past", "pres")
    if not dropped or not marked or not _tail_ends(clause, end, highest):
        return None
    cue_phrase = Phrase(clause.range(k, end), clause.range(k, end), elided=True)
    content = (lowest, begin if clause.quoted(begin - 1) else begin - 1)
    frame = _finish_after(clause, content, (end, highest), cue, cue_phrase)
    frame.source = None
    frame.extra["implicit"] = "yes"
    return frame


def _cue_begin(clause: Clause, k: int, lowest: int) -> int:
    """Return where the cue's verb group begins: at "lui" of "lui a dit", at "так" of "так говорит"."""
    while k - 1 > lowest and (clause.is_("cue_adverbs", k - 1) or clause.is_("so", k - 1)):
        k -= 1
    return k


def _inverted(clause: Clause, k: int, cue: Match, bounds: tuple[int, int]) -> Frame | None:
    """Read a cue whose subject stands behind it: "…, said the father"."""
    lowest, highest = bounds
    begin = _cue_begin(clause, k, lowest)
    closed = any(clause.is_("quotatives", j) for j in range(begin, k))  # "… деп билдирди X"
    asked = clause.spoken and clause.low(begin - 1) in ("?", "!", "…")
    parted = asked or clause.low(begin - 1) in (",", "—", "–")
    if not (closed or parted or clause.quoted(begin - 1)) or _with_auxiliary(clause, begin, k):
        return None
    kind = cue.entry.info["class"]
    quoted = clause.quoted(begin - 1) or clause.quoted(begin - 2)
    free = clause.layout.lexicon.order.get("free")
    if (kind == "think" and not free) or (kind == "want" and not quoted):
        return None
    subject = not quoted and (
        _relative_subject(clause, lowest, begin - 1) or _subject_alone(clause, lowest, begin)
    )
    if subject or cue.entry.form not in ("", "past", "pres"):
        return None
    if infinitive(clause, k + 1) or clause.is_("perfect_infinitives", k + 1):
        return None  # "Un témoin, dont le nom est changé, dit avoir vu …"
    end = k + (cue.last - cue.first)
    if _tells_of_none(clause, end, cue):
        return None
    end, addressee = hearer_behind(clause, end, highest, kind)
    end = _past_medium(clause, _past_day(clause, end, highest), highest)
    if clause.is_("source_prepositions", end):
        end += 2 if clause.is_("no_hearers", end + 1) else 1
    source, behind = speaker_behind(clause, end, highest, str(kind))
    if source is None or not (closed or clause.spoken or _says_something(clause, lowest, begin)):
        return None
    if addressee is None and behind is None:
        after_, behind = hearer_behind(clause, item_at(clause, source.whole.last, end), highest, "")
        if behind is not None and not _inverted_ends(clause, behind, after_, highest, begin):
            behind = None
    if behind is None and not _inverted_ends(clause, source, end, highest, begin):
        return None
    addressee = addressee or behind
    content_end = begin - 1 if parted and not asked else begin
    last = source if addressee is None else max(source, addressee, key=lambda p: p.whole.last)
    end = _past_descriptions(clause, item_at(clause, last.whole.last, end), highest)
    if last is source:
        source = Phrase(source.head, clause.range(item_of(clause, source.head.first), end))
    spoken = spoken_behind(clause, item_at(clause, source.whole.last, end), highest)
    frame = _finish_after(clause, (lowest, content_end), (end, highest), cue, source)
    frame.addressee = addressee or spoken
    return frame


def _with_auxiliary(clause: Clause, begin: int, k: int) -> bool:
    """Return whether no subject stands behind a cue: "A volunteer, who collects names, has confirmed 93"."""
    bare = clause.layout.lexicon.order.get("bare_content")
    return bool(bare) and any(clause.is_("auxiliaries", j) for j in range(begin, k))


def _past_descriptions(clause: Clause, k: int, highest: int) -> int:
    """Return the item after what describes a speaker: ", 34, a welder from Jalal-Abad who …"."""
    end = past_apposition(clause, k, highest)
    return past_apposition(clause, end, highest) if clause.low(end - 1).isdigit() else end


def _says_something(clause: Clause, first: int, last: int) -> bool:
    """Return whether a clause stands before a cue, also one whose verb no list has: "Traffickers pose as …"."""
    if has_finite(clause, first, last):
        return True
    bare = clause.layout.lexicon.order.get("bare_content")
    plain = not any(clause.punctuation(k) for k in range(first, last - 1))
    return bool(bare) and plain and last - first > _PLAIN and starts_phrase(clause, first)


def _tells_of_none(clause: Clause, end: int, cue: Match) -> bool:
    """Return whether nobody behind a cue can speak: "…, told the BBC", "…, said by phone"."""
    bare = clause.layout.lexicon.order.get("bare_content")
    counted = clause.is_("determiners", end) or clause.low(end + 1)[:1].isdigit()
    if bare and clause.is_("prepositions", end) and not counted:
        return True  # "…, the school confirmed on Facebook", "…, said at the rally"
    hears = cue.entry.info["class"] == "tell" and cue.entry.form != "pres"
    if hears and not clause.layout.lexicon.order.get("free"):
        return True
    return clause.is_("by", end) and clause.is_("media_words", end + 1)


def _relative_subject(clause: Clause, first: int, closing: int) -> bool:
    """Return whether what stands before a cue is only its subject: "A nurse, who asked not to be named, said …"."""
    subject = phrase_right(clause, first, closing)
    if subject is None or clause.low(closing) != ",":
        return False
    comma = item_at(clause, subject.head.last, first)
    comma = next(
        (j for j in range(comma, min(comma + 6, closing)) if clause.low(j) == ","), closing
    )
    told = has_finite(clause, first, comma)
    parts = [j for j in range(comma + 1, closing) if clause.low(j) == ","]
    return not told and not parts and clause.is_("relatives", comma + 1)


def _subject_alone(clause: Clause, first: int, cue: int) -> bool:
    """Return whether what stands before a cue is only its subject and what tells of it, set off by marks.

    "Karim, 27 ans, qui a requis l'anonymat, décrit …"; "Il n'empêche : deux élus, sous le sceau …, confirment …"
    """
    if not clause.layout.lexicon.order.get("articles", True) or clause.low(cue - 1) != ",":
        return False
    subject = subject_left(clause, cue, first)
    if subject is None or subject.elided:
        return False
    at = item_of(clause, subject.whole.first)
    behind = item_at(clause, subject.head.last, at)
    opens = at == first or clause.low(at - 1) in (":", ";")
    return opens and behind < cue - 1 and not has_finite(clause, at, behind)


def _past_day(clause: Clause, k: int, highest: int) -> int:
    """Return the item after "mercredi", "este jueves", "в среду" between a cue and its subject."""
    for first in (k, k + 1):
        determined = (
            first == k or clause.is_("determiners", k) or clause.is_("source_prepositions", k)
        )
        if determined and first + 1 < highest and clause.is_("time_words", first):
            while first < highest and clause.is_("time_words", first):
                first += 1
            return first
    return k


def _past_medium(clause: Clause, k: int, highest: int) -> int:
    """Return the item after "en rueda de prensa", "dans un communiqué" between a cue and its subject."""
    order = clause.layout.lexicon.order
    if not (order.get("objects_first") and order.get("articles", True)):
        return k
    if not clause.is_("prepositions", k) or clause.is_("to_addressee", k):
        return k
    medium = phrase_right(clause, k + 1, highest)
    if medium is None:
        return k
    head = range(item_of(clause, medium.head.first), item_of(clause, medium.head.last))
    said = any(
        clause.is_("media_words", j)
        or any(match.entry.section in ("document", "media") for match in clause.matches(j))
        for j in head
    )
    after = item_at(clause, medium.whole.last, k)
    return after if said and after < highest and starts_phrase(clause, after) else k


def _is_content(clause: Clause, content: tuple[int, int], end: int, highest: int) -> bool:
    """Return whether the items before a cue say something and are not only when or where."""
    if any(clause.quoted(j) for j in range(*content)):
        return True
    announced = clause.low(end) == "," and clause.is_("that", end + 1)
    if announced and clause.layout.lexicon.order.get("cases"):
        return False  # "В письме, которое вынес заключённый, брат пишет, что …"
    if content[1] - content[0] < 2 and not clause.spoken:
        if clause.is_("asides", content[0]):
            return _parenthetical(
                clause, end, highest
            )  # "First, they said, their phones were taken"
        return False  # "Sollicité, le ministère n'a pas répondu"
    if has_finite(clause, *content) and not _is_adverbial(clause, *content):
        return True
    return _parenthetical(clause, end, highest)


def _inverted_ends(clause: Clause, source: Phrase, end: int, highest: int, begin: int = -1) -> bool:
    """Return whether the phrase behind a cue is its subject and not the start of its content."""
    if clause.is_("subordinators", end):
        return False
    after = item_at(clause, source.whole.last, end)
    if after >= highest or clause.punctuation(after) or clause.quoted(after):
        return clause.low(after) != ":"
    relative = clause.quoted(begin - 1) or clause.quoted(begin - 2) or clause.is_("as", begin)
    if relative and clause.is_("relatives", after):
        return True  # "«…», relató un joven que pidió no ser identificado"
    quoted = clause.quoted(begin - 1) or clause.quoted(begin - 2)
    if quoted and clause.is_("subordinators", after) and not clause.is_("that", after):
        return True  # "…, said the spokesman when asked about the video"
    return not finite(clause, after) and not clause.is_("complementizers", after)


def _content_ends(clause: Clause, k: int) -> bool:
    return clause.quoted(k) or clause.low(k) in (",", "—", "–", "...", "…", "?", "!")


def _is_adverbial(clause: Clause, first: int, last: int) -> bool:
    """Return whether the items are only an opening like "In late January" or "When asked"."""
    if clause.is_("prepositions", first) or clause.is_("time_words", first):
        return not has_finite(clause, _past_reduced(clause, first, last), last)
    if clause.cue(first, "according") is not None:
        return True
    return (
        clause.is_("subordinators", first)
        and clause.low(last) == ","
        and not any(clause.low(j) == "," for j in range(first, last))
        and clause.low(first) not in ("that", "what", "how")
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
    frame = _finish_after(clause, content, (end, highest), cue, Phrase(nobody, nobody))
    frame.source, frame.unnamed, frame.stance = None, True, stance
    return frame


def _parenthetical(clause: Clause, end: int, highest: int) -> bool:
    """Return whether a clause follows the cue after a comma: "Under clause 9, it says, nobody …"."""
    end = _past_citing(clause, end, highest) if clause.low(end) == "," else end
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


def _finish_after(
    clause: Clause, content: tuple[int, int], tail: tuple[int, int], cue: Match, source: Phrase
) -> Frame:
    """Return the frame of a content before its cue; `tail` are the items after the cue's clause."""
    end, highest = tail
    stop = next(
        (
            j
            for j in range(end, highest)
            if clause.quoted(j) or clause.low(j) in (",", ";", ".", "—", "–")
        ),
        highest,
    )
    pieces = [content]
    covered = stop
    if stop < highest and (clause.quoted(stop) or clause.low(stop) in (",", "—", "–")):
        begin = stop if clause.quoted(stop) else _past_citing(clause, stop, highest) + 1
        if clause.low(stop) == "," and clause.low(begin) in ("—", "–"):
            begin += 1  # "«Мы ждали, — вспоминает она, — а потом …»"
        if _goes_on(clause, begin, content):
            rest = (begin, highest)
            pieces = [rest] if _only_links(clause, content) else [content, rest]
            covered = highest
    outer = citing(clause, end, stop)
    if outer is None and clause.low(stop) == "," and len(pieces) == 1:
        outer = citing(clause, stop + 1, stop + 2)  # "…, the BBC reports, citing X"
        covered = covered if outer is None else item_at(clause, outer.whole.last, covered)
    if outer is None and clause.is_("by", end) and cue.entry.info.get("relayed"):
        relay = phrase_right(clause, end + 1, highest)  # "was quoted as saying by the agency"
        outer, source = source, relay or source
    frame = Frame(
        cue=cue,
        stance=cue.entry.info["stance"],
        pieces=pieces,
        source=source,
        covers=(content[0], covered),
    )
    if outer is not None:
        frame.outer, frame.source = frame.source, outer
    return frame


def _past_citing(clause: Clause, comma: int, highest: int) -> int:
    """Return the comma behind ", citing what they had told her," that opens at `comma`, else `comma`."""
    if clause.cue(comma + 1, "citing") is None or not clause.low(comma + 1).endswith("ing"):
        return comma
    return next((j for j in range(comma + 2, highest) if clause.low(j) == ","), comma)


def _goes_on(clause: Clause, k: int, content: tuple[int, int]) -> bool:
    """Return whether the content goes on after the cue between commas."""
    if clause.quoted(k):
        return True
    if k >= len(clause.items) or clause.punctuation(k):
        return False
    if (
        clause.low(k).endswith("ing")
        or clause.cue(k, "say", "tell", "citing", "according") is not None
    ):
        return False
    if any(clause.quoted(j) for j in range(*content)):
        return False
    if not has_finite(clause, *content):
        return True
    if clause.is_("that", k) and any(clause.cue(j, "tell") is not None for j in range(*content)):
        return True  # "An official told her over the phone, she says, that …"
    if clause.is_("contrast", k) or clause.is_("relatives", k):
        anew = new_frame(clause, k + 1, len(clause.items))
        return clause.low(k) == "but" and has_finite(clause, k, len(clause.items)) and not anew
    if clause.is_("subordinators", k):
        return clause.low(k) in ("because", "when", "if", "after", "before", "until")
    return has_finite(clause, k, len(clause.items)) or clause.is_("coordinators", k)


def _only_links(clause: Clause, content: tuple[int, int]) -> bool:
    """Return whether the items only link a sentence to the one before: "Still, he said, …"."""
    return all(
        clause.punctuation(k) or clause.is_("coordinators", k) or clause.is_("asides", k)
        for k in range(*content)
    )


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
    content_end = k - 1 if clause.low(k - 1) in (",", "—", "–") else k
    frame = Frame(
        cue=cue,
        stance=cue.entry.info["stance"],
        pieces=[(lowest, content_end)],
        source=Phrase(source.head, clause.range(end, max(stop, end + 1))),
        covers=(lowest, stop),
    )
    cited = citing(clause, item_at(clause, source.whole.last, end), min(stop + 8, highest))
    if cited is not None:
        frame.outer, frame.source = frame.source, cited
    named = source.head.last - source.head.first == 1 and clause.is_("pronouns", end)
    if named and stop < highest and not clause.punctuation(stop) and not clause.quoted(stop):
        frame.pieces.append((stop, highest))  # "Ce cours est selon lui le premier du genre"
        frame.covers = (lowest, highest)
        return frame
    goes_on = stop < highest and clause.low(stop) == "," and cited is None
    if goes_on and clause.low(stop + 1).endswith("ing"):
        goes_on = False
    if goes_on and not clause.is_("relatives", stop + 1) and has_finite(clause, stop + 1, highest):
        frame.pieces.append((stop + 1, highest))
        frame.covers = (lowest, highest)
    return frame
