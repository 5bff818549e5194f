"""Frames of languages whose verb stands last: "Vazir … qilganini aytdi", "X so‘zlariga ko‘ra, …"."""

from guvoh.reading.clauses import Clause, Phrase
from guvoh.reading.content_ends import content_end
from guvoh.reading.frame import Frame
from guvoh.reading.layout import is_mark
from guvoh.reading.lexicon import Match
from guvoh.reading.phrases import title_end

# A subject, or a hearer, is seldom longer than this many items.
_REACH = 9
_DESCRIBED = 5  # items from "deb atagan" to the noun that it describes


def verb_last(clause: Clause, k: int, cue: Match, bounds: tuple[int, int]) -> Frame | None:
    """Read "Subject [hearer] content cue.", the cue at item `k`."""
    lowest, highest = bounds
    end = k + (cue.last - cue.first)
    if not clause.layout.lexicon.order.get("verb_last"):
        return None
    if clause.spoken and clause.low(end - 1).endswith(
        clause.layout.lexicon.endings.get("we", ("\0",))
    ):
        return None  # "…, deb qo‘rqaman": the speaker's own fear is the stance of his words
    if end < highest and not (clause.punctuation(end) or clause.is_("coordinators", end)):
        return None
    begin = k
    while begin - 1 > lowest and (
        clause.is_("so", begin - 1) or clause.is_("cue_adverbs", begin - 1)
    ):
        begin -= 1
    comma = next((j for j in range(begin - 1, lowest, -1) if clause.low(j) == ","), None)
    first, source = subject(clause, lowest if comma is None else comma + 1, begin)
    if source is None or item_after(clause, source) >= begin:
        first, source = subject(clause, lowest, begin)
    if source is None:
        return None
    start, addressee = hearer(clause, item_after(clause, source), begin)
    quoted = bool(clause.quotations(start, begin))
    mind = cue.entry.info["class"] == "think" and _ends(clause, begin - 1, "source_of_fear")
    # "Topshirish bilan tahdid qildi": he threatened with handing them over.
    mind = mind or (cue.entry.info["stance"] == "threatened" and _with(clause, begin - 1))
    if start >= begin or not (quoted or mind or _reported(clause, begin, k)):
        return None
    stop = begin
    while stop > start and clause.punctuation(stop - 1) and not clause.quoted(stop - 1):
        stop -= 1
    frame = Frame(cue, str(cue.entry.info["stance"]), [(start, stop)], source=source)
    frame.addressee = addressee
    frame.noun_content = bool(cue.entry.info.get("np"))
    frame.covers = (first, end)
    return frame


def item_after(clause: Clause, phrase: Phrase) -> int:
    """Return the item after a phrase."""
    return next(
        (k for k, item in enumerate(clause.items) if item.first >= phrase.whole.last),
        len(clause.items),
    )


def _reported(clause: Clause, begin: int, k: int) -> bool:
    """Return whether what stands before the cue is content: an object, or closed by "deb"."""
    if any(clause.is_("so", j) for j in range(begin, k)):
        return True
    return _ends(clause, begin - 1, "object")


def _with(clause: Clause, k: int) -> bool:
    return clause.is_("instruments", k)


def _ends(clause: Clause, k: int, case: str) -> bool:
    ends = clause.layout.lexicon.endings.get(case, ("\0",))
    low = clause.low(k)
    return any(low.endswith(end) and len(low) >= len(end) + 2 for end in ends)


def subject(clause: Clause, lowest: int, highest: int) -> tuple[int, Phrase | None]:
    """Return where the phrase that opens the clause begins, and the phrase: who speaks."""
    first = lowest
    while first < highest and (clause.punctuation(first) or clause.is_("time_words", first)):
        if title_end(clause, first, highest) is not None:
            break
        first += 1
    called = _called(clause, first, highest)
    if called is not None:
        return first, called
    if clause.is_("subject_pronouns", first):
        return first, _phrase(clause, first, first + 1)
    if _names_hearer(clause, first, highest):
        return first, _phrase(clause, first, first + 1)
    k = first
    while k < min(first + _REACH, highest):
        if clause.is_("subject_pronouns", k):
            return first, _phrase(clause, k, k + 1)
        titled = title_end(clause, k, highest)
        if titled is not None:
            k = titled
            continue
        if clause.punctuation(k) or clause.quoted(k):
            return first, None
        noun = clause.noun(k)
        last = k + (noun.last - noun.first) if noun is not None else k + 1
        owner = _ends(clause, last - 1, "genitive")
        kin = noun is not None and noun.entry.section == "kin"
        ends = kin or not _more(clause, last)
        if (noun is not None or clause.is_name(k)) and not owner and ends:
            spoken = noun is None or not _ends(clause, last - 1, "oblique")
            return first, _phrase(clause, first, last) if spoken else None
        k = last
    return first, None


