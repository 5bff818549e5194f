"""The nominative of a Russian name: "Далером" is called Далер, "Северному пеленгу" Северный пеленг."""

from functools import cache, lru_cache
from typing import Any

# Part of the words of a name; what follows the first common noun hangs on it and stays as it is.
_NAMES = ("Name", "Surn", "Patr")
_ADJECTIVES = ("ADJF", "PRTF")
# A reading that the analyser holds for less likely than this is no reason for doubt.
_LEAST = 0.05


@cache
def _analyser() -> Any:
    """Return the analyser; its dictionary takes a second to open, so only Russian names pay."""
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer(lang="ru")


@lru_cache(maxsize=16384)
def nominative(name: str, *, guess: bool = True, oblique: bool = False) -> str:
    """Return a name in the nominative; one that may stand in it already, or in no case, as it is.

    With `oblique` the words stand where no nominative can ("по словам Фарруха"). Without `guess` a head that the dictionary lacks stays: "Ильхом" is no case of "Ильх".

    The first noun is the head: it and the adjectives before it are turned, of a person's name every
    word, all from the one case and number in which they agree. "Анвара" may be a woman's name and
    stays; "Анвара Бекова" may be her too.
    """
    words = name.split(" ")
    if len(words) > 1 and len(words[-1]) == 2 and words[-1].endswith("."):
        first = nominative(" ".join(words[:-1]), guess=guess, oblique=oblique)
        return f"{first} {words[-1]}"  # "Баира Ц."
    read = [_readings(word) for word in words]
    head = 0
    while head + 1 < len(words) and _describes(read[head], read[head + 1]):
        head += 1
    if not read[head] or not (guess or any(one.is_known for one in read[head])):
        return name
    person = all(any(_is_name(one) for one in found) for found in read[: head + 1])
    reach = len(words) if person else head + 1
    kinds = [[one for one in found if _fits(one, person=person)] for found in read[:reach]]
    if oblique:
        other = [[one for one in found if one.tag.case != "nomn"] for found in kinds]
        kinds = other if all(other) else kinds
    form = _agreed(kinds)
    if form is None or form[0] == "nomn":
        return name
    turned = [_turned(found, form, word) for found, word in zip(kinds, words[:reach], strict=True)]
    return " ".join([*turned, *words[reach:]])


def is_no_name(word: str) -> bool:
    """Tell whether the Russian dictionary has a word, and in no reading as the name of a person."""
    read = _readings(word)
    return any(one.is_known for one in read) and not any(_is_name(one) for one in read)


def is_of_place(word: str) -> bool:
    """Tell whether a Russian word can be the genitive of a place's name, and not of a person's: "Братска"."""
    read = _readings(word)
    of_place = any("Geox" in one.tag and one.tag.case == "gent" for one in read)
    return of_place and not any(_is_name(one) and one.tag.case == "gent" for one in read)


@lru_cache(maxsize=16384)
def may_be_genitive(name: str, gender: str = "masc") -> bool:
    """Tell whether the words of a name that the dictionary has can stand in the genitive of a man's, or a woman's ("femn").

    One of which it has no word may stand in any case.
    """
    known = ([o for o in _readings(word) if o.is_known and o.tag.case] for word in name.split())
    return all(("gent", "sing", gender) in _forms(found) for found in known if found)


@lru_cache(maxsize=16384)
def is_own_verb(word: str) -> bool:
    """Tell whether a Russian word is a verb whose subject is "I" or "we"."""
    read = _readings(word)
    return bool(read) and all(one.tag.person == "1per" for one in read)


@lru_cache(maxsize=16384)
def is_adverb(word: str) -> bool:
    """Tell whether a Russian word can be an adverb or a particle, and nothing that has a case."""
    read = _readings(word)
    plain = any(one.tag.POS in ("ADVB", "PRCL") for one in read)
    return plain and not any(one.tag.case for one in read)


@lru_cache(maxsize=16384)
def cases_of(word: str) -> frozenset[tuple[str, str]]:
    """Return the part of speech and case ("NOUN", "gent") of each reading of a Russian word that has a case.

    Empty for a word that the dictionary lacks: its ending alone tells too little.
    """
    return frozenset(
        (str(one.tag.POS), str(one.tag.case))
        for one in _readings(word)
        if one.is_known and one.tag.case is not None
    )


@lru_cache(maxsize=4096)
def _readings(word: str) -> list[Any]:
    if not all("а" <= letter <= "ё" or letter == "-" for letter in word.lower()):
        return []
    return [one for one in _analyser().parse(word) if one.score >= _LEAST]


def _describes(readings: list[Any], after: list[Any]) -> bool:
    """Tell whether a word can be an adjective of the word after it."""
    own = _forms([one for one in readings if one.tag.POS in _ADJECTIVES])
    return not own.keys().isdisjoint(_forms([one for one in after if _fits(one, person=False)]))


def _is_name(reading: Any) -> bool:
    return any(mark in reading.tag for mark in _NAMES)


def _fits(reading: Any, *, person: bool) -> bool:
    if person:
        return _is_name(reading) and reading.tag.number == "sing"
    return reading.tag.POS == "NOUN" or reading.tag.POS in _ADJECTIVES


def _agreed(kinds: list[list[Any]]) -> tuple[str, str, str] | None:
    """Return the case, number and gender that all words have: the nominative if it is one of them."""
    forms = [_forms(readings) for readings in kinds]
    shared = set(forms[0]).intersection(*forms[1:])
    if not shared:
        return None
    scores = {one: sum(f[one] for f in forms) for one in sorted(shared)}
    genders: dict[str, float] = {}
    for (_, _, gender), score in scores.items():
        genders[gender] = genders.get(gender, 0.0) + score
    # "Тюленихе" stands in two cases of Тюлениха and in one of Тюлених. "Анвару" may be given to
    # Анвар or be what one says of Анвара: of equals the man.
    return max(
        scores,
        key=lambda one: (one[0] == "nomn", genders[one[2]], scores[one], one[2] == "masc"),
    )


def _forms(readings: list[Any]) -> dict[tuple[str, str, str], float]:
    forms: dict[tuple[str, str, str], float] = {}
    for one in readings:
        for gender in _genders(one):
            form = (str(one.tag.case), str(one.tag.number), gender)
            forms[form] = max(forms.get(form, 0.0), one.score)
    return forms


def _genders(reading: Any) -> tuple[str, ...]:
    """Return the genders that a reading agrees with; a plural, and a name of either, with all."""
    if reading.tag.gender is None or "ms-f" in reading.tag:
        return ("masc", "femn", "neut")
    return (str(reading.tag.gender),)


def _turned(readings: list[Any], form: tuple[str, str, str], word: str) -> str:
    case, number, gender = form
    fitting = [
        one
        for one in readings
        if (one.tag.case, one.tag.number) == (case, number) and gender in _genders(one)
    ]
    upright = fitting[0].inflect({"nomn", number})
    return _cased(upright.word, word) if upright is not None else word


def _cased(word: str, like: str) -> str:
    if like.isupper() and len(like) > 1:
        return word.upper()
    if not like[:1].isupper():
        return word
    return "-".join(piece[:1].upper() + piece[1:] for piece in word.split("-"))
