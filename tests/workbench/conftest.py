"""A real workbench in a process of its own, over a copy of the example case."""

import http.client
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, sync_playwright

from tests.conftest import Demo

ROOT = Path(__file__).parents[2]
REPORTS = ROOT / "examples" / "demo" / "reports"
PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser")
# Without these Chromium reaches for its maker's servers, and as root it starts only unsandboxed.
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]  # fmt: skip


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    text: str


@dataclass
class Browser:
    """Asks as a browser would, with a cookie and an Origin, unless told otherwise."""

    address: str
    case: Path
    cookie: str = ""
    token: str = ""
    host: str = field(init=False)

    def __post_init__(self) -> None:
        self.host = urlsplit(self.address).netloc

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
        status, told, data = self._answered(method, path, body, headers)
        return Answer(status, told, data.decode("utf-8", "replace"))

    def fetch(self, path: str) -> bytes:
        """Return the bytes that lie at an address."""
        return self._answered("GET", path, None, {})[2]

    def _answered(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection(self.host, timeout=60)
        sent = {"Host": self.host, "Cookie": self.cookie, **headers}  # an empty one is left out
        connection.request(method, path, body, {k: v for k, v in sent.items() if v})
        answer = connection.getresponse()
        data = answer.read()
        told = {name.lower(): value for name, value in answer.getheaders()}
        connection.close()
        return answer.status, told, data

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, None, **headers)

    def post(self, path: str, **fields: str) -> Answer:
        body = urlencode({"form_token": self.token, **fields}).encode()
        headers = {"Origin": f"http://{self.host}", "Content-Type": FORM}
        return self.ask("POST", path, body, **headers)

    def come_in(self) -> None:
        parts = urlsplit(self.address)
        answer = self.get(f"{parts.path}?{parts.query}")
        self.cookie = answer.headers["set-cookie"].partition(";")[0]
        page = self.get("/")
        found = re.search(r'data-form-token="(\w+)"', page.text)
        assert found is not None, page.text
        self.token = found.group(1)


FORM = "application/x-www-form-urlencoded"


@pytest.fixture(scope="session")
def built(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    os.environ["GUVOH_HOME"] = str(folder / "home")
    demo.copy(folder)
    return folder


@contextmanager
def serving(case: Path, home: Path, port: int = 0) -> Iterator[str]:
    """Serve a case in a process of its own; yields the printed address with the token."""
    command = [sys.executable, "-m", "guvoh", "serve", "--case", str(case), "--no-browser"]
    environment = {**os.environ, "GUVOH_HOME": str(home), "LANGUAGE": "en"}
    environment["PYTHONPATH"] = os.pathsep.join(sys.path)
    process = subprocess.Popen(
        [*command, "--port", str(port)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        found = re.search(r"http://\S+", process.stdout.readline())
        assert found is not None, process.stderr.read() if process.stderr else ""
        yield found.group(0)
    finally:
        process.terminate()
        process.communicate(timeout=30)


@pytest.fixture(scope="module")
def server(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    case = tmp_path_factory.mktemp("workbench") / "case"
    shutil.copytree(built / "case", case)
    with serving(case, built / "home") as address:
        yield Browser(address, case)


@pytest.fixture
def browser(server: Browser) -> Browser:
    server.come_in()
    return server


@pytest.fixture(scope="module")
def chromium() -> Iterator[Chromium]:
    if PROGRAM is None:
        pytest.skip("Chromium is not installed")
    with sync_playwright() as play:
        program = play.chromium.launch(executable_path=PROGRAM, args=QUIET)
        yield program
        program.close()


@contextmanager
def window(chromium: Chromium, address: str, allowed: str = "") -> Iterator[Page]:
    """Open a window on a workbench; what its console complains of, but for `allowed`, fails the test."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(60_000)
    said: list[str] = []
    page.on("console", lambda told: said.append(told.text) if told.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(address)
    yield page
    assert [one for one in said if not allowed or allowed not in one] == []
    context.close()


@pytest.fixture
def page(chromium: Chromium, server: Browser) -> Iterator[Page]:
    with window(chromium, server.address) as opened:
        yield opened


def verdict(name: str) -> str:
    """Return the selector of a button that decides so."""
    return f':is(button[value="{name}"], form:has(input[value="{name}"]) button)'


def base(page: Page) -> str:
    """Return the workbench's address without a path."""
    return re.match(r"http://[^/]+", page.url).group(0)  # type: ignore[union-attr]


def first(page: Page, view: str, kind: str) -> str:
    """Return the address of the first event, report or family that a view lists."""
    page.goto(base(page) + view)
    return page.locator(f'main [data-item] a[href^="/{kind}/"]').first.get_attribute("href") or ""
