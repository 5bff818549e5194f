"""Where content begins that no word or mark announces: "said buses came", "denied the charges"."""

from guvoh.reading.clauses import (
    Clause,
    has_finite,
    infinitive,
    item_at,
    item_of,
    starts_phrase,
    verbish,
)
from guvoh.reading.content_ends import content_end
from guvoh.reading.documents import is_document
from guvoh.reading.frame import Frame
from guvoh.reading.phrases import phrase_right, title_end

_CLAUSE = 5  # items of the shortest clause whose verb no list knows
# Stances that can be held towards a thing as well as a clause: "denied the accusations".
OF_THINGS = ("feared", "denied", "promised", "threatened")


def bare_start(clause: Clause, k: int, highest: int, frame: Frame, kind: str) -> int | None:
    """Return where content without a complementiser begins."""
    if k >= highest or clause.punctuation(k):
        return _titled_subject(clause, k, highest, frame)
    if frame.cue.entry.info.get("infinitive"):
        planned = kind == "want" and frame.stance == "planned"
        bare = not planned or not articled(clause)
        return (
            k
            if bare or (articled(clause) and own_infinitive(clause, k)) or clause.is_("to", k)
            else None
        )
    pointed = clause.is_("pronouns", k + 1) or clause.is_("it", k + 1)
    if (
        kind == "ask"
        and clause.is_("asked_for", k)
        and starts_phrase(clause, k + 1)
        and not pointed
    ):
        frame.noun_content = True
        return k + 1  # "asks for a lawyer"
    thing = _thing_taken(clause, k, highest, frame)
    if thing is None and articled(clause):
        # "confirmó el miércoles la detención de cuatro personas"
        thing = _thing_told(clause, _past_day(clause, k), frame)
    if thing is not None:
        frame.noun_content = True
        return thing
    if kind == "show" and frame.source is not None and is_document(clause, frame.source):
        return k
    if is_weak(clause, frame, kind) or not clause.layout.lexicon.order.get("bare_content"):
        return k if frame.stance in ("feared", "denied") and starts_phrase(clause, k) else None
    if kind == "adjective":
        feels = clause.is_("prepositions", k)
        return k + feels if feels or starts_phrase(clause, k) else None
    if kind == "want":
        if clause.is_("to", k) or (frame.addressee is not None and thing_follows(clause, k)):
            frame.noun_content = not clause.is_("to", k)
            return k
        return _promised(clause, k, highest, frame)
    if frame.stance in OF_THINGS and not clause.is_("prepositions", k):
        frame.noun_content = True
        return k
    return _plainly_said(clause, k, highest, frame)


def _plainly_said(clause: Clause, k: int, highest: int, frame: Frame) -> int | None:
    """Return where a clause begins that follows a cue at once, or a thing told as news."""
    lemma = frame.cue.entry.lemma
    if lemma in clause.layout.lexicon.words.get("puts_in", ()) and not has_finite(
        clause, k, highest
    ):
        return None  # "added the village to a list"
    told = _bare_clause(clause, k, highest, says=lemma == "say")
    return _thing_told(clause, k, frame) if told is None else told


def articled(clause: Clause) -> bool:
    """Return whether the language has articles and puts subjects behind cues: French, Spanish."""
    order = clause.layout.lexicon.order
    return bool(order.get("free") and order.get("articles", True) and not order.get("verb_last"))


def own_infinitive(clause: Clause, j: int) -> bool:
    """Return whether what somebody says of himself begins at item `j`: "declaró no tener", "dit ne pas savoir"."""
    if not clause.layout.lexicon.order.get("free"):
        return False
    head = j
    while head < j + 4 and (clause.is_("negations", head) or clause.is_("cue_adverbs", head)):
        head += 1
    return infinitive(clause, head)


def _thing_taken(clause: Clause, k: int, highest: int, frame: Frame) -> int | None:
    """Return where the thing begins that a cue takes for its content: "denied the charges", "spoke of six dead"."""
    counts = bool(frame.cue.entry.info.get("counts"))
    if not (takes_noun(frame) or counts):
        return None
    if clause.is_("reciprocals", k) and clause.low(k + 1).endswith("other"):
        return None  # "blamed each other"
    thing = _thing_start(clause, k, highest, counts=counts)
    ahead = frame.stance == "expected" and any(clause.is_("to", j) for j in range(k + 1, k + 4))
    if thing is None and takes_noun(frame) and (ahead or frame.cue.last - frame.cue.first > 1):
        return k if thing_follows(clause, k) else None  # "spoke of mock executions"
    return k if thing is None and takes_noun(frame) and _plain_things(clause, k, highest) else thing


