"""What goes wrong in a day loses nothing and does nothing twice: tabs, other programs, sessions, clicks, connections."""

import asyncio
import json
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page
from starlette.types import Message

from guvoh.casefile import derived, journal
from guvoh.casefile.case import create, derive_lock, open_case
from guvoh.casefile.recipe import recipe
from guvoh.casefile.records import Assessed
from guvoh.workbench.adding import kept
from guvoh.workbench.app import application
from guvoh.workbench.desk import Desk
from guvoh.workbench.gate import Pass
from guvoh.workbench.routes import ROUTES
from tests.workbench.conftest import FORM, Browser, base, first, serving, verdict, window

REJECT = verdict("reject-source")


def decided(case: Path) -> list[Assessed]:
    """Return all decisions in a case's journal."""
    records = journal.read(open_case(case))
    return [one.content for one in records if isinstance(one.content, Assessed)]


def test_a_double_click_decides_once(page: Page, server: Browser) -> None:
    before = len(decided(server.case))
    page.goto(base(page) + first(page, "/events", "events"))
    with page.expect_response(lambda answer: "/decide" in answer.url):
        page.locator(REJECT).first.dblclick()
    page.wait_for_selector(".changed")
    page.reload()
    assert len(decided(server.case)) == before + 1


def test_the_back_button_shows_what_holds_now(page: Page) -> None:
    address = base(page) + first(page, "/events", "events")
    page.goto(address)
    button = page.locator(verdict("checked")).first
    with page.expect_response(lambda answer: "/decide" in answer.url):
        button.click()
    page.wait_for_selector(".changed")
    told = page.locator("main").inner_text()
    page.goto(base(page) + "/reports")
    page.go_back()
    assert page.url == address
    assert page.locator("main").inner_text() == told


def test_a_lost_connection_decides_nothing_and_the_next_try_does(
    chromium: Chromium, server: Browser
) -> None:
    before = len(decided(server.case))
    with window(chromium, server.address, allowed="ERR_INTERNET_DISCONNECTED") as page:
        page.goto(base(page) + "/review")
        page.context.set_offline(True)
        page.locator(".question button").first.click()
        page.wait_for_selector("#said:not(:empty)")
        assert "No connection" in page.locator("#said").inner_text()
        assert len(decided(server.case)) == before
        page.context.set_offline(False)
        with page.expect_response(lambda answer: "/decide" in answer.url):
            page.locator(".question button").first.click()
    assert len(decided(server.case)) == before + 1


def test_two_tabs_that_decide_one_thing_agree_in_the_end(
    chromium: Chromium, server: Browser
) -> None:
    with window(chromium, server.address) as page:
        address = base(page) + first(page, "/events", "events")
        other = page.context.new_page()
        for tab in (page, other):
            tab.goto(address)
        for tab, said in ((page, "checked"), (other, "reject-source")):
            with tab.expect_response(lambda answer: "/decide" in answer.url):
                tab.locator(verdict(said)).first.click()
            tab.wait_for_function("() => !document.querySelector('form[data-sent]')")
        page.reload()
        assert page.locator("main").inner_text() == other.locator("main").inner_text()


def test_what_the_command_line_changed_meanwhile_is_said_and_nothing_is_lost(
    chromium: Chromium, server: Browser, built: Path
) -> None:
    def judge(*told: str) -> None:
        command = [sys.executable, "-m", "guvoh", "judge", *told, "--reason", "read both"]
        environment = {"PYTHONPATH": ":".join(sys.path), "GUVOH_HOME": str(built / "home")}
        subprocess.run(
            [*command, "--case", str(server.case)], check=True, env=environment, capture_output=True
        )

    with window(chromium, server.address, allowed="404") as page:
        page.goto(base(page) + "/events")
        links = page.locator('main a[href^="/events/"]')
        one, other = (str(links.nth(at).get_attribute("href")).rpartition("/")[2] for at in (0, 1))
        page.goto(f"{base(page)}/events/{other}")
        judge(other, "merge", "--with", one)
        before = len(decided(server.case))
        with page.expect_response(lambda answer: "/decide" in answer.url):
            page.locator(verdict("checked")).first.click()
        page.wait_for_selector("text=It is part of another event now")
        assert len(decided(server.case)) == before + 1
        page.locator("main a").first.click()
        page.wait_for_url("**/events/*")
        assert page.locator("main .count, main .headline").count() > 0
        judge(other, "withdraw-merge", "--with", one)