def _called(clause: Clause, first: int, highest: int) -> Phrase | None:
    """Return who is called so: Farrux in "Biz Farrux deb atagan ishchi …", with the noun that the name is given to."""
    for k in range(first + 2, min(first + _REACH, highest)):
        if clause.punctuation(k) or clause.quoted(k):
            return None
        if not (
            clause.is_("calls", k) and clause.is_("quotatives", k - 1) and clause.is_name(k - 2)
        ):
            continue
        begin = k - 2
        while begin > first and clause.is_name(begin - 1) and clause.noun(begin - 1) is None:
            begin -= 1
        end = k + 1
        while end < min(k + _DESCRIBED, highest) and not _somebody(clause, end):
            end += 1
        noun = clause.noun(end)
        last = end + (1 if noun is None else noun.last - noun.first)
        last = last if _somebody(clause, end) else k + 1
        return Phrase(clause.range(begin, k - 1), clause.range(first, last))
    return None


def _names_hearer(clause: Clause, first: int, highest: int) -> bool:
    """Return whether a name stands before another in the case of a hearer: "dedi Sanjar Caravan Post'ga"."""
    last = first
    while (
        last < min(first + _REACH, highest) and clause.is_name(last) and clause.noun(last) is None
    ):
        last += 1
    return last - first > 2 and _ends(clause, last - 1, "hearer")


def _somebody(clause: Clause, k: int) -> bool:
    return clause.noun(k) is not None or clause.is_("somebody", k)


def _more(clause: Clause, k: int) -> bool:
    """Return whether a phrase goes on at item `k`: a name behind an office, a noun behind a name."""
    area = clause.is_("areas", k)  # "Volgograd viloyati politsiyasi"
    return area or clause.is_name(k) or (clause.noun(k) is not None and clause.is_name(k - 1))


def _phrase(clause: Clause, first: int, last: int) -> Phrase:
    return Phrase(clause.range(first, last), clause.range(first, last))


def hearer(clause: Clause, first: int, highest: int) -> tuple[int, Phrase | None]:
    """Return the item after a hearer that begins at `first`, and the hearer: "«Tong» radiosiga"."""
    for k in range(first, min(first + 5, highest)):
        if clause.quoted(k) or clause.low(k) == ",":
            break
        speaks = clause.noun(k) is not None or clause.is_name(k)
        if speaks and _ends(clause, k, "hearer"):
            return k + 1, _phrase(clause, first, k + 1)
        if not (speaks or _is_mark(clause, k) or _ends(clause, k, "genitive")):
            break
    return first, None


def _is_mark(clause: Clause, k: int) -> bool:
    return clause.punctuation(k) and is_mark(clause.layout.tokens[clause.token(k)])


def according_behind(clause: Clause, k: int, cue: Match, bounds: tuple[int, int]) -> Frame | None:
    """Read "X so‘zlariga ko‘ra, …" and "X-нын айтымында, …": the source stands before the cue."""
    lowest, highest = bounds
    first = k
    while first > max(lowest, k - _REACH) and not clause.quoted(first - 1):
        if clause.low(first - 1) in (",", ":", ";", "—", "–"):
            break
        first -= 1
    while first < k and clause.is_("time_words", first):
        first += 1
    start = k + (cue.last - cue.first)
    if clause.low(start) == ",":
        start += 1
    if first >= k or start >= highest:
        return None
    stop, split = content_end(clause, start, highest)
    source = _phrase(clause, first, k)
    return Frame(
        cue,
        str(cue.entry.info["stance"]),
        [(start, stop)],
        source=source,
        covers=(first, split),
    )
