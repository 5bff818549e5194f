"""Who is meant by a cue whose subject is left out: the clause's, the main clause's, nobody in particular."""

from guvoh.reading.clauses import Clause, Phrase, item_of
from guvoh.reading.contents import first_subject, opened_for, opens_sentence
from guvoh.reading.frame import Frame
from guvoh.reading.layout import Range
from guvoh.reading.phrases import phrase_right

# Words before a verb that opens a sentence.
_BEFORE = ("leading", "asides", "time_words", "sequels")


def named_elsewhere(clause: Clause, frame: Frame) -> bool:
    """Take the subject of the clause for that of a cue joined to it: "He rang and said that …"."""
    joined = frame.extra["implicit"] == "joined" or frame.cue.entry.form == "ing"
    # "Сестре она не писала: боялась, что …"
    cue = item_of(clause, frame.cue.first)
    goes_on = clause.low(cue - 1) in (":", ",") and frame.pieces[0][0] > cue
    if clause.layout.lexicon.order.get("prodrop") and not (joined or goes_on):
        return False
    opens = opens_sentence(clause, cue, frame.cue)
    subject = opened_for(clause, frame) if opens else first_subject(clause) or _opening(clause)
    lone = subject is not None and subject.head.last - subject.head.first == 1
    if lone and subject and clause.is_("objects", item_of(clause, subject.head.first)):
        subject = None  # "Нас построили и сказали, что …"
    if lone and subject and not joined and _third(clause, subject):
        subject = None  # "Сестре она не писала: боялась, что …" goes on with who spoke last
    frame.source = subject if subject is None else _name_alone(clause, subject)
    return subject is not None


def _third(clause: Clause, subject: Phrase) -> bool:
    """Return whether a subject is "he" or "she"."""
    at = item_of(clause, subject.head.first)
    return clause.is_("he", at) or clause.is_("she", at)


def _opening(clause: Clause) -> Phrase | None:
    """Return the name that opens a clause whose verb no list knows."""
    named = clause.is_name(0) and clause.noun(0) is None and not clause.punctuation(1)
    return phrase_right(clause, 0, len(clause.items)) if named else None


def _name_alone(clause: Clause, subject: Phrase) -> Phrase:
    """Cut a subject behind a name that a verb which no list knows follows: "Djamchid figure sur une liste"."""
    first, last = item_of(clause, subject.head.first), item_of(clause, subject.head.last)
    end = first
    while end < last and clause.is_name(end):
        end += 1
    plain = first < end < last and clause.noun(end) is None
    joins = any(
        clause.is_(group, end)
        for group in ("np_links", "of", "inside_names", "joining", "prepositions")
    )
    if not plain or joins or clause.punctuation(end):
        return subject
    return Phrase(clause.range(first, end), clause.range(first, end))


def left_out(clause: Clause, frame: Frame, parent: int | None) -> bool:
    """Give a cue without any subject to nobody ("dicen que …"), or to whom the text is about.

    False where the language does not leave subjects out so.
    """
    order = clause.layout.lexicon.order
    if frame.cue.entry.form == "ing" or not order.get("prodrop"):
        return False
    word = clause.layout.tokens[frame.cue.first].low
    if word.endswith(clause.layout.lexicon.endings.get("they", ("\0",))):
        frame.unnamed = True
        opens = item_of(clause, frame.cue.first) == 0 and parent is None
        hearsay = opens and word.endswith(clause.layout.lexicon.endings.get("they_now", ("\0",)))
        if hearsay and frame.stance == "asserted":
            frame.stance = "reported"  # "Говорят, что …"
        return not frame.noun_content  # "Le ofrecieron trabajo" tells what was done to him
    cue = Range(frame.cue.first, frame.cue.last)
    frame.source = Phrase(cue, cue, elided=True)
    # "La mujer dice que su hijo la llamó y que le dijo que …": he told her.
    at = item_of(clause, frame.cue.first)
    told = clause.is_("dative_clitics", at - 1)
    # "Позвонил его друг. Говорит, увели ночью": a sentence of what somebody tells
    third = bool(order.get("cases")) and frame.cue.entry.info["class"] in ("say", "tell")
    third = third and not word.endswith(clause.layout.lexicon.endings.get("mine", ("\0",)))
    opens = third and all(
        clause.punctuation(k) or any(clause.is_(group, k) for group in _BEFORE) for k in range(at)
    )
    return parent is None or told or opens
