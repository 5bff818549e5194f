"""Where the content of a cue begins and ends."""

from guvoh.reading.clauses import (
    Clause,
    has_finite,
    infinitive,
    item_of,
    starts_phrase,
    verbish,
)
from guvoh.reading.content_bare import (
    OF_THINGS,
    articled,
    bare_start,
    is_weak,
    own_infinitive,
    takes_noun,
)
from guvoh.reading.documents import describes_document
from guvoh.reading.frame import Frame, apposed_name, citing
from guvoh.reading.phrases import infinitive_follows, phrase_right, title_end
from guvoh.reading.stakes import bidding

_WHERE = 12  # items of "d'un bout à l'autre de l'audience" between a cue and its infinitive
_TOLD = 2  # items of "to me" between a cue and the comma before what is said


def content_start(clause: Clause, k: int, highest: int, frame: Frame, kind: str) -> int | None:
    """Return where the content of a cue begins, None where it has none."""
    opened = _opened(clause, k, highest, frame, kind)
    if opened is not None:
        return opened
    if _says_nothing(clause, k, highest, frame):
        return None
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
            return None if _silent(clause, j, frame, kind) else j
        start = _infinitive(clause, j, k, frame, kind)
        if start is not None:
            return start
        if _aside_word(clause, j):
            continue
        if _no_start_beyond(clause, j, k):
            break
    if frame.negated and (kind in ("say", "tell", "ask") or is_weak(clause, frame, kind)):
        return None
    return bare_start(clause, k, highest, frame, kind)


def _opened(clause: Clause, k: int, highest: int, frame: Frame, kind: str) -> int | None:
    """Return where content begins that the cue itself opens: "dit « suivre »", "called for the men to be freed"."""
    if kind == "ask" and clause.is_("asked_for", k - 1) and clause.is_("articles", k):
        frame.noun_content = True
        return k
    if kind == "say" and clause.is_("prepositions", k):
        perfect = _past_where(clause, k, highest)
        if perfect is not None:
            return perfect
    quoted = kind == "say" and _words_quoted(clause, k, highest)
    return k if quoted else _after_as(clause, k, highest, frame)


def _past_where(clause: Clause, k: int, highest: int) -> int | None:
    """Return where "avoir frappé" begins behind "a nié devant le tribunal", None where it doesn't."""
    order = clause.layout.lexicon.order
    if not (order.get("objects_first") and order.get("articles", True)):
        return None
    for j in range(k + 1, min(k + _WHERE, highest)):
        if clause.is_("perfect_infinitives", j) and not clause.is_("negations", j + 1):
            return j
        if clause.punctuation(j) or clause.quoted(j) or clause.is_("that", j) or verbish(clause, j):
            return None
    return None


def _says_nothing(clause: Clause, k: int, highest: int, frame: Frame) -> bool:
    """Return whether nothing is said: "Former clients say otherwise: …", "Рашид помнит запах мазута"."""
    if frame.cue.entry.info.get("clausal") and clause.low(k) != ",":
        return True
    return clause.is_("otherwise", k) and (k + 1 >= highest or clause.punctuation(k + 1))


def _knows_what(clause: Clause, j: int, frame: Frame, kind: str) -> bool:
    """Return whether somebody knows or sees where, who or why: the report tells no content of it."""
    weak = kind == "think" and bool(frame.cue.entry.info.get("weak"))
    bare = bool(clause.layout.lexicon.order.get("bare_content"))
    return weak and bare and not clause.is_("that", j)


def _silent(clause: Clause, j: int, frame: Frame, kind: str) -> bool:
    """Return whether nothing is told behind "whether", "how" at item `j`: "did not say how"."""
    if _in_the_dark(clause, j, frame):
        return False
    # "Told a different story when reached by phone" says nothing, "asked me what it means" asks.
    asks = kind == "ask" and frame.stance == "asked" and not clause.is_("that", j)
    return asks or frame.negated or _asked_then(clause, j) or _knows_what(clause, j, frame, kind)


