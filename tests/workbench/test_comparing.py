"""Any two reports side by side: aligned, what is worded otherwise marked, and who derives from whom decided."""

import re
from html import unescape
from urllib.parse import quote

from tests.workbench.conftest import Browser

ORIGINAL, COPY = "arctic-fish-plant-buses.html", "ninefold-fish-plant.txt"
STRANGER, UNMASKING = "quillmark-colony-17.html", "world-desk-exclusive.html"
SPANISH = "corriente-austral-planta-pesquera.html"


def report(browser: Browser, file: str) -> str:
    row = re.search(
        rf'href="/reports/(\w+)">(?:(?!</tr>).)*{re.escape(file)}',
        browser.get("/reports").text,
        re.DOTALL,
    )
    assert row is not None
    return row[1]


def compared(browser: Browser, one: str, other: str) -> str:
    ends = report(browser, one), report(browser, other)
    return browser.get(f"/compare?one={ends[0]}&other={ends[1]}").text


def plain(text: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


def rows(text: str) -> list[str]:
    return re.findall(r'<div class="twin(?: alone| same)*">.*?</div></div>', text, re.DOTALL)


def test_two_versions_are_aligned_and_what_is_worded_otherwise_is_marked(browser: Browser) -> None:
    for ends in ((ORIGINAL, COPY), (COPY, ORIGINAL)):
        text = compared(browser, *ends)
        row = next(one for one in rows(text) if "three dozen" in one)
        assert re.findall(r"<mark>(.*?)</mark>", row) == ["In late", "about thirty", "At the start of", "three dozen"]  # fmt: skip
        alone = [plain(one) for one in rows(text) if "alone" in one]
        assert any(one.startswith("only in Eastlight Monitor He was on the night") for one in alone)
        assert "Ninefold News: copied with edits from Eastlight Monitor" in plain(text)


def test_versions_in_two_languages_are_aligned(browser: Browser) -> None:
    text = compared(browser, ORIGINAL, SPANISH)
    together = [plain(one) for one in rows(text) if "alone" not in one]
    assert any("pay for his mother" in one and "operación" in one for one in together)
    assert len(together) > 6
    assert "· Spanish" in plain(text)
    assert text.count("names a translator") == 1


def test_what_one_withholds_the_other_does_not_supply(browser: Browser) -> None:
    for one in (ORIGINAL, STRANGER):
        assert "Qalandarzoda" not in compared(browser, one, UNMASKING)


def test_a_derivation_is_set_turned_rejected_and_taken_back(browser: Browser) -> None:
    child, parent = report(browser, STRANGER), report(browser, ORIGINAL)
    here = f"/compare?one={parent}&other={child}"
    assert "neither derives from the other" in plain(browser.get(here).text)

    def decide(target: str, verdict: str, other: str) -> str:
        answer = browser.post("/decide", target=target, verdict=verdict, other=other, back=here)
        assert (answer.status, answer.headers["location"]) == (303, here)
        return browser.get(here).text

    said = decide(child, "parent", parent)
    assert "assessed: Quillmark derives from Eastlight Monitor" in plain(said)
    family = re.search(r'href="(/families/[^"]+)">Both are of one origin', said)
    assert family is not None
    assert "Quillmark" in browser.get(family[1]).text

    turned = decide(parent, "parent", child)
    assert "assessed: Eastlight Monitor derives from Quillmark" in plain(turned)
    assert "assessed: neither" in plain(decide(child, "reject", parent))
    while back := re.search(r'action="(/undo/[^"]+)"', browser.get(here).text):
        assert browser.post(unescape(back[1])).headers["location"] == here
    whole = browser.get(here).text
    assert "assessed" not in whole
    assert "Both are of one origin" not in whole


def test_the_other_report_is_found_near_or_by_its_words(browser: Browser) -> None:
    one = report(browser, ORIGINAL)
    near = browser.get(f"/compare?one={one}").text
    assert f"one={one}&amp;other={report(browser, COPY)}" in near
    found = browser.get(f"/compare?one={one}&q={quote('sawmill')}").text
    assert f"other={report(browser, STRANGER)}" in found
    far = browser.get(f"/compare?one={report(browser, STRANGER)}").text
    assert "None has the same origin" in far
    assert f"other={one}" in far


def test_a_family_offers_any_two_of_its_reports(browser: Browser) -> None:
    listed = browser.get("/families").text
    to = re.search(r'href="(/families/[^"]+)"', listed)
    assert to is not None
    text = browser.get(to[1]).text
    form = re.search(r'<form[^>]*action="/compare".*?</form>', text, re.DOTALL)
    assert form is not None
    options = re.findall(r'<option value="(\w+)"', form[0])
    assert len(set(options)) > 7
    assert browser.get(f"/compare?one={options[0]}&other={options[-1]}").status == 200
