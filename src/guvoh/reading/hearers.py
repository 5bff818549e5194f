"""To whom one speaks, where no preposition and no place in the sentence alone tells it."""

from guvoh.reading.cases import begins_subject, named_upright
from guvoh.reading.clauses import (
    Clause,
    Phrase,
    item_at,
    item_of,
    oblique,
    only_subject,
    starts_phrase,
)
from guvoh.reading.frame import parted
from guvoh.reading.phrases import phrase_right, title_end
from guvoh.reading.verb_last import hearer, subject


def hearer_behind(
    clause: Clause, k: int, highest: int, kind: str, *, last: bool = False
) -> tuple[int, Phrase | None]:
    """Return the item after a hearer behind a cue, and the hearer: "a déclaré à l’AFP …".

    `kind` is the class of a cue that takes its hearer without a preposition ("рассказал «Вестнику»"),
    `last` whether the speaker stands before: "рассказала она «Вестнику»".
    """
    if clause.cue(k, "speaking") is not None:
        return k, None  # "au micro de Radio Djurdjura"
    if clause.is_("to_addressee", k):
        phrase = _medium_alone(clause, phrase_right(clause, k + 1, highest))
    elif kind == "tell" and _is_hearer(clause, k, highest, last=last):
        phrase = _dative_alone(clause, phrase_right(clause, k, highest))
    else:
        return k, None
    if phrase is None:
        return k, None
    return item_at(clause, phrase.whole.last, k), phrase


def hearer_opening(clause: Clause, lowest: int, end: int) -> Phrase | None:
    """Return the outlet before a subject that is told something: "Изданию он рассказал", "«Вестнику» сын сказал"."""
    if not clause.layout.lexicon.order.get("cases"):
        return None
    first = lowest + (clause.is_("leading", lowest) or clause.is_("asides", lowest))
    noun = clause.noun(first)
    outlet = noun is not None and noun.entry.section in ("media", "organisation")
    begin = first + (noun.last - noun.first) if noun is not None and outlet else first
    if outlet and not _dative(clause, first):
        return None
    if (begin == end and outlet) or title_end(clause, begin, end + 1) == end:
        return Phrase(clause.range(first, end), clause.range(first, end))
    return None


def _medium_alone(clause: Clause, phrase: Phrase | None) -> Phrase | None:
    """Cut the outlet itself before the speaker that follows it: "cuenta a este diario Kwesi"."""
    if phrase is None:
        return None
    first, last = item_of(clause, phrase.head.first), item_of(clause, phrase.head.last)
    own = clause.is_("possessives", first) or clause.is_("demonstratives", first)
    for k in range(first + 1, last - 1):
        noun = clause.noun(k)
        if own and noun is not None and noun.entry.section == "media" and clause.is_name(k + 1):
            return Phrase(clause.range(first, k + 1), clause.range(first, k + 1))
    return phrase


def _dative_alone(clause: Clause, phrase: Phrase | None) -> Phrase | None:
    """Cut a hearer before the speaker that follows it: "изданию сестра", "ей сосед"."""
    if phrase is None or not clause.layout.lexicon.order.get("cases"):
        return phrase
    first, last = item_of(clause, phrase.head.first), item_of(clause, phrase.head.last)
    for k in range(first + 1, last):
        noun = clause.noun(k)
        if (
            noun is not None
            and noun.entry.section in ("person", "kin")
            and noun.entry.citation == clause.low(k)
        ):
            return Phrase(clause.range(first, k), clause.range(first, k))
        if begins_subject(clause, k) and (_dative(clause, k - 1) or not clause.capital(k)):
            return Phrase(clause.range(first, k), clause.range(first, k))
    return phrase


def _is_hearer(clause: Clause, k: int, highest: int, *, last: bool) -> bool:
    """Return whether a phrase right behind a cue is in the case of a hearer, or a title before one."""
    if clause.is_("datives", k):
        return True  # "написал ей, что …"
    if only_subject(clause, k):
        return False  # "заявил капитан Беридзе профсоюзу"
    if named_upright(clause, k):
        return False  # "рассказал Фирдавс Холмиров изданию"
    if clause.is_("subject_pronouns", k) or clause.is_("source_prepositions", k):
        return False  # "написал он в своём телеграм-канале", "сообщили в министерстве"
    title = title_end(clause, k, highest)
    if title is not None:
        order = clause.layout.lexicon.order
        cased = order.get("cases") or (order.get("genitive") and not order.get("articles", True))
        return bool(cased) and (last or starts_phrase(clause, title))
    return oblique(clause, k, highest)


