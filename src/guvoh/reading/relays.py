"""Who stands between a cue and its source: an outlet that saw the document, or to which one spoke."""

from guvoh.reading.cases import subject_in
from guvoh.reading.clauses import Clause, Phrase, has_finite, item_at, item_of
from guvoh.reading.frame import Frame
from guvoh.reading.hearers import hearer_opening, part
from guvoh.reading.noun_phrases import noun_phrase_ending
from guvoh.reading.phrases import phrase_right
from guvoh.reading.phrases_before import subject_left

# A relative clause that tells who has the document is short: "which the Herald has seen".
_REACH = 14
_OPENING = 7
_WHERE = 4  # items of "На заседании суда"


def hear_out(clause: Clause, frame: Frame, lowest: int, k: int) -> int:
    """Add to a frame who saw its document and to whom its source spoke; return where it begins.

    The cue stands at item `k`; `lowest` is the first item that can belong to its clause.
    """
    begin = k
    free = clause.layout.lexicon.order.get("free")
    seen = seen_relative(clause, lowest, k) if free else None
    if seen is not None:
        begin, frame.source, outlet = seen
        frame.outer = frame.outer or outlet
    source = frame.source
    if source is not None and not source.elided and frame.cue.entry.info["class"] == "tell":
        frame.source, heard = part(clause, source)
        frame.addressee = heard or frame.addressee
    between = hearer_between(clause, lowest, k)
    if between is not None:
        frame.addressee = between[1]
    if frame.addressee is None and source is not None and source.elided:
        frame.addressee = contacted(clause, lowest, k)
    if frame.addressee is None and source is not None and not source.elided:
        met = interviewer(clause, source, lowest)
        if met is not None:
            first, frame.addressee = met
            begin = min(begin, first)
    if frame.addressee is None and source is not None and not source.elided:
        frame.addressee = hearer_opening(clause, lowest, item_of(clause, source.whole.first))
        begin = begin if frame.addressee is None else lowest
    if frame.addressee is None:
        end = k + (frame.cue.last - frame.cue.first)
        frame.addressee = spoken_behind(clause, end, len(clause.items))
    if frame.addressee is None:
        spoken = spoken_to(clause, lowest, k)
        if spoken is not None:
            first, frame.addressee = spoken
            begin = min(begin, first)
    return _finish(clause, frame, lowest, k, begin)


def _finish(clause: Clause, frame: Frame, lowest: int, k: int, begin: int) -> int:
    """Add what tells of a frame's voices outside its cue; return where the frame begins."""
    kind = frame.cue.entry.info["class"]
    if frame.outer is None and kind in ("say", "tell", "want", "ask"):
        opened = _seen_opening(clause, lowest, k)
        if opened is not None:
            begin, frame.outer = opened
    if frame.source is not None and not frame.source.elided:
        frame.source = _before_talk(clause, frame.source)
    if frame.addressee is None and kind in ("say", "tell"):
        frame.addressee = _kin_told(clause, frame.source, lowest, k)
    return begin


def _kin_told(clause: Clause, source: Phrase | None, lowest: int, k: int) -> Phrase | None:
    """Return "su" of "su hijo lo llamó y le contó que": whose son it is was told."""
    at = k - 1
    while at > lowest and (clause.is_("auxiliaries", at) and not clause.is_("dative_clitics", at)):
        at -= 1
    if not clause.is_("dative_clitics", at):
        return None
    if source is None or source.elided:
        owner = next((j for j in range(lowest, at) if clause.is_("his_or_her", j)), None)
    else:
        owner = item_of(clause, source.head.first)
    if owner is None or not clause.is_("his_or_her", owner):
        return None
    noun = clause.noun(owner + 1)
    kin = noun is not None and noun.entry.section == "kin"
    return Phrase(clause.range(owner, owner + 1), clause.range(owner, owner + 1)) if kin else None


def _seen_opening(clause: Clause, lowest: int, k: int) -> tuple[int, Phrase] | None:
    """Read "In a memo seen by the Post, managers warned": where it begins, and who has the document."""
    bare = clause.layout.lexicon.order.get("bare_content")
    if not bare or not clause.is_("prepositions", lowest):
        return None
    comma = next((j for j in range(lowest, min(lowest + _REACH, k)) if clause.low(j) == ","), None)
    if comma is None:
        return None
    closing = next((j for j in range(comma + 1, k) if clause.low(j) == ","), None)
    if closing is not None:
        reader = seen_in(clause, comma + 1, closing)
        if reader is not None:
            return lowest, reader  # "In a letter, which the Herald has seen, a guard writes"
    for j in range(lowest + 2, comma if closing is None else comma + 2):
        cue = clause.cue(j, "seen")
        by = j + (cue.last - cue.first) if cue is not None else j + 1
        if (cue is not None or clause.is_("heard", j)) and clause.is_("by", by):
            outlet = phrase_right(clause, by + 1, k if j > comma else comma)
            return None if outlet is None else (lowest, outlet)
    return None


