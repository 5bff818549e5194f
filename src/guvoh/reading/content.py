"""Where the content of a cue begins and ends."""

from guvoh.reading.clauses import (
    Clause,
    Phrase,
    has_finite,
    infinitive,
    item_at,
    item_of,
    starts_phrase,
    verbish,
)
from guvoh.reading.content_ends import content_end
from guvoh.reading.frame import Frame, citing
from guvoh.reading.phrases import infinitive_follows, phrase_right, title_end

# Stances that can be held towards a thing as well as a clause: "denied the accusations".
_OF_THINGS = ("feared", "denied", "promised", "threatened")


def content_start(clause: Clause, k: int, highest: int, frame: Frame, kind: str) -> int | None:
    """Return where the content of a cue begins, None where it has none."""
    quoted = kind == "say" and _words_quoted(clause, k, highest)
    opened = k if quoted else _after_as(clause, k, highest, frame)
    if opened is not None:
        return opened
    if clause.is_("otherwise", k) and (k + 1 >= highest or clause.punctuation(k + 1)):
        return None  # "Former clients say otherwise: …"
    for j in range(k, min(k + 12, highest)):
        if _points_elsewhere(clause, j):
            continue
        relative = _relative_of_thing(clause, j, k)
        start = None if relative else _marked_start(clause, j, highest, frame)
        if start is not None:
            return start
        if clause.is_("complementizers", j):
            if not all(_dates(clause, i) for i in range(k, j)):
                break
            # "Told a different story when reached by phone" says nothing.
            silent = frame.negated or _asked_then(clause, j) or _knows_what(clause, j, frame, kind)
            return None if silent else j
        start = _infinitive(clause, j, k, frame, kind)
        if start is not None:
            return start
        if _aside_word(clause, j):
            continue
        if _no_start_beyond(clause, j, k):
            break
    if frame.negated and (kind in ("say", "tell", "ask") or _weak(clause, frame, kind)):
        return None
    return _bare(clause, k, highest, frame, kind)


def _knows_what(clause: Clause, j: int, frame: Frame, kind: str) -> bool:
    """Return whether somebody knows or sees where, who or why: the report tells no content of it."""
    weak = kind == "think" and bool(frame.cue.entry.info.get("weak"))
    bare = bool(clause.layout.lexicon.order.get("bare_content"))
    return weak and bare and not clause.is_("that", j)


def _asked_then(clause: Clause, k: int) -> bool:
    """Return whether "when" and a participle tell on what occasion somebody spoke: "when asked"."""
    ends = clause.layout.lexicon.endings.get("participle", ("\0",))
    when = clause.is_("subordinators", k) and not clause.is_("that", k)
    return when and clause.low(k + 1).endswith(ends) and clause.is_("prepositions", k + 2)


def _dates(clause: Clause, k: int) -> bool:
    """Return whether an item only tells when: "told her on Thursday how", "said last week that"."""
    return clause.is_("time_words", k) or clause.is_("time_modifiers", k) or clause.low(k) == "on"


def _after_as(clause: Clause, k: int, highest: int, frame: Frame) -> int | None:
    """Return where the content begins behind "As the channel claims," and whom that cites."""
    if not _as_clause(clause, frame) or frame.cue.entry.info["class"] == "think":
        return None
    comma = next((j for j in range(k, min(k + 10, highest)) if clause.low(j) == ","), None)
    if comma is None:
        return None
    cited = citing(clause, k, comma)
    if cited is None and clause.cue(comma + 1, "citing") is not None:
        cited = citing(clause, comma + 1, comma + 2)
        comma = next((j for j in range(comma + 2, highest) if clause.low(j) == ","), comma)
    if cited is not None:
        frame.outer, frame.source = frame.source, cited
    plain = not any(verbish(clause, j) or clause.is_("that", j) for j in range(k, comma))
    return comma + 1 if plain or cited is not None else None


