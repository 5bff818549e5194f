"""Cues behind their content whose subject follows them: "…, said X", ", сказал X"."""

from guvoh.reading.behind_ends import cue_begin, finish_after
from guvoh.reading.clauses import (
    Clause,
    Phrase,
    finite,
    has_finite,
    infinitive,
    item_at,
    item_of,
    starts_phrase,
)
from guvoh.reading.frame import Frame, past_apposition
from guvoh.reading.hearers import hearer_behind, speaker_behind
from guvoh.reading.lexicon import Match
from guvoh.reading.phrases import phrase_right
from guvoh.reading.phrases_before import subject_left
from guvoh.reading.relays import seen_in, spoken_behind
from guvoh.resolve.nominative import cases_of

_OCCASION = 5  # items of "в своём официальном канале"
_PLAIN = 6  # items of a clause that needs no known verb


def inverted(clause: Clause, k: int, cue: Match, bounds: tuple[int, int]) -> Frame | None:
    """Read a cue whose subject stands behind it: "…, said the father"."""
    lowest, highest = bounds
    begin = cue_begin(clause, k, lowest)
    closed = any(clause.is_("quotatives", j) for j in range(begin, k))  # "… деп билдирди X"
    asked = clause.spoken and clause.low(begin - 1) in ("?", "!", "…")
    parted = asked or clause.low(begin - 1) in (",", "—", "–")
    if not (closed or parted or clause.quoted(begin - 1)) or _with_auxiliary(clause, begin, k):
        return None
    kind = cue.entry.info["class"]
    if not _can_follow(clause, cue, lowest, begin):
        return None
    if infinitive(clause, k + 1) or clause.is_("perfect_infinitives", k + 1):
        return None  # "Un témoin, dont le nom est changé, dit avoir vu …"
    end = k + (cue.last - cue.first)
    if _tells_of_none(clause, end, cue):
        return None
    end, addressee = hearer_behind(clause, end, highest, kind)
    end = _past_day(clause, end, highest)
    if not _office_speaks(clause, end, cue):
        end = _past_medium(clause, end, highest)
    end = _past_preposition(clause, end, cue)
    source, behind = speaker_behind(clause, end, highest, str(kind))
    if source is None or not (closed or clause.spoken or _says_something(clause, lowest, begin)):
        return None
    if addressee is None and behind is None:
        he = clause.is_("subject_pronouns", item_of(clause, source.head.first))
        at = item_at(clause, source.whole.last, end)
        # "рассказала она «Эхо степи»": behind a noun it might be its owner
        after_, behind = hearer_behind(clause, at, highest, str(kind) if he else "", last=he)
        if behind is not None and not _inverted_ends(clause, behind, after_, highest, begin):
            behind = None
    if behind is None and not _inverted_ends(clause, source, end, highest, begin):
        return None
    addressee = addressee or behind
    content_end = begin - 1 if parted and not asked else begin
    last = source if addressee is None else max(source, addressee, key=lambda p: p.whole.last)
    end = _past_finder(clause, item_at(clause, last.whole.last, end), highest)
    end = _past_descriptions(clause, end, highest)
    if last is source:
        source = Phrase(source.head, clause.range(item_of(clause, source.head.first), end))
    spoken = _told_last(clause, source, end, highest, named=last is source)
    frame = finish_after(clause, (lowest, content_end), (end, highest), cue, source)
    behind_head = item_of(clause, source.head.last)
    if behind_head < end:
        frame.outer = frame.outer or seen_in(clause, behind_head + 1, end)
    frame.addressee = addressee or spoken
    return frame


def _told_last(
    clause: Clause, source: Phrase, end: int, highest: int, *, named: bool
) -> Phrase | None:
    """Return who hears where that ends the sentence: "…, a dit l'un d'eux, Moussa, à L'Écho", "…, in an interview with X"."""
    if named and clause.low(end) == ",":
        hearer = hearer_behind(clause, end + 1, highest, "")[1]
        if hearer is not None:
            return hearer
    return spoken_behind(clause, item_at(clause, source.whole.last, end), highest)


def _can_follow(clause: Clause, cue: Match, lowest: int, begin: int) -> bool:
    """Return whether a cue of its kind can stand behind what somebody says with it."""
    kind = cue.entry.info["class"]
    quoted = clause.quoted(begin - 1) or clause.quoted(begin - 2)
    free = clause.layout.lexicon.order.get("free")
    if kind in ("think", "want") and not (free or (quoted and kind == "want")):
        return False
    if kind == "want" and not (quoted or _ahead(clause, lowest, begin)):
        return False
    subject = not quoted and (
        _relative_subject(clause, lowest, begin - 1) or _subject_alone(clause, lowest, begin)
    )
    return not subject and cue.entry.form in ("", "past", "pres")


def _past_preposition(clause: Clause, k: int, cue: Match) -> int:
    """Return the item after the preposition of an office or a document that speaks: "…, следует из решения суда"."""
    if clause.is_("source_prepositions", k):
        court = clause.is_("no_hearers", k + 1) and not _office_speaks(clause, k, cue)
        return k + (2 if court else 1)
    from_paper = clause.is_("document_prepositions", k) and cue.entry.info.get("papers")
    return k + 1 if from_paper else k


