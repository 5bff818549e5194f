"""Takes the pictures of the workbench and of an event's page that the docs show: `python -m tests.workbench.screens`."""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.workbench.conftest import PROGRAM, QUIET, ROOT, base, first

FOLDER = ROOT / "docs" / "pictures"
# Name of the picture, view, width and height of the window, colours.
SCREENS = (
    ("home", "/", 1280, 800, "light"),
    ("event", "event", 1280, 1120, "light"),
    ("event-narrow", "event", 400, 1000, "light"),
    ("report", "report", 1280, 800, "light"),
    ("family-dark", "family", 1280, 900, "dark"),
    ("review-narrow", "/review", 400, 1000, "dark"),
    ("map", "/map", 768, 800, "light"),
    ("timeline", "/timeline", 1280, 420, "light"),
)


def main() -> None:
    """Build the example case, serve it, and write the pictures into docs/pictures."""
    FOLDER.mkdir(exist_ok=True)
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
                _take(address.group(0))
            finally:
                process.terminate()


def _take(address: str) -> None:
    with sync_playwright() as play:
        program = play.chromium.launch(executable_path=PROGRAM, args=QUIET)
        page = program.new_page()
        page.goto(address)
        for name, view, width, height, scheme in SCREENS:
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            page.goto(base(page) + _address(page, view))
            page.screenshot(path=FOLDER / f"{name}.png")
        program.close()


def _address(page: Page, view: str) -> str:
    if view.startswith("/"):
        return view
    kinds = {"event": "events", "report": "reports", "family": "families"}
    return first(page, f"/{kinds[view]}", kinds[view])


if __name__ == "__main__":
    main()
