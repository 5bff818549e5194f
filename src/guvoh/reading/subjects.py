"""Who the subject of a cue is that stands before its content, and who is told."""

from dataclasses import dataclass

from guvoh.reading.clauses import (
    Clause,
    Phrase,
    boundary,
    finite,
    item_at,
    item_of,
    oblique,
    only_subject,
)
from guvoh.reading.frame import Frame, citing
from guvoh.reading.hearers import can_be_office, hearer_behind
from guvoh.reading.lexicon import Match
from guvoh.reading.noun_phrases import noun_phrase_ending
from guvoh.reading.phrases import phrase_right, title_end
from guvoh.reading.phrases_before import (
    before_occasion,
    subject_left,
)
from guvoh.reading.relays import hear_out, hearer_between, past_seen

_TITLE = 8  # items of a title in marks
_COMPLEMENT = 6  # items from "из" to the colon
_TOLD = 4  # items of those who are told
_CALL = 12  # items between a call and what it was made to say


@dataclass(frozen=True, slots=True)
class Spoken:
    """The subject of a cue, the item after the cue, a frame of both without content, and where it begins."""

    source: Phrase | None
    after: int
    frame: Frame
    opening: int


def spoken_of(
    clause: Clause, k: int, cue: Match, bounds: tuple[int, int], *, told_to: bool
) -> Spoken | None:
    """Return who speaks by the cue at item `k`, None where nobody can.

    `told_to` is whether the cue tells what a call was made for.
    """
    lowest = bounds[0]
    source, after, hearer = (
        _purposed(clause, k, lowest, cue)
        if told_to
        else _subject(clause, k, cue, (past_seen(clause, lowest, k), bounds[1]))
    )
    stance = str(cue.entry.info["stance"])
    if (
        cue.entry.info["class"] == "show"
        and clause.is_("to", k - 1)
        and clause.is_("seeming", k - 2)
    ):
        source, stance = subject_left(clause, k - 2, lowest), "reported"
    frame = Frame(cue, stance, [], source=source, addressee=hearer)
    opening = hear_out(clause, frame, lowest, k)
    source = frame.source
    relay, cited = _cites(clause, source, k)
    if cited is not None:
        frame.outer, frame.source = relay, cited
    told = _told_ones(clause, k, lowest, cue) if source is None else None
    frame.addressee = frame.addressee or told
    dropped = told is not None or cue.entry.form == "ing" or _dropped(clause, k, lowest, cue)
    if frame.outer is None and not dropped and _somewhere(clause, k, lowest, source):
        source = frame.source = None
        frame.unnamed = dropped = True
    return None if source is None and not dropped else Spoken(source, after, frame, opening)


def _somewhere(clause: Clause, k: int, lowest: int, source: Phrase | None) -> bool:
    """Return whether nobody in particular speaks: "В соцсетях пишут, что …"."""
    they = clause.layout.lexicon.endings.get("they", ("\0",))
    first = lowest + (clause.is_("asides", lowest) or clause.is_("leading", lowest))
    opens = clause.is_("prepositions", first) and clause.low(k).endswith(they)
    if source is not None and (source.elided or item_of(clause, source.head.first) <= first):
        return False
    return (
        opens
        and k - first <= _TOLD
        and any(clause.is_("rumour_places", j) for j in range(first + 1, k))
    )


def _cites(clause: Clause, source: Phrase | None, k: int) -> tuple[Phrase | None, Phrase | None]:
    """Return who cites and whom, between a subject and its cue: "The Post, quoting two officials, reported"."""
    if source is None or source.elided:
        return None, None
    if clause.layout.lexicon.order.get("cases"):
        first = item_of(clause, source.head.first)
        for j in range(first + 1, k):
            cited = citing(clause, j, j + 1)
            if (
                cited is not None
            ):  # "Агентство «Волга» со ссылкой на врача сообщает": no comma parts them
                relay = noun_phrase_ending(clause, j, first)
                return relay or source, cited
    if source.whole.last <= source.head.last:
        return None, None
    begin = item_of(clause, source.head.last)
    return source, citing(clause, begin, begin + 2) if begin < k else None


