"""Russian cases: which of the words before a verb are its subject, and which its object or its place."""

from guvoh.reading.clauses import Clause
from guvoh.reading.layout import is_mark
from guvoh.resolve.nominative import cases_of, is_adverb

_HEADS = ("NOUN", "NPRO", "NUMR")
_MODIFIERS = ("ADJF", "PRTF", "NUMR")
_GENITIVE = ("gent", "gen2")  # what hangs on a noun
_HANGING = frozenset(("datv", "gent", "gen2", "ablt", "loct"))  # of what goes on with a dative


def subject_in(clause: Clause, first: int, last: int) -> tuple[int, int]:
    """Return which of the items `first` to `last` are a subject; all where the dictionary cannot tell.

    "Остальных замполит" is замполит, "адвокат фирмы вину" адвокат фирмы.
    """
    if clause.layout.lexicon.language != "ru" or last - first < 2:
        return first, last
    head = next((k for k in range(first, last) if _heads(clause, k)), None)
    if head is None:
        return first, last
    if clause.is_("subject_pronouns", head):
        return head, head + 1
    begin = head
    while begin > first and _goes_before(clause, begin - 1):
        begin -= 1
    end = head + 1
    linked = marked = False
    while end < last:
        marked ^= clause.punctuation(end) and is_mark(clause.layout.tokens[clause.token(end)])
        linked = linked or clause.is_("prepositions", end)
        if not (linked or marked) and _is_object(clause, end):
            break
        end += 1
    while end > head + 1 and not clause.capital(end - 1) and is_adverb(clause.low(end - 1)):
        end -= 1  # "посредник прямо пишет"
    return begin, end


def held_for(clause: Clause, k: int) -> bool:
    """Return whether a word tells what something is held for: "считают постановочной"."""
    if clause.layout.lexicon.language != "ru" or clause.is_("prepositions", k - 1):
        return False
    read = _readings(clause, k)
    return any((pos, "ablt") in read for pos in ("ADJF", "PRTF", "NOUN")) and not any(
        case in ("nomn", "accs") for _, case in read
    )


def begins_subject(clause: Clause, k: int) -> bool:
    """Return whether a word behind a hearer begins the one who speaks: "изданию бывший сторож", "газете Нина"."""
    if clause.layout.lexicon.language != "ru" or clause.punctuation(k):
        return False
    read = _readings(clause, k)
    if read:
        cases = {case for _, case in read}
        return "nomn" in cases and not cases & _HANGING
    ends = clause.layout.lexicon.endings.get("name_hearer", ("\0",))
    return clause.is_name(k) and not clause.low(k).endswith(ends)


def named_upright(clause: Clause, k: int) -> bool:
    """Return whether a Russian name that the dictionary lacks ends as no name that hears does: "Фирдавс"."""
    low = clause.low(k)
    cyrillic = clause.layout.lexicon.language == "ru" and "а" <= low[-1:] <= "я"
    ends = clause.layout.lexicon.endings.get("name_hearer", ())
    return cyrillic and clause.is_name(k) and not _readings(clause, k) and not low.endswith(ends)


def _readings(clause: Clause, k: int) -> frozenset[tuple[str, str]]:
    return cases_of(clause.low(k)) if not clause.punctuation(k) else frozenset()


def _heads(clause: Clause, k: int) -> bool:
    """Return whether an item can be the noun in the nominative that a verb has for its subject."""
    if clause.punctuation(k) or clause.low(k).isdigit() or clause.is_("prepositions", k - 1):
        return clause.low(k).isdigit()
    read = _readings(clause, k)
    noun = clause.noun(k)
    if noun is not None and noun.entry.section != "nationality":
        return not read or any(case == "nomn" for _, case in read)  # "заключённый" is an adjective
    if clause.is_("determiners", k) or clause.is_("pronouns", k):
        return not read or any(case == "nomn" for _, case in read)
    return (clause.is_name(k) and not read) or any((pos, "nomn") in read for pos in _HEADS)


def _goes_before(clause: Clause, k: int) -> bool:
    """Return whether an item belongs to the noun behind it: an adjective, a number, "не менее"."""
    if clause.punctuation(k) or clause.low(k).isdigit():
        return True
    read = _readings(clause, k)
    if not read or clause.is_("determiners", k) or clause.is_("possessives", k):
        return not clause.is_("pronouns", k) or clause.is_("possessives", k)
    return any((pos, "nomn") in read for pos in _MODIFIERS)


def _is_object(clause: Clause, k: int) -> bool:
    """Return whether an item behind a noun is neither in the genitive nor in apposition to it."""
    read = _readings(clause, k)
    if not read or clause.capital(k) or clause.punctuation(k):
        return False
    if any(case in _GENITIVE for _, case in read):
        return False
    if not any(case == "nomn" for _, case in read):
        return True
    thing = any((pos, "accs") in read for pos in ("NOUN", "ADJF"))
    people = clause.noun(k) is not None and not clause.is_("definite", k)
    return thing and not people
