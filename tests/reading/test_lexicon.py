import pytest

from guvoh.reading.lexicon import lexicon_of
from guvoh.reading.tokens import Splitting, tokenize

LANGUAGES = ["en", "es", "fr", "ru"]
CLASSES = {"say", "think", "want", "ask", "according", "citing", "noun", "impersonal"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_every_class_of_cue(language: str) -> None:
    lexicon = lexicon_of(language)
    classes = {
        entry.info["class"]
        for branch in lexicon.branches.values()
        for _, entry in branch
        if entry.section == "cues"
    }
    assert classes >= CLASSES


@pytest.mark.parametrize("language", LANGUAGES)
def test_multi_word_entries_can_match_the_tokens_they_are_made_of(language: str) -> None:
    lexicon = lexicon_of(language)
    unreachable = []
    for first, branch in lexicon.branches.items():
        for rest, entry in branch:
            words = " ".join((first, *rest))
            tokens = tokenize(words, lexicon.splitting)
            if len(tokens) == 1 + len(rest) and not lexicon.at(
                tuple(token.low for token in tokens), 0
            ):
                unreachable.append((words, entry.lemma))
    assert unreachable == []


def test_forms_know_their_lemma_and_number() -> None:
    lexicon = lexicon_of("en")
    (match, *_) = lexicon.at(tuple(token.low for token in tokenize("wives", lexicon.splitting)), 0)
    assert (match.entry.lemma, match.entry.form) == ("wife", "pl")


def test_an_unknown_language_is_read_with_english_words() -> None:
    assert lexicon_of("xx").language == "en"


def test_elision_possessive_and_numbers() -> None:
    french = Splitting(elided=frozenset({"l", "qu"}), suffixed=("-t-il",))
    assert [t.text for t in tokenize("qu’il a-t-il", french)] == ["qu’", "il", "a", "-t-il"]
    english = Splitting(possessive=True)
    assert [t.text for t in tokenize("Olim's 1,200 men.", english)] == [
        "Olim",
        "'s",
        "1,200",
        "men",
        ".",
    ]


def test_a_twin_is_read_by_the_words_of_the_language_that_has_a_folder() -> None:
    assert lexicon_of("hr").language == "sr"
    assert lexicon_of("xx").language == "en"


@pytest.mark.parametrize("language", ["ky", "sr", "tg", "uk", "uz"])
def test_a_language_with_common_lists_alone_has_cues_kin_and_offices(language: str) -> None:
    lexicon = lexicon_of(language)
    entries = [entry for branch in lexicon.branches.values() for _, entry in branch]
    assert {"cues", "kin", "person", "organisation", "media"} <= {e.section for e in entries}
    classes = {e.info["class"] for e in entries if e.section == "cues"}
    assert {"tell", "think", "want", "ask", "say", "noun"} <= classes
