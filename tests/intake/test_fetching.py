"""One page by its address, from real servers on loopback; what leads into a network is not followed."""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from guvoh.intake.arrivals import fetched
from guvoh.intake.fetching import FetchError, Fetching, fetch
from guvoh.intake.found import Found

PAGE = b"<html><body><article><p>The mayor said that nobody was taken.</p></article></body></html>"
AT = "2026-01-01T00:00:00Z"


@dataclass
class Site:
    port: int
    asked: list[str] = field(default_factory=list)
    resolved: list[str] = field(default_factory=list)
    names: dict[str, list[list[str]]] = field(default_factory=dict)

    def url(self, path: str, host: str = "ledger.example") -> str:
        return f"http://{host}:{self.port}{path}"

    def resolve(self, host: str, port: int) -> list[str]:
        """Resolve as a name server that changes its mind: each answer is given once, the last for ever."""
        self.resolved.append(host)
        answers = self.names.get(host, [["127.0.0.1"]])
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def how(self, **bounds: float) -> Fetching:
        """Permit loopback, which no user can: tests have no other network."""
        return Fetching(
            most=int(bounds.get("most", 1 << 20)),
            seconds=bounds.get("seconds", 20.0),
            permits=lambda address: address == "127.0.0.1",
            resolve=self.resolve,
        )


@pytest.fixture
def site() -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            here.asked.append(f"{self.headers['Host']}{self.path}")
            kind, _, rest = self.path[1:].partition("/")
            if kind == "to":
                self.send_response(302)
                self.send_header("Location", rest.replace("~", "/"))
                self.end_headers()
            elif kind == "slow":
                self.send_response(200)
                self.end_headers()
                for _ in range(100):
                    self.wfile.write(b"word ")
                    self.wfile.flush()
                    time.sleep(0.2)
            elif kind == "endless":
                self.send_response(200)
                self.end_headers()
                while True:
                    self.wfile.write(b"word " * 10_000)
            elif kind == "rubbish":
                self.wfile.write(b"\0\1\2 no answer\n\n")
            else:
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.send_header("Content-Length", str(len(PAGE)))
                self.end_headers()
                self.wfile.write(PAGE)

        def log_message(self, *_: object) -> None:
            return

        def handle(self) -> None:
            try:
                super().handle()
            except OSError:
                return  # the other side went away, as it may

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    here = Site(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield here
    server.shutdown()
    server.server_close()


def test_a_page_is_kept_with_all_that_was_sent_and_received(site: Site) -> None:
    arrived = fetched(site.url("/to/~ferry~page?q=ў"), AT, how=site.how())
    found = [(one.file, one.origin, one.stream.read()) for one in arrived if isinstance(one, Found)]
    (archive, origin, whole), (page, address, body) = found
    assert archive == "ledger.example-20260101T000000Z.warc"
    assert origin == site.url("/to/~ferry~page?q=ў")
    assert page.startswith(f"{archive}#")
    assert address.startswith(site.url("/ferry/page"))
    assert body == PAGE
    assert whole.count(b"WARC-Type: request") == whole.count(b"WARC-Type: response") == 2
    assert b"HTTP/1.0 302 Found" in whole
    assert site.resolved == ["ledger.example", "ledger.example"]


def test_a_name_that_changes_its_address_between_check_and_use_is_pinned(site: Site) -> None:
    site.names["rebind.example"] = [["127.0.0.1"], ["10.0.0.1"], ["10.0.0.1"]]
    got = fetch(site.url("/", "rebind.example"), AT, site.how())
    assert PAGE in got.archive
    assert site.resolved == ["rebind.example"]
    with pytest.raises(FetchError, match="private or special network"):
        fetch(site.url("/", "rebind.example"), AT, site.how())


def test_one_private_address_among_several_is_enough(site: Site) -> None:
    site.names["both.example"] = [["127.0.0.1", "192.168.0.1"]]
    with pytest.raises(FetchError, match="private or special network"):
        fetch(site.url("/", "both.example"), AT, site.how())
    assert site.asked == []


@pytest.mark.parametrize(
    ("leads", "says"),
    [
        ("http:~~inside.example~secret", "private or special network"),
        ("file:~~~etc~passwd", "no address of a page"),
        ("gopher:~~x.example~", "no address of a page"),
        ("http:~~user:word@x.example~", "name or password"),
        ("http:~~[fe80::1%25eth0]~", "no address of a page"),
        ("http:~~x.example:99999~", "no address of a page"),
    ],
)
def test_redirects_are_checked_like_the_first_address(site: Site, leads: str, says: str) -> None:
    site.names["inside.example"] = [["169.254.169.254"]]
    got = fetch(site.url(f"/to/{leads}"), AT, site.how())
    assert "redirect of it was not followed" in got.trouble
    assert says in got.trouble
    assert len(site.asked) == 1
    assert b"302 Found" in got.archive


def test_circles_slow_endless_and_broken_answers_end(site: Site) -> None:
    assert "more than 5 times" in fetch(site.url("/to/~to~x"), AT, site.how()).trouble
    assert len(site.asked) == 6
    started = time.monotonic()
    slow = fetch(site.url("/slow/"), AT, site.how(seconds=1.5))
    assert time.monotonic() - started < 10
    assert "longer than 1.5 s" in slow.trouble
    endless = fetch(site.url("/endless/"), AT, site.how(most=200_000))
    assert "longer than is fetched" in endless.trouble
    assert 190_000 < len(endless.archive) < 210_000
    broken = fetch(site.url("/rubbish/"), AT, site.how())
    assert "damaged" in broken.trouble


@pytest.mark.parametrize(
    "url",
    ["http://localhost:{port}/", "http://127.0.0.1:{port}/", "http://2130706433:{port}/", "http://[::1]:{port}/",
     "http://0.0.0.0:{port}/", "http://[::ffff:127.0.0.1]:{port}/", "http://127.0.0.1.:{port}/"],
)  # fmt: skip
def test_what_a_user_can_say_never_reaches_this_machine(site: Site, url: str) -> None:
    with pytest.raises(FetchError):
        fetch(url.format(port=site.port), AT)
    assert site.asked == []
