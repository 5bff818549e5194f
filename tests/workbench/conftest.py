"""A real workbench in a process of its own, over a copy of the example case."""

import http.client
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

from guvoh import cli

ROOT = Path(__file__).parents[2]


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
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    os.environ["GUVOH_HOME"] = str(folder / "home")
    status = cli.main(
        ["build", str(ROOT / "examples/demo/reports"), "--public", "--case", str(folder / "case")]
    )
    assert status in (0, 1)
    return folder


@pytest.fixture(scope="module")
def server(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    case = tmp_path_factory.mktemp("workbench") / "case"
    shutil.copytree(built / "case", case)
    process = subprocess.Popen(
        [sys.executable, "-m", "guvoh", "serve", "--case", str(case), "--no-browser"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "GUVOH_HOME": str(built / "home"), "LANGUAGE": "en",
             "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert process.stdout is not None
    found = re.search(r"http://\S+", process.stdout.readline())
    assert found is not None, process.stderr.read() if process.stderr else ""
    yield Browser(found.group(0), case)
    process.terminate()
    process.communicate(timeout=20)


@pytest.fixture
def browser(server: Browser) -> Browser:
    server.come_in()
    return server
