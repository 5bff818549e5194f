"""The written pages in a real Chromium: no sideways scrolling, nothing for axe to find, one printed sheet."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from guvoh.model.event import Contradiction, Denial, Excluded, RiskWarning
from guvoh.pages.render import CaseView, EventView, event_page, index_page
from tests.pages.made import chain_of
from tests.pages.test_render import view

PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]  # fmt: skip
NAMES = ["event-3", "event-13", "event-60", "event-told", "event-ru", "index", "index-ru"]

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="Chromium is not installed")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write pages of every kind: few and many reports, all that can be said of an event, two languages."""
    found = tmp_path_factory.mktemp("pages")
    for number in (3, 13, 60):
        (found / f"event-{number}.html").write_text(event_page(chain_of(number)), "utf-8")
    full = everything()
    (found / "event-told.html").write_text(event_page(full), "utf-8")
    (found / "event-ru.html").write_text(event_page(full, "ru"), "utf-8")
    outlets = {report: f"Outlet {report[:4]}" for report in full.reports}
    case = CaseView("Case", 2, (full.event,), full.families, full.warnings, (), outlets)
    (found / "index.html").write_text(index_page(case), "utf-8")
    (found / "index-ru.html").write_text(index_page(case, "ru"), "utf-8")
    return found


def everything() -> EventView:
    """Return a view with a warning, a denial, contradictions and voices that don't count."""
    shown = view()
    event = replace(
        shown.event,
        denials=(Denial("the ministry", ("the ministry",), "c2"),),
        contradictions=(
            Contradiction("how_many", ("thirty", "forty" * 20), "They differ.", ("c1",)),
        ),
        excluded=(Excluded("Copy Daily", "c2", "narrates without naming a source"),),
    )
    warned = RiskWarning("w", "Feared", "thirty men", "Port", "2023-02-03", "open", (), ("c1",))
    return replace(shown, event=event, warnings=(warned,))


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as play:
        program = play.chromium.launch(executable_path=PROGRAM, args=QUIET)
        yield program
        program.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("width", [320, 400, 768, 1280])
def test_no_page_is_wider_than_the_window(page: Page, folder: Path, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for name in NAMES:
        page.goto((folder / f"{name}.html").as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        if name.startswith("event"):
            pictured = page.locator("svg.picture").is_visible()
            assert pictured != page.locator("ol.story").is_visible(), name
            assert pictured == (width > 700), name


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_axe_finds_nothing(page: Page, folder: Path, width: int, scheme: str) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    for name in ("event-13", "event-told", "event-ru", "index"):
        page.goto((folder / f"{name}.html").as_uri())
        found = Axe().run(page).response["violations"]
        told = [(v["id"], v["nodes"][0]["html"][:200]) for v in found]
        assert told == [], name


INSIDE = """() => [...document.querySelectorAll('svg.picture g.box')].flatMap(group => {
  const box = group.querySelector('rect').getBBox();
  return [...group.querySelectorAll('text')].map(text => text.getBBox())
    .filter(type => type.x + type.width > box.x + box.width || type.y + type.height > box.y + box.height + 1);
}).length"""
COVERED = """() => {
  const types = [...document.querySelectorAll('svg.picture text')].map(text => [text.textContent, text.getBBox()]);
  const over = (a, b) => a.x < b.x + b.width - 1 && b.x < a.x + a.width - 1
    && a.y < b.y + b.height - 3 && b.y < a.y + a.height - 3;
  return JSON.stringify(types.flatMap(([one, a], at) =>
    types.slice(at + 1).filter(([, b]) => over(a, b)).map(([other]) => [one, other])));
}"""


def test_type_as_the_browser_sets_it_fits_its_boxes_and_covers_none(
    page: Page, folder: Path
) -> None:
    for name in NAMES[:5]:
        page.goto((folder / f"{name}.html").as_uri())
        assert page.evaluate(INSIDE) == 0, name
        assert json.loads(page.evaluate(COVERED)) == [], name


def test_the_first_printed_sheet_carries_the_count_and_the_picture(
    page: Page, folder: Path, tmp_path: Path
) -> None:
    page.goto((folder / "event-told.html").as_uri())
    page.pdf(path=tmp_path / "event.pdf", format="A4")
    with pypdfium2.PdfDocument(tmp_path / "event.pdf") as document:
        text = document[0].get_textpage().get_text_bounded()
        whole = "".join(sheet.get_textpage().get_text_bounded() for sheet in document)
    assert "1–2 original sources" in text
    assert "by day of publication" in text
    assert "narrates without naming a source" in whole  # what is folded on the screen is printed


def test_a_picture_too_tall_for_a_sheet_is_printed_as_its_list(
    page: Page, folder: Path, tmp_path: Path
) -> None:
    page.goto((folder / "event-60.html").as_uri())
    page.pdf(path=tmp_path / "event.pdf", format="A4")
    with pypdfium2.PdfDocument(tmp_path / "event.pdf") as document:
        text = document[0].get_textpage().get_text_bounded()
    assert "1–3 original sources" in text
    assert "the first to have this text" in text
    assert "by day of publication" not in text


def test_a_link_of_the_picture_opens_what_is_folded(page: Page, folder: Path) -> None:
    page.goto((folder / "event-told.html").as_uri())
    page.locator('svg.picture a[href^="#d-"]').first.click()
    assert page.locator("mark").first.is_visible()
