"""The investigator's day in a real Chromium: add, read, correct, same origin, event, by keyboard too."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Dialog, Page, sync_playwright

from tests.workbench.conftest import ROOT, Browser

PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser")
# Without these Chromium reaches for its maker's servers, and as root it starts only unsandboxed.
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]  # fmt: skip
VIEWS = ["/", "/events", "/reports", "/families", "/people", "/timeline", "/map", "/review", "/add", "/publish", "/search?q=bus"]  # fmt: skip

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="Chromium is not installed")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Chromium]:
    with sync_playwright() as play:
        program = play.chromium.launch(executable_path=PROGRAM, args=QUIET)
        yield program
        program.close()


@pytest.fixture
def page(chromium: Chromium, server: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    said: list[str] = []
    page.on(
        "console", lambda message: said.append(message.text) if message.type == "error" else None
    )
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(server.address)
    yield page
    assert said == []
    context.close()


def base(page: Page) -> str:
    return re.match(r"http://[^/]+", page.url).group(0)  # type: ignore[union-attr]


def first(page: Page, view: str, kind: str) -> str:
    page.goto(base(page) + view)
    return page.locator(f'main a[href^="/{kind}/"]').first.get_attribute("href") or ""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_view(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    one_of_each = [first(page, f"/{kind}", kind) for kind in ("events", "reports", "families")]
    for view in [*VIEWS, *one_of_each]:
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
    one_of_each = [first(page, f"/{kind}", kind) for kind in ("events", "reports", "families")]
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
    button = page.locator('form:has(input[value="reject-source"]) button').first
    with page.expect_response(lambda answer: answer.url.endswith("/decide")):
        button.click()
    page.wait_for_selector(".changed")
    assert "→" in page.locator("#said").inner_text()


def test_a_publication_is_made_and_saved(page: Page) -> None:
    page.goto(base(page) + "/publish")
    page.locator('input[value="citations"]').check()
    page.get_by_role("button", name="Make it").click()
    with page.expect_download() as saving:
        page.locator("a.save").click()
    assert saving.value.suggested_filename == "citations.zip"


def test_the_interface_speaks_the_language_that_was_chosen(page: Page) -> None:
    page.get_by_role("button", name="Русский").click()
    page.wait_for_selector('html[lang="ru"]')
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


def test_files_are_added_in_the_browser_and_read(
    chromium: Chromium, built: Path, tmp_path: Path
) -> None:
    environment = {**os.environ, "GUVOH_HOME": str(built / "home"), "LANGUAGE": "en"}
    environment["PYTHONPATH"] = os.pathsep.join(sys.path)
    command = [
        sys.executable,
        "-m",
        "guvoh",
        "serve",
        "--no-browser",
        "--case",
        str(tmp_path / "new"),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        try:
            assert process.stdout is not None
            found = re.search(r"http://\S+", process.stdout.readline())
            assert found is not None
            page = chromium.new_page()
            page.goto(found.group(0))
            page.wait_for_url("**/add")
            reports = ROOT / "examples" / "demo" / "reports"
            hostile = tmp_path / "<img src=x onerror=alert(1)>.html"
            hostile.write_text(
                "<title><script>alert(1)</script></title><p>The clerk said: “<script>alert(2)</script> "
                "Thirty men were taken away from the <b onclick=alert(3)>barracks</b> on 3 May 2023.”"
            )
            chosen = [
                reports / "arctic-fish-plant-buses.html",
                reports / "severny-peleng-voditel.html",
                hostile,
            ]
            page.locator("input[type=file]").first.set_input_files(chosen)
            page.locator("#add button").click()
            page.wait_for_selector("text=To the case", timeout=60_000)
            page.goto(base(page) + "/reports")
            listed = page.locator("main").inner_text()
            assert "arctic-fish-plant-buses.html" in listed
            assert "onerror=alert(1)" in listed
            alerts: list[str] = []

            def dismissed(dialog: Dialog) -> None:
                alerts.append(dialog.message)
                dialog.dismiss()

            page.on("dialog", dismissed)
            for view in [*VIEWS, first(page, "/reports?q=clerk", "reports")]:
                page.goto(base(page) + view)
            assert alerts == []
            page.close()
        finally:
            process.terminate()