def test_a_decision_while_another_guvoh_derives_is_kept_and_counted_when_asked(
    browser: Browser,
) -> None:
    target = re.search(r'name="target" value="(\w+)"', browser.get("/review").text)
    assert target is not None
    before = len(decided(browser.case))
    with derive_lock(open_case(browser.case), 0.0):
        answer = browser.post("/decide", target=target[1], verdict="checked", back="/events")
        assert (answer.status, answer.headers["location"]) == (303, "/events")
        assert "1 decision: kept, and not counted yet" in browser.get("/events").text
    assert browser.post("/count", back="/events").headers["location"] == "/events"
    assert "not counted yet" not in browser.get("/events").text
    assert len(decided(browser.case)) == before + 1


def test_a_decision_on_what_another_guvoh_derived_is_kept_and_all_is_read_anew_behind(
    built: Path, tmp_path: Path
) -> None:
    shutil.copytree(built / "case", tmp_path / "case")
    case = open_case(tmp_path / "case")
    with closing(derived.connect(case)) as db, derived.chunk(db):
        standing = derived.standing(db)
        assert standing is not None
        derived.advance(db, replace(standing, recipe="of another version"))
    with serving(case.root, built / "home") as address:
        browser = Browser(address, case.root)
        browser.come_in()
        target = re.search(r'name="target" value="(\w+)"', browser.get("/review").text)
        assert target is not None
        answer = browser.post("/decide", target=target[1], verdict="checked", back="/events")
        assert answer.headers["location"] == "/events"
        assert not json.loads(browser.get("/progress").text)["over"]
        for _ in range(1200):
            if json.loads(browser.get("/progress").text)["over"]:
                break
            time.sleep(0.1)
        assert "was read anew" in browser.get("/add").text
        assert "not counted yet" not in browser.get("/events").text
    with closing(derived.connect_reader(case)) as db:
        standing = derived.standing(db)
        assert standing is not None
        assert (standing.recipe, len(standing.judged)) == (recipe({}), 1)


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number: int = free.getsockname()[1]
    return number


def test_a_session_that_ends_while_somebody_writes_keeps_what_was_written(
    chromium: Chromium, built: Path, tmp_path: Path, port: int
) -> None:
    case = tmp_path / "case"
    shutil.copytree(built / "case", case)
    with serving(case, built / "home", port) as address:
        context = chromium.new_context()
        page = context.new_page()
        page.goto(address)
        page.goto(base(page) + first(page, "/reports", "reports"))
        page.locator('a[href$="/correct"]').first.click()
        page.locator('[name="reason"]').fill("a thought of an hour")
    page.get_by_role("button", name="Save").click()
    page.wait_for_selector("#said:not(:empty)")
    assert "No connection" in page.locator("#said").inner_text()
    with serving(case, built / "home", port) as address:
        page.get_by_role("button", name="Save").click()
        page.wait_for_function(
            "() => document.getElementById('said').textContent.includes('session')"
        )
        assert page.locator('[name="reason"]').input_value() == "a thought of an hour"
        context.new_page().goto(address)
        page.get_by_role("button", name="Save").click()
        page.wait_for_url("**/reports/*#c-*")
        assert "a thought of an hour" in page.locator("main").inner_text()
        context.close()
    assert [one.reason for one in decided(case)] == ["a thought of an hour"]


def test_more_than_the_disk_holds_is_refused_before_it_is_sent(browser: Browser) -> None:
    answer = browser.ask(
        "POST", "/add", b"", Origin=f"http://{browser.host}",
        **{"Content-Type": "multipart/form-data; boundary=x", "Content-Length": str(1 << 50),
           "X-Form-Token": browser.token},
    )  # fmt: skip
    assert answer.status == 413
    assert "not enough room" in answer.text


