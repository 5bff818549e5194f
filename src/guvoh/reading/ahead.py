"""Cues that stand before their content: "X said that …", "according to X, …", "reports that …"."""

from collections.abc import Callable
from dataclasses import replace

from guvoh.reading.according import according_before, for_whom, quoted_as
from guvoh.reading.addressees import addressee_of, heard_from, turn_passive
from guvoh.reading.clauses import (
    Clause,
    Phrase,
    boundary,
    finite,
    item_at,
    item_of,
    passive,
    plural_before,
    starts_phrase,
    unfinished,
    verbish,
)
from guvoh.reading.content import content_start
from guvoh.reading.content_ends import content_end, main_verb
from guvoh.reading.contents import opens_sentence
from guvoh.reading.frame import Frame
from guvoh.reading.hearsay import (
    as_told_in,
    called_untrue,
    impersonal,
    noun_before,
    past_marks,
    put_at,
)
from guvoh.reading.lexicon import Entry, Match
from guvoh.reading.phrases import phrase_right
from guvoh.reading.phrases_before import subject_left
from guvoh.reading.relays import thing_before, thing_in_front
from guvoh.reading.shown import before_colon, sees_document
from guvoh.reading.subjects import before_habit, is_purpose, located, spoken_of
from guvoh.reading.verb_last import according_behind

_FIRST = ("told-in", "according", "citing")  # classes of cues that are tried before others
_WISH = 4  # items of a wish in which a name stands


def before_all(clause: Clause, lowest: int, highest: int) -> list[Frame]:
    """Return the frames of the items whose cues stand before their content, in order."""
    frames: list[Frame] = []
    floor = lowest
    before_that = [k - 1 for k in clause.those("that", lowest + 1, highest + 1)]
    for k in sorted({*clause.cued(lowest, highest), *before_that}):
        frame = _before(clause, k, floor, highest) if k >= floor else None
        if frame is None:
            continue
        frames.append(frame)
        floor = max(frame.covers[1], k + 1)
        while _joins_that(clause, floor) and floor + 2 < highest:
            frame = _and_that(clause, frame, floor, highest)
            frames.append(frame)
            floor = max(frame.covers[1], floor + 1)
    return frames


def _joins_that(clause: Clause, k: int) -> bool:
    """Return whether "and that", "puis que" at item `k` goes on with what the cue before it tells."""
    joins = clause.is_("coordinators", k) or clause.is_("sequels", k)
    return joins and clause.is_("that", k + 1)


def _and_that(clause: Clause, frame: Frame, k: int, highest: int) -> Frame:
    """Return the frame of "… and that …" under the cue before."""
    stop, split = content_end(clause, k + 2, highest)
    return replace(frame, pieces=[(k + 2, stop)], covers=(k, split), extra=dict(frame.extra))


def _before(clause: Clause, k: int, lowest: int, highest: int) -> Frame | None:
    shown = before_colon(clause, k, (lowest, highest))
    if shown is not None:
        return shown
    found = [match for match in clause.matches(k) if match.entry.section == "cues"]
    # "Según contó" and "quoted as saying" hold words of saying: whom they name stands elsewhere.
    for match in sorted(found, key=lambda match: match.entry.info["class"] not in _FIRST):
        if _is_named(clause, k) or _is_noun(clause, k, match):
            continue
        after = range(k, min(k + _WISH, highest))
        if match.entry.info.get("quoted") and not any(clause.quoted(j) for j in after):
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


def _is_named(clause: Clause, k: int) -> bool:
    """Return whether a capital inside a sentence makes a cue's word a name: "State Department"."""
    return k > 0 and clause.capital(k) and not clause.punctuation(k - 1)


def _is_noun(clause: Clause, k: int, cue: Match) -> bool:
    """Return whether a cue's word is a noun here: "payroll records obtained by the paper", "de la menace"."""
    if _is_said_noun(clause, k, cue) or clause.noun_form(k, cue):
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


