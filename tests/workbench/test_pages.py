"""Every page answers, whatever is asked of it, and shows what the case holds."""

import re

import pytest

from guvoh.pages.measure import width
from tests.workbench.conftest import Browser

ODD = ["", "%00", "..%2f..%2fetc", "'", "%22%3E%3Cscript%3E", "a" * 3000, "%F0%9F%98%80", "%ff", "*", "%22", "-1", "9" * 40]  # fmt: skip


@pytest.mark.parametrize("odd", ODD)
def test_no_address_makes_it_fail(browser: Browser, odd: str) -> None:
    routes = [
        f"/{path}/{odd}"
        for path in (
            "events",
            "reports",
            "families",
            "people",
            "people/sealed",
            "claims",
            "undo",
            "publications",
            "nowhere",
        )
    ]
    listed = re.search(r'href="(/events/[\w-]+)"', browser.get("/events").text)
    assert listed is not None
    routes += [f"{listed.group(1)}/passages/{odd}", f"{listed.group(1)}/passages/{'9' * 5000}"]
    routes += [f"/claims/{odd}/correct", f"/publish?event={odd}", f"/families?language={odd}"]
    own = re.search(r'href="/reports/(\w+)"', browser.get("/reports").text)
    assert own is not None
    routes += [f"/compare?one={odd}&other={odd}", f"/compare?one={own[1]}&other={odd}&q={odd}"]
    routes += [f"/search?q=bus&in={odd}", f"/search?q=bus&publisher={odd}&stance={odd}"]
    routes += [f"/captures/{odd}/{how}" for how in ("text", "page", "bytes", odd)]
    for path in ("events", "reports", "people", "timeline", "map", "search", "add"):
        for key in ("q", "act", "status", "language", "rests", "from", "to", "page", "kind"):
            routes.append(f"/{path}?{key}={odd}")
    for route in routes:
        answer = browser.get(route)
        assert answer.status < 500, (route, answer.text)
        assert "<script>" not in answer.text


def test_the_first_page_counts_reports_texts_and_sources(browser: Browser) -> None:
    text = re.sub(r"<[^>]+>", "", browser.get("/").text)
    found = re.search(r"(\d+) reports → (\d+) texts → (\d+) original sources?", text)
    assert found is not None
    reports, texts, _ = map(int, found.groups())
    assert reports == 16
    assert texts < reports


def test_a_name_is_found_in_the_other_script(browser: Browser) -> None:
    text = browser.get("/search?q=%D0%A5%D0%BE%D1%80%D0%BE%D0%B1%D0%B5%D1%82").text
    assert "Marina Horobet" in text


def test_a_report_marks_its_claims_and_leads_to_the_bytes(browser: Browser) -> None:
    listed = browser.get("/reports?language=en").text
    address = re.search(r'href="(/reports/[0-9a-f]{64})"', listed)
    assert address is not None
    page = browser.get(address.group(1)).text
    assert page.count('class="claim-card"') > 5
    capture = re.search(r'href="(/captures/\w+)/page"', page)
    assert capture is not None
    original = browser.get(f"{capture.group(1)}/page")
    assert original.headers["content-security-policy"].startswith("sandbox; default-src 'none'")


def test_a_page_that_supplies_a_withheld_name_is_covered_and_its_original_not_shown(
    browser: Browser,
) -> None:
    listed = browser.get("/reports").text
    row = re.search(r'href="(/reports/(\w+))">(?:(?!</tr>).)*world-desk', listed, re.DOTALL)
    assert row is not None
    page = browser.get(row.group(1)).text
    assert "Qalandarzoda" not in page
    assert "the original is not shown here" in page
    for how in ("text", "page", "bytes"):
        assert browser.get(f"/captures/{row.group(2)}/{how}").status == 404


def test_it_speaks_russian_when_asked(browser: Browser) -> None:
    answer = browser.post("/language/ru")
    assert answer.status == 303
    chosen = answer.headers["set-cookie"].partition(";")[0]
    text = browser.get("/", Cookie=f"{browser.cookie}; {chosen}").text
    assert '<html lang="ru">' in text
    assert "сообщен" in text
    sentence = re.search(r'href="/events/\w+">([^<]+|<bdi>[^<]+)', text)
    assert sentence is not None
    text += browser.get("/review", Cookie=f"{browser.cookie}; {chosen}").text
    text += browser.get("/events", Cookie=f"{browser.cookie}; {chosen}").text
    assert not re.search(r"were taken away|Planned|by one account", text)


def test_the_timeline_tells_each_sentence_whole(browser: Browser) -> None:
    text = browser.get("/timeline").text
    bars = re.findall(
        r"<a href=\"/events/\w+\"><title>(.*?) \S+/\S*</title>(.*?)</a>", text, re.DOTALL
    )
    assert len(bars) > 2
    for sentence, drawn in bars:
        assert " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", drawn)) == sentence


def test_the_main_event_lies_on_the_map_where_its_plant_is(browser: Browser) -> None:
    text = browser.get("/map").text
    place = next(one for one in text.split("<li data-item>")[1:] if "Murmansk" in one)
    assert "Fish Plant No. 17" in place.partition("<ul>")[0]
    main = re.search(r'<td><a href="(/events/\w+)">', browser.get("/events").text)
    assert main is not None
    assert main[1] in place
    assert "Without a place on the map" not in text


def test_no_name_on_the_map_covers_another(browser: Browser) -> None:
    text = browser.get("/map").text
    names = re.findall(r'<text x="([\d.]+)" y="([\d.]+)" text-anchor="middle">([^<]+)</text>', text)
    assert len(names) > 2
    for at, (x, y, name) in enumerate(names):
        for other_x, other_y, other in names[at + 1 :]:
            apart = (width(name, 12, True) + width(other, 12, True)) / 2
            near = abs(float(y) - float(other_y)) < 14
            assert not (near and abs(float(x) - float(other_x)) < apart), (name, other)


def test_a_place_that_only_a_report_places_is_drawn_as_wide_as_it_is_vague(
    browser: Browser,
) -> None:
    assert re.search(r"<title>[^<]*Fish Plant No. 17[^<]* \(region\): \d", browser.get("/map").text)


def test_a_family_is_drawn_with_those_who_cite_it(browser: Browser) -> None:
    listed = browser.get("/families").text
    pages = [browser.get(a).text for a in re.findall(r'href="(/families/[^"]+)"', listed)]
    cited = [page for page in pages if "cited by" in page]
    assert cited
    for page in cited:
        told = re.search(r"(\d+) reports · cited by (\d+)", page)
        assert told is not None
        assert page.count('class="box report"') == int(told.group(1)) + int(told.group(2))