def test_files_of_one_name_are_all_kept(tmp_path: Path) -> None:
    names = ["a?b.txt", "a:b.txt", "a_b.txt", "a_b.txt/c.txt", "sub/c.txt", "sub"]
    for number, name in enumerate(names):
        with kept(tmp_path, name, number) as file:
            file.write(name.encode())
    found = sorted(path.read_text() for path in tmp_path.rglob("*") if path.is_file())
    assert found == sorted(names)


@pytest.mark.parametrize(
    ("path", "kind"), [("/add", "multipart/form-data; boundary=x"), ("/decide", FORM)]
)
def test_what_is_cut_off_while_it_is_sent_leaves_nothing(
    path: str,
    kind: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "sent"))
    (tmp_path / "sent").mkdir()
    given = Pass(1)
    app = application(Desk(create(tmp_path / "case", "Harbour"), given, "en"))
    part = (
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
        + b"a" * 3_000_000
    )
    waiting: list[Message] = [
        {"type": "http.request", "body": part, "more_body": True},
        {"type": "http.disconnect"},
    ]
    headers = {
        "host": "127.0.0.1:1",
        "origin": "http://127.0.0.1:1",
        "cookie": f"{given.cookie}={given.session}",
        "content-type": kind,
        "content-length": "4000000" if path == "/add" else "400",
    }
    if path == "/add":
        headers["x-form-token"] = given.form_token
    scope = {
        "type": "http",
        "method": "POST",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "scheme": "http",
        "http_version": "1.1",
        "root_path": "",
        "headers": [(k.encode(), v.encode()) for k, v in headers.items()],
    }

    async def receive() -> Message:
        return waiting.pop(0)

    async def send(_: Message) -> None:
        pass

    with ThreadPoolExecutor() as apart:  # a browser driven here has a loop of its own
        apart.submit(asyncio.run, app(scope, receive, send)).result()
    assert waiting == []
    assert capsys.readouterr().err == ""
    assert list((tmp_path / "sent").iterdir()) == []


def test_a_form_that_no_browser_sends_is_no_fault(browser: Browser) -> None:
    origin = {"Origin": f"http://{browser.host}"}
    routes = [re.sub(r"{.*?}", "x", one.path) for one in ROUTES if "POST" in (one.methods or ())]
    assert "/people/sealed/consent" in routes
    routes += ["/language/xx", "/language/ru"]
    bodies = [
        b"",
        b"\xff\xfe=%zz",
        b"target=" + b"x" * 5000,
        b"a" * 200_000,
        b"&&==&",
        b"form_token=",
    ]
    for route in routes:
        for body in bodies:
            for kind in (
                FORM,
                "multipart/form-data; boundary=x",
                "multipart/form-data",
                "text/plain",
                "",
            ):
                told = {**origin, "Content-Type": kind, "X-Form-Token": browser.token}
                answer = browser.ask("POST", route, body, **told)
                assert answer.status < 500, (route, body[:20], kind, answer.text)
    for method in ("PUT", "DELETE", "OPTIONS", "PATCH"):
        assert browser.ask(method, "/", b"", **origin).status < 500


def test_odd_fields_are_no_fault(browser: Browser) -> None:
    claim = re.search(r"/claims/(\w+)/correct", browser.get(_report(browser)).text)
    assert claim is not None
    for odd in (
        "\0",
        "\ud800".encode("utf-8", "replace").decode(),
        "9" * 400,
        "1e999",
        "nan",
        "-1",
        "<x>",
        "a" * 9000,
    ):
        for key in (
            "chain-0-name",
            "chain-0-kind",
            "times-0-text",
            "times-0-edtf",
            "quantities-0-text",
            "quantities-0-low",
            "stance",
            "polarity",
            "acts",
            "places-0-text",
            "event",
            "reason",
            "seen",
        ):
            told = {
                "target": claim[1],
                "verdict": "correct",
                "stance": "asserted",
                "polarity": "affirmed",
                "quantities-0-text": "many",
                "quantities-0-low": "1",
            }
            answer = browser.post("/claims", **(told | {key: odd, "seen": "never"}))
            assert answer.status < 500, (key, odd[:10], answer.text)


def _report(browser: Browser) -> str:
    found = re.search(r'href="(/reports/\w{64})"', browser.get("/reports").text)
    assert found is not None
    return found[1]