def _marked_start(clause: Clause, j: int, highest: int, frame: Frame) -> int | None:
    """Return where content begins that a quotation, a colon or "that" at item `j` announces."""
    if clause.quoted(j):
        return j
    low = clause.low(j)
    if low == ":":
        frame.extra["colon"] = "yes"
        if clause.quoted(j + 1) and frame.stance == "denied":
            frame.stance = "asserted"  # "Представитель это отрицает: «Документы …»"
        return j + 1
    if clause.is_("that", j) and not points_at_time(clause, j):
        if _ends_at(clause, j + 1, highest):
            # "Relatives dispute that."
            frame.noun_content = takes_noun(frame) or frame.stance in _OF_THINGS
            return j if frame.noun_content else None
        return j + 1
    if low != ",":
        return None
    if clause.is_("that", j + 1):
        return j + 2
    if clause.quoted(j + 1):
        return j + 1
    if _tells_how(clause, j + 1, highest, frame):
        return j + 1
    return _aside(clause, j, highest, frame) or _told_plainly(clause, j, highest, frame)


def _tells_how(clause: Clause, k: int, highest: int, frame: Frame) -> bool:
    """Return whether "как", "почему", "куда" behind a comma begins what is told: "рассказал, как его били"."""
    if not clause.layout.lexicon.order.get("cases") or not clause.is_("complementizers", k):
        return False
    told = frame.cue.entry.info["class"] in ("say", "tell") and not frame.negated
    cited = clause.is_("as", k) and any(clause.any_cues(j) for j in range(k + 1, k + 3))
    return told and not cited and has_finite(clause, k + 1, highest)


def _told_plainly(clause: Clause, comma: int, highest: int, frame: Frame) -> int | None:
    """Return where the content of "Диспетчер говорит, в марте будет рейс" begins: spoken Russian leaves "that" out."""
    if not clause.spoken or not clause.layout.lexicon.order.get("cases") or frame.source is None:
        return None
    first = item_of(clause, frame.source.whole.first)
    opens = all(clause.punctuation(k) for k in range(first))
    near = item_of(clause, frame.cue.last) == comma
    return comma + 1 if opens and near and has_finite(clause, comma + 1, highest) else None


def _words_quoted(clause: Clause, k: int, highest: int) -> bool:
    """Return whether some of somebody's words follow a cue at once: "dit « suivre la situation »"."""
    end = title_end(clause, k, highest)
    return end is not None and end - k > 3 and not clause.capital(k + 1)


def _points_elsewhere(clause: Clause, k: int) -> bool:
    return points_at_time(clause, k) or describes_document(clause, k)


def points_at_time(clause: Clause, k: int) -> bool:
    """Return whether "that" only points at a time: "told her that same night"."""
    if not clause.is_("same", k + 1):
        return clause.is_("time_words", k + 1) and clause.is_("that", k + 2)
    return clause.is_("time_words", k + 2)


def describes_document(clause: Clause, k: int) -> bool:
    """Return whether "that" tells of a document and not what is said: "in a post that was deleted"."""
    if not clause.is_("that", k) or not clause.is_("auxiliaries", k + 1):
        return False
    return any(match.entry.section == "document" for match in clause.matches(k - 1))


def _ends_at(clause: Clause, k: int, highest: int) -> bool:
    return k >= highest or (clause.punctuation(k) and clause.low(k) in ".,;:!?")


