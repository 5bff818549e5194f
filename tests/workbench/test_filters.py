"""What a list is narrowed to goes along to other views, narrows each of them, and is found again by name."""

import html
import re
from urllib.parse import urlencode

from tests.workbench.conftest import Browser
from tests.workbench.test_deciding import shown


def test_filters_narrow_reports_and_families_to_what_tells_of_such_events(browser: Browser) -> None:
    events = shown(browser.case, "events")
    act = min({act for e in events for act in e["acts"]}, key=lambda a: sum(a in e["acts"] for e in events))  # fmt: skip
    fitting = {event["event"] for event in events if act in event["acts"]}
    listed = set(re.findall(r'href="/reports/(\w+)"', browser.get(f"/reports?act={act}").text))
    claims = {c["claim"]: c["report"] for c in shown(browser.case, "claims")}
    expected = {claims[c] for e in events if e["event"] in fitting for c in e["claims"]}
    assert listed == expected
    every = set(re.findall(r'href="/families/(\w+)"', browser.get("/families").text))
    some = set(re.findall(r'href="/families/(\w+)"', browser.get(f"/families?act={act}").text))
    assert some <= every
    offered = re.findall(r'name="event" value="(\w+)"', browser.get(f"/publish?act={act}").text)
    assert set(offered) == fitting


def test_filters_go_along_from_view_to_view(browser: Browser) -> None:
    kept = {"act": "transfer", "status": "past", "q": "bus"}
    for view in ("/events", "/reports", "/families", "/timeline", "/map", "/publish"):
        page = html.unescape(browser.get(f"{view}?{urlencode(kept)}").text)
        for other in ("/events", "/reports", "/families", "/timeline", "/map", "/publish"):
            assert f'href="{other}?q=bus&act=transfer&status=past"' in page, (view, other)
        assert 'href="/people?act=transfer&status=past"' in page
        assert 'href="/review"' in page


def test_a_search_is_saved_found_and_forgotten(browser: Browser) -> None:
    page = html.unescape(browser.get("/events?act=transfer&rests=one").text)
    found = re.search(r'name="address" value="([^"]+)"', page)
    assert found is not None
    answer = browser.post("/searches", name="one  <source> & more", address=found[1])
    assert answer.headers["location"] == "/events?act=transfer&rests=one"
    for view in ("/", "/search"):
        listed = browser.get(view).text
        assert "one &lt;source&gt; &amp; more" in listed
        assert 'href="/events?act=transfer&amp;rests=one"' in listed
    assert browser.post("/searches", name="one <source> & more").status == 303
    assert "&lt;source&gt;" not in browser.get("/").text


def test_only_our_own_views_are_saved(browser: Browser) -> None:
    for to in (
        "http://evil.example/",
        "//evil.example/",
        "/undo/x",
        "javascript:alert(1)",
        "/events/../x",
    ):
        assert browser.post("/searches", name="x", address=to).status == 409, to
    assert browser.post("/searches", name=" ", address="/events?act=x").status == 409
