"""Adding goes on through a lost answer, and what cannot be taken in now is not lost."""

import json
import re
import shutil
import time
from hashlib import sha256
from pathlib import Path

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Route

from guvoh.casefile import captures, journal, state
from guvoh.casefile.case import open_case
from tests.workbench.conftest import REPORTS, Browser, base, serving, window

FILE = REPORTS / "arctic-fish-plant-buses.html"


def test_progress_is_asked_again_after_answers_that_were_lost(
    chromium: Chromium, built: Path, tmp_path: Path
) -> None:
    lost: list[str] = []

    def lose(route: Route) -> None:
        asked = route.request
        if asked.method == "GET" and asked.resource_type == "fetch" and len(lost) < 3:
            lost.append(asked.url)
            route.abort()
        elif asked.url.endswith("/add") and asked.resource_type == "fetch" and len(lost) < 4:
            lost.append(asked.url)
            route.fulfill(status=500, body="<h1>That was not done</h1>")
        else:
            route.continue_()

    with (
        serving(tmp_path / "case", built / "home") as address,
        window(chromium, address, allowed="Failed to load resource") as page,
    ):
        page.wait_for_url("**/add")
        page.locator("input[type=file]").first.set_input_files(FILE)
        with page.expect_navigation():
            page.locator("#add button").click()
        page.locator("input[type=file]").first.set_input_files(FILE)
        page.route("**/progress", lose)
        page.route("**/add", lose)
        page.wait_for_selector("text=To the case")
        assert len(lost) == 4
        assert page.locator(".busy").count() == 0
        chosen = page.locator("input[type=file]").first
        assert chosen.evaluate("one => one.files.length") == 1  # chosen meanwhile, and still chosen
        assert base(page) + "/add" == page.url


def test_a_text_that_comes_while_others_are_taken_in_is_given_back(browser: Browser) -> None:
    told = {"outlet": "Pravda & Co", "day": "2024-02-16", "exposure": "public"}
    text = 'The clerk said: "Nine <men> were taken."'
    assert browser.post("/add/text", text="The driver said: “Two left.”").status == 303
    answer = browser.post("/add/text", text=text, **told)
    assert answer.status == 409
    assert "Other files are being taken in" in answer.text
    assert "Nine &lt;men&gt; were taken" in answer.text
    for kept in ('value="Pravda &amp; Co"', 'value="2024-02-16"', 'value="public" checked'):
        assert kept in answer.text
    wait(browser)
    assert browser.post("/add/text", text=text, **told).status == 303
    wait(browser)


def wait(browser: Browser) -> None:
    for _ in range(600):
        if json.loads(browser.get("/progress").text)["over"]:
            break
        time.sleep(0.1)


def test_a_pasted_text_has_a_name_that_tells_nothing_and_is_one_capture(browser: Browser) -> None:
    told = {"text": "Four men came back from the brickworks, the cook said.", "exposure": "public"}
    for _ in range(2):
        assert browser.post("/add/text", **told).status == 303
        wait(browser)
    case = open_case(browser.case)
    known = state.fold(journal.read(case)).captures.values()
    pasted = {one: captures.read(case, one.digest) for one in known if "pasted" in one.file}
    (made,) = [one for one, data in pasted.items() if told["text"].encode() in data]
    for capture, data in pasted.items():
        for arrival in capture.arrivals:
            assert not any(
                part in sha256(data).hexdigest()
                for part in re.findall("[0-9a-f]{6,}", arrival.file)
            )
    assert len(made.arrivals) == 2


def test_what_was_sent_is_not_left_behind_where_the_workbench_is_ended_meanwhile(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = tmp_path / "sent"
    sent.mkdir()
    monkeypatch.setenv("TMPDIR", str(sent))
    shutil.copytree(built / "case", tmp_path / "case")
    with serving(tmp_path / "case", built / "home") as address:
        browser = Browser(address, tmp_path / "case")
        browser.come_in()
        assert browser.post("/add/text", text="Nine men were taken. " * 9000).status == 303
        assert list(sent.glob("guvoh-*"))
    assert not list(sent.glob("guvoh-*"))
