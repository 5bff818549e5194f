"""People across reports: each has a page, and who may be one is decided there and taken back."""

import re

from tests.workbench.conftest import Browser

PROPOSED = re.compile(
    r'name="target" value="([^"]+)"><input type="hidden" name="verdict" value="same-person">'
    r'<input type="hidden" name="other" value="([^"]+)"'
)


def sources(browser: Browser) -> int:
    found = re.search(r"<strong>(\d+) original sources?", browser.get("/").text)
    assert found is not None
    return int(found[1])


def test_each_person_that_is_listed_has_a_page_that_names_where(browser: Browser) -> None:
    listed = re.findall(r'<td><a href="(/people/[^"]+)">', browser.get("/people").text)
    assert len(listed) > 20
    for address in listed[:12]:
        page = browser.get(address)
        assert page.status == 200
        assert 'href="/reports/' in page.text
    assert browser.get("/people/nobody/p0").status == 404


def test_people_come_first_and_what_is_called_like_an_outlet_or_a_place_is_told_apart(
    browser: Browser,
) -> None:
    text = browser.get("/people").text
    first, apart = text.split("<details")[:2]
    assert "Marina Horobet" in first
    assert ">organisation<" not in first
    assert ">Barents<" not in re.sub("</?bdi>", "", first)
    assert "Barents" in apart
    outlets = browser.get("/people?kind=organisation").text
    assert "Eastlight Monitor" in outlets
    whole = browser.get("/people?kind=all").text
    numbers = re.findall(r'<a href="/people[^"]*"[^>]*>([\w ]+) <span class="quiet">(\d+)', whole)
    told = {name: int(number) for name, number in numbers}
    assert told["All"] > told["People and groups"] > told["Organisations"] > told["Documents"] > 0
    assert told["All"] >= sum(told[one] for one in told if one != "All")


def test_what_may_be_one_is_proposed_with_reasons_decided_and_taken_back(browser: Browser) -> None:
    before, listed = sources(browser), browser.get("/people").text
    pair = PROPOSED.search(listed)
    assert pair is not None
    assert "can be one name" in listed
    assert "For it" in listed
    answer = browser.post(
        "/decide", target=pair[1], verdict="same-person", other=pair[2], back=f"/people/{pair[1]}"
    )
    assert answer.status == 303
    page = browser.get(answer.headers["location"]).text
    assert "one person with another" in page
    assert sources(browser) <= before
    assert pair[0] not in browser.get("/people").text
    undo = re.search(r'action="(/undo/[^"]+)"', page)
    assert undo is not None
    assert browser.post(undo[1].replace("&amp;", "&")).status == 303
    assert sources(browser) == before
    assert pair[0] in browser.get("/people").text


def test_whoever_is_found_to_be_two_is_proposed_no_more(browser: Browser) -> None:
    pair = PROPOSED.search(browser.get("/people").text)
    assert pair is not None
    browser.post("/decide", target=pair[1], verdict="other-person", other=pair[2], back="/people")
    for view in ("/people", "/review", f"/people/{pair[1]}"):
        assert pair[0] not in browser.get(view).text
    page = browser.get(f"/people/{pair[1]}").text
    undo = re.search(r'action="(/undo/[^"]+)"', page)
    assert undo is not None
    browser.post(undo[1].replace("&amp;", "&"))


def test_nobody_whose_name_is_withheld_is_proposed(browser: Browser) -> None:
    text = browser.get("/people").text
    proposed = re.findall(r'aria-label="([^"]+) = ([^"]+)\?"', text)
    assert proposed
    assert "name withheld" not in {name for pair in proposed for name in pair}
    veiled = {"Daler", "Далер"}
    for pair in proposed:  # a pseudonym only with the same pseudonym
        assert not veiled & set(pair) or set(pair) <= veiled