def past_seen(clause: Clause, lowest: int, k: int) -> int:
    """Return the item behind "In a memo seen by the Post," where the clause opens so, else `lowest`."""
    opened = _seen_opening(clause, lowest, k)
    if opened is None:
        return lowest
    commas = clause.where(",", item_of(clause, opened[1].head.last), k)
    return commas[0] + 1 if commas and commas[0] + 1 < k else lowest


def _before_talk(clause: Clause, source: Phrase) -> Phrase:
    """Cut "в разговоре с «Листком»" from the end of a speaker's phrase: whom he spoke to is told apart."""
    first, last = item_of(clause, source.head.first), item_of(clause, source.head.last)
    for k in range(first + 1, last):
        if clause.cue(k, "speaking") is not None:
            return Phrase(clause.range(first, k), source.whole, plural=source.plural)
    return source


def seen_relative(clause: Clause, lowest: int, k: int) -> tuple[int, Phrase, Phrase | None] | None:
    """Read "a document that La Sentinelle has seen": where it begins, the document and the outlet."""
    for j in range(k - 1, max(lowest, k - _REACH), -1):
        cue = clause.cue(j, "seen")
        if cue is None:
            continue
        relative = next(
            (r for r in range(j - 1, max(lowest, j - 9), -1) if _relative(clause, r)), None
        )
        if relative is None:
            continue
        end = relative
        while end - 1 > lowest and (
            clause.is_("prepositions", end - 1)
            or clause.is_("definite", end - 1)
            or clause.low(end - 1) == ","
        ):
            end -= 1
        first, document = _document(clause, end, lowest)
        if document is None:
            continue
        after = j + (cue.last - cue.first)
        outlet = phrase_right(clause, after, k) or subject_left(clause, j, relative + 1)
        return first, document, None if outlet is None or outlet.elided else outlet
    return None


def seen_in(clause: Clause, first: int, last: int) -> Phrase | None:
    """Return who has the document that a relative clause tells of: "с которыми ознакомилась «Пристань»"."""
    relative = next((j for j in range(first, min(first + 3, last)) if _relative(clause, j)), None)
    if relative is None:
        return None
    for j in range(relative + 1, last):
        cue = clause.cue(j, "seen")
        if cue is None:
            continue
        behind = j + (cue.last - cue.first)
        seen_by = clause.is_("by", behind)
        before = subject_left(clause, j, relative + 1)
        if clause.layout.lexicon.order.get("bare_content") and not seen_by:
            # "Of which The Lamp has seen copies"; who saw the bodies has no document.
            return None if before is None or before.elided else before
        if clause.is_("subject_relatives", relative) and not seen_by:
            return None  # "qui a vu les corps": nobody has a document
        behind += seen_by
        outlet = phrase_right(clause, behind, last) or before
        return None if outlet is None or outlet.elided else outlet
    return None


def _relative(clause: Clause, k: int) -> bool:
    return clause.is_("relatives", k) or clause.is_("whose", k)


def _document(clause: Clause, end: int, lowest: int) -> tuple[int, Phrase | None]:
    """Return where the phrase before item `end` begins, and the phrase; "из документов" too."""
    start = next(
        (j for j in range(max(lowest, end - 6), end) if clause.is_("document_prepositions", j)),
        None,
    )
    if start is not None:
        return start, phrase_right(clause, start + 1, end)
    phrase = noun_phrase_ending(clause, end, lowest)
    first = lowest if phrase is None else item_at(clause, phrase.whole.first, lowest)
    return first, phrase


def contacted(clause: Clause, lowest: int, k: int) -> Phrase | None:
    """Return whom the subject "rang and said": the object of the verb joined to the cue."""
    for j in range(k - 2, max(lowest, k - _REACH), -1):
        if clause.punctuation(j):
            return None
        if clause.is_("contacts", j):
            return phrase_right(clause, j + 1, k)
    return None


def interviewer(clause: Clause, source: Phrase, lowest: int) -> tuple[int, Phrase] | None:
    """Read "The BBC spoke to three women who said …": where it begins, and who spoke to the source."""
    at = item_of(clause, source.whole.first) - 1
    if at > lowest and clause.is_("prepositions", at) and clause.is_("interviews", at - 1):
        at -= 1
    elif not clause.is_("interviewed", at):
        return None
    if at <= lowest or clause.is_("by", at + 1):
        return None
    hearer = subject_left(clause, at, lowest)
    if hearer is None or hearer.elided:
        return None
    return item_of(clause, hearer.whole.first), hearer


def spoken_behind(clause: Clause, k: int, highest: int) -> Phrase | None:
    """Return to whom one spoke where it stands behind the cue: "recalled in an interview with X"."""
    k += clause.low(k) == "," and clause.cue(k + 1, "speaking") is not None
    for j in range(k, min(k + _OPENING, highest)):
        if clause.quoted(j) or clause.punctuation(j) or clause.is_("that", j):
            return None
        cue = clause.cue(j, "speaking")
        if cue is not None:
            at = j + (cue.last - cue.first)
            # "Contacted by email": nobody hears that is named.
            return None if clause.is_("media_words", at) else phrase_right(clause, at, highest)
    return None


