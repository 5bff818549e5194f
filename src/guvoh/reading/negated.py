"""Whether what is said is negated: its main clause, or where several clauses say it all of them."""

from collections.abc import Iterator, Sequence

from guvoh.model.claim import Polarity
from guvoh.reading.clauses import Clause, clause_of, finite, infinitive
from guvoh.reading.layout import Layout, Range
from guvoh.reading.stance import main_clause
from guvoh.reading.stretches import opening_of, past_relative, sentences_in

_ENDS = (".", "!", "?", "…", "...", ";", ":", "—", "–")
_SUBJECTS = ("subject_pronouns", "subject_contractions", "there")  # that open a clause
_JOINED = 5  # words from "and" to the negation: "and had received no reply"
_RELATIVE = 3  # words between "who" and its verb
_ADVERBS = 3  # words between a negation and its verb: "не раз её видел"


def polarity_of_all(
    layout: Layout, pieces: Sequence[Range], unwilling: Sequence[Range]
) -> Polarity | None:
    """Return the polarity of contents of several main clauses, None where nothing denies or no verb is known.

    A negation inside the words for an act done against somebody's will, in `unwilling`, counts for none.
    """
    if not any(layout.those("negations", piece) for piece in pieces):
        return None
    negated = False
    for piece in pieces:
        clause = clause_of(layout, piece, opening_of(layout, piece))
        if clause.is_("negations", 0) and infinitive(clause, 1):
            return Polarity.NEGATED  # "не называть его имени: …"
        for first, last in _main_clauses(clause):
            denies = _negated(clause, first, last, unwilling)
            if denies is False:
                return Polarity.AFFIRMED
            negated = negated or denies is True
    return Polarity.NEGATED if negated else None


