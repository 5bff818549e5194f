"""The investigator's day in a real Chromium: add, read, correct, same origin, event, publish; once by keyboard alone."""

from pathlib import Path

from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Dialog, Page

from tests.workbench.conftest import REPORTS, base, first, serving, window
from tests.workbench.test_views import VIEWS

FILES = [
    REPORTS / name
    for name in (
        "arctic-fish-plant-buses.html",
        "severny-peleng-voditel.html",
        "carnet-est-usine-poisson.html",
    )
]


def test_the_day_from_adding_to_publishing(chromium: Chromium, built: Path, tmp_path: Path) -> None:
    with (
        serving(tmp_path / "case", built / "home") as address,
        window(chromium, address) as page,
    ):
        page.wait_for_url("**/add")
        page.locator("input[type=file]").first.set_input_files(FILES)
        page.locator('#add input[value="public"]').first.check()
        page.locator("#add button").dblclick()
        page.wait_for_selector("text=To the case", timeout=120_000)
        assert page.locator("#progress li a").count() == len(FILES)

        page.goto(base(page) + "/")
        assert "3 reports" in page.locator(".headline").inner_text()
        page.goto(base(page) + first(page, "/reports?q=dormitory", "reports"))
        claims = page.locator(".claim-card").count()
        words = _select(page, ".text p >> nth=1", 12, 60)
        page.locator("a.ready").click()
        page.wait_for_selector("form.claim")
        assert words.strip() in page.locator("blockquote").inner_text()
        page.locator('[name="chain-0-name"]').fill("Nadia Orlan")
        page.locator('[name="reason"]').fill("she told me")
        page.get_by_role("button", name="Save").dblclick()
        page.wait_for_url("**/reports/*#c-*")
        assert page.locator(".claim-card").count() == claims + 1
        assert "Nadia Orlan" in page.locator(".claim-card.by-hand").inner_text()

        page.locator(".claim-card >> nth=1").get_by_role("link", name="Correct").click()
        page.locator('[name="stance"]').select_option("believed")
        page.get_by_role("button", name="Save").click()
        page.wait_for_url("**/reports/*#c-*")
        assert page.locator(".claim-card.by-hand").count() == 2

        page.goto(base(page) + first(page, "/families", "families"))
        with page.expect_response(lambda answer: answer.url.endswith("/decide")):
            page.get_by_role("button", name="It derives from it").first.click()
        page.goto(base(page) + first(page, "/events", "events"))
        with page.expect_response(lambda answer: answer.url.endswith("/decide")):
            page.get_by_role("button", name="Does not count").first.click()
        page.wait_for_selector(".changed")
        said = page.locator("#said").inner_text()
        assert "→" in said
        assert "reports" not in said  # of the numbers, only what is otherwise

        page.goto(base(page) + "/publish")
        page.locator('input[value="dossier"]').check()
        page.get_by_role("button", name="Make it").click()
        with page.expect_download() as saving:
            page.locator("a.save").click()
        assert saving.value.suggested_filename == "dossier.zip"


def test_a_text_that_is_pasted_has_the_outlet_and_the_day_that_were_given(
    chromium: Chromium, built: Path, tmp_path: Path
) -> None:
    with (
        serving(tmp_path / "case", built / "home") as address,
        window(chromium, address) as page,
    ):
        page.wait_for_url("**/add")
        page.get_by_text("Paste a text instead").click()
        page.get_by_label("Outlet").fill("Канал «Север»")
        page.get_by_label("Published on").fill("2024-02-16")
        page.get_by_label("Title").fill("What the driver says")
        page.get_by_label("Text").fill("The driver said: “Twenty men were taken from the plant.”")
        page.locator(".paste input[value=public]").check()
        page.get_by_role("button", name="Add this text").dblclick()
        page.wait_for_selector("text=To the case", timeout=60_000)
        page.goto(base(page) + first(page, "/reports", "reports"))
        assert page.locator("h1").inner_text() == "What the driver says"
        assert "Канал «Север» · 2024-02-16 (stated)" in page.locator(".facts").first.inner_text()
        assert page.locator(".claim-card").count() > 0


