import pytest

from guvoh.languages import load
from guvoh.reading.passage import BREAK, COLON, COMMA, DASH, DOT, JOIN, SLASH, passage_of


@pytest.mark.parametrize(
    ("text", "gap"),
    [
        ("a b", JOIN),
        ("a-b", JOIN),
        ("a\nb", JOIN),
        ("a, b", COMMA),
        ("a – b", DASH),
        ("a. b", DOT),
        ("a/b", SLASH),
        ("a: b", COLON),
        ("a\n\nb", BREAK),
        ("a (b", BREAK),
        ("a” “b", BREAK),
    ],
)
def test_what_stands_between_words(text: str, gap: int) -> None:
    assert passage_of(text, load("en")).gap(1) == gap


def test_no_phrase_runs_across_a_mark() -> None:
    language = load("en")
    assert passage_of("last week", language).match(language.relative, 0) is not None
    assert passage_of("last. Week", language).match(language.relative, 0) is None


def test_entries_are_found_backwards() -> None:
    language = load("en")
    passage = passage_of("at least 300", language)
    assert passage.ends_with(language.bounds, 2, "atleast") == 0
    assert passage.ends_with(language.bounds, 2, "over") is None