def _in_the_dark(clause: Clause, j: int, frame: Frame) -> bool:
    """Make what somebody does not know what the report leaves open: "the family does not know where he is"."""
    knows = frame.cue.entry.lemma in clause.layout.lexicon.words.get("knows", ())
    if not (knows and frame.negated) or clause.is_("that", j) or frame.source is None:
        return False
    first = item_of(clause, frame.source.head.first)
    ours = clause.is_("first_plural", first)
    if ours and clause.spoken:
        return False
    if ours or clause.is_("nobody", first):
        frame.extra["narrates"] = "yes"  # the report says it itself
    frame.stance, frame.negated = "unknown", False
    return True


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
    named = None if frame.source is None else apposed_name(clause, frame.source, comma, highest)
    if named is not None:
        comma, frame.source = item_of(clause, named.whole.last), named
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
        return _behind_colon(clause, j, frame)
    if clause.is_("that", j) and not points_at_time(clause, j):
        if _ends_at(clause, j + 1, highest):
            # "Relatives dispute that."
            frame.noun_content = takes_noun(frame) or frame.stance in OF_THINGS
            return j if frame.noun_content else None
        return j + 1
    if low != ",":
        return None
    if clause.is_("that", j + 1):
        if clause.is_("to", j + 1) and frame.cue.entry.info["class"] in ("say", "tell"):
            frame.stance = "asked"  # "сказал, чтобы я подписал"
        return j + 2
    if clause.quoted(j + 1):
        return j + 1
    if _tells_how(clause, j + 1, highest, frame):
        return j + 1
    if _bids_plainly(clause, j, frame):
        frame.stance = "asked"
        return j + 1
    return _aside(clause, j, highest, frame) or _told_plainly(clause, j, highest, frame)


def _behind_colon(clause: Clause, colon: int, frame: Frame) -> int | None:
    """Return where content begins behind a colon, None where nothing was said."""
    quoted = clause.quoted(colon + 1)
    if frame.negated and frame.stance == "asserted" and not quoted:
        return None  # "Сестре она не писала: боялась"
    frame.extra["colon"] = "yes"
    if quoted and frame.stance == "denied":
        frame.stance = "asserted"  # "Представитель это отрицает: «Документы …»"
    return colon + 1


def _tells_how(clause: Clause, k: int, highest: int, frame: Frame) -> bool:
    """Return whether "как", "почему", "куда" behind a comma begins what is told: "рассказал, как его били"."""
    if not clause.layout.lexicon.order.get("cases") or not clause.is_("complementizers", k):
        return False
    told = frame.cue.entry.info["class"] in ("say", "tell") and not frame.negated
    cited = clause.is_("as", k) and any(clause.any_cues(j) for j in range(k + 1, k + 3))
    return told and not cited and has_finite(clause, k + 1, highest)


def _told_plainly(clause: Clause, comma: int, highest: int, frame: Frame) -> int | None:
    """Return where the content of "Диспетчер говорит, в марте будет рейс" begins: who speaks leaves "that" out.

    "A man said to me, this is not the way": so in English, where a comma stands for the colon.
    """
    order = clause.layout.lexicon.order
    bare = bool(order.get("bare_content"))
    cased = bool(order.get("cases"))
    dropped = cased and frame.source is None and frame.addressee is None
    if not (cased or (clause.spoken and bare)):
        return None
    if frame.source is None and not (bare or dropped):
        return None
    if not clause.spoken and (
        (not dropped and frame.cue.entry.form not in ("", "pres"))
        or clause.is_("coordinators", comma + 1)
    ):
        return None
    near = comma - item_of(clause, frame.cue.last) <= (_TOLD if bare else 0)
    begins = not bare or starts_phrase(clause, comma + 1)
    told = near and begins and _opens(clause, frame, dropped=dropped)
    return comma + 1 if told and has_finite(clause, comma + 1, highest) else None


def _opens(clause: Clause, frame: Frame, *, dropped: bool) -> bool:
    """Return whether who speaks opens the sentence, or the cue where he is left out: "Теперь говорит, …"."""
    first = 0
    if frame.source is not None or dropped:
        first = item_of(clause, (frame.source.whole if frame.source else frame.cue).first)
    if clause.layout.lexicon.order.get("cases") and clause.is_("question_words", first):
        return False  # "Кто доложил, омбудсмен не уточнил"
    groups = ("leading", "time_words") if dropped else ()
    return all(
        clause.punctuation(k) or any(clause.is_(group, k) for group in groups) for k in range(first)
    )


def _bids_plainly(clause: Clause, comma: int, frame: Frame) -> bool:
    """Return whether somebody is bidden in words without marks: "they said, don't turn back"."""
    near = comma - item_of(clause, frame.cue.last) <= _TOLD
    return near and clause.spoken and bidding(clause.layout, clause.token(comma + 1))


