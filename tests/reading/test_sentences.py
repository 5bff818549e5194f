import pytest

from guvoh.model.text import Span
from guvoh.reading.sentences import LONGEST, find_sentences


def cut(text: str, abbreviations: frozenset[str] = frozenset({"mr", "u.s"})) -> list[str]:
    spans = find_sentences(text, [Span(0, len(text))], abbreviations, frozenset({"staff"}))
    return [text[span.start : span.end] for span in spans]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two.", ["One.", "Two."]),
        ("Mr. Olim left. He ran.", ["Mr. Olim left.", "He ran."]),
        ("J. K. Olim left.", ["J. K. Olim left."]),
        ("In Building C. Staff left.", ["In Building C.", "Staff left."]),
        ("“Why?” he asked. “Go.”", ["“Why?” he asked.", "“Go.”"]),
        ("It cost 3.5 million. No.", ["It cost 3.5 million.", "No."]),
        ("the road is closed. nobody came.", ["the road is closed.", "nobody came."]),
        ("Wait… Who is there? Me!", ["Wait…", "Who is there?", "Me!"]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_text_without_punctuation_is_cut_at_spaces() -> None:
    pieces = cut("word " * 2000)
    assert max(len(piece) for piece in pieces) <= LONGEST
    assert sum(piece.count("word") for piece in pieces) == 2000
