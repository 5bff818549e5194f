"""The words that would give away what is withheld of a person: a country in all languages, an age, a rare word."""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from babel import Locale

from guvoh.languages.fold import fold
from guvoh.languages.lexicon import LANGUAGES
from guvoh.lineage.background import word_weight
from guvoh.protect.page import is_everyday

_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’ʻʼ](?=[^\W\d_]))+|\d{2,}")
_LEAST = 4  # letters of a people's or a country's name by which its other forms are known
_ENDING = 4  # letters that a form may have more
_ADJECTIVE = "~ad"  # rows of demonyms.tsv whose Russian or Ukrainian form wants its ending


def words_of_value(value: str) -> tuple[str, ...]:
    """Return the folded words of a withheld value that would give it away, none that any text has.

    A country or people stands for both in every language that is read. Of other values everyday words
    are left out; where there are no others, all but the rarest.
    """
    every = [(match[0], fold(match[0]).replace("'", "")) for match in _WORD.finditer(value)]
    nations = {key for _, folded in every if (key := _key(folded)) is not None}
    if nations:
        flags = {f"flag{key.lower()}" for key in nations}
        return tuple(sorted(flags.union(*(_forms()[key] for key in nations))))
    told = [
        folded
        for word, folded in every
        if word.isdigit() or not (word[0].islower() and _is_everyday(word, folded))
    ]
    if not told and every:
        rarest = max(_weight(folded) for _, folded in every)
        told = [folded for _, folded in every if _weight(folded) == rarest]
    return tuple(dict.fromkeys(told))


def _is_everyday(word: str, folded: str) -> bool:
    return is_everyday("ru" if "\u0400" <= word[0] <= "\u04ff" else "en", folded)


def _weight(folded: str) -> int:
    return min(word_weight(code, folded) for code in ("en", "ru"))


def _key(folded: str) -> str | None:
    """Return the country or people that a folded word names, in any case; None where it names none."""
    for length in range(len(folded), max(_LEAST, len(folded) - _ENDING) - 1, -1):
        found = _keys().get(folded[:length])
        if found is not None:
            return found
    return None


@cache
def _keys() -> dict[str, str]:
    return {form: key for key, forms in _forms().items() for form in forms if len(form) >= _LEAST}


@cache
def _forms() -> dict[str, frozenset[str]]:
    """Return the folded names of countries and their people in all languages, by ISO 3166-1 code or group."""
    found: dict[str, set[str]] = {}
    for code in LANGUAGES:
        for key, name in Locale(code).territories.items():
            if len(key) == 2 and len(re.findall(r"\w+", name)) == 1:
                found.setdefault(key, set()).add(fold(name).replace("'", ""))
        for key, form in _demonyms(code):
            found.setdefault(key, set()).add(form)
    return {key: frozenset(forms) for key, forms in found.items()}


def _demonyms(code: str) -> Iterator[tuple[str, str]]:
    text = files("guvoh.languages").joinpath(code, "demonyms.tsv").read_text("utf-8")
    for row in text.splitlines():
        if row and not row.startswith("#"):
            key, _, forms = row.partition("\t")
            for form in forms.split("\t")[0].split(", "):
                stem, sign, tags = form.partition("~")
                adjective = f"{sign}{tags}".startswith(_ADJECTIVE) and code in ("ru", "uk")
                if " " not in stem:
                    yield key, fold(stem + "ий" * adjective).replace("'", "")