def test_the_day_by_keyboard_alone(chromium: Chromium, built: Path, tmp_path: Path) -> None:
    with (
        serving(tmp_path / "case", built / "home") as address,
        window(chromium, address) as page,
    ):
        page.wait_for_url("**/add")
        # Asked for only with the press, Chromium may hear of it too late and open a window of its own.
        page.on("filechooser", lambda choosing: choosing.set_files(FILES))
        page.wait_for_load_state("networkidle")
        _tab_to(page, "input[type=file]")
        page.keyboard.press("Enter")
        page.wait_for_function("() => document.querySelector('input[type=file]').files.length")
        _tab_to(page, 'input[name="exposure"]')
        page.keyboard.press("ArrowDown")
        _tab_to(page, "#add button")
        page.keyboard.press("Enter")
        page.wait_for_selector("text=To the case", timeout=120_000)
        _enter(page, '.bar a[href="/reports"]')

        page.keyboard.press("j")
        _press(page, "e")
        page.wait_for_selector(".claim-card")
        _press(page, "a")
        page.wait_for_selector("form.passages")
        _tab_to(page, 'input[name="at"]')
        page.keyboard.press("Space")
        _enter(page, "form.passages button")
        page.wait_for_selector("form.claim")
        _tab_to(page, '[name="chain-0-name"]')
        page.keyboard.press("Control+a")
        page.keyboard.type("Nadia Orlan")
        _enter(page, "form.claim button")
        page.wait_for_selector(".claim-card.by-hand")

        page.keyboard.press("j")
        _press(page, "c")
        page.wait_for_selector("form.claim")
        _tab_to(page, '[name="stance"]')
        page.keyboard.type("bel")
        _enter(page, "form.claim button")
        page.wait_for_selector(".claim-card.by-hand")

        _enter(page, '.bar a[href="/families"]')
        page.keyboard.press("j")
        _press(page, "e")
        page.wait_for_url("**/families/*")
        page.keyboard.press("j")
        with page.expect_response(lambda answer: answer.url.endswith("/decide")):
            page.keyboard.press("y")

        _enter(page, '.bar a[href="/events"]')
        page.keyboard.press("j")
        _press(page, "e")
        page.wait_for_url("**/events/*")
        page.keyboard.press("j")
        with page.expect_response(lambda answer: answer.url.endswith("/decide")):
            page.keyboard.press("n")
        page.wait_for_selector(".changed")

        _enter(page, '.bar a[href="/publish"]')
        _enter(page, "#publish button")
        page.wait_for_selector("a.save")
        _tab_to(page, "a.save")
        with page.expect_download() as saving:
            page.keyboard.press("Enter")
        assert saving.value.suggested_filename == "dossier.zip"


def test_what_hostile_files_hold_does_nothing(
    chromium: Chromium, built: Path, tmp_path: Path
) -> None:
    hostile = tmp_path / "<img src=x onerror=alert(1)>.html"
    hostile.write_text(
        "<title><script>alert(1)</script></title><p>The clerk said: “<script>alert(2)</script> "
        "Thirty men were taken away from the <b onclick=alert(3)>barracks</b> on 3 May 2023.”"
    )
    drawn = tmp_path / "drawn.html"
    drawn.write_text(
        "<title>Drawn</title><p><svg onload=alert(4)><text>The clerk said that forty men were taken</text>"
        f"</svg>The clerk said: “\u202eForty men were taken away on 4 May 2023.”</p><p>{'x' * 1_000_000}</p>"
    )
    with (
        serving(tmp_path / "case", built / "home") as address,
        window(chromium, address) as page,
    ):
        page.wait_for_url("**/add")
        page.locator("input[type=file]").first.set_input_files([FILES[0], hostile, drawn])
        page.locator("#add button").click()
        page.wait_for_selector("text=To the case", timeout=120_000)
        page.goto(base(page) + "/reports")
        listed = page.locator("main").inner_text()
        assert "arctic-fish-plant-buses.html" in listed
        assert "onerror=alert(1)" in listed
        alerts: list[str] = []

        def dismissed(dialog: Dialog) -> None:
            alerts.append(dialog.message)
            dialog.dismiss()

        page.on("dialog", dismissed)
        own = [first(page, f"/reports?q={word}", "reports") for word in ("clerk", "forty")]
        for view in [*VIEWS, *own]:
            page.goto(base(page) + view)
        assert alerts == []


def _select(page: Page, paragraph: str, start: int, end: int) -> str:
    """Select letters of a paragraph as a mouse would; return the words."""
    return str(
        page.eval_on_selector(
            paragraph,
            """(one, [start, end]) => {
              const walk = document.createTreeWalker(one, NodeFilter.SHOW_TEXT,
                (node) => node.parentElement.closest(".ref") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
              const range = document.createRange();
              let at = 0, text = "";
              for (let node = walk.nextNode(); node; node = walk.nextNode()) {
                const length = node.data.length;
                if (at <= start && start < at + length) range.setStart(node, start - at);
                if (at < end && end <= at + length) range.setEnd(node, end - at);
                text += node.data; at += length;
              }
              getSelection().removeAllRanges(); getSelection().addRange(range);
              return text.slice(start, end);
            }""",
            [start, end],
        )
    )


def _tab_to(page: Page, selector: str) -> None:
    """Press Tab until what is looked for has the focus."""
    for _ in range(400):
        page.keyboard.press("Tab")
        if page.evaluate("one => document.activeElement?.matches(one) ?? false", selector):
            return
    raise AssertionError(f"no Tab leads to {selector}")


def _enter(page: Page, selector: str) -> None:
    _tab_to(page, selector)
    _press(page, "Enter")


def _press(page: Page, key: str) -> None:
    """Press a key that leads to another page, and wait for that."""
    with page.expect_navigation():
        page.keyboard.press(key)
