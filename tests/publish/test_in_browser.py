"""The dossier in a real Chromium: no sideways scrolling, nothing for axe to find."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, sync_playwright

from guvoh.protect import Release
from guvoh.publish.exports import EXPORTS

PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]  # fmt: skip

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="Chromium is not installed")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as play:
        program = play.chromium.launch(executable_path=PROGRAM, args=QUIET)
        yield program
        program.close()


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_dossier_fits_every_screen_and_axe_finds_nothing(
    chromium: Browser, release: Release, tmp_path: Path, language: str
) -> None:
    path = tmp_path / "dossier.html"
    path.write_bytes(dict(EXPORTS["dossier"](release, language))["dossier.html"])
    page = chromium.new_page()
    for width in (320, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"][:200]) for v in found] == []
    page.close()