def _purposed(
    clause: Clause, k: int, lowest: int, cue: Match
) -> tuple[Phrase | None, int, Phrase | None]:
    """Return the subject of a cue of purpose, which is that of the call, and the item after the cue."""
    end = k + (cue.last - cue.first)
    calls = "appealed" if cue.entry.info.get("appeals") else "contacts"
    call = next((i for i in range(k - 1, lowest - 1, -1) if clause.is_(calls, i)), None)
    return (None if call is None else subject_left(clause, call, lowest)), end, None


def is_purpose(clause: Clause, k: int, cue: Match, lowest: int) -> bool:
    """Return whether a call was made to say it: "m'a téléphoné pour me dire que", "rang to say that"."""
    if cue.entry.info.get("appeals"):
        near = range(max(lowest, k - _CALL), k)
        return any(clause.is_("appealed", i) for i in near)  # "обратились в суд с просьбой"
    if cue.entry.form != "base" or cue.entry.info["class"] not in ("say", "tell"):
        return False
    j = k - 1
    while j > lowest and (clause.is_("cue_adverbs", j) or clause.is_("object_pronouns", j)):
        j -= 1
    return clause.is_("purpose", j) and any(
        clause.is_("contacts", i) for i in range(max(lowest, j - _CALL), j)
    )


def _subject(
    clause: Clause, k: int, cue: Match, bounds: tuple[int, int]
) -> tuple[Phrase | None, int, Phrase | None]:
    """Return the subject of a cue, the item after the cue and a subject behind it, and a hearer between."""
    lowest, highest = bounds
    after = k + (cue.last - cue.first)
    between = hearer_between(clause, lowest, k)
    begin = before_habit(clause, k) if between is None else between[0]
    told = _outlet_told(clause, k, lowest)
    if told is not None:
        return told[0], after, told[1]
    source = subject_left(clause, begin, lowest)
    if not clause.layout.lexicon.order.get("free"):
        return source, after, None
    suffers = source is not None and not source.elided and _suffers(clause, k, source)
    if suffers:
        return None, after, None
    if source is not None and not source.elided:
        first, last = item_of(clause, source.head.first), item_of(clause, source.head.last)
        source = None if oblique(clause, first, last) else source
    if source is None or source.elided:
        told = clause.layout.lexicon.order.get("cases")
        kind = str(cue.entry.info["class"])
        start, hearer = hearer_behind(clause, after, highest, kind) if told else (after, None)
        for first, listener in ((start, hearer), (after, None)):
            behind = _subject_behind(clause, first, highest)
            if behind is not None:
                return behind, item_at(clause, behind.whole.last, first), listener
    office = located(clause, k, lowest)
    if office is not None and source is not None and not source.elided:
        inside = office.head.first <= source.head.first and source.head.last <= office.head.last
        many = clause.low(k).endswith(clause.layout.lexicon.endings.get("they", ("\0",)))
        person = clause.noun(item_of(clause, source.head.last) - 1)
        someone = person is not None and person.entry.section in ("person", "kin")
        someone = someone or only_subject(clause, item_of(clause, source.head.last) - 1)
        named = source.head.last - source.head.first > 1 or someone  # "В суде Иван Орлов сказал"
        named = named and not many
        source = office if inside and not named else source  # "В пресс-службе ФСИН сообщили"
    return source or office, after, None


def _outlet_told(clause: Clause, k: int, lowest: int) -> tuple[Phrase, Phrase] | None:
    """Return the office and the outlet of "В прокуратуре агентству «Азия» сообщили"."""
    ends = clause.layout.lexicon.endings.get("they", ("\0",))
    if not clause.layout.lexicon.order.get("cases") or not clause.low(k).endswith(ends):
        return None
    marked = range(max(lowest + 2, k - _TITLE), k - 2)
    first = next((j for j in marked if title_end(clause, j, k) == k), None)
    if first is None:
        media = any(match.entry.section == "media" for match in clause.matches(k - 1))
        hears = media and not clause.capital(k - 1) and oblique(clause, k - 1, k)
        first = k - 1 if hears and not clause.is_("source_prepositions", k - 2) else None
    if first is None:
        return None
    if (
        first < k - 1
        and oblique(clause, first - 1, first)
        and not clause.is_("source_prepositions", first - 2)
    ):
        noun = clause.noun(first - 1)
        first -= noun is not None and noun.entry.section in ("media", "organisation")
    office = located(clause, first, lowest, said=k)
    return (
        None if office is None else (office, Phrase(clause.range(first, k), clause.range(first, k)))
    )


