"""Passages of a large event are on pages of their own, and come into its page where they are asked for."""

import re
import shutil
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser as Chromium

from guvoh.casefile.case import open_case
from guvoh.workbench import events
from guvoh.workbench.app import application
from guvoh.workbench.desk import Desk
from guvoh.workbench.gate import Pass
from tests.workbench.conftest import Browser, base, window
from tests.workbench.test_nothing_else import events as events_of

PART = 2


@pytest.fixture
def parted(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    """Serve the example case as if two reports were many."""
    monkeypatch.setattr(events, "PART", PART)
    monkeypatch.setattr(events, "BESIDE", 1)
    case = tmp_path / "case"
    shutil.copytree(built / "case", case)
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(16)
        given = Pass(listening.getsockname()[1])
        desk = Desk(open_case(case), given, "en")
        server = uvicorn.Server(uvicorn.Config(application(desk), log_config=None, lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        told = Browser(f"http://127.0.0.1:{given.port}/open?token={given.launch}", case)
        told.come_in()
        yield told
        server.should_exit = True
        thread.join()
        desk.close()


def test_every_passage_of_an_event_is_a_link_away_without_script(parted: Browser) -> None:
    event = max(events_of(parted.case), key=lambda one: len(one.reports))
    page = parted.get(f"/events/{event.id}").text
    assert len(event.reports) > 2 * PART
    pages = {page: [f"/events/{event.id}"]}
    for address in dict.fromkeys(re.findall(r'data-part="([^"]+)"', page)):
        pages[parted.get(address).text] = [address]
    assert len(pages) == -(-len(event.reports) // PART)
    for claim in event.claims:
        assert page.count(f'id="c-{claim}"') == 1
        (whole,) = [one for one in pages if re.search(f'id="c-{claim}"><b>.*?<blockquote', one)]
        assert whole == page or f"{pages[whole][0]}#c-{claim}" in page
    first, *_, last = pages
    assert 'rel="next"' in list(pages)[1]
    assert 'rel="next"' not in last
    for odd in (0, 1, 999):
        assert parted.get(f"/events/{event.id}/passages/{odd}").status == 404
    folded = re.search(r'href="(/families/[^"#]+)#(d-[^"]+)"', first)
    assert folded is not None
    assert f'id="{folded[2]}"' in parted.get(folded[1]).text


def test_passages_come_into_the_page_and_stay_there_after_a_decision(
    chromium: Chromium, parted: Browser
) -> None:
    event = max(events_of(parted.case), key=lambda one: len(one.reports))
    with window(chromium, parted.address) as page:
        page.goto(f"{base(page)}/events/{event.id}")
        passages = page.locator("article[id] blockquote").count()
        page.locator("[data-part] a").first.click()
        page.wait_for_function(
            "n => document.querySelectorAll('article[id] blockquote').length > n", arg=passages
        )
        shown = page.locator("article[id] blockquote").count()
        assert page.url.endswith(event.id)
        with page.expect_response(lambda answer: "/decide" in answer.url):
            page.locator("section.later button", has_text="Its source does not").first.click()
        page.wait_for_selector("text=Take back")
        assert page.url.endswith(event.id)
        page.wait_for_function(
            "n => document.querySelectorAll('article[id] blockquote').length == n", arg=shown
        )


def test_another_event_is_found_by_words_and_merged(browser: Browser) -> None:
    whole = browser.get("/events").text
    ids = re.findall(r'<td><a href="/events/(\w+)">', whole)
    told = browser.get(f"/events/{ids[0]}?find=Saratov").text
    offered = re.search(r'<select name="other" required>(.*?)</select>', told, re.DOTALL)
    assert offered is not None
    found = re.findall(r'<option value="(\w+)"', offered[1])
    assert found
    assert len(found) < len(ids) - 1
    assert "Saratov" in offered[1]
    nothing = browser.get(f"/events/{ids[0]}?find=zzzz").text
    assert "Nothing fits" in nothing
    near = browser.get(f"/events/{ids[0]}").text
    offered = re.search(r'<select name="other" required>(.*?)</select>', near, re.DOTALL)
    assert offered is not None
    assert set(re.findall(r'<option value="(\w+)"', offered[1])) == set(ids) - {ids[0]}