def _verb_before_content(
    clause: Clause, k: int, cue: Match, bounds: tuple[int, int]
) -> Frame | None:
    """Read "X said that …", "X is afraid that …", "X was told by Y that …"."""
    lowest = bounds[0]
    kind = str(cue.entry.info["class"])
    told_to = is_purpose(clause, k, cue, lowest)
    shows = kind == "show" and not unfinished(clause, cue)
    bare = not shows and cue.entry.form == "base" and not told_to
    doubts = kind == "think" and any(clause.is_("does", j) for j in range(max(lowest, k - 3), k))
    bare = bare and not doubts and before_habit(clause, k) == k  # "does not believe it was his"
    if (bare and not _many(clause, k, lowest)) or _hearsay(clause, k, lowest):
        return None
    turned = passive(clause, k, lowest)
    if not turned and clause.is_("by", k + (cue.last - cue.first)):
        return None  # "documents seen by the Herald": a description and no statement
    spoken = spoken_of(clause, k, cue, bounds, told_to=told_to)
    if spoken is None:
        return _thing_denied(clause, k, cue, bounds)
    source, after, relayed = spoken.source, spoken.after, spoken.frame
    shown = shows and clause.is_("to", after)  # "the register shown to the delegation"
    if shown or (source is not None and _nobody(clause, k, source, lowest, kind)):
        return None
    highest = _relative_end(clause, k, bounds, opens=opens_sentence(clause, k, cue))
    implicit = source is None or source.elided
    frame = replace(relayed, source=None if implicit else relayed.source)
    frame.negated = _negated(clause, k, lowest, source)
    heard = _before_court(clause, frame, kind, turned=turned)
    if not heard and not _turns(clause, frame, after, highest, turned=turned):
        return None
    if kind == "hear" and not implicit:
        after = heard_from(clause, frame, after, highest)
    if heard:
        frame.unnamed = frame.outer is None
        frame.source, frame.outer = (None if frame.unnamed else frame.source), None
    bids = kind == "ask" and clause.is_("asked_for", after - 1)  # "called for the men to be freed"
    told = bids or (heard and turned)
    end, addressee = (after, None) if told else addressee_of(clause, after, highest, kind)
    frame.addressee = addressee or frame.addressee
    start = content_start(clause, end, highest, frame, kind)
    if start is None or start >= highest:
        return _thing_denied(clause, k, cue, bounds)
    if kind == "ask" and frame.negated and frame.noun_content:
        return None  # "ils n'ont demandé l'avis de personne"
    frame.negated = frame.negated or bool(cue.entry.info.get("negates"))
    stop, split = content_end(clause, start, highest, np=frame.noun_content)
    stop = _called_as(clause, frame, stop)
    begin = k if source is None or implicit else item_of(clause, source.whole.first)
    beside = _aside_wish(clause, k, start, lowest, kind) or _only_dates(
        clause, frame, begin, lowest
    )
    if stop <= start or beside:
        return None
    frame.pieces = [(start, stop)]
    frame.covers = (min(begin, spoken.opening, k), split)
    if implicit and not frame.unnamed:
        frame.extra["implicit"] = "yes" if source is None else "joined"
    return frame


def _many(clause: Clause, k: int, lowest: int) -> bool:
    """Return whether a verb without an ending at item `k` can stand there: its subject is several.

    So is that of "survivors of a trawler that sank say" and "lawyers for the student, Brandon Kerr, say".
    """
    if plural_before(clause, k):
        return True
    if not clause.layout.lexicon.order.get("bare_content"):
        return False
    subject = subject_left(clause, k, lowest)
    if subject is None or subject.elided:
        return False
    head = range(item_of(clause, subject.head.first), item_of(clause, subject.head.last))
    noun = next((noun for j in head if (noun := clause.noun(j)) is not None), None)
    return noun is not None and (noun.entry.form == "pl" or noun.entry.section == "group")


def _before_court(clause: Clause, frame: Frame, kind: str, *, turned: bool) -> bool:
    """Return whether a court hears it: who says it there is not named, or named behind "from"."""
    if (kind != "hear" and not (kind == "tell" and turned)) or frame.source is None:
        return False
    head = range(item_of(clause, frame.source.head.first), item_of(clause, frame.source.head.last))
    by = any(clause.is_("by", j) for j in range(head.stop, head.stop + 6))
    return not by and any(clause.is_("courts", j) for j in head)


def _turns(clause: Clause, frame: Frame, after: int, highest: int, *, turned: bool) -> bool:
    """Return whether a cue can be in the voice in which it stands: "is afraid that", "was told by Y that"."""
    kind = str(frame.cue.entry.info["class"])
    if kind == "adjective":
        return turned
    return not turned or turn_passive(clause, frame, after, highest, kind)


def _nobody(clause: Clause, k: int, source: Phrase, lowest: int, kind: str) -> bool:
    """Return whether nobody says it, or "you" means anybody and what is said only could be.

    "Nobody at the station would confirm that he had been there", "you could ask for it back".
    """
    if source.elided:
        return False
    first = item_of(clause, source.head.first)
    if kind in ("say", "tell") and clause.is_("nobody", first):
        return True
    may = any(clause.is_("modals", j) for j in range(max(lowest, k - 2), k))
    return source.head.last - source.head.first == 1 and clause.is_("you", first) and may


