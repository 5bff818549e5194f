"""Traces of translation."""

from collections.abc import Callable

import pytest

from guvoh.lineage.artefacts import artefacts, edits, garbled_prompt
from guvoh.lineage.side import Side


@pytest.mark.parametrize("line", ["Leave a Replay", "Leave a Coment", "Image sauce"])
def test_garbled(line: str) -> None:
    assert garbled_prompt(line) == (line != "Image sauce")


@pytest.mark.parametrize("line", ["Leave a Reply", "READ MORE", "Оставить комментарий", "Hello"])
def test_whole(line: str) -> None:
    assert not garbled_prompt(line)


def test_edits_are_counted_up_to_a_limit() -> None:
    assert edits("reply", "replay", 1) == 1
    assert edits("reply", "reply", 1) == 0
    assert edits("reply", "rope", 1) == 2


def test_an_alt_text_in_another_language_is_a_trace(make_side: Callable[..., Side]) -> None:
    assert artefacts(make_side("a", "Words.", alt="es").report).languages == ("es",)
    told = artefacts(make_side("a", "Words.", alt="es").report).evidence
    assert told == ("An image has an alt text in another language (Spanish).",)
    assert artefacts(make_side("a", "Words.", alt="en").report).evidence == ()
    assert artefacts(make_side("a", "Words.", "und", alt="es").report).evidence == ()
