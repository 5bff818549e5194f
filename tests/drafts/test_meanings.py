"""Words that mean the same in several languages are known in each, and rivals are told from others."""

import pytest

from guvoh.drafts.meanings import meanings
from guvoh.model.text import Span


def names(text: str, language: str) -> list[str]:
    return [one.name for one in meanings(text, Span(0, len(text)), language)]


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("en", "Nobody signed an application.", {"sign", "application"}),
        ("ru", "Заявлений никто не подписывал.", {"sign", "application"}),
        ("es", "Firmaron de forma voluntaria.", {"sign", "willing"}),
        ("fr", "Il a refusé de signer.", {"refuse", "sign"}),
        ("ru", "Все пошли по своей воле.", {"willing"}),
        ("en-GB", "They went of their own free will.", {"willing"}),
        ("ky", "Алар кол коюшту.", set()),
    ],
)
def test_words_are_known_by_their_beginnings(language: str, text: str, wanted: set[str]) -> None:
    assert wanted <= set(names(text, language))
    assert wanted or not names(text, language)


def test_a_word_with_a_full_stop_is_known_whole() -> None:
    assert "bus" in names("two buses", "en")
    assert "bus" not in names("a business", "en")


def test_rivals_share_a_kind() -> None:
    text = "soldiers, not the police"
    found = meanings(text, Span(0, len(text)), "en")
    assert {one.rivals for one in found} == {"actor"}
    assert [text[one.span.start : one.span.end] for one in found] == ["soldiers", "police"]