def _infinitive(clause: Clause, j: int, k: int, frame: Frame, kind: str) -> int | None:
    """Return where an infinitive begins that is feared, wanted, asked or told."""
    if kind == "tell" and j == k and clause.is_("negations", j) and clause.is_("to", j + 1):
        frame.stance = "asked"
        return j
    warned = kind == "say" and frame.cue.entry.lemma in clause.layout.lexicon.words.get(
        "warnings", ()
    )
    if warned and clause.is_("negations", j) and clause.is_("to", j + 1):
        frame.stance = "asked"  # "warned people not to film"
        return j
    timed = all(clause.is_("time_words", i) or clause.is_("cue_adverbs", i) for i in range(k, j))
    if (
        kind == "say"
        and timed
        and (
            clause.is_("perfect_infinitives", j)
            or _gerund(clause, j, frame)
            or (_articled(clause) and _own_infinitive(clause, j))
        )
    ):
        return j
    if clause.is_("claiming", item_of(clause, frame.cue.first)) and clause.is_("to", j) and timed:
        return j + 1  # "claims to have won"
    if kind in ("ask", "tell", "want") and frame.cue.entry.info.get("infinitive"):
        head = j + 1 if clause.is_("negations", j) else j
        if infinitive(clause, head) and j <= k + 1:
            return j
    if kind == "think" and j == k and frame.stance == "feared" and _own_infinitive(clause, j):
        return j  # "teme ser el siguiente"
    if not clause.is_("to", j):
        return None
    if j == k and frame.stance in ("feared", "expected") and kind == "think":
        return j
    groups = ("time_words", "prepositions", "asides")
    dated = all(
        any(clause.is_(group, i) for group in groups) or _aside_word(clause, i) for i in range(k, j)
    )
    follows = infinitive_follows(clause, j)
    if kind in ("want", "ask", "tell") and _articled(clause) and not follows:
        return None  # "on compte plus de 800 morts", "pide ayuda a su embajada"
    if kind in ("want", "ask", "tell") and (j <= k + 1 or dated or follows):
        frame.stance = "asked" if kind == "tell" else frame.stance
        return j
    return None


def _articled(clause: Clause) -> bool:
    """Return whether the language has articles and puts subjects behind cues: French, Spanish."""
    order = clause.layout.lexicon.order
    return bool(order.get("free") and order.get("articles", True) and not order.get("verb_last"))


def _own_infinitive(clause: Clause, j: int) -> bool:
    """Return whether what somebody says of himself begins at item `j`: "declaró no tener", "dit ne pas savoir"."""
    if not clause.layout.lexicon.order.get("free"):
        return False
    head = j
    while head < j + 4 and (clause.is_("negations", head) or clause.is_("cue_adverbs", head)):
        head += 1
    return infinitive(clause, head)


def _gerund(clause: Clause, j: int, frame: Frame) -> bool:
    """Return whether item `j` is what somebody "reported seeing", "admitted taking"."""
    takes = clause.layout.lexicon.words.get("takes_gerund", ())
    return (
        frame.cue.entry.lemma in takes
        and clause.low(j).endswith("ing")
        and clause.noun(j) is None
        and clause.cue(j, "citing") is None
    )


def _aside_word(clause: Clause, j: int) -> bool:
    """Return whether item `j` belongs to ", however," between a cue and its content."""
    if clause.low(j) == ",":
        return clause.is_("asides", j - 1) or (
            clause.low(j + 2) == "," and clause.is_("asides", j + 1)
        )
    return clause.low(j - 1) == "," and clause.is_("asides", j)


def _no_start_beyond(clause: Clause, j: int, k: int) -> bool:
    """Return whether a content announced behind item `j` belongs to another cue."""
    if clause.low(j) in (",", ";", ".", "—", "–", ")", "|", "•"):
        return True
    if clause.is_("coordinators", j) or clause.is_("subordinators", j):
        return True
    bare = clause.layout.lexicon.order.get("bare_content")
    if (
        bare
        and clause.is_("subject_pronouns", j)
        and not (clause.is_("it", j) or clause.is_("you", j))
    ):
        return True  # "said he later learned from a guard that …"
    if j == k:
        return False
    if verbish(clause, j) and not clause.low(j).endswith("ed"):
        return True
    return clause.cue(j, "say", "tell", "think") is not None and clause.is_(
        "subject_pronouns", j - 1
    )


def _relative_of_thing(clause: Clause, j: int, k: int) -> bool:
    """Return whether "que" at item `j` belongs to a thing that follows the cue at item `k`."""
    return j > k and clause.is_("that", j) and _thing_before_relative(clause, k)