def spoken_to(clause: Clause, lowest: int, k: int) -> tuple[int, Phrase] | None:
    """Read "In an interview with Canal Ribera, …": where it begins, and to whom one spoke."""
    if clause.is_("of", lowest):
        return None  # "Of 212 returnees interviewed by the institute, two thirds said …"
    for j in range(lowest, min(lowest + _OPENING, k)):
        cue = clause.cue(j, "speaking")
        if cue is not None:
            at = j + (cue.last - cue.first)
            hearer = None if clause.is_("media_words", at) else phrase_right(clause, at, k)
            return None if hearer is None else (j, hearer)
    return None


def hearer_between(clause: Clause, lowest: int, k: int) -> tuple[int, Phrase] | None:
    """Read "Падари Фаррух ба радиои «Паём» гуфт": where the hearer before the cue begins, and the hearer."""
    if not clause.layout.lexicon.order.get("hearer_before"):
        return None
    at = next((j for j in range(k - 1, lowest, -1) if clause.is_("to_addressee", j)), None)
    hearer = None if at is None else phrase_right(clause, at + 1, k)
    if at is None or hearer is None:
        return None
    if any(not clause.punctuation(j) for j in range(item_at(clause, hearer.whole.last, at), k)):
        return None
    return at, hearer


def thing_in_front(clause: Clause, k: int, lowest: int) -> tuple[int, int] | None:
    """Return the thing of "Вину компании он не признаёт", which opens the sentence before its subject."""
    source = subject_left(clause, k, lowest) if clause.layout.lexicon.order.get("cases") else None
    if source is None or source.elided:
        return None
    first = item_of(clause, source.head.first)
    plain = not any(clause.punctuation(i) or clause.quoted(i) for i in range(lowest, first))
    subject = clause.is_("subject_pronouns", first) and source.head.last - source.head.first == 1
    opens = first > lowest and not clause.is_("prepositions", lowest)
    opens = opens and not any(
        clause.is_(group, lowest) for group in ("asides", "leading", "that", "selves")
    )
    return (lowest, first) if plain and subject and opens else None


def _bare_thing(clause: Clause, k: int, lowest: int) -> tuple[int, int] | None:
    """Return the thing of "Подрядчик эти данные отвергает" and "Москва обвинения отвергает"."""
    if clause.is_("source_prepositions", lowest):
        return None
    comma = next((i for i in range(k - 1, max(lowest, k - _WHERE), -1) if clause.low(i) == ","), k)
    groups = ("prepositions", "pronouns", "cue_adverbs", "negations", "relatives", "coordinators")
    alone = not any(clause.is_(group, comma + 1) for group in groups)
    if comma + 1 < k and alone and not has_finite(clause, comma + 1, k):
        return comma + 1, k  # "Подсудимый, охранник Семёнов, вину не признал"
    plain = not any(clause.punctuation(i) or clause.quoted(i) for i in range(lowest, k))
    begin, end = subject_in(clause, lowest, k) if plain else (lowest, k)
    opens = begin == lowest or (clause.is_("prepositions", lowest) and begin - lowest < _WHERE)
    if opens and end < k and not has_finite(clause, lowest, k):
        # "На суде Рахимов вину не признал", "Полковник Дорохов подлинность списка отрицает"
        return end, k
    first = next((i for i in range(max(lowest + 1, k - 4), k) if clause.is_("definite", i)), k - 1)
    if first <= lowest or any(clause.punctuation(i) or clause.quoted(i) for i in range(lowest, k)):
        return None
    if any(
        clause.is_(group, first)
        for group in ("cue_adverbs", "negations", "pronouns", "prepositions")
    ):
        return None
    if first - lowest > 4 or any(clause.is_("prepositions", i) for i in range(lowest, k)):
        return None
    opens = clause.is_name(lowest) or clause.capital(lowest)
    return (first, k) if opens and not has_finite(clause, lowest, k) else None


def thing_before(clause: Clause, k: int, lowest: int) -> tuple[int, int] | None:
    """Return the thing that stands between a subject and what it does to it: "lo negó", "это отрицают"."""
    j = k - 1
    while j > lowest and clause.is_("cue_adverbs", j) and not clause.is_("object_pronouns", j):
        j -= 1
    if j >= lowest and clause.is_("object_pronouns", j):
        return j, j + 1
    if j > lowest and clause.low(j).endswith(clause.layout.lexicon.endings.get("object", ("\0",))):
        determined = clause.is_("determiners", j - 1)
        return (j - 1 if determined else j), j + 1
    if clause.layout.lexicon.order.get("cases"):
        bare = _bare_thing(clause, k, lowest)
        if bare is not None:
            return bare
    office = next(
        (i for i in range(max(lowest, k - 8), j) if clause.is_("source_prepositions", i)), None
    )
    if office is None or not clause.layout.lexicon.order.get("cases"):
        return None
    first = next((i for i in range(k - 1, office + 1, -1) if clause.is_("determiners", i)), k - 1)
    return (first, k) if first > office + 1 and not clause.punctuation(first) else None
