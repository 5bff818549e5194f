"""Search: reports, claims, people and events, in any script, narrowed by facets, and saved."""

import re
from html import unescape
from urllib.parse import quote

import pytest

from tests.workbench.conftest import Browser


def numbers(text: str) -> dict[str, int]:
    """Return how much of each noun was found, by its tab."""
    tabs = re.search(r'<nav class="views tabs".*?</nav>', text, re.DOTALL)
    assert tabs is not None
    found = re.findall(r'>(\w+) <span class="quiet">(\d+)</span></a>', tabs[0])
    return {name: int(number) for name, number in found}


def choices(text: str) -> dict[str, str]:
    """Return the addresses of all facets' choices by label and number."""
    listed = re.search(r'<dl class="facets".*?</dl>', text, re.DOTALL)
    assert listed is not None
    links = re.findall(r'<a href="([^"]+)"[^>]*>(.*?)</a>', listed[0], re.DOTALL)
    return {re.sub(r"<[^>]+>", "", label).strip(): unescape(to) for to, label in links}


@pytest.mark.parametrize("name", ["Horobet", "Хоробет", "horobet"])
def test_a_name_in_any_script_finds_claims_reports_people_and_events(
    browser: Browser, name: str
) -> None:
    text = browser.get(f"/search?q={quote(name)}").text
    found = numbers(text)
    assert found["Reports"] >= 7
    assert found["Claims"] > 10
    assert found["People"] >= 2
    assert found["Events"] > 1
    assert "Marina Horobet" in text
    assert "Марина Хоробет" in text


def test_a_claim_that_is_found_leads_to_its_place_and_copies_are_told_once(
    browser: Browser,
) -> None:
    text = browser.get('/search?q="telephone+that+goes+dead"&in=claims').text
    to = re.search(r'<a data-open href="/reports/([^"#]+)#c-([^"]+)"', text)
    assert to is not None
    assert f'id="c-{to[2]}"' in browser.get(f"/reports/{to[1]}").text
    assert "more reports have these words" in text
    assert "<mark>telephone that goes dead</mark>" in text


def test_each_facet_leaves_what_it_counts_and_leads_out_again(browser: Browser) -> None:
    whole = browser.get("/search?q=Horobet").text
    offered = choices(whole)
    assert any(label.startswith("English") for label in offered)
    for label, to in offered.items():
        told = re.fullmatch(r"(.+) (\d+)", label)
        assert told is not None
        narrowed = browser.get(to).text
        noun = "Claims" if re.search(r"[?&](said|stance)=", to) else "Reports"
        assert numbers(narrowed)[noun] == int(told[2]), label
        back = next(a for name, a in choices(narrowed).items() if name.startswith(f"{told[1]} ×"))
        assert numbers(browser.get(back).text) == numbers(whole)


def test_a_narrowed_search_is_saved_and_found_again(browser: Browser) -> None:
    to = next(a for n, a in choices(browser.get("/search?q=Horobet").text).items() if "denied" in n)
    kept = browser.get(to).text
    address = re.search(r'name="address" value="([^"]+)"', kept)
    assert address is not None
    answer = browser.post("/searches", name="What Horobet denies", address=unescape(address[1]))
    assert answer.status == 303
    assert numbers(browser.get(answer.headers["location"]).text) == numbers(kept)
    assert "What Horobet denies" in browser.get("/").text
    browser.post("/searches", name="What Horobet denies", address="")
    assert "What Horobet denies" not in browser.get("/search").text


def test_a_name_that_another_version_withholds_finds_nothing(browser: Browser) -> None:
    assert "Nothing fits" in browser.get("/search?q=Qalandarzoda").text


def test_words_are_marked_whole(browser: Browser) -> None:
    text = browser.get("/search?q=bus&in=reports").text
    marked = re.findall(r"<mark>(.*?)</mark>(\w?)", text)
    assert marked
    assert {(word.lower(), after) for word, after in marked} == {("bus", "")}