def _suffers(clause: Clause, k: int, source: Phrase) -> bool:
    """Return whether "его" before a verb of many is whom they mean: "его подозревали в том, что …"."""
    first, last = item_of(clause, source.head.first), item_of(clause, source.head.last)
    many = clause.low(k).endswith(clause.layout.lexicon.endings.get("they", ("\0",)))
    return last - first == 1 and many and clause.is_("accusatives", first)


def before_habit(clause: Clause, k: int) -> int:
    """Return the item of "used" before "to say" at item `k`: "the foreman used to say", "began to shout"."""
    return k - 2 if clause.is_("to", k - 1) and clause.is_("habits", k - 2) else k


def _told_ones(clause: Clause, k: int, lowest: int, cue: Match) -> Phrase | None:
    """Return whom nobody named told it: "Женщине сообщили, что", "A Karim le dijeron que"."""
    ends = clause.layout.lexicon.endings.get("they", ("\0",))
    if cue.entry.info["class"] not in ("tell", "say"):
        return None
    if not clause.low(k).endswith(ends) or k - lowest > _TOLD:
        return None
    if clause.is_("to_addressee", lowest) and clause.is_("dative_clitics", k - 1):
        return phrase_right(clause, lowest + 1, k)  # "A Karim le dijeron que"
    if not clause.layout.lexicon.order.get("cases"):
        return None
    phrase = subject_left(clause, k, lowest)
    if phrase is None or phrase.elided:
        return None
    first, last = item_of(clause, phrase.head.first), item_of(clause, phrase.head.last)
    opens = all(
        clause.is_("time_words", j) or clause.is_("asides", j) for j in range(lowest, first)
    )
    if not opens:
        return None
    return phrase if oblique(clause, first, last) else None


def _dropped(clause: Clause, k: int, lowest: int, cue: Match) -> bool:
    """Return whether a finite cue begins its clause in a language that drops subjects."""
    if not clause.layout.lexicon.order.get("prodrop") or cue.entry.form in ("ing", "base"):
        return False
    j = k - 1
    while j >= lowest and (
        clause.is_("cue_adverbs", j)
        or clause.is_("coordinators", j)
        or clause.is_("contrast", j)
        or clause.is_("time_words", j)
    ):
        j -= 1
    return j < lowest or clause.punctuation(j)


def located(clause: Clause, k: int, lowest: int, said: int | None = None) -> Phrase | None:
    """Return the office in which something is said: "В министерстве опровергли …".

    It ends before item `k`, the cue, or before what parts it from the cue at item `said`.
    """
    said = k if said is None else said
    they = clause.layout.lexicon.endings.get("they", ("\0",))
    if clause.is_("office_there", k - 1) and k - 1 == lowest and clause.low(said).endswith(they):
        return Phrase(clause.range(k - 1, k), clause.range(k - 1, k))  # "Там добавили, что …"
    while k - 1 > lowest and (clause.is_("datives", k - 1) or _told(clause, k - 1)):
        k -= 1  # "В колонии ему заявили", "В прокуратуре журналистам сообщили"
    k = _before_day(clause, k, lowest)
    begun = before_occasion(clause, k, lowest)  # "В военкомате на наш запрос ответили"
    k = begun if any(clause.is_("source_prepositions", j) for j in range(lowest, begun)) else k
    sections = {"organisation", "media"}
    prepositions = ["source_prepositions"]
    if any(cue.entry.info.get("papers") for cue in clause.any_cues(k)):
        sections.add("document")  # "В сообщении говорится", "Из письма следует"
        prepositions.append("document_prepositions")
        k = _before_described(clause, k, lowest)
    first = max(lowest, k - 8)
    start = next(
        (j for j in range(first, k) if any(clause.is_(group, j) for group in prepositions)), None
    )
    if start is None or start + 1 >= k or any(boundary(clause, j) for j in range(start, k)):
        return None
    if any(clause.is_("rumour_places", j) for j in range(start, k)):
        return None
    office = any(
        match.entry.section in sections for j in range(start + 1, k) for match in clause.matches(j)
    )
    office = office or _some_office(clause, start + 1, k, said)
    papers = "document" in sections and any(
        clause.is_(group, start + 1) for group in ("they", "he", "she")
    )
    office = office or (papers and start + 2 == k)  # "Из них следует, что"
    return Phrase(clause.range(start + 1, k), clause.range(start + 1, k)) if office else None


