"""Where what only tells of a noun begins: "who escaped", "the ministry published", "introducing himself as"."""

from guvoh.reading.clauses import Clause, boundary, finite

# A subject with its relative clause is seldom longer than this many items.
_REACH = 30
# Items of "the ministry had published" behind what it tells of.
_CONTACT = 6
_MET = 14  # the same with where and when
_LETTER = 9  # the same with from whom or where it came


def relative_start(clause: Clause, end: int, lowest: int) -> int | None:
    """Return where "who served four months in a unit" begins, which ends before item `end` and tells of a noun."""
    told = _contact_relative(clause, end, lowest)
    if told is not None:
        return told  # "officials the paper contacted"
    for k in range(end - 2, max(lowest, end - _REACH), -1):
        groups = clause.groups(k)
        if "that" in groups and "relatives" in groups and _people(clause, k):
            return k  # "un guardia que pidió …", "una fuente policial que …"
        if _that_which(clause, k):
            return k  # "a message that circulated …"
        if ("relatives" in groups or "whose" in groups) and "that" not in groups:
            told = k < end - 2 or finite(clause, end - 1)  # "villagers who escaped"
            described = told and _noun_ends(clause, k)
            return k if described else None
        dated = "prepositions" in groups and clause.is_("time_words", k + 1)
        if not dated and boundary(clause, k) and not posing_as(clause, k):
            return None  # "who worked there until August" goes on
    return None


def _contact_relative(clause: Clause, end: int, lowest: int) -> int | None:
    """Return where "the ministry published" begins that ends before `end` and tells of the noun before it."""
    bare = clause.layout.lexicon.order.get("bare_content")
    met = _met(clause, end, lowest) if bare else None
    if met is not None:
        return met
    past = clause.is_("pasts", end - 1) or clause.is_("past_forms", end - 1)
    verb = past or clause.low(end - 1).endswith(
        clause.layout.lexicon.endings.get("participle", ("\0",))
    )
    if bare and not (verb and not clause.capital(end - 1)):
        return _received(clause, end, lowest)
    if not bare:
        return None
    for k in range(end - 2, max(lowest, end - _CONTACT), -1):
        if clause.is_("subject_pronouns", k) or clause.is_("articles", k):
            described = clause.noun(k - 1) is not None and k > lowest
            return k if described and (k - 1 == lowest or not clause.capital(k - 1)) else None
        if boundary(clause, k) or clause.is_("prepositions", k) or clause.is_("joining", k):
            return None
    return None


def _met(clause: Clause, end: int, lowest: int) -> int | None:
    """Return where "I interviewed in Olsztyn", "we spoke to" begins behind whom it tells of, before item `end`."""
    for k in range(end - 2, max(lowest, end - _MET), -1):
        if boundary(clause, k):
            return None
        ours = clause.is_("first_person", k) or clause.is_("first_plural", k)
        if ours and clause.is_("subject_pronouns", k) and k > lowest:
            meets = clause.is_("interviews", k + 1) or clause.is_("interviewed", k + 1)
            return k if meets and (clause.noun(k - 1) or clause.low(k - 1).endswith("s")) else None
    return None


def _received(clause: Clause, end: int, lowest: int) -> int | None:
    """Return where "she received from his commander" begins, which tells of a document, before item `end`."""
    for k in range(end - 2, max(lowest, end - _LETTER), -1):
        noun = clause.noun(k - 1)
        if clause.is_("subject_pronouns", k):
            document = noun is not None and noun.entry.section == "document"
            return k if document and finite(clause, k + 1) else None
        if boundary(clause, k):
            return None
    return None


def _that_which(clause: Clause, k: int) -> bool:
    """Return whether "that" at item `k` describes the document before it: a verb follows at once."""
    bare = clause.layout.lexicon.order.get("bare_content")
    if not bare or not clause.is_("that", k):
        return False
    if _present(clause, k):
        return True
    if not finite(clause, k + 1):
        return False
    if clause.is_("indefinite_articles", k - 2) and clause.cue(k - 1) is None:
        return True  # "survivors of a trawler that sank"
    noun = next((noun for j in (k - 2, k - 1) if (noun := clause.noun(j)) is not None), None)
    return noun is not None and noun.entry.section == "document" and clause.cue(k + 1) is None


def _present(clause: Clause, k: int) -> bool:
    """Return whether "that" describes somebody by what he does: "the company that owns the land"."""
    low, noun = clause.low(k + 1), clause.noun(k - 1)
    speaks = noun is not None and noun.entry.section in ("organisation", "person", "group", "media")
    does = low.endswith("s") and not low.endswith("ss") and clause.noun(k + 1) is None
    return speaks and does and clause.cue(k + 1) is None and not clause.is_("determiners", k + 1)


def _noun_ends(clause: Clause, k: int) -> bool:
    """Return whether a noun of the lexicon ends before item `k`: "a shop owner" too."""
    found = ((clause.noun(j), j) for j in range(max(k - 3, 0), k))
    if any(noun is not None and j + noun.last - noun.first == k for noun, j in found):
        return True
    # "A supplier who": a word behind an article needs no list to be a noun.
    article = clause.is_("articles", k - 2) or (
        clause.is_("determiners", k - 2) and clause.capital(k - 1)
    )
    placed = clause.is_name(k - 1) and clause.is_("np_links", k - 2)
    if placed and clause.noun(k - 3) is not None:
        return True  # "A nurse from Mariupol who"
    return article and not clause.punctuation(k - 1)


def _people(clause: Clause, k: int) -> bool:
    """Return whether a noun for somebody, or an adjective behind it, stands before item `k`.

    Only in a language whose relative is its "that".
    """
    if not clause.layout.lexicon.order.get("objects_first"):
        return False
    before = clause.noun(k - 1)
    if before is None and clause.is_("determiners", k - 3) and not clause.punctuation(k - 1):
        before = clause.noun(k - 2)
    return before is not None and before.entry.section in ("person", "kin", "group", "unnamed")


def posing_as(clause: Clause, k: int) -> bool:
    """Return whether "as" belongs to a description: "a man introducing himself as a chaplain"."""
    return clause.is_("as", k) and (
        clause.is_("reflexives", k - 1)  # "a man who identified himself as a commander"
        or any(clause.low(j).endswith("ing") for j in range(max(k - 2, 0), k))
        or any(
            clause.is_("callers", j) for j in range(max(k - 4, 0), k)
        )  # "who gave his age as 19"
    )
