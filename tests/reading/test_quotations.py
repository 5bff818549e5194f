import pytest

from guvoh.model.text import Span
from guvoh.reading.quotations import find_quotations


def inner(text: str) -> list[str]:
    spans = []
    at = 0
    for piece in text.split("\n\n"):
        spans.append(Span(at, at + len(piece)))
        at += len(piece) + 2
    return [text[q.inner.start : q.inner.end] for q in find_quotations(text, spans)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “no” twice.", ["no"]),
        ("Er sagte „nein“ zweimal.", ["nein"]),
        ("Он сказал «нет» дважды.", ["нет"]),
        ("He said ‹no› twice.", ["no"]),
        ('He said "no" twice.', ["no"]),
        ("'It isn't so,' he said, 'and won't be.'", ["It isn't so,", "and won't be."]),
        ("“He told me ‘go’ and I went.”", ["He told me ‘go’ and I went.", "go"]),
        ("The prisoners' food and the guards' dogs.", []),
        ("— Нас обманули, — сказал он. — Мы не хотели.", ["Нас обманули", "Мы не хотели."]),
        ("—No sabíamos nada —dijo el padre—. Nadie habló.", ["No sabíamos nada", "Nadie habló."]),
    ],
)
def test_marks_of_every_tradition(text: str, expected: list[str]) -> None:
    assert inner(text) == expected


def test_a_quotation_runs_over_paragraphs() -> None:
    text = "“We waited.\n\n“Nobody came,” she said."
    assert inner(text) == ["We waited.", "Nobody came,"]
    first = find_quotations(text, [Span(0, 11), Span(13, 37)])[0]
    assert first.continues


def test_a_lost_end_reaches_to_the_paragraphs_end_and_says_so() -> None:
    text = "“They took us, he said."
    (found,) = find_quotations(text, [Span(0, len(text))])
    assert not found.closed


def test_a_lost_beginning_is_the_paragraphs() -> None:
    text = "They took us,” he said."
    (found,) = find_quotations(text, [Span(0, len(text))])
    assert text[found.inner.start : found.inner.end] == "They took us,"
    assert not found.closed
