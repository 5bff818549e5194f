"""The cheap pass over a page: in which charset it is read, and which day it states."""

import pytest

from guvoh.bulk.profile import parse_profile
from guvoh.bulk.scan import marks, page_text
from guvoh.intake.warcs import WebRecord

ABOUT = parse_profile('least = 1\n[terms.a]\nen = ["fish plant"]', "mine")
STORY = (
    "Workers of the fish plant in Velmor were taken away at night and sent to the front, the father"
    " of one of them told the agency. He said that forty-one men had been put on two buses by people"
    " in uniform who showed no papers. The director of the plant called it a rumour. Relatives who"
    " came to the gate on Tuesday were told that nobody had left. A lawyer from Orrin has asked the"
    " prosecutor for a list of names, and the ministry did not answer. The plant takes in 900 tonnes"
    " of bream a year and had 212 people on its list in November."
)
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


def test_editions_of_a_short_story_share_one_of_two_sketches() -> None:
    first = marks(ABOUT, STORY)
    editions = [marks(ABOUT, f"{STORY} Edition {n} of desk {n % 97}.") for n in range(200)]
    assert len({one["twin"] for one in editions}) == 200
    shared = [one for one in editions if first["near"] == one["near"] or first["far"] == one["far"]]
    assert len(shared) >= 180
    other = marks(ABOUT, TOLD + " The fish plant was not spoken of.")
    assert not {first["near"], first["far"]} & {other["near"], other["far"]}
