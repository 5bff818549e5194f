"""Nobody gets in without the launch token, from another site, or under another name."""

import pytest

from tests.workbench.conftest import FORM, Browser

PAGES = ["/", "/events", "/reports", "/families", "/people", "/timeline", "/map", "/review", "/add"]


@pytest.mark.parametrize("path", [*PAGES, "/progress", "/search?q=a", "/captures/00/bytes"])
def test_without_the_token_nothing_of_the_case_is_told(server: Browser, path: str) -> None:
    answer = server.ask("GET", path, Cookie="guvoh-1=x")
    assert answer.status == 401
    assert "Eastlight" not in answer.text


def test_a_wrong_token_opens_nothing(server: Browser) -> None:
    answer = server.ask("GET", "/open?token=guess", Cookie="")
    assert answer.status == 401
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1.evil.example:80", ""])
def test_a_foreign_host_is_refused(browser: Browser, host: str) -> None:
    assert browser.get("/", Host=host or " ").status in (400, 421)


@pytest.mark.parametrize("origin", ["http://evil.example", "null", ""])
def test_a_form_from_another_site_is_refused(browser: Browser, origin: str) -> None:
    headers = {"Content-Type": FORM, "Origin": origin}
    body = f"form_token={browser.token}&target=x&verdict=checked".encode()
    assert browser.ask("POST", "/decide", body, **headers).status == 403


def test_a_form_without_its_token_is_refused(browser: Browser) -> None:
    browser.token, kept = "0" * 64, browser.token
    assert browser.post("/decide", target="x", verdict="checked").status == 403
    assert browser.post("/language/ru").status == 403
    browser.token = kept


@pytest.mark.parametrize("path", PAGES)
def test_every_page_forbids_what_is_not_ours(browser: Browser, path: str) -> None:
    headers = browser.get(path).headers
    assert headers["content-security-policy"].startswith("default-src 'none'; style-src 'self'")
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", PAGES)
def test_no_page_needs_anything_from_outside(browser: Browser, path: str) -> None:
    text = browser.get(path).text
    assert "<style" not in text
    assert " style=" not in text
    assert 'src="http' not in text
    assert 'href="http' not in text
    assert " onclick" not in text