def _main_clauses(clause: Clause) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a content between its marks and its "and", those left out that are subordinate."""
    first = 0
    under = False  # whether "and" goes on with what "who", "that" began
    for k in range(len(clause.items) + 1):
        ends = k == len(clause.items) or clause.low(k) == "," or clause.low(k) in _ENDS
        if not ends and not clause.is_("coordinators", k) and not clause.is_("contrast", k):
            continue
        opens = next((j for j in range(first, k) if _subordinates(clause, j)), k)
        if not under and opens > first:
            yield first, opens
        if clause.low(k) == ":":
            return  # what follows tells why
        under = not ends and (under or opens < k)
        first = k + 1


def _subordinates(clause: Clause, k: int) -> bool:
    """Return whether what follows item `k` tells of a part of the clause; "пока не" is "not yet"."""
    if not (clause.is_("subordinators", k) or clause.is_("relatives", k)):
        return False
    return clause.low(k - 1) == "," or not clause.is_("negations", k + 1)


def _negated(clause: Clause, first: int, last: int, unwilling: Sequence[Range]) -> bool | None:
    """Return whether a clause is negated, None where it has no verb."""
    verbs = [k for k in range(first, last) if _verb(clause, k)]
    for k in range(first, last):
        if clause.quoted(k) or not clause.is_("negations", k) or _harmless(clause, k):
            continue
        if any(tokens.first <= clause.token(k) < tokens.last for tokens in unwilling):
            continue
        if k in verbs or not verbs:
            alone = verbs in ([], [k])  # "врача нет", and not "сказал нет"
            if alone and (k in verbs or k == first or infinitive(clause, k + 1)):
                return True
        elif any(k < verb <= k + _ADVERBS for verb in verbs):
            return True
        if clause.low(k + 1).endswith(clause.layout.lexicon.endings.get("they", ("\0",))):
            return True
    return False if verbs else None


def _verb(clause: Clause, k: int) -> bool:
    """Return whether item `k` is a finite verb, and no "не" with which the words of a cue begin."""
    negation = clause.is_("negations", k) and not clause.is_("auxiliaries", k)
    return not negation and not clause.quoted(k) and finite(clause, k)


def _harmless(clause: Clause, k: int) -> bool:
    """Return whether a negation negates nothing: "no fewer than", "not only"."""
    return clause.is_("after_harmless_negation", k + 1) or clause.low(k + 1)[:1].isdigit()


def polarity_of(
    layout: Layout, pieces: Sequence[Range], main: Range, unwilling: Sequence[Range] = ()
) -> Polarity:
    """Return whether a content is negated whose first main clause is `main`: where each of its sentences is."""
    first = Range(main.first, pieces[0].last)
    if len(pieces) > 1 and not any(_past_verb(layout, k) for k in range(*first)):
        main = main_clause(layout, pieces[1])  # "Further cuts, she said, could not be ruled out"
        pieces = pieces[1:]
    if _polarity_of_clause(layout, main, unwilling) is Polarity.AFFIRMED:
        return Polarity.AFFIRMED
    for clause in _clauses_behind(layout, pieces, main):
        if _polarity_of_clause(layout, clause, unwilling) is Polarity.AFFIRMED:
            return Polarity.AFFIRMED
    return Polarity.NEGATED


def _clauses_behind(layout: Layout, pieces: Sequence[Range], main: Range) -> Iterator[Range]:
    """Yield the first clause of each sentence behind that of `main`, and of what a comma alone parts from one."""
    for piece in pieces:
        for sentence in sentences_in(layout, piece):
            if sentence.last <= main.last and sentence.first <= main.first:
                continue
            clause = main if main.first in range(*sentence) else main_clause(layout, sentence)
            if clause is not main:
                yield clause
            comma = clause.last
            joins = layout.lows[comma] == "," or layout.has("joining", comma)
            if comma + 2 < sentence.last and joins:
                behind = comma + 1
                if any(layout.has(group, behind) for group in _SUBJECTS):
                    yield main_clause(layout, Range(behind, sentence.last))


def _polarity_of_clause(layout: Layout, main: Range, unwilling: Sequence[Range]) -> Polarity:
    """Return whether a main clause is negated.

    A negation inside the words for an act ("nobody asked them", in `unwilling`) belongs to the act:
    who tells that people went against their will denies nothing.
    """
    k = main.first
    while k < main.last:
        groups = layout.groups[k]
        if not groups and layout.lows[k] != ",":
            k += 1
            continue
        closing = past_relative(layout, k, main.last)
        if _new_subject(layout, k, main.first):
            return Polarity.AFFIRMED  # "in a language they did not understand"
        if "yet" in groups and layout.has("to", k + 1):
            return Polarity.NEGATED  # "has yet to reply"
        if (
            closing is None
            and "negations" in groups
            and not _negates_nothing(layout, k)
            and not _of_whom(layout, k, main.first)
            and not (k > main.first and layout.has("to", k + 1))  # "begged me not to tell"
        ):
            if _second_verb(layout, k, main.first) or _beside(layout, k, main.first):
                return Polarity.AFFIRMED
            inside = any(tokens.first <= k < tokens.last for tokens in unwilling)
            inside = inside or _but_did(layout, k, main.last)
            return Polarity.AFFIRMED if inside else Polarity.NEGATED
        k = k + 1 if closing is None else closing
    return Polarity.AFFIRMED


def _second_verb(layout: Layout, k: int, first: int) -> bool:
    """Return whether a negation stands in a second clause: "they were called and never came back"."""
    near = range(k - 1, max(first, k - _JOINED), -1)
    at = next((j for j in near if layout.has("joining", j) or layout.has("contrast", j)), None)
    return at is not None and any(
        _past_verb(layout, j) or layout.has("past_forms", j) for j in range(first, at)
    )


def _but_did(layout: Layout, k: int, last: int) -> bool:
    """Return whether "but" brings in what is affirmed: "had not seen it himself but had heard it"."""
    at = next((j for j in range(k + 2, last - 1) if layout.has("contrast", j)), None)
    if at is None or not layout.lexicon.order.get("bare_content"):
        return False
    done = layout.has("auxiliaries", at + 1) or layout.has("past_forms", at + 1)
    return done and not any(layout.has("negations", j) for j in range(at + 1, min(at + 4, last)))


def _beside(layout: Layout, k: int, first: int) -> bool:
    """Return whether a negation denies only something beside the verb: "were for those with no visitors".

    So does a second verb's: "had been put down in a ledger the workers could not read".
    """
    if not layout.lexicon.order.get("bare_content"):
        return False
    verbs = [j for j in range(first, k) if _past_verb(layout, j) or layout.has("past_forms", j)]
    if not verbs:
        return False
    if layout.has("prepositions", k - 1) and layout.has("noughts", k):
        return True
    verb = k if layout.has("auxiliaries", k) else k - 1
    told = any(
        layout.has("relatives", j) for j in range(max(first, verbs[0] - _RELATIVE), verbs[0])
    )
    apart = any(
        layout.has("determiners", j) or layout.has("prepositions", j) for j in range(verbs[0], verb)
    )
    second = layout.has("auxiliaries", verb) and layout.has("auxiliaries", verbs[0])
    return second and apart and not told


def _new_subject(layout: Layout, k: int, first: int) -> bool:
    """Return whether a clause without "that" describes a noun here: a pronoun right behind it."""
    return (
        k > first + 2
        and bool(layout.lexicon.order.get("bare_content"))
        and layout.has("subject_pronouns", k)
        and layout.tokens[k - 1].word
        and not any(
            layout.has(group, k - 1)
            for group in (
                "coordinators",
                "subordinators",
                "auxiliaries",
                "negations",
                "cue_adverbs",
            )
        )
        and any(_past_verb(layout, j) for j in range(first, k))
    )


def _past_verb(layout: Layout, k: int) -> bool:
    """Return whether a token is an auxiliary or looks like a verb in the past."""
    past = layout.lows[k].endswith(layout.lexicon.endings.get("finite", ("\0",)))
    return layout.has("auxiliaries", k) or (past and not layout.capitals[k])


def _of_whom(layout: Layout, k: int, first: int) -> bool:
    """Return whether a negation only says who is meant: "those who do not pay", "los que no paguen"."""
    for at in range(k - 1, max(first, k - 3), -1):
        if layout.has("relatives", at):
            before = at - 1
            plain = not (layout.has("that", at) or layout.has("complementizers", at))
            return plain or layout.has("determiners", before) or layout.has("pronouns", before)
    return False


def _negates_nothing(layout: Layout, k: int) -> bool:
    """Return whether a negation negates nothing: "no fewer than", "not only"."""
    following = layout.tokens[k + 1].low if k + 1 < len(layout.tokens) else ""
    number = layout.tokens[k + 2].text[:1].isdigit() if k + 2 < len(layout.tokens) else False
    if following[:1].isdigit() or (following == "." and number):
        return True  # "Colony No. 17"
    purpose = layout.has("prepositions", k - 1) and layout.lexicon.order.get("objects_first")
    if purpose and following.endswith(layout.lexicon.endings.get("infinitive", ("\0",))):
        return True  # "pastillas para no dormir"
    aside = k > 0 and layout.tokens[k - 1].text == ","
    if aside and following.endswith(layout.lexicon.endings.get("gerund", ("\0",))):
        return True  # "увезли, не предупредив": the main verb is affirmed
    return following in layout.lexicon.words.get("after_harmless_negation", ())
