"""A frame: one cue with who speaks, to whom, and where its content lies."""

from dataclasses import dataclass, field

from guvoh.reading.clauses import Clause, Phrase, finite, item_of
from guvoh.reading.lexicon import Match
from guvoh.reading.phrases import phrase_right

_PARTED = 6  # items of a source that no list knows


@dataclass(slots=True)
class Frame:
    """What one cue says. `pieces` are (first, last) items of the clause that hold the content.

    `outer` is who relays the source ("Radio X, citing …"), `unnamed` a voice that is not named;
    `inner` are frames in the content where it is in pieces that say nothing apart.
    """

    cue: Match
    stance: str
    pieces: list[tuple[int, int]]
    source: Phrase | None = None
    outer: Phrase | None = None
    addressee: Phrase | None = None
    negated: bool = False
    unnamed: bool = False
    noun_content: bool = False
    covers: tuple[int, int] = (0, 0)
    extra: dict[str, str] = field(default_factory=dict)
    inner: list["Frame"] = field(default_factory=list)


def citing(clause: Clause, first: int, last: int) -> Phrase | None:
    """Return whom the speaker cites, where a cue of citing stands between the items."""
    for k in range(first, min(last, len(clause.items))):
        cue = clause.cue(k, "citing")
        finite = clause.low(k) in ("cited", "cites", "quotes", "quoted")
        if cue is not None and (not finite or clause.is_("relatives", k - 1)):
            cited = phrase_right(clause, k + (cue.last - cue.first), len(clause.items))
            if cited is not None and clause.is_("refers", k) and not _somebody(clause, cited):
                return None  # "He said, referring to location data": what he speaks of
            return cited
    return None


def _somebody(clause: Clause, phrase: Phrase) -> bool:
    """Return whether a phrase names people, an office or an outlet, and no document."""
    first, last = item_of(clause, phrase.head.first), item_of(clause, phrase.head.last)
    nouns = (noun for k in range(first, last) if (noun := clause.noun(k)) is not None)
    return any(noun.entry.section != "document" for noun in nouns)


def voice_of(clause: Clause, k: int, cue: Match, highest: int) -> Phrase | None:
    """Return whom a cue like "according to" names behind it, or in it: "по её словам", "selon lui"."""
    end = k + (cue.last - cue.first)
    end += clause.is_("selves", end)  # "по словам самих дворников"
    stated = clause.layout.lexicon.order.get("bare_content") and clause.cue(end, "say", "tell")
    for j in range(k, end):
        if stated and clause.is_("possessives", j):
            return None  # "the cook in his testimony stated that"
        if clause.is_("possessives", j) or (end - k > 2 and clause.is_("datives", j)):
            return Phrase(clause.range(j, j + 1), clause.range(j, j + 1))
    if cue.entry.info.get("unnamed"):
        return None
    owns = clause.is_("possessives", end) and any(
        clause.noun(j) is not None for j in range(end + 1, end + 3)
    )
    if any(clause.is_(group, end) for group in ("he", "she", "they")) and not owns:
        return Phrase(clause.range(end, end + 1), clause.range(end, end + 1))
    return phrase_right(clause, end, highest) or parted(clause, end, highest)


def parted(clause: Clause, first: int, highest: int) -> Phrase | None:
    """Return the words up to a comma behind "по данным", none of which a list need know: "статкомитета"."""
    if not clause.layout.lexicon.order.get("cases") or clause.is_("that", first):
        return None
    for k in range(first, min(first + _PARTED, highest)):
        if clause.low(k) in (",", "—", "–") or (k + 1 == highest and clause.low(k) == "."):
            words = clause.range(first, k) if k > first else None
            return None if words is None else Phrase(words, words)
        if clause.punctuation(k) or clause.quoted(k) or finite(clause, k):
            return None
    return None


def apposed_name(clause: Clause, source: Phrase, comma: int, highest: int) -> Phrase | None:
    """Return a described source with the name between commas behind it: "мать одного из них, Светлана Юрк, …"."""
    if clause.low(comma) != "," or not clause.layout.lexicon.order.get("cases"):
        return None
    closing = next(
        (j for j in range(comma + 1, min(comma + 6, highest)) if clause.low(j) == ","), 0
    )
    first = item_of(clause, source.head.first)
    nouns = (clause.noun(j) for j in range(first, comma))
    if not any(noun and noun.entry.section in ("kin", "person") for noun in nouns):
        return None
    named = clause.is_name(comma - 1) and not clause.is_("of", comma - 1)
    names = range(comma + 1, closing)
    if not names or named or not all(map(clause.is_name, names)):
        return None
    return Phrase(source.head, clause.range(first, closing))


def past_apposition(clause: Clause, k: int, highest: int) -> int:
    """Return the item after an apposition that follows a name: ", a lawyer for the family,"."""
    if clause.low(k) != ",":
        return k
    opens = (
        clause.is_("determiners", k + 1)
        or clause.is_("relatives", k + 1)
        or (clause.is_("prepositions", k + 1) and clause.is_("relatives", k + 2))
        or clause.noun(k + 1) is not None
        or (clause.is_name(k + 1) and not clause.is_name(k - 1))
        or (clause.is_name(k + 1) and clause.is_name(k + 2) and not clause.is_name(k - 2))
    )
    if not opens and not clause.low(k + 1).isdigit():
        return k
    for j in range(k + 1, min(k + 30, highest)):
        if clause.quoted(j) or clause.low(j) in (".", ";", ":"):
            return j
        if clause.low(j) == ",":
            return j
    return min(highest, k + 30)
