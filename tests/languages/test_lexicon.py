import tomllib
from importlib.resources import files
from typing import Any

import pytest

from guvoh.languages import LANGUAGES, Language, load
from guvoh.languages.lexicon import Bounds, Cue, Pronoun, Role

ALL = [load(code) for code in LANGUAGES]


def shown(value: object) -> object:
    """Write a value as examples.toml does."""
    match value:
        case Cue():
            return value.stance.value
        case Role():
            return value.key
        case Bounds():
            return f"{value.low}-{'' if value.high is None else value.high}"
        case Pronoun():
            marks = [str(value.person), value.number, value.gender]
            return " ".join([mark for mark in marks if mark] + ["possessive"] * value.possessive)
        case (unit, shift):
            return f"{unit} {shift}"
    return value


def cases() -> list[Any]:
    return [
        pytest.param(language, lexicon, phrase, wanted, id=f"{language.code}-{lexicon}-{phrase}")
        for language in ALL
        for lexicon, lines in language.examples.items()
        for phrase, wanted in lines.items()
    ]


def test_the_list_names_the_folders() -> None:
    folders = [entry.name for entry in files("guvoh.languages").iterdir() if entry.is_dir()]
    assert sorted(name for name in folders if not name.startswith("_")) == sorted(LANGUAGES)


@pytest.mark.parametrize(("language", "lexicon", "phrase", "wanted"), cases())
def test_examples(language: Language, lexicon: str, phrase: str, wanted: object) -> None:
    text = language.words(phrase)
    values = [
        shown(value)
        for length, value in getattr(language, lexicon).matches(text, 0)
        if length == len(text)
    ]
    assert wanted in values


@pytest.mark.parametrize("language", ALL, ids=LANGUAGES)
def test_a_folder_is_complete(language: Language) -> None:
    assert {number for _, number in language.months} == set(range(1, 13))
    assert {number for _, number in language.weekdays} == set(range(1, 8))
    assert {number for _, number in language.cardinals} >= set(range(1, 21))
    assert {cue.stance for _, cue in language.cues} >= {"asserted", "denied", "reported", "planned"}
    assert {"UZ", "TJ", "KG", "RU", "central-asian"} <= {name for _, name in language.demonyms}
    assert len(language.examples) >= 10


def declared(file: str, table: str) -> set[str]:
    """Return the keys of a table of English; a list is empty where English has no such word."""
    text = files("guvoh.languages").joinpath("en", file).read_text(encoding="utf-8")
    return set(tomllib.loads(text)[table])


def test_languages_name_the_same_things_alike() -> None:
    english = load("en")
    for language in ALL:
        assert {key.split()[0] for _, key in language.acts} <= {
            key.split()[0] for _, key in english.acts
        }
        assert {key for _, key in language.kin} <= {key for _, key in english.kin}
        assert {role for _, role in language.roles} <= {role for _, role in english.roles}
        assert {key for _, key in language.facilities} <= {key for _, key in english.facilities}
        assert {key for _, key in language.organisations} <= {
            key for _, key in english.organisations
        }
        assert {key for _, key in language.time_links} <= declared("times.toml", "links")
        assert {key for _, key in language.modifiers} <= {key for _, key in english.modifiers}
        assert {key for _, key in language.bounds} <= declared("numbers.toml", "bounds")
        assert {unit for _, unit in language.units} <= {unit for _, unit in english.units}


def test_english_and_russian_are_rich() -> None:
    def verbs(code: str) -> int:
        return len({cue.lemma for _, cue in load(code).cues if cue.kind == "verb"})

    assert verbs("en") >= 150
    assert verbs("ru") >= 120
    assert min(verbs("es"), verbs("fr")) >= 80


def test_an_unknown_language_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        load("xx")


def test_the_script_does_not_matter() -> None:
    assert load("uz-Cyrl") is load("uz")