def speaker_behind(
    clause: Clause, k: int, highest: int, kind: str
) -> tuple[Phrase | None, Phrase | None]:
    """Return who speaks in the phrase that begins at item `k`, and a hearer behind him.

    "отец Рустама «Радио Излучина»", "Dalerning opasi Eastlight Monitor nashriga".
    """
    if clause.layout.lexicon.order.get("verb_last"):
        at, told = hearer(clause, k, highest)
        if told is not None and at < highest and not (clause.capital(at) or clause.punctuation(at)):
            speaker = phrase_right(clause, at, highest) or _some(clause, at, highest)
            if speaker is not None:
                return speaker, told
        _, speaker = subject(clause, k, highest)
        if speaker is not None:
            return speaker, hearer(clause, item_at(clause, speaker.head.last, k), highest)[1]
    phrase = phrase_right(clause, k, highest)
    if phrase is None and clause.is_("source_prepositions", k - 1):
        office = parted(clause, k, highest)  # "рассказали в автопарке"
        last = k if office is None else item_of(clause, office.head.last)
        return (office if last > k and can_be_office(clause, k, last) else None), None
    if phrase is None or (kind != "tell" and clause.layout.lexicon.order.get("cases")):
        return phrase, None
    return part(clause, phrase)


def can_be_office(clause: Clause, first: int, last: int) -> bool:
    """Return whether words behind "в" can name where people speak: no day, no paper and no town."""
    groups = (
        "time_words",
        "media_words",
        "pronouns",
        "possessives",
        "prepositions",
        "areas",
        "occasions",
        "rumour_places",
    )
    papers = any(
        m.entry.section == "document" for k in range(first, last) for m in clause.matches(k)
    )
    plain = not any(clause.is_(group, k) for group in groups for k in range(first, last))
    return plain and not papers and not clause.low(first)[:1].isdigit()


def _some(clause: Clause, k: int, highest: int) -> Phrase | None:
    """Return "ulardan biri", one of those told of: "dedi Dala Vaqtiga ulardan biri"."""
    end = next((j for j in range(k, highest) if clause.punctuation(j)), highest)
    few = clause.is_("openers", k) and k < end <= k + 2
    return Phrase(clause.range(k, end), clause.range(k, end)) if few else None


def part(clause: Clause, phrase: Phrase) -> tuple[Phrase, Phrase | None]:
    """Return a phrase cut before a title or a dative in it that names the hearer, and the hearer."""
    first, last = item_of(clause, phrase.head.first), item_of(clause, phrase.head.last)
    if not clause.layout.lexicon.order.get("cases"):
        return _before_outlet(clause, first, last, phrase)
    if clause.is_("source_prepositions", first - 1):
        return phrase, None  # "в следственном комитете сообщили"
    for k in range(first + 1, last):
        if _parts(clause, first, k, last):
            whole = item_of(clause, phrase.whole.last)
            ahead = Phrase(clause.range(first, k), clause.range(first, k))
            return ahead, Phrase(clause.range(k, last), clause.range(k, max(last, whole)))
    return phrase, None


def _before_outlet(
    clause: Clause, first: int, last: int, phrase: Phrase
) -> tuple[Phrase, Phrase | None]:
    """Cut "au journal" from "l'une d'elles au journal", an outlet that hears and no part of a speaker."""
    for k in range(first + 1, last - 1):
        noun = clause.noun(k + 1) or clause.noun(k + 2)
        if clause.is_("to_addressee", k) and noun and noun.entry.section == "media":
            head = clause.range(first, k)
            return Phrase(head, head), Phrase(clause.range(k + 1, last), clause.range(k + 1, last))
    return phrase, None


def _foreign(clause: Clause, k: int) -> bool:
    """Return whether a name in Latin letters begins behind one in Cyrillic: "рассказал Санжар Caravan Post"."""
    latin = clause.low(k)[:1].isascii() and clause.is_name(k)
    return latin and clause.is_name(k - 1) and not clause.low(k - 1)[:1].isascii()


def _parts(clause: Clause, first: int, k: int, last: int) -> bool:
    if _foreign(clause, k):
        return True
    title = title_end(clause, k, last + 1)
    if title is not None:
        # «…» behind an office is its office's; behind a father or a name it hears.
        if clause.is_("anaphors", k - 1):
            return True  # "рассказала женщина «Радио Степь»"
        return clause.is_name(k - 1) or _is_kin(clause, first, k) or _hears(clause, k, title)
    noun = clause.noun(k)
    if noun is None or noun.entry.section not in ("organisation", "media"):
        return False
    return _dative(clause, k) and not clause.is_("prepositions", k - 1)


def _hears(clause: Clause, k: int, end: int) -> bool:
    """Return whether a title in marks behind somebody is in the case of a hearer: "один из рабочих «Вестнику»"."""
    noun = clause.noun(k - 1)
    people = noun is not None and noun.entry.section in ("person", "group")
    return people and clause.low(end - 2).endswith(
        clause.layout.lexicon.endings.get("hearer", ("\0",))
    )


def _is_kin(clause: Clause, first: int, k: int) -> bool:
    return any(
        noun is not None and noun.entry.section == "kin"
        for noun in (clause.noun(j) for j in range(first, k))
    )


def _dative(clause: Clause, k: int) -> bool:
    ends = clause.layout.lexicon.endings.get("hearer", ("\0",))
    return oblique(clause, k, k + 1) and clause.low(k).endswith(ends)