def _plain_things(clause: Clause, k: int, highest: int) -> bool:
    """Return whether things that no list knows stand alone behind a cue: "Nine described beatings."."""
    low = clause.low(k)
    many = low.endswith("s") and not low.endswith(("ss", "us", "is")) and thing_follows(clause, k)
    ends = k + 1 >= highest or clause.punctuation(k + 1) or clause.is_("joining", k + 1)
    # "Described shifts of 16 hours", "demanded confessions to crimes"
    ends = ends or clause.is_("of", k + 1) or clause.is_("to", k + 1)
    return many and bool(clause.layout.lexicon.order.get("bare_content")) and ends


def _thing_told(clause: Clause, k: int, frame: Frame) -> int | None:
    """Return where a thing begins that is told as news: "reported the arrest of 17 people"."""
    if frame.cue.entry.lemma not in clause.layout.lexicon.words.get("announcing", ()):
        return None
    counted = clause.is_("quantifiers", k) or clause.low(k).isdigit()
    linked = any(clause.is_("of", j) for j in range(k + 2, k + 6))
    if not (counted or (clause.is_("determiners", k) and linked)) or frame.source is None:
        return None
    frame.noun_content = True
    return k


def _past_day(clause: Clause, k: int) -> int:
    """Return the item behind "el miércoles" where that stands at item `k`, else `k`."""
    return k + 2 if clause.is_("determiners", k) and clause.is_("time_words", k + 1) else k


def _promised(clause: Clause, k: int, highest: int, frame: Frame) -> int | None:
    """Return where what is promised begins: a clause without "that", or a thing."""
    if frame.stance != "promised":
        return None
    told = _bare_clause(clause, k, highest) if starts_phrase(clause, k) else None
    if told is not None or not thing_follows(clause, k):
        return told
    frame.noun_content = True
    return k


def _titled_subject(clause: Clause, k: int, highest: int, frame: Frame) -> int | None:
    """Return where a content begins whose subject stands in marks: 'said "budget reforms" would help'."""
    titled = (
        title_end(clause, k, highest) if clause.layout.lexicon.order.get("bare_content") else None
    )
    tells = (
        titled is not None and frame.stance == "asserted" and has_finite(clause, titled, highest)
    )
    return k if tells else None


def is_weak(clause: Clause, frame: Frame, kind: str) -> bool:
    """Return whether a cue needs a "that": "saw", "heard"; a panel that "found" says what it found."""
    weak = bool(frame.cue.entry.info.get("weak")) or kind in ("hear", "ask", "show")
    return weak and not (kind == "think" and _finds(clause, frame))


def _finds(clause: Clause, frame: Frame) -> bool:
    """Return whether a court, a study or an agency finds something: that is what it says."""
    source = frame.source
    if source is None or frame.cue.entry.form != "past":
        return False
    return any(
        match.entry.section in ("organisation", "document")
        for k in range(item_of(clause, source.head.first), item_of(clause, source.head.last))
        for match in clause.matches(k)
    ) or any(
        clause.is_("deciding", k)
        for k in range(item_of(clause, source.head.first), item_of(clause, source.head.last))
    )


def thing_follows(clause: Clause, k: int) -> bool:
    """Return whether a thing that is promised begins at item `k`: "a room", "work in a bakery"."""
    if starts_phrase(clause, k):
        return True
    plain = k < len(clause.items) and not clause.punctuation(k) and not clause.quoted(k)
    bare = clause.layout.lexicon.order.get("bare_content")
    groups = ("prepositions", "coordinators", "subordinators", "time_words", "cue_adverbs", "to")
    return (
        plain
        and bool(bare)
        and not any(clause.is_(group, k) for group in groups)
        and not clause.low(k).endswith("ly")
    )