def _office_speaks(clause: Clause, k: int, cue: Match) -> bool:
    """Return whether the people of the office at item `k` speak: "сообщили в суде Таджикистана", not "заявил в суде Иванов"."""
    they = clause.layout.lexicon.endings.get("they", ("\0",))
    many = clause.layout.tokens[cue.first].low.endswith(they)
    placed = clause.is_("source_prepositions", k)
    nouns = [clause.noun(k + 1), clause.noun(k + 2)] if placed else []  # "в областном суде"
    return many and any(noun and noun.entry.section == "organisation" for noun in nouns)


def _ahead(clause: Clause, first: int, cue: int) -> bool:
    """Return whether a clause stands before a cue of what is ahead: "Les salaires seront versés, promet la mairie"."""
    return clause.low(cue - 1) == "," and has_finite(clause, first, cue - 1)


def _with_auxiliary(clause: Clause, begin: int, k: int) -> bool:
    """Return whether no subject stands behind a cue: "A volunteer, who collects names, has confirmed 93"."""
    bare = clause.layout.lexicon.order.get("bare_content")
    return bool(bare) and any(clause.is_("auxiliaries", j) for j in range(begin, k))


def _past_finder(clause: Clause, k: int, highest: int) -> int:
    """Return the item after "seen by the Courier" where that begins at item `k`, else `k`."""
    if clause.cue(k, "seen") is None or not clause.is_("by", k + 1):
        return k
    outlet = phrase_right(clause, k + 2, highest)
    return k if outlet is None else item_at(clause, outlet.whole.last, k)


def _past_descriptions(clause: Clause, k: int, highest: int) -> int:
    """Return the item after what describes a speaker: ", 34, a welder from Jalal-Abad who …"."""
    end = past_apposition(clause, k, highest)
    return past_apposition(clause, end, highest) if clause.low(end - 1).isdigit() else end


def _says_something(clause: Clause, first: int, last: int) -> bool:
    """Return whether a clause stands before a cue, also one whose verb no list has: "Traffickers pose as …"."""
    if has_finite(clause, first, last):
        return True
    order = clause.layout.lexicon.order
    bare = order.get("bare_content") or (order.get("objects_first") and order.get("articles", True))
    plain = not any(clause.punctuation(k) for k in range(first, last - 1))
    return bool(bare) and plain and last - first > _PLAIN and starts_phrase(clause, first)


def _tells_of_none(clause: Clause, end: int, cue: Match) -> bool:
    """Return whether nobody behind a cue can speak: "…, told the BBC", "…, said by phone"."""
    bare = clause.layout.lexicon.order.get("bare_content")
    counted = clause.is_("determiners", end) or clause.low(end + 1)[:1].isdigit()
    if bare and _medium_end(clause, end) > end:
        return False  # "said by telephone the sister of Daler"
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
    if clause.low(k).isdigit() and clause.is_("time_words", k + 1):
        return k + 2  # "пишет 12 марта менеджер"
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
    if order.get("cases"):
        return _past_occasion(clause, k, highest)
    if order.get("bare_content"):
        return _medium_end(clause, k)
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


def _past_occasion(clause: Clause, k: int, highest: int) -> int:
    """Return the item after "в своём канале", "на открытии" between a cue and its subject, else `k`."""
    if not clause.is_("prepositions", k):
        return k
    for j in range(k + 1, min(k + _OCCASION, highest - 1)):
        if clause.punctuation(j):
            return k
        if clause.is_("occasions", j):
            return _past_owner(clause, j + 1, highest)
    return k


def _past_owner(clause: Clause, k: int, highest: int) -> int:
    """Return the item after the genitive behind an occasion, where who speaks follows: "в чате отряда координатор Лиана"."""
    cases = {case for _, case in cases_of(clause.low(k))} if not clause.capital(k) else set()
    owner = "gent" in cases and "nomn" not in cases and clause.noun(k + 1) is not None
    return k + 1 if owner and k + 1 < highest else k


def _medium_end(clause: Clause, k: int) -> int:
    """Return the item after "by telephone" at item `k` where a subject follows it, else `k`."""
    medium = clause.is_("by", k) and clause.is_("media_words", k + 1)
    return k + 2 if medium and clause.is_("articles", k + 2) else k


def _inverted_ends(clause: Clause, source: Phrase, end: int, highest: int, begin: int = -1) -> bool:
    """Return whether the phrase behind a cue is its subject and not the start of its content."""
    if clause.is_("subordinators", end):
        return False
    after = item_at(clause, source.whole.last, end)
    if after >= highest or clause.punctuation(after) or clause.quoted(after):
        return clause.low(after) != ":"
    if _past_finder(clause, after, highest) > after:
        return True
    relative = clause.quoted(begin - 1) or clause.quoted(begin - 2) or clause.is_("as", begin)
    some = clause.is_("somebody", item_of(clause, source.head.first))
    relative = relative or (
        some and clause.low(begin - 1) == ","
    )  # "…, dijo una mujer que estuvo allí"
    if relative and clause.is_("relatives", after):
        return True  # "«…», relató un joven que pidió no ser identificado"
    quoted = clause.quoted(begin - 1) or clause.quoted(begin - 2)
    if quoted and clause.is_("subordinators", after) and not clause.is_("that", after):
        return True  # "…, said the spokesman when asked about the video"
    return not finite(clause, after) and not clause.is_("complementizers", after)
