"""The cheap pass over a page: in which charset it is read, and which day it states."""

import pytest

from guvoh.bulk.scan import page_text
from guvoh.intake.warcs import WebRecord

TOLD = "The mayor said “no” — and Zoë’s café closed. " * 12


def page(body: bytes, charset: str | None = None) -> WebRecord:
    """Return a page as a crawl holds it."""
    return WebRecord("r", 0, "https://a.example/", "", "text/html", charset, body)


@pytest.mark.parametrize(
    ("told", "coded", "charset"),
    [
        (TOLD, "utf-8", None),
        (TOLD, "utf-8-sig", None),
        (TOLD, "cp1252", None),
        (TOLD, "cp1252", "cp1252"),
        (TOLD, "utf-8", "no-such-charset"),
        ("囚人たちは前線に送られたと父親は記者に語った。" * 12, "iso-2022-jp", None),
        ("Осуждённых отправляли на фронт без согласия. " * 12, "koi8-r", None),
    ],
)
def test_a_page_is_read_in_its_charset(told: str, coded: str, charset: str | None) -> None:
    body = f"<html><body><article><p>{told}</p></article></body></html>".encode(coded)
    text, _, lost = page_text(page(body, charset))
    assert lost == ""
    assert text.split() == told.split()


def test_a_long_page_in_utf_8_is_so_though_its_ends_are_ascii() -> None:
    told = "Les détenus ont été envoyés au front contre leur gré. " * 12
    script = f"<script>{'let a = 1; ' * 8_000}</script>"
    body = f"<html><body>{script}<p>{told}</p>{script}</body></html>"
    text, _, _ = page_text(page(body.encode()))
    assert text.split() == told.split()


@pytest.mark.parametrize("quote", ['"', "'"])
def test_a_page_states_its_day(quote: str) -> None:
    stated = f"<meta property={quote}article:published_time{quote} content='2023-01-30T08:00:00Z'>"
    body = f"<html><head>{stated}</head><body><p>{TOLD}</p></body></html>".encode()
    assert page_text(page(body))[1] == "2023-01-30"
    assert page_text(page(body.replace(b"article:published_time", b"og:title")))[1] == ""