def _bare_clause(clause: Clause, k: int, highest: int, *, says: bool = False) -> int | None:
    """Return where a clause begins that follows "said" at once, times and places left out.

    `says` is whether the cue is "say" itself, which no thing follows.
    """
    start = k
    while start < highest and (
        clause.is_("time_words", start)
        or (clause.is_("time_modifiers", start) and clause.is_("time_words", start + 1))
        # "At least eleven men" is a subject and no place.
        or (clause.is_("prepositions", start) and not clause.is_("determiners", start))
    ):
        place = clause.is_("prepositions", start)
        phrase = phrase_right(clause, start + 1, highest) if place else None
        start = start + 1 if phrase is None else item_at(clause, phrase.whole.last, start)
    narrowed = clause.is_("negations", start) or clause.is_("focusing", start)
    if narrowed and starts_phrase(clause, start + 1) and has_finite(clause, start + 1, highest):
        return start  # "says not one has been answered", "says only one is running"
    if start >= highest or not (
        starts_phrase(clause, start) or (start == k and _plain_subject(clause, start, highest))
    ):
        return None
    if clause.is_("subject_contractions", start):
        return start
    if clause.is_("subject_pronouns", start):
        return start if not clause.is_("it", start) or _goes_on(clause, start + 1) else None
    if clause.is_("there", start):
        return start if _goes_on(clause, start + 1) else None
    end, _ = content_end(clause, start, highest)
    subject = phrase_right(clause, start, end)
    follow = end if subject is None else item_at(clause, subject.whole.last, start)
    if clause.is_("joining", follow) and clause.is_("subject_pronouns", follow + 1):
        return None  # "are writing a second list and he fears"
    if has_finite(clause, start + 1, end):
        return start
    if follow >= end:
        # "He said the police here work for the factory": a verb that no list knows.
        return start if says and end - start >= _CLAUSE else None
    return start if end - follow >= 2 else None


def _goes_on(clause: Clause, k: int) -> bool:
    """Return whether a verb can stand behind "it" or "there": "said it underscores", not "said it to"."""
    if verbish(clause, k) or clause.low(k) in ("'s", "’s", "'d", "’d", "'ll", "’ll"):
        return True
    groups = ("prepositions", "coordinators", "time_words", "determiners", "subordinators", "to")
    plain = k + 1 < len(clause.items) and not clause.punctuation(k) and not clause.quoted(k)
    return plain and not any(clause.is_(group, k) for group in groups)


def _plain_subject(clause: Clause, k: int, highest: int) -> bool:
    """Return whether a noun that no list knows can be the subject of what is said: "said buses …"."""
    groups = (
        "prepositions",
        "coordinators",
        "subordinators",
        "time_words",
        "cue_adverbs",
        "asides",
    )
    return (
        clause.layout.tokens[clause.token(k)].word
        and not any(clause.is_(group, k) for group in groups)
        and not verbish(clause, k)
        and not clause.low(k).endswith("ly")
        and (not clause.low(k).endswith("ing") or clause.low(k + 1).endswith("s"))
        and highest - k >= 3
    )


def _thing_start(clause: Clause, k: int, highest: int, *, counts: bool = False) -> int | None:
    """Return where a noun phrase begins that is denied, feared or demanded, a time before it left out.

    With `counts` only a number is taken: "the authorities speak of six dead".
    """
    while k < highest and (
        clause.is_("time_words", k)
        or clause.is_("asides", k)
        or (clause.is_("prepositions", k) and clause.is_("time_words", k + 1))
    ):
        k += 1
    if k >= highest:
        return None
    amount = clause.low(k).isdigit() or clause.is_("amounts", k)
    amount = amount or (
        clause.is_("about", k) and clause.low(k + 1).isdigit()
    )  # "of about 200 men"
    if counts:
        return k if amount else None
    if amount or starts_phrase(clause, k) or title_end(clause, k, highest) is not None:
        return k
    plain = not (clause.punctuation(k) or clause.is_("prepositions", k))
    bare = not clause.layout.lexicon.order.get("articles", True)
    return k if bare and plain and not clause.is_("coordinators", k) else None


def takes_noun(frame: Frame) -> bool:
    """Return whether the cue takes a noun phrase for its content: "described cells", "doubts this"."""
    return bool(frame.cue.entry.info.get("np"))
