"""A decision changes the event that it should and nothing else, and can be taken back."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from guvoh.casefile import journal
from guvoh.casefile.case import open_case
from tests.workbench.conftest import Browser


def shown(case: Path, what: str) -> list[dict[str, Any]]:
    said = subprocess.run(
        [sys.executable, "-m", "guvoh", "show", what, "--json", "--case", str(case)],
        capture_output=True, check=True, env={"PYTHONPATH": ":".join(sys.path)},
    )  # fmt: skip
    found: list[dict[str, Any]] = json.loads(said.stdout)
    return found


def test_a_source_that_does_not_count_lowers_the_number_at_once(browser: Browser) -> None:
    before = {event["event"]: event for event in shown(browser.case, "events")}
    event = next(e for e in before.values() if e["sources"] and e["original_sources"]["high"] >= 1)
    page = browser.get(f"/events/{event['event']}")
    target = re.search(r'name="target" value="(\w+)">(?:(?!</form>).)*value="reject-source"', page.text)  # fmt: skip
    assert target is not None
    answer = browser.post(
        "/decide", target=target.group(1), verdict="reject-source", back=f"/events/{event['event']}"
    )
    assert answer.status == 303
    assert answer.headers["location"] == f"/events/{event['event']}"
    after = {one["event"]: one for one in shown(browser.case, "events")}
    assert after[event["event"]]["original_sources"] != event["original_sources"]
    others = before.keys() - {event["event"]}
    assert {key: after[key] for key in others} == {key: before[key] for key in others}

    review = browser.get("/review").text
    undo = re.search(r'action="(/undo/[^"]+)"', review)
    assert undo is not None
    assert browser.post(undo.group(1).replace("&amp;", "&")).status == 303
    assert {one["event"]: one for one in shown(browser.case, "events")} == before


def test_the_same_decision_sent_twice_at_once_is_one(browser: Browser) -> None:
    target = re.search(r'name="target" value="(\w+)"', browser.get("/review").text)
    assert target is not None
    before = len(list(journal.read(open_case(browser.case))))
    for _ in range(3):
        assert browser.post("/decide", target=target[1], verdict="checked", back="/").status == 303
    assert len(list(journal.read(open_case(browser.case)))) == before + 1
    undo = re.search(r'id="undo"[^>]*action="(/undo/[^"?]+)', browser.get("/").text)
    assert undo is not None
    for _ in range(2):
        assert browser.post(undo[1]).status == 303
    assert len(list(journal.read(open_case(browser.case)))) == before + 2
    assert 'id="undo"' not in browser.get("/").text


def test_what_somebody_decided_since_the_page_was_made_is_shown_before_it_is_replaced(
    browser: Browser,
) -> None:
    page = browser.get("/review").text
    target, seen = (re.search(rf'name="{one}" value="([^"]*)"', page) for one in ("target", "seen"))
    assert target is not None
    assert seen is not None
    asked = {"target": target[1], "seen": seen[1], "back": "/review"}
    assert (
        browser.post("/decide", verdict="reject-source", reason="he retracted", **asked).status
        == 303
    )
    assert browser.post("/decide", verdict="reject-source", **asked).status == 303  # the same again
    stale = browser.post("/decide", verdict="independent", **asked)
    assert stale.status == 409
    assert "its source does not count" in stale.text
    fresh = re.findall(r'name="(seen|target|verdict|back)" value="([^"]*)"', stale.text)
    assert dict(fresh) == {**asked, "verdict": "independent", "seen": dict(fresh)["seen"]}
    assert browser.post("/decide", **dict(fresh)).status == 303
    assert "Put mine" not in browser.get("/review").text
    while undo := re.search(r'id="undo"[^>]*action="(/undo/[^"?]+)', browser.get("/").text):
        browser.post(undo[1])


def test_what_cannot_be_judged_is_said(browser: Browser) -> None:
    answer = browser.post("/decide", target="no such claim", verdict="checked", back="/review")
    assert answer.status == 409
    assert "no claim or event" in answer.text


def test_a_decision_leads_back_into_the_workbench_only(browser: Browser) -> None:
    page = browser.get("/review").text
    target = re.search(r'name="target" value="(\w+)"', page)
    assert target is not None
    for back in ("http://evil.example/", "//evil.example", "/\\evil.example"):
        answer = browser.post("/decide", target=target.group(1), verdict="checked", back=back)
        assert answer.headers["location"] == "/"


def test_sources_that_may_be_one_are_asked_about_with_evidence_and_joined(browser: Browser) -> None:
    joined = {e["event"]: e for e in shown(browser.case, "events") if e["joined"]}
    asked = re.search(
        r'name="target" value="(\w+)"><input type="hidden" name="verdict" value="same-source">'
        r'<input type="hidden" name="other" value="(\w+)">',
        browser.get("/review").text,
    )
    assert asked is not None
    page = browser.get("/review").text
    assert any(one["question"] in page.replace("&#39;", "'") for e in joined.values() for one in e["joined"])  # fmt: skip
    event = next(e for e in joined.values() if asked[1] in e["claims"])
    answer = browser.post("/decide", target=asked[1], verdict="same-source", other=asked[2], back="/review")  # fmt: skip
    assert answer.status == 303
    after = {e["event"]: e for e in shown(browser.case, "events")}[event["event"]]
    assert len(after["sources"]) == len(event["sources"]) - 1
    assert asked[0] not in browser.get("/review").text
    browser.post(
        "/decide", target=asked[1], verdict="withdraw-same-source", other=asked[2], back="/"
    )


def test_a_passage_is_moved_to_another_event_and_back(browser: Browser) -> None:
    before = {event["event"]: event for event in shown(browser.case, "events")}
    one = next(e for e in before.values() if len(e["claims"]) > 3)
    other = next(e for e in before.values() if e["event"] != one["event"])
    page = browser.get(f"/events/{one['event']}").text
    form = page[page.index('value="pin"') :]
    assert f'value="{one["claims"][-1]}"' in form
    assert f'value="{other["event"]}"' in form
    browser.post("/decide", target=one["claims"][-1], verdict="pin", other=other["event"], back="/")
    after = {event["event"]: event for event in shown(browser.case, "events")}
    assert one["claims"][-1] in after[other["event"]]["claims"]
    assert one["claims"][-1] not in after[one["event"]]["claims"]
    assert "Changed since" in browser.get(f"/events/{one['event']}").text
    browser.post("/decide", target=one["claims"][-1], verdict="withdraw-pin", other=other["event"], back="/")  # fmt: skip
    assert {event["event"]: event for event in shown(browser.case, "events")} == before