def _words_quoted(clause: Clause, k: int, highest: int) -> bool:
    """Return whether some of somebody's words follow a cue at once: "dit « suivre la situation »"."""
    end = title_end(clause, k, highest)
    return end is not None and end - k > 3 and not clause.capital(k + 1)


def _points_elsewhere(clause: Clause, k: int) -> bool:
    """Return whether "that" at item `k` points at something: "that same night", "in that position"."""
    bare = clause.layout.lexicon.order.get("bare_content")
    if bare and clause.is_("that", k) and clause.is_("prepositions", k - 1):
        return True
    return points_at_time(clause, k) or describes_document(clause, k)


def points_at_time(clause: Clause, k: int) -> bool:
    """Return whether "that" only points at a time: "told her that same night"."""
    if not clause.is_("same", k + 1):
        return clause.is_("time_words", k + 1) and clause.is_("that", k + 2)
    return clause.is_("time_words", k + 2)


def _ends_at(clause: Clause, k: int, highest: int) -> bool:
    return k >= highest or (clause.punctuation(k) and clause.low(k) in ".,;:!?")


def _infinitive(clause: Clause, j: int, k: int, frame: Frame, kind: str) -> int | None:
    """Return where an infinitive begins that is feared, wanted, asked or told."""
    bids = kind in ("tell", "ask") and j == k
    if bids and clause.is_("negations", j) and clause.is_("to", j + 1):
        frame.stance = "asked"  # "begged me not to tell the mate"
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
            or (_gerund(clause, j, frame) and not frame.negated)
            or (articled(clause) and own_infinitive(clause, j))
        )
    ):
        return j
    if clause.is_("claiming", item_of(clause, frame.cue.first)) and clause.is_("to", j) and timed:
        return j + 1  # "claims to have won"
    if kind in ("ask", "tell", "want") and frame.cue.entry.info.get("infinitive"):
        head = j + 1 if clause.is_("negations", j) else j
        if infinitive(clause, head) and j <= k + 1:
            return j
    if kind == "think" and j == k and frame.stance == "feared" and own_infinitive(clause, j):
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
    if kind in ("want", "ask", "tell") and articled(clause) and not follows:
        return None  # "on compte plus de 800 morts", "pide ayuda a su embajada"
    if kind in ("want", "ask", "tell") and (j <= k + 1 or dated or follows):
        frame.stance = "asked" if kind == "tell" else frame.stance
        return j
    return None


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
    if bare and _held_by_another(clause, j, k):
        return True  # "said a doctor believed that …"
    if verbish(clause, j) and not clause.low(j).endswith("ed"):
        return True
    return clause.cue(j, "say", "tell", "think") is not None and clause.is_(
        "subject_pronouns", j - 1
    )


def _held_by_another(clause: Clause, j: int, k: int) -> bool:
    """Return whether the cue at item `j` has a subject of its own that begins at item `k`."""
    cue = clause.cue(j, "say", "tell", "think")
    if cue is None or cue.entry.form not in ("past", "pres") or not clause.is_("articles", k):
        return False
    return clause.noun(j - 1) is not None and clause.is_("that", j + 1)


def _relative_of_thing(clause: Clause, j: int, k: int) -> bool:
    """Return whether "que" at item `j` belongs to a thing that follows the cue at item `k`."""
    return j > k and clause.is_("that", j) and _thing_before_relative(clause, k)


def _thing_before_relative(clause: Clause, k: int) -> bool:
    """Return whether a thing follows a cue, so that "que" behind it is a relative: "atteste de la peur que …"."""
    if not articled(clause):
        return False
    at = k + 1 if clause.is_("of", k) else k
    dated = any(clause.is_("time_words", j) or clause.low(j).isdigit() for j in range(at, at + 4))
    dated = dated or clause.is_("facts", at + 1)  # "du fait que …" announces a content
    return clause.is_("determiners", at) and not dated and not clause.is_("to_addressee", at)


def _aside(clause: Clause, comma: int, highest: int, frame: Frame) -> int | None:
    """Return where the content begins after ", seen by the Courier, that" or ", citing X, that"."""
    commas = clause.where(",", comma + 1, min(comma + 12, highest))
    # "Told her, on or about August 3, 2018, that"
    closing = next((j for j in commas if clause.is_("that", j + 1)), next(iter(commas), None))
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
