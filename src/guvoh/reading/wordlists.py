"""Entries of reading's lexicon made of a language's common lists, where it has no longer ones of its own."""

from collections.abc import Iterator, Mapping
from typing import Any

from guvoh.languages.lexicon import Cue, Language, Pronoun, Role

# How a cue takes its content follows from its stance; a cue's `kind` tells the rest.
_VERBS: Mapping[str, dict[str, Any]] = {
    "asserted": {"class": "tell"},
    "reported": {"class": "say", "stance": "asserted"},
    "believed": {"class": "think"},
    "feared": {"class": "think", "np": True},
    "expected": {"class": "think"},
    "planned": {"class": "want", "infinitive": True},
    "promised": {"class": "want", "infinitive": True},
    "threatened": {"class": "want", "infinitive": True},
    "asked": {"class": "ask", "infinitive": True, "np": True},
    "denied": {"class": "say", "np": True},
}
_KINDS: Mapping[str, dict[str, Any]] = {
    "noun": {"class": "noun"},
    "source-after": {"class": "according", "stance": "asserted"},
    "source-before": {"class": "according-behind", "stance": "asserted"},
    "hearsay": {"class": "according", "unnamed": True},
}
_PUBLIC = ("official", "spokesperson", "authority")
_INVERSE: Mapping[str, tuple[str, ...]] = {
    "father": ("son", "daughter", "child"),
    "mother": ("son", "daughter", "child"),
    "parent": ("son", "daughter", "child"),
    "son": ("father", "mother", "parent"),
    "daughter": ("father", "mother", "parent"),
    "child": ("father", "mother", "parent"),
    "brother": ("brother", "sister"),
    "sister": ("brother", "sister"),
    "husband": ("wife",),
    "wife": ("husband",),
}
_MALE = ("father", "son", "brother", "husband", "grandfather", "uncle", "nephew")
_FEMALE = ("mother", "daughter", "sister", "wife", "widow", "grandmother", "aunt", "niece")

# (section, lemma, words, properties)
Row = tuple[str, str, str, dict[str, Any]]


def entries(language: Language) -> Iterator[Row]:
    """Yield every form of the language's cues, kin, roles, organisations and hedges."""
    for words, cue in language.cues.forms():
        yield "cues", cue.lemma, words, _cue(cue)
    for words, key in language.kin.forms():
        yield ("group" if key == "family" else "kin"), key, words, _kin(key)
    for words, role in language.roles.forms():
        yield "person", role.key, words, _role(role)
    for words, key in language.organisations.forms():
        section = "media" if key == "news" else "organisation"
        yield section, words.split()[-1], words, {"class": section}
    for words, key in language.hedges.forms():
        if key != "guess":
            hearsay = {"stance": "reported", "unnamed": True} if key == "hearsay" else {}
            yield "hedges", words, words, hearsay
    for words, key in language.bases.forms():
        yield "knowing", words, words, {"basis": key}


def _cue(cue: Cue) -> dict[str, Any]:
    stance = {"stance": cue.stance.value}
    return stance | (_VERBS.get(cue.stance.value, {}) if cue.kind == "verb" else _KINDS[cue.kind])


def _kin(key: str) -> dict[str, Any]:
    gender = "m" if key in _MALE else "f" if key in _FEMALE else None
    return {"key": key, "inverse": _INVERSE.get(key, ()), "gender": gender}


def _role(role: Role) -> dict[str, Any]:
    return {"class": "person", "office": role.family in _PUBLIC}


def groups(language: Language) -> dict[str, set[str]]:
    """Return the sets of words that follow from the language's pronouns, negations and calendar."""
    found: dict[str, set[str]] = {}
    for words, pronoun in language.pronouns.forms():
        for group in _pronoun_groups(pronoun):
            found.setdefault(group, set()).add(words)
    for words, key in language.negations.forms():
        if key in ("verb", "phrase") and " " not in words:
            found.setdefault("negations", set()).add(words)
    for lexicon in (language.months, language.weekdays):
        found.setdefault("time_words", set()).update(first for first, _ in lexicon)
    return found


def _pronoun_groups(pronoun: Pronoun) -> Iterator[str]:
    plural = pronoun.number == "plural"
    yield "possessives" if pronoun.possessive else "pronouns"
    if pronoun.person == 1:
        yield "first_plural" if plural else "first_person"
    elif pronoun.person == 2:
        yield "you"
    elif pronoun.number is None:
        yield "his_or_her"
    elif plural:
        yield "they"
    else:
        yield "she" if pronoun.gender == "female" else "he"
