"""hOCR: paragraphs and parted words put together, doubtful readings said to be so, no bytes lost."""

import pytest

from guvoh.clean.formats import clean
from guvoh.clean.identify import identify
from guvoh.protect.identity import Identity
from guvoh.protect.registry import Registry
from guvoh.protect.screen import mask

AT = "2026-11-30T00:00:00Z"
HEAD = "<html><head><meta name='ocr-system' content='tesseract 5'></head><body>"


def word(said: str, sure: int = 90) -> str:
    return f"<span class='ocrx_word' title='bbox 1 2 3 4; x_wconf {sure}'>{said}</span>"


def line(*words: str, sure: int = 90) -> str:
    return f"<span class='ocr_line'>{' '.join(word(one, sure) for one in words)}</span>"


def page(*paragraphs: str) -> bytes:
    body = "".join(f"<p class='ocr_par'>{one}</p>" for one in paragraphs)
    return f"{HEAD}<div class='ocr_page' id='page_1'>{body}</div></body></html>".encode()


def read(data: bytes) -> tuple[str, list[str]]:
    kind = identify(data, len(data), "words.hocr")
    assert kind == "text/vnd.hocr+html"
    reports, findings = clean("0" * 64, "a.png!/words.hocr", kind, data, AT)
    return "|".join(one.text for one in reports), [one.kind for one in findings if one.problem]


def test_lines_and_parted_words_are_joined() -> None:
    data = page(line("They", "saw", "the", "minis-") + line("ter", "go", "&amp;", "come."))
    assert read(data) == ("They saw the minister go & come.", [])


def test_a_paragraph_goes_on_in_small_letters_only() -> None:
    data = page(
        line("A", "headline."),
        line("He", "left", "the"),
        line("harbour."),
        line("Then", "he", "slept."),
    )
    assert read(data)[0] == "He left the harbour.\n\nThen he slept."


def test_a_compound_keeps_its_hyphen_before_a_capital() -> None:
    data = page(line("The", "Anglo-") + line("Saxon", "boat", "sank."))
    assert read(data)[0] == "The Anglo- Saxon boat sank."


def test_a_doubtful_reading_is_a_problem() -> None:
    assert read(page(line("Tlie", "fcrry", "lcft.", sure=40)))[1] == ["ocr"]


@pytest.mark.parametrize("data", [page(), page("loose words"), HEAD.encode()])
def test_without_words_it_says_so(data: bytes) -> None:
    assert read(data) == ("", ["no-text"])


def test_a_protected_name_is_masked_over_the_marks_between_its_words() -> None:
    data = page(line("They", "met", "Karim", "Yusupov", "there."))
    masked = mask(data, Registry([Identity("P-KARIM", ("Karim Yusupov",))]))
    assert masked is not None
    assert b"Karim" not in masked.data
    assert b"Yusupov" not in masked.data
