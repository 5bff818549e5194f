"""Takes the pictures of the workbench that the docs show: `python -m tests.workbench.screens`.

Each view is kept as a sheet, too: at three widths, light above dark, at half their size.
"""

import io
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.workbench.conftest import PROGRAM, QUIET, ROOT, base, first
from tests.workbench.test_private import PHRASE
from tests.workbench.test_sealed import ACCOUNT, DECISIONS, unlock

FOLDER = ROOT / "docs" / "pictures"
SHEETS = FOLDER / "views"
WIDTHS = (320, 768, 1280)
SCHEMES = ("light", "dark")
TALLEST = 1600  # pixels of a page that a sheet shows
APART = 16  # pixels between the pictures of a sheet
COLOURS = 64  # of a picture; more say nothing about a page of type
# Name of a sheet, and the view on it.
EACH = {
    "home": "/",
    "events": "/events",
    "event": "event",
    "reports": "/reports",
    "report": "report",
    "families": "/families",
    "family": "family",
    "people": "/people",
    "person": "person",
    "timeline": "/timeline",
    "map": "/map",
    "review": "/review",
    "compare": "compare",
    "search": "/search?q=Horobet",
    "add": "/add",
    "publish": "/publish",
}
# Name of the picture, view, width and height of the window, colours.
SCREENS = (
    ("home", "/", 1280, 800, "light"),
    ("event", "event", 1280, 1120, "light"),
    ("event-narrow", "event", 400, 1000, "light"),
    ("report", "report", 1280, 800, "light"),
    ("family-dark", "family", 1280, 900, "dark"),
    ("review-narrow", "/review", 400, 1000, "dark"),
    ("compare", "compare", 1280, 900, "light"),
    ("search", "/search?q=Horobet", 1280, 900, "light"),
    ("map", "/map", 768, 800, "light"),
    ("timeline", "/timeline", 1280, 420, "light"),
)


def main() -> None:
    """Build the example case, serve it, and write the pictures into docs/pictures."""
    SHEETS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        case = Path(folder) / "demo"
        given = {**os.environ, "GUVOH_HOME": f"{folder}/home", "LANGUAGE": "en"}
        given["PYTHONPATH"] = os.pathsep.join(sys.path)
        reports = str(ROOT / "examples" / "demo" / "reports")
        guvoh = [sys.executable, "-m", "guvoh"]
        subprocess.run([*guvoh, "build", reports, "--case", str(case)], env=given, check=False)
        command = [*guvoh, "serve", "--no-browser", "--case", str(case)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=given) as process:
            try:
                assert process.stdout is not None
                address = re.search(r"http://\S+", process.stdout.readline())
                assert address is not None
                _take(address.group(0), case, given)
            finally:
                process.terminate()


def _seal(case: Path, given: Mapping[str, str]) -> Path:
    """Seal an account and its teller, all of it made up, and return the key."""
    folder = case.parent
    for name, text in {"phrase": PHRASE, "told": ACCOUNT, "decisions": DECISIONS}.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    key, phrase = folder / "ann.key", folder / "phrase.txt"
    told = [str(folder / "told.txt"), "--private", "--decisions", str(folder / "decisions.txt")]
    for command in (
        ["keyholder", "new", "ann", "--new-key", str(key), "--new-passphrase-file", str(phrase)],
        ["build", *told, "--key", str(key), "--passphrase-file", str(phrase)],
    ):
        guvoh = [sys.executable, "-m", "guvoh", *command, "--case", str(case)]
        subprocess.run(guvoh, env=given, check=False)
    return key


def _take(address: str, case: Path, given: Mapping[str, str]) -> None:
    with sync_playwright() as play:
        program = play.chromium.launch(executable_path=PROGRAM, args=QUIET)
        page = program.new_page()
        page.goto(address)
        for name, view, width, height, scheme in SCREENS:
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            page.goto(base(page) + _address(page, view))
            _few_colours(page.screenshot()).save(FOLDER / f"{name}.png", optimize=True)
        for name, view in EACH.items():
            _sheet(page, base(page) + _address(page, view)).save(
                SHEETS / f"{name}.png", optimize=True
            )
        unlock(page, _seal(case, given).parent)
        page.get_by_role("button", name="Lock", exact=True).wait_for()
        _sheet(page, base(page) + "/people/sealed").save(SHEETS / "sealed.png", optimize=True)
        program.close()


def _sheet(page: Page, address: str) -> Image.Image:
    """Return a view at each width, light above dark, with few colours and half as large."""
    rows = [[_picture(page, address, wide, scheme) for wide in WIDTHS] for scheme in SCHEMES]
    wide = sum(WIDTHS) // 2 + APART * (len(WIDTHS) + 1)
    highs = [max(one.height for one in row) + APART for row in rows]
    sheet = Image.new("RGB", (wide, sum(highs) + APART), "#888")
    y = APART
    for row, high in zip(rows, highs, strict=True):
        x = APART
        for one in row:
            sheet.paste(one, (x, y))
            x += one.width + APART
        y += high
    return sheet.quantize(COLOURS)


def _few_colours(taken: bytes) -> Image.Image:
    return Image.open(io.BytesIO(taken)).convert("RGB").quantize(COLOURS)


def _picture(page: Page, address: str, width: int, scheme: str) -> Image.Image:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(address)
    taken = Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("RGB")
    return taken.crop((0, 0, width, min(taken.height, TALLEST))).reduce(2)


def _address(page: Page, view: str) -> str:
    if view.startswith("/"):
        return view
    if view == "compare":
        page.goto(base(page) + _address(page, "family"))
        return page.locator('main a[href^="/compare?"]').nth(5).get_attribute("href") or ""
    kinds = {"event": "events", "report": "reports", "family": "families", "person": "people"}
    return first(page, f"/{kinds[view]}", kinds[view])


if __name__ == "__main__":
    main()