def _before_day(clause: Clause, k: int, lowest: int) -> int:
    """Return the item of "в среду" where that ends before item `k`, else `k`."""
    if clause.is_("source_prepositions", k - 2) and clause.is_("time_words", k - 1):
        return k - 2 if k - 2 > lowest + 1 else k
    return k


def _told(clause: Clause, k: int) -> bool:
    """Return whether item `k` names those who are told, before the cue: "журналистам", "родным"."""
    noun = clause.noun(k)
    people = noun is not None and noun.entry.section in ("person", "group", "kin", "media")
    ends = clause.layout.lexicon.endings.get("hearer", ("\0",))
    return (
        people
        and not clause.capital(k)
        and clause.low(k).endswith(ends)
        and oblique(clause, k, k + 1)
    )


def _some_office(clause: Clause, first: int, last: int, cue: int) -> bool:
    """Return whether some office that no list need know speaks: "В аппарате омбудсмена сообщили, что".

    A verb of many without a subject has people there for it; a day, a paper or a town is no office.
    """
    order, endings = clause.layout.lexicon.order, clause.layout.lexicon.endings
    if not (order.get("cases") and clause.low(cue).endswith(endings.get("they", ("\0",)))):
        return False
    if clause.cue(cue, "say", "tell", "think") is None:
        return False
    return can_be_office(clause, first, last)


def _before_described(clause: Clause, k: int, lowest: int) -> int:
    """Return the comma before "которое он передал матери," which ends before item `k`, else `k`."""
    if clause.low(k - 1) != ",":
        return k
    for j in range(k - 2, max(lowest, k - _CALL), -1):
        if clause.low(j) == ",":
            return j if clause.is_("relatives", j + 1) or clause.is_("relatives", j + 2) else k
    return k


def _past_complement(clause: Clause, k: int, highest: int) -> int:
    """Return the colon behind "из ростовского СИЗО", which tells where those are who write; `k` where none follows."""
    if not (clause.layout.lexicon.order.get("cases") and clause.is_("prepositions", k)):
        return k
    for j in range(k + 1, min(k + _COMPLEMENT, highest)):
        if clause.low(j) == ":":
            return j
        if clause.quoted(j) or clause.punctuation(j) or finite(clause, j):
            return k
    return k


def _subject_behind(clause: Clause, after: int, highest: int) -> Phrase | None:
    """Return the subject behind its cue in languages that put it there: "сообщил адвокат, что …"."""
    first = after + 1 if clause.is_("source_prepositions", after) else after
    phrase = phrase_right(clause, first, highest)
    if phrase is None:
        return None
    end = item_at(clause, phrase.whole.last, first)
    colon = _past_complement(clause, end, highest)
    if colon > end:
        phrase = Phrase(clause.range(first, colon), clause.range(first, colon))
        end = colon
    for match in clause.matches(end):
        if match.entry.section == "anonymity":
            end += match.last - match.first
            break
    ends = (
        clause.low(end) in (",", ":")
        or clause.cue(end, "citing") is not None
        or clause.is_("complementizers", end)
        or clause.quoted(end)
    )
    return phrase if ends else None
