"""A claim is added and corrected by form: what was typed is never lost, and nobody is overwritten unseen."""

import html
import re
from pathlib import Path

from tests.workbench.conftest import Browser
from tests.workbench.test_deciding import shown


def report_of(browser: Browser, file: str) -> tuple[str, str]:
    """Return a report's id and text."""
    (row,) = [one for one in shown(browser.case, "reports") if one["file"].endswith(file)]
    return row["report"], row["text"]


def fields(page: str) -> dict[str, str]:
    """Return what a form of a page holds, as a browser would send it."""
    form = re.search(r'<form class="claim".*?</form>', page, re.DOTALL)
    assert form is not None, page
    found: dict[str, str] = {}
    for tag in re.findall(r"<input [^>]*>", form[0]):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and ("checkbox" not in tag or " checked" in tag):
            found[name[1]] = html.unescape(value[1]) if value else ""
    for name, options in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', form[0]):
        chosen = re.search(r'value="([^"]*)" selected', options)
        first = re.search(r'value="([^"]*)"', options)
        found[name] = chosen[1] if chosen else first[1] if first else ""
    return found


def test_a_passage_becomes_a_claim_with_what_was_written(browser: Browser) -> None:
    report, text = report_of(browser, "arctic-fish-plant-buses.html")
    words = re.search(r"[A-Z][^.“”]{60,}\.", text)
    assert words is not None
    at = f"{words.start()}-{words.end() - 1}"
    form = browser.get(f"/reports/{report}/add?at={at}")
    assert html.escape(words[0][:40], quote=True)[:30] in form.text
    sent = fields(form.text) | {
        "chain-0-name": "Ilse Maret", "chain-0-kind": "person", "chain-0-basis": "eyewitness",
        "times-0-text": "then", "times-0-edtf": "2031-04", "reason": "heard on tape",
        "quantities-0-text": "a dozen", "quantities-0-low": "12", "quantities-0-high": "",
    }  # fmt: skip
    answer = browser.post("/claims", **sent)
    assert answer.status == 303, answer.text
    page = browser.get(answer.headers["location"].partition("#")[0]).text
    assert answer.headers["location"].partition("#c-")[2] in page
    claims = [c for c in shown(browser.case, "claims") if c["report"] == report]
    (added,) = [c for c in claims if "Ilse Maret" in [link["name"] for link in c["chain"]]]
    assert (added["times"][0]["edtf"], added["quantities"][0]["low"]) == ("2031-04", 12)
    assert added["quantities"][0]["high"] is None
    assert "heard on tape" in page

    undo = re.search(r'action="(/undo/[^"]+)"', page)
    assert undo is not None
    browser.post(html.unescape(undo[1]))
    left = [c for c in shown(browser.case, "claims") if c["report"] == report]
    assert added["claim"] not in [c["claim"] for c in left]


def test_what_cannot_be_saved_comes_back_as_it_was_written(browser: Browser) -> None:
    before = shown(browser.case, "claims")
    (claim, *_) = [c for c in before if c["times"]]
    form = browser.get(f"/claims/{claim['claim']}/correct")
    sent = fields(form.text) | {"times-0-edtf": "some day", "reason": "a long <thought>"}
    answer = browser.post("/claims", **sent)
    assert answer.status == 400
    assert "is no time" in answer.text
    again = fields(answer.text)
    assert (again["times-0-edtf"], again["reason"]) == ("some day", "a long <thought>")
    assert shown(browser.case, "claims") == before


def test_of_two_tabs_the_second_sees_what_the_first_has_done(browser: Browser) -> None:
    claim = next(c for c in shown(browser.case, "claims") if c["places"])["claim"]
    one, other = (fields(browser.get(f"/claims/{claim}/correct").text) for _ in range(2))
    assert browser.post("/claims", **(one | {"reason": "first tab"})).status == 303
    held = browser.post("/claims", **(other | {"stance": "believed", "reason": "second tab"}))
    assert held.status == 409
    assert "Someone has assessed this claim" in held.text
    again = fields(held.text)
    assert (again["stance"], again["reason"]) == ("believed", "second tab")
    assert browser.post("/claims", **again).status == 303
    (now,) = [c for c in shown(browser.case, "claims") if c["claim"] == claim]
    assert now["stance"] == "believed"


def test_sentences_can_be_ticked_where_nothing_can_be_selected(browser: Browser) -> None:
    report, text = report_of(browser, "arctic-fish-plant-buses.html")
    ticked = re.findall(r'name="at" value="(\d+-\d+)"', browser.get(f"/reports/{report}/add").text)
    assert len(ticked) > 5
    form = browser.get(f"/reports/{report}/add?at={ticked[1]}&at={ticked[2]}").text
    first, last = int(ticked[1].split("-")[0]), int(ticked[2].split("-")[1])
    assert html.escape(text[first:last].strip().splitlines()[0][:30], quote=False) in html.unescape(
        form
    )


def test_a_report_that_supplies_a_withheld_name_is_not_opened_for_writing(browser: Browser) -> None:
    (world,) = [r for r in shown(browser.case, "reports") if "world-desk" in r["file"]]
    assert browser.get(f"/reports/{world['report']}/add").status == 404
    assert browser.get(f"/reports/{world['report']}/add?at=0-40").status == 404
    told = [one for one in shown(browser.case, "claims") if one["file"] == world["file"]]
    assert told
    for one in told:
        answer = browser.get(f"/claims/{one['claim']}/correct")
        assert answer.status == 404
        assert "Qalandarzoda" not in answer.text


def test_odd_passages_and_claims_are_no_fault(browser: Browser, tmp_path: Path) -> None:
    report, text = report_of(browser, "arctic-fish-plant-buses.html")
    for at in ("5-2", "-", "a-b", f"0-{len(text) + 5}", "0-0", "9" * 30 + "-1", "1-" + "9" * 15):
        assert browser.get(f"/reports/{report}/add?at={at}").status in (200, 404), at
    for target in ("", "x", f"{report}:0-9999999", f"{report}:5-2", "0" * 16, "::"):
        assert browser.post("/claims", target=target, verdict="add").status in (404, 409), target
    (claim, *_) = shown(browser.case, "claims")
    odd = {
        "target": claim["claim"],
        "verdict": "merge",
        "stance": "asserted",
        "polarity": "affirmed",
    }
    assert browser.post("/claims", **odd).status == 409
