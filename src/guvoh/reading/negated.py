"""Whether what is said is negated where several clauses say it: all of them must be."""

from collections.abc import Iterator, Sequence

from guvoh.model.claim import Polarity
from guvoh.reading.clauses import Clause, clause_of, finite, infinitive
from guvoh.reading.layout import Layout, Range
from guvoh.reading.stretches import opening_of

_ENDS = (".", "!", "?", "…", "...", ";", ":", "—", "–")
_ADVERBS = 3  # words between a negation and its verb: "не раз её видел"


def polarity_of_all(
    layout: Layout, pieces: Sequence[Range], unwilling: Sequence[Range]
) -> Polarity | None:
    """Return the polarity of contents of several main clauses, None where nothing denies or no verb is known.

    A negation inside the words for an act done against somebody's will, in `unwilling`, counts for none.
    """
    if not any(layout.has("negations", k) for piece in pieces for k in range(*piece)):
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