def _only_dates(clause: Clause, frame: Frame, begin: int, lowest: int) -> bool:
    """Return whether a thing told of only dates the main clause: "not seen since he complained about his wages"."""
    thing = frame.noun_content and frame.stance == "asserted" and begin - 1 > lowest
    return thing and clause.is_("dates_clause", begin - 1)


def _called_as(clause: Clause, frame: Frame, stop: int) -> int:
    """Return where the content 'the contract as "slavery"' ends, of which "as" is the middle."""
    if frame.noun_content and frame.stance == "asserted" and clause.is_("as", stop):
        return past_marks(clause, stop + 1) or stop
    return stop


def _negated(clause: Clause, k: int, lowest: int, source: Phrase | None) -> bool:
    """Return whether a negation stands before a cue; one in what describes its subject is none."""
    for j in range(k - 1, max(k - 5, lowest - 1), -1):
        if source is not None and source.head.last <= clause.token(j) < source.whole.last:
            continue  # "a clerk who would not give her name said"
        if clause.low(j) in (",", "—", "–", ")") or clause.is_("joining", j):
            return False
        if clause.is_("negations", j) and not boundary(clause, j):
            return True
    return False


def _relative_end(clause: Clause, k: int, bounds: tuple[int, int], *, opens: bool) -> int:
    """Return where a content ends at the latest: a description between commas holds its own."""
    lowest, highest = bounds
    if opens:
        return _subordinate_end(clause, k, highest)
    if clause.is_("subordinators", lowest) and not clause.is_("as", lowest):
        return _subordinate_end(clause, k, highest)
    j = k - 1
    while j > lowest and clause.is_("cue_adverbs", j):
        j -= 1
    if not clause.is_("relatives", j) or clause.low(j - 1) != "," or clause.is_("that", j):
        told = clause.is_("relatives", j) and not clause.is_("that", j)
        return main_verb(clause, k + 1, highest) if told else highest
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
            ends = clause.layout.lexicon.endings.get("participle", ("\0",))
            verbs = (after, after + 1)
            if any(finite(clause, j) or clause.cue(j, "say", "tell") for j in verbs) or any(
                clause.low(j).endswith(ends) for j in verbs
            ):
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
    if cue.entry.info["stance"] in ("asked", "promised"):
        return None  # "ellos mismos se lo habían pedido"
    if not cue.entry.info.get("np") or not (ended or clause.is_("object_pronouns", k - 1)):
        return None
    front = thing_in_front(clause, k, lowest)
    thing = thing_before(clause, k, lowest) if front is None else front
    if thing is None or any(clause.is_("relatives", j) for j in range(max(lowest, k - 4), k)):
        return None  # "la femme qui l'accuse"
    begin = thing[0] - clause.is_("prepositions", thing[0] - 1)  # "Сестра в это не верит"
    if front is not None:
        begin = k
    source = located(clause, begin, lowest) or subject_left(clause, begin, lowest)
    if source is None or source.elided:
        return None
    frame = Frame(cue, str(cue.entry.info["stance"]), [thing], source=source)
    frame.negated = bool(cue.entry.info.get("negates"))
    frame.noun_content = True
    frame.covers = (item_of(clause, source.whole.first), after)
    return frame


def _aside_wish(clause: Clause, k: int, start: int, lowest: int, kind: str) -> bool:
    """Return whether a wish only describes its subject: "a man who asked for anonymity"."""
    wishes = kind in ("ask", "want")
    if not wishes and clause.layout.lexicon.order.get("bare_content"):
        return False
    if wishes and _said_beyond(clause, k, start, lowest):
        return True
    if clause.is_("that", start - 1) and not any(
        clause.is_("name_words", j) for j in range(start, start + _WISH)
    ):
        return False  # "who asked that his name be kept back" describes him
    while k - 1 > lowest and clause.is_("cue_adverbs", k - 1):
        k -= 1
    return clause.is_("relatives", k - 1) and not clause.quoted(start)


def _said_beyond(clause: Clause, k: int, start: int, lowest: int) -> bool:
    """Return whether a description ends before the cue of its content: "que pidió el anonimato precisó que"."""
    if not clause.is_("relatives", k - 1) or k - 1 <= lowest:
        return False
    return any(clause.cue(j, "say", "tell", "think") is not None for j in range(k + 1, start - 1))


_READERS: dict[str, Callable[[Clause, int, Match, tuple[int, int]], Frame | None]] = {
    **dict.fromkeys(
        ("say", "tell", "think", "show", "ask", "want", "hear", "adjective"), _verb_before_content
    ),
    "according-behind": according_behind,
    "according": according_before,
    "for": for_whom,
    "citing": quoted_as,
    "noun": noun_before,
    "seen": sees_document,
    "told-in": as_told_in,
    "call": called_untrue,
    "put": put_at,
}
