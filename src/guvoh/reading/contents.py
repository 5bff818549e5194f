"""What a frame holds, and what stands beside it as a clause of its own."""

from guvoh.reading.clauses import (
    Clause,
    Phrase,
    finite,
    has_finite,
    item_of,
    oblique,
    starts_phrase,
)
from guvoh.reading.frame import Frame
from guvoh.reading.layout import Range
from guvoh.reading.lexicon import Match
from guvoh.reading.phrases import can_speak, phrase_right
from guvoh.reading.phrases_before import subject_left
from guvoh.reading.stretches import ended, is_question, sentences_in, trimmed


def _words_beside(clause: Clause, first: int, last: int) -> int:
    """Return how many of the items are words outside of quotations."""
    return sum(1 for j in range(first, last) if not (clause.quoted(j) or clause.punctuation(j)))


def contents_of(clause: Clause, frame: Frame) -> list[tuple[list[Range], bool]]:
    """Return the contents of a frame as (token ranges, whether they are a quotation)."""
    layout = clause.layout
    contents: list[tuple[list[Range], bool]] = []
    plain: list[Range] = []
    for first, last in frame.pieces:
        k = first
        run = first
        quotes = clause.quotations(first, last)
        told = _told_before(clause, first, quotes[0]) if quotes else None
        if told is not None and len(frame.pieces) == 1:
            contents.append(([told], False))
            first = quotes[0]
        if quotes and _words_beside(clause, first, last) <= 2 * len(quotes):
            for k in quotes:
                inner = layout.speech[clause.items[k].first][0]
                content = trimmed(layout, inner)
                asks = is_question(layout, inner) and len(sentences_in(layout, inner)) == 1
                if content is None:
                    continue
                if asks:  # no claim, but who asks is who speaks on
                    contents.append(([], True))
                    continue
                if (
                    contents
                    and all(contents[-1])
                    and not ended(layout, contents[-1][0][-1], content)
                ):
                    contents[-1][0].append(content)
                else:
                    contents.append(([content], True))
            continue
        if run < last:
            content = trimmed(layout, clause.range(run, last))
            if content is not None:
                plain.append(content)
    if plain:
        contents.append((plain, False))
    return contents


def _told_before(clause: Clause, first: int, quote: int) -> Range | None:
    """Return what is told before a colon and the words that bear it out: "She says he had no choice: “He was told to go.”"."""
    colon = quote - 1
    if clause.low(colon) != ":" or not has_finite(clause, first, colon):
        return None
    if any(
        clause.cue(k, "say", "tell", "think", "ask", "want", "show") for k in range(first, colon)
    ):
        return None  # "She recalls that they told her: “Go”"
    return trimmed(clause.layout, clause.range(first, colon))


def is_own_clause(clause: Clause, start: int, end: int) -> bool:
    """Return whether a stretch beside a frame is a main clause of its own."""
    k = start
    while k < end and (
        clause.punctuation(k) or clause.is_("coordinators", k) or clause.is_("asides", k)
    ):
        k += 1
    if end - k < 4 or _set_aside(clause, k, end) or _broken_off(clause, end):
        return False
    if clause.is_("prepositions", k) and clause.low(end - 1) == ";" and start == 0:
        return has_finite(clause, k, end)  # "In April the court freed nine; …"
    if (
        clause.is_("subordinators", k)
        or clause.is_("relatives", k)
        or clause.is_("prepositions", k)
    ):
        return False
    if clause.low(k).endswith("ing") or not starts_phrase(clause, k):
        return False
    return has_finite(clause, k, end)


def _broken_off(clause: Clause, end: int) -> bool:
    """Return whether a stretch ends before the object of its preposition: "The lawyer wrote to | the bank, which …"."""
    bare = bool(clause.layout.lexicon.order.get("bare_content"))
    return bare and clause.is_("to", end - 1)


def _set_aside(clause: Clause, k: int, end: int) -> bool:
    """Return whether a stretch only tells when: "A week later, after they had appeared online"."""
    comma = next((j for j in range(k, min(k + 5, end)) if clause.low(j) == ","), None)
    if comma is None or not any(clause.is_("time_words", j) for j in range(k, comma)):
        return False
    return clause.is_("subordinators", comma + 1) and not clause.is_("that", comma + 1)


def first_subject(clause: Clause, start: int = 0) -> Phrase | None:
    """Return the phrase before the first finite verb of the clause."""
    adverbial = clause.is_("prepositions", start) or clause.is_("time_words", start)
    opening = None if adverbial else phrase_right(clause, start, len(clause.items))
    if opening is not None and clause.layout.lexicon.order.get("bare_content"):
        behind = item_of(clause, opening.head.last)
        if clause.is_("relatives", behind) and not clause.is_("that", behind):
            return opening if can_speak(clause, opening) else None
    return _before_verb(clause, _past_opening(clause, start))


def speaks_up(clause: Clause) -> bool:
    """Return whether a narrated sentence tells how somebody takes it: "Samir laughs", "his mother does not believe it"."""
    return any(
        cue.entry.form in ("", "pres", "past", "base")
        and (cue.entry.info["class"] in ("think", "say") or cue.entry.info.get("quoted"))
        and not cue.entry.info.get("weak")
        for k in range(len(clause.items))
        for cue in clause.any_cues(k)
    )


def opened_for(clause: Clause, frame: Frame) -> Phrase | None:
    """Return the subject of the main clause behind the "After saying that …," which opens a sentence."""
    end = frame.pieces[-1][1]
    return phrase_right(clause, end + 1, len(clause.items)) if clause.low(end) == "," else None


def opens_sentence(clause: Clause, k: int, cue: Match) -> bool:
    """Return whether the cue at item `k` is that of "After saying that", with which a sentence opens."""
    opener = clause.is_("prepositions", 0) or clause.is_("subordinators", 0)
    return opener and k == 1 and cue.entry.form == "ing"


def _past_opening(clause: Clause, start: int) -> int:
    """Return the item behind "Asked by a reporter whether …," where a sentence opens so, else `start`."""
    ends = clause.layout.lexicon.endings.get("participle", ("\0",))
    if not clause.low(start).endswith(ends) or clause.noun(start) is not None:
        return start
    return next(
        (k + 1 for k in range(start, min(start + 20, len(clause.items))) if clause.low(k) == ","),
        start,
    )


def _before_verb(clause: Clause, start: int) -> Phrase | None:
    described = start
    for k in range(start, min(start + 25, len(clause.items))):
        if clause.quoted(k):
            return None
        if k < described:
            continue
        if (
            clause.low(k) == ","
            and clause.is_("relatives", k + 1)
            and not clause.is_("that", k + 1)
        ):
            closing = clause.where(",", k + 2, min(start + 25, len(clause.items)))
            described = closing[0] if closing else described
            continue
        if k > start and (finite(clause, k) or clause.low(k) == ":"):
            subject = subject_left(clause, k, start)
            speaks = subject is not None and not subject.elided and can_speak(clause, subject)
            if clause.layout.lexicon.order.get("cases") and subject is not None:
                head = (item_of(clause, subject.head.first), item_of(clause, subject.head.last))
                if oblique(clause, *head) or clause.is_("datives", head[0]):
                    behind = phrase_right(clause, k + 1, len(clause.items))
                    speaks = behind is not None and can_speak(clause, behind)
                    subject = behind
            return subject if speaks else None
    return None
