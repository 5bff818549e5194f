import re

import pytest

from guvoh.corroborate.descent import tells_descent
from guvoh.model.text import Span


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Timur left [Tajikistan] in 2021", "en"),
        ("Timur, a citizen of [Tajikistan], was there", "en"),
        ("the [Tajik] seasonal worker Timur was there", "en"),
        ("Timur, an ethnic [Uzbek], was there", "en"),
        ("Тимур, уроженец [Таджикистана], был там", "ru"),
        ("Тимур приехал из [Таджикистана]", "ru"),
        ("Timur a quitté le [Tadjikistan] en 2021", "fr"),
        ("Timur salió de [Tayikistán] en 2021", "es"),
        ("Timur [Tojikistondan] kelgan", "uz"),
    ],
)
def test_where_somebody_is_from_is_told(text: str, code: str) -> None:
    assert told(text, code)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Timur came to [Russia] to look for work", "en"),
        ("Timur signed a paper in [Russian] that he could not read", "en"),
        ("Timur saw buses with [Tajiks] and others", "en"),
        ("Тимур поехал в [Россию] на заработки", "ru"),
        ("Timur est arrivé en [Russie] en 2017", "fr"),
        ("Timur [Rossiyaga] ish izlab kelgan", "uz"),
    ],
)
def test_where_somebody_goes_or_what_they_speak_is_not_where_they_are_from(
    text: str, code: str
) -> None:
    assert not told(text, code)


def told(text: str, code: str) -> bool:
    start, end = text.index("["), text.index("]") - 1
    text = re.sub(r"[\[\]]", "", text)
    found = re.search(r"Timur|Тимур", text)
    assert found is not None
    people = any(sign in text for sign in ("Tajik ", "Uzbek", "Russian", "Tajiks"))
    return tells_descent(text, Span(start, end), [Span(*found.span())] if people else (), code)