def _thing_before_relative(clause: Clause, k: int) -> bool:
    """Return whether a thing follows a cue, so that "que" behind it is a relative: "atteste de la peur que …"."""
    if not _articled(clause):
        return False
    at = k + 1 if clause.is_("of", k) else k
    dated = any(clause.is_("time_words", j) or clause.low(j).isdigit() for j in range(at, at + 4))
    dated = dated or clause.is_("facts", at + 1)  # "du fait que …" announces a content
    return clause.is_("determiners", at) and not dated and not clause.is_("to_addressee", at)


def _aside(clause: Clause, comma: int, highest: int, frame: Frame) -> int | None:
    """Return where the content begins after ", seen by the Courier, that" or ", citing X, that"."""
    closing = next(
        (j for j in range(comma + 1, min(comma + 12, highest)) if clause.low(j) == ","), None
    )
    of = closing is not None and clause.is_(
        "of", closing + 1
    )  # "…, citando a una fuente, de que …"
    if closing is None or not clause.is_("that", closing + 1 + of):
        return None
    if closing == comma + 2 and clause.cue(comma + 1, "say", "tell", "show") is not None:
        return (
            None  # "Из письма, которое он передал матери, следует, что": what is told is another's
        )
    cited = citing(clause, comma + 1, closing)
    if cited is not None:
        frame.outer, frame.source = frame.source, cited
    elif clause.cue(comma + 1, "seen") is not None and clause.is_("by", comma + 2):
        frame.outer = phrase_right(clause, comma + 3, closing)
    return closing + 2 + of


def _as_clause(clause: Clause, frame: Frame) -> bool:
    """Return whether the cue's clause opens with "as": "As the channel claims, …"."""
    if frame.source is None:
        return False
    at = item_of(clause, frame.cue.first)
    while clause.is_("cue_adverbs", at - 1):
        at -= 1
    return clause.is_("as", item_of(clause, frame.source.whole.first) - 1) or clause.is_(
        "as", at - 1
    )


def _bare(clause: Clause, k: int, highest: int, frame: Frame, kind: str) -> int | None:
    """Return where content without a complementiser begins."""
    if k >= highest or clause.punctuation(k):
        return _titled_subject(clause, k, highest, frame)
    if frame.cue.entry.info.get("infinitive"):
        planned = kind == "want" and frame.stance == "planned"
        bare = not planned or not _articled(clause)
        return (
            k
            if bare or (_articled(clause) and _own_infinitive(clause, k)) or clause.is_("to", k)
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
    if thing is not None:
        frame.noun_content = True
        return thing
    if kind == "show" and frame.source is not None and is_document(clause, frame.source):
        return k
    if _weak(clause, frame, kind) or not clause.layout.lexicon.order.get("bare_content"):
        return k if frame.stance in ("feared", "denied") and starts_phrase(clause, k) else None
    if kind == "adjective":
        feels = clause.is_("prepositions", k)
        return k + feels if feels or starts_phrase(clause, k) else None
    if kind == "want":
        if clause.is_("to", k) or (frame.addressee is not None and thing_follows(clause, k)):
            frame.noun_content = not clause.is_("to", k)
            return k
        return _promised(clause, k, highest, frame)
    if frame.stance in _OF_THINGS and not clause.is_("prepositions", k):
        frame.noun_content = True
        return k
    told = _bare_clause(clause, k, highest)
    return _thing_told(clause, k, frame) if told is None else told


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
    return thing


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


def _weak(clause: Clause, frame: Frame, kind: str) -> bool:
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


def _bare_clause(clause: Clause, k: int, highest: int) -> int | None:
    """Return where a clause begins that follows "said" at once, times and places left out."""
    start = k
    while start < highest and (
        clause.is_("time_words", start)
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
    if follow >= end:
        return start if has_finite(clause, start + 1, end) else None
    return start if has_finite(clause, start + 1, end) or end - follow >= 2 else None


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


def is_document(clause: Clause, source: Phrase) -> bool:
    """Return whether a phrase names a document."""
    first = item_of(clause, source.head.first)
    return any(
        match.entry.section == "document"
        for j in range(first, item_of(clause, source.head.last))
        for match in clause.matches(j)
    )
