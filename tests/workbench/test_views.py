"""Every view in a real Chromium: nothing for axe to find, no wider than the window, keys and languages."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.workbench.conftest import base, first, verdict

VIEWS = ["/", "/events", "/reports", "/families", "/people", "/people/sealed", "/timeline", "/map", "/review", "/add", "/publish", "/search?q=Horobet"]  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_view(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    one_of_each = [
        first(page, f"/{kind}", kind) for kind in ("events", "reports", "families", "people")
    ]
    page.goto(base(page) + one_of_each[2])
    pair = page.locator('main a[href^="/compare?"]').first.get_attribute("href") or ""
    for view in [*VIEWS, *one_of_each, pair, pair.partition("&")[0]]:
        page.goto(base(page) + view)
        found = Axe().run(page).response["violations"]
        told = [
            (v["id"], v["nodes"][0]["html"][:200], v["nodes"][0]["failureSummary"][:300])
            for v in found
        ]
        assert told == [], view


@pytest.mark.parametrize("width", [320, 768])
def test_axe_finds_nothing_in_a_narrow_window(page: Page, width: int) -> None:
    one_of_each = [first(page, f"/{kind}", kind) for kind in ("events", "families")]
    page.set_viewport_size({"width": width, "height": 800})
    for view in [*one_of_each, "/events", "/people", "/timeline", "/map"]:
        page.goto(base(page) + view)
        found = Axe().run(page).response["violations"]
        assert [(v["id"], v["nodes"][0]["html"][:200]) for v in found] == [], view


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_no_view_is_wider_than_the_window(page: Page, width: int) -> None:
    one_of_each = [
        first(page, f"/{kind}", kind) for kind in ("events", "reports", "families", "people")
    ]
    page.set_viewport_size({"width": width, "height": 800})
    for view in [*VIEWS, *one_of_each]:
        page.goto(base(page) + view)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, view


def test_a_decision_by_keyboard_changes_the_number_and_is_taken_back(page: Page) -> None:
    page.goto(base(page) + "/review")
    before = page.locator("[data-item]").count()
    assert before > 0
    page.keyboard.press("j")
    asked = page.locator(
        "[data-item].current blockquote, [data-item].current .pair"
    ).first.inner_text()
    page.keyboard.press("y")
    page.wait_for_function("n => document.querySelectorAll('[data-item]').length < n", arg=before)
    assert asked not in page.locator("main article.question").all_inner_texts()
    page.keyboard.press("u")
    page.wait_for_function("n => document.querySelectorAll('[data-item]').length >= n", arg=before)


def test_rejecting_a_source_shows_the_old_and_the_new_number(page: Page) -> None:
    page.goto(base(page) + first(page, "/events", "events"))
    button = page.locator(verdict("reject-source")).first
    with page.expect_response(lambda answer: answer.url.endswith("/decide")):
        button.click()
    page.wait_for_selector(".changed")
    assert "→" in page.locator("#said").inner_text()
    # What was said, and the button that takes it back, can be read.
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert [v["nodes"][0]["html"] for v in Axe().run(page).response["violations"]] == []


def test_what_was_decided_of_a_claim_stands_with_it_in_its_report(page: Page) -> None:
    page.goto(base(page) + first(page, "/reports", "reports"))
    card = page.locator(".claim-card").last
    name = card.get_attribute("id") or ""
    with page.expect_response(lambda answer: answer.url.endswith("/decide")):
        card.get_by_role("button", name="Chain is right").click()
    card = page.locator(f"[id='{name}']")
    card.locator(".assessed").wait_for()
    assert "chain is right" in card.locator(".assessed").inner_text()
    with page.expect_response(lambda answer: "/undo/" in answer.url):
        card.get_by_role("button", name="Take back").click()
    card.locator(".assessed").wait_for(state="detached")


FOCUS = "() => [document.activeElement.closest('main') !== null, document.activeElement.textContent.trim()]"


def decide(page: Page, key: str, path: str = "/decide") -> tuple[bool, str]:
    """Press a key that decides; return whether the focus is in the view then, and on which words."""
    page.evaluate("document.getElementById('said').textContent = ''")
    with page.expect_response(lambda answer: path in answer.url):
        page.keyboard.press(key)
    page.wait_for_selector("#said:not(:empty)")
    inside, words = page.evaluate(FOCUS)
    return inside, words


def test_after_a_decision_the_focus_stays_and_the_new_number_is_said(page: Page) -> None:
    page.goto(base(page) + first(page, "/events", "events"))
    before = page.locator(".answer").inner_text()
    page.keyboard.press("j")
    assert decide(page, "n")[0]
    said = page.locator("#said").inner_text()
    assert "→" in said
    assert page.locator(".answer").inner_text() != before
    page.keyboard.press("j")
    inside, words = decide(page, "u", "/undo/")  # also where another thing is in focus by now
    assert inside
    assert words
    assert page.locator(".answer").inner_text() == before
    assert page.locator("#said").inner_text() != said


def test_in_review_the_next_question_takes_the_focus_and_how_many_are_left_is_said(
    page: Page,
) -> None:
    page.goto(base(page) + "/review")
    page.keyboard.press("j")
    left = page.locator("article.question").count()
    following = page.locator("article.question").nth(1).inner_text()
    inside, _ = decide(page, "y")
    assert inside
    assert page.locator("article.question.current").inner_text() == following
    assert f"Questions: {left} → {left - 1}" in page.locator("#said").inner_text()
    inside, _ = decide(page, "u", "/undo/")
    assert inside
    assert page.locator("article.question").count() == left


@pytest.mark.parametrize(
    ("view", "button"),
    [("/people", "Yes, one person"), ("event", "Its source counts"), ("event", "Another event")],
)
def test_wherever_somebody_decides_the_focus_stays_and_one_key_takes_it_back(
    page: Page, view: str, button: str
) -> None:
    page.goto(base(page) + ("/events" if view == "event" else view))
    if view == "event":  # the last one: of the first, other tests decide too
        page.locator('main [data-item] a[href^="/events/"]').last.click()
    was = told(page)
    with page.expect_response(lambda answer: "/decide" in answer.url):
        page.get_by_role("button", name=button).first.click()
    page.wait_for_selector("#said:not(:empty)")
    assert page.evaluate(FOCUS)[0]
    assert decide(page, "u", "/undo/")[0]
    assert told(page) == was


def told(page: Page) -> str:
    """Return what a view tells, but for what has changed since, in which the time of day is."""
    page.eval_on_selector_all("aside.since", "all => all.forEach(one => one.remove())")
    return page.locator("main").inner_text()


def test_a_saved_claim_has_the_focus(page: Page) -> None:
    page.goto(base(page) + first(page, "/reports", "reports"))
    page.locator('a[href$="/correct"]').first.click()
    page.locator('[name="reason"]').fill("read twice")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/reports/*#c-*")
    page.wait_for_selector(".claim-card.current")
    assert "read twice" in page.evaluate(FOCUS)[1]
    assert decide(page, "u", "/undo/")[0]


def test_a_publication_is_made_and_saved(page: Page) -> None:
    page.goto(base(page) + "/publish")
    page.locator('input[value="citations"]').check()
    page.get_by_role("button", name="Make it").click()
    with page.expect_download() as saving:
        page.locator("a.save").click()
    assert saving.value.suggested_filename == "citations.zip"


def test_the_interface_speaks_the_language_that_was_chosen(page: Page) -> None:
    page.goto(base(page) + "/search?q=Horobet&in=claims")
    page.get_by_role("button", name="Русский").click()
    page.wait_for_selector('html[lang="ru"]')
    assert page.url.endswith("/search?q=Horobet&in=claims")
    page.get_by_role("button", name="English").click()
    page.wait_for_selector('html[lang="en"]')


def test_keys_are_explained_and_search_is_one_key_away(page: Page) -> None:
    page.keyboard.press("?")
    assert page.locator("dialog#keys").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type("Horobet")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=Horobet")
    assert page.locator("main").inner_text().count("Horobet") > 1
